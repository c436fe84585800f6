"""Papers that come into the corpus folder by way of the page, and that leave it: files only, no index and no page.

A file that comes is read before it is taken in, in a process of its own as every paper is, so that what cannot be read
never stands in the corpus. Nothing is ever overwritten, and what is removed is put in a folder beside the corpus.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.confining import Confined
from raadpleeg.records import Document

SUFFIXES = (".pdf", ".txt", ".docx", ".odt", ".html", ".htm", ".xml")
"""What a browser offers to choose; whether a file can be read is told from its bytes."""
LARGEST = 50_000_000
"""Bytes of one file: the longest real papers have some ten million."""
LONGEST_NAME = 100
"""Characters of a file's name, without its suffix."""
REMOVED = "removed"
"""The folder beside the corpus that takes what is removed."""

_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{number}" for number in range(1, 10)), *(f"lpt{n}" for n in range(1, 10)))
)
"""Names that are no files on Windows."""


class TwiceThere(UnreadableDocument):
    """The very same file is in the corpus already; `document` is its id."""

    def __init__(self, document: str) -> None:
        super().__init__(f"the same file is in the corpus already, as {document}")
        self.document = document


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was taken into the corpus."""

    path: Path
    document: Document
    """As it will be read, with the id that its place gives it."""


def safe_name(name: str) -> str:
    """Make a file's name that can do no harm of whatever a browser calls a file: no folder, no sign, not too long.

    Letters and figures of every script stay; what is no suffix of a paper becomes part of the name, before ``.txt``.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem, dot, suffix = last.rpartition(".")
    if f".{suffix.lower()}" not in SUFFIXES or not stem:
        stem, suffix = (f"{stem}-{suffix}" if stem else suffix) if dot else last, "txt"
    plain = re.sub(r"[^\w. -]+", "-", stem)
    plain = re.sub(r"\s+", " ", re.sub(r"\.{2,}", ".", plain)).strip(" .-_")[:LONGEST_NAME].strip(" .-_")
    if not any(char.isalnum() for char in plain) or plain.split(".")[0].casefold() in _DEVICES:
        plain = f"stuk-{plain}".rstrip(" .-_") if plain else "stuk"
    return f"{plain}.{suffix.lower()}"


def take_in(source: Path, name: str, corpus: Path, known: Mapping[str, Document]) -> Taken:
    """Read a file, and copy it into the corpus under a name that is free there.

    Args:
        source: where the file stands now; it is left alone.
        name: what it was called.
        corpus: the folder of the papers; it is made where there is none.
        known: the papers of the index, by id.

    Raises:
        TwiceThere: the corpus has a paper with the very same bytes.
        UnreadableDocument: it is too large, cannot be read, or the folder cannot be written.
    """
    try:
        size = source.stat().st_size
        if size > LARGEST:
            raise UnreadableDocument(
                f"the file has {size / 1e6:,.0f} MB, at most {LARGEST / 1e6:.0f} MB are taken in; split it"
            )
        with source.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        for key, document in known.items():
            if document.digest == digest:
                raise TwiceThere(key)
        corpus.mkdir(parents=True, exist_ok=True)
        # Read under the name that it will have: a paper may tell what it is by its name alone.
        path = _free(corpus, safe_name(name))
        with tempfile.TemporaryDirectory(prefix="raadpleeg-") as beside:
            trial = Path(beside) / path.name
            shutil.copyfile(source, trial)
            with Confined() as confined:
                document = confined.read(trial, Path(beside))
            return Taken(_copied(trial, corpus, path.name), document)
    except OSError as error:
        where = error.filename or corpus
        raise UnreadableDocument(f"{where} cannot be written or read ({error.strerror or error}); mend that") from None


def put_away(path: Path, corpus: Path) -> Path:
    """Move a paper's file out of the corpus, to the same place in the folder for what was removed; give its new path.

    Raises:
        UnreadableDocument: it is gone, or one of the folders cannot be written.
    """
    folder = corpus.absolute().parent / REMOVED / path.relative_to(corpus).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place = _free(folder, path.name, by_name_alone=True)
        shutil.move(path, place)
        return place
    except OSError as error:
        where = error.filename or path
        raise UnreadableDocument(f"{where} cannot be moved ({error.strerror or error}); mend that") from None


def file_of(document: Document, corpus: Path) -> Path | None:
    """Give the file that a paper was made of, or None where the corpus has no such file (any more)."""
    for path in _files(corpus):
        if path.relative_to(corpus).with_suffix("").as_posix() == document.id:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() == document.digest:
                    return path
    return None


def missing_from(corpus: Path, known: Mapping[str, Document]) -> tuple[str, ...]:
    """Give the papers of an index that the corpus folder has no file for: it may be the index of another folder."""
    there = {path.relative_to(corpus).with_suffix("").as_posix() for path in _files(corpus)}
    return tuple(key for key in known if key not in there)


def _files(corpus: Path) -> list[Path]:
    if not corpus.is_dir():
        return []
    return sorted(
        path
        for path in corpus.rglob("*")
        if path.is_file()
        and path.suffix.lower() != ".md"
        and not any(one.startswith(".") for one in path.relative_to(corpus).parts)
    )


def _free(folder: Path, name: str, by_name_alone: bool = False) -> Path:
    """Give a path that nothing stands at; in a corpus no other suffix either, for a paper's id has none."""
    stem, _, suffix = name.rpartition(".") if "." in name else (name, "", "")
    for number in count(1):
        numbered = stem if number == 1 else f"{stem}-{number}"
        path = folder / (f"{numbered}.{suffix}" if suffix else numbered)
        if path.exists() or path.is_symlink():
            continue
        if by_name_alone or not any(Path(one.name).stem == numbered for one in folder.iterdir()):
            return path
    raise ValueError("there is always another number")


def _copied(source: Path, corpus: Path, name: str) -> Path:
    """Copy a file to a free path, also where another takes that path meanwhile; what is half copied is taken away."""
    while True:
        path = _free(corpus, name)
        try:
            target = path.open("xb")
        except FileExistsError:
            continue
        try:
            with target, source.open("rb") as file:
                shutil.copyfileobj(file, target)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path
