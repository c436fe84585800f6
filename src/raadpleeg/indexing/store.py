"""The embedded `PassageStore`: an exact FAISS index of inner products.

Exact search over 100,000 passages of 384 numbers takes some 10 ms on two cores, so nothing approximate is needed on
one machine. Who outgrows that goes to a server, behind the same protocol.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from raadpleeg.errors import IndexCorrupt
from raadpleeg.records import Ids, Vectors


class FaissStore:
    """Vectors by id in memory, on disk one file."""

    def __init__(self, dimension: int) -> None:
        self._index: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dimension))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._index.d)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take in one row for each id; an id that is there already is replaced.

        Raises:
            ValueError: rows and ids differ in number, an id comes twice, or a row has another dimension.
        """
        if vectors.shape != (len(ids), self.dimension) or len(set(ids.tolist())) != len(ids):
            raise ValueError(f"{len(ids)} ids need as many rows of {self.dimension}, got {vectors.shape}")
        self.delete(ids)
        self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids.astype(np.int64))

    def delete(self, ids: Ids) -> None:
        """Forget these ids; unknown ones are left out of account."""
        if len(ids) and len(self):
            self._index.remove_ids(faiss.IDSelectorBatch(ids.astype(np.int64)))

    def search(self, vector: Vectors, k: int, allowed: Collection[int] | None = None) -> tuple[Ids, Vectors]:
        """Give the ids of the `k` nearest rows and their cosines, best first; an empty `allowed` finds nothing."""
        if not len(self) or k < 1 or (allowed is not None and not allowed):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        options = {}
        if allowed is not None:
            selector = faiss.IDSelectorBatch(np.fromiter(allowed, np.int64))
            options["params"] = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, ids = self._index.search(vector.reshape(1, -1).astype(np.float32), min(k, len(self)), **options)
        found = ids[0] >= 0  # FAISS fills up with -1 where fewer rows are allowed than were asked for
        return ids[0][found], scores[0][found]

    def vectors(self, ids: Ids) -> Vectors:
        """Give the stored rows of `ids`, in that order."""
        if not len(ids):
            return np.empty((0, self.dimension), np.float32)
        rows: Vectors = self._index.reconstruct_batch(ids.astype(np.int64))
        return rows

    def save(self, path: Path) -> None:
        """Write everything to one file."""
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> FaissStore:
        """Open what `save` wrote.

        Raises:
            IndexCorrupt: the file is no FAISS index.
        """
        try:
            index = faiss.read_index(str(path))
        except RuntimeError:
            raise IndexCorrupt(f"{path} cannot be opened; run `raadpleeg index --rebuild`") from None
        store = cls(index.d)
        store._index = index
        return store
