"""Gold questions: JSON lines, whose evidence is quoted and resolved to spans when it is loaded."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from raadpleeg.errors import BadGold
from raadpleeg.records import Document, Reason

FIELDS = frozenset({"id", "question", "lang", "type", "answerable", "answer", "must", "evidence"})
OPTIONAL = frozenset({"history", "reason"})


@dataclass(frozen=True, slots=True)
class Quoted:
    """Exact words of a document that carry an answer."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question with what a right answer says and rests on. `must` are regular expressions, case ignored.

    `history` are the questions asked before in the same conversation, `reason` is why a right answer abstains.
    """

    id: str
    question: str
    lang: str
    type: str
    answerable: bool
    answer: str | None
    must: tuple[str, ...]
    evidence: tuple[Quoted, ...]
    history: tuple[str, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a document."""

    document: str
    start: int
    end: int


def read_gold(paths: Sequence[Path]) -> tuple[Item, ...]:
    """Read gold files.

    Raises:
        BadGold: no file, one that cannot be read, a line that is no gold, or an id that comes twice.
    """
    if not paths:
        raise BadGold("there are no gold files; name some, or put them in eval/gold")
    items: list[Item] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise BadGold(f"{path} cannot be read ({error}); name another file") from None
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    items.append(_item(json.loads(line)))
                except (ValueError, TypeError, KeyError, re.error) as error:
                    raise BadGold(f"{path}, line {number}: {error}; mend that line") from None
    twice = {item.id for item in items if sum(other.id == item.id for other in items) > 1}
    if twice:
        raise BadGold(f"ids that come twice: {', '.join(sorted(twice))}; give each question its own")
    return tuple(items)


def resolve(item: Item, documents: Mapping[str, Document]) -> tuple[Span, ...]:
    """Find where the evidence of a question stands; white space is not compared.

    Raises:
        BadGold: a document or a quote is not there.
    """
    spans: list[Span] = []
    for one in item.evidence:
        document = documents.get(one.document)
        if document is None:
            raise BadGold(f"question {item.id}: there is no document {one.document}; index it, or mend the gold")
        found = re.search(r"\s+".join(map(re.escape, one.quote.split())), document.text)
        if found is None:
            raise BadGold(f"question {item.id}: “{one.quote}” does not stand in {one.document}; mend the quote")
        spans.append(Span(one.document, found.start(), found.end()))
    return tuple(spans)


def _item(row: Any) -> Item:
    if not isinstance(row, dict):
        raise ValueError("a line has to be one JSON object")
    if not FIELDS <= row.keys() <= FIELDS | OPTIONAL:
        odd = (FIELDS - row.keys()) | (row.keys() - FIELDS - OPTIONAL)
        raise ValueError(f"fields {sorted(odd)} are missing or unknown")
    if row.get("reason") is not None and (row["answerable"] or row["reason"] not in get_args(Reason)):
        raise ValueError(f"reason has to be one of {', '.join(get_args(Reason))}, of an unanswerable question")
    if bool(row["evidence"]) != row["answerable"]:
        raise ValueError("an answerable question has evidence, another has none")
    for pattern in row["must"]:
        re.compile(pattern)
    evidence = tuple(Quoted(one["document"], one["quote"]) for one in row["evidence"])
    if any(not one.quote.strip() for one in evidence):
        raise ValueError("a quote is empty")
    history = tuple(row.get("history") or ())
    return Item(**{**row, "must": tuple(row["must"]), "evidence": evidence, "history": history})
