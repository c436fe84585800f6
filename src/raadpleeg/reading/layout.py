"""Pages of lines become running text, with heads, feet, footnotes, marks and line-break hyphens taken out and kept.

What is taken out is recorded with the place where it stood, so that text and removed pieces together give back every
character of the file but white space (`manuscript.restored`; a property that the tests hold).

The rules look at shape alone, for the papers come from many typists. A PDF tells where every line stands, so a line
that had room for the next word ended on purpose (`_parted_by_look`). A plain text tells only the length of its lines,
their gaps and capitals (`_parted_by_length`); a page of it is *wide* when most of its lines are followed by an empty
one: there an empty line says nothing, and only a short line ends a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from raadpleeg.reading.lines import Line, Look, Page
from raadpleeg.reading.manuscript import Layout, Manuscript

SHORT_LINE = 0.87
"""A line shorter than this share of its page's width, into which the next word would have fitted, ends something."""
HEADING_LINE = 0.6
"""A line shorter than this share, before a capital, is a paragraph of its own."""
UNWRAPPED = 200
"""Where lines are wider than this nothing was wrapped, and every line is a paragraph."""
LONGEST_NOTE = 40
"""Lines that the notes at the foot of one page may take up at most, per note."""
SMALL_PRINT = 0.9
"""Notes are set in type of at most this share of the page's own."""
INDENT = (3.0, 20.0)
"""Points by which the first line of a paragraph stands in; less is nothing, more is another column."""
SPACE = 0.28
"""Width of a space as a share of the type size."""
EDGE = 3
"""Lines at the top and at the foot of a page among which running heads and feet are looked for."""

_NOTE = re.compile(r"(\d{1,3})\s+(?=\S)")
_LINK = re.compile(r"https?://\S+")
_BULLET = re.compile(r"[\ue000-\uf8ff]\s*")
_ITEM = re.compile(r"(?:\d{1,2}\.|[a-z]\.|[a-z]\)|\d{1,2}\)|[•–—-])\s+\S")
_DATELINE = re.compile(r"[A-Z’'][\w’' -]{2,30}, \d{1,2} [a-z]{3,9} \d{4}")
_SENTENCE_END = re.compile(r"[.?!:;][\"'”’»)\]]*$")
_HYPHEN = re.compile(r"(?<=\w)-$")
_SUSPENDED = re.compile(r"(?:en|of|tot|dan|respectievelijk)\b")
_WORD = re.compile(r"\w+(?:-\w+)*")
_ALONE = re.compile(
    r"(?:Vra(?:ag|gen)|Antwoord(?:en)?|Artikel|ARTIKEL|HOOFDSTUK|Hoofdstuk|Paragraaf|§|\d{1,3}\.?$)"
    r"(?:\s[\w.,° -]{1,60})?"
)

_QUESTION_HEAD = re.compile(
    r"(?:Vra(?:ag|gen)|Antwoord(?:en)?(?: op vra(?:ag|gen))?) \d{1,3}(?:(?:,| en| t/m|tot en met)* \d{1,3})*:?"
)

_FURNITURE = re.compile(
    r"""
    (?:.*?\s)?(?:Tweede|Eerste)\ Kamer,\ vergaderjaar\ \d{4}\s?[-–/]\s?\d{2,4},\ [^?!]{1,80}
    | (?:(?:kst|ah|kv|h|blg|nds|ag|stcrt|stb|trb)-[\w-]+|KST\w+(?:\s*_\s*\d+)?|\d{4,}t?kkst\w+|tk-[\w-]+)(?:\s.{0,40})?
    | ISSN\ \d{4}\s?-\s?\d{3}[\dX]
    | (?:Sdu\ Uitgevers\s+)?[’'`]s[-\s]Gravenhage\s\d{4}
    | [Pp]agina\s\d{1,4}(?:\s(?:van|/)\s\d{1,4})?
    """,
    re.VERBOSE,
)
"""Heads and feet of the publisher of Dutch official papers, and of the government's letters."""
_PUBLICATION = re.compile(r"(?:kst|ah|kv|h|nds|stcrt|stb|trb)-[a-zA-Z0-9-]*[A-Z0-9](?=$|\s)")
_PAGE_NUMBER = re.compile(r"[-–\s]*(\d{1,4})[-–\s]*(?:/\s*\d{1,4})?")


def lay_out(pages: Sequence[Page]) -> Layout:
    """Join the lines of all pages into one text of paragraphs (parted by an empty line)."""
    sheets: list[_Sheet] = []
    expected = 1
    for page, furniture in zip(pages, _furniture(pages), strict=True):
        sheet = _sheet(page, furniture, expected)
        if sheet.notes:
            expected = sheet.notes[-1].number + 1
        sheets.append(sheet)
    return _Writer(sheets).write()


# --- the pieces of a page --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Note:
    """Where a note stands: the places of its lines on the page. The number 0 goes on with the page before."""

    number: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page whose lines are told apart: running text, furniture, notes and links."""

    lines: Page
    body: tuple[int, ...]
    furniture: frozenset[int]
    notes: tuple[_Note, ...]
    width: int
    widest: int
    wide: bool


def _furniture(pages: Sequence[Page]) -> list[frozenset[int]]:
    """Find the running heads and feet of each page: the publisher's own, page numbers, and what comes back."""
    orders = [_from_top(page) for page in pages]
    edges = [frozenset(order[:EDGE] + order[-EDGE - 1 :]) for order in orders]
    seen = Counter(key for page, edge in zip(pages, edges, strict=True) for key in {_shape(page[i], i) for i in edge})
    # A page number is a figure that goes up with the pages, by one each.
    steps = Counter(
        int(found[1]) - number
        for number, (page, edge) in enumerate(zip(pages, edges, strict=True))
        for found in (_PAGE_NUMBER.fullmatch(page[index].text) for index in edge)
        if found
    )
    step, times = steps.most_common(1)[0] if steps else (0, 0)
    numbered = times >= max(2, len(pages) / 2)
    often = max(3, len(pages) / 2)
    taken: list[frozenset[int]] = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        known = {index for index in edge if _FURNITURE.fullmatch(page[index].text)}
        found = {index: _PAGE_NUMBER.fullmatch(page[index].text) for index in edge}
        counted = {index for index, one in found.items() if numbered and one and int(one[1]) - number == step}
        again = {index for index in edge if seen[_shape(page[index], index)] >= often}
        again = _set_apart(page, orders[number], again | known | counted)
        every = known | again | counted
        # A page of nothing but such lines is a page of text.
        taken.append(frozenset(every if len(every) < len(page) else known))
    return taken


def _from_top(page: Page) -> list[int]:
    """Give the lines from the top to the foot; a PDF may draw the foot first."""
    order = list(range(len(page)))
    if page and page[0].look:
        order.sort(key=lambda index: -(look.baseline if (look := page[index].look) else 0.0))
    return order


def _set_apart(page: Page, order: list[int], lines: set[int]) -> set[int]:
    """Give those of `lines` that stand at the top or the foot with white between them and the rest of the page."""
    apart: set[int] = set()
    for side in (order, order[::-1]):
        block = 0
        while block < len(side) and side[block] in lines:
            block += 1
        while 0 < block < len(side) and not _white(page[side[block - 1]], page[side[block]]):
            block -= 1
        apart.update(index for index in side[:block] if not _ALONE.fullmatch(page[index].text))
    return apart


def _white(one: Line, other: Line) -> bool:
    """Tell whether there is more white between two lines than between lines of running text."""
    if one.look and other.look:
        return abs(one.look.baseline - other.look.baseline) > 1.6 * max(one.look.size, other.look.size)
    return bool(one.gap or other.gap)


def _shape(line: Line, index: int) -> tuple[str, int]:
    """What stays the same when a head comes back on another page: its words but for figures, and its height."""
    words = re.sub(r"\d+", "#", line.text)
    # A line of one figure may be anything; it is judged as a page number.
    return (words if words != "#" else f"#{index}:{line.text}", round(line.look.baseline / 4) if line.look else 0)


def _sheet(page: Page, furniture: frozenset[int], expected: int) -> _Sheet:
    rest = [index for index in range(len(page)) if index not in furniture]
    if page and page[0].look:
        start = _foot_by_look(page, rest)
    else:
        start = _foot_by_number(page, rest, expected)
        if start == len(rest) and expected > 1:  # some papers count from 1 again on each page
            expected, start = 1, _foot_by_number(page, rest, 1)
    body, foot = rest[:start], rest[start:]
    notes: list[_Note] = []
    for index in foot:
        number = _number_of(page[index], (notes[-1].number + 1) if notes and notes[-1].number else expected)
        if number is not None:
            notes.append(_Note(number, (index,)))
        elif not notes:
            notes.append(_Note(0, (index,)))
        else:
            notes[-1] = _Note(notes[-1].number, (*notes[-1].lines, index))
    # The width of a page is told by the lines that surely run on: the next one begins with a small letter.
    lines = [page[index] for index in body]
    running = [len(line.text) for line, after in pairwise(lines) if after.text[:1].islower()]
    gaps = sum(1 for line in lines[1:] if line.gap)
    return _Sheet(
        lines=page,
        body=tuple(body),
        furniture=furniture,
        notes=tuple(notes),
        width=int(median(running or [len(line.text) for line in lines] or [0])),
        widest=max((len(line.text) for line in lines), default=0),
        wide=gaps > 0.6 * max(1, len(lines) - 1),
    )


def _number_of(line: Line, expected: int) -> int | None:
    """Give the number with which a note begins on this line, or None where the line goes on with one."""
    if line.raised and line.raised[0][0] == 0:
        return int(line.text[: line.raised[0][1]])
    found = _NOTE.match(line.text)
    return expected if found and int(found[1]) == expected else None


def _foot_by_look(page: Page, rest: list[int]) -> int:
    """Give the place in `rest` where the notes begin: small print at the foot, opened by a raised or counted number."""
    sizes: Counter[float] = Counter()
    for index in rest:
        if look := page[index].look:
            sizes[look.size] += len(page[index].text)
    if not sizes:
        return len(rest)
    # Most of a page may be notes: the type of running text is the largest that a fair share of the page is set in.
    most = sum(sizes.values())
    own = max(size for size, letters in sizes.items() if letters >= 0.1 * most)
    start = len(rest)
    while start and (look := page[rest[start - 1]].look) and look.size <= SMALL_PRINT * own:
        start -= 1
    opened = next((place for place in range(start, len(rest)) if _opens_note(page[rest[place]])), None)
    if opened is None:
        return len(rest)
    # Small print above the first number is the end of a note from the page before, if the page holds other text.
    goes_on = 0 < start < opened and opened - start <= LONGEST_NOTE and _is_one_block(page, rest[start : opened + 1])
    return start if goes_on else opened


def _opens_note(line: Line) -> bool:
    return bool(line.raised and line.raised[0][0] == 0 and len(line.text) > line.raised[0][1])


def _is_one_block(page: Page, places: list[int]) -> bool:
    return all(page[index].gap == 0 for index in places[1:])


def _foot_by_number(page: Page, rest: list[int], expected: int) -> int:
    """Give the place in `rest` at which the notes of a plain text's page begin, or its length where there are none.

    A line that begins with the next number is a note only if that number also stands as a mark above it: a line may
    begin with "1 januari" as well.
    """
    for start in range(len(rest) - 1, 0, -1):
        found = _NOTE.match(page[rest[start]].text)
        if not found or int(found[1]) != expected:
            continue
        notes = 0
        for index in rest[start:]:
            begin = _NOTE.match(page[index].text)
            notes += bool(begin and int(begin[1]) == expected + notes)
        above = (page[index].text for index in rest[:start])
        if len(rest) - start <= LONGEST_NOTE * notes and any(_marks(text, expected) for text in above):
            return start
    return len(rest)


def _marks(text: str, number: int) -> list[tuple[int, int]]:
    """Find where `number` stands as a mark: glued to a word, a full stop or a year, or alone after a full stop.

    Spans of characters to take out, the likelier forms first.
    """
    mark = re.escape(str(number))
    forms = (
        # "Benelux.3", "telewerk2 en", "(NSEC),6", "initiatief”7"; not "D66" (one capital) nor "2026" (digits before).
        rf"(?<=[a-zà-ÿ.,;:?!)\]”’\"'»]){mark}(?![\w-]|[.,]\d)",
        rf"(?<=[A-Z]{{3}}){mark}(?![\w-]|[.,]\d)",
        # "april 202510 en": a mark behind a year.
        rf"(?<=\b(?:19|20)\d\d){mark}(?!\w|[.,]\d)",
        # "vereenvoudigen. 11 In": a mark that stands alone between two sentences.
        rf"(?<=[.?!”’)] ){mark} ?(?=[A-ZÀ-Þ]|$)",
    )
    return [found.span() for form in forms for found in re.finditer(form, text)]


# --- joining ---------------------------------------------------------------------------------------------------------


def _vocabulary(sheets: Sequence[_Sheet]) -> frozenset[str]:
    """Give the words that stand whole inside a line: they tell whether a word broken over two has a hyphen."""
    words: set[str] = set()
    for sheet in sheets:
        for index in sheet.body:
            inside = _WORD.findall(sheet.lines[index].text)
            words.update(word.lower() for word in inside[1:-1])
    return frozenset(words)


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the lines of a PDF say together about the columns that they stand in; lengths in points."""

    size: float
    """Of the type that most of the paper is set in."""
    edges: Mapping[tuple[int, int], float]
    """For each column (left edge, type size) how far its lines reach to the right."""
    lefts: Mapping[int, float]
    """For each type size where most lines begin."""


def _columns(sheets: Sequence[_Sheet]) -> _Columns:
    sizes: Counter[float] = Counter()
    edges: dict[tuple[int, int], float] = {}
    lefts: dict[int, Counter[float]] = {}
    for sheet in sheets:
        for index in sheet.body:
            line = sheet.lines[index]
            if line.look:
                sizes[line.look.size] += len(line.text)
                lefts.setdefault(round(line.look.size), Counter())[round(line.look.left, 1)] += 1
                for column in _near(line.look):
                    edges[column] = max(edges.get(column, 0.0), line.look.right)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    return _Columns(size, edges, {key: count.most_common(1)[0][0] for key, count in lefts.items()})


def _near(look: Look) -> Iterator[tuple[int, int]]:
    """Lines that stand in by an indent belong to the same column as those that do not."""
    for step in (-1, 0, 1):
        yield round(look.left / INDENT[1]) + step, round(look.size)


def _block_edge(sheet: _Sheet, index: int) -> float:
    """Give how far the lines reach that stand together with this one: the width of a cell, or of a title."""
    place = bisect_left(sheet.body, index)
    edge = 0.0
    for step in (-1, 1):
        at = place
        while 0 <= at < len(sheet.body):
            line, other = sheet.lines[sheet.body[at]], sheet.lines[sheet.body[at - step]] if at != place else None
            if line.look is None or (other is not None and not _together(other, line, down=step > 0)):
                break
            edge = max(edge, line.look.right)
            at += step
    return edge


def _together(one: Line, other: Line, down: bool) -> bool:
    above, below = (one, other) if down else (other, one)
    if above.look is None or below.look is None:
        return False
    return (
        below.gap == 0
        and below.look.baseline < above.look.baseline
        and abs(below.look.left - above.look.left) <= INDENT[1]
        and round(below.look.size) == round(above.look.size)
    )


class _Writer:
    """Writes the text once, from front to back, noting what it leaves out."""

    def __init__(self, sheets: Sequence[_Sheet]) -> None:
        self._sheets = sheets
        self._vocabulary = _vocabulary(sheets)
        self._columns = _columns(sheets)
        self._pen = Manuscript()
        self._marked: dict[tuple[int, int], int] = {}
        self._lines = 0
        """How many lines the paragraph under the pen has."""

    def write(self) -> Layout:
        """Write all sheets."""
        notes: list[tuple[int, int, list[str]]] = []
        before: tuple[int, _Sheet] | None = None
        for number, sheet in enumerate(self._sheets, 1):
            self._pen.page()
            body = frozenset(sheet.body)
            opened = {note.lines[0]: note for note in sheet.notes}
            pending = [note.number for note in sheet.notes if note.number]
            turned = True
            following = dict(pairwise(sheet.body))
            for index, line in enumerate(sheet.lines):
                if index in body:
                    if before is not None:
                        below = sheet.lines[following[index]] if index in following else None
                        self._join(*before, line, turned, below)
                    self._write_line(line, pending, number)
                    before, turned = (index, sheet), False
                elif index in sheet.furniture:
                    self._pen.remove("head", line.text)
                    if named := _PUBLICATION.match(line.text):
                        self._pen.published_as(named[0])
                elif note := opened.get(index):
                    lines, links = _without_links(sheet, note)
                    self._pen.remove("note", " ".join(lines))
                    for link in links:
                        self._pen.remove("link", link)
                    if note.number or not notes:
                        notes.append((number, note.number, lines))
                    else:
                        notes[-1][2].extend(lines)
        for page, number, lines in notes:
            text = re.sub(r"^\d{1,3}\s*", "", self._unwrapped(lines), count=1) if number else self._unwrapped(lines)
            self._pen.footnote(number, text, self._marked.get((page, number)), page)
        return self._pen.done()

    def _write_line(self, line: Line, pending: list[int], page: int) -> None:
        text = line.text
        style = line.look.style if line.look else ""
        bullet = _BULLET.match(text)
        position = 0
        if bullet:
            self._pen.remove("bullet", bullet[0])
            position = bullet.end()
        for start, end, numbers in self._marks_of(line, pending, position):
            before = text[position:start]
            # The white before a raised mark is not wanted before the stop behind it.
            self._pen.words(before.rstrip() if text[end : end + 1] in tuple(".,;:?!)") else before, style)
            for number in numbers:
                self._marked[page, number] = self._pen.position
                pending.remove(number)
            self._pen.remove("mark", text[start:end])
            # White before a mark and white behind it are one space, which the words after it will ask for.
            position = end
        self._pen.words(text[position:], style)
        self._lines += 1

    def _marks_of(self, line: Line, pending: Sequence[int], begin: int) -> Iterator[tuple[int, int, list[int]]]:
        """Give the marks on a line, from left to right, with the numbers of their notes."""
        if line.look:
            spans = [span for span in line.raised if span[0] >= begin]
            while spans:
                run = [spans.pop(0)]
                # "1, 2" behind one word are two marks, and the comma is theirs.
                while spans and not line.text[run[-1][1] : spans[0][0]].strip(" ,;"):
                    run.append(spans.pop(0))
                numbers = [int(line.text[start:end]) for start, end in run]
                if all(number in pending for number in numbers) and len(set(numbers)) == len(numbers):
                    yield run[0][0], run[-1][1], numbers
            return
        # Marks come in the order of their notes, and a line may hold several.
        for number in list(pending):
            places = [span for span in _marks(line.text, number) if span[0] >= begin]
            if not places and begin == 0 and number != pending[0]:
                continue
            if places:
                yield (*places[0], [number])
                begin = places[0][1]

    def _join(self, index: int, sheet: _Sheet, after: Line, turned: bool, following: Line | None) -> None:
        """Write what comes between two lines: nothing, a space, or the end of a paragraph."""
        line = sheet.lines[index]
        row = False
        if line.look and after.look:
            row = not turned and _is_row(line.look, after.look)
            parted = row or self._parted_by_look(index, sheet, line.look, after, after.look, turned, following)
        else:
            parted = _parted_by_length(line, sheet, after, turned)
        if _HYPHEN.search(line.text) and not (parted and line.look):
            self._mend_hyphen(line.text, after.text)
        elif parted:
            # What is set smaller than the running text (tables, captions) heads nothing.
            small = after.look is not None and after.look.size < SMALL_PRINT * self._columns.size
            self._pen.paragraph(heading=0 if small else None, tight=row)
            self._lines = 0
        else:
            self._pen.words(" ")

    def _mend_hyphen(self, line: str, after: str) -> None:
        """Keep a hyphen that the word has ("Benelux-lidstaten"), drop the one that the line break made."""
        if _SUSPENDED.match(after):
            self._pen.words(" ")
        elif not self._keeps_hyphen(line, after):
            self._pen.mend()

    def _keeps_hyphen(self, line: str, after: str) -> bool:
        head, tail = _WORD.findall(line)[-1], (_WORD.match(after) or [""])[0]
        own = head.lower() + "-" + tail.lower() in self._vocabulary
        plain = head.lower() + tail.lower() in self._vocabulary
        # Behind a name, an abbreviation or a number, and before a capital, the hyphen is the word's own.
        return own or (not plain and (not head.islower() or not tail[:1].islower() or "-" in head))

    def _parted_by_look(
        self, index: int, sheet: _Sheet, look: Look, after: Line, below: Look, turned: bool, following: Line | None
    ) -> bool:
        """Tell whether a paragraph ends between two lines of a PDF."""
        line = sheet.lines[index]
        hangs = any(abs(below.left - stop) < INDENT[0] for stop in (*look.stops, look.hang or -1.0))
        bold = (look.style == "bold", below.style == "bold")
        if abs(look.size - below.size) > 0.08 * look.size or (bold[0] != bold[1] and not (bold[1] and hangs)):
            return True
        if abs(look.baseline - below.baseline) < 1.0 and not turned:
            return False  # two halves of one row
        moved = turned or below.baseline > look.baseline  # over to the next page or column
        if not moved and after.gap:
            return True
        if _HYPHEN.search(line.text) and after.text[:1].islower():
            return False
        ends = bool(_SENTENCE_END.search(line.text))
        if ends and _ALONE.fullmatch(after.text):
            return True
        item = bool(_ITEM.match(after.text) or _BULLET.match(after.text))
        fresh = item or not (after.text[:1].islower() or after.text[:1].isdigit())
        # Where the column begins, this line stands in, and so does the next: both are first lines.
        stands_in = look.left - self._columns.lefts.get(round(look.size), look.left)
        first = self._lines == 1 and INDENT[0] < stands_in <= INDENT[1]
        shift = below.left - look.left
        if not moved and not hangs:
            if shift > INDENT[0] or (shift < -INDENT[0] and not (self._lines == 1 and -shift <= INDENT[1])):
                return True
            if first and abs(shift) <= INDENT[0] and ends:
                return True
        if moved and fresh and INDENT[0] < shift <= INDENT[1]:
            return True
        # Small print is set in tables and titles in blocks, whose width is their own.
        own = abs(look.size - self._columns.size) <= 0.08 * look.size
        edges = [self._columns.edges.get(column, look.right) for column in _near(look)]
        room = (max(edges) if own else _block_edge(sheet, index)) - look.right - SPACE * look.size
        fitted = room > below.first_word + 0.1 * look.size
        if item and (ends or (fitted and not _ends_open(line.text))):
            return True
        if fitted and (ends or fresh or room > 0.35 * (room + look.right - look.left)):
            return fresh or ends or not moved
        # At the top of a page nothing but its form tells a heading from the end of a sentence.
        lone = following is None or following.gap > 0 or bool(_ALONE.fullmatch(after.text))
        return moved and ends and fresh and lone and not _SENTENCE_END.search(after.text)

    def _unwrapped(self, lines: Sequence[str]) -> str:
        """Join the lines of a note; an address that was broken over lines becomes whole."""
        text = lines[0]
        for line in lines[1:]:
            if re.search(r"(?:https?://|www\.)\S*$", text):
                # A cut address goes on where it was cut at a sign, or where the next line has no white early on.
                broken = text[-1] in "-/_" or line[:1] in "%?&=/" or not re.match(r"\S+\s", line)
                text += line if broken else f" {line}"
            elif _HYPHEN.search(text) and not _SUSPENDED.match(line):
                text = (text if self._keeps_hyphen(text, line) else text[:-1]) + line
            else:
                text += f" {line}"
        return text


def _is_row(look: Look, below: Look) -> bool:
    """Tell whether two lines are rows of one table: both leave white at the same place."""
    same = any(abs(one - other) < INDENT[0] for one in look.stops for other in below.stops)
    # Columns of figures are set to the right, so that their left edges differ.
    alike = len(look.stops) == len(below.stops) > 1
    return (same or alike) and below.baseline < look.baseline


def _ends_open(text: str) -> bool:
    """Tell whether words surely go on: a comma or a small word at the end."""
    return bool(
        re.search(r"(?:,|\b(?:de|het|een|van|en|of|in|op|artikel|nr|lid|vraag|vragen|punt|onderdeel)\.?)$", text)
    )


def _without_links(sheet: _Sheet, note: _Note) -> tuple[list[str], list[str]]:
    """Part a note's lines from the targets of links that programs append below the notes of a page."""
    places = list(note.lines)
    links: list[str] = []
    last = note is sheet.notes[-1] and sheet.lines[0].look is None
    after_gap = any(sheet.lines[index].gap for index in sheet.body[-1:] + note.lines[1:]) or len(sheet.notes) > 1
    while last and after_gap and len(places) > 1 and _LINK.fullmatch(sheet.lines[places[-1]].text):
        links.insert(0, sheet.lines[places.pop()].text)
    return [sheet.lines[index].text for index in places], links


def _parted_by_length(line: Line, sheet: _Sheet, after: Line, turned: bool) -> bool:
    """Tell whether a paragraph ends between two lines of a plain text."""
    if _BULLET.match(after.text) or _DATELINE.fullmatch(after.text) or sheet.width > UNWRAPPED:
        return True
    if _QUESTION_HEAD.fullmatch(line.text) or _QUESTION_HEAD.fullmatch(after.text):
        return True
    ends = bool(_SENTENCE_END.search(line.text))
    capital = not after.text[:1].islower()
    length = len(line.text) / max(1, sheet.width)
    needed = len(line.text) + 1 + len(after.text.split(" ", 1)[0])
    fitted = needed <= sheet.width
    short = length < SHORT_LINE and fitted
    if turned:
        return length < HEADING_LINE or (capital and (ends or short))
    if after.gap > 1 or (after.gap and not sheet.wide):
        return True
    if line.text.isupper() and after.text.isupper():
        return False
    if _ITEM.match(after.text) and (ends or short):
        return True
    if not capital or line.text.endswith(","):
        # "drs R. van Gurp" opens small; a salutation ("Geachte voorzitter,") is too short to be a line that runs on.
        return sheet.wide and short and (ends or (capital and length < HEADING_LINE))
    if sheet.wide:
        # A numbered heading may fill its line; the widest line of the page tells whether more would have fitted.
        return short or (fitted and ends) or (bool(_ITEM.match(line.text)) and needed <= sheet.widest)
    return length < HEADING_LINE
