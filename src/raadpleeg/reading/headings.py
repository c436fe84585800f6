"""What a paragraph opens: a letter, a question, an answer, an article, a section, a motion, a list of members.

Every rule looks at one paragraph and its neighbours. Where a format tells headings (a level, bold type), that counts;
in a plain text only the shape of the words does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from raadpleeg.reading.manuscript import Layout, Style
from raadpleeg.reading.numbering import NUMBERS, numbers_in

LONGEST_HEADING = 160
"""Characters; a longer paragraph without a full stop is still prose."""
LONGEST_RUN = 3
"""More bold paragraphs than these in a row are the head of a table."""

_DATE = r"\d{1,2} [a-z]{3,9} \d{4}"
_STOP = re.compile(r"[.?!:;,][\"'”’»)\]]*$")
_LETTER = re.compile(r"(?:(?:Nr\. ?\d{1,4}|[A-Z]{1,3}) )?(BRIEF VAN (?:DE|HET|HAAR|ZIJNE)? ?[A-ZÀ-Þ ,;:.()’'–-]+)")
_LETTER_TITLE = re.compile(
    r"Brief van (?:de|het) (?:minister|staatssecretaris|voorzitter|vaste|commissie|griffier)[^.?!]*", re.I
)
_SALUTATION = re.compile(r"(?:Geachte|Zeer geachte|Hooggeachte) (?:heer |mevrouw |heer/mevrouw )?[Vv]oorzitter")
_NOTE = re.compile(r"(?:nota|beslisnota|memo|oplegnotitie)\b", re.IGNORECASE)
_ANNEX = re.compile(r"(?:BIJLAGE|Bijlage)(?: (?:\d{1,2}|[IVX]{1,4}|[A-Z]))?(?:[:. –-].{0,120})?")
_QUESTION = re.compile(rf"Vra(?:ag|gen)(?: nr\.?| nummer)? \(?{NUMBERS}\)?", re.IGNORECASE)
_ANSWER = re.compile(
    rf"(?:Antwoord(?:en)?|Beantwoording)(?: op)?(?: de)?(?: vra(?:ag|gen))?(?: nr\.?| nummer)? \(?{NUMBERS}\)?",
    re.IGNORECASE,
)
_ANSWER_ALONE = re.compile(r"Antwoord(?:en)?(?: van (?:de|het) [^.?!]{1,80})?", re.IGNORECASE)
_QUESTION_ALONE = re.compile(r"Vraag", re.IGNORECASE)
_BARE = re.compile(rf"{NUMBERS}\.?")
_ITEM = re.compile(r"(\d{1,3})[.)]\s")
_ARTICLE = re.compile(
    r"(?:Artikel|ARTIKEL|Art\.) ?(\d{1,4}[a-z]{0,2}|[IVXL]{1,6})\b"
    r"(?:, (?:(?:\w+ )?lid|onderdeel|aanhef)[^.?!;:]{0,40}|[.:]?(?: (.*))?)"
)
_PART = re.compile(
    r"(HOOFDSTUK|AFDELING|TITEL|PARAGRAAF|DEEL|BOEK|Hoofdstuk|Afdeling|Titel|Paragraaf|Deel|Boek|§) ?"
    r"(?:\d[\d.]*|[IVXL]+|[A-Z])\b.*"
)
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")
_ROMAN = re.compile(r"(?:[IVX]{1,5}\.|I{1,3}|I?V|VI{1,3})\s+[A-ZÀ-Þ]")
_SMALL = re.compile(r"[a-z][.)]\s+\S")
_CAPITAL = re.compile(r"[A-Z]\.\s+[A-ZÀ-Þ]")
_AGENDA = re.compile(r"(\d{1,3})\. ?Agendapunt\b")
_NOTICE = re.compile(r"Mededeling(?:en)?")
_MEMBERS = re.compile(
    r"(?:Samenstelling|Fungerend leden|Leden|Plv\. leden|Plaatsvervangend(?:e)? leden)(?: per [^:]*)?:"
)
_MOTION = re.compile(r"De Kamer,")
_SPEAKER = re.compile(
    r"((?:De heer|Mevrouw|Het lid|Minister(?:-president)?|Staatssecretaris|Voorzitter|"
    r"De (?:plaatsvervangend |fungerend )?(?:voorzitter|griffier))(?: [^:.?!\n]{1,60})?)\s?:(?=\s|$)"
)
_ADDRESS = re.compile(
    rf"(?:Aan (?:de|het)|Ingezonden|Vastgesteld|Ontvangen|Voorgesteld|Vergaderjaar|Vragen van|Antwoord van)\b"
    rf"|.*, {_DATE}$|\d+$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph with its words, as the rules want it (see `manuscript.Paragraph`)."""

    text: str
    start: int
    end: int
    heading: int | None
    style: Style
    number: str

    @property
    def counted(self) -> str:
        """The words as a reader sees them, behind the number that the format counts itself."""
        return f"{self.number} {self.text}" if self.number else self.text


@dataclass(frozen=True, slots=True)
class Numbered:
    """A heading "Vraag 1 en 2": its label and its numbers."""

    label: str
    numbers: tuple[int, ...]


def parts_of(layout: Layout) -> tuple[Part, ...]:
    """Give the paragraphs of a text with their words."""
    return tuple(
        Part(layout.text[one.start : one.end], one.start, one.end, one.heading, one.style, one.number)
        for one in layout.paragraphs
    )


def letter_title(part: Part) -> str | None:
    """Give the title of a letter in capitals ("BRIEF VAN DE MINISTER VAN …"), without the number before it."""
    if found := _LETTER.fullmatch(part.text):
        return found[1].strip(" .:;")
    if (part.heading or part.style == "bold") and _LETTER_TITLE.fullmatch(part.text):
        return part.text
    return None


def is_salutation(part: Part) -> bool:
    """Tell whether a letter is addressed here ("Geachte voorzitter,")."""
    return bool(_SALUTATION.match(part.text)) and len(part.text) < LONGEST_HEADING / 2


def is_note_title(part: Part) -> bool:
    """Tell whether this could head an internal note behind a letter, if it stands at the top of a page."""
    return bool(_NOTE.match(part.text)) and len(part.text) <= LONGEST_HEADING


def is_annex(part: Part) -> bool:
    """Tell whether an annex begins here."""
    return bool(_ANNEX.fullmatch(part.text)) and not _STOP.search(part.text)


def question(part: Part) -> Numbered | None:
    """Read "Vraag 1", "Vraag 3, 4 en 5:", or "Vraag 1: Deelt u …?"."""
    return _numbered(_QUESTION, part)


def answer(part: Part) -> Numbered | None:
    """Read "Antwoord 1", "Antwoord op vraag 2 en 3", "Antwoord 1: Ja."."""
    return _numbered(_ANSWER, part)


def answer_alone(part: Part) -> Numbered | None:
    """Read "Antwoord" without a number, with or without the answer behind it."""
    return _alone(_ANSWER_ALONE, part)


def question_alone(part: Part) -> Numbered | None:
    """Read "Vraag" without a number, with or without the question behind it."""
    return _alone(_QUESTION_ALONE, part)


def bare_numbers(part: Part) -> tuple[int, ...]:
    """Read a paragraph that is nothing but numbers ("5, 6 en 7"): in some papers the heading of a question."""
    return numbers_in(part.text) if len(part.text) < LONGEST_HEADING and _BARE.fullmatch(part.text) else ()


def item_number(part: Part) -> int | None:
    """Give the number of an item of a list ("3. Deelt u …")."""
    found = _ITEM.match(part.counted)
    return int(found[1]) if found else None


def article(part: Part) -> tuple[str, str] | None:
    """Read "Artikel 3 Kerntaken" as its number and its title."""
    found = _ARTICLE.fullmatch(part.text)
    if not found or part.heading == 0 or len(part.text) > LONGEST_HEADING or _STOP.search(part.text.rstrip(".")):
        return None
    title = found[2] or ""
    # "Artikel 3 regelt dat …" is a sentence; a title begins with a capital, or the type is that of a heading.
    told = bool(part.heading or part.style)
    if title and not told and (not title[0].isupper() or title.endswith(".")):
        return None
    return found[1], title


def agenda_item(part: Part) -> int | None:
    """Give the number of an item of a list of decisions."""
    found = _AGENDA.match(part.counted)
    return int(found[1]) if found else None


def is_notice(part: Part) -> bool:
    """Tell whether what follows is a notice instead of an answer."""
    return bool(_NOTICE.fullmatch(part.text.rstrip(":.")))


def is_notice_label(label: str) -> bool:
    """Tell whether a unit's label is that of a notice."""
    return bool(_NOTICE.fullmatch(label.rstrip(":.")))


def is_members(part: Part) -> bool:
    """Tell whether a committee's members are listed here."""
    return bool(_MEMBERS.match(part.text))


def opens_motion(part: Part) -> bool:
    """Tell whether the text of a motion begins here."""
    return bool(_MOTION.fullmatch(part.text))


def closes_motion(part: Part) -> bool:
    """Tell whether the text of a motion ends here; its signatures follow."""
    return "gaat over tot de orde van de dag" in part.text


def speaker(part: Part) -> str | None:
    """Give who begins to speak ("De heer Van der Lee (GroenLinks-PvdA)") in a record of a debate."""
    found = _SPEAKER.match(part.text)
    return found[1].strip() if found else None


def kind_of_numbering(part: Part) -> tuple[str, int] | None:
    """Give how a heading is numbered, and how deep ("3.2" is two deep)."""
    text = part.counted
    if found := _PART.fullmatch(text):
        return found[1].lower(), 1
    if _ROMAN.match(text):
        return "roman", 1
    if found := _DECIMAL.match(text):
        return "decimal", found[1].count(".") + 1
    if _CAPITAL.match(text):
        return "capital", 1
    if _SMALL.match(text):
        return "small", 1
    return None


def is_heading(parts: Sequence[Part], index: int, styled: bool) -> bool:
    """Tell whether a paragraph heads a section. `styled`: the format of this paper shows which words are bold."""
    part = parts[index]
    after = parts[index + 1] if index + 1 < len(parts) else None
    if part.heading is not None:
        return part.heading > 0 and len(part.text) <= 2 * LONGEST_HEADING
    if after is None or len(part.text) > LONGEST_HEADING or _STOP.search(part.text):
        return False
    if _PART.fullmatch(part.text):
        return True
    numbering = kind_of_numbering(part)
    if styled:
        if part.style == "bold":
            return numbering is not None or _run(parts, index) <= LONGEST_RUN
        return part.style == "italic" and (numbering is not None or _over_prose(parts, index))
    if numbering is not None and not part.text.isdigit():
        return True
    return part.text[0].isupper() and _over_prose(parts, index)


def _numbered(pattern: re.Pattern[str], part: Part) -> Numbered | None:
    found = pattern.match(part.text)
    if not found:
        return None
    rest = part.text[found.end() :]
    if rest and rest[0] not in ":.)-– \n":
        return None
    words = rest.lstrip(" :.)–-\n")
    if words and not re.match(r"\s?[:.)–-]\s|\n", rest) and not (words.startswith("(") and words.endswith(")")):
        return None  # "Vraag 3 gaat over …"
    label = " ".join(found[0].split())
    return Numbered(label[0].upper() + label[1:], numbers_in(found[1]))


def _alone(pattern: re.Pattern[str], part: Part) -> Numbered | None:
    found = pattern.match(part.text)
    if not found:
        return None
    rest = part.text[found.end() :]
    return Numbered(found[0], ()) if rest.strip() in ("", ":") or rest.startswith(":") else None


def _run(parts: Sequence[Part], index: int) -> int:
    """Count the bold paragraphs without a number around this one."""
    count = 1
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(parts) and parts[at].style == "bold" and kind_of_numbering(parts[at]) is None:
            count += 1
            at += step
    return count


def _over_prose(parts: Sequence[Part], index: int) -> bool:
    """Tell whether words stand over a stretch of prose, and are no name under a signature or line of an address."""
    part, after = parts[index], parts[index + 1]
    signed = index > 0 and parts[index - 1].text.endswith(",")
    return len(after.text) > LONGEST_HEADING / 2 and not signed and not _ADDRESS.match(part.text)
