"""A real browser against a page that runs in this process."""

import asyncio
import shutil
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from raadpleeg.answering.assistant import Assistant
from raadpleeg.indexing.generation import Index
from raadpleeg.records import Generator
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder, ScriptedGenerator
from raadpleeg.web.page import GetAssistant, build_app, launch_page

SETTINGS = Settings(abstain_below=1e-9)
"""The bound under which the hashed encoder's cosines tell papers from pies; it is fitted to another encoder."""

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
        context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL", **options)
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


@pytest.fixture
def assistant(hashed_index: Index) -> Callable[..., Assistant]:
    """Give a function that makes an assistant for the two papers: ``assistant("What the model says.")``.

    It takes one answer for each question to come, or a generator, or None for quotations only.
    """

    def make(*answers: str | Generator | None) -> Assistant:
        writer = answers[0] if answers and not isinstance(answers[0], str) else ScriptedGenerator(answers)
        return Assistant(hashed_index, HashedEncoder(), None if answers == (None,) else writer, SETTINGS)

    return make


def free_port() -> int:
    """Find a port that nothing listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
