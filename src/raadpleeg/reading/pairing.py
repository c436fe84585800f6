"""Which answer belongs to which question, which question stands twice, and which answer points to another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from raadpleeg.reading.numbering import NUMBERS, numbers_in
from raadpleeg.records import Unit

SAME_WORDS = 0.4
"""Share of the shorter question's words that the other has too: numbers alone may meet by chance."""

_POINTS_TO = re.compile(
    rf"(?:\b[Zz]ie\b|\bverwijs|\bverwezen\b|\bverwijzing\b|\b[Zz]oals\b)[^.?!]{{0,160}}?"
    rf"\b(?:antwoord(?:en)?|beantwoording) (?:op|van|bij) (?:de )?vra(?:ag|gen) {NUMBERS}"
)


def paired(units: tuple[Unit, ...], text: str) -> tuple[Unit, ...]:
    """Join answers to their questions, and questions to the other places where they stand.

    A question that is asked in one letter and repeated above its answer in another is one question with two places:
    its answer is the partner of both.
    """
    asked = [place for place, unit in enumerate(units) if unit.kind == "question"]
    twins = _twins(units, asked, text)
    partners: dict[int, list[int]] = {}
    for place, unit in enumerate(units):
        if unit.kind != "answer":
            continue
        for question in _questions_of(units, asked, place):
            for same in sorted({question, *twins.get(question, ())}):
                partners.setdefault(place, []).append(same)
                partners.setdefault(same, []).append(place)
    joined = [
        replace(
            unit,
            partners=tuple(sorted(set(partners.get(place, ())))),
            twins=tuple(sorted(twins.get(place, ()))),
            refers=_refers(unit, text),
        )
        for place, unit in enumerate(units)
    ]
    return tuple(_spoken(unit, joined) for unit in joined)


def _questions_of(units: Sequence[Unit], asked: Sequence[int], place: int) -> list[int]:
    """Give the questions that an answer answers: for each of its numbers the last one before it that has it."""
    before = [one for one in asked if one < place]
    answer = units[place]
    if not answer.numbers:
        # Without a number, it answers what stands right above it.
        return before[-1:] if before and not units[before[-1]].numbers else []
    found: list[int] = []
    for number in answer.numbers:
        nearest = next((one for one in reversed(before) if number in units[one].numbers), None)
        if nearest is not None and nearest not in found:
            found.append(nearest)
    return found


def _twins(units: Sequence[Unit], asked: Sequence[int], text: str) -> dict[int, set[int]]:
    by_numbers: dict[tuple[int, ...], list[int]] = {}
    for place in asked:
        if units[place].numbers:
            by_numbers.setdefault(units[place].numbers, []).append(place)
    words = {place: _words(text[units[place].start : units[place].end]) for place in asked}
    twins: dict[int, set[int]] = {}
    for places in by_numbers.values():
        for one in places:
            for other in places:
                shared = len(words[one] & words[other])
                if one != other and shared >= SAME_WORDS * min(len(words[one]), len(words[other])):
                    twins.setdefault(one, set()).add(other)
    return twins


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"\w{4,}", text))


def _refers(unit: Unit, text: str) -> tuple[int, ...]:
    if unit.kind != "answer":
        return ()
    found = (numbers_in(one[1]) for one in _POINTS_TO.finditer(text, unit.start, unit.end))
    return tuple(dict.fromkeys(number for numbers in found for number in numbers if number not in unit.answers))


def _spoken(unit: Unit, units: Sequence[Unit]) -> Unit:
    """A question that stands in the answering letter is still its asker's: what its twin says of that counts."""
    if unit.kind != "question" or not unit.twins:
        return unit
    first = units[min(unit.twins)]
    return replace(unit, speaker=first.speaker) if first.start < unit.start and unit.speaker is None else unit
