"""What hostile files cost: for each, the line that the user sees, the seconds, and the memory of the reading process.

    python benchmarks/hostile.py [FILE ...]

Each file is made in a folder of its own with a good one beside it, and read as a corpus by a fresh program, whose only
child is the process that reads: the system then tells that one's peak, also if it was killed. Below, how often the
files had the reader ask a server of theirs, or tell a secret; and what 1000 small files cost each.
"""

import argparse
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "reading"))

import hostile
from raadpleeg.errors import EmptyCorpus
from raadpleeg.reading.confining import Confined
from raadpleeg.reading.reader import read_corpus, read_document
from raadpleeg.records import Corpus

BESIDE = "goed-bestand.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", help="only these, by name")
    parser.add_argument("--read", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(outcome(options.read)))
        return
    with tempfile.TemporaryDirectory() as place, socket.create_server(("127.0.0.1", 0)) as server:
        folder, secret = Path(place) / "corpus", Path(place) / "secret.txt"
        secret.write_text(hostile.SECRET)
        server.setblocking(False)
        told = 0
        print(f"{'file':26} {'seconds':>7} {'MiB':>6}  what the user sees")
        for case in hostile.cases(secret, f"http://127.0.0.1:{server.getsockname()[1]}"):
            if not options.files or case.name in options.files:
                told += show(folder, case.name, lambda path, case=case: path.write_bytes(case.make()))
        if not options.files:
            folder.mkdir()
            names = hostile.make_odd_ones(folder)
            shutil.rmtree(folder)
            for name in names:
                told += show(folder, name, lambda _: hostile.make_odd_ones(folder), beside=False)
            print(f"\n{told} secrets told, {asked(server)} questions asked")
            small_files(Path(place) / "small")


def show(folder: Path, name: str, make: Callable[[Path], object], beside: bool = True) -> int:
    """Have one file read as a corpus, and print its row; gives how many secrets it told."""
    folder.mkdir()
    try:
        make(folder / name)
        (folder / BESIDE).write_text(hostile.GOOD, encoding="utf-8")
        read = subprocess.run([sys.executable, __file__, "--read", str(folder)], stdout=subprocess.PIPE, check=False)
        if read.returncode:
            print(f"{name!r:26} the program ended with status {read.returncode}")
            return 0
        row = json.loads(read.stdout)
        shown = row["files"].get(Path(name).as_posix(), "NOT NAMED")
        good = "" if row["good"] else "  THE GOOD FILE IS NOT READ"
        print(f"{ascii(name)[1:-1]:26} {row['seconds']:7.2f} {row['peak']:6.0f}  {shown}{good}", flush=True)
        return int(row["secrets"])
    finally:
        shutil.rmtree(folder)


def outcome(folder: Path) -> dict[str, object]:
    """Read a corpus: what came of each file, and what it cost."""
    begun = time.perf_counter()
    try:
        corpus = read_corpus(folder)
    except EmptyCorpus as error:
        sys.exit(str(error))
    seconds = time.perf_counter() - begun
    return {
        "seconds": seconds,
        "peak": peak(),
        "files": {**{one.path: one.why for one in corpus.unreadable}, **read_files(folder, corpus)},
        "good": any(document.id == Path(BESIDE).stem for document in corpus.documents),
        "secrets": sum(hostile.SECRET in json.dumps(repr(document)) for document in corpus.documents),
    }


def read_files(folder: Path, corpus: Corpus) -> dict[str, str]:
    texts = {document.id: document.text for document in corpus.documents}
    names = [path.relative_to(folder) for path in folder.iterdir()]
    return {
        name.as_posix(): f"(read: {len(text):,} characters, {text[:30]!a})"
        for name in names
        if (text := texts.get(name.with_suffix("").as_posix())) is not None
    }


def peak() -> float:
    """Give the MiB that the child held at most; at least what this program itself holds, which it began as."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return used / 2**20 if sys.platform == "darwin" else used / 2**10


def asked(server: socket.socket) -> int:
    count = 0
    while True:
        try:
            server.accept()[0].close()
        except BlockingIOError:
            return count
        count += 1


def small_files(folder: Path, count: int = 1000) -> None:
    folder.mkdir()
    for number in range(count):
        (folder / f"{number}.txt").write_text(hostile.GOOD, encoding="utf-8")
    paths = sorted(folder.iterdir())
    with Confined() as confined:
        begun = time.perf_counter()
        confined.read(paths[0], folder)
        start = time.perf_counter() - begun
        begun = time.perf_counter()
        for path in paths:
            confined.read(path, folder)
        away = (time.perf_counter() - begun) / count
    begun = time.perf_counter()
    for path in paths:
        read_document(path, folder)
    here = (time.perf_counter() - begun) / count
    print(f"start {start * 1e3:.0f} ms; a small file {away * 1e3:.2f} ms, of which {here * 1e3:.2f} ms is reading it")


if __name__ == "__main__":
    main()
