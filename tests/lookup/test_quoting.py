"""Where words stand: as they are, but for how they are typed, nearly, or nowhere."""

import random
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lookup_papers import all_papers, beds, paper

from raadpleeg.errors import BadReference
from raadpleeg.lookup.quoting import MOST_PLACES, open_quotable, quote
from raadpleeg.lookup.web import open_web

FOREIGN = [
    "De Normandiërs waren een volk dat in de tiende en elfde eeuw zijn naam gaf aan Normandië.",
    "De doelman stopte in de laatste minuut van de verlenging een strafschop van de aanvoerder.",
    "Verwarm de oven voor op tweehonderd graden en vet een bakvorm in met een beetje boter.",
    "In het noordelijke deel van het Amazonegebied leven meer dan duizend soorten vogels en vissen.",
    "Volgens de legende werd de stad gesticht door twee broers die door een wolvin waren gezoogd.",
    "Bent u bereid om de dienstregeling van de nachttrein naar Innsbruck deze winter uit te breiden?",
    "De zuurstof in de atmosfeer is afkomstig van planten die onder invloed van zonlicht groeien.",
]
STRANGE = "zonnebloem fietspad onverwacht bibliotheek nauwelijks verhuizing eekhoorn porselein".split()


@pytest.fixture(scope="module")
def quotable(hashed_index):
    return open_quotable(open_web([*hashed_index.documents.values(), *all_papers()]))


@cache
def little():
    return open_quotable(open_web([beds()]))


@pytest.fixture(scope="module")
def small():
    return little()


def spans(quotable, count, seed=7, least=8, most=40):
    """Take spans of so many words from every paper as often."""
    chance = random.Random(seed)
    papers = [one for one in quotable.web.documents.values() if len(one.text.split()) > most]
    for number in range(count):
        document = papers[number % len(papers)]
        words = [found.span() for found in re.finditer(r"\S+", document.text)]
        length = chance.randint(least, most)
        first = chance.randrange(len(words) - length)
        yield document, words[first][0], words[first + length - 1][1], chance


def typed(text, chance):
    """Type words otherwise: case, white space, quotes, hyphens, a word parted at the end of a line."""
    text = chance.choice([str, str.upper, str.lower, str.swapcase])(text)
    text = re.sub("['\"‘’“”„«»]", chance.choice(["'", '"', "“", "«", ""]), text)
    text = re.sub(r"(?<=\w)[-–—](?=\w)", chance.choice(["-", "–", "\u2011", ""]), text)
    text = re.sub(r"\s+", chance.choice([" ", "  ", "\n", "\t", "\u00a0"]), text)
    if long := list(re.finditer(r"[^\W\d_]{10,}", text)):
        word = chance.choice(long)
        middle = (word.start() + word.end()) // 2
        text = f"{text[:middle]}-\n{text[middle:]}"
    return f"“{text}”"


def core(document, start, end):
    """Give a span from its first letter or figure to its last: the signs around it may be typed otherwise."""
    words = list(re.finditer(r"[^\W_]+", document.text[start:end]))
    return document.id, start + words[0].start(), start + words[-1].end()


def found_at(quotable, cited):
    return {core(quotable.web.documents[one.document], one.start, one.end) for one in cited.places}


def test_words_as_they_stand_are_exact(quotable):
    for document, start, end, _ in spans(quotable, 100):
        cited = quote(document.text[start:end], quotable)
        assert cited.places[0].match == "exact"
        assert (document.id, start, end) in {(one.document, one.start, one.end) for one in cited.places}
        assert cited.places[0].changes == ()


def test_words_typed_otherwise_are_found_at_the_very_place(quotable):
    for document, start, end, chance in spans(quotable, 200):
        cited = quote(typed(document.text[start:end], chance), quotable)
        assert core(document, start, end) in found_at(quotable, cited), cited.query
        assert {one.match for one in cited.places} <= {"exact", "normalised"}
        assert not any(one.changes for one in cited.places)


def test_one_word_changed_is_found_and_shown(quotable):
    for document, start, end, chance in spans(quotable, 200, seed=8):
        text = document.text[start:end]
        word = chance.choice(list(re.finditer(r"[^\W_]+", text)))
        other = chance.choice(STRANGE)
        cited = quote(f"{text[: word.start()]}{other}{text[word.end() :]}", quotable)
        assert core(document, start, end) in found_at(quotable, cited), cited.query
        place = next(one for one in cited.places if core(document, one.start, one.end) == core(document, start, end))
        assert place.match == "near"
        assert any(one.kind == "replaced" and other in one.quoted and word[0] in one.paper for one in place.changes)


@pytest.mark.parametrize("kind", ["left out", "added"])
def test_a_word_left_out_or_added_is_shown(quotable, kind):
    for document, start, end, chance in spans(quotable, 60, seed=9):
        text = document.text[start:end]
        words = text.split(" ")
        if len(words) < 6 or len(set(words)) < len(words):
            continue
        at = chance.randrange(2, len(words) - 2)
        if not words[at].isalpha():
            continue
        changed = [*words[:at], *words[at + 1 :]] if kind == "left out" else [*words[:at], "eekhoorn", *words[at:]]
        cited = quote(" ".join(changed), quotable)
        assert core(document, start, end) in found_at(quotable, cited)
        (change,) = cited.places[0].changes
        assert change.kind == kind
        assert (change.paper, change.quoted) == ((words[at], "") if kind == "left out" else ("", "eekhoorn"))


@pytest.mark.parametrize("text", FOREIGN)
def test_words_of_other_texts_are_not_claimed(quotable, text):
    cited = quote(text, quotable)
    assert (cited.places, cited.in_corpus) == ((), False)
    assert "no paper" in cited.explanation


@pytest.mark.parametrize(
    ("text", "match", "words"),
    [
        ("1.240 bedden gesloten", "exact", "1.240 bedden gesloten"),
        ("1.240 BEDDEN  gesloten", "normalised", "1.240 bedden gesloten"),
        ("De foto's in het bericht", "normalised", "De foto’s in het bericht"),
        ("de fotos in het bericht", "normalised", "De foto’s in het bericht"),
        ("in Zuid-\nLimburg zijn juist", "normalised", "in Zuid-Limburg zijn juist"),
        ("in Zuid Limburg zijn juist", "normalised", "in Zuid-Limburg zijn juist"),
        ("in ZuidLimburg zijn juist", "normalised", "in Zuid-Limburg zijn juist"),
        ("patienten in Zuid–Limburg", "normalised", "patiënten in Zuid-Limburg"),
        ("zoals eerder aan de Kamer is gemeld2.", "normalised", "zoals eerder aan de Kamer is gemeld."),
        ("zoals eerder aan de Kamer is gemeld.[2]", "normalised", "zoals eerder aan de Kamer is gemeld."),
        ("«In 2023 zijn 1.240 bedden gesloten»", "normalised", "In 2023 zijn 1.240 bedden gesloten"),
        ("Antwoord 1 Ja. Vraag 2", "normalised", "Antwoord 1\n\nJa.\n\nVraag 2"),
    ],
)
def test_how_words_are_typed_does_not_count(small, text, match, words):
    place = quote(text, small).places[0]
    assert (place.match, place.quote, place.changes) == (match, words, ())


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("In 2023 zijn 1.420 bedden gesloten", [("replaced", "240", "420")]),
        ("In 2023 zijn 1.240 bedden niet gesloten", [("added", "", "niet")]),
        ("De cijfers per provincie zijn nog bekend", [("left out", "niet", "")]),
        ("in Zuid-Limburg zijn juist 3,5 procent meer bedden", [("replaced", "2", "3")]),
        ("In 2023 zijn 1.240 bedden gesloten zoals eerder aan de Kamer is gemeld", [("left out", ",", "")]),
        (
            "In 2024 zijn 1.240 bedden geopend, zoals",
            [("replaced", "2023", "2024"), ("replaced", "gesloten", "geopend")],
        ),
    ],
)
def test_a_misquotation_is_shown_as_such(small, text, changes):
    cited = quote(text, small)
    (place,) = cited.places
    assert place.match == "near"
    assert [(one.kind, one.paper, one.quoted) for one in place.changes] == changes
    document = small.web.documents[place.document]
    assert all(document.text[one.start : one.end] == one.paper for one in place.changes)
    assert "nearly the same" in cited.explanation


def test_a_part_of_a_number_is_not_the_number(small):
    assert not quote("5 procent meer bedden", small).places or quote("5 procent meer bedden", small).places[0].changes
    assert quote("2,5 procent meer bedden", small).places[0].match == "exact"
    assert not quote("240", small).places


def test_a_part_of_a_word_is_not_the_word(small):
    assert not quote("edden", small).places


def test_a_minus_is_not_a_hyphen():
    quotable = open_quotable(open_web([paper("a", "De koopkracht verandert met -3 procent in dat jaar.")]))
    changed = quote("De koopkracht verandert met 3 procent in dat jaar.", quotable).places[0]
    assert [(one.kind, one.paper) for one in changed.changes] == [("left out", "-")]
    assert quote("de koopkracht verandert met –3 procent", quotable).places[0].match == "normalised"


def test_words_that_stand_more_than_once_have_all_their_places():
    same = "Deze zin staat er meer dan eens, en telkens met dezelfde woorden."
    quotable = open_quotable(open_web([paper("a", same, "Iets anders.", same), paper("b", same)]))
    cited = quote(same, quotable)
    assert [(one.document, one.match) for one in cited.places] == [("a", "exact"), ("a", "exact"), ("b", "exact")]
    assert len({(one.document, one.start) for one in cited.places}) == 3
    near = quote(same.replace("telkens", "steeds"), quotable)
    assert [one.match for one in near.places] == ["near"] * 3


def test_a_word_that_stands_everywhere_is_counted():
    quotable = open_quotable(open_web([paper("a", *["bed bed bed bed bed"] * 60)]))
    cited = quote("bed", quotable)
    assert len(cited.places) == MOST_PLACES
    assert "300 places" in cited.explanation


def test_words_of_a_footnote_lead_to_where_its_mark_stands(small):
    (place,) = quote("Beddenplan 2030", small).places
    assert place.footnote == 6
    assert place.quote == "Deelt u de mening dat dit anders moet?"
    assert place.footnotes[0].footnote.text.startswith("Beddenplan 2030")


def test_no_place_spans_two_papers():
    quotable = open_quotable(
        open_web([paper("a", "Aan het eind van dit stuk"), paper("b", "begint het volgende stuk")])
    )
    assert not quote("van dit stuk begint het volgende", quotable).places


def test_a_place_knows_its_unit_and_its_question(small):
    (place,) = quote("1.240 bedden gesloten", small).places
    assert (place.unit, place.page, place.speaker) == ("Antwoord 2 en 3", 2, "Minister De Boer (Zorg)")
    assert [one.unit for one in place.questions] == ["Vraag 2", "Vraag 3"]
    assert place.reference == "Aanhangsel Handelingen II 2023/24, nr. 1314, p. 2"


@pytest.mark.parametrize("text", ["", "  ", "…!?", "«»"])
def test_a_quotation_without_words_is_refused(small, text):
    with pytest.raises(BadReference, match="--quote"):
        quote(text, small)


def test_a_quotation_of_unreasonable_length_is_refused(small):
    with pytest.raises(BadReference, match="at most 20,000"):
        quote("bed " * 6000, small)


def test_a_corpus_without_words_has_no_quotations():
    assert not quote("bed", open_quotable(open_web([paper("a", "…")]))).places
    assert not quote("bed", open_quotable(open_web([]))).places


@settings(deadline=None)
@given(st.data())
def test_any_span_of_whole_words_is_found_exactly(data):
    small = little()
    document = small.web.documents["ah-tk-20232024-1314"]
    words = [found.span() for found in re.finditer(r"\S+", document.text)]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, min(first + 30, len(words) - 1)))
    start, end = words[first][0], words[last][1]
    if not re.search(r"[^\W_]", document.text[start:end]):
        return
    cited = quote(document.text[start:end], small)
    assert (start, end) in {(one.start, one.end) for one in cited.places if one.match == "exact"} or len(
        cited.places
    ) == MOST_PLACES


@settings(deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_quoted_has_spans_that_hold(text):
    small = little()
    try:
        cited = quote(text, small)
    except BadReference:
        return
    for place in cited.places:
        document = small.web.documents[place.document]
        assert document.text[place.start : place.end] == place.quote
        assert (place.match == "near") == bool(place.changes)
        if place.match == "exact" and place.footnote is None:
            assert place.quote == text.strip()
