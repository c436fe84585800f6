"""What a question expects, and whether it stands there."""

from typing import get_args

import pytest

from raadpleeg.answering.abstaining import explanation, read_calibration
from raadpleeg.answering.expecting import Expected, absent, expected, lacking
from raadpleeg.records import Language

HELD = {
    "day": ("De overeenkomst is op 3 mei 2024 gesloten.", "De overeenkomst is in 2024 gesloten."),
    "month": ("In mei volgt een brief.", "In 2024 volgt een brief."),
    "year": ("Dat was in 2019 zo.", "Dat was op 3 mei zo."),
    "time": ("Dat gebeurt zodra de wet er is.", "Dat gebeurt in overleg."),
    "share": ("Dat is 12% van de scholen.", "Dat zijn 12 scholen."),
    "amount": ("Daarvoor is 3 miljoen euro uitgetrokken.", "Daarvoor zijn middelen uitgetrokken in 2024."),
    "extent": ("De proef duurt drie maanden.", "De proef gaat door."),
    "number": ("Er zijn veertig scholen.", "Er zijn scholen in artikel 3 van de wet van 3 mei 2024."),
}
ASKING = {
    "day": ("Op welke dag is het gesloten?", "On which date?", "An welchem Tag?", "À quelle date ?"),
    "month": ("En in welke maand?", "In which month?", "In welchem Monat?", "Quel mois ?"),
    "year": ("In welk jaar?", "In what year?", "In welchem Jahr?", "En quelle année ?"),
    "time": ("Sinds wanneer?", "When is it due?", "Seit wann gilt das?", "Depuis quand ?"),
    "share": ("Hoeveel procent is dat?", "What percentage?", "Wie viel Prozent?", "Quel pourcentage ?"),
    "amount": ("Wat kost dat?", "How much money?", "Wie viel Geld?", "Quel montant ?"),
    "extent": ("Hoe lang duurt het?", "How long is it?", "Wie lange dauert es?", "Combien de temps ?"),
    "number": ("Hoeveel scholen zijn er?", "How many schools?", "Wie viele Schulen?", "Combien d'écoles ?"),
}


@pytest.mark.parametrize("kind", get_args(Expected))
def test_a_kind_is_asked_for_in_four_languages_and_told_from_what_is_near(kind):
    there, near = HELD[kind]
    for question in ASKING[kind]:
        assert expected(question) == kind
        assert lacking(kind, [there, near]) == 0.0
        assert lacking(kind, [near, there]) == 0.5
        assert lacking(kind, [near, near]) == 1.0


@pytest.mark.parametrize(
    "question",
    [
        "Waarom is het verdrag gesloten?",
        "Wie ondertekende de brief?",
        "Weet de minister hoeveel scholen er zijn?",
        "Is bekend in welk jaar de wet ingaat?",
        "Hoe wordt in de wet geregeld wanneer zij ingaat?",
        "",
    ],
)
def test_yes_or_no_reasons_and_names_expect_nothing_that_can_be_seen(question):
    assert expected(question) is None
    assert lacking(None, ["Dat is niet bekend."]) == 0.0


@pytest.mark.parametrize("text", ["1. Dat is onbekend.", "Zie Kamerstuk 35 714 nr. O.", "Zie artikel 3, vraag 4."])
def test_numbers_of_lists_papers_and_articles_count_nothing(text):
    assert lacking("number", [text]) == 1.0


@pytest.mark.parametrize("language", get_args(Language))
def test_it_is_told_what_is_not_there(language):
    told = explanation("not_stated", language, "amount")
    assert absent("amount", language) in told
    assert told != explanation("not_stated", language)
    assert explanation("off_topic", language, "amount") == explanation("off_topic", language)


def test_what_is_not_there_lowers_the_chance_at_every_stage():
    calibration = read_calibration()
    signs = {"any": 0.0, "cosine": 0.87, "lexical": 0.2, "dense": 0.87, "none": 0.0, "asking": 0.0}
    for stage in calibration.weights:
        there, lacks = (calibration.chance(stage, {**signs, "lacking": one}) for one in (0.0, 1.0))
        assert lacks < there - 0.05
