"""What stands on disk: one folder a generation, written whole or not at all.

```
index/CURRENT                      the name of the generation that counts
index/generations/NAME/            documents.jsonl passages.jsonl vectors.faiss sentences.npy lexical/ manifest.json
```

A generation is written beside the others, synced, moved into place, and only then named in ``CURRENT`` (by rename).
Whoever is killed on the way leaves the former generation in force. `manifest.json` holds a sha256 for every file, and
`open_index` checks them all before it believes anything.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from raadpleeg.errors import IndexCorrupt, IndexMismatch, IndexMissing
from raadpleeg.indexing.lexical import LexicalIndex
from raadpleeg.indexing.store import FaissStore
from raadpleeg.reading.rows import document_of, row_of
from raadpleeg.records import Document, Encoder, Ids, Passage
from raadpleeg.weights.digests import sha256_of

LAYOUT = 3
"""Version of the files; another one is built anew."""

REBUILD = "run `raadpleeg index --rebuild`"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Index:
    """An index in memory. A passage's number is its place in `passages`; the store and the lexical arm go by it."""

    documents: Mapping[str, Document]
    passages: tuple[Passage, ...]
    """In order of document and place, so that the passages of a document stand together."""
    numbers: Mapping[str, range]
    """For each document the numbers of its passages."""
    store: FaissStore
    sentences: tuple[tuple[Span, ...], ...]
    """For each passage the spans of its sentences."""
    sentence_vectors: npt.NDArray[np.float16]
    """One row for each sentence of each passage, in order; float16 to keep large corpora in memory."""
    sentence_rows: Ids
    """For each passage the row of its first sentence, and one more for the end."""
    lexical: LexicalIndex
    manifest: Mapping[str, Any]


def assemble(
    documents: Mapping[str, Document],
    passages: Sequence[Passage],
    store: FaissStore,
    sentences: Sequence[tuple[Span, ...]],
    sentence_vectors: npt.NDArray[np.float16],
    lexical: LexicalIndex,
    manifest: Mapping[str, Any],
) -> Index:
    """Put an index together; what can be derived is derived here, once."""
    firsts: dict[str, int] = {}
    for number, passage in enumerate(passages):
        firsts.setdefault(passage.document.id, number)
    ends = [*list(firsts.values())[1:], len(passages)] if firsts else []
    return Index(
        documents=documents,
        passages=tuple(passages),
        numbers={key: range(first, end) for (key, first), end in zip(firsts.items(), ends, strict=True)},
        store=store,
        sentences=tuple(sentences),
        sentence_vectors=sentence_vectors,
        sentence_rows=np.cumsum([0, *(len(spans) for spans in sentences)]),
        lexical=lexical,
        manifest=manifest,
    )


def current(folder: Path) -> Path | None:
    """Give the folder of the generation in force, or None where there is none."""
    try:
        name = (folder / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    path = folder / "generations" / name
    return path if name and path.is_dir() else None


def read_manifest(folder: Path) -> Mapping[str, Any]:
    """Read the manifest of the generation in force.

    Raises:
        IndexMissing: nothing was built in `folder`.
        IndexCorrupt: the manifest cannot be read.
        IndexMismatch: another version of raadpleeg wrote it.
    """
    return _in_force(folder)[1]


def _in_force(folder: Path) -> tuple[Path, Mapping[str, Any]]:
    """Give the generation in force and its manifest, read together: another run may name a newer one meanwhile."""
    generation = current(folder)
    if generation is None:
        raise IndexMissing(f"there is no index in {folder}; run `raadpleeg index`")
    try:
        manifest = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
        layout = manifest["layout"]
    except (OSError, ValueError, KeyError, TypeError):
        raise IndexCorrupt(f"the manifest of the index in {folder} cannot be read; {REBUILD}") from None
    if layout != LAYOUT:
        raise IndexMismatch(f"the index in {folder} was written by another version of raadpleeg; {REBUILD}")
    return generation, dict(manifest)


def open_index(folder: Path, encoder: Encoder | None = None) -> Index:
    """Open the generation in force; with `encoder`, only if it was built with that one.

    Raises:
        IndexMissing: nothing was built in `folder`.
        IndexMismatch: it was built with another encoder, or by another version.
        IndexCorrupt: a file is gone or was altered.
    """
    generation, manifest = _in_force(folder)
    if encoder is not None:
        check_encoder(manifest, encoder)
    for name, digest in manifest["files"].items():
        path = generation / name
        if not path.is_file() or sha256_of(path) != digest:
            raise IndexCorrupt(f"{path} is gone or was altered; {REBUILD}")
    documents = {one["id"]: document_of(one) for one in _read_lines(generation / "documents.jsonl")}
    rows = list(_read_lines(generation / "passages.jsonl"))
    return assemble(
        documents=documents,
        passages=[Passage(documents[row["document"]], row["start"], row["end"]) for row in rows],
        store=FaissStore.load(generation / "vectors.faiss"),
        sentences=[tuple((start, end) for start, end in row["sentences"]) for row in rows],
        sentence_vectors=np.load(generation / "sentences.npy", mmap_mode="r"),
        lexical=LexicalIndex.load(generation / "lexical"),
        manifest=manifest,
    )


def stored_documents(folder: Path) -> Mapping[str, Document]:
    """Give the documents alone of the generation in force.

    Raises:
        IndexMissing: nothing was built in `folder`.
        IndexMismatch: another version of raadpleeg wrote it.
        IndexCorrupt: they are gone or were altered.
    """
    generation, manifest = _in_force(folder)
    path = generation / "documents.jsonl"
    if not path.is_file() or sha256_of(path) != manifest["files"].get(path.name):
        raise IndexCorrupt(f"{path} is gone or was altered; {REBUILD}")
    return {one["id"]: document_of(one) for one in _read_lines(path)}


def check_encoder(manifest: Mapping[str, Any], encoder: Encoder) -> None:
    """Hold that the index was built with this very encoder.

    Raises:
        IndexMismatch: it was not.
    """
    built = manifest["encoder"]
    if (built["weights"], built["dimension"]) != (encoder.weights, encoder.dimension):
        raise IndexMismatch(
            f"the index was built with the encoder {built['name']}, not with {encoder.name}; "
            "set `encoder` back, or run `raadpleeg index --rebuild`"
        )


def write_generation(folder: Path, index: Index) -> Mapping[str, Any]:
    """Write an index beside the one in force and put it in its place; give the manifest with the files' hashes."""
    generations = folder / "generations"
    generations.mkdir(parents=True, exist_ok=True)
    _sweep(generations, keep=current(folder))
    partial = Path(tempfile.mkdtemp(prefix=".writing-", dir=generations))
    try:
        _write_lines(partial / "documents.jsonl", (row_of(document) for document in index.documents.values()))
        _write_lines(partial / "passages.jsonl", map(_passage_row, index.passages, index.sentences))
        index.store.save(partial / "vectors.faiss")
        np.save(partial / "sentences.npy", index.sentence_vectors)
        index.lexical.save(partial / "lexical")
        files = sorted(path for path in partial.rglob("*") if path.is_file())
        hashes = {path.relative_to(partial).as_posix(): sha256_of(path) for path in files}
        manifest = {**index.manifest, "layout": LAYOUT, "created": _now(), "files": hashes}
        (partial / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        folders = sorted((path for path in partial.rglob("*") if path.is_dir()), reverse=True)
        for path in (*files, partial / "manifest.json", *folders, partial):
            _sync(path)
        partial.chmod(0o755)  # mkdtemp lets nobody else in
        place = generations / f"{_now().replace(':', '').replace('-', '')}-{partial.name[-8:]}"
        partial.rename(place)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    _sync(generations)
    before = current(folder)
    _point(folder, place.name)
    # Whoever has the former generation open reads it from memory or from an open file; one is kept to go back to.
    _sweep(generations, keep=place, also=before)
    return manifest


def _point(folder: Path, name: str) -> None:
    pointer = folder / ".CURRENT.writing"
    pointer.write_text(name + "\n", encoding="utf-8")
    _sync(pointer)
    pointer.replace(folder / "CURRENT")
    _sync(folder)


def _sweep(generations: Path, keep: Path | None, also: Path | None = None) -> None:
    """Remove what interrupted runs and former generations left."""
    for path in generations.iterdir():
        if path not in (keep, also):
            shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _write_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _read_lines(path: Path) -> Iterable[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _passage_row(passage: Passage, spans: tuple[Span, ...]) -> dict[str, Any]:
    return {"document": passage.document.id, "start": passage.start, "end": passage.end, "sentences": spans}
