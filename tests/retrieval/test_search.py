import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from raadpleeg.errors import BadQuestion
from raadpleeg.indexing.building import build
from raadpleeg.indexing.generation import open_index
from raadpleeg.retrieval.fusion import convex, min_max
from raadpleeg.retrieval.search import look, search
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder

SETTINGS = Settings()
ENCODER = HashedEncoder()


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    corpus = folder / "corpus"
    corpus.mkdir()
    texts = {
        "werk": "Grenswerkers mogen 34 dagen thuis werken.",
        "verdrag": "De minister tekende het verdrag over diploma's.",
        "fiets": "De verklaring over fietsen werd in 2024 aangenomen.",
    }
    for name, text in texts.items():
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    build(corpus, folder / "index", lambda: ENCODER, ENCODER.weights, 50)
    return open_index(folder / "index", ENCODER)


def found(index, question, k=3, settings=SETTINGS):
    return search(index, look(question, ENCODER, settings), k, settings)


def test_the_right_passage_comes_first(index):
    assert found(index, "Hoeveel dagen mag een grenswerker thuis werken?")[0].passage.document.id == "werk"
    assert found(index, "Wie tekende het verdrag?")[0].passage.document.id == "verdrag"


def test_ranks_and_scores_go_down(index):
    hits = found(index, "Wat werd er in 2024 over fietsen aangenomen?")
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)
    assert len(found(index, "fietsen", k=1)) == 1


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_each_arm_alone_finds_it_too(index, weight):
    settings = SETTINGS.model_copy(update={"dense_weight": weight})
    assert found(index, "Welke verklaring over fietsen?", settings=settings)[0].passage.document.id == "fiets"


@pytest.mark.parametrize("question", ["", "   \n", "?!", "…"])
def test_an_empty_question_is_told(question):
    with pytest.raises(BadQuestion, match="empty"):
        look(question, ENCODER, SETTINGS)


def test_a_huge_question_is_told():
    with pytest.raises(BadQuestion, match="100,000 characters, at most 2,000"):
        look("x" * 100_000, ENCODER, SETTINGS)


scores = arrays.arrays(np.float32, st.shared(st.integers(1, 20), key="n"), elements=st.floats(-5, 5, width=32))


@given(scores, scores, st.floats(0, 1))
def test_fusion_keeps_to_its_bounds_and_to_the_order_of_agreeing_arms(dense, lexical, weight):
    fused = convex(dense, lexical, weight)
    assert fused.shape == dense.shape
    assert (fused >= -1e-6).all() and (fused <= 1 + 1e-6).all()
    order = np.argsort(dense)
    agreeing = convex(dense, dense, weight)
    assert (np.diff(agreeing[order]) >= -1e-6).all()


@given(scores)
def test_min_max_does_not_care_about_scale(values):
    np.testing.assert_allclose(min_max(values), min_max(values * 4), atol=1e-4)
