"""Starts the page at once, and loads the models while it is already there."""

from __future__ import annotations

import errno
import logging
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from raadpleeg.errors import GenerationFailed, ModelUnavailable, PortInUse, RaadpleegError, SettingsError
from raadpleeg.records import Progress, no_progress
from raadpleeg.settings import Settings

if TYPE_CHECKING:
    from raadpleeg.answering.assistant import Assistant
    from raadpleeg.indexing.building import Report

log = logging.getLogger(__name__)

IN_USE = (errno.EADDRINUSE, 10048)
"""The second is what Windows says."""


class Loading:
    """An assistant that is being opened in the background, and how that went."""

    def __init__(self, open_assistant: Callable[[], tuple[Assistant, str | None]]) -> None:
        self._open = open_assistant
        self._assistant: Assistant | None = None
        self._notice: str | None = None
        self._error: RaadpleegError | None = None
        self._reloading = threading.Lock()

    def start(self) -> None:
        """Begin."""
        threading.Thread(target=self._load, daemon=True, name="raadpleeg-load").start()

    def assistant(self) -> Assistant | None:
        """Give the assistant, or None while it is being opened.

        Raises:
            RaadpleegError: it could not be opened.
        """
        if self._error:
            raise self._error
        return self._assistant

    def notice(self) -> str | None:
        """Give the line that says what is missing, where it could be opened only in part."""
        return self._notice

    def reload(self, settings: Settings, progress: Progress = no_progress) -> Report:
        """Bring the index up to date with the corpus folder, and answer from it from now on.

        Answers that are on their way keep the index that they began with. One call at a time does this.

        Raises:
            ModelUnavailable: the assistant is still being opened.
            RaadpleegError: it could not be opened, or another run is building the same index.
            EmptyCorpus: there is no paper to answer from; the index that stands is left as it is.
        """
        from raadpleeg.indexing.building import build
        from raadpleeg.indexing.generation import open_index

        with self._reloading:
            assistant = self.assistant()
            if assistant is None:
                raise ModelUnavailable("the models are still being loaded; wait until they are there")
            encoder = assistant.encoder
            report = build(
                settings.corpus,
                settings.index,
                lambda: encoder,
                encoder.weights,
                settings.passage_tokens,
                progress=progress,
            )
            if report.changed:
                self._assistant = assistant.with_index(open_index(settings.index))
            return report

    def _load(self) -> None:
        try:
            assistant, self._notice = self._open()
            self._assistant = assistant
            with suppress(GenerationFailed):  # whoever asks will be told; quotations work without it
                assistant.warm_up()
        except RaadpleegError as error:
            self._error = error
            print(f"raadpleeg: {error}", file=sys.stderr, flush=True)  # noqa: T201  whoever started it reads this
        except Exception as error:
            log.exception("the models could not be loaded")
            self._error = ModelUnavailable(f"{type(error).__name__}: {error}; run `raadpleeg models verify`")


def open_for_page(settings: Settings) -> tuple[Assistant, str | None]:
    """Open the assistant; without what writes, it answers in quotations, and a line says why.

    Raises:
        IndexMissing, IndexMismatch, IndexCorrupt: what stands on disk cannot be used.
        ModelUnavailable: the encoder's weights are missing or damaged.
    """
    from raadpleeg.answering.assistant import Assistant
    from raadpleeg.indexing.generation import open_index
    from raadpleeg.wiring import open_encoder, open_reranker, open_writer

    encoder = open_encoder(settings)
    index = open_index(settings.index, encoder)
    reranker = open_reranker(encoder)
    try:
        return Assistant(index, encoder, open_writer(settings), settings, reranker), None
    except ModelUnavailable as error:
        return Assistant(index, encoder, None, settings, reranker), str(error)


def check_port(host: str, port: int) -> None:
    """Hold that the page can listen there.

    Raises:
        PortInUse: something else does.
        SettingsError: there is no such address on this machine, or it is not allowed.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen()
    except OSError as error:
        if getattr(error, "errno", None) in IN_USE:
            raise PortInUse(f"port {port} is in use; choose another with --port, or stop what runs there") from None
        raise SettingsError(
            f"cannot listen on {host}:{port} ({error.strerror}); choose another address with --host or --port"
        ) from None


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 7860, mcp: bool = False) -> None:
    """Serve the page until it is stopped with Ctrl-C; with `mcp`, its four functions are MCP tools, too.

    Raises:
        IndexMissing, IndexCorrupt, IndexMismatch: there is nothing to answer from.
        PortInUse: the port is taken.
        SettingsError: the address cannot be used, or the package for `mcp` is not installed.
    """
    from raadpleeg.indexing.generation import read_manifest

    read_manifest(settings.index)
    check_port(host, port)
    from raadpleeg.web import tools
    from raadpleeg.web.api import Doors
    from raadpleeg.web.page import build_app, launch_page

    if mcp:
        tools.check_installed()

    loading = Loading(lambda: open_for_page(settings))
    page = build_app(
        loading.assistant,
        settings,
        get_notice=loading.notice,
        reload=lambda progress: loading.reload(settings, progress),
    )
    options = tools.options(Doors(loading.assistant, settings), host) if mcp else None
    launch_page(page, host, port, options)
    loading.start()  # after the page is up: loading takes every core for ten seconds
    shown = f"[{host}]" if ":" in host else host
    print(f"raadpleeg: http://{shown}:{port}", flush=True)  # noqa: T201  the one line that the user needs
    if mcp:
        print(f"MCP tools: http://{shown}:{port}{tools.PATH}", flush=True)  # noqa: T201
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        page.close(verbose=False)
