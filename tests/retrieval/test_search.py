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

SETTINGS = Settings(cosine_floor=0.0)  # the fake encoder's cosines begin at nought
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
    return search(index, look(question, index, ENCODER, settings), k, settings)


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
def test_an_empty_question_is_told(index, question):
    with pytest.raises(BadQuestion, match="empty"):
        look(question, index, ENCODER, SETTINGS)


def test_a_huge_question_is_told(index):
    with pytest.raises(BadQuestion, match="100,000 characters, at most 2,000"):
        look("x" * 100_000, index, ENCODER, SETTINGS)


scores = arrays.arrays(np.float32, st.shared(st.integers(1, 20), key="n"), elements=st.floats(-5, 5, width=32))


cosines = arrays.arrays(np.float32, st.shared(st.integers(1, 20), key="n"), elements=st.floats(0.5, 1, width=32))
shares = arrays.arrays(np.float32, st.shared(st.integers(1, 20), key="n"), elements=st.floats(0, 1, width=32))


@given(cosines, shares, st.floats(0, 1))
def test_fusion_rises_with_either_arm_and_is_at_most_one(dense, lexical, weight):
    fused = convex(dense, lexical, weight, 0.5)
    assert fused.shape == dense.shape
    assert (fused >= -1e-6).all() and (fused <= 1 + 1e-6).all()
    assert (convex(dense, np.ones_like(lexical), weight, 0.5) >= fused - 1e-6).all()
    assert (convex(np.ones_like(dense), lexical, weight, 0.5) >= fused - 1e-6).all()


def test_a_score_means_the_same_beside_other_candidates():
    dense, lexical = np.array([0.9, 0.8, 0.7], np.float32), np.array([0.5, 0.1, 0.0], np.float32)
    assert convex(dense, lexical, 0.5, 0.7)[1] == convex(dense[1:], lexical[1:], 0.5, 0.7)[0]


@given(scores)
def test_min_max_does_not_care_about_scale(values):
    np.testing.assert_allclose(min_max(values), min_max(values * 4), atol=1e-4)
