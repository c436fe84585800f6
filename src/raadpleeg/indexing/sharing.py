"""An encoder that several use at once: whoever embeds a whole paper lets a question that waits go first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from time import sleep

import numpy as np

from raadpleeg.records import Encoder, Vectors

IN_TURN = 8
"""Texts that are encoded before another gets its turn."""
YIELD = 0.001
"""Seconds in which it can take it: a lock that is given back and taken again at once never comes to who waits."""


class Shared:
    """An encoder of which each call takes its turn, for tokenizers keep state and are not safe to share.

    Args:
        encoder: what encodes.
        turn: the lock that everybody who uses `encoder` takes.
    """

    def __init__(self, encoder: Encoder, turn: threading.Lock) -> None:
        self._encoder = encoder
        self._turn = turn

    @property
    def name(self) -> str:
        """That of the encoder, as are the next three."""
        return self._encoder.name

    @property
    def weights(self) -> str:
        """A fingerprint."""
        return self._encoder.weights

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return self._encoder.dimension

    @property
    def max_tokens(self) -> int:
        """The longest text, with its prefix."""
        return self._encoder.max_tokens

    def count_tokens(self, text: str) -> int:
        """Count the model's own tokens."""
        with self._turn:
            return self._encoder.count_tokens(text)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Give one row for each text, a few texts at a time."""
        return self._in_parts(texts, self._encoder.encode_passages)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Give one row for each text, a few texts at a time."""
        return self._in_parts(texts, self._encoder.encode_queries)

    def _in_parts(self, texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
        parts: list[Vectors] = []
        for start in range(0, max(1, len(texts)), IN_TURN):
            with self._turn:
                parts.append(encode(texts[start : start + IN_TURN]))
            sleep(YIELD)
        return np.concatenate(parts)
