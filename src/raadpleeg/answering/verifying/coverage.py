"""Whether the words of a claim come from its source, and stand there in the same roles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from raadpleeg.answering.verifying import names, speakers
from raadpleeg.answering.verifying.numbers import Quantity
from raadpleeg.answering.verifying.wording import Cues, alike, folded, plain, shown
from raadpleeg.indexing.words import terms
from raadpleeg.records import Language

COVERED = 0.75
"""Least share of a Dutch claim's content words that have to stand in its source."""
NEAR: dict[Language, float] = {"nl": 0.7, "de": 0.84, "fr": 0.84, "en": 0.79}
"""Least cosine between claim and source, by the default encoder."""

_LIGHT = frozenset(
    """
    volgens minister staatssecretaris kabinet regering commissie fractie lid leden vraag vraagt vragen antwoord
    antwoordt zegt stelt meldt vindt aangeeft geeft gaf bedraagt bedragen geldt gelden gaat komt staat krijgt krijgen
    kreeg heeft had wil willen nee neen omdat doordat zodat daarover hierover daarin hierin hierbij daarbij daarvan
    hiervan daaraan hieraan echter zo'n dergelijk dergelijke keer klopt inderdaad bekend daarvoor hiervoor moment tijd
    bron genoemd genoemde namelijk daarom waarbij waarin hiermee daarmee
    """.split()
)
_MATTERS: Cues = {
    "court": {
        "nl": "*rechter* *rechtbank* *vonnis* hof *gerecht* *uitspra*",
        "de": "richter* gericht gerichts*",
        "fr": "juge juges tribuna* jugement* cour",
        "en": "judge* court* judgment* verdict*",
    },
    "army": {
        "nl": "*leger* *krijgsmacht* *militair* *defensie*",
        "de": "armee* streitkraft* militar* bundeswehr soldat*",
        "fr": "armee* militaire* soldat*",
        "en": "army armed_forces military soldier* troops",
    },
    "police": {"nl": "*politie* *marechaussee*", "de": "polizei*", "fr": "polic* gendarm*", "en": "police*"},
    "punishment": {
        "nl": "*gevangen* *boete* *straf* *gestraft *celstraf* *bestraf*",
        "de": "gefangnis* bussgeld* straf* geldbusse* bestraf*",
        "fr": "prison* amende* peine*  punis* puni",
        "en": "prison* jail* fine fines fined penalt* punish*",
    },
    "fraud": {
        "nl": "*fraud* *misbruik* *bedrog",
        "de": "betrug* missbrauch*",
        "fr": "fraud* abus",
        "en": "fraud* abuse* scam*",
    },
    "protest": {
        "nl": "*protest* *betog* *demonstr* *staking* *staken",
        "de": "protest* demonstr* streik*",
        "fr": "protest* manifestation* greve*",
        "en": "protest* demonstrat* strike*",
    },
    "death": {
        "nl": "*dood* *doden *overle* *gestorven *sterf* *slachtoffer* *omgekomen",
        "de": "tod* getot* tote* gestorben opfer* verstorben*",
        "fr": "mort* deces* decede* victime* tue tues tuee tuees",
        "en": "dead death* die died dying killed victim* deceased",
    },
    "vote": {
        "nl": "*stem* *gestemd *goedgekeurd* *aangenomen *instem* *ingestemd *goedkeur* *aanvaard*",
        "de": "abgestimmt abstimm* gebilligt zugestimmt angenommen genehmig* zustimm* annahm* wahl*",
        "fr": "vot* approuv* adopt* accept*",
        "en": "vote* voting approv* adopted",
    },
    "resignation": {
        "nl": "*afgetreden *aftred* *ontslag*",
        "de": "zurucktret* rucktritt* entlass*",
        "fr": "demission* licenci*",
        "en": "resign* dismiss*",
    },
}
"""Matters that change what is said: a claim in another language may bring up only those that its source does."""

_ROLES: tuple[tuple[str, str], ...] = (
    ("to", r"aan|naar|an|nach|zu|zur|zum|to|towards|aux?|a|vers"),
    ("from", r"van|uit|von|vom|aus|from|de|du|des|d"),
    ("by", r"door|durch|by|par"),
    ("with", r"met|mit|with|avec"),
    ("in", r"in|te|bij|im|bei|at|near|en|dans|onder|unter|among"),
)
_SKIPPED = re.compile(r"(?:(?:de|het|een|the|der|die|das|den|dem|la|le|les|l'|d'|een)\s*)+$")
_JOINED = re.compile(r"^\W*(?:(?:en|of|und|oder|and|or|et|ou)\b)?\W*(?:de |het |the |die |la |le |les |l')?$")


def words(claim: str, source: str, cosine: float) -> Iterator[str]:
    """Say how much of a Dutch claim does not come from its source."""
    there = terms(source)
    claim = speakers.without(claim)
    parts = [part for part in re.split(r",\s+|;\s+|(?<=[.?!])\s+|\s(?=en\s)", claim) if part.strip()]
    held = set(there)
    flags: list[list[bool]] = []
    for part in parts:
        said = [term for term in terms(part) if not any(char.isdigit() for char in term) and term not in _light()]
        flags.append([_stands(term, held) for term in said])
    flat = [one for part in flags for one in part]
    share = sum(flat) / len(flat) if flat else 1.0
    if flat and share < COVERED and not (share >= COVERED - 0.15 and cosine >= 0.95):
        yield f"only {share:.0%} of its words stand there"
    elif any(len(part) >= 2 and not any(part) for part in flags[1:]) or _run(flat) >= 3:
        yield "a part of it comes from nowhere"


def matters(claim: str, source: str, language: Language) -> Iterator[str]:
    """Name the matters that a claim brings up and its source does not."""
    yield from sorted(shown(folded(claim), _MATTERS, language) - shown(folded(source), _MATTERS, "nl"))


def likeness(cosine: float, language: Language) -> Iterator[str]:
    """Say when a claim and its source are too far apart, where words cannot be compared."""
    if cosine < NEAR[language]:
        yield f"likeness {cosine:.2f}"


def swapped(claim: str, source: str, mine: list[Quantity], others: list[Quantity], language: Language) -> Iterator[str]:
    """Say when two names, or two numbers with names, have changed places."""
    said, there = _mentions(claim), _mentions(source)
    keys = [key for key in said if key in there]
    for at, one in enumerate(keys):
        for other in keys[at + 1 :]:
            (a, role_a, end_a), (b, role_b, _) = said[one], said[other]
            (c, role_c, end_c), (d, role_d, _) = there[one], there[other]
            text, held = plain(claim).casefold(), plain(source).casefold()
            exchanged = role_a == role_d and role_b == role_c and role_a != role_b
            bare = role_a == role_b == role_c == role_d is None and (a < b) != (c < d)
            first, second = sorted(((a, end_a), (b, said[other][2])))
            left, right = sorted(((c, end_c), (d, there[other][2])))
            joined = _JOINED.match(text[first[1] : second[0]]) or _JOINED.match(held[left[1] : right[0]])
            if (exchanged or bare) and not joined:
                yield "two names have changed places"
    yield from _turned(folded(claim), folded(source), mine, others)
    yield from _exchanged(said, there, mine, others)
    if language == "nl":
        yield from _transposed(claim, source)


def _turned(claim: str, source: str, mine: list[Quantity], others: list[Quantity]) -> Iterator[str]:
    """From one number to another, where the source has them the other way round."""
    went = list(_steps(claim, mine))
    for first, last in _steps(source, others):
        if any(last.carries(one) and first.carries(other) for one, other in went):
            yield "from and to have changed places"


def _steps(text: str, found: list[Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    for one, other in pairwise(found):
        before, between = text[: one.start].rstrip(), text[one.end : other.start].strip()
        if re.search(r"\b(?:van|von|de|d'|from)$", before) and re.search(r"\b(?:naar|tot|op|auf|zu|a|to)$", between):
            yield one, other


def _exchanged(
    said: dict[str, tuple[int, str | None, int]],
    there: dict[str, tuple[int, str | None, int]],
    mine: list[Quantity],
    others: list[Quantity],
) -> Iterator[str]:
    """A number beside a name, where in the source each is beside another."""
    counted = [one for one in mine if one.kind in ("number", "amount")]
    held = [one for one in others if one.kind in ("number", "amount")]
    if len(held) < 2 or len(there) < 2 or len(counted) != 1 or len(said) != 1:
        return
    name = next(iter(said))
    if name not in there:
        return
    places = {key: place for key, (place, _, _) in there.items()}
    # Names and numbers of a list come in the same order: the first name with the first number.
    order = sorted(places, key=lambda key: places[key])
    rank = order.index(name)
    numbers = sorted(held, key=lambda one: one.start)
    at = next((index for index, one in enumerate(numbers) if one.carries(counted[0])), None)
    if (
        at is not None
        and at != rank
        and rank < len(numbers)
        and at < len(order)
        and numbers[rank].unit == numbers[at].unit
    ):
        yield "a number beside another name"


def _transposed(claim: str, source: str) -> Iterator[str]:
    """Two words of a sentence that have changed places while what stands between them stayed."""
    mine, others = terms(claim), terms(source)
    common = [term for term in mine if others.count(term) == 1 and mine.count(term) == 1]
    theirs = [term for term in others if term in common]
    if len(common) < 5:
        return
    differ = [at for at, (one, other) in enumerate(zip(common, theirs, strict=True)) if one != other]
    if len(differ) == 2 and differ[1] - differ[0] > 2:
        yield f"{common[differ[0]]} and {common[differ[1]]} have changed places"
    after, held = _than(claim), _than(source)
    if after and held and not after & held and after & set(others):
        yield "the two sides of a comparison have changed places"


def _than(text: str) -> set[str]:
    match = re.search(r"\bdan\b((?:\W+\w+){1,4})", folded(text))
    return set(terms(match[1])) if match else set()


def _mentions(text: str) -> dict[str, tuple[int, str | None, int]]:
    """Find the names that stand in a text once: for each key its place, the role its preposition gives, its end."""
    bare = plain(text).casefold()
    found: dict[str, tuple[int, str | None, int]] = {}
    mentions = names.everywhere(text)
    keys = [one.key for one in mentions]
    for one in mentions:
        if keys.count(one.key) > 1:
            continue  # its role is not one
        before = _SKIPPED.sub("", bare[: one.start]).rstrip()
        role = next((role for role, words in _ROLES if re.search(rf"\b(?:{words})'?$", before)), None)
        found.setdefault(one.key, (one.start, role, one.end))
    return found


@cache
def _light() -> frozenset[str]:
    return frozenset(terms(" ".join(sorted(_LIGHT))))


def _stands(term: str, held: set[str]) -> bool:
    """Tell whether a term stands in a source, by itself, in a compound, or in a like form."""
    if term in held:
        return True
    if len(term) >= 4 and any(term in other or (len(other) >= 4 and other in term) for other in held):
        return True
    return any(alike(term, other) for other in held)


def _run(flags: list[bool]) -> int:
    longest = current = 0
    for one in flags:
        current = 0 if one else current + 1
        longest = max(longest, current)
    return longest
