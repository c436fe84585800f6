"""Numbers, dates, amounts and shares, whatever their spelling: "twee derde", "anderhalf miljoen", "le 1er octobre"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from raadpleeg.answering.verifying.wording import folded
from raadpleeg.indexing.words import MONTHS, terms
from raadpleeg.records import Language

_SCALES: dict[Language, dict[str, int]] = {
    "nl": {"duizend": 3, "miljoen": 6, "mln": 6, "miljard": 9, "mld": 9, "mrd": 9, "biljoen": 12},
    "de": {"tausend": 3, "million": 6, "millionen": 6, "mio": 6, "milliarde": 9, "milliarden": 9, "mrd": 9},
    "fr": {"mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9, "md": 9, "mrd": 9},
    "en": {"thousand": 3, "million": 6, "m": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12},
}
_UNITS = {
    "share": r"%|procent\w*|percent\w*|prozent\w*|pour cent|per cent|pct",
    "euro": r"euro?s?|eur|€",
    "dollar": r"dollars?|usd|\$",
    "second": r"secon\w*|sekund\w*",
    "minute": r"minu\w*",
    "hour": r"uur|uren|stunden?|heures?|hours?",
    "day": r"dag(?:en)?|tage?n?|jours?|days?|(?:werk)?dagen",
    "week": r"we(?:ek|ken)|wochen?|semaines?|weeks?",
    "month": r"maand(?:en)?|monate?n?|mois|months?",
    "year": r"jaa?r(?:en|ige?)?|jahre?n?|ans?|annees?|years?",
}
_UNIT = re.compile("|".join(rf"(?P<{name}>(?:{words})(?!\w))" for name, words in _UNITS.items()))
_MONTH = {name: number for number, names in enumerate(MONTHS, 1) for name in map(folded, names)}
_MONTHS = "|".join(_MONTH)
_DIGITS = r"\d{1,3}(?:[ .,']\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_NUMERIC_DATE = re.compile(r"\b(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\5(\d{4}))\b")
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}}|premier|eerste|first|erste\w)(?:\.|er|e|de|ste|st|nd|rd|th)?\s(?:of )?({_MONTHS})\b"
)
_MONTH_DAY = re.compile(rf"\b({_MONTHS}) (\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,]?\d)")
_ONLY_MONTH = re.compile(rf"\b({_MONTHS})\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)[-/](?:(?:19|20))?(\d\d)\b")
_CODE = re.compile(r"\b(?:[a-z]{1,3}-?\d+[a-z]?|\d+(?!e\b)[a-z])\b")
_NUMBER = re.compile(rf"(?<![\w.,])(?P<before>[€$]|eur )?\s*(?P<digits>{_DIGITS})(?:ste|de|e|er|st|nd|rd|th)?(?!\w)")
_REFERRED = re.compile(
    r"\b(?:artikel\w*|art\.?|lid|nr|nrs|no|n°|nos|nummer|dossier\w*|kamerstuk\w*|absatz|abs|paragra\w*|article\w*"
    r"|alinea|hoofdstuk|bijlage|vraag|motie\S*|motion|antrag|dossiernummer)\W{0,3}(?:\w+ )?[(\s]*$"
)

_FRACTIONS: dict[Language, tuple[tuple[str, Fraction], ...]] = {
    "nl": (
        (r"drie ?kwart", Fraction(3, 4)),
        (r"kwart", Fraction(1, 4)),
        (r"(?:twee|2) ?derde", Fraction(2, 3)),
        (r"(?:een|1) ?derde", Fraction(1, 3)),
        (r"(?:een|1) ?vijfde", Fraction(1, 5)),
        (r"helft|gehalveerd\w*|halveer\w*|halvering|halveren", Fraction(1, 2)),
    ),
    "de": (
        (r"drei ?viertel", Fraction(3, 4)),
        (r"(?:ein\w* )?viertel", Fraction(1, 4)),
        (r"zwei ?drittel", Fraction(2, 3)),
        (r"(?:ein\w* )?drittel", Fraction(1, 3)),
        (r"(?:ein\w* )?funftel", Fraction(1, 5)),
        (r"halfte|halbier\w*|halbierung", Fraction(1, 2)),
    ),
    "fr": (
        (r"trois[ -]quarts", Fraction(3, 4)),
        (r"quart", Fraction(1, 4)),
        (r"deux[ -]tiers", Fraction(2, 3)),
        (r"(?:un|d'un) tiers", Fraction(1, 3)),
        (r"un cinquieme", Fraction(1, 5)),
        (r"moitie", Fraction(1, 2)),
    ),
    "en": (
        (r"three[ -]quarters", Fraction(3, 4)),
        (r"(?:a|one)[ -]quarter", Fraction(1, 4)),
        (r"two[ -]thirds", Fraction(2, 3)),
        (r"(?:a|one)[ -]third", Fraction(1, 3)),
        (r"(?:a|one)[ -]fifth", Fraction(1, 5)),
        (r"half(?! a million)|halv(?:ed|es|ing)", Fraction(1, 2)),
    ),
}
_HALVES = re.compile(
    r"\b(?:(?P<more>anderhal(?:f|ve)|anderthalb\w*|eineinhalb\w*|one and a half|un(?:e)? et demie?)"
    r"|(?P<half>(?:een )?half|(?:ein\w* )?halbe\w?|half an?|(?:un )?demi)) ?-?(?=mi|mld|mrd|jaar|jahr|year|an\b|bi)"
)
_ORDINALS = (
    (2, "tweede zweite zweiten zweiter deuxieme second"),
    (3, "derde dritte dritten dritter troisieme third"),
    (4, "vierde vierte vierten quatrieme fourth"),
    (5, "vijfde funfte funften cinquieme fifth"),
    (6, "zesde sechste sechsten sixieme sixth"),
    (7, "zevende siebte siebten septieme seventh"),
    (8, "achtste achten huitieme eighth"),
    (9, "negende neunte neunten neuvieme ninth"),
    (10, "tiende zehnte zehnten dixieme tenth"),
)
_ORDINAL = re.compile(
    rf"\b({'|'.join('|'.join(words.split()) for _, words in _ORDINALS)})\b"
    r"(?! (?:kamer|kammer|chambre|chamber|wereldoorlog|weltkrieg|world))"
)
_VERB = re.compile(r"acht (?:ik|het|de|dit|dat|zich|deze|een|hij|zij|wij)\b")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a claim and its source can share it; `readings` holds more than one value where marks are unclear."""

    text: str
    readings: frozenset[Fraction | str]
    unit: str | None
    kind: str
    """number, date, amount or reference"""
    start: int
    end: int

    def carries(self, other: Quantity) -> bool:
        """Tell whether this says what `other` says; a whole date carries its month."""
        if other.unit == "month name" and self.unit == "date":
            return any(int(one) // 100 in other.readings for one in self.readings)
        if not self.readings & other.readings:
            return False
        strict = {"date", "month name", "share", "code"}
        if self.unit == other.unit:
            return True
        return not {self.unit, other.unit} & strict and None in (self.unit, other.unit)


def quantities(text: str, language: Language) -> list[Quantity]:
    """Find every number of a text, in order; the article "one" is none."""
    if language == "en":
        text = re.sub(r"\bmay\b", "can", text)  # the month has a capital
    lowered = re.sub(r"(?<=[a-z])(?=maal\b)", " ", folded(text))  # "tweemaal"
    found: list[Quantity] = []
    for finder in (_dates, _codes, _fractions, _numerals, _spelled_out):
        for one in finder(lowered, language):
            found.append(one)
            lowered = lowered[: one.start] + "\0" * (one.end - one.start) + lowered[one.end :]
    return sorted(found, key=lambda one: one.start)


def missing(claim: list[Quantity], source: list[Quantity]) -> Iterator[Quantity]:
    """Give the numbers of a claim that its source does not hold."""
    for one in claim:
        if not any(other.carries(one) for other in source):
            yield one


def misplaced(claim: str, source: str, mine: list[Quantity], others: list[Quantity]) -> Iterator[Quantity]:
    """Give numbers that stand in the source, but with other words: those of a claim in Dutch that are another number's.

    Each content word of the source belongs to the number nearest to it, a clause away being far.
    """
    if len(others) < 2 or not mine:
        return
    text = folded(source)
    places = [(word.start(), set(terms(word[0]))) for word in re.finditer(r"[^\W\d_]{3,}", text)]
    owned: dict[int, set[str]] = {at: set() for at in range(len(others))}
    for place, stems in places:
        distances = [_distance(text, place, other) for other in others]
        owned[distances.index(min(distances))] |= stems
    said = set(terms(re.sub(r"\d", " ", claim)))
    rivals = [at for at, other in enumerate(others) if not any(other.carries(one) for one in mine)]
    for one in mine:
        own = [at for at, other in enumerate(others) if other.carries(one)]
        same = [at for at in rivals if own and others[at].unit == others[own[0]].unit]
        shared = max((len(said & owned[at]) for at in own), default=0)
        for at in same:
            # Words that belong to one number only speak for it.
            theirs = owned[at] - set().union(*(owned[mine_at] for mine_at in own))
            if own and len(said & theirs) >= 2 and len(said & theirs) > 2 * shared:
                yield one
                break


def _distance(text: str, place: int, other: Quantity) -> int:
    between = text[min(place, other.end) : max(place, other.start)]
    return len(between.split()) + 6 * len(re.findall(r"[,;:]\s", between)) + 20 * len(re.findall(r"[.?!]\s", between))


def _dates(text: str, language: Language) -> Iterator[Quantity]:
    taken: list[tuple[int, int]] = []
    for match in _NUMERIC_DATE.finditer(text):
        year, month, day, first, _, second, last = match.groups()
        numbers = (int(day), int(month), int(year)) if year else (int(first), int(second), int(last))
        # "17-2-2026" is one date and one year, which a claim may give apart.
        middle = match.end() - 4 if not year else match.start() + 4
        spans = (
            ((match.start(), middle), (middle, match.end()))
            if not year
            else ((middle, match.end()), (match.start(), middle))
        )
        yield _date(text, numbers[0], numbers[1], *spans[0])
        yield Quantity(str(numbers[2]), frozenset({Fraction(numbers[2])}), None, "date", *spans[1])
        taken.append(match.span())
    for match in _DAY_MONTH.finditer(text):
        day = int(match[1]) if match[1].isdigit() else 1
        if not _inside(match.start(), taken):
            yield _date(text, day, _MONTH[match[2]], *match.span())
            taken.append(match.span())
    for match in _MONTH_DAY.finditer(text):
        if not _inside(match.start(), taken):
            yield _date(text, int(match[2]), _MONTH[match[1]], *match.span())
            taken.append(match.span())
    for match in _ONLY_MONTH.finditer(text):
        if not _inside(match.start(), taken):
            month = frozenset({Fraction(_MONTH[match[1]])})
            yield Quantity(match[0], month, "month name", "date", *match.span())


def _date(text: str, day: int, month: int, start: int, end: int) -> Quantity:
    return Quantity(text[start:end], frozenset({Fraction(100 * month + day)}), "date", "date", start, end)


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _codes(text: str, language: Language) -> Iterator[Quantity]:
    for match in _CODE.finditer(text):
        letters = match[0].replace("-", "")
        if not letters.endswith("h") and not re.fullmatch(r"(?:nr|no|n|eur|abs|art|m|p|km)\d+", letters):
            yield Quantity(match[0], frozenset({letters}), "code", "reference", *match.span())


def _fractions(text: str, language: Language) -> Iterator[Quantity]:
    taken: list[tuple[int, int]] = []
    for words, value in _FRACTIONS[language]:
        for match in re.finditer(rf"\b(?:{words})\b(?! (?:lid|kamer))", text):
            if not _inside(match.start(), taken) and not _inside(match.end() - 1, taken):
                taken.append(match.span())
                yield Quantity(match[0], frozenset({value}), "share", "number", *match.span())


def _numerals(text: str, language: Language) -> Iterator[Quantity]:
    for match in _YEARS.finditer(text):
        first, second = int(match[1]), int(match[1][:2] + match[2])
        yield Quantity(match[1], frozenset({Fraction(first)}), None, "date", match.start(), match.start() + 4)
        yield Quantity(match[2], frozenset({Fraction(second)}), None, "date", match.start() + 4, match.end())
    text = _YEARS.sub(lambda match: "\0" * len(match[0]), text)
    for match in _HALVES.finditer(text):
        value = Fraction(3, 2) if match["more"] else Fraction(1, 2)
        yield _measured(text, match.start(), match.end(), frozenset({value}), None, language)
    for match in _NUMBER.finditer(text):
        yield _measured(
            text, match.start(), match.end("digits"), _readings(match["digits"], language), match["before"], language
        )


def _spelled_out(text: str, language: Language) -> Iterator[Quantity]:
    known = _spelled(language)
    tokens = list(re.finditer(r"[a-z]+", text))
    at = 0
    while at < len(tokens):
        for length in range(min(6, len(tokens) - at), 0, -1):
            first, last = tokens[at], tokens[at + length - 1]
            between = text[first.start() : last.end()]
            words = between.replace("-", " ")
            if words in known and not _VERB.match(text, first.start()):
                yield _measured(text, first.start(), last.end(), frozenset({Fraction(known[words])}), None, language)
                at += length
                break
        else:
            at += 1
    for match in _ORDINAL.finditer(text):
        number = next(number for number, words in _ORDINALS if match[1] in words.split())
        yield Quantity(match[0], frozenset({Fraction(number)}), None, "number", *match.span())


def _measured(
    text: str, start: int, end: int, readings: frozenset[Fraction], before: str | None, language: Language
) -> Quantity:
    """Read on after a number: the scale ("mln."), then what it counts."""
    rest = re.match(r"[ -]?([a-z]+)\b\.?", text[end:])
    kind = "number"
    if rest and rest[1] in _SCALES[language]:
        scale = 10 ** _SCALES[language][rest[1]]
        readings, end = frozenset(one * scale for one in readings), end + rest.end()
    unit = None
    year = all(1900 <= one <= 2100 for one in readings)
    follows = re.match(r"(?:[ -]|d'|de )*", text[end:])
    named = _UNIT.match(text, end + (follows.end() if follows else 0))
    if before:
        unit = "dollar" if before == "$" else "euro"
    elif named and not year:
        unit = named.lastgroup
        end = named.end() if unit in ("share", "euro") else end
    if unit == "share":
        readings = frozenset(one / 100 for one in readings)
    if unit in ("euro", "dollar"):
        kind = "amount"
    elif _REFERRED.search(text[:start]):
        kind = "reference"
    elif year and unit is None:
        kind = "date"
    return Quantity(text[start:end].strip(" \0"), frozenset(readings), unit, kind, start, end)


def _readings(digits: str, language: Language) -> frozenset[Fraction]:
    """Give the values that a number in digits may have: "1.275" is 1275, and in English 1.275 as well."""
    digits = digits.replace(" ", "").replace("'", "")
    marks = [char for char in digits if char in ".,"]
    if not marks:
        return frozenset({Fraction(digits)})
    bare = digits.replace(".", "").replace(",", "")
    whole, part = re.split(r"[.,](?=\d+$)", digits)
    decimal = Fraction(re.sub(r"\D", "", whole) + "." + part)
    if len(set(marks)) > 1:
        return frozenset({decimal})
    if len(marks) > 1:
        return frozenset({Fraction(bare)})
    if len(part) != 3:
        return frozenset({decimal})
    own = "." if language == "en" else ","
    return frozenset({decimal}) if marks[0] == own and whole in ("0", "00") else frozenset({Fraction(bare)})


@cache
def _spelled(language: Language) -> dict[str, int]:
    """Spell the numbers from 2 to 999999, as far as they are written as one; 1 is an article too often."""
    small = {word: number for number, word in enumerate(_BELOW_TWENTY[language].split()) if number > 1}
    ones = dict(enumerate(_BELOW_TWENTY[language].split()))
    tens = dict(zip(range(20, 100, 10), (word.replace("_", " ") for word in _TENS[language].split()), strict=True))
    below = {number: [word] for word, number in small.items()}
    for ten, word in tens.items():
        below.setdefault(ten, []).append(word)
        for one in range(1, 10):
            if language == "nl":
                below.setdefault(ten + one, []).append(f"{ones[one]}en{word}")
            elif language == "de":
                below.setdefault(ten + one, []).append(f"{'ein' if one == 1 else ones[one]}und{word}")
            elif language == "en":
                below.setdefault(ten + one, []).append(f"{word} {ones[one]}")
            else:
                base, rest = (ten - 10, one + 10) if ten in (70, 90) else (ten, one)
                stem = tens[base].removesuffix("s") if base == 80 else tens[base]
                joint = " et " if one == 1 and ten < 80 else " "
                below.setdefault(ten + one, []).append(f"{stem}{joint}{ones[rest]}")
    hundred = {"nl": "honderd", "de": "hundert", "fr": "cent", "en": "hundred"}[language]
    gap = " " if language in ("fr", "en") else ""
    whole = {number: list(words) for number, words in below.items()}
    for count in range(1, 10):
        heads = [f"{ones[count]}{gap}{hundred}"] if count > 1 or language in ("de", "en") else []
        heads += [hundred] if count == 1 and language != "en" else []
        heads += [f"a {hundred}"] if count == 1 and language == "en" else []
        heads = ["ein" + hundred if head == "eins" + hundred else head for head in heads]
        whole.setdefault(100 * count, []).extend(heads + ([f"{head}s" for head in heads] if language == "fr" else []))
        for number, words in below.items():
            joints = {"nl": ("", "en"), "de": ("", "und"), "fr": (" ",), "en": (" and ", " ")}[language]
            whole.setdefault(100 * count + number, []).extend(
                f"{head}{joint}{word}" for head in heads for joint in joints for word in words
            )
    known = {word: number for number, words in whole.items() for word in words}
    if language in ("nl", "de"):
        thousand = "duizend" if language == "nl" else "tausend"
        known |= {f"{word}{thousand}": 1000 * number for word, number in known.items()} | {thousand: 1000}
    if language == "fr":
        known.pop("cent", None)  # "pour cent"
        known |= {"mille": 1000}
    return {word.replace("-", " "): number for word, number in known.items()}


_BELOW_TWENTY: dict[Language, str] = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien "
    "achttien negentien",
    "de": "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn "
    "siebzehn achtzehn neunzehn",
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
}
_TENS: dict[Language, str] = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "de": "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante soixante_dix quatre_vingts quatre_vingt_dix",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
