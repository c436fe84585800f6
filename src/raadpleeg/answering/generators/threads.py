"""What the engines that run in this process share: a thread that writes while the caller reads."""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Lock, Thread

Write = Callable[[Callable[[str], None], Event], None]
"""Writes until it is done or the event is set: gives each piece to the function as soon as it is there."""


def pieces(write: Write, turn: Lock) -> Iterator[str]:
    """Run `write` in a thread and yield its pieces; closing the iterator stops it and waits for the thread to end.

    `turn` is held by the writing thread, not by the reader: whoever stops reading half-way holds up nobody, not even
    himself where he asks a second time.

    Raises:
        Exception: whatever `write` raised, in the thread that reads.
    """
    box: queue.SimpleQueue[str | BaseException | None] = queue.SimpleQueue()
    cancelled = Event()

    def work() -> None:
        try:
            while not turn.acquire(timeout=0.05):  # looks up now and then: who waits may be cancelled too
                if cancelled.is_set():
                    return
            try:
                if not cancelled.is_set():
                    write(box.put, cancelled)
            finally:
                turn.release()
        except BaseException as error:  # the reader raises it: here nobody would hear
            box.put(error)
        finally:
            box.put(None)

    # No daemon: native code that outlives the interpreter crashes it, and no answer is long.
    thread = Thread(target=work, name="raadpleeg-generator")
    thread.start()
    try:
        while (piece := box.get()) is not None:
            if isinstance(piece, BaseException):
                raise piece
            yield piece
    finally:
        cancelled.set()
        thread.join()


def usable_cores() -> int:
    """Count the cores that this process may use; two threads of one core count once, as they share its arithmetic."""
    if not hasattr(os, "sched_getaffinity"):
        return os.cpu_count() or 1
    topology = "/sys/devices/system/cpu/cpu{}/topology/thread_siblings_list"
    allowed = os.sched_getaffinity(0)
    try:
        return len({Path(topology.format(number)).read_text(encoding="ascii") for number in allowed})
    except OSError:
        return len(allowed)
