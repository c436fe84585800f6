"""Makes examples for learning: questions, the sentences that retrieval offers for them, and which of those answer.

Questions come as JSON lines: `doc`, `question`, `lang`, and `sentences`, the numbers of the sentences of that document
that answer (none: it is not said there; a question that no such paper answers has no `doc` either). They are put to an
index by the code that everybody uses, so that what is learned from is what is met later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from raadpleeg.answering.assistant import Assistant
from raadpleeg.answering.candidates import Candidate, candidates
from raadpleeg.evaluation.gold import Item, Span
from raadpleeg.reading.sentences import sentences
from raadpleeg.retrieval.search import EVERYTHING, look, search
from raadpleeg.settings import Settings


@dataclass(frozen=True, slots=True)
class Example:
    """A question, what was offered, and for each sentence whether it answers."""

    id: str
    question: str
    language: str
    answerable: bool
    reason: str | None
    offered: tuple[Candidate, ...]
    right: tuple[bool, ...]


def read_questions(path: Path, assistant: Assistant) -> Iterable[tuple[Item, tuple[Span, ...]]]:
    """Read written questions, with the places of the sentences that answer them."""
    documents = assistant.index.documents
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        places: tuple[Span, ...] = ()
        if row.get("sentences"):
            document = documents[row["doc"]]
            spans = list(sentences(document.text))
            places = tuple(Span(document.id, *spans[at]) for at in row["sentences"])
        key = f"{path.stem}-{number}"
        item = Item(key, row["question"], row["lang"], "written", bool(places), None, (), (), (), row.get("reason"))
        yield item, places


def examples(
    asked: Iterable[tuple[Item, Sequence[Span]]], assistant: Assistant, settings: Settings, encoder: object
) -> list[Example]:
    """Put questions to an index, and see what it offers. A question that names its place needs no reader."""
    index = assistant.index
    made: list[Example] = []
    for item, spans in asked:
        query = look(item.question, index, encoder, settings, item.history)
        hits = search(index, query, settings.top_k, settings)
        if any(hit.named for hit in hits):
            continue
        offered = candidates(index, query, hits, EVERYTHING)
        right = tuple(any(_overlaps(one, span) for span in spans) for one in offered)
        made.append(Example(item.id, query.full, query.language, item.answerable, item.reason, offered, right))
    return made


def _overlaps(one: Candidate, span: Span) -> bool:
    return one.passage.document.id == span.document and one.start < span.end and span.start < one.end
