"""Divides running text into sentences, as spans.

Official Dutch is full of stops that end nothing ("nr. 12", "p. 4", "D.M. van Weel", "o.a.", "1. Deelt u"), so a stop
counts only where a capital or the end of the paragraph follows and what stands before it is no abbreviation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    """
    aanh afd al art artt bijl blz bv ca cf dd dhr dr drs d.d d.w.z e.a e.d e.o enz etc evt excl fig hfst i.c
    i.e i.h.b i.p.v i.v.m incl ing inz ir jhr jl jr kst lid m.b.t m.i m.i.v m.n m.u.v max mevr min mr mw n.a.v
    n.b nl no nr nrs o.a o.b.v o.m o.v.v ondersch p par pct pp prof publ red resp s.v sr st stb stcrt t.a.v
    t.b.v t.g.v t.o.v t.w.v trb vgl vgt vlg vnl voorz z.g zgn abs bzw d.h s u.a z.b art. m mme vs e.g
    """.split()
)
_STOP = re.compile(r"[.?!…]+[\"'”’»)\]]*(?=\s)")
_OPENS = re.compile(r"\s+[\"'“‘«(\[–•-]*\s*[A-ZÀ-Þ0-9]")
_POINTS_BACK = re.compile(
    r"(?:Deze|Dit|Dat|Die|Daar\w*|Hier\w*|Het is|Zij|Ze|Hij|Zo|Ook|Tevens|Verder|Bovendien|Om die reden|Immers)\b"
)
_ENUMERATOR = re.compile(r"(?:\d{1,2}|[a-z]|[ivx]{1,4})")


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Give the spans of the sentences in ``text[start:end]``, white space between them left out.

    A line break always ends a sentence: paragraphs and headings never run on.
    """
    end = len(text) if end is None else end
    for paragraph in re.compile(r"[^\n]+").finditer(text, start, end):
        begin, last = paragraph.span()
        for stop in _STOP.finditer(text, begin, last):
            if stop.end() < last and _ends(text, begin, stop, last):
                yield from _trimmed(text, begin, stop.end())
                begin = stop.end()
        yield from _trimmed(text, begin, last)


def with_context(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span in which a piece of a sentence can be understood.

    That is the whole sentence, and the one before it where it points back ("Deze regeling …").
    """
    paragraph = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    around = [span for span in sentences(text, paragraph, None if last < 0 else last) if span[0] < end]
    whole = [span for span in around if span[1] > start]
    if not whole:
        return start, end
    before = around[: len(around) - len(whole)]
    first = before[-1] if before and _POINTS_BACK.match(text, whole[0][0]) else whole[0]
    return first[0], whole[-1][1]


def _ends(text: str, begin: int, stop: re.Match[str], last: int) -> bool:
    if not _OPENS.match(text, stop.end(), last):
        return False
    if stop[0][0] != ".":
        return True
    words = text[begin : stop.start()].rsplit(None, 1)
    if not words:
        return False
    word = words[-1].lstrip("(“‘\"'«[")
    if len(words) == 1 and _ENUMERATOR.fullmatch(word):
        return False  # "1. Deelt u"
    # Initials ("D.M. van Weel", "J. Jansen"), but not "VWEU." or "de EU.".
    initials = re.fullmatch(r"(?:[A-Z][a-z]?\.)*[A-Z][a-z]?", word) and (len(word) == 1 or "." in word)
    return not initials and word.lower() not in _ABBREVIATIONS


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[begin:end]
    start = begin + len(words) - len(words.lstrip())
    if words.strip():
        yield start, begin + len(words.rstrip())
