"""Parts compounds by the words of the papers themselves: "grensarbeidersproblematiek" holds "problematiek".

A word is parted where the parts are more usual than the whole: the geometric mean of their frequencies is held against
the word's own (Koehn & Knight, "Empirical Methods for Compound Splitting", EACL 2003). The papers are their own
frequency list, so that a part is always a word that can be found in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

SHORTEST = 4
"""Letters of the shortest part; shorter ones ("ver", "en") stand in words by chance."""
SEEN = 2
"""Times that a part has to stand in the papers by itself."""
MOST = 4
"""Parts of one word."""
LONGEST = 60
"""Letters of the longest word that is looked at; a longer one is no word."""
_LINKS = ("", "s", "en", "e")
"""Letters that join two parts and belong to neither."""


class Compounds:
    """Parts words by a list of words with their frequencies."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self._frequencies = frequencies
        self._known: dict[str, tuple[str, ...]] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """Give the parts of a compound; nothing for a word that is none, or whose parts stand nowhere."""
        if word not in self._known:
            self._known[word] = self._best(word) if self._may_be(word) else ()
        return self._known[word]

    @staticmethod
    def _may_be(word: str) -> bool:
        return 2 * SHORTEST <= len(word) <= LONGEST and word.isalpha()

    def _best(self, word: str) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        usual = max(self._frequencies.get(word, 0), 0.5)
        for parts in self._ways(word, word, MOST):
            mean = exp(sum(log(self._frequencies[part]) for part in parts) / len(parts))
            if mean > usual:
                best, usual = parts, mean
        return best

    def _ways(self, word: str, rest: str, most: int) -> list[tuple[str, ...]]:
        """Give every way to part what is left of a word."""
        found: list[tuple[str, ...]] = []
        if self._is_part(rest, word):
            found.append((rest,))
        if most > 1:
            for end in range(SHORTEST, len(rest) - SHORTEST + 1):
                head = next((part for link in _LINKS if (part := self._without(rest[:end], link, word))), None)
                if head:
                    found += [(head, *others) for others in self._ways(word, rest[end:], most - 1)]
        return found

    def _without(self, head: str, link: str, word: str) -> str | None:
        part = head.removesuffix(link) if head.endswith(link) else ""
        return part if self._is_part(part, word) else None

    def _is_part(self, part: str, word: str) -> bool:
        return len(part) >= SHORTEST and part != word and self._frequencies.get(part, 0) >= SEEN
