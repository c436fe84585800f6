"""A paper's units as a tree, and a corpus as a list, for people who read a terminal."""

from __future__ import annotations

from raadpleeg.reading.references import official
from raadpleeg.records import Corpus, Document, Unit

WIDEST_LABEL = 70
"""Characters of a label or a speaker; what is longer ends in an ellipsis."""


def outline(document: Document) -> str:
    """Write the tree of units: page, label, who speaks where that changes, and which answer is where."""
    lines = [document.title, f"{official(document)} ({_count(len(document.pages), 'page')})"]
    if people := _people(document):
        lines.append(people)
    lines.append("")
    speakers: list[str | None] = []
    for unit in document.units:
        depth = len(unit.path) - 1
        said = f" · {_short(unit.speaker)}" if unit.speaker and unit.speaker not in speakers[:depth] else ""
        speakers[depth:] = [unit.speaker]
        lines.append(f"p. {unit.page:>3}  {'  ' * depth}{_short(unit.label)}{said}{_beside(document, unit)}")
    if not document.units:
        lines.append("no units: the paper has no headings, questions or letters that could be told")
    if document.footnotes:
        lines += ["", f"{_count(len(document.footnotes), 'footnote')}:"]
        lines += [
            f"p. {note.page:>3}  {note.number or '*':>3}  {note.text}"
            + ("" if note.mark is not None else "  (no mark)")
            for note in document.footnotes
        ]
    return "\n".join(lines)


def listing(corpus: Corpus) -> str:
    """Write one line for each paper, and one for each file that could not be read."""
    width = max((len(document.id) for document in corpus.documents), default=0)
    lines = [
        f"{document.id:<{width}}  {document.metadata.date or '':<10}  {len(document.pages):>4} p.  "
        + _short(document.title)
        for document in corpus.documents
    ]
    lines += [f"not read: {one.path}: {one.why}" for one in corpus.unreadable]
    return "\n".join(lines)


def _beside(document: Document, unit: Unit) -> str:
    """Tell what belongs to a unit elsewhere: the answer to a question, the other place of a question."""
    notes: list[str] = []
    if unit.kind == "question":
        notes += [f"answered p. {document.units[place].page}" for place in unit.partners]
        notes += [f"also p. {document.units[place].page}" for place in unit.twins]
    if unit.refers:
        notes.append(f"see vraag {', '.join(map(str, unit.refers))}")
    if unit.kind == "letter":
        notes += [f"to {_short(unit.addressee)}"] if unit.addressee else []
        notes += [unit.date] if unit.date else []
    return f"  ({'; '.join(notes)})" if notes else ""


def _people(document: Document) -> str:
    metadata = document.metadata
    dates = [f"asked {metadata.asked}"] if metadata.asked else []
    dates += [f"answered {metadata.answered}"] if metadata.answered else []
    if not dates and metadata.date:
        dates = [metadata.date]
    return "; ".join([part for part in (metadata.kind, *dates) if part])


def _short(text: str | None) -> str:
    text = text or ""
    return text if len(text) <= WIDEST_LABEL else text[: WIDEST_LABEL - 1].rstrip() + "…"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
