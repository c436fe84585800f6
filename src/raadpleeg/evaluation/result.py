"""What an evaluation run gives: for every measure a value for each question that it can be asked of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from raadpleeg.evaluation.gold import Item

Population = Literal["answerable", "unanswerable", "all"]
Values = Mapping[str, Mapping[str, float]]
"""Measure -> question -> value. The questions of a measure are its denominator."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure by the name that stands in tables, files and on the command line."""

    name: str
    population: Population
    better: Literal["more", "less"]
    what: str
    """One line for readers of the report."""
    gated: bool = True
    """Whether a significant loss fails the gate; times do not, for machines differ."""


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that came out of a run, and everything that made it."""

    items: tuple[Item, ...]
    answers: Mapping[str, Mapping[str, Any]]
    """For each question the answer as `raadpleeg ask --json` gives it; empty where only retrieval was measured."""
    qrels: Mapping[str, Mapping[str, int]]
    run: Mapping[str, Mapping[str, float]]
    """For each answerable question the passages found with their scores."""
    values: Values
    about: Mapping[str, Any]
    """Version, settings, model hashes, digest of the corpus, names of the gold files, seed."""

    def mean(self, measure: str) -> float:
        """Give the mean of a measure over its own questions; not a number where it has none."""
        values = self.values[measure].values()
        return sum(values) / len(values) if values else float("nan")
