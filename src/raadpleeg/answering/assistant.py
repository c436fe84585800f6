"""The online spine: question, hits, evidence, quotes, phrasing, attribution, answer. Every door calls this one."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field
from math import log
from time import perf_counter

import numpy as np

from raadpleeg.answering import abstaining, expecting
from raadpleeg.answering.abstaining import Signs, Stage, read_calibration
from raadpleeg.answering.briefing import Extract, brief, excerpt
from raadpleeg.answering.citing import Citations, Source, attribute, cite, parts_of, quoted, said_already, sources_of
from raadpleeg.answering.courtesies import courtesy
from raadpleeg.answering.evidence import Reading, find_evidence
from raadpleeg.answering.expecting import Expected
from raadpleeg.answering.prompting import NOT_FOUND, chance_of_nothing, close, messages, read_ahead
from raadpleeg.answering.ranking import read_ranking
from raadpleeg.answering.reranking import Reranker
from raadpleeg.indexing.generation import Index, check_encoder
from raadpleeg.indexing.sharing import Shared
from raadpleeg.reading.sentences import sentences
from raadpleeg.records import (
    Answer,
    Draft,
    Encoder,
    Evidence,
    Generator,
    Hit,
    Language,
    Message,
    Quotes,
    Reason,
    Sentence,
    Timings,
    Vectors,
)
from raadpleeg.retrieval.conversation import points_back
from raadpleeg.retrieval.filters import Filter
from raadpleeg.retrieval.search import EVERYTHING, Query, look, search
from raadpleeg.settings import Settings

CHARACTERS_A_TOKEN = 2.8
"""Dutch prose, in the tokens of the default generator; turns a budget of tokens into one of characters."""

SAID_NOTHING, SAID_SOMETHING = 0.9, 0.1
"""What it counts for that a model says that nothing is there, or that it answers, where its engine tells no chance."""

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
    stage: Stage
    lacking: Expected | None
    """What kind of thing is asked for and does not stand in the best quotations."""
    signs: Signs | None
    """None where it needs no reckoning whether the papers answer."""
    chance: float
    """By retrieval alone, that they do."""


class Assistant:
    """Answers questions from one index. Without a generator it answers in quotations.

    May be shared between threads. Retrieval takes milliseconds and nobody waits for another's answer to be written
    before his quotations come; a generator puts those who write in a row by itself.
    """

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        generator: Generator | None,
        settings: Settings,
        reranker: Reranker | None = None,
    ) -> None:
        self.index = index
        self._encoder = encoder
        self._generator = generator
        self._settings = settings
        self._reading = Reading(read_ranking(), reranker)
        self._calibration = read_calibration()
        self._encoding = threading.Lock()  # tokenizers keep state and are not safe to share

    @property
    def encoder(self) -> Encoder:
        """The encoder, for others than the assistant itself: it takes its turn with the questions."""
        return Shared(self._encoder, self._encoding)

    def with_index(self, index: Index) -> Assistant:
        """Give an assistant with the same models that answers from another index, built with the same encoder.

        Answers that are on their way keep the index that they began with.

        Raises:
            IndexMismatch: it was built with another encoder.
        """
        check_encoder(index.manifest, self._encoder)
        other = copy(self)
        other.index = index
        return other

    @property
    def generator_name(self) -> str | None:
        """The name of the model that writes; None where answers are quotations."""
        return self._generator.name if self._generator else None

    def ask(
        self,
        question: str,
        quotes_only: bool = False,
        history: Sequence[str] = (),
        wanted: Filter = EVERYTHING,
        plain: bool = False,
    ) -> Answer:
        """Answer a question; the arguments are those of `stream`.

        Raises:
            BadQuestion: it is empty or too long.
            GenerationFailed: the engine stopped.
        """
        for event in self.stream(question, quotes_only, history, wanted, plain):
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
        self,
        question: str,
        quotes_only: bool = False,
        history: Sequence[str] = (),
        wanted: Filter = EVERYTHING,
        plain: bool = False,
    ) -> Iterator[Event]:
        """Answer a question bit by bit: `Quotes` at once, then a `Draft` after each word, and the `Answer` last.

        An answer that abstains comes at once, without quotes. Closing the iterator stops the model.

        Args:
            question: as it was asked.
            quotes_only: let no model write.
            history: the questions asked before in the same conversation, oldest first.
            wanted: what a passage has to be to count.
            plain: ask the model for plain language; quotations stay as they are.

        Raises:
            BadQuestion: it is empty or too long.
            GenerationFailed: the engine stopped.
        """
        clock = _Clock()
        if kind := courtesy(question):
            yield self._kindly(question, *kind, clock)
            return
        found = self._find(question, history, wanted)
        clock.mark("retrieve")
        generator = None if quotes_only else self._generator
        if found.chance < self._settings.abstain_below or not found.sources:
            yield self._abstain(found, generator, clock, found.chance)
            return
        quotes = self._quotes(found)
        clock.mark("first_quote")
        yield Quotes(tuple(cite(number, source, found.language) for number, source in enumerate(quotes, 1)), found.hits)
        citations = Citations([], found.language)
        checked: tuple[Sentence, ...] = ()
        withheld = 0
        chance = found.chance
        if generator is not None:
            extracts = self._brief(found.sources)
            sources = tuple(one.source for one in extracts)
            prompt = messages(found.query.full, [one.words for one in extracts], found.language, plain)
            none = chance_of_nothing(generator, prompt)
            if none is not None:
                chance = self._chance_with(none, found)
                if chance < self._settings.abstain_below:
                    yield self._abstain(found, generator, clock, chance)
                    return
            for draft in self._write(generator, prompt, sources, found.language, citations, clock):
                checked, withheld = draft.checked, draft.withheld
                yield draft
            if none is None:  # what it wrote tells, if not how surely
                chance = self._chance_with(SAID_SOMETHING if checked or withheld else SAID_NOTHING, found)
                if chance < self._settings.abstain_below:
                    yield self._abstain(found, generator, clock, chance)
                    return
        # What the model left out of the best quotations stands in the papers' own words.
        left_out = [source for source in quotes if source not in citations.sources]
        checked += tuple(quoted(source, citations) for source in left_out if not said_already(source, checked))
        yield self._answer(found, checked, citations, None, generator, clock, chance, withheld)

    def _look(self, question: str, history: Sequence[str] = ()) -> Query:
        with self._encoding:
            return look(question, self.index, self._encoder, self._settings, history)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        with self._encoding:
            return self._encoder.encode_passages(texts)

    def _find(self, question: str, history: Sequence[str] = (), wanted: Filter = EVERYTHING) -> _Found:
        query = self._look(question, history)
        if query.full != query.text and not points_back(query.text):
            # Only its being short says that it goes on. If the papers have nothing in common with it, it is about
            # something else; read with the question before it, that one would be answered.
            alone = self._find(question, wanted=wanted)
            if alone.chance == 0.0:
                return alone
        hits = search(self.index, query, self._settings.top_k, self._settings, wanted)
        with self._encoding:
            evidence = find_evidence(self.index, query, hits, self._reading, wanted)
        stage: Stage = "reranked" if self._reading.reranker else "ranked"
        chance = abstaining.certain(query, hits, evidence)
        sources = sources_of(evidence)
        kind = expecting.expected(query.text)
        lacking = expecting.lacking(kind, [excerpt(one) for one in sources[: abstaining.NEAREST]])
        signs = None
        if hits and evidence:
            signs = abstaining.signs(self.index, query, hits, evidence, lacking)
        if chance is None and signs is not None:
            chance = self._calibration.chance(stage, signs)
        return _Found(
            query,
            query.language,
            hits,
            evidence,
            sources,
            stage,
            kind if lacking == 1.0 else None,
            signs,
            chance or 0.0,
        )

    def _quotes(self, found: _Found) -> tuple[Source, ...]:
        """Take the best quotation, and others that come close to it."""
        best, *others = found.sources[: self._settings.quotes]
        bound = best.odds + log(self._settings.quote_share)
        return (best, *(one for one in others if one.odds >= bound))

    def _chance_with(self, none: float, found: _Found) -> float:
        """Reckon anew whether the papers answer, now that a model has read the sentences."""
        if found.signs is None or found.chance == 1.0:
            return found.chance
        return self._calibration.chance("written", abstaining.with_model(found.signs, none))

    def _write(
        self,
        generator: Generator,
        prompt: Sequence[Message],
        sources: tuple[Source, ...],
        language: Language,
        citations: Citations,
        clock: _Clock,
    ) -> Iterator[Draft]:
        """Let the model write; each sentence is checked as soon as it is whole, and withheld if nothing carries it."""
        vectors: list[Vectors] = []
        checked: list[Sentence] = []
        withheld = 0
        written = ""
        pieces = generator.stream(prompt)

        def check(text: str) -> int:
            if _says_not_found(text):
                return 0
            if not vectors:  # only now: the first word would have to wait for them
                vectors.extend(self._vectors_of_parts(sources))
            source, wrong = attribute(text, self._vectors([text])[0], sources, vectors, language)
            if not wrong:
                checked.append(Sentence(text, (citations.number(source),), "supported"))
            return int(bool(wrong))

        try:
            for piece in pieces:
                clock.mark("first_token")
                written += piece
                whole, rest = _whole_sentences(written)
                withheld += sum(check(text) for text in whole)
                written = rest
                # What may still turn out to be "not found" is not shown as a beginning of an answer.
                yield Draft(tuple(checked), "" if _says_not_found(written) else written.strip(), withheld)
        finally:
            close(pieces)
        withheld += sum(check(written[start:end]) for start, end in sentences(written))
        yield Draft(tuple(checked), withheld=withheld)

    def _vectors_of_parts(self, sources: Sequence[Source]) -> list[Vectors]:
        texts = [parts_of(source) for source in sources]
        rows = iter(self._vectors([text for own in texts for text in own]))
        return [np.stack([next(rows) for _ in own]) for own in texts]

    def _brief(self, sources: Sequence[Source]) -> tuple[Extract, ...]:
        letters = self._settings.evidence_tokens * CHARACTERS_A_TOKEN
        return brief(sources, letters, self._settings.evidence_sentences)

    def _kindly(self, question: str, words: str, language: Language, clock: _Clock) -> Answer:
        clock.mark("retrieve")
        timings = clock.timings()
        return Answer(question.strip(), language, (), (), (), None, words, self._encoder.name, None, timings, 1.0)

    def _abstain(self, found: _Found, generator: Generator | None, clock: _Clock, chance: float) -> Answer:
        reason = abstaining.reason(self._calibration, found.query, found.hits, found.evidence, found.signs)
        return self._answer(found, (), Citations([], found.language), reason, generator, clock, chance)

    def _answer(
        self,
        found: _Found,
        written: tuple[Sentence, ...],
        citations: Citations,
        reason: Reason | None,
        generator: Generator | None,
        clock: _Clock,
        confidence: float,
        withheld: int = 0,
    ) -> Answer:
        return Answer(
            question=found.query.text,
            language=found.language,
            sentences=written,
            citations=citations.written(),
            hits=found.hits,
            reason=reason,
            explanation=abstaining.explanation(reason, found.language, found.lacking) if reason else None,
            encoder=self._encoder.name,
            generator=generator.name if generator else None,
            timings=clock.timings(),
            confidence=confidence,
            withheld=withheld,
            doubtful=reason is None and confidence < self._settings.doubt_below,
        )


def _says_not_found(text: str) -> bool:
    said = text.strip().strip(".\"'").upper()
    return bool(said) and (said.startswith(NOT_FOUND) or NOT_FOUND.startswith(said))


def _whole_sentences(written: str) -> tuple[list[str], str]:
    """Part what is written into the sentences that are surely whole, and the rest."""
    spans = list(sentences(written))
    if len(spans) < 2:
        return [], written
    return [written[start:end] for start, end in spans[:-1]], written[spans[-1][0] :]
