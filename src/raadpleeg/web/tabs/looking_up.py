"""Opzoeken: a reference or a quotation becomes its place, and the references between papers a picture."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import count
from math import log2
from typing import Any, Literal

import gradio as gr

from raadpleeg.answering.assistant import Assistant
from raadpleeg.errors import Ambiguous, BadReference
from raadpleeg.indexing.generation import Index
from raadpleeg.lookup.addresses import address_of
from raadpleeg.lookup.places import LONGEST, Change, Cited, Place, Related, cite
from raadpleeg.lookup.quoting import LONGEST as LONGEST_QUOTATION
from raadpleeg.lookup.quoting import Quotable, quote
from raadpleeg.lookup.web import Mention, Note, Web, known
from raadpleeg.reading.references import Reference, official
from raadpleeg.reading.sentences import sentences
from raadpleeg.records import Document
from raadpleeg.web import rendering
from raadpleeg.web.opened import Opened
from raadpleeg.web.room import Room
from raadpleeg.web.tabs import (
    QUIET,
    counted,
    day,
    desk,
    facts,
    from_papers,
    looking,
    marked,
    opening,
    outside,
    paper_choices,
    paper_words,
    part,
    short,
    table,
    when_shown,
    words_of,
)
from raadpleeg.web.texts import TabTexts

Way = Literal["auto", "reference", "quotation"]
WAYS: tuple[Way, ...] = ("auto", "reference", "quotation")

SHORT = 8
"""Words that name a place in a paper; a quotation that holds a reference has more."""
PLACES = 20
"""Places that are written out; the rest is counted."""
PLACE_CHARACTERS = 1500
"""Characters of the words of a place above which they are folded."""
REFERRING = 60
"""Places that refer to a paper that are listed; the rest is counted."""
MOST = 36
"""Papers that the picture has room for at either side; the table beside it has more."""
ROWS = 400
"""Rows of that table."""
SPOTS = 6
"""Places that one row of it opens."""
LEAST_WORDS, EXAMPLE_WORDS = 5, 14
"""Words of the example of a quotation; a sentence of fewer is a heading."""
ALL = ""
"""The choice for the references of all papers."""

_BRIEF = (
    (re.compile(r"\bBijlage bij "), "Bijl. "),
    (re.compile(r"\bAanhangsel Handelingen (?:I|II) "), "Aanh. "),
    (re.compile(r"\bHandelingen (?:I|II) "), "Hand. "),
    (re.compile(r"\bKamerstukken (?:(?:I|II)[ ,]+)?(?:\d{4}/\d{2}, )?(?=\d)"), ""),
)
"""What a reference has that can be left out where there is little room: a Kamerstuk has its number for good."""
_NO_PAPER = ("artikel", "zelfde", "ecli")
"""Kinds of reference that name no paper, and so are no point in the picture."""


# --- what is asked ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking something up."""

    kind: Literal["reference", "quotation"]
    cited: Cited


def look_up(query: str, way: Way, web: Web, quotable: Quotable) -> Looked:
    """Look for a reference or a quotation; which of the two it is, is told from what is found.

    What reads as a reference is one, also where there is no such place. Words that merely hold a reference ("De
    telling, bedoeld in Kamerstuk 36 450, nr. 2, begint in het najaar") are looked for as they stand.

    Raises:
        BadReference: it is empty, too long, or was to be a reference and is none.
        Ambiguous: it is a reference to several papers.
    """
    if way == "quotation":
        return Looked("quotation", quote(query, quotable))
    try:
        cited = cite(query, web)
    except Ambiguous:
        raise
    except BadReference:
        if way == "reference" or not any(char.isalnum() for char in query):
            raise
        return Looked("quotation", quote(query, quotable))
    if way == "auto" and not cited.found and not _is_reference(query):
        quoted = quote(query, quotable)
        if quoted.found:
            return Looked("quotation", quoted)
    return Looked("reference", cited)


def _is_reference(query: str) -> bool:
    """Tell a reference from words that hold one. What a paper refers to often stands in its notes letter by letter."""
    return known(query) is not None or len(query.split()) <= SHORT


def candidates(query: str, error: Ambiguous, web: Web) -> list[tuple[str, str]]:
    """Give what may be meant, as something to look up, with the reference that it is shown by."""
    found = []
    for key in error.candidates:
        narrower = f"{key}, {query}"
        try:
            narrower = narrower if cite(narrower, web).found else key
        except BadReference:
            narrower = key
        found.append((narrower, official(web.documents[key])))
    return found


def examples(index: Index) -> list[str]:
    """Give what can be looked up in these very papers: an answer, a footnote, words, a paper that they refer to."""
    found: list[str] = []
    for document in index.documents.values():
        answers = [one for one in document.units if one.kind == "answer" and one.numbers]
        if answers and not found:
            first = answers[min(2, len(answers) - 1)]
            found.append(f"{official(document)}, antwoord {first.numbers[0]}")
            spans = sentences(document.text, first.start, first.end)
            said = (document.text[start:end].split() for start, end in spans)
            found.append(" ".join(next((one for one in said if len(one) > LEAST_WORDS), [])[:EXAMPLE_WORDS]))
    noted = next((one for one in index.documents.values() if any(note.number for note in one.footnotes)), None)
    if noted:
        number = next(note.number for note in noted.footnotes if note.number)
        found.insert(1, f"voetnoot {number} van {noted.id}")
    if not found and index.documents:
        found.append(official(next(iter(index.documents.values()))))
    return [one for one in found if one.strip()]


# --- what is found, as HTML ------------------------------------------------------------------------------------------


def looked(one: Looked, web: Web, words: TabTexts, focus: bool = False) -> str:
    """Write all that was found for a reference or a quotation."""
    cited = one.cited
    body = "".join(_place(place, web, words, len(cited.places) == 1) for place in cited.places[:PLACES])
    if len(cited.places) > PLACES:
        body += f'<p class="rest">{escape(words.more_places.format(len(cited.places) - PLACES))}</p>'
    if any(len(web.documents[place.document].text) == place.end - place.start for place in cited.places[1:]):
        body = _papers([web.documents[place.document] for place in cited.places], words)
    address = outside(cited.address, words)
    official_place = f'<p class="spot">{escape(words.officially)} {address}</p>' if address else ""
    absent = _absent(cited, web, words) if not cited.in_corpus and one.kind == "reference" else ""
    return (
        f'<section class="looked {one.kind}">{_heading(one, words, focus)}{absent}{body}{official_place}'
        f"{_referring(cited.referred_by, web, words)}</section>"
    )


def summary(one: Looked, words: TabTexts) -> str:
    """Say in one line what was found."""
    cited = one.cited
    if one.kind == "quotation" and not cited.found:
        return words.no_such_words
    if not cited.in_corpus:
        return words.absent_title.format(cited.reference or "")
    if not cited.found:
        return words.no_such_part.format(cited.reference or cited.query)
    places = counted(len(cited.places), words.place, words.places)
    if one.kind == "quotation":
        return f"{words.matches[cited.places[0].match]} · {places}"
    return places


def _heading(one: Looked, words: TabTexts, focus: bool) -> str:
    told = words.as_quotation if one.kind == "quotation" else words.as_reference
    title = one.cited.query if one.kind == "quotation" else one.cited.reference or one.cited.query
    shown = f"“{short(title, 140)}”" if one.kind == "quotation" else short(title, 140)
    marked = " data-focus" if focus else ""
    return (
        f'<header><p class="label">{escape(told)}</p><h2 tabindex="-1"{marked}>{escape(shown)}</h2>'
        f'<p class="verdict-line">{escape(summary(one, words))}</p></header>'
    )


def _place(place: Place, web: Web, words: TabTexts, alone: bool = False) -> str:
    document = web.documents[place.document]
    whole = place.start == 0 and place.end == len(document.text)
    named = place.reference if place.footnote is None else f"{place.reference}, {words.note.format(place.footnote)}"
    span = (0, 0) if whole else (place.start, place.end)  # of a whole paper nothing is marked
    button = opening(place.document, *span, named, words.open_place.format(named))
    about = [escape(one) for one in (place.unit, short(place.speaker or "", 90), short(place.title, 90)) if one]
    # Of a single place it stands above it already how it fits.
    fits = bool(place.changes) and not alone
    match = f'<span class="match">{escape(words.matches[place.match])}</span>' if fits else ""
    where = f'<p class="spot">{button} <span class="about" lang="nl">{" · ".join(about)}</span>{match}</p>'
    if whole:
        body = _paper_facts(document, words)
    elif place.changes and place.footnote is None:
        body = _misquoted(place, words)
    elif place.footnote is not None:
        note = "".join(_note(one, web, words) for one in place.footnotes)
        told = f'<p class="label">{escape(words.stands_at)}</p>'
        body = f'<ol class="notes">{note}</ol>{_changes(place.changes, words)}{told}{paper_words(place.quote, words)}'
    else:
        body = paper_words(place.quote, words, PLACE_CHARACTERS)
    beside = _related(place.document, words.question, place.questions, words)
    beside += _related(place.document, words.answer, place.answers, words)
    notes = ""
    if place.footnotes and place.footnote is None:
        listed = "".join(_note(one, web, words) for one in place.footnotes)
        label = counted(len(place.footnotes), words.footnote, words.footnotes)
        notes = (
            f'<details class="beside"{"" if whole else " open"}><summary>{escape(label)}</summary>'
            f'<ol class="notes">{listed}</ol></details>'
        )
    return f'<article class="place">{where}{body}{beside}{notes}</article>'


def _paper_facts(document: Document, words: TabTexts) -> str:
    about = document.metadata
    kinds = [one.kind for one in document.units]
    return facts(
        (
            (words.kind, f'<span lang="nl">{escape(about.kind or "")}</span>' if about.kind else ""),
            (words.date, escape(day(about.date, words))),
            (words.pages, str(len(document.pages))),
            (words.questions, str(kinds.count("question")) if "question" in kinds else ""),
            (words.footnotes, str(len(document.footnotes)) if document.footnotes else ""),
        )
    )


def _papers(documents: Sequence[Document], words: TabTexts) -> str:
    rows = (
        (
            opening(one.id, 0, 0, official(one), words.open_place.format(official(one))),
            f'<span lang="nl">{escape(one.title)}</span>',
            escape(day(one.metadata.date, words)),
            str(len(one.pages)),
        )
        for one in documents
    )
    return table(words.papers_found, (words.paper, words.title, words.date, words.pages), rows)


def _misquoted(place: Place, words: TabTexts) -> str:
    """Write the paper's own words underlined where the quotation differs, and the quotation's words struck out."""
    parts: list[str] = []
    at = place.start
    for change in sorted(place.changes, key=lambda one: (one.start, one.end)):
        parts.append(escape(place.quote[at - place.start : change.start - place.start]))
        if change.quoted:
            parts.append(
                f'<del><span class="unseen">{escape(words.in_quotation)} </span>{escape(change.quoted)}</del> '
            )
        if change.paper:
            shown = place.quote[change.start - place.start : change.end - place.start]
            told = f'<span class="unseen">{escape(words.in_paper)} </span>'
            parts.append(f"<ins>{told}{escape(shown)}</ins>")
        at = max(at, change.end)
    parts.append(escape(place.quote[at - place.start :]))
    legend = f"<del>{escape(words.in_quotation_only)}</del> <ins>{escape(words.in_paper_only)}</ins>"
    return (
        f'<blockquote class="quote changed" lang="nl">{"".join(parts)}</blockquote>'
        f'<p class="legend" aria-hidden="true">{legend}</p>{_changes(place.changes, words)}'
    )


def _changes(changes: Sequence[Change], words: TabTexts) -> str:
    if not changes:
        return ""
    told = {"replaced": words.replaced, "left out": words.left_out, "added": words.added}
    items = "".join(f"<li>{escape(told[one.kind].format(paper=one.paper, quoted=one.quoted))}</li>" for one in changes)
    label = counted(len(changes), words.change, words.changes)
    return f'<details class="beside changes"><summary>{escape(label)}</summary><ul>{items}</ul></details>'


def _related(document: str, label: str, related: Sequence[Related], words: TabTexts) -> str:
    parts = []
    for one in related:
        name = f"{one.unit}, {words.page.format(one.page)}"
        button = opening(document, one.start, one.end, name, words.open_place.format(name))
        speaker = f' <span class="about" lang="nl">{escape(short(one.speaker, 90))}</span>' if one.speaker else ""
        parts.append(
            f'<div class="related"><p class="spot"><span class="label">{escape(label)}</span> {button}{speaker}</p>'
            f"{paper_words(one.text, words)}</div>"
        )
    return "".join(parts)


def _note(note: Note, web: Web, words: TabTexts) -> str:
    number = note.footnote.number
    value = f' value="{number}"' if number else ""
    leads = []
    for one in note.mentions:
        if one.targets:
            target = one.targets[0]
            name = official(web.documents[target.document], target.page)
            # A reference leads to a page or a paper, not to words in it: it is opened there, with nothing marked.
            leads.append(opening(target.document, target.start, target.start, name, words.open_place.format(name)))
        elif one.reference is not None:
            leads.append(outside(address_of(one.reference), words))
    shown = " ".join(f'<span class="lead">→ {one}</span>' for one in dict.fromkeys(leads) if one)
    return f'<li{value}><span lang="nl">{escape(note.footnote.text)}</span> {shown}</li>'


def _absent(cited: Cited, web: Web, words: TabTexts) -> str:
    called = f'<p>{escape(words.called)} <q lang="nl">{escape(cited.called)}</q></p>' if cited.called else ""
    alike = ""
    if cited.alike:
        buttons = ", ".join(looking(key, official(web.documents[key]), "reference") for key in cited.alike)
        alike = f"<p>{escape(words.alike)} {buttons}</p>"
    nobody = "" if cited.referred_by else f"<p>{escape(words.nobody_refers)}</p>"
    return f'<div class="lacking">{called}{alike}{nobody}</div>'


def _referring(found: Sequence[Mention], web: Web, words: TabTexts) -> str:
    if not found:
        return ""
    rows = []
    for one in found[:REFERRING]:
        document = web.documents[one.document]
        name = official(document, one.page)
        note = f", {words.note.format(one.footnote)}" if one.footnote is not None else ""
        named = f"{name}{note}"
        rows.append(
            (
                opening(
                    one.document,
                    *marked(document, one.start, one.end),
                    named,
                    words.open_place.format(named),
                ),
                f'<span lang="nl">{escape(short(one.unit, 70))}</span>',
                f'<span class="written" lang="nl">{escape(one.written)}</span>',
            )
        )
    rest = ""
    if len(found) > REFERRING:
        rest = f'<p class="rest">{escape(words.more_places.format(len(found) - REFERRING))}</p>'
    label = f"{words.referred_by} ({len(found)})"
    return table(label, (words.place_head, words.unit, words.written), rows, "referring") + rest


# --- the web of references as a picture ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Node:
    """A paper that is referred to: in the corpus, by its id, or elsewhere, by its reference."""

    name: str
    query: str
    """With which it is looked up."""
    here: bool
    called: str | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """That one paper refers to another, and where."""

    source: str
    target: Node
    mentions: tuple[Mention, ...]


def edges(web: Web, mentions: Mapping[str, Sequence[Mention]], only: str = ALL) -> tuple[Edge, ...]:
    """Give which paper refers to which, most often first; with `only`, from and to that paper."""
    found: dict[tuple[str, Hashable], list[Mention]] = {}
    nodes: dict[Hashable, Node] = {}
    for source, ones in mentions.items():
        for one in ones:
            for key, node in _nodes(web, one):
                if key == source or (only and only not in (source, key)):
                    continue
                known = nodes.get(key, node)
                # Of the ways in which a paper is written the fullest names it, and the first name that it is given.
                fullest = node if len(node.name) > len(known.name) else known
                nodes[key] = replace(fullest, called=known.called or node.called)
                found.setdefault((source, key), []).append(one)
    made = [Edge(source, nodes[key], tuple(ones)) for (source, key), ones in found.items()]
    return tuple(sorted(made, key=lambda edge: (-len(edge.mentions), edge.source, edge.target.query)))


def _nodes(web: Web, one: Mention) -> Iterator[tuple[Hashable, Node]]:
    """Give the papers that a mention leads to, each with what tells it from others."""
    if one.inner or one.reference is None or one.reference.kind in _NO_PAPER:
        return
    papers = dict.fromkeys(target.document for target in one.targets)
    for key in papers:
        yield key, Node(official(web.documents[key]), key, here=True)
    if not papers:
        paper = one.reference.paper
        yield one_paper(paper), Node(str(paper), str(paper), here=False, called=one.called)


def one_paper(reference: Reference) -> Hashable:
    """Give what is the same for every way in which one paper is referred to: a Kamerstuk has its number for good."""
    paper = reference.paper
    if paper.kind == "kamerstuk":
        return (paper.kind, paper.dossiers, paper.number, paper.annex)
    return paper


def picture(found: Sequence[Edge], web: Web, words: TabTexts) -> str:
    """Draw who refers at the left, what is referred to at the right, and a line between them for every pair.

    The points are buttons in two lists, so that a keyboard and a screen reader have them; the lines are only seen.
    """
    if not found:
        return f'<p class="empty">{escape(words.no_references)}</p>'
    left, right = _columns(found)
    height = max(len(left), len(right))
    # Each side takes the whole height, so that a line goes across as straight as it can.
    tall = height / len(left), height / len(right)
    rows = {key: (at + 0.5) * tall[0] for at, key in enumerate(left)}
    places = {key: (at + 0.5) * tall[1] for at, key in enumerate(right)}
    lines = []
    for edge in found:
        source, target = edge.source, edge.target.query
        if source in rows and target in places:
            y, z = rows[source], places[target]
            wide = min(1 + log2(len(edge.mentions)), 5)
            tone = "here" if edge.target.here else "there"
            lines.append(
                f'<path class="{tone}" data-from="f{escape(source)}" data-to="t{escape(target)}" '
                f'd="M0 {y:.2f}C50 {y:.2f} 50 {z:.2f} 100 {z:.2f}" style="stroke-width:{wide:.1f}px"/>'
            )
    froms = "".join(
        _point(f"f{key}", Node(official(web.documents[key]), key, here=True), words.refers.format(n), words)
        for key, n in left.items()
    )
    tos = "".join(_point(f"t{key}", node, words.referred.format(n), words) for key, (node, n) in right.items())
    hidden = len({edge.source for edge in found}) - len(left), len({edge.target.query for edge in found}) - len(right)
    rest = f'<p class="rest">{escape(words.more_papers.format(sum(hidden)))}</p>' if sum(hidden) else ""
    return (
        f'<div class="refweb"><p class="side from">{escape(words.who_refers)}</p>'
        f'<p class="side to">{escape(words.to_what)}</p>'
        f'<ol class="from" style="--tall:{tall[0]:.4f}" aria-label="{escape(words.who_refers)}">{froms}</ol>'
        f'<svg viewBox="0 0 100 {height}" preserveAspectRatio="none" aria-hidden="true" '
        f'style="height:calc({height} * var(--row))">{"".join(lines)}</svg>'
        f'<ol class="to" style="--tall:{tall[1]:.4f}" aria-label="{escape(words.to_what)}">{tos}</ol></div>'
        f'<p class="legend"><span class="dot here"></span> {escape(words.in_corpus)} '
        f'<span class="dot there"></span> {escape(words.not_here)}</p>{rest}'
    )


def _columns(found: Sequence[Edge]) -> tuple[dict[str, int], dict[str, tuple[Node, int]]]:
    """Give who refers, and what is referred to, each with how often, in an order in which few lines cross.

    Where there is not room for all, each of those who refer has its most frequent ones in it before another has more.
    """
    froms: dict[str, int] = {}
    tos: dict[str, tuple[Node, int]] = {}
    own: dict[str, list[str]] = {}
    for edge in found:
        froms[edge.source] = froms.get(edge.source, 0) + len(edge.mentions)
        tos[edge.target.query] = (edge.target, tos.get(edge.target.query, (edge.target, 0))[1] + len(edge.mentions))
        own.setdefault(edge.source, []).append(edge.target.query)
    left = sorted(sorted(froms, key=lambda key: (-froms[key], key))[:MOST])
    kept: dict[str, None] = {}
    for turn in range(max(len(own[key]) for key in left)):
        for key in left:
            if turn < len(own[key]) and len(kept) < MOST:
                kept[own[key][turn]] = None
    order = {key: at for at, key in enumerate(left)}

    def middle(key: str) -> float:
        beside = [order[edge.source] for edge in found if edge.target.query == key and edge.source in order]
        return sum(beside) / len(beside)

    right = sorted(kept, key=lambda key: (middle(key), not tos[key][0].here, key))
    return {key: froms[key] for key in left}, {key: tos[key] for key in right}


def _point(name: str, node: Node, told: str, words: TabTexts) -> str:
    state = words.in_corpus if node.here else words.not_here
    label = f"{node.name}: {told}, {state}{f', {node.called}' if node.called else ''}"
    return (
        f'<li><button type="button" class="point {"here" if node.here else "there"}" data-node="{escape(name)}" '
        f'data-lookup="{escape(node.query)}" data-way="reference" title="{escape(label)}" '
        f'aria-label="{escape(label)}"><span>{escape(_brief(node.name))}</span></button></li>'
    )


def _brief(name: str) -> str:
    """Shorten a reference so that it fits beside a line; its button has the whole of it for who asks or listens."""
    for pattern, brief in _BRIEF:
        name = pattern.sub(brief, name)
    return name


def as_table(found: Sequence[Edge], web: Web, words: TabTexts) -> str:
    """Write the same as a table, with the places."""
    if not found:
        return ""
    rows = []
    for edge in found[:ROWS]:
        spots = "".join(f"<li>{_spot(one, web, words)}</li>" for one in edge.mentions[:SPOTS])
        more = f"<li>+ {len(edge.mentions) - SPOTS}</li>" if len(edge.mentions) > SPOTS else ""
        name = official(web.documents[edge.source])
        called = f'<br><span class="about" lang="nl">{escape(edge.target.called)}</span>' if edge.target.called else ""
        rows.append(
            (
                looking(edge.source, name, "reference"),
                looking(edge.target.query, edge.target.name, "reference") + called,
                escape(words.yes if edge.target.here else words.no),
                str(len(edge.mentions)),
                f'<ul class="spots">{spots}{more}</ul>',
            )
        )
    heads = (words.paper, words.refers_to, words.in_corpus_head, words.times, words.place_head)
    return (
        f'<details class="beside"><summary>{escape(words.as_table)} ({len(found)})</summary>'
        f"{table(words.web_heading, heads, rows, 'web', hidden=True)}</details>"
    )


def _spot(one: Mention, web: Web, words: TabTexts) -> str:
    name = words.page.format(one.page) + (f", {words.note.format(one.footnote)}" if one.footnote is not None else "")
    label = words.open_place.format(f"{official(web.documents[one.document])}, {name}: {one.written}")
    return opening(one.document, *marked(web.documents[one.document], one.start, one.end), name, label)


# --- the tab ---------------------------------------------------------------------------------------------------------


def build(room: Room) -> None:
    """Build the tab."""
    words = words_of(room)
    shown = count(1)
    desk_column = desk("lookup", words.lookup_heading, words.lookup_lead)
    with desk_column:
        with gr.Column(elem_classes="asking-row"):
            box = gr.Textbox(
                label=words.lookup_label,
                placeholder=words.lookup_placeholder,
                lines=1,
                max_lines=8,
                max_length=LONGEST_QUOTATION,
                submit_btn=words.look_up,
                elem_id="lookup-box",
                elem_classes="ask-box",
                container=True,
            )
            way = gr.Radio(
                [(words.ways[one], one) for one in WAYS],
                value="auto",
                label=words.way,
                elem_id="lookup-way",
                elem_classes="choice",
            )
        live = gr.HTML(rendering.spoken(""), elem_id="lookup-live", apply_default_css=False)
        found = part("lookup-found")
        gr.HTML(
            f'<h2 class="section">{escape(words.web_heading)}</h2><p class="lead">{escape(words.web_lead)}</p>',
            elem_id="lookup-web-head",
            apply_default_css=False,
        )
        paper = gr.Dropdown(
            [(words.all_papers, ALL)],
            value=ALL,
            label=words.paper,
            elem_id="lookup-paper",
            elem_classes="choice narrow",
        )
        drawing = part("lookup-web")
        asked_already = gr.State(False)

    def answer(assistant: Assistant, query: str, asked: Way, focus: bool) -> tuple[str, str]:
        shown_, said = _answer(query, asked, assistant.index, room.opened, words, focus)
        # The same thing looked up twice is two answers: a part shows itself anew only when its value changes.
        return f"{shown_}<!-- {next(shown)} -->", rendering.spoken(said)

    async def by_typing(query: str, chosen: str) -> tuple[str, str, bool]:
        asked = _way(chosen)
        result, said = await from_papers(
            room, lambda assistant: answer(assistant, query or "", asked, focus=False), lambda line: (line, "")
        )
        return result, said, True

    async def by_click(event: gr.EventData) -> tuple[Any, str, str, bool]:
        wanted = event._data if isinstance(event._data, dict) else {}
        query = str(wanted.get("query") or "")[:LONGEST_QUOTATION]
        asked = _way(wanted.get("way"))
        result, said = await from_papers(
            room, lambda assistant: answer(assistant, query, asked, focus=True), lambda line: (line, "")
        )
        return query, result, said, True

    async def draw(chosen: str) -> str:
        return await from_papers(
            room, lambda assistant: _drawn(assistant.index, room.opened, chosen or ALL, words), lambda line: line
        )

    async def fill(kept: bool, chosen: str) -> tuple[Any, Any, str]:
        def filled(assistant: Assistant) -> tuple[Any, Any, str]:
            index = assistant.index
            own = chosen if chosen in index.documents else ALL
            choices = [(words.all_papers, ALL), *paper_choices(index.documents.values())]
            # What was found stands; an empty tab says what can be looked up.
            first = gr.skip() if kept else _welcome(index, words)
            return first, gr.update(choices=choices, value=own), _drawn(index, room.opened, own, words)

        return await from_papers(room, filled, lambda line: (line, gr.update(), ""))

    answered = [found, live, asked_already]
    box.submit(by_typing, [box, way], answered, concurrency_limit=None, **QUIET)
    for one in (found, drawing):
        one.look(by_click, None, [box, *answered], concurrency_limit=None, **QUIET)
    paper.input(draw, paper, drawing, concurrency_limit=None, **QUIET)
    when_shown(room, fill, [found, paper, drawing], [asked_already, paper])


def _way(value: Any) -> Way:
    """Give how something is to be read; what a browser sends is not believed."""
    return "reference" if value == "reference" else "quotation" if value == "quotation" else "auto"


def _answer(query: str, asked: Way, index: Index, opened: Opened, words: TabTexts, focus: bool) -> tuple[str, str]:
    """Look something up: the HTML, and what is said of it."""
    web = opened.web(index)
    if not any(char.isalnum() for char in query):
        return rendering.notice(words.lookup_empty), ""
    if asked == "reference" and len(query) > LONGEST:
        return rendering.notice(words.lookup_long.format(LONGEST)), ""
    try:
        one = look_up(query, asked, web, opened.quotable(index))
    except Ambiguous as error:
        meant = candidates(query, error, web)
        items = "".join(f"<li>{looking(narrower, name, 'reference')}</li>" for narrower, name in meant)
        told = words.several.format(len(meant))
        return (
            f'<section class="looked"><h2 tabindex="-1">{escape(told)}</h2><ul class="meant">{items}</ul></section>',
            told,
        )
    except BadReference:
        return rendering.notice(words.no_reference), ""
    return looked(one, web, words, focus), summary(one, words)


def _welcome(index: Index, words: TabTexts) -> str:
    items = "".join(f"<li>{looking(one, one)}</li>" for one in examples(index))
    if not items:
        return ""
    return (
        f'<section class="first" lang="nl"><h2 class="label" lang="{words.language}">{escape(words.examples)}</h2>'
        f"<ul>{items}</ul></section>"
    )


def _drawn(index: Index, opened: Opened, only: str, words: TabTexts) -> str:
    web = opened.web(index)
    found = edges(web, opened.mentions(index), only)
    return picture(found, web, words) + as_table(found, web, words)
