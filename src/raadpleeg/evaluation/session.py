"""What `raadpleeg eval` does: opens what is asked, measures it, and says what made the result."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from raadpleeg import wiring
from raadpleeg.answering.assistant import Assistant
from raadpleeg.errors import BadGold
from raadpleeg.evaluation.datasets import Dataset
from raadpleeg.evaluation.gold import Item, read_gold, resolve
from raadpleeg.evaluation.result import Result
from raadpleeg.evaluation.run import evaluate
from raadpleeg.records import Progress, no_progress
from raadpleeg.settings import Settings

_PLACES = {"corpus", "index", "cache", "threads", "openai_api_key", "openai_base_url"}
"""Settings that name places on this machine; the rest makes the result."""


@dataclass(frozen=True, slots=True)
class Session:
    """A result, and the gold files that were left out because their papers are not in the index."""

    result: Result
    left_out: tuple[str, ...]


def measure_gold(
    files: Sequence[Path],
    settings: Settings,
    quotes_only: bool = False,
    kept: Path | None = None,
    progress: Progress = no_progress,
) -> Session:
    """Put gold questions to the papers of the index.

    A file whose papers are not all in the index is left out as a whole and named: its unanswerable questions, too, are
    about those papers.

    Raises:
        BadGold: no file is left, one is damaged, or a quotation does not stand in its paper.
        IndexMissing, IndexMismatch, IndexCorrupt, ModelUnavailable: as `open_assistant` says.
    """
    by_file = {path: read_gold([path]) for path in files}
    read_gold(files)  # ids are unique over all files
    assistant = wiring.open_assistant(settings, quotes_only)
    known = assistant.index.documents.keys()
    usable = {path: items for path, items in by_file.items() if _papers(items) <= known}
    if not usable:
        missing = sorted(set().union(*map(_papers, by_file.values())) - known)
        raise BadGold(
            f"the index lacks papers that the gold is about ({', '.join(missing[:5])}); index them with --corpus"
        )
    items = [item for own in usable.values() for item in own]
    spans = {item.id: resolve(item, assistant.index.documents) for item in items if item.answerable}
    names = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in usable}
    about = about_of(assistant, settings, names, quotes_only)
    result = evaluate(items, spans, assistant, about, quotes_only, kept=kept, progress=progress)
    return Session(result, tuple(str(path) for path in by_file if path not in usable))


def measure_dataset(
    dataset: Dataset,
    settings: Settings,
    retrieval_only: bool,
    kept: Path | None = None,
    progress: Progress = no_progress,
) -> Result:
    """Put the questions of a public set to its own passages; answers are quotations."""
    name = f"{dataset.name}-{dataset.digest[:12]}{'-passages' if retrieval_only else ''}"
    assistant = wiring.open_collection(dataset.corpus, name, settings, not retrieval_only, progress)
    about = about_of(assistant, settings, {dataset.name: dataset.digest}, quotes_only=True)
    return evaluate(
        dataset.items, dataset.spans, assistant, about, True, retrieval_only, kept, dataset.grades, progress
    )


def clusters_of(result: Result) -> dict[str, str]:
    """Give for each answerable question the document of its evidence: questions on one paper are not independent."""
    return {item.id: item.evidence[0].document for item in result.items if item.evidence}


def about_of(assistant: Assistant, settings: Settings, gold: Mapping[str, str], quotes_only: bool) -> dict[str, Any]:
    """Give everything that makes a result: the same twice means the same result."""
    manifest = assistant.index.manifest
    return {
        "version": version("raadpleeg"),
        "quotes_only": quotes_only,
        "encoder": manifest["encoder"],
        "generator": assistant.generator_name,
        "corpus": manifest["corpus"]["digest"],
        "index": {key: manifest[key] for key in ("reader", "splitter", "sentences", "embedded", "lexical")},
        "gold": dict(sorted(gold.items())),
        "settings": {key: value for key, value in settings.model_dump(mode="json").items() if key not in _PLACES},
    }


def _papers(items: Sequence[Item]) -> set[str]:
    return {one.document for item in items for one in item.evidence}
