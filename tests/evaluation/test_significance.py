"""The test, the interval and the correction, each against what can be worked out by hand or by enumeration."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raadpleeg.evaluation.measures import MEASURES
from raadpleeg.evaluation.result import Measure
from raadpleeg.evaluation.significance import (
    CATASTROPHE,
    NEVER,
    bootstrap_interval,
    compare,
    holm,
    paired_randomisation,
    resampled,
)

HIT = Measure("hit", "all", "more", "found")
LOST = Measure("lost", "all", "less", "not found")
MS = Measure("ms", "all", "less", "time", gated=False)

grades = st.sampled_from([0.0, 0.1, 0.2, 0.3, 1 / 3, 0.5, 0.7, 1.0])
pairs = st.lists(st.tuples(grades, grades), min_size=1, max_size=30)
p_values = st.dictionaries(st.text(max_size=3), st.floats(0, 1), max_size=12)


def keyed(values):
    return {f"q{number:03}": float(value) for number, value in enumerate(values)}


def both(rows):
    return keyed(old for old, _ in rows), keyed(new for _, new in rows)


def only(*args, **kwargs):
    (one,) = compare(*args, **kwargs)
    return one


# --- paired randomisation --------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(pairs, st.integers(0, 5))
def test_p_is_a_chance_that_minds_no_order(rows, seed):
    before, after = both(rows)
    p = paired_randomisation(before, after, 200, seed)
    assert 1 / 201 <= p <= 1
    assert paired_randomisation(after, before, 200, seed) == p
    assert paired_randomisation(dict(reversed(before.items())), after, 200, seed) == p


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(grades, grades), min_size=1, max_size=12))
def test_p_agrees_with_all_sign_flips(rows):
    before, after = both(rows)
    differences = np.array([after[key] - before[key] for key in before])
    flips = np.array(list(itertools.product((1, -1), repeat=len(rows))))
    exact = np.mean(np.abs(flips @ differences) >= abs(differences.sum()) - 1e-9)
    drawn = 4_000
    slack = 5 * math.sqrt(exact * (1 - exact) / drawn) + 1 / drawn
    assert paired_randomisation(before, after, drawn) == pytest.approx(exact, abs=slack)


def test_nothing_changed_is_certain_and_a_large_shift_is_not_chance():
    before = keyed(np.random.default_rng(1).random(40))
    assert paired_randomisation(before, before) == 1
    assert paired_randomisation(before, {key: value + 0.5 for key, value in before.items()}) == 1 / 10_001


def test_losses_and_gains_that_cancel_out_are_chance():
    assert paired_randomisation(keyed([0.1, 0.2, 0.3] * 4), keyed([0.2, 0.3, 0.1] * 4)) > 0.99


def test_only_common_questions_count():
    before, after = both([(0, 1)] * 8 + [(1, 1)] * 4)
    assert paired_randomisation(before | {"x": 1.0}, after | {"y": 0.0}) == paired_randomisation(before, after)


def test_the_seed_decides_and_the_number_of_flips_sets_the_floor():
    rng = np.random.default_rng(4)
    before, after = keyed(rng.random(30)), keyed(rng.random(30))
    assert paired_randomisation(before, after, seed=3) == paired_randomisation(before, after, seed=3)
    assert len({paired_randomisation(before, after, seed=seed) for seed in range(8)}) > 1
    assert paired_randomisation(keyed([0] * 40), keyed([1] * 40), permutations=99) == 0.01


def test_flips_in_several_blocks_are_as_good(monkeypatch):
    rng = np.random.default_rng(5)
    before, after = keyed(rng.random(30)), keyed(rng.random(30) + 0.1)
    whole = paired_randomisation(before, after)
    monkeypatch.setattr("raadpleeg.evaluation.significance._BLOCK", 1_000)
    assert paired_randomisation(before, after) == pytest.approx(whole, abs=0.03)
    assert paired_randomisation(before, before | {"q000": 9.0}) == 1  # one difference: both signs are as far


def test_without_a_difference_p_falls_below_a_bound_as_often_as_it_should():
    rng = np.random.default_rng(6)
    found = [paired_randomisation(keyed(rng.random(25)), keyed(rng.random(25)), 400) for _ in range(400)]
    assert 0.025 <= np.mean(np.array(found) <= 0.05) <= 0.085
    assert 0.42 <= np.mean(np.array(found) <= 0.5) <= 0.58


def test_a_test_of_nothing_is_refused():
    with pytest.raises(ValueError, match="common question"):
        paired_randomisation({"a": 1.0}, {"b": 1.0})
    with pytest.raises(ValueError, match="permutation"):
        paired_randomisation({"a": 1.0}, {"a": 1.0}, permutations=0)


# --- the interval ----------------------------------------------------------------------------------------------------


def test_the_interval_covers_the_true_mean_about_as_often_as_it_says():
    """Thirty documents of unequal size, whose questions share their luck."""
    covered = alone = 0
    for seed in range(150):
        rng = np.random.default_rng(seed)
        documents = np.repeat(np.arange(30), rng.integers(1, 12, 30))
        values = keyed(0.1 + rng.normal(0, 0.3, 30)[documents] + rng.normal(0, 0.1, documents.size))
        clusters = {key: str(document) for key, document in zip(values, documents, strict=True)}
        low, high = bootstrap_interval(values, clusters, 500, seed)
        covered += low <= 0.1 <= high
        low, high = bootstrap_interval(values, {}, 500, seed)
        alone += low <= 0.1 <= high
    assert 0.86 <= covered / 150 <= 0.99
    assert alone / 150 < 0.75, "questions drawn alone pass for more evidence than they are"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(-1, 1), min_size=1, max_size=30), st.integers(1, 6), st.integers(0, 5))
def test_the_interval_lies_among_the_differences(values, documents, seed):
    differences = keyed(values)
    clusters = {key: str(number % documents) for number, key in enumerate(differences)}
    low, high = bootstrap_interval(differences, clusters, 200, seed)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert bootstrap_interval(dict(reversed(differences.items())), clusters, 200, seed) == (low, high)


def test_the_interval_has_the_width_of_the_normal_one_where_questions_are_alone():
    values = np.random.default_rng(2).normal(0.2, 0.5, 300)
    low, high = bootstrap_interval(keyed(values), {})
    half = 1.96 * values.std() / math.sqrt(300)
    assert (low, high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.006)


def test_with_two_documents_questions_are_drawn_and_that_can_be_known():
    values = keyed([0.0] * 10 + [1.0] * 10)
    two = {key: str(number // 10) for number, key in enumerate(values)}
    four = {key: str(number // 5) for number, key in enumerate(values)}
    assert resampled(values, two) == "questions"
    assert bootstrap_interval(values, two) == bootstrap_interval(values, {})
    assert resampled(values, four) == "clusters"
    low, high = bootstrap_interval(values, four)
    assert (low, high) == (0, 1), "two of four documents have all the luck"


def test_a_question_without_a_document_stands_alone():
    values = keyed([1.0] * 4 + [0.0] * 4)
    named = {"q000": "q007", "q001": "b", "q002": "c", "q003": "d"}
    apart = named | {f"q00{number}": f"own {number}" for number in range(4, 8)}
    low, high = bootstrap_interval(values, named)
    # Nothing is merged with a question that happens to bear the name of a document.
    assert (low, high) == bootstrap_interval(values, apart)
    assert low < 0.5 < high


def test_documents_of_unequal_size_weigh_by_their_questions():
    values = keyed([0.5] * 20)
    clusters = {key: "abcd"[min(number, 3)] for number, key in enumerate(values)}
    assert bootstrap_interval(values, clusters) == pytest.approx((0.5, 0.5))


def test_an_interval_of_nothing_is_refused():
    with pytest.raises(ValueError, match="a question"):
        bootstrap_interval({}, {})
    assert bootstrap_interval({"a": 0.0, "b": 0.0}, {}) == (0, 0)


# --- Holm ------------------------------------------------------------------------------------------------------------


def test_holm_by_hand():
    """.005 x 4; .01 x 3; .03 x 2; .04 x 1 is less than the one before it, and takes that."""
    corrected = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert corrected == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02})
    assert list(corrected) == ["a", "b", "c", "d"]
    assert holm({"a": 0.7, "b": 0.6}) == {"a": 1, "b": 1}
    assert holm({}) == {}


@given(p_values)
def test_holm_keeps_order_and_lies_between_p_and_bonferroni(values):
    corrected = holm(values)
    for one, other in itertools.combinations(values, 2):
        if values[one] <= values[other]:
            assert corrected[one] <= corrected[other] or values[one] == values[other]
    for key, p in values.items():
        assert p <= corrected[key] <= min(1, len(values) * p)


@given(p_values, st.data())
def test_holm_does_not_fall_where_a_p_rises(values, data):
    if not values:
        return
    key = data.draw(st.sampled_from(sorted(values)))
    risen = values | {key: data.draw(st.floats(values[key], 1))}
    assert all(holm(risen)[one] >= holm(values)[one] for one in values)


def test_holm_refuses_what_is_no_p():
    with pytest.raises(ValueError, match="between 0 and 1"):
        holm({"a": math.nan})


# --- comparing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "old", "new", "verdict"),
    [
        (HIT, 1, 0, "worse"),
        (HIT, 0, 1, "better"),
        (LOST, 1, 0, "better"),
        (LOST, 0, 1, "worse"),
        (MS, 0, 1, "worse"),
        (HIT, 1, 1, "same"),
    ],
)
def test_the_verdict_follows_what_is_better(measure, old, new, verdict):
    before, after = keyed([old] * 12 + [1] * 68), keyed([new] * 12 + [1] * 68)
    one = only({measure.name: before}, {measure.name: after}, [measure], {})
    assert (one.verdict, one.gated, one.ground) == (verdict, measure.gated, "chance")
    assert one.difference == pytest.approx(0.15 * (new - old))
    assert one.after - one.before == pytest.approx(one.difference)
    assert one.low <= one.difference <= one.high


def test_no_difference_is_p_one_with_an_interval_of_nothing():
    values = {"hit": keyed([0.25, 1 / 3, 1])}
    one = only(values, values, [HIT], {})
    assert (one.p, one.corrected, one.difference, one.low, one.high) == (1, 1, 0, 0, 0)


def test_values_that_were_rounded_when_pinned_are_no_change():
    """Otherwise a third that was pinned as .333333 would differ in one direction on every question."""
    after = {"hit": keyed([1 / 3, 2 / 3, 1 / 7] * 20)}
    pinned = {"hit": {key: round(value, 6) for key, value in after["hit"].items()}}
    one = only(pinned, after, [HIT], {})
    assert (one.p, one.difference, one.verdict) == (1, 0, "same")


def test_correction_counts_the_gated_measures_only():
    """Seven questions lost of eighty: p is about 2 / 2**7."""
    row, stays = (keyed([1] * 80), keyed([0] * 7 + [1] * 73)), keyed([1] * 80)
    alone = only({"hit": row[0]}, {"hit": row[1]}, [HIT], {})
    assert (alone.verdict, alone.corrected) == ("worse", alone.p)
    names = [f"m{number}" for number in range(4)]
    before = {"hit": row[0], **dict.fromkeys(names, stays)}
    after = {"hit": row[1], **dict.fromkeys(names, stays)}
    free = [HIT, *(Measure(name, "all", "more", "", gated=False) for name in names)]
    gated = [HIT, *(Measure(name, "all", "more", "") for name in names)]
    assert compare(before, after, free, {})[0] == alone
    first = compare(before, after, gated, {})[0]
    assert first.corrected == pytest.approx(5 * alone.p)
    assert first.verdict == "same"


def test_a_loose_measure_keeps_its_plain_p_and_no_size_fails_it():
    before, after = keyed([100] * 3), keyed([900] * 3)
    one = only({"ms": before}, {"ms": after}, [MS], {})
    assert (one.verdict, one.gated, one.corrected) == ("same", False, one.p)


@pytest.mark.parametrize("name", sorted(NEVER))
def test_one_quotation_that_is_not_exact_is_worse_among_any_number(name):
    measure = next(one for one in MEASURES if one.name == name)
    clean, broken = keyed([0] * 500), keyed([0] * 499 + [1])
    one = only({name: clean}, {name: broken}, [measure], {})
    assert (one.verdict, one.ground) == ("worse", "never")
    assert one.corrected > 0.05, "chance would have let it through"
    assert only({name: broken}, {name: clean}, [measure], {}).verdict == "same"
    assert only({name: broken}, {name: broken}, [measure], {}).verdict == "same"


def test_a_rise_that_is_made_up_for_elsewhere_is_no_rise_of_the_mean():
    """.1 + .2 - .3 is more than 0 as floats."""
    measure = next(one for one in MEASURES if one.name == "inexact")
    one = only({"inexact": keyed([0, 0, 0.3])}, {"inexact": keyed([0.1, 0.2, 0])}, [measure], {})
    assert (one.verdict, one.difference) == ("same", 0)


def test_the_names_that_may_never_rise_are_measures_of_which_less_is_better():
    assert {one.name for one in MEASURES if one.better == "less" and one.gated} > NEVER


def test_a_catastrophe_on_a_small_set_is_worse_though_chance_cannot_show_it():
    one = only({"hit": keyed([1] * 5)}, {"hit": keyed([0] * 5)}, [HIT], {})
    assert one.corrected > 0.05
    assert (one.verdict, one.ground) == ("worse", "size")
    edge = round(10 * CATASTROPHE)
    before = {"hit": keyed([0.9] * 10), "lost": keyed([0] * 10)}
    # .9 - .6 is a bit less than .3 as floats.
    assert only(before, {"hit": keyed([0.6] * 3 + [0.6] * 7)}, [HIT], {}, alpha=0).ground == "size"
    assert only(before, {"lost": keyed([1] * edge + [0] * (10 - edge))}, [LOST], {}).verdict == "worse"
    assert only(before, {"lost": keyed([1] * (edge - 1) + [0] * (11 - edge))}, [LOST], {}).verdict == "same"
    assert only({"hit": keyed([0] * 5)}, {"hit": keyed([1] * 5)}, [HIT], {}).verdict == "same", "a gain has to be shown"


def test_only_what_both_runs_have_is_compared():
    before = {"hit": {"a": 1.0, "b": 1.0, "old": 0.0}, "lost": {"old": 1.0}}
    after = {"hit": {"b": 1.0, "a": 0.0, "new": 0.0}, "lost": {"new": 1.0}, "ms": {"a": 1.0}}
    one = only(before, after, [LOST, HIT, MS], {})
    assert (one.measure, one.questions, one.before, one.after) == ("hit", 2, 1, 0.5)


def test_the_same_runs_give_the_same_comparison_however_they_are_ordered():
    rng = np.random.default_rng(8)
    before, after = keyed(rng.random(40)), keyed(rng.random(40))
    clusters = {key: str(number % 9) for number, key in enumerate(before)}
    one = only({"hit": before}, {"hit": after}, [HIT], clusters)
    assert one.resampled == "clusters"
    assert only({"hit": dict(reversed(before.items()))}, {"hit": after}, [HIT], clusters) == one
    assert only({"hit": before}, {"hit": after}, [HIT], clusters, seed=1) != one
