import math
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.evaluation import plots
from raadpleeg.evaluation.calibration import aurc, bins, expected_calibration_error, risk_coverage

ANSWERS = st.lists(st.tuples(st.sampled_from([0.0, 0.1, 0.5, 0.55, 0.9, 1.0]), st.booleans()), min_size=1, max_size=30)


def columns(rows):
    return [one for one, _ in rows], [other for _, other in rows]


# --- risk and coverage -----------------------------------------------------------------------------------------------


def test_risk_at_each_threshold():
    assert risk_coverage([0.9, 0.8, 0.7, 0.6], [False, True, False, True]) == (
        (0.25, 0.0),
        (0.5, 0.5),
        (0.75, pytest.approx(1 / 3)),
        (1.0, 0.5),
    )


def test_answers_of_one_confidence_come_in_together():
    assert risk_coverage([0.5, 0.5, 0.9], [True, False, False]) == (
        (pytest.approx(1 / 3), 0.0),
        (1.0, pytest.approx(1 / 3)),
    )


def test_coverage_is_a_share_of_all_questions():
    assert risk_coverage([0.9, 0.8], [False, True], total=8)[-1] == (0.25, 0.5)
    with pytest.raises(ValueError, match="fewer"):
        risk_coverage([0.9, 0.8], [False, True], total=1)


def test_the_area_is_the_mean_risk():
    assert aurc([0.9, 0.8, 0.7, 0.6], [False, True, False, True]) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)


@given(ANSWERS)
def test_the_area_does_not_depend_on_the_order_of_equals(rows):
    confidences, errors = columns(rows)
    assert aurc(confidences, errors) == pytest.approx(aurc(confidences[::-1], errors[::-1]))
    assert 0 <= aurc(confidences, errors) <= 1
    assert aurc([0.5] * len(rows), errors) == pytest.approx(sum(errors) / len(rows))


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_no_order_beats_the_one_that_knows(errors):
    knowing = aurc([0.0 if error else 1.0 for error in errors], errors)
    fooled = aurc([1.0 if error else 0.0 for error in errors], errors)
    given_order = aurc([1 / (n + 1) for n in range(len(errors))], errors)
    distinct = aurc([1.0 / (n + 2) + (0 if error else 1) for n, error in enumerate(errors)], errors)
    assert distinct <= given_order + 1e-12
    assert knowing <= fooled + 1e-12


def test_of_no_answers_there_is_no_area():
    with pytest.raises(ValueError, match="no answers"):
        aurc([], [])


# --- calibration -----------------------------------------------------------------------------------------------------


def test_the_error_is_the_weighted_distance():
    parts = bins([0.95, 0.95, 0.95, 0.15], [True, True, False, False])
    assert [one.count for one in parts] == [0, 1, 0, 0, 0, 0, 0, 0, 0, 3]
    assert expected_calibration_error(parts) == pytest.approx((3 * (0.95 - 2 / 3) + 0.15) / 4)


@given(ANSWERS)
def test_each_answer_stands_in_one_bin(rows):
    confidences, right = columns(rows)
    parts = bins(confidences, right)
    assert sum(one.count for one in parts) == len(rows)
    assert sum(one.count * one.accuracy for one in parts) == pytest.approx(sum(right))
    assert all(one.low - 1e-9 <= one.confidence <= one.high + 1e-9 for one in parts if one.count)
    assert 0 <= expected_calibration_error(parts) <= 1


def test_who_is_always_right_about_being_right_has_no_error():
    assert expected_calibration_error(bins([1.0, 1.0, 0.0], [True, True, False])) == 0
    assert expected_calibration_error(bins([1.0, 1.0, 0.0], [False, False, True])) == 1


@pytest.mark.parametrize("wrong", [1.5, -0.1, float("nan")])
def test_what_is_no_confidence_is_refused(wrong):
    with pytest.raises(ValueError, match="0 to 1"):
        bins([wrong], [True])


def test_of_no_answers_there_is_no_error():
    with pytest.raises(ValueError, match="no answers"):
        expected_calibration_error(bins([], []))


# --- drawings --------------------------------------------------------------------------------------------------------


def read(drawing):
    """Read a drawing as XML, which is stricter than HTML, and hold that no number in it is broken."""
    assert "nan" not in drawing and "inf" not in drawing
    return ElementTree.fromstring(drawing)


def test_a_bar_is_as_long_as_its_share():
    widths = [float(read(plots.bar(share, "more"))[1].get("width")) for share in (0, 0.25, 1)]
    assert widths == [0, 25, 100]
    assert read(plots.bar(0.5, "more"))[1].get("class") != read(plots.bar(0.5, "less"))[1].get("class")


def test_a_bar_of_nothing_is_empty_and_not_broken():
    assert read(plots.bar(float("nan"), "more"))[1].get("width") == "0"


def test_an_interval_stands_left_of_the_middle_for_a_loss():
    drawing = read(plots.interval(-0.1, -0.2, -0.05, 0.2, "worse"))
    assert float(drawing[2].get("cx")) == 26
    assert drawing[1].get("d") == "M2 8H38" and drawing[2].get("class") == "bad"
    assert read(plots.interval(0, 0, 0, 0, "same"))[2].get("cx") == "50"


@given(st.lists(st.integers(0, 300), max_size=7))
def test_parts_of_a_stack_follow_each_other_and_fill_it(counts):
    drawing = read(plots.stack([(f"part {n}", count, f"o{n}") for n, count in enumerate(counts)], "What became"))
    rects = [one for one in drawing if one.tag == "rect"]
    assert len(rects) == sum(count > 0 for count in counts)
    lefts = [float(one.get("x")) for one in rects]
    assert lefts == sorted(lefts) and all(0 <= left <= 1000 for left in lefts)
    if rects:
        assert float(rects[-1].get("x")) + float(rects[-1].get("width")) == pytest.approx(998, abs=4)


def test_names_in_drawings_are_escaped():
    for drawing in (plots.stack([("<a> & b", 1, "o1")], "<t>"), plots.strips([("<a> & b", [1.0])], "<t>")):
        assert "<a>" not in drawing and read(drawing)[0].text == "<t>"


def test_the_curve_ends_where_the_assistant_stands():
    drawing = plots.risk_coverage(((0.25, 0.0), (0.5, 0.5)), "Risk")
    root = read(drawing)
    assert "50% are answered; 50% of those answers are wrong" in root[1].text
    circle = next(one for one in root if one.tag == "circle")
    curve = next(one for one in root if one.get("class") == "curve")
    assert curve.get("d").endswith(f"L{circle.get('cx')} {circle.get('cy')}")
    assert float(circle.get("cx")) == (40 + 346) / 2


@given(ANSWERS)
def test_a_curve_never_leaves_its_frame(rows):
    drawing = read(plots.risk_coverage(risk_coverage(*columns(rows)), "Risk"))
    curve = next(one for one in drawing if one.get("class") == "curve").get("d")
    points = [tuple(map(float, pair.split())) for pair in re.split("[ML]", curve)[1:]]
    assert all(40 <= x <= 346 and 12 <= y <= 186 for x, y in points)
    assert [x for x, _ in points] == sorted(x for x, _ in points)


def test_bars_of_reliability_stand_as_high_as_they_are_right():
    drawing = read(plots.reliability(bins([0.95, 0.95, 0.05], [True, False, False]), "Calibration"))
    rects = [one for one in drawing if one.tag == "rect"]
    assert [float(one.get("height")) for one in rects] == [1, 87]  # none right is drawn as a line, half right half-way
    assert "confidence 0.9 to 1.0: 50% of 2" in drawing[1].text


@given(st.lists(st.floats(0, 1e7), min_size=1, max_size=40))
def test_every_time_is_a_dot_within_the_drawing(times):
    drawing = read(plots.strips([("total", times)], "Time"))
    dots = next(one for one in drawing if one.get("class") == "dots").get("d")
    places = [float(x) for x in re.findall(r"M([\d.-]+) ", dots)]
    assert len(places) == len(times)
    assert all(8 <= x <= plots.WIDTH for x in places)


def test_nothing_to_draw_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="nothing to draw"):
        plots.strips([("total", [])], "Time")
    with pytest.raises(ValueError, match="nothing to draw"):
        plots.risk_coverage((), "Risk")


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_quantiles():
    assert plots.quantile([4, 1, 3, 2], 0.5) == 2.5
    assert plots.quantile([7], 0.95) == 7
    assert plots.quantile(range(101), 0.95) == pytest.approx(95)
    assert math.isnan(plots.quantile([], 0.5))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.floats(0, 1))
def test_a_quantile_lies_among_the_values(values, share):
    assert min(values) - 1e-6 <= plots.quantile(values, share) <= max(values) + 1e-6


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0 ms"),
        (3.4, "3.4 ms"),
        (34.4, "34 ms"),
        (999.7, "1 s"),
        (2100, "2.1 s"),
        (10_000, "10 s"),
        (95_400, "95.4 s"),
    ],
)
def test_times_are_written_as_people_say_them(value, words):
    assert plots.milliseconds(value) == words


def test_long_and_absent_times():
    assert plots.milliseconds(240_000) == "240 s"
    assert plots.milliseconds(float("nan")) == "–"
