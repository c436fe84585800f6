"""The pinned run that later runs are held against, and what makes the gate fail."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from raadpleeg.errors import BadGold
from raadpleeg.evaluation.measures import MEASURES
from raadpleeg.evaluation.result import Measure, Result, Values
from raadpleeg.evaluation.significance import DIGITS, Comparison
from raadpleeg.files import write_whole

MEND = "pin one with raadpleeg eval --pin"

_SHOWN = 5
"""Names that a line gives before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A run that was pinned: what made it, and its values (measure -> question -> value) to `DIGITS` decimals."""

    about: Mapping[str, Any]
    values: Values


def pin(result: Result, path: Path) -> None:
    """Write the values of a run for later runs to be held against; the file is whole or is not touched.

    JSON: `about` as it is, and `values` as question -> measure -> value, a line for each question, so that a difference
    between two files reads as a list of questions. Measures that are not gated are left out: times differ by machine.

    Raises:
        BadGold: the file cannot be written.
        ValueError: a value is not finite.
    """
    loose = {measure.name for measure in MEASURES if not measure.gated}
    rows: dict[str, dict[str, float]] = {}
    for name in sorted(result.values.keys() - loose):
        for question, value in result.values[name].items():
            rows.setdefault(question, {})[name] = round(value, DIGITS) + 0.0  # no minus zero
    about = json.dumps(dict(result.about), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False).replace(
        "\n", "\n "
    )
    lines = ",\n".join(
        f"  {json.dumps(question, ensure_ascii=False)}: {json.dumps(rows[question], allow_nan=False)}"
        for question in sorted(rows)
    )
    text = f'{{\n "about": {about},\n "values": {{\n{lines}\n }}\n}}\n'
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise BadGold(f"the baseline {path} cannot be written ({error.strerror}); mend that, or name another") from None


def read_baseline(path: Path) -> Baseline:
    """Read what `pin` wrote.

    Raises:
        BadGold: there is no such file, or it is damaged.
    """
    try:
        content = _mapping(json.loads(path.read_bytes(), object_pairs_hook=_once), "the whole")
        return Baseline(_mapping(content.get("about"), "about"), _values(content.get("values")))
    except FileNotFoundError:
        raise BadGold(f"there is no baseline {path}; {MEND}") from None
    except OSError as error:
        raise BadGold(f"the baseline {path} cannot be read ({error.strerror}); {MEND}") from None
    except (ValueError, OverflowError, RecursionError) as error:
        raise BadGold(f"the baseline {path} is damaged ({error}); {MEND}") from None


def failures(comparisons: Sequence[Comparison]) -> tuple[str, ...]:
    """Give a line for each gated measure that got worse; nothing where the gate passes.

    A gate that had nothing to compare does not pass: new names for all questions would open it.
    """
    gated = [one for one in comparisons if one.gated]
    if not gated:
        return (f"nothing could be compared: the baseline has none of these measures and questions; {MEND}",)
    return tuple(_failure(one) for one in gated if one.verdict == "worse")


def differences_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    """Name what differs in what made two runs, a line each ("settings.k: 5 → 8"), sorted.

    Whatever stands in `about` is held against each other, however deep: corpus, gold, models, settings, version.
    """
    olds, news = _leaves(before), _leaves(after)
    return tuple(
        f"{'.'.join(path)}: {_change(olds, news, path)}"
        for path in sorted(olds.keys() | news.keys())
        if path not in olds or path not in news or olds[path] != news[path]
    )


def uncompared(before: Values, after: Values, measures: Sequence[Measure]) -> tuple[str, ...]:
    """Name the gated measures and the questions that stand in one run only, and so take no part in the comparison."""
    names = [measure.name for measure in measures if measure.gated]
    olds, news = ({name: set(values[name]) for name in names if values.get(name)} for values in (before, after))
    both = olds.keys() & news.keys()
    gone = {key for name in both for key in olds[name] - news[name]}
    new = {key for name in both for key in news[name] - olds[name]}
    lines = (
        ("measured in the baseline only", [name for name in names if name in olds.keys() - news.keys()]),
        ("not measured in the baseline", [name for name in names if name in news.keys() - olds.keys()]),
        ("questions of the baseline that were not asked, or not for the same measures", sorted(gone)),
        ("questions that are not in the baseline, or not for the same measures", sorted(new)),
    )
    return tuple(f"{what}: {_named(which)}" for what, which in lines if which)


# --- reading ---------------------------------------------------------------------------------------------------------


def _values(rows: Any) -> Values:
    values: dict[str, dict[str, float]] = {}
    for question, row in _mapping(rows, "values").items():
        for name, value in _mapping(row, question).items():
            if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
                raise ValueError(f"{name} of {question} is no number")
            values.setdefault(name, {})[question] = float(value)
    return values


def _mapping(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{name} is no object")
    return value


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse what a careless merge leaves: a question that stands twice, of which JSON would keep the last."""
    row = dict(pairs)
    if len(row) < len(pairs):
        raise ValueError("a name stands twice")
    return row


# --- words -----------------------------------------------------------------------------------------------------------


def _failure(one: Comparison) -> str:
    verb = "rose" if one.difference > 0 else "fell"
    # A change that three digits do not show gets more.
    digits = next((digits for digits in (3, 4, 5) if round(one.before, digits) != round(one.after, digits)), DIGITS)
    count = f"{one.questions} question{'' if one.questions == 1 else 's'}"
    p = "p < .0001" if one.corrected < 0.0001 else f"p = {_figure(one.corrected, 4) if one.corrected < 1 else 1}"
    why = {"chance": "", "never": "; any rise fails", "size": "; a loss of this size fails whatever p is"}[one.ground]
    return (
        f"{one.measure} {verb} from {_figure(one.before, digits)} to {_figure(one.after, digits)} ({p}, {count}){why}"
    )


def _figure(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".removeprefix("0")


def _leaves(value: Any, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """Give every value that is no mapping by its path; as JSON gives it, for one side was read from a file."""
    if isinstance(value, Mapping):
        return {key: leaf for name in value for key, leaf in _leaves(value[name], (*path, str(name))).items()}
    return {path: json.loads(json.dumps(value, default=str))}


def _change(before: Mapping[tuple[str, ...], Any], after: Mapping[tuple[str, ...], Any], path: tuple[str, ...]) -> str:
    old, new = before.get(path), after.get(path)
    if isinstance(old, list) and isinstance(new, list):
        gone = [_shown(one) for one in old if one not in new]
        come = [_shown(one) for one in new if one not in old]
        parts = [f"{word} {_named(which)}" for word, which in (("without", gone), ("with", come)) if which]
        return ", ".join(parts) or "other order or number"
    return f"{_shown(old) if path in before else 'absent'} → {_shown(new) if path in after else 'absent'}"


def _shown(value: Any) -> str:
    """Write a value on one line; a digest by its first letters."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if len(text) >= 32 and all(char in "0123456789abcdef" for char in text):
        return f"{text[:12]}…"
    return " ".join(text.split())


def _named(names: Iterable[str]) -> str:
    every = list(names)
    rest = len(every) - _SHOWN
    return ", ".join(every[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")
