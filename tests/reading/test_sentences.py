from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.reading.sentences import sentences, with_context


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Zie Handelingen I 2024/2025, nr. 12, item 13, p. 23.",
        "De minister, D.M. van Weel, tekende.",
        "Er is o.a. Een regeling.",
        "1. Deelt u de opvatting?",
        "Het gaat om art. 350 VWEU.",
        "Dit kost 1.250.000 euro.",
        "Het blz. 4 en de heer J. Jansen.",
    ],
)
def test_stops_that_end_nothing(sentence):
    assert parts(sentence) == [sentence]


def test_stops_that_end():
    assert parts("Ja. Net als eerdere jaren. Dat geldt ook!") == ["Ja.", "Net als eerdere jaren.", "Dat geldt ook!"]
    assert parts("Dat doet de EU. Nederland ook.") == ["Dat doet de EU.", "Nederland ook."]
    assert parts("“Is dat zo?” Ja.") == ["“Is dat zo?”", "Ja."]
    assert parts("Zie art. 350 VWEU. Daarom.") == ["Zie art. 350 VWEU.", "Daarom."]


def test_a_heading_is_a_sentence():
    assert parts("Vraag 1\n\nDeelt u dit?") == ["Vraag 1", "Deelt u dit?"]


def test_a_stretch():
    text = "Een. Twee. Drie."
    assert [text[a:b] for a, b in sentences(text, 5, 10)] == ["Twee."]


@pytest.mark.parametrize(
    ("piece", "understood"),
    [
        ("Daarom, zo zei hij, bleef hij.", "Het regende. Daarom, zo zei hij, bleef hij."),
        ("zo zei hij", "Het regende. Daarom, zo zei hij, bleef hij."),
        ("Het regende.", "Het regende."),
        ("Zij ging.", "Zij ging."),  # the paragraph before is no context
    ],
)
def test_a_piece_is_understood_in_its_whole_sentence(piece, understood):
    text = "Het regende. Daarom, zo zei hij, bleef hij.\n\nZij ging."
    start = text.index(piece)
    begin, end = with_context(text, start, start + len(piece))
    assert text[begin:end] == understood


@given(st.text(st.sampled_from("ab A.?!”\n1")))
def test_every_character_that_is_no_white_space_stands_in_one_sentence(text):
    spans = list(sentences(text))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())
    assert all(a < b for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
