"""What a model reads of the sources: little, because reading is what takes its time on a plain processor.

Of a long quotation it reads the sentence that was found and those beside it. What is quoted stays whole, and so does
what a written sentence is held against.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from raadpleeg.answering.citing import Source
from raadpleeg.reading.sentences import sentences

WINDOW = 300
"""Letters of one source that are read, where its sentence is not longer by itself."""
LONGEST = 450
"""Letters of a single sentence that are read."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What is read of one source."""

    source: Source
    words: str


def brief(sources: Sequence[Source], letters: float, most: int) -> tuple[Extract, ...]:
    """Give what a model reads: of each source a window, best first; one that no longer fits is passed over.

    Args:
        sources: the best first.
        letters: to read in all. The first source is read whatever it takes.
        most: sources that are looked at.
    """
    taken: list[Extract] = []
    for source in sources[:most]:
        start, end = window(source)
        if not taken or end - start <= letters:
            letters -= end - start
            taken.append(Extract(source, source.document.text[start:end]))
    return tuple(taken)


def excerpt(source: Source) -> str:
    """Give what is read of one source."""
    start, end = window(source)
    return source.document.text[start:end]


def window(source: Source) -> tuple[int, int]:
    """Give the span of the sentence that was found, and of those beside it that fit.

    What comes before it is taken first, unless it announces what comes after.
    """
    if source.end - source.start <= WINDOW:
        return source.start, source.end
    own = list(sentences(source.document.text, source.start, source.end))
    at = next((at for at, (_, end) in enumerate(own) if end > source.core[0]), len(own) - 1)
    first, last = at, at
    onwards = source.document.text[: own[at][1]].endswith(":")
    while True:
        before = first > 0 and own[last][1] - own[first - 1][0] <= WINDOW
        after = last < len(own) - 1 and own[last + 1][1] - own[first][0] <= WINDOW
        if after and (onwards or not before):
            last += 1
        elif before:
            first -= 1
        else:
            return own[first][0], min(own[last][1], own[first][0] + LONGEST)
