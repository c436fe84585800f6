"""Tells in which of the four languages a question is asked."""

from __future__ import annotations

from functools import cache
from typing import Any

from raadpleeg.records import Language

LANGUAGES: tuple[Language, ...] = ("nl", "de", "fr", "en")
SURE = 0.8
"""Probability from which a guess counts; below it ("Einstein Telescoop") the papers' own language is assumed."""


def language_of(text: str) -> Language:
    """Guess the language of a question; Dutch where the words do not tell."""
    guess, probability = _identifier().classify(text)
    return next((one for one in LANGUAGES if one == guess and probability >= SURE), "nl")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
