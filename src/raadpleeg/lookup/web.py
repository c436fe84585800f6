"""The web of references: which paper each paper names and where, and the other way round.

`open_web` reads once what the papers call themselves and which figures stand in which paragraph. After that every
question is answered by reading a few paragraphs: `mentions` gives what a paper refers to, `mentions_of` where a paper
is referred to. A reference is to a paper in the corpus where `Mention.targets` is not empty.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from raadpleeg.reading.identity import ANSWERED, ASKED, DELAYED, HEAD
from raadpleeg.reading.numbering import NUMBERS, numbers_in
from raadpleeg.reading.references import Found, Reference, find, parse, reference_of, resolve, same_paper
from raadpleeg.records import Document, Footnote, Unit

T = TypeVar("T")
NoteState = Literal["in_corpus", "not_in_corpus", "no_reference"]

LONGEST_NAME = 300
"""Characters that may be what a note calls a paper; what is longer is no name."""

_FIGURES = re.compile(r"\d{2}[ .\u00a0]\d{3}(?!\d)|\d+")
_ROMAN = re.compile(r"[CLX][CLXVI]+(?![A-Za-z])")
"""Some dossiers of the Senate are numbered so ("CXIX")."""
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_PLACE = 32
"""Bits of a place in a document."""
_NOTE = 1 << 31
"""Added to the place of a note, to tell it from the offset of a paragraph."""
_CASE = re.compile(r"(?<![0-9A-Za-z])20[0-9]{2}Z[0-9]{5}(?![0-9A-Za-z])")
_ANSWER_TO = re.compile(rf"\b(?:antwoord(?:en)?|beantwoording) (?:op|van|bij) (?:de )?vra(?:ag|gen) {NUMBERS}")
_BACK_TO = re.compile(r"\b(?:voet)?noot (?:nr\. ?|nummer )?(\d{1,3})\b", re.IGNORECASE)
_MARKS = " .,;:-–()«»\"'“”‘’\u00a0"
_NAMELESS = ("artikel", "zelfde", "ecli")
_SAME = re.compile(r"\b(?:ibid|idem|t\. ?a\. ?p\.)", re.IGNORECASE)
_LABEL = re.compile(r"(?:\d+\. ?)?(?:(?:Agendapunt|Zaak|Document|Betreft|Onderwerp): ?)?")
_NO_NAME = re.compile(r"(?:^|[.;] )(?:Zie|Vgl|Cf|Besluit|Noot|Bijlage)\b|\b(?:zie|bijlage bij|pagina|blz|conform)\b")


@dataclass(frozen=True, slots=True)
class Target:
    """A place that is referred to: of a whole paper from its beginning to its end."""

    document: str
    unit: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a paper where it refers to something.

    `start` and `end` are in the text of the paper; a reference in a footnote stands where the note's mark stands
    (an empty span), and one in a footnote without a mark at the beginning of its page.
    """

    document: str
    unit: str
    page: int
    start: int
    end: int
    written: str
    """The words of the reference, as the paper has them."""
    reference: Reference | None
    """What is meant, "Ibid." told; None for a source that is no paper, and for an answer that points to another."""
    targets: tuple[Target, ...] = ()
    """Where in the corpus that is; nothing where it is not in the corpus."""
    footnote: int | None = None
    """The number of the note in which it stands."""
    stands_for: int | None = None
    """Of "Ibid." and "zie noot 3" the number of the note whose source is meant."""
    called: str | None = None
    """What the paper calls that to which it refers, where the words beside the reference give it."""

    @property
    def inner(self) -> bool:
        """Whether the paper points to a place of its own, without naming a paper."""
        return self.reference is None and bool(self.targets)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote with what it refers to."""

    footnote: Footnote
    mentions: tuple[Mention, ...]

    @property
    def state(self) -> NoteState:
        """Whether it refers to a paper of the corpus, to something else that has a reference, or to neither."""
        if any(mention.targets for mention in self.mentions):
            return "in_corpus"
        return "not_in_corpus" if any(mention.reference for mention in self.mentions) else "no_reference"


@dataclass(frozen=True, slots=True)
class Web:
    """The papers of a corpus, by what they are called and by the figures that stand in them; made by `open_web`."""

    documents: Mapping[str, Document]
    own: Mapping[str, Reference]
    """What each paper is, for those that have a reference."""
    filed: Mapping[str, tuple[str, ...]]
    """Ids of papers by dossier, by the number of what is not in a dossier, and by the number of their case."""
    figures: Mapping[str, Sequence[int]]
    """For each number the paragraphs and notes in which it stands, packed: document, whether a note, and place."""
    names: Mapping[str, tuple[str, ...]]
    """Ids of papers by what they are when letters are small and hyphens are of one kind."""
    motions: Mapping[str, tuple[tuple[str, int], ...]]
    """For the dossier and number of each motion the document that has its words, and the place in its units."""
    titles: Mapping[str, tuple[tuple[str, int], ...]]
    """For each title, folded, the document and the place in its units; -1 for the title of the paper itself."""

    def papers(self, reference: Reference) -> tuple[str, ...]:
        """Give the ids of the papers that a reference can mean; of a whole dossier all of them."""
        if reference.annex:
            return ()
        keys = reference.dossiers or ((reference.number,) if reference.number else ())
        ids = dict.fromkeys(key for number in keys for key in self.filed.get(number, ()))
        return tuple(key for key in ids if self._is(key, reference))

    def _is(self, key: str, reference: Reference) -> bool:
        own = self.own.get(key)
        if reference.kind == "zaak":  # written questions are one case of the House, and have its number
            return own is None or own.kind in ("aanhangsel", "zaak")
        if own is None or own.kind != reference.kind:
            return False
        if reference.number is None:
            return bool(reference.dossiers) and set(reference.dossiers) <= set(own.dossiers)
        return same_paper(own, replace(reference, annex=None))

    def alike(self, reference: Reference) -> tuple[str, ...]:
        """Give papers that differ from a reference only in year or chamber: one of them may be meant."""
        loose = replace(reference, year=None, chamber=None, annex=None)
        keys = reference.dossiers or ((reference.number,) if reference.number else ())
        ids = dict.fromkeys(key for number in keys for key in self.filed.get(number, ()))
        return tuple(
            key
            for key in ids
            if (own := self.own.get(key)) and same_paper(replace(own, chamber=None), loose) and reference.number
        )


def open_web(documents: Iterable[Document]) -> Web:
    """Read what the papers call themselves, and which figures stand where; about a second for 40 MB of text."""
    papers = {document.id: document for document in documents}
    own = {key: paper for key, document in papers.items() if (paper := _own(document)) is not None}
    return Web(
        documents=papers,
        own=own,
        filed=_grouped((number, key) for key, one in papers.items() for number in _numbers(one, own.get(key))),
        figures=_figures(papers.values()),
        names=_grouped((name_of(key), key) for key in papers),
        motions=_grouped(_motions(papers.values())),
        titles=_titles(papers.values()),
    )


def name_of(words: str) -> str:
    """Give a paper's id, or what may be one, as ids are compared."""
    return words.translate(_HYPHENS).casefold()


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, dict[T, None]] = {}
    for key, one in pairs:
        groups.setdefault(key, {})[one] = None
    return {key: tuple(group) for key, group in groups.items()}


def _motions(documents: Iterable[Document]) -> Iterator[tuple[str, tuple[str, int]]]:
    """Give the motions that debates have the words of, by the number that each is given there."""
    for document in documents:
        for place, unit in enumerate(document.units):
            for one in find(unit.label) if unit.kind == "motion" else ():
                for dossier in one.reference.dossiers:
                    yield f"{dossier} {one.reference.number}", (document.id, place)


def _own(document: Document) -> Reference | None:
    # To read a file's name takes a parser, and most names that hold no figure are none.
    if document.metadata.number is None and not any(char.isdigit() for char in document.id):
        return None
    return reference_of(document)


def _numbers(document: Document, own: Reference | None) -> Iterator[str]:
    if own:
        yield from own.dossiers
        if not own.dossiers and own.number:
            yield own.number
    if document.metadata.kind in (ANSWERED, DELAYED, ASKED):
        yield from _CASE.findall(document.text, 0, HEAD)


def _titles(documents: Iterable[Document]) -> dict[str, tuple[tuple[str, int], ...]]:
    return _grouped((title, place) for title, place in _titled(documents) if title)


def _titled(documents: Iterable[Document]) -> Iterator[tuple[str, tuple[str, int]]]:
    for document in documents:
        yield folded(document.title), (document.id, -1)
        for place, unit in enumerate(document.units):
            if unit.kind in ("letter", "section", "article", "motion", "members", "note"):
                yield folded(unit.label), (document.id, place)


def folded(words: str) -> str:
    """Give words as they are compared: in small letters, without accents and signs, one space between them."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", words) if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", plain.casefold()))


def _figures(documents: Iterable[Document]) -> dict[str, array[int]]:
    found: dict[str, array[int]] = {}
    for place, document in enumerate(documents):
        base = place << _PLACE
        begin = 0
        for line in document.text.split("\n"):
            for figure in {*_FIGURES.findall(line), *_ROMAN.findall(line)}:
                _file(found, figure, base + begin)
            begin += len(line) + 1
        for number, note in enumerate(document.footnotes):
            for figure in {*_FIGURES.findall(note.text), *_ROMAN.findall(note.text)}:
                _file(found, figure, base + _NOTE + number)
    return found


def _file(found: dict[str, array[int]], figure: str, place: int) -> None:
    # "35 714" and "35.714" are the dossier 35714.
    figure = figure if figure.isalnum() else figure[:2] + figure[3:]
    if figure not in found:
        found[figure] = array("q")
    found[figure].append(place)


def _paragraph(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)


# --- outgoing --------------------------------------------------------------------------------------------------------


def mentions(web: Web, document: Document, unit: Unit | None = None) -> tuple[Mention, ...]:
    """Give what a paper, or one unit of it, refers to, in the order in which it does."""
    found = [*_in_text(web, document), *_inner(document)]
    found += [mention for note in notes(web, document) for mention in note.mentions]
    found.sort(key=lambda one: (one.start, one.end))
    if unit is None:
        return tuple(found)
    # A note's mark stands behind the word that it belongs to, so the last one stands at the unit's very end.
    return tuple(one for one in found if unit.start <= one.start < unit.end or (one.footnote and one.start == unit.end))


def notes(web: Web, document: Document, only: Collection[int] | None = None) -> tuple[Note, ...]:
    """Give the footnotes of a paper with what each refers to; "Ibid." stands for what the note before it names.

    With `only`, just those at these places in `Document.footnotes`.
    """
    wanted = range(len(document.footnotes)) if only is None else sorted(only)
    told = _resolved(document.footnotes, wanted)
    return tuple(
        Note(
            document.footnotes[place],
            tuple(_in_note(web, document, document.footnotes[place], one, told[place]) for one in told[place]),
        )
        for place in wanted
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """A reference in a note, once it is told what it stands for."""

    start: int
    end: int
    reference: Reference | None
    stands_for: int | None = None


def _resolved(footnotes: Sequence[Footnote], wanted: Iterable[int]) -> dict[int, list[_Told]]:
    """Tell what "Ibid." and "zie noot 3" stand for; a note with a source that is no paper ends the chain.

    Only notes that are wanted are read, and those that they lean on.
    """
    needed: dict[int, None] = {}
    for first in wanted:
        place: int | None = first
        while place is not None and place not in needed:
            needed[place] = None
            place = _leans_on(footnotes, place)
    told: dict[int, list[_Told]] = {}
    for number in sorted(needed):
        text = footnotes[number].text
        ones = list(find(text))
        chain = [Found(one.start, one.end, one.reference) for one in told.get(number - 1, ()) if one.reference]
        here = list(resolve([*chain, *ones]))[len(chain) :]
        own: list[_Told] = []
        for was, one in zip(ones, here, strict=True):
            if was.reference.kind != "zelfde":
                own.append(_Told(one.start, one.end, one.reference))
                continue
            # What stands in the same note before it is meant, else the note before.
            source = None if own else _source(footnotes, told, number)
            reference = None if one.reference.kind == "zelfde" else one.reference
            own.append(_Told(one.start, one.end, reference, source))
        back = _BACK_TO.search(text)
        meant = _leans_on(footnotes, number)
        if not ones and back and meant is not None:
            same: list[Reference | None] = [one.reference for one in told[meant] if one.reference]
            own = [_Told(*back.span(), reference, int(back[1])) for reference in same or [None]]
        told[number] = own
    return told


def _leans_on(footnotes: Sequence[Footnote], place: int) -> int | None:
    """Give the note without which one cannot be told: the one before an "Ibid.", or the one that it points to."""
    text = footnotes[place].text
    if _SAME.search(text):
        return place - 1 if place else None
    back = _BACK_TO.search(text)
    return next((at for at in range(place) if back and footnotes[at].number == int(back[1])), None)


def _source(footnotes: Sequence[Footnote], told: Mapping[int, Sequence[_Told]], number: int) -> int | None:
    """Give the number of the note that an "Ibid." leads back to, over others that say "Ibid." too."""
    if not number:
        return None
    before = told[number - 1]
    further = before[-1].stands_for if before else None
    return footnotes[number - 1].number if further is None else further


def _in_note(web: Web, document: Document, note: Footnote, told: _Told, found: Sequence[_Told]) -> Mention:
    mark = note.mark if note.mark is not None else document.pages[min(note.page, len(document.pages)) - 1]
    around = document.unit_at(max(0, mark - 1)) or document.unit_at(mark)
    return Mention(
        document=document.id,
        unit=around.label if around and note.mark is not None else "",
        page=note.page,
        start=mark,
        end=mark,
        written=note.text[told.start : told.end],
        reference=told.reference,
        targets=targets(web, told.reference) if told.reference else (),
        footnote=note.number,
        stands_for=told.stands_for,
        called=_called_in(note.text, found) if told.stands_for is None else None,
    )


def _in_text(web: Web, document: Document, paragraphs: Iterable[int] | None = None) -> Iterator[Mention]:
    """Give the references in running text; with `paragraphs`, only in those that begin at these offsets."""
    text = document.text
    begins = _numbered_paragraphs(text) if paragraphs is None else paragraphs
    for begin in begins:
        _, end = _paragraph(text, begin)
        words = text[begin:end]
        found = list(find(words))
        for one in resolve(found):
            if one.reference.kind == "zelfde":
                continue
            at = begin + one.start
            unit = document.unit_at(at)
            yield Mention(
                document=document.id,
                unit=unit.label if unit else "",
                page=document.page_at(at),
                start=at,
                end=begin + one.end,
                written=words[one.start : one.end],
                reference=one.reference,
                targets=targets(web, one.reference),
                called=_called_in(words, found) if len(words) < LONGEST_NAME else None,
            )


def _numbered_paragraphs(text: str) -> Iterator[int]:
    """Give where the paragraphs with a figure begin: no reference has none."""
    begin = 0
    for line in text.split("\n"):
        if _FIGURES.search(line) or _ROMAN.search(line):
            yield begin
        begin += len(line) + 1


def _inner(document: Document) -> Iterator[Mention]:
    """Give where an answer points to another answer of the same paper."""
    for unit in document.units:
        if not unit.refers:
            continue
        for found in _ANSWER_TO.finditer(document.text, unit.start, unit.end):
            numbers = [number for number in numbers_in(found[1]) if number in unit.refers]
            answers = [
                one for one in document.units if one.kind == "answer" and not set(numbers).isdisjoint(one.answers)
            ]
            if answers:
                yield Mention(
                    document=document.id,
                    unit=unit.label,
                    page=document.page_at(found.start()),
                    start=found.start(),
                    end=found.end(),
                    written=found[0],
                    reference=None,
                    targets=tuple(_target(document, one.start, one.end, one.label) for one in answers),
                )


def _called_in(words: str, found: Sequence[Found | _Told]) -> str | None:
    """Give the words beside the only reference in a note or a short paragraph, if they can be a name.

    A name stands before the reference, or behind it, with a mark between them: "Nota van wijziging - 30569-8",
    "Voortgang Huis voor democratie en rechtsstaat (31 475)", "Kamerstuk 36 450, nr. 3 (Memorie van toelichting)".
    """
    papers = {(one.start, one.end) for one in found if one.reference and one.reference.kind not in _NAMELESS}
    if len(found) != 1 or not papers:
        return None
    ((start, end),) = papers
    before = words[:start].rstrip()
    after = words[end:].lstrip()
    if before[-1:] in tuple(",(-–:»”") and after.strip(" ).;") == "":
        side = before
    elif not before and after[:1] in tuple(",(:-–"):
        side = after
    else:
        return None
    name = _LABEL.sub("", side.strip(_MARKS)).strip(_MARKS)
    if name.count("(") > name.count(")"):
        name = name.rpartition("(")[0].strip(_MARKS)
    fit = 10 <= len(name) <= LONGEST_NAME and " " in name and name[0].isupper()
    return name if fit and "http" not in name and not _NO_NAME.search(name) else None


# --- incoming --------------------------------------------------------------------------------------------------------


def mentions_of(web: Web, reference: Reference) -> tuple[Mention, ...]:
    """Give every place in the corpus that refers to a paper, in whole or in part, in order of document and place.

    Of a whole dossier (a Kamerstuk without a number) every reference to one of its papers counts.
    """
    found: list[Mention] = []
    for document, paragraphs, footnotes in _candidates(web, reference):
        found += _in_text(web, document, paragraphs)
        found += [mention for note in notes(web, document, footnotes) for mention in note.mentions]
    wanted = [one for one in found if one.reference and _means(one.reference, reference)]
    return tuple(sorted(wanted, key=lambda one: (one.document, one.start, one.end)))


def _candidates(web: Web, reference: Reference) -> Iterator[tuple[Document, list[int], set[int]]]:
    """Give the paragraphs and notes that may hold a reference: those with its dossier, else with its rarest number."""
    rows = [web.figures.get(re.sub(r"\W.*", "", one), ()) for one in reference.dossiers]
    if not rows:
        own = re.findall(r"\d+", f"{reference.number or ''} {reference.item or ''}")
        rows = [min((web.figures.get(number, ()) for number in own), key=len, default=())]
    words = _WORDS.get(reference.kind)
    papers = list(web.documents.values()) if any(rows) else []
    found: dict[int, tuple[list[int], set[int]]] = {}
    for packed in sorted({one for row in rows for one in row}):
        place = packed & (_NOTE - 1)
        document = papers[packed >> _PLACE]
        if packed & _NOTE:
            if words and not words.search(document.footnotes[place].text):
                continue
            footnotes = found.setdefault(packed >> _PLACE, ([], set()))[1]
            footnotes.add(place)
            footnotes |= _leaning(document.footnotes, place)
        elif not words or words.search(document.text, *_paragraph(document.text, place)):
            found.setdefault(packed >> _PLACE, ([], set()))[0].append(place)
    for number, (paragraphs, footnotes) in found.items():
        yield papers[number], paragraphs, footnotes


_WORDS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(words, re.IGNORECASE)
    for kind, words in {
        "handelingen": r"hand|\bh-[te]k",
        "aanhangsel": r"aanh|\bah-[te]k",
        "staatscourant": r"st(?:c|aatsc)",
        "staatsblad": r"st(?:b|aatsb)",
        "tractatenblad": r"tr(?:b|act)",
        "gemeenteblad": r"gmb|gemeenteblad",
        "provinciaal blad": r"prb|provinciaal",
        "waterschapsblad": r"wsb|waterschapsblad",
        "artikel": r"\bart",
        "com": r"com|swd|sec|join",
        "pbeu": r"\bpb",
        "ecli": r"ecli",
    }.items()
}
"""What stands in every reference of a kind; to look for that costs less than to read what is written."""


def _leaning(footnotes: Sequence[Footnote], place: int) -> set[int]:
    """Give the notes that stand for what another names, straight or by way of each other."""
    found: set[int] = set()
    for other in range(place + 1, len(footnotes)):
        source = _leans_on(footnotes, other)
        if source == place or source in found:
            found.add(other)
    return found


def _means(one: Reference, wanted: Reference) -> bool:
    one = replace(
        one, annex=wanted.annex, paragraphs=wanted.paragraphs or one.paragraphs, points=wanted.points or one.points
    )
    if wanted.kind == "kamerstuk" and wanted.number is None:
        return one.kind == "kamerstuk" and set(wanted.dossiers) <= set(one.dossiers)
    if wanted.kind == "artikel" and not wanted.paragraphs:
        one = replace(one, paragraphs=(), points=())
    return one.kind == wanted.kind and same_paper(one, wanted)


def incoming(web: Web, document: Document) -> tuple[Mention, ...]:
    """Give every place in other papers of the corpus that refers to this one, by its number or by its dossier."""
    own = web.own.get(document.id)
    if own is None:
        return ()
    found = mentions_of(web, own)
    return tuple(one for one in found if one.document != document.id and document.id in _ids(one))


def _ids(mention: Mention) -> set[str]:
    return {target.document for target in mention.targets}


# --- places ----------------------------------------------------------------------------------------------------------


def targets(web: Web, reference: Reference) -> tuple[Target, ...]:
    """Give the places that a reference leads to: its pages where it names them, else the whole paper."""
    return tuple(_part(web.documents[key], reference) for key in web.papers(reference))


def _part(document: Document, reference: Reference) -> Target:
    span = span_of_pages(document, reference.pages[0]) if reference.pages else None
    return _target(document, *(span or (0, len(document.text))))


def span_of_pages(document: Document, pages: tuple[int, int]) -> tuple[int, int] | None:
    """Give the span of a range of pages; None where the paper has not so many."""
    first, last = pages
    if not 1 <= first <= len(document.pages):
        return None
    end = document.pages[last] if first <= last < len(document.pages) else len(document.text)
    return document.pages[first - 1], end


def _target(document: Document, start: int, end: int, label: str | None = None) -> Target:
    unit = document.unit_at(start) if label is None and end < len(document.text) else None
    return Target(document.id, label or (unit.label if unit else ""), document.page_at(start), start, end)


def known(text: str) -> Reference | None:
    """Read a reference as it is typed: as it is printed, or shorter ("Aanhangsel 2023/24, 1786", "35.714 nr 6")."""
    return parse(text) or _appendix(text) or _loose(text)


_LOOSE = re.compile(r"(\d{2}[ .]?\d{3}(?:[- ][IVX]+)?) ?[,/ -] ?(\d{1,3})")
_APPENDIX = re.compile(
    r"(?:kamervragen|aanhangsel|aanh\.?|ah)(?:\W+(?:van\s+de\s+|der\s+)?hand(?:elingen|\.))?\W*"
    r"(?:(?P<chamber>II?|TK|EK)\b\W*)?(?:vergaderjaar\s+)?(?:(?P<year>(?:19|20)\d{2})\s*[-/–]\s*(?P<last>(?:19|20)?\d{2})\W+)?"
    r"(?:nr|no|nummer)?\W*(?P<number>\d{1,4})",
    re.IGNORECASE,
)


def _loose(text: str) -> Reference | None:
    """Read "35786, 7" and "35786/7"."""
    found = _LOOSE.fullmatch(text.strip(" .,;:"))
    return parse(f"{found[1]}, nr. {found[2]}") if found else None


def _appendix(text: str) -> Reference | None:
    found = _APPENDIX.fullmatch(text.strip(" .,;:"))
    if not found:
        return None
    year = f"{found['year']}-{found['year'][: 4 - len(found['last'])]}{found['last']}" if found["year"] else None
    chamber: Literal["I", "II"] | None = None
    if found["chamber"]:
        chamber = "I" if found["chamber"].upper() in ("I", "EK") else "II"
    return Reference("aanhangsel", found["number"].lstrip("0") or "0", chamber, year)
