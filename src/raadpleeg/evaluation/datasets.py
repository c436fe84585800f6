"""Public sets of questions, made into the documents and gold that everything else here works on.

Two layouts are read. BEIR (Thakur et al. 2021) judges whole documents: `corpus.jsonl`, `queries.jsonl` and
`qrels/SPLIT.tsv`. SQuAD 1.1 and 2.0 (Rajpurkar et al. 2016, 2018) mark an answer in a paragraph by the offset of its
first character; translated sets often have answers that do not stand in the translated paragraph.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from raadpleeg.errors import BadGold
from raadpleeg.evaluation.gold import Item, Quoted, Span
from raadpleeg.reading.sentences import sentences
from raadpleeg.records import Corpus, Document, Metadata

Grades = Mapping[str, Mapping[str, int]]
"""Question -> document -> how well it answers; above nought is relevant."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A set as it was read. Documents stand in order of id, questions in the order of their file."""

    name: str
    corpus: Corpus
    items: tuple[Item, ...]
    spans: Mapping[str, tuple[Span, ...]]
    """For each item where its evidence stands; nothing for an unanswerable one.

    Measure with these: an item's quotes are there for people, and may stand in a document more than once.
    """
    digest: str
    """sha256 over all files that were read, in hexadecimal."""
    grades: Grades = field(default_factory=dict)
    """What the set says of whole documents, also of those that are not relevant."""
    unverbatim: frozenset[str] = frozenset()
    """Ids of answerable items whose answer has no sure place in the paragraph; measure containment on the others."""


# --- BEIR ------------------------------------------------------------------------------------------------------------


def read_beir(folder: Path, split: str = "test", lang: str = "nl") -> Dataset:
    """Read a set in BEIR's layout.

    A document's title, where it has one, stands above its text. A query is an item if a document is relevant to it; of
    a query with nothing but irrelevant ones only the grades are kept. The evidence is the whole document.

    Args:
        folder: holds `corpus.jsonl`, `queries.jsonl` and `qrels`.
        split: which qrels to read.
        lang: the language of the questions, which the layout does not tell.

    Raises:
        BadGold: a file is missing, empty or not in the layout, an id comes twice, or qrels name what is not there.
    """
    corpus, queries, qrels = folder / "corpus.jsonl", folder / "queries.jsonl", folder / "qrels" / f"{split}.tsv"
    read = {path: _bytes(path) for path in (corpus, queries, qrels)}
    documents: dict[str, Document] = {}
    for where, row in _rows(corpus, read[corpus]):
        with _mending(where):
            key, title = _new_id(row, "_id", documents), _title(row)
            text = _string(row, "text")
            documents[key] = _document(key, title, f"{title}\n\n{text}" if title.strip() else text)
    questions: dict[str, str] = {}
    for where, row in _rows(queries, read[queries]):
        with _mending(where):
            questions[_new_id(row, "_id", questions)] = _words(row, "text")
    grades = _grades(qrels, read[qrels], questions, documents)
    relevant = {
        key: [documents[one] for one, grade in grades[key].items() if grade > 0] for key in questions if key in grades
    }
    items = tuple(
        Item(
            id=key,
            question=questions[key],
            lang=lang,
            type="beir",
            answerable=True,
            answer="",
            must=(),
            evidence=tuple(Quoted(one.id, _first_sentence(one.text)) for one in found),
        )
        for key, found in relevant.items()
        if found
    )
    if not items:
        raise BadGold(f"{qrels} finds no document relevant; give grades above 0, or name another split")
    return Dataset(
        name=folder.resolve().name,
        corpus=_corpus(documents.values()),
        items=items,
        spans={item.id: tuple(Span(one.id, 0, len(one.text)) for one in relevant[item.id]) for item in items},
        digest=_digest(read),
        grades=grades,
    )


def _grades(path: Path, data: bytes, questions: Mapping[str, str], documents: Mapping[str, Document]) -> Grades:
    grades: dict[str, dict[str, int]] = {}
    headed = False
    for where, line in _lines(path, data):
        with _mending(where):
            columns = line.split("\t")
            if len(columns) != 3:
                raise ValueError("a line has to be query, document and grade, with tabs between them")
            key, document, grade = columns
            number = _whole(grade)
            if not headed:
                # A set without the header would lose its first judgement without a word.
                if number is not None:
                    raise ValueError("the first line has to name the columns: query-id, corpus-id, score")
                headed = True
                continue
            if number is None:
                raise ValueError(f"the grade {grade!r} is no whole number")
            if key not in questions:
                raise ValueError(f"there is no query {key!r}")
            if document not in documents:
                raise ValueError(f"there is no document {document!r}")
            if number > 0 and not documents[document].text.strip():
                raise ValueError(f"document {document!r} is relevant but has no words")
            if grades.setdefault(key, {}).setdefault(document, number) != number:
                raise ValueError(f"document {document!r} has two grades for query {key!r}")
    return grades


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else None


# --- SQuAD -----------------------------------------------------------------------------------------------------------


def read_squad(path: Path, lang: str = "nl") -> Dataset:
    """Read a set in the layout of SQuAD 1.1 or 2.0; each paragraph becomes a document.

    An answer is looked for where the set says that it stands, and else in the whole paragraph, where it counts if it
    stands there once. If no answer to a question is found so, its evidence is the whole paragraph. Questions marked
    `is_impossible` are unanswerable, for the reason "not_stated".

    Args:
        path: the JSON file.
        lang: the language of the questions, which the layout does not tell.

    Raises:
        BadGold: the file is missing, empty or not in the layout, or an id comes twice.
    """
    data = _bytes(path)
    with _mending(str(path)):
        articles = _list(_object(data), "data")
    documents: list[Document] = []
    items: dict[str, Item] = {}
    spans: dict[str, tuple[Span, ...]] = {}
    unverbatim: set[str] = set()
    labels: set[str] = set()
    for place, article in enumerate(articles, 1):
        where = f"{path}, article {place}"
        with _mending(where):
            title = _title(article)
            label = _unused(title.strip() or str(place), labels)
            labels.add(label)
            paragraphs = _list(article, "paragraphs")
        for number, paragraph in enumerate(paragraphs, 1):
            there = f"{where}, paragraph {number}"
            with _mending(there):
                document = _document(f"{label}-{number}", title, _words(paragraph, "context"))
                questions = _list(paragraph, "qas")
            documents.append(document)
            for nth, row in enumerate(questions, 1):
                with _mending(f"{there}, question {nth}"):
                    key = _new_id(row, "id", items)
                    items[key], spans[key], verbatim = _question(key, row, document, lang)
                if not verbatim:
                    unverbatim.add(key)
    if not items:
        raise BadGold(f"{path} has no questions; name another file")
    return Dataset(
        name=path.stem,
        corpus=_corpus(documents),
        items=tuple(items.values()),
        spans=spans,
        digest=_digest({path: data}),
        grades={key: {found[0].document: 1} for key, found in spans.items() if found},
        unverbatim=frozenset(unverbatim),
    )


def _question(key: str, row: Any, document: Document, lang: str) -> tuple[Item, tuple[Span, ...], bool]:
    """Give an item, where its evidence stands, and whether its answer does."""
    question = _words(row, "question")
    answers = _list(row, "answers")
    impossible = row.get("is_impossible", False)
    if not isinstance(impossible, bool):
        raise ValueError("`is_impossible` has to be true or false")
    if impossible == bool(answers):
        raise ValueError("a question has answers, or `is_impossible` is true, and not both")
    if impossible:
        return Item(key, question, lang, "squad", False, None, (), (), reason="not_stated"), (), True
    texts = [_words(answer, "text") for answer in answers]
    places = [
        _place(document.text, text, _offset(answer, "answer_start"))
        for text, answer in zip(texts, answers, strict=True)
    ]
    spans = tuple(dict.fromkeys(Span(document.id, *place) for place in places if place))
    quotes = [document.text[span.start : span.end] for span in spans] or [_first_sentence(document.text)]
    item = Item(
        id=key,
        question=question,
        lang=lang,
        type="squad" if places[0] else "squad, unverbatim",
        answerable=True,
        answer=texts[0].strip(),
        must=("|".join(dict.fromkeys(re.escape(text.strip()) for text in texts)),),
        evidence=tuple(Quoted(document.id, quote) for quote in dict.fromkeys(quotes)),
    )
    return item, spans or (Span(document.id, 0, len(document.text)),), places[0] is not None


def _place(text: str, answer: str, start: int) -> tuple[int, int] | None:
    """Find an answer, white space around it left out: at `start`, else where it stands if it stands there once."""
    words = answer.strip()
    start += len(answer) - len(answer.lstrip())
    # Python counts a negative offset from the end, where a wrong place might fit by chance.
    if start < 0 or not text.startswith(words, start):
        start = text.find(words)
        if start < 0 or text.find(words, start + 1) >= 0:
            return None
    return start, start + len(words)


def _unused(label: str, taken: set[str]) -> str:
    """Give a label that no article has yet; titles may come twice."""
    number, other = 1, label
    while other in taken:
        number += 1
        other = f"{label}_{number}"
    return other


# --- what both have --------------------------------------------------------------------------------------------------


def _document(key: str, title: str, text: str) -> Document:
    # The index keeps the passages of a document whose digest stays, so the digest is over all that they show.
    digest = hashlib.sha256(f"{title}\0{text}".encode()).hexdigest()
    return Document(key, title, text, (0,), (), (), (), Metadata(), digest)


def _corpus(documents: Iterable[Document]) -> Corpus:
    return Corpus(tuple(sorted(documents, key=lambda document: document.id)))


def _first_sentence(text: str) -> str:
    return next(text[start:end] for start, end in sentences(text))


def _digest(read: Mapping[Path, bytes]) -> str:
    """Hash the names and the bytes of files, so that the same bytes in another file are another set."""
    lines = (f"{path.name} {hashlib.sha256(data).hexdigest()}\n" for path, data in read.items())
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadGold(f"{path} cannot be read ({error.strerror}); put it there, or name another place") from None
    except ValueError as error:  # a name that no file can have
        raise BadGold(f"{str(path)!r} cannot be read ({error}); name another place") from None


@contextmanager
def _mending(where: str) -> Iterator[None]:
    """Turn what is wrong with a value into an error that says where it stands."""
    try:
        yield
    except (ValueError, RecursionError) as error:
        raise BadGold(f"{where}: {error}; mend it there") from None


def _lines(path: Path, data: bytes) -> Iterator[tuple[str, str]]:
    """Give the lines that hold something, each with where it stands.

    Only a line feed ends a line: JSON strings may hold U+2028 and others at which `str.splitlines` would cut.
    """
    some = False
    for number, line in enumerate(data.split(b"\n"), 1):
        where = f"{path}, line {number}"
        with _mending(where):
            words = line.decode("utf-8-sig" if number == 1 else "utf-8").removesuffix("\r")
        if words.strip():
            some = True
            yield where, words
    if not some:
        raise BadGold(f"{path} is empty; name another set")


def _rows(path: Path, data: bytes) -> Iterator[tuple[str, Any]]:
    for where, line in _lines(path, data):
        with _mending(where):
            row = json.loads(line)
        yield where, row


def _object(data: bytes) -> Any:
    return json.loads(data.decode("utf-8-sig"))


def _value(row: Any, key: str) -> Any:
    if not isinstance(row, dict):
        raise ValueError(f"an object with `{key}` has to stand here")
    if key not in row:
        raise ValueError(f"`{key}` is missing")
    return row[key]


def _string(row: Any, key: str) -> str:
    value = _value(row, key)
    if not isinstance(value, str):
        raise ValueError(f"`{key}` has to be text")
    value.encode()  # JSON can spell half a character, which no file and no encoder takes
    return value


def _words(row: Any, key: str) -> str:
    value = _string(row, key)
    if not value.strip():
        raise ValueError(f"`{key}` has no words")
    return value


def _title(row: Any) -> str:
    """Give a title as it stands, or nothing where there is none."""
    if isinstance(row, dict) and row.get("title") is None:
        return ""
    return _string(row, "title")


def _new_id(row: Any, key: str, taken: Mapping[str, object]) -> str:
    value = _value(row, key)
    name = str(value) if isinstance(value, int) and not isinstance(value, bool) else _words(row, key)
    if name in taken:
        raise ValueError(f"the id {name!r} comes twice")
    return name


def _offset(row: Any, key: str) -> int:
    value = _value(row, key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"`{key}` has to be a whole number")
    return value


def _list(row: Any, key: str) -> Sequence[Any]:
    value = _value(row, key)
    if not isinstance(value, list):
        raise ValueError(f"`{key}` has to be a list")
    return value
