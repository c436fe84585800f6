"""Documenten: the papers as a list and as they are, papers that are added, and papers that are removed."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from raadpleeg.answering.assistant import Assistant
from raadpleeg.errors import RaadpleegError, UnreadableDocument
from raadpleeg.lookup.addresses import address_of_document
from raadpleeg.lookup.web import folded
from raadpleeg.reading.references import official
from raadpleeg.records import Document, Unit
from raadpleeg.web import rendering
from raadpleeg.web.room import Reload, Room
from raadpleeg.web.tabs import (
    NONE,
    QUIET,
    counted,
    day,
    desk,
    facts,
    from_papers,
    log,
    marked,
    opening,
    outside,
    paper_choices,
    part,
    short,
    table,
    when_shown,
    words_of,
)
from raadpleeg.web.tabs.shelving import LARGEST, SUFFIXES, TwiceThere, file_of, missing_from, put_away, take_in
from raadpleeg.web.texts import TabTexts

ROWS = 300
"""Papers that the list shows; more are found with its filter."""
AT_ONCE = 20
"""Files that are taken in by one upload."""
LOOK = 0.2
"""Seconds between two looks at how far the indexing is."""


# --- the list --------------------------------------------------------------------------------------------------------


def chosen(documents: Sequence[Document], filtered: str) -> list[Document]:
    """Give the papers that have all these words in their title, reference, kind, date or name."""
    wanted = folded(filtered).split()

    def has(document: Document) -> bool:
        about = document.metadata
        parts = (document.title, official(document), document.id, about.kind or "", about.date or "", about.year or "")
        text = folded(" ".join(parts))
        return all(word in text for word in wanted)

    return [document for document in documents if has(document)]


def listing(documents: Sequence[Document], every: int, words: TabTexts) -> str:
    """Write papers as a table, each with a button that shows it."""
    if not every:
        return f'<p class="empty">{escape(words.no_papers)}</p>'
    told = counted(every, words.paper_one, words.paper_many)
    if len(documents) < every:
        told += f", {words.shown_of.format(len(documents), every)}"
    line = f'<p class="tally" role="status">{escape(told)}</p>'
    if not documents:
        return f'{line}<p class="empty">{escape(words.none_chosen)}</p>'
    heads = (
        words.title,
        words.kind,
        words.chamber,
        words.session,
        words.dossier,
        words.number,
        words.date,
        words.pages,
    )
    rest = ""
    if len(documents) > ROWS:
        rest = f'<p class="rest">{escape(words.more_papers.format(len(documents) - ROWS))}</p>'
    return line + table(words.papers, heads, (_row(one, words) for one in documents[:ROWS]), "paper-rows", True) + rest


def _row(document: Document, words: TabTexts) -> tuple[str, ...]:
    about = document.metadata
    label = words.show_paper.format(f"{official(document)}, {document.title}")
    title = (
        f'<button type="button" class="open" lang="nl" data-paper="{escape(document.id)}" '
        f'aria-label="{escape(label)}">{escape(short(document.title, 220))}</button>'
    )
    return (
        title,
        f'<span lang="nl">{escape(about.kind)}</span>' if about.kind else NONE,
        escape(words.chambers.get(about.chamber or "", NONE)),
        escape(about.year or NONE),
        escape(", ".join(about.dossiers) or NONE),
        escape(about.number or NONE),
        escape(day(about.date, words) or NONE),
        str(len(document.pages)),
    )


# --- a paper as it is ------------------------------------------------------------------------------------------------


def shown(document: Document, words: TabTexts) -> str:
    """Write what a paper consists of: what it says of itself, its units as a tree, its footnotes."""
    about = document.metadata
    people = (
        ", ".join(filter(None, (f"{one.name}{f' ({one.party})' if one.party else ''}", one.office)))
        for one in about.people
    )
    told = facts(
        (
            (words.kind, f'<span lang="nl">{escape(about.kind)}</span>' if about.kind else ""),
            (words.chamber, escape(words.chambers.get(about.chamber or "", ""))),
            (words.session, escape(about.year or "")),
            (words.dossier, escape(", ".join(about.dossiers))),
            (words.number, escape(about.number or "")),
            (words.date, escape(day(about.date, words))),
            (words.pages, str(len(document.pages))),
            (words.people, f'<span lang="nl">{escape("; ".join(people))}</span>' if about.people else ""),
            (words.file, f"<code>{escape(document.id)}</code>"),
            (words.officially, outside(address_of_document(document), words)),
        )
    )
    button = opening(document.id, 0, 0, words.read_paper, f"{words.read_paper}: {official(document)}")
    return (
        f'<article class="one-paper"><header><p class="label">{escape(official(document))}</p>'
        f'<h2 tabindex="-1" lang="nl">{escape(document.title)}</h2><p class="spot">{button}</p></header>{told}'
        f"{_tree(document, words)}{_notes(document, words)}</article>"
    )


@dataclass(slots=True)
class _Branch:
    """A unit with those that stand in it."""

    unit: Unit | None = None
    inner: list[_Branch] = field(default_factory=list)


def _tree(document: Document, words: TabTexts) -> str:
    root = _Branch()
    around = [root]
    for unit in document.units:
        depth = max(1, len(unit.path))
        del around[depth:]
        branch = _Branch(unit)
        around[-1].inner.append(branch)
        # Where a level is left out, what follows stands in the nearest one that there is.
        around += [branch] * (depth + 1 - len(around))
    if not root.inner:
        return f'<p class="empty">{escape(words.no_units)}</p>'
    label = f"{words.contents} ({len(document.units)})"
    return (
        f'<section class="contents"><h3 class="label">{escape(label)}</h3>'
        f"{_branches(document, root.inner, None, words)}</section>"
    )


def _branches(document: Document, branches: Sequence[_Branch], speaker: str | None, words: TabTexts) -> str:
    items = []
    for branch in branches:
        unit = branch.unit
        if unit is None:
            continue
        name = short(unit.label, 110)
        label = words.open_place.format(f"{name}, {words.page.format(unit.page)}")
        said = ""
        if unit.speaker and unit.speaker != speaker:  # whose words it holds is said where that changes
            said = f' <span class="about" lang="nl">{escape(short(unit.speaker, 80))}</span>'
        page = f' <span class="about">{escape(words.page.format(unit.page))}</span>'
        speaker = unit.speaker or speaker
        inner = _branches(document, branch.inner, speaker, words) if branch.inner else ""
        # Of what has parts only the heading is marked: the whole would colour half the paper.
        end = unit.end if not branch.inner else min(unit.end, _first_line(document, unit))
        items.append(f'<li lang="nl">{opening(document.id, unit.start, end, name, label)}{said}{page}{inner}</li>')
    return f'<ul class="tree">{"".join(items)}</ul>'


def _first_line(document: Document, unit: Unit) -> int:
    end = document.text.find("\n", unit.start)
    return end if end >= 0 else len(document.text)


def _notes(document: Document, words: TabTexts) -> str:
    if not document.footnotes:
        return ""
    items = []
    for note in document.footnotes:
        value = f' value="{note.number}"' if note.number else ""
        where = f'<span class="about">{escape(words.page.format(note.page))}</span>'
        if note.mark is not None:
            name = words.page.format(note.page)
            label = words.open_place.format(f"{words.note.format(note.number or '*')}, {name}")
            where = opening(document.id, *marked(document, note.mark, note.mark), name, label)
        items.append(f'<li{value}><span lang="nl">{escape(note.text)}</span> {where}</li>')
    label = counted(len(document.footnotes), words.footnote, words.footnotes)
    return (
        f'<details class="beside"><summary>{escape(label)}</summary><ol class="notes">{"".join(items)}</ol></details>'
    )


# --- adding and removing ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """How far the adding or removing is: what stands on the page, and whether it is done."""

    shown: str
    done: bool = False
    document: str | None = None
    """When it is done, the paper that came in last."""


def add(
    sources: Sequence[tuple[Path, str]], assistant: Assistant, corpus: Path, reload: Reload, words: TabTexts
) -> Iterator[Step]:
    """Take files into the corpus and bring the index up to date; every file that cannot be read is one line.

    Args:
        sources: for each file where it stands, and what it was called.
        assistant: with the papers that are known.
        corpus: the folder of the papers.
        reload: brings the index up to date.
        words: in which it is told.
    """
    lines: list[str] = []
    if wrong := _other_folder(assistant, corpus, words):
        yield Step(_told([wrong], bad=True), done=True)
        return
    if len(sources) > AT_ONCE:
        lines.append(words.too_many.format(AT_ONCE))
        sources = sources[:AT_ONCE]
    taken: list[tuple[Path, str]] = []
    for number, (source, name) in enumerate(sources):
        yield Step(_bar(words.checking.format(short(name)), number, len(sources)))
        try:
            one = take_in(source, name, corpus, assistant.index.documents)
            taken.append((one.path, one.document.title))
        except TwiceThere as error:
            lines.append(words.there_already.format(short(name), error.document))
        except UnreadableDocument as error:
            lines.append(words.not_added.format(short(name), error))
    if not taken:
        yield Step(_told(lines, bad=True), done=True)
        return
    failed = yield from _reloaded(reload, words)
    if failed:
        # What the index does not know would come in by surprise with the next paper; better it is not there at all.
        for path, _ in taken:
            path.unlink(missing_ok=True)
        yield Step(_told([*lines, words.not_indexed.format(failed)], bad=True), done=True)
        return
    added = [words.added_paper.format(short(title, 90), path.name) for path, title in taken]
    last = taken[-1][0].relative_to(corpus).with_suffix("").as_posix()
    yield Step(_told(added) + _told(lines, bad=True), done=True, document=last)


def remove(document: Document, assistant: Assistant, corpus: Path, reload: Reload, words: TabTexts) -> Iterator[Step]:
    """Move a paper out of the corpus and bring the index up to date; where that fails it comes back."""
    if wrong := _other_folder(assistant, corpus, words):
        yield Step(_told([wrong], bad=True, focus=True), done=True)
        return
    if len(assistant.index.documents) < 2:
        yield Step(_told([words.last_paper], bad=True, focus=True), done=True)
        return
    try:
        path = file_of(document, corpus)
        if path is None:
            yield Step(_told([words.file_gone.format(document.id)], bad=True, focus=True), done=True)
            return
        place = put_away(path, corpus)
    except (UnreadableDocument, OSError) as error:
        yield Step(_told([words.failed.format(error)], bad=True, focus=True), done=True)
        return
    failed = yield from _reloaded(reload, words)
    if failed:
        if not path.exists():
            place.rename(path)
        yield Step(_told([words.not_indexed.format(failed)], bad=True, focus=True), done=True)
        return
    yield Step(_told([words.removed_paper.format(short(document.title, 90), place)], focus=True), done=True)


def _other_folder(assistant: Assistant, corpus: Path, words: TabTexts) -> str:
    """Say that the index was not made of this folder: to bring it up to date would throw out what it holds."""
    missing = missing_from(corpus, assistant.index.documents)
    return words.other_folder.format(corpus, short(", ".join(missing), 120)) if missing else ""


def _reloaded(reload: Reload, words: TabTexts) -> Generator[Step, None, str]:
    """Bring the index up to date, showing how far it is; give why it failed, or nothing."""
    news: queue.Queue[tuple[str, int, int]] = queue.Queue()
    failed: list[str] = []

    def work() -> None:
        try:
            reload(lambda what, done, total: news.put((what, done, total)))
        except RaadpleegError as error:
            failed.append(str(error))
        except Exception as error:
            log.exception("the index could not be brought up to date")
            failed.append(type(error).__name__)

    thread = threading.Thread(target=work, daemon=True, name="raadpleeg-reload")
    thread.start()
    told: tuple[str, int, int] | None = None
    yield Step(_bar(words.indexing, 0, 0))
    while thread.is_alive():
        thread.join(LOOK)
        newest = told
        while not news.empty():
            newest = news.get_nowait()
        if newest != told and newest is not None:
            told = newest
            what = words.embedding if newest[0] == "embedding" else words.reading
            yield Step(_bar(what, newest[1], newest[2]))
    return failed[0] if failed else ""


def _bar(told: str, done: int, total: int) -> str:
    value = f' value="{done}" max="{total}"' if total else ""
    count = f" {done}/{total}" if total > 1 else ""
    return (
        f'<div class="progress" role="status"><p>{escape(told)}{count}</p>'
        f'<progress aria-label="{escape(told)}"{value}></progress></div>'
    )


def _told(lines: Sequence[str], bad: bool = False, focus: bool = False) -> str:
    """Write what came of it, a line each; with `focus` the keyboard goes there, for what had it is gone."""
    if not lines:
        return ""
    there = ' tabindex="-1" data-focus' if focus else ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="told{" bad" if bad else ""}" role="{"alert" if bad else "status"}"{there}>{items}</ul>'


# --- the tab ---------------------------------------------------------------------------------------------------------


def build(room: Room) -> None:
    """Build the tab."""
    words = words_of(room)
    may_change = room.reload is not None
    with desk("documents", words.documents_heading, words.documents_lead):
        with gr.Row(elem_classes="choices"):
            filtered = gr.Textbox(
                label=words.filter_papers,
                placeholder=words.filter_placeholder,
                max_lines=1,
                max_length=200,
                elem_id="documents-filter",
                elem_classes="choice wide-choice",
            )
            upload = gr.UploadButton(
                words.add_papers,
                # No `file_types`: what Gradio refuses it refuses without a word, and here each file gets its line.
                file_count="multiple",
                visible=may_change,
                elem_id="documents-add",
                elem_classes="act",
                size="md",
            )
        kinds = ", ".join(one.removeprefix(".") for one in SUFFIXES)
        told = words.upload_hint.format(kinds, LARGEST // 1_000_000)
        gr.HTML(
            f'<p class="fine">{escape(told)}</p>' if may_change else "",
            elem_id="documents-hint",
            apply_default_css=False,
        )
        news = part("documents-news")
        listed = part("documents-list")
        gr.HTML(
            f'<h2 class="section">{escape(words.one_paper)}</h2>', elem_id="documents-one-head", apply_default_css=False
        )
        paper = gr.Dropdown([], label=words.paper, elem_id="documents-paper", elem_classes="choice wide-choice")
        detail = part("documents-one")
        with gr.Row(elem_classes="acts", elem_id="documents-acts"):
            start = gr.Button(
                words.remove, visible=False, elem_id="documents-remove", elem_classes="act quiet", size="md"
            )
        with gr.Column(visible=False, elem_id="documents-sure", elem_classes="sure") as sure:
            question = gr.HTML("", elem_id="documents-question", apply_default_css=False)
            with gr.Row(elem_classes="acts"):
                confirm = gr.Button(words.remove_yes, elem_id="documents-confirm", elem_classes="act", size="md")
                cancel = gr.Button(words.cancel, elem_id="documents-cancel", elem_classes="act quiet", size="md")

    def filled(assistant: Assistant, key: str | None, text: str) -> dict[Any, Any]:
        """Give all that depends on which papers there are."""
        documents = list(assistant.index.documents.values())
        return {
            listed: listing(chosen(documents, text or ""), len(documents), words),
            paper: gr.update(choices=paper_choices(documents), value=key if key in assistant.index.documents else None),
            **chosen_paper(assistant, key),
        }

    def chosen_paper(assistant: Assistant, key: str | None) -> dict[Any, Any]:
        document = assistant.index.documents.get(key or "")
        return {
            detail: shown(document, words) if document else f'<p class="empty">{escape(words.choose_paper)}</p>',
            start: gr.update(visible=bool(document) and may_change),
            sure: gr.update(visible=False),
        }

    def failed(line: str) -> dict[Any, Any]:
        return {news: line}

    async def fill(key: str | None, text: str) -> dict[Any, Any]:
        return await from_papers(room, lambda assistant: filled(assistant, key, text), failed)

    async def narrow(text: str) -> str:
        def work(assistant: Assistant) -> str:
            documents = list(assistant.index.documents.values())
            return listing(chosen(documents, text or ""), len(documents), words)

        return await from_papers(room, work, lambda line: line)

    async def choose(key: str | None) -> dict[Any, Any]:
        return await from_papers(room, lambda assistant: chosen_paper(assistant, key), failed)

    async def by_click(event: gr.EventData) -> dict[Any, Any]:
        key = str((event._data or {}).get("paper") if isinstance(event._data, dict) else "")

        def work(assistant: Assistant) -> dict[Any, Any]:
            own = key if key in assistant.index.documents else None
            shown_ = chosen_paper(assistant, own)
            shown_[detail] = str(shown_[detail]).replace('<h2 tabindex="-1"', '<h2 tabindex="-1" data-focus', 1)
            return {paper: gr.update(value=own), **shown_}

        return await from_papers(room, work, failed)

    def steps(made: Iterator[Step], key: str | None, text: str) -> Iterator[dict[Any, Any]]:
        """Show how far it is, and when it is done the papers that there are now."""
        for step in made:
            yield {news: step.shown}
            if step.done:
                assistant = room.get_assistant()
                if assistant:
                    yield filled(assistant, step.document or key, text)

    def added(files: list[str] | None, key: str | None, text: str) -> Iterator[dict[Any, Any]]:
        sources = [(Path(one), Path(one).name) for one in files or ()]
        try:
            assistant = room.get_assistant()
            if assistant is None or room.reload is None:
                yield {news: rendering.notice(room.texts.loading)}
                return
            yield from steps(add(sources, assistant, room.settings.corpus, room.reload, words), key, text)
        except RaadpleegError as error:
            yield {news: _told([words.failed.format(error)], bad=True)}
        finally:
            for source, _ in sources:  # Gradio keeps what is uploaded; the corpus has its own copy
                source.unlink(missing_ok=True)

    def ask_first(key: str | None) -> dict[Any, Any]:
        document = _known(room, key)
        if document is None:
            return {sure: gr.update(visible=False)}
        told = words.remove_sure.format(short(document.title, 120), official(document))
        return {
            question: f'<p class="ask-sure" tabindex="-1" data-focus role="alert">{escape(told)}</p>',
            sure: gr.update(visible=True),
        }

    def removed(key: str | None, text: str) -> Iterator[dict[Any, Any]]:
        try:
            assistant, document = room.get_assistant(), _known(room, key)
            if assistant is None or document is None or room.reload is None:
                return
            yield {sure: gr.update(visible=False)}
            yield from steps(remove(document, assistant, room.settings.corpus, room.reload, words), None, text)
        except RaadpleegError as error:
            yield {news: _told([words.failed.format(error)], bad=True)}

    outputs = [news, listed, paper, detail, start, sure]
    alone: dict[str, Any] = {"concurrency_limit": 1, "concurrency_id": "documents", **QUIET}
    when_shown(room, fill, outputs, [paper, filtered])
    filtered.input(narrow, filtered, listed, trigger_mode="always_last", concurrency_limit=None, **QUIET)
    paper.input(choose, paper, [news, detail, start, sure], concurrency_limit=None, **QUIET)
    listed.choose(by_click, None, [news, paper, detail, start, sure], concurrency_limit=None, **QUIET)
    start.click(ask_first, paper, [question, sure], **QUIET).then(None, js=_to("#documents-cancel"))
    cancel.click(lambda: gr.update(visible=False), None, sure, **QUIET).then(None, js=_to("#documents-remove"))
    if may_change:
        upload.upload(added, [upload, paper, filtered], outputs, **alone)
        confirm.click(removed, [paper, filtered], outputs, **alone)


def _known(room: Room, key: str | None) -> Document | None:
    assistant = room.get_assistant()
    return assistant.index.documents.get(key or "") if assistant else None


def _to(selector: str) -> str:
    """Give the script that moves the keyboard's place: what had it has gone away, or asks for an answer first."""
    return f"() => {{ setTimeout(() => document.querySelector('{selector}')?.focus(), 50); }}"
