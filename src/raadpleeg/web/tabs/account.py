"""Verantwoording: what the corpus has and lacks, the models, how good the answers are, and how they are made."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from importlib.metadata import version
from math import isfinite
from pathlib import Path
from typing import Any

from raadpleeg import models
from raadpleeg.answering.assistant import Assistant
from raadpleeg.errors import BadGold, RaadpleegError
from raadpleeg.evaluation import calibration, plots
from raadpleeg.evaluation.baseline import read_baseline
from raadpleeg.indexing.generation import Index
from raadpleeg.lookup.addresses import address_of
from raadpleeg.lookup.questions import Asked
from raadpleeg.lookup.web import Mention, Web
from raadpleeg.reading.references import Reference, official
from raadpleeg.settings import Settings
from raadpleeg.web.opened import Opened
from raadpleeg.web.room import Room
from raadpleeg.web.tabs import (
    day,
    desk,
    facts,
    from_papers,
    opening,
    outside,
    part,
    short,
    table,
    when_shown,
    words_of,
)
from raadpleeg.web.tabs.looking_up import one_paper
from raadpleeg.web.texts import TabTexts

EVALUATION = Path("eval")
"""Where `raadpleeg eval` is run: its results stand in `results`, the pinned figures in `baseline.json`."""
LARGEST = 200_000_000
"""Bytes of a result that is read."""
GAPS = 100
"""Papers that are referred to and not there, and questions without an answer, that are listed; the rest is counted."""
BINS = 10

_OFTEN = ("must", "found", "refused", "fabricated", "R@5", "nDCG@10")
"""The measures that are told, in this order."""
_LESS = frozenset(("refused", "fabricated"))
"""Those of which less is better."""


# --- the corpus ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Gap:
    """A paper that others refer to, and that is not in the corpus."""

    reference: Reference
    times: int
    documents: tuple[str, ...]
    called: str | None


def gaps(mentions: Mapping[str, Sequence[Mention]]) -> tuple[Gap, ...]:
    """Give the parliamentary papers that are referred to and are not there, most often first."""
    found: dict[Hashable, list[tuple[Reference, Mention]]] = {}
    for ones in mentions.values():
        for one in ones:
            reference = one.reference
            if reference and not one.targets and reference.kind in ("kamerstuk", "aanhangsel", "handelingen"):
                found.setdefault(one_paper(reference), []).append((reference.paper, one))
    made = (
        Gap(
            max((paper for paper, _ in ones), key=lambda paper: len(str(paper))),
            len(ones),
            tuple(dict.fromkeys(one.document for _, one in ones)),
            next((one.called for _, one in ones if one.called), None),
        )
        for ones in found.values()
    )
    return tuple(sorted(made, key=lambda gap: (-gap.times, str(gap.reference))))


def missing_dossiers(found: Sequence[Gap], web: Web) -> tuple[str, ...]:
    """Give the numbers of dossiers that are referred to and of which there is no paper at all."""
    there = {number for own in web.own.values() for number in own.dossiers}
    named = dict.fromkeys(number for gap in found for number in gap.reference.dossiers)
    return tuple(sorted(number for number in named if number not in there))


def corpus(index: Index, opened: Opened, words: TabTexts) -> str:
    """Write what is in the corpus, and what it is known not to hold."""
    documents = list(index.documents.values())
    dates = sorted(one.metadata.date for one in documents if one.metadata.date)
    undated = len(documents) - len(dates)
    chambers = Counter(one.metadata.chamber for one in documents)
    kinds = Counter(one.metadata.kind for one in documents if one.metadata.kind)
    dossiers = sorted({number for one in documents for number in one.metadata.dossiers})
    asked = [row for rows in opened.questions(index).values() for row in rows]
    period = ""
    if dates:
        first, last = (escape(day(one, words)) for one in (dates[0], dates[-1]))
        period = first if first == last else f"{first} – {last}"
        period += f' <span class="about">{escape(words.undated.format(undated))}</span>' if undated else ""
    houses = [f"{words.chambers[key]}: {chambers[key]}" for key in ("I", "II") if chambers[key]]
    houses += [f"{words.unknown}: {chambers[None]}"] if chambers[None] else []
    listed = ", ".join(f"{kind} ({number})" for kind, number in kinds.most_common(8))
    told = facts(
        (
            (words.papers, str(len(documents))),
            (words.pages, f"{sum(len(one.pages) for one in documents):,}".replace(",", words.thousands)),
            (words.period, period),
            (words.chamber, escape(", ".join(houses))),
            (words.dossiers, escape(_some(dossiers, words))),
            (words.kinds, f'<span lang="nl">{escape(listed)}</span>' if listed else ""),
            (words.questions, str(len(asked)) if asked else ""),
            (words.indexed, escape(_moment(index.manifest.get("created"), words))),
            (words.fingerprint, f"<code>{escape(str(index.manifest['corpus']['digest']))}</code>"),
        )
    )
    return f"{_section(words.corpus_heading)}{told}{_gaps(index, opened, asked, words)}"


def _gaps(index: Index, opened: Opened, asked: Sequence[Asked], words: TabTexts) -> str:
    web = opened.web(index)
    found = gaps(opened.mentions(index))
    parts = [f'<h3>{escape(words.gaps_heading)}</h3><p class="note">{escape(words.gaps_lead)}</p>']
    missing = missing_dossiers(found, web)
    if missing:
        shown = _some(missing, words, 40)
        parts.append(f'<p class="note">{escape(words.missing_dossiers.format(len(missing)))} {escape(shown)}.</p>')
    if found:
        rows: list[tuple[str, ...]] = []
        for gap in found[:GAPS]:
            called = f'<br><span class="about" lang="nl">{escape(gap.called)}</span>' if gap.called else ""
            by = ", ".join(official(web.documents[key]) for key in gap.documents[:3])
            by += f" + {len(gap.documents) - 3}" if len(gap.documents) > 3 else ""
            address = outside(address_of(gap.reference), words) or "–"
            rows.append((f"{escape(str(gap.reference))}{called}", str(gap.times), escape(by), address))
        heads = (words.paper, words.times, words.referred_by, words.officially)
        label = f"{words.gap_papers} ({len(found)})"
        parts.append(_folded(label, table(words.gap_papers, heads, rows, "gaps", hidden=True)))
    else:
        parts.append(f'<p class="empty">{escape(words.no_gaps)}</p>')
    silent = [row for row in asked if row.status == "unanswered" or not row.answers]
    if silent:
        unanswered = [  # one that has an answer of no use counts, too
            (
                opening(row.document, row.start, row.end, f"{row.reference}, {short(row.unit)}"),
                f'<span lang="nl">{escape(short(row.text, 220))}</span>',
                escape(words.statuses[row.status]),
            )
            for row in silent[:GAPS]
        ]
        label = f"{words.without_answer} ({len(silent)})"
        over = (words.place_head, words.question, words.status)
        parts.append(_folded(label, table(words.without_answer, over, unanswered, "silent", hidden=True)))
    return "".join(parts)


def _some(names: Sequence[str], words: TabTexts, most: int = 12) -> str:
    shown = ", ".join(names[:most])
    return f"{shown} {words.and_more.format(len(names) - most)}" if len(names) > most else shown


# --- the models ------------------------------------------------------------------------------------------------------


def model_table(settings: Settings, assistant: Assistant, words: TabTexts) -> str:
    """Write which models are at work, under which licence and with which fingerprint."""
    encoder = assistant.index.manifest["encoder"]
    own = {models.ENCODER_WEIGHTS.sha256: models.ENCODER_WEIGHTS.licence}
    rows = [
        (
            escape(str(encoder["name"])),
            escape(words.finds),
            escape(own.get(encoder["weights"], words.own_licence)),
            f"<code>{escape(str(encoder['weights']))}</code>",
        )
    ]
    writer = assistant.generator_name
    if writer is None:
        rows.append((escape(words.no_writer), escape(words.writes), "–", "–"))
    else:
        default = settings.generator == "default" and settings.engine in ("llama.cpp", "transformers")
        licence = models.GENERATOR.licence if default else words.own_licence
        sha256 = _writer_hash(settings)
        shown = f"<code>{escape(sha256)}</code>" if sha256 else escape(words.unknown)
        name = models.GENERATOR.name.removesuffix(".gguf") if default else writer
        rows.append((escape(name), escape(words.writes), escape(licence), shown))
    heads = (words.model, words.task, words.licence, words.fingerprint_of_weights)
    return f"{_section(words.models_heading)}{table(words.models_heading, heads, rows, 'models', hidden=True)}"


def _writer_hash(settings: Settings) -> str | None:
    from raadpleeg.lookup.dossier import generator_sha256

    try:
        return generator_sha256(settings)
    except RaadpleegError:
        return None


# --- the evaluation --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """What an evaluation found: means with what each is a mean of, and what its plots are drawn from."""

    source: Path
    pinned: bool
    """Whether these are the pinned figures, and not those of a run of one's own."""
    date: str | None
    about: Mapping[str, Any]
    means: Mapping[str, tuple[float, int]]
    sure: tuple[tuple[float, bool, bool, bool], ...] = ()
    """For each question its confidence, whether the papers answer it, whether it was answered, and rightly."""
    times: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """Milliseconds."""


def last_figures(folder: Path) -> Figures | None:
    """Give the newest result under `folder`; else the pinned figures; else nothing. What is damaged does not count."""
    results = [path for path in (folder / "results").glob("**/result.json") if path.stat().st_size <= LARGEST]
    for path in sorted(results, key=lambda one: one.stat().st_mtime, reverse=True):
        try:
            return _of_run(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    pinned = folder / "baseline.json"
    try:
        baseline = read_baseline(pinned)
    except BadGold:
        return None
    means = {name: (sum(rows.values()) / len(rows), len(rows)) for name, rows in baseline.values.items() if rows}
    return Figures(pinned, True, baseline.about.get("date"), baseline.about, means)


def _of_run(path: Path) -> Figures:
    content = json.loads(path.read_bytes())
    values: Mapping[str, Mapping[str, float]] = content["values"]
    means = {name: (sum(rows.values()) / len(rows), len(rows)) for name, rows in values.items() if rows}
    timings: Mapping[str, Any] = {}
    beside = path.with_name("timings.json")
    if beside.is_file() and beside.stat().st_size <= LARGEST:
        timings = json.loads(beside.read_bytes())
    sure: list[tuple[float, bool, bool, bool]] = []
    for key, answer in (content.get("answers") or {}).items():
        confidence = answer.get("confidence")
        if not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
            sure = []
            break
        answerable = key in values.get("must", {}) or key in values.get("refused", {})
        right = bool(values.get("must", {}).get(key)) and answerable
        sure.append((float(confidence), answerable, not answer["abstained"], right))
    times: dict[str, list[float]] = {}
    for one in (timings.get("answers") or {}).values():
        for name in ("first_quote", "first_token", "total"):
            value = (one or {}).get(name)
            if isinstance(value, int | float) and isfinite(value):
                times.setdefault(name, []).append(float(value))
    made = {name: tuple(ones) for name, ones in times.items()}
    return Figures(path, False, timings.get("date"), content.get("about") or {}, means, tuple(sure), made)


def figures(found: Figures | None, words: TabTexts) -> str:
    """Write what the last evaluation found."""
    if found is None or not found.means:
        return f'{_section(words.figures_heading)}<p class="empty">{escape(words.no_figures)}</p>'
    rows = []
    for name in _OFTEN:
        if name not in found.means:
            continue
        mean, number = found.means[name]
        share = f"{mean:.0%}".replace("%", " %") if name != "nDCG@10" else f"{mean:.2f}".replace(".", words.decimal)
        bar = plots.bar(mean, "less" if name in _LESS else "more")
        rows.append(
            (
                f"{escape(words.measures[name])} <code>{escape(name)}</code>",
                f'<span class="figure">{escape(share)}</span>{bar}',
                escape(words.of_questions.format(number)),
            )
        )
    when = _moment(found.date, words)
    source = words.pinned if found.pinned else words.own_run
    told = f"{source} {words.measured_on.format(when)}" if when else source
    gold = found.about.get("gold")
    names = ", ".join(sorted(gold)) if isinstance(gold, Mapping) else ""
    told += f" {words.gold_files.format(names)}" if names else ""
    written = words.with_writer if found.about.get("generator") else words.quotes_only
    measured = table(words.figures_heading, (words.measure, words.value, words.out_of), rows, "figures", hidden=True)
    return (
        f'{_section(words.figures_heading)}<p class="note">{escape(told)} {escape(written)}</p>'
        f'<p class="note">{escape(words.figures_warning)}</p>{measured}{_drawings(found, words)}'
    )


def _drawings(found: Figures, words: TabTexts) -> str:
    drawn = []
    given = [one for one in found.sure if one[2]]
    if given:
        points = calibration.risk_coverage([one[0] for one in given], [not one[3] for one in given], len(found.sure))
        drawn.append((words.plot_risk, plots.risk_coverage(points, words.plot_risk), words.plot_risk_told))
    if found.sure:
        parts = calibration.bins([one[0] for one in found.sure], [one[1] for one in found.sure], BINS)
        svg = plots.reliability(parts, words.plot_sure, words.papers_answer)
        drawn.append((words.plot_sure, svg, words.plot_sure_told))
    times = [(words.times_of[name], ones) for name, ones in found.times.items() if name in words.times_of]
    if times:
        drawn.append((words.plot_times, plots.strips(times, words.plot_times), words.plot_times_told))
    if not drawn:
        return ""
    listed = "".join(
        f"<figure><h3>{escape(title)}</h3>{_in_words(svg, words)}<figcaption>{escape(told)}</figcaption></figure>"
        for title, svg, told in drawn
    )
    return f'<div class="drawings">{listed}</div>'


def _in_words(svg: str, words: TabTexts) -> str:
    """Put the words of an axis into the language of the page; the report, which has the same drawings, is English."""
    for english, own in words.axes.items():
        svg = svg.replace(f">{english} →<", f">{escape(own)} →<").replace(f">↑ {english}<", f">↑ {escape(own)}<")
    return svg


# --- how it is made --------------------------------------------------------------------------------------------------


def how(words: TabTexts) -> str:
    """Write how an answer comes about."""
    steps = "".join(f"<li>{escape(one)}</li>" for one in words.how)
    return f'{_section(words.how_heading)}<ol class="how">{steps}</ol>'


def colophon(settings: Settings, words: TabTexts) -> str:
    """Write which program this is, and with which folders it works."""
    told = facts(
        (
            (words.version, f"raadpleeg {escape(version('raadpleeg'))}"),
            (words.corpus_folder, f"<code>{escape(str(settings.corpus))}</code>"),
            (words.index_folder, f"<code>{escape(str(settings.index))}</code>"),
        )
    )
    return f'{_section(words.program_heading)}{told}<p class="note">{escape(words.stays_here)}</p>'


def account(assistant: Assistant, settings: Settings, opened: Opened, folder: Path, words: TabTexts) -> str:
    """Write the whole tab."""
    parts = (
        how(words),
        corpus(assistant.index, opened, words),
        model_table(settings, assistant, words),
        figures(last_figures(folder), words),
        colophon(settings, words),
    )
    return '<div class="account">' + "".join(f"<section>{one}</section>" for one in parts) + "</div>"


def build(room: Room) -> None:
    """Build the tab."""
    words = words_of(room)
    with desk("account", words.account_heading, words.account_lead):
        whole = part("account-whole")

    async def fill() -> str:
        return await from_papers(
            room,
            lambda assistant: account(assistant, room.settings, room.opened, EVALUATION, words),
            lambda line: line,
        )

    when_shown(room, fill, [whole])


# --- pieces ----------------------------------------------------------------------------------------------------------


def _section(title: str) -> str:
    return f'<h2 class="section">{escape(title)}</h2>'


def _folded(label: str, inside: str) -> str:
    return f'<details class="beside"><summary>{escape(label)}</summary>{inside}</details>'


def _moment(written: Any, words: TabTexts) -> str:
    """Write a moment in words, in this machine's own time."""
    if not isinstance(written, str):
        return ""
    try:
        moment = datetime.fromisoformat(written.replace("Z", "+00:00"))
    except ValueError:
        return ""
    own = moment.astimezone() if moment.tzinfo else moment
    clock = f", {own:%H:%M}" if len(written) > len("2026-03-18") else ""
    return f"{day(f'{own:%Y-%m-%d}', words)}{clock}"
