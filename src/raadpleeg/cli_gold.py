"""The command line for what people thought of answers: `gold review` takes the drafts into the gold, one by one."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from raadpleeg.errors import BadGold, SettingsError

# Everything else is imported by the command that needs it: `raadpleeg --help` has to be instant.
if TYPE_CHECKING:
    from raadpleeg.records import Document

gold_app = typer.Typer(help="Take what people thought of answers into the gold.", no_args_is_help=True)

WIDEST = 100
"""Columns of what is printed."""
EDITORS = ("sensible-editor", "nano", "vi", "notepad")
"""Tried in this order, where the environment names none."""
CHOICES = "[a]ccept, [e]dit, [d]iscard, [s]kip, [q]uit"


@gold_app.callback()
def gold() -> None:
    """Take what people thought of answers into the gold."""


@gold_app.command()
def review(
    drafts: Annotated[
        Path | None, typer.Option("--drafts", help="File of drafts.", show_default="eval/drafts.jsonl")
    ] = None,
    target: Annotated[
        Path | None,
        typer.Option("--gold", help="Gold file that takes the accepted.", show_default="eval/gold/reviewed.jsonl"),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Only list the drafts.")] = False,
    index: Annotated[Path | None, typer.Option("--index", help="Folder of the index.", show_default="index")] = None,
    settings: Annotated[
        Path | None,
        typer.Option("--settings", help="Settings file.", show_default="raadpleeg.toml, where there is one"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")] = False,
) -> None:
    """Walk through the answers that were judged on the page: accept, edit or discard each as gold.

    What is done is done at once: stop whenever you like.
    """
    from dataclasses import asdict

    from raadpleeg.evaluation.drafts import DRAFTS, REVIEWED, read_drafts

    file = drafts or DRAFTS
    rows, damaged = read_drafts(file)
    if as_json:
        typer.echo(
            json.dumps({"drafts": rows, "unreadable": [asdict(one) for one in damaged]}, ensure_ascii=False, indent=2)
        )
        return
    for one in damaged:
        typer.echo(f"not read: {file}, line {one.line}: {one.why}", err=True)
    if listed:
        for row in rows:
            typer.echo(_short(row))
    if not rows:
        typer.echo(f"no drafts in {file}: answers can be judged on the page", err=True)
    if listed or not rows:
        return
    from raadpleeg.indexing.generation import stored_documents
    from raadpleeg.settings import load_settings

    chosen = load_settings(settings).model_copy(update={"index": index} if index is not None else {})
    _walk(rows, file, target or REVIEWED, stored_documents(chosen.index))


def _walk(rows: tuple[dict[str, Any], ...], file: Path, target: Path, documents: Mapping[str, Document]) -> None:
    from raadpleeg.evaluation.drafts import replace_draft, taken

    already = taken(target)
    left = len(rows)
    try:
        for number, row in enumerate(rows, 1):
            if row["id"] in already:  # it was accepted, and then something stopped before it left the drafts
                replace_draft(row["id"], None, file)
                typer.echo(f"{row['id']} is gold already, and left the drafts")
                left -= 1
                continue
            typer.echo(f"\n{number} of {len(rows)} · {_short(row)}")
            for line in _whole(row):
                typer.echo(line)
            done = _decide(row, file, target, documents)
            if done is None:
                break
            left -= done
    except (EOFError, KeyboardInterrupt):
        typer.echo("")
    typer.echo(f"{left} drafts left in {file}", err=True)


def _decide(row: dict[str, Any], file: Path, target: Path, documents: Mapping[str, Document]) -> bool | None:
    """Ask what becomes of a draft until it is settled; None where the rest is for another time."""
    from raadpleeg.evaluation.drafts import accept, replace_draft

    while True:
        match input(f"{CHOICES}? ").strip().lower():
            case "a" | "accept":
                try:
                    row = _with_must(row)
                    accept(row, documents, target)
                except BadGold as error:
                    typer.echo(f"not taken: {error}")
                    continue
                replace_draft(row["id"], None, file)
                typer.echo(f"taken into {target}")
                return True
            case "e" | "edit":
                edited = _edited(row)
                if edited is not None:
                    replace_draft(row["id"], edited, file)  # first kept, then looked at
                    row = edited
                    for line in _proposed(row):
                        typer.echo(line)
            case "d" | "discard":
                replace_draft(row["id"], None, file)
                typer.echo("discarded")
                return True
            case "s" | "skip":
                return False
            case "q" | "quit":
                return None
            case _:
                typer.echo("write one of the letters a, e, d, s, q")


def _with_must(row: dict[str, Any]) -> dict[str, Any]:
    """Ask what a right answer has to match, where that is all that is missing."""
    if not row.get("answerable") or not row.get("answer") or row.get("must"):
        return row
    typer.echo("What does a right answer have to match? Regular expressions, one a line; an empty line ends them.")
    patterns: list[str] = []
    while pattern := input("must: ").strip():
        patterns.append(pattern)
    return {**row, "must": patterns}


def _edited(row: dict[str, Any]) -> dict[str, Any] | None:
    """Let the draft's gold be edited as JSON, until it is a JSON object or the user gives up; None: as it was."""
    from raadpleeg.evaluation.drafts import gold_of

    own = gold_of(row)
    text = json.dumps(own, ensure_ascii=False, indent=2) + "\n"
    while True:
        text = _in_editor(text)
        try:
            value = json.loads(text)
            if not isinstance(value, dict):
                raise ValueError("it is no object")
            if value.get("id") != row["id"]:
                raise ValueError("the id stays as it is")
            if not isinstance(value.get("question"), str):
                raise ValueError("there is no question")
        except ValueError as error:
            if input(f"that cannot be kept ({error}); [e]dit again, or leave it as it [w]as? ").strip().lower() == "w":
                return None
            continue
        return {**value, **{name: one for name, one in row.items() if name not in own and name not in value}}


def _in_editor(text: str) -> str:
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(shutil.which, EDITORS), None)
    if named is None:
        raise SettingsError(
            "there is no editor; name one in the environment, as in `EDITOR=nano raadpleeg gold review`"
        )
    handle, name = tempfile.mkstemp(suffix=".json")
    path = Path(name)
    try:
        os.close(handle)
        path.write_text(text, encoding="utf-8")
        try:
            subprocess.run([*shlex.split(named), name], check=True)
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            raise SettingsError(f"the editor {named!r} failed ({error}); name another in EDITOR") from None
        return path.read_text(encoding="utf-8")
    finally:
        path.unlink(missing_ok=True)


# --- what is printed -------------------------------------------------------------------------------------------------


def _short(row: Mapping[str, Any]) -> str:
    sign = {"up": "+", "down": "-"}.get(str(row.get("verdict")), "?")
    reason = f" ({_plain(row['reason_given'])})" if row.get("reason_given") else ""
    return f"{sign}  {_plain(row['id'])}  {_plain(row['question'])}{reason}"


def _whole(row: Mapping[str, Any]) -> Iterator[str]:
    for before in row.get("history") or ():
        yield f"  asked before: {_plain(before)}"
    given = row.get("answer_given")
    if isinstance(given, dict):
        yield "  answer given:"
        yield _indented(given.get("answer"))
        for one in given.get("citations") or ():
            yield f"  [{one.get('number')}] {_plain(one.get('reference'))} · {_plain(one.get('unit'))}"
            yield _indented(f"“{one.get('quote')}”")
    yield from _proposed(row)


def _proposed(row: Mapping[str, Any]) -> Iterator[str]:
    yield "  as gold:"
    if row.get("answerable"):
        yield _indented(f"answer: {row.get('answer') or 'still to be written'}")
        yield _indented(f"must: {' ; '.join(map(str, row.get('must') or ())) or 'still to be written'}")
        yield _indented(f"evidence: {len(row.get('evidence') or ()) or 'still to be chosen'}")
    else:
        yield _indented(f"the papers do not answer it: {row.get('reason') or 'no reason is given'}")


def _indented(text: Any) -> str:
    import textwrap

    return textwrap.fill(_plain(text), WIDEST, initial_indent="    ", subsequent_indent="    ")


def _plain(text: Any) -> str:
    """Write what came from elsewhere on one line, without the signs by which a terminal is told what to do."""
    return " ".join("".join(char if char.isprintable() or char.isspace() else "�" for char in str(text)).split())
