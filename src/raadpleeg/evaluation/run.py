"""Puts gold questions to the retrieval that everybody uses, and measures what comes back (ir_measures)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from raadpleeg.answering.assistant import Assistant
from raadpleeg.contracts import token
from raadpleeg.evaluation.gold import Item, Span, resolve
from raadpleeg.records import Passage, Progress, no_progress

MEASURES = ("nDCG@10", "R@1", "R@5", "R@20", "RR")
DEPTH = 100


@dataclass(frozen=True, slots=True)
class Result:
    """Values by measure and question. Every answerable question has a value for every measure."""

    values: dict[str, dict[str, float]]
    qrels: dict[str, dict[str, int]]
    run: dict[str, dict[str, float]]
    unanswerable: int

    def mean(self, measure: str) -> float:
        """Give the mean over all answerable questions."""
        values = self.values[measure].values()
        return sum(values) / len(values)

    def as_json(self) -> dict[str, Any]:
        """Give everything but run and qrels."""
        return {
            "questions": len(self.qrels),
            "unanswerable": self.unanswerable,
            "means": {measure: round(self.mean(measure), 4) for measure in self.values},
            "values": self.values,
        }


def evaluate(items: Sequence[Item], assistant: Assistant, progress: Progress = no_progress) -> Result:
    """Measure passage retrieval: a passage is relevant if it overlaps a span of the evidence.

    Raises:
        BadGold: evidence that does not stand in the documents of the index.
    """
    import ir_measures

    index = assistant.index
    asked = [item for item in items if item.answerable]
    qrels = {item.id: _relevant(index.passages, resolve(item, index.documents)) for item in asked}
    run: dict[str, dict[str, float]] = {}
    for done, item in enumerate(asked):
        progress("searching", done, len(asked))
        hits = assistant.search(item.question, min(DEPTH, len(index.passages)))
        # Scores tie now and then; the rank decides, so that another reader of the run sees the same order.
        run[item.id] = {passage_id(hit.passage): hit.score - 1e-6 * hit.rank for hit in hits}
    progress("searching", len(asked), len(asked))
    values: dict[str, dict[str, float]] = {measure: {} for measure in MEASURES}
    parsed = [ir_measures.parse_measure(measure) for measure in MEASURES]
    for metric in ir_measures.iter_calc(parsed, qrels, run):
        values[str(metric.measure)][metric.query_id] = float(metric.value)
    return Result(values, qrels, run, unanswerable=len(items) - len(asked))


def write(result: Result, folder: Path) -> None:
    """Write result.json, and run and qrels in TREC's form."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "result.json").write_text(json.dumps(result.as_json(), indent=1) + "\n", encoding="utf-8")
    qrels = (f"{token(key)} 0 {one} {grade}\n" for key, rows in result.qrels.items() for one, grade in rows.items())
    (folder / "qrels.txt").write_text("".join(qrels), encoding="utf-8")
    with (folder / "run.txt").open("w", encoding="utf-8") as file:
        for key, rows in result.run.items():
            for rank, (one, score) in enumerate(rows.items(), 1):
                file.write(f"{token(key)} Q0 {one} {rank} {score:.6f} raadpleeg\n")


def passage_id(passage: Passage) -> str:
    """Name a passage by document and place, so that the name outlives a new order of the index."""
    return f"{token(passage.document.id)}#{passage.start}-{passage.end}"


def _relevant(passages: Sequence[Passage], spans: Sequence[Span]) -> dict[str, int]:
    return {
        passage_id(one): 1
        for one in passages
        if any(one.document.id == span.document and one.start < span.end and span.start < one.end for span in spans)
    }
