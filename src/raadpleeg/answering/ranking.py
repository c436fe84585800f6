"""Ranks sentences by what retrieval knows of them: a weighted sum, whose weights are data that `training/` makes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from raadpleeg.answering.candidates import FEATURES, Candidate

FILE = "ranking.json"

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranking:
    """One weight for each feature."""

    weights: tuple[float, ...]

    def scores(self, among: Sequence[Candidate]) -> Scores:
        """Give the score of each sentence; scores compare within one question only."""
        columns = np.array([one.features for one in among], np.float32).reshape(len(among), len(FEATURES))
        found: Scores = columns @ np.array(self.weights, np.float32)
        return found


def read_ranking() -> Ranking:
    """Read the weights that come with raadpleeg."""
    weights = json.loads((files("raadpleeg.answering") / "data" / FILE).read_text(encoding="utf-8"))["weights"]
    return Ranking(tuple(float(weights[name]) for name in FEATURES))
