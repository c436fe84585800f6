"""Answers and papers as HTML: pure functions, and every word that comes from outside is escaped.

What a paper says stands in the HTML exactly once and unaltered. Page marks, footnote numbers and the names of units
that the paper does not print are attributes, shown by the style sheet, so that marked or copied words are the paper's
own words and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from operator import itemgetter

from raadpleeg.reading.references import official
from raadpleeg.records import Answer, Citation, Document, Draft, Footnote, Hit, Passage, Quotes, Sentence, Unit
from raadpleeg.web import feedback
from raadpleeg.web.texts import FORMS, Form, Texts

Span = tuple[int, int]

NEAREST_SHOWN = 3
NEAREST_CHARACTERS = 280
EXAMPLES = 2
"""Questions out of the papers that are examples."""
EXAMPLE_CHARACTERS = (25, 140)
"""Length of a question that is one."""
PAPERS_LISTED = 8
"""Papers that stand beside the conversation."""
FORMS_OF_ALL: tuple[Form, ...] = ("text", "json", "official", "bibtex", "ris", "csl-json")
"""What a whole conversation can be saved as; a dossier's page is of one answer."""
MARK = "cited-words"
"""Id of the marked words in the reader."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what is known of its answer so far."""

    number: int
    question: str
    status: str | None = None
    """What is being done, while nothing better can be shown."""
    quotes: Quotes | None = None
    draft: Draft | None = None
    answer: Answer | None = None
    ended: str | None = None
    """Why it ended without an answer."""
    within: str = ""
    """What it was looked for in, where that is not everything."""

    def with_event(self, event: Quotes | Draft | Answer, texts: Texts) -> Turn:
        """Take in the next thing that the assistant says."""
        match event:
            case Quotes():
                return replace(self, status=texts.composing, quotes=event)
            case Draft():
                return replace(self, draft=event)
            case Answer():
                return replace(self, status=None, draft=None, answer=event)


def place(document: str, start: int, end: int, nearest: bool = False) -> str:
    """Write the attributes of an element that opens these words in the reader."""
    near = ' data-nearest="yes"' if nearest else ""
    return f'data-document="{escape(document)}" data-start="{start}" data-end="{end}"{near}'


# --- the room --------------------------------------------------------------------------------------------------------


def header(texts: Texts, languages: Sequence[tuple[Texts, str]] = ()) -> str:
    """Write the line at the top of the page; `languages` are the page's own and the others, each with its address."""
    links = "".join(_language(one, address, one.language == texts.language) for one, address in languages)
    switch = f'<nav class="languages" aria-label="{escape(texts.languages)}">{links}</nav>' if links else ""
    return (
        f'<header lang="{texts.language}"><a class="skip" href="#question">{escape(texts.skip)}</a>'
        f'<p class="name">{escape(texts.name)}</p><p class="tagline">{escape(texts.tagline)}</p>'
        f'<div class="switches">{switch}<button type="button" class="dark-switch" aria-pressed="false" '
        f'aria-label="{escape(texts.dark)}" title="{escape(texts.dark)}">{_HALF_MOON}</button></div></header>'
    )


def _language(texts: Texts, address: str, current: bool) -> str:
    code = texts.language
    here = ' aria-current="page"' if current else ""
    return (
        f'<a href="{escape(address)}" lang="{code}" hreflang="{code}"{here} '
        f'aria-label="{code.upper()}: {escape(_LANGUAGES[code])}">{code.upper()}</a>'
    )


_LANGUAGES = {"nl": "Nederlands", "en": "English", "de": "Deutsch", "fr": "Français"}
_HALF_MOON = (
    '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
    '<circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"/>'
    '<path d="M8 1.75a6.25 6.25 0 0 1 0 12.5z" fill="currentColor"/></svg>'
)


def welcome(texts: Texts) -> str:
    """Write what stands in the room before the first question."""
    return (
        f'<section class="welcome"><h2>{escape(texts.heading)}</h2><p class="lead">{escape(texts.lead)}</p></section>'
    )


def examples(texts: Texts, documents: Iterable[Document] = ()) -> str:
    """Write the questions to begin with: those that suit all papers, then some that were asked in these."""
    asked = [*texts.examples, *(_asked(documents) if texts.papers_ask else ())]
    items = "".join(
        f'<li><button type="button" data-question="{escape(one)}">{escape(one)}</button></li>' for one in asked
    )
    return f'<section class="examples"><h2 class="label">{escape(texts.examples_label)}</h2><ul>{items}</ul></section>'


def _asked(documents: Iterable[Document]) -> list[str]:
    """Take one question of each paper, until there are enough: the first that is neither short nor long."""
    shortest, longest = EXAMPLE_CHARACTERS
    found: list[str] = []
    for document in documents:
        for unit in document.units:
            words = " ".join(document.text[unit.start : unit.end].split()) if unit.kind == "question" else ""
            last = words[: words.find("?") + 1] if words.count("?") == 1 and words.endswith("?") else ""
            question = re.sub(r"^(?:vraag\s+)?\d+[.:)]?\s+", "", last, flags=re.IGNORECASE)
            if shortest <= len(question) <= longest and question not in found:
                found.append(question)
                break
        if len(found) == EXAMPLES:
            break
    return found


def side_head(texts: Texts) -> str:
    """Write what stands above the filters: its name, and the button for a new conversation."""
    return (
        f'<div class="side-head"><h2 class="label">{escape(texts.side)}</h2><button type="button" class="side-close">'
        f'{escape(texts.close)}</button></div><button type="button" class="fresh" data-action="fresh">'
        f"{escape(texts.fresh)}</button>"
    )


def papers(documents: Collection[Document], texts: Texts) -> str:
    """Write the first papers of the corpus, each opening in the reader, and the way to all of them."""
    if not documents:
        return f'<section class="papers"><p class="hint">{escape(texts.no_papers)}</p></section>'
    rows = "".join(
        f'<li><button type="button" class="paper-open" {place(one.id, 0, 0)}><span class="paper-title" lang="nl">'
        f'{escape(one.title)}</span><span class="paper-reference">{escape(official(one))}</span></button></li>'
        for one in list(documents)[:PAPERS_LISTED]
    )
    more = ""
    if len(documents) > PAPERS_LISTED:
        more = (
            f'<button type="button" class="more" data-tab="documents">'
            f"{escape(texts.more_papers.format(len(documents)))}</button>"
        )
    heading = f'<h3 class="label">{escape(texts.papers)}</h3>'
    return f'<section class="papers">{heading}<ul class="rows">{rows}</ul>{more}</section>'


def earlier(texts: Texts) -> str:
    """Write the frame of the earlier conversations; the browser fills it in, for only the browser knows them."""
    return (
        f'<section class="earlier" data-forget="{escape(texts.forget)}" data-copied="{escape(texts.copied)}">'
        f'<h3 class="label">{escape(texts.earlier)}</h3><ul class="rows"></ul>'
        f'<p class="hint">{escape(texts.earlier_hint)}</p><button type="button" class="more" data-action="forget-all" '
        f"hidden>{escape(texts.forget_all)}</button></section>"
    )


def title(words: str) -> str:
    """Write the heading of a part whose name is seen elsewhere."""
    return f'<h1 class="unseen">{escape(words)}</h1>'


def label(words: str) -> str:
    """Write the name of a group of fields."""
    return f'<h3 class="label">{escape(words)}</h3>'


def narrowing(active: int, texts: Texts) -> str:
    """Write the button that shows or folds away what stands beside the conversation."""
    words = f"{texts.side} · {texts.only_in_chosen.format(active)}" if active else texts.side
    return (
        f'<button type="button" class="side-toggle" aria-controls="side" aria-expanded="false">{escape(words)}</button>'
    )


def notice(words: str | None, serious: bool = False, busy: bool = False) -> str:
    """Write a line about the page's own state; nothing where there is none."""
    if not words:
        return ""
    kinds = "notice" + " serious" * serious + " busy" * busy
    return f'<p class="{kinds}" role="status">{escape(words)}</p>'


def editing(number: int, texts: Texts) -> str:
    """Write that a question is being changed, and the way back."""
    return (
        f'<p class="notice" role="status">{escape(texts.editing.format(number))} '
        f'<button type="button" class="quiet" data-action="leave">{escape(texts.not_edited)}</button></p>'
    )


def spoken(words: str) -> str:
    """Write what a screen reader says; it is not seen."""
    return f'<p class="unseen" role="status" aria-live="polite">{escape(words)}</p>'


def parcel(kind: str, /, **fields: str) -> str:
    """Write data for the page's own script: nothing of it is shown."""
    return f'<div hidden data-parcel="{escape(kind)}"{"".join(_attribute(*one) for one in fields.items())}></div>'


def _attribute(name: str, value: str) -> str:
    return f' data-{name}="{escape(value)}"'


def turn(one: Turn, texts: Texts) -> str:
    """Write a question with all that stands under it."""
    answer = one.answer
    if answer is None:
        body = _on_the_way(one, texts)
    elif answer.abstained:
        body = _abstaining(answer, bool(one.within), texts)
    else:
        body = _answered(answer, one.quotes, texts)
    done = answer is not None or one.ended is not None
    title = f"vraag-{one.number}"
    within = f'<p class="within">{escape(one.within)}</p>' if one.within else ""
    return (
        f'<article class="turn" aria-labelledby="{title}" aria-busy="{str(not done).lower()}">'
        f'<h2 class="question" id="{title}">{escape(one.question)}</h2>{within}{body}'
        f"{_colophon(answer, texts) if answer else ''}{_actions(one, texts) if done else ''}</article>"
    )


def _actions(one: Turn, texts: Texts) -> str:
    """Write what can be done with a question and its answer."""
    number = one.number

    def button(action: str, words: str) -> str:
        return f'<button type="button" data-action="{action}" data-turn="{number}">{escape(words)}</button>'

    kept = one.answer is not None
    parts = [
        button("copy", texts.copy_answer) if kept else "",
        _menu(texts.save, number, FORMS if one.answer and one.answer.citations else FORMS[:3], texts) if kept else "",
        _menu(texts.save_all, 0, FORMS_OF_ALL, texts, printed=True) if kept else "",
        f'<button type="button" data-action="link" data-words="{escape(one.question)}">{escape(texts.link)}</button>',
        button("again", texts.again),
        button("edit", texts.edit),
        feedback.buttons(number, texts.language) if kept else "",
    ]
    return f'<div class="actions" role="group" aria-label="{escape(texts.actions)}">{"".join(parts)}</div>'


def _menu(label: str, number: int, forms: Sequence[Form], texts: Texts, printed: bool = False) -> str:
    items = "".join(
        f'<li><button type="button" data-action="save" data-form="{form}" data-turn="{number}">'
        f"{escape(texts.forms[form])}</button></li>"
        for form in forms
    )
    if printed:
        items += f'<li><button type="button" data-action="print">{escape(texts.print)}</button></li>'
    return f'<details class="menu"><summary>{escape(label)}</summary><ul>{items}</ul></details>'


# --- on the way ------------------------------------------------------------------------------------------------------


def _on_the_way(one: Turn, texts: Texts) -> str:
    """Write the quotations, and under them what is being written: nothing that is read moves while words come in."""
    checked = one.draft.checked if one.draft else ()
    writing = one.draft.writing if one.draft and not one.ended else ""
    parts = [_quotes(one.quotes.citations, {}, {}, texts)] if one.quotes else []
    parts.append('<div class="reply draft">')
    if checked or writing:
        parts.append(f'<h3 class="label">{escape(texts.draft)}</h3>')
        sentences = "".join(_sentence(sentence, {}, texts) for sentence in checked)
        unchecked = f'<span class="unchecked">{escape(writing)}</span>' if writing else ""
        parts.append(f'<p class="sentences">{sentences}{unchecked}</p>')
    elif one.status and not one.ended:
        parts.append(f'<p class="status">{escape(one.status)}</p>')
    if one.ended:
        parts.append(f'<p class="ended">{escape(one.ended)}</p>')
    parts.append("</div>")
    return "".join(parts)


# --- the answer ------------------------------------------------------------------------------------------------------


def _answered(answer: Answer, quotes: Quotes | None, texts: Texts) -> str:
    """Write an answer where its draft stood: the quotations keep their places, and each stands there once."""
    by_number = {citation.number: citation for citation in answer.citations}
    verdicts = {number: one for one in answer.sentences if one.verdict == "quoted" for number in one.citations}
    written = [one for one in answer.sentences if one.verdict != "quoted"]
    numbers = {_span(one): one.number for one in answer.citations}
    first = quotes.citations if quotes else answer.citations
    there = {_span(one) for one in first}
    # What the answer quotes beside the first quotations belongs to them; what only carries a sentence comes after it.
    above = (*first, *(one for one in answer.citations if one.number in verdicts and _span(one) not in there))
    there |= {_span(one) for one in above}
    below = [one for one in answer.citations if _span(one) not in there]
    body = _quotes(above, numbers, verdicts, texts, alone=answer.generator is None) if above else ""
    sentences = "".join(_written(written, by_number, texts))
    remarks = f'<p class="doubt">{escape(texts.doubtful)}</p>' if answer.doubtful else ""
    if answer.withheld:
        words = texts.withheld if answer.withheld == 1 else texts.withheld_many.format(answer.withheld)
        remarks += f'<p class="withheld">{escape(words)}</p>'
    if sentences:
        body += (
            f'<div class="reply"><h3 class="label">{escape(texts.answer)}</h3>'
            f'<p class="sentences" lang="{escape(answer.language)}">{sentences}</p>{remarks}</div>'
        )
    elif remarks:
        body += f'<div class="reply">{remarks}</div>'
    if below:
        body += _list(texts.sources, "sources", (_source(one, one.number, None, texts) for one in below))
    return body


def _span(citation: Citation) -> tuple[str, int, int]:
    return citation.document, citation.start, citation.end


def _quotes(
    citations: Iterable[Citation],
    numbers: Mapping[tuple[str, int, int], int],
    verdicts: Mapping[int, Sentence],
    texts: Texts,
    alone: bool = False,
) -> str:
    rows = []
    for one in citations:
        number = numbers.get(_span(one))
        rows.append(_source(one, number, verdicts.get(number) if number else None, texts, alone))
    return _list(texts.quotes, "quotes", rows)


def _written(sentences: Iterable[Sentence], citations: Mapping[int, Citation], texts: Texts) -> Iterator[str]:
    """Write the sentences in a row, saying who says so wherever that changes."""
    said = ""
    for sentence in sentences:
        found = (citations[number].according for number in sentence.citations if number in citations)
        according = "; ".join(filter(None, dict.fromkeys(found)))
        if according and according != said:
            yield f'<span class="according">{escape(according)}:</span> '
        said = according
        yield _sentence(sentence, citations, texts)


def _sentence(sentence: Sentence, citations: Mapping[int, Citation], texts: Texts) -> str:
    text = escape(sentence.text)
    words = f'<q lang="nl">{text}</q>' if sentence.verdict == "quoted" else text
    numbers = "".join(_number(number, citations.get(number), texts) for number in sentence.citations)
    return f'<span class="sentence {sentence.verdict}">{words}{numbers} {_verdict(sentence, texts)}</span> '


def _verdict(sentence: Sentence, texts: Texts, alone: bool = False) -> str:
    title = texts.quoted_alone if alone and sentence.verdict == "quoted" else texts.verdict_titles[sentence.verdict]
    return (
        f'<span class="verdict {sentence.verdict}" title="{escape(title)}">'
        f"{escape(texts.verdicts[sentence.verdict])}</span>"
    )


def _number(number: int, citation: Citation | None, texts: Texts, quoting: bool = True) -> str:
    if citation is None:  # in a draft the sources are not settled yet
        return f'<span class="cite">[{number}]</span>'
    label = texts.open_source.format(number, f"{citation.reference}, {citation.unit}")
    # The quotation is shown where the pointer or the keyboard comes to the number; in the list it stands beside it.
    card = f'data-quote="{escape(citation.quote)}" data-where="{escape(_attribution(citation))}" ' if quoting else ""
    return (
        f'<button type="button" class="cite" {place(*_span(citation))} {card}'
        f'aria-label="{escape(label)}">[{number}]</button>'
    )


def _attribution(citation: Citation) -> str:
    return " · ".join(part for part in (citation.speaker, citation.unit, citation.reference) if part)


def _source(citation: Citation, number: int | None, verdict: Sentence | None, texts: Texts, alone: bool = False) -> str:
    """Write a quotation with who says it, where; numbered where the answer rests on it."""
    button = _number(number, citation, texts, quoting=False) if number else ""
    label = texts.open_passage.format(citation.reference)
    said = escape(citation.speaker or "")
    speaker = f'<span class="speaker" title="{said}">{said}</span> ' if said else ""
    checked = f" {_verdict(verdict, texts, alone)}" if verdict else ""
    copied = (
        f' <button type="button" class="quiet" data-action="cite" data-form="official" {_copied(citation)}'
        f'aria-label="{escape(texts.copy_citation)}: {escape(citation.reference)}">'
        f"{escape(texts.copy_citation)}</button>"
        if number
        else ""
    )
    return (
        f'<li class="source">{button}<blockquote lang="nl">{_quotation(citation)}</blockquote>'
        f'<p class="where">{speaker}<span class="unit">{escape(citation.unit)}</span> '
        f'<button type="button" class="open" {place(*_span(citation))} title="{escape(citation.title)}" '
        f'aria-label="{escape(label)}">{escape(citation.reference)}</button>{checked}{copied}</p></li>'
    )


def _quotation(citation: Citation) -> str:
    """Write the words, with those set apart that were found; the others are there so that these are understood."""
    if citation.found is None:
        return escape(citation.quote)
    start, end = (at - citation.start for at in citation.found)
    parts = (("around", citation.quote[:start]), ("found", citation.quote[start:end]), ("around", citation.quote[end:]))
    return "".join(f'<span class="{name}">{escape(words)}</span>' for name, words in parts if words)


def _copied(citation: Citation) -> str:
    return f'data-of="{escape(citation.document)}" data-from="{citation.start}" data-to="{citation.end}" '


def _list(label: str, kind: str, items: Iterable[str]) -> str:
    return f'<section class="{kind}"><h3 class="label">{escape(label)}</h3><ol>{"".join(items)}</ol></section>'


def _colophon(answer: Answer, texts: Texts) -> str:
    seconds = f"{answer.timings.total / 1000:.1f}".replace(".", texts.decimal)
    writer = texts.written_by.format(answer.generator) if answer.generator else texts.without_writer
    # An answer that abstained before the model was asked was not written by it.
    written = answer.timings.first_token is not None or answer.sentences
    parts = (texts.seconds.format(seconds), *((writer,) if written else ()), texts.searched_with.format(answer.encoder))
    return f'<p class="colophon">{escape(" · ".join(parts))}</p>'


def _abstaining(answer: Answer, narrowed: bool, texts: Texts) -> str:
    """Write why there is no answer. What is nearest is shown as nearest, and never as a source.

    Where only some papers were searched, the rest may still say it: "not in these papers" is not said without that.
    """
    reason = texts.reasons[answer.reason] if answer.reason else ""
    nearest = answer.hits[:NEAREST_SHOWN]
    only = f'<p class="within">{escape(texts.unanswered_within)}</p>' if narrowed else ""
    return (
        f'<div class="reply abstained"><h3 class="label">{escape(texts.abstained)}'
        f'<span class="reason">{escape(reason)}</span></h3>'
        f'<p class="sentences" lang="{escape(answer.language)}">{escape(answer.explanation or "")}</p>{only}</div>'
        + (_list(texts.nearest, "nearest", (_nearest(hit, texts) for hit in nearest)) if nearest else "")
    )


def _nearest(hit: Hit, texts: Texts) -> str:
    passage = hit.passage
    words = "\n".join(" ".join(line.split()) for line in passage.text.split("\n") if line.strip())
    if len(words) > NEAREST_CHARACTERS:
        words = words[:NEAREST_CHARACTERS].rsplit(None, 1)[0] + " …"
    unit = f'<span class="unit">{escape(passage.unit.label)}</span>' if passage.unit else ""
    # The question of an answer often stands twice, by the same name: in the letter that asks, and where it is answered.
    partners = (
        (passage.document, one.start, one.end, f"{one.label} ({texts.page.format(one.page)})")
        for one in passage.partners
    )
    others = ((one.document, one.start, one.end, _name(one)) for one in hit.also)
    return (
        f'<li><p class="words" lang="nl">{escape(words)}</p><p class="where" title="{escape(_scores(hit, texts))}">'
        f"{_open(passage.document, passage.start, passage.end, official(passage.document, passage.page), texts)} "
        f"{unit}{_elsewhere(texts.belongs_to, partners, texts)}{_elsewhere(texts.also, others, texts)}</p></li>"
    )


def _name(passage: Passage) -> str:
    reference = official(passage.document, passage.page)
    return f"{reference}, {passage.unit.label}" if passage.unit else reference


def _elsewhere(label: str, places: Iterable[tuple[Document, int, int, str]], texts: Texts) -> str:
    buttons = ", ".join(_open(*one, texts) for one in places)
    return f' <span class="elsewhere">{escape(label)} {buttons}</span>' if buttons else ""


def _open(document: Document, start: int, end: int, name: str, texts: Texts) -> str:
    """Write the button that opens a place which is no source."""
    return (
        f'<button type="button" class="open" {place(document.id, start, end, nearest=True)} '
        f'aria-label="{escape(texts.open_passage.format(name))}">{escape(name)}</button>'
    )


def _scores(hit: Hit, texts: Texts) -> str:
    scores = (f"{score:.2f}".replace(".", texts.decimal) for score in (hit.dense, hit.lexical))
    ranks = (texts.unlisted if rank is None else rank for rank in (hit.dense_rank, hit.lexical_rank))
    (dense, lexical), (dense_rank, lexical_rank) = scores, ranks
    return texts.scores.format(dense, dense_rank, lexical, lexical_rank)


# --- the reader ------------------------------------------------------------------------------------------------------


def reader(document: Document, start: int, end: int, texts: Texts, nearest: bool = False) -> str:
    """Write a whole paper as it stands, with exactly the characters from `start` to `end` marked.

    Where nothing is marked, it is the paper that was opened, and no place in it.
    """
    page = document.page_at(start)
    unit = document.unit_at(start) if start < end else None
    reference = official(document, page if start < end else None)
    facts = [unit.label, unit.speaker or ""] if unit else []
    said = "".join(f'<p class="fact" title="{escape(fact)}">{escape(fact)}</p>' for fact in facts if fact)
    warning = f'<p class="fact warning">{escape(texts.nearest_place)}</p>' if nearest else ""
    steps = (
        f'<div class="steps" data-at="{escape(texts.at)}">{_step(-1, "‹", texts.previous)}<span class="at"></span>'
        f"{_step(1, '›', texts.next)}</div>"
    )
    copied = (
        f'<button type="button" class="quiet" data-action="cite" data-form="official" data-of="{escape(document.id)}" '
        f'data-from="{start}" data-to="{end}">{escape(texts.copy_citation)}</button>'
    )
    return (
        f'<section class="reader" aria-label="{escape(texts.reader_of.format(reference))}">'
        f'<header><div class="reader-tools">{steps}{copied}<button type="button" class="close">{escape(texts.close)}'
        f'</button></div><p class="label">{escape(reference)}</p>'
        f'<h2 tabindex="-1" lang="nl">{escape(document.title)}</h2>{said}{warning}</header>'
        f'<div class="paper{" is-nearest" if nearest else ""}" lang="nl" tabindex="0" role="group" '
        f'aria-label="{escape(reference)}">{_paper(document, start, end, texts)}</div></section>'
    )


def _step(by: int, sign: str, label: str) -> str:
    words = escape(label)
    return f'<button type="button" data-step="{by}" aria-label="{words}" title="{words}">{sign}</button>'


def unread(texts: Texts) -> str:
    """Write what stands in the reader's place while no paper is open."""
    return (
        f'<section class="unread"><p class="label">{escape(texts.unread)}</p>'
        f'<p class="hint">{escape(texts.unread_hint)}</p></section>'
    )


def missing(texts: Texts) -> str:
    """Write, in place of a paper, that its place is gone."""
    return (
        f'<section class="reader" aria-label="{escape(texts.reader)}"><header><button type="button" class="close">'
        f'{escape(texts.close)}</button><h2 tabindex="-1">{escape(texts.gone)}</h2></header></section>'
    )


def _paper(document: Document, start: int, end: int, texts: Texts) -> str:
    units: dict[int, list[Unit]] = {}
    for unit in document.units:
        units.setdefault(unit.start, []).append(unit)
    asides = _asides(document, texts)
    parts: list[str] = []
    identity, before = f' id="{MARK}"', -1
    for found in re.finditer(r"[^\n]+", document.text):
        # A page that begins between paragraphs is marked between them; one that begins inside, inside.
        first, last = (bisect_right(document.pages, at) for at in (before, found.start()))
        parts += [
            f'<div class="page" data-page="{escape(texts.page.format(number))}"></div>'
            for number in range(first + 1, last + 1)
        ]
        words = _words(document.text, found.span(), (start, end), asides, identity)
        identity = "" if "<mark" in words else identity
        parts.append(_paragraph(found[0], words, units.get(found.start(), [])))
        before = found.end()
    notes = "".join(f'<li value="{one.number}">{escape(one.text)}</li>' for one in document.footnotes)
    if notes:
        parts.append(f'<section class="notes"><h3 class="label">{escape(texts.notes)}</h3><ol>{notes}</ol></section>')
    return "".join(parts)


def _asides(document: Document, texts: Texts) -> list[tuple[int, str]]:
    """Give what is shown inside the text without being of it, by place: where pages begin, and numbers of notes."""
    pages = [
        (at, f'<span class="page" data-page="{escape(texts.page.format(number))}"></span>')
        for number, at in enumerate(document.pages, 1)
    ]
    notes = [(one.mark, _note(one, texts)) for one in document.footnotes if one.mark is not None]
    return sorted(pages + notes, key=lambda one: one[0])


def _note(footnote: Footnote, texts: Texts) -> str:
    label = escape(texts.note.format(footnote.number, footnote.text))
    return f'<sup class="note" role="note" data-number="{footnote.number}" title="{label}" aria-label="{label}"></sup>'


def _paragraph(text: str, words: str, units: Sequence[Unit]) -> str:
    for unit in units:
        if text.casefold() == unit.label.casefold() or (unit.kind == "letter" and text.isupper()):
            level = 3 if unit.kind in ("letter", "note") else 4
            return f'<h{level} class="{unit.kind}">{words}</h{level}>'
    # A unit whose name is not printed (a numbered question, a letter without a title) gets it above its first words.
    label = f' data-unit="{escape(" · ".join(unit.label for unit in units))}"' if units else ""
    return f"<p{label}>{words}</p>"


def _words(text: str, paragraph: Span, cited: Span, asides: Sequence[tuple[int, str]], identity: str) -> str:
    """Write one paragraph; the characters of it that are cited stand in one mark, with nothing put between them."""
    start, end = paragraph
    first, last = max(start, cited[0]), min(end, cited[1])
    marked = first < last
    # What stands at the very start belongs to the end of the paragraph before, or is a page marked between the two.
    inside = asides[bisect_right(asides, start, key=itemgetter(0)) : bisect_right(asides, end, key=itemgetter(0))]
    cuts = sorted({start, end, *(at for at, _ in inside), *((first, last) if marked else ())})
    parts: list[str] = []
    for left, right in pairwise([*cuts, end]):
        if marked and left == last:
            parts.append("</mark>")
        parts += [aside for at, aside in inside if at == left]
        if marked and left == first:
            parts.append(f"<mark{identity}>")
        parts.append(escape(text[left:right]))
    return "".join(parts)
