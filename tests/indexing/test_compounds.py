from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.indexing.compounds import LONGEST, Compounds

PAPERS = Compounds(
    {
        "grensarbeider": 9,
        "grensarbeiders": 30,
        "problematiek": 40,
        "belasting": 80,
        "verdrag": 60,
        "werk": 90,
        "groep": 70,
    }
    | {"werkgroep": 200, "raad": 1, "minister": 99}
)


def test_parts_are_words_of_the_papers():
    assert PAPERS.parts("grensarbeidersproblematiek") == ("grensarbeiders", "problematiek")
    assert PAPERS.parts("belastingverdrag") == ("belasting", "verdrag")


def test_letters_that_join_belong_to_neither_part():
    assert PAPERS.parts("verdragswerk") == ("verdrag", "werk")


def test_a_word_more_usual_than_its_parts_stays_whole():
    assert PAPERS.parts("werkgroep") == ()


def test_a_part_that_stands_once_is_no_part():
    assert PAPERS.parts("ministerraad") == ()


def test_numbers_and_short_words_stay_whole():
    assert [PAPERS.parts(word) for word in ("35714", "werk", "", "werkwerk1")] == [()] * 4


@given(st.text(alphabet="abe", max_size=LONGEST + 20))
def test_any_word_is_done_with_quickly_and_its_parts_are_known(word):
    known = {"abab": 3, "baba": 4, "aaaa": 5, "bbbb": 2, "abeabe": 7}
    parts = Compounds(known).parts(word)
    assert set(parts) <= known.keys()
    assert sum(map(len, parts)) <= len(word)
