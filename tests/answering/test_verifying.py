"""True and altered sentences. The larger set, in four languages, comes with the verifier's own issue."""

import pytest

from raadpleeg.answering.verifying import problems

SOURCE = (
    "Een concreet resultaat is de opname van de thuiswerkregeling in het belastingverdrag met Duitsland. "
    "Deze regeling is per 1 januari 2026 van toepassing."
)
PLAN = "In dat kader is het voornemen om dit jaar een fiscale werkgroep in te stellen."
NOTHING = "Tussen Nederland en België is daaromtrent nog niets geregeld."


@pytest.mark.parametrize(
    ("sentence", "source", "language"),
    [
        (
            "De thuiswerkregeling in het belastingverdrag met Duitsland is per 1 januari 2026 van toepassing.",
            SOURCE,
            "nl",
        ),
        ("Per 1 januari 2026.", SOURCE, "nl"),
        ("Het voornemen is om dit jaar een fiscale werkgroep in te stellen.", PLAN, "nl"),
        ("Tussen Nederland en België is nog niets geregeld.", NOTHING, "nl"),
        ("Die Regelung gilt ab dem 1. Januar 2026.", SOURCE, "de"),
        ("The arrangement applies from 1 January 2026.", SOURCE, "en"),
        ("Le régime s'applique à partir du 1 janvier 2026.", SOURCE, "fr"),
        ("Nothing has been arranged between the Netherlands and Belgium.", NOTHING, "en"),
    ],
)
def test_what_stands_there_passes(sentence, source, language):
    assert problems(sentence, source, 0.9, language) == ()


@pytest.mark.parametrize(
    ("sentence", "source", "language", "problem"),
    [
        ("De regeling is per 1 januari 2025 van toepassing.", SOURCE, "nl", "number 2025"),
        ("De regeling is per 1 februari 2026 van toepassing.", SOURCE, "nl", "number 002"),
        ("De regeling met Frankrijk is per 1 januari 2026 van toepassing.", SOURCE, "nl", "name Frankrijk"),
        ("De regeling is per 1 januari 2026 niet van toepassing.", SOURCE, "nl", "negation"),
        ("Tussen Nederland en België is iets geregeld.", NOTHING, "nl", "negation"),
        ("Ja, tussen Nederland en België is niets geregeld.", NOTHING, "nl", "yes where the source says no"),
        ("Dit jaar is een fiscale werkgroep ingesteld.", PLAN, "nl", "intention told as fact"),
        ("De koning opent het zwembad.", SOURCE, "nl", "only 0% of its words stand there"),
        ("The arrangement applies from 1 March 2026.", SOURCE, "en", "number 003"),
        ("Between the Netherlands and Belgium an arrangement exists.", NOTHING, "en", "negation"),
        ("Die Regelung gilt nicht.", SOURCE, "de", "negation"),
    ],
)
def test_what_was_altered_is_named(sentence, source, language, problem):
    assert problem in problems(sentence, source, 0.9, language)


def test_where_words_cannot_be_compared_likeness_decides():
    assert problems("Ein ganz anderer Satz.", SOURCE, 0.7, "de") == ("likeness 0.70",)
