"""An answer or a whole conversation as a file, or as words to be pasted; made here, saved by the browser."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from raadpleeg.answering.citing import Source, cite
from raadpleeg.lookup import dossier
from raadpleeg.lookup.exporting import export
from raadpleeg.records import Answer, Citation, Document
from raadpleeg.settings import Settings
from raadpleeg.web.texts import Form, Texts

if TYPE_CHECKING:
    from raadpleeg.indexing.generation import Index

FORMAT = "raadpleeg conversation"

_SUFFIXES: dict[Form, tuple[str, str]] = {
    "html": (".html", "text/html"),
    "json": (".json", "application/json"),
    "text": (".txt", "text/plain"),
    "official": (".txt", "text/plain"),
    "bibtex": (".bib", "application/x-bibtex"),
    "ris": (".ris", "application/x-research-info-systems"),
    "csl-json": (".json", "application/vnd.citationstyles.csl+json"),
}


@dataclass(frozen=True, slots=True)
class File:
    """What the browser saves."""

    name: str
    kind: str
    """Its media type."""
    text: str


def file(answers: Sequence[Answer], form: Form, index: Index, settings: Settings, texts: Texts) -> File:
    """Write answers as a file.

    Citations are numbered on through the answers. A page is of one answer; of several the last is taken.

    Raises:
        ValueError: there are no answers, or a cited paper is not in the index any more.
    """
    if not answers:
        raise ValueError("there is no answer to save")
    suffix, kind = _SUFFIXES[form]
    match form:
        case "html":
            text = dossier.page(_dossier(answers[-1], index, settings))
        case "json" if len(answers) == 1:
            text = dossier.as_json(_dossier(answers[0], index, settings))
        case "json":
            made: dict[str, Any] = {
                "format": FORMAT,
                "dossiers": [asdict(_dossier(answer, index, settings)) for answer in answers],
            }
            text = json.dumps(made, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
        case "text":
            text = "\n\n".join(plain(answer, texts) for answer in answers) + "\n"
        case _:
            text = export(_numbered(answers), index.documents, form)
    return File(f"raadpleeg-{form}{suffix}" if suffix in (".txt", ".json") else f"raadpleeg{suffix}", kind, text)


def plain(answer: Answer, texts: Texts) -> str:
    """Write an answer with its sources as plain text, to be pasted into a letter."""
    lines = [answer.question, "", answer.text]
    if answer.citations:
        lines.append("")
    for one in answer.citations:
        said = f" ({one.speaker})" if one.speaker else ""
        lines.append(f"[{one.number}] {one.reference}, {one.unit}{said}: “{' '.join(one.quote.split())}”")
    return "\n".join(lines)


def reference(document: Document, start: int, end: int, documents: Mapping[str, Document]) -> str:
    """Write the reference to a place as Dutch lawyers do, on one line."""
    return export([cite(1, Source(document, start, end))], documents, "official").strip()


def _dossier(answer: Answer, index: Index, settings: Settings) -> dossier.Dossier:
    missing = {one.document for one in answer.citations} - set(index.documents)
    if missing:
        raise ValueError(f"there is no document {min(missing)} to cite")
    return dossier.make(answer, index.documents, index.manifest, settings)


def _numbered(answers: Sequence[Answer]) -> list[Citation]:
    """Number the citations of all answers on, no place twice."""
    found: dict[tuple[str, int, int], Citation] = {}
    for answer in answers:
        for one in answer.citations:
            found.setdefault((one.document, one.start, one.end), one)
    return [replace(one, number=number) for number, one in enumerate(found.values(), 1)]
