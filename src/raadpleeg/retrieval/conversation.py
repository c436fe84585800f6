"""Gives a question that leans on the ones before it ("En met België?") the words that it leaves unsaid.

Deterministic: no model guesses what was meant. Where a question points back, the questions that it points back to are
put before it, and both arms of the search look for all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from raadpleeg.indexing.words import words
from raadpleeg.retrieval.language import LANGUAGES, without_stop_words

FEW = 2
"""Content words up to which a question hardly stands by itself."""
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
      (?:die|das|dem)(?!\s+(?-i:[A-ZÄÖÜ]))|  # before a noun they are German articles
      dat|deze|dit|dan|er|zij|ze|haar|hen|hun|zijn|eerste|
      dies\w*|denen|dessen|deren|sie|es|ihr|
      ce|cette|ces|celui|celle|il|elle|ils|elles|leur|y|en|
      this|that|these|those|it|its|their|his|her|there|then
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


_NO = r"(?:(?:nee|neen|nein|non|no|sorry|pardon|excuus)\b[ ,.!-]*)*"
_I_MEAN = (
    r"(?:ik (?:bedoel(?:de)?|vroeg naar)|ich (?:meine|meinte)|je (?:veux dire|voulais dire|parle de)|i (?:mean|meant))"
)
_MEANT = re.compile(
    rf"{_NO}{_I_MEAN}[ ,:]+(?:eigenlijk |natuurlijk )?(?P<right>[^?.!]+)[?.!]*$",
    re.IGNORECASE,
)
_NOT_BUT = re.compile(
    rf"{_NO}(?:{_I_MEAN} )?(?:niet|nicht|pas|not)\s+(?P<wrong>[^,]+?),?\s+"
    r"(?:maar|sondern|mais|but)\s+(?P<right>[^?.!]+)[?.!]*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\b\d[\d.,/-]*\b")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*")


def leans_back(question: str) -> bool:
    """Tell whether a question is to be understood from what was asked before."""
    return _content_words(question) <= FEW or points_back(question)


def points_back(question: str) -> bool:
    """Tell whether the words of a question say that it goes on from what was asked before.

    A question that only is short may as well be about something else ("Wie schilderde de Nachtwacht?").
    """
    if any(sign.match(question) for sign in (_GOES_ON, _MEANT, _NOT_BUT)) or _POINTS_BACK.search(question):
        return True
    return _content_words(question) <= SHORT and bool(_MAY_POINT_BACK.search(question))


def _content_words(question: str) -> int:
    found: Sequence[str] = words(question)
    for language in LANGUAGES:  # so few words do not tell which one it is
        found = without_stop_words(found, language)
    return len(set(found))


def corrected(question: str, before: str) -> str | None:
    """Give the question before with what a correction ("Nee, ik bedoel Duitsland") puts in place of a word of it.

    "Niet A maar B" says which word; else a name takes the place of the last name, a number of the last number. None
    where this is no correction, or nothing in the question before is of its kind.
    """
    swap = _NOT_BUT.match(question)
    if swap and re.search(rf"\b{re.escape(swap['wrong'])}\b", before, re.IGNORECASE):
        return re.sub(rf"\b{re.escape(swap['wrong'])}\b", lambda _: swap["right"], before, flags=re.IGNORECASE)
    meant = _MEANT.match(question)
    if meant is None:
        return None
    right = meant["right"].strip()
    for kind in (_NUMBER, _NAME):
        places = list(kind.finditer(before, 1))
        if kind.search(right) and places:
            last = places[-1]
            return before[: last.start()] + right + before[last.end() :]
    return None


def in_full(question: str, history: Sequence[str]) -> str:
    """Put before a question that leans back what it leans on, oldest first; another comes back as it is.

    Args:
        question: on one line.
        history: the questions asked before in the same conversation, oldest first.
    """
    before = [one for one in history if one.strip()][-BACK:]
    if before and (meant := corrected(question, " ".join(before[-1].split()))):
        return in_full(meant, before[:-1])
    said = [question]
    while before and leans_back(said[0]):
        said.insert(0, " ".join(before.pop().split()))
    return " ".join(said)
