"""The tabs beside the conversation: each is one function that builds it, and pure functions that write its HTML.

Every word that comes from a paper, a file's name or a browser is escaped. A button that opens a paper carries its place
as `room` describes it; what else can be clicked is told to the tab by `static/tabs.js`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from html import escape
from importlib.resources import files
from typing import Any, TypeVar

import gradio as gr
from gradio.context import Context

from raadpleeg.answering.assistant import Assistant
from raadpleeg.errors import RaadpleegError
from raadpleeg.reading.people import MONTHS
from raadpleeg.reading.sentences import sentences
from raadpleeg.records import Document
from raadpleeg.web import rendering
from raadpleeg.web.room import Room
from raadpleeg.web.texts import TABS, TabTexts

T = TypeVar("T")

STYLES = "tabs.css"
"""In `static`: the style of the four tabs; the page puts it behind `page.css`."""
SCRIPT = "tabs.js"
"""In `static`: what every HTML part of a tab runs when it is loaded."""

QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""How every event of a tab is bound: it has no public name, and Gradio draws nothing over the page."""

NONE = "–"
"""What a cell of a table shows where there is nothing to tell."""
LONG = 420
"""Characters of a paper's words above which they are folded."""

log = logging.getLogger(__name__)


# --- what the tabs share ---------------------------------------------------------------------------------------------


def words_of(room: Room) -> TabTexts:
    """Give the words of the tabs in the language of the page."""
    return TABS[room.texts.language]


def part(elem_id: str, value: str = "", **options: Any) -> gr.HTML:
    """Make a part that shows HTML and tells the tab what was clicked in it: the events `look` and `choose`."""
    return gr.HTML(
        value, elem_id=elem_id, apply_default_css=False, js_on_load=static(SCRIPT), elem_classes="tab-part", **options
    )


def desk(name: str, heading: str, lead: str) -> gr.Column:
    """Begin a tab: a column with its heading and one line that says what can be done there."""
    column = gr.Column(elem_id=f"{name}-desk", elem_classes="bench")
    with column:
        gr.HTML(
            f'<header class="bench-head"><h1>{escape(heading)}</h1><p class="lead">{escape(lead)}</p></header>',
            elem_id=f"{name}-head",
            apply_default_css=False,
        )
    return column


def when_shown(
    room: Room, fill: Callable[..., Awaitable[Any]], outputs: Sequence[Any], inputs: Sequence[Any] = ()
) -> None:
    """Have `fill` run whenever the tab that is being built is chosen: the papers may have changed meanwhile."""
    around = Context.block
    while around is not None and not isinstance(around, gr.Tab):
        around = around.parent
    if isinstance(around, gr.Tab):
        around.select(fill, list(inputs), list(outputs), concurrency_limit=None, **QUIET)
    else:
        room.page.load(fill, list(inputs), list(outputs), concurrency_limit=None, **QUIET)


async def from_papers(room: Room, work: Callable[[Assistant], T], failed: Callable[[str], T]) -> T:
    """Do some work on the papers beside the page's own, once they are there; what goes wrong is one line."""
    words = words_of(room)
    try:
        assistant = await room.assistant()
        return await asyncio.to_thread(work, assistant)
    except RaadpleegError as error:
        return failed(rendering.notice(words.failed.format(error), serious=True))
    except Exception:
        log.exception("a tab could not be filled")
        return failed(rendering.notice(words.broken, serious=True))


def static(name: str) -> str:
    """Read a file that goes with the page."""
    return (files("raadpleeg.web") / "static" / name).read_text(encoding="utf-8")


# --- pieces of HTML --------------------------------------------------------------------------------------------------


def opening(document: str, start: int, end: int, shown: str, label: str | None = None) -> str:
    """Write the button that opens a paper at these words; `shown` and `label` are plain text."""
    told = f' aria-label="{escape(label)}"' if label else ""
    return (
        f'<button type="button" class="open" data-document="{escape(document)}" data-start="{start}" '
        f'data-end="{end}"{told}>{escape(shown)}</button>'
    )


def marked(document: Document, start: int, end: int) -> tuple[int, int]:
    """Give the words to mark for a place: its own, or where it is a point (a note's mark) the sentence before it."""
    if start < end:
        return start, end
    text = document.text
    begins = start == 0 or text[start - 1] == "\n"
    first = text.rfind("\n", 0, start if begins else start - 1) + 1
    last = text.find("\n", start)
    around = sentences(text, first, last if last >= 0 else len(text))
    fits = (one for one in around if (one[0] <= start < one[1] if begins else one[0] < start <= one[1]))
    return next(fits, (start, start))


def looking(query: str, shown: str, way: str = "auto") -> str:
    """Write the button that looks something up in the tab Opzoeken."""
    return (
        f'<button type="button" class="open" data-lookup="{escape(query)}" data-way="{escape(way)}">'
        f"{escape(shown)}</button>"
    )


def outside(address: str | None, words: TabTexts) -> str:
    """Write the official address as a link; it is a link only, and nothing is fetched from there."""
    if not address:
        return ""
    shown = address.removeprefix("https://").removeprefix("www.")
    return (
        f'<a class="outside" href="{escape(address)}" target="_blank" rel="noopener noreferrer external" '
        f'title="{escape(words.leaves)}">{escape(shown)}<span class="unseen"> ({escape(words.leaves)})</span></a>'
    )


def paper_words(text: str, words: TabTexts, most: int = LONG) -> str:
    """Write words of a paper; what is long is folded behind its beginning, and none of it is left out."""
    lines = "\n".join(line for line in text.split("\n") if line.strip())
    if len(lines) <= most:
        return f'<blockquote class="quote" lang="nl">{escape(lines)}</blockquote>'
    begin = lines[:most].rsplit(None, 1)[0]
    return (
        f'<details class="folded"><summary><span class="quote begin" lang="nl">{escape(begin)} …</span> '
        f'<span class="unfold">{escape(words.read_on)}</span></summary>'
        f'<blockquote class="quote" lang="nl">{escape(lines)}</blockquote></details>'
    )


def table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], kind: str = "", hidden: bool = False
) -> str:
    """Write a table. The cells are HTML; the first of each row names it.

    Where there is little room the style sheet sets each row as a block, with its heads beside the cells; the roles say
    that it is a table all the same.
    """
    unseen, nothing = ' class="unseen"' if hidden else "", ' class="none"'
    head = "".join(f'<th scope="col" role="columnheader">{escape(one)}</th>' for one in heads)
    body = []
    for row in rows:
        name, *cells = row
        rest = "".join(
            f'<td role="cell"{nothing if cell == NONE else ""} data-label="{escape(label)}">{cell}</td>'
            for label, cell in zip(heads[1:], cells, strict=True)
        )
        body.append(f'<tr role="row"><th scope="row" role="rowheader">{name}</th>{rest}</tr>')
    return (
        f'<table role="table" class="listing {kind}"><caption{unseen}>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table>'
    )


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Write names with their values, which are HTML; those without a value are left out."""
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in pairs if value)
    return f'<dl class="facts">{listed}</dl>' if listed else ""


def day(date: str | None, words: TabTexts) -> str:
    """Write a date in words: 18 maart 2026; what is no whole date stays as it is."""
    year, _, rest = (date or "").partition("-")
    month, _, number = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and number.isdigit() and 1 <= int(month) <= len(MONTHS)):
        return date or ""
    return f"{int(number)} {words.months[int(month) - 1]} {year}"


def counted(number: int, one: str, more: str) -> str:
    """Write a number with its noun."""
    return f"{number} {one if number == 1 else more}"


def short(text: str, most: int = 60) -> str:
    """Cut a text to so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def paper_choices(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """Give papers as they are chosen from: by reference and title."""
    from raadpleeg.reading.references import official

    named = [(f"{official(one)} · {short(one.title, 70)}", one.id) for one in documents]
    return sorted(named, key=lambda row: row[0].casefold())
