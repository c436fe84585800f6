import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.errors import IndexCorrupt
from raadpleeg.indexing.lexical import LexicalIndex, terms


def test_numbers_are_one_term_however_written():
    assert terms("35 714") == terms("35.714") == terms("35714") == ["35714"]


def test_inflections_meet():
    assert terms("grenswerkers") == terms("grenswerker")
    assert terms("regelingen") == terms("regeling")


def test_accents_and_case_do_not_count():
    assert terms("Financiën") == terms("financien")


def test_a_compound_with_a_hyphen_is_found_by_its_parts_and_whole():
    assert {*terms("Benelux"), *terms("verband")} < set(terms("Benelux-verband"))


def test_stop_words_go():
    assert terms("wat is de en het") == []


def test_rarer_words_score_higher_and_unknown_ones_not_at_all():
    index = LexicalIndex.build(["de regeling geldt", "de regeling telewerk geldt", "de regeling"])
    assert index.scores(terms("telewerk")).argmax() == 1
    assert index.weight("telewerk") > index.weight(terms("regeling")[0])
    assert index.scores(["bestaat", "niet"]).tolist() == [0.0, 0.0, 0.0]
    assert index.scores([]).tolist() == [0.0, 0.0, 0.0]


def test_coverage():
    index = LexicalIndex.build(["regeling telewerk", "regeling"])
    assert index.coverage(terms("regeling telewerk"), "een regeling over telewerk") == 1.0
    assert index.coverage(terms("telewerk"), "iets anders") == 0.0
    assert index.coverage([], "iets") == 0.0
    assert 0.5 < index.coverage(terms("regeling telewerk"), "telewerk") < 1.0


def test_saved_and_loaded(tmp_path):
    index = LexicalIndex.build(["regeling telewerk", "regeling", ""])
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical")
    np.testing.assert_array_equal(loaded.scores(["telewerk"]), index.scores(["telewerk"]))
    assert loaded.weight("regel") == index.weight("regel")
    (tmp_path / "lexical" / "frequencies.json").write_text("{}", encoding="utf-8")
    with pytest.raises(IndexCorrupt):
        LexicalIndex.load(tmp_path / "lexical")


def test_passages_without_words_are_no_trouble():
    assert LexicalIndex.build(["", "de het"]).scores(["x"]).tolist() == [0.0, 0.0]


@given(st.text())
def test_any_text_has_terms_without_white_space(text):
    assert all(term and not any(char.isspace() for char in term) for term in terms(text))
