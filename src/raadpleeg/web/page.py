"""The page: one room with five parts, in two languages, and beside it the paper that is being read."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Sequence
from itertools import count
from typing import Any

import gradio as gr

from raadpleeg.errors import RaadpleegError
from raadpleeg.settings import Settings
from raadpleeg.web import consulting, rendering
from raadpleeg.web.api import add_api, server_options
from raadpleeg.web.consulting import spot_of
from raadpleeg.web.opened import Opened
from raadpleeg.web.room import GetAssistant, Reload, Room, static
from raadpleeg.web.tabs import account, asked, documents, looking_up
from raadpleeg.web.tabs.shelving import LARGEST
from raadpleeg.web.texts import EN, NL, PARTS, Texts

LANGUAGES = (NL, EN)
STYLES = ("page.css", "tabs.css")
LARGEST_STORED = 4 * LARGEST
"""Bytes of an upload above which Gradio stores nothing of it."""


def build_app(
    get_assistant: GetAssistant,
    settings: Settings,
    texts: Texts = NL,
    get_notice: Callable[[], str | None] = lambda: None,
    reload: Reload | None = None,
) -> gr.Blocks:
    """Build the page; start it with `launch_page`.

    Args:
        get_assistant: gives the assistant, or None while it is being loaded.
        settings: for the longest question, and what a dossier says of them.
        texts: the words of the page that comes first; in each other language it stands under the language's code.
        get_notice: gives a line that is shown once the assistant is there, or None.
        reload: brings the index up to date with the corpus folder; None where the page cannot change the papers.
    """
    opened = Opened()
    others = [one for one in LANGUAGES if one.language != texts.language]
    addresses = [(texts, "."), *((one, one.language) for one in others)]
    with gr.Blocks(title=texts.name, analytics_enabled=False, fill_width=True) as page:
        room = Room(get_assistant, settings, texts, page, reload, opened)
        add_api(room)  # first: of two functions of one name, the first has it
        _furnish(room, get_notice, addresses)
    for other in others:
        with page.route(other.name, other.language, show_in_navbar=False):
            _furnish(Room(get_assistant, settings, other, page, reload, opened), get_notice, addresses)
    return page  # type: ignore[no-any-return]


def _furnish(room: Room, get_notice: Callable[[], str | None], addresses: Sequence[tuple[Texts, str]]) -> None:
    """Build the page in one language."""
    texts, page = room.texts, room.page
    openings = count(1)
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

    languages = sorted(addresses, key=lambda one: LANGUAGES.index(one[0]))
    gr.HTML(rendering.header(texts, languages), elem_id="top", apply_default_css=False, js_on_load=static("top.js"))
    state = gr.HTML("", elem_id="state", apply_default_css=False)
    desk = gr.HTML(
        "",
        elem_id="desk",
        apply_default_css=False,
        visible="hidden",
        js_on_load=static("store.js", "desk.js", "judge.js", "tip.js"),
    )
    live = gr.HTML(rendering.spoken(""), elem_id="live", apply_default_css=False)
    with gr.Row(elem_id="room"):
        with gr.Column(elem_id="main"), gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):
            with gr.Tab(texts.tabs["consult"], id="consult", elem_id="tab-consult") as tab:
                consult = consulting.build(room, desk, live)
            others = (looking_up.build, asked.build, documents.build, account.build)
            for name, build in zip(PARTS[1:], others, strict=True):
                with gr.Tab(texts.tabs[name], id=name, elem_id=f"tab-{name}"):
                    build(room)
        with gr.Column(elem_id="source"):
            paper = gr.HTML(
                rendering.unread(texts), elem_id="paper", apply_default_css=False, js_on_load=static("reader.js")
            )

    async def ready() -> AsyncIterator[dict[Any, Any]]:
        """Say that the models are being loaded, until they are; then offer what the papers can be chosen by."""
        try:
            if room.get_assistant() is None:
                yield {state: rendering.notice(texts.loading, busy=True)}
            await room.assistant()
            notice = get_notice()
            yield {state: rendering.notice(notice and texts.no_writer.format(notice)), **consult.filled(room)}
        except RaadpleegError as error:
            yield {state: rendering.notice(texts.loading_failed.format(error), serious=True)}

    def open_paper(event: gr.EventData) -> str:
        """Open a paper where the browser asks; what a browser sends is not believed."""
        assistant, spot = room.get_assistant(), spot_of(event)
        document = assistant.index.documents.get(spot[0]) if assistant and spot else None
        if document is None or spot is None:
            shown = rendering.missing(texts)
        else:
            start = min(spot[1], len(document.text))
            end = min(max(start, spot[2]), len(document.text))
            shown = rendering.reader(document, start, end, texts, nearest=bool((event._data or {}).get("nearest")))
        # The same place opened twice is two openings: the reader shows itself whenever its value changes.
        return f"{shown}<!-- {next(openings)} -->"

    page.load(ready, outputs=[state, *consult.parts], concurrency_limit=None, **quiet)
    # Papers may have been added or taken out in another tab.
    tab.select(lambda: consult.filled(room), outputs=consult.parts, queue=False, **quiet)
    paper.open(open_paper, outputs=paper, queue=False, **quiet)


def launch_page(page: gr.Blocks, host: str, port: int, options: dict[str, Any] | None = None) -> str:
    """Start a page in the background and give its address; `options` are for its server (`tools.options`)."""
    _keep_to_yourself()
    page.queue(default_concurrency_limit=consulting.QUESTIONS_AT_ONCE)
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
        max_file_size=LARGEST_STORED,  # what is larger than a paper may be but below this is refused in our own words
        show_error=False,
        theme=theme,
        app_kwargs=options or server_options(),
        head=f"<style>{static(*STYLES)}</style>",  # `css` would confine every rule to Gradio's own container
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
