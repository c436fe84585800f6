"""The commands that look something up without a model: `cite`, `references`, `questions`; `cli.py` takes them in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from raadpleeg.cli_export import As, check_ways, print_as

# Everything else is imported by the command that needs it: `raadpleeg --help` has to be instant.
if TYPE_CHECKING:
    from raadpleeg.lookup.places import Change, Cited, Place
    from raadpleeg.lookup.questions import Asked
    from raadpleeg.lookup.web import Mention, Web
    from raadpleeg.settings import Settings

lookup_app = typer.Typer()

Index = Annotated[Path | None, typer.Option("--index", help="Folder of the index.", show_default="index")]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", help="Settings file.", show_default="raadpleeg.toml, where there is one")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]

WIDEST = 100
"""Columns of what is printed for people."""
MOST_SHOWN = 20
"""Places, or references to a paper, that are printed; --json has them all."""
LONGEST_SHOWN = 1500
"""Characters of a place that are printed; --json has them all."""


@lookup_app.command()
def cite(
    reference: Annotated[
        str | None,
        typer.Argument(help='A place: "35714, O, antwoord 3", "voetnoot 16 van kst-35714-O".', show_default=False),
    ] = None,
    quote: Annotated[
        str | None, typer.Option("--quote", help="Words whose place is wanted, as well as you know them.")
    ] = None,
    index: Index = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
    form: As = None,
) -> None:
    """Tell where a reference or a quotation stands: its words, its question or answer, its footnotes."""
    from raadpleeg.contracts import cite_json
    from raadpleeg.lookup.places import as_citations
    from raadpleeg.lookup.places import cite as look_up

    if (reference is None) == (quote is None):
        raise typer.BadParameter("give a reference, or words with --quote")
    check_ways(None, form, as_json, many=False)
    web = _web(_settings(settings, index))
    if quote is None:
        cited = look_up(reference or "", web)
    else:
        from raadpleeg.lookup.quoting import open_quotable
        from raadpleeg.lookup.quoting import quote as find_quote

        cited = find_quote(quote, open_quotable(web))
    if form:
        print_as(as_citations(cited.places, web.documents), web.documents, form, cited.explanation)
        for place in cited.places:  # the words given out are the paper's; who misquoted it should know
            for change in place.changes:
                typer.echo(f"{place.reference}: {_change(change)}", err=True)
    elif as_json:
        _print_json(cite_json(cited))
    else:
        _print_lines(_cited_lines(cited))


@lookup_app.command()
def references(
    document: Annotated[
        str | None, typer.Argument(help="A paper, by id or reference.", show_default="every paper of the index")
    ] = None,
    index: Index = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """List what papers refer to, and what refers to them; what is not in the corpus apart."""
    from raadpleeg.contracts import references_json
    from raadpleeg.lookup.places import paper_of
    from raadpleeg.lookup.web import incoming, mentions, notes

    web = _web(_settings(settings, index))
    papers = [paper_of(document, web)] if document is not None else list(web.documents.values())
    if as_json:
        rows = [references_json(one, mentions(web, one), incoming(web, one), notes(web, one)) for one in papers]
        _print_json(rows[0] if document is not None else rows)
        return
    if document is not None:
        _print_lines(_reference_lines(web, mentions(web, papers[0]), incoming(web, papers[0])))
        return
    _print_lines(_summary_lines(web, [one for paper in papers for one in mentions(web, paper)]))


@lookup_app.command()
def questions(
    document: Annotated[str | None, typer.Argument(help="A paper, by id or reference.", show_default=False)] = None,
    like: Annotated[
        str | None, typer.Option("--like", help="A new question: give the nearest that were asked before.")
    ] = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="With --like, the number of questions.")] = 5,
    index: Index = None,
    settings: SettingsFile = None,
    as_json: AsJson = False,
) -> None:
    """Show a paper's questions at a glance, or whether a question was asked before."""
    from raadpleeg.contracts import questions_json

    if (document is None) == (like is None):
        raise typer.BadParameter("give a paper, or a question with --like")
    chosen = _settings(settings, index)
    if like is not None:
        from raadpleeg.retrieval.question import check_question

        text = check_question(like, chosen)
        from raadpleeg import wiring
        from raadpleeg.indexing.generation import open_index, read_manifest
        from raadpleeg.lookup.questions import asked_before

        read_manifest(chosen.index)  # a missing index is told before seconds go into opening the encoder
        encoder = wiring.open_encoder(chosen)
        rows = asked_before(text, open_index(chosen.index, encoder), encoder, chosen, k)
        if as_json:
            _print_json(questions_json(rows, like=text))
        else:
            _print_lines(_earlier_lines(rows))
        return
    from raadpleeg.lookup.places import paper_of
    from raadpleeg.lookup.questions import questions as questions_of

    paper = paper_of(document or "", _web(chosen))
    rows = questions_of(paper)
    if as_json:
        _print_json(questions_json(rows, document=paper.id))
    elif rows:
        _print_lines(_question_lines(rows))
    else:
        typer.echo(f"{paper.id} has no questions", err=True)


# --- what the commands share -----------------------------------------------------------------------------------------


def _settings(file: Path | None, index: Path | None) -> Settings:
    from raadpleeg.settings import load_settings

    return load_settings(file).model_copy(update={"index": index} if index is not None else {})


def _web(settings: Settings) -> Web:
    from raadpleeg.indexing.generation import stored_documents
    from raadpleeg.lookup.web import open_web

    return open_web(stored_documents(settings.index).values())


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _indented(text: str, by: int = 4) -> str:
    import textwrap

    margin = " " * by
    text = " ".join(text.split())
    if len(text) > LONGEST_SHOWN:
        text = text[:LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
    return textwrap.fill(text, WIDEST, initial_indent=margin, subsequent_indent=margin)


# --- cite ------------------------------------------------------------------------------------------------------------


def _cited_lines(cited: Cited) -> Iterable[str]:
    if cited.explanation:
        yield cited.explanation
    if cited.called:
        yield f"called: {cited.called}"
    for place in cited.places[:MOST_SHOWN]:
        yield from _place_lines(place)
    if len(cited.places) > MOST_SHOWN:
        yield f"and {len(cited.places) - MOST_SHOWN} more places (--json has them)"
    if cited.address:
        yield f"official address: {cited.address}"
    if cited.referred_by:
        yield "referred to by:"
        for one in cited.referred_by[:MOST_SHOWN]:
            yield f"    {_where(one)}: {one.written}"
        if len(cited.referred_by) > MOST_SHOWN:
            yield f"    and {len(cited.referred_by) - MOST_SHOWN} more places (--json has them)"


def _place_lines(place: Place) -> Iterable[str]:
    note = f"voetnoot {place.footnote}, bij " if place.footnote is not None else ""
    parts = [place.reference, f"{note}{place.unit or place.title}", place.speaker or ""]
    yield " · ".join(part for part in parts if part) + ("" if place.match == "exact" else f"  ({place.match})")
    yield _indented(place.quote)
    for change in place.changes:
        yield f"    {_change(change)}"
    for what, related in (("question", place.questions), ("answer", place.answers)):
        for one in related:
            yield f"  {what}: {one.unit}, p. {one.page}"
            yield _indented(one.text)
    for footnote in place.footnotes:
        leads = [f"{target.document}, p. {target.page}" for one in footnote.mentions for target in one.targets[:1]]
        yield f"  {footnote.footnote.number or '*':>4}  {footnote.footnote.text}{f'  → {leads[0]}' if leads else ''}"


def _change(change: Change) -> str:
    if change.kind == "replaced":
        return f"replaced: the paper has “{change.paper}”, not “{change.quoted}”"
    return f"left out: “{change.paper}”" if change.kind == "left out" else f"added: “{change.quoted}”"


def _where(one: Mention) -> str:
    note = f", voetnoot {one.footnote}" if one.footnote is not None else ""
    return f"{one.document}, p. {one.page}{note}{f' · {_short(one.unit)}' if one.unit else ''}"


def _short(text: str, most: int = 50) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# --- references ------------------------------------------------------------------------------------------------------


def _reference_lines(web: Web, outgoing: Sequence[Mention], incoming: Sequence[Mention]) -> Iterable[str]:
    parts = (
        ("in the corpus", [one for one in outgoing if one.targets and not one.inner]),
        ("not in the corpus", [one for one in outgoing if not one.targets]),
        ("within the paper", [one for one in outgoing if one.inner]),
    )
    for title, found in parts:
        if found:
            yield f"{title}:"
        for one in found:
            place = f"p. {one.page:>3}{f', voetnoot {one.footnote}' if one.footnote is not None else ''}"
            yield f"  {place:<20} {_meant(one)}"
    if incoming:
        yield "referred to by:"
        for one in incoming:
            yield f"  {_where(one)}: {one.written}"
    if not outgoing and not incoming:
        yield "refers to nothing, and nothing refers to it"


def _meant(one: Mention) -> str:
    meant = str(one.reference) if one.reference else one.written
    said = f" ({one.written})" if one.stands_for is not None else ""
    called = f": {one.called}" if one.called else ""
    leads = ", ".join(f"{target.unit or target.document}, p. {target.page}" for target in one.targets[:3])
    if one.targets and not one.inner:
        leads = ", ".join(f"{target.document}, p. {target.page}" for target in one.targets[:3])
    if one.reference is None and one.stands_for is not None:
        meant = f"the source of voetnoot {one.stands_for}"
    return f"{meant}{said}{called}{f' → {leads}' if leads else ''}"


def _summary_lines(web: Web, found: Sequence[Mention]) -> Iterable[str]:
    """Give each paper that is referred to once, with who does."""
    known: dict[str, list[Mention]] = {}
    absent: dict[str, list[Mention]] = {}
    for one in found:
        if one.reference is None:
            continue
        (known if one.targets else absent).setdefault(str(one.reference.paper), []).append(one)
    for title, papers in (("in the corpus", known), ("not in the corpus", absent)):
        if papers:
            yield f"{title}:"
        for name, ones in sorted(papers.items()):
            called = next((one.called for one in ones if one.called), None)
            who = list(dict.fromkeys(one.document for one in ones))
            by = f"{', '.join(who[:4])}{' …' if len(who) > 4 else ''}"
            yield f"  {name}{f': {_short(called)}' if called else ''}  ({len(ones)}×: {by})"
    if not known and not absent:
        yield "no paper refers to anything"


# --- questions -------------------------------------------------------------------------------------------------------


def _question_lines(rows: Sequence[Asked]) -> Iterable[str]:
    asker: str | None = None
    for row in rows:
        if row.asker and row.asker != asker:
            yield f"asked by {row.asker}:"
            asker = row.asker
        pages = ", ".join(str(page) for page in dict.fromkeys((row.page, *row.also)))
        answers = ", ".join(f"{one.unit}, p. {one.page}" for one in row.answers) or "no answer is marked"
        yield f"  {row.unit:<22} p. {pages:<7} → {answers:<28} {row.status}{_pointing(row)}"
        if row.status != "answered":
            for words in row.words:
                yield _indented(f"“{words}”", 6)


def _pointing(row: Asked) -> str:
    return f" (see vraag {', '.join(map(str, row.refers))})" if row.refers else ""


def _earlier_lines(rows: Sequence[Asked]) -> Iterable[str]:
    for row in rows:
        asker = f" · {row.asker}" if row.asker else ""
        yield f"{row.score or 0:.2f}  {row.reference} · {row.unit}{asker}: {row.status}"
        yield _indented(row.text)
        for one in row.answers:
            yield f"  answer: {one.unit}, p. {one.page}{f' · {one.speaker}' if one.speaker else ''}"
            yield _indented(one.text)
    if not rows:
        yield "no questions in this index"
