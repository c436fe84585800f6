"""Gives a question that leans on the ones before it ("En met België?") the words that it leaves unsaid.

Deterministic: no model guesses what was meant. Where a question points back, the questions that it points back to are
put before it, and both arms of the search look for all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from raadpleeg.indexing.words import words

FEW = 2
"""Content words up to which a question cannot stand by itself."""
BACK = 3
"""Questions that are looked back at, at most."""

_GOES_ON = re.compile(
    r"(?:en|maar|dus|nee|neen|ja|oké|ok|und|aber|nein|nee|also|et|mais|non|donc|and|but|no|so)\b[ ,]", re.IGNORECASE
)
SHORT = 5
"""Content words up to which a word that often points back, and often does not ("dat", "er"), is taken to do so."""

_POINTS_BACK = re.compile(
    r"""\b(?:
      (?:d|h)(?:aar|ier)(?:aan|bij|door|in|mee|na|naar|om|op|over|tegen|toe|tussen|uit|van|voor)|
      er(?:aan|bij|door|in|mee|na|om|op|over|tegen|toe|tussen|uit|van|voor)|
      daar|hij|hem|zoiets|zulke|dezelfde|hetzelfde|laatste|vorige|
      davon|dafür|dagegen|darüber|dabei|damit|dazu|dort|ihn|ihm|
      cela|ça|celui-ci|celle-ci|lui|
      they|them|he|she|him
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MAY_POINT_BACK = re.compile(
    r"""\b(?:
      die|dat|deze|dit|dan|er|zij|ze|haar|hen|hun|zijn|eerste|
      dies\w*|das|dem|denen|dessen|deren|sie|es|ihr|
      ce|cette|ces|celui|celle|il|elle|ils|elles|leur|y|en|
      this|that|these|those|it|its|their|his|her|there|then
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def leans_back(question: str) -> bool:
    """Tell whether a question can only be understood from what was asked before."""
    own = len(set(words(question)))
    if own <= FEW or _GOES_ON.match(question) or _POINTS_BACK.search(question):
        return True
    return own <= SHORT and bool(_MAY_POINT_BACK.search(question))


def in_full(question: str, history: Sequence[str]) -> str:
    """Put before a question that leans back what it leans on, oldest first; another comes back as it is.

    Args:
        question: on one line.
        history: the questions asked before in the same conversation, oldest first.
    """
    before = [one for one in history if one.strip()][-BACK:]
    said = [question]
    while before and leans_back(said[0]):
        said.insert(0, " ".join(before.pop().split()))
    return " ".join(said)
