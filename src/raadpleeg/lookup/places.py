"""From a reference, however it is typed, to its place: a paper, a page, a question, an answer, a section, a footnote.

    cite("35714, O, antwoord 3", web)                     voetnoot 16 van kst-35714-O        p. 3 van 35714, O
    Kamerstukken I 2025-2026, 31585/35714, J, p. 2        Aanhangsel 2023/24, 1786, vraag 4  vraag 5

The paper may be left out where it is clear: where the corpus has one, or only one has what is named. What is in no
paper of the corpus is said to be so, with every place that refers to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from raadpleeg.errors import Ambiguous, BadReference
from raadpleeg.lookup.addresses import address_of, address_of_document
from raadpleeg.lookup.web import (
    Mention,
    Note,
    Web,
    folded,
    known,
    mentions,
    mentions_of,
    name_of,
    notes,
    span_of_pages,
)
from raadpleeg.reading.numbering import numbers_in
from raadpleeg.reading.references import Reference, find, official
from raadpleeg.reading.sentences import sentences
from raadpleeg.records import Citation, Document, Unit

Match = Literal["exact", "normalised", "near"]
ChangeKind = Literal["replaced", "left out", "added"]

LONGEST = 600
"""Characters of a reference that are read."""
MOST_NAMED = 8
"""Papers that a message names."""

# --- what is found ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """What a quotation has otherwise than the paper.

    Words were replaced, left out (the quotation lacks them), or added (only the quotation has them); `start` and `end`
    are where the paper has its own.
    """

    kind: ChangeKind
    paper: str
    quoted: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Related:
    """The question to an answer, or the answer to a question."""

    unit: str
    speaker: str | None
    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a paper, with what belongs to it: ``document.text[start:end] == quote``."""

    document: str
    title: str
    unit: str
    speaker: str | None
    page: int
    start: int
    end: int
    quote: str
    reference: str
    """The official form, down to the page; of a whole paper without one."""
    match: Match = "exact"
    changes: tuple[Change, ...] = ()
    questions: tuple[Related, ...] = ()
    answers: tuple[Related, ...] = ()
    footnotes: tuple[Note, ...] = ()
    """The notes whose marks stand here; of a place that is a note, that note."""
    footnote: int | None = None
    """Where a note is meant, its number: the span is then the sentence that the note belongs to."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What a reference, or a quotation, was found to name."""

    query: str
    places: tuple[Place, ...] = ()
    reference: str | None = None
    """What is named, in its official form."""
    in_corpus: bool = True
    """Whether the paper that is named is in the corpus."""
    address: str | None = None
    """Where the paper officially stands."""
    called: str | None = None
    """Of a paper that is not in the corpus what papers that refer to it call it."""
    referred_by: tuple[Mention, ...] = ()
    """Every place that refers to the paper, or to this very answer; those that name the same page first."""
    alike: tuple[str, ...] = ()
    """Papers of the corpus with the same number but of another year or chamber, where there is none with these."""
    explanation: str | None = None
    """Why nothing was found, or what to mind."""

    @property
    def found(self) -> bool:
        """Whether there is a place to open."""
        return bool(self.places)


def as_citations(places: Sequence[Place], documents: Mapping[str, Document]) -> tuple[Citation, ...]:
    """Give places as citations, numbered from 1; one of a paper as a whole has no words."""
    found = []
    for number, one in enumerate(places, 1):
        whole = (one.start, one.end) == (0, len(documents[one.document].text))
        unit = f"voetnoot {one.footnote}, bij {one.unit or one.title}" if one.footnote is not None else one.unit
        quote = "" if whole else one.quote
        found.append(
            Citation(
                number, one.document, one.title, unit, one.speaker, one.page, one.start, one.end, quote, one.reference
            )
        )
    return tuple(found)


# --- what is asked ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a reference says, taken apart."""

    reference: Reference | None = None
    document: str | None = None
    rest: str = ""
    """Words that are none of these: the name of a paper or the title of a section."""
    questions: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    article: str | None = None
    paragraph: int | None = None
    """The lid of the article."""
    section: str | None = None

    @property
    def inside(self) -> bool:
        """Whether a place in a paper is named."""
        return bool(
            self.questions or self.answers or self.notes or self.pages or self.article or self.section or self.rest
        )


_ONE = r"\d{1,3}[a-z]?(?![\d]|[ .]\d{3}\b)"
_MANY = rf"({_ONE}(?:(?:, ?en |, ?| en | of | & |/| t/m | tot en met | ?- ?){_ONE})*)\b"
_SLASH = re.compile(r"(?<=\d)/(?=\d)")
_NUMBER = r"(?:nr\.? ?|nrs\.? ?|nummers? |no\.? ?)?"
_NOTE = re.compile(rf"\b(?:(?:voet|eind)?no(?:ot|ten)|footnotes?|fn\.?|vn\.?|Fußnoten?|notes?) ?{_NUMBER}{_MANY}", re.I)
_ANSWER = re.compile(
    r"\b(?:(?:het |de )?(?:antwoord(?:en)?|beantwoording)"
    r"(?:(?: (?:van|door) [^,;\d]{2,80})? (?:op|van|bij|aan))?(?: (?:de )?vra(?:ag|gen))?"
    r"|answers?|Antwort(?:en)?)"
    rf"(?: to question)? ?{_NUMBER}{_MANY}",
    re.I,
)
_QUESTION = re.compile(rf"\b(?:vra(?:ag|gen)|questions?|Fragen?) ?{_NUMBER}{_MANY}", re.I)
_PAGE = re.compile(
    r"(?<!\w)(?:pp?\.?|blz\.?|bladz\.?|pag\.?|pagina(?:'?s)?|bladzijden?|pages?|Seiten?) ?"
    r"(\d{1,4})(?:(?: ?- ?| t/m | tot en met )(\d{1,4}))?(?!\d)",
    re.I,
)
_ORDINALS = "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde".split()
_LID = rf"(?:,? ?(?:lid (\d{{1,2}})|({'|'.join(_ORDINALS)}|\d{{1,2}}e) lid))?"
_ARTICLE_NUMBER = r"((?:\d{1,4}[a-z]{0,2}(?:[.:]\d{1,4}[a-z]?)*|[IVXL]+))\b"
_ARTICLE = re.compile(rf"(?:\blid (\d{{1,2}}) van )?\bart(?:ikel|\.)? ?{_ARTICLE_NUMBER}{_LID}", re.I)
_SECTION = re.compile(
    r"(?:\b(?:paragraaf|par\.?|sectie|section|hoofdstuk|hfst\.?|(?:agenda)?punt|onderdeel|deel)|§) ?"
    r"((?:\d{1,3}|[IVXL]+|[a-z])(?:\.\d{1,3})*[a-z]?)\b\.?",
    re.I,
)
_BARE = re.compile(r"(?:(?:kamerstuk|stuk|letter|onder)?\s*(?:nr|no|nummer)?\.? ?)([A-Z]{1,3}|\d{1,5})")
_EDGE = (
    r"(?:van|uit|in|bij|op|aan|de|het|een|den|der|en|zie|ook|of|the|from|aus|von|im|du|le|la"
    r"|kamerstuk(?:ken)?|stuk|paper|document)"
)
_EDGES = re.compile(rf"^(?:[\s,;:.()/«»\"'-]|\b{_EDGE}\b)+|(?:[\s,;:.()/«»\"'-]|\b{_EDGE}\b)+$", re.I)
_ADDRESS = re.compile(r"https?://[\w.-]+/(?:[\w.-]+/)*(?=[\w-]+)", re.I)
_SUFFIX = re.compile(r"\.(?:pdf|xml|html?|txt|odt|docx?)$", re.I)
_SIGNS = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), "’": "'", "‘": "'", "\u00ad": None, "\u200b": None})


def cite(query: str, web: Web) -> Cited:
    """Tell where a reference stands.

    Raises:
        BadReference: it is empty, too long, names several papers at once, or is nothing that can be looked up.
        Ambiguous: several papers have what is named, and none of them is named.
    """
    asked = _read(query, web)
    if asked.document is not None:
        return _in_papers(query, web, asked, [web.documents[asked.document]])
    if asked.reference is not None:
        return _by_reference(query, web, asked, asked.reference)
    if asked.rest:
        return _by_words(query, web, asked)
    return _in_papers(query, web, asked, list(web.documents.values()))


def paper_of(name: str, web: Web) -> Document:
    """Give the one paper that is named by its id or by a reference.

    Raises:
        BadReference: there is none, or it is not in the corpus.
        Ambiguous: there are several.
    """
    cited = cite(name, web)
    ids = list(dict.fromkeys(place.document for place in cited.places))
    if not ids or not cited.in_corpus:
        raise BadReference(f"{cited.explanation or 'nothing is found'}; `raadpleeg documents` lists what there is")
    if len(ids) > 1:
        raise _ambiguous(f"“{name}”", ids)
    return web.documents[ids[0]]


def _read(query: str, web: Web) -> _Asked:
    """Take a reference apart."""
    if len(query) > LONGEST:
        raise BadReference(f"the reference has {len(query):,} characters, at most {LONGEST} are read; name one place")
    text = _ADDRESS.sub("", " ".join(query.translate(_SIGNS).split()))
    if not any(char.isalnum() for char in text):
        raise BadReference('the reference is empty; write one as in `raadpleeg cite "35714, O, antwoord 3"`')
    whole = _id_of(text, web)
    if whole is not None:
        return _Asked(document=whole)
    if reference := known(text):
        if reference.kind == "zelfde":
            raise BadReference(f"“{text}” stands for the paper that was named before it; name that paper")
        return _parted(_Asked(reference=reference))
    document, text = _take_id(text, web)
    reference, text = (None, text) if document else _take_reference(text)
    asked = _parted(_Asked(reference=reference, document=document))
    left = _Left(text)
    notes_ = left.numbers(_NOTE)
    answers = left.numbers(_ANSWER)
    questions = left.numbers(_QUESTION)
    pages = tuple((int(one[1]), int(one[2] or one[1])) for one in left.all(_PAGE))
    article = next(iter(left.all(_ARTICLE)), None)
    section = next(iter(left.all(_SECTION)), None)
    rest = _EDGES.sub("", left.text)
    asked = replace(
        asked,
        notes=notes_,
        answers=answers,
        questions=questions,
        pages=pages or asked.pages,
        article=article[2] if article else None,
        paragraph=_lid(article) if article else None,
        section=section[1] if section else asked.section,
        rest=rest,
    )
    if asked.rest and asked.reference is None and asked.document is None:
        return _with_paper(asked, web)
    return _with_number(asked)


@dataclass(slots=True)
class _Left:
    """What is left of a reference as its parts are taken out one by one."""

    text: str

    def all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Take out everything that matches."""
        found = list(pattern.finditer(self.text))
        self.text = pattern.sub(" ", self.text)
        return found

    def numbers(self, pattern: re.Pattern[str]) -> tuple[int, ...]:
        """Take out everything that matches, and read the numbers in it."""
        return tuple(number for one in self.all(pattern) for number in numbers_in(_SLASH.sub(", ", one[1])))


def _parted(asked: _Asked) -> _Asked:
    """Move page and section from the reference to what is asked in the paper."""
    reference = asked.reference
    if reference is None:
        return asked
    return replace(asked, reference=reference.paper, pages=reference.pages, section=reference.section)


def _lid(article: re.Match[str]) -> int | None:
    ordinal = (article[4] or "").lower()
    written = article[1] or article[3] or ordinal.removesuffix("e")
    if written.isdigit():
        return int(written)
    return _ORDINALS.index(ordinal) + 1 if ordinal in _ORDINALS else None


def _id_of(text: str, web: Web) -> str | None:
    """Give the id of a document that is named by it, with or without a suffix, in letters of any size."""
    name = text.strip(" .,;:\"'«»“”()")
    for one in (name, _SUFFIX.sub("", name)):
        if one in web.documents:
            return one
        same = web.names.get(name_of(one), ())
        if len(same) == 1:
            return same[0]
    return None


def _take_id(text: str, web: Web) -> tuple[str | None, str]:
    """Take out the longest id of a document that stands in the text as a word of its own."""
    lower = text.casefold()
    found: list[tuple[int, str, int]] = []
    for name, (key, *_) in web.names.items():
        at = lower.find(name)
        if at >= 0 and any(char.isdigit() for char in key):
            before, after = lower[at - 1 : at], lower[at + len(name) : at + len(name) + 1]
            if not (before.isalnum() or before == "-" or after.isalnum() or after == "-"):
                found.append((len(name), key, at))
    if not found:
        return None, text
    length, key, at = max(found)
    rest = text[at + length :]
    suffix = re.match(r"\.(?:pdf|xml|html?|txt|odt|docx?)\b", rest, re.I)
    return key, f"{text[:at]} {rest[suffix.end() :] if suffix else rest}"


def _take_reference(text: str) -> tuple[Reference | None, str]:
    """Take out the paper that is named as running text names it."""
    found = [one for one in find(text) if one.reference.kind not in ("artikel", "zelfde")]
    if not found:
        return None, text
    if len({one.reference.paper for one in found}) > 1:
        named = ", ".join(str(one.reference) for one in found[:MOST_NAMED])
        raise BadReference(f"that names several papers ({named}); ask for one of them at a time")
    for one in reversed(found):
        text = f"{text[: one.start]} {text[one.end :]}"
    return found[0].reference, text


def _with_number(asked: _Asked) -> _Asked:
    """Read a number that stands apart from its dossier: "Kamerstukken 35714 (O)"."""
    dossier = asked.reference
    found = _BARE.fullmatch(asked.rest)
    if dossier is None or dossier.kind != "kamerstuk" or dossier.number is not None or found is None:
        return asked
    number = f"nr. {found[1]}" if found[1].isdigit() else found[1].upper()
    paper = known(f"{dossier.dossiers[-1]}, {number}")
    if paper is None:
        return asked
    paper = replace(dossier, number=paper.number, chamber=dossier.chamber or paper.chamber)
    return replace(asked, reference=paper, rest="")


def _with_paper(asked: _Asked, web: Web) -> _Asked:
    """Read a paper in the words that are left: as people type it, or only its number or letter."""
    if reference := known(asked.rest):
        parted = _parted(_Asked(reference=reference))
        return replace(
            asked,
            reference=parted.reference,
            pages=asked.pages or parted.pages,
            section=asked.section or parted.section,
            rest="",
        )
    if found := _BARE.fullmatch(asked.rest):
        same = [key for key, own in web.own.items() if own.number == found[1].upper()]
        if not same:
            raise BadReference(
                f"no paper of the corpus has the number {found[1]}; name its dossier too, as in `35714, {found[1]}`"
            )
        if len(same) > 1:
            raise _ambiguous(f"the number {found[1]}", same)
        return replace(asked, document=same[0], rest="")
    return asked


# --- where it is -----------------------------------------------------------------------------------------------------


def _by_reference(query: str, web: Web, asked: _Asked, reference: Reference) -> Cited:
    ids = web.papers(reference)
    if ids:
        whole = reference.kind == "kamerstuk" and reference.number is None
        if len(ids) > 1 and not whole and not asked.inside:
            raise _ambiguous(str(reference), ids)
        return _in_papers(query, web, asked, [web.documents[key] for key in ids], reference)
    if reference.kind == "artikel" and (found := _in_bill(query, web, reference)):
        return found
    return _absent(query, web, asked, reference)


def _in_bill(query: str, web: Web, reference: Reference) -> Cited | None:
    """Look for the article of a law in a paper that is named after that law: the bill itself."""
    law = folded(reference.law or "")
    bills = [
        document
        for document in web.documents.values()
        if law
        and f" {law} " in f" {folded(document.title)} "
        and any(unit.kind == "article" for unit in document.units)
    ]
    if len(bills) != 1:
        return None
    asked = _Asked(article=reference.number, paragraph=next(iter(reference.paragraphs), None))
    return _in_papers(query, web, asked, bills)


def _absent(query: str, web: Web, asked: _Asked, reference: Reference) -> Cited:
    """Tell what is known of a paper that is not in the corpus."""
    cited = replace(reference, pages=asked.pages, section=asked.section)
    refers = _by_page(mentions_of(web, reference), asked.pages)
    places = tuple(_motions(web, reference))
    alike = web.alike(reference)
    explanation = f"{reference} is not in the corpus"
    if places:
        explanation += "; its words stand in another paper"
    if alike:
        explanation += f"; {_listed(alike)} has that number, but of another year or chamber"
    if not refers and not places:
        explanation += ", and no paper in it refers to it"
    return Cited(
        query=query,
        places=places,
        reference=str(cited),
        in_corpus=False,
        address=address_of(reference),
        called=next((one.called for one in refers if one.called), None),
        referred_by=refers,
        alike=alike,
        explanation=explanation,
    )


def _motions(web: Web, reference: Reference) -> Iterator[Place]:
    """Give the motion that a paper is, where the debate in which it was moved has its words."""
    for dossier in reference.dossiers if reference.number else ():
        for key, place in web.motions.get(f"{dossier} {reference.number}", ()):
            unit = web.documents[key].units[place]
            yield place_of(web, web.documents[key], unit.start, unit.end, unit)


def _by_page(found: Sequence[Mention], pages: tuple[tuple[int, int], ...]) -> tuple[Mention, ...]:
    def other(one: Mention) -> bool:
        named = one.reference.pages if one.reference else ()
        return not any(first <= page[1] and page[0] <= last for first, last in named for page in pages)

    return tuple(sorted(found, key=other)) if pages else tuple(found)


def _by_words(query: str, web: Web, asked: _Asked) -> Cited:
    """Look for a paper or a section by its title."""
    found = _titled(web, asked.rest, None)
    if not found:
        raise BadReference(
            f"“{asked.rest}” is no reference that can be read, and no title in the corpus; write one as in "
            '`raadpleeg cite "35714, O, antwoord 3"`, or look for words with --quote'
        )
    whole = list(dict.fromkeys(key for key, place in found if place < 0))
    papers = whole or list(dict.fromkeys(key for key, _ in found))
    inside = replace(asked, rest="")
    if inside.inside:
        return _in_papers(query, web, inside, [web.documents[key] for key in papers])
    if len(papers) > 1:
        raise _ambiguous(f"“{asked.rest}”", papers)
    return _in_papers(query, web, inside if whole else asked, [web.documents[papers[0]]])


def _titled(web: Web, words: str, document: Document | None) -> list[tuple[str, int]]:
    """Give the papers and sections whose title is these words; else begins with them; else has them in it."""
    wanted = folded(words)
    if not wanted:
        return []
    if document is None:
        titles: Iterable[tuple[str, tuple[tuple[str, int], ...]]] = web.titles.items()
    else:
        own = document.id
        titles = [(folded(unit.label), ((own, at),)) for at, unit in enumerate(document.units)]
        titles.append((folded(document.title), ((own, -1),)))
    tests: list[Callable[[str], bool]] = [lambda title: title == wanted or _numberless(title) == wanted]
    if len(wanted) >= 5:
        tests.append(lambda title: f"{_numberless(title)} ".startswith(f"{wanted} "))
        tests.append(lambda title: f" {wanted} " in f" {title} ")
    titles = list(titles)
    near = [(title, places) for title, places in titles if wanted in title]
    for test in tests:
        if found := [place for title, places in near if test(title) for place in places]:
            return found
    parts = wanted.split()
    if len(parts) < 2 or len(wanted) < 10:
        return []
    # "motie Van der Graaf" for "Motie van het lid Van der Graaf c.s.": its words, in their order.
    near = [(title, places) for title, places in titles if parts[0] in title and parts[-1] in title]
    return [place for title, places in near if _in_order(parts, title.split()) for place in places]


def _in_order(parts: Sequence[str], words: Sequence[str]) -> bool:
    rest = iter(words)
    return all(part in rest for part in parts)


def _numberless(title: str) -> str:
    return re.sub(r"^(?:(?:hoofdstuk|artikel|paragraaf|deel) )?(?:\d+[a-z]?|[a-z]|[ivxl]+)(?: \d+)* (?=\w)", "", title)


def _in_papers(
    query: str, web: Web, asked: _Asked, papers: Sequence[Document], reference: Reference | None = None
) -> Cited:
    """Look in these papers for what is asked in them; without such, give the papers themselves."""
    if asked.rest and len(papers) == 1:
        titled = {place for _, place in _titled(web, asked.rest, papers[0])}
        if not titled:
            raise BadReference(
                f"“{asked.rest}” is no title in {papers[0].id}; `raadpleeg show {papers[0].id}` lists what it has"
            )
        asked = replace(asked, rest="") if titled == {-1} else asked
    if not asked.inside:
        places = [place_of(web, one, 0, len(one.text), whole=True) for one in papers]
        return _cited(query, web, asked, places, reference)
    found = {one.id: spots for one in papers if (spots := list(_inside(web, one, asked)))}
    what = _what(asked)
    if len(found) > 1 and (len({web.own.get(key) for key in found}) > 1 or not reference):
        raise _ambiguous(what, list(found), what)
    if found:
        return _cited(query, web, asked, [_at(web, spot) for spots in found.values() for spot in spots], reference)
    if len(papers) > 1:
        explanation = f"none of the {len(papers)} papers has {what}"
        return Cited(
            query,
            in_corpus=reference is not None,
            reference=str(reference) if reference else None,
            explanation=explanation,
        )
    (paper,) = papers
    return replace(
        _cited(query, web, asked, [place_of(web, paper, 0, len(paper.text), whole=True)], reference),
        places=(),
        explanation=f"{paper.id} has no {what}; {_has(paper, asked)}",
    )


def _cited(query: str, web: Web, asked: _Asked, places: Sequence[Place], reference: Reference | None) -> Cited:
    ids = list(dict.fromkeys(place.document for place in places))
    if len(ids) > 1 and reference:
        return Cited(query, tuple(places), str(reference), address=address_of(reference))
    first = places[0]
    own = web.own.get(first.document)
    refers = [one for one in mentions_of(web, own) if one.document != first.document] if own else []
    if asked.answers:
        refers += _pointing_at(web, web.documents[first.document], places)
    return Cited(
        query=query,
        places=tuple(places),
        reference=first.reference,
        address=address_of_document(web.documents[first.document]),
        referred_by=_by_page(refers, asked.pages),
    )


def _pointing_at(web: Web, document: Document, places: Sequence[Place]) -> Iterator[Mention]:
    """Give where other answers of the paper point to one of these."""
    spans = {(place.start, place.end) for place in places}
    for one in mentions(web, document):
        if one.inner and any((target.start, target.end) in spans for target in one.targets):
            yield one


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place that was found and is still to be told."""

    document: Document
    start: int = 0
    end: int = 0
    unit: Unit | None = None
    note: int | None = None
    """Of a footnote its place in the document's notes."""


def _at(web: Web, spot: _Spot) -> Place:
    if spot.note is not None:
        return note_place(web, spot.document, spot.note)
    return place_of(web, spot.document, spot.start, spot.end, spot.unit)


def _inside(web: Web, document: Document, asked: _Asked) -> Iterator[_Spot]:
    """Give the places in one paper that fit everything that is asked."""
    pages = [span for one in asked.pages if (span := span_of_pages(document, one))]
    if asked.pages and not pages:
        return
    if asked.notes:
        for place, note in enumerate(document.footnotes):
            on_page = not pages or any(first <= note.page <= last for first, last in asked.pages)
            if note.number in asked.notes and on_page:
                yield _Spot(document, note=place)
        return
    if not (asked.questions or asked.answers or asked.article or asked.section or asked.rest):
        for start, end in pages:
            yield _Spot(document, start, end)
        return
    for unit in _units(web, document, asked):
        if pages and not any(unit.start < end and start < unit.end for start, end in pages):
            continue
        start, end = _lid_span(document, unit, asked.paragraph)
        yield _Spot(document, start, end, unit)


def _units(web: Web, document: Document, asked: _Asked) -> Iterator[Unit]:
    titled = {place for _, place in _titled(web, asked.rest, document)} if asked.rest else set()
    for place, unit in enumerate(document.units):
        if asked.answers or asked.questions:
            numbers = asked.answers if unit.kind == "answer" else asked.questions
            if unit.kind not in ("answer", "question") or set(numbers).isdisjoint(unit.answers or unit.numbers):
                continue
        elif asked.article:
            if unit.kind != "article" or not _labelled(unit.label, asked.article):
                continue
        elif asked.section:
            if unit.kind not in ("section", "letter", "note") or not _labelled(unit.label, asked.section):
                continue
        elif place not in titled:
            continue
        yield unit


def _labelled(label: str, number: str) -> bool:
    """Tell whether a label begins with a number: "2.1 Voorgeschiedenis", "Artikel 3 Kerntaken", "a. Economie"."""
    found = re.match(r"(?:[A-Za-z]+\.? )?((?:\d+[a-z]{0,2}|[IVXLC]+|[a-z])(?:[.:]\d+[a-z]?)*)(?=[ .):]|$)", label)
    return found is not None and found[1].casefold() == number.casefold()


def _lid_span(document: Document, unit: Unit, lid: int | None) -> tuple[int, int]:
    """Give the span of a numbered paragraph of an article; the whole article where it has no such number."""
    if lid is None:
        return unit.start, unit.end
    begin = re.compile(rf"^{lid}\.? ", re.MULTILINE).search(document.text, unit.start, unit.end)
    if begin is None:
        return unit.start, unit.end
    after = re.compile(rf"^{lid + 1}\.? ", re.MULTILINE).search(document.text, begin.end(), unit.end)
    end = after.start() if after else unit.end
    return begin.start(), begin.start() + len(document.text[begin.start() : end].rstrip())


# --- how a place is told ---------------------------------------------------------------------------------------------


def place_of(
    web: Web,
    document: Document,
    start: int,
    end: int,
    unit: Unit | None = None,
    match: Match = "exact",
    changes: tuple[Change, ...] = (),
    whole: bool = False,
) -> Place:
    """Tell everything about a span: unit, speaker, page, question or answer, footnotes; `whole` is for a paper."""
    around = None if whole else unit or document.unit_at(start)
    paired = _paired(document, around, start, end)
    page = document.page_at(start)
    return Place(
        document=document.id,
        title=document.title,
        unit=around.label if around else "",
        speaker=around.speaker if around else None,
        page=page,
        start=start,
        end=end,
        quote=document.text[start:end],
        reference=official(document) if whole else official(document, page),
        match=match,
        changes=changes,
        questions=tuple(_related(document, paired, "question")),
        answers=tuple(_related(document, paired, "answer")),
        footnotes=_notes_in(web, document, start, end),
    )


def _paired(document: Document, unit: Unit | None, start: int, end: int) -> Unit | None:
    """Give the question or answer that a span is, or stands in."""
    if unit is None:
        return None
    around = [
        one for one in document.units if one.kind in ("question", "answer") and one.start <= start and end <= one.end
    ]
    return min(around, key=lambda one: one.end - one.start, default=None)


def _related(document: Document, unit: Unit | None, kind: str) -> Iterator[Related]:
    """Give the partners of a unit; of a question that stands twice the place nearest to the unit."""
    if unit is None:
        return
    nearest: dict[tuple[int, ...], Unit] = {}
    for place in unit.partners:
        one = document.units[place]
        key = one.numbers or (one.start,)
        if one.kind == kind and (
            key not in nearest or abs(one.start - unit.start) < abs(nearest[key].start - unit.start)
        ):
            nearest[key] = one
    for one in sorted(nearest.values(), key=lambda one: one.start):
        yield Related(one.label, one.speaker, one.page, one.start, one.end, document.text[one.start : one.end])


def _notes_in(web: Web, document: Document, start: int, end: int) -> tuple[Note, ...]:
    """Give the notes whose marks stand in a span, or right behind its last word."""
    within = [
        number
        for number, note in enumerate(document.footnotes)
        if (note.mark is not None and start < note.mark <= end) or (end - start == len(document.text))
    ]
    return notes(web, document, within)


def note_place(web: Web, document: Document, at: int) -> Place:
    """Tell the place of a footnote, by its place in the document's notes: the sentence that it belongs to.

    Of a note without a mark that is its page.
    """
    note = document.footnotes[at]
    span = span_of_pages(document, (note.page, note.page)) or (0, len(document.text))
    if note.mark is not None:
        begin = document.text.rfind("\n", 0, max(0, note.mark - 1)) + 1
        close = document.text.find("\n", note.mark)
        around = list(sentences(document.text, begin, close if close >= 0 else len(document.text)))
        span = next(((start, end) for start, end in around if start < note.mark <= end), around[-1] if around else span)
    place = place_of(web, document, *span)
    return replace(
        place,
        unit=place.unit if note.mark is not None else "",
        page=note.page,
        reference=official(document, note.page),
        footnotes=notes(web, document, (at,)),
        footnote=note.number,
    )


# --- what is said ----------------------------------------------------------------------------------------------------


def _ambiguous(what: str, ids: Sequence[str], unit: str | None = None) -> Ambiguous:
    example = f"{ids[0]}, {unit}" if unit else ids[0]
    return Ambiguous(f'{what} stands in {len(ids)} papers: {_listed(ids)}; name one, as in "{example}"', tuple(ids))


def _listed(ids: Sequence[str]) -> str:
    more = len(ids) - MOST_NAMED
    return ", ".join(ids[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _what(asked: _Asked) -> str:
    parts: list[str] = []
    for word, numbers in (("voetnoot", asked.notes), ("antwoord", asked.answers), ("vraag", asked.questions)):
        if numbers:
            parts.append(f"{word} {', '.join(map(str, numbers))}")
    if asked.article:
        parts.append(f"artikel {asked.article}")
    if asked.section:
        parts.append(f"paragraaf {asked.section}")
    if asked.rest:
        parts.append(f"“{asked.rest}”")
    for first, last in asked.pages:
        parts.append(f"p. {first}" if first == last else f"p. {first}-{last}")
    return ", ".join(parts)


def _has(document: Document, asked: _Asked) -> str:
    """Tell what a paper has instead of what is asked."""
    if asked.notes:
        numbers: Iterable[int] = (note.number for note in document.footnotes)
        return _range("footnotes", numbers)
    if asked.answers or asked.questions:
        kind = "answer" if asked.answers else "question"
        return _range(f"{kind}s", (number for unit in document.units if unit.kind == kind for number in unit.numbers))
    if asked.pages:
        return f"it has {len(document.pages)} pages"
    return f"`raadpleeg show {document.id}` lists what it has"


def _range(what: str, numbers: Iterable[int]) -> str:
    known_ = sorted({number for number in numbers if number})
    if not known_:
        return f"it has no numbered {what}"
    return f"it has {what} {known_[0]} to {known_[-1]}" if len(known_) > 1 else f"it has only number {known_[0]}"
