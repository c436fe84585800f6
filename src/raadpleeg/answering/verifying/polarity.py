"""Yes and no: whether a claim denies what its source affirms, or the reverse."""

from __future__ import annotations

import re

from raadpleeg.answering.verifying.wording import Cues, clauses, folded, relevant, shown
from raadpleeg.records import Language

_NO: dict[Language, str] = {
    "nl": r"\b(?:niet|geen|geenszins|nooit|niets|niks|niemand|nergens|noch|evenmin)\b",
    "de": r"\b(?:nicht|kein\w*|nie|niemals|nichts|niemand\w*|nirgends|weder)\b",
    "fr": r"\b(?:ne|aucun\w*|jamais|rien|ni|pas)\b|\bn'(?!\s?\d)",
    "en": r"\b(?:not|no(?!\.? ?\d)|never|none|nothing|nobody|nowhere|neither|nor|cannot)\b|n't\b",
}
_IDLE: dict[Language, str] = {
    # What looks like a denial and is none.
    "nl": r"niet alleen|niet enkel|niet slechts|(?:al dan|of|zo) niet|zo nee[^.]*|niet (?:meer|minder|later"
    r"|eerder|langer) dan"
    r"|niet in de laatste plaats|niets anders dan|niet zonder|waarom niet|niet onder stoelen",
    "de": r"nicht nur|oder nicht|nicht (?:mehr|weniger|spater|langer) als|nichts anderes als|nicht zuletzt",
    "fr": r"non seulement|n°|\bn(?:e |')(?:(?!pas|plus|jamais|aucun|rien)[^.;]){0,40}?\bqu(?:e\b|')|pas (?:plus"
    r"|moins) de|pas seulement",
    "en": r"not only|not just|or not|(?:not|no) (?:more|less|fewer|later|longer) than|nothing but|not least",
}
_YES: dict[Language, str] = {
    "nl": r"ja|jazeker|inderdaad|dat klopt",
    "de": r"ja|jawohl|in der tat|das stimmt",
    "fr": r"oui|en effet|effectivement",
    "en": r"yes|indeed|that is correct",
}
_NAY: dict[Language, str] = {"nl": "nee|neen", "de": "nein", "fr": "non", "en": "no"}

_HIDDEN: Cues = {
    "impossible": {"nl": "onmogelijk*", "de": "unmoglich*", "fr": "impossible*", "en": "impossible unable"},
    "exclude": {
        "nl": "sluit*_uit uitsluiten uitgesloten uitsluit sluit sluiten",
        "de": "schlie* ausgeschlossen ausschlie*",
        "fr": "exclu*",
        "en": "rule*_out ruled_out ruling_out exclude*",
    },
    "insufficient": {
        "nl": "onvoldoende ontoereikend* tekort* te_weinig",
        "de": "unzureichend* ungenugend* mangel* zu_wenig",
        "fr": "insuffisan* manqu* trop_peu",
        "en": "insufficient* inadequa* lack* too_little too_few shortage*",
    },
    "unknown": {"nl": "onbekend* onduidelijk*", "de": "unbekannt* unklar*", "fr": "inconnu*", "en": "unknown unclear"},
    "wrong": {
        "nl": "onjuist* oneens onwenselijk* ongewenst*",
        "de": "falsch* unerwunscht*",
        "fr": "inexact* faux indesirable*",
        "en": "incorrect* wrong* disagree* undesirable",
    },
    "lack": {"nl": "ontbre* gebrek*", "de": "fehl*", "fr": "absen*", "en": "absen* lack* missing"},
    "refuse": {
        "nl": "weiger* geweiger* afwijz* afgewezen wijst*_af verwerp* verworpen",
        "de": "weiger* verweiger* abgelehnt lehn*_ab ablehn*",
        "fr": "refus* rejet*",
        "en": "refus* reject* declin*",
    },
    "forbid": {
        "nl": "verbod* verbied* verbiedt verboden verbood",
        "de": "verbot* verbiet*",
        "fr": "interdi*",
        "en": "prohibit* ban banned forbid* forbidden",
    },
    "fail": {"nl": "misluk* nalaat nagelaten", "de": "versaumt* gescheitert", "fr": "echou*", "en": "fail*"},
    "stop": {
        "nl": "van_de_baan afgeblazen geschrapt",
        "de": "gestrichen entfall* entfallt",
        "fr": "annule* abandonne*",
        "en": "cancel* scrap* called_off",
    },
    "without": {"nl": "zonder", "de": "ohne", "fr": "sans", "en": "without"},
    "hardly": {"nl": "nauwelijks amper", "de": "kaum", "fr": "guere", "en": "hardly barely"},
}

_STRONG = frozenset({"impossible", "exclude", "refuse", "forbid", "fail"})


def problem(claim: str, source: str, language: Language) -> str | None:
    """Say how a claim's yes or no disagrees with its source, if it does."""
    opening, mine = _opening(folded(claim), language)
    answer, rest = _opening(folded(source), "nl")
    parts = clauses(rest)
    counted = set(re.findall(r"\d+", mine))
    if counted and any(counted <= set(re.findall(r"\d+", part)) for part in parts):
        parts = [part for part in parts if counted <= set(re.findall(r"\d+", part))]
    elif language == "nl" or len(clauses(mine)) < 2:
        parts = relevant(mine, parts, language)
    negated = [_denies(part, "nl") for part in parts]
    denies = _denies(mine, language)
    hidden, theirs = shown(mine, _HIDDEN, language), shown(" ; ".join(parts), _HIDDEN, "nl")
    if opening == "yes" and (answer == "no" or (answer is None and any(negated))):
        return "yes where the source says no"
    if opening == "no" and answer == "yes":
        return "no where the source says yes"
    if opening == "no" and answer is None and not (denies or any(negated) or theirs):
        return "no where the source denies nothing"
    if not mine.strip() or not parts:
        # Nothing but a yes or a no: then the source has to say so itself.
        return None if opening == answer else "a bare answer"
    if language != "nl" and len(set(negated)) > 1:
        return None  # which part is meant cannot be told across languages
    if denies == any(negated):
        # A word with a no in it ("refuses", "prohibited") turns a claim as "not" does.
        turned = not denies and bool((hidden ^ theirs) & _STRONG) and not (hidden & theirs)
        return "negation" if turned and not (hidden and theirs) else None
    return None if len(hidden ^ theirs) % 2 else "negation"


def _denies(text: str, language: Language) -> bool:
    bare = re.sub(_IDLE[language], " ", text)
    if language == "fr":
        # "pas" and "jamais" come with "ne"; standing alone, "jamais" and "pas" still deny.
        bare = re.sub(r"\bqu'", " ", bare)
    return bool(re.search(_NO[language], bare))


def _opening(text: str, language: Language) -> tuple[str | None, str]:
    """Part a yes or no at the beginning from what comes after it."""
    for answer, words in (("yes", _YES[language]), ("no", _NAY[language])):
        match = re.match(rf"[\"']?(?:{words})(?:[,.:;!]+\s*|$)", text)
        if match:
            return answer, text[match.end() :]
    return None, text
