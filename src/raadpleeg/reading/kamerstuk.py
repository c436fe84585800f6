"""Names the parts of a parliamentary paper: letters, sections, articles, questions and answers, speeches; who speaks.

Works on the paragraphs of the laid-out text and gives units as spans of it. A unit lasts until the next one of its own
or a higher rank begins: a letter ends its sections, a section its questions. What a paragraph opens is told in
`headings`, what the format marks out itself (`Layout.regions`) goes before that, and who belongs to whom is told in
`pairing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from raadpleeg.reading import headings, people
from raadpleeg.reading.casing import ordinary
from raadpleeg.reading.headings import Numbered, Part, parts_of
from raadpleeg.reading.manuscript import Layout, Region
from raadpleeg.reading.pairing import paired
from raadpleeg.records import Unit, UnitKind

# A lower rank encloses a higher one.
LETTER, SECTION, SPEECH, ITEM, QUESTION, INNER, MOTION = 0, 1, 70, 80, 90, 95, 98

HEAD = 15
"""Paragraphs at the beginning among which the paper tells what it is."""
DEBATE = 3
"""So many paragraphs have to open like a speech before they are taken for speeches."""

_TITLE_LINE = re.compile(r"(?:(?:[A-Z]{1,3}|Nr\. ?\d{1,4}[A-Z]?) )(?=[A-ZÀ-Þ]{3})[A-ZÀ-Þ0-9 ,;:.()’'–/-]{4,}")
_APPENDIX_NUMBER = re.compile(r"\d{1,4}")
_BILL = re.compile(r"\b(?:VOORSTEL VAN (?:RIJKS)?WET|NOTA VAN WIJZIGING|AMENDEMENT|NOTA VAN VERBETERING)\b")
_ASKS = re.compile(
    r"\?|^\S+\s(?:Kunt|Kan|Wilt|Wil|Bent|Heeft|Hebt|Deelt|Onderkent|Erkent|Klopt|Welke|Waarom|Wanneer|Hoe)\b"
)
_GOES_ON = re.compile(
    r"(?:Deze|De aan het woord zijnde|Voornoemde|Genoemde|Dezelfde) (?:leden|fracties?)\b|Zij\b|"
    r"(?:Ook|Voorts|Tevens|Verder|Tot slot|Daarnaast|Bovendien) vragen\b"
)
_DATELINE = re.compile(rf"[A-Z’'`][\w’' -]{{2,30}}, {people.DATE}|Datum:? {people.DATE}|{people.DATE}")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place where a unit begins."""

    rank: int
    kind: UnitKind
    label: str
    start: int
    numbers: tuple[int, ...] = ()
    speaker: str | None = None
    end: int | None = None
    """Where the unit ends whatever follows; None: where the next one of its rank begins."""
    addressee: str | None = None
    date: str | None = None


def name_units(layout: Layout, page_at: Callable[[int], int]) -> tuple[Unit, ...]:
    """Find the units of a paper, outermost first where two begin together."""
    parts = parts_of(layout)
    marks = _with_people(_Finder(layout, parts).marks(), parts)
    marks.sort(key=lambda mark: (mark.start, mark.rank))
    ends = _ends(marks, len(layout.text))
    units: list[Unit] = []
    for mark, end in zip(marks, ends, strict=True):
        above = [unit for unit in units if unit.start <= mark.start < unit.end]
        # Whoever encloses this unit ends after it, whatever was said of its end.
        last = min([end, *(unit.end for unit in above)])
        words = layout.text[mark.start : last].rstrip()
        if not words:
            continue
        units.append(
            Unit(
                kind=mark.kind,
                label=mark.label,
                start=mark.start,
                end=mark.start + len(words),
                page=page_at(mark.start),
                path=(*(unit.label for unit in above), mark.label),
                numbers=mark.numbers,
                speaker=mark.speaker or _inherited(mark, above),
                answers=mark.numbers if mark.kind == "answer" else (),
                addressee=mark.addressee,
                date=mark.date,
            )
        )
    return paired(tuple(units), layout.text)


def _inherited(mark: _Mark, above: Sequence[Unit]) -> str | None:
    """Give whose words a unit holds by what encloses it; a question in a minister's letter is not the minister's."""
    speakers = (unit.speaker for unit in reversed(above) if unit.speaker)
    return next((who for who in speakers if mark.kind != "question" or not people.is_government(who)), None)


def _ends(marks: Sequence[_Mark], length: int) -> list[int]:
    """Give for each mark where its unit ends: in one pass from the back, for long papers have thousands."""
    ends: list[int] = []
    waiting: list[tuple[int, int]] = []  # (rank, start), lowest rank first
    for mark in reversed(marks):
        waiting = [one for one in waiting if one[0] <= mark.rank]
        nearest = waiting[-1][1] if waiting else length
        ends.append(mark.end if mark.end is not None else nearest)
        waiting = [one for one in waiting if one[0] < mark.rank] + [(mark.rank, mark.start)]
    return ends[::-1]


class _Finder:
    """Walks through the paragraphs once and keeps in mind what is open."""

    def __init__(self, layout: Layout, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._regions = layout.regions
        self._page_starts = frozenset(layout.pages)
        self._found: list[_Mark] = []
        self._ranks: dict[tuple[str, int], int] = {}
        self._style_ranks: dict[str, int] = {}
        self._styled = any(part.style or part.heading for part in parts)
        self._body = _body(parts)
        self._bill = any(_BILL.search(part.text) for part in parts[:HEAD])
        self._told: frozenset[UnitKind] = frozenset(region.kind for region in layout.regions)
        self._lists_questions = any(headings.answer_alone(part) for part in parts)
        self._debate = sum(1 for part in parts if headings.speaker(part)) >= DEBATE
        self._titled = False  # once a letter has a title, a salutation opens it and begins no other

    def marks(self) -> list[_Mark]:
        """Give every place where a unit begins."""
        told = {region.start for region in self._regions}
        for index, part in enumerate(self._parts):
            mark = None if index < self._body and headings.letter_title(part) is None else self._mark(index)
            # A unit that the format marks out is no section besides.
            if mark and not (mark.kind in ("section", "article") and mark.start in told):
                self._found.append(mark)
        return [*self._found, *_of_regions(self._regions)]

    @property
    def _open(self) -> _Mark | None:
        """The last question or answer, if no section or letter came after it."""
        last = next((mark for mark in reversed(self._found) if mark.rank <= QUESTION), None)
        return last if last and last.kind in ("question", "answer") and last.end is None else None

    def _mark(self, index: int) -> _Mark | None:
        part = self._parts[index]
        return (
            self._letter(part)
            or self._speech(part)
            or self._motion(index)
            or self._asked(index)
            or self._answered(index)
            or self._section(index)
            or self._members(index)
            or self._fractie(index)
        )

    def _letter(self, part: Part) -> _Mark | None:
        if "letter" in self._told:
            return None
        if title := headings.letter_title(part):
            self._titled = True
            return _Mark(LETTER, "letter", title, part.start)
        if headings.is_salutation(part) and not self._titled:
            self._titled = True
            return _Mark(LETTER, "letter", "Brief", part.start)
        if headings.is_note_title(part) and part.start in self._page_starts and part.start > 0:
            return _Mark(LETTER, "note", part.text[0].upper() + part.text[1:], part.start)
        if headings.is_annex(part) and (part.style == "bold" or part.text.isupper() or part.heading):
            return _Mark(LETTER, "section", part.text, part.start)
        return None

    def _speech(self, part: Part) -> _Mark | None:
        if self._debate and "speech" not in self._told and (who := headings.speaker(part)):
            return _Mark(SPEECH, "speech", who, part.start, speaker=who)
        return None

    def _motion(self, index: int) -> _Mark | None:
        part = self._parts[index]
        if "motion" in self._told or not headings.opens_motion(part):
            return None
        end = next((later.end for later in self._parts[index : index + 60] if headings.closes_motion(later)), None)
        return _Mark(MOTION, "motion", "Motie", part.start, end=end) if end else None

    def _asked(self, index: int) -> _Mark | None:
        part = self._parts[index]
        if "question" in self._told:
            return None
        if found := headings.question(part):
            return _Mark(QUESTION, "question", found.label, part.start, found.numbers)
        open_unit = self._open
        if self._lists_questions:
            if numbers := headings.bare_numbers(part):
                return _Mark(QUESTION, "question", f"Vraag {part.text.rstrip('.')}", part.start, numbers)
            if found := headings.question_alone(part):
                return _Mark(QUESTION, "question", found.label, part.start)
        number = headings.item_number(part)
        if number is not None and _ASKS.search(part.counted) and (open_unit is None or open_unit.kind == "question"):
            if open_unit and open_unit.end is None:
                return None  # an item inside a question
            return _Mark(QUESTION, "question", f"Vraag {number}", part.start, (number,), end=part.end)
        return None

    def _answered(self, index: int) -> _Mark | None:
        part = self._parts[index]
        if "answer" in self._told:
            return None
        if found := headings.answer(part):
            return _Mark(QUESTION, "answer", found.label, part.start, found.numbers)
        if found := headings.answer_alone(part):
            return self._to_the_question_before(index, found)
        if headings.is_notice(part) and self._open:
            return _Mark(QUESTION, "section", part.text, part.start)
        return None

    def _to_the_question_before(self, index: int, found: Numbered) -> _Mark:
        """An answer without a number answers the open question, or the paragraphs in which a fractie asks."""
        part = self._parts[index]
        asked = self._open
        if asked is None or asked.kind != "question":
            if start := self._last_asking(index):
                self._found = [mark for mark in self._found if not (mark.kind == "paragraph" and mark.start >= start)]
                who = people.fractie(next(one.text for one in self._parts if one.start == start))
                asked = _Mark(QUESTION, "question", f"Vraag van de {who}" if who else "Vraag", start, speaker=who)
                self._found.append(asked)
            else:
                return _Mark(QUESTION, "answer", found.label, part.start)
        numbers = re.sub(r"^Vra(?:ag|gen) ?", "", asked.label) if asked.numbers else ""
        return _Mark(QUESTION, "answer", f"{found.label} {numbers}".strip(), part.start, asked.numbers)

    def _last_asking(self, index: int) -> int | None:
        """Give where the question begins that stands right above: a fractie's words, or a paragraph that asks."""
        floor = max((mark.start for mark in self._found if mark.kind != "paragraph"), default=-1)
        start = None
        for part in reversed(self._parts[self._body : index]):
            if part.start <= floor:
                break
            if people.fractie(part.text):
                return part.start
            if start is None and "?" in part.text:
                start = part.start
            elif start is not None and not _GOES_ON.match(part.text) and "?" not in part.text:
                break
        return start

    def _section(self, index: int) -> _Mark | None:
        part = self._parts[index]
        if (number := headings.agenda_item(part)) is not None:
            return _Mark(ITEM, "section", part.text, part.start, (number,))
        article = headings.article(part)
        if article and (part.heading or part.style or not self._styled or not article[1]):
            kind: UnitKind = "article" if self._bill else "section"
            if "article" in self._told:
                return None
            numbers = (int(article[0]),) if article[0].isdigit() else ()
            return _Mark(self._rank(part, ("artikel", 1)), kind, part.text, part.start, numbers)
        if not headings.is_heading(self._parts, index, self._styled):
            return None
        numbering = headings.kind_of_numbering(part)
        open_unit = self._open
        if open_unit and open_unit.kind == "answer" and not self._leads_to_question(index):
            key = numbering or (part.style, 0)
            if key not in self._ranks:
                return _Mark(INNER, "section", part.text, part.start)
        return _Mark(self._rank(part, numbering), "section", part.text, part.start)

    def _leads_to_question(self, index: int) -> bool:
        """Tell whether what follows a heading, and the headings under it, is a question and not more of an answer."""
        for later in range(index + 1, min(index + 5, len(self._parts))):
            part = self._parts[later]
            if headings.question(part) or headings.bare_numbers(part) or people.fractie(part.text):
                return True
            if not headings.is_heading(self._parts, later, self._styled) and not headings.article(part):
                return False
        return False

    def _rank(self, part: Part, numbering: tuple[str, int] | None) -> int:
        """Give how deep a heading stands: as its format says, else as deep as the first one that looked like it."""
        if part.heading:
            return SECTION + min(part.heading, 9) - 1
        if numbering is None:
            # Without a number: as deep as others in this type; in a plain text, at the top.
            default = min(self._style_ranks.values(), default=SECTION) if part.style else SECTION
            return self._style_ranks.setdefault(part.style, default)
        if numbering not in self._ranks:
            word, depth = numbering
            above = self._ranks.get((word, depth - 1)) if depth > 1 else None
            if above is None:
                above = next((mark.rank for mark in reversed(self._found) if SECTION <= mark.rank < SPEECH), None)
            self._ranks[numbering] = SECTION if above is None else min(above + 1, SPEECH - 1)
        rank = self._ranks[numbering]
        self._style_ranks.setdefault(part.style, rank)
        return rank

    def _members(self, index: int) -> _Mark | None:
        part = self._parts[index]
        if not headings.is_members(part):
            return None
        end = part.end
        for later in self._parts[index + 1 : index + 4]:
            if not headings.is_members(later):
                break
            end = later.end
        already = self._found and self._found[-1].kind == "members" and (self._found[-1].end or 0) >= part.end
        return None if already else _Mark(INNER, "members", "Samenstelling", part.start, end=end)

    def _fractie(self, index: int) -> _Mark | None:
        """Words of a fractie outside numbered questions: whose they are has to be known before they are quoted."""
        part = self._parts[index]
        if self._open or not (who := people.fractie(part.text)):
            return None
        end = part.end
        for later in self._parts[index + 1 :]:
            if not _GOES_ON.match(later.text) or people.fractie(later.text):
                break
            end = later.end
        label = who[0].upper() + who[1:]
        return _Mark(MOTION, "paragraph", label, part.start, speaker=who, end=end)


def _body(parts: Sequence[Part]) -> int:
    """Give the first paragraph behind the title of the paper; nothing before it is a heading."""
    for index, part in enumerate(parts[:HEAD]):
        if _TITLE_LINE.fullmatch(part.text):
            return index + 1
        if _APPENDIX_NUMBER.fullmatch(part.text) and index and "gesteld door de leden" in parts[index - 1].text:
            return index + 1
    return 0


def _of_regions(regions: Sequence[Region]) -> list[_Mark]:
    marks: list[_Mark] = []
    around: list[Region] = []
    for region in regions:
        around = [outer for outer in around if region.start < outer.end]
        rank = (LETTER if region.kind == "letter" else SECTION if region.kind == "section" else SPEECH) + len(around)
        around.append(region)
        label = region.label or region.kind.capitalize()
        marks.append(_Mark(rank, region.kind, label, region.start, region.numbers, region.speaker, region.end))
    return marks


# --- who speaks ------------------------------------------------------------------------------------------------------


def _with_people(marks: list[_Mark], parts: Sequence[Part]) -> list[_Mark]:
    """Give letters who writes to whom and when, and questions and answers whose they are."""
    named: list[_Mark] = []
    answers_by = next((who for part in parts[:HEAD] if (who := people.answering(part))), None)
    signed_by = next((office for part in reversed(parts) if (office := people.signing(part))), None)
    letters = sorted(mark.start for mark in marks if mark.rank == LETTER)
    movers = next((who for part in parts[:HEAD] if (who := _movers(part))), None)
    asked: str | None = None
    fractie: str | None = None
    at = 0
    for mark in sorted(marks, key=lambda one: (one.start, one.rank)):
        while at < len(parts) and parts[at].start < mark.start:
            asked = people.asking(parts[at]) or people.asked_in_prose(parts[at]) or asked
            at += 1
        if mark.kind == "letter":
            end = next((start for start in letters if start > mark.start), None)
            mark = _written(
                mark, [part for part in parts if part.start >= mark.start and (not end or part.start < end)]
            )
        elif mark.kind == "question" and mark.speaker is None:
            # "Deze leden vragen ook": whoever asked before asks on.
            fractie = _asker(mark, marks, parts) or fractie
            mark = replace(mark, speaker=asked or fractie)
        elif mark.kind == "motion" and mark.speaker is None:
            mark = replace(mark, speaker=movers)
        elif mark.kind == "answer" and mark.speaker is None:
            inside = any(letter <= mark.start for letter in letters)
            mark = replace(mark, speaker=answers_by or (None if inside else signed_by))
        elif mark.kind == "section" and mark.speaker is None:
            notice = headings.is_notice_label(mark.label)
            mark = replace(mark, speaker=answers_by if notice else people.speaking_under(mark.label))
        if mark.kind in ("question", "paragraph"):
            fractie = mark.speaker or fractie
        named.append(mark)
    return named


def _movers(part: Part) -> str | None:
    """Give who moves a motion or an amendment, from the title of the paper."""
    found = re.search(r"\b(?:MOTIE|AMENDEMENT) VAN (?:HET |DE )((?:LID|LEDEN) .+)", part.text)
    return ordinary("VAN " + found[1]).removeprefix("Van ") if found else None


def _asker(mark: _Mark, marks: Sequence[_Mark], parts: Sequence[Part]) -> str | None:
    """Give which fractie asks, from the question's own words, or ("Deze leden") from those of the one before."""
    end = next((other.start for other in marks if other.start > mark.start and other.rank <= mark.rank), None)
    inside = [part for part in parts if part.start >= mark.start and (end is None or part.start < end)]
    return next((who for part in inside if (who := people.fractie(part.text))), None)


def _written(mark: _Mark, inside: Sequence[Part]) -> _Mark:
    """Complete a letter: its writer from the title or the signature, its addressee and its date."""
    top = inside[:8]
    to = next((who for part in top if (who := people.addressee(part))), None)
    dated = next((part.text for part in top if _DATELINE.fullmatch(part.text)), None)
    office = next((who for part in inside if (who := people.signing(part))), None)
    if mark.label == "Brief":
        label = f"Brief van de {office}" if office else "Brief"
        writer = office
    else:
        label = _as_written_elsewhere(mark.label, inside)
        writer = re.sub(r"^Brief van (?:(?:de|het|haar|zijne) )?", "", label)
    return replace(mark, label=label, speaker=writer, addressee=to, date=people.date_in(dated) if dated else None)


def _as_written_elsewhere(title: str, parts: Sequence[Part]) -> str:
    """Turn a title in capitals into ordinary writing, with the capitals that the paper itself gives its names."""
    if not title.isupper():
        return title[0].upper() + title[1:]
    article = re.match(r"BRIEF VAN (?:DE |HET )?", title)
    words = title[article.end() :] if article else title
    for part in parts:
        found = re.search(re.escape(words), part.text, re.IGNORECASE)
        if article and found and not found[0].isupper():
            return f"{article[0].capitalize()}{found[0][0].lower()}{found[0][1:]}"
    return ordinary(title)
