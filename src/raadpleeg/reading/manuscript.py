"""Writes a paper's text, once, from front to back, and keeps what is left out of it.

Two kinds of hands write with it: `layout`, for formats that know only lines on pages (plain text, PDF), and the formats
that know their paragraphs themselves (Word, OpenDocument, HTML, official XML). What comes out is the same: a `Layout`.
Text and removed pieces together give back every character that was written, but white space (`restored`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from raadpleeg.records import Footnote, Removed, RemovedKind, UnitKind

Style = Literal["", "bold", "italic"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the text, and how it stands in the file as far as the format tells.

    `heading` is its level (1 is the highest), 0 where the format knows that it is no heading, and None where the
    format cannot tell. `style` is that of every letter in it.
    """

    start: int
    end: int
    heading: int | None = None
    style: Style = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A unit that the format itself marks out: a speech, a motion, an article, a question, an answer, a letter."""

    kind: UnitKind
    start: int
    end: int
    label: str = ""
    speaker: str | None = None
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Running text with everything that is known by position in it (see `records.Document` for the fields)."""

    text: str
    pages: tuple[int, ...]
    footnotes: tuple[Footnote, ...]
    removed: tuple[Removed, ...]
    paragraphs: tuple[Paragraph, ...] = ()
    """Without a gap but white space: every word of the text is in one."""
    regions: tuple[Region, ...] = ()
    """In order of their beginning, an outer one before those inside it."""
    publication: str | None = None
    """The identifier that the publisher gave the file ("kst-36450-6"), where it stands in the file."""


class Manuscript:
    """The text under the pen. Words come in pieces; white space between and inside them becomes single spaces."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._removed: list[Removed] = []
        self._footnotes: list[Footnote] = []
        self._pages: list[int] = []
        self._turning = 0
        self._paragraphs: list[Paragraph] = []
        self._begun: int | None = None
        self._heading: int | None = None
        self._number = ""
        self._styles: set[Style] = set()
        self._space = False
        self._break = ""
        self._waiting: list[int] = []
        self._regions: list[Region] = []
        self._open: list[int] = []
        self._publication: str | None = None

    @property
    def empty(self) -> bool:
        """Whether the paragraph under the pen has no words yet."""
        return self._begun is None

    @property
    def position(self) -> int:
        """The end of what is written."""
        return self._length

    def paragraph(self, heading: int | None = None, tight: bool = False, number: str = "") -> None:
        """Begin a paragraph; nothing happens until words come. With `tight` only a line break parts it (table rows)."""
        self._end_paragraph()
        self._heading = heading
        self._number = number
        self._break = "\n" if tight else "\n\n"

    def words(self, text: str, style: Style = "") -> None:
        """Write words; a space stands before them if white space was there in the file, here or at the end before."""
        parts = text.split()
        if not parts:
            self._space = self._space or bool(text)
            return
        if self._begun is None:
            self._begin_paragraph()
        elif self._space or text[0].isspace():
            self._add(" ")
        self._turn()
        self._add(" ".join(parts))
        self._styles.add(style)
        self._space = text[-1].isspace()

    def cell(self) -> None:
        """Part the cells of a row with a tab."""
        if self._begun is not None:
            self._add("\t")
            self._space = False

    def remove(self, kind: RemovedKind, text: str) -> None:
        """Keep characters of the file that do not belong to the running text."""
        if text.strip():
            self._removed.append(Removed(kind, self._length, text))

    def note(self, number: int, text: str, raw: str) -> None:
        """Take in a footnote whose mark stands here. `raw` are the file's characters for it, mark and all."""
        self.footnote(number, text, self._length)
        self.remove("note", raw)

    def footnote(self, number: int, text: str, mark: int | None, page: int | None = None) -> None:
        """Take in a footnote that belongs to the mark at an offset that was written already (None: to none)."""
        self._footnotes.append(Footnote(number, page or max(1, self._turning), mark, " ".join(text.split())))

    def mend(self) -> None:
        """Take the hyphen at the end of what was written out again: a line break had made it."""
        last = self._pieces.pop()
        self._pieces.append(last[:-1])
        self._length -= 1
        self.remove("hyphen", last[-1])

    def page(self) -> None:
        """A page begins here: its first word is the next one."""
        self._turning += 1

    def published_as(self, identifier: str) -> None:
        """Keep the publisher's identifier; the first one counts."""
        self._publication = self._publication or identifier

    def open(self, kind: UnitKind, label: str = "", speaker: str | None = None, numbers: tuple[int, ...] = ()) -> None:
        """Begin a unit that the format marks out, with the next paragraph; every `open` needs its `close`."""
        self.paragraph()
        self._open.append(len(self._regions))
        self._waiting.append(len(self._regions))
        self._regions.append(Region(kind, -1, -1, label, speaker, numbers))

    def close(self) -> None:
        """End the unit that was opened last."""
        self._end_paragraph()
        index = self._open.pop()
        if index in self._waiting:
            self._waiting.remove(index)
        else:
            self._regions[index] = replace(self._regions[index], end=self._length)

    def done(self) -> Layout:
        """Give what was written."""
        self._end_paragraph()
        self._turn()
        return Layout(
            text="".join(self._pieces),
            pages=tuple(self._pages) or (0,),
            footnotes=tuple(self._footnotes),
            removed=tuple(self._removed),
            paragraphs=tuple(self._paragraphs),
            regions=tuple(region for region in self._regions if region.start >= 0),
            publication=self._publication,
        )

    def _begin_paragraph(self) -> None:
        if self._length:
            self._add(self._break or "\n\n")
        self._turn()
        self._begun = self._length
        for index in self._waiting:
            self._regions[index] = replace(self._regions[index], start=self._length)
        self._waiting.clear()

    def _end_paragraph(self) -> None:
        if self._begun is not None:
            style = next(iter(self._styles)) if len(self._styles) == 1 else ""
            self._paragraphs.append(Paragraph(self._begun, self._length, self._heading, style, self._number))
        self._begun = None
        self._heading = None
        self._number = ""
        self._styles = set()
        self._space = False
        self._break = ""

    def _turn(self) -> None:
        self._pages += [self._length] * (self._turning - len(self._pages))

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)


def restored(layout: Layout) -> str:
    """Give back the characters of the file, without white space: the text with the removed pieces put in again."""
    pieces: list[str] = []
    position = 0
    for one in layout.removed:
        pieces += [layout.text[position : one.at], one.text]
        position = one.at
    return "".join("".join([*pieces, layout.text[position:]]).split())
