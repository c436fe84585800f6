import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.errors import IndexCorrupt
from raadpleeg.indexing.lexical import LexicalIndex
from raadpleeg.indexing.words import terms, words

PAPERS = [
    "De grensarbeider krijgt een uitkering.",
    "De problematiek van de arbeidsmarkt.",
    "Het belastingverdrag met België geldt sinds 17-02-2026 (dossier 35 714).",
    "Belasting en verdrag, verdrag en belasting; grensarbeiders, problematiek en uitkering.",
]


def best(question, papers=PAPERS):
    scores = LexicalIndex.build(papers).scores(words(question))
    return [int(at) for at in np.argsort(-scores, kind="stable") if scores[at] > 0]


def test_rarer_words_score_higher_and_unknown_ones_not_at_all():
    index = LexicalIndex.build(["de regeling geldt", "de regeling telewerk geldt", "de regeling"])
    assert index.scores(words("telewerk")).argmax() == 1
    assert index.weight("telewerk") > index.weight(terms("regeling")[0])
    assert index.scores(["qqqq", "xxxx"]).tolist() == [0.0, 0.0, 0.0]
    assert index.scores([]).tolist() == [0.0, 0.0, 0.0]


def test_a_compound_is_found_by_its_parts_and_parts_by_the_compound():
    assert {0, 1} < set(best("grensarbeidersproblematiek"))
    assert 2 in best("verdrag")
    assert 0 in best("arbeider")


def test_numbers_and_dates_are_found_however_written():
    assert best("35.714")[0] == best("17 februari 2026")[0] == 2


def test_a_word_that_stands_nowhere_lowers_every_score():
    index = LexicalIndex.build(PAPERS)
    assert index.scores(words("uitkering zonnepaneel")).max() < index.scores(words("uitkering")).max()


def test_a_passage_is_found_by_what_stands_around_it():
    from raadpleeg.indexing.blocks import Blocks

    passages = ["Ja, dat klopt.", "Nee."]
    around = Blocks(("Komt er een werkgroep? Ja, dat klopt.", "Komt er een verdrag? Nee."), (0, 1))
    assert LexicalIndex.build(passages, around).scores(words("werkgroep")).argmax() == 0
    assert LexicalIndex.build(passages, around).scores(words("verdrag")).argmax() == 1


def test_covered():
    index = LexicalIndex.build(["regeling telewerk", "regeling", "regeling telewerk regeling telewerk"])
    assert index.covered(words("regeling telewerk"), index.terms("een regeling over telewerk")) == 1.0
    assert index.covered(words("telewerk"), index.terms("iets anders")) == 0.0
    assert index.covered([], index.terms("iets")) == 0.0
    assert 0.5 < index.covered(words("regeling telewerk"), index.terms("telewerk")) < 1.0
    assert index.covered(words("telewerkregeling"), index.terms("een regeling over telewerk")) == 1.0
    assert index.covered(words("telewerk"), index.terms("de telewerkregeling")) == 1.0


def test_saved_and_loaded(tmp_path):
    index = LexicalIndex.build(["regeling telewerk", "regeling", ""])
    index.save(tmp_path / "lexical")
    loaded = LexicalIndex.load(tmp_path / "lexical")
    np.testing.assert_array_equal(loaded.scores(["telewerk"]), index.scores(["telewerk"]))
    assert loaded.weight("regel") == index.weight("regel")
    (tmp_path / "lexical" / "runs" / "frequencies.json").write_text("{}", encoding="utf-8")
    with pytest.raises(IndexCorrupt):
        LexicalIndex.load(tmp_path / "lexical")


def test_passages_without_words_are_no_trouble():
    assert LexicalIndex.build(["", "de het"]).scores(["x"]).tolist() == [0.0, 0.0]


@given(st.lists(st.text(alphabet="ab en", max_size=20), min_size=1, max_size=5), st.text(alphabet="ab en", max_size=20))
def test_scores_are_shares(passages, question):
    scores = LexicalIndex.build(passages).scores(words(question))
    assert scores.shape == (len(passages),)
    assert (scores >= 0).all() and (scores <= 1 + 1e-6).all()
