"""Pages of lines become running text, with footnotes, their marks and line-break hyphens taken out and kept.

What is taken out is recorded with the place where it stood, so that text and removed pieces together give back every
character of the file but white space (`restored`; a property that the tests hold).

The rules look at shape alone (length of lines, gaps, capitals), for the papers come from many typists. A page is
*wide* when most of its lines are followed by an empty one: there an empty line says nothing, and only a short line
ends a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from raadpleeg.reading.text import Line, Page
from raadpleeg.records import Footnote, Removed, RemovedKind

SHORT_LINE = 0.87
"""A line shorter than this share of its page's width, into which the next word would have fitted, ends something."""
HEADING_LINE = 0.6
"""A line shorter than this share, before a capital, is a paragraph of its own."""
UNWRAPPED = 200
"""Where lines are wider than this nothing was wrapped, and every line is a paragraph."""
LONGEST_NOTE = 40
"""Lines that the notes at the foot of one page may take up at most, per note."""

_NOTE = re.compile(r"(\d{1,3})\s+(?=\S)")
_LINK = re.compile(r"https?://\S+")
_BULLET = re.compile(r"[\ue000-\uf8ff]\s*")
_ITEM = re.compile(r"(?:\d{1,2}\.|[a-z]\.|[a-z]\)|\d{1,2}\)|[•–-])\s+\S")
_DATELINE = re.compile(r"[A-Z’'][\w’' -]{2,30}, \d{1,2} [a-z]{3,9} \d{4}")
_SENTENCE_END = re.compile(r"[.?!:;][\"'”’»)\]]*$")
_HYPHEN = re.compile(r"(?<=\w)-$")
_SUSPENDED = re.compile(r"(?:en|of|tot|dan|respectievelijk)\b")
_WORD = re.compile(r"\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Layout:
    """Running text with everything that is known by position in it (see `records.Document` for the fields)."""

    text: str
    pages: tuple[int, ...]
    footnotes: tuple[Footnote, ...]
    removed: tuple[Removed, ...]


@dataclass(frozen=True, slots=True)
class _Note:
    number: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page whose foot is taken off."""

    body: tuple[Line, ...]
    notes: tuple[_Note, ...]
    links: tuple[str, ...]
    width: int
    widest: int
    wide: bool


def lay_out(pages: Sequence[Page]) -> Layout:
    """Join the lines of all pages into one text of paragraphs (parted by an empty line)."""
    sheets: list[_Sheet] = []
    expected = 1
    for page in pages:
        sheet = _sheet(page, expected)
        expected += len(sheet.notes)
        sheets.append(sheet)
    return _Writer(_vocabulary(sheets)).write(sheets)


def restored(layout: Layout) -> str:
    """Give back the characters of the file, without white space: the text with the removed pieces put in again."""
    pieces: list[str] = []
    position = 0
    for one in layout.removed:
        pieces += [layout.text[position : one.at], one.text]
        position = one.at
    return "".join("".join([*pieces, layout.text[position:]]).split())


# --- the foot of a page ----------------------------------------------------------------------------------------------


def _sheet(page: Page, expected: int) -> _Sheet:
    start = _foot(page, expected)
    body, foot = page[:start], [line.text for line in page[start:]]
    links: list[str] = []
    # Programs append the targets of a page's links below its notes: bare addresses after an empty line.
    while foot and _LINK.fullmatch(foot[-1]) and any(line.gap for line in page[start + 1 :]):
        links.insert(0, foot.pop())
    notes: list[_Note] = []
    for line in foot:
        found = _NOTE.match(line)
        if found and int(found[1]) == expected + len(notes):
            notes.append(_Note(int(found[1]), (line,)))
        else:
            notes[-1] = _Note(notes[-1].number, (*notes[-1].lines, line))
    # The width of a page is told by the lines that surely run on: the next one begins with a small letter.
    running = [len(line.text) for line, after in pairwise(body) if after.text[:1].islower()]
    gaps = sum(1 for line in body[1:] if line.gap)
    return _Sheet(
        body=body,
        notes=tuple(notes),
        links=tuple(links),
        width=int(median(running or [len(line.text) for line in body] or [0])),
        widest=max((len(line.text) for line in body), default=0),
        wide=gaps > 0.6 * max(1, len(body) - 1),
    )


def _foot(page: Page, expected: int) -> int:
    """Give the line at which the notes of this page begin, or its length where there are none.

    A line that begins with the next number is a note only if that number also stands as a mark above it: a line may
    begin with "1 januari" as well.
    """
    for start in range(len(page) - 1, 0, -1):
        found = _NOTE.match(page[start].text)
        if not found or int(found[1]) != expected:
            continue
        notes = 0
        for line in page[start:]:
            begin = _NOTE.match(line.text)
            notes += bool(begin and int(begin[1]) == expected + notes)
        if len(page) - start <= LONGEST_NOTE * notes and any(_marks(line.text, expected) for line in page[:start]):
            return start
    return len(page)


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
        for line in sheet.body:
            inside = _WORD.findall(line.text)
            words.update(word.lower() for word in inside[1:-1])
    return frozenset(words)


class _Writer:
    """Writes the text once, from front to back, noting what it leaves out."""

    def __init__(self, vocabulary: frozenset[str]) -> None:
        self._vocabulary = vocabulary
        self._pieces: list[str] = []
        self._length = 0
        self._removed: list[Removed] = []
        self._marks: dict[int, int] = {}

    def write(self, sheets: Sequence[_Sheet]) -> Layout:
        starts: list[int] = []
        notes: list[tuple[_Note, int]] = []
        before: tuple[Line, _Sheet] | None = None
        for number, sheet in enumerate(sheets, 1):
            pending = list(sheet.notes)
            for index, line in enumerate(sheet.body):
                glue = "" if before is None else self._glue(before[0], before[1], line, turned=index == 0)
                self._add(glue)
                if index == 0:
                    starts.append(self._length)
                self._write_line(line.text, pending)
                before = (line, sheet)
            if not sheet.body:
                starts.append(self._length)
            # The foot was read after the page's words, so that is where its removal is recorded.
            for note in sheet.notes:
                self._remove("note", " ".join(note.lines))
                notes.append((note, number))
            for link in sheet.links:
                self._remove("link", link)
        footnotes = tuple(
            Footnote(note.number, page, self._marks.get(note.number), _NOTE.sub("", _unwrapped(note.lines), count=1))
            for note, page in notes
        )
        return Layout("".join(self._pieces), tuple(starts), footnotes, tuple(self._removed))

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _remove(self, kind: RemovedKind, text: str) -> None:
        self._removed.append(Removed(kind, self._length, text))

    def _write_line(self, text: str, pending: list[_Note]) -> None:
        bullet = _BULLET.match(text)
        if bullet:
            self._remove("bullet", bullet[0])
            text = text[bullet.end() :]
        # Marks come in the order of their notes, and a line may hold several.
        while pending:
            found = next((index for index, note in enumerate(pending) if _marks(text, note.number)), None)
            if found is None:
                break
            note = pending[found]
            del pending[: found + 1]
            start, end = _marks(text, note.number)[0]
            self._add(text[:start])
            self._marks[note.number] = self._length
            self._remove("mark", text[start:end])
            text = text[end:]
        self._add(text)

    def _glue(self, line: Line, sheet: _Sheet, after: Line, turned: bool) -> str:
        """Decide what comes between two lines: nothing, a space, or the end of a paragraph."""
        if _HYPHEN.search(line.text):
            return self._mend_hyphen(line.text, after.text)
        return "\n\n" if _parted(line, sheet, after, turned) else " "

    def _mend_hyphen(self, line: str, after: str) -> str:
        """Keep a hyphen that the word has ("Benelux-lidstaten"), drop the one that the line break made."""
        if _SUSPENDED.match(after):
            return " "
        head, tail = _WORD.findall(line)[-1], (_WORD.match(after) or [""])[0]
        own = head.lower() + "-" + tail.lower() in self._vocabulary
        plain = head.lower() + tail.lower() in self._vocabulary
        # Behind a name, an abbreviation or a number, and before a capital, the hyphen is the word's own.
        if own or (not plain and (not head.islower() or not tail[:1].islower() or "-" in head)):
            return ""
        last = self._pieces.pop()
        self._length -= 1
        self._pieces.append(last[:-1])
        self._remove("hyphen", "-")
        return ""


def _parted(line: Line, sheet: _Sheet, after: Line, turned: bool) -> bool:
    """Tell whether a paragraph ends between these two lines."""
    if _BULLET.match(after.text) or _DATELINE.fullmatch(after.text) or sheet.width > UNWRAPPED:
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


def _unwrapped(lines: Sequence[str]) -> str:
    """Join the lines of a note; an address that was broken over lines becomes whole."""
    text = lines[0]
    for line in lines[1:]:
        broken = re.search(r"https?://\S*[-/_]$", text) or _HYPHEN.search(text)
        text += line if broken else f" {line}"
    return text
