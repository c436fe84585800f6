"""Who asks, answers, signs and is written to, and when: as the paper's own words say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from raadpleeg.reading.headings import Part
from raadpleeg.records import Person

DATE = r"(\d{1,2}) ([a-z]{3,9}) (\d{4})"
OFFICES = r"(?:[Mm]inister(?:-[Pp]resident)?|[Ss]taatssecretaris|[Vv]oorzitter|[Gg]riffier|[Vv]icepresident)"

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_SIGNED = re.compile(rf"(?:De|Het) ({OFFICES}\b[^.;:?!]*?),?")
_ADDRESSEE = re.compile(
    rf"Aan (?:de|het) ({OFFICES}\b.{{0,150}}|(?:leden|fracties|commissie)\b.{{0,150}}|(?:Tweede|Eerste) Kamer.*)",
    re.DOTALL,
)
_TO = rf"(?: aan (?:de|het) {OFFICES}\b)"
_ASKED_BY = re.compile(
    r"Vragen (?:van|gesteld door) (?:de |het )?((?:leden|lid|Kamerleden|Kamerlid)\b(?! der Kamer).+?)"
    rf"(?:{_TO}.*| over .*| \((?:ingezonden|Ingezonden).*)?",
    re.DOTALL,
)
_ANSWERED_BY = re.compile(
    rf"(?:Antwoord|Mededeling|Nader antwoord|Herzien antwoord) van (?:de )?({OFFICES}\b.+?)"
    r"(?: \((?:ontvangen|Ontvangen).*)?",
    re.DOTALL,
)
_NAMED = r"[^.;:()]{2,60}\([^()]{2,40}\)"
_ASKED_IN_PROSE = re.compile(
    rf"\b[Vv]ragen (?:van|gesteld door|die zijn gesteld door) (?:het |de )"
    rf"((?:lid|leden|Kamerlid|Kamerleden) {_NAMED}(?:(?:,| en) (?:het lid |de leden )?{_NAMED})*)"
)
_GOVERNMENT = re.compile(r"(?:de |het )?(?:minister|staatssecretaris|kabinet|regering)", re.IGNORECASE)
_ASKED_ON = re.compile(rf"\b[Ii]ngezonden (?:op )?{DATE}")
_ANSWERED_ON = re.compile(rf"\b[Oo]ntvangen (?:op )?{DATE}")
_PARTICLE = r"(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Tt]er|[Tt]en|[Ee]l|[Vv]on|in ’t|’t)"
_MEMBER = re.compile(rf"((?:{_PARTICLE} )*[A-ZÀ-Þ][\w’.-]*(?: [A-ZÀ-Þ][\w’.-]*)*) \(([^()]{{2,40}})\)")
_WORD = rf"(?:[A-ZÀ-Þ][\w’.-]*|{_PARTICLE}|in|en)"
_NAME = re.compile(rf"(?:(?:drs?|mr|ing|ir|prof)\.? )*(?:[A-ZÀ-Þ][a-z]?\.\s?)*{_WORD}(?: {_WORD})*")
_MINISTER = re.compile(rf"({OFFICES}) ([A-ZÀ-Þ][\w’ .-]+?) \(([^()]+)\)")

_PARTY = r"(?:Partij voor de Dieren|Fractie-[A-Z][\w -]*?|[A-Z0-9][\w+]*(?:-[A-Z][\w+]*)*)"
_FRACTIES = re.compile(
    rf"[Dd]e leden van (?:de |het )?"
    rf"(fracties? van (?:de |het )?{_PARTY}(?:(?:, | en )(?:de |het )?{_PARTY})*"
    rf"|{_PARTY}(?:-fractie)?(?:(?:, | en )(?:de |het )?{_PARTY}(?:-fractie)?)*(?:-| )?fracties?"
    rf"|{_PARTY}-fractie(?:(?:, | en )(?:de |het )?{_PARTY}(?:-fractie)?)*)"
)
_ABOUT = re.compile(r"(?:Vragen|Antwoord(?:en)?|Beantwoording|Inbreng|Reactie|Verslag|Naar aanleiding)\b")
"""Words that speak of a fractie's questions; the fractie itself does not."""
OPENING = 80
"""Characters at the beginning of a paragraph in which a fractie takes the word."""


def iso(day: str, month: str, year: str) -> str | None:
    """Write a Dutch date as ISO 8601, or None where it is none."""
    known = month in MONTHS and 1 <= int(day) <= 31
    return f"{year}-{MONTHS.index(month) + 1:02}-{int(day):02}" if known else None


def date_in(text: str) -> str | None:
    """Give the first date in words."""
    return next((day for found in re.finditer(DATE, text) if (day := iso(*found.groups()))), None)


def signing(part: Part) -> str | None:
    """Give the office that signs here ("De staatssecretaris van Financiën,")."""
    found = _SIGNED.fullmatch(part.text)
    return found[1] if found and part.text.endswith(",") and len(part.text) < 200 else None


def addressee(part: Part) -> str | None:
    """Give to whom a letter is written ("Aan de Voorzitter van de Tweede Kamer der Staten-Generaal")."""
    found = _ADDRESSEE.fullmatch(part.text)
    return found[1].strip() if found else None


def is_government(speaker: str) -> bool:
    """Tell whether someone speaks for the government; questions are never its own words."""
    return bool(_GOVERNMENT.match(speaker))


def asked_in_prose(part: Part) -> str | None:
    """Give who asked, from a letter that says so ("de vragen van het lid Jansen (VVD) over …")."""
    found = _ASKED_IN_PROSE.search(part.text)
    return found[1] if found else None


def asking(part: Part) -> str | None:
    """Give who asks, from the line above written questions."""
    found = _ASKED_BY.fullmatch(part.text)
    return found[1].strip() if found else None


def answering(part: Part) -> str | None:
    """Give who answers, from the line above the answers to written questions."""
    found = _ANSWERED_BY.fullmatch(part.text)
    return found[1].strip() if found else None


def fractie(text: str) -> str | None:
    """Give which fracties take the word at the beginning of a paragraph ("leden van de VVD-fractie")."""
    found = None if _ABOUT.match(text) else _FRACTIES.search(text[: 4 * OPENING])
    return f"leden van de {found[1]}" if found and found.start() <= OPENING else None


def speaking_under(heading: str) -> str | None:
    """Give whose words stand under a heading: "Vragen van de leden van de VVD-fractie", "Reactie van de minister"."""
    answers = re.search(rf"\b(?:[Aa]ntwoord|[Rr]eactie|[Bb]eantwoording) van de ({OFFICES}\b.*)", heading)
    if answers:
        return answers[1]
    found = _FRACTIES.search(heading)
    return f"leden van de {found[1]}" if found else None


def asked_and_answered(text: str) -> tuple[str | None, str | None]:
    """Give the dates on which questions were sent in and their answer came."""
    asked, answered = _ASKED_ON.search(text), _ANSWERED_ON.search(text)
    return (iso(*asked.groups()) if asked else None), (iso(*answered.groups()) if answered else None)


def people_in(parts: Sequence[Part]) -> tuple[Person, ...]:
    """Give who asks, answers and signs, each once."""
    found: dict[Person, None] = {}
    for index, part in enumerate(parts):
        if who := asking(part):
            found.update(dict.fromkeys(_members(who)))
        if who := answering(part):
            named = [Person(name, "answers", office=f"{office} ({of})") for office, name, of in _MINISTER.findall(who)]
            found.update(dict.fromkeys(named or [Person(who, "answers")]))
        if (office := signing(part)) and index + 1 < len(parts):
            name = parts[index + 1].text
            if len(name) < OPENING and _NAME.fullmatch(name):
                found[Person(name, "signs", office=office)] = None
    return tuple(found)


def _members(who: str) -> Iterable[Person]:
    both = re.search(r"\(beiden ([^()]+)\)", who)
    if both:
        names = re.sub(r"^(?:leden|lid|Kamerleden|Kamerlid) ", "", who[: both.start()])
        return [Person(name.strip(), "asks", party=both[1]) for name in re.split(r",| en ", names) if name.strip()]
    return [
        Person(name, "asks", party=party)
        for name, party in _MEMBER.findall(re.sub(r"^(?:leden|lid|Kamerleden|Kamerlid) ", "", who))
    ]
