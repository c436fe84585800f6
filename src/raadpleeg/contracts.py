"""The JSON that scripts depend on: field names and their order, made from records (`docs/contracts.md`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from raadpleeg.reading.references import official
from raadpleeg.records import Answer, Corpus, Document, Hit, Passage

Json = dict[str, Any]


def answer_json(answer: Answer, id: str | None = None) -> Json:  # noqa: A002  the contract's own word
    """Write an answer as `raadpleeg ask --json` gives it."""
    return {
        "id": id,
        "question": answer.question,
        "language": answer.language,
        "answer": answer.text,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "sentences": [
            {"text": one.text, "citations": list(one.citations), "verdict": one.verdict} for one in answer.sentences
        ],
        "citations": [asdict(citation) for citation in answer.citations],
        "hits": hits_json(answer.hits),
        "model": {"encoder": answer.encoder, "generator": answer.generator},
        "confidence": round(answer.confidence, 4),
        "timings_ms": asdict(answer.timings),
    }


def hits_json(hits: Sequence[Hit]) -> list[Json]:
    """Write hits as they stand in an answer."""
    return [
        {
            "rank": hit.rank,
            "score": round(hit.score, 4),
            **_place_json(hit.passage),
        }
        for hit in hits
    ]


def search_json(question: str, hits: Sequence[Hit]) -> Json:
    """Write what `raadpleeg search --json` gives: the hits with their words, and how they came to stand there."""
    return {
        "question": question,
        "hits": [
            {
                **row,
                "text": hit.passage.text,
                "named": hit.named,
                "dense": {"rank": hit.dense_rank, "cosine": round(hit.dense, 4), "sentence": round(hit.sentence, 4)},
                "lexical": {"rank": hit.lexical_rank, "share": round(hit.lexical, 4)},
                "also": [_place_json(one) for one in hit.also],
                "partners": [
                    {"unit": unit.label, "page": unit.page, "start": unit.start, "end": unit.end}
                    for unit in hit.passage.partners
                ],
            }
            for row, hit in zip(hits_json(hits), hits, strict=True)
        ],
    }


def _place_json(passage: Passage) -> Json:
    return {
        "document": passage.document.id,
        "unit": unit.label if (unit := passage.unit) else "",
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
    }


def run_lines(question: str, hits: Sequence[Hit], k: int, tag: str = "raadpleeg") -> list[str]:
    """Write the best `k` documents of one question as lines of a TREC run; a document scores by its best passage.

    Scores may tie, and readers of a run order ties as they like: a millionth for each rank keeps them apart.
    """
    best: dict[str, float] = {}
    for hit in hits:
        for passage in (hit.passage, *hit.also):
            best.setdefault(passage.document.id, hit.score)
    return [
        f"{token(question)} Q0 {token(document)} {rank} {score - 1e-6 * rank:.6f} {tag}"
        for rank, (document, score) in enumerate(list(best.items())[:k], 1)
    ]


def document_json(document: Document) -> Json:
    """Write a paper as `raadpleeg show --json` gives it: its units and footnotes, without its text."""
    return {
        **_heading_json(document),
        "units": [
            {
                "kind": unit.kind,
                "label": unit.label,
                "numbers": list(unit.numbers),
                "path": list(unit.path),
                "speaker": unit.speaker,
                "page": unit.page,
                "start": unit.start,
                "end": unit.end,
                "answers": list(unit.answers),
                "partners": list(unit.partners),
                "twins": list(unit.twins),
                "refers": list(unit.refers),
                "addressee": unit.addressee,
                "date": unit.date,
            }
            for unit in document.units
        ],
        "footnotes": [
            {"number": note.number, "page": note.page, "mark": note.mark, "text": note.text}
            for note in document.footnotes
        ],
    }


def listing_json(corpus: Corpus) -> Json:
    """Write a corpus as `raadpleeg documents --json` gives it: every paper, and every file that is none."""
    return {
        "documents": [
            {
                **_heading_json(document),
                "reference": official(document),
                "units": len(document.units),
                "footnotes": len(document.footnotes),
            }
            for document in corpus.documents
        ],
        "unreadable": [asdict(one) for one in corpus.unreadable],
    }


def _heading_json(document: Document) -> Json:
    return {
        "document": document.id,
        "title": document.title,
        "pages": len(document.pages),
        "metadata": asdict(document.metadata),
    }


def token(name: str) -> str:
    """Make a name one column wide: white space, which parts the columns of a run, is percent-encoded."""
    return "".join(quote(char) if char.isspace() or char == "%" else char for char in name)


def question_of(row: Mapping[str, Any], number: int) -> tuple[str, str, tuple[str, ...]]:
    """Take id, question, and the questions asked before it (`history`, optional) from one line of a file.

    Raises:
        ValueError: the line is not an object with these, as text.
    """
    identity, question, history = row.get("id"), row.get("question"), row.get("history") or ()
    if not isinstance(identity, str | int) or not isinstance(question, str):
        raise ValueError(f"line {number} needs an `id` and a `question`")
    if not isinstance(history, list | tuple) or not all(isinstance(one, str) for one in history):
        raise ValueError(f"line {number}: `history` has to be a list of questions")
    return str(identity), question, tuple(history)
