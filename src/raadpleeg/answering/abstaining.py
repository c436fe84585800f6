"""Decides whether the papers answer at all, before and after the model has spoken.

The chance is a logistic function of two things that compare between questions: the cosine of the best sentence, and
the share of the question's words, by weight, that stand in the best passage. Its three numbers were fitted on
questions whose passage was there or had been taken away (`docs/decisions.md`).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from raadpleeg.indexing.generation import Index
from raadpleeg.records import Evidence, Hit, Language, Reason
from raadpleeg.retrieval.search import Query

BIAS, COSINE, COVERAGE = -42.8, 46.4, 6.7

FOREIGN_COVERAGE = 0.5
"""What is assumed of a question in another language than the papers', whose words cannot be looked for."""
NO_SHARED_WORD = 0.15
"""Coverage below which a question is about something else altogether."""

_WORDS: dict[Language, dict[Reason, str]] = {
    "nl": {
        "not_in_corpus": "De papieren in dit bestand gaan hier niet over.",
        "asked_not_answered": "Dit is in de papieren wel gevraagd, maar er staat geen antwoord op.",
        "not_stated": "De papieren raken dit onderwerp, maar zeggen dit niet.",
        "off_topic": "Deze vraag gaat niet over de papieren in dit bestand.",
    },
    "de": {
        "not_in_corpus": "Die Papiere in diesem Bestand behandeln das nicht.",
        "asked_not_answered": "Danach wird in den Papieren gefragt, eine Antwort steht dort nicht.",
        "not_stated": "Die Papiere berühren das Thema, sagen dies aber nicht.",
        "off_topic": "Diese Frage betrifft nicht die Papiere in diesem Bestand.",
    },
    "fr": {
        "not_in_corpus": "Les documents de ce fonds n'en parlent pas.",
        "asked_not_answered": "La question est posée dans les documents, mais il n'y a pas de réponse.",
        "not_stated": "Les documents touchent à ce sujet, mais ne le disent pas.",
        "off_topic": "Cette question ne porte pas sur les documents de ce fonds.",
    },
    "en": {
        "not_in_corpus": "The papers in this collection are not about this.",
        "asked_not_answered": "This is asked in the papers, but there is no answer to it.",
        "not_stated": "The papers touch on this subject, but do not say this.",
        "off_topic": "This question is not about the papers in this collection.",
    },
}


def explanation(reason: Reason, language: Language) -> str:
    """Say in one sentence why there is no answer."""
    return _WORDS[language][reason]


def chance(
    index: Index, query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence], language: Language = "nl"
) -> float:
    """Give the chance, by retrieval alone, that the papers answer the question (0 to 1)."""
    if not hits or not evidence or _elsewhere(query):
        return 0.0
    if hits[0].named:
        return 1.0
    cosine = max(one.cosine for one in evidence)
    coverage = _covered(index, query, hits) if language == "nl" else FOREIGN_COVERAGE
    return 1 / (1 + exp(-(BIAS + COSINE * cosine + COVERAGE * coverage)))


def reason_before(index: Index, query: Query, hits: Sequence[Hit]) -> Reason:
    """Give the reason not to answer where retrieval found too little."""
    if not hits or _elsewhere(query):
        return "not_in_corpus"
    return "off_topic" if _covered(index, query, hits) < NO_SHARED_WORD else "not_in_corpus"


def reason_after(evidence: Sequence[Evidence]) -> Reason:
    """Give the reason where the model found nothing in the evidence: was it asked there, or is it just not said?"""
    kinds = [unit.kind if (unit := one.passage.unit) else None for one in evidence[:3]]
    return "asked_not_answered" if kinds and all(kind == "question" for kind in kinds) else "not_stated"


def _elsewhere(query: Query) -> bool:
    """Tell whether a question is about a paper that is not there, and about no other."""
    return bool(query.named.missing) and not query.named.documents


def _covered(index: Index, query: Query, hits: Sequence[Hit]) -> float:
    return max((index.lexical.coverage(query.words, hit.passage.text) for hit in hits[:3]), default=0.0)
