"""Plain text: bytes to pages of lines.

A page begins at a form feed, which is what PDF-to-text programs write. Some of them leave one space there instead, as
in the papers this was first built for: a line that begins with exactly one space, in a file where few lines do.
"""

from __future__ import annotations

import re
from itertools import pairwise

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats.detecting import encoding_of
from raadpleeg.reading.lines import Line, Page

MOST_PAGE_STARTS = 0.1
"""Largest share of lines that may begin with one space for that space to mean a page; above it, it is layout."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_FOOT = re.compile(r"\s*(?:Tweede|Eerste) Kamer, vergaderjaar \d{4}\s?[-–/]\s?\d{2,4}, \S.{0,80}\s(\d{1,4})\s*")


def decode(content: bytes) -> str:
    """Turn the bytes of a text file into characters: UTF-8, UTF-16, else Windows-1252 (see `encoding_of`).

    Every line ends in a line feed afterwards, whatever system wrote the file.

    Raises:
        UnreadableDocument: the bytes are not text.
    """
    told = encoding_of(content)
    # What begins as UTF-8 may go on otherwise, for programs paste; then all of it is Windows-1252.
    for encoding in ("utf-8", "cp1252") if told == "utf-8" else (told,):
        try:
            text = content.decode(encoding or "utf-8")
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableDocument("this is no text file (it holds bytes that no text has); save it as UTF-8 text")


def pages_of_lines(text: str) -> tuple[Page, ...]:
    """Divide a text into pages, and each page into its lines that are not empty.

    Raises:
        UnreadableDocument: the text is empty.
    """
    if not text.strip():
        raise UnreadableDocument("there are no words in this file; remove it from the corpus")
    if "\f" in text:
        sheets = text.split("\f")
        while not sheets[-1].strip():
            sheets.pop()
        return tuple(_lines(page.split("\n")) for page in sheets)
    lines = text.split("\n")
    begins = _begins(lines)
    bounds = sorted({0, *begins, len(lines)})
    parts = (_lines(lines[start:end]) for start, end in pairwise(bounds))
    return tuple(page for page in parts if page)


def _begins(lines: list[str]) -> list[int]:
    """Give the lines at which pages begin where no form feed says so."""
    begins = [number for number, line in enumerate(lines) if re.match(r" \S", line)]
    if begins and len(begins) <= max(1.0, MOST_PAGE_STARTS * sum(1 for line in lines if line.strip())):
        return begins
    # The publisher's running foot ends a page, if its number goes up by one each time.
    feet = [(number, int(found[1])) for number, line in enumerate(lines) if (found := _FOOT.fullmatch(line))]
    counts = all(after[1] - one[1] == 1 for one, after in pairwise(feet))
    return [number + 1 for number, _ in feet] if len(feet) > 1 and counts else []


def _lines(raw: list[str]) -> Page:
    lines: list[Line] = []
    gap = 0
    for line in raw:
        words = " ".join(line.split())
        if words:
            lines.append(Line(words, gap))
            gap = 0
        else:
            gap += 1
    return tuple(lines)
