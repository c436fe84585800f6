"""Drafts of gold: answers that somebody judged on the page, until a person takes them into the gold or throws them out.

A draft is one JSON line in the fields of the gold, filled in as far as answer and verdict allow, and four more:
`verdict`, `reason_given`, `answer_given` and `time`. It stays on the machine that answered. What is proposed:

    verdict   answer      answerable   answer, evidence          reason
    up        an answer   true         as given, its quotations  none
    up        abstained   false        none                      as given
    down      either      true         none: a person has to say none

Nothing of it counts before `accept`, and a draft of a verdict "down" cannot slip through: an answerable question has
evidence. Every change of a file is whole or not at all, also where the machine stops in the midst of it.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from filelock import FileLock, Timeout

from raadpleeg.errors import BadGold, BadQuestion, SettingsError
from raadpleeg.evaluation.gold import FIELDS, OPTIONAL, read_gold, resolve
from raadpleeg.files import sync_folder, write_whole
from raadpleeg.records import Answer, Document, Language

Judgement = Literal["up", "down"]
Row = dict[str, Any]

DRAFTS = Path("eval/drafts.jsonl")
REVIEWED = Path("eval/gold/reviewed.jsonl")
LONGEST_REASON = 1_000
"""Characters of a reason."""
TYPE = "feedback"
"""The `type` of a draft: what kind of question it is, a person says."""
LOCKED_FOR = 10.0
"""Seconds to wait for another that is writing."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A line that is no draft: its number from 1, and why. It is left where it is."""

    line: int
    why: str


# --- a draft ---------------------------------------------------------------------------------------------------------


def draft(
    answer: Answer, verdict: str, reason: str = "", history: Sequence[str] = (), now: datetime | None = None
) -> Row:
    """Make a draft of gold from an answer and what somebody thinks of it.

    Args:
        answer: as it was shown.
        verdict: "up" or "down".
        reason: in the words of whoever judged.
        history: the questions asked before in the same conversation, oldest first.
        now: when it was judged.

    Raises:
        BadQuestion: there is no such verdict, or the reason is too long.
    """
    if verdict not in get_args(Judgement):
        raise BadQuestion("a verdict is up or down; choose one of the two")
    said = " ".join(reason.split())
    if len(said) > LONGEST_REASON:
        raise BadQuestion(f"the reason has {len(said):,} characters, at most {LONGEST_REASON:,} are kept; shorten it")
    time = (now or datetime.now(UTC)).astimezone(UTC)
    right, answered = verdict == "up", not answer.abstained
    row: Row = {
        "id": f"f-{time:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
        "question": answer.question,
        "lang": answer.language,
        "type": TYPE,
        "answerable": answered or not right,
        "answer": " ".join(one.text for one in answer.sentences) if right and answered else None,
        "must": [],
        "evidence": _evidence(answer) if right else [],
    }
    if history:
        row["history"] = list(history)
    if right and not answered:
        row["reason"] = answer.reason
    return row | {
        "verdict": verdict,
        "reason_given": said,
        "answer_given": {
            "answer": answer.text,
            "abstained": answer.abstained,
            "reason": answer.reason,
            "citations": [asdict(one) for one in answer.citations],
            "model": {"encoder": answer.encoder, "generator": answer.generator},
        },
        "time": time.isoformat(timespec="seconds"),
    }


def _evidence(answer: Answer) -> list[Row]:
    found = dict.fromkeys((one.document, one.quote) for one in answer.citations)
    return [{"document": document, "quote": quote} for document, quote in found]


# --- the file of drafts ----------------------------------------------------------------------------------------------


def append(row: Mapping[str, Any], path: Path = DRAFTS) -> None:
    """Write a draft behind the others, and have it on the disk before going on.

    Raises:
        SettingsError: the file cannot be written.
    """
    with _alone(path):
        _add_line(row, path)


def read_drafts(path: Path = DRAFTS) -> tuple[tuple[Row, ...], tuple[Damaged, ...]]:
    """Read the drafts, and the lines that are none; no file is no drafts.

    Raises:
        SettingsError: the file cannot be read.
    """
    rows: list[Row] = []
    damaged: list[Damaged] = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        row = _row(line)
        if row is None:
            damaged.append(Damaged(number, "this is no draft: a JSON object with `id` and `question`"))
        else:
            rows.append(row)
    return tuple(rows), tuple(damaged)


def replace_draft(identity: str, row: Mapping[str, Any] | None, path: Path = DRAFTS) -> None:
    """Put `row` in the place of a draft, or nothing; every other line stays as it is, byte for byte.

    Raises:
        SettingsError: the file cannot be written.
    """
    with _alone(path):
        kept: list[bytes] = []
        for line in _lines(path):
            if (found := _row(line)) is not None and found["id"] == identity:
                if row is not None:
                    kept.append(_line(row))
            else:
                kept.append(line)
        write_whole(path, b"".join(kept))


# --- into the gold ---------------------------------------------------------------------------------------------------


def gold_of(row: Mapping[str, Any]) -> Row:
    """Give the fields of a draft that are gold, in the gold's order."""
    order = ("id", "question", "lang", "type", "answerable", "answer", "must", "evidence", "history", "reason")
    return {name: row[name] for name in order if name in row}


def check(row: Mapping[str, Any], documents: Mapping[str, Document]) -> None:
    """Hold that a row can be gold, as it is read for an evaluation, and that it is worth asking.

    Raises:
        BadGold: what is wrong with it, in one line.
    """
    name = f"draft {row.get('id')}"
    if odd := row.keys() - FIELDS - OPTIONAL:
        raise BadGold(f"{name}: fields {sorted(odd)} are unknown; take them out")
    if not isinstance(row.get("question"), str) or not any(char.isalnum() for char in row["question"]):
        raise BadGold(f"{name}: the question is empty; ask something in words")
    if row.get("lang") not in get_args(Language):
        raise BadGold(f"{name}: lang is one of {', '.join(get_args(Language))}; mend it")
    if not isinstance(row.get("answerable"), bool):
        raise BadGold(f"{name}: answerable is true or false; mend it")
    patterns = row.get("must")
    if not isinstance(patterns, list) or not all(isinstance(one, str) and one for one in patterns):
        raise BadGold(f"{name}: must is a list of regular expressions; mend it")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "draft.jsonl"
        file.write_bytes(_line(row))
        try:
            (item,) = read_gold([file])
        except BadGold as error:
            raise BadGold(str(error).replace(f"{file}, line 1", name).replace("mend that line", "mend it")) from None
    if item.answerable:
        if not isinstance(item.answer, str) or not item.answer.strip():
            raise BadGold(f"{name}: an answerable question has an answer; write it")
        if not item.must:
            raise BadGold(f"{name}: must is empty, and any answer would be right; say what a right one has to match")
        for one in item.must:
            if not re.search(one, item.answer, re.IGNORECASE | re.DOTALL):
                raise BadGold(f"{name}: its own answer does not match {one!r}; mend one of the two")
    resolve(item, documents)


def taken(path: Path = REVIEWED) -> frozenset[str]:
    """Give the ids of all gold in the folder of `path`.

    Raises:
        BadGold: a gold file is damaged.
    """
    files = sorted({*path.parent.glob("*.jsonl"), *([path] if path.exists() else [])})
    return frozenset(item.id for item in read_gold(files)) if files else frozenset()


def accept(row: Mapping[str, Any], documents: Mapping[str, Document], path: Path = REVIEWED) -> None:
    """Take a draft into the gold; it stays among the drafts until `replace_draft` takes it out.

    Raises:
        BadGold: it is no gold, its id is taken, or the gold that is there is damaged.
        SettingsError: the file cannot be written.
    """
    gold = gold_of(row)
    check(gold, documents)
    with _alone(path):
        if gold["id"] in taken(path):
            raise BadGold(f"draft {gold['id']}: the gold has this id already; give it another, or discard it")
        _add_line(gold, path)


# --- writing ---------------------------------------------------------------------------------------------------------


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep others from changing `path` meanwhile. What is locked is a file beside it, for it may itself be replaced."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=LOCKED_FOR):
            yield
    except Timeout:
        raise SettingsError(f"{path} is being written by another; try again") from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}); make its folder writable") from None


def _line(row: Mapping[str, Any]) -> bytes:
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()


def _row(line: bytes) -> Row | None:
    try:
        row = json.loads(line)
    except ValueError:
        return None
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not isinstance(row.get("question"), str):
        return None
    return row


def _lines(path: Path) -> list[bytes]:
    try:
        return path.read_bytes().splitlines(keepends=True) if path.exists() else []
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}); name another file") from None


def _add_line(row: Mapping[str, Any], path: Path) -> None:
    """Write a line at the end. A line that a crash cut short before stays, and is told; a full disk leaves no half."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    try:
        size = os.fstat(file).st_size
        os.lseek(file, max(0, size - 1), os.SEEK_SET)
        torn = size > 0 and os.read(file, 1) != b"\n"
        content = b"\n" * torn + _line(row)
        try:
            while content:
                content = content[os.write(file, content) :]
            os.fsync(file)
        except OSError:
            os.ftruncate(file, size)
            raise
    finally:
        os.close(file)
    sync_folder(path.parent)
