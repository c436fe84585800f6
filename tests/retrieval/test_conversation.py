import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.retrieval.conversation import BACK, in_full, leans_back, points_back

BEFORE = "Geldt de regeling ook voor Duitsland?"


@pytest.mark.parametrize(
    "question",
    [
        "En met België?",
        "Wat moet de regering volgens die motie uitzoeken?",
        "Maar hoe zit het met grenswerkers in Limburg dan precies geregeld?",
        "Wie heeft dat voorstel ingediend bij de Tweede Kamer?",
        "Waarom?",
        "nee, ik bedoel de wet",
        "Und was ist für Frankreich geplant?",
        "Et pour la France ?",
        "Wer hat die vorgeschlagen und unterzeichnet?",
        "And what about France?",
        "Welke landen horen daarbij volgens de minister van Financiën?",
    ],
)
def test_questions_that_lean_back(question):
    assert leans_back(question)
    assert in_full(question, [BEFORE]) == f"{BEFORE} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "Wanneer is de conferentie over overstromingen in Limburg?",
        "Welke minister ondertekende de brief over grensarbeid?",
        "Wie is voorzitter van de vaste commissie voor Sociale Zaken?",
        "Hoeveel bedrijven in Limburg vinden dat er te weinig ruimte is voor nieuwe windmolens?",
        "Wann hat die Ministerin das Abkommen unterzeichnet?",
    ],
)
def test_questions_that_stand_by_themselves(question):
    assert in_full(question, [BEFORE]) == question


@pytest.mark.parametrize("question", ["Waarom?", "Wie schilderde de Nachtwacht?", "Since when?", "Welche Länder?"])
def test_questions_that_lean_back_for_being_short_alone(question):
    assert leans_back(question)
    assert not points_back(question)


@pytest.mark.parametrize(
    "question", ["En met België?", "Niet 2023 maar 2024", "Nee, ik bedoel Duitsland", "Wie betaalt dat?"]
)
def test_questions_that_say_that_they_go_on(question):
    assert points_back(question)


def test_what_is_leant_on_may_lean_back_itself():
    assert in_full("En Frankrijk?", ["Wat is er geregeld met Duitsland?", "En met België?"]) == (
        "Wat is er geregeld met Duitsland? En met België? En Frankrijk?"
    )


def test_without_a_conversation_nothing_is_added():
    assert in_full("En met België?", []) == "En met België?"
    assert in_full("En met België?", ["", "  "]) == "En met België?"


@given(st.text(), st.lists(st.text(), max_size=8))
def test_the_question_itself_is_always_there_and_little_else(question, history):
    full = in_full(question, history)
    assert full.endswith(question)
    assert len(full) <= len(question) + sum(len(one) + 1 for one in history[-2 * BACK :]) + len("".join(history))


@pytest.mark.parametrize(
    ("said", "before", "meant"),
    [
        ("Nee, ik bedoel Duitsland", "Wat is er afgesproken met België?", "Wat is er afgesproken met Duitsland?"),
        ("Niet 2023 maar 2024", "Hoeveel meldingen waren er in 2023?", "Hoeveel meldingen waren er in 2024?"),
        ("Sorry, ik bedoelde 2019.", "Hoeveel meldingen waren er in 2023?", "Hoeveel meldingen waren er in 2019?"),
        ("Nein, ich meine Frankreich", "Was ist mit Belgien vereinbart?", "Was ist mit Frankreich vereinbart?"),
        ("No, I meant France", "What was agreed with Belgium?", "What was agreed with France?"),
    ],
)
def test_a_correction_takes_the_place_of_what_was_wrong(said, before, meant):
    assert in_full(said, [before]) == meant


def test_a_correction_without_a_place_to_go_is_read_with_the_question_before():
    assert (
        in_full("Nee, ik bedoel Duitsland", ["wat is er afgesproken?"])
        == "wat is er afgesproken? Nee, ik bedoel Duitsland"
    )
