"""Keeps a search to some of the papers, by dossier, chamber, kind, speaker or date, before anything is scored."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields

import numpy as np

from raadpleeg.errors import BadQuestion
from raadpleeg.indexing.generation import Index
from raadpleeg.records import Document, Ids, Passage

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a passage has to be; of several values any will do, and what is left empty does not count."""

    dossiers: tuple[str, ...] = ()
    """Numbers, however written: "35714", "35 714"."""
    chambers: tuple[str, ...] = ()
    """ "I" or "II"."""
    kinds: tuple[str, ...] = ()
    """Part of the paper's kind, as `raadpleeg documents` shows it."""
    speakers: tuple[str, ...] = ()
    """Part of the name or office of who says it; a minister's own words, or a fractie's."""
    documents: tuple[str, ...] = ()
    """Ids."""
    since: str | None = None
    """First date of the paper, ISO 8601; a year or a month will do."""
    until: str | None = None
    """Last date of the paper, inclusive."""

    def __bool__(self) -> bool:
        """Tell whether anything is asked for."""
        return any(getattr(self, one.name) for one in fields(self))

    def check(self) -> Filter:
        """Give the filter back.

        Raises:
            BadQuestion: a chamber or a date is none.
        """
        for chamber in self.chambers:
            if chamber not in ("I", "II"):
                raise BadQuestion(f"there is no chamber {chamber!r}; it is I (Eerste Kamer) or II (Tweede Kamer)")
        for date in (self.since, self.until):
            if date is not None and not _DATE.fullmatch(date):
                raise BadQuestion(f"{date!r} is no date; write 2026, 2026-03 or 2026-03-18")
        return self


def allowed(index: Index, wanted: Filter) -> Ids | None:
    """Give the numbers of the passages that may be found, ascending; None where all may.

    A paper that does not tell its date, chamber or kind is not found by them: a filter promises what it lets through.
    """
    if not wanted:
        return None
    papers = {key for key, document in index.documents.items() if _paper(document, wanted)}
    spoken = [one.casefold() for one in wanted.speakers]
    numbers = (
        number
        for key in papers
        for number in index.numbers.get(key, ())
        if not spoken or _spoken(index.passages[number], spoken)
    )
    return np.array(sorted(numbers), np.int64)


def _paper(document: Document, wanted: Filter) -> bool:
    known = document.metadata
    dossiers = {_digits(one) for one in known.dossiers}
    kind = (known.kind or "").casefold()
    date = known.date or known.answered or known.asked
    return (
        (not wanted.documents or document.id in wanted.documents)
        and (not wanted.dossiers or not dossiers.isdisjoint(map(_digits, wanted.dossiers)))
        and (not wanted.chambers or known.chamber in wanted.chambers)
        and (not wanted.kinds or any(kind and one.casefold() in kind for one in wanted.kinds))
        and (wanted.since is None or (date is not None and date[: len(wanted.since)] >= wanted.since))
        and (wanted.until is None or (date is not None and date[: len(wanted.until)] <= wanted.until))
    )


def _spoken(passage: Passage, wanted: list[str]) -> bool:
    unit = passage.unit
    speaker = (unit.speaker or "").casefold() if unit else ""
    return any(speaker and one in speaker for one in wanted)


def _digits(dossier: str) -> str:
    """Write a dossier's number one way: "36 410-VI" and "36.410 VI" are the same."""
    return re.sub(r"[ .]", "", dossier.upper().replace("-", ""))
