"""Ranks the sentences of the hits: which of them may carry the answer.

A sentence is scored by its own vector and by the share of the question's words that it holds, and its passage's score
weighs in. Sentences that only ask are put behind: they resemble every question and answer none. Where a hit is a
question of a paper, the answer that belongs to it takes part too.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from raadpleeg.indexing.generation import Index
from raadpleeg.indexing.words import terms
from raadpleeg.records import Evidence, Hit
from raadpleeg.retrieval.filters import Filter, allowed
from raadpleeg.retrieval.fusion import min_max
from raadpleeg.retrieval.routes import partners_of
from raadpleeg.retrieval.search import EVERYTHING, Query
from raadpleeg.settings import Settings

PASSAGE_WEIGHT = 0.25
"""Share of the passage's score in a sentence's."""
ASKING = 0.6
"""What is left of the score of a sentence that only asks."""


def find_evidence(
    index: Index, query: Query, hits: Sequence[Hit], settings: Settings, wanted: Filter = EVERYTHING
) -> tuple[Evidence, ...]:
    """Give the sentences of the hits and of the answers that belong to them, best first.

    The answers have to be `wanted`, as the hits are.

    Where the question names a unit, what stands there is the evidence: whole passages, in the order of the paper.
    """
    named = [hit for hit in hits if hit.named]
    if named:
        return _whole(index, query, named)
    by_passage = _with_answers(index, hits, wanted)
    found: list[tuple[int, int, int, float]] = []  # passage, start, end, cosine
    for number in by_passage:
        cosines = _cosines(index, query, number)
        for (start, end), cosine in zip(index.sentences[number], cosines, strict=True):
            if not _is_label(index, number, start, end):
                found.append((number, start, end, float(cosine)))
    dense = min_max(np.array([cosine for *_, cosine in found], np.float32))
    weight = settings.sentence_dense_weight
    ranked: list[Evidence] = []
    for (number, start, end, cosine), near in zip(found, dense, strict=True):
        passage = index.passages[number]
        words = passage.document.text[start:end]
        own = weight * float(near) + (1 - weight) * index.lexical.coverage(query.words, words)
        score = (1 - PASSAGE_WEIGHT) * own + PASSAGE_WEIGHT * by_passage[number]
        ranked.append(Evidence(passage, start, end, score * (ASKING if words.endswith("?") else 1.0), cosine))
    ranked.sort(key=lambda one: -one.score)
    return tuple(_distinct(ranked))


def _whole(index: Index, query: Query, named: Sequence[Hit]) -> tuple[Evidence, ...]:
    """Take the passages that are named, without the label above them; those of the best document come first."""
    best = {hit.passage.document.id: hit.score for hit in reversed(named)}
    pieces: list[Evidence] = []
    for hit in sorted(named, key=lambda hit: (-best[hit.passage.document.id], hit.number)):
        spans = [span for span in index.sentences[hit.number] if not _is_label(index, hit.number, *span)]
        if spans:
            cosine = float(_cosines(index, query, hit.number).max())
            pieces.append(Evidence(hit.passage, spans[0][0], spans[-1][1], hit.score, cosine))
    return tuple(_distinct(pieces))


def _cosines(index: Index, query: Query, number: int) -> npt.NDArray[np.float32]:
    rows = slice(index.sentence_rows[number], index.sentence_rows[number + 1])
    cosines: npt.NDArray[np.float32] = np.asarray(index.sentence_vectors[rows], np.float32) @ query.vector
    return cosines


def _with_answers(index: Index, hits: Sequence[Hit], wanted: Filter) -> dict[int, float]:
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
                scores[number] = max(scores.get(number, 0.0), hit.score * ASKING)
    return scores


def _is_label(index: Index, number: int, start: int, end: int) -> bool:
    """Tell whether a sentence is nothing but the name of its unit ("Antwoord 3")."""
    passage = index.passages[number]
    return any(unit.start == start and end - start <= len(unit.label) + 1 for unit in passage.document.units)


def _distinct(ranked: Sequence[Evidence]) -> list[Evidence]:
    """Leave out sentences that stand in two places, and those that nearly repeat a better one."""
    kept: list[Evidence] = []
    seen: list[frozenset[str]] = []
    for one in ranked:
        words = frozenset(terms(one.text)) or frozenset([one.text])
        if all(len(words & other) < 0.8 * len(words | other) for other in seen):
            kept.append(one)
            seen.append(words)
    return kept
