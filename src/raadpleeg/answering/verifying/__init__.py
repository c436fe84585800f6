"""Checks a written sentence against the words that it is said to rest on.

A pure function of two texts and a likeness. It looks for what a fluent model gets wrong: a number, date or name that
does not stand there, a no that became a yes, a plan that became a fact, a condition that was lost, words put into
another's mouth, words that come from nowhere. It knows four languages by their cues; it does not understand them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from raadpleeg.answering.verifying import coverage, modality, names, numbers, polarity, scope, speakers
from raadpleeg.records import Language

__all__ = ["Problem", "problems"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What of a written sentence its source does not carry; `kind` names the check that found it."""

    kind: str
    """number, date, amount, reference, name, speaker, question, negation, modality, quantifier, comparison, condition,
    roles or words
    """
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


def problems(
    sentence: str, source: str, cosine: float, language: Language, *, speaker: str | None = None, asked: bool = False
) -> tuple[Problem, ...]:
    """Name what stands in `sentence` that `source` does not carry; an empty tuple means that it holds.

    Args:
        sentence: what the model wrote.
        source: the quoted words of a paper, in Dutch.
        cosine: likeness of the two, by the encoder.
        language: what the sentence is written in.
        speaker: whose words the source is, as the paper says it ("minister van Financiën", "leden van de SGP-fractie").
        asked: whether the source is part of a question, so that nobody has said that it is so.
    """
    return tuple(_problems(sentence, source, cosine, language, speaker, asked))


def _problems(
    sentence: str, source: str, cosine: float, language: Language, speaker: str | None, asked: bool
) -> Iterator[Problem]:
    mine, others = numbers.quantities(sentence, language), numbers.quantities(source, "nl")
    asking = asked or source.rstrip().endswith("?")
    for one in numbers.missing(mine, others):
        yield Problem(one.kind, one.text)
    for text in names.missing(sentence, source, speaker or "", language):
        yield Problem("name", text)
    for text in speakers.foreign(sentence, source, speaker, asking, language):
        yield Problem("speaker", text)
    if speakers.told_as_fact(sentence, source, asked, language):
        yield Problem("question", "told as fact")
    if not asking and (denial := polarity.problem(sentence, source, language)):
        yield Problem("negation", denial)
    for text in modality.problems(sentence, source, asking, language):
        yield Problem("modality", text)
    for text in scope.quantifiers(sentence, source, language):
        yield Problem("quantifier", text)
    for text in scope.directions(sentence, source, language):
        yield Problem("comparison", text)
    for text in scope.times(sentence, source, mine, others, language):
        yield Problem("comparison", text)
    for text in scope.conditions(sentence, source, language):
        yield Problem("condition", text)
    for text in coverage.swapped(sentence, source, mine, others, language):
        yield Problem("roles", text)
    if language == "nl":
        for one in numbers.misplaced(sentence, source, mine, others):
            yield Problem("roles", f"{one.text} belongs to other words")
        for text in coverage.words(sentence, source, cosine):
            yield Problem("words", text)
    else:
        for text in coverage.matters(sentence, source, language):
            yield Problem("words", f"{text} comes from nowhere")
    for text in coverage.likeness(cosine, language):
        yield Problem("words", text)
