"""A page with nothing on it but its doors for programs, served in this process."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from raadpleeg.answering.assistant import Assistant
from raadpleeg.errors import RaadpleegError, SettingsError
from raadpleeg.indexing.generation import Index
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder, ScriptedGenerator
from raadpleeg.web import tools
from raadpleeg.web.api import Doors, add_api
from raadpleeg.web.opened import Opened
from raadpleeg.web.page import launch_page

DOORS = Settings(abstain_below=0.0, cosine_floor=0.0, top_k=5)
SAID = "Deze regeling is per 1 januari 2026 van toepassing."


@dataclass
class Served:
    """An address, and the assistant behind it, which a test may exchange."""

    url: str = ""
    assistant: Assistant | RaadpleegError | None = None
    settings: Settings = DOORS
    opened: Opened = field(default_factory=Opened)

    def get(self) -> Assistant | None:
        """Give what `build_app` asks for."""
        if isinstance(self.assistant, RaadpleegError):
            raise self.assistant
        return self.assistant


@pytest.fixture(scope="session")
def new_assistant(hashed_index: Index) -> Callable[..., Assistant]:
    """Makes an assistant on the two papers; its generator says what is true and nothing else, many times."""

    def make(generator: Any = None, index: Index | None = None) -> Assistant:
        writer = generator or ScriptedGenerator([SAID] * 200)
        return Assistant(index or hashed_index, HashedEncoder(), writer, DOORS)

    return make


@pytest.fixture(scope="session")
def doors() -> Iterator[Served]:
    """A page with the endpoints, and the MCP tools where their package is installed."""
    served, pages = Served(), []

    async def launched() -> str:
        with gr.Blocks(analytics_enabled=False) as page:
            add_api(SimpleNamespace(get_assistant=served.get, settings=served.settings, opened=served.opened))
        pages.append(page)
        own = Doors(served.get, served.settings, served.opened)
        return launch_page(page, "127.0.0.1", free_port(), tools.options(own, "127.0.0.1") if with_mcp() else None)

    # Outside a running loop Gradio opens loops for its locks, and never closes them.
    with ThreadPoolExecutor(1) as thread:
        served.url = thread.submit(asyncio.run, launched()).result()
    yield served
    for page in pages:
        page.close(verbose=False)


@pytest.fixture
def served(doors: Served, new_assistant: Callable[..., Assistant]) -> Served:
    """The same page, with a fresh assistant, whatever the test before left."""
    doors.assistant = new_assistant()
    return doors


def with_mcp() -> bool:
    try:
        tools.check_installed()
    except SettingsError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
