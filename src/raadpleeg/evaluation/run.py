"""Puts questions to the assistant that everybody uses, and measures what comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from raadpleeg.answering.assistant import Assistant
from raadpleeg.contracts import answer_json, token
from raadpleeg.evaluation.gold import Item, Span
from raadpleeg.evaluation.measures import MEASURES, RETRIEVAL, measure
from raadpleeg.evaluation.result import Result
from raadpleeg.indexing.generation import Index
from raadpleeg.records import Passage, Progress, no_progress

DEPTH = 100
"""Passages that are asked for when retrieval is measured."""

Judgements = Mapping[str, Mapping[str, int]]

Outcome = Mapping[str, Any]
"""What came back for a question, as JSON: `run` (passage -> score), and `answer` unless only retrieval is measured."""


def evaluate(
    items: Sequence[Item],
    spans: Mapping[str, Sequence[Span]],
    assistant: Assistant,
    about: Mapping[str, Any],
    quotes_only: bool = False,
    retrieval_only: bool = False,
    kept: Path | None = None,
    judged: Judgements | None = None,
    progress: Progress = no_progress,
) -> Result:
    """Ask every question and measure the answers.

    A passage is relevant if it overlaps a span of the evidence. Where a set judges whole documents, retrieval is
    measured on those: a document stands where its best passage stands.

    Args:
        items: the questions.
        spans: for each answerable question where its evidence stands.
        assistant: who is asked.
        about: everything that makes the result; kept outcomes count only if it is the same.
        quotes_only: answer in quotations, without a model.
        retrieval_only: search, and leave answering out.
        kept: a file in which outcomes are kept as they come, so that a run that was stopped goes on.
        judged: question -> document -> grade, of a set that judges documents.
        progress: is told what goes on.
    """
    index = assistant.index
    outcomes: dict[str, Outcome] = {}
    fingerprint = hashlib.sha256(json.dumps([about, quotes_only, retrieval_only], sort_keys=True).encode()).hexdigest()
    with _kept(kept, fingerprint, outcomes) as keep:
        for done, item in enumerate(items):
            progress("asking", done, len(items))
            key = _key(item)
            if key not in outcomes:
                outcomes[key] = _ask(item, assistant, index, quotes_only, retrieval_only)
                keep(key, outcomes[key])
        progress("asking", len(items), len(items))
    run = {item.id: outcomes[_key(item)]["run"] for item in items if item.answerable}
    if judged is None:
        qrels = {item.id: _relevant(index, spans[item.id]) for item in items if item.answerable}
    else:
        qrels = {key: {token(one): grade for one, grade in judged[key].items()} for key in run}
        run = {key: _by_document(found) for key, found in run.items()}
    answers = {} if retrieval_only else {item.id: outcomes[_key(item)]["answer"] for item in items}
    values = {name: dict(rows) for name, rows in _retrieval(qrels, run).items()}
    if not retrieval_only:
        for item in items:
            for name, value in measure(item, answers[item.id], spans.get(item.id, ()), index.documents).items():
                values.setdefault(name, {})[item.id] = value
    ordered = {one.name: values[one.name] for one in MEASURES if one.name in values}
    return Result(tuple(items), answers, qrels, run, ordered, about)


def passage_id(passage: Passage) -> str:
    """Name a passage by document and place, so that the name outlives a new order of the index."""
    return f"{token(passage.document.id)}#{passage.start}-{passage.end}"


def _ask(item: Item, assistant: Assistant, index: Index, quotes_only: bool, retrieval_only: bool) -> Outcome:
    run: dict[str, float] = {}
    if item.answerable:
        hits = assistant.search(item.question, min(DEPTH, len(index.passages)), item.history)
        # Scores tie now and then; the rank decides, so that another reader of the run sees the same order.
        # A passage that repeats another stands where that one stands.
        places = [(hit.score, passage) for hit in hits for passage in (hit.passage, *hit.also)]
        run = {passage_id(one): round(score - 1e-6 * rank, 9) for rank, (score, one) in enumerate(places, 1)}
    if retrieval_only:
        return {"run": run}
    return {"run": run, "answer": answer_json(assistant.ask(item.question, quotes_only, item.history), item.id)}


def _relevant(index: Index, spans: Sequence[Span]) -> dict[str, int]:
    found: dict[str, int] = {}
    for span in spans:
        for number in index.numbers.get(span.document, ()):
            passage = index.passages[number]
            if passage.start < span.end and span.start < passage.end:
                found[passage_id(passage)] = 1
    return found


def _by_document(found: Mapping[str, float]) -> dict[str, float]:
    """Give each document the score of its best passage."""
    best: dict[str, float] = {}
    for passage, score in found.items():
        document = passage.rpartition("#")[0]
        best[document] = max(best.get(document, score), score)
    return best


def _retrieval(
    qrels: Mapping[str, Mapping[str, int]], run: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Measure by ir_measures; a question for which nothing came back counts as 0."""
    import ir_measures

    values = {name: dict.fromkeys(qrels, 0.0) for name in RETRIEVAL}
    if qrels:
        parsed = [ir_measures.parse_measure(name) for name in RETRIEVAL]
        for metric in ir_measures.iter_calc(parsed, dict(qrels), dict(run)):
            values[str(metric.measure)][metric.query_id] = float(metric.value)
    return values


def _key(item: Item) -> str:
    """Name a question by all that is asked, so that a mended question is asked again."""
    return f"{item.id} {hashlib.sha256(json.dumps([item.question, item.history]).encode()).hexdigest()[:12]}"


@contextmanager
def _kept(path: Path | None, fingerprint: str, outcomes: dict[str, Outcome]) -> Iterator[Any]:
    """Take in what an earlier run kept, and give a function that keeps more."""
    if path is None:
        yield lambda key, outcome: None
        return
    rows = list(_rows(path, fingerprint))
    outcomes.update(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        print(json.dumps({"fingerprint": fingerprint}), file=file)

        def keep(key: str, outcome: Outcome, file: TextIO = file) -> None:
            print(json.dumps({"key": key, "outcome": outcome}, ensure_ascii=False), file=file, flush=True)

        for key, outcome in rows:
            keep(key, outcome)
        yield keep


def _rows(path: Path, fingerprint: str) -> Iterator[tuple[str, Outcome]]:
    """Give what was kept under the same circumstances; the last line may have been cut off."""
    if not path.is_file():
        return
    lines = path.read_text(encoding="utf-8").split("\n")
    try:
        if not lines or json.loads(lines[0]).get("fingerprint") != fingerprint:
            return
        for line in lines[1:]:
            row = json.loads(line)
            yield row["key"], row["outcome"]
    except ValueError:
        return
