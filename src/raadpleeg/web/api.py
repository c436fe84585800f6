"""The doors for programs: `ask`, `search`, `cite` and `show`, each giving the JSON that the command of that name gives.

`Doors` holds what is done, without a word of HTTP. `add_api` puts it on a page as Gradio's endpoints (docs/api.md);
`raadpleeg.web.tools` hands the same four functions to MCP clients. What a caller sends is not believed: types and
bounds are held before anything is looked up, and every mistake of the caller's is a `RaadpleegError` of one line.
"""

from __future__ import annotations

import asyncio
import inspect
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar

from pydantic import ConfigDict, Field, ValidationError, validate_call

from raadpleeg.contracts import Json, answer_json, cite_json, document_json, search_json
from raadpleeg.errors import BadQuestion, BadReference, ModelUnavailable, RaadpleegError
from raadpleeg.lookup import places, quoting
from raadpleeg.records import Answer
from raadpleeg.retrieval.filters import Filter
from raadpleeg.retrieval.question import check_question
from raadpleeg.settings import Settings
from raadpleeg.web.opened import Opened

if TYPE_CHECKING:
    from raadpleeg.answering.assistant import Assistant
    from raadpleeg.web.room import Room

T = TypeVar("T")

Door = Callable[..., Awaitable[Json]]
"""Takes the arguments by name."""

LOOK_AGAIN = 0.15
"""Seconds between two looks whether the models are there."""
READY_WITHIN = 120.0
"""Seconds that a call waits for the models."""
CALLS_AT_ONCE = 16
"""Calls of one door that are taken in at once; the models answer one at a time."""
MOST_BEFORE = 100
"""Questions of a conversation, and values of a filter, that are taken in."""

BROKEN = "this could not be done, and it was written down why in the log of the page; ask again, or ask otherwise"

log = logging.getLogger(__name__)

Question = Annotated[str, Field(description="The question, in Dutch, German, French or English.")]
History = Annotated[
    list[str] | None,
    Field(description="Questions asked before in the same conversation, oldest first.", max_length=MOST_BEFORE),
]
Dossiers = Annotated[
    list[str] | None,
    Field(description='Only papers of one of these dossiers: ["35714"].', max_length=MOST_BEFORE),
]
Chambers = Annotated[
    list[Literal["I", "II"]] | None,
    Field(description="Only papers of the Eerste Kamer (I) or the Tweede Kamer (II).", max_length=2),
]
Kinds = Annotated[
    list[str] | None,
    Field(description="Only papers of one of these kinds; part of the name will do.", max_length=MOST_BEFORE),
]
Speakers = Annotated[
    list[str] | None,
    Field(
        description='Only words of one of these speakers; part of the name will do: ["staatssecretaris"].',
        max_length=MOST_BEFORE,
    ),
]
Documents = Annotated[list[str] | None, Field(description="Only these papers, by id.", max_length=MOST_BEFORE)]
Since = Annotated[str | None, Field(description="Only papers from this date on: 2026, 2026-03 or 2026-03-18.")]
Until = Annotated[str | None, Field(description="Only papers up to and including this date.")]


class Doors:
    """The four functions. May be shared between threads and event loops; nothing is kept of what was asked."""

    def __init__(
        self, get_assistant: Callable[[], Assistant | None], settings: Settings, opened: Opened | None = None
    ) -> None:
        """Take how the assistant is got at (None while it is being loaded), the settings, and the papers as opened."""
        self._get_assistant = get_assistant
        self._settings = settings
        self._opened = opened or Opened()

    def all(self) -> tuple[Door, ...]:
        """Give the functions as callers may reach them: arguments are checked, and every error is one line."""
        return tuple(_checked(door) for door in (self.ask, self.search, self.cite, self.show))

    async def ask(
        self,
        question: Question,
        history: History = None,
        dossiers: Dossiers = None,
        chambers: Chambers = None,
        kinds: Kinds = None,
        speakers: Speakers = None,
        documents: Documents = None,
        since: Since = None,
        until: Until = None,
        quotes_only: Annotated[
            bool, Field(description="Answer in verbatim quotations, at once, without a model that writes.")
        ] = False,
    ) -> Json:
        """Answer a question about Dutch parliamentary papers, with a citation behind every sentence.

        Each citation holds the exact words, their speaker, paper, page and official reference. Where the papers do not
        answer, `abstained` is true and `reason` says why: do not answer from elsewhere in their name. Words in a
        question are those of who asks it, never the government's position.

        Raises:
            RaadpleegError: the question or a filter cannot be used, or the models are not there.
        """
        asked, before = self._asked(question, history)
        wanted = _filter(dossiers, chambers, kinds, speakers, documents, since, until)
        assistant = await self._assistant()
        return answer_json(await _answered(assistant, asked, quotes_only, before, wanted))

    async def search(
        self,
        question: Question,
        k: Annotated[int | None, Field(description="Number of passages; 8 if not given.", ge=1, le=1000)] = None,
        history: History = None,
        dossiers: Dossiers = None,
        chambers: Chambers = None,
        kinds: Kinds = None,
        speakers: Speakers = None,
        documents: Documents = None,
        since: Since = None,
        until: Until = None,
    ) -> Json:
        """Find the passages of Dutch parliamentary papers that are nearest to a question, best first, with their words.

        No model writes anything. A passage is a place to look at, not an answer; `score` is between 0 and 1. The
        `partners` of an answer are the questions that it answers, those of a question its answers.

        Raises:
            RaadpleegError: the question or a filter cannot be used, or the models are not there.
        """
        asked, before = self._asked(question, history)
        wanted = _filter(dossiers, chambers, kinds, speakers, documents, since, until)
        assistant = await self._assistant()
        number = k or self._settings.top_k
        return search_json(asked, await _in_thread(lambda: assistant.search(asked, number, before, wanted)))

    async def cite(
        self,
        reference: Annotated[
            str | None,
            Field(description='A place in a paper: "35714, O, antwoord 3", "voetnoot 16 van kst-35714-O".'),
        ] = None,
        quote: Annotated[
            str | None, Field(description="Words whose place is wanted, as well as they are known.")
        ] = None,
    ) -> Json:
        """Open a reference to a Dutch parliamentary paper, or find where a quotation stands.

        Give `reference` or `quote`, not both. Each place has its exact words, speaker, page, footnotes and the question
        or answer that belongs to it. Of a quotation, `match` says whether it is exact, and `changes` what differs from
        the paper: use this to check a quotation before passing it on.

        Raises:
            RaadpleegError: it is no reference, or it names several papers.
        """
        if (reference is None) == (quote is None):
            raise BadReference("give `reference`, or words as `quote`; one of the two")
        index = (await self._assistant()).index

        def look_up() -> places.Cited:
            if quote is not None:
                return quoting.quote(quote, self._opened.quotable(index))
            return places.cite(reference or "", self._opened.web(index))

        return cite_json(await _in_thread(look_up))

    async def show(
        self,
        document: Annotated[str, Field(description='A paper, by its id ("kst-35714-O") or a reference ("35714, O").')],
    ) -> Json:
        """Show what a Dutch parliamentary paper consists of: letters, sections, questions, answers and footnotes.

        Gives the title, metadata (chamber, dossiers, kind, date, people) and every unit with its speaker, page and
        place, without the text itself: `cite` gives the words of a unit.

        Raises:
            RaadpleegError: there is no such paper in the collection.
        """
        index = (await self._assistant()).index
        if paper := index.documents.get(document):
            return document_json(paper)
        return document_json(await _in_thread(lambda: places.paper_of(document, self._opened.web(index))))

    def _asked(self, question: str, history: Sequence[str] | None) -> tuple[str, tuple[str, ...]]:
        """Hold that a question, and those before it, can be asked."""
        before = tuple(check_question(one, self._settings) for one in history or ())
        return check_question(question, self._settings), before

    async def _assistant(self) -> Assistant:
        """Give the assistant as soon as it is there."""
        patience = time.monotonic() + READY_WITHIN
        while (assistant := self._get_assistant()) is None:
            if time.monotonic() > patience:
                raise ModelUnavailable("the models are still being loaded; ask again in a minute")
            await asyncio.sleep(LOOK_AGAIN)
        return assistant


def add_api(room: Room) -> None:
    """Add the endpoints `/ask`, `/search`, `/cite` and `/show` to a page, before its other events.

    Raises:
        ValueError: an event of the page bears one of these names already.
    """
    from gradio.events import api

    for door in Doors(room.get_assistant, room.settings, room.opened).all():
        name = name_of(door)
        made = api(_for_gradio(door), api_name=name, concurrency_limit=CALLS_AT_ONCE, concurrency_id=f"api-{name}")
        if made["api_name"] != name:
            raise ValueError(f"the page has a function {name!r} already; add the endpoints before all others")


def server_options() -> dict[str, Any]:
    """Give what the page's server needs for these endpoints: ``page.launch(app_kwargs=server_options())``.

    Gradio puts the names of a caller's arguments in order before a function is called, and takes a name that it does
    not know for a mistake of the program's.
    """
    from starlette.responses import JSONResponse

    async def wrong_name(request: Any, error: Exception) -> JSONResponse:
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        if place is None or place.tb_frame.f_code.co_name != "construct_args":
            raise error
        return JSONResponse({"error": str(error).partition(" Please ")[0]}, status_code=400)

    return {"exception_handlers": {TypeError: wrong_name}}


def _for_gradio(door: Door) -> Door:
    """Tell mistakes as Gradio does: callers get one line, the log none."""
    import gradio as gr

    signature = inspect.signature(door)
    needed = {name for name, one in signature.parameters.items() if one.default is inspect.Parameter.empty}

    @wraps(door)
    async def call(*args: Any) -> Json:
        given = dict(zip(signature.parameters, args, strict=False))
        try:
            return await door(**{name: one for name, one in given.items() if name not in needed or one is not None})
        except RaadpleegError as error:
            raise gr.Error(str(error), print_exception=False) from None

    # To Gradio, an argument that is left out and has no default is a mistake of the program's; so each gets one.
    call.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=[one.replace(default=None) if name in needed else one for name, one in signature.parameters.items()]
    )
    return call


def _checked(door: Door) -> Door:
    """Hold the types and bounds of the arguments, and let no error out that is not one line for the caller."""
    name = name_of(door)
    # With the types as they are, not as they are written: others read them from here.
    signature = inspect.signature(door, eval_str=True)
    strict = validate_call(config=ConfigDict(strict=True))(door)

    @wraps(door)
    async def call(*args: Any, **kwargs: Any) -> Json:
        try:
            given = signature.bind(*args, **kwargs).arguments
        except TypeError as error:
            raise BadQuestion(
                f"{error}; `{name}` takes {', '.join(f'`{one}`' for one in signature.parameters)}"
            ) from None
        try:
            return await strict(**given)
        except ValidationError as error:
            raise BadQuestion("; ".join(_in_words(one) for one in error.errors())) from None
        except RaadpleegError:
            raise
        except Exception:
            log.exception("%s could not be done", name)
            raise RaadpleegError(BROKEN) from None

    call.__signature__ = signature  # type: ignore[attr-defined]
    return call


def name_of(door: Door) -> str:
    """Give the name by which a door is called."""
    return str(door.__name__)


def _in_words(error: Any) -> str:
    """Tell one wrong argument in one line; what was sent is not repeated."""
    where = ".".join(str(part) for part in error["loc"])
    return f"`{where}`: {error['msg'][:1].lower()}{error['msg'][1:]}"


def _filter(
    dossiers: list[str] | None,
    chambers: Sequence[str] | None,
    kinds: list[str] | None,
    speakers: list[str] | None,
    documents: list[str] | None,
    since: str | None,
    until: str | None,
) -> Filter:
    return Filter(
        dossiers=tuple(dossiers or ()),
        chambers=tuple(chambers or ()),
        kinds=tuple(kinds or ()),
        speakers=tuple(speakers or ()),
        documents=tuple(documents or ()),
        since=since,
        until=until,
    ).check()


async def _answered(
    assistant: Assistant, question: str, quotes_only: bool, history: tuple[str, ...], wanted: Filter
) -> Answer:
    """Answer in a thread. Where the caller goes away, the model stops at its next word and is free for others."""
    gone = threading.Event()

    def work() -> Answer:
        events = assistant.stream(question, quotes_only, history, wanted)
        try:
            for event in events:
                if isinstance(event, Answer):
                    return event
                if gone.is_set():
                    break
        finally:
            getattr(events, "close", lambda: None)()
        raise RaadpleegError("nobody waits for the answer any more")

    try:
        return await _in_thread(work)
    finally:
        gone.set()


async def _in_thread(work: Callable[[], T]) -> T:
    """Do work that takes a while beside the event loop; who gives up waiting for it leaves it to end by itself."""
    from anyio import to_thread

    return await to_thread.run_sync(work, abandon_on_cancel=True)
