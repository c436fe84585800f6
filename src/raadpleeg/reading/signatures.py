"""Finds where a letter is signed: the office, and the name under it."""

from __future__ import annotations

from raadpleeg.records import Document, Passage

_NEAR = 200
"""Characters between an office and the name that signs for it, at most."""


def signatures(document: Document) -> tuple[tuple[int, int], ...]:
    """Give the span of each signature, from the office to the end of the name's line, in order.

    A name is taken where it stands last: before its signature a letter may speak of the one who signs it.
    """
    found: set[tuple[int, int]] = set()
    for person in document.metadata.people:
        at = document.text.rfind(person.name) if person.role == "signs" else -1
        if at < 0:
            continue
        before = document.text[max(0, at - _NEAR) : at]
        office = before.casefold().rfind((person.office or "\0").casefold())
        start = at if office < 0 else at - len(before) + office
        found.add((_line_start(document.text, start), _line_end(document.text, at)))
    return tuple(sorted(found))


def signs(passage: Passage) -> bool:
    """Tell whether a passage is a signature."""
    return any(start <= passage.start < end for start, end in signatures(passage.document))


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
