"""What was asked, where it is answered, and what came of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lookup_papers import beds, bill, notice, paper

from raadpleeg.lookup.questions import asked_before, questions, status_of
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder

SETTINGS = Settings(cosine_floor=0.0)


def test_the_two_letters_of_a_paper_are_one_table(hashed_index):
    rows = questions(hashed_index.documents["kst-35714-O"])
    assert [(row.unit, row.page, row.also, [one.unit for one in row.answers], row.status) for row in rows] == [
        ("Vraag 1", 2, (6,), ["Antwoord 1 en 2"], "answered"),
        ("Vraag 2", 2, (6,), ["Antwoord 1 en 2"], "answered"),
        ("Vraag 3", 3, (6,), ["Antwoord 3"], "partly"),
        ("Vraag 4", 3, (7,), ["Antwoord 4 en 5"], "answered"),
        ("Vraag 5", 4, (7,), ["Antwoord 4 en 5"], "answered"),
    ]
    assert {one.speaker for row in rows for one in row.answers} == {"staatssecretaris van Financiën"}
    assert all(row.asker.startswith("leden van de fracties van OPNL") for row in rows)


def test_written_questions():
    document = beds()
    rows = questions(document)
    assert [(row.unit, row.status, row.refers) for row in rows] == [
        ("Vraag 1", "answered", ()),
        ("Vraag 2", "partly", ()),
        ("Vraag 3", "partly", ()),
        ("Vraag 4", "referred elsewhere", (2,)),
        ("Vraag 5", "deferred", ()),
    ]
    assert {row.asker for row in rows} == {"lid Jansen (VVD)"}
    assert rows[1].words == ("De cijfers per provincie zijn nog niet bekend.",)
    assert rows[4].words == ("Op deze vraag kom ik later terug.",)
    for row in rows:
        assert document.text[row.start : row.end] == row.text
        assert all(words in one.text for words in row.words for one in row.answers)
        assert all(document.text[one.start : one.end] == one.text for one in row.answers)


def test_a_notice_of_delay():
    rows = questions(notice())
    assert [(row.status, row.answers) for row in rows] == [("deferred", ()), ("deferred", ())]
    assert "niet binnen de gebruikelijke termijn" in rows[0].words[0]


def test_a_question_without_an_answer():
    (row,) = questions(paper("a", "Vraag 1", "Wat nu?"))
    assert (row.status, row.words, row.answers) == ("unanswered", (), ())


def test_a_paper_without_questions():
    assert questions(bill()) == ()


ANSWERED = [
    "Ja.",
    "Nee.",
    "Ja, dat klopt.",
    "Dat deel ik niet.",
    "Het kabinet heeft de aanbevelingen overgenomen en voert ze dit jaar uit.",
    "Er zijn mij geen signalen bekend dat gemeenten de regeling anders toepassen.",
    "Deze cijfers zijn vorige maand gepubliceerd. Zie ook het antwoord op vraag 2.",
    "Ja. Ik zal uw Kamer voor de zomer informeren over de voortgang.",
    "De regeling is niet van toepassing op zelfstandigen.",
    "De minister beschikt over de bevoegdheid om een vergunning te weigeren.",
    "Gemeenten kunnen geen eigen bijdrage vragen.",
    "Het voorstel is nog niet in werking getreden.",
]
PARTLY = [
    "In 2023 zijn 1.240 bedden gesloten. De cijfers over 2024 zijn nog niet beschikbaar.",
    "Ja, er zijn gesprekken gevoerd. Over de inhoud daarvan kan ik geen mededelingen doen.",
    "De kosten worden landelijk geraamd op 3 miljoen euro. Per gemeente worden zij niet geregistreerd.",
    "Het college is gevraagd om advies. Op de uitkomst daarvan kan ik niet vooruitlopen.",
]
DEFERRED = [
    "Op deze vraag kom ik later terug.",
    "Ik kom hier voor de zomer bij uw Kamer op terug.",
    "Uw Kamer wordt hierover voor het zomerreces geïnformeerd.",
    "Ik zal de Kamer hierover bij brief berichten.",
    "Het is nog niet duidelijk wanneer de wet in werking treedt.",
    "Daar kan ik niet op vooruitlopen.",
    "Het is aan een volgend kabinet om hierover te besluiten.",
    "Dit wordt momenteel onderzocht.",
]
ELSEWHERE = [
    "Zie het antwoord op vraag 3.",
    "Zie antwoord vraag 3.",
    "Voor het antwoord op deze vraag verwijs ik naar het antwoord op vraag 11.",
    "Ik verwijs u naar mijn brief van 3 mei 2024 (Kamerstuk 31 765, nr. 88).",
    "Hiervoor verwijst het kabinet naar de beantwoording van vraag 2 en 3.",
    "Ja, zie het antwoord op vraag 1.",
]
UNANSWERED = [
    "Op individuele gevallen kan ik niet ingaan.",
    "Het kabinet heeft hier geen inzicht in.",
    "Over lopende onderzoeken doe ik geen uitspraken.",
    "Deze gegevens worden niet centraal bijgehouden.",
    "Hoeveel gevallen het betreft, is niet bekend.",
]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        *((words, "answered") for words in ANSWERED),
        *((words, "partly") for words in PARTLY),
        *((words, "deferred") for words in DEFERRED),
        *((words, "referred elsewhere") for words in ELSEWHERE),
        *((words, "unanswered") for words in UNANSWERED),
    ],
)
def test_what_came_of_a_question_is_told_from_the_answer(words, status):
    (row,) = questions(paper("a", "Vraag 1", "Hoe zit dat?", "Antwoord 1", words))
    assert row.status == status
    assert row.words
    assert all(one in words for one in row.words)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*ANSWERED[:6], *DEFERRED[:4], *ELSEWHERE[:3], *UNANSWERED[:3]]), min_size=1))
def test_a_status_rests_on_words_of_the_answer(said):
    status, words = status_of(said)
    assert words
    assert set(words) <= set(said)
    if set(said) & set(ANSWERED):
        assert status in ("answered", "partly")
    else:
        assert status not in ("answered", "partly")


def test_what_was_asked_before(hashed_index):
    new = "Deelt u de opvatting dat een versnelde opvolging van de aanbeveling over telewerk wenselijk is?"
    rows = asked_before(new, hashed_index, HashedEncoder(), SETTINGS, 3)
    assert rows[0].unit == "Vraag 1"
    assert [one.unit for one in rows[0].answers] == ["Antwoord 1 en 2"]
    # A question that stands in two letters is one question.
    assert len({row.unit for row in rows}) == len(rows) == 3
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    for row in rows:
        document = hashed_index.documents[row.document]
        assert all(document.text[one.start : one.end] == one.text for one in row.answers)


def test_no_more_questions_than_there_are(hashed_index):
    assert len(asked_before("Wat is de planning?", hashed_index, HashedEncoder(), SETTINGS, 50)) == 5
