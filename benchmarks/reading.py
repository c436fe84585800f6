"""What the readers make of real papers, in a table for a person to check against the paper; and how fast they are.

python benchmarks/reading.py FOLDER [FOLDER ...]      papers: one row each, footnotes without a mark, references
python benchmarks/reading.py --speed FOLDER           pages per second, one core
python benchmarks/reading.py --long FILE.pdf 1000     a PDF repeated to so many pages: seconds and peak memory
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats.text import decode
from raadpleeg.reading.manuscript import restored
from raadpleeg.reading.reader import document_from, laid_out
from raadpleeg.reading.references import find
from raadpleeg.records import Document

PAGE = 3000
"""Characters that count as a page where a format has none."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--references", action="store_true", help="print every reference found")
    parser.add_argument("paths", nargs="+")
    chosen = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    if chosen.long:
        long_paper(Path(chosen.paths[0]), int(chosen.paths[1]))
        return
    files = [path for folder in chosen.paths for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    papers = [path for path in files if path.suffix.lower() != ".md"]
    if chosen.speed:
        speed(papers)
    else:
        table(papers, chosen.references)


def table(papers: list[Path], references: bool) -> None:
    columns = "paper pages letters sections questions answers paired twins speakers notes marked references lossless"
    head = columns.split()
    rows = [head]
    remarks: list[str] = []
    for path in papers:
        try:
            content = path.read_bytes()
            document = document_from(content, path.stem)
        except UnreadableDocument as error:
            rows.append([path.stem, str(error), *[""] * (len(head) - 2)])
            continue
        found = _references(document)
        kinds = [unit.kind for unit in document.units]
        questions = [unit for unit in document.units if unit.kind == "question"]
        rows.append(
            [
                path.stem,
                len(document.pages),
                kinds.count("letter"),
                kinds.count("section") + kinds.count("article"),
                kinds.count("question"),
                kinds.count("answer"),
                sum(1 for unit in questions if unit.partners),
                sum(1 for unit in questions if unit.twins),
                sum(1 for unit in document.units if unit.speaker),
                len(document.footnotes),
                sum(1 for note in document.footnotes if note.mark is not None),
                len(found),
                "yes" if _is_whole(content) else "NO",
            ]
        )
        remarks += [f"{path.stem}: note {note.number} has no mark" for note in document.footnotes if note.mark is None]
        remarks += [f"{path.stem}: {unit.label} has no answer" for unit in questions if not unit.partners]
        if references:
            remarks += [f"{path.stem}: {one}" for one in found]
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(head))]
    for row in rows:
        print("  ".join(f"{cell!s:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
    print(*remarks, sep="\n")


def speed(papers: list[Path]) -> None:
    """Median of five readings of each paper, summed up by format."""
    pages: dict[str, float] = {}
    seconds: dict[str, float] = {}
    for path in papers:
        content = path.read_bytes()
        taken = []
        for _ in range(5):
            begin = time.perf_counter()
            document = document_from(content, path.stem)
            taken.append(time.perf_counter() - begin)
        kind = path.suffix.lower()
        pages[kind] = pages.get(kind, 0) + (len(document.pages) if kind == ".pdf" else len(document.text) / PAGE)
        seconds[kind] = seconds.get(kind, 0) + statistics.median(taken)
    for kind, took in seconds.items():
        print(f"{kind:<6} {pages[kind]:7.1f} pages  {took:6.2f} s  {pages[kind] / took:7.1f} pages/s")


def long_paper(path: Path, pages: int) -> None:
    """Repeat a paper until it has so many pages, and read it."""
    import pypdfium2 as pdfium

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "long.pdf"
        paper, source = pdfium.PdfDocument.new(), pdfium.PdfDocument(path)
        while len(paper) < pages:
            paper.import_pages(source, list(range(min(len(source), pages - len(paper)))))
        paper.save(made)
        before = _peak()
        begin = time.perf_counter()
        document = document_from(made.read_bytes(), "long")
        took = time.perf_counter() - begin
        print(
            f"{len(document.pages)} pages, {made.stat().st_size / 1e6:.1f} MB: {took:.1f} s, "
            f"{len(document.pages) / took:.0f} pages/s, peak {_peak():.0f} MiB ({before:.0f} before)"
        )


def _references(document: Document) -> list[str]:
    texts = [document.text, *(note.text for note in document.footnotes)]
    return [f"{text[one.start : one.end]!r} = {one.reference}" for text in texts for one in find(text)]


def _is_whole(content: bytes) -> bool:
    """Hold the text and what was taken out of it against the file's characters, which another hand takes from it."""
    layout = laid_out(content)
    read = restored(layout)
    if content.startswith(b"%PDF"):
        # The order of letters is ours to choose there, so they are counted.
        return Counter(_plain(read)) == Counter(_plain(_pdf_letters(content)))
    if b"<officiele-publicatie" in content[:1000]:
        return read == "".join("".join(ElementTree.fromstring(content).itertext()).split())
    return read == "".join(decode(content).split())


def _pdf_letters(content: bytes) -> str:
    import pypdfium2 as pdfium

    paper = pdfium.PdfDocument(content)
    return "".join(page.get_textpage().get_text_bounded(errors="ignore") for page in paper)


def _plain(text: str) -> str:
    """Spell out what PDF programs write in more than one way: hyphens, joined letters, accents of their own."""
    text = unicodedata.normalize("NFKD", text.replace("\x02", "-").replace("\ufffe", "-").replace("´", "\u0301"))
    return "".join(text.split())


def _peak() -> float:
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


if __name__ == "__main__":
    main()
