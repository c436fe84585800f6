import pytest

from raadpleeg.retrieval.routes import named_in
from raadpleeg.retrieval.search import look, search
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder

SETTINGS = Settings(cosine_floor=0.0)  # the fake encoder's cosines begin at nought
ENCODER = HashedEncoder()


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
def test_numbers_that_are_named(hashed_index, question, numbers):
    assert named_in(question, hashed_index).numbers == numbers


@pytest.mark.parametrize(
    "question",
    [
        "vraag 3 in 35714 O",
        "Wat zegt kst-35714-O over telewerk?",
        "Kamerstukken I 2025/26, 35714, O",
        "Wat staat er in 35 714, O?",
        "wat zegt 35.714 letter O daarover",
    ],
)
def test_papers_that_are_named(hashed_index, question):
    assert named_in(question, hashed_index).documents == {"kst-35714-O"}


def test_a_dossier_stands_for_all_its_papers(hashed_index):
    assert named_in("Wat staat er in dossier 35714?", hashed_index).documents == set(hashed_index.documents)
    assert named_in("Wat staat er in 31585?", hashed_index).documents == {"kst-31585-35714-J"}


def test_a_paper_that_is_not_there_is_told(hashed_index):
    named = named_in("Wat staat er in Kamerstukken II 2023/24, 36410, nr. 26?", hashed_index)
    assert (named.documents, named.missing) == (frozenset(), ("Kamerstukken II 2023/24, 36410, nr. 26",))


@pytest.mark.parametrize("question", ["Kost het 30 000 euro?", "In 2025 waren er 300 leden", "Wie zijn de 35 leden?"])
def test_numbers_that_name_no_paper(hashed_index, question):
    named = named_in(question, hashed_index)
    assert not named.documents
    assert not named.missing


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Wat antwoordde de staatssecretaris op vraag 3?", "Antwoord 3"),
        ("Wat staat er in antwoord 5?", "Antwoord 4 en 5"),
        ("Wat luidt vraag 2?", "Vraag 2"),
        ("What did the state secretary reply to question 3?", "Antwoord 3"),
        ("antwoord 3 in 35714 O", "Antwoord 3"),
    ],
)
def test_what_is_named_comes_first(hashed_index, question, unit):
    hits = search(hashed_index, look(question, hashed_index, ENCODER, SETTINGS), 8, SETTINGS)
    assert hits[0].named
    assert hits[0].passage.unit.label == unit
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)


def test_a_question_that_is_named_brings_its_answer(hashed_index):
    query = look("Wat luidt vraag 2 in 35714 O?", hashed_index, ENCODER, SETTINGS)
    hits = search(hashed_index, query, 8, SETTINGS)
    labels = [hit.passage.unit.label for hit in hits if hit.passage.unit]
    assert labels[:2] == ["Vraag 2", "Antwoord 1 en 2"]
    assert [unit.label for unit in hits[0].passage.partners] == ["Antwoord 1 en 2"]


def test_who_signed_is_answered_by_the_signature(hashed_index):
    question = "Wie ondertekende de brief over het Benelux-voorzitterschap?"
    query = look(question, hashed_index, ENCODER, SETTINGS)
    assert "D.M. van Weel" in search(hashed_index, query, 1, SETTINGS)[0].passage.text


def test_a_paper_that_is_named_comes_before_the_others(hashed_index):
    question = "Wat staat er over telewerken in kst-31585-35714-J?"
    hits = search(hashed_index, look(question, hashed_index, ENCODER, SETTINGS), 8, SETTINGS)
    assert {hit.passage.document.id for hit in hits} == {"kst-31585-35714-J"}
    assert not any(hit.named for hit in hits)


def test_a_page_that_is_named_comes_first(hashed_index):
    question = "Wat staat er op pagina 3 van kst-31585-35714-J?"
    hits = search(hashed_index, look(question, hashed_index, ENCODER, SETTINGS), 2, SETTINGS)
    assert [hit.passage.page for hit in hits] == [3, 3]


def test_a_number_that_no_unit_has_changes_nothing(hashed_index):
    query = look("Wat is het antwoord op vraag 99?", hashed_index, ENCODER, SETTINGS)
    assert not any(hit.named for hit in search(hashed_index, query, 8, SETTINGS))
