import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.indexing.words import terms, words


@pytest.mark.parametrize("written", ["35 714", "35.714", "35714"])
def test_numbers_are_one_word_however_written(written):
    assert words(written) == ["35714"]


@pytest.mark.parametrize("written", ["2025/26", "2025-26", "2025–2026", "2025/2026"])
def test_parliamentary_years_meet(written):
    assert "2025-2026" in words(written)


@pytest.mark.parametrize(
    "written", ["17 februari 2026", "17-02-2026", "17/2/2026", "17.02.2026", "17. Februar 2026", "17 February 2026"]
)
def test_dates_meet_in_every_language(written):
    assert "2026-02-17" in words(written)


@pytest.mark.parametrize("written", ["17 2 2026", "99-99-2026x", "1-2", "2026-02"])
def test_what_is_no_date_gives_none(written):
    assert not any(word.count("-") == 2 for word in words(written))


def test_days_of_a_range_and_a_loose_hyphen():
    assert {"14", "16", "april"} <= set(words("van 14-16 april in de Vesdre- en Ahr-vallei"))
    assert {"vesdre", "ahr", "vallei"} <= set(words("de Vesdre- en Ahr-vallei"))


def test_abbreviations_stay():
    assert words("EMR D66 kst-35714-O")[:2] == ["emr", "d66"]


def test_inflections_meet():
    assert terms("grenswerkers") == terms("grenswerker")
    assert terms("regelingen") == terms("regeling")


def test_accents_and_case_do_not_count():
    assert terms("Financiën") == terms("financien")


def test_a_compound_with_a_hyphen_is_found_by_its_parts_and_whole():
    assert {*terms("Benelux"), *terms("verband")} < set(terms("Benelux-verband"))


def test_stop_words_go():
    assert terms("wat is de en het") == []


@given(st.text())
def test_any_text_has_terms_without_white_space(text):
    assert all(term and not any(char.isspace() for char in term) for term in terms(text))
