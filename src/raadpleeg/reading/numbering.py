"""How papers number their questions: "1 en 2", "3, 4 en 7", "5 tot en met 8", "2a"."""

from __future__ import annotations

import re

_ONE = r"\d{1,3}[a-z]?"
NUMBERS = rf"({_ONE}(?:(?:, ?en |, ?| en | & | t/m | tot en met |(?<=\d) ?[–-] ?(?=\d)){_ONE})*)"
"""One group: the numbers as written. `numbers_in` reads them."""

MOST = 500
"""A range of more than this many questions is a slip of the pen, and only its ends count."""

_RANGE = re.compile(r"(\d{1,3})[a-z]?(?: ?(?:t/m|tot en met|[–-]) ?(\d{1,3})[a-z]?)?")


def numbers_in(words: str) -> tuple[int, ...]:
    """Give the numbers that are meant, in the order in which they stand, each once."""
    found: dict[int, None] = {}
    for first, last in _RANGE.findall(words):
        begin, end = int(first), int(last or first)
        found.update(dict.fromkeys(range(begin, end + 1) if begin <= end <= begin + MOST else (begin, end)))
    return tuple(found)
