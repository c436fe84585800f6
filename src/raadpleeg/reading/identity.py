"""What identifies a paper: chamber, year, dossiers, number, kind, title, dates, people; from the text itself.

The head of the paper goes before the identifier that its publisher put into the file, and that before the file's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from raadpleeg.reading import people
from raadpleeg.reading.casing import ordinary
from raadpleeg.reading.headings import LONGEST_HEADING, Part, is_notice, parts_of
from raadpleeg.reading.manuscript import Layout
from raadpleeg.records import Metadata, Unit

HEAD = 1500
"""Characters at the beginning in which the paper says what it is."""
HEAD_PARTS = 15
LONGEST_TITLE = 200
"""Characters; what is longer is cut at a word, with an ellipsis."""

ANSWERED = "Schriftelijke vragen met antwoord"
DELAYED = "Schriftelijke vragen met uitstelbericht"
ASKED = "Schriftelijke vragen"
DEBATE = "Handelingen"

_DOSSIER = r"\d{2}[ .\u00a0]?\d{3}(?:[ -]\(?[IVXLC]+\)?(?![\w.]))?"
_DOSSIERS = re.compile(rf"({_DOSSIER}(?:(?:, ?| en | ?/ ?){_DOSSIER})*)(?: (\S.*))?", re.DOTALL)
_NUMBERED = re.compile(r"(?:Nr\. ?(\d{1,4}[A-Z]?)|([A-Z]{1,3})) (?=[A-ZÀ-Þ]{3})([A-ZÀ-Þ0-9 ,;:.()’'–/-]{4,})")
_YEAR = re.compile(r"[Vv]ergaderjaar (\d{4})\s?[-–/]\s?(\d{2,4})")
_SETTLED = re.compile(rf"(?:Vastgesteld|Ontvangen|Voorgesteld|Den Haag,|[’']s-Gravenhage,)(?: op)? {people.DATE}")
_PUBLISHED = re.compile(
    r"(?:^|/)(?P<form>kst|ah|kv|h|nds|blg|ag)-(?:(?P<house>tk|ek)-)?(?P<rest>[\dA-Za-z]+(?:-[\dA-Za-z]+)*)$"
)
_KST = re.compile(r"(\d{5}(?:-[IVXLC]+(?=-))?(?:-\d{5}(?:-[IVXLC]+(?=-))?)*)-([A-Z]{1,3}|\d{1,4})(?:-[hn]\d)?$")
_SUBJECT = re.compile(r"(?:Document|Betreft|Onderwerp):? (\S.{5,300})", re.DOTALL)
_LISTED = re.compile(r"(Besluitenlijst|Convocatie|Stenogram)\b.*")
_SHORT_TITLE = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)?)\)\.?$")


@dataclass(frozen=True, slots=True)
class _Published:
    """What an identifier ("kst-35714-O", "ah-tk-20232024-1314", "h-tk-20172018-61-10") says."""

    form: str | None = None
    chamber: Literal["I", "II"] | None = None
    year: str | None = None
    dossiers: tuple[str, ...] = ()
    number: str | None = None


def identify(document: str, layout: Layout) -> Metadata:
    """Read what identifies the paper; `document` is the name of its file without the suffix."""
    parts = parts_of(layout)
    head = parts[:HEAD_PARTS]
    text = layout.text[:HEAD]
    published = _published(layout.publication) or _published(document) or _Published()
    dossiers, _ = _dossier_line(head)
    number, kind = _number_line(head)
    year = _YEAR.search(text)
    questions = _written_questions(parts, head, published)
    asked, answered = people.asked_and_answered(layout.text[: 2 * HEAD]) if questions else (None, None)
    settled = _SETTLED.search(text)
    return Metadata(
        chamber=_chamber(text, head, number) or published.chamber,
        year=f"{year[1]}-{year[1][: 4 - len(year[2])]}{year[2]}" if year else published.year,
        dossiers=(() if questions else dossiers) or published.dossiers,
        number=number or published.number or (_appendix_number(head) if questions else None),
        kind=questions or kind or (DEBATE if published.form == "h" else _named_kind(head)),
        date=answered or asked or (people.iso(*settled.groups()) if settled else _dateline(head)),
        asked=asked,
        answered=None if questions == DELAYED else answered,
        people=people.people_in(parts),
    )


def title_of(document: str, layout: Layout, units: tuple[Unit, ...], metadata: Metadata) -> str:
    """Give the name that the paper has for itself; where it has none, its first letter, heading or file name."""
    parts = parts_of(layout)
    head = parts[:HEAD_PARTS]
    if metadata.kind in (ANSWERED, DELAYED, ASKED):
        line = next((part.text for part in head if people.asking(part)), None)
        if line:
            about = re.search(r" (over .*?)(?: \((?:ingezonden|Ingezonden)|$)", line, re.DOTALL)
            who = next((asker for part in head if (asker := people.asking(part))), "")
            return _cut(f"Vragen van {_with_article(who)} {about[1] if about else ''}".strip())
    _, about_dossier = _dossier_line(head)
    if metadata.kind and not _LISTED.fullmatch(metadata.kind):
        short = _SHORT_TITLE.search(about_dossier or "")
        subject = short[1] if short else about_dossier
        agenda = next((unit.label for unit in units if unit.kind == "section"), None)
        subject = subject or (agenda if metadata.kind == DEBATE else None)
        return _cut(f"{metadata.kind} ({subject})" if subject else metadata.kind)
    named = next((found[1] for part in head if (found := _SUBJECT.fullmatch(part.text))), None)
    if named:
        return _cut(named)
    first = next((unit.label for unit in units if unit.kind in ("letter", "section", "motion")), None)
    return _cut(first or next((part.text for part in parts if len(part.text) <= LONGEST_HEADING), document))


def _chamber(text: str, head: Sequence[Part], number: str | None) -> Literal["I", "II"] | None:
    named = re.search(r"\b(Eerste|Tweede) Kamer der Staten-Generaal", text[:300])
    if named and any(part.text.startswith(named[0]) for part in head[:3]):
        return "I" if named[1] == "Eerste" else "II"
    if number:
        # The Senate numbers the papers of a dossier with letters, the House with figures.
        return "II" if number[0].isdigit() else "I"
    return None


def _dossier_line(head: Sequence[Part]) -> tuple[tuple[str, ...], str | None]:
    """Read "36 450 Regels omtrent …": the dossiers and what they are about."""
    for part in head:
        found = _DOSSIERS.fullmatch(part.text)
        if found and (found[2] is None or found[2][0].isupper()):
            numbers = tuple(_plain(one) for one in re.findall(_DOSSIER, found[1]))
            return numbers, " ".join(found[2].split()) if found[2] else None
    return (), None


def _plain(dossier: str) -> str:
    """Write a dossier without the white in it; the chapter of a budget stays ("36410-VI")."""
    figures = re.sub(r"\D", "", dossier)
    chapter = re.search(r"[IVXLC]+", dossier)
    return f"{figures}-{chapter[0]}" if chapter else figures


def _number_line(head: Sequence[Part]) -> tuple[str | None, str | None]:
    """Read "Nr. 6 NOTA NAAR AANLEIDING VAN HET VERSLAG" or "O VERSLAG VAN …": the number and the kind."""
    for part in head:
        if found := _NUMBERED.fullmatch(part.text):
            return found[1] or found[2], ordinary(re.sub(r"(?<!\bC\.S)\.$", "", found[3].strip()))
    return None, None


def _named_kind(head: Sequence[Part]) -> str | None:
    """Tell a paper of a committee by its first word."""
    subjects = (found[1] if (found := _SUBJECT.fullmatch(part.text)) else part.text for part in head)
    return next((found[1] for subject in subjects if (found := _LISTED.fullmatch(subject))), None)


def _written_questions(parts: Sequence[Part], head: Sequence[Part], published: _Published) -> str | None:
    """Tell whether these are written questions, and what came in answer."""
    if not any(people.asking(part) for part in head) or (published.form not in (None, "ah", "kv")):
        return None
    line = next((part.text for part in head if people.answering(part)), None)
    if line is None:
        return ASKED if published.form == "kv" else None
    return DELAYED if line.startswith("Mededeling") or any(is_notice(part) for part in parts) else ANSWERED


def _appendix_number(head: Sequence[Part]) -> str | None:
    return next((part.text for part in head if re.fullmatch(r"\d{1,4}", part.text)), None)


def _dateline(head: Sequence[Part]) -> str | None:
    """Give the date of a letter without a head ("Den Haag, 7 juli 2023", "Datum 7 juli 2023")."""
    for part in head:
        if len(part.text) < LONGEST_HEADING / 2 and re.fullmatch(rf"(?:.*[,:] ?|Datum:? )?{people.DATE}", part.text):
            return people.date_in(part.text)
    return None


def _published(identifier: str | None) -> _Published | None:
    found = _PUBLISHED.search(identifier or "")
    if not found:
        return None
    form, house, rest = found["form"], found["house"], found["rest"]
    chamber: Literal["I", "II"] | None = {"tk": "II", "ek": "I"}.get(house)  # type: ignore[assignment]
    if form == "kst":
        paper = _KST.fullmatch(rest)
        if not paper:
            return None
        number = paper[2]
        dossiers = tuple(re.findall(r"\d{5}(?:-[IVXLC]+)?", paper[1]))
        return _Published(form, "II" if number[0].isdigit() else "I", None, dossiers, number)
    dated = re.fullmatch(r"(\d{4})(\d{4})-(.+)", rest)
    if dated:
        return _Published(form, chamber, f"{dated[1]}-{dated[2]}", (), dated[3])
    return _Published(form, chamber, None, (), rest)


def _with_article(who: str) -> str:
    return f"het {who}" if who.startswith(("lid", "Kamerlid")) else f"de {who}"


def _cut(title: str) -> str:
    title = " ".join(title.split())
    return title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
