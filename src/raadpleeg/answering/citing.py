"""Puts a citation behind every sentence: the model phrases, code attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from raadpleeg.answering.attributing import according_to
from raadpleeg.answering.verifying import Problem, problems
from raadpleeg.indexing.words import terms
from raadpleeg.reading.references import official
from raadpleeg.reading.sentences import sentences, with_context
from raadpleeg.records import Citation, Document, Evidence, Language, Sentence, Vectors

GOOD = 8
"""Sentences of the evidence, from the best on, that are joined to those beside them."""
LONGEST = 700
"""Letters of a quotation that is put together of sentences that stand side by side."""
LONGEST_LIST = 700
"""Letters after the sentence that announces a list, within which its items are quoted with it."""
NEARLY = 1.2
"""Log of the odds that a sentence may fall short of the one beside it and still count as found."""
SAID = 0.9
"""Share of a source's words that make a quotation of it superfluous."""


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of evidence as it is quoted: the sentence with what it points back to."""

    document: Document
    start: int
    end: int
    odds: float = field(default=0.0, compare=False)
    """The log of the odds that it answers; where no reranker read it, a score of the same kind."""
    core: tuple[int, int] = field(default=(0, 0), compare=False)
    """Span of the best of its sentences."""
    found: tuple[int, int] = field(default=(0, 0), compare=False)
    """The same, with the sentences beside it that are nearly as good."""

    @property
    def quote(self) -> str:
        """The words, straight from the document."""
        return self.document.text[self.start : self.end]


def source_of(one: Evidence) -> Source:
    """Take a sentence together with the one that it points back to, and with the list that it announces."""
    document = one.passage.document
    odds = one.score if one.odds is None else one.odds
    start, end = with_context(document.text, one.start, one.end)
    return Source(document, start, _end_of_list(document, end), odds, (one.start, one.end), (one.start, one.end))


def sources_of(evidence: Sequence[Evidence]) -> tuple[Source, ...]:
    """Take each sentence with what it needs to be understood, no words twice, the best first.

    Good sentences that stand side by side are one quotation. One that overlaps another and stands lower is left out.
    """
    found: list[Source] = []
    for rank, one in enumerate(evidence):
        source = source_of(one)
        beside = [at for at, other in enumerate(found) if _touch(source, other)]
        if not beside:
            found.append(source)
        elif rank < GOOD and len(beside) == 1:
            both = _joined(found[beside[0]], source)
            if both.end - both.start <= LONGEST:
                found[beside[0]] = both
            elif not _overlap(source, found[beside[0]]):
                found.append(source)
        elif not any(_overlap(source, found[at]) for at in beside):
            found.append(source)
    return tuple(found)


def _end_of_list(document: Document, end: int) -> int:
    """Give where the list ends that is announced just before `end`; items are lines that had a bullet, or run on."""
    text = document.text
    if not text[:end].rstrip().endswith(":"):
        return end
    unit = document.unit_at(end - 1)
    last = unit.end if unit else len(text)
    bullets = {one.at for one in document.removed if one.kind == "bullet" and end <= one.at <= end + LONGEST_LIST}
    reached = end
    for start, stop in sentences(text, end, min(last, end + LONGEST_LIST)):
        runs_on = text[:reached].rstrip().endswith((":", ";", ","))
        if not (runs_on or any(start - 3 <= at <= start for at in bullets)):
            break
        reached = stop
    return reached


def _touch(one: Source, other: Source) -> bool:
    """Tell whether two sources overlap, or stand side by side in the same words of the same speaker."""
    if one.document is not other.document:
        return False
    first, second = sorted((one, other), key=lambda source: source.start)
    if second.start <= first.end:
        return True
    same = one.document.unit_at(one.start) is one.document.unit_at(other.start)
    return same and not one.document.text[first.end : second.start].strip()


def _overlap(one: Source, other: Source) -> bool:
    return one.document is other.document and one.start < other.end and other.start < one.end


def _joined(better: Source, other: Source) -> Source:
    odds = float(np.logaddexp(better.odds, other.odds))
    start, end = min(better.start, other.start), max(better.end, other.end)
    found = better.found
    if other.odds > better.odds - NEARLY:
        found = min(found[0], other.found[0]), max(found[1], other.found[1])
    return Source(better.document, start, end, odds, better.core, found)


def cite(number: int, source: Source, language: Language = "nl") -> Citation:
    """Write the citation for a source: its words, where they stand, and whose they are in the answer's language."""
    document, start = source.document, source.start
    unit = document.unit_at(start)
    page = document.page_at(start)
    reference = official(document, page)
    where = unit.label if unit and unit.speaker else reference
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
        reference=reference,
        according=according_to(where, unit.speaker if unit else None, bool(unit and unit.kind == "question"), language),
        found=_found(source),
    )


def _found(source: Source) -> tuple[int, int] | None:
    start, end = max(source.start, source.found[0]), min(source.end, source.found[1])
    return (start, end) if start < end and (start, end) != (source.start, source.end) else None


@dataclass(slots=True)
class Citations:
    """Numbers the sources of one answer in the order in which they are first needed."""

    sources: list[Source]
    language: Language = "nl"

    def number(self, source: Source) -> int:
        """Give the number of a source, a new one if it had none."""
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source) + 1

    def written(self) -> tuple[Citation, ...]:
        """Write them all."""
        return tuple(cite(number, source, self.language) for number, source in enumerate(self.sources, 1))


def attribute(
    text: str, vector: Vectors, sources: Sequence[Source], vectors: Sequence[Vectors], language: Language
) -> tuple[Source, tuple[Problem, ...]]:
    """Find the source that carries a written sentence, and what of the sentence it does not carry.

    Sources are tried in order of likeness; the first that carries everything is taken, else the likest with its
    problems.

    Args:
        text: the sentence.
        vector: its own, shape ``(dimension,)``.
        sources: what it may rest on.
        vectors: for each source one row for each of its `parts_of`; the likest counts.
        language: of the sentence.
    """
    near = [rows @ vector for rows in vectors]
    said = set(terms(text))
    shares = [len(said & set(terms(source.quote))) / max(1, len(said)) for source in sources]
    order = sorted(range(len(sources)), key=lambda at: -(float(near[at].max()) + shares[at]))
    checked = [(sources[at], _check(text, sources[at], near[at], language)) for at in order]
    return next((one for one in checked if not one[1]), checked[0])


def parts_of(source: Source) -> list[str]:
    """Give a source as a whole, its sentences, and its sentences two by two, all that a written one may rest on."""
    own = [source.quote[start:end] for start, end in sentences(source.quote)]
    pairs = [f"{one} {other}" for one, other in pairwise(own)]
    return list(dict.fromkeys([source.quote, *own, *pairs]))


def _check(text: str, source: Source, near: Vectors, language: Language) -> tuple[Problem, ...]:
    """Give what a source does not carry: as a whole, or in the one or two of its sentences that carry the most.

    What its other sentences deny or make a condition has no part in a sentence that rests on one of them.
    """
    unit = source.document.unit_at(source.start)
    speaker, asked = (unit.speaker, unit.kind == "question") if unit else (None, False)
    found = [
        problems(text, words, cosine, language, speaker=speaker, asked=asked)
        for words, cosine in zip(parts_of(source), near.tolist(), strict=True)
    ]
    return min(found, key=len)


def said_already(source: Source, written: Sequence[Sentence]) -> bool:
    """Tell whether the sentences that were written hold nearly all words of a source, so that it adds nothing."""
    words = set(terms(source.quote))
    held = {term for sentence in written for term in terms(sentence.text)}
    return len(words & held) >= SAID * len(words)


def quoted(source: Source, citations: Citations) -> Sentence:
    """Make a sentence of the source's own words."""
    return Sentence(source.quote, (citations.number(source),), "quoted")
