"""A small reader: looks at a question and the best sentences together, and says which of them answer it, if any.

The network is the encoder's own, with small changes to its matrices (LoRA: Hu et al. 2021, arXiv:2106.09685), and one
score for each sentence: from the mean of its tokens' states and from what retrieval knew of it, less the score of "none
of these", which the first token's state tells. So a score is the log of the odds that a sentence answers. `training/`
makes the changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from raadpleeg.errors import ModelUnavailable
from raadpleeg.weights.adapters import made_for, read_adapter

if TYPE_CHECKING:
    import torch

FILE = "reranker.safetensors"

MATRICES = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""Names of the matrices in a layer of BERT that are changed."""
CONTEXT = 40
"""Tokens kept of what stands above sentences."""
SENTENCE = 120
"""Tokens kept of a sentence."""
QUESTION = 96
"""Tokens kept of a question: the last ones, for what it leans on stands before it."""
BEGIN, END = 0, 2
"""XLM-RoBERTa's own tokens at the borders of a text."""

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of one passage, in the order of the paper, under what stands above them."""

    context: str
    sentences: tuple[str, ...]
    features: npt.NDArray[np.float32]
    """What retrieval knows of each, shape ``(sentences, features)``."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What the network reads: tokens, and for each the number of its sentence, or -1."""

    tokens: tuple[int, ...]
    of: tuple[int, ...]


def lay_out(question: Sequence[int], groups: Sequence[tuple[Sequence[int], Sequence[Sequence[int]]]]) -> Layout:
    """Put a question, and under each context its sentences, in one row of tokens.

    Args:
        question: its tokens, without special ones.
        groups: tokens of each context, and of the sentences under it.
    """
    tokens = [BEGIN, *question[-QUESTION:], END]
    of = [-1] * len(tokens)
    number = 0
    for context, sentences in groups:
        above = [*context[:CONTEXT], END]
        tokens += above
        of += [-1] * len(above)
        for sentence in sentences:
            own = [*sentence[:SENTENCE], END]
            tokens += own
            of += [number] * len(own)
            number += 1
    return Layout(tuple(tokens), tuple(of))


def states(
    network: Any, embeddings: Any, layout: Layout, precision: torch.dtype | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Give the mean state of each sentence, shape ``(sentences, dimension)``, and the state of the first token.

    Args:
        network: the layers.
        embeddings: what turns tokens into the first states.
        layout: what is read.
        precision: of the layers.
    """
    import torch

    tokens = torch.tensor([layout.tokens])
    first = embeddings(input_ids=tokens)
    last = network(first if precision is None else first.to(precision)).last_hidden_state[0].float()
    of = torch.tensor(layout.of)
    own = of >= 0
    count = max(layout.of) + 1
    sums = torch.zeros(count, last.shape[1]).index_add(0, of[own], last[own])
    return sums / torch.bincount(of[own], minlength=count)[:, None], last[0]


class Reranker:
    """Scores sentences for a question. Not safe to share between threads without a lock."""

    def __init__(self, bert: Any, tokenizer: Any) -> None:
        """Put the changes that come with raadpleeg over the layers of `bert`, which stays as it is.

        Raises:
            ModelUnavailable: the file is damaged, or does not fit the encoder.
        """
        import torch

        with _weights() as path:
            changes = {name: torch.from_numpy(array) for name, array in read_adapter(path).items()}
        self._embeddings = bert.embeddings
        self._network = changed(bert.encoder, changes)
        self._precision = torch.bfloat16
        self._network.to(self._precision).eval()
        self._head, self._none, self._bias = (changes[name] for name in ("head.weight", "none.weight", "head.bias"))
        self._features = changes["features.weight"]
        self._tokenizer = tokenizer

    def count_tokens(self, text: str, most: int) -> int:
        """Count the tokens of a text of which `scores` reads no more than `most`."""
        return min(most, len(self._tokens(text)))

    def scores(self, question: str, groups: Sequence[Group]) -> Scores:
        """Give for each sentence, group by group, the log of the odds that it answers the question."""
        import torch

        read = [(self._tokens(one.context), [self._tokens(words) for words in one.sentences]) for one in groups]
        layout = lay_out(self._tokens(question), read)
        features = torch.from_numpy(np.concatenate([one.features for one in groups])).float()
        with torch.inference_mode():
            means, first = states(self._network, self._embeddings, layout, self._precision)
            known = means @ self._head - first @ self._none
            found: Scores = (known + features @ self._features + self._bias).numpy()
        return found

    def _tokens(self, text: str) -> list[int]:
        tokens: list[int] = self._tokenizer.encode(text, add_special_tokens=False, verbose=False)
        return tokens


def encoder_of_reranker() -> str | None:
    """Give the fingerprint of the encoder whose layers the reranker changes; None where no reranker came along."""
    with _weights() as path:
        return made_for(path)


def _weights() -> AbstractContextManager[Path]:
    return as_file(files("raadpleeg.answering") / "data" / FILE)


def changed(layers: Any, changes: Any) -> Any:
    """Give a copy of the layers with the changes added to their matrices.

    Raises:
        ModelUnavailable: the changes belong to other layers.
    """
    from copy import deepcopy

    made = deepcopy(layers)
    for name, module in matrices(made):
        if f"{name}.down" not in changes:
            continue
        change = changes[f"{name}.up"] @ changes[f"{name}.down"]
        if change.shape != module.weight.shape:
            raise ModelUnavailable("the reranker belongs to another encoder; install raadpleeg anew")
        module.weight.data += change
    return made


def matrices(layers: Any) -> list[tuple[str, Any]]:
    """Give the matrices that may be changed, each with its name."""
    return [(name, module) for name, module in layers.named_modules() if name.endswith(MATRICES)]
