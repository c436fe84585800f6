"""The tab Vragen en antwoorden: who asked, what came of it, and what was asked before."""

import re

import pytest

from raadpleeg.lookup.questions import asked_before, questions
from raadpleeg.reading.reader import document_from
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder
from raadpleeg.web.tabs.asked import ANY, earlier, fracties, kept, question_table, status_of
from raadpleeg.web.texts import TABS

NL = TABS["nl"]


def words_in(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.fixture(scope="module")
def asking(hashed_index):
    """A paper with questions, and its questions."""
    return next((one, rows) for one in hashed_index.documents.values() if (rows := questions(one)))


@pytest.mark.parametrize(
    ("asker", "names"),
    [
        (
            "leden van de fracties van OPNL, CDA, GroenLinks-PvdA en Fractie-Walenkamp",
            "OPNL CDA GroenLinks-PvdA Fractie-Walenkamp",
        ),
        ("leden van de fractie van de BBB", "BBB"),
        ("leden van de SGP-fractie", "SGP"),
        ("leden van de ChristenUnie-fractie", "ChristenUnie"),
        ("leden van de VVD-fractie en de D66-fractie", "VVD D66"),
        ("lid Bouwmeester (PvdA)", "PvdA"),
        ("leden Sneller (D66), Chakor (GroenLinks-PvdA) en Van Nispen (SP)", "D66 GroenLinks-PvdA SP"),
        ("leden Van Eijk en Aartsen (beiden VVD)", "VVD"),
        (None, ""),
    ],
)
def test_the_fracties_in_the_name_of_who_asks(asker, names):
    assert " ".join(fracties(asker)) == names


def test_who_names_no_fractie_is_kept_whole():
    assert fracties("vaste commissie voor Financiën") == ("vaste commissie voor Financiën",)


def test_filters_are_kept_to(asking):
    _, rows = asking
    assert kept(rows, ANY, ANY) == list(rows)
    name = fracties(rows[0].asker)[0]
    assert all(name in fracties(row.asker) for row in kept(rows, name, ANY))
    for status in {row.status for row in rows}:
        assert [row for row in rows if row.status == status] == kept(rows, ANY, status)
    assert kept(rows, "no such fractie", ANY) == []


def test_the_table_has_every_question_with_its_answer_and_place(asking):
    document, rows = asking
    html = question_table(document, rows, rows, NL)
    assert html.count('role="rowheader"') == len(rows)
    said = words_in(html)
    for row in rows:
        assert f'data-start="{row.start}" data-end="{row.end}"' in html
        for answer in row.answers:
            assert f'data-start="{answer.start}" data-end="{answer.end}"' in html
            assert " ".join(answer.text.split()[-5:]) in said
        assert NL.statuses[row.status] in said
    assert f"{len(rows)} vragen" in said
    chosen = question_table(document, rows[:1], rows, NL)
    assert chosen.count('role="rowheader"') == 1
    assert NL.shown_of.format(1, len(rows)) in words_in(chosen)


def test_what_falls_short_shows_the_words_that_say_so():
    document = document_from(
        b"Vraag 1\n\nHoeveel bedden zijn er?\n\nAntwoord 1\n\nIk beschik niet over deze cijfers.\n", "ah-1"
    )
    (row,) = questions(document)
    assert row.status == "unanswered"
    html = status_of(row, NL)
    assert "Ik beschik niet over deze cijfers." in html
    assert NL.statuses["unanswered"] in html


def test_an_empty_choice_and_a_paper_without_questions_say_so(asking):
    document, rows = asking
    assert NL.none_chosen in question_table(document, [], rows, NL)
    assert NL.no_questions in question_table(document, [], [], NL)


def test_an_earlier_question_comes_with_its_unedited_answer(hashed_index, asking):
    _, rows = asking
    settings = Settings(cosine_floor=0.0)
    found = asked_before(rows[0].text, hashed_index, HashedEncoder(), settings, 3)
    html = earlier(found, NL)
    assert html.count('class="before-row"') == len(found)
    said = words_in(html)
    assert " ".join(rows[0].answers[0].text.split()[-8:]) in said
    assert NL.never_asked in earlier([], NL)


def test_what_is_hostile_is_words():
    bad = "<img src=x onerror=alert(1)>"
    text = f"Vraag 1\n\nWat is {bad}?\n\nAntwoord 1\n\nIk kan {bad} niet zeggen. Dat {bad} kan niet.\n"
    document = document_from(text.encode(), 'ah-"><b>')
    rows = questions(document)
    html = question_table(document, rows, rows, NL) + earlier(rows, NL)
    assert "<img" not in html
    assert "<b>" not in html
