"""Where a paper officially stands: the address on officielebekendmakingen.nl that its reference gives by pattern.

Addresses are made, never fetched: nothing here asks the net whether a page is there. Where the publisher's pattern is
not known, or only from some year on, there is no address rather than a guess.

| paper | address |
|---|---|
| Kamerstuk | ``/kst-35714-O.html``, ``/kst-36410-VIII-12.html``, ``/kst-21501-02-2700.html`` |
| a whole dossier | ``/dossier/35714`` |
| Aanhangsel | ``/ah-tk-20232024-1786.html`` |
| unanswered questions | ``/kv-tk-2024Z01234.html`` |
| Handelingen | ``/h-tk-20172018-61-10.html`` |
| an annex by its own number | ``/blg-1191455.pdf`` (annexes are published as PDF alone) |
| Stb., Stcrt., Trb., Gmb., Prb., Wsb. | ``/stb-2024-12.html`` and so on |
| a case, document or meeting of the House | on tweedekamer.nl, by its number |

eerstekamer.nl names its pages with words that do not follow from a reference, so no address there can be made.
"""

from __future__ import annotations

import re
from dataclasses import replace

from raadpleeg.reading.references import Reference, reference_of
from raadpleeg.records import Document

PUBLISHER = "https://zoek.officielebekendmakingen.nl"
HOUSE = "https://www.tweedekamer.nl"

_JOURNALS = {
    "staatsblad": ("stb", 1995),
    "tractatenblad": ("trb", 1995),
    "staatscourant": ("stcrt", 2009),
    "gemeenteblad": ("gmb", 2014),
    "provinciaal blad": ("prb", 2014),
    "waterschapsblad": ("wsb", 2014),
}
"""By what name a journal is filed, and from what year on its notices go by year and number alone."""

_DAYS = 366
"""In 2009 the Staatscourant still had a number for each day beside the one for each notice; the latter run higher."""

_PARLIAMENT_FROM = 1994
"""First year of the first session whose papers are published: 1994-1995."""
_SENATE_FROM = 2009
"""Up to 2008-2009 the letters of the Senate began again each session, and its papers are filed with the session."""
_APPENDIX_FROM = 2007
"""Earlier written questions are filed under running numbers of the publisher's own."""

_QUESTIONS = re.compile(r"kv-tk-20[1-9][0-9]Z[0-9]{5}")
_PLAIN = re.compile(r"[A-Za-z0-9-]+")


def address_of(reference: Reference) -> str | None:
    """Give the official address of what a reference names, or None where no pattern is known.

    It is that of the paper as a whole: pages have no address of their own. A paper that belongs to two dossiers is
    filed under the first; what is annexed to a paper is found on the page of that paper.
    """
    # A number with a slash ("A/nr. 1") is one that both chambers use; how such a paper is filed differs.
    words = (reference.number, reference.item, reference.year, *reference.dossiers)
    if not all(_PLAIN.fullmatch(one) for one in words if one):
        return None
    first = _first_year(reference)
    match reference.kind:
        case "kamerstuk" if all(reference.dossiers or ("",)) and (first is None or first >= _PARLIAMENT_FROM):
            return _of_paper(reference, first)
        case "aanhangsel" if first is not None and first >= _APPENDIX_FROM:
            return _published(reference.identifier)
        case "handelingen" if first is not None and first >= _PARLIAMENT_FROM:
            return _published(reference.identifier)
        case "staatsblad" | "staatscourant" | "tractatenblad" | "gemeenteblad" | "provinciaal blad" | "waterschapsblad":
            return _of_notice(reference, first)
        case "bijlage" if reference.number:
            return f"{PUBLISHER}/blg-{reference.number}.pdf"
        case "zaak" if reference.number:
            return f"{HOUSE}/kamerstukken/detail?id={reference.number}"
        case "document" if reference.number:
            return f"{HOUSE}/kamerstukken/detail?id={reference.number}&did={reference.number}"
        case "activiteit" if reference.number:
            return f"{HOUSE}/debat_en_vergadering/commissievergaderingen/details?id={reference.number}"
        case _:
            return None


def address_of_document(document: Document) -> str | None:
    """Give the official address of a document by what it says of itself, else by its file's name; None if unknown."""
    name = document.id.rpartition("/")[2]
    # Unanswered questions are known by the number of their case, which other papers of the same case share.
    if _QUESTIONS.fullmatch(name):
        return _published(name)
    reference = reference_of(document)
    return address_of(reference) if reference else None


def _of_paper(reference: Reference, first: int | None) -> str | None:
    paper = replace(reference, dossiers=reference.dossiers[:1])
    if not paper.number:
        return f"{PUBLISHER}/dossier/{paper.dossiers[0]}"
    if paper.chamber == "I":
        # A figure with a letter ("188b") is of the years when that was the Senate's way.
        early = first < _SENATE_FROM if first is not None else paper.number[0].isdigit()
        if early:
            return None
    return _published(paper.identifier)


def _of_notice(reference: Reference, year: int | None) -> str | None:
    name, since = _JOURNALS[reference.kind]
    number = reference.number or ""
    if year is None or year < since or not number.isdigit():
        return None
    if (name, year) == ("stcrt", 2009) and int(number) <= _DAYS:
        return None
    return f"{PUBLISHER}/{name}-{year}-{number}.html"


def _first_year(reference: Reference) -> int | None:
    """Give the year of a journal, or the first of a session."""
    return int(reference.year[:4]) if reference.year and reference.year[:4].isdigit() else None


def _published(identifier: str | None) -> str | None:
    return f"{PUBLISHER}/{identifier}.html" if identifier else None
