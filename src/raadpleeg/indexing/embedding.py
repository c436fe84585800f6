"""The encoder: any sentence-transformers model, opened from a folder or by its hub name."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from raadpleeg.errors import ModelUnavailable
from raadpleeg.records import Vectors

BATCH = 16
"""Texts a batch; larger ones gain nothing on a processor and take memory."""


class SentenceTransformerEncoder:
    """Opens a sentence-transformers model; its own prompts ("query", "passage") are put before the texts."""

    def __init__(self, source: Path | str, weights: str, threads: int = 0) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # else it warns when a process forks
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # stdout and stderr belong to the caller
        if threads:
            torch.set_num_threads(threads)
        local = isinstance(source, Path)
        try:
            self._model: Any = SentenceTransformer(str(source), device="cpu", local_files_only=local)
        except (OSError, ValueError, KeyError) as error:
            why = str(error).splitlines()[0]
            mend = "run `raadpleeg models fetch`" if local else "set `encoder` to a folder, or to `default`"
            raise ModelUnavailable(f"the encoder {source} cannot be opened ({why}); {mend}") from None
        self._source = source
        self._weights = weights
        self._prompts = {name: self._prompt(name) for name in ("query", "passage")}

    @property
    def name(self) -> str:
        """What the manifest calls it: the folder, or the hub name."""
        return self._source.name if isinstance(self._source, Path) else self._source

    @property
    def weights(self) -> str:
        """The fingerprint of its files."""
        return self._weights

    @property
    def network(self) -> tuple[Any, Any]:
        """The layers that turn tokens into states, and the tokenizer: for what is built upon them."""
        return self._model[0].auto_model, self._model.tokenizer

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._model.get_embedding_dimension())

    @property
    def max_tokens(self) -> int:
        """Tokens that it reads of a text, prefix and special ones included."""
        return int(self._model.max_seq_length or 512)

    def count_tokens(self, text: str) -> int:
        """Count the model's own tokens in `text`, without the prefix and the special ones."""
        return len(self._model.tokenizer.encode(text, add_special_tokens=False, verbose=False))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Give one row of unit length for each text, as something to be found."""
        return self._encode(texts, "passage")

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Give one row of unit length for each text, as something that looks."""
        return self._encode(texts, "query")

    def _encode(self, texts: Sequence[str], role: str) -> Vectors:
        if not texts:
            return np.empty((0, self.dimension), np.float32)
        rows: Vectors = self._model.encode(
            list(texts),
            prompt=self._prompts[role],
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return rows.astype(np.float32, copy=False)

    def _prompt(self, name: str) -> str:
        """Take the model's own prompt; sentence-transformers says "document" where e5 says "passage"."""
        prompts: dict[str, str] = self._model.prompts
        return prompts.get(name) or (prompts.get("document") or "" if name == "passage" else "")
