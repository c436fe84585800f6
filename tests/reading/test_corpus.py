"""The two papers that come with the project, read as a clerk would check them against the paper."""

import hashlib
import re
from pathlib import Path

import pytest

from raadpleeg.reading.formats.text import decode, pages_of_lines
from raadpleeg.reading.layout import lay_out
from raadpleeg.reading.manuscript import restored
from raadpleeg.reading.reader import read_corpus
from raadpleeg.reading.references import official
from raadpleeg.records import Document

CORPUS = Path(__file__).parents[2] / "corpus"
O_PAPER = "kst-35714-O"
J_PAPER = "kst-31585-35714-J"


@pytest.fixture(scope="module")
def papers() -> dict[str, Document]:
    return {document.id: document for document in read_corpus(CORPUS).documents}


def test_papers_are_what_sources_says():
    listed = dict(re.findall(r"`(\S+\.txt)`.*`([0-9a-f]{64})`", (CORPUS / "SOURCES.md").read_text(encoding="utf-8")))
    actual = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in CORPUS.glob("*.txt")}
    assert listed == actual
    assert len(actual) == 2


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_nothing_is_lost(path):
    text = decode(path.read_bytes())
    assert restored(lay_out(pages_of_lines(text))) == "".join(text.split())


def test_pages(papers):
    assert len(papers[O_PAPER].pages) == 7
    assert len(papers[J_PAPER].pages) == 9
    text = papers[O_PAPER].text
    assert papers[O_PAPER].page_at(text.index("Antwoord 1 en 2")) == 6
    assert papers[O_PAPER].page_at(text.index("Antwoord 4 en 5")) == 7


def test_footnotes_stand_beside_the_text_and_know_where_their_marks_were(papers):
    notes = papers[O_PAPER].footnotes
    assert [note.number for note in notes] == list(range(1, 19))
    assert [note.page for note in notes] == [1, *[2] * 5, *[3] * 4, 4, 4, 5, 5, *[6] * 3, 7]
    before_mark = {note.number: papers[O_PAPER].text[: note.mark].rsplit(None, 1)[-1] for note in notes}
    assert before_mark[2] == "telewerk"
    assert before_mark[3] == "2026."
    assert before_mark[10] == "2025"  # "14 april 202510 en": a mark glued to a year
    assert before_mark[11] == "vereenvoudigen."  # a mark that stands alone behind a full stop
    assert before_mark[14] == "2026"
    assert notes[5].text == "Ibid., p. 6."
    assert notes[15].text.endswith("benelux-parlement-inzake-grensoverschrijdend-telewerk")
    assert [note.number for note in papers[J_PAPER].footnotes] == list(range(1, 9))
    assert "Commission.europa.eu.\n" not in papers[J_PAPER].text


def test_marks_are_out_of_the_running_text(papers):
    text = papers[O_PAPER].text
    assert "grensoverschrijdend telewerk en van de brief" in text
    assert "belastingverdrag op 14 april 2025 en is erop gericht" in text
    assert "geagendeerd in Benelux-verband om" in text
    assert "JA21, Volt" in text
    assert "de fracties van OPNL, CDA, GroenLinks-PvdA, BBB, VVD, D66, SP" in text


def test_a_sentence_over_a_page_break_is_whole(papers):
    text = papers[O_PAPER].text
    sentence = (
        "Hierin wordt benoemd dat het Nederlands Voorzitterschap bijzondere aandacht heeft voor grenswerk en in het "
        "bijzonder voor de belemmeringen bij grensoverschrijdend telewerk."
    )
    start = text.index(sentence)
    assert papers[O_PAPER].page_at(start) == 6
    assert papers[O_PAPER].page_at(start + len(sentence) - 1) == 7
    assert "Zo zullen tijdens het Nederlands Voorzitterschap uitwisselingen worden" in papers[J_PAPER].text


def test_hyphens_at_line_ends(papers):
    assert "Hauts-de-France en Noordrijn-Westfalen" in papers[J_PAPER].text
    assert "het Benelux-beleid inzake" in papers[J_PAPER].text
    assert "jaarlijkse interne-markt- en concurrentievermogenrapport" in papers[J_PAPER].text
    assert "proeftuin- of laboratoriumfunctie" in papers[O_PAPER].text
    assert "Fractie-Beukering en" in papers[O_PAPER].text


def test_units_have_names_numbers_and_speakers(papers):
    answers = {unit.label: unit for unit in papers[O_PAPER].units if unit.kind == "answer"}
    assert {label: unit.answers for label, unit in answers.items()} == {
        "Antwoord 1 en 2": (1, 2),
        "Antwoord 3": (3,),
        "Antwoord 4 en 5": (4, 5),
    }
    assert {unit.speaker for unit in answers.values()} == {"staatssecretaris van Financiën"}
    questions = [unit for unit in papers[O_PAPER].units if unit.kind == "question"]
    assert [unit.numbers for unit in questions] == [(1,), (2,), (3,), (4,), (5,)] * 2
    assert not any("staatssecretaris" in (unit.speaker or "") for unit in questions)
    letters = [unit.label for unit in papers[O_PAPER].units if unit.kind == "letter"]
    assert letters == [
        "Brief van de voorzitter van de vaste commissie voor Sociale Zaken en Werkgelegenheid",
        "Brief van de staatssecretaris van Financiën",
    ]
    (letter,) = (unit for unit in papers[J_PAPER].units if unit.kind == "letter")
    assert letter.speaker == "minister van Buitenlandse Zaken"
    assert [unit.page for unit in papers[J_PAPER].units if unit.kind == "note"] == [9]


def test_units_nest_and_lie_inside_the_text(papers):
    for document in papers.values():
        for unit in document.units:
            assert 0 <= unit.start < unit.end <= len(document.text)
            assert document.text[unit.start : unit.end] == document.text[unit.start : unit.end].strip()
            for other in document.units:
                apart = unit.end <= other.start or other.end <= unit.start
                inside = unit.start <= other.start and other.end <= unit.end
                around = other.start <= unit.start and unit.end <= other.end
                assert apart or inside or around


def test_references(papers):
    assert official(papers[O_PAPER], 6) == "Kamerstukken I 2025/26, 35714, O, p. 6"
    assert official(papers[J_PAPER]) == "Kamerstukken I, 31585 / 35714, J"  # its own text gives no year
    assert papers[O_PAPER].metadata.date == "2026-03-18"
