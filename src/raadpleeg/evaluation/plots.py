"""Figures as inline SVG: pure functions from numbers to text. Colours come from classes that `report.css` fills in.

A figure with words of its own is `WIDTH` units wide, made to be shown at about that many pixels, so that its words are
neither tiny on a telephone nor huge on a wall. It carries a title and a description for those who do not see it. Bars
that stand in a table beside their number are hidden from screen readers, which read the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, isfinite, log10

from raadpleeg.evaluation.calibration import Bin

WIDTH = 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 346, 12, 186
"""The frame of a figure with two axes."""


def bar(value: float, better: str) -> str:
    """Draw a share from 0 to 1 as a bar to stand beside its number; `better` is "more" or "less"."""
    tone = "good" if better == "more" else "bad"
    return (
        '<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rail" width="100" height="4"/>'
        f'<rect class="{tone}" width="{_n(100 * _within(value))}" height="4"/></svg>'
    )


def interval(difference: float, low: float, high: float, reach: float, verdict: str) -> str:
    """Draw a difference and its interval around zero; all rows of a table share `reach`, the largest bound."""

    def place(value: float) -> float:
        return 50 + 48 * max(-1.0, min(1.0, value / reach if reach else 0.0))

    tone = {"better": "good", "worse": "bad"}.get(verdict, "none")
    return (
        '<svg class="interval" viewBox="0 0 100 16" aria-hidden="true"><path class="axis" d="M50 1V15"/>'
        f'<path class="reach {tone}" d="M{_n(place(low))} 8H{_n(place(high))}"/>'
        f'<circle class="{tone}" cx="{_n(place(difference))}" cy="8" r="3.2"/></svg>'
    )


def stack(parts: Sequence[tuple[str, int, str]], title: str) -> str:
    """Draw counts as parts of one bar: (name, count, class of its colour). Its legend is the caller's."""
    total = sum(count for _, count, _ in parts) or 1
    drawn, left = [], 0.0
    for name, count, tone in parts:
        if count:
            wide = 1000 * count / total
            drawn.append(
                f'<rect class="{tone}" x="{_n(left)}" width="{_n(max(wide - 2, 0.8))}" height="20">'
                f"<title>{escape(name)}: {count}</title></rect>"
            )
            left += wide
    words = ", ".join(f"{name}: {count}" for name, count, _ in parts)
    return (
        '<svg class="stack" viewBox="0 0 1000 20" preserveAspectRatio="none" role="img">'
        f"{_named(title, words)}{''.join(drawn)}</svg>"
    )


def risk_coverage(points: Sequence[tuple[float, float]], title: str) -> str:
    """Draw risk against coverage, and as a dashed line the risk that any order ends with."""
    if not points:
        raise ValueError("there is nothing to draw")
    coverage, risk = points[-1]
    highest = max(y for _, y in points)
    top = next(one for one in (0.1, 0.2, 0.4, 0.6, 0.8, 1.0) if highest <= one)
    path = f"M{_x(0)} {_y(points[0][1] / top)}"
    # A threshold lets answers in by steps, but the steps are thinned to what a screen can show.
    for x, y in _thinned(points):
        path += f"L{_x(x)} {_y(y / top)}"
    words = f"Of all questions {coverage:.0%} are answered; {risk:.0%} of those answers are wrong."
    return (
        f"{_open(222, title, words)}{_frame(top, 'questions answered', 'answers wrong')}"
        f'<path class="dashed" d="M{_x(0)} {_y(risk / top)}H{_x(coverage)}"/>'
        f'<path class="curve" d="{path}"/>'
        f'<circle class="good" cx="{_x(coverage)}" cy="{_y(risk / top)}" r="4"/></svg>'
    )


def reliability(parts: Sequence[Bin], title: str, true: str = "answers right") -> str:
    """Draw how often `true` holds at each confidence; the diagonal is where confidence tells the truth."""
    filled = [one for one in parts if one.count]
    words = "; ".join(
        f"confidence {one.low:.1f} to {one.high:.1f}: {one.accuracy:.0%} of {one.count}" for one in filled
    )
    drawn = []
    for one in filled:
        left, wide = float(_x(one.low)) + 1, (one.high - one.low) * (_RIGHT - _LEFT) - 2
        above = float(_y(one.accuracy))
        tall = max(_BOTTOM - above, 1)
        drawn.append(
            f'<rect class="good" x="{_n(left)}" y="{_n(_BOTTOM - tall)}" width="{_n(wide)}" height="{_n(tall)}">'
            f"<title>{one.accuracy:.0%} of {one.count}</title></rect>"
            f'<path class="mark" d="M{_n(left)} {_y(one.confidence)}h{_n(wide)}"/>'
            f'<text class="count" x="{_n(left + wide / 2)}" y="{_TOP - 4}">{one.count}</text>'
        )
    return (
        f"{_open(222, title, words)}{_frame(1.0, 'confidence', escape(true))}"
        f'<path class="dashed" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>{"".join(drawn)}</svg>'
    )


def strips(rows: Sequence[tuple[str, Sequence[float]]], title: str) -> str:
    """Draw times in milliseconds on a logarithmic axis: a dot each, a box from quarter to quarter, median and p95."""
    rows = [(name, values) for name, values in rows if values]
    if not rows:
        raise ValueError("there is nothing to draw")
    every = [max(value, 1.0) for _, values in rows for value in values]  # less than a millisecond is as good as one
    first, last = floor(log10(min(every))), ceil(log10(max(every)))
    last = max(last, first + 1)

    def place(value: float) -> float:
        return 8 + (WIDTH - 22) * (log10(max(value, 1.0)) - first) / (last - first)

    height = 58 * len(rows) + 28
    drawn, words = [], []
    for power in range(first, last + 1):
        x = place(10.0**power)
        side = ("start", "end")[power == last] if power in (first, last) else "middle"
        drawn.append(
            f'<path class="axis" d="M{_n(x)} 20V{height - 22}"/>'
            f'<text text-anchor="{side}" x="{_n(x)}" y="{height - 6}">{milliseconds(10.0**power)}</text>'
        )
    for number, (name, values) in enumerate(rows):
        y = 58 * number
        quarter, median, three, late = (quantile(values, share) for share in (0.25, 0.5, 0.75, 0.95))
        said = f"median {milliseconds(median)}, p95 {milliseconds(late)}"
        words.append(f"{name}: {said}")
        # Dots are scattered over five lines, by their order and not by chance, so that equal ones can be told apart.
        dots = "".join(
            f"M{_n(place(value))} {y + 29 + 5 * (order * 2 % 5)}h0" for order, value in enumerate(sorted(values))
        )
        drawn.append(
            f'<text class="name" x="8" y="{y + 14}">{escape(name)}</text>'
            f'<text class="said" x="{WIDTH - 14}" y="{y + 14}" text-anchor="end">{said}</text>'
            f'<path class="dots" d="{dots}"/>'
            f'<path class="whisker" d="M{_n(place(late))} {y + 27}v24"/>'
            f'<rect class="box" x="{_n(place(quarter))}" y="{y + 27}" height="24"'
            f' width="{_n(max(place(three) - place(quarter), 1))}"/>'
            f'<path class="median" d="M{_n(place(median))} {y + 25}v28"/>'
        )
    return f"{_open(height, title, '; '.join(words))}{''.join(drawn)}</svg>"


def quantile(values: Sequence[float], share: float) -> float:
    """Give the value under which `share` of the values lies, interpolated between neighbours; not a number of none."""
    if not values:
        return float("nan")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    under, over = ordered[floor(place)], ordered[ceil(place)]
    return under if under == over else under + (over - under) * (place - floor(place))


def milliseconds(value: float) -> str:
    """Write a time as people say it: 34 ms, 2.1 s, 95 s."""
    if not isfinite(value):
        return "–"
    if abs(value) < 999.5:
        return f"{value:.0f} ms" if abs(value) >= 9.95 or value == round(value) else f"{value:.1f} ms"
    return f"{value / 1000:.1f} s".replace(".0 s", " s") if abs(value) < 99_950 else f"{value / 1000:.0f} s"


# --- what figures share ----------------------------------------------------------------------------------------------


def _open(height: int, title: str, words: str) -> str:
    return f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img">{_named(title, words)}'


def _named(title: str, words: str) -> str:
    return f"<title>{escape(title)}</title><desc>{escape(words)}</desc>"


def _frame(top: float, below: str, beside: str) -> str:
    """Axes from 0 to 100% below and from 0 to `top` beside, with lines to read along."""
    drawn = []
    for step in range(5):
        share = step / 4
        side = "end" if step == 4 else "middle"
        drawn.append(
            f'<path class="axis" d="M{_LEFT} {_y(share)}H{_RIGHT}"/>'
            f'<text text-anchor="end" x="{_LEFT - 6}" y="{_n(float(_y(share)) + 4)}">{_percent(share * top)}</text>'
            f'<text text-anchor="{side}" x="{_x(share)}" y="{_BOTTOM + 16}">{share:.0%}</text>'
        )
    drawn.append(
        f'<text class="said" text-anchor="end" x="{_RIGHT}" y="{_BOTTOM + 32}">{below} →</text>'
        f'<text class="said" x="{_LEFT}" y="{_BOTTOM + 32}">↑ {beside}</text>'
    )
    return "".join(drawn)


def _thinned(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Keep one point for each pixel of the frame, and the last."""
    kept: dict[int, tuple[float, float]] = {}
    for point in points:
        kept[round(point[0] * (_RIGHT - _LEFT))] = point
    return list(kept.values())


def _percent(share: float) -> str:
    return f"{100 * share:g}%" if round(100 * share, 6) == round(100 * share, 1) else f"{100 * share:.1f}%"


def _x(share: float) -> str:
    return _n(_LEFT + (_RIGHT - _LEFT) * _within(share))


def _y(share: float) -> str:
    return _n(_BOTTOM - (_BOTTOM - _TOP) * _within(share))


def _within(share: float) -> float:
    return max(0.0, min(1.0, share)) if isfinite(share) else 0.0


def _n(value: float) -> str:
    """A coordinate in as few characters as it needs."""
    return f"{value:.1f}".removesuffix(".0")
