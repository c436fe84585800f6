"""Fits the chance that the papers answer a question, by logistic regression on the signs that an assistant gathers.

Both kinds of question weigh the same, however many there are of each: what people ask is not known beforehand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from raadpleeg.answering.abstaining import log_odds

SIGNS: Mapping[str, tuple[str, ...]] = {
    "ranked": ("cosine", "dense", "lacking"),
    "reranked": ("any", "cosine", "lacking", "asking"),
}
"""The signs that are weighed at each stage before a model reads."""
STRENGTH = 0.3
"""Inverse of the penalty on the squared weights of standardised signs."""


def fit(stage: str, signs: Sequence[Mapping[str, float]], answerable: Sequence[bool]) -> dict[str, float]:
    """Give a weight for each sign of a stage, and the "bias".

    Args:
        stage: which signs there are.
        signs: of each question.
        answerable: whether the papers answer it.
    """
    names = SIGNS[stage]
    bias, weights = _fitted(np.array([[one[name] for name in names] for one in signs]), answerable)
    return {"bias": round(bias, 5), **dict(zip(names, (round(one, 5) for one in weights), strict=True))}


def fit_written(
    before: Mapping[str, float], signs: Sequence[Mapping[str, float]], answerable: Sequence[bool]
) -> dict[str, float]:
    """Give the weights once a model has read the sentences, and the "bias".

    Few questions are read by a model, for that is slow. So only two things are fitted: how much the chance before
    counts, and how much the model's own chance that nothing is there ("none").

    Args:
        before: weights of the stage before.
        signs: of each question, with "none".
        answerable: whether the papers answer it.
    """
    odds = [log_odds(before, one) for one in signs]
    bias, (share, none) = _fitted(np.array([odds, [one["none"] for one in signs]]).T, answerable)
    weights = {name: round(share * weight, 5) for name, weight in before.items()}
    return {**weights, "bias": round(weights["bias"] + bias, 5), "none": round(none, 5)}


def _fitted(columns: npt.NDArray[np.float64], answerable: Sequence[bool]) -> tuple[float, list[float]]:
    from sklearn.linear_model import LogisticRegression

    mean, spread = columns.mean(0), columns.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=5_000, class_weight="balanced")
    model.fit((columns - mean) / spread, np.array(answerable))
    weights = model.coef_[0] / spread
    return float(model.intercept_[0] - (weights * mean).sum()), [float(one) for one in weights]
