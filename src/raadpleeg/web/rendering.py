"""Answers and papers as HTML: pure functions, and every word that comes from outside is escaped.

What a paper says stands in the HTML exactly once and unaltered. Page marks, footnote numbers and the names of units
that the paper does not print are attributes, shown by the style sheet, so that marked or copied words are the paper's
own words and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise
from operator import itemgetter

from raadpleeg.reading.references import official
from raadpleeg.records import Answer, Citation, Document, Draft, Footnote, Hit, Passage, Quotes, Sentence, Unit
from raadpleeg.web.texts import Texts

Span = tuple[int, int]

NEAREST_SHOWN = 3
NEAREST_CHARACTERS = 280
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


def welcome(texts: Texts) -> str:
    """Write what stands in the room before the first question."""
    return (
        f'<section class="welcome"><h1>{escape(texts.heading)}</h1><p class="lead">{escape(texts.lead)}</p></section>'
    )


def examples(texts: Texts) -> str:
    """Write the questions to begin with."""
    items = "".join(
        f'<li><button type="button" data-question="{escape(one)}">{escape(one)}</button></li>' for one in texts.examples
    )
    return f'<section class="examples"><h2 class="label">{escape(texts.examples_label)}</h2><ul>{items}</ul></section>'


def header(texts: Texts) -> str:
    """Write the line at the top of the page."""
    return f'<header><p class="name">{escape(texts.name)}</p><p class="tagline">{escape(texts.tagline)}</p></header>'


def notice(words: str | None, serious: bool = False) -> str:
    """Write a line about the page's own state; nothing where there is none."""
    return f'<p class="notice{" serious" if serious else ""}" role="status">{escape(words)}</p>' if words else ""


def spoken(words: str) -> str:
    """Write what a screen reader says; it is not seen."""
    return f'<p class="unseen" role="status" aria-live="polite">{escape(words)}</p>'


def turn(one: Turn, texts: Texts) -> str:
    """Write a question with all that stands under it."""
    answer = one.answer
    if answer is None:
        body = _on_the_way(one, texts)
    elif answer.abstained:
        body = _abstaining(answer, bool(one.within), texts)
    else:
        body = _answered(answer, one.quotes, texts)
    busy = "true" if answer is None and one.ended is None else "false"
    title = f"vraag-{one.number}"
    within = f'<p class="within">{escape(one.within)}</p>' if one.within else ""
    return (
        f'<article class="turn" aria-labelledby="{title}" aria-busy="{busy}">'
        f'<h2 class="question" id="{title}">{escape(one.question)}</h2>{within}{body}</article>'
    )


# --- on the way ------------------------------------------------------------------------------------------------------


def _on_the_way(one: Turn, texts: Texts) -> str:
    checked = one.draft.checked if one.draft else ()
    writing = one.draft.writing if one.draft and not one.ended else ""
    parts = ['<div class="reply draft">']
    if checked or writing:
        parts.append(f'<h3 class="label">{escape(texts.draft)}</h3>')
        sentences = "".join(_sentence(sentence, {}, texts, alone=False) for sentence in checked)
        unchecked = f'<span class="unchecked">{escape(writing)}</span>' if writing else ""
        parts.append(f'<p class="sentences">{sentences}{unchecked}</p>')
    elif one.status and not one.ended:
        parts.append(f'<p class="status">{escape(one.status)}</p>')
    if one.ended:
        parts.append(f'<p class="ended">{escape(one.ended)}</p>')
    parts.append("</div>")
    if one.quotes:
        parts.append(_list(texts.quotes, "quotes", (_source(one, texts) for one in one.quotes.citations)))
    return "".join(parts)


# --- the answer ------------------------------------------------------------------------------------------------------


def _answered(answer: Answer, quotes: Quotes | None, texts: Texts) -> str:
    by_number = {citation.number: citation for citation in answer.citations}
    alone = answer.generator is None
    sentences = "".join(_sentence(sentence, by_number, texts, alone) for sentence in answer.sentences)
    cited = {(citation.document, citation.start) for citation in answer.citations}
    others = [one for one in quotes.citations if (one.document, one.start) not in cited] if quotes else []
    if alone:  # the answer is its sources: they are not shown twice
        body = _list(texts.quotes, "sources", (_source(one, texts, numbered=True) for one in answer.citations))
    else:
        body = (
            f'<div class="reply"><h3 class="label">{escape(texts.answer)}</h3>'
            f'<p class="sentences" lang="{escape(answer.language)}">{sentences}</p></div>'
            + _list(texts.sources, "sources", (_source(one, texts, numbered=True) for one in answer.citations))
        )
    return body + _also_found(others, texts) + _colophon(answer, texts)


def _sentence(sentence: Sentence, citations: Mapping[int, Citation], texts: Texts, alone: bool) -> str:
    text = escape(sentence.text)
    words = f'<q lang="nl">{text}</q>' if sentence.verdict == "quoted" else text
    numbers = "".join(_number(number, citations.get(number), texts) for number in sentence.citations)
    title = texts.quoted_alone if alone and sentence.verdict == "quoted" else texts.verdict_titles[sentence.verdict]
    return (
        f'<span class="sentence {sentence.verdict}">{words}{numbers} '
        f'<span class="verdict" title="{escape(title)}">{escape(texts.verdicts[sentence.verdict])}</span></span> '
    )


def _number(number: int, citation: Citation | None, texts: Texts) -> str:
    if citation is None:  # in a draft the sources are not settled yet
        return f'<span class="cite">[{number}]</span>'
    label = texts.open_source.format(number, f"{citation.reference}, {citation.unit}")
    return f'<button type="button" class="cite" {_place(citation)} aria-label="{escape(label)}">[{number}]</button>'


def _source(citation: Citation, texts: Texts, numbered: bool = False) -> str:
    number = _number(citation.number, citation, texts) if numbered else ""
    label = texts.open_passage.format(citation.reference)
    said = escape(citation.speaker or "")
    speaker = f'<span class="speaker" title="{said}">{said}</span>' if said else ""
    return (
        f'<li class="source">{number}<blockquote lang="nl">{escape(citation.quote)}</blockquote>'
        f'<p class="where"><button type="button" class="open" {_place(citation)} title="{escape(citation.title)}" '
        f'aria-label="{escape(label)}">{escape(citation.reference)}</button> '
        f'<span class="unit">{escape(citation.unit)}</span> {speaker}</p></li>'
    )


def _place(citation: Citation) -> str:
    return f'data-document="{escape(citation.document)}" data-start="{citation.start}" data-end="{citation.end}"'


def _also_found(others: list[Citation], texts: Texts) -> str:
    if not others:
        return ""
    items = "".join(_source(one, texts) for one in others)
    label = escape(texts.also_found.format(len(others)))
    return f'<details class="others"><summary>{label}</summary><ul>{items}</ul></details>'


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
        + _colophon(answer, texts)
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
        f'<button type="button" class="open" data-document="{escape(document.id)}" data-start="{start}" '
        f'data-end="{end}" data-nearest="yes" aria-label="{escape(texts.open_passage.format(name))}">'
        f"{escape(name)}</button>"
    )


def _scores(hit: Hit, texts: Texts) -> str:
    scores = (f"{score:.2f}".replace(".", texts.decimal) for score in (hit.dense, hit.lexical))
    ranks = (texts.unlisted if rank is None else rank for rank in (hit.dense_rank, hit.lexical_rank))
    (dense, lexical), (dense_rank, lexical_rank) = scores, ranks
    return texts.scores.format(dense, dense_rank, lexical, lexical_rank)


# --- the reader ------------------------------------------------------------------------------------------------------


def reader(document: Document, start: int, end: int, texts: Texts, nearest: bool = False) -> str:
    """Write a whole paper as it stands, with exactly the characters from `start` to `end` marked."""
    page = document.page_at(start)
    unit = document.unit_at(start)
    reference = official(document, page)
    speaker = unit.speaker if unit else None
    facts = [unit.label if unit else "", speaker or ""]
    said = "".join(f'<p class="fact" title="{escape(fact)}">{escape(fact)}</p>' for fact in facts if fact)
    warning = f'<p class="fact warning">{escape(texts.nearest_place)}</p>' if nearest else ""
    return (
        f'<section class="reader" aria-label="{escape(texts.reader_of.format(reference))}">'
        f'<header><button type="button" class="close">{escape(texts.close)}</button>'
        f'<p class="label">{escape(reference)}</p><h2 tabindex="-1">{escape(document.title)}</h2>{said}{warning}'
        f'</header><div class="paper{" is-nearest" if nearest else ""}" lang="nl" tabindex="0">'
        f"{_paper(document, start, end, texts)}</div></section>"
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
