"""A real browser against a page that runs in this process."""

import asyncio
import shutil
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from raadpleeg.answering.assistant import Assistant
from raadpleeg.indexing.building import build
from raadpleeg.indexing.generation import Index, open_index
from raadpleeg.records import Generator
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder, ScriptedGenerator
from raadpleeg.web.page import GetAssistant, build_app, launch_page

SETTINGS = Settings(abstain_below=1e-9)
"""The chance that the papers answer is fitted to another encoder; here everything is answered, but for filters."""

CORPUS = Path(__file__).parents[2] / "corpus"
expect.set_options(timeout=20_000)  # a machine that does other things as well is slow, not wrong
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("NO BROWSER: chromium is not installed, so the page is not tested; run tests/install-browser.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page_url() -> Iterator[Callable[..., str]]:
    """Give a function that starts a page and gives its address: ``page_url(assistant)``.

    In place of an assistant it takes what `build_app` takes: a function that gives one, or None, or raises. `notice`
    is the line that says what is missing. The pages are stopped after the test.
    """
    pages = []

    def start(assistant: Assistant | GetAssistant, settings: Settings = SETTINGS, notice: str | None = None) -> str:
        get = (lambda: assistant) if isinstance(assistant, Assistant) else assistant

        async def launched() -> str:
            pages.append(build_app(get, settings, get_notice=lambda: notice))
            return launch_page(pages[-1], "127.0.0.1", free_port())

        # Outside a running loop Gradio opens loops for its locks, and never closes them.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, launched()).result()

    yield start
    for page in pages:
        page.close(verbose=False)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Give a function that opens an address in a browser of its own: ``visit(url, width=390, height=844)``.

    After the test it holds that the browser asked no other host for anything, and that no script failed.
    """
    contexts, hosts, errors = [], set(), []

    def open_page(url: str, width: int = 1440, height: int = 900, **options: str) -> Page:
        options = {"locale": "nl-NL", "reduced_motion": "reduce"} | options
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        page.wait_for_selector(".welcome")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert hosts <= {"127.0.0.1", None}  # None: what has no host, such as data: and blob:
    assert errors == []


class Near(HashedEncoder):
    """Cosines as those of the real encoder: between 0.8 and 1, so that what carries a sentence is near it."""

    def __init__(self) -> None:
        super().__init__(dimension=257, name="near")

    def encode_passages(self, texts):
        rows = HashedEncoder(self.dimension - 1).encode_passages(texts)
        return np.hstack([rows * np.float32(0.2**0.5), np.full((len(rows), 1), 0.8**0.5, np.float32)])


@pytest.fixture(scope="session")
def near_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The two papers, indexed with `Near`."""
    folder = tmp_path_factory.mktemp("near") / "index"
    encoder = Near()
    build(CORPUS, folder, lambda: encoder, encoder.weights, SETTINGS.passage_tokens)
    return open_index(folder, encoder)


@pytest.fixture
def assistant(near_index: Index) -> Callable[..., Assistant]:
    """Give a function that makes an assistant for the two papers: ``assistant("What the model says.")``.

    It takes one answer for each question to come, or a generator, or None for quotations only. `cautious` makes it
    abstain where the model says so: the chance that the papers answer is fitted to another encoder, and is low for
    this one.
    """

    def make(*answers: str | Generator | None, cautious: bool = False) -> Assistant:
        settings = Settings(abstain_below=0.9) if cautious else SETTINGS
        if answers == (None,):
            return Assistant(near_index, Near(), None, settings)
        writer = answers[0] if answers and not isinstance(answers[0], str) else ScriptedGenerator(answers)
        return Assistant(near_index, Near(), writer, settings)

    return make


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
