"""Finds the passages for a question: what it names comes first, then near vectors and shared words, fused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from raadpleeg.indexing.generation import Index
from raadpleeg.indexing.words import words
from raadpleeg.records import Encoder, Hit, Ids, Language, Vectors
from raadpleeg.retrieval.conversation import in_full
from raadpleeg.retrieval.duplicates import Seen
from raadpleeg.retrieval.filters import Filter, allowed
from raadpleeg.retrieval.fusion import Scores, convex
from raadpleeg.retrieval.language import language_of, without_stop_words
from raadpleeg.retrieval.question import check_question
from raadpleeg.retrieval.routes import Named, named_in, places
from raadpleeg.settings import Settings

SENTENCE = 0.5
"""Share of its best sentence in a passage's cosine."""
EVERYTHING = Filter()


@dataclass(frozen=True, slots=True)
class Query:
    """A question as both arms see it: a vector of unit length, and words."""

    text: str
    """As it was asked, on one line."""
    full: str
    """With what it leaves unsaid of the questions before it."""
    language: Language
    vector: Vectors
    words: tuple[str, ...]
    named: Named


def look(question: str, index: Index, encoder: Encoder, settings: Settings, history: Sequence[str] = ()) -> Query:
    """Prepare a question.

    Args:
        question: as it was asked.
        index: tells which papers it may name.
        encoder: the index's own.
        settings: the longest question that is read.
        history: the questions asked before in the same conversation, oldest first.

    Raises:
        BadQuestion: it is empty, or longer than the settings allow.
    """
    text = check_question(question, settings)
    language = language_of(text)
    full = in_full(text, history)
    return Query(
        text=text,
        full=full,
        language=language,
        vector=encoder.encode_queries([full])[0],
        words=without_stop_words(words(full), language),
        named=named_in(text, index),
    )


def search(index: Index, query: Query, k: int, settings: Settings, wanted: Filter = EVERYTHING) -> tuple[Hit, ...]:
    """Give the `k` best passages, best first. Ties go to the passage that stands first in the corpus.

    Passages that say the same come back once, with the other places. What `wanted` leaves out takes no part.
    """
    numbers = allowed(index, wanted)
    if numbers is not None and not len(numbers):
        return ()
    lexical = index.lexical.scores(query.words)
    depth = min(max(settings.pool, k), len(index.passages))
    near, _ = index.store.search(query.vector, depth, None if numbers is None else numbers.tolist())
    sharing = _best(lexical, depth, numbers)
    named = places(index, query.named)
    pool = np.concatenate(
        [near, sharing, named.exact, named.partners, named.signatures, _best(lexical, depth, named.papers)]
    )
    pool = np.unique(pool) if numbers is None else np.intersect1d(pool, numbers)
    # Every candidate is scored by both arms, also the one that only the other arm brought in.
    cosines = index.store.vectors(pool) @ query.vector
    spoken = _best_sentences(index, query, pool, cosines)
    fused = convex(
        (1 - SENTENCE) * cosines + SENTENCE * spoken, lexical[pool], settings.dense_weight, settings.cosine_floor
    )
    _lift_signatures(index, pool, named.signatures, fused)
    tier = np.isin(pool, named.papers) + 2 * np.isin(pool, named.partners) + 4 * np.isin(pool, named.exact)
    # What is named stands before everything else; the scores stay between 0 and 1.
    scores = (fused.clip(0, 1) + tier) / np.float32(1 + tier.max(initial=0))
    places_in_arms = _ranks(near), _ranks(sharing)
    hits: list[Hit] = []
    seen = Seen()
    for at in np.lexsort((-fused, -tier)):
        number = int(pool[at])
        passage = index.passages[number]
        if seen.repeats(passage):
            continue
        if len(hits) == k:
            break
        seen.add(passage)
        hits.append(
            Hit(
                rank=len(hits) + 1,
                number=number,
                passage=passage,
                score=float(scores[at]),
                dense=float(cosines[at]),
                sentence=float(spoken[at]),
                lexical=float(lexical[number]),
                dense_rank=places_in_arms[0].get(number),
                lexical_rank=places_in_arms[1].get(number),
                named=bool(tier[at] >= 4),
            )
        )
    return tuple(seen.with_others(hit) for hit in hits)


def _best(scores: Scores, depth: int, numbers: Ids | None) -> Ids:
    """Give the numbers of the passages with the highest scores above nought, best first."""
    among = np.arange(len(scores)) if numbers is None else numbers
    own = scores[among]
    best = np.argsort(-own, kind="stable")[:depth]
    found: Ids = among[best[own[best] > 0]]
    return found


def _best_sentences(index: Index, query: Query, pool: Ids, cosines: Scores) -> Scores:
    """Give for each candidate the cosine of its best sentence; its own where the index holds no sentences."""
    best = cosines.copy()
    firsts, ends = index.sentence_rows[pool], index.sentence_rows[pool + 1]
    for at, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        if end > first:
            best[at] = (index.sentence_vectors[first:end].astype(np.float32) @ query.vector).max()
    return best


def _lift_signatures(index: Index, pool: Ids, signatures: Ids, fused: Scores) -> None:
    """Give a signature the score of the best passage of its paper: of what it signs, it says nothing itself."""
    for at in np.flatnonzero(np.isin(pool, signatures)):
        own = index.numbers[index.passages[pool[at]].document.id]
        fused[at] = fused[(pool >= own.start) & (pool < own.stop)].max() + np.float32(1e-3)


def _ranks(numbers: Ids) -> dict[int, int]:
    return {int(number): rank for rank, number in enumerate(numbers, 1)}
