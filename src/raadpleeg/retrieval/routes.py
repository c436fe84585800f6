"""A question that names a place in a paper ("het antwoord op vraag 3") goes there first."""

from __future__ import annotations

import re

from raadpleeg.reading.numbering import NUMBERS, numbers_in
from raadpleeg.records import Unit

_UNITS = "vraag|vragen|antwoord|antwoorden|frage|fragen|antwort|question|questions|réponse|answer|answers"
_NAMED = re.compile(
    rf"\b(?:{_UNITS}) (?:nr\.? |no\.? |nummer |op (?:de )?(?:vraag |vragen )?)?{NUMBERS}\b", re.IGNORECASE
)
_ANSWERED = re.compile(r"antwoord|antwort|answer|répon", re.IGNORECASE)


def named_numbers(question: str) -> frozenset[int]:
    """Give the numbers of the questions or answers that a question names; none where it names none."""
    return frozenset(number for found in _NAMED.finditer(question) for number in numbers_in(found[1]))


def leads_to(question: str, numbers: frozenset[int], unit: Unit | None) -> bool:
    """Tell whether a unit is what the question names: who asks what was answered wants the answer."""
    if unit is None or not numbers & set(unit.numbers):
        return False
    return unit.kind == ("answer" if _ANSWERED.search(question) else "question")
