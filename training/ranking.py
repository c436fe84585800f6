"""Fits the weights of the first ranking: a listwise softmax over the sentences that were offered for each question."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

STEPS = 400
RATE = 0.03
PENALTY = 0.01
"""Of the squared weights of standardised features."""


def fit(features: Sequence[npt.NDArray[np.float32]], right: Sequence[npt.NDArray[np.bool_]]) -> npt.NDArray[np.float32]:
    """Give one weight for each feature: those that make the right sentences likeliest among the offered ones.

    Args:
        features: for each question, shape ``(sentences, features)``.
        right: for each question, which sentences answer it; questions without any teach nothing.
    """
    import torch

    rows = [(one, yes) for one, yes in zip(features, right, strict=True) if yes.any()]
    longest = max(len(one) for one, _ in rows)
    columns = np.concatenate([one for one, _ in rows])
    mean, spread = columns.mean(0), columns.std(0) + 1e-6
    padded = torch.zeros(len(rows), longest, columns.shape[1])
    there = torch.full((len(rows), longest), -torch.inf)
    answers = torch.full((len(rows), longest), -torch.inf)
    for at, (one, yes) in enumerate(rows):
        padded[at, : len(one)] = torch.from_numpy((one - mean) / spread)
        there[at, : len(one)] = 0
        answers[at, : len(one)][torch.from_numpy(yes)] = 0
    weights = torch.zeros(columns.shape[1], requires_grad=True)
    optimiser = torch.optim.Adam([weights], RATE)
    for _ in range(STEPS):
        scores = padded @ weights
        loss = (
            (scores + there).logsumexp(1) - (scores + answers).logsumexp(1)
        ).mean() + PENALTY * weights.square().sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    found: npt.NDArray[np.float32] = weights.detach().numpy() / spread
    return found
