"""Words as the checks look at them: folded, in clauses, and cues of the same meaning in four languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from raadpleeg.indexing.words import terms
from raadpleeg.records import Language

Cues = Mapping[str, Mapping[Language, str]]
"""For each meaning and language the words that show it: "*" stands for any ending, "_" for a space."""

ALIKE = 0.6
"""Least share of letter pairs (Dice) at which two words are taken for the same word, in one language or in two."""

_CLAUSE = re.compile(
    r"(?<![ (]nr\.)(?<![ (]art\.)(?<![ (]no\.)(?<!mln\.)(?<!mld\.)(?<=[.;:?!])\s+|,\s+(?!\d|nr|lid|p\.)"
    r"|\s+(?=(?:maar|terwijl|but|while|whereas|aber|wahrend|mais|tandis que)\b)"
    # "is begonnen en zal gereed zijn"
    r"|\s+(?=en (?:\w{2,}[^aeiou\W]t|is|zijn|was|waren|wordt|worden|werd|werden|heeft|hebben|had|zal|zullen|kan"
    r"|kunnen|moet|moeten|mag|mogen|wil"
    r"|willen|gaat|gaan|geldt|gelden|blijft|blijven|komt|komen|vindt|vinden|volgt|volgen)\b)"
)
_WORD = re.compile(r"[^\W\d_]+")
_FUNCTION = frozenset(
    """
    aber alle also andere aussi auch avec been bien cela cette dans daar dans dass dazu deze diese dieser does doit
    door durch einem einen einer eine elle elles from have haben heeft hebben hier hun ihre jede leur leurs mais maar
    meer mehr more nach nous oder ohne onder over pour sans sein seit sind sous that their them then there these they
    this über unter vers voor very wann wanneer were werden wordt worden which will with without würde zijn zonder
    """.split()
)


def folded(text: str) -> str:
    """Take capitals and accents away."""
    return plain(text).casefold()


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Take accents away, make dashes, quotes and spaces plain, and keep capitals."""
    text = text.replace("’", "'").replace("‘", "'").replace("–", "-").replace("\u2011", "-")
    decomposed = unicodedata.normalize("NFKD", " ".join(text.split()))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def clauses(text: str) -> list[str]:
    """Cut a text where a thought may turn: at stops, commas and words such as "but". The text is folded."""
    return [part for part in (piece.strip() for piece in _CLAUSE.split(folded(text))) if _WORD.search(part)]


@cache
def pattern(cues: str) -> re.Pattern[str]:
    """Make one expression of cues, to be used on folded text."""
    words = (re.escape(cue).replace(r"\*", r"\w*").replace("_", " ") for cue in cues.split())
    return re.compile(rf"\b(?:{'|'.join(words)})(?!\w)")


def shown(text: str, cues: Cues, language: Language) -> frozenset[str]:
    """Name the meanings whose cues stand in a folded text."""
    return frozenset(
        name for name, words in cues.items() if language in words and pattern(words[language]).search(text)
    )


def content(text: str) -> list[str]:
    """Give the content words of a folded text in any of the languages, numbers left out."""
    return [word for word in _WORD.findall(text) if len(word) > 3 and word not in _FUNCTION]


_FINITE: dict[Language, str] = {
    "nl": r"\b(?:is|zijn|was|waren|worden|werden|hebben|had|hadden|kan|kon|kunnen|konden|zal|zullen|zou|zouden"
    r"|mag|mogen|moeten|wil|willen"
    r"|gaan|ging|komen|kwam|staan|stond|gaf|liep|steeg|daalde|krijgen|kreeg|gelden|blijven|bleef|begon|doen|deed"
    r"|\w{2,}[^\W](?<!he)(?<!da)"
    r"(?<!wa)(?<!me)(?<!nie)(?<!ui)t)\b|\b\w{3,}(?:den|ten|de|te)\b(?<!grote)",
    "de": r"\b(?:ist|sind|war|waren|wird|werden|wurden?|hat|haben|hatte|kann|konnen|muss|mussen|soll|sollen|will"
    r"|darf|\w{3,}t|\w{3,}ten?)\b",
    "fr": r"\b(?:est|sont|a|ont|etait|sera|seront|fut|peut|doit|\w{3,}(?:ent|e|era|ait))\b",
    "en": r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|must|does|did|\w{3,}(?:s|ed))\b",
}


def fragment(claim: str, language: Language) -> bool:
    """Tell whether a claim is no sentence but a piece of one ("Per 1 januari."), which does not say how sure it is."""
    lowered = folded(claim)
    whole = re.search(_FINITE[language], lowered) and (len(lowered.split()) > 3 or language != "nl")
    return not whole and len(lowered.split()) <= 10


@cache
def _light() -> frozenset[str]:
    """Give the stems of verbs that say little by themselves."""
    return frozenset(terms("gaat gaan komt komen staat staan geeft geven doet doen vindt plaats blijft blijven krijgt"))


def relevant(claim: str, parts: Sequence[str], language: Language, closest: bool = False) -> list[str]:
    """Choose the clauses on which a claim rests: those of which it takes half, and the one it takes most of.

    In another language only words that look alike can tell, names and numbers among them; where none does, all are
    chosen. `closest` leaves only the one it takes most of.
    """
    if len(parts) < 2:
        return list(parts)
    if language == "nl":
        said = set(terms(claim)) - _light()
        taken = [(set(terms(part)) - _light(), part) for part in parts]
        shares = [len(said & words) / len(words) if words else 0.0 for words, _ in taken]
        counts = [len(said & words) for words, _ in taken]
    else:
        mine = set(content(folded(claim))) | set(re.findall(r"\d+", claim))
        counts, shares = [], []
        for part in parts:
            words = set(content(part)) | set(re.findall(r"\d+", part))
            hits = sum(any(alike(word, other) for other in mine) for word in words)
            counts.append(hits)
            shares.append(hits / len(words) if words else 0.0)
    most = max(counts)
    if not most:
        return list(parts)
    least = 2.0 if closest else 0.5 if language == "nl" else 0.3
    return [part for part, share, count in zip(parts, shares, counts, strict=True) if count == most or share >= least]


def alike(one: str, other: str) -> bool:
    """Tell whether two folded words look like the same word."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or one[0] != other[0]:
        return False
    mine, others = _pairs(one), _pairs(other)
    return 2 * len(mine & others) >= ALIKE * (len(mine) + len(others))


def any_alike(word: str, others: Iterable[str]) -> bool:
    """Tell whether a word looks like one of others."""
    return any(alike(word, other) for other in others)


@cache
def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[at : at + 2] for at in range(len(word) - 1))
