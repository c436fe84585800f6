"""The command line: each command parses, calls one function, and prints.

Results go to stdout, everything else (progress, warnings, errors) to stderr. Exit codes: 0 done, 1 something that the
user can mend, told in one line, 2 a wrong call.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from raadpleeg.cli_export import As, Save, check_ways, export_app, print_as, save_answer
from raadpleeg.cli_gold import gold_app
from raadpleeg.cli_lookup import lookup_app
from raadpleeg.errors import BadQuestion, RaadpleegError, SettingsError

# Everything else is imported by the command that needs it: `raadpleeg --help` has to be instant.
if TYPE_CHECKING:
    from raadpleeg.records import Answer, Hit, Passage, Progress
    from raadpleeg.retrieval.filters import Filter
    from raadpleeg.settings import Settings

_Row = tuple[str, str, tuple[str, ...]]
"""Id, question, and the questions asked before it."""

app = typer.Typer(
    name="raadpleeg",
    help="Cited answers about Dutch parliamentary papers, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(help="Fetch, check and list the models.", no_args_is_help=True)
app.add_typer(models_app, name="models")
app.add_typer(lookup_app)
app.add_typer(export_app)
app.add_typer(gold_app, name="gold")

Corpus = Annotated[Path | None, typer.Option("--corpus", help="Folder with the papers.", show_default="corpus")]
Index = Annotated[Path | None, typer.Option("--index", help="Folder of the index.", show_default="index")]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="Settings file.", show_default="raadpleeg.toml, where there is one")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
Question = Annotated[str | None, typer.Argument(help="What you want to know.", show_default=False)]
Questions = Annotated[
    Path | None,
    typer.Option("--questions", help="JSON lines with `id`, `question`, perhaps `history`.", show_default=False),
]
After = Annotated[
    list[str] | None,
    typer.Option("--after", help="A question asked before, that this one leans on; oldest first.", show_default=False),
]
_ONLY = "Only these papers"
Dossier = Annotated[
    list[str] | None,
    typer.Option("--dossier", help="Of this dossier.", show_default=False, rich_help_panel=_ONLY),
]
Chamber = Annotated[
    list[str] | None,
    typer.Option("--chamber", help="I (Eerste Kamer) or II.", show_default=False, rich_help_panel=_ONLY),
]
Kind = Annotated[
    list[str] | None,
    typer.Option("--kind", help="Of this kind (part of it).", show_default=False, rich_help_panel=_ONLY),
]
Speaker = Annotated[
    list[str] | None,
    typer.Option("--speaker", help="Words of this speaker (part of it).", show_default=False, rich_help_panel=_ONLY),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since", help="From this date: 2026, 2026-03, 2026-03-18.", show_default=False, rich_help_panel=_ONLY
    ),
]
Until = Annotated[
    str | None,
    typer.Option("--until", help="Up to and including this date.", show_default=False, rich_help_panel=_ONLY),
]


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"raadpleeg {version('raadpleeg')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Cited answers about Dutch parliamentary papers, on your own machine."""


# --- models ----------------------------------------------------------------------------------------------------------


@models_app.command("fetch")
def models_fetch(settings: SettingsFile = None) -> None:
    """Fetch the two default models into the cache (1.2 GB); what is there already is left alone."""
    from raadpleeg import models

    cache = _settings(settings).cache.expanduser()
    with _progress() as progress:
        models.fetch(cache, progress)
    typer.echo(f"models are ready in {cache}")


@models_app.command("verify")
def models_verify(settings: SettingsFile = None) -> None:
    """Hash every model file again; exit 1 if one is missing or damaged."""
    from raadpleeg import models

    with _progress() as progress:
        rows = models.verify(_settings(settings).cache.expanduser(), progress)
    for row in rows:
        typer.echo(f"{row.state:<12} {row.name}{f': {row.problem}' if row.problem else ''}")
    bad = [row.name for row in rows if row.state != "ready"]
    if bad:
        _fail(f"not ready: {', '.join(bad)}; run `raadpleeg models fetch`")


@models_app.command("list")
def models_list(settings: SettingsFile = None, as_json: AsJson = False) -> None:
    """List the models with their size, licence and state."""
    from dataclasses import asdict

    from raadpleeg import models

    rows = models.list_models(_settings(settings).cache.expanduser())
    if as_json:
        _print_json([{**asdict(row), "path": str(row.path)} for row in rows])
        return
    for row in rows:
        typer.echo(f"{row.role:<10} {row.state:<14} {row.size / 1e6:>8,.0f} MB  {row.licence:<11} {row.name}")


# --- index and search ------------------------------------------------------------------------------------------------


@app.command()
def index(
    corpus: Corpus = None,
    index: Index = None,
    settings: SettingsFile = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Embed every paper again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to date with the corpus; only papers that changed are embedded again."""
    from dataclasses import asdict

    from raadpleeg.wiring import build_index

    chosen = _settings(settings, corpus=corpus, index=index)
    with _progress() as progress:
        report = build_index(chosen, rebuild, progress)
    if as_json:
        _print_json(asdict(report))
    elif report.changed:
        typer.echo(
            f"{report.documents} papers, {report.passages} passages ({report.embedded} embedded) in {chosen.index}"
        )
    else:
        typer.echo(f"{report.documents} papers, {report.passages} passages: up to date")
    for one in report.unreadable:
        typer.echo(f"not read: {one.path}: {one.why}", err=True)
    if report.unreadable:
        raise typer.Exit(1)


@app.command()
def search(
    question: Question = None,
    questions: Questions = None,
    run: Annotated[Path | None, typer.Option("--run", help="TREC run to write.", show_default=False)] = None,
    k: Annotated[int | None, typer.Option("-k", min=1, max=1000, help="Number of hits.", show_default="8")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Tell why each hit stands where it does.")] = False,
    after: After = None,
    dossier: Dossier = None,
    chamber: Chamber = None,
    kind: Kind = None,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    index: Index = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Find passages for a question, or documents for many (a TREC run)."""
    from raadpleeg.contracts import run_lines, search_json

    _one_of(question, questions, run, "--run")
    chosen = _settings(settings, index=index)
    rows = _checked(question, questions, after, chosen)
    wanted = _filter(dossier, chamber, kind, speaker, since, until)
    from raadpleeg.wiring import open_assistant

    assistant = open_assistant(chosen, quotes_only=True)
    number = k or chosen.top_k
    if questions and run:
        # A document may have many passages before the next document's first.
        depth = min(max(100, 20 * number), len(assistant.index.passages))
        _for_each(
            rows,
            "searching",
            run,
            lambda key, text, before: run_lines(key, assistant.search(text, depth, before, wanted), number),
        )
        typer.echo(f"{len(rows)} questions in {run}", err=True)
        return
    ((_, text, before),) = rows
    hits = assistant.search(text, number, before, wanted)
    if as_json:
        _print_json(search_json(text, hits))
    elif hits:
        _print_hits(hits, explain)
    else:
        typer.echo("nothing found: no passage of the index fits; ask for less with the filters", err=True)


# --- the papers themselves -------------------------------------------------------------------------------------------


@app.command()
def show(
    document: Annotated[str, typer.Argument(help="Id of a paper in the corpus, or a file.", show_default=False)],
    corpus: Corpus = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Show what a paper consists of: letters, sections, questions and answers, with pages and speakers."""
    from raadpleeg.contracts import document_json
    from raadpleeg.outline import outline
    from raadpleeg.reading.reader import find_document

    paper = find_document(document, _settings(settings, corpus=corpus).corpus)
    if as_json:
        _print_json(document_json(paper))
    else:
        typer.echo(outline(paper))


@app.command()
def documents(
    corpus: Corpus = None, index: Index = None, settings: SettingsFile = None, as_json: AsJson = False
) -> None:
    """List the papers of the corpus, and the files that cannot be read."""
    from raadpleeg.contracts import listing_json
    from raadpleeg.outline import listing
    from raadpleeg.wiring import list_corpus

    with _progress() as progress:
        papers = list_corpus(_settings(settings, corpus=corpus, index=index), progress)
    if as_json:
        _print_json(listing_json(papers))
    else:
        typer.echo(listing(papers))


# --- ask -------------------------------------------------------------------------------------------------------------


@app.command()
def ask(
    question: Question = None,
    questions: Questions = None,
    output: Annotated[Path | None, typer.Option("--output", help="JSON lines to write.", show_default=False)] = None,
    quotes_only: Annotated[bool, typer.Option("--quotes-only", help="Answer in quotations, without a model.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Ask for plain language (B1); quotations stay.")] = False,
    save: Save = None,
    form: As = None,
    after: After = None,
    dossier: Dossier = None,
    chamber: Chamber = None,
    kind: Kind = None,
    speaker: Speaker = None,
    since: Since = None,
    until: Until = None,
    index: Index = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question, or many; every sentence has a citation."""
    from raadpleeg.contracts import answer_json

    _one_of(question, questions, output, "--output")
    check_ways(save, form, as_json, many=questions is not None)
    chosen = _settings(settings, index=index)
    rows = _checked(question, questions, after, chosen)
    wanted = _filter(dossier, chamber, kind, speaker, since, until)
    from raadpleeg.wiring import open_assistant

    assistant = open_assistant(chosen, quotes_only)
    if questions and output:
        _for_each(
            rows,
            "answering",
            output,
            lambda key, text, before: [
                json.dumps(answer_json(assistant.ask(text, False, before, wanted, plain), key), ensure_ascii=False)
            ],
        )
        typer.echo(f"{len(rows)} answers in {output}", err=True)
        return
    ((_, text, before),) = rows
    answer = assistant.ask(text, False, before, wanted, plain)
    if save:
        save_answer(save, answer, assistant.index, chosen)
    if form:
        print_as(answer.citations, assistant.index.documents, form)
    elif as_json:
        _print_json(answer_json(answer))
    else:
        _print_answer(answer)


# --- page and evaluation ---------------------------------------------------------------------------------------------


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 7860,
    mcp: Annotated[bool, typer.Option("--mcp", help="Offer ask, search, cite and show as MCP tools, too.")] = False,
    index: Index = None,
    settings: SettingsFile = None,
) -> None:
    """Start the page in the browser."""
    from raadpleeg.web.serving import serve as start

    start(_settings(settings, index=index), host, port, mcp)


@app.command("eval")
def evaluate(
    gold: Annotated[
        list[Path] | None, typer.Argument(help="Gold files.", show_default="every file in eval/gold")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", help="Compare with this; exit 1 on a significant loss.")
    ] = None,
    pin: Annotated[Path | None, typer.Option("--pin", help="Write the result as the new baseline.")] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Folder for report, run, qrels and answers.")] = None,
    beir: Annotated[Path | None, typer.Option("--beir", help="A BEIR folder instead of gold (retrieval).")] = None,
    squad: Annotated[Path | None, typer.Option("--squad", help="A SQuAD file instead of gold (quotations).")] = None,
    quotes_only: Annotated[bool, typer.Option("--quotes-only", help="Answer in quotations, without a model.")] = False,
    index: Index = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Measure retrieval, answers, citations and abstaining on gold questions or a public set.

    With --output, a run that was stopped goes on where it was.
    """
    if sum(one is not None for one in (gold, beir, squad)) > 1:
        raise typer.BadParameter("give gold files, --beir or --squad, not several of them")
    from raadpleeg.evaluation.baseline import differences_of, failures, read_baseline, uncompared
    from raadpleeg.evaluation.baseline import pin as pin_baseline
    from raadpleeg.evaluation.datasets import read_beir, read_squad
    from raadpleeg.evaluation.measures import MEASURES
    from raadpleeg.evaluation.report import result_json, table, write
    from raadpleeg.evaluation.session import clusters_of, measure_dataset, measure_gold
    from raadpleeg.evaluation.significance import compare

    chosen = _settings(settings, index=index)
    before = read_baseline(baseline) if baseline else None
    kept = output / "outcomes.jsonl" if output else None
    with _progress() as progress:
        if beir or squad:
            dataset = read_beir(beir) if beir else read_squad(squad or Path())
            result = measure_dataset(dataset, chosen, retrieval_only=beir is not None, kept=kept, progress=progress)
        else:
            files = gold or sorted(Path("eval/gold").glob("*.jsonl"))
            session = measure_gold(files, chosen, quotes_only, kept, progress)
            result = session.result
            for name in session.left_out:
                typer.echo(f"left out: {name}: its papers are not in this index", err=True)
    compared = compare(before.values, result.values, MEASURES, clusters_of(result)) if before else ()
    if output:
        write(result, compared, output)
    if pin:
        pin_baseline(result, pin)
    if as_json:
        _print_json(result_json(result, compared))
    else:
        typer.echo(table(result, compared))
    for line in differences_of(before.about, result.about) if before else ():
        typer.echo(f"unlike the baseline: {line}", err=True)
    for line in uncompared(before.values, result.values, MEASURES) if before else ():
        typer.echo(f"takes no part in the comparison: {line}", err=True)
    if before and (lost := failures(compared)):
        _fail("; ".join(lost))


# --- what the commands share -----------------------------------------------------------------------------------------


def main() -> None:
    """Run the command line; a mistake of the user's is one line and exit code 1."""
    try:
        app()
    except RaadpleegError as error:
        typer.echo(f"raadpleeg: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # whoever read stdout has seen enough, as with `raadpleeg search … | head`
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        typer.echo(
            f"raadpleeg: {error.filename or 'the system says'}: {error.strerror}; mend that and try again", err=True
        )
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("raadpleeg: stopped", err=True)
        sys.exit(130)


def _fail(words: str) -> NoReturn:
    raise RaadpleegError(words)


def _settings(file: Path | None, **given: Path | None) -> Settings:
    from raadpleeg.settings import load_settings

    return load_settings(file).model_copy(update={key: value for key, value in given.items() if value is not None})


def _one_of(question: str | None, questions: Path | None, target: Path | None, option: str) -> None:
    """Hold that a call has either a question, or a file of questions and a file to write."""
    if (question is None) == (questions is None):
        raise typer.BadParameter("give a question, or a file of questions with --questions")
    if (questions is None) != (target is None):
        raise typer.BadParameter(f"--questions and {option} go together")


def _filter(
    dossier: list[str] | None,
    chamber: list[str] | None,
    kind: list[str] | None,
    speaker: list[str] | None,
    since: str | None,
    until: str | None,
) -> Filter:
    from raadpleeg.retrieval.filters import Filter

    return Filter(
        dossiers=tuple(dossier or ()),
        chambers=tuple(chamber or ()),
        kinds=tuple(kind or ()),
        speakers=tuple(speaker or ()),
        since=since,
        until=until,
    ).check()


def _checked(question: str | None, questions: Path | None, after: list[str] | None, settings: Settings) -> list[_Row]:
    """Give what is asked, with ids, once it is known to be in order; no model has been opened by then."""
    from raadpleeg.retrieval.question import check_question

    if questions:
        if after:
            raise typer.BadParameter("--after goes with one question; a file of questions has `history`")
        return _read_questions(questions, settings)
    return [("", check_question(question or "", settings), tuple(after or ()))]


def _for_each(rows: list[_Row], what: str, path: Path, lines: Callable[[str, str, tuple[str, ...]], list[str]]) -> None:
    """Write the lines that each question gives, with a progress bar."""
    with _written(path) as write, _progress() as progress:
        for done, row in enumerate(rows):
            progress(what, done, len(rows))
            for line in lines(*row):
                write(line)
        progress(what, len(rows), len(rows))


def _read_questions(path: Path, settings: Settings) -> list[_Row]:
    """Read and check every question before the first is answered, so that line 900 does not spoil an hour's work."""
    from raadpleeg.contracts import question_of
    from raadpleeg.retrieval.question import check_question

    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        rows = [(number, json.loads(line)) for number, line in enumerate(lines, 1) if line.strip()]
        found = [question_of(row, number) for number, row in rows]
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}; name another file with --questions") from None
    except (ValueError, AttributeError) as error:
        raise BadQuestion(f"{path} is not JSON lines with `id` and `question` ({error}); mend that line") from None
    if len({identity for identity, *_ in found}) != len(found):
        raise BadQuestion(f"{path} has an id twice; give each question its own")
    for identity, text, _ in found:
        try:
            check_question(text, settings)
        except BadQuestion as error:
            raise BadQuestion(f"{path}, question {identity}: {error}") from None
    return found


@contextmanager
def _written(path: Path) -> Iterator[Callable[[str], None]]:
    """Write lines to a file that gets its name when it is whole; what an error cuts short stays as ``.partial``."""
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("w", encoding="utf-8") as file:
            yield lambda line: print(line, file=file, flush=True)
        partial.replace(path)
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}); name another file") from None


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_hits(hits: tuple[Hit, ...], explain: bool) -> None:
    for hit in hits:
        typer.echo(f"{hit.rank:>2}  {hit.score:.2f}  {_place(hit.passage)}")
        for other in hit.also:
            typer.echo(f"          also {_place(other)}")
        if explain:
            typer.echo(f"          {_reasons(hit)}")
        typer.echo(_indented(hit.passage.text))


def _place(passage: Passage) -> str:
    from raadpleeg.reading.references import official

    unit = passage.unit
    return f"{official(passage.document, passage.page)}{f' · {unit.label}' if unit else ''}"


def _reasons(hit: Hit) -> str:
    """Tell which arms brought a hit in, and what each gave."""
    dense = f"no. {hit.dense_rank}" if hit.dense_rank else "not listed"
    lexical = f"no. {hit.lexical_rank}" if hit.lexical_rank else "not listed"
    parts = [
        f"near: {dense}, cosine {hit.dense:.3f}, best sentence {hit.sentence:.3f}",
        f"words: {lexical}, share {hit.lexical:.3f}",
    ]
    return "; ".join(["named in the question", *parts] if hit.named else parts)


def _print_answer(answer: Answer) -> None:
    typer.echo(answer.text)
    shown = {number for one in answer.sentences if one.verdict == "quoted" for number in one.citations}
    for citation in answer.citations:
        speaker = f" · {citation.speaker}" if citation.speaker else ""
        typer.echo(f"\n[{citation.number}] {citation.reference} · {citation.unit}{speaker}")
        if citation.number not in shown:
            typer.echo(_indented(f"“{citation.quote}”"))
    if answer.doubtful:
        typer.echo("\nnot sure: the papers may not say exactly this; read the quotation")
    if answer.withheld:
        typer.echo(f"\nwithheld: {answer.withheld} sentence(s) of the model that no paper carries")
    if answer.abstained and answer.hits:
        from raadpleeg.reading.references import official

        nearest = answer.hits[0].passage
        typer.echo(f"\nnearest: {official(nearest.document, nearest.page)}")


def _indented(text: str) -> str:
    import textwrap

    return textwrap.fill(" ".join(text.split()), 100, initial_indent="    ", subsequent_indent="    ")


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show progress bars on stderr, one for each thing that is being done; nothing where nobody watches."""
    from tqdm import tqdm

    bars: dict[str, Any] = {}

    def report(what: str, done: int, total: int) -> None:
        if what not in bars:
            size = {"unit": "B", "unit_scale": True, "unit_divisor": 1000} if total > 1_000_000 else {}
            bars[what] = tqdm(total=total, desc=what, file=sys.stderr, disable=None, **size)
        bars[what].total = total
        bars[what].update(done - bars[what].n)

    try:
        yield report
    finally:
        for bar in bars.values():
            bar.close()


if __name__ == "__main__":
    main()
