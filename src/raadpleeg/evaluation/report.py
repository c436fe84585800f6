"""Writes a result down: a table for the terminal, a summary in Markdown, a page to read, and files for other tools.

All are pure functions of a `Result` and what it was compared with; only `write` touches the disk. The page is one file
that loads nothing: no script, no font, no image from elsewhere. Every word from a paper, a question or a model is
escaped. Each mean stands beside the number of questions that it is a mean of.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from raadpleeg.contracts import token
from raadpleeg.errors import SettingsError
from raadpleeg.evaluation import calibration, plots
from raadpleeg.evaluation.gold import Item
from raadpleeg.evaluation.measures import MEASURES, RETRIEVAL
from raadpleeg.evaluation.plots import milliseconds, quantile
from raadpleeg.evaluation.result import Measure, Population, Result

if TYPE_CHECKING:
    from raadpleeg.evaluation.significance import Comparison

GROUPS = {
    "retrieval": RETRIEVAL,
    "answers": ("must", "EM", "F1", "contains", "EM-nl", "F1-nl", "contains-nl"),
    "citations": ("cite-P", "cite-R", "found", "inexact", "foreign"),
    "abstention": ("refused", "fabricated", "reason"),
    "speed": ("first_quote_ms", "first_token_ms", "total_ms"),
}
"""In the order of the tables. A measure that stands in none of them comes in a group of its own."""

SHOWN = 500
"""Questions that the page shows, worst first; `result.json` has all."""

_SPEED = {
    "first_quote_ms": "first quotation",
    "first_token_ms": "first word",
    "total_ms": "whole answer",
}

_HEADLINES = {
    "must": "answered right",
    "found": "cite the evidence",
    "refused": "refused although answerable",
    "fabricated": "answered although the papers do not",
    "nDCG@10": "nDCG@10 of passages",
    "R@5": "evidence in the first five",
}
"""What stands large at the top of the page."""

_OUTCOMES = {
    "unsound": ("Cites what does not stand in the papers", "o1"),
    "fabricated": ("Answered although the papers do not", "o2"),
    "wrong": ("Answered, but something that a right answer says is missing", "o3"),
    "refused": ("Refused although the papers answer", "o4"),
    "elsewhere": ("Right, but no citation rests on the evidence", "o5"),
    "reason": ("Refused as it should, for another reason", "o6"),
    "right": ("Right", "o7"),
}
"""What may become of a question, worst first, with the class of its colour."""

_PLACES = {
    "nowhere": ("Nothing relevant found", "o2"),
    "late": ("First relevant passage after the twentieth", "o3"),
    "twenty": ("In the first twenty", "o4"),
    "five": ("In the first five", "o6"),
    "first": ("The first passage", "o7"),
}
"""Where the first relevant passage may stand, worst first."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a summary."""

    measure: Measure
    values: tuple[float, ...]
    comparison: Comparison | None

    @property
    def speed(self) -> bool:
        return self.measure.name in GROUPS["speed"]

    @property
    def figure(self) -> str:
        """The mean; of times the median and the 95th percentile, for a few slow answers carry a mean away."""
        if self.speed:
            return f"{milliseconds(quantile(self.values, 0.5))}, p95 {milliseconds(quantile(self.values, 0.95))}"
        return f"{sum(self.values) / len(self.values):.3f}" if self.values else "–"

    def amount(self, value: float, sign: bool = False) -> str:
        """Write a value of this measure, in its unit."""
        plus = "+" if sign and value > 0 else ""
        if self.speed:
            return plus + milliseconds(value).replace("-", "−")
        # A change that three decimals do not show gets more.
        digits = 3 if not value or abs(value) >= 0.0005 else 5
        return f"{plus}{value:.{digits}f}".replace("-", "−")

    @property
    def compared(self) -> tuple[str, str, str, str, str]:
        """Before and after, difference, interval, p, verdict; empty where there was nothing to compare with."""
        one = self.comparison
        if one is None:
            return ("", "", "", "", "")
        count = f" ({one.questions} asked in both)" if one.questions != len(self.values) else ""
        return (
            f"{'mean ' if self.speed else ''}{self.amount(one.before)} → {self.amount(one.after)}{count}",
            self.amount(one.difference, sign=True),
            f"[{self.amount(one.low, sign=True)}, {self.amount(one.high, sign=True)}]",
            "<0.001" if one.corrected < 0.001 else f"{one.corrected:.3f}",
            {"better": "▲ better", "worse": "▼ worse", "same": "same"}[one.verdict],
        )


# --- for the terminal, and as Markdown -------------------------------------------------------------------------------


def table(result: Result, comparisons: Sequence[Comparison] = ()) -> str:
    """Give the summary as lines for a terminal: each mean with what it is a mean of, and what a comparison says."""
    head = ["", "", *_heads(comparisons)]
    groups = [
        (title, [[f"  {row.measure.name}", row.figure, *_cells(row, comparisons)] for row in rows])
        for title, rows in _summary(result, comparisons)
    ]
    every = [head, *(line for _, lines in groups for line in lines)]
    wide = [max(len(line[place]) for line in every) for place in range(len(head))]

    def laid(line: Sequence[str]) -> str:
        return "  ".join(cell.ljust(width) for cell, width in zip(line, wide, strict=True)).rstrip()

    lines = [_asked(result)]
    for number, (title, rows) in enumerate(groups):
        lines += ["", laid([title, *head[1:]]) if not number else title, *map(laid, rows)]
    missed = [item.id for item in result.items if item.id in result.qrels and _place(result, item.id) in _LATE]
    if result.qrels:
        shown = ", ".join(missed[:20]) + (f" and {len(missed) - 20} more" if len(missed) > 20 else "")
        lines += ["", f"nothing relevant among the first five: {shown or 'none'}"]
    return "\n".join(lines)


def markdown(result: Result, comparisons: Sequence[Comparison] = ()) -> str:
    """Give the summary as Markdown, with what made the result."""
    head = ["measure", "value", *_heads(comparisons)]
    lines = ["# Evaluation", "", _asked(result), ""]
    for title, rows in _summary(result, comparisons):
        lines += [f"## {title.capitalize()}", "", _md_row(head), _md_row(["---"] * len(head))]
        lines += [_md_row([row.measure.name, row.figure, *_cells(row, comparisons)]) for row in rows]
        lines += ["", *(f"- {_md(row.measure.name)}: {_md(row.measure.what)}" for row in rows), ""]
    lines += ["## What made it", ""]
    lines += [f"- {_md(name)}: {_md(text)}" for name, text in _leaves(result.about)]
    return "\n".join(lines) + "\n"


def _heads(comparisons: Sequence[Comparison]) -> list[str]:
    return ["", "before → after", "difference", "95% interval", "p", "verdict"] if comparisons else [""]


def _cells(row: _Row, comparisons: Sequence[Comparison]) -> list[str]:
    return [f"of {len(row.values)}", *(row.compared if comparisons else ())]


def _md_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell if cell == '---' else _md(cell) for cell in cells)} |"


def _md(text: str) -> str:
    """Take from a text what Markdown would read as a mark."""
    return re.sub(r"([\\`*_\[\]<>|#~])", r"\\\1", " ".join(text.split()))


# --- for other tools -------------------------------------------------------------------------------------------------


def result_json(result: Result, comparisons: Sequence[Comparison] = ()) -> dict[str, Any]:
    """Give means with their denominators, values and what was compared, without answers and without times.

    Nothing in it depends on the clock, so the same run gives the same value twice; `timings_json` has the rest.
    """
    steady = {name: values for name, values in result.values.items() if name not in GROUPS["speed"]}
    return {
        "about": {key: value for key, value in result.about.items() if key != "date"},
        "questions": sum(item.answerable for item in result.items),
        "unanswerable": sum(not item.answerable for item in result.items),
        "means": {name: _mean(values) for name, values in steady.items()},
        "denominators": {name: len(values) for name, values in steady.items()},
        "comparisons": [asdict(one) for one in comparisons if one.measure not in GROUPS["speed"]],
        "values": {name: dict(values) for name, values in steady.items()},
    }


def timings_json(result: Result) -> dict[str, Any]:
    """Give what differs from run to run: the date, and times in milliseconds."""
    speeds = {name: result.values[name] for name in GROUPS["speed"] if name in result.values}
    return {
        "date": result.about.get("date"),
        "summary": {
            name: {"median": quantile(each, 0.5), "p95": quantile(each, 0.95), "questions": len(each)}
            for name, values in speeds.items()
            if (each := tuple(values.values()))
        },
        "answers": {key: answer.get("timings_ms") for key, answer in result.answers.items()},
    }


def ragas_lines(result: Result) -> Iterator[str]:
    """Give each answered or refused question as one JSON line in the fields of RAGAS; `reference` may be null."""
    for item in result.items:
        answer = result.answers.get(item.id)
        if answer is not None:
            row = {
                "id": item.id,
                "user_input": item.question,
                "response": answer["answer"],
                "retrieved_contexts": [one["quote"] for one in answer["citations"]],
                "reference": item.answer,
                "reference_contexts": [one.quote for one in item.evidence],
            }
            yield json.dumps(row, ensure_ascii=False)


def qrels_lines(result: Result) -> Iterator[str]:
    """Give the relevant passages in TREC's form; a passage is named `document#start-end`."""
    for key, rows in result.qrels.items():
        for passage, grade in rows.items():
            yield f"{token(key)} 0 {passage} {grade}"


def run_lines(result: Result) -> Iterator[str]:
    """Give the passages that were found in TREC's form, best first."""
    for key, rows in result.run.items():
        for rank, (passage, score) in enumerate(_ranked(rows), 1):
            yield f"{token(key)} Q0 {passage} {rank} {score:.6f} raadpleeg"


def write(result: Result, comparisons: Sequence[Comparison], folder: Path) -> None:
    """Write report.html, summary.md, result.json, timings.json, qrels.txt, run.txt and ragas.jsonl.

    All are written beside first, and get their names when the last one is whole: what stops half-way leaves the
    files of an earlier run as they were. Two runs that answered alike give the same result.json, to the byte.

    Raises:
        SettingsError: the folder cannot be written.
    """
    answers = {
        key: {name: value for name, value in answer.items() if name != "timings_ms"}
        for key, answer in result.answers.items()
    }
    texts = {
        "report.html": html(result, comparisons),
        "summary.md": markdown(result, comparisons),
        "result.json": _json({**result_json(result, comparisons), "answers": answers}),
        "timings.json": _json(timings_json(result)),
        "qrels.txt": "".join(f"{line}\n" for line in qrels_lines(result)),
        "run.txt": "".join(f"{line}\n" for line in run_lines(result)),
        "ragas.jsonl": "".join(f"{line}\n" for line in ragas_lines(result)),
    }
    partials = {name: folder / f".{name}.{os.getpid()}.partial" for name in texts}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            with partials[name].open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        for name, partial in partials.items():
            partial.replace(folder / name)
    except OSError as error:
        raise SettingsError(f"{folder} cannot be written ({error.strerror}); name another folder") from None
    finally:
        for partial in partials.values():
            if partial.parent.is_dir():
                partial.unlink(missing_ok=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


# --- what the words rest on ------------------------------------------------------------------------------------------


def _asked(result: Result) -> str:
    answerable = sum(item.answerable for item in result.items)
    others = len(result.items) - answerable
    kind = "questions" if len(result.items) != 1 else "question"
    what = "" if result.answers else "; only retrieval was measured"
    return f"{len(result.items)} {kind}: {answerable} that the papers answer, {others} that they do not{what}"


def _summary(result: Result, comparisons: Sequence[Comparison]) -> list[tuple[str, tuple[_Row, ...]]]:
    """Give the measures of a result in groups; none is left out."""
    known = {one.name: one for one in MEASURES}
    compared = {one.measure: one for one in comparisons}
    grouped = {name for names in GROUPS.values() for name in names}
    groups = {**GROUPS, "other": tuple(name for name in result.values if name not in grouped)}

    def row(name: str) -> _Row:
        measure = known.get(name, Measure(name, "all", "more", name))
        return _Row(measure, tuple(result.values[name].values()), compared.get(name))

    rows = {title: tuple(row(name) for name in names if name in result.values) for title, names in groups.items()}
    return [(title, one) for title, one in rows.items() if one]


def _mean(values: Mapping[str, float]) -> float | None:
    return round(sum(values.values()) / len(values), 4) if values else None


def _value(result: Result, measure: str, key: str) -> float | None:
    return result.values.get(measure, {}).get(key)


def _ranked(rows: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(rows.items(), key=lambda row: -row[1])


def _first_relevant(result: Result, key: str) -> int | None:
    """Give the rank of the first relevant passage, from 1; None where none was found."""
    relevant = {passage for passage, grade in result.qrels.get(key, {}).items() if grade > 0}
    ranks = (rank for rank, (one, _) in enumerate(_ranked(result.run.get(key, {})), 1) if one in relevant)
    return next(ranks, None)


_LATE = ("nowhere", "late", "twenty")


def _place(result: Result, key: str) -> str:
    rank = _first_relevant(result, key)
    if rank is None:
        return "nowhere"
    return "first" if rank == 1 else "five" if rank <= 5 else "twenty" if rank <= 20 else "late"


def _outcome(result: Result, item: Item) -> str:
    """Say what became of a question that was put to the assistant, by the measures."""

    def is_one(measure: str) -> bool:
        return bool(_value(result, measure, item.id))

    if is_one("inexact") or is_one("foreign"):
        return "unsound"
    if not item.answerable:
        return "fabricated" if is_one("fabricated") else "right" if is_one("reason") else "reason"
    if is_one("refused"):
        return "refused"
    return "wrong" if not is_one("must") else "right" if is_one("found") else "elsewhere"


def _worth(result: Result, item: Item) -> float:
    """Sort the questions of one outcome: less is worse."""
    names = ("nDCG@10", "F1-nl", "cite-P", "cite-R")
    if not item.answerable:
        return float(len(names))  # a refusal has nothing to be sorted by
    return sum(_value(result, name, item.id) or 0.0 for name in names)


def _said(answer: Mapping[str, Any]) -> str:
    return " ".join(sentence["text"] for sentence in answer["sentences"])


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Give everything in nested mappings as a name and one line of text."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from _leaves(one, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        yield path, ", ".join(str(one) for one in value) or "none"
    else:
        yield path, "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


# --- the page --------------------------------------------------------------------------------------------------------


def html(result: Result, comparisons: Sequence[Comparison] = ()) -> str:
    """Give the whole report as one page that loads nothing."""
    style = files("raadpleeg.evaluation").joinpath("report.css").read_text(encoding="utf-8")
    count = len(result.items)
    title = f"Evaluation of {count} question{'' if count == 1 else 's'}"
    parts = [
        _head(result, title),
        _headlines(result, comparisons),
        _became(result),
        _measures(result, comparisons),
        _surety(result),
        _kinds(result),
        _about(result),
        _questions(result),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)} · raadpleeg</title>\n<style>\n{style}</style></head>\n<body>\n<main>\n"
        + "\n".join(filter(None, parts))
        + "\n</main>\n</body></html>\n"
    )


def _head(result: Result, title: str) -> str:
    answerable = sum(item.answerable for item in result.items)
    others = len(result.items) - answerable
    lead = f"{_many(answerable, 'question')} that the papers answer, {others} that they do not"
    kinds = len({item.type for item in result.items})
    languages = Counter(item.lang for item in result.items)
    spoken = ", ".join(f"{name} {count}" for name, count in languages.most_common())
    facts = [("Languages", escape(spoken)), ("Kinds of question", str(kinds))]
    for name, value in result.about.items():
        if name == "gold":
            gold = list(value) if isinstance(value, Mapping | list | tuple) else [str(value)]
            facts.insert(0, ("Gold", escape(", ".join(map(str, gold)))))
        elif not isinstance(value, Mapping) and value not in (None, "", [], ()):
            facts += [(_worded(name), _fact(text)) for _, text in _leaves(value)]
    listed = "".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in facts)
    only = "" if result.answers else " Only retrieval was measured."
    return (
        f'<header><p class="name">raadpleeg</p><h1>{escape(title)}</h1>'
        f'<p class="lead">{lead}.{only}</p><dl class="facts">{listed}</dl></header>'
    )


def _headlines(result: Result, comparisons: Sequence[Comparison]) -> str:
    rows = {row.measure.name: row for _, group in _summary(result, comparisons) for row in group}
    tiles = []
    for name, what in _HEADLINES.items():
        row = rows.get(name)
        if row is None or not row.values:
            continue
        total, count = sum(row.values), len(row.values)
        whole = all(value in (0, 1) for value in row.values)
        under = f"{total:.0f} of {count}" if whole else f"mean of {count}"
        large = f"{100 * total / count:.0f}<small>%</small>" if whole else f"{total / count:.3f}"
        if row.comparison:
            verdict = row.comparison.verdict
            change = row.compared[1]
            words = f"{row.compared[4]}, {change}" if verdict != "same" else f"{change}, no clear change"
            under += f'<br><span class="verdict {verdict}">{words}</span>'
        tiles.append(
            f'<li><strong>{large}</strong><span class="what">{what}</span><span class="of">{under}</span></li>'
        )
    return f'<ul class="tiles">{"".join(tiles)}</ul>' if tiles else ""


def _became(result: Result) -> str:
    """One bar for what became of every question, and one for where the evidence stood."""
    figures = []
    if result.answers:
        found = Counter(_outcome(result, item) for item in result.items if item.id in result.answers)
        figures.append(_stacked("What became of the questions", _OUTCOMES, found, links=True))
    if result.qrels:
        ranks = Counter(_place(result, key) for key in result.qrels)
        figures.append(_stacked("Where the evidence stands", _PLACES, ranks, links=not result.answers))
    return "".join(figures)


def _stacked(title: str, names: Mapping[str, tuple[str, str]], counts: Mapping[str, int], links: bool) -> str:
    backwards = list(names.items())[::-1]  # what is good stands at the left
    parts = [(words, counts.get(key, 0), tone) for key, (words, tone) in backwards]
    total = sum(counts.values())
    legend = []
    for key, (words, tone) in backwards:
        count = counts.get(key, 0)
        label = f'<a href="#{key}">{words}</a>' if links and count else words
        quiet = "" if count else ' class="zero"'
        legend.append(
            f'<li{quiet}><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="{tone}" width="10"'
            f' height="10" rx="2"/></svg><span>{label}</span> <b>{count}</b></li>'
        )
    return (
        f'<section class="stacked"><h2>{title} <small>of {total}</small></h2>{plots.stack(parts, title)}'
        f'<ul class="legend">{"".join(legend)}</ul></section>'
    )


def _measures(result: Result, comparisons: Sequence[Comparison]) -> str:
    groups = _summary(result, comparisons)
    # Times have another unit, so their differences share no scale with those of the shares.
    reach = max((max(abs(one.low), abs(one.high)) for one in comparisons if one.gated), default=0.0)
    heads = [
        "<th scope=col>Measure</th>",
        "<th scope=col class=number>Value</th>",
        "<th scope=col class=number>Of</th>",
    ]
    if comparisons:
        heads += [
            f"<th scope=col{kind}>{name}</th>"
            for name, kind in (
                ("Before → after", ' class="number before"'),
                ("Difference, 95% interval", " class=number"),
                ("<span class=unseen>Drawn</span>", ' class="drawn"'),
                ("<i>p</i>, corrected", " class=number"),
                ("Verdict", ' class="judged"'),
            )
        ]
    else:
        heads.append('<th scope=col class="drawn"><span class=unseen>Drawn</span></th>')
    bodies = []
    for title, rows in groups:
        lines = "".join(_measure_row(row, bool(comparisons), reach) for row in rows)
        bodies.append(
            f'<tbody><tr class="group"><th colspan="{len(heads)}" scope="rowgroup">{title}</th></tr>{lines}</tbody>'
        )
    note = (
        '<p class="note">p from a paired randomisation test, corrected after Holm over the measures that gate; '
        "intervals from a bootstrap. Times never gate, for machines differ; it is their means that are compared.</p>"
        if comparisons
        else ""
    )
    return (
        '<section><h2 id="measures">All measures</h2>'
        '<div class="wide" role="region" aria-labelledby="measures" tabindex="0">'
        f'<table class="measures{" compared" if comparisons else ""}"><thead><tr>{"".join(heads)}</tr></thead>'
        f"{''.join(bodies)}</table></div>{note}</section>"
    )


def _measure_row(row: _Row, compared: bool, reach: float) -> str:
    name = f'<th scope="row"><b>{escape(row.measure.name)}</b><small>{escape(row.measure.what)}</small></th>'
    figure = row.figure.replace(", ", "<br>", 1)
    cells = f'{name}<td class="number">{figure}</td><td class="number quiet">{len(row.values)}</td>'
    if not compared:
        drawn = "" if row.speed or not row.values else plots.bar(sum(row.values) / len(row.values), row.measure.better)
        return f'<tr>{cells}<td class="drawn">{drawn}</td></tr>'
    one = row.comparison
    if one is None:
        return f'<tr>{cells}<td colspan="5" class="quiet">not compared</td></tr>'
    both, difference, interval, p, verdict = map(escape, row.compared)
    drawn = "" if row.speed else plots.interval(one.difference, one.low, one.high, reach, one.verdict)
    # Where there is no room for a column of verdicts, they stand under the interval.
    judged = f'<span class="verdict {one.verdict}">{verdict}</span>'
    shown = (
        f'<td class="number before">{both}</td><td class="number"><b>{difference}</b><br>{interval}'
        f'<span class="narrow">{judged}</span></td>'
    )
    why = {"never": "any rise fails", "size": "a loss of this size fails"}.get(one.ground, "")
    return (
        f'<tr>{cells}{shown}<td class="drawn">{drawn}</td><td class="number">{p}</td>'
        f'<td class="judged">{judged}{f"<small>{why}</small>" if why else ""}</td></tr>'
    )


# --- surety and speed ------------------------------------------------------------------------------------------------


def _surety(result: Result) -> str:
    """Draw risk and coverage, calibration, and times; nothing where nothing was answered."""
    asked = [item for item in result.items if item.id in result.answers]
    if not asked:
        return ""
    answers = [result.answers[item.id] for item in asked]
    # All by one yardstick: a score is no confidence, and the two are not put in one order.
    known = all(isinstance(answer.get("confidence"), int | float) for answer in answers)
    sure = [float(answer["confidence"]) if known else _best_score(answer) for answer in answers]
    yardstick = "confidence" if known else "score of the best passage"
    given = [(item, one) for item, answer, one in zip(asked, answers, sure, strict=True) if not answer["abstained"]]
    wrong = [not (item.answerable and bool(_value(result, "must", item.id))) for item, _ in given]
    figures = []
    if given:
        order = [one for _, one in given]
        points = calibration.risk_coverage(order, wrong, len(asked))
        area = calibration.aurc(order, wrong)
        figures.append(
            _figure(
                "Risk and coverage",
                plots.risk_coverage(points, "Risk and coverage"),
                f"Answers in order of {yardstick}, the surest first. A wrong one lacks something that a right answer "
                f"says, or answers what the papers do not. Area under the curve {area:.3f}; by chance "
                f"{points[-1][1]:.3f} (dashed). Refusals are not covered: there are "
                f"{len(given)} answers to {len(asked)} questions.",
            )
        )
    if known and all(0 <= one <= 1 for one in sure):
        parts = calibration.bins(sure, [item.answerable for item in asked])
        error = calibration.expected_calibration_error(parts)
        figures.append(
            _figure(
                "Calibration",
                plots.reliability(parts, "Calibration", "papers answer"),
                f"Of the questions at each confidence, how many the papers answer; a short line marks what was said, "
                f"the number above is how many there are. "
                f"Expected calibration error {error:.3f}, over {len(asked)} questions in ten bins of equal width.",
            )
        )
    times = [(words, tuple(result.values[name].values())) for name, words in _SPEED.items() if result.values.get(name)]
    if times:
        figures.append(
            _figure(
                "Time to answer",
                plots.strips(times, "Time to answer"),
                "A dot for each question; the box holds the middle half, its line is the median, the short line p95. "
                "A refusal counts as first quotation, and the end as first word where the model wrote none. "
                "The axis is logarithmic.",
            )
        )
    return f'<section><h2>How sure, how fast</h2><div class="figures">{"".join(figures)}</div></section>'


def _best_score(answer: Mapping[str, Any]) -> float:
    """Give the score of the best passage; where nothing was found, less than any score."""
    return max((float(hit["score"]) for hit in answer["hits"]), default=float("-inf"))


def _figure(title: str, drawing: str, words: str) -> str:
    return f"<figure><h3>{title}</h3>{drawing}<figcaption>{words}</figcaption></figure>"


# --- kinds of question -----------------------------------------------------------------------------------------------


def _kinds(result: Result) -> str:
    """Draw the main measures by type of question and by language."""
    answerable = ("must", "found", "refused", "R@5")
    shown = [
        _broken_down(result, "Type", lambda item: item.type, "answerable", answerable),
        _broken_down(result, "Language", lambda item: item.lang, "answerable", answerable),
        _broken_down(result, "Type", lambda item: item.type, "unanswerable", ("fabricated", "reason")),
        _broken_down(result, "Language", lambda item: item.lang, "unanswerable", ("fabricated", "reason")),
    ]
    return (
        f'<section><h2>By type and language</h2><div class="pairs">{"".join(shown)}</div></section>'
        if any(shown)
        else ""
    )


def _broken_down(
    result: Result, head: str, key: Callable[[Item], str], population: Population, names: Sequence[str]
) -> str:
    measures = [one for name in names for one in MEASURES if one.name == name and result.values.get(name)]
    items = [item for item in result.items if item.answerable == (population == "answerable")]
    counts = Counter(key(item) for item in items)
    if not measures or not counts:
        return ""
    rows = []
    for kind, count in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        cells = []
        for measure in measures:
            values = [
                value
                for item in items
                if key(item) == kind and (value := _value(result, measure.name, item.id)) is not None
            ]
            mean = sum(values) / len(values) if values else float("nan")
            shown = f"{100 * mean:.0f}%{plots.bar(mean, measure.better)}" if values else "–"
            # A denominator that is not that of the row is said where it stands.
            other = f" <small>of {len(values)}</small>" if values and len(values) != count else ""
            cells.append(f'<td class="share">{shown}{other}</td>')
        lines = f'<th scope="row">{escape(kind)}</th><td class="number quiet">{count}</td>{"".join(cells)}'
        rows.append(f"<tr>{lines}</tr>")
    heads = "".join(f"<th scope=col>{escape(one.name)}</th>" for one in measures)
    what = "Questions that the papers answer" if population == "answerable" else "Questions that they do not answer"
    return (
        f'<div><table class="kinds"><caption>{what}</caption><thead><tr><th scope="col">{head}</th>'
        f'<th scope="col" class="number">Of</th>{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
    )


def _about(result: Result) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(text)}</td></tr>' for name, text in _leaves(result.about)
    )
    return (
        f'<section><h2>What made it</h2><details class="made"><summary>Version, settings, models and digests</summary>'
        f'<table class="about"><tbody>{rows}</tbody></table></details></section>'
        if rows
        else ""
    )


# --- each question ---------------------------------------------------------------------------------------------------


def _questions(result: Result) -> str:
    """Every question that was measured, worst first, in groups by what became of it."""
    grouped: dict[str, list[Item]] = {key: [] for key in ({**_OUTCOMES} if result.answers else {**_PLACES})}
    for item in result.items:
        if item.id in result.answers:
            grouped[_outcome(result, item)].append(item)
        elif item.id in result.qrels and not result.answers:
            grouped[_place(result, item.id)].append(item)
    names = _OUTCOMES if result.answers else _PLACES
    left, parts = SHOWN, []
    for key, items in grouped.items():
        shown = sorted(items, key=lambda item: _worth(result, item))[:left]
        left -= len(shown)
        if shown:
            words, tone = names[key]
            rows = "".join(_question(result, item, tone) for item in shown)
            parts.append(f'<h3 id="{key}">{words} <small>{len(items)}</small></h3>{rows}')
    total = sum(map(len, grouped.values()))
    if not total:
        return ""
    rest = f" The {SHOWN} worst of {total} are shown; result.json has all." if total > SHOWN else ""
    return (
        f'<section class="questions"><h2>Every question</h2><p class="note">Worst first. Open one to see what came '
        f"back and what was missed; what is open is printed in full.{rest}</p>{''.join(parts)}</section>"
    )


def _question(result: Result, item: Item, tone: str) -> str:
    answer = result.answers.get(item.id)
    sides = _gold_side(result, item, answer) + (_answer_side(result, item, answer) if answer is not None else "")
    values = "".join(
        f"<span>{escape(name)} <b>{milliseconds(value) if name in GROUPS['speed'] else _short(value)}</b></span> "
        for name, values in result.values.items()
        if (value := values.get(item.id)) is not None
    )
    return (
        f'<details class="q"><summary><svg class="swatch" viewBox="0 0 10 10" aria-hidden="true"><rect class="{tone}"'
        f' width="10" height="10" rx="2"/></svg><span class="asked" lang="{escape(item.lang)}">{escape(item.question)}'
        f'</span> <span class="meta">{escape(item.id)} · {escape(item.type)} · {escape(item.lang)}</span></summary>'
        f'<div class="sides">{sides}</div><p class="values">{values}</p></details>'
    )


def _gold_side(result: Result, item: Item, answer: Mapping[str, Any] | None) -> str:
    """What a right answer says and rests on, and which of it did not come."""
    lang = f'lang="{escape(item.lang)}"'
    parts = ["<h4>Expected</h4>"]
    if item.history:
        before = "".join(f"<li {lang}>{escape(one)}</li>" for one in item.history)
        parts.append(f'<p class="label">Asked before</p><ol class="history">{before}</ol>')
    if item.answer:
        parts.append(f'<p class="answer" {lang}>{escape(item.answer)}</p>')
    elif not item.answerable:
        reason = f": {escape(_worded(item.reason))}" if item.reason else ""
        parts.append(f'<p class="answer">A refusal{reason}</p>')
    if item.must and item.answerable and answer is not None:
        said = "" if answer["abstained"] else _said(answer)
        musts = [(one, bool(re.search(one, said, re.IGNORECASE | re.DOTALL))) for one in item.must]
        listed = "".join(
            f'<li class="{"met" if met else "missed"}"><span class="unseen">{"said" if met else "missing"}: </span>'
            f"<code>{escape(one)}</code></li>"
            for one, met in musts
        )
        missing = sum(not met for _, met in musts)
        count = f", {missing} of {len(musts)} missing" if missing else ""
        parts.append(f'<p class="label">Has to say{count}</p><ul class="musts">{listed}</ul>')
    if item.evidence:
        quoted = "".join(
            f'<li><blockquote>{escape(one.quote)}</blockquote><p class="where">{escape(one.document)}</p></li>'
            for one in item.evidence
        )
        parts.append(f'<p class="label">Evidence</p><ul class="quotes">{quoted}</ul>')
    if item.id in result.qrels:
        rank, depth = _first_relevant(result, item.id), len(result.run.get(item.id, {}))
        where = f"at rank {rank}" if rank else f"not among the {depth} found"
        parts.append(f'<p class="label">First with evidence <b>{where}</b></p>')
    return f"<div>{''.join(parts)}</div>"


def _answer_side(result: Result, item: Item, answer: Mapping[str, Any]) -> str:
    """What came back: sentences with their verdicts, citations, and what was near where it was refused or not found."""
    lang = f'lang="{escape(str(answer["language"]))}"'
    generator = answer["model"]["generator"]
    parts = [f"<h4>Came back <small>{escape(str(generator)) if generator else 'quotations'}</small></h4>"]
    if answer["abstained"]:
        reason = escape(_worded(answer["reason"] or ""))
        parts.append(f'<p class="answer" {lang}>{escape(answer["answer"])}</p><p class="label">Refused: {reason}</p>')
    else:
        sentences = "".join(
            f"<li>{escape(one['text'])} {''.join(f'<b class=cite>[{number}]</b>' for number in one['citations'])}"
            f'<small class="check">{escape(str(one["verdict"]))}</small></li>'
            for one in answer["sentences"]
        )
        parts.append(f'<ul class="sentences" {lang}>{sentences}</ul>')
    if answer["citations"]:
        cited = "".join(
            f'<li><b class="cite">[{one["number"]}]</b><blockquote>{escape(one["quote"])}</blockquote>'
            f'<p class="where">{_where(one)}</p></li>'
            for one in answer["citations"]
        )
        rests = _value(result, "found", item.id)
        note = "" if rests is None else " that rest on evidence" if rests else ", none of which rests on evidence"
        if rests:
            share = _value(result, "cite-P", item.id)
            note = "" if share == 1 else f", of which {100 * (share or 0):.0f}% rest on evidence"
        parts.append(f'<p class="label">Citations{note}</p><ul class="quotes">{cited}</ul>')
    hits = answer["hits"][:3]
    if hits and (answer["abstained"] or not _value(result, "found", item.id)):
        relevant = result.qrels.get(item.id, {})
        near = "".join(
            f"<li>{_where({**hit, 'reference': hit['document']})} · {float(hit['score']):.3f}"
            + (
                " · <b>holds evidence</b>"
                if f"{token(hit['document'])}#{hit['start']}-{hit['end']}" in relevant
                else ""
            )
            + "</li>"
            for hit in hits
        )
        parts.append(f'<p class="label">Best passages</p><ol class="near">{near}</ol>')
    return f"<div>{''.join(parts)}</div>"


def _where(one: Mapping[str, Any]) -> str:
    """Reference (which names the page, or the page beside it), unit and speaker."""
    reference, page = str(one["reference"]), one["page"]
    named = re.search(rf"\bp\.\s*{re.escape(str(page))}\b", reference)
    words = (reference, "" if named else f"p. {page}", one.get("unit"), one.get("speaker"))
    return " · ".join(escape(str(word)) for word in words if word)


def _fact(text: str) -> str:
    """A digest is known by its first letters; the table of what made the result has it whole."""
    if re.fullmatch(r"[0-9a-f]{32,}", text):
        return f"<code>{text[:12]}…</code>"
    return escape(text)


def _worded(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
