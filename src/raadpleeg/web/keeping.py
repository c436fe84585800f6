"""A conversation as JSON that the browser keeps, and back: nothing of it stays on the machine that answers.

Kept are the data and never the HTML, so that what comes back from a browser goes through the same escaping as an
answer that was just given, and is shown in the language of the page that it comes back to. Whatever does not have the
form of a conversation is refused as a whole; a passage whose paper is gone, or shorter by now, is left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from raadpleeg.records import Answer, Citation, Document, Hit, Language, Passage, Quotes, Reason, Sentence, Timings
from raadpleeg.web.rendering import Turn

TURNS = 60
"""Questions of one conversation that are taken back."""
CHARACTERS = 4_000_000
"""Of a conversation as JSON; a browser keeps about five million in all."""

Spot = tuple[str, int, int]
"""A document's id, and a span in it."""


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class _Hit:
    document: str
    start: int
    end: int
    rank: int
    score: float
    dense: float
    lexical: float
    dense_rank: int | None
    lexical_rank: int | None
    also: tuple[Spot, ...]


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class _Answer:
    language: Language
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    hits: tuple[_Hit, ...]
    reason: Reason | None
    explanation: str | None
    encoder: str
    generator: str | None
    timings: Timings
    confidence: float
    withheld: int
    doubtful: bool = False


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class _Turn:
    question: str
    within: str
    ended: str | None
    quotes: tuple[Citation, ...] | None
    answer: _Answer | None


def kept(turns: Sequence[Turn]) -> str:
    """Write a conversation as JSON."""
    return json.dumps([asdict(_kept(one)) for one in turns[-TURNS:]], ensure_ascii=False, separators=(",", ":"))


def restored(value: Any, documents: Mapping[str, Document], longest: int) -> tuple[Turn, ...]:
    """Read a conversation that a browser kept; nothing where it is none.

    Args:
        value: what the browser sends.
        documents: the papers of the index.
        longest: characters of a question.
    """
    if not isinstance(value, str) or len(value) > CHARACTERS:
        return ()
    try:
        turns = TypeAdapter(tuple[_Turn, ...]).validate_json(value)
    except ValidationError:
        return ()
    whole = [one for one in turns[-TURNS:] if len(one.question) <= longest]
    return tuple(_restored(number, one, documents) for number, one in enumerate(whole, 1))


def _kept(turn: Turn) -> _Turn:
    answer = turn.answer
    quotes = turn.quotes.citations if turn.quotes else None
    if answer is None:
        return _Turn(turn.question, turn.within, turn.ended, quotes, None)
    same = {one.name: getattr(answer, one.name) for one in fields(_Answer) if one.name != "hits"}
    # Of an answer that stands, the passages are not shown; a dossier takes their places from them.
    return _Turn(turn.question, turn.within, turn.ended, quotes, _Answer(hits=tuple(map(_hit, answer.hits)), **same))


def _hit(hit: Hit) -> _Hit:
    passage = hit.passage
    return _Hit(
        document=passage.document.id,
        start=passage.start,
        end=passage.end,
        rank=hit.rank,
        score=round(hit.score, 4),
        dense=round(hit.dense, 4),
        lexical=round(hit.lexical, 4),
        dense_rank=hit.dense_rank,
        lexical_rank=hit.lexical_rank,
        also=tuple((one.document.id, one.start, one.end) for one in hit.also),
    )


def _restored(number: int, one: _Turn, documents: Mapping[str, Document]) -> Turn:
    answer = None
    if one.answer:
        same = {field.name: getattr(one.answer, field.name) for field in fields(_Answer) if field.name != "hits"}
        hits = tuple(hit for kept in one.answer.hits if (hit := _found(kept, documents)))
        answer = Answer(question=one.question, hits=hits, **same)
    return Turn(
        number=number,
        question=one.question,
        quotes=None if one.quotes is None else Quotes(one.quotes, ()),
        answer=answer,
        ended=one.ended,
        within=one.within,
    )


def _found(hit: _Hit, documents: Mapping[str, Document]) -> Hit | None:
    passage = _passage((hit.document, hit.start, hit.end), documents)
    if passage is None:
        return None
    also = tuple(one for spot in hit.also if (one := _passage(spot, documents)))
    return Hit(
        rank=hit.rank,
        number=-1,
        passage=passage,
        score=hit.score,
        dense=hit.dense,
        lexical=hit.lexical,
        dense_rank=hit.dense_rank,
        lexical_rank=hit.lexical_rank,
        also=also,
    )


def _passage(spot: Spot, documents: Mapping[str, Document]) -> Passage | None:
    key, start, end = spot
    document = documents.get(key)
    return Passage(document, start, end) if document and 0 <= start < end <= len(document.text) else None
