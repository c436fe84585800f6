import pytest

from raadpleeg.retrieval.routes import named_numbers
from raadpleeg.retrieval.search import look, search
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder

SETTINGS = Settings()


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Wat antwoordde de staatssecretaris op vraag 3?", {3}),
        ("Wat staat er in antwoord 4 en 5?", {4, 5}),
        ("Wat is het antwoord op de vragen 2 tot en met 4?", {2, 3, 4}),
        ("Wat is het antwoord op vragen 2 tot en met 4?", {2, 3, 4}),
        ("Wat luidt vraag nummer 7?", {7}),
        ("What did the state secretary answer to question 3?", {3}),
        ("Was ist die Antwort auf Frage 5?", {5}),
        ("Hoeveel vragen stelden 3 leden?", set()),
        ("Wat gebeurt er op 3 april 2026?", set()),
    ],
)
def test_numbers_that_are_named(question, numbers):
    assert named_numbers(question) == numbers


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Wat antwoordde de staatssecretaris op vraag 3?", "Antwoord 3"),
        ("Wat staat er in antwoord 5?", "Antwoord 4 en 5"),
        ("Wat luidt vraag 2?", "Vraag 2"),
        ("What did the state secretary answer to question 3?", "Antwoord 3"),
    ],
)
def test_what_is_named_comes_first(hashed_index, question, unit):
    hits = search(hashed_index, look(question, HashedEncoder(), SETTINGS), 8, SETTINGS)
    assert hits[0].named
    assert hits[0].passage.unit.label == unit
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)


def test_a_number_that_no_unit_has_changes_nothing(hashed_index):
    hits = search(hashed_index, look("Wat is het antwoord op vraag 99?", HashedEncoder(), SETTINGS), 8, SETTINGS)
    assert not any(hit.named for hit in hits)
