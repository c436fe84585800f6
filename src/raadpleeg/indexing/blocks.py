"""What stands around a passage: the question with its answer, or the stretch of a letter, under the paper's title.

A passage is short, so that a citation is exact; a question is often about what stands around it too. Blocks are what
the lexical arm reads beside passages, and `heading` is what the dense arm reads above them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from raadpleeg.reading.signatures import signs
from raadpleeg.records import Passage, Unit

LONGEST = 400
"""Words up to which neighbouring passages are put together."""
_ASKED = 120
"""Words of a question that are put before its answer."""
_SIGNED = "Ondertekening: ondertekend door"
"""What stands above a signature, which says of itself only an office and a name."""
_TITLE = 30
"""Words of a title that are kept."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """The words of every block, and for each passage the number of its block."""

    texts: tuple[str, ...]
    of: tuple[int, ...]


def blocks(passages: Sequence[Passage]) -> Blocks:
    """Put neighbouring passages together; those of a question or an answer stay with their own.

    Args:
        passages: in order of document and place.
    """
    texts: list[list[str]] = []
    of: list[int] = []
    before: Passage | None = None
    size = 0
    for passage in passages:
        length = len(passage.text.split())
        if before is None or _parted(before, passage) or size + length > LONGEST:
            texts.append([heading(passage), asked(passage)])
            size = 0
        texts[-1].append(passage.text)
        size += length
        of.append(len(texts) - 1)
        before = passage
    return Blocks(tuple("\n".join(filter(None, one)) for one in texts), tuple(of))


def heading(passage: Passage) -> str:
    """Give the title of the paper and the labels above a passage, on one line."""
    title = " ".join(passage.document.title.split()[:_TITLE])
    parts = (title, *passage.path, _SIGNED if signs(passage) else "")
    return " – ".join(dict.fromkeys(part for part in parts if part))


def in_context(passage: Passage) -> str:
    """Give what is embedded for a passage: its words under the title of the paper and the labels above it."""
    above = heading(passage)
    return f"{above}\n{passage.text}" if above else passage.text


def asked(passage: Passage) -> str:
    """Give the words of the questions that a passage of an answer belongs to; nothing for another passage."""
    unit, document = passage.unit, passage.document
    if unit is None or unit.kind != "answer":
        return ""
    # The same question may stand twice: in the letter that asks, and in the one that answers.
    questions = (document.text[one.start : one.end] for one in passage.partners)
    texts = dict.fromkeys(" ".join(question.split()[:_ASKED]) for question in questions)
    return "\n".join(texts)


def _parted(one: Passage, other: Passage) -> bool:
    if one.document is not other.document:
        return True
    here, there = one.unit, other.unit
    return (here is not there and (_answers(here) or _answers(there))) or signs(one) != signs(other)


def _answers(unit: Unit | None) -> bool:
    return unit is not None and unit.kind in ("question", "answer")
