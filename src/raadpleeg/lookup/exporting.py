"""A citation as other programs take it: the official Dutch form, BibTeX, RIS, CSL-JSON.

Each entry is one place in one paper: the paper's title, number, chamber, date and official address, the page, who said
it, and the words themselves. The words stand where a reference manager keeps an abstract, for that is the one field
that all of them take over; CSL-JSON has them to the character, in BibTeX and RIS white space is one space.

Types, by CSL 1.0.2 (docs.citationstyles.org, appendix III): a bill is `bill`; the record of a debate is `hearing`, the
one type for what was said before parliament; every other paper that has a number is `report`: it is printed by the
chamber, in its series, under a number. None is `legislation`, which is law in force. A paper without a number of
parliament's is `document`. RIS says the same with BILL, HEAR, GOVDOC and GEN; BibTeX has `techreport` for what has
institution, number and year, and `misc` for the rest.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from raadpleeg.lookup.addresses import address_of_document
from raadpleeg.reading.references import Reference, reference_of
from raadpleeg.records import Citation, Document

Form = Literal["official", "bibtex", "ris", "csl-json"]
FORMS: tuple[Form, ...] = get_args(Form)

CHAMBERS = {
    "I": "Eerste Kamer der Staten-Generaal",
    "II": "Tweede Kamer der Staten-Generaal",
    "I/II": "Staten-Generaal",
}

_SERIES = {
    "kamerstuk": "Kamerstukken",
    "handelingen": "Handelingen",
    "aanhangsel": "Aanhangsel Handelingen",
}
_BILL = re.compile(r"(?:(?:nader )?gewijzigd |oorspronkelijk )?voorstel van (?:rijks)?wet\b", re.IGNORECASE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

Kind = Literal["bill", "hearing", "report", "document"]
_RIS: dict[Kind, str] = {"bill": "BILL", "hearing": "HEAR", "report": "GOVDOC", "document": "GEN"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One citation with what is known of its paper, before any format."""

    key: str
    kind: Kind
    title: str
    series: str | None
    """"Kamerstukken I 2025/26"."""
    number: str | None
    """Within the series: "35714, O"."""
    authority: str | None
    genre: str | None
    """What the paper calls itself: "Verslag van een schriftelijk overleg"."""
    date: tuple[int, ...]
    """Year, month and day; empty where the paper has no date."""
    page: int | None
    """None of a paper as a whole."""
    address: str | None
    note: str
    """Unit and speaker."""
    quote: str
    """Empty of a paper as a whole."""
    reference: str


def export(citations: Sequence[Citation], documents: Mapping[str, Document], form: Form) -> str:
    """Write citations in one of `FORMS`, ending in a newline; `documents` holds each cited paper by its id.

    A citation without words is of the paper as a whole, and names no page. No citations give an empty text, and in
    CSL-JSON an empty list.

    Raises:
        ValueError: a cited paper is not among `documents`.
    """
    found = entries(citations, documents)
    match form:
        case "official":
            return "".join(f"{line}\n" for line in dict.fromkeys(official_line(one) for one in found))
        case "bibtex":
            return "\n".join(bibtex(one) for one in found)
        case "ris":
            return "\n".join(ris(one) for one in found)
        case "csl-json":
            return json.dumps([csl(one) for one in found], ensure_ascii=False, indent=2) + "\n"


def entries(citations: Sequence[Citation], documents: Mapping[str, Document]) -> tuple[Entry, ...]:
    """Put citations and what is known of their papers together; keys are unique, whatever the case.

    Raises:
        ValueError: a cited paper is not among `documents`.
    """
    taken: set[str] = set()
    found = []
    for citation in citations:
        if citation.document not in documents:
            raise ValueError(f"there is no document {citation.document} to cite")
        entry = _entry(citation, documents[citation.document])
        key, count = entry.key, 1
        while key.lower() in taken:
            count += 1
            key = f"{entry.key}-{count}"
        taken.add(key.lower())
        found.append(replace(entry, key=key))
    return tuple(found)


def _entry(citation: Citation, document: Document) -> Entry:
    reference, metadata = reference_of(document), document.metadata
    series, number = _series(reference) if reference else (None, None)
    chamber = (reference.chamber if reference else None) or metadata.chamber
    name = unicodedata.normalize("NFKD", document.id.rpartition("/")[2]).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") or "paper"
    return Entry(
        key=f"{slug}-p{citation.page}-{citation.number}" if citation.quote else slug,
        kind=_kind(reference, metadata.kind),
        title=citation.title,
        series=series,
        number=number,
        authority=CHAMBERS.get(chamber or ""),
        genre=metadata.kind,
        date=_date(metadata.date),
        page=citation.page if citation.quote else None,
        address=address_of_document(document),
        note="; ".join(dict.fromkeys(filter(None, (citation.unit, citation.speaker)))),
        quote=citation.quote,
        reference=citation.reference,
    )


def _series(reference: Reference) -> tuple[str | None, str]:
    """Part the official form into the series with its year, and the number within it."""
    series = _SERIES.get(reference.kind)
    written = str(reference.paper)
    if series is None:
        return None, written
    bare = str(replace(reference.paper, chamber=None, year=None, annex=None))
    number = bare.removeprefix(series).lstrip(", ")
    return written.removesuffix(number).rstrip(", "), number


def _kind(reference: Reference | None, kind: str | None) -> Kind:
    if reference is None or reference.kind not in _SERIES:
        return "document"
    if reference.kind == "handelingen":
        return "hearing"
    return "bill" if _BILL.match(kind or "") else "report"


def _date(written: str | None) -> tuple[int, ...]:
    parts = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", written or "")
    return tuple(int(part) for part in parts.groups() if part) if parts else ()


# --- the official form -----------------------------------------------------------------------------------------------


def official_line(entry: Entry) -> str:
    """Write the reference as Dutch lawyers do, with the official address behind it where one is known."""
    reference = _line(entry.reference)
    return f"{reference} ({entry.address})" if entry.address else reference


# --- BibTeX ----------------------------------------------------------------------------------------------------------

# Braces are spelled out, for BibTeX counts them even behind a backslash; the quotation mark, because Babel's Dutch
# makes it a command; < > |, because older encodings of TeX print something else.
_TEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        '"': r"{\textquotedbl}",
        "<": r"{\textless}",
        ">": r"{\textgreater}",
        "|": r"{\textbar}",
        **{char: f"\\{char}" for char in "$&#%_"},
    }
)


def bibtex(entry: Entry) -> str:
    """Write an entry for BibTeX and biblatex, in UTF-8; the title keeps its capitals."""
    whole = entry.kind in ("report", "bill") and entry.authority and entry.date and entry.number
    fields: dict[str, str | None] = {
        "author": f"{{{_tex(entry.authority)}}}" if entry.authority else None,
        "title": f"{{{_tex(entry.title)}}}",
        "institution" if whole else "organization": _tex(entry.authority),
        "type" if whole else "howpublished": _tex(entry.series if whole else _joined(entry.series, entry.number)),
        "number": _tex(entry.number) if whole else None,
        "year": f"{entry.date[0]:04}" if entry.date else None,
        "date": "-".join(f"{part:02}" for part in entry.date),
        "pages": _number(entry.page),
        "url": entry.address,
        "note": _tex(entry.note),
        "abstract": _tex(entry.quote),
        "langid": "dutch",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if len(entry.date) > 1:
        lines.append(f"  month = {_MONTHS[entry.date[1] - 1]},")
    return "\n".join([f"@{'techreport' if whole else 'misc'}{{{entry.key},", *lines, "}"]) + "\n"


def _tex(text: str | None) -> str | None:
    return _line(text).translate(_TEX) if text else None


def _number(page: int | None) -> str | None:
    return None if page is None else str(page)


def _joined(*parts: str | None) -> str:
    return ", ".join(part for part in parts if part)


# --- RIS -------------------------------------------------------------------------------------------------------------


def ris(entry: Entry) -> str:
    """Write a record of RIS: a line a field, tag, two spaces, dash, space; closed by ER."""
    date = "/".join(f"{part:02}" for part in entry.date)
    fields: list[tuple[str, str | None]] = [
        ("TY", _RIS[entry.kind]),
        ("ID", entry.key),
        ("AU", entry.authority),
        ("TI", entry.title),
        ("T3", entry.series),
        ("IS", entry.number),
        ("M3", entry.genre),
        ("PB", entry.authority),
        ("PY", f"{entry.date[0]:04}" if entry.date else None),
        ("DA", date + "/" * (4 - len(entry.date)) if date else None),
        ("SP", _number(entry.page)),
        ("UR", entry.address),
        ("LA", "nl"),
        ("N1", entry.note),
        ("AB", entry.quote),
    ]
    written = ((tag, _line(value)) for tag, value in fields if value)
    return "".join(f"{tag}  - {value}\n" for tag, value in written if value) + "ER  - \n"


# --- CSL-JSON --------------------------------------------------------------------------------------------------------


def csl(entry: Entry) -> dict[str, Any]:
    """Give an item of CSL-JSON 1.0.2; the chamber is author as well as authority, for few styles print the latter."""
    item: dict[str, Any] = {
        "id": entry.key,
        "type": entry.kind,
        "title": entry.title,
        "author": [{"literal": entry.authority}] if entry.authority else None,
        "authority": entry.authority,
        "publisher": entry.authority,
        "collection-title": entry.series,
        "number": entry.number,
        "genre": entry.genre,
        "issued": {"date-parts": [list(entry.date)]} if entry.date else None,
        "page": _number(entry.page),
        "URL": entry.address,
        "language": "nl",
        "note": entry.note or None,
        "abstract": entry.quote or None,
    }
    return {name: value for name, value in item.items() if value is not None}


# --- all of them -----------------------------------------------------------------------------------------------------


def _line(text: str) -> str:
    """Put a text on one line, without the characters that nobody sees and some readers end a line at."""
    return " ".join("".join(_visible(text)).split())


def _visible(text: str) -> Iterable[str]:
    # Controls, and halves of characters, which no file in UTF-8 can hold.
    return (char for char in text if char.isspace() or unicodedata.category(char) not in ("Cc", "Cs"))
