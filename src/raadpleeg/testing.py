"""Fakes for the seams, for tests of what stands on raadpleeg: small, deterministic, and no model needed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from raadpleeg.indexing.words import terms
from raadpleeg.records import Message, Vectors


class HashedEncoder:
    """A bag of hashed stems: texts that share words have a high cosine, so that ranking means something."""

    def __init__(self, dimension: int = 256, name: str = "hashed") -> None:
        self._dimension = dimension
        self._name = name

    @property
    def name(self) -> str:
        """What the manifest calls it."""
        return self._name

    @property
    def weights(self) -> str:
        """A fingerprint that follows name and dimension."""
        return hashlib.sha256(f"{self._name} {self._dimension}".encode()).hexdigest()

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return self._dimension

    @property
    def max_tokens(self) -> int:
        """As a real encoder has it."""
        return 512

    def count_tokens(self, text: str) -> int:
        """Count words."""
        return len(text.split())

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Give one row of unit length for each text."""
        rows = np.zeros((len(texts), self._dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in terms(text) or [text]:
                digest = hashlib.sha256(term.encode()).digest()
                row[int.from_bytes(digest[:4], "big") % self._dimension] += 1.0
            row /= np.linalg.norm(row)
        return rows

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Give the same rows as for passages."""
        return self.encode_passages(texts)


class ScriptedGenerator:
    """Says what it was told to say, one answer a question, word by word; remembers what it was asked."""

    def __init__(self, answers: Sequence[str], name: str = "scripted") -> None:
        self._answers = list(answers)
        self._name = name
        self.asked: list[tuple[Message, ...]] = []
        self.stopped = 0

    @property
    def name(self) -> str:
        """What answers call it."""
        return self._name

    def stream(self, messages: Sequence[Message], grammar: str | None = None) -> Iterator[str]:
        """Give the next answer of the script, in pieces.

        Raises:
            ValueError: the script has no more answers.
        """
        if len(self.asked) >= len(self._answers):
            raise ValueError("the script has no more answers")
        words = self._answers[len(self.asked)].split(" ")
        self.asked.append(tuple(messages))
        try:
            for number, word in enumerate(words):
                yield word if number == 0 else " " + word
        except GeneratorExit:
            self.stopped += 1
            raise
