"""Who says a thing: offices, committees and parties, in a claim, in its source and as the speaker of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from raadpleeg.answering.verifying.wording import folded, plain
from raadpleeg.records import Language

# The field of an office, in any of the languages, folded.
_FIELDS = (
    r"financ\w*|finanz\w*",
    r"buitenlandse zaken|\bausseren|auswartig\w*|aussenminist\w*|affaires etrangeres|foreign affairs|foreign minister",
    r"binnenlandse zaken|innenminist\w*|des inner\w*|inneres|interieur|interior|home affairs",
    r"defensie|verteidigung\w*|defense|defence",
    r"justiti\w*|justiz\w*|justice",
    r"onderwijs|bildung\w*|enseignement|education",
    r"volksgezondheid|gesundheit\w*|sante|health",
    r"sociale zaken|soziales|arbeitsminist\w*|affaires sociales|social affairs",
    r"infrastructuur|infrastru\w*|verkehr\w*",
    r"economische zaken|wirtschaft\w*|affaires economiques|economi\w* affairs|economie",
    r"landbouw|landwirtschaft\w*|agriculture",
    r"asiel|migrati\w*|asyl\w*|asile|asylum",
    r"klimaat|klima\w*|climat\w*",
    r"volkshuisvesting|wohnungs\w*|logement|housing",
    r"rechtsbescherming|rechtsschutz|protection juridique|legal protection",
    r"jeugd|jugend|jeunesse|youth",
    r"ontwikkelings\w*|entwicklung\w*|developpement|development",
    r"algemene zaken|premier|prime minister|ministerprasident\w*",
)
_SECRETARY = r"staatssecretaris\w*|staatssekretar\w*|secretaires? d'etat|state secretar\w*|secretar(?:y|ies) of state"
_MINISTER = r"(?<!prime )\b\w*minister(?!ie|ium|rat|prasident)\w*|ministres?|bewindspers\w*|bewindslieden"
_GOVERNMENT = r"kabinet|regering|regierung\w*|kabinett|gouvernement|government|cabinet|\w*overheid|rijk|staat"
_COMMITTEE = (
    r"(?<!europese )\b(?:vaste )?commissie(?:leden)?|\w*ausschuss\w*|(?<!european )\bcommission(?! europeenne)"
    r"|committee"
)
_ACTOR = re.compile(
    rf"\b(?:(?P<secretary>{_SECRETARY})|(?P<minister>{_MINISTER})|(?P<government>{_GOVERNMENT})|"
    rf"(?P<committee>{_COMMITTEE}))(?![\w-])"
)
_PARTY = re.compile(
    r"(?<![\w-])(?:GroenLinks-PvdA|GroenLinks|PvdA|VVD|CDA|D66|PVV|SP|SGP|ChristenUnie|PvdD|Partij voor de Dieren"
    r"|BBB|NSC"
    r"|Volt|DENK|FVD|FvD|JA21|50PLUS|OPNL|Fractie-[\w -]+?(?=[,;.)]|$))(?!\w)"
)
_GROUP = re.compile(
    r"fractie\w*|fraktion\w*|\bgroupes?\b(?! (?:de travail))|\bgroups?\b|\bleden\b|\blid\b|\bmembers?\b"
)
_LINKS = r"(?:\s*(?:van|voor|of|for|fur|des|de|du|der|d'|aux|la|l'|the|und|en|and|et)\b\s*)*"
_QUESTION: dict[Language, str] = {
    "nl": r"\bvra(?:ag|agt|gen|agde)\b|gevraagd|\bof\b.*\?|wil(?:len)? weten|verzoek|dring(?:t|en) aan|of het "
    r"klopt|vernemen",
    "de": r"frag|\bob\b|wissen mochte|mochten? wissen|bitte|fordert|wollen wissen|will wissen|erkundig",
    "fr": r"demand|question|si l'on|\bs'il\b|savoir si|souhait\w* savoir|interrog",
    "en": r"\bask|question|whether|wants? to know|request|inquir|enquir|wonder",
}
_SAYING: dict[Language, str] = {
    "nl": r"volgens|naar de mening|vind(?:t|en)|mening|zeg(?:t|gen)|stel(?:t|len)|meld(?:t|en)|men(?:en|t)"
    r"|constate|acht|wijs|wijz",
    "de": r"laut|nach (?:ansicht|angaben|meinung|auffassung)|zufolge|meint|meinen|findet|finden|sagt|erklar",
    "fr": r"selon|d'apres|estim|pense|affirm|declar|trouve|considere",
    "en": r"according to|believe|think|says?\b|state|find|consider|opinion|view",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """One who can speak: the rank of the office, its field where it is named, or a party."""

    text: str
    rank: str
    fields: frozenset[int]
    start: int

    def may_be(self, other: Actor) -> bool:
        """Tell whether `other` can be whom this names: less may be said of the same, nothing else."""
        if self.rank == "government":
            return other.rank in ("government", "minister", "secretary")
        if self.rank != other.rank or self.rank == "party":
            return self.rank == other.rank and self.text == other.text
        return not self.fields or not other.fields or bool(self.fields & other.fields)


def actors(text: str) -> list[Actor]:
    """Find offices, committees and parties in a text."""
    bare = plain(text)
    lowered = bare.casefold()
    found = []
    for match in _ACTOR.finditer(lowered):
        rank = match.lastgroup or ""
        found.append(Actor(match[0], rank, _fields(lowered, match, rank), match.start()))
    found += [Actor(match[0].casefold(), "party", frozenset(), match.start()) for match in _PARTY.finditer(bare)]
    return sorted(found, key=lambda one: one.start)


def foreign(claim: str, source: str, speaker: str | None, asked: bool, language: Language) -> Iterator[str]:
    """Give those whom a claim names though they neither speak in its source nor stand in it.

    A question speaks to the government, so that this may be named where the source says "you".
    """
    said = folded(source)
    there = actors(source)
    speaking = actors(speaker) if speaker else []
    if speaking and re.search(r"\b(?:ik|wij|mij|mijn|ons|onze)\b", said):
        there += speaking
    elif speaker is None and re.search(r"\b(?:ik|wij)\b", said):
        there.append(Actor("ik", "minister", frozenset(), 0))  # not known who; members rarely say so of themselves
    addressed = asked and re.search(r"\b(?:u|uw|regering|kabinet|minister|staatssecretaris)\b", said)
    for one in actors(claim):
        known = [*there, *speaking]
        if any(one.may_be(other) for other in known):
            continue
        if addressed and one.rank in ("government", "minister", "secretary") and not _attributed(claim, one, language):
            continue
        if (
            one.rank == "government"
            and one.text in ("staat", "rijk", "overheid")
            and not _attributed(claim, one, language)
        ):
            continue
        yield one.text


def without(text: str) -> str:
    """Take out those who speak, so that what is said is left."""
    bare = plain(text)
    spans = [*_ACTOR.finditer(bare.casefold()), *_PARTY.finditer(bare), *_GROUP.finditer(bare.casefold())]
    for match in sorted(spans, key=lambda one: -one.start()):
        bare = f"{bare[: match.start()]} {bare[match.end() :]}"
    return bare


def told_as_fact(claim: str, source: str, asked: bool, language: Language) -> bool:
    """Tell whether a claim states what its source only asks, or what those who ask presume."""
    asking = asked or all(part.rstrip("\"'”’)» ").endswith("?") for part in re.split(r"(?<=[.?!])\s+", source.strip()))
    if not asking:
        return False
    text = folded(claim)
    if re.search(_QUESTION[language], text):
        return False
    interrogative = "?" in source
    attributed = re.search(_SAYING[language], text) and (actors(claim) or _GROUP.search(text))
    return interrogative or not attributed


def _attributed(claim: str, actor: Actor, language: Language) -> bool:
    """Tell whether a claim gives something as the words of this one: "volgens de minister", "the minister says"."""
    text = folded(claim)
    before, after = text[max(0, actor.start - 30) : actor.start], text[actor.start : actor.start + 90]
    saying = _SAYING[language]
    return bool(
        re.search(rf"(?:{saying})\W+(?:\w+\W+){{0,3}}$", before)
        or re.match(rf"\S+\s(?:\S+\s){{0,5}}(?:{saying})", after)
    )


def _fields(text: str, match: re.Match[str], rank: str) -> frozenset[int]:
    """Read the field of an office: in its own word ("Finanzminister"), after it ("van Financiën") or before it."""
    if rank == "government":
        return frozenset()
    named = re.match(rf"(?:\s*\(?\s*(?:[a-z' ]{{0,20}}\()?){_LINKS}(?P<rest>[^.;:]{{0,60}})", text[match.end() :])
    rest = named["rest"] if named and named.end() else ""
    before = text[max(0, match.start() - 20) : match.start()]
    found = set()
    for number, words in enumerate(_FIELDS):
        if re.search(words, match[0]) or re.match(words, rest) or re.search(rf"(?:{words})\s$", before):
            found.add(number)
    return frozenset(found)
