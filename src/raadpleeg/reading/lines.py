"""Lines on pages: what a plain text and a PDF give, before `layout` makes running text of them."""

from __future__ import annotations

from dataclasses import dataclass

from raadpleeg.reading.manuscript import Style

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """How a line stands on its page; lengths in points (1/72 inch), measured from the page's lower left corner."""

    left: float
    right: float
    baseline: float
    size: float
    """Of the type, as most of the line's letters have it."""
    first_word: float
    """Width of the first word, with the next where it is very short: what the line before would have had to hold."""
    hang: float | None
    """Where the words behind a short first one ("1.", "–") begin, for lines may hang there."""
    style: Style
    stops: tuple[float, ...]
    """Where a word stands behind a wide gap: tab stops, columns of a table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: its words without white space around them, and the empty lines before it."""

    text: str
    gap: int
    look: Look | None = None
    """None where the format has no geometry."""
    raised: tuple[Span, ...] = ()
    """Spans of small raised figures: marks of footnotes, if there are such notes."""


Page = tuple[Line, ...]
