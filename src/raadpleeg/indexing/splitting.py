"""Divides a document into passages: whole sentences of one unit, no longer than the encoder reads well.

The merging is langchain-text-splitters' own; it works on strings, so pieces are cut to cover the text without a gap,
and spans follow from their lengths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from langchain_text_splitters import TextSplitter

from raadpleeg.reading.sentences import sentences
from raadpleeg.reading.signatures import signatures
from raadpleeg.records import Document, Passage

VERSION = 3
"""Changes when the same document would be split otherwise, so that indexes are made anew."""


# White space stays with what is before it: a piece of nothing else has no tokens, and merging would repeat it.
_CLAUSE = re.compile(r"(?<=[;,]\s)(?=\S)")
_WORD = re.compile(r"(?<=\s)(?=\S)")


class SentenceSplitter(TextSplitter):
    """Merges sentences up to `max_tokens`; a sentence that is longer by itself is cut at commas, else between words.

    The splitters of the package that cut by separators lose text where two separators meet, so the cutting is done
    here, and only the merging is inherited.
    """

    def __init__(self, count_tokens: Callable[[str], int], max_tokens: int) -> None:
        super().__init__(
            chunk_size=max_tokens,
            chunk_overlap=0,
            length_function=count_tokens,
            strip_whitespace=False,  # every character has to stay, for spans are lengths added up
        )
        self._count = count_tokens
        self._max = max_tokens

    def split_text(self, text: str) -> list[str]:
        """Divide `text` into pieces that together are exactly `text`."""
        return self._merge_splits([part for piece in _pieces(text) for part in self._short(piece)], "")

    def _short(self, piece: str) -> list[str]:
        if self._count(piece) <= self._max or len(piece) < 2:
            return [piece]
        for border in (_CLAUSE, _WORD):
            parts = [part for part in border.split(piece) if part]
            if len(parts) > 1:
                return [short for part in parts for short in self._short(part)]
        half = len(piece) // 2
        return self._short(piece[:half]) + self._short(piece[half:])


def split(document: Document, count_tokens: Callable[[str], int], max_tokens: int) -> tuple[Passage, ...]:
    """Divide a document into passages, none of which reaches over the border of a unit, and so to another speaker.

    A signature is a passage by itself.

    A heading with nothing of its own under it is no passage: it is in the path of every unit that it heads. A paper of
    nothing but headings keeps them, for every paper can be found.
    """
    splitter = SentenceSplitter(count_tokens, max_tokens)
    borders = {0, len(document.text)}
    for unit in document.units:
        borders |= {unit.start, unit.end}
    for start, end in signatures(document):  # who signed is asked by itself, and drowns in the last sentences
        borders |= {start, end}
    headings = {(unit.start, unit.label) for unit in document.units}
    stretches = [(start, end) for start, end in pairwise(sorted(borders)) if document.text[start:end].strip()]
    prose = [(start, end) for start, end in stretches if (start, document.text[start:end].strip()) not in headings]
    passages: list[Passage] = []
    for start, end in prose or stretches:
        stretch = document.text[start:end]
        position = end - len(stretch.lstrip())
        for piece in splitter.split_text(stretch.lstrip()):
            words = piece.strip()
            if words:
                begin = position + piece.index(words)
                passages.append(Passage(document, begin, begin + len(words)))
            position += len(piece)
    return tuple(passages)


def _pieces(text: str) -> Iterator[str]:
    """Cut `text` where its sentences begin; white space stays with the sentence before it."""
    begins = [start for start, _ in sentences(text)]
    bounds = [0, *begins[1:], len(text)]
    return (text[start:end] for start, end in pairwise(bounds) if start < end)
