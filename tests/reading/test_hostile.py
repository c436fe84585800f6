"""Files made to do harm, and those that are merely odd: each gets its line or is read, and the others do not notice."""

import re
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import hostile
from raadpleeg.errors import EmptyCorpus, UnreadableDocument
from raadpleeg.reading.confining import SECONDS_A_MEGABYTE, Confined
from raadpleeg.reading.reader import read_corpus

SECONDS = 30.0
MEMORY = 1 << 30
"""Less than a user gets, so that what runs against its limit does so sooner."""
SLACK = 15.0
"""Seconds beyond the limit for a busy machine, and for a new process."""

NAMES = tuple(case.name for case in hostile.cases(Path("/secret"), "http://localhost"))


@pytest.fixture(scope="module")
def server() -> Iterator[socket.socket]:
    """A server that nobody may ask anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


@pytest.fixture(scope="module")
def cases(server: socket.socket, tmp_path_factory: pytest.TempPathFactory) -> dict[str, hostile.Case]:
    secret = tmp_path_factory.mktemp("beside") / "secret.txt"
    secret.write_text(hostile.SECRET)
    made = hostile.cases(secret, f"http://127.0.0.1:{server.getsockname()[1]}")
    return {case.name: case for case in made}


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    with Confined(SECONDS, MEMORY) as made:
        yield made


def children() -> set[int]:
    """The processes that this one started and that are still there."""
    tasks = Path("/proc/self/task")
    return {int(child) for task in tasks.iterdir() for child in (task / "children").read_text().split()}


def test_names_are_used_once():
    assert len(set(NAMES)) == len(NAMES) > 100


@pytest.mark.parametrize("name", NAMES)
def test_a_file_gets_its_line_or_is_read_and_the_next_one_does_not_notice(
    name, cases, server, confined, tmp_path, capfd
):
    case = cases[name]
    path, good = tmp_path / name, tmp_path / "goed.txt"
    path.write_bytes(case.make())
    good.write_text(hostile.GOOD, encoding="utf-8")
    begun = time.monotonic()
    try:
        text, line = confined.read(path, tmp_path).text, None
    except UnreadableDocument as error:
        text, line = None, str(error)
    spent = time.monotonic() - begun
    assert spent < SECONDS + SECONDS_A_MEGABYTE * path.stat().st_size / hostile.MEGABYTE + SLACK
    if text is not None:
        assert case.line is None, f"read, and not refused: {text[:200]!r}"
        assert case.text is None or case.text in text
        assert hostile.SECRET not in text
    else:
        assert case.text is None, f"not read: {line}"
        assert case.line is None or re.search(case.line, line), line
        assert hostile.SECRET not in line
        assert len(line) < 400
        assert line.isprintable()
    assert "De staatssecretaris antwoordt op 4 mei 2026." in confined.read(good, tmp_path).text
    with pytest.raises(BlockingIOError):  # nobody asked
        server.accept()
    assert "Traceback" not in "".join(capfd.readouterr())
    assert sorted(tmp_path.iterdir()) == sorted([path, good])


CHOSEN = (
    *(
        "laughs-publicatie.xml",
        "entity-file-word.docx",
        "zeros-lying.docx",
        "locked.pdf",
        "header-only.pdf",
        "scan.pdf",
    ),
    *(
        "junk.txt",
        "old.docx",
        "rich.docx",
        "nothing.txt",
        "white.txt",
        "cp1252.txt",
        "restricted.pdf",
        "mentions-tags.txt",
    ),
)


def test_a_corpus_of_them_names_every_file(cases, tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in CHOSEN:
        (folder / name).write_bytes(cases[name].make())
    for name in hostile.ODD_NAMES:
        (folder / name).write_text(hostile.GOOD, encoding="utf-8")
    odd = hostile.make_odd_ones(folder)
    (folder / "map.pdf").mkdir()
    (folder / "map.pdf" / "binnen.txt").write_text(hostile.GOOD, encoding="utf-8")
    (folder / "kring").symlink_to(folder, target_is_directory=True)
    before = children() if sys.platform == "linux" else set()

    corpus = read_corpus(folder)

    told = {one.path: one.why for one in corpus.unreadable}
    read = {document.id for document in corpus.documents}
    for name in CHOSEN:
        if cases[name].line:
            assert re.search(cases[name].line, told[name])
        else:
            assert Path(name).with_suffix("").as_posix() in read
    for name, line in odd.items():
        assert re.search(line, told[name])
    for name in hostile.ODD_NAMES:
        assert Path(name).with_suffix("").as_posix() in read or told[name]
    assert "map.pdf/binnen" in read
    # Each is named once, as read or as not, and no other thing is.
    assert len(told) + len(read) == len(CHOSEN) + len(odd) + len(hostile.ODD_NAMES) + 1
    if sys.platform == "linux":
        assert children() <= before


def test_a_corpus_of_nothing_else_says_why(cases, tmp_path):
    (tmp_path / "locked.pdf").write_bytes(cases["locked.pdf"].make())
    with pytest.raises(EmptyCorpus, match=r"locked\.pdf: .*password"):
        read_corpus(tmp_path)
