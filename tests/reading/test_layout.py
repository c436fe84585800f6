import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.reading.formats.text import pages_of_lines
from raadpleeg.reading.layout import lay_out
from raadpleeg.reading.manuscript import restored


def laid_out(text: str):
    return lay_out(pages_of_lines(text))


LONG = "Dit is een regel die zo lang is dat de schrijver aan het einde ervan naar de volgende moest"


def test_wrapped_lines_become_one_paragraph():
    assert laid_out(f"{LONG}\ngaan en verder schreef.").text == f"{LONG} gaan en verder schreef."


def test_lines_with_an_empty_one_between_them_are_joined_too():
    text = "\n\n".join([LONG, LONG.lower(), LONG.lower(), "eindigen."])
    assert laid_out(text).text == f"{LONG} {LONG.lower()} {LONG.lower()} eindigen."


def test_a_hyphen_of_the_line_break_goes_and_the_word_is_whole():
    layout = laid_out(f"{LONG} worden goedge-\nvonden door de Kamer.")
    assert "goedgevonden door" in layout.text
    assert [one.kind for one in layout.removed] == ["hyphen"]


def test_a_hyphen_of_the_word_stays():
    assert "Benelux-lidstaten" in laid_out(f"{LONG} door de Benelux-\nlidstaten.").text
    assert "in- en uitvoer" in laid_out(f"{LONG} van de in-\nen uitvoer.").text
    assert "VN-Veiligheidsraad" in laid_out(f"{LONG} van de VN-\nVeiligheidsraad.").text


def test_a_word_that_stands_elsewhere_with_its_hyphen_keeps_it():
    text = f"Over het fiets-onderzoek is veel gezegd, zo veel is zeker.\n\n{LONG} van het fiets-\nonderzoek."
    assert text.count("fiets-") == 2
    assert laid_out(text).text.count("fiets-onderzoek") == 2


def test_a_footnote_is_taken_out_with_its_mark():
    layout = laid_out(f"{LONG} over telewerk1 en\nover werk.\n\n1 Kamerstukken I 2025/26, 35714, N.")
    assert layout.text == f"{LONG} over telewerk en over werk."
    (note,) = layout.footnotes
    assert (note.number, note.text) == (1, "Kamerstukken I 2025/26, 35714, N.")
    assert layout.text[: note.mark].endswith("telewerk")


@pytest.mark.parametrize("heading", ["Vraag 1", "Vragen 3, 4 en 7", "Antwoord 1 en 2:", "Antwoord op vraag 12"])
def test_the_heading_of_a_question_is_a_paragraph_however_short_the_lines(heading):
    assert laid_out(f"Is dat zo?\n{heading}\nJa.\n").text == f"Is dat zo?\n\n{heading}\n\nJa."


def test_notes_that_are_counted_anew_on_each_page_are_notes():
    layout = laid_out(f"{LONG} over telewerk1 en\nover werk.\n\n1 Eerste.\f{LONG} over reizen1 en\nrust.\n\n1 Tweede.")
    assert [(note.number, note.page, note.text) for note in layout.footnotes] == [(1, 1, "Eerste."), (1, 2, "Tweede.")]
    assert [layout.text[: note.mark].split()[-1] for note in layout.footnotes] == ["telewerk", "reizen"]


def test_a_line_that_begins_with_a_date_is_no_footnote():
    layout = laid_out(f"{LONG} op\n1 januari 2026 treedt de wet in werking en\n2 dagen later niet.")
    assert layout.footnotes == ()
    assert "op 1 januari 2026 treedt" in layout.text


def test_numbers_that_belong_to_words_stay():
    words = "de fracties van D66, JA21 en 50PLUS over CO2 en artikel 1.2"
    layout = laid_out(f"{LONG} {words} en een noot.1\n\n1 Een noot.")
    assert words in layout.text
    assert len(layout.footnotes) == 1


def test_a_sentence_over_a_page_break_runs_on_without_the_note_between():
    layout = laid_out(f"{LONG} bij de grens2 en voor\n\n1 Eerste.\f{LONG.lower()} eindigen.")
    assert layout.pages == (0, layout.text.index(LONG.lower()))
    layout = laid_out(f"{LONG} bij de grens1 en voor\n\n1 Eerste.\f{LONG.lower()} eindigen.")
    assert f"bij de grens en voor {LONG.lower()}" in layout.text


words = st.text("abcdefghijklmnopqrstuvwxyzé", min_size=1, max_size=12)
sentences = st.lists(words, min_size=1, max_size=30).map(lambda some: " ".join(some).capitalize() + ".")


@st.composite
def papers(draw) -> str:
    """A paper as a typist would leave it: wrapped, perhaps double spaced, with notes, page breaks and hyphens."""
    pages = []
    number = 1
    wide = draw(st.booleans())
    for _ in range(draw(st.integers(1, 4))):
        paragraphs = draw(st.lists(sentences, min_size=1, max_size=5))
        notes = []
        if draw(st.booleans()):
            paragraphs[0] = re.sub(r"\.$", f".{number}", paragraphs[0])
            notes.append(f"{number} {draw(sentences)}")
            number += 1
        lines = []
        for paragraph in paragraphs:
            width = draw(st.integers(20, 90))
            lines += re.findall(rf".{{1,{width}}}(?:-?\s|$)", paragraph) or [paragraph]
            lines.append("")
        body = ("\n\n" if wide else "\n").join(lines)
        pages.append("\n".join([body, "", *notes]))
    return "\f".join(pages)


@given(papers())
def test_nothing_is_lost_of_a_generated_paper(paper):
    layout = laid_out(paper)
    assert restored(layout) == "".join(paper.split())
    assert all(0 <= one.at <= len(layout.text) for one in layout.removed)
    assert list(layout.pages) == sorted(layout.pages)


@given(st.text(st.sampled_from("ab1 2.-\n\f•\uf0b7Vraag")).filter(str.strip))
def test_nothing_is_lost_of_any_text(text):
    assert restored(laid_out(text)) == "".join(text.split())


@given(papers())
def test_text_is_clean(paper):
    text = laid_out(paper).text
    assert text == text.strip()
    assert "  " not in text
    assert "\n\n\n" not in text
