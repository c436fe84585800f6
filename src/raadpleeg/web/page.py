"""The page: puts questions to the assistant and shows what comes back, for each browser apart."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any

import gradio as gr

from raadpleeg.errors import BadQuestion, RaadpleegError
from raadpleeg.records import Answer, Draft, Quotes
from raadpleeg.retrieval.filters import Filter
from raadpleeg.retrieval.question import check_question
from raadpleeg.retrieval.search import EVERYTHING
from raadpleeg.settings import Settings
from raadpleeg.web import filtering, rendering
from raadpleeg.web.rendering import Turn
from raadpleeg.web.texts import NL, Texts

if TYPE_CHECKING:  # the assistant is there once the models are; the page is there before them
    from raadpleeg.answering.assistant import Assistant

Event = Quotes | Draft | Answer
GetAssistant = Callable[[], "Assistant | None"]
"""Gives the assistant, or None while it is being loaded; raises `RaadpleegError` where that failed."""

LOOK_AGAIN = 0.15
"""Seconds between two looks whether the models are there."""
PATIENCE = 4.0
"""Seconds without any news after which the page says that it takes long."""
QUESTIONS_AT_ONCE = 16
"""Browsers whose questions are taken in; the models answer one at a time."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is asked with: those before it in this browser, oldest first, and what a passage has to be."""

    history: tuple[str, ...] = ()
    wanted: Filter = EVERYTHING


@dataclass(frozen=True, slots=True)
class Past:
    """A question that was asked, and how all that came of it is shown."""

    question: str
    shown: str


class Run:
    """One question on its way. The assistant is asked in a thread of its own, which always ends what it began.

    A browser may go away at any moment, and the assistant answers one question at a time: if the page itself held the
    assistant's iterator, a browser that went away could keep it, and with it the turn of everybody else.
    """

    def __init__(self) -> None:
        self._events: asyncio.Queue[Event | Exception | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._stop = threading.Event()

    @property
    def stopped(self) -> bool:
        """Whether nobody waits for the answer any more."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Give up the answer at once; the model stops at its next word."""
        self._stop.set()
        self._put(None)

    def start(self, assistant: Assistant, question: str, asked: Asked) -> None:
        """Begin answering."""
        threading.Thread(target=self._ask, args=(assistant, question, asked), daemon=True, name="raadpleeg-ask").start()

    async def next(self) -> Event | None:
        """Give what is newest: drafts that a newer one has overtaken are left out. None: there is nothing more.

        Raises:
            TimeoutError: there was no news for a while.
            Exception: what the assistant raised.
        """
        event = await asyncio.wait_for(self._events.get(), PATIENCE)
        while isinstance(event, Draft) and not self._events.empty():
            event = self._events.get_nowait()
        if isinstance(event, Exception):
            raise event
        return None if self.stopped else event

    def _ask(self, assistant: Assistant, question: str, asked: Asked) -> None:
        events = assistant.stream(question, history=asked.history, wanted=asked.wanted)
        try:
            for event in events:
                if self.stopped:
                    break
                self._put(event)
        except Exception as error:
            self._put(error)
        finally:
            getattr(events, "close", lambda: None)()
            self._put(None)

    def _put(self, event: Event | Exception | None) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._events.put_nowait, event)


def build_app(
    get_assistant: GetAssistant,
    settings: Settings,
    texts: Texts = NL,
    get_notice: Callable[[], str | None] = lambda: None,
) -> gr.Blocks:
    """Build the page; start it with `launch_page`.

    Args:
        get_assistant: gives the assistant, or None while it is being loaded.
        settings: for the longest question.
        texts: the page's words.
        get_notice: gives a line that is shown once the assistant is there, or None.
    """
    runs: dict[str | None, Run] = {}
    openings = count(1)
    script = _static("page.js")

    with gr.Blocks(title=texts.name, analytics_enabled=False, fill_width=True) as page:
        history = gr.State(())
        gr.HTML(rendering.header(texts), elem_id="top", apply_default_css=False)
        state = gr.HTML("", elem_id="state", apply_default_css=False)
        with gr.Row(elem_id="room"):
            with gr.Column(elem_id="talk"):
                past = gr.HTML("", elem_id="past", apply_default_css=False, js_on_load=script)
                now = gr.HTML(rendering.welcome(texts), elem_id="now", apply_default_css=False, js_on_load=script)
                with gr.Column(elem_id="asking"):
                    box = gr.Textbox(
                        label=texts.question_label,
                        show_label=False,
                        placeholder=texts.placeholder,
                        lines=1,
                        max_lines=6,
                        autofocus=True,
                        submit_btn=texts.ask,
                        elem_id="question",
                        container=False,
                    )
                    hint = gr.HTML("", elem_id="hint", apply_default_css=False, js_on_load=_static("filters.js"))
                    filters = filtering.panel(texts)
                gr.HTML(rendering.examples(texts), elem_id="examples", apply_default_css=False, js_on_load=script)
            with gr.Column(elem_id="source"):
                paper = gr.HTML("", elem_id="paper", apply_default_css=False, js_on_load=_static("reader.js"))
        live = gr.HTML(rendering.spoken(""), elem_id="live", apply_default_css=False)

        async def ready() -> AsyncIterator[dict[Any, Any]]:
            """Say that the models are being loaded, until they are; then offer what the papers can be chosen by."""
            try:
                if get_assistant() is None:
                    yield {state: rendering.notice(texts.loading)}
                while (assistant := get_assistant()) is None:
                    await asyncio.sleep(LOOK_AGAIN)
                notice = get_notice()
                offered = filtering.choices(assistant.index.documents.values(), texts)
                yield {
                    state: rendering.notice(notice and texts.no_writer.format(notice)),
                    **filters.offer(offered),
                }
            except RaadpleegError as error:
                yield {state: rendering.notice(texts.loading_failed.format(error), serious=True)}

        async def ask(values: dict[Any, Any], request: gr.Request) -> AsyncIterator[dict[Any, Any]]:
            """Answer a question, showing all that is known as soon as it is."""
            question: str = values[box]
            before: tuple[Past, ...] = values[history]
            try:
                asked = check_question(question or "", settings)
            except BadQuestion:
                empty = not any(char.isalnum() for char in question or "")
                words = texts.empty_question if empty else texts.long_question.format(settings.question_characters)
                yield {hint: rendering.notice(words)}
                return
            try:
                wanted = filtering.read(filters.chosen(values), texts)
            except BadQuestion as error:
                yield {hint: rendering.notice(str(error)), filters.fold: gr.update(open=True)}
                return
            if request.session_hash in runs:
                return
            run = runs[request.session_hash] = Run()
            turn = Turn(len(before) + 1, asked, texts.searching, within=filtering.described(wanted, texts))
            yield {
                past: "".join(one.shown for one in before),
                now: rendering.turn(turn, texts),
                box: gr.update(value="", submit_btn=False, stop_btn=texts.stop),
                hint: "",
                filters.fold: gr.update(open=False),
                live: rendering.spoken(texts.searching),
            }
            try:
                together = Asked(tuple(one.question for one in before), wanted)
                async for newest in _turns(run, turn, get_assistant, texts, together):
                    turn = newest
                    yield {now: rendering.turn(turn, texts)}
                    if turn.quotes and not turn.draft and not turn.answer:
                        found = texts.found.format(len(turn.quotes.citations))
                        yield {live: rendering.spoken(found)}
            finally:  # also where the browser goes away
                run.stop()
                runs.pop(request.session_hash, None)
            yield {
                history: (*before, Past(asked, rendering.turn(turn, texts))),
                box: gr.update(submit_btn=texts.ask, stop_btn=False),
                live: rendering.spoken(turn.ended or (turn.answer.text if turn.answer else "")),
            }

        async def stop(request: gr.Request) -> None:
            if run := runs.get(request.session_hash):
                run.stop()

        def open_paper(event: gr.EventData) -> str:
            """Open a paper where the browser asks; what a browser sends is not believed."""
            assistant = get_assistant()
            place = event._data or {}
            document = assistant.index.documents.get(str(place.get("document"))) if assistant else None
            start, end = place.get("start"), place.get("end")
            if document is None or not isinstance(start, int) or not isinstance(end, int):
                shown = rendering.missing(texts)
            else:
                start = max(0, min(start, len(document.text)))
                end = max(start, min(end, len(document.text)))
                shown = rendering.reader(document, start, end, texts, nearest=bool(place.get("nearest")))
            # The same place opened twice is two openings: the reader shows itself whenever its value changes.
            return f"{shown}<!-- {next(openings)} -->"

        outputs = [past, now, box, hint, history, live, filters.fold]
        inputs = {box, history, *filters.parts}
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        page.load(ready, outputs=[state, *filters.parts], concurrency_limit=None, **quiet)
        box.submit(ask, inputs, outputs, concurrency_limit=QUESTIONS_AT_ONCE, concurrency_id="ask", **quiet)
        box.stop(stop, queue=False, **quiet)
        for part in (past, now):
            part.open(open_paper, outputs=paper, queue=False, **quiet)
    return page  # type: ignore[no-any-return]


async def _turns(
    run: Run, turn: Turn, get_assistant: GetAssistant, texts: Texts, asked: Asked = Asked()
) -> AsyncIterator[Turn]:
    """Give the turn anew whenever there is something more to show. The last has an answer, or says why not."""
    try:
        while (assistant := get_assistant()) is None and not run.stopped:
            if turn.status != texts.loading:
                turn = replace(turn, status=texts.loading)
                yield turn
            await asyncio.sleep(LOOK_AGAIN)
        if assistant and not run.stopped:
            run.start(assistant, turn.question, asked)
            if turn.status != texts.searching:
                turn = replace(turn, status=texts.searching)
                yield turn
        while not run.stopped:
            try:
                event = await run.next()
            except TimeoutError:
                if turn.status and turn.status != texts.waiting:
                    turn = replace(turn, status=texts.waiting)
                    yield turn
                continue
            if event is None:
                break
            turn = turn.with_event(event, texts)
            yield turn
        if turn.answer is None:
            yield replace(turn, ended=texts.stopped)
    except RaadpleegError as error:
        yield replace(turn, ended=texts.failed.format(error))
    except Exception:
        log.exception("a question could not be answered")
        yield replace(turn, ended=texts.broken)


def launch_page(page: gr.Blocks, host: str, port: int, texts: Texts = NL) -> str:
    """Start a page in the background and give its address; `texts` are those it was built with."""
    _keep_to_yourself()
    page.queue(default_concurrency_limit=QUESTIONS_AT_ONCE)
    font = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans", "sans-serif"]
    mono = ["ui-monospace", "monospace"]
    theme = gr.themes.Base(font=font, font_mono=mono).set(
        body_background_fill="#fbfaf7",
        body_background_fill_dark="#15191a",
        body_text_color="#1d2324",
        body_text_color_dark="#e3e5e1",
    )
    _, address, _ = page.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        inbrowser=False,
        share=False,
        quiet=True,
        ssr_mode=False,
        pwa=False,
        run_history=False,
        footer_links=[],
        enable_monitoring=False,
        mcp_server=False,
        show_error=False,
        theme=theme,
        head=f"<style>{_static('page.css')}</style>",  # `css` would confine every rule to Gradio's own container
        js=f"() => {{ document.documentElement.lang = '{texts.language}'; }}",
    )
    return str(address).rstrip("/")


def _keep_to_yourself() -> None:
    """Set what Gradio takes from the environment only."""
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # It keeps figures of its own use that nobody sees, and computes them anew after every event.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)
    # It asks for its own page when that is up; a proxy between this machine and the world has no part in that.
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join(dict.fromkeys([*hosts, "127.0.0.1", "localhost"]))


def _static(name: str) -> str:
    return (files("raadpleeg.web") / "static" / name).read_text(encoding="utf-8")
