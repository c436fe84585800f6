"""Checks a written sentence against the words that it is said to rest on.

A pure function of two texts and a likeness. It looks for what a fluent model gets wrong: a number, date or name that
does not stand there, a no that became a yes, a plan that became a fact, words that come from nowhere.
"""

from __future__ import annotations

import re

from raadpleeg.indexing.words import MONTHS, terms
from raadpleeg.records import Language

COVERED = 0.9
"""Least share of a Dutch sentence's content words that have to stand in its source."""
NEAR = 0.84
"""Least cosine between sentence and source where the languages differ and words cannot be compared."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÀ-Þ][\w’'-]+")
_NOT: dict[Language, re.Pattern[str]] = {
    "nl": re.compile(r"\b(?:niet|geen|nooit|niets|niemand|noch|nee|evenmin)\b", re.IGNORECASE),
    "de": re.compile(r"\b(?:nicht|kein\w*|nie|niemals|nichts|niemand|nein|weder)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(?:non|ne|pas|aucun\w*|jamais|rien|personne)\b|\bn['’]", re.IGNORECASE),
    "en": re.compile(r"\b(?:not|no|never|none|nothing|nobody|neither|cannot|\w+n['’]t)\b", re.IGNORECASE),
}
_INTENDS = re.compile(
    r"\b(?:voornemens?|bedoeling|wens|streven|streeft|beoogt?|beoogd|wil|willen|zal|zullen|zou|zouden|van plan)\b",
    re.IGNORECASE,
)
_INTENDED: dict[Language, re.Pattern[str]] = {
    "nl": re.compile(_INTENDS.pattern[:-3] + r"|voornemen\w*|wens\w*|beoog\w*|kan|kunnen)\b", re.IGNORECASE),
    "de": re.compile(
        r"\b(?:beabsichtig\w*|absicht\w*|vorhaben|soll\w*|will|wollen|wird|werden|würde\w*|möchte\w*|geplant|plan\w*)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:intention\w*|prévo\w*|prévu\w*|veut|veulent|souhait\w*|pourr\w*|devra\w*|sera|seront|envisag\w*)\b",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(?:intend\w*|intent\w*|plan\w*|will|would|wants?|wish\w*|aims?|going to|expect\w*|shall|should)\b",
        re.IGNORECASE,
    ),
}
_YES = re.compile(r"(?:Ja|Jawohl|Oui|Yes)\b")


def problems(sentence: str, source: str, cosine: float, language: Language) -> tuple[str, ...]:
    """Name what stands in `sentence` that `source` does not carry; an empty tuple means that it holds.

    Args:
        sentence: what the model wrote.
        source: the quoted words of a paper, in Dutch.
        cosine: likeness of the two, by the encoder.
        language: what the sentence is written in.
    """
    found: list[str] = []
    held = source.lower()
    there = set(_NUMBER.findall(_plain_dates(source)))
    found += [f"number {one}" for one in _NUMBER.findall(_plain_dates(sentence)) if one not in there]
    found += [f"name {name}" for name in _names(sentence, language) if name.lower() not in held]
    denied = bool(_NOT["nl"].search(source))
    if bool(_NOT[language].search(sentence)) != denied:
        found.append("negation")
    if _YES.match(sentence) and denied:
        found.append("yes where the source says no")
    if _INTENDS.search(source) and not _INTENDED[language].search(sentence):
        found.append("intention told as fact")
    if language == "nl":
        said = set(terms(sentence))
        share = len(said & set(terms(source))) / len(said) if said else 0.0
        if share < COVERED:
            found.append(f"only {share:.0%} of its words stand there")
    elif cosine < NEAR:
        found.append(f"likeness {cosine:.2f}")
    return tuple(found)


def _plain_dates(text: str) -> str:
    """Write months as numbers that no other number looks like, so that dates compare in every language."""
    for number, names in enumerate(MONTHS, 1):
        text = re.sub(rf"\b(?:{'|'.join(names)})\b", f"0{number:02}", text, flags=re.IGNORECASE)
    return text


def _names(sentence: str, language: Language) -> list[str]:
    """Find words with a capital inside a sentence. German gives every noun one and other languages translate names."""
    if language != "nl":
        return []
    return _NAME.findall(sentence)
