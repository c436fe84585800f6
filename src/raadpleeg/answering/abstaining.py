"""Decides whether the papers answer a question at all, and names the reason where they do not.

The chance comes from signs: what the reranker thought of the sentences, how near and how well covered they are, which
rare word of the question is missing, whether what is asked for (a date, an amount) stands in the best of them, whether
those are the words of people who only ask, and, once a model has read them, how likely it is to say that nothing is
there.
Weights and bounds are data (``data/abstaining.json``), which ``training/`` makes on questions that no figure is
reported on (`docs/decisions.md`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from math import exp, log
from typing import Literal

import numpy as np

from raadpleeg.answering.candidates import context
from raadpleeg.answering.expecting import Expected, absent
from raadpleeg.indexing.generation import Index
from raadpleeg.records import Evidence, Hit, Language, Reason
from raadpleeg.retrieval.search import Query

FILE = "abstaining.json"
READ = 3
"""Hits, and sentences, in which the question's words are looked for."""
NEAREST = 2
"""Quotations in which what kind of thing is asked for is looked for."""

_ASKERS = re.compile(r"\b(?:leden|lid|voorzitter|fracties?|commissie)\b", re.IGNORECASE)
"""Speakers who ask, in the papers."""
_ABOUT_ASKERS = re.compile(
    r"\b(?:(?:kamer)?le?den|(?:kamer)?lid|fracties?|commissie|voorzitter|senato\w+|vrag\w+|vroeg\w*|gevraagd"
    r"|members?|committee|mps?|senators?|questioners?|chair|ask\w*|fraktion\w*|ausschuss\w*|abgeordnete\w*|mitglied\w*"
    r"|frag\w+|gefragt|commission|députés?|sénateurs?|membres?|groupes?|parlementaires?|demand\w+)\b",
    re.IGNORECASE,
)
"""What questions say that are about those who ask, in four languages."""

Stage = Literal["ranked", "reranked", "written"]
"""What is known when it is decided: the first ranking alone, the reranker too, and the model too."""

Signs = Mapping[str, float]

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


_LACKING: dict[Language, str] = {
    "nl": "De papieren raken dit onderwerp, maar waar zij het dichtst bij de vraag komen, staat {}.",
    "de": "Die Papiere berühren das Thema, aber wo sie der Frage am nächsten kommen, steht {}.",
    "fr": "Les documents touchent à ce sujet, mais là où ils s'en approchent le plus, il n'y a {}.",
    "en": "The papers touch on this subject, but where they come nearest to the question there is {}.",
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the signs by stage (with a "bias"), and the bounds by which reasons are told apart."""

    weights: Mapping[Stage, Mapping[str, float]]
    bounds: Mapping[str, float]

    def chance(self, stage: Stage, signs: Signs) -> float:
        """Give the chance that the papers answer (0 to 1).

        Where the papers have next to nothing in common with the question, what a reader made of them does not count:
        it always finds a sentence of the right form ("Wie heeft de relativiteitstheorie bedacht?").
        """
        if stage != "ranked" and self.nearness(signs) < self.bounds["nothing"]:
            return 0.0
        return _share(log_odds(self.weights[stage], signs))

    def nearness(self, signs: Signs) -> float:
        """Give how near the papers come to the question: cosine, and what they share of its words."""
        return signs["cosine"] + self.bounds["words"] * signs["lexical"]


def log_odds(weights: Mapping[str, float], signs: Signs) -> float:
    """Give what weights (with a "bias") make of signs; signs that have no weight do not count."""
    return weights["bias"] + sum(weight * signs[name] for name, weight in weights.items() if name != "bias")


def read_calibration() -> Calibration:
    """Read the calibration that comes with raadpleeg."""
    held = json.loads((files("raadpleeg.answering") / "data" / FILE).read_text(encoding="utf-8"))
    return Calibration(held["weights"], held["bounds"])


def explanation(reason: Reason, language: Language, lacking: Expected | None = None) -> str:
    """Say in one sentence why there is no answer; `lacking` is what was asked for and does not stand there."""
    if reason == "not_stated" and lacking:
        return _LACKING[language].format(absent(lacking, language))
    return _WORDS[language][reason]


def certain(query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> float | None:
    """Give the chance that the papers answer where it needs no reckoning: 0 or 1; else None."""
    if not hits or not evidence or elsewhere(query):
        return 0.0
    return 1.0 if hits[0].named else None


def signs(
    index: Index, query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence], lacking: float = 0.0
) -> dict[str, float]:
    """Gather what tells whether the papers answer; there is at least one hit and one sentence.

    Args:
        index: knows how rare words are.
        query: the question.
        hits: passages, best first.
        evidence: sentences, best first.
        lacking: share of the best quotations that stand before one that holds what kind of thing is asked for.
    """
    read = sorted((one.odds for one in evidence if one.odds is not None), reverse=True)
    about_askers = bool(_ABOUT_ASKERS.search(query.full))
    lexical = index.lexical
    passages = frozenset().union(*(lexical.terms(hit.passage.text) for hit in hits[:READ]))
    best = frozenset().union(*(lexical.terms(f"{context(one.passage)} {one.text}") for one in evidence[:READ]))
    dutch = float(query.language == "nl")
    return {
        "any": float(np.logaddexp.reduce(read)) if read else 0.0,
        "best": read[0] if read else 0.0,
        "cosine": max(one.cosine for one in evidence),
        "score": hits[0].score,
        "lexical": max(hit.lexical for hit in hits),
        "dense": max(hit.dense for hit in hits),
        "dutch": dutch,
        "covered": dutch * max(lexical.covered(query.words, lexical.terms(hit.passage.text)) for hit in hits[:READ]),
        "sentences": dutch * lexical.covered(query.words, best),
        "passages": dutch * lexical.covered(query.words, passages),
        "missing": dutch * lexical.missing(query.words, passages),
        "words": min(8.0, len(query.words)),
        "asks": float(_asks(evidence[0])),
        "asking": 0.0 if about_askers else _share_of_askers(evidence),
        "lacking": lacking,
    }


def with_model(found: Signs, none: float) -> dict[str, float]:
    """Add what a model gave as the chance that nothing is there (0 to 1)."""
    bounded = min(max(none, 1e-4), 1 - 1e-4)
    return {**found, "none": log(bounded / (1 - bounded))}


def elsewhere(query: Query) -> bool:
    """Tell whether a question is about a paper that is not there, and about no other."""
    return bool(query.named.missing) and not query.named.documents


def reason(
    calibration: Calibration, query: Query, hits: Sequence[Hit], evidence: Sequence[Evidence], found: Signs | None
) -> Reason:
    """Say why the papers do not answer: is it elsewhere, about something else, asked only, or just not said?"""
    if not hits or not evidence or found is None or elsewhere(query):
        return "not_in_corpus"
    bounds = calibration.bounds
    if calibration.nearness(found) < bounds["off_topic"]:
        return "off_topic"
    asking = max((one.cosine for one in evidence if _asks(one)), default=0.0)
    telling = max((one.cosine for one in evidence if not _asks(one)), default=0.0)
    return "asked_not_answered" if asking - telling > bounds["asked"] else "not_stated"


def _asks(one: Evidence) -> bool:
    unit = one.passage.unit
    return one.text.endswith("?") or (unit is not None and unit.kind == "question")


def _share_of_askers(evidence: Sequence[Evidence]) -> float:
    """Give what those who ask have of all odds (0 to 1): what is asked or presumed is nobody's answer."""
    read = [one for one in evidence if one.odds is not None] or evidence[:READ]
    odds = np.array([one.score if one.odds is None else one.odds for one in read])
    shares = np.exp(odds - np.logaddexp.reduce(odds))
    return float(sum(share for share, one in zip(shares, read, strict=True) if _asks(one) or _by_asker(one)))


def _by_asker(one: Evidence) -> bool:
    unit = one.passage.unit
    return unit is not None and bool(_ASKERS.search(unit.speaker or ""))


def _share(odds: float) -> float:
    return 1 / (1 + exp(-odds)) if odds > -700 else 0.0
