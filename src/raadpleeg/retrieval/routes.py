"""What a question names by itself, and so goes to first: a paper, a dossier, the number of a question, a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from raadpleeg.indexing.generation import Index
from raadpleeg.reading.numbering import NUMBERS, numbers_in
from raadpleeg.reading.references import Reference, find, reference_of, same_paper
from raadpleeg.reading.signatures import signs
from raadpleeg.records import Document, Ids, Passage, Unit

_UNITS = "vraag|vragen|antwoord|antwoorden|frage|fragen|antwort|question|questions|réponse|answer|answers"
_NAMED = re.compile(
    rf"\b(?:{_UNITS}) (?:nr\.? |no\.? |nummer |op (?:de )?(?:vraag |vragen )?)?{NUMBERS}\b", re.IGNORECASE
)
_ANSWERED = re.compile(r"antwoord|antwort|answer|répon|repl(?:y|ied)|reagee?r", re.IGNORECASE)
_SIGNED = re.compile(
    r"ondertekend|ondertekening|handtekening|\btekende|getekend|unterschr|unterzeichn|\bsigné|signature|\bsigned\b",
    re.IGNORECASE,
)
_PAGE = re.compile(r"\b(?:p\.|blz\.|pag\.|pagina|bladzijde|seite|page) ?(\d{1,4})\b", re.IGNORECASE)
_DOSSIER = re.compile(
    r"(?<![\d.])(\d{2}[ .]?\d{3})(?:[- ]([IVX]+))?(?:(?:,? (?:nr\. ?|letter )?| ?[-/] ?)([A-Z]{1,3}|\d{1,3})\b)?"
)
_PAPERS = ("kamerstuk", "aanhangsel", "handelingen")
_QUESTIONS = re.compile(r"\baanhangsel\D{0,40}?(\d{1,4})\b(?![-/])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names; everything may be empty."""

    documents: frozenset[str] = frozenset()
    """Ids of papers in the index."""
    missing: tuple[str, ...] = ()
    """Papers that are named but not in the index, in their official form."""
    numbers: frozenset[int] = frozenset()
    """Of questions or answers."""
    answers: bool = False
    """Whether the answers to those numbers are meant; else the questions."""
    pages: frozenset[int] = frozenset()
    signatures: bool = False
    """Whether it is asked who signed."""


def named_in(question: str, index: Index) -> Named:
    """Read what a question names; a question without a figure names no place."""
    signatures = bool(_SIGNED.search(question))
    if not any(char.isdigit() for char in question):
        return Named(signatures=signatures)
    documents, missing = _papers(question, index)
    return Named(
        documents=documents,
        missing=missing,
        numbers=frozenset(number for found in _NAMED.finditer(question) for number in numbers_in(found[1])),
        answers=bool(_ANSWERED.search(question)),
        pages=frozenset(int(found[1]) for found in _PAGE.finditer(question)),
        signatures=signatures,
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Numbers of passages, ascending."""

    exact: Ids
    """Named to the letter: a question or an answer by its number, a page of a paper."""
    partners: Ids
    """The answers to the questions among those, and the questions to the answers."""
    papers: Ids
    """Everything in the papers that are named."""
    signatures: Ids
    """Where papers are signed, if that is what is asked."""


def places(index: Index, named: Named) -> Places:
    """Give the passages that are named."""
    papers = sorted(named.documents) if named.documents else list(index.documents)
    within = [number for key in papers for number in index.numbers.get(key, ())]
    exact: list[int] = []
    if named.numbers:
        exact = [number for number in within if _leads_to(index.passages[number].unit, named)]
    elif named.pages and named.documents:
        exact = [number for number in within if index.passages[number].page in named.pages]
    partners = [other for number in exact for other in partners_of(index, index.passages[number])]
    signed = [number for number in within if signs(index.passages[number])] if named.signatures else []
    return Places(_ids(exact), _ids(partners), _ids(within if named.documents else []), _ids(signed))


def partners_of(index: Index, passage: Passage) -> Iterator[int]:
    """Give the numbers of the passages of the answers to a question, or of the questions to an answer."""
    for unit in passage.partners:
        for number in index.numbers[passage.document.id]:
            if unit.start <= index.passages[number].start < unit.end:
                yield number


def _leads_to(unit: Unit | None, named: Named) -> bool:
    wanted = "answer" if named.answers else "question"
    return unit is not None and unit.kind == wanted and not named.numbers.isdisjoint(unit.numbers)


def _papers(question: str, index: Index) -> tuple[frozenset[str], tuple[str, ...]]:
    """Give the papers of the index that are named, and those that are named and not there."""
    folded = question.casefold()
    # A file's own name, where it cannot be taken for a word.
    found = {key for key in index.documents if any(char.isdigit() for char in key) and key.casefold() in folded}
    missing: dict[str, None] = {}
    rest = question
    for one in find(question):
        if one.reference.kind in _PAPERS:
            own = _those(index, one.reference.paper)
            found |= own
            rest = f"{rest[: one.start]}{' ' * (one.end - one.start)}{rest[one.end :]}"
            if not own:
                missing[str(one.reference.paper)] = None
    for reference in _typed(rest):  # any number may look like one of these, so only those that are there count
        found |= _those(index, reference)
    return frozenset(found), tuple(missing)


def _typed(text: str) -> Iterator[Reference]:
    """Read references as people type them: "35714 O", "35.714 nr. 6", "Aanhangsel 1314"."""
    for number, chapter, paper in _DOSSIER.findall(text):
        dossier = re.sub(r"[ .]", "", number) + (f"-{chapter}" if chapter else "")
        yield Reference("kamerstuk", number=paper or None, dossiers=(dossier,))
    for number in _QUESTIONS.findall(text):
        yield Reference("aanhangsel", number=number)


def _those(index: Index, reference: Reference) -> set[str]:
    papers = ((key, one) for key, one in index.documents.items() if _may_be(one, reference))
    return {key for key, document in papers if _is(document, reference)}


def _may_be(document: Document, reference: Reference) -> bool:
    """Leave out, cheaply, papers with none of the numbers: to read what a paper calls itself takes a parser."""
    numbers = reference.dossiers or ((reference.number,) if reference.number else ())
    known = {*document.metadata.dossiers, document.metadata.number}
    return any(number in known or number in document.id for number in numbers)


def _is(document: Document, reference: Reference) -> bool:
    own = reference_of(document)
    if own is None or own.kind != reference.kind:
        return False
    if reference.number is None:  # the whole dossier
        return bool(reference.dossiers) and set(reference.dossiers) <= set(own.dossiers)
    return same_paper(own, reference)


def _ids(numbers: list[int]) -> Ids:
    return np.array(sorted(set(numbers)), np.int64)
