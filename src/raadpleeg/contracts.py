"""The JSON that scripts depend on: field names and their order, made from records (`docs/contracts.md`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from raadpleeg.reading.references import official
from raadpleeg.records import Answer, Corpus, Document, Hit, Passage

if TYPE_CHECKING:
    from raadpleeg.lookup.places import Cited, Place, Related
    from raadpleeg.lookup.questions import Asked
    from raadpleeg.lookup.web import Mention, Note

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
        "doubtful": answer.doubtful,
        "withheld": answer.withheld,
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


def cite_json(cited: Cited) -> Json:
    """Write what `raadpleeg cite --json` gives: where a reference or a quotation stands, and what belongs to it."""
    return {
        "query": cited.query,
        "found": cited.found,
        "in_corpus": cited.in_corpus,
        "reference": cited.reference,
        "places": [_cited_place_json(place) for place in cited.places],
        "address": cited.address,
        "called": cited.called,
        "referred_by": [mention_json(mention) for mention in cited.referred_by],
        "alike": list(cited.alike),
        "explanation": cited.explanation,
    }


def _cited_place_json(place: Place) -> Json:
    return {
        "document": place.document,
        "unit": place.unit,
        "page": place.page,
        "start": place.start,
        "end": place.end,
        "quote": place.quote,
        "match": place.match,
        "changes": [asdict(change) for change in place.changes],
        "title": place.title,
        "speaker": place.speaker,
        "reference": place.reference,
        "questions": [_related_json(one) for one in place.questions],
        "answers": [_related_json(one) for one in place.answers],
        "footnotes": [note_json(note) for note in place.footnotes],
        "footnote": place.footnote,
    }


def _related_json(one: Related) -> Json:
    return asdict(one)


def note_json(note: Note) -> Json:
    """Write a footnote with what it refers to."""
    return {
        "number": note.footnote.number,
        "page": note.footnote.page,
        "mark": note.footnote.mark,
        "text": note.footnote.text,
        "state": note.state,
        "references": [mention_json(mention) for mention in note.mentions],
    }


def mention_json(mention: Mention) -> Json:
    """Write a place that refers to something; `targets` are empty where that is not in the corpus."""
    return {
        "document": mention.document,
        "unit": mention.unit,
        "page": mention.page,
        "start": mention.start,
        "end": mention.end,
        "footnote": mention.footnote,
        "written": mention.written,
        "reference": str(mention.reference) if mention.reference else None,
        "stands_for": mention.stands_for,
        "called": mention.called,
        "targets": [asdict(target) for target in mention.targets],
    }


def references_json(
    document: Document, outgoing: Sequence[Mention], incoming: Sequence[Mention], notes: Sequence[Note]
) -> Json:
    """Write what one paper refers to, what refers to it, and its footnotes, as `raadpleeg references --json` does."""
    return {
        "document": document.id,
        "reference": official(document),
        "resolved": [mention_json(one) for one in outgoing if one.targets],
        "unresolved": [mention_json(one) for one in outgoing if not one.targets],
        "incoming": [mention_json(one) for one in incoming],
        "footnotes": [note_json(note) for note in notes],
    }


def questions_json(rows: Sequence[Asked], document: str | None = None, like: str | None = None) -> Json:
    """Write what `raadpleeg questions --json` gives: the questions of a paper, or earlier ones near to a new one."""
    return {
        "document": document,
        "like": like,
        "questions": [
            {
                "document": row.document,
                "reference": row.reference,
                "unit": row.unit,
                "numbers": list(row.numbers),
                "asker": row.asker,
                "page": row.page,
                "start": row.start,
                "end": row.end,
                "text": row.text,
                "also": list(row.also),
                "status": row.status,
                "words": list(row.words),
                "refers": list(row.refers),
                "answers": [asdict(answer) for answer in row.answers],
                "score": None if row.score is None else round(row.score, 4),
            }
            for row in rows
        ],
    }
