"""What kind of thing a question expects for an answer (Li & Roth 2002: its answer type), and whether words hold one.

Only kinds that can be seen from the words take part: a question for an amount is hardly answered by sentences without
one. Questions are in four languages, papers in Dutch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from raadpleeg.answering.verifying.numbers import Quantity, quantities
from raadpleeg.records import Language

Expected = Literal["day", "month", "year", "time", "share", "amount", "extent", "number"]

BEFORE = 3
"""Words that may stand before the words that ask ("En in welk jaar …"); further on they ask nothing by themselves."""

_ASKED: dict[Expected, str] = {
    "day": r"welke (?:dag|datum)|(?:what|which|exact) (?:day|date)|exacte datum|welche[mns]? (?:tag|datum)"
    r"|quel(?:le)? (?:jour|date)",
    "month": r"welke maand(?:en)?|(?:what|which) months?|welche[mnr]? monat(?:en)?|quels? mois",
    "year": r"welke? ja(?:ar|ren)|(?:what|which) years?|welche[mns]? jahr(?:en)?|quelles? années?",
    "time": r"wanneer|when|wann|quand|hoe laat|à quelle heure|what time",
    "share": r"(?:hoeveel |how many |wie ?viele? )?"
    r"(?:percentages?|procent|per ?cent|prozent(?:satz)?|pourcentage|pour cent)",
    "amount": r"welke? (?:bedrag(?:en)?|budget)|hoeveel (?:geld|euro|budget|miljoen)|wat kost(?:te|en)?"
    r"|hoeveel (?:kost|bedr|betaal)\w*|how much (?:money|does|did|do|is|was|will)|wie ?viel (?:geld|kostet|euro)"
    r"|quel (?:montant|budget)|combien (?:coûte|d['’]argent|d['’]euros)",
    "extent": r"hoe ?(?:lang|ver|hoog|groot|oud)|how (?:long|high|large|big|far|old)"
    r"|wie (?:lange|hoch|gro(?:ß|ss)|weit|alt)|combien de temps",
    "number": r"hoeveel|how many|wie ?viele?|combien|(?:welk|wat is het) aantal|nombre|anzahl",
}
_QUESTION = re.compile("|".join(rf"\b(?P<{kind}>{words})\b" for kind, words in _ASKED.items()), re.IGNORECASE)
_YES_NO = re.compile(
    r"(?:is|zijn|was|waren|heeft|hebben|had|hadden|mag|mogen|weet|weten|kan|kunnen|moet|moeten|komt|komen|gaat|gaan"
    r"|wordt|worden|werd|werden|zal|zullen|does|do|did|are|were|has|have|can|will|ist|sind|hat|haben|war|wird|werden"
    r"|kann|est-ce|y a)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:^|(?<=[.;:?!\n]))\s*(?:\d{1,2}[.)]|[a-z]\))+(?=\s)|\b\d{2} ?\d{3}\b(?= ?(?:nr|\(|-))")
"""Numbers of a list, and of a dossier, count nothing."""
_COUNTED = re.compile(
    r"\b(?:geen|nul|één|eentje|enkele?|alle|beide|allebei|dubbel\w*|verdubbel\w*|tiental\w*|honderdtal\w*|tientallen"
    r"|meeste|meerderheid|een aantal|een paar)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:jarenlang|levenslang|onbeperkt|tijdelijk|permanent|dag\w*|we(?:ek|ken)|maand\w*|uur|uren|jaa?r\w*|totdat"
    r"|zolang)\b",
    re.IGNORECASE,
)
_PAID = re.compile(r"€|\b(?:euro\w*|cent|gratis|kosteloos|duizend|miljoen|miljard)\b", re.IGNORECASE)
_WEEKDAY = r"(?:maan|dins|woens|donder|vrij|zater|zon)dag|vandaag|morgen|gisteren"
_DAY = re.compile(rf"\b(?:{_WEEKDAY})\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:(?:dit|vorig|volgend|afgelopen|komend|elk|ieder) jaar|jaarlijks\w*)\b", re.IGNORECASE)
_TIME = re.compile(
    rf"\b(?:{_WEEKDAY}|zomer|voorjaar|najaar|herfst|winter|lente|kwartaal|we(?:ek|ken)|maand(?:en)?|jaa?r\w*|dag(?:en)?"
    r"|uur|reces|zodra|binnenkort|spoedig|eind|begin|medio|thans|nu|momenteel|recent\w*|onlangs|vorige?|volgende?"
    r"|komende?|uiterlijk|tijdens|sinds|vanaf|nadat|voordat|alvorens|zo snel mogelijk|later|eerder|na de|na het|vóór"
    r"|als|indien|bij|wanneer|tijdstip|zolang|nog niet)\b",
    re.IGNORECASE,
)

_NAMES: dict[Expected, dict[Language, str]] = {
    "day": {"nl": "geen datum", "de": "kein Datum", "fr": "pas de date", "en": "no date"},
    "month": {"nl": "geen maand", "de": "kein Monat", "fr": "pas de mois", "en": "no month"},
    "year": {"nl": "geen jaartal", "de": "keine Jahreszahl", "fr": "pas d'année", "en": "no year"},
    "time": {"nl": "geen tijdstip", "de": "kein Zeitpunkt", "fr": "pas de moment", "en": "no time"},
    "share": {"nl": "geen percentage", "de": "kein Prozentsatz", "fr": "pas de pourcentage", "en": "no percentage"},
    "amount": {"nl": "geen bedrag", "de": "kein Betrag", "fr": "pas de montant", "en": "no amount"},
    "extent": {"nl": "geen maat", "de": "keine Größe", "fr": "pas de mesure", "en": "no measure"},
    "number": {"nl": "geen aantal", "de": "keine Zahl", "fr": "pas de nombre", "en": "no number"},
}


def expected(question: str) -> Expected | None:
    """Tell what kind of thing a question asks for; None where that cannot be seen, as with yes or no."""
    if _YES_NO.match(question.strip()):
        return None
    for match in _QUESTION.finditer(question):
        if len(question[: match.start()].split()) <= BEFORE:
            return match.lastgroup  # type: ignore[return-value]
    return None


def lacking(kind: Expected | None, texts: Sequence[str]) -> float:
    """Give the share of some Dutch texts, best first, that stand before one that holds a thing of this kind."""
    if kind is None or not texts:
        return 0.0
    return next((at for at, text in enumerate(texts) if _holds(kind, text)), len(texts)) / len(texts)


def absent(kind: Expected, language: Language) -> str:
    """Name what is not there: "geen bedrag"."""
    return _NAMES[kind][language]


def _holds(kind: Expected, text: str) -> bool:
    found = quantities(_MARK.sub(" ", text), "nl")
    match kind:
        case "day":
            return any(one.unit == "date" for one in found) or bool(_DAY.search(text))
        case "month":
            return any(one.unit in ("date", "month name") for one in found)
        case "year":
            return any(_is_year(one) for one in found) or bool(_YEAR.search(text))
        case "time":
            return any(one.kind == "date" for one in found) or bool(_TIME.search(text))
        case "share":
            return any(one.unit == "share" for one in found)
        case "amount":
            return any(one.kind == "amount" for one in found) or bool(_PAID.search(text))
        case "extent":
            return any(_counts(one) for one in found) or bool(_LASTING.search(text) or _COUNTED.search(text))
        case "number":
            return any(_counts(one) for one in found) or bool(_COUNTED.search(text))


def _is_year(one: Quantity) -> bool:
    return one.kind == "date" and one.unit is None


def _counts(one: Quantity) -> bool:
    return one.kind in ("number", "amount")
