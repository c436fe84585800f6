"""Names the parts of a parliamentary paper: its letters, sections, numbered questions and answers, and who speaks.

Works on the paragraphs of the laid-out text and gives units as spans of it. A unit lasts until the next one of its own
or a higher rank begins: a letter ends its sections, a section its questions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from raadpleeg.records import Metadata, Unit, UnitKind

LONGEST_HEADING = 160
"""Characters; a longer paragraph without a full stop is still prose."""

_FILE_NAME = re.compile(r"(?:^|/)kst-(\d{5}(?:-\d{5})*)-([A-Z]{1,3}|\d{1,4})$")
_YEAR = re.compile(r"[Vv]ergaderjaar (\d{4})\s?[-–/]\s?(\d{2,4})")
_DATE = r"(\d{1,2}) ([a-z]{3,9}) (\d{4})"
_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)

_LETTER = re.compile(r"BRIEF VAN (?:DE|HET) [A-ZÀ-Þ ,'’-]+")
_SALUTATION = re.compile(r"Geachte (?:heer |mevrouw )?[Vv]oorzitter")
_OFFICE = re.compile(r"(?:De|Het) ((?:minister|staatssecretaris|voorzitter|griffier)\b[^.;:?!]*),")
_NOTE = re.compile(r"nota\b", re.IGNORECASE)
NUMBERS = r"(\d{1,3}(?:(?:, | en | t/m | tot en met )\d{1,3})*)"
_QUESTION = re.compile(rf"Vra(?:ag|gen) {NUMBERS}")
_ANSWER = re.compile(rf"Antwoord(?:en)?(?: op vra(?:ag|gen))? {NUMBERS}")
_ASKED_BY = re.compile(r"Vragen van (?:de |het )?((?:leden|lid)\b.+)", re.DOTALL)
_ITEM = re.compile(r"(\d{1,2})\. ")
_NUMBERED_HEADING = re.compile(r"(?:\d{1,2}|[a-z])\. ")
_STOP = re.compile(r"[.?!:;,][\"'”’»)\]]*$")
_KIND = re.compile(r"(?:[A-Z]{1,3}|Nr\. ?\d{1,4}) ([A-ZÀ-Þ][A-ZÀ-Þ ,'’-]{4,})")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place where a unit begins. A lower rank encloses a higher one."""

    rank: int
    kind: UnitKind
    label: str
    start: int
    numbers: tuple[int, ...] = ()
    speaker: str | None = None
    end: int | None = None
    """Where the unit ends whatever follows; None: where the next one of its rank begins."""


def name_units(text: str, page_at: Callable[[int], int], page_starts: tuple[int, ...]) -> tuple[Unit, ...]:
    """Find the units of a paper, outermost first where two begin together."""
    paragraphs = list(_paragraphs(text))
    marks = _with_speakers(_marks(paragraphs, text, page_starts), paragraphs)
    units: list[Unit] = []
    for index, mark in enumerate(marks):
        end = mark.end or next((after.start for after in marks[index + 1 :] if after.rank <= mark.rank), len(text))
        above = [unit for unit in units if unit.start <= mark.start < unit.end]
        units.append(
            Unit(
                kind=mark.kind,
                label=mark.label,
                start=mark.start,
                end=mark.start + len(text[mark.start : end].rstrip()),
                page=page_at(mark.start),
                path=(*(unit.label for unit in above), mark.label),
                numbers=mark.numbers,
                speaker=mark.speaker or next((unit.speaker for unit in reversed(above) if unit.speaker), None),
                answers=mark.numbers if mark.kind == "answer" else (),
            )
        )
    return tuple(units)


def identify(document: str, text: str) -> Metadata:
    """Read what identifies the paper from the name of its file and from its first page."""
    head = text[:1500]
    named = _FILE_NAME.search(document)
    number = named[2] if named else None
    chamber: str | None = None
    if "Eerste Kamer der Staten-Generaal" in head[:300]:
        chamber = "I"
    elif "Tweede Kamer der Staten-Generaal" in head[:300]:
        chamber = "II"
    elif number:
        # The Senate numbers the papers of a dossier with letters, the House with figures.
        chamber = "II" if number.isdigit() else "I"
    year = _YEAR.search(head)
    settled = re.search(rf"(?:Vastgesteld|Ontvangen|Den Haag,|’s-Gravenhage,)(?: op)? {_DATE}", head)
    kind = next((found[1] for part in _paragraphs(head) if (found := _KIND.fullmatch(part.text))), None)
    return Metadata(
        chamber=chamber,  # type: ignore[arg-type]
        year=f"{year[1]}-{year[1][: 4 - len(year[2])]}{year[2]}" if year else None,
        dossiers=tuple(named[1].split("-")) if named else (),
        number=number,
        kind=kind.capitalize() if kind else None,
        date=_iso_date(settled) if settled else None,
    )


def title_of(document: str, text: str, units: tuple[Unit, ...], metadata: Metadata) -> str:
    """Give the name that the paper has for itself; where it has none, its first letter, heading or file name."""
    if metadata.kind:
        about = re.search(r"\((Wet [^()]+)\)", text[:1500])
        return f"{metadata.kind} ({about[1]})" if about else metadata.kind
    first = next((unit.label for unit in units if unit.kind in ("letter", "section")), None)
    return first or next((part.text for part in _paragraphs(text) if len(part.text) <= LONGEST_HEADING), document)


def numbers_in(words: str) -> tuple[int, ...]:
    """Read "1 en 2", "3, 4 en 7" or "5 tot en met 8" as the numbers that are meant."""
    found: list[int] = []
    for first, last in re.findall(r"(\d{1,3})(?: (?:t/m|tot en met) (\d{1,3}))?", words):
        found += range(int(first), int(last or first) + 1)
    return tuple(found)


def _paragraphs(text: str) -> Iterator[_Paragraph]:
    for found in re.finditer(r"[^\n]+", text):
        yield _Paragraph(found[0], found.start(), found.end())


def _marks(paragraphs: list[_Paragraph], text: str, page_starts: tuple[int, ...]) -> list[_Mark]:
    marks: list[_Mark] = []
    titled = False  # once a letter has a title, a salutation opens it and begins no other
    for index, part in enumerate(paragraphs):
        before = paragraphs[index - 1] if index else None
        after = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        mark = _mark(part, before, after, text, page_starts, titled)
        if mark:
            marks.append(mark)
            titled = titled or mark.kind == "letter"
    return marks


def _mark(
    part: _Paragraph,
    before: _Paragraph | None,
    after: _Paragraph | None,
    text: str,
    page_starts: tuple[int, ...],
    titled: bool,
) -> _Mark | None:
    if _LETTER.fullmatch(part.text):
        label = _as_written_elsewhere(part.text, text)
        return _Mark(0, "letter", label, part.start, speaker=re.sub(r"^Brief van (?:de|het) ", "", label))
    if _SALUTATION.match(part.text) and not titled:
        return _Mark(0, "letter", "Brief", part.start)
    if _NOTE.match(part.text) and part.start in page_starts and len(part.text) <= LONGEST_HEADING:
        return _Mark(0, "note", part.text[0].upper() + part.text[1:], part.start)
    for pattern, kind in ((_QUESTION, "question"), (_ANSWER, "answer")):
        if found := pattern.fullmatch(part.text):
            return _Mark(3, kind, part.text, part.start, numbers=numbers_in(found[1]))  # type: ignore[arg-type]
    if (item := _ITEM.match(part.text)) and "?" in part.text:
        return _Mark(3, "question", f"Vraag {item[1]}", part.start, numbers=(int(item[1]),), end=part.end)
    if _is_heading(part, before, after):
        rank = 2 if re.match(r"[a-z]\. ", part.text) else 1
        return _Mark(rank, "section", part.text, part.start)
    return None


def _is_heading(part: _Paragraph, before: _Paragraph | None, after: _Paragraph | None) -> bool:
    if len(part.text) > LONGEST_HEADING or _STOP.search(part.text) or after is None:
        return False
    if _NUMBERED_HEADING.match(part.text):
        return True
    # Unnumbered: words over a stretch of prose, and not the name under a signature or the line of an address.
    signed = before is not None and before.text.endswith(",")
    addressed = re.match(
        rf"(?:Aan (?:de|het)|Ingezonden|Vastgesteld|Vergaderjaar|Vragen van)\b|.*, {_DATE}$|\d", part.text
    )
    return part.text[0].isupper() and len(after.text) > LONGEST_HEADING / 2 and not signed and not addressed


def _with_speakers(marks: list[_Mark], paragraphs: list[_Paragraph]) -> list[_Mark]:
    """Give a letter without a title the office that signs it, and questions the members who are named above them."""
    spoken: list[_Mark] = []
    for mark in marks:
        if mark.kind == "letter" and mark.speaker is None:
            end = next((other.start for other in marks if other.rank == 0 and other.start > mark.start), None)
            inside = (part for part in paragraphs if part.start > mark.start and (end is None or part.start < end))
            office = next((found[1] for part in inside if (found := _OFFICE.fullmatch(part.text))), None)
            if office:
                mark = replace(mark, label=f"Brief van de {office}", speaker=office)
        if mark.kind == "question":
            above = [part.text for part in paragraphs if part.start < mark.start]
            asked = next((found[1] for words in reversed(above) if (found := _ASKED_BY.fullmatch(words))), None)
            mark = replace(mark, speaker=asked)
        spoken.append(mark)
    return spoken


def _as_written_elsewhere(capitals: str, text: str) -> str:
    """Turn a title in capitals into ordinary writing, with the capitals that the paper itself gives its names."""
    words = re.sub(r"^BRIEF VAN (?:DE|HET) ", "", capitals)
    for found in re.finditer(re.escape(words), text, re.IGNORECASE):
        if not found[0].isupper():
            office = found[0][0].lower() + found[0][1:]
            break
    else:
        office = words.lower()
    article = "het" if capitals.startswith("BRIEF VAN HET") else "de"
    return f"Brief van {article} {office}"


def _iso_date(found: re.Match[str]) -> str | None:
    day, month, year = found[1], found[2], found[3]
    return f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}" if month in _MONTHS else None
