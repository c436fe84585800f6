"""Whether a run is sure of what is right: risk against coverage, and confidence against accuracy.

Risk and coverage after El-Yaniv and Wiener (2010), the area under their curve after Geifman, Uziel and El-Yaniv (2019);
expected calibration error with bins of equal width after Naeini, Cooper and Hauskrecht (2015).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers whose confidence lies from `low` up to `high`; an empty one has confidence and accuracy 0."""

    low: float
    high: float
    count: int
    confidence: float
    """Mean confidence."""
    accuracy: float
    """Share that is right."""


def risk_coverage(
    confidences: Sequence[float], errors: Sequence[bool], total: int | None = None
) -> tuple[tuple[float, float], ...]:
    """Give (coverage, risk) for every threshold that can be set, the highest first.

    Answers of one confidence come in together, since no threshold parts them.

    Args:
        confidences: of each answer.
        errors: whether it is wrong, in the same order.
        total: how many questions there were, where some got no answer; coverage is a share of these.

    Raises:
        ValueError: the two differ in length, or there are fewer questions than answers.
    """
    total = len(confidences) if total is None else total
    if total < len(confidences):
        raise ValueError("there cannot be fewer questions than answers")
    return tuple((taken / total, wrong / taken) for taken, wrong, _ in _steps(confidences, errors))


def aurc(confidences: Sequence[float], errors: Sequence[bool]) -> float:
    """Give the area under risk and coverage: the mean, over the answers, of the risk at the answer's own confidence.

    From 0 (nothing wrong) to 1 (nothing right); where all are equally sure it is the share of errors.

    Raises:
        ValueError: there are no answers, or the two differ in length.
    """
    if not confidences:
        raise ValueError("there are no answers")
    return sum(wrong / taken * new for taken, wrong, new in _steps(confidences, errors)) / len(confidences)


def bins(confidences: Sequence[float], right: Sequence[bool], count: int = 10) -> tuple[Bin, ...]:
    """Part answers into `count` bins of equal width.

    Raises:
        ValueError: a confidence outside 0 to 1, or the two differ in length.
    """
    if any(not 0 <= one <= 1 for one in confidences):
        raise ValueError("a confidence has to lie from 0 to 1")
    held: list[list[tuple[float, bool]]] = [[] for _ in range(count)]
    for one, is_right in zip(confidences, right, strict=True):
        held[min(int(one * count), count - 1)].append((one, is_right))
    return tuple(
        Bin(
            low=place / count,
            high=(place + 1) / count,
            count=len(rows),
            confidence=sum(one for one, _ in rows) / len(rows) if rows else 0.0,
            accuracy=sum(is_right for _, is_right in rows) / len(rows) if rows else 0.0,
        )
        for place, rows in enumerate(held)
    )


def expected_calibration_error(parts: Sequence[Bin]) -> float:
    """Give the mean distance between confidence and accuracy over bins, each weighing what it holds.

    Raises:
        ValueError: the bins are empty.
    """
    count = sum(one.count for one in parts)
    if not count:
        raise ValueError("there are no answers")
    return sum(one.count * abs(one.accuracy - one.confidence) for one in parts) / count


def _steps(confidences: Sequence[float], errors: Sequence[bool]) -> list[tuple[int, int, int]]:
    """For each threshold: how many answers are let in, how many of these are wrong, how many came with this step."""
    rows = sorted(zip(confidences, errors, strict=True), key=lambda row: -row[0])
    steps, taken, wrong = [], 0, 0
    for _, group in groupby(rows, key=lambda row: row[0]):
        new = [error for _, error in group]
        taken += len(new)
        wrong += sum(new)
        steps.append((taken, wrong, len(new)))
    return steps
