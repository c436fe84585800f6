"""Finds the passages for a question: nearest vectors and shared words, fused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from raadpleeg.indexing.generation import Index
from raadpleeg.indexing.lexical import terms
from raadpleeg.records import Encoder, Hit, Ids, Vectors
from raadpleeg.retrieval.fusion import convex
from raadpleeg.retrieval.question import check_question
from raadpleeg.retrieval.routes import leads_to, named_numbers
from raadpleeg.settings import Settings


@dataclass(frozen=True, slots=True)
class Query:
    """A question as both arms see it: a vector of unit length, and terms."""

    text: str
    vector: Vectors
    terms: tuple[str, ...]


def look(question: str, encoder: Encoder, settings: Settings) -> Query:
    """Prepare a question.

    Raises:
        BadQuestion: it is empty, or longer than the settings allow.
    """
    text = check_question(question, settings)
    return Query(text, encoder.encode_queries([text])[0], tuple(terms(text)))


def search(index: Index, query: Query, k: int, settings: Settings) -> tuple[Hit, ...]:
    """Give the `k` best passages, best first. Ties go to the passage that stands first in the corpus."""
    lexical = index.lexical.scores(query.terms)
    depth = min(max(settings.pool, k), len(index.passages))
    near, _ = index.store.search(query.vector, depth)
    sharing = np.argsort(-lexical, kind="stable")[:depth]
    numbers = named_numbers(query.text)
    named = _named(index, query.text, numbers) if numbers else np.empty(0, np.int64)
    pool = np.union1d(near, np.union1d(sharing[lexical[sharing] > 0], named))
    # Every candidate is scored by both arms, also the one that only the other arm brought in.
    dense = index.store.vectors(pool) @ query.vector
    fused = convex(dense, lexical[pool], settings.dense_weight)
    asked_for = np.isin(pool, named)
    if asked_for.any():  # what is named stands before everything else; the scores stay between 0 and 1
        fused = (fused + asked_for.astype(np.float32)) * np.float32(0.5)
    order = np.argsort(-fused, kind="stable")[:k]
    return tuple(
        Hit(
            rank=rank,
            number=int(pool[at]),
            passage=index.passages[pool[at]],
            score=float(fused[at]),
            dense=float(dense[at]),
            lexical=float(lexical[pool[at]]),
            named=bool(asked_for[at]),
        )
        for rank, at in enumerate(order, 1)
    )


def _named(index: Index, question: str, numbers: frozenset[int]) -> Ids:
    places = (number for number, one in enumerate(index.passages) if leads_to(question, numbers, one.unit))
    return np.fromiter(places, np.int64)
