"""Vragen en antwoorden: the questions of a paper at a glance, and whether something was asked before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, get_args

import gradio as gr

from raadpleeg.answering.assistant import Assistant
from raadpleeg.errors import BadQuestion
from raadpleeg.lookup.questions import Asked, Given, Status, asked_before
from raadpleeg.reading.references import official
from raadpleeg.records import Document
from raadpleeg.retrieval.question import check_question
from raadpleeg.web import rendering
from raadpleeg.web.room import Room
from raadpleeg.web.tabs import (
    QUIET,
    counted,
    desk,
    from_papers,
    opening,
    paper_choices,
    paper_words,
    part,
    short,
    table,
    when_shown,
    words_of,
)
from raadpleeg.web.texts import TabTexts

STATUSES: tuple[Status, ...] = get_args(Status)
EARLIER = 5
"""Earlier questions that are shown."""
ANY = ""
"""The choice of every fractie, and of every status."""
ASKER = 90
"""Characters of who asks that stand in the table; a letter may name every fractie."""

_MEMBERS = re.compile(r"\((?:beiden |allen )?([^()]+)\)")
_FRACTIES = re.compile(r"\bfracties? van (?:de |het )?(.+)$", re.IGNORECASE)
_FRACTIE = re.compile(r"\bleden van (?:de |het )?(.+)(?:-| )fracties?\b", re.IGNORECASE)
_BETWEEN = re.compile(r",\s*(?:en (?:de |het )?)?|\s+en\s+(?:de |het )?")


def fracties(asker: str | None) -> tuple[str, ...]:
    """Give the fracties in the name of who asks; where it names none, who asks.

    "leden van de fracties van OPNL en CDA", "leden van de SGP-fractie", "leden Sneller (D66) en Van Nispen (SP)".
    """
    name = " ".join((asker or "").split())
    if not name:
        return ()
    if found := _MEMBERS.findall(name):
        return tuple(dict.fromkeys(one.strip() for one in found))
    if among := _FRACTIES.search(name) or _FRACTIE.search(name):
        parts = (one.strip().removesuffix("-fractie").removesuffix(" fractie") for one in _BETWEEN.split(among[1]))
        return tuple(dict.fromkeys(one for one in parts if one))
    return (name,)


def kept(rows: Iterable[Asked], fractie: str, status: str) -> list[Asked]:
    """Give the questions of one fractie with one status; `ANY` stands for all."""
    return [
        row
        for row in rows
        if (fractie == ANY or fractie in fracties(row.asker)) and (status == ANY or status == row.status)
    ]


# --- as HTML ---------------------------------------------------------------------------------------------------------


def question_table(document: Document, rows: Sequence[Asked], every: Sequence[Asked], words: TabTexts) -> str:
    """Write questions with who asked, the answer and what came of it; `every` is what they were chosen from."""
    if not every:
        return f'<p class="empty">{escape(words.no_questions)}</p>'
    tally = Counter(row.status for row in every)
    counts = ", ".join(f"{tally[one]} {words.statuses[one].lower()}" for one in STATUSES if tally[one])
    told = counted(len(every), words.question.lower(), words.questions.lower())
    lines = f'<p class="tally" role="status">{escape(told)}: {escape(counts)}.'
    if len(rows) < len(every):
        lines += f" {escape(words.shown_of.format(len(rows), len(every)))}"
    lines += "</p>"
    if not rows:
        return f'{lines}<p class="empty">{escape(words.none_chosen)}</p>'
    title = words.questions_of.format(official(document))
    heads = (words.question, words.asked_by, words.answer, words.status, words.pages_head)
    return lines + table(title, heads, (_row(row, words) for row in rows), "asked", hidden=True)


def _row(row: Asked, words: TabTexts) -> tuple[str, ...]:
    pages = ", ".join(str(page) for page in sorted({row.page, *row.also, *(one.page for one in row.answers)}))
    return (
        _question(row, words),
        f'<span lang="nl" title="{escape(row.asker or "")}">{escape(short(row.asker or "–", ASKER))}</span>',
        _answers(row, words),
        status_of(row, words),
        escape(pages),
    )


def _question(row: Asked, words: TabTexts) -> str:
    label = words.open_place.format(f"{row.reference}, {row.unit}")
    button = opening(row.document, row.start, row.end, row.unit, label)
    return f'<p class="spot">{button}</p>{paper_words(_without(row.unit, row.text), words)}'


def _answers(row: Asked, words: TabTexts) -> str:
    if not row.answers:
        return f'<p class="empty">{escape(words.no_answer)}</p>'
    return "".join(_given(row, one, words) for one in row.answers)


def _given(row: Asked, one: Given, words: TabTexts) -> str:
    # The question's reference names the page of the question.
    paper = row.reference.rpartition(", p. ")[0] or row.reference
    label = words.open_place.format(f"{paper}, {words.page.format(one.page)}, {one.unit}")
    button = opening(row.document, one.start, one.end, one.unit, label)
    speaker = f' <span class="about" lang="nl">{escape(short(one.speaker, ASKER))}</span>' if one.speaker else ""
    return f'<p class="spot">{button}{speaker}</p>{paper_words(_without(one.unit, one.text), words)}'


def status_of(row: Asked, words: TabTexts) -> str:
    """Write what came of a question, with the words of the paper that this rests on."""
    kind = row.status.replace(" ", "-")
    shown = f'<span class="status-mark {kind}">{escape(words.statuses[row.status])}</span>'
    if row.refers:
        numbers = ", ".join(map(str, row.refers))
        shown += f' <span class="about">{escape(words.see_question.format(numbers))}</span>'
    # That an answer is one needs no proof; that it falls short does.
    if row.words and row.status != "answered":
        quotes = "".join(f'<li><q lang="nl">{escape(one)}</q></li>' for one in row.words)
        shown += f'<details class="rests"><summary>{escape(words.rests_on)}</summary><ul>{quotes}</ul></details>'
    return shown


def _without(label: str, text: str) -> str:
    """Leave out the label above a unit's words, for it stands above them already."""
    first, line, rest = text.partition("\n")
    return rest if line and first.strip(" :.").casefold() == label.casefold() else text


def earlier(rows: Sequence[Asked], words: TabTexts) -> str:
    """Write earlier questions, nearest first, with their unedited answers."""
    if not rows:
        return f'<p class="empty">{escape(words.never_asked)}</p>'
    items = []
    for row in rows:
        label = words.open_place.format(f"{row.reference}, {row.unit}")
        button = opening(row.document, row.start, row.end, f"{row.reference}, {row.unit}", label)
        near = f"{row.score or 0:.0%}".replace("%", " %")
        asker = f'<span class="about" lang="nl">{escape(short(row.asker, ASKER))}</span>' if row.asker else ""
        items.append(
            f'<li class="before-row"><p class="spot">{button} {asker} '
            f'<span class="about">{escape(words.nearness.format(near))}</span></p>'
            f"{paper_words(_without(row.unit, row.text), words)}"
            f'<div class="related"><p class="label">{escape(words.answer)} {status_of(row, words)}</p>'
            f"{_answers(row, words)}</div></li>"
        )
    told = words.earlier_found.format(counted(len(rows), words.question.lower(), words.questions.lower()))
    return f'<p class="tally">{escape(told)}</p><ol class="earlier-list">{"".join(items)}</ol>'


# --- the tab ---------------------------------------------------------------------------------------------------------


def build(room: Room) -> None:
    """Build the tab."""
    words = words_of(room)
    status_choices = [(words.every_status, ANY), *((words.statuses[one], one) for one in STATUSES)]
    with desk("questions", words.asked_heading, words.asked_lead):
        with gr.Row(elem_classes="choices"):
            paper = gr.Dropdown([], label=words.paper, elem_id="questions-paper", elem_classes="choice wide-choice")
            fractie = gr.Dropdown(
                [(words.every_fractie, ANY)],
                value=ANY,
                label=words.fractie,
                elem_id="questions-fractie",
                elem_classes="choice",
            )
            status = gr.Dropdown(
                status_choices, value=ANY, label=words.status, elem_id="questions-status", elem_classes="choice"
            )
        listed = part("questions-list")
        gr.HTML(
            f'<h2 class="section">{escape(words.before_heading)}</h2><p class="lead">{escape(words.before_lead)}</p>',
            elem_id="questions-before-head",
            apply_default_css=False,
        )
        box = gr.Textbox(
            label=words.before_label,
            placeholder=words.before_placeholder,
            lines=1,
            max_lines=6,
            max_length=room.settings.question_characters,
            submit_btn=words.look_up,
            elem_id="questions-before",
            elem_classes="ask-box",
        )
        live = gr.HTML(rendering.spoken(""), elem_id="questions-live", apply_default_css=False)
        found = part("questions-found")

    def shown(assistant: Assistant, key: str | None, chosen: str, state: str) -> str:
        document = assistant.index.documents.get(key or "")
        if document is None:
            return f'<p class="empty">{escape(words.no_questions_here)}</p>'
        every = room.opened.questions(assistant.index).get(document.id, ())
        return question_table(document, kept(every, chosen or ANY, state or ANY), every, words)

    def choices(assistant: Assistant, key: str | None) -> list[tuple[str, str]]:
        every = room.opened.questions(assistant.index).get(key or "", ())
        names = sorted({one for row in every for one in fracties(row.asker)}, key=str.casefold)
        return [(words.every_fractie, ANY), *((short(one), one) for one in names)]

    async def other_paper(key: str | None) -> tuple[Any, Any, str]:
        def work(assistant: Assistant) -> tuple[Any, Any, str]:
            return gr.update(choices=choices(assistant, key), value=ANY), ANY, shown(assistant, key, ANY, ANY)

        return await from_papers(room, work, lambda line: (gr.skip(), gr.skip(), line))

    async def narrowed(key: str | None, chosen: str, state: str) -> str:
        return await from_papers(room, lambda assistant: shown(assistant, key, chosen, state), lambda line: line)

    async def fill(key: str | None, chosen: str, state: str) -> tuple[Any, Any, str]:
        def work(assistant: Assistant) -> tuple[Any, Any, str]:
            documents = assistant.index.documents
            papers = paper_choices(documents[one] for one in room.opened.questions(assistant.index))
            ids = [one for _, one in papers]
            own = key if key in ids else next(iter(ids), None)
            names = choices(assistant, own)
            fits = chosen if chosen in [one for _, one in names] else ANY
            return (
                gr.update(choices=papers, value=own),
                gr.update(choices=names, value=fits),
                shown(assistant, own, fits, state),
            )

        return await from_papers(room, work, lambda line: (gr.skip(), gr.skip(), line))

    async def before(question: str) -> tuple[str, str]:
        try:
            asked = check_question(question or "", room.settings)
        except BadQuestion:
            return rendering.notice(words.before_empty), ""

        def work(assistant: Assistant) -> tuple[str, str]:
            rows = asked_before(asked, assistant.index, assistant.encoder, room.settings, EARLIER)
            said = words.earlier_found.format(counted(len(rows), words.question.lower(), words.questions.lower()))
            return earlier(rows, words), rendering.spoken(said if rows else words.never_asked)

        return await from_papers(room, work, lambda line: (line, ""))

    paper.input(other_paper, paper, [fractie, status, listed], concurrency_limit=None, **QUIET)
    for one in (fractie, status):
        one.input(narrowed, [paper, fractie, status], listed, concurrency_limit=None, **QUIET)
    box.submit(before, box, [found, live], concurrency_limit=None, **QUIET)
    when_shown(room, fill, [paper, fractie, listed], [paper, fractie, status])
