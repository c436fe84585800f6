"""What is pinned comes back, what is damaged is told, and what fails the gate is named."""

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raadpleeg.errors import BadGold
from raadpleeg.evaluation.baseline import differences_of, failures, pin, read_baseline, uncompared
from raadpleeg.evaluation.measures import MEASURES
from raadpleeg.evaluation.result import Result
from raadpleeg.evaluation.significance import Comparison, compare

ABOUT = {"version": "0.1.0", "corpus": "ab" * 32, "gold": ["a.jsonl"], "settings": {"k": 5, "é": True}}
VALUES = {
    "R@5": {"b": 1 / 3, "a": 1.0},
    "inexact": {"a": 0.0, "b": 0.0, "c": -0.0},
    "total_ms": {"a": 12.5, "b": 13.0, "c": 9.0},
}


def result(values=VALUES, about=ABOUT):
    return Result((), {}, {}, {}, values, about)


def comparison(**changes):
    given = {
        "measure": "R@5",
        "questions": 160,
        "before": 0.912,
        "after": 0.801,
        "difference": -0.111,
        "low": -0.2,
        "high": -0.05,
        "p": 0.0001,
        "corrected": 0.0004,
        "verdict": "worse",
        "gated": True,
    }
    return Comparison(**{**given, **changes})


# --- pinning and reading ---------------------------------------------------------------------------------------------


def test_what_is_pinned_comes_back_but_for_times(tmp_path):
    path = tmp_path / "eval" / "baseline.json"
    pin(result(), path)
    baseline = read_baseline(path)
    assert baseline.about == ABOUT
    assert baseline.values == {"R@5": {"a": 1.0, "b": 0.333333}, "inexact": {"a": 0.0, "b": 0.0, "c": 0.0}}
    assert [one.name for one in path.parent.iterdir()] == ["baseline.json"]


def test_a_run_is_no_different_from_itself_pinned(tmp_path):
    pin(result(), tmp_path / "baseline.json")
    comparisons = compare(read_baseline(tmp_path / "baseline.json").values, VALUES, MEASURES, {})
    assert {one.measure for one in comparisons} == {"R@5", "inexact"}
    assert all(one.p == 1 and one.verdict == "same" for one in comparisons)
    assert failures(comparisons) == ()


def test_one_question_that_changes_is_one_line_that_changes(tmp_path):
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    pin(result(), first)
    # Another order of measures and questions makes no other file.
    turned = {name: dict(reversed(row.items())) for name, row in reversed(VALUES.items())}
    pin(result({**turned, "R@5": {"a": 0.5, "b": 1 / 3}}), second)
    lines = list(zip(first.read_text("utf-8").splitlines(), second.read_text("utf-8").splitlines(), strict=True))
    assert [old for old, new in lines if old != new] == ['  "a": {"R@5": 1.0, "inexact": 0.0},']
    assert "-0.0" not in first.read_text("utf-8")


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["R@5", "must", "inexact"]),
        st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), st.floats(0, 1), min_size=1),
    )
)
def test_any_values_come_back_to_six_digits(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("pin") / "baseline.json"
    pin(result(values), path)
    assert read_baseline(path).values == {
        name: {question: round(value, 6) for question, value in row.items()} for name, row in values.items()
    }


def test_a_pin_that_fails_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "baseline.json"
    pin(result(), path)
    old = path.read_bytes()

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BadGold, match="No space left"):
        pin(result({"R@5": {"a": 0.0}}), path)
    with pytest.raises(ValueError, match="JSON"):
        pin(result({"R@5": {"a": float("nan")}}), path)
    assert path.read_bytes() == old
    assert [one.name for one in tmp_path.iterdir()] == ["baseline.json"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "damaged"),
        (b"{\n<<<<<<< HEAD\n", "damaged"),
        (b"\xff\xfe\xfa", "damaged"),
        (b"[]", "the whole is no object"),
        (b'{"values": {}}', "about is no object"),
        (b'{"about": {}}', "values is no object"),
        (b'{"about": {}, "values": {"q1": 1}}', "q1 is no object"),
        (b'{"about": {}, "values": {"q1": {"R@5": "1"}}}', "R@5 of q1 is no number"),
        (b'{"about": {}, "values": {"q1": {"R@5": true}}}', "R@5 of q1 is no number"),
        (b'{"about": {}, "values": {"q1": {"R@5": NaN}}}', "R@5 of q1 is no number"),
        (b'{"about": {}, "values": {"q1": {"R@5": 1' + b"0" * 400 + b"}}}", "damaged"),
        (b'{"about": {}, "values": {"q1": {"R@5": 1}, "q1": {"R@5": 0}}}', "stands twice"),
        (b"[" * 100_000, "damaged"),
    ],
)
def test_a_damaged_baseline_is_told_in_one_line(tmp_path, text, why):
    path = tmp_path / "baseline.json"
    path.write_bytes(text)
    with pytest.raises(BadGold, match=why) as caught:
        read_baseline(path)
    assert "raadpleeg eval --pin" in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_baseline_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadGold, match=r"there is no baseline .*raadpleeg eval --pin"):
        read_baseline(tmp_path / "none.json")
    with pytest.raises(BadGold, match=r"cannot be read .*raadpleeg eval --pin"):
        read_baseline(tmp_path)


# --- the gate --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "R@5 fell from .912 to .801 (p = .0004, 160 questions)"),
        (
            {"measure": "refused", "before": 0.0, "after": 1.0, "difference": 1.0, "questions": 1, "ground": "size"},
            "refused rose from .000 to 1.000 (p = .0004, 1 question); a loss of this size fails whatever p is",
        ),
        (
            {
                "measure": "inexact",
                "before": 0.0,
                "after": 0.0002,
                "difference": 0.0002,
                "corrected": 1.0,
                "questions": 5000,
                "ground": "never",
            },
            "inexact rose from .0000 to .0002 (p = 1, 5000 questions); any rise fails",
        ),
        ({"corrected": 0.00004}, "R@5 fell from .912 to .801 (p < .0001, 160 questions)"),
    ],
)
def test_what_got_worse_is_one_line(changes, line):
    assert failures([comparison(**changes)]) == (line,)


def test_only_gated_measures_that_got_worse_fail():
    fine = [comparison(verdict="same"), comparison(verdict="better"), comparison(gated=False)]
    assert failures(fine) == ()
    assert len(failures([*fine, comparison(), comparison(measure="must")])) == 2


def test_a_gate_with_nothing_to_compare_does_not_pass():
    renamed = {"R@5": {"x": 0.0}, "total_ms": VALUES["total_ms"]}
    (line,) = failures(compare(VALUES, renamed, MEASURES, {}))
    assert "nothing could be compared" in line
    assert "raadpleeg eval --pin" in line


def test_a_real_loss_fails_and_says_how_far_it_went():
    before = {"R@5": {str(number): 1.0 for number in range(100)}}
    after = {"R@5": {str(number): float(number >= 20) for number in range(100)}}
    (line,) = failures(compare(before, after, MEASURES, {}))
    assert line.startswith("R@5 fell from 1.000 to .800 (p < .0001, 100 questions)")
    assert failures(compare(after, before, MEASURES, {})) == ()


# --- what two runs have in common ------------------------------------------------------------------------------------


def test_a_run_made_the_same_way_differs_in_nothing(tmp_path):
    pin(result(), tmp_path / "baseline.json")
    again = {**ABOUT, "gold": ("a.jsonl",)}
    assert differences_of(read_baseline(tmp_path / "baseline.json").about, again) == ()


def test_each_difference_is_named_however_deep():
    after = {"version": "0.2.0", "corpus": "cd" * 32, "gold": ["b.jsonl"], "settings": {"k": 8}, "generator": "none"}
    assert differences_of(ABOUT, after) == (
        "corpus: abababababab… → cdcdcdcdcdcd…",
        "generator: absent → none",
        "gold: without a.jsonl, with b.jsonl",
        "settings.k: 5 → 8",
        "settings.é: true → absent",
        "version: 0.1.0 → 0.2.0",
    )


def test_nothing_and_absent_are_two_things():
    assert differences_of({"generator": None}, {}) == ("generator: null → absent",)
    assert differences_of({"gold": ["a", "b"]}, {"gold": ["b", "a"]}) == ("gold: other order or number",)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.text("ab", max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xy", min_size=1, max_size=1), inner),
    max_leaves=8,
)
abouts = st.dictionaries(st.text("kl", min_size=1, max_size=1), json_values, max_size=2)


@given(abouts, abouts)
def test_differences_are_found_both_ways_and_fit_on_a_line(one, other):
    found = differences_of(one, other)
    assert [line.split(":")[0] for line in found] == [line.split(":")[0] for line in differences_of(other, one)]
    assert differences_of(one, json.loads(json.dumps(one))) == ()
    assert not any("\n" in line for line in found)


def test_questions_and_measures_that_take_no_part_are_named():
    before = {"R@5": {"a": 1.0, **{f"old{number}": 1.0 for number in range(7)}}, "must": {"a": 1.0}}
    after = {"R@5": {"a": 1.0, "new": 1.0}, "EM": {"a": 1.0}, "total_ms": {"a": 1.0}}
    assert uncompared(before, after, MEASURES) == (
        "measured in the baseline only: must",
        "not measured in the baseline: EM",
        "questions of the baseline that were not asked, or not for the same measures:"
        " old0, old1, old2, old3, old4 and 2 more",
        "questions that are not in the baseline, or not for the same measures: new",
    )
    assert uncompared(before, before, MEASURES) == ()
