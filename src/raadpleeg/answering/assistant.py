"""The online spine: question, hits, evidence, quotes, phrasing, attribution, answer. Every door calls this one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from raadpleeg.answering import abstaining
from raadpleeg.answering.citing import Citations, Source, attribute, cite, quoted, source_of
from raadpleeg.answering.evidence import find_evidence
from raadpleeg.answering.prompting import NOT_FOUND, close, messages, read_ahead
from raadpleeg.indexing.generation import Index
from raadpleeg.reading.sentences import sentences
from raadpleeg.records import (
    Answer,
    Draft,
    Encoder,
    Evidence,
    Generator,
    Hit,
    Language,
    Quotes,
    Reason,
    Sentence,
    Timings,
    Vectors,
)
from raadpleeg.retrieval.filters import Filter
from raadpleeg.retrieval.search import EVERYTHING, Query, look, search
from raadpleeg.settings import Settings

CHARACTERS_A_TOKEN = 2.8
"""Dutch prose, in the tokens of the default generator; turns a budget of tokens into one of characters."""

GOOD = 8
"""Sentences of the evidence, from the best on, that may bring their neighbour along."""

Event = Quotes | Draft | Answer


@dataclass(slots=True)
class _Clock:
    """Notes when things happened, in milliseconds since the question."""

    start: float = field(default_factory=perf_counter)
    marks: dict[str, float] = field(default_factory=dict)

    def mark(self, what: str) -> None:
        self.marks.setdefault(what, round((perf_counter() - self.start) * 1000, 1))

    def timings(self) -> Timings:
        self.mark("total")
        get = self.marks.get
        return Timings(self.marks["retrieve"], get("first_quote"), get("first_token"), self.marks["total"])


@dataclass(frozen=True, slots=True)
class _Found:
    """All that is known once retrieval is done."""

    query: Query
    language: Language
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    sources: tuple[Source, ...]


class Assistant:
    """Answers questions from one index. Without a generator it answers in quotations.

    May be shared between threads. Retrieval takes milliseconds and nobody waits for another's answer to be written
    before his quotations come; a generator puts those who write in a row by itself.
    """

    def __init__(self, index: Index, encoder: Encoder, generator: Generator | None, settings: Settings) -> None:
        self.index = index
        self._encoder = encoder
        self._generator = generator
        self._settings = settings
        self._encoding = threading.Lock()  # tokenizers keep state and are not safe to share

    @property
    def generator_name(self) -> str | None:
        """The name of the model that writes; None where answers are quotations."""
        return self._generator.name if self._generator else None

    def ask(
        self, question: str, quotes_only: bool = False, history: Sequence[str] = (), wanted: Filter = EVERYTHING
    ) -> Answer:
        """Answer a question; the arguments are those of `stream`.

        Raises:
            BadQuestion: it is empty or too long.
            GenerationFailed: the engine stopped.
        """
        for event in self.stream(question, quotes_only, history, wanted):
            if isinstance(event, Answer):
                return event
        raise ValueError("a stream of events ends with its answer")

    def warm_up(self) -> None:
        """Let every part do its first work, which is slow, before there is a question: the page does so at its start.

        Raises:
            GenerationFailed: the engine stopped.
        """
        self._find("Wie?")
        if self._generator:
            read_ahead(self._generator, self._settings)

    def search(
        self, question: str, k: int, history: Sequence[str] = (), wanted: Filter = EVERYTHING
    ) -> tuple[Hit, ...]:
        """Give the `k` best passages for a question.

        Args:
            question: as it was asked.
            k: how many.
            history: the questions asked before in the same conversation, oldest first.
            wanted: what a passage has to be.

        Raises:
            BadQuestion: it is empty or too long.
        """
        return search(self.index, self._look(question, history), k, self._settings, wanted)

    def stream(
        self, question: str, quotes_only: bool = False, history: Sequence[str] = (), wanted: Filter = EVERYTHING
    ) -> Iterator[Event]:
        """Answer a question bit by bit: `Quotes` at once, then a `Draft` after each word, and the `Answer` last.

        An answer that abstains comes at once, without quotes. Closing the iterator stops the model.

        Args:
            question: as it was asked.
            quotes_only: let no model write.
            history: the questions asked before in the same conversation, oldest first.
            wanted: what a passage has to be to count.

        Raises:
            BadQuestion: it is empty or too long.
            GenerationFailed: the engine stopped.
        """
        clock = _Clock()
        found = self._find(question, history, wanted)
        clock.mark("retrieve")
        generator = None if quotes_only else self._generator
        chance = abstaining.chance(self.index, found.query, found.hits, found.evidence, found.language)
        if chance < self._settings.abstain_below or not found.sources:
            reason = abstaining.reason_before(self.index, found.query, found.hits)
            yield self._answer(found, (), Citations([]), reason, generator, clock, chance)
            return
        quotes = found.sources[: self._settings.quotes]
        clock.mark("first_quote")
        yield Quotes(tuple(cite(number, source) for number, source in enumerate(quotes, 1)), found.hits)
        citations = Citations([])
        if generator is None:
            checked = tuple(quoted(source, citations) for source in quotes)
        else:
            checked = ()
            for draft in self._write(generator, found, citations, clock):
                checked = draft.checked
                yield draft
        if not checked and chance >= self._settings.quote_above:
            # A small model gives up too soon; where question and words are this close, the words may speak.
            checked = (quoted(found.sources[0], citations),)
        unsaid = None if checked else abstaining.reason_after(found.evidence)
        yield self._answer(found, checked, citations, unsaid, generator, clock, chance)

    def _look(self, question: str, history: Sequence[str] = ()) -> Query:
        with self._encoding:
            return look(question, self.index, self._encoder, self._settings, history)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        with self._encoding:
            return self._encoder.encode_passages(texts)

    def _find(self, question: str, history: Sequence[str] = (), wanted: Filter = EVERYTHING) -> _Found:
        query = self._look(question, history)
        hits = search(self.index, query, self._settings.top_k, self._settings, wanted)
        evidence = find_evidence(self.index, query, hits, self._settings, wanted)
        return _Found(query, query.language, hits, evidence, _sources(evidence))

    def _write(self, generator: Generator, found: _Found, citations: Citations, clock: _Clock) -> Iterator[Draft]:
        """Let the model write; each sentence is checked as soon as it is whole."""
        sources = self._within_budget(found.sources)
        vectors = self._vectors([source.quote for source in sources])
        prompt = messages(found.query.full, [source.quote for source in sources], found.language)
        checked: list[Sentence] = []
        written = ""
        pieces = generator.stream(prompt)
        try:
            for piece in pieces:
                clock.mark("first_token")
                written += piece
                whole, rest = _whole_sentences(written)
                for text in whole:
                    self._check(text, sources, vectors, found.language, citations, checked)
                written = rest
                # What may still turn out to be "not found" is not shown as a beginning of an answer.
                yield Draft(tuple(checked), "" if _says_not_found(written) else written.strip())
        finally:
            close(pieces)
        for start, end in sentences(written):
            self._check(written[start:end], sources, vectors, found.language, citations, checked)
        yield Draft(tuple(checked))

    def _check(
        self,
        text: str,
        sources: tuple[Source, ...],
        vectors: Vectors,
        language: Language,
        citations: Citations,
        checked: list[Sentence],
    ) -> None:
        """Attribute a written sentence; where nothing carries it, the words of the best evidence take its place.

        After a sentence that holds, one that nothing carries is left out.
        """
        if _says_not_found(text):
            return
        source, wrong = attribute(text, self._vectors([text])[0], sources, vectors, language)
        if not wrong:
            checked.append(Sentence(text, (citations.number(source),), "supported"))
        elif not checked:
            checked.append(quoted(sources[0], citations))

    def _within_budget(self, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        budget = self._settings.evidence_tokens * CHARACTERS_A_TOKEN
        taken: list[Source] = []
        for source in sources[: self._settings.evidence_sentences]:
            budget -= len(source.quote)
            if budget < 0 and taken:
                break
            taken.append(source)
        return tuple(taken)

    def _answer(
        self,
        found: _Found,
        written: tuple[Sentence, ...],
        citations: Citations,
        reason: Reason | None,
        generator: Generator | None,
        clock: _Clock,
        confidence: float,
    ) -> Answer:
        return Answer(
            question=found.query.text,
            language=found.language,
            sentences=written,
            citations=citations.written(),
            hits=found.hits,
            reason=reason,
            explanation=abstaining.explanation(reason, found.language) if reason else None,
            encoder=self._encoder.name,
            generator=generator.name if generator else None,
            timings=clock.timings(),
            confidence=confidence,
        )


def _sources(evidence: Sequence[Evidence]) -> tuple[Source, ...]:
    """Take each sentence with what it points back to, no words twice.

    A good sentence that points back to a better one takes its place, and so brings it along; one that stands lower is
    left out, for it would only make the quotation longer.
    """
    sources: list[Source] = []
    for rank, one in enumerate(evidence):
        source = source_of(one)
        beside = [at for at, other in enumerate(sources) if _overlap(source, other)]
        if not beside:
            sources.append(source)
        elif rank < GOOD and len(beside) == 1 and _holds(source, sources[beside[0]]):
            sources[beside[0]] = source
    return tuple(sources)


def _holds(one: Source, other: Source) -> bool:
    return one.start <= other.start and other.end <= one.end


def _overlap(one: Source, other: Source) -> bool:
    return one.document is other.document and one.start < other.end and other.start < one.end


def _says_not_found(text: str) -> bool:
    said = text.strip().strip(".\"'").upper()
    return bool(said) and (said.startswith(NOT_FOUND) or NOT_FOUND.startswith(said))


def _whole_sentences(written: str) -> tuple[list[str], str]:
    """Part what is written into the sentences that are surely whole, and the rest."""
    spans = list(sentences(written))
    if len(spans) < 2:
        return [], written
    return [written[start:end] for start, end in spans[:-1]], written[spans[-1][0] :]
