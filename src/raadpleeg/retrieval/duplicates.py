"""Tells passages that say the same apart from those that do not, so that a place on the list is not spent twice.

The same question stands in the letter that asks it and in the letter that answers it, and letters repeat one another.
"""

from __future__ import annotations

from dataclasses import replace

from raadpleeg.records import Hit, Passage

SAME = 0.85
"""Least share of words that two passages have in common, of all that either has (Jaccard)."""
FEWEST = 8
"""Words that a passage needs: "Zie het antwoord op vraag 3." in two papers are two things."""


class Seen:
    """The passages that are on the list, and for each the places that repeat it."""

    def __init__(self) -> None:
        self._kept: list[tuple[frozenset[str], Passage, list[Passage]]] = []

    def repeats(self, passage: Passage) -> bool:
        """Tell whether a passage says what one on the list says; it is then noted there."""
        own = _words(passage)
        for others, _, repeats in self._kept:
            if _same(own, others):
                repeats.append(passage)
                return True
        return False

    def add(self, passage: Passage) -> None:
        """Put a passage on the list."""
        self._kept.append((_words(passage), passage, []))

    def with_others(self, hit: Hit) -> Hit:
        """Give a hit with the places that repeat it."""
        found = next((repeats for _, passage, repeats in self._kept if passage is hit.passage), [])
        return replace(hit, also=tuple(found)) if found else hit


def _words(passage: Passage) -> frozenset[str]:
    return frozenset(passage.text.casefold().split())


def _same(one: frozenset[str], other: frozenset[str]) -> bool:
    if len(one) < FEWEST:
        return False
    # Sets of very different sizes cannot share enough; most pairs end here.
    if min(len(one), len(other)) < SAME * max(len(one), len(other)):
        return False
    return len(one & other) >= SAME * len(one | other)
