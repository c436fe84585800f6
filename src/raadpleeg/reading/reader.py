"""A folder of files becomes a `Corpus`; what cannot be read is named, and the rest goes on."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from raadpleeg.errors import EmptyCorpus, UnreadableDocument
from raadpleeg.reading.kamerstuk import identify, name_units, title_of
from raadpleeg.reading.layout import lay_out
from raadpleeg.reading.text import decode, pages_of_lines
from raadpleeg.records import Corpus, Document, Metadata, Progress, Unreadable, no_progress

VERSION = 1
"""Changes when the same file would be read otherwise, so that indexes are made anew."""

SUFFIXES = (".txt",)


def read_corpus(folder: Path, progress: Progress = no_progress) -> Corpus:
    """Read every paper under `folder`, in order of id. Hidden files and notes about the corpus (``.md``) are no papers.

    Raises:
        EmptyCorpus: there is no such folder, or no paper in it that can be read.
    """
    if not folder.is_dir():
        raise EmptyCorpus(f"there is no folder {folder}; name the folder with your papers with --corpus")
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_paper(path.relative_to(folder))]
    documents: dict[str, Document] = {}
    unreadable: list[Unreadable] = []
    for done, path in enumerate(paths):
        progress("reading", done, len(paths))
        name = path.relative_to(folder).as_posix()
        try:
            document = read_document(path, folder)
            if document.id in documents:
                raise UnreadableDocument("another file has the same name but for its suffix; rename one of them")
            documents[document.id] = document
        except UnreadableDocument as error:
            unreadable.append(Unreadable(name, str(error)))
    progress("reading", len(paths), len(paths))
    if not documents:
        why = f" ({unreadable[0].path}: {unreadable[0].why})" if unreadable else ""
        raise EmptyCorpus(f"no paper in {folder} can be read{why}; put text files (.txt) there")
    return Corpus(tuple(documents[key] for key in sorted(documents)), tuple(unreadable))


def read_document(path: Path, folder: Path) -> Document:
    """Read one file; its id is its path under `folder` without the suffix.

    Raises:
        UnreadableDocument: the file cannot be opened, is of a kind without a reader, or is no text.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UnreadableDocument(f"no reader for this kind of file; save it as text ({', '.join(SUFFIXES)})")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"{error.strerror}; make the file readable") from None
    layout = lay_out(pages_of_lines(decode(content)))
    document = Document(
        id=path.relative_to(folder).with_suffix("").as_posix(),
        title="",
        text=layout.text,
        pages=layout.pages,
        units=(),
        footnotes=layout.footnotes,
        removed=layout.removed,
        metadata=Metadata(),
        digest=hashlib.sha256(content).hexdigest(),
    )
    return named(document)


def named(document: Document) -> Document:
    """Give a laid-out document its units, title and metadata."""
    units = name_units(document.text, document.page_at, document.pages)
    metadata = identify(document.id, document.text)
    title = title_of(document.id, document.text, units, metadata)
    return replace(document, units=units, metadata=metadata, title=title)


def _is_paper(path: Path) -> bool:
    return path.suffix.lower() != ".md" and not any(part.startswith(".") for part in path.parts)
