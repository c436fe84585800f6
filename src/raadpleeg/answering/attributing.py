"""Says whose words a quotation is: who answers, who asks, or where it stands."""

from __future__ import annotations

import re

from raadpleeg.records import Language

LONGEST = 90
"""Letters of a speaker that are named; a list of fracties is cut after whole names."""

_SAYS: dict[Language, str] = {"nl": "Volgens", "de": "Laut", "fr": "Selon", "en": "According to"}
_ASKS: dict[Language, str] = {"nl": "Gevraagd door", "de": "Gefragt von", "fr": "Question de", "en": "Asked by"}
_OFFICE = re.compile(
    r"(?:minister|staatssecretaris)(?= (?:van|voor)\b)|(?:vice-?)?voorzitter|commissie|fractie|leden", re.IGNORECASE
)
_TITLED = re.compile(r"(?:De (?=heer|voorzitter)|Mevrouw|Minister|Staatssecretaris)")


def according_to(unit: str, speaker: str | None, asked: bool, language: Language) -> str:
    """Say whose words stand in a unit, as the beginning of a sentence, without a colon.

    Args:
        unit: its label, or what else tells where it is.
        speaker: whose words it holds, as the paper says it; None where nobody is named.
        asked: whether it asks.
        language: of the answer; names and offices stay as they are in the papers.
    """
    opening = (_ASKS if asked and speaker else _SAYS)[language]
    if not speaker:
        return f"{opening} {unit}"
    if speaker.casefold() in unit.casefold():  # "Brief van de minister van …" names him already
        return f"{opening} de {unit[0].lower()}{unit[1:]}" if language == "nl" else f"{opening} {unit}"
    return f"{opening} {_named(speaker, language)} ({unit})"


def _named(speaker: str, language: Language) -> str:
    name = re.sub(r",? mede namens .*", "", _short(speaker))
    if _TITLED.match(name):
        name = name[0].lower() + name[1:]
    member = re.match(r"lid\b", name)
    if language == "nl" and member:
        return f"het {name}"
    article = {"nl": "de ", "en": "the "}.get(language, "")  # German and French would have to know the gender
    return f"{article}{name}" if member or _OFFICE.match(name) else name


def _short(speaker: str) -> str:
    if len(speaker) <= LONGEST:
        return speaker
    kept = speaker[:LONGEST].rpartition(",")[0] or speaker[:LONGEST].rpartition(" ")[0]
    return f"{kept} e.a."
