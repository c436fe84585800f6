"""Reads each file in a process of its own that can be stopped, with bounds on its time, memory and means.

A corpus folder holds whatever a user drops there, and a file can be made so that its reader hangs, fills the memory or
crashes. Here that costs one line about one file: the process is stopped and the next file gets a new one.

The parent sends a line of JSON for each file on the child's stdin. The child answers, on what was its stdout, with 8
bytes of length (big-endian) and that many bytes of JSON: a document (`rows`), or what is wrong with the file. Nothing
that comes back is run or unpickled.

The child may write no file, start no process, and use no more address space than it is given. What holds where:

- Linux: everything (but root may start processes); and the child ends with its parent, however that ends.
- macOS: no bound on memory, which the system does not keep; a child whose parent is killed first finishes its file.
- Windows: only the deadline; a child whose parent is killed first finishes its file.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from pathlib import Path
from stat import S_ISREG
from typing import Any, BinaryIO

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.rows import document_of
from raadpleeg.records import Document

SECONDS = 60.0
"""Wall clock for one file, whatever its size."""
SECONDS_A_MEGABYTE = 20.0
"""Added for each megabyte of the file: as PDF some 250 pages of text, which take about ten seconds."""
MOST_SECONDS = 600.0
"""No file gets more than this, however large it is."""
MEMORY = 2 << 30
"""Bytes of address space beyond what the process has at its start. The longest real papers need a tenth of it."""
SPENT_MEMORY = 4
"""A process that keeps more than this part (1/4) of its memory after a file is replaced before the next one."""
LONGEST_ANSWER = 128 << 20
"""Bytes of JSON that a document may take: the parent has to hold it, and has no bound of its own."""
READER = "raadpleeg.reading.reader:read_document"
"""What the child calls for each file, with its path and the folder."""

NO_MEMORY = 77
"""The exit status that says that memory ran out: a process without memory cannot say it in words."""

_ANOTHER_WAY = "save it anew with another program, as PDF or text"
_SMALLER = "split it into smaller files"

Read = Callable[[Path, Path], Document]


class Confined:
    """Reads files in a process that starts with the first one and is kept for the next. For one thread at a time.

    Args:
        seconds: wall clock for one file; each megabyte adds `SECONDS_A_MEGABYTE`, up to `MOST_SECONDS`.
        memory: bytes of address space beyond what the process has at its start.
        reader: ``module:function`` that makes a document of a path and a folder.
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY, reader: str = READER) -> None:
        self._seconds = seconds
        self._memory = memory
        self._reader = reader
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Confined:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, path: Path, folder: Path) -> Document:
        """Read one file under `folder`.

        Raises:
            UnreadableDocument: what the reader says; or that the file is no file, takes too long, needs too much
                memory, or breaks the program that reads it.
        """
        _check_name(path.relative_to(folder))
        seconds = min(self._seconds + SECONDS_A_MEGABYTE * _size(path) / 1e6, MOST_SECONDS)
        # Absolute, for the parent may change its folder while the child stays where it was.
        request = {"path": str(path.absolute()), "folder": str(folder.absolute()), "seconds": seconds}
        try:
            answer = self._ask(request, seconds) or self._ask(request, seconds)
        except BaseException:  # also when interrupted: the child is in the middle of a file
            self.close()
            raise
        if answer is None:
            raise UnreadableDocument(f"the system stops the program that reads it, mostly for memory; {_SMALLER}")
        if answer.get("last"):
            self.close()
        if "error" in answer:
            raise UnreadableDocument(answer["error"])
        return document_of(answer["document"])

    def close(self) -> None:
        """End the process, in the middle of a file if need be. Reading again starts a new one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            # A request that the child did not take is still in the pipe's buffer, and is lost.
            with suppress(OSError), process:
                process.wait()

    def _ask(self, request: Mapping[str, Any], seconds: float) -> Mapping[str, Any] | None:
        """Have one file read; None where the process was ended for a reason that has nothing to do with the file."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = self._start()
        process = self._process
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        deadline = threading.Timer(seconds, stop)
        deadline.start()
        try:
            answer = _exchange(process, request)
        finally:
            deadline.cancel()
            deadline.join()
        if late.is_set() or answer is None:
            self.close()
        if answer is not None:
            return answer
        if late.is_set() or _ended_by(process, "SIGXCPU"):
            raise UnreadableDocument(f"it took longer than {seconds:.0f} s to read; {_SMALLER}, or {_ANOTHER_WAY}")
        if process.returncode == NO_MEMORY:
            raise UnreadableDocument(f"reading it needs more than {_gib(self._memory)} of memory; {_SMALLER}")
        # Not by the file: the system ends the child when the thread that started it ends (see `_end_with`), which may
        # be another than this one; or someone ended it. Or by the file after all, and then it happens again.
        if _ended_by(process, "SIGTERM") or _ended_by(process, "SIGKILL"):
            return None
        # Libraries in C mostly give up where Python has its `MemoryError`.
        if _ended_by(process, "SIGABRT") or _ended_by(process, "SIGTRAP"):
            raise UnreadableDocument(
                "the program that reads it gave up, mostly because that needs more than "
                f"{_gib(self._memory)} of memory; {_SMALLER}, or {_ANOTHER_WAY}"
            )
        how = f"signal {-process.returncode}" if process.returncode < 0 else f"exit status {process.returncode}"
        raise UnreadableDocument(f"the program that reads it broke down ({how}); {_ANOTHER_WAY}")

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            # -P: no module comes from the folder in which the user stands, where a hostile file may have its name.
            # A library's warnings name no file, and what comes of them is in the answer.
            [sys.executable, "-P", "-W", "ignore", "-m", __name__, self._reader, str(self._memory), str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # The child does no algebra; a thread for each core would cost it start-up time and address space.
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            process_group=0,  # an interrupt on the keyboard is for the parent, which then ends the child
        )


def _exchange(process: subprocess.Popen[bytes], request: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Send a request and wait for the answer; None where the process ends before it has given a whole one."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("the process has no pipes")
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    except BrokenPipeError:
        return None
    head = process.stdout.read(8)
    length = int.from_bytes(head, "big")
    body = process.stdout.read(length) if len(head) == 8 else b""
    if len(head) < 8 or len(body) < length:
        return None
    answer: Mapping[str, Any] = json.loads(body)
    return answer


def _ended_by(process: subprocess.Popen[bytes], name: str) -> bool:
    return process.returncode == -getattr(signal, name, 0) != 0


def _check_name(path: Path) -> None:
    """Refuse a name that is no line of text, for it becomes the document's id, which is written in lines and tables."""
    name = str(path)
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in name):
        raise UnreadableDocument("its name holds a line break, or bytes that are no letters; rename it")


def _size(path: Path) -> int:
    """Give the size of an ordinary file, in bytes; what is none (a pipe would keep its reader waiting) is refused."""
    try:
        status = path.stat()
    except OSError as error:
        raise UnreadableDocument(f"{error.strerror}; make the file readable, or remove it from the corpus") from None
    if not S_ISREG(status.st_mode):
        raise UnreadableDocument("this is no ordinary file (a folder, pipe or device); remove it from the corpus")
    return status.st_size


def _gib(memory: int) -> str:
    return f"{memory / (1 << 30):.3g} GiB"


# --- the child -------------------------------------------------------------------------------------------------------


def main(reader: str, memory: int, parent: int) -> None:
    """Answer requests until stdin ends; the limits stand from the first file on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(parent)
    requests, answers = _channels()
    try:
        read = _function(reader)
    except Exception as error:
        requests.readline()
        _send(answers, _told(f"the program that reads it does not start ({error}); install raadpleeg anew"))
        return
    begun = _address_space()
    _confine(memory + begun if begun else None)
    for line in requests:
        request = json.loads(line)
        _limit_processor(request["seconds"])
        answer = _answer(read, Path(request["path"]), Path(request["folder"]))
        if _address_space() - begun > memory / SPENT_MEMORY:
            answer = answer[:-1] + b', "last": true}'
        _send(answers, answer)


def _end_with(parent: int) -> None:
    """Have the system end this process when its parent is gone; elsewhere than on Linux only stdin tells."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:
            sys.exit()


def _confine(space: int | None) -> None:
    """Bound the address space (bytes), and forbid files, processes and the dump of a crash."""
    sys.dont_write_bytecode = True
    try:
        import resource
    except ImportError:  # Windows
        return
    limits = {"RLIMIT_AS": space, "RLIMIT_FSIZE": 0, "RLIMIT_NPROC": 0, "RLIMIT_CORE": 0}
    for name, most in limits.items():
        if most is not None:
            # Where the user's own limit is lower, that stands.
            with suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (most, most))


def _limit_processor(seconds: float) -> None:
    """Have the system end this process after that much more work, should the parent not be there to do so."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 1, hard))


def _address_space() -> int:
    """Give the bytes of address space in use; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_bytes().split()[0]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _answer(read: Read, path: Path, folder: Path) -> bytes:
    try:
        answer = json.dumps({"document": read(path, folder)}, default=_fields, ensure_ascii=False)
        encoded = answer.encode("utf-8")
    except UnreadableDocument as error:
        return _told(str(error))
    except MemoryError:
        os._exit(NO_MEMORY)
    except RecursionError:
        return _told(f"its parts are nested too deep; {_ANOTHER_WAY}")
    except (Exception, SystemExit) as error:  # whatever a library makes of hostile bytes
        return _told(f"it cannot be read ({type(error).__name__}); {_ANOTHER_WAY}")
    if len(encoded) > LONGEST_ANSWER:
        return _told(f"its words take more than {LONGEST_ANSWER >> 20} MiB; {_SMALLER}")
    return encoded


def _told(line: str) -> bytes:
    return json.dumps({"error": " ".join(line.split())}).encode()


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(len(answer).to_bytes(8, "big") + answer)
    answers.flush()


def _fields(value: object) -> dict[str, Any]:
    """Give a dataclass as `rows.row_of` does, without the copies that it makes of everything in it."""
    if not is_dataclass(value):
        raise TypeError(type(value).__name__)
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _channels() -> tuple[BinaryIO, BinaryIO]:
    """Keep stdin and stdout for the protocol; a library that reads gets nothing, one that prints does so on stderr."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    if S_ISREG(os.fstat(2).st_mode):
        os.dup2(nothing, 2)  # a file may not grow under the limits, and a failing print would break its library
    os.dup2(2, 1)
    return requests, answers


def _function(name: str) -> Read:
    from importlib import import_module

    module, _, function = name.partition(":")
    found: Read = getattr(import_module(module), function)
    return found


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
