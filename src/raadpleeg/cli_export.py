"""The command line for an answer that is kept or cited: `verify`, and `--save` and `--as` of other commands."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

# Everything else is imported by the command that needs it: `raadpleeg --help` has to be instant.
if TYPE_CHECKING:
    from raadpleeg.indexing.generation import Index as OpenIndex
    from raadpleeg.lookup.dossier import Report
    from raadpleeg.records import Answer, Citation, Document, Progress
    from raadpleeg.settings import Settings

export_app = typer.Typer()

Form = Literal["official", "bibtex", "ris", "csl-json"]
As = Annotated[
    Form | None,
    typer.Option("--as", help="Print only the citations, as other programs take them.", show_default=False),
]
Save = Annotated[
    Path | None,
    typer.Option(
        "--save", help="Keep the answer with all that it rests on: a page (.html) or .json.", show_default=False
    ),
]


@export_app.command()
def verify(
    dossier: Annotated[Path, typer.Argument(help="File that `raadpleeg ask --save` wrote.", show_default=False)],
    corpus: Annotated[
        Path | None, typer.Option("--corpus", help="Folder with the papers.", show_default="corpus")
    ] = None,
    index: Annotated[Path | None, typer.Option("--index", help="Folder of the index.", show_default="index")] = None,
    settings: Annotated[
        Path | None,
        typer.Option("--settings", help="Settings file.", show_default="raadpleeg.toml, where there is one"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")] = False,
) -> None:
    """Hold a saved answer against the papers: exit 0 if every quote and paper is as it was, 1 if not."""
    from raadpleeg.cli import _progress
    from raadpleeg.lookup.dossier import corpus_digest, models_set, read
    from raadpleeg.lookup.dossier import verify as hold_against
    from raadpleeg.settings import load_settings

    given = {key: value for key, value in (("corpus", corpus), ("index", index)) if value is not None}
    chosen = load_settings(settings).model_copy(update=given)
    saved = read(dossier)
    with _progress() as progress:
        documents = _papers(chosen, corpus is not None, progress)
    report = hold_against(saved, documents, corpus_digest(documents), models_set(chosen))
    if as_json:
        typer.echo(json.dumps(report_json(dossier, report), ensure_ascii=False, indent=2))
    else:
        for check in report.checks:
            typer.echo(f"{check.state:<8} {_named(check.name, check.line)}")
        count = len(report.refused)
        told = "all holds" if report.holds else f"{count} of {len(report.checks)} checks refused"
        typer.echo(f"{dossier}: {told}")
    if not report.holds:
        raise typer.Exit(1)


def report_json(path: Path, report: Report) -> dict[str, object]:
    """Write what `raadpleeg verify --json` gives."""
    from dataclasses import asdict

    return {"dossier": str(path), "holds": report.holds, "checks": [asdict(check) for check in report.checks]}


def _named(name: str, line: str) -> str:
    """Put the name before a line that does not say what it is about."""
    return f"{name}: {line}" if name.startswith(("quote ", "sentence ")) else line


def _papers(settings: Settings, given: bool, progress: Progress) -> Mapping[str, Document]:
    """Give the papers of the corpus; where there is none and none was named, those of the index that was made of it."""
    from raadpleeg.indexing.generation import stored_documents
    from raadpleeg.wiring import list_corpus

    if not given and not settings.corpus.is_dir():
        return stored_documents(settings.index)
    return {one.id: one for one in list_corpus(settings, progress).documents}


# --- what other commands do with it ----------------------------------------------------------------------------------


def check_ways(save: Path | None, form: Form | None, as_json: bool, many: bool) -> None:
    """Hold that `--save`, `--as` and `--json` of one call go together, before there is an answer."""
    if many and (save or form):
        raise typer.BadParameter("--save and --as go with one question; many answers go to --output")
    if form and as_json:
        raise typer.BadParameter("give --as or --json, not both: each prints one thing and nothing else")
    if save:
        from raadpleeg.lookup.dossier import check_suffix

        check_suffix(save)


def save_answer(path: Path, answer: Answer, index: OpenIndex, settings: Settings) -> None:
    """Keep an answer with all that it rests on, and say so on stderr."""
    from raadpleeg.lookup.dossier import make, save

    save(make(answer, index.documents, index.manifest, settings), path)
    typer.echo(f"saved in {path}; `raadpleeg verify {path}` holds it against the papers again", err=True)


def print_as(
    citations: Sequence[Citation], documents: Mapping[str, Document], form: Form, why: str | None = None
) -> None:
    """Print citations in one form and nothing else; `documents` holds each cited paper by its id.

    Where there are none, stderr says `why`.
    """
    from raadpleeg.lookup.exporting import export

    typer.echo(export(citations, documents, form), nl=False)
    if not citations:
        typer.echo(why or "nothing is cited: the papers do not answer this", err=True)
