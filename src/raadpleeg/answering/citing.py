"""Puts a citation behind every sentence: the model phrases, code attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from raadpleeg.answering.verifying import problems
from raadpleeg.indexing.words import terms
from raadpleeg.reading.references import official
from raadpleeg.reading.sentences import with_context
from raadpleeg.records import Citation, Document, Evidence, Language, Sentence, Vectors


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of evidence as it is quoted: the sentence with what it points back to."""

    document: Document
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words, straight from the document."""
        return self.document.text[self.start : self.end]


def source_of(one: Evidence) -> Source:
    """Take a sentence together with the one that it points back to."""
    document = one.passage.document
    return Source(document, *with_context(document.text, one.start, one.end))


def cite(number: int, source: Source) -> Citation:
    """Write the citation for a source: its words, and where they stand."""
    document, start = source.document, source.start
    unit = document.unit_at(start)
    page = document.page_at(start)
    return Citation(
        number=number,
        document=document.id,
        title=document.title,
        unit=unit.label if unit else f"p. {page}",
        speaker=unit.speaker if unit else None,
        page=page,
        start=start,
        end=source.end,
        quote=source.quote,
        reference=official(document, page),
    )


@dataclass(slots=True)
class Citations:
    """Numbers the sources of one answer in the order in which they are first needed."""

    sources: list[Source]

    def number(self, source: Source) -> int:
        """Give the number of a source, a new one if it had none."""
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source) + 1

    def written(self) -> tuple[Citation, ...]:
        """Write them all."""
        return tuple(cite(number, source) for number, source in enumerate(self.sources, 1))


def attribute(
    text: str, vector: Vectors, sources: Sequence[Source], vectors: Vectors, language: Language
) -> tuple[Source, tuple[str, ...]]:
    """Find the source that carries a written sentence, and what of the sentence it does not carry.

    Sources are tried in order of likeness; the first that carries everything is taken, else the likest with its
    problems. `vector` is the sentence's, shape ``(dimension,)``; `vectors` has one row for each source.
    """
    cosines = vectors @ vector
    said = set(terms(text))
    shares = [len(said & set(terms(source.quote))) / max(1, len(said)) for source in sources]
    order = sorted(range(len(sources)), key=lambda at: -(float(cosines[at]) + shares[at]))
    checked = [(sources[at], problems(text, sources[at].quote, float(cosines[at]), language)) for at in order]
    return next((one for one in checked if not one[1]), checked[0])


def quoted(source: Source, citations: Citations) -> Sentence:
    """Make a sentence of the source's own words."""
    return Sentence(source.quote, (citations.number(source),), "quoted")
