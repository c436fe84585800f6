"""One question on its way: the assistant answers in a thread of its own, and the page follows."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from raadpleeg.errors import RaadpleegError
from raadpleeg.records import Answer, Draft, Quotes
from raadpleeg.retrieval.filters import Filter
from raadpleeg.retrieval.search import EVERYTHING
from raadpleeg.web.rendering import Turn
from raadpleeg.web.room import LOOK_AGAIN, GetAssistant
from raadpleeg.web.texts import Texts

if TYPE_CHECKING:  # the assistant is there once the models are; the page is there before them
    from raadpleeg.answering.assistant import Assistant

Event = Quotes | Draft | Answer

PATIENCE = 4.0
"""Seconds without any news after which the page says that it takes long."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is asked with: those before it in this browser, oldest first, and what a passage has to be."""

    history: tuple[str, ...] = ()
    wanted: Filter = EVERYTHING


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


async def turns(
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
