"""Puts the scores of two arms together.

A convex combination, which beats reciprocal rank fusion where both arms score the same candidates (Bruch, Gai &
Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", TOIS 2023). Both scales are fixed, not stretched to the
candidates of one question, so that a score means the same for every question and a bad best hit shows as one.
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


def convex(cosines: Scores, lexical: Scores, dense_weight: float, floor: float) -> Scores:
    """Fuse two rows of scores for the same candidates; a higher score is better, and 1 the highest there can be.

    Args:
        cosines: of the dense arm.
        lexical: of the lexical arm, 0 to 1.
        dense_weight: share of the dense arm.
        floor: the cosine that counts for nothing: what the encoder gives to texts without anything in common.
    """
    near = (cosines - np.float32(floor)) / np.float32(1 - floor)
    return np.float32(dense_weight) * near + np.float32(1 - dense_weight) * lexical
