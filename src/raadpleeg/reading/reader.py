"""A folder of files becomes a `Corpus`; what cannot be read is named, and the rest goes on."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from raadpleeg.errors import EmptyCorpus, UnreadableDocument
from raadpleeg.reading.confining import Confined
from raadpleeg.reading.formats import docx, html, odt, pdf, publication
from raadpleeg.reading.formats.detecting import format_of
from raadpleeg.reading.formats.text import decode, pages_of_lines
from raadpleeg.reading.identity import identify, title_of
from raadpleeg.reading.kamerstuk import name_units
from raadpleeg.reading.layout import lay_out
from raadpleeg.reading.manuscript import Layout
from raadpleeg.records import Corpus, Document, Progress, Unreadable, no_progress

VERSION = 2
"""Changes when the same file would be read otherwise, so that indexes are made anew."""


def read_corpus(
    folder: Path, progress: Progress = no_progress, known: Mapping[str, Document] = MappingProxyType({})
) -> Corpus:
    """Read every paper under `folder`, in order of id. Hidden files and notes about the corpus (``.md``) are no papers.

    Every file is read in a process of its own that can be stopped (`confining`); what `known` holds with the same
    bytes is not read again.

    Raises:
        EmptyCorpus: there is no such folder, or no paper in it that can be read.
    """
    paths = _papers(folder)
    documents: dict[str, Document] = {}
    unreadable: list[Unreadable] = []
    with Confined() as confined:
        for done, path in enumerate(paths):
            progress("reading", done, len(paths))
            try:
                identity = _identity(path, folder)
                if identity in documents:
                    raise UnreadableDocument("another file has the same name but for its suffix; rename one of them")
                documents[identity] = _kept(path, known.get(identity)) or confined.read(path, folder)
            except UnreadableDocument as error:
                unreadable.append(Unreadable(path.relative_to(folder).as_posix(), str(error)))
    progress("reading", len(paths), len(paths))
    if not documents:
        why = f" ({unreadable[0].path}: {unreadable[0].why})" if unreadable else ""
        raise EmptyCorpus(
            f"no paper in {folder} can be read{why}; put papers there: "
            "PDF, text, Word (.docx), OpenDocument (.odt), HTML or official XML"
        )
    return Corpus(tuple(documents[key] for key in sorted(documents)), tuple(unreadable))


def find_document(name: str, folder: Path) -> Document:
    """Read one paper: by its id in the corpus, or by the path of a file anywhere.

    Raises:
        UnreadableDocument: it cannot be read, or there is no such paper.
        EmptyCorpus: there is no such folder.
    """
    direct = Path(name)
    if direct.is_file():
        path, inside = direct, direct.parent
    else:
        papers = {_identity(path, folder): path for path in reversed(_papers(folder))}
        if name not in papers:
            near = difflib.get_close_matches(name, papers, n=3, cutoff=0.4)
            meant = f"did you mean {', '.join(near)}?" if near else "`raadpleeg documents` lists what there is"
            raise UnreadableDocument(f"there is no paper {name} in {folder}; {meant}")
        path, inside = papers[name], folder
    with Confined() as confined:
        return confined.read(path, inside)


def _papers(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise EmptyCorpus(f"there is no folder {folder}; name the folder with your papers with --corpus")
    return [path for path in sorted(folder.rglob("*")) if not path.is_dir() and _is_paper(path.relative_to(folder))]


def _identity(path: Path, folder: Path) -> str:
    return path.relative_to(folder).with_suffix("").as_posix()


def _kept(path: Path, known: Document | None) -> Document | None:
    """Give a document that was made of these very bytes already."""
    if known is None or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return known if hashlib.file_digest(file, "sha256").hexdigest() == known.digest else None
    except OSError:
        return None  # reading it will say why


def read_document(path: Path, folder: Path) -> Document:
    """Read one file; its id is its path under `folder` without the suffix.

    Raises:
        UnreadableDocument: the file cannot be opened, is of a kind without a reader, or is no text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"{error.strerror}; make the file readable") from None
    return document_from(content, _identity(path, folder))


def document_from(content: bytes, identity: str) -> Document:
    """Make a document of a file's bytes, whatever its name says of their format.

    Raises:
        UnreadableDocument: the bytes are of no format that can be read, damaged, or without words.
    """
    layout = laid_out(content)
    if not layout.text:
        raise UnreadableDocument("there are no words in this file; remove it from the corpus")
    document = Document(
        id=identity,
        title="",
        text=layout.text,
        pages=layout.pages,
        units=(),
        footnotes=layout.footnotes,
        removed=layout.removed,
        metadata=identify(identity, layout),
        digest=hashlib.sha256(content).hexdigest(),
    )
    units = name_units(layout, document.page_at)
    return replace(document, units=units, title=title_of(identity, layout, units, document.metadata))


def laid_out(content: bytes) -> Layout:
    """Make running text of a file's bytes: told from the bytes which format they are, and read as that."""
    match format_of(content):
        case "text":
            return lay_out(pages_of_lines(decode(content)))
        case "pdf":
            return lay_out(pdf.pages(content))
        case "docx":
            return docx.write(content)
        case "odt":
            return odt.write(content)
        case "html":
            return html.write(content)
        case "publication":
            return publication.write(content)


def _is_paper(path: Path) -> bool:
    return path.suffix.lower() != ".md" and not any(part.startswith(".") for part in path.parts)
