"""Running text to the terms that the lexical arm goes by: folded words, numbers and dates in one form, Dutch stems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

VERSION = 2
"""Changes when the same words would become other terms, so that indexes are made anew."""

MONTHS = (
    ("januari", "januar", "janvier", "january"),
    ("februari", "februar", "février", "february"),
    ("maart", "märz", "mars", "march"),
    ("april", "avril"),
    ("mei", "mai", "may"),
    ("juni", "juin", "june"),
    ("juli", "juillet", "july"),
    ("augustus", "august", "août"),
    ("september", "septembre"),
    ("oktober", "octobre", "october"),
    ("november", "novembre"),
    ("december", "dezember", "décembre"),
)
"""The names of each month in Dutch, German, French and English."""


def _folded(text: str) -> str:
    """Take capitals and accents away."""
    return "".join(char for char in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(char))


_MONTHS = {_folded(name): number for number, names in enumerate(MONTHS, 1) for name in names}
_WRITTEN = re.compile(rf"\b(\d{{1,2}})(?:\.|er|st|nd|rd|th)? ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_DATE = re.compile(r"\b(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)[-–/](?:(?:19|20))?(\d\d)\b(?![-/]\d)")
_TERM = re.compile(r"\d{1,3}(?:[ .]\d{3})+(?!\d)|\w+(?:-\w+)*")
_STOP_WORDS = frozenset(
    """
    aan al alle als altijd bij daar dan dat de der deze die dit doch door dus een en er ge geen haar had heb
    hebben heeft hem het hier hij hoe hun ik in is ja je kan kon kunnen maar me meer men met mij mijn moet na
    naar niet niets nog nu of om omdat ons ook op over reeds te tegen toch toen tot u uit uw van veel voor
    want waren was wat we wel werd wezen wie wij wil worden wordt zal ze zei zelf zich zij zijn zo zonder zou
    welke waar wanneer waarom hoeveel welk wiens per
    """.split()
)


@cache
def _stemmer() -> Any:
    import Stemmer

    # Snowball 3 has a new Dutch stemmer; "dutch_porter" is the one that "dutch" used to mean. This is the new one.
    return Stemmer.Stemmer("dutch")


def words(text: str) -> list[str]:
    """Give the words of a text in order: folded, without stop words; numbers and dates in one form.

    "35 714" is one word; "2025/26" becomes "2025-2026"; a date gives its ISO 8601 form beside its parts. A word with
    hyphens gives its parts beside itself, so that "Benelux-verband" is found by either.
    """
    folded = _folded(text).replace("’", "'")
    found = [f"{int(year):04}-{_MONTHS[month]:02}-{int(day):02}" for day, month, year in _WRITTEN.findall(folded)]
    found += [f"{year}-{int(month):02}-{int(day):02}" for day, _, month, year in _DATE.findall(folded)]
    found += [f"{first}-{first[:2]}{second}" for first, second in _YEARS.findall(folded)]
    for word in _TERM.findall(folded):
        if word[0].isdigit() and not word.replace(".", "").replace(" ", "").strip("0123456789"):
            found.append(word.replace(".", "").replace(" ", ""))
            continue
        parts = word.split("-")
        found += [word.replace("-", ""), *parts] if len(parts) > 1 else parts
    return [word for word in found if word not in _STOP_WORDS and (len(word) > 1 or word.isdigit())]


def stems(found: Iterable[str]) -> list[str]:
    """Take the endings off words (Snowball's Dutch stemmer)."""
    stemmed: list[str] = _stemmer().stemWords(list(found))
    return stemmed


def terms(text: str) -> list[str]:
    """Turn running text into terms: the stems of its words."""
    return stems(words(text))
