"""References to papers, official journals and articles: one grammar for how they are written, one value for each.

`parse` reads a string that is one reference, `find` finds those in running text, `resolve` tells what "Ibid., p. 6"
points at. However it was written, the same reference is the same `Reference`, and ``str`` gives its official form, as
officielebekendmakingen.nl and the *Leidraad voor juridische auteurs* have it:

    Kamerstukken I 2025/26, 35714, N, p. 4           Stcrt. 2025, 15685
    Kamerstukken II 2023/24, 36410-VI, nr. 26        Handelingen I 2024/25, nr. 12, item 13, p. 23
    Aanhangsel Handelingen II 2023/24, nr. 1314      artikel 350 VWEU

The grammar is `references.lark`; it is built when it is first needed, which takes some tenths of a second.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from raadpleeg.reading.identity import ANSWERED, DEBATE, DELAYED
from raadpleeg.records import Document, Metadata

if TYPE_CHECKING:
    from lark import Lark, Token

Kind = Literal[
    "kamerstuk",
    "handelingen",
    "aanhangsel",
    "zaak",  # a case of the House: "2009Z04630"
    "document",  # a document of the House: "2024D33435"
    "activiteit",  # a meeting of one of its committees: "2008A02139"
    "bijlage",  # a file annexed to a paper: "blg-1191455"
    "staatscourant",
    "staatsblad",
    "tractatenblad",
    "gemeenteblad",
    "provinciaal blad",
    "waterschapsblad",
    "artikel",
    "eu",  # an act of the European Union: "Verordening (EG) nr. 883/2004"
    "com",  # a document of the European Commission: "COM(2023) 126"
    "pbeu",  # the official journal of the European Union: "PbEU 2019, L 130"
    "ecli",
    "zelfde",  # "Ibid.": the paper of the reference before it
]

LONGEST = 600
"""Characters that one reference, or one list of references, may take; what follows is not looked at."""

LONGEST_RANGE = 100
"""Papers that "nrs. 1-50" may stand for; of a longer range only both ends are given."""

_JOURNALS: dict[Kind, str] = {
    "staatscourant": "Stcrt.",
    "staatsblad": "Stb.",
    "tractatenblad": "Trb.",
    "gemeenteblad": "Gmb.",
    "provinciaal blad": "Prb.",
    "waterschapsblad": "Wsb.",
}
_HOUSES = {"I": "ek", "II": "tk"}
_ORDINALS = """
    eerste tweede derde vierde vijfde zesde zevende achtste negende tiende
    elfde twaalfde dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende twintigste
""".split()


# --- what is meant ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reference:
    """What a reference names. Two are equal where they name the same place; what was not written is None or empty.

    Which fields hold something depends on `kind`. A Kamerstuk has `dossiers` ("35714", with the chapter of a budget
    "36410-VI") and a `number` (a letter in the Senate, a figure in the House, which settles `chamber` where it is not
    written; None means the whole dossier). Handelingen have the meeting as `number`, and an `item`. An article has its
    `number`, `paragraphs`, `points` and `law`.
    """

    kind: Kind
    number: str | None = None
    chamber: Literal["I", "II", "I/II"] | None = None
    year: str | None = None
    """The parliamentary year ("2025-2026"), or the year of a journal ("2025")."""
    dossiers: tuple[str, ...] = ()
    item: str | None = None
    pages: tuple[tuple[int, int], ...] = ()
    """First and last page of each range, as they are numbered in the paper."""
    section: str | None = None
    annex: str | None = None
    """ "bijlage", or "bijlage 2", where not the paper is meant but what is annexed to it."""
    paragraphs: tuple[int, ...] = ()
    """The article's leden."""
    points: tuple[str, ...] = ()
    """The article's onderdelen, and "aanhef"."""
    law: str | None = None

    @property
    def paper(self) -> Reference:
        """The paper as a whole: the same reference without page and paragraph."""
        return replace(self, pages=(), section=None)

    @property
    def identifier(self) -> str | None:
        """The name under which officielebekendmakingen.nl files the paper ("kst-35714-O"); None where it takes more."""
        years = (self.year or "").replace("-", "")
        house = _HOUSES.get(self.chamber or "")
        match self.kind:
            case "kamerstuk" if self.number and "/" not in self.number:
                return f"kst-{'-'.join(self.dossiers)}-{self.number}"
            case "handelingen" if self.number and self.item and house and len(years) == 8:
                return f"h-{house}-{years}-{self.number}-{self.item}"
            case "aanhangsel" if house and len(years) == 8:
                return f"ah-{house}-{years}-{self.number}"
            case "staatscourant" | "staatsblad" | "tractatenblad":
                return f"{_JOURNALS[self.kind][:-1].lower()}-{self.year}-{self.number}"
            case "bijlage":
                return f"blg-{self.number}"
            case _:
                return None

    def __str__(self) -> str:
        """Write the official form, which `parse` reads back."""
        parts = [self._name()]
        if self.section:
            parts.append(f"par. {self.section}")
        if self.pages:
            ranges = (str(first) if first == last else f"{first}-{last}" for first, last in self.pages)
            parts.append(f"p. {', '.join(ranges)}")
        written = ", ".join(parts)
        return f"{self.annex[0].upper()}{self.annex[1:]} bij {written}" if self.annex else written

    def _name(self) -> str:
        head = f"{f' {self.chamber}' if self.chamber else ''}{f' {_session(self.year)}' if self.year else ''}"
        match self.kind:
            case "kamerstuk":
                dossiers = " / ".join(self.dossiers)
                number = f", {_number(self.number)}" if self.number else ""
                return f"Kamerstukken{head}{',' if head else ''} {dossiers}{number}"
            case "handelingen":
                meeting = f", nr. {self.number}" if self.number else ""
                return f"Handelingen{head}{meeting}{f', item {self.item}' if self.item else ''}"
            case "aanhangsel":
                return f"Aanhangsel Handelingen{head}, nr. {self.number}"
            case "artikel":
                return f"artikel {self.number}{_paragraphs(self.paragraphs)}{_points(self.points)} {self.law}"
            case "pbeu":
                return f"PbEU {f'{self.year}, ' if self.year else ''}{self.number}"
            case "bijlage":
                return f"blg-{self.number}"
            case "zelfde":
                return "Ibid."
            case _ if self.kind in _JOURNALS:
                return f"{_JOURNALS[self.kind]} {self.year}, {self.number}"
            case _:
                return self.number or ""


@dataclass(frozen=True, slots=True)
class Found:
    """A reference in a text, at ``text[start:end]``.

    In a list every paper has its own place: the first takes the words before it along ("35 714, nrs. 12"), the others
    are their own number ("13"). The papers of a range ("nrs. 1-4") share one place.
    """

    start: int
    end: int
    reference: Reference


def same_paper(one: Reference, other: Reference) -> bool:
    """Tell whether both can mean the same paper: nothing that both of them say differs, pages left out of account.

    "35 714, nr. 12" is the same paper as "Kamerstukken II 2025/26, 35714, nr. 12", and "35714, J" may be
    "31585 / 35714, J".
    """
    if "zelfde" in (one.kind, other.kind):
        return False
    exact = ("kind", "number", "item", "annex", "paragraphs", "points", "law")
    if any(getattr(one, name) != getattr(other, name) for name in exact):
        return False
    if bool(one.dossiers) != bool(other.dossiers):
        return False
    if not (set(one.dossiers) <= set(other.dossiers) or set(other.dossiers) <= set(one.dossiers)):
        return False
    chambers = {one.chamber, other.chamber} - {None, "I/II"}
    years = [reference.year for reference in (one, other) if reference.year]
    # "2023" names the session 2022-2023 as well as 2023-2024.
    return len(chambers) < 2 and (len(years) < 2 or years[0] in years[1] or years[1] in years[0])


def official(document: Document, page: int | None = None) -> str:
    """Write the reference to a document, down to the page; a paper that has no number goes by its id."""
    paper = _of(document.metadata)
    if paper:
        return str(replace(paper, pages=((page, page),) if page is not None else ()))
    return document.id if page is None else f"{document.id}, p. {page}"


def reference_of(document: Document) -> Reference | None:
    """Give the reference to a document by what it says of itself, else by its file's name; None if neither tells."""
    return _of(document.metadata) or parse(document.id.rpartition("/")[2])


def _of(metadata: Metadata) -> Reference | None:
    if metadata.number is None:
        return None
    if metadata.kind in (ANSWERED, DELAYED):
        return Reference("aanhangsel", metadata.number, metadata.chamber, metadata.year)
    if metadata.kind == DEBATE:
        meeting, _, item = metadata.number.partition("-")
        return Reference("handelingen", meeting, metadata.chamber, metadata.year, item=item or None)
    if not metadata.dossiers:
        return None
    base = Reference("kamerstuk", chamber=metadata.chamber, year=metadata.year, dossiers=metadata.dossiers)
    return _numbered(base, metadata.number)


def _number(number: str) -> str:
    # The House's papers have a number, the Senate's a letter, and a few of both have both: "A/nr. 1".
    letter, slash, figure = number.partition("/")
    if slash:
        return f"{letter}/nr. {figure}"
    return f"nr. {number}" if number[0].isdigit() else number


def _session(year: str) -> str:
    first, _, last = year.partition("-")
    if not last:
        return first
    return f"{first}/{last[-2:] if first[:2] == last[:2] else last}"


def _paragraphs(numbers: Sequence[int]) -> str:
    return f" lid {_enumerated([str(one) for one in numbers])}" if numbers else ""


def _points(points: Sequence[str]) -> str:
    letters = [point for point in points if _is_letter(point)]
    others = [point for point in points if not _is_letter(point)]
    written = [*others, f"onder {_enumerated(letters)}"] if letters else others
    return f" {' en '.join(written)}" if written else ""


def _enumerated(words: Sequence[str]) -> str:
    return " en ".join(filter(None, (", ".join(words[:-1]), words[-1])))


# --- how it is read --------------------------------------------------------------------------------------------------


def parse(text: str) -> Reference | None:
    """Read a string that is one reference, however it is written; None where it is none, or names several papers.

    White space, brackets and quotation marks around it and a full stop behind it do not count. A number alone
    ("35 714") is a dossier.
    """
    if len(text) > 2 * LONGEST:
        return None
    clean = _cleaned(text).text.strip()
    bare = clean.rstrip(" \n.,;:").strip("'\"«»[] \n")
    while bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1].strip()
    for words in dict.fromkeys((clean, bare, bare.rstrip(" .,;:"))):
        readings = _readings(words)
        if readings and readings[-1][0] == len(words):
            references = {one.reference for one in _meant(readings[-1][1])}
            return references.pop() if len(references) == 1 else None
    return None


def find(text: str) -> Iterator[Found]:
    """Find the references in running text, in order, each as long as it can be read.

    Places do not overlap, but for the papers of a range, which share one. A bare number is none here, nor is an
    article without the name of its law: "artikel 3, eerste lid" is one of the paper at hand. Time is linear in the
    length of the text: no reading looks further than `LONGEST` characters.
    """
    cleaned = _cleaned(text)
    clean = cleaned.text
    done = 0
    for beginning in _beginnings().finditer(clean):
        start = beginning.start()
        if start < done:
            continue
        for end, tokens in reversed(_readings(_window(clean, start))):
            if _stands(clean, start, start + end, tokens):
                done = start + end
                for one in _meant(tokens):
                    first, last = cleaned.original(start + one.start), cleaned.original(start + one.end - 1)
                    yield Found(first, last + 1, one.reference)
                break


def resolve(found: Iterable[Found]) -> Iterator[Found]:
    """Put in the place of every "Ibid., p. 6" the paper of the reference before it, with the new page.

    A page can only be one of a paper or a journal, so articles and cases in between are passed over; "Ibid." alone
    names just what went before. One that nothing went before stays as it is.
    """
    last: Reference | None = None
    last_paper: Reference | None = None
    for one in found:
        reference = one.reference
        if reference.kind == "zelfde":
            placed = bool(reference.pages or reference.section)
            before = last_paper if placed else last
            if before is None:
                yield one
                continue
            if placed:
                before = replace(before, pages=reference.pages, section=reference.section)
            reference = before
        last = reference
        if reference.kind in ("kamerstuk", "handelingen", "aanhangsel", "pbeu", "com", *_JOURNALS):
            last_paper = reference
        yield replace(one, reference=reference)


# White space and dashes of every kind are written one way. A sign for a hyphen at the end of a line (U+00AD; U+0002
# and U+FFFE from PDF) goes where it stands in a word.
_ONE_FOR_ONE = str.maketrans(
    {
        **dict.fromkeys(
            "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029", "\n"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("‘’ʼ′`´", "'"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹", " "),
        "º": "°",
    }
)
_REWRITTEN = re.compile(
    r"(?P<gone>(?<=[^\W\d_])(?:[\xad\x02\ufffe][ \n]*|- ?\n[ \n]*)(?=[a-zà-ÿ])|[\xad\u200b-\u200d\u2060\ufeff]+)"
    r"|(?P<dash>[\x02\ufffe])|(?P<white>[ \n]{2,})"
)


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """A text as the grammar reads it, and how to get back to the places of the original."""

    text: str
    cuts: list[int]
    """Places in `text` from which on more is lost, ascending."""
    lost: list[int]
    """How many characters of the original are lost before each of `cuts`."""

    def original(self, place: int) -> int:
        """Give the place in the original of the character at `place`."""
        cut = bisect_right(self.cuts, place)
        return place + (self.lost[cut - 1] if cut else 0)


def _cleaned(text: str) -> _Cleaned:
    text = text.translate(_ONE_FOR_ONE)
    parts: list[str] = []
    cuts: list[int] = []
    lost: list[int] = []
    done = length = 0
    for found in _REWRITTEN.finditer(text):
        instead = ""
        if found["dash"]:
            instead = "-"
        elif found["white"]:
            instead = "\n" if "\n" in found["white"] else " "
        parts += text[done : found.start()], instead
        length += found.start() - done + len(instead)
        done = found.end()
        if done > length + (lost[-1] if lost else 0):
            cuts.append(length)
            lost.append(done - length)
    return _Cleaned("".join([*parts, text[done:]]), cuts, lost)


def _window(text: str, start: int) -> str:
    """Give the stretch that a reference at `start` may take; it ends between words, so that no number is cut."""
    window = text[start : start + LONGEST]
    if start + LONGEST < len(text):
        cut = max(window.rfind(" "), window.rfind("\n"))
        window = window[:cut] if cut > 0 else window
    return window


def _readings(words: str) -> list[tuple[int, list[Token]]]:
    """Read from the beginning of `words` as far as the grammar goes; give every place where a reference may end."""
    from lark.exceptions import UnexpectedInput

    parser: Any = _grammar().parse_interactive(words)  # half of it has no types
    tokens: list[Token] = []
    readings: list[tuple[int, list[Token]]] = []
    try:
        for token in parser.lexer_thread.lex(parser.parser_state):
            parser.feed_token(token)
            tokens.append(token)
            if "$END" in parser.choices() and _may_end(parser):
                readings.append((_end(token), tokens.copy()))
    except UnexpectedInput:
        pass
    return readings


def _may_end(parser: Any) -> bool:
    from lark.exceptions import UnexpectedInput

    try:
        parser.copy(deepcopy_values=False).feed_eof()
    except UnexpectedInput:  # an LALR state may promise an end that the rules around it do not allow
        return False
    return True


@cache
def _grammar() -> Lark:
    from importlib.resources import files

    from lark import Lark

    grammar = files("raadpleeg.reading").joinpath("references.lark").read_text(encoding="utf-8")
    # The longest first, so that "Wet IB 2001" is not read as far as "Wet IB"; only full names may be in small letters.
    laws = sorted({name for pair in _LAWS.items() for name in pair}, key=len, reverse=True)
    patterns = {name: re.escape(name).replace("\\ ", r"\s") for name in laws}
    slots = {
        "names": "|".join(patterns[name] for name in laws if len(name) > 12),
        "abbreviations": "|".join(patterns[name] for name in laws if len(name) <= 12),
        "stops": f"(?:{'|'.join(_STOPS.split())})(?![A-Za-z-])",
    }
    for slot, words in slots.items():
        grammar = grammar.replace(f"«{slot}»", words)
    # In ASCII mode, as the text is cleaned and figures of other scripts number no paper.
    return Lark(grammar, start="reference", parser="lalr", lexer="contextual", g_regex_flags=re.ASCII)


@cache
def _beginnings() -> re.Pattern[str]:
    """Give what matches where a reference in running text can begin: the first words of the grammar themselves."""
    patterns = {terminal.name: terminal.pattern.to_regexp() for terminal in _grammar().terminals}
    words = "KST ANNEX_OF HOUSE YEAR_WORD HAND AH GAZETTE ART IBID NUMBER_OF COM ECLI EU_ACT JOURNAL"
    names = "KST_FILE H_FILE AH_FILE KV_FILE GAZETTE_FILE BLG_FILE CASE"
    return re.compile(
        rf"(?<![A-Za-zÀ-ÿ])(?=[A-Za-z])(?:{'|'.join(patterns[name] for name in words.split())})"
        rf"|(?<![\w-])(?:{'|'.join(patterns[name] for name in names.split())})"
        # A dossier without "Kamerstuk" before it needs a number, a letter or a chapter, at most four dossiers on.
        rf"|(?<![\w.,:/+-])(?=[1-4])(?:{patterns['DOSSIER']})(?!\s[0-9]{{3}}(?![0-9]))"
        rf"(?=(?:\s?(?:/|,|;|&|\+|-|en)\s?(?:{patterns['DOSSIER']})){{0,4}}"
        r"(?:,?\s?(?:[A-Z]|(?i:stuk|motie|onder|nr|no|nummer|hoofdstuk))|-[0-9A-Z]|\s?\(\s?R))",
        re.ASCII,
    )


_NOT_A_DOSSIER = re.compile(
    r"(?:[€$£]|(?:euro|eur|tel|telefoon|fax|postbus|kenmerk|ruim|circa|ca|nrs?|nummers?|vraag|vragen)\.?:?)\s?$",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"\s?(?:%|°|€|(?:miljoen|miljard|mln|mld|euro|procent|km|kilometer|meter|m2|kg|ton|inwoners|mensen|personen)\b)"
)


def _stands(text: str, start: int, end: int, tokens: Sequence[Token]) -> bool:
    """Tell whether a reading that is right by itself is meant as a reference in running text."""
    types = {token.type for token in tokens}
    first = tokens[0].type
    if first == "AH":
        return bool(types & {"SESSION", "SESSION_TAIL", "CHAMBER", "NR", "NRS"})
    if first == "HAND" and not types & {"DOSSIER", "AH_NR", "AH_PLAIN"}:
        return "SESSION" in types or ("CHAMBER" in types and bool(types & {"NR", "ITEM", "PAGES"}))
    letters = [token for token in tokens if token.type == "LETTER"]
    numbered = bool(types & {"NUMBER", "JOINT", "NR_LETTER"}) or bool(letters)
    if first == "DOSSIER":
        chapter = "-" in tokens[0] or any(token.type == "CHAPTER" and len(_chapter(token)) > 1 for token in tokens)
        amount = _NOT_A_DOSSIER.search(text, max(0, start - 12), start) or _MEASURE.match(text, end)
        if not (numbered or chapter) or amount:
            return False
    if first == "IBID" and len(tokens) == 1 and tokens[0][0] in "Ii" and "ibid" not in tokens[0].lower():
        # "Idem." alone is a note; in a sentence it is a word like others.
        before = text[max(0, start - 4) : start].rstrip(" ")
        return tokens[0][0] == "I" and (not before or before[-1] in "\n0123456789;(")
    if first == "KST" and not numbered:
        dossier = next(_start(token) for token in tokens if token.type == "DOSSIER")
        return "\n" not in text[start : start + dossier]  # else a title, and the dossier below it
    if first in ("HOUSE", "YEAR_WORD") and not numbered and not types & {"AH_NR"}:
        return False
    # Without "Kamerstuk" before it, "EU" behind a number is more likely the Union than the Senate's 151st letter.
    strict = first == "DOSSIER" or not tokens[0].lower().startswith(("kamerst", "kst"))
    for token in letters:
        letter = token.strip(" ,-\n")
        introduced = token[0] == "," or "NR_LETTER" in types
        if not introduced and (strict or len(letter) > 1):
            return False
        if strict and (len(letter) > 2 or (len(letter) == 2 and letter[0] > "C")):
            return False
    return True


def _meant(tokens: Sequence[Token]) -> list[Found]:
    """Give what a reading names, each with its place among the words that were read."""
    types = {token.type for token in tokens}
    if "ART" in types:
        return _articles(tokens)
    if types & {"DOSSIER", "SENATE_DOSSIER"}:
        return _papers(tokens)
    if types & {"AH", "AH_NR", "AH_PLAIN"}:
        return _listed(Reference("aanhangsel"), tokens)
    if "GAZETTE" in types:
        return _listed(Reference(_journal(tokens[0])), tokens)
    if "HAND" in types:
        return _proceedings(tokens)
    return [Found(_start(tokens[0]), _end(tokens[-1]), _single(tokens))]


@dataclass(slots=True)
class _Numbers:
    """The references of a list as they are read; what follows a number belongs to the latest of them."""

    found: list[Found]
    latest: int = 0

    def add(self, base: Reference, token: Token, start: int | None) -> None:
        """Take in a number, a letter, or all numbers of a range; without `start` it stands at its own place."""
        number = re.sub(r"^(?:en\b|[\s,&-])+", "", token)
        start = _end(token) - len(number) if start is None else start
        numbers = _range(*number.split("-")) if token.type == "NUMBER" else [re.sub(r"\s?/\s?n[ro]\.?\s?", "/", number)]
        self.latest = len(self.found)
        self.found += [Found(start, _end(token), _numbered(base, one)) for one in numbers]

    def follow(self, token: Token) -> None:
        """Take in what says more of the latest number: its pages, its annex, the end of a range."""
        match token.type:
            case "PAGES":
                self._change(token, pages=_pages(token))
            case "SECTION":
                self._change(token, section=re.sub(r"[^0-9.]", "", token).strip("."))
            case "ANNEX":
                self._change(token, annex=_annex(token))
            case "ASIDE":
                self._change(token)
            case "SESSION_TAIL":
                self._change(token)
                year = _year(token)
                self.found = [replace(one, reference=replace(one.reference, year=year)) for one in self.found]
            case "RANGE":
                one = self.found[self.latest].reference
                numbers = _range(one.number or "", _figures(token)[0])
                start = self.found[self.latest].start
                self.found[self.latest :] = [Found(start, _end(token), _numbered(one, number)) for number in numbers]
            case _:
                pass

    def _change(self, token: Token, **changes: Any) -> None:
        self.found[self.latest :] = [
            Found(one.start, _end(token), replace(one.reference, **changes)) for one in self.found[self.latest :]
        ]


def _papers(tokens: Sequence[Token]) -> list[Found]:
    base = Reference("kamerstuk")
    numbers = _Numbers([])
    dossiers: list[Found] = []  # those that the next number belongs to
    joints: list[str] = []
    numbered = False
    start = _start(tokens[0])
    for token in tokens:
        match token.type:
            case "ANNEX_OF":
                base = replace(base, annex=_annex(token))
            case "CHAMBER" | "HOUSE":
                base = replace(base, chamber=_chamber(token))
            case "SESSION":
                base = replace(base, year=_year(token))
            case "JOIN" if numbered:
                dossiers, joints, numbered, start = [], [], False, _end(token)
            case "JOIN":
                joints.append(token.strip())
            case "DOSSIER" | "SENATE_DOSSIER":
                name = re.sub(r"[\s.]", "", token)
                dossiers.append(
                    Found(_start(token) if dossiers else start, _end(token), replace(base, dossiers=(name,)))
                )
            case "CHAPTER":
                (name,) = dossiers[-1].reference.dossiers
                dossier = replace(base, dossiers=(f"{name}-{_chapter(token)}",))
                dossiers[-1] = Found(dossiers[-1].start, _end(token), dossier)
            case "NUMBER" | "LETTER" | "AND_LETTER" | "JOINT":
                names = tuple(name for one in dossiers for name in one.reference.dossiers)
                numbers.add(replace(base, dossiers=names), token, None if numbered else dossiers[0].start)
                numbered = True
            case _ if numbered:
                numbers.follow(token)
            case "PAGES":
                dossier = replace(dossiers[-1].reference, pages=_pages(token))
                dossiers[-1] = Found(dossiers[-1].start, _end(token), dossier)
            case _:
                pass
    if not numbered:
        numbers.found += _whole(dossiers, joints)
    if tokens[-1].type == "CLOSE":  # "nr. 199 (31311)", "wetsvoorstel (35 714)"
        (one,) = numbers.found
        number = _figures(tokens[0])
        reference = _numbered(one.reference, number[0]) if number else one.reference
        return [Found(start, _end(tokens[-1]), reference)]
    return numbers.found


def _whole(dossiers: Sequence[Found], joints: Sequence[str]) -> list[Found]:
    """Give the dossiers that no number follows: "31585 / 35714" are one, "35 714 en 36 250" are two."""
    joined: list[Found] = []
    for one, joint in zip(dossiers, ("", *joints), strict=True):
        if joined and joint in ("/", "-", "+"):
            before = joined.pop()
            both = before.reference.dossiers + one.reference.dossiers
            one = Found(before.start, one.end, replace(one.reference, dossiers=both))
        joined.append(one)
    return joined


def _listed(base: Reference, tokens: Sequence[Token]) -> list[Found]:
    """Read a list of numbers of one year: those of the Aanhangsel, or of a journal."""
    numbers = _Numbers([])
    start: int | None = _start(tokens[0])
    for token in tokens:
        match token.type:
            case "CHAMBER" | "HOUSE":
                base = replace(base, chamber=_chamber(token))
            case "SESSION":
                base = replace(base, year=_year(token))
            case "YEAR":
                base = replace(base, year=_figures(token)[-1])
            case "NUMBER":
                numbers.add(base, token, start)
                start = None
            case _ if start is None:
                numbers.follow(token)
            case _:
                pass
    return numbers.found


def _proceedings(tokens: Sequence[Token]) -> list[Found]:
    base = Reference("handelingen")
    numbers: list[Token] = []
    items: list[Token] = []
    figures = numbers
    pages: tuple[tuple[int, int], ...] = ()
    for token in tokens:
        match token.type:
            case "CHAMBER":
                base = replace(base, chamber=_chamber(token))
            case "SESSION" | "SESSION_TAIL":
                base = replace(base, year=_year(token))
            case "ITEM":
                figures = items
            case "NUMBER":
                figures.append(token)
            case "PAGES":
                pages = _pages(token)
            case _:
                pass
    meeting, *more = [figure for number in numbers for figure in number.split("-")] or [""]
    for figure in more:  # "84-12" is an item; "61-5321" is a page, as they were numbered through the year until 2011
        if len(figure) < 4 and base.item is None:
            base = replace(base, item=figure)
        else:
            pages = ((int(figure), int(figure)),)
    # "p. 61-5321" is page 5321 of meeting 61.
    if pages and pages[0][0] < 200 and pages[0][1] > 999 and meeting in ("", str(pages[0][0])):
        meeting, pages = str(pages[0][0]), ((pages[0][1], pages[0][1]), *pages[1:])
    base = replace(base, number=meeting or None, pages=pages)
    if not items:
        return [Found(_start(tokens[0]), _end(tokens[-1]), base)]
    starts = [_start(tokens[0]), *(_start(item) for item in items[1:])]
    ends = [*(_end(item) for item in items[:-1]), _end(tokens[-1])]
    return [
        Found(start, end, replace(base, item=str(item), pages=pages if item is items[-1] else ()))
        for start, end, item in zip(starts, ends, items, strict=True)
    ]


def _articles(tokens: Sequence[Token]) -> list[Found]:
    articles: list[Found] = []
    start = _start(tokens[0])
    book = law = ""
    through = False
    for token in tokens:
        match token.type:
            case "ART_AND":
                through = bool(re.match(r"t/m|tot|-", token))
            case "ART_NUMBER" if through:
                first = articles.pop()
                numbers = _range(first.reference.number or "", str(token))
                if len(numbers) == 2 and numbers[0] >= numbers[1]:  # "346-1" is the number of one article
                    numbers = ["-".join(numbers)]
                articles += [Found(first.start, _end(token), Reference("artikel", number)) for number in numbers]
                through = False
            case "ART_NUMBER":
                begin = _start(token) if articles else start
                articles.append(Found(begin, _end(token), Reference("artikel", str(token))))
            case "PARAGRAPH":
                one = articles[-1].reference
                paragraphs = tuple(sorted({*one.paragraphs, *_leden(token)}))
                articles[-1] = Found(articles[-1].start, _end(token), replace(one, paragraphs=paragraphs))
            case "POINT":
                one = articles[-1].reference
                points = _ordered((*one.points, *_onderdelen(token)))
                articles[-1] = Found(articles[-1].start, _end(token), replace(one, points=points))
            case "BOOK":
                book = _figures(token)[0]
            case "NAME" | "ABBREVIATION" | "LAW" | "EU_ACT":
                law = _law(token)
            case _:
                pass
    latest = articles[-1].start
    return [
        Found(
            one.start,
            _end(tokens[-1]) if one.start == latest else one.end,
            replace(one.reference, number=f"{book}:{one.reference.number}" if book else one.reference.number, law=law),
        )
        for one in articles
    ]


def _single(tokens: Sequence[Token]) -> Reference:
    """Read what is named by one word or mark of its own: a file, a case, an act of the Union, "Ibid."."""
    token = tokens[0]
    word = str(token)
    match token.type:
        case "KST_FILE":
            named = _FILE.fullmatch(word)
            if named is None:
                raise ValueError(f"{word} is no file of a Kamerstuk")
            dossiers = tuple(re.findall(r"[0-9]{5}|[CLXVI]+", named["dossiers"].upper()))
            if named["chapter"]:
                dossiers = (*dossiers[:-1], f"{dossiers[-1]}-{named['chapter'].upper()}")
            number = named["number"]
            number = number.lower() if number[0].isdigit() else number.upper()
            return _numbered(Reference("kamerstuk", dossiers=dossiers), number)
        case "H_FILE" | "AH_FILE":
            years, number, *item = _figures(word.partition(".")[0])
            chamber: Literal["I", "II"] = "I" if "-ek-" in word.lower() else "II"
            kind: Kind = "handelingen" if item else "aanhangsel"
            return Reference(kind, number, chamber, f"{years[:4]}-{years[4:]}", item=item[0] if item else None)
        case "GAZETTE_FILE":
            year, number, *_ = _figures(word)
            return Reference(_journal(token), number, year=year)
        case "BLG_FILE":
            return Reference("bijlage", _figures(word)[0])
        case "KV_FILE" | "CASE":
            number = re.findall(r"[0-9]{4}[ADZ][0-9]{5}", word.upper())[0]
            kinds: dict[str, Kind] = {"A": "activiteit", "D": "document", "Z": "zaak"}
            return Reference(kinds[number[4]], number)
        case "COM":
            year, number, *_ = _figures(word)
            return Reference("com", f"{re.findall('[A-Z]+', word)[0]}({year}) {number}")
        case "ECLI":
            return Reference("ecli", re.sub(r"\s", "", word).upper().rstrip("."))
        case "EU_ACT":
            return Reference("eu", _eu_act(word))
        case "JOURNAL":
            written = re.search(r"(?:19|20)[0-9]{2}(?=,|\s|$)", word)
            series = re.search(r"([LC])\s?([0-9]+)(?:\s?/\s?([0-9]+))?", word)
            if series is None:
                raise ValueError(f"{word} names no series of the official journal")
            page = ((int(series[3]), int(series[3])),) if series[3] else ()
            pages = _pages(tokens[-1]) if tokens[-1].type == "PAGES" else page
            return Reference("pbeu", f"{series[1]} {series[2]}", year=written[0] if written else None, pages=pages)
        case _:
            numbers = _Numbers([Found(0, 0, Reference("zelfde"))])
            for mark in tokens[1:]:
                numbers.follow(mark)
            return numbers.found[0].reference


_FILE = re.compile(
    r"kst-(?P<dossiers>[0-9]{5}(?:-[0-9]{5})*|[CLXVI]+)(?:-?\(?R[0-9]+\)?)?(?:-(?P<chapter>[A-Z]+|[0-9]{2}))?"
    r"-(?P<number>[0-9]{1,4}[a-z]?|[A-Z]{1,3})(?:-[hnvb][0-9]*)?(?:\.[a-z]+)?",
    re.IGNORECASE,
)


def _start(token: Token) -> int:
    return token.start_pos or 0


def _end(token: Token) -> int:
    return token.end_pos or 0


def _figures(words: str) -> list[str]:
    return re.findall(r"[0-9]+", words)


def _numbered(base: Reference, number: str) -> Reference:
    if base.kind != "kamerstuk" or base.chamber:
        return replace(base, number=number)
    # The House's papers have figures; the Senate's have letters, and once had figures with a letter ("188b").
    return replace(base, number=number, chamber="I/II" if "/" in number else "II" if number.isdigit() else "I")


def _range(first: str, last: str | None = None) -> list[str]:
    """Give the numbers from first to last, "03" as "3"; both ends of what is no range, or is too long for one."""
    first = first.lstrip("0") or "0"
    if last is None:
        return [first]
    last = last.lstrip("0") or "0"
    if not (first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < LONGEST_RANGE):
        return [first, last]
    return [str(number) for number in range(int(first), int(last) + 1)]


def _chamber(words: str) -> Literal["I", "II", "I/II"]:
    if "/" in words:
        return "I/II"
    ones = re.match(r"[I1l]+", words)
    house = len(ones[0]) > 1 if ones else words[0] == "T"
    return "II" if house else "I"


def _year(words: str) -> str:
    """Write "2023/24", "2023-2024" and "23/24" as "2023-2024"; several sessions from the first year to the last."""
    figures = _figures(words)
    first = figures[0] if len(figures[0]) == 4 else f"{'19' if figures[0] > '45' else '20'}{figures[0]}"
    if len(figures) == 1:
        return first
    last = figures[-1]
    if len(last) == 2:
        before = figures[-2] if len(figures[-2]) == 4 else first
        last = f"{before[:2]}{last}" if last >= before[2:] else f"{int(before[:2]) + 1}{last}"
    return f"{first}-{last}"


def _pages(words: str) -> tuple[tuple[int, int], ...]:
    ranges = re.findall(r"([0-9]+)(?:\s?(?:[-/]|t/m|tot\sen\smet)\s?([0-9]+))?", words)
    return tuple((int(first), int(last or first)) for first, last in ranges)


def _annex(words: str) -> str:
    number = re.search(r"bijlagen?\s([0-9]+|[IVX]+)(?![a-z])", words, re.IGNORECASE)
    return f"bijlage {number[1].upper()}" if number else "bijlage"


def _chapter(words: str) -> str:
    return re.sub(r"hoofdstuk|[\s,-]", "", words)


def _journal(words: str) -> Kind:
    kinds: dict[str, Kind] = {
        "stc": "staatscourant",
        "stb": "staatsblad",
        "tr": "tractatenblad",
        "g": "gemeenteblad",
        "p": "provinciaal blad",
        "w": "waterschapsblad",
        "staatsc": "staatscourant",
        "staatsb": "staatsblad",
    }
    return next(kind for beginning, kind in kinds.items() if words.lower().startswith(beginning))


def _leden(words: str) -> list[int]:
    """Read "eerste en derde lid" as 1 and 3, "lid 2 tot en met 4" as 2, 3 and 4."""
    marks = re.findall(r"[0-9]+|t/m|tot|(?<=[0-9])-(?=[0-9])|" + "|".join(_ORDINALS), words.lower())
    leden: list[int] = []
    through = False
    for mark in marks:
        if mark in ("t/m", "tot", "-"):
            through = True
            continue
        number = int(mark) if mark.isdigit() else _ORDINALS.index(mark) + 1
        leden += range(leden[-1] + 1, number + 1) if through and leden else [number]
        through = False
    return leden


def _onderdelen(words: str) -> list[str]:
    words = words.strip(" ,\n").removeprefix("en ").replace("\n", " ")
    sentence = re.fullmatch(r"(\w+)\s?(?:vol)?zin", words)
    if sentence:
        return [f"{sentence[1]} volzin"] if sentence[1] != "slot" else ["slotzin"]
    if words in ("aanhef", "slot"):
        return [words]
    marks = re.findall(
        r"(?<![a-z])(?:[a-z]{1,2}|[0-9]{1,2})(?![a-z])", re.sub(r"^\w+|onder|\b(?:en|of|tot|met)\b", "", words)
    )
    return list(marks)


def _ordered(points: Sequence[str]) -> tuple[str, ...]:
    """Put the aanhef and the sentences before the letters, each once."""
    unique = dict.fromkeys(points)
    return tuple(sorted(unique, key=_is_letter))


def _is_letter(point: str) -> bool:
    return re.fullmatch(r"[a-z]{1,2}|[0-9]+", point) is not None


def _law(words: str) -> str:
    name = " ".join(words.split())
    if re.search(r"[0-9]/[0-9]", name):
        return _eu_act(name)
    return next(
        (short for long, short in _LAWS.items() if name.casefold() in (long.casefold(), short.casefold())), name
    )


def _eu_act(words: str) -> str:
    """Write an act of the Union one way: the year stands first since 2015, and "nr." before the number until then."""
    words = " ".join(words.split())
    name = words.partition(" ")[0].capitalize()
    bodies = re.search(r"\(([^)]*)\)", words)
    first, last, *_ = _figures(words.partition(" ")[2])
    if bodies is None:
        return f"{name} {first}/{last}/{words.rpartition('/')[2]}"
    number = f"{first}/{last}" if re.fullmatch(r"201[5-9]|20[2-9][0-9]", first) else f"nr. {first}/{last}"
    return f"{name} ({bodies[1]}) {number}"


_LAWS = {
    "Verdrag betreffende de werking van de Europese Unie": "VWEU",
    "Verdrag betreffende de Europese Unie": "VEU",
    "Verdrag tot oprichting van de Europese Gemeenschap": "EG-Verdrag",
    "Handvest van de grondrechten van de Europese Unie": "Handvest",
    "Europees Verdrag tot bescherming van de rechten van de mens en de fundamentele vrijheden": "EVRM",
    "Europees Verdrag voor de Rechten van de Mens": "EVRM",
    "Internationaal Verdrag inzake burgerrechten en politieke rechten": "IVBPR",
    "Internationaal Verdrag inzake economische, sociale en culturele rechten": "IVESCR",
    "Verdrag inzake de rechten van het kind": "IVRK",
    "Algemene verordening gegevensbescherming": "AVG",
    "Gw": "Grondwet",
    "Grondwet voor het Koninkrijk der Nederlanden": "Grondwet",
    "Statuut voor het Koninkrijk der Nederlanden": "Statuut",
    "Statuut voor het Koninkrijk": "Statuut",
    "Burgerlijk Wetboek": "BW",
    "Wetboek van Strafrecht": "Sr",
    "WvSr": "Sr",
    "Wetboek van Strafvordering": "Sv",
    "WvSv": "Sv",
    "Wetboek van Burgerlijke Rechtsvordering": "Rv",
    "Wetboek van Koophandel": "WvK",
    "Algemene wet bestuursrecht": "Awb",
    "Algemene wet inzake rijksbelastingen": "AWR",
    "Algemene wet gelijke behandeling": "AWGB",
    "Algemene Ouderdomswet": "AOW",
    "Algemene nabestaandenwet": "Anw",
    "Algemene Kinderbijslagwet": "AKW",
    "Wet inkomstenbelasting 2001": "Wet IB 2001",
    "Wet op de loonbelasting 1964": "Wet LB 1964",
    "Wet op de vennootschapsbelasting 1969": "Wet Vpb 1969",
    "Wet op de omzetbelasting 1968": "Wet OB 1968",
    "Wet op de dividendbelasting 1965": "Wet DB 1965",
    "Invorderingswet 1990": "IW 1990",
    "Successiewet 1956": "SW 1956",
    "Wet op de Raad van State": "Wet RvS",
    "Wet open overheid": "Woo",
    "Wet openbaarheid van bestuur": "Wob",
    "Wet langdurige zorg": "Wlz",
    "Wet maatschappelijke ondersteuning 2015": "Wmo 2015",
    "Zorgverzekeringswet": "Zvw",
    "Wet marktordening gezondheidszorg": "Wmg",
    "Wet kwaliteit, klachten en geschillen zorg": "Wkkgz",
    "Wet op de geneeskundige behandelingsovereenkomst": "WGBO",
    "Wet financiering sociale verzekeringen": "Wfsv",
    "Wet structuur uitvoeringsorganisatie werk en inkomen": "Wet SUWI",
    "Werkloosheidswet": "WW",
    "Ziektewet": "ZW",
    "Wet werk en inkomen naar arbeidsvermogen": "Wet WIA",
    "WIA": "Wet WIA",
    "Wet op de arbeidsongeschiktheidsverzekering": "WAO",
    "Wet arbeidsongeschiktheidsvoorziening jonggehandicapten": "Wajong",
    "Wet minimumloon en minimumvakantiebijslag": "Wml",
    "Wet flexibel werken": "Wfw",
    "Arbeidsomstandighedenwet": "Arbowet",
    "Arbeidstijdenwet": "ATW",
    "Wet op de ondernemingsraden": "WOR",
    "Wet arbeid vreemdelingen": "Wav",
    "Vreemdelingenwet 2000": "Vw 2000",
    "Vreemdelingenbesluit 2000": "Vb 2000",
    "Rijkswet op het Nederlanderschap": "RWN",
    "Wet basisregistratie personen": "Wet BRP",
    "Wet op het financieel toezicht": "Wft",
    "Wet ter voorkoming van witwassen en financieren van terrorisme": "Wwft",
    "Wet normering topinkomens": "WNT",
    "Wet gemeenschappelijke regelingen": "Wgr",
    "Wet bevordering integriteitsbeoordelingen door het openbaar bestuur": "Wet Bibob",
    "Wet milieubeheer": "Wm",
    "Wet ruimtelijke ordening": "Wro",
    "Wet algemene bepalingen omgevingsrecht": "Wabo",
    "Wet natuurbescherming": "Wnb",
    "Omgevingswet": "Ow",
    "Wegenverkeerswet 1994": "WVW 1994",
    "Comptabiliteitswet 2016": "CW 2016",
    "Wet op de inlichtingen- en veiligheidsdiensten 2017": "Wiv 2017",
    "Wet op de rechterlijke organisatie": "Wet RO",
    "Wet op het primair onderwijs": "WPO",
    "Wet voortgezet onderwijs 2020": "WVO 2020",
    "Wet op het hoger onderwijs en wetenschappelijk onderzoek": "WHW",
    "Wet op het onderwijstoezicht": "WOT",
    "Mededingingswet": "Mw",
    "Telecommunicatiewet": "Tw",
    "Faillissementswet": "Fw",
    "Kaderwet adviescolleges": "Kaderwet adviescolleges",
    "Kaderwet zelfstandige bestuursorganen": "Kaderwet zbo's",
    "Reglement van Orde van de Tweede Kamer der Staten-Generaal": "RvO II",
    "Reglement van Orde van de Tweede Kamer": "RvO II",
    "Reglement van Orde van de Eerste Kamer der Staten-Generaal": "RvO I",
    "Reglement van Orde van de Eerste Kamer": "RvO I",
}
"""Laws that go by several names, and the one that is written; other names are taken as they stand."""

# Words that no name of a law goes on with or ends in: mostly the verb of the sentence around it.
_STOPS = """
    van de het een en der des tot inzake betreffende houdende tegen in voor bij met ter op over
    is zijn was waren wordt worden werd werden kan kunnen kon konden mag mogen moet moeten moest zal zullen zou zouden
    heeft hebben had hadden geldt gelden bepaalt bepalen luidt regelt regelen staat staan stelt stellen volgt volgen
    biedt bieden bevat bevatten ziet zien schrijft vereist verplicht verbiedt voorziet geeft geven maakt maken blijkt
    vloeit dient dienen gaat komt laat brengt beoogt strekt verstaat vormt rust rusten eist eisen vraagt wil
    dat die dan dit deze daar daarin daarom dus of maar want omdat doordat zodat opdat indien als wanneer toen terwijl
    hoewel tenzij mits waar waarin waarbij waarvan waarmee waarop waardoor wie wat welke zoals alsmede alsook ook niet
    geen reeds nog al er hier hun haar zijn ons onze uw mijn men hij zij wij ik u je zich artikel artikelen art lid
    onderdeel lid genoemd genoemde bedoeld bedoelde gestelde vastgelegd opgenomen geregeld neergelegd toepassing werking
    kracht overtreding ten aanzien zo te door aan uit sinds vanaf per via zonder tijdens binnen
    betreft alleen slechts echter namelijk immers thans nu inmiddels wel zelf beide elk ieder iedere alle enige
    De Het Een In Op Voor Bij Met Aan Dit Dat Deze Die Er Hiermee Daarmee Daarnaast Zie Ook Kamerstuk Kamerstukken
    Stb Stcrt Trb ingang gevolg betrekking verband verwijzing name behulp oog grond basis kader geval beginsel
    combinatie strijd samenhang plaats acht aanmerking beroep beeld principe elk onderhavige
"""
