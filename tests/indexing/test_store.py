import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.errors import IndexCorrupt
from raadpleeg.indexing.store import FaissStore


def rows(*values):
    array = np.array(values, np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


@pytest.fixture
def store():
    store = FaissStore(2)
    store.add(np.array([10, 20, 30]), rows([1, 0], [0, 1], [1, 1]))
    return store


def test_nearest_first(store):
    ids, cosines = store.search(rows([1, 0.1])[0], 3)
    assert ids.tolist() == [10, 30, 20]
    assert cosines.tolist() == sorted(cosines.tolist(), reverse=True)


def test_only_what_is_allowed(store):
    assert store.search(rows([1, 0])[0], 3, {20, 30})[0].tolist() == [30, 20]
    assert store.search(rows([1, 0])[0], 3, set())[0].tolist() == []
    assert store.search(rows([1, 0])[0], 3, {99})[0].tolist() == []


def test_added_again_is_replaced_and_deleted_is_gone(store):
    store.add(np.array([10]), rows([-1, 0]))
    assert len(store) == 3
    assert store.search(rows([1, 0])[0], 1)[0].tolist() == [30]
    store.delete(np.array([30, 77]))
    assert len(store) == 2


def test_rows_come_back(store):
    np.testing.assert_allclose(store.vectors(np.array([30, 10])), rows([1, 1], [1, 0]))
    assert store.vectors(np.array([], np.int64)).shape == (0, 2)


def test_wrong_shapes_are_refused(store):
    with pytest.raises(ValueError, match="need as many rows"):
        store.add(np.array([1]), rows([1, 0], [0, 1]))
    with pytest.raises(ValueError, match="need as many rows"):
        store.add(np.array([1, 1]), rows([1, 0], [0, 1]))


def test_saved_and_loaded(store, tmp_path):
    store.save(tmp_path / "x")
    assert FaissStore.load(tmp_path / "x").search(rows([1, 0])[0], 1)[0].tolist() == [10]
    (tmp_path / "x").write_bytes(b"nothing of the kind")
    with pytest.raises(IndexCorrupt):
        FaissStore.load(tmp_path / "x")


@given(
    st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)).filter(lambda p: abs(p[0]) + abs(p[1]) > 0.1), min_size=1)
)
def test_search_is_exact(points):
    vectors = rows(*points)
    store = FaissStore(2)
    store.add(np.arange(len(vectors)), vectors)
    query = vectors[0]
    _, cosines = store.search(query, len(vectors))
    np.testing.assert_allclose(cosines, np.sort(vectors @ query)[::-1], atol=1e-5)
