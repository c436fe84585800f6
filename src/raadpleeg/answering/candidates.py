"""The sentences that may carry an answer, and what retrieval knows of each.

Sentences of the hits take part, and where a hit is a question of a paper, those of the answer that belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from raadpleeg.indexing.blocks import asked, heading
from raadpleeg.indexing.generation import Index
from raadpleeg.indexing.words import MONTHS
from raadpleeg.records import Hit, Passage
from raadpleeg.retrieval.filters import Filter, allowed
from raadpleeg.retrieval.routes import partners_of
from raadpleeg.retrieval.search import Query

PARTNER = 0.6
"""What an answer has of the score of its question, where only the question was found."""
FEATURES = (
    "cosine of the sentence",
    "score of the passage",
    "cosine of the passage",
    "shared words of the passage",
    "one over the passage's rank",
    "words covered by the sentence (Dutch question)",
    "words covered with its neighbours (Dutch question)",
    "words covered by the passage (Dutch question)",
    "words covered by the passage and what it answers (Dutch question)",
    "words covered by the sentence (question in another language)",
    "words covered by the passage (question in another language)",
    "cosine below the passage's best sentence",
    "it only asks",
    "it stands in a question",
    "it stands in an answer",
    "it is the first of its passage",
    "length",
    "it is short",
    "a number is asked for and stands there",
    "a date is asked for and stands there",
    "a reason is asked for and stands there",
    "a person is asked for and a name stands there",
)
"""What the columns of `Candidate.features` mean."""

_LONG, _SHORT = 240, 40
"""Letters from which a sentence counts as long, and up to which as short."""
_ASKED = re.compile(
    r"(?P<number>\b(?:hoeveel|hoe (?:hoog|groot|lang|oud|vaak)|percentage|bedrag|how (?:many|much|long|often|old)"
    r"|combien|wie ?(?:viele?|hoch|lange|oft))\b)"
    r"|(?P<date>\b(?:wanneer|datum|(?:welke?|wat voor) (?:dag|jaar|maand)|when|(?:what|which) (?:date|day|year)|wann"
    r"|welche[mns]? (?:tag|datum|jahr)|quand|quelle (?:date|année))\b)"
    r"|(?P<reason>\b(?:waarom|reden|redenen|waardoor|why|reason|warum|weshalb|grund|pourquoi|raison)\b)"
    r"|(?P<person>\b(?:wie|welke (?:minister|staatssecretaris|fractie|leden|lid|commissie|persoon|partij)|who|whom|qui"
    r"|wer|welche[rs]? (?:minister\w*|fraktion))\b)",
    re.IGNORECASE,
)
_HELD = {
    "number": re.compile(r"\d"),
    "date": re.compile(
        rf"\b(?:19|20)\d\d\b|\b(?:{'|'.join(name for names in MONTHS for name in names)})\b", re.IGNORECASE
    ),
    "reason": re.compile(
        r"\b(?:omdat|want|doordat|daarom|vanwege|wegens|redenen?|aangezien|gezien|immers)\b", re.IGNORECASE
    ),
    "person": re.compile(r"(?<=[a-z,] )[A-ZÀ-Þ][\w’'-]+"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage, with what is known of it."""

    number: int
    """Of its passage."""
    passage: Passage
    start: int
    end: int
    cosine: float
    features: tuple[float, ...]

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.passage.document.text[self.start : self.end]


def candidates(index: Index, query: Query, hits: Sequence[Hit], wanted: Filter) -> tuple[Candidate, ...]:
    """Give the sentences of the hits and of the answers that belong to them, passage by passage.

    Args:
        index: holds the sentences.
        query: the question.
        hits: passages, best first.
        wanted: what the answers have to be, as the hits are.
    """
    by_number = {hit.number: hit for hit in hits}
    return tuple(
        one
        for number, score in with_answers(index, hits, wanted).items()
        for one in _of_passage(index, query, number, score, by_number.get(number))
    )


def with_answers(index: Index, hits: Sequence[Hit], wanted: Filter) -> dict[int, float]:
    """Give scores by passage number: of the hits, and of the answers to questions among them."""
    numbers = allowed(index, wanted)
    within = None if numbers is None else frozenset(numbers.tolist())
    scores: dict[int, float] = {}
    for hit in hits:
        scores[hit.number] = max(scores.get(hit.number, 0.0), hit.score)
        unit = hit.passage.unit
        if unit is None or unit.kind != "question":
            continue
        for number in partners_of(index, hit.passage):
            if within is None or number in within:
                scores[number] = max(scores.get(number, 0.0), hit.score * PARTNER)
    return scores


def cosines_of(index: Index, query: Query, number: int) -> npt.NDArray[np.float32]:
    """Give the cosine of each sentence of a passage."""
    rows = slice(index.sentence_rows[number], index.sentence_rows[number + 1])
    cosines: npt.NDArray[np.float32] = np.asarray(index.sentence_vectors[rows], np.float32) @ query.vector
    return cosines


def is_label(passage: Passage, start: int, end: int) -> bool:
    """Tell whether a sentence is nothing but the name of its unit ("Antwoord 3")."""
    return any(unit.start == start and end - start <= len(unit.label) + 1 for unit in passage.document.units)


def context(passage: Passage) -> str:
    """Say on one line what a passage stands under: whose words they are, and what they answer."""
    unit = passage.unit
    if unit is None:
        return heading(passage)
    question = " ".join(asked(passage).split())
    above = question or " – ".join(passage.path[:-1][-1:])
    return ": ".join(part for part in (unit.label, unit.speaker or "", above) if part)


def _of_passage(index: Index, query: Query, number: int, score: float, hit: Hit | None) -> list[Candidate]:
    passage = index.passages[number]
    text = passage.document.text
    spans = index.sentences[number]
    cosines = cosines_of(index, query, number)
    best = float(cosines.max(initial=-1.0))
    held = [index.lexical.terms(text[start:end]) for start, end in spans]
    whole = frozenset().union(*held)
    answered = whole | index.lexical.terms(asked(passage))
    kind = passage.unit.kind if passage.unit else None
    covered = index.lexical.covered
    dutch = query.language == "nl"
    in_passage = covered(query.words, whole)
    in_all = covered(query.words, answered)
    wants = {match.lastgroup for match in _ASKED.finditer(query.full)}
    found: list[Candidate] = []
    for at, ((start, end), cosine) in enumerate(zip(spans, cosines.tolist(), strict=True)):
        if is_label(passage, start, end):
            continue
        words = text[start:end]
        own = covered(query.words, held[at])
        around = covered(query.words, frozenset().union(*held[max(0, at - 1) : at + 2]))
        features = (
            cosine,
            score,
            hit.dense if hit else 0.0,
            hit.lexical if hit else 0.0,
            1 / hit.rank if hit else 0.0,
            own * dutch,
            around * dutch,
            in_passage * dutch,
            in_all * dutch,
            own * (not dutch),
            in_passage * (not dutch),
            cosine - best,
            float(words.endswith("?")),
            float(kind == "question"),
            float(kind == "answer"),
            float(at == 0),
            min(len(words), _LONG) / _LONG,
            min(len(words), _SHORT) / _SHORT,
            *(float(what in wants and bool(pattern.search(words))) for what, pattern in _HELD.items()),
        )
        found.append(Candidate(number, passage, start, end, cosine, features))
    return found
