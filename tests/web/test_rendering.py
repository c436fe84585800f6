"""The page's HTML: nothing from outside gets through unescaped, and what is marked is exactly what was cited."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from raadpleeg.records import (
    Answer,
    Citation,
    Document,
    Draft,
    Footnote,
    Hit,
    Metadata,
    Passage,
    Quotes,
    Sentence,
    Timings,
    Unit,
)
from raadpleeg.web import rendering
from raadpleeg.web.rendering import Turn
from raadpleeg.web.texts import EN, NL, Texts

HOSTILE = "</p><script>alert(1)</script>\"><img src=x onerror='alert(2)'>&amp;${alert(3)}{{value}}"
TEXT = (
    "Antwoord 1\n\nHet kabinet wil dit verkennen. Dat gebeurt in 2026 & later.\n\n"
    "2. Deelt u die <mening>?\n\nNee. Een regeling loopt door op de volgende bladzijde en verder."
)


def place(words: str) -> int:
    return TEXT.index(words)


UNITS = (
    Unit("answer", "Antwoord 1", 0, place("\n\n2."), 1, ("Antwoord 1",), (1,), "minister", (1,)),
    Unit("question", "Vraag 2", place("2."), place("\n\nNee"), 1, ("Vraag 2",), (2,), "leden"),
)
PAPER = Document(
    id="kst-1-A",
    title="Brief & bijlage",
    text=TEXT,
    pages=(0, place("Nee."), place("bladzijde")),
    units=UNITS,
    footnotes=(Footnote(7, 1, place(" Dat"), "Noot <zeven>."), Footnote(8, 1, None, "Zonder plaats.")),
    removed=(),
    metadata=Metadata(),
    digest="",
)


def citation(quote: str, number: int = 1, document: Document = PAPER) -> Citation:
    start = document.text.index(quote)
    unit = document.unit_at(start)
    return Citation(
        number=number,
        document=document.id,
        title=document.title,
        unit=unit.label if unit else "",
        speaker=unit.speaker if unit else None,
        page=document.page_at(start),
        start=start,
        end=start + len(quote),
        quote=quote,
        reference="Kamerstukken I, 1, A, p. 1",
    )


def answered(**changes: object) -> Answer:
    cited = (citation("Het kabinet wil dit verkennen."), citation("Dat gebeurt in 2026 & later.", 2))
    answer = Answer(
        question="Wat wil het kabinet?",
        language="nl",
        sentences=(
            Sentence("Het kabinet wil verkennen.", (1,), "supported"),
            Sentence("Dat gebeurt in 2026 & later.", (2,), "quoted"),
        ),
        citations=cited,
        hits=(Hit(rank=1, number=0, passage=Passage(PAPER, 0, place("\n\n2.")), score=0.9, dense=0.9, lexical=3.0),),
        reason=None,
        explanation=None,
        encoder="encoder",
        generator="schrijver",
        timings=Timings(1.0, 2.0, 3.0, 3912.0),
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def abstaining() -> Answer:
    return answered(sentences=(), citations=(), reason="not_stated", explanation="De papieren zeggen dit niet.")


class Tree(HTMLParser):
    """Collects elements with their attributes and the text inside; refuses HTML that does not nest."""

    VOID = frozenset({"br", "img", "hr", "input", "meta", "link"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[int, str] = {}
        self.open: list[tuple[str, int]] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append((tag, len(self.elements) - 1))
            self.texts[len(self.elements) - 1] = ""

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for _, number in self.open:
            self.texts[number] += data

    def all(self, tag: str, kind: str | None = None) -> list[tuple[dict[str, str | None], str]]:
        return [
            (attrs, self.texts.get(number, ""))
            for number, (name, attrs) in enumerate(self.elements)
            if name == tag and (kind is None or kind in (attrs.get("class") or "").split())
        ]


def everything(texts: Texts, words: str) -> list[str]:
    """Every kind of HTML that the page shows, with `words` in every place that comes from outside."""
    paper = Document(
        id=words,
        title=words,
        text=f"{words}\n\n{words}",
        pages=(0,),
        units=(
            Unit("section", words, 0, len(words), 1, (words,), (), words, partners=(1,)),
            Unit("note", words, 0, len(words) + 1, 1),
        ),
        footnotes=(Footnote(1, 1, 5, words),),
        removed=(),
        metadata=Metadata(dossiers=(words,), number=words),
        digest="",
    )
    cited = Citation(1, words, words, words, words, 1, 0, len(words), words, words)
    passage = Passage(paper, 0, len(paper.text))
    hits = (Hit(rank=1, number=0, passage=passage, score=1.0, dense=1.0, lexical=1.0, also=(passage,)),)
    answer = answered(
        question=words,
        sentences=(
            Sentence(words, (1,), "supported"),
            Sentence(words, (1,), "quoted"),
            Sentence(words, (), "unsupported"),
        ),
        citations=(cited,),
        hits=hits,
        encoder=words,
        generator=words,
    )
    quotes = Quotes((cited, replace(cited, number=2, start=1, found=(2, 3))), hits)
    turn = Turn(1, words, words, within=words)
    return [
        rendering.turn(turn, texts),
        rendering.turn(replace(turn, quotes=quotes), texts),
        rendering.turn(replace(turn, quotes=quotes, draft=Draft(answer.sentences, words)), texts),
        rendering.turn(replace(turn, ended=words), texts),
        rendering.turn(replace(turn, quotes=quotes, answer=answer), texts),
        rendering.turn(replace(turn, answer=replace(answer, generator=None)), texts),
        rendering.turn(
            replace(turn, answer=replace(answer, sentences=(), citations=(), reason="off_topic", explanation=words)),
            texts,
        ),
        rendering.reader(paper, 0, len(words), texts),
        rendering.reader(paper, 3, len(paper.text), texts, nearest=True),
        rendering.notice(words),
        rendering.spoken(words),
        rendering.papers((paper,) * 9, texts),
        rendering.examples(texts, (paper,)),
        rendering.parcel("turns", turns=words),
    ]


@pytest.mark.parametrize("texts", [NL, EN], ids=["nl", "en"])
def test_nothing_from_outside_becomes_markup(texts):
    own = [Tree(html) for html in everything(texts, "gewone woorden")]
    hostile = [Tree(html) for html in everything(texts, HOSTILE)]
    for mild, wild in zip(own, hostile, strict=True):
        assert [(tag, sorted(attrs)) for tag, attrs in wild.elements] == [
            (tag, sorted(attrs)) for tag, attrs in mild.elements
        ]
        names = {name for _, attrs in wild.elements for name in attrs}
        assert not {name for name in names if name.startswith("on")}


def test_gradio_sees_no_script_tag_in_escaped_words():
    for html in everything(NL, HOSTILE):
        assert not re.search(r"<script[\s>]", html, re.IGNORECASE)


def test_the_texts_of_the_room_are_whole_html():
    for html in (
        rendering.welcome(NL),
        rendering.examples(NL),
        rendering.header(NL, [(NL, "."), (EN, "en")]),
        rendering.missing(NL),
        rendering.unread(NL),
        rendering.side_head(NL),
        rendering.earlier(NL),
        rendering.papers([], NL),
        rendering.narrowing(2, NL),
        rendering.editing(2, NL),
    ):
        assert Tree(html).elements
    examples = Tree(rendering.examples(NL)).all("button")
    assert [attrs["data-question"] for attrs, _ in examples] == list(NL.examples)


def test_questions_of_the_papers_are_examples_where_they_can_be_read():
    asked = "2. Deelt u de mening dat dit zo is?"
    text = f"{asked}\n\n3. Zo nee, waarom niet? En zo ja?"
    units = (
        Unit("question", "Vraag 2", 0, len(asked), 1, ("Vraag 2",), (2,)),
        Unit("question", "Vraag 3", len(asked) + 2, len(text), 1, ("Vraag 3",), (3,)),
    )
    paper = replace(PAPER, text=text, pages=(0,), units=units, footnotes=())
    dutch, english = (
        [attrs["data-question"] for attrs, _ in Tree(rendering.examples(texts, [paper])).all("button")]
        for texts in (NL, EN)
    )
    assert dutch == [*NL.examples, "Deelt u de mening dat dit zo is?"]
    assert english == list(EN.examples)


# --- answers ---------------------------------------------------------------------------------------------------------


def test_every_number_opens_its_citation():
    answer = answered()
    shown = Tree(rendering.turn(Turn(1, answer.question, answer=answer), NL))
    numbers = shown.all("button", "cite")
    assert [text for _, text in numbers] == ["[1]", "[2]", "[1]"]  # at the quotations, and behind the written sentence
    for attrs, text in numbers:
        cited = answer.citations[int(text.strip("[]")) - 1]
        assert (attrs["data-document"], attrs["data-start"], attrs["data-end"]) == (
            cited.document,
            str(cited.start),
            str(cited.end),
        )
        assert cited.reference in (attrs["aria-label"] or "")
    assert shown.all("span", "cite") == []


def test_sources_are_quoted_word_for_word_with_place_and_speaker():
    answer = answered()
    shown = Tree(rendering.turn(Turn(1, answer.question, answer=answer), NL))
    assert [text for _, text in shown.all("blockquote")] == [one.quote for one in answer.citations]
    where = shown.all("p", "where")[0][1]
    assert "Kamerstukken I, 1, A, p. 1" in where
    assert "Antwoord 1" in where
    assert "minister" in where


def test_what_was_found_is_set_apart_in_a_long_quotation():
    whole = citation("Het kabinet wil dit verkennen. Dat gebeurt in 2026 & later.")
    start = PAPER.text.index("Dat gebeurt")
    found = replace(whole, found=(start, start + len("Dat gebeurt in 2026")))
    shown = Tree(rendering.turn(Turn(1, "?", quotes=Quotes((found,), ())), NL))
    assert [text for _, text in shown.all("blockquote")] == [whole.quote]
    assert [text for _, text in shown.all("span", "found")] == ["Dat gebeurt in 2026"]
    assert [text for _, text in shown.all("span", "around")] == ["Het kabinet wil dit verkennen. ", " & later."]
    plain = Tree(rendering.turn(Turn(1, "?", quotes=Quotes((whole,), ())), NL))
    assert [text for _, text in plain.all("blockquote")] == [whole.quote]
    assert plain.all("span", "found") == plain.all("span", "around") == []


def test_each_sentence_says_in_words_how_it_was_checked():
    shown = Tree(rendering.turn(Turn(1, "?", answer=answered()), NL))
    verdicts = shown.all("span", "verdict")
    assert [text for _, text in verdicts] == ["letterlijk citaat", "nagekeken"]
    assert "omdat" in (verdicts[0][0]["title"] or "")


def test_a_quoted_sentence_is_a_block_of_its_own_with_who_says_it_and_where():
    shown = Tree(rendering.turn(Turn(1, "?", answer=answered()), NL))
    (_, sentences), *_ = shown.all("p", "sentences")
    assert "Dat gebeurt in 2026 & later." not in sentences
    assert [text for _, text in shown.all("blockquote")][1] == "Dat gebeurt in 2026 & later."
    assert (
        [text for _, text in shown.all("p", "where")][1].split("  ")[0].startswith("minister Antwoord 1 Kamerstukken I")
    )


def test_the_quotations_keep_their_places_when_the_answer_stands():
    answer = answered()
    quotes = Quotes((citation("Nee. Een regeling", 3), *reversed(answer.citations)), answer.hits)
    turn = Turn(1, "?", NL.composing, quotes)
    before, after = (
        [text for _, text in Tree(rendering.turn(one, NL)).all("blockquote")]
        for one in (turn, turn.with_event(answer, NL))
    )
    assert before == after


@pytest.mark.parametrize("verdict", ["supported", "quoted"])
def test_a_doubtful_answer_says_so(verdict):
    said = (Sentence("Het kabinet wil verkennen.", (1,), verdict),)
    for doubtful in (False, True):
        html = rendering.turn(Turn(1, "?", answer=answered(sentences=said, doubtful=doubtful)), NL)
        assert [text for _, text in Tree(html).all("p", "doubt")] == [NL.doubtful] * doubtful


def test_what_is_withheld_is_told_in_plain_words():
    for withheld, words in ((0, ""), (1, NL.withheld), (3, NL.withheld_many.format(3))):
        html = rendering.turn(Turn(1, "?", answer=answered(withheld=withheld)), NL)
        assert [text for _, text in Tree(html).all("p", "withheld")] == ([words] if words else [])


def test_a_card_holds_the_quotation_of_its_number():
    shown = Tree(rendering.turn(Turn(1, "?", answer=answered()), NL))
    cards = [attrs for attrs, _ in shown.all("button", "cite") if "data-quote" in attrs]
    assert [attrs["data-quote"] for attrs in cards] == [answered().citations[0].quote]
    assert cards[0]["data-where"] == "minister · Antwoord 1 · Kamerstukken I, 1, A, p. 1"


def test_time_and_models_are_named():
    html = rendering.turn(Turn(1, "?", answer=answered()), NL)
    assert "3,9 seconden · geschreven door schrijver · gezocht met encoder" in html
    assert "3.9 seconds" in rendering.turn(Turn(1, "?", answer=answered()), EN)


def test_without_a_model_the_quotations_are_the_answer_and_stand_there_once():
    answer = answered(
        generator=None,
        sentences=tuple(Sentence(one.quote, (one.number,), "quoted") for one in answered().citations),
    )
    html = rendering.turn(Turn(1, "?", answer=answer, quotes=Quotes(answer.citations, answer.hits)), NL)
    for one in answer.citations:
        assert unescape(html).count(one.quote) == 1
    assert NL.without_writer in html
    assert [text for _, text in Tree(html).all("button", "cite")] == ["[1]", "[2]"]


def test_quotations_that_the_answer_does_not_use_stay_where_they_were_without_a_number():
    other = citation("Nee. Een regeling", 3)
    answer = answered()
    turn = Turn(1, "?", answer=answer, quotes=Quotes((*answer.citations, other), answer.hits))
    shown = Tree(rendering.turn(turn, NL))
    rows = [text for _, text in shown.all("li", "source")]
    assert [text[:3] for text in rows] == ["[1]", "[2]", "Nee"]


def test_what_can_be_done_with_an_answer_names_its_question():
    shown = Tree(rendering.turn(Turn(4, "Wat?", answer=answered()), NL))
    actions = [attrs for attrs, _ in shown.all("button") if "data-action" in attrs]
    assert {attrs["data-action"] for attrs in actions} >= {"again", "edit", "copy", "save", "link", "cite"}
    assert {attrs.get("data-turn") for attrs in actions} == {"4", "0", None}  # 0: the whole conversation
    (link,) = [attrs for attrs in actions if attrs["data-action"] == "link"]
    assert link["data-words"] == "Wat?"
    stopped = Tree(rendering.turn(Turn(4, "Wat?", ended=NL.stopped), NL))
    assert [attrs["data-action"] for attrs, _ in stopped.all("button")] == ["link", "again", "edit"]
    assert Tree(rendering.turn(Turn(4, "Wat?", NL.searching), NL)).all("button") == []


def test_what_is_nearest_is_never_a_source():
    html = rendering.turn(Turn(1, "?", answer=abstaining()), NL)
    shown = Tree(html)
    assert "De papieren zeggen dit niet." in html
    assert NL.reasons["not_stated"] in html
    assert NL.nearest in html
    assert NL.sources not in html
    assert shown.all("li", "source") == shown.all("section", "sources") == shown.all("blockquote") == []
    assert shown.all("button", "cite") == []
    ((attrs, _),) = shown.all("button", "open")
    assert attrs["data-nearest"] == "yes"
    assert attrs["data-end"] == str(place("\n\n2."))


def test_what_is_nearest_names_the_other_places_of_its_words_and_what_belongs_to_it():
    first, last = place("\n\n2."), place("\n\nNee")
    paper = replace(PAPER, units=(replace(UNITS[0], partners=(1,)), UNITS[1]))
    hit = replace(
        abstaining().hits[0],
        passage=Passage(paper, 0, first),
        also=(Passage(paper, last + 2, len(TEXT)),),
        dense=0.834,
        dense_rank=2,
        lexical=0.5,
    )
    shown = Tree(rendering.turn(Turn(1, "?", answer=replace(abstaining(), hits=(hit,))), NL))
    ((where, text),) = shown.all("p", "where")
    assert text.endswith("Antwoord 1 hoort bij: Vraag 2 (p. 1) ook: kst-1-A, p. 2")
    assert where["title"] == "Betekenis 0,83 (plaats 2), woorden 0,50 (plaats geen)"
    places = [(attrs["data-start"], attrs["data-end"]) for attrs, _ in shown.all("button", "open")]
    assert places == [("0", str(first)), (str(UNITS[1].start), str(UNITS[1].end)), (str(last + 2), str(len(TEXT)))]
    assert {attrs["data-nearest"] for attrs, _ in shown.all("button", "open")} == {"yes"}


def test_what_was_searched_stands_under_the_question_and_under_no_answer():
    whole, part = (Turn(1, "?", answer=abstaining(), within=within) for within in ("", "Alleen in 2026"))
    assert Tree(rendering.turn(whole, NL)).all("p", "within") == []
    under = [text for _, text in Tree(rendering.turn(part, NL)).all("p", "within")]
    assert under == ["Alleen in 2026", NL.unanswered_within]
    answer = Tree(rendering.turn(replace(part, answer=answered()), NL))
    assert [text for _, text in answer.all("p", "within")] == ["Alleen in 2026"]


def test_a_model_that_was_not_asked_did_not_write():
    early = replace(abstaining(), timings=Timings(1.0, None, None, 2.0))
    assert "geschreven door" not in rendering.turn(Turn(1, "?", answer=early), NL)


# --- on the way ------------------------------------------------------------------------------------------------------


def test_unchecked_words_are_marked_as_a_draft():
    draft = Draft((Sentence("Nagekeken zin.", (1,), "supported"),), "en nog niet")
    shown = Tree(rendering.turn(Turn(1, "?", draft=draft), NL))
    assert [text for _, text in shown.all("span", "unchecked")] == ["en nog niet"]
    assert NL.draft in [text for _, text in shown.all("h3", "label")]
    assert shown.all("span", "sentence")[0][1].startswith("Nagekeken zin.")
    assert shown.all("button", "cite") == []  # which sources remain is not known yet
    assert shown.all("article")[0][0]["aria-busy"] == "true"


def test_a_stopped_answer_shows_no_unchecked_words():
    turn = Turn(1, "?", draft=Draft((), "half geschr"), ended=NL.stopped)
    html = rendering.turn(turn, NL)
    assert "half geschr" not in html
    assert NL.stopped in html
    assert 'aria-busy="false"' in html


def test_quotations_are_there_before_the_answer():
    quotes = Quotes((citation("Het kabinet wil dit verkennen."),), ())
    turn = Turn(1, "?", NL.searching).with_event(quotes, NL)
    html = rendering.turn(turn, NL)
    assert NL.quotes in html
    assert "Het kabinet wil dit verkennen." in html
    assert NL.composing in html
    after = turn.with_event(Draft((), "Het"), NL).with_event(answered(), NL)
    assert after.quotes is quotes
    assert after.draft is None


# --- the reader ------------------------------------------------------------------------------------------------------


QUOTES = [
    "Het kabinet wil dit verkennen.",
    "verkennen. Dat gebeurt",  # around a footnote's mark
    "2026 & later.",
    "u die <mening>?",
    "volgende bladzijde en",  # around the beginning of a page
    "Antwoord 1",
    "Een regeling loopt door op de volgende bladzijde en verder.",
]


@pytest.mark.parametrize("quote", QUOTES)
def test_the_mark_holds_exactly_the_cited_words(quote):
    cited = citation(quote)
    shown = Tree(rendering.reader(PAPER, cited.start, cited.end, NL))
    ((attrs, text),) = shown.all("mark")
    assert text == quote
    assert attrs["id"] == rendering.MARK


def test_words_cited_over_paragraphs_are_marked_in_each():
    start, end = place("later."), place(" Een regeling")
    shown = Tree(rendering.reader(PAPER, start, end, NL))
    assert [text for _, text in shown.all("mark")] == ["later.", "2. Deelt u die <mening>?", "Nee."]
    assert [attrs.get("id") for attrs, _ in shown.all("mark")] == [rendering.MARK, None, None]


def test_the_paper_stands_there_as_it_is():
    shown = Tree(rendering.reader(PAPER, 0, 0, NL))
    (_, text) = shown.all("div", "paper")[0]
    own = text.removesuffix("NotenNoot <zeven>.Zonder plaats.")
    assert own == TEXT.replace("\n", "")
    assert shown.all("mark") == []


def test_pages_notes_and_units_are_shown_beside_the_text():
    shown = Tree(rendering.reader(PAPER, 0, 0, NL))
    assert [attrs["data-page"] for attrs, _ in shown.all("div", "page")] == ["p. 1", "p. 2"]
    assert [attrs["data-page"] for attrs, _ in shown.all("span", "page")] == ["p. 3"]
    assert [attrs["aria-label"] for attrs, _ in shown.all("sup", "note")] == ["Noot 7: Noot <zeven>."]
    assert [text for _, text in shown.all("h4", "answer")] == ["Antwoord 1"]
    assert [attrs["data-unit"] for attrs, _ in shown.all("p") if "data-unit" in attrs] == ["Vraag 2"]


def test_the_reader_names_the_place():
    cited = citation("Het kabinet wil dit verkennen.")
    html = rendering.reader(PAPER, cited.start, cited.end, NL)
    for words in ("Brief &amp; bijlage", "kst-1-A, p. 1", "Antwoord 1", "minister", NL.close, NL.previous, NL.next):
        assert words in html
    assert NL.nearest_place not in html
    assert NL.nearest_place in rendering.reader(PAPER, 0, 5, NL, nearest=True)


def test_both_languages_have_every_word():
    for texts in (NL, EN):
        assert set(texts.verdicts) == set(texts.verdict_titles) == {"supported", "quoted", "unsupported"}
        assert set(texts.chambers) == {"I", "II"}
        assert set(texts.reasons) == {"not_in_corpus", "asked_not_answered", "not_stated", "off_topic"}
