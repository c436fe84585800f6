"""The offline spine: a folder of papers becomes an index, and only what changed is embedded again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout

from raadpleeg.errors import IndexCorrupt, IndexMismatch, IndexMissing, RaadpleegError
from raadpleeg.indexing import lexical, splitting, words
from raadpleeg.indexing.blocks import blocks, in_context
from raadpleeg.indexing.generation import (
    Index,
    Span,
    assemble,
    open_index,
    read_manifest,
    stored_documents,
    write_generation,
)
from raadpleeg.indexing.lexical import LexicalIndex
from raadpleeg.indexing.store import FaissStore
from raadpleeg.reading import reader
from raadpleeg.reading.reader import read_corpus
from raadpleeg.reading.sentences import sentences, with_context
from raadpleeg.records import Corpus, Document, Encoder, Passage, Progress, Unreadable, Vectors, no_progress

SENTENCES = 1
"""Version of what is embedded for a sentence; another one builds everything again."""
PASSAGES = 2
"""Version of what is embedded for a passage: its words under the paper's title and the labels above it."""

ROOM = 16
"""Tokens that are kept free for the encoder's prefix and its special tokens."""

BLOCK = 64
"""Texts between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of `build` did."""

    documents: int
    passages: int
    embedded: int
    removed: int
    unreadable: tuple[Unreadable, ...]
    changed: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage with all that is stored for it."""

    passage: Passage
    vector: Vectors
    spans: tuple[Span, ...]
    sentence_vectors: Vectors


def build(
    corpus: Path,
    folder: Path,
    open_encoder: Callable[[], Encoder],
    weights: str,
    passage_tokens: int,
    rebuild: bool = False,
    progress: Progress = no_progress,
) -> Report:
    """Bring the index in `folder` up to date with the papers in `corpus`.

    Args:
        corpus: folder with the papers.
        folder: where the index stands.
        open_encoder: opens the encoder; called only if there is something to embed.
        weights: the fingerprint of that encoder, which costs less to know than the encoder to open.
        passage_tokens: longest passage, in the encoder's tokens.
        rebuild: embed everything again.
        progress: is told what goes on.

    Raises:
        EmptyCorpus: there is nothing to index; an index that stands is left as it is.
        IndexMismatch: it was built with another encoder or other settings, and `rebuild` was not asked for.
        RaadpleegError: another run is writing to the same folder.
    """
    read = read_corpus(corpus, progress, known_documents(folder))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / ".lock", timeout=0):
            return _build(read, folder, open_encoder, weights, passage_tokens, rebuild, progress)
    except Timeout:
        raise RaadpleegError(f"another run is building the index in {folder}; wait until it is done") from None


def build_documents(
    read: Corpus,
    folder: Path,
    open_encoder: Callable[[], Encoder],
    weights: str,
    passage_tokens: int,
    embed_sentences: bool = True,
    progress: Progress = no_progress,
) -> Report:
    """Bring the index in `folder` up to date with documents that were read already: of a public set, for measuring.

    Without `embed_sentences` passages have no sentences: enough for searching, and done in a fifth of the time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        return _build(read, folder, open_encoder, weights, passage_tokens, False, progress, embed_sentences)


def known_documents(folder: Path) -> Mapping[str, Document]:
    """Give the documents that an index holds, if its papers would be read the same way today."""
    try:
        return stored_documents(folder) if read_manifest(folder)["reader"] == reader.VERSION else {}
    except (IndexMissing, IndexCorrupt, IndexMismatch):
        return {}


def _build(
    read: Corpus,
    folder: Path,
    open_encoder: Callable[[], Encoder],
    weights: str,
    passage_tokens: int,
    rebuild: bool,
    progress: Progress,
    embed_sentences: bool = True,
) -> Report:
    recipe = {
        "reader": reader.VERSION,
        "splitter": {"version": splitting.VERSION, "passage_tokens": passage_tokens},
        "sentences": SENTENCES if embed_sentences else 0,
        "embedded": PASSAGES,
        "lexical": [words.VERSION, lexical.VERSION],
    }
    before = None if rebuild else _former(folder, weights)
    digests = {document.id: document.digest for document in read.documents}
    same_recipe = before is not None and all(before.get(key) == recipe[key] for key in recipe)
    former = dict(before["corpus"]["documents"]) if before is not None else {}
    gone = len(former.keys() - digests.keys())
    if before is not None and same_recipe and former == digests:
        return Report(len(digests), before["passages"], 0, 0, read.unreadable, changed=False)

    kept = _pieces_of(open_index(folder)) if same_recipe else {}
    encoder = open_encoder()
    tokens = min(passage_tokens, encoder.max_tokens - ROOM)
    pieces: list[_Piece] = []
    fresh: list[Passage] = []
    for document in read.documents:
        if former.get(document.id) == document.digest and document.id in kept:
            pieces += kept[document.id]
        else:
            fresh += splitting.split(document, encoder.count_tokens, tokens)
    pieces += _embedded(fresh, encoder, progress, embed_sentences)
    pieces.sort(key=lambda piece: (piece.passage.document.id, piece.passage.start))

    index = _index_of(
        read, pieces, encoder, {**recipe, "encoder": _identity(encoder), "passages": len(pieces)}, digests
    )
    write_generation(folder, index)
    return Report(len(digests), len(pieces), len(fresh), gone, read.unreadable, changed=True)


def _former(folder: Path, weights: str) -> Mapping[str, Any] | None:
    """Give the manifest of what stands.

    A damaged index, and one of another version, count as none, for everything in it can be made again.
    """
    try:
        manifest = read_manifest(folder)
    except (IndexMissing, IndexCorrupt, IndexMismatch):
        return None
    built = manifest["encoder"]
    if built["weights"] != weights:
        raise IndexMismatch(
            f"the index in {folder} was built with another encoder ({built['name']}); "
            "set `encoder` back, or run `raadpleeg index --rebuild`"
        )
    return manifest


def _pieces_of(index: Index) -> dict[str, list[_Piece]]:
    """Take an index apart again, by document."""
    numbers = np.arange(len(index.passages))
    vectors = index.store.vectors(numbers)
    rows = index.sentence_rows
    pieces: dict[str, list[_Piece]] = {}
    for number, passage in enumerate(index.passages):
        own = np.asarray(index.sentence_vectors[rows[number] : rows[number + 1]], dtype=np.float32)
        piece = _Piece(passage, vectors[number], index.sentences[number], own)
        pieces.setdefault(passage.document.id, []).append(piece)
    return pieces


def _embedded(passages: list[Passage], encoder: Encoder, progress: Progress, embed_sentences: bool) -> list[_Piece]:
    """Embed passages, to be found, and each of their sentences with what it points back to, to be quoted."""
    spans: list[tuple[Span, ...]] = [
        tuple(sentences(one.document.text, one.start, one.end)) if embed_sentences else () for one in passages
    ]
    texts = [_with_heading(passage, encoder) for passage in passages]
    for passage, own in zip(passages, spans, strict=True):
        text = passage.document.text
        texts += [text[slice(*with_context(text, start, end))] for start, end in own]
    vectors = _encoded(texts, encoder, progress)
    pieces: list[_Piece] = []
    position = len(passages)
    for number, (passage, own) in enumerate(zip(passages, spans, strict=True)):
        pieces.append(_Piece(passage, vectors[number], own, vectors[position : position + len(own)]))
        position += len(own)
    return pieces


def _with_heading(passage: Passage, encoder: Encoder) -> str:
    """Put title and labels above a passage, where the encoder has room for them: its own words must not be cut off."""
    text = in_context(passage)
    return text if encoder.count_tokens(text) <= encoder.max_tokens - ROOM else passage.text


def _encoded(texts: list[str], encoder: Encoder, progress: Progress) -> Vectors:
    vectors = np.empty((len(texts), encoder.dimension), np.float32)
    for start in range(0, len(texts), BLOCK):
        progress("embedding", start, len(texts))
        vectors[start : start + BLOCK] = encoder.encode_passages(texts[start : start + BLOCK])
    progress("embedding", len(texts), len(texts))
    return vectors


def _index_of(
    read: Corpus, pieces: list[_Piece], encoder: Encoder, recipe: dict[str, Any], digests: dict[str, str]
) -> Index:
    store = FaissStore(encoder.dimension)
    store.add(np.arange(len(pieces)), np.array([piece.vector for piece in pieces]).reshape(-1, encoder.dimension))
    passages = [piece.passage for piece in pieces]
    sentence_rows = [piece.sentence_vectors for piece in pieces]
    corpus = hashlib.sha256("".join(f"{key} {value}\n" for key, value in sorted(digests.items())).encode())
    return assemble(
        documents={document.id: document for document in read.documents},
        passages=passages,
        store=store,
        sentences=[piece.spans for piece in pieces],
        sentence_vectors=np.concatenate([*sentence_rows, np.empty((0, encoder.dimension))]).astype(np.float16),
        lexical=LexicalIndex.build([one.text for one in passages], blocks(passages)),
        manifest={**recipe, "corpus": {"digest": corpus.hexdigest(), "documents": digests}},
    )


def _identity(encoder: Encoder) -> dict[str, Any]:
    return {"name": encoder.name, "weights": encoder.weights, "dimension": encoder.dimension}
