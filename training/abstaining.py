"""Fits the chance that the papers answer a question, by logistic regression on the signs that an assistant gathers.

Both kinds of question weigh the same, however many there are of each: what people ask is not known beforehand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

SIGNS: Mapping[str, tuple[str, ...]] = {
    "ranked": ("cosine", "dense", "lacking"),
    "reranked": ("any", "cosine", "lacking", "asking"),
    "written": ("none", "any", "cosine", "lacking", "asking"),
}
"""The signs that are weighed at each stage."""
STRENGTH = 0.3
"""Inverse of the penalty on the squared weights of standardised signs."""


def fit(stage: str, signs: Sequence[Mapping[str, float]], answerable: Sequence[bool]) -> dict[str, float]:
    """Give a weight for each sign of a stage, and the "bias".

    Args:
        stage: which signs there are.
        signs: of each question.
        answerable: whether the papers answer it.
    """
    from sklearn.linear_model import LogisticRegression

    names = SIGNS[stage]
    columns = np.array([[one[name] for name in names] for one in signs])
    mean, spread = columns.mean(0), columns.std(0) + 1e-6
    model = LogisticRegression(C=STRENGTH, max_iter=5_000, class_weight="balanced")
    model.fit((columns - mean) / spread, np.array(answerable))
    weights = model.coef_[0] / spread
    found = dict(zip(names, (round(float(one), 5) for one in weights), strict=True))
    return {"bias": round(float(model.intercept_[0] - (weights * mean).sum()), 5), **found}
