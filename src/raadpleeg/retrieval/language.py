"""Tells in which of the four languages a question is asked."""

from __future__ import annotations

from collections.abc import Sequence
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


_STOP_WORDS: dict[Language, frozenset[str]] = {
    "nl": frozenset(),  # left out where words are read
    "de": frozenset(
        """
        aber als am an auch auf aus bei bis da damit dann das dass dem den denn der des die dies diese dieser du durch
        ein eine einem einen einer eines er es fur gibt hat haben hatte ich ihr ihre im in ist ja kann man mehr mit
        nach nicht noch nur ob oder ohne schon sein sich sie sind so soll uber um und uns unter viele vom von vor
        wann war waren warum was welche welchem welchen welcher welches wenn wer werden wie wieso wieviel will wir
        wird wo wofur wurde wurden zu zum zur zwischen
        """.split()
    ),
    "fr": frozenset(
        """
        ai au aux avec ce ces cette comme combien comment dans de des dit doit donc dont du elle en entre est et etait
        ete etre eu fait font il ils je la le les leur leurs lui ma mais me meme mon ne nos notre nous on ont ou par
        pas plus pour pourquoi qu quand que quel quelle quelles quels qui quoi sa sans se ses si son sont sur ta te tu
        un une vos votre vous
        """.split()
    ),
    "en": frozenset(
        """
        about after all also an and any are as at be been before being but by can could did do does for from had has
        have he her his how if in into is it its many may more most much must my no not of on or our shall she should
        so some such than that the their them then there these they this those to under was we were what when where
        which while who whom whose why will with would you your
        """.split()
    ),
}


def without_stop_words(found: Sequence[str], language: Language) -> tuple[str, ...]:
    """Leave out the words that carry no subject in the language of a question; Dutch ones are left out before."""
    return tuple(word for word in found if word not in _STOP_WORDS[language])
