"""What flows through raadpleeg: small frozen values, and the three seams.

Every position is a half-open span ``[start, end)`` of characters in `Document.text`, and what is shown is always
``document.text[start:end]``: words and their place cannot disagree. Pages are numbered from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
"""Rows of unit length, shape ``(texts, dimension)``."""

Ids = npt.NDArray[np.int64]

UnitKind = Literal[
    "letter", "section", "article", "question", "answer", "speech", "motion", "members", "note", "paragraph"
]
RemovedKind = Literal["note", "mark", "hyphen", "bullet", "link", "head"]
Verdict = Literal["supported", "quoted", "unsupported"]
Reason = Literal["not_in_corpus", "asked_not_answered", "not_stated", "off_topic"]
Language = Literal["nl", "de", "fr", "en"]
Message = Mapping[Literal["role", "content"], str]


# --- documents -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Removed:
    """Characters of the file that are not in the text, and where they stood (`at`, an offset in the text)."""

    kind: RemovedKind
    at: int
    text: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of a page; `mark` is where its number stood in the text, or None where no mark was found."""

    number: int
    page: int
    mark: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest piece of a paper that has a name, with whose words it holds; an answer knows what it answers."""

    kind: UnitKind
    label: str
    start: int
    end: int
    page: int
    path: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    speaker: str | None = None
    answers: tuple[int, ...] = ()
    """The numbers of the questions that this answers."""
    partners: tuple[int, ...] = ()
    """Places in `Document.units`: of an answer the questions it answers, of a question its answers."""
    twins: tuple[int, ...] = ()
    """Places in `Document.units` where the same question stands again."""
    refers: tuple[int, ...] = ()
    """The numbers of the questions whose answers this one points to ("Zie het antwoord op vraag 3")."""
    addressee: str | None = None
    """To whom a letter is written."""
    date: str | None = None
    """Of a letter, in ISO 8601."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone whom the paper names as asking, answering or signing, with office or party where it gives them."""

    name: str
    role: Literal["asks", "answers", "signs"]
    office: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What identifies a parliamentary paper; every field may be unknown. `chamber` is I (Senate) or II (House).

    Dates are ISO 8601: `date` is the paper's own, `asked` and `answered` those of questions and their answer.
    """

    chamber: Literal["I", "II"] | None = None
    year: str | None = None
    dossiers: tuple[str, ...] = ()
    number: str | None = None
    kind: str | None = None
    date: str | None = None
    asked: str | None = None
    answered: str | None = None
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One paper: its clean text, made once, and everything that is known by position in it."""

    id: str
    title: str
    text: str
    pages: tuple[int, ...]
    """Offset in `text` at which each page begins, ascending."""
    units: tuple[Unit, ...]
    footnotes: tuple[Footnote, ...]
    removed: tuple[Removed, ...]
    metadata: Metadata
    digest: str
    """sha256 of the file's bytes, in hexadecimal."""

    def page_at(self, offset: int) -> int:
        """Give the number of the page on which the character at `offset` stands."""
        return max(1, bisect_right(self.pages, offset))

    def unit_at(self, offset: int) -> Unit | None:
        """Give the innermost unit around `offset`, or None between units."""
        around = [unit for unit in self.units if unit.start <= offset < unit.end]
        return min(around, key=lambda unit: unit.end - unit.start, default=None)


# --- retrieval -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one document that is indexed and retrieved as a whole."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The passage's words."""
        return self.document.text[self.start : self.end]

    @property
    def page(self) -> int:
        """The page on which the passage begins."""
        return self.document.page_at(self.start)

    @property
    def unit(self) -> Unit | None:
        """The innermost unit in which the passage begins."""
        return self.document.unit_at(self.start)

    @property
    def partners(self) -> tuple[Unit, ...]:
        """Where it belongs to an answer the questions, where to a question its answers."""
        unit = self.unit
        return tuple(self.document.units[place] for place in unit.partners) if unit else ()

    @property
    def path(self) -> tuple[str, ...]:
        """The labels of the units around it, from the outermost to its own."""
        unit = self.unit
        return unit.path if unit else ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question: its fused score (0 to 1), and what each arm gave."""

    rank: int
    number: int
    """The passage's number in the index."""
    passage: Passage
    score: float
    dense: float
    """Cosine of the passage."""
    lexical: float
    """Share of the question's words, by weight and by how often they stand there (0 to 1)."""
    sentence: float = 0.0
    """Cosine of its best sentence."""
    dense_rank: int | None = None
    """Its place in the dense arm's list; None where only another arm brought it in."""
    lexical_rank: int | None = None
    """Its place in the lexical arm's list."""
    named: bool = False
    """Whether the question names the passage's unit by its number, or its page."""
    also: tuple[Passage, ...] = ()
    """Passages that say the same elsewhere."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence of a hit that may carry the answer; scores compare within a question, `cosine` is the encoder's."""

    passage: Passage
    start: int
    end: int
    score: float
    cosine: float
    odds: float | None = None
    """The log of the odds that it answers, by the reranker; None where that did not read it."""

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.passage.document.text[self.start : self.end]


# --- answers ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation with its place: ``document.text[start:end] == quote``."""

    number: int
    document: str
    title: str
    unit: str
    speaker: str | None
    page: int
    start: int
    end: int
    quote: str
    reference: str
    according: str = ""
    """Whose words these are, as the beginning of a sentence in the answer's language ("Volgens de minister van …")."""
    found: tuple[int, int] | None = None
    """Span in the document of what was found in it, where the quotation holds more, so that it can be understood."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer, the numbers of the citations it rests on, and what the check found."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds since the question came in; None for what did not happen."""

    retrieve: float
    first_quote: float | None
    first_token: float | None
    total: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for a question. An abstaining answer has a reason and no sentences, and cites nothing."""

    question: str
    language: Language
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    reason: Reason | None
    explanation: str | None
    encoder: str
    generator: str | None
    timings: Timings
    confidence: float = 0.0
    """The chance that the papers answer the question, as it was reckoned before a model wrote (0 to 1)."""
    withheld: int = 0
    """Sentences that the model wrote and that are not shown, for nothing carries them."""
    doubtful: bool = False
    """Whether the chance is so low that readers are told to see for themselves."""

    @property
    def abstained(self) -> bool:
        """Whether the papers were found not to answer."""
        return self.reason is not None

    @property
    def text(self) -> str:
        """The answer as one line, citation numbers in square brackets; where it abstains, why.

        It says who says so wherever that changes, and quotations stand between quotation marks.
        """
        if self.explanation is not None and not self.sentences:
            return self.explanation
        return in_one_line(self.sentences, self.citations)


def in_one_line(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> str:
    """Write sentences in a row: who says so wherever that changes, quotations between marks, numbers in brackets."""
    by_number = {one.number: one.according for one in citations}
    parts: list[str] = []
    said = ""
    for sentence in sentences:
        according = "; ".join(filter(None, dict.fromkeys(by_number.get(one, "") for one in sentence.citations)))
        if according and according != said:
            parts.append(f"{according}:")
        said = according
        text = " ".join(sentence.text.split())  # quotations may hold line breaks
        words = f"“{text}”" if sentence.verdict == "quoted" else text
        parts.append(words + "".join(f" [{number}]" for number in sentence.citations))
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Quotes:
    """First thing that an answering yields: the best verbatim quotes, before any model has spoken."""

    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands so far: sentences that were checked, and the unchecked words that the model is writing now."""

    checked: tuple[Sentence, ...] = ()
    writing: str = ""
    withheld: int = 0


# --- progress --------------------------------------------------------------------------------------------------------

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is to do."""


def no_progress(what: str, done: int, total: int) -> None:
    """Report nothing."""


# --- the seams -------------------------------------------------------------------------------------------------------


class Encoder(Protocol):
    """Texts to vectors. `weights` is a sha256 that changes when the vectors would; `max_tokens` includes the prefix."""

    @property
    def name(self) -> str: ...
    @property
    def weights(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def max_tokens(self) -> int: ...

    def count_tokens(self, text: str) -> int:
        """Count the model's own tokens in `text`, without the prefix and the special ones."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Give one row for each text, as something to be found."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Give one row for each text, as something that looks."""
        ...


class Generator(Protocol):
    """Messages to words, in pieces as they are written. Closing the iterator stops the engine."""

    @property
    def name(self) -> str: ...

    def stream(self, messages: Sequence[Message], grammar: str | None = None) -> Iterator[str]:
        """Write the next message. `grammar` is GBNF; raises `GenerationFailed` where the engine fails or lacks it."""
        ...


class PassageStore(Protocol):
    """Vectors by passage number."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in one row for each id; an id that is there already is replaced."""
        ...

    def delete(self, ids: Ids) -> None:
        """Forget these ids; unknown ones are left out of account."""
        ...

    def search(self, vector: Vectors, k: int, allowed: Collection[int] | None = None) -> tuple[Ids, Vectors]:
        """Give the ids of the `k` nearest rows to `vector` (shape ``(dimension,)``) and their cosines, best first.

        With `allowed`, only those ids take part; an empty `allowed` finds nothing.
        """
        ...

    def vectors(self, ids: Ids) -> Vectors:
        """Give the stored rows of `ids`, in that order."""
        ...


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that could not be read, and why, in one line."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything read from a folder: what could be read, in order of id, and what could not."""

    documents: tuple[Document, ...]
    unreadable: tuple[Unreadable, ...] = field(default=())
