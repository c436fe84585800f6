"""Who says so: offices get an article, names none, and what is asked is told as asked."""

import pytest

from raadpleeg.answering.attributing import LONGEST, according_to


@pytest.mark.parametrize(
    ("speaker", "asked", "said"),
    [
        ("staatssecretaris van Financiën", False, "Volgens de staatssecretaris van Financiën (Antwoord 3)"),
        (
            "Minister Bruins Slot (Buitenlandse Zaken)",
            False,
            "Volgens minister Bruins Slot (Buitenlandse Zaken) (Antwoord 3)",
        ),
        (
            "Minister van Justitie, mede namens de Minister van Financiën",
            False,
            "Volgens de minister van Justitie (Antwoord 3)",
        ),
        ("leden van de SGP-fractie", True, "Gevraagd door de leden van de SGP-fractie (Antwoord 3)"),
        ("lid Klaver (GroenLinks-PvdA)", True, "Gevraagd door het lid Klaver (GroenLinks-PvdA) (Antwoord 3)"),
        ("De heer Graus (PVV)", False, "Volgens de heer Graus (PVV) (Antwoord 3)"),
        (None, False, "Volgens Antwoord 3"),
        (None, True, "Volgens Antwoord 3"),
    ],
)
def test_speakers(speaker, asked, said):
    assert according_to("Antwoord 3", speaker, asked, "nl") == said


@pytest.mark.parametrize(("language", "opening"), [("de", "Laut "), ("fr", "Selon "), ("en", "According to the ")])
def test_other_languages_leave_names_as_they_are(language, opening):
    assert (
        according_to("Antwoord 1", "minister van Defensie", False, language)
        == f"{opening}minister van Defensie (Antwoord 1)"
    )


def test_a_long_list_is_cut_after_a_whole_name():
    said = according_to(
        "Vraag 1", "leden van de fracties van " + ", ".join(f"Partij-{n}" for n in range(40)), True, "nl"
    )
    assert len(said) < LONGEST + 50
    assert "e.a. (Vraag 1)" in said


def test_a_letter_that_names_its_writer_does_not_name_him_twice():
    said = according_to("Brief van de minister van Zorg", "minister van Zorg", False, "nl")
    assert said == "Volgens de brief van de minister van Zorg"
