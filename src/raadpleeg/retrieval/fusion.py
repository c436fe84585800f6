"""Puts the scores of two arms together.

A convex combination of min-max normalised scores, which beats reciprocal rank fusion where both arms are scored over
the same candidates (Bruch, Gai & Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


def min_max(scores: Scores) -> Scores:
    """Stretch scores to 0..1; where all are equal nothing is preferred, and all become 0."""
    if not len(scores):
        return scores
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def convex(dense: Scores, lexical: Scores, dense_weight: float) -> Scores:
    """Fuse two rows of scores for the same candidates; a higher score is better."""
    return dense_weight * min_max(dense) + (1 - dense_weight) * min_max(lexical)
