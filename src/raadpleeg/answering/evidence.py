"""Finds the sentences that may carry the answer, best first.

All sentences of the hits are ranked by what retrieval knows of them; the best of these, as many as the reranker reads
at once, are then read together with the question. Without a reranker the first ranking stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from raadpleeg.answering.candidates import Candidate, candidates, context, cosines_of, is_label
from raadpleeg.answering.ranking import Ranking
from raadpleeg.answering.reranking import CONTEXT, QUESTION, SENTENCE, Group, Reranker
from raadpleeg.indexing.generation import Index
from raadpleeg.indexing.words import terms
from raadpleeg.records import Evidence, Hit
from raadpleeg.retrieval.filters import Filter
from raadpleeg.retrieval.search import EVERYTHING, Query

READ = 450
"""Tokens of question, sentences and what stands above them that the reranker reads at once."""
BORDER = 1
"""Token that ends a sentence."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What ranks sentences: the weights, and the reranker where there is one."""

    ranking: Ranking
    reranker: Reranker | None = None


def find_evidence(
    index: Index, query: Query, hits: Sequence[Hit], reading: Reading, wanted: Filter = EVERYTHING
) -> tuple[Evidence, ...]:
    """Give the sentences of the hits and of the answers that belong to them, best first.

    The answers have to be `wanted`, as the hits are.

    Where the question names a unit, what stands there is the evidence: whole passages, in the order of the paper.
    """
    named = [hit for hit in hits if hit.named]
    if named:
        return _whole(index, query, named)
    found = candidates(index, query, hits, wanted)
    first = reading.ranking.scores(found)
    order = [int(at) for at in np.argsort(-first, kind="stable")]
    ranked = [_evidence(found[at], float(first[at])) for at in order]
    if reading.reranker is None:
        return tuple(_distinct(ranked))
    taken = within([found[at] for at in order], query.full, READ, reading.reranker.count_tokens)
    groups = [_group(own) for own in taken]
    read = [one for own in taken for one in own]
    odds = reading.reranker.scores(query.full, groups) if read else ()
    again = sorted(zip(odds, read, strict=True), key=lambda pair: -pair[0])
    seen = {(one.passage.document.id, one.start) for one in read}
    rest = [one for one in ranked if (one.passage.document.id, one.start) not in seen]
    return tuple(_distinct([_evidence(one, float(score), float(score)) for score, one in again] + rest))


def _evidence(one: Candidate, score: float, odds: float | None = None) -> Evidence:
    return Evidence(one.passage, one.start, one.end, score, one.cosine, odds)


def _group(own: Sequence[Candidate]) -> Group:
    known = np.array([one.features for one in own], np.float32)
    return Group(context(own[0].passage), tuple(one.text for one in own), known)


def within(
    ranked: Sequence[Candidate], question: str, budget: int, count: Callable[[str, int], int]
) -> list[list[Candidate]]:
    """Take as many of the best as are read at once, by passage; the passage of the best comes first.

    Args:
        ranked: sentences, best first.
        question: is read with them.
        budget: tokens that are read.
        count: gives the tokens of a text, up to a bound.
    """
    left = budget - count(question, QUESTION)
    taken: dict[int, list[Candidate]] = {}
    for one in ranked:
        cost = count(one.text, SENTENCE) + BORDER
        if one.number not in taken:
            cost += count(context(one.passage), CONTEXT) + BORDER
        if cost <= left:
            left -= cost
            taken.setdefault(one.number, []).append(one)
    return [sorted(own, key=lambda one: one.start) for own in taken.values()]


def _whole(index: Index, query: Query, named: Sequence[Hit]) -> tuple[Evidence, ...]:
    """Take the passages that are named, without the label above them; those of the best document come first."""
    best = {hit.passage.document.id: hit.score for hit in reversed(named)}
    pieces: list[Evidence] = []
    for hit in sorted(named, key=lambda hit: (-best[hit.passage.document.id], hit.number)):
        spans = [span for span in index.sentences[hit.number] if not is_label(hit.passage, *span)]
        if spans:
            cosine = float(cosines_of(index, query, hit.number).max())
            pieces.append(Evidence(hit.passage, spans[0][0], spans[-1][1], hit.score, cosine))
    return tuple(_distinct(pieces))


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
