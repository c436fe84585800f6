"""Plain text: bytes to pages of lines.

A page begins at a form feed, which is what PDF-to-text programs write. Some of them leave one space there instead, as
in the papers this was first built for: a line that begins with exactly one space, in a file where few lines do.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import pairwise

from raadpleeg.errors import UnreadableDocument

MOST_PAGE_STARTS = 0.1
"""Largest share of lines that may begin with one space for that space to mean a page; above it, it is layout."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: its words without white space around them, and the empty lines before it."""

    text: str
    gap: int


Page = tuple[Line, ...]


def decode(content: bytes) -> str:
    """Turn the bytes of a text file into characters: UTF-8, UTF-16 with its mark, else Windows-1252.

    Every line ends in a line feed afterwards, whatever system wrote the file.

    Raises:
        UnreadableDocument: the bytes are not text.
    """
    encodings = [encoding for mark, encoding in _BOMS if content.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
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
        return tuple(_lines(page.split("\n")) for page in text.split("\f") if page.strip())
    lines = text.split("\n")
    begins = [number for number, line in enumerate(lines) if re.match(r" \S", line)]
    if len(begins) > max(1.0, MOST_PAGE_STARTS * sum(1 for line in lines if line.strip())):
        begins = []
    bounds = sorted({0, *begins, len(lines)})
    parts = (_lines(lines[start:end]) for start, end in pairwise(bounds))
    return tuple(page for page in parts if page)


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
