"""An encoder for comparisons: what is compared comes after it, so no question is encoded twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


class Remembering:
    """The encoder, with each text encoded once: what is compared comes after it."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self._known: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def encode_queries(self, texts: Sequence[str]) -> Any:
        new = [text for text in texts if text not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode_queries(new), strict=True))
        return np.stack([self._known[text] for text in texts])
