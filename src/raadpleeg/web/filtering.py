"""The panel that keeps the next questions to some of the papers, and what is chosen there as a `Filter`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr

from raadpleeg.errors import BadQuestion
from raadpleeg.reading.references import official
from raadpleeg.records import Document
from raadpleeg.retrieval.filters import Filter
from raadpleeg.web import rendering
from raadpleeg.web.room import static
from raadpleeg.web.texts import Texts

SPEAKER_CHARACTERS = 60
"""Of a speaker's name that a choice shows: a letter of all fracties names every one of them."""
PAPERS_OFFERED = 500
"""A browser draws a list of thousands for seconds; a larger corpus is chosen from by dossier, kind or date."""
DATE_CHARACTERS = 10
WRITTEN_DATE = 40
"""Characters that fit: enough for a date in words, so that it can be told as it was written."""

TO_TOGGLE = "() => { document.querySelector('.side-toggle')?.focus(); }"
"""The button that clears goes away when it has done so; the keyboard's place goes to its neighbour."""

Choices = list[tuple[str, str]]
"""What is shown, and what it stands for."""


@dataclass(frozen=True, slots=True)
class Panel:
    """The parts of the panel, by the field of `Filter` that each one sets, and what stands at the question's box."""

    toggle: gr.HTML
    clear: gr.Button
    fields: Mapping[str, Any]

    @property
    def parts(self) -> list[Any]:
        """Those that are filled in."""
        return list(self.fields.values())

    def chosen(self, values: Mapping[Any, Any]) -> dict[str, Any]:
        """Give what is filled in, by field, from the values of all parts."""
        return {name: values[part] for name, part in self.fields.items()}

    def offer(self, choices: Mapping[str, Choices]) -> dict[Any, Any]:
        """Give the updates that put these choices into the lists."""
        return {self.fields[name]: gr.update(choices=list(own)) for name, own in choices.items()}


def panel(texts: Texts) -> Panel:
    """Build the panel; its lists are empty until `Panel.offer`, and `toggle` and `clear` until they are rendered."""
    lists = {
        "dossiers": texts.dossier,
        "documents": texts.document,
        "chambers": texts.chamber,
        "kinds": texts.kind,
        "speakers": texts.speaker,
    }
    dates = {"since": texts.since, "until": texts.until}
    with gr.Column(elem_id="filters"):
        gr.HTML(rendering.label(texts.only_in), apply_default_css=False)
        fields: dict[str, Any] = {
            name: gr.Dropdown([], label=label, multiselect=True, elem_classes="filter") for name, label in lists.items()
        }
        fields |= {
            name: gr.Textbox(
                label=label, info=texts.date_hint, max_lines=1, max_length=WRITTEN_DATE, elem_classes="filter"
            )
            for name, label in dates.items()
        }
    toggle = gr.HTML(
        rendering.narrowing(0, texts),
        elem_id="narrow",
        apply_default_css=False,
        render=False,
        js_on_load=static("side.js"),
    )
    clear = gr.Button(texts.clear_filters, visible=False, elem_id="clear-filters", render=False)
    # Tied together here, as no other part of the page has to know of it.
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "queue": False}
    whole = Panel(toggle, clear, fields)

    def count(values: dict[Any, Any]) -> dict[Any, Any]:
        active = sum(map(_filled, values.values()))
        return {toggle: rendering.narrowing(active, texts), clear: gr.update(visible=bool(active))}

    gr.on(
        [part.change for part in whole.parts],
        count,
        set(whole.parts),
        [toggle, clear],
        trigger_mode="always_last",
        **quiet,
    )
    empty = [[] if name in lists else "" for name in fields]
    clear.click(lambda: empty, outputs=whole.parts, **quiet).then(None, js=TO_TOGGLE)
    return whole


def choices(documents: Iterable[Document], texts: Texts) -> dict[str, Choices]:
    """Give what may be chosen in papers like these, by field of `Filter`."""
    papers = list(documents)
    dossiers = {one for paper in papers for one in paper.metadata.dossiers}
    chambers = {paper.metadata.chamber for paper in papers}
    kinds = {paper.metadata.kind for paper in papers if paper.metadata.kind}
    return {
        "dossiers": [(one, one) for one in sorted(dossiers)],
        "documents": [(_named(paper), paper.id) for paper in papers[:PAPERS_OFFERED]],
        "chambers": [(name, one) for one, name in texts.chambers.items() if one in chambers],
        "kinds": [(one, one) for one in sorted(kinds, key=str.casefold)],
        "speakers": _speakers({unit.speaker for paper in papers for unit in paper.units if unit.speaker}),
    }


def read(chosen: Mapping[str, Any], texts: Texts) -> Filter:
    """Make a filter of what is filled in.

    Args:
        chosen: a list or a text for each field of `Filter` that is in the panel.
        texts: the words in which a mistake is told.

    Raises:
        BadQuestion: a date is none, or the period ends before it begins.
    """
    since, until = _date(chosen["since"], texts), _date(chosen["until"], texts)
    if since and until and since[: len(until)] > until[: len(since)]:
        raise BadQuestion(texts.wrong_period.format(since, until))
    lists = {name: tuple(chosen.get(name) or ()) for name in ("dossiers", "documents", "chambers", "kinds", "speakers")}
    return Filter(**lists, since=since, until=until).check()


def described(wanted: Filter, texts: Texts) -> str:
    """Say in one line what a filter lets through; nothing where that is everything."""
    parts = [
        *(f"{texts.dossier.lower()} {one}" for one in wanted.dossiers),
        *wanted.documents,
        *(texts.chambers.get(one, one) for one in wanted.chambers),
        *wanted.kinds,
        *wanted.speakers,
        *((f"{texts.since.lower()} {wanted.since}",) if wanted.since else ()),
        *((f"{texts.until.lower()} {wanted.until}",) if wanted.until else ()),
    ]
    return texts.asked_within.format(" · ".join(parts)) if parts else ""


def _filled(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _named(paper: Document) -> str:
    title = paper.title
    if len(title) > SPEAKER_CHARACTERS:
        title = f"{title[:SPEAKER_CHARACTERS].rsplit(' ', 1)[0]} …"
    return f"{official(paper)} · {title}"


def _date(written: str | None, texts: Texts) -> str | None:
    asked = (written or "").strip()
    if not asked:
        return None
    try:
        Filter(since=asked).check()
        # A filter takes any digits; on the page a month or a day that there is not is a slip to be told.
        date.fromisoformat(f"{asked}-01-01"[:DATE_CHARACTERS])
    except (BadQuestion, ValueError):
        raise BadQuestion(texts.wrong_date.format(asked)) from None
    return asked


def _speakers(names: Iterable[str]) -> Choices:
    """Give speakers as choices. A long name stands for all that begin as it does: a filter takes part of a name."""
    begins: dict[str, tuple[str, str]] = {}
    for name in sorted(names):
        value = name
        if len(name) > SPEAKER_CHARACTERS:
            value = name[:SPEAKER_CHARACTERS].rsplit(" ", 1)[0].rstrip(" ,;")
        begins.setdefault(value.casefold(), (value if value == name else f"{value} …", value))
    return [begins[key] for key in sorted(begins)]
