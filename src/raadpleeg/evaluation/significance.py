"""Whether two runs on the same questions differ by more than chance, and by how much.

The test is Fisher's paired randomisation test (The Design of Experiments, 1935, § 21), which Smucker, Allan and
Carterette recommend for retrieval ("A comparison of statistical significance tests for information retrieval
evaluation", CIKM 2007). The interval is a percentile bootstrap (Efron 1979) over documents, for questions about one
document go right and wrong together. Testing many measures at once is corrected after Holm (Scandinavian Journal of
Statistics 6, 1979).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from raadpleeg.evaluation.result import Measure, Values

Verdict = Literal["better", "worse", "same"]
Ground = Literal["chance", "never", "size"]
Resampled = Literal["clusters", "questions"]

DIGITS = 6
"""Decimals to which values are pinned and compared, so that a value read back equals the one that was written."""

NEVER = frozenset({"inexact", "foreign"})
"""Measures of which any rise is worse, whatever p says: a quotation that is not in the paper is a bug, not noise."""

CATASTROPHE = 0.3
"""A loss in the mean of a gated measure (a share, 0 to 1) that is worse whatever p says.

Five questions that all go wrong give p = .0625 at best, and correction asks for more: with sixteen measures, six lost
of twenty and none won is still chance. A gate that lets that through on a small set is no gate. Where there are
questions enough for the test, a loss of this size is significant anyhow.
"""

FEW = 3
"""With fewer clusters than this there is nothing to resample: two of them give three means and no more."""

_BLOCK = 1 << 20
"""Random choices held at once: 8 MiB as floats."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure before and after, over the questions that both runs have."""

    measure: str
    questions: int
    """How many were compared."""
    before: float
    after: float
    difference: float
    """`after` less `before`, of the means."""
    low: float
    high: float
    """The 95 % interval of the difference."""
    p: float
    """Two-sided, uncorrected."""
    corrected: float
    """After Holm over the gated measures; equal to `p` for another."""
    verdict: Verdict
    gated: bool
    ground: Ground = "chance"
    """What the verdict rests on: `p` against alpha, a measure in `NEVER`, or a loss of `CATASTROPHE`."""
    resampled: Resampled = "clusters"
    """What was drawn for the interval; `questions` where there were fewer than `FEW` clusters."""


def compare(
    before: Values,
    after: Values,
    measures: Sequence[Measure],
    clusters: Mapping[str, str],
    seed: int = 0,
    alpha: float = 0.05,
) -> tuple[Comparison, ...]:
    """Compare two runs on every measure and question that both have, in the order of `measures`.

    A measure without a common question is left out; `baseline.uncompared` names what was.

    Args:
        before: values of the run to compare with.
        after: values of the run at hand.
        measures: what to compare; only names that stand in both runs count.
        clusters: question -> what it shares its luck with, mostly its document (see `bootstrap_interval`).
        seed: of signs and draws.
        alpha: chance, over all gated measures together, to call any of them changed where none is.
    """
    rows: list[tuple[Measure, dict[str, float], dict[str, float]]] = []
    for measure in measures:
        olds, news = before.get(measure.name, {}), after.get(measure.name, {})
        common = sorted(olds.keys() & news.keys())
        if common:
            rows.append((measure, _rounded(olds, common), _rounded(news, common)))
    p_values = {measure.name: paired_randomisation(old, new, seed=seed) for measure, old, new in rows}
    corrected = p_values | holm({measure.name: p_values[measure.name] for measure, _, _ in rows if measure.gated})
    return tuple(
        _comparison(measure, old, new, p_values[measure.name], corrected[measure.name], clusters, seed, alpha)
        for measure, old, new in rows
    )


def paired_randomisation(
    before: Mapping[str, float], after: Mapping[str, float], permutations: int = 10_000, seed: int = 0
) -> float:
    """Test the mean difference over the common keys by flipping signs at random; give the two-sided p.

    Were the two runs alike, each difference would be as likely the other way round. p is the share of random flips with
    a mean at least as far from 0 as the one seen, the one seen counted too: (count + 1) / (permutations + 1), which is
    never 0 (Phipson and Smyth 2010). It does not depend on the order of keys or of the two runs.

    Raises:
        ValueError: no common key, or no permutations.
    """
    common = sorted(before.keys() & after.keys())
    if not common or permutations < 1:
        raise ValueError("a test needs a common question and at least one permutation")
    differences = np.array([after[key] - before[key] for key in common], dtype=np.float64)
    # A difference of 0 is the same with either sign.
    differences = differences[differences != 0]
    if not differences.size:
        return 1.0
    total = float(differences.sum())
    # Equal sums may differ in the last bits, for they are added in another order.
    least = abs(total) - 1e-12 * float(np.abs(differences).sum())
    rng = np.random.default_rng(seed)
    count = 0
    for size in _blocks(permutations, differences.size):
        octets = rng.integers(0, 256, (size, -(-differences.size // 8)), dtype=np.uint8)
        kept = np.unpackbits(octets, axis=1, count=differences.size).astype(np.float64)
        # Sum of those that keep their sign, less the sum of the others.
        count += int(np.count_nonzero(np.abs(2 * (kept @ differences) - total) >= least))
    return (count + 1) / (permutations + 1)


def bootstrap_interval(
    differences: Mapping[str, float], clusters: Mapping[str, str], draws: int = 10_000, seed: int = 0
) -> tuple[float, float]:
    """Give the 95 % percentile interval of the mean difference, drawing whole clusters with replacement.

    A question without a cluster is one by itself. With one or two clusters, or none, the questions are drawn instead,
    and the interval then says nothing of other documents; `resampled` tells which of the two it was. With fewer than
    some ten clusters a percentile interval is too narrow.

    Raises:
        ValueError: no differences, or no draws.
    """
    if not differences or draws < 1:
        raise ValueError("an interval needs a question and at least one draw")
    if resampled(differences, clusters) == "questions":
        clusters = {}
    members: dict[tuple[bool, str], list[float]] = {}
    for key in sorted(differences):
        # The flag keeps a question apart from a cluster that bears its name.
        members.setdefault((key in clusters, clusters.get(key, key)), []).append(differences[key])
    sums = np.array([math.fsum(values) for values in members.values()], dtype=np.float64)
    sizes = np.array([len(values) for values in members.values()], dtype=np.float64)
    if not sums.any():
        return 0.0, 0.0
    rng = np.random.default_rng(seed)
    means: list[NDArray[np.float64]] = []
    for size in _blocks(draws, sums.size):
        drawn = rng.integers(0, sums.size, (size, sums.size), dtype=np.int32)
        means.append(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1))
    low, high = np.quantile(np.concatenate(means), (0.025, 0.975))
    return float(low), float(high)


def resampled(questions: Iterable[str], clusters: Mapping[str, str]) -> Resampled:
    """Say what `bootstrap_interval` draws for these questions."""
    return "clusters" if len({clusters[key] for key in questions if key in clusters}) >= FEW else "questions"


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Correct p-values for their number, step down; the order of the keys stays.

    The smallest of m is multiplied by m, the next by m - 1, and so on; none gets less than one before it, and none more
    than 1.

    Raises:
        ValueError: something that is no p.
    """
    if not all(0 <= p <= 1 for p in p_values.values()):
        raise ValueError("a p-value lies between 0 and 1")
    corrected: dict[str, float] = {}
    least = 0.0
    for rank, key in enumerate(sorted(p_values, key=lambda key: p_values[key])):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[key]))
        corrected[key] = least
    return {key: corrected[key] for key in p_values}


def _comparison(
    measure: Measure,
    before: Mapping[str, float],
    after: Mapping[str, float],
    p: float,
    corrected: float,
    clusters: Mapping[str, str],
    seed: int,
    alpha: float,
) -> Comparison:
    differences = {key: round(after[key] - before[key], DIGITS) for key in before}
    # Rounded beyond what a value can hold, so that losses and gains that cancel out are 0 and not 1e-17.
    difference = round(math.fsum(differences.values()) / len(differences), 2 * DIGITS)
    verdict, ground = _judged(measure, difference, corrected, alpha)
    low, high = bootstrap_interval(differences, clusters, seed=seed)
    return Comparison(
        measure=measure.name,
        questions=len(differences),
        before=math.fsum(before.values()) / len(before),
        after=math.fsum(after.values()) / len(after),
        difference=difference,
        low=low,
        high=high,
        p=p,
        corrected=corrected,
        verdict=verdict,
        gated=measure.gated,
        ground=ground,
        resampled=resampled(differences, clusters),
    )


def _judged(measure: Measure, difference: float, p: float, alpha: float) -> tuple[Verdict, Ground]:
    loss = -difference if measure.better == "more" else difference
    if measure.name in NEVER and loss > 0:
        return "worse", "never"
    if p < alpha and loss:
        return ("worse" if loss > 0 else "better"), "chance"
    if measure.gated and loss >= CATASTROPHE:
        return "worse", "size"
    return "same", "chance"


def _rounded(values: Mapping[str, float], keys: Sequence[str]) -> dict[str, float]:
    return {key: round(values[key], DIGITS) for key in keys}


def _blocks(rows: int, columns: int) -> list[int]:
    """Split rows so that a block of them holds no more than `_BLOCK` numbers."""
    size = max(1, _BLOCK // columns)
    return [min(size, rows - start) for start in range(0, rows, size)]
