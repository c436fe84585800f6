"""The offline spine with a fake encoder: what is embedded when, and that nothing is ever half written."""

import json
import shutil

import numpy as np
import pytest

from raadpleeg.errors import EmptyCorpus, IndexCorrupt, IndexMismatch, IndexMissing, RaadpleegError
from raadpleeg.indexing import building
from raadpleeg.indexing.building import build
from raadpleeg.indexing.generation import current, open_index
from raadpleeg.testing import HashedEncoder


class CountingEncoder(HashedEncoder):
    """Counts what it is asked to embed."""

    def __init__(self, name: str = "hashed") -> None:
        super().__init__(name=name)
        self.texts: list[str] = []

    def encode_passages(self, texts):
        self.texts += texts
        return super().encode_passages(texts)


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "een.txt").write_text("De minister tekende het verdrag. Dat was in Den Haag.\n", encoding="utf-8")
    (folder / "twee.txt").write_text("Grenswerkers mogen 34 dagen thuis werken.\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def run(corpus, folder, encoder=None, **options):
    encoder = encoder or CountingEncoder()
    report = build(corpus, folder, lambda: encoder, encoder.weights, 50, **options)
    return report, encoder


def names(folder):
    return sorted(path.name for path in (folder / "generations").iterdir())


def test_what_is_built_opens_as_it_was(corpus, folder):
    report, encoder = run(corpus, folder)
    index = open_index(folder, encoder)
    assert (report.documents, report.passages, report.embedded, report.changed) == (2, 2, 2, True)
    assert list(index.documents) == ["een", "twee"]
    assert [passage.text for passage in index.passages] == [
        "De minister tekende het verdrag. Dat was in Den Haag.",
        "Grenswerkers mogen 34 dagen thuis werken.",
    ]
    for passage, spans in zip(index.passages, index.sentences, strict=True):
        assert index.documents[passage.document.id] == passage.document
        assert all(passage.start <= start < end <= passage.end for start, end in spans)
    assert len(index.sentence_vectors) == sum(len(spans) for spans in index.sentences) == 3
    np.testing.assert_allclose(
        index.store.vectors(np.array([0, 1])), encoder.encode_passages([p.text for p in index.passages])
    )


def test_an_unchanged_corpus_embeds_nothing_and_opens_no_encoder(corpus, folder):
    run(corpus, folder)
    before = names(folder)

    def forbidden():
        raise AssertionError("the encoder was opened")

    report = build(corpus, folder, forbidden, HashedEncoder().weights, 50)
    assert not report.changed
    assert report.passages == 2
    assert names(folder) == before


def test_only_what_changed_is_embedded_and_the_result_is_as_if_built_anew(corpus, folder, tmp_path):
    run(corpus, folder)
    (corpus / "twee.txt").write_text("Grenswerkers mogen 40 dagen thuis werken.\n", encoding="utf-8")
    (corpus / "drie.txt").write_text("Een nieuw stuk.\n", encoding="utf-8")
    report, encoder = run(corpus, folder)
    assert report.embedded == 2
    assert not any("minister" in text for text in encoder.texts)
    run(corpus, tmp_path / "anew")
    one, other = open_index(folder), open_index(tmp_path / "anew")
    assert one.passages == other.passages
    assert one.sentences == other.sentences
    np.testing.assert_array_equal(one.sentence_vectors, other.sentence_vectors)
    numbers = np.arange(len(one.passages))
    np.testing.assert_allclose(one.store.vectors(numbers), other.store.vectors(numbers), atol=1e-6)


def test_a_paper_that_is_gone_is_gone(corpus, folder):
    run(corpus, folder)
    (corpus / "een.txt").unlink()
    report, encoder = run(corpus, folder)
    assert (report.removed, report.embedded) == (1, 0)
    index = open_index(folder, encoder)
    assert list(index.documents) == ["twee"]
    assert index.lexical.scores(["minister"]).tolist() == [0.0]


def test_other_settings_build_everything_again(corpus, folder):
    run(corpus, folder)
    encoder = CountingEncoder()
    report = build(corpus, folder, lambda: encoder, encoder.weights, 20)
    assert report.embedded == report.passages == 2


def test_another_encoder_is_told_and_rebuild_mends_it(corpus, folder):
    run(corpus, folder)
    other = CountingEncoder("other")
    with pytest.raises(IndexMismatch, match=r"built with another encoder \(hashed\).*raadpleeg index --rebuild"):
        run(corpus, folder, other)
    with pytest.raises(IndexMismatch, match="hashed, not with other"):
        open_index(folder, other)
    run(corpus, folder, other, rebuild=True)
    assert open_index(folder, other).manifest["encoder"]["name"] == "other"


def test_an_empty_corpus_leaves_the_index_as_it_was(corpus, folder, tmp_path):
    run(corpus, folder)
    before = names(folder)
    empty = tmp_path / "empty"
    with pytest.raises(EmptyCorpus, match="no folder"):
        run(empty, folder)
    empty.mkdir()
    (empty / "NOTES.md").write_text("about the corpus", encoding="utf-8")
    with pytest.raises(EmptyCorpus, match="put papers there"):
        run(empty, folder)
    assert names(folder) == before
    assert list(open_index(folder).documents) == ["een", "twee"]


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(corpus, folder):
    (corpus / "kapot.txt").write_bytes(b"\x00\x01\x02")
    (corpus / "plaatje.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (corpus / "een.TXT").write_text("Nog een stuk met dezelfde naam.", encoding="utf-8")
    report, _ = run(corpus, folder)
    assert {one.path for one in report.unreadable} == {"kapot.txt", "plaatje.png", "een.txt"}
    assert report.documents == 2


@pytest.mark.parametrize("step", ["save", "sync", "rename", "point"])
def test_a_run_that_is_cut_off_leaves_the_former_generation(corpus, folder, monkeypatch, step):
    run(corpus, folder)
    before = (folder / "CURRENT").read_text(encoding="utf-8")
    (corpus / "drie.txt").write_text("Een nieuw stuk.\n", encoding="utf-8")

    def cut(*_, **__):
        raise KeyboardInterrupt

    places = {
        "save": "raadpleeg.indexing.store.FaissStore.save",
        "sync": "raadpleeg.indexing.generation._sync",
        "rename": "pathlib.Path.rename",
        "point": "raadpleeg.indexing.generation._point",
    }
    with monkeypatch.context() as patch:
        patch.setattr(places[step], cut)
        with pytest.raises(KeyboardInterrupt):
            run(corpus, folder)
    assert (folder / "CURRENT").read_text(encoding="utf-8") == before
    assert list(open_index(folder).documents) == ["een", "twee"]
    report, _ = run(corpus, folder)
    assert report.documents == 3
    assert not any(name.startswith(".writing") for name in names(folder))


def test_former_generations_do_not_pile_up(corpus, folder):
    for number in range(4):
        (corpus / "een.txt").write_text(f"Stuk nummer {number}.", encoding="utf-8")
        run(corpus, folder)
    assert len(names(folder)) == 2
    assert current(folder).name in names(folder)


@pytest.mark.parametrize(
    "name", ["documents.jsonl", "passages.jsonl", "vectors.faiss", "sentences.npy", "manifest.json"]
)
@pytest.mark.parametrize("harm", ["cut", "gone"])
def test_a_damaged_file_is_told_and_index_mends_it(corpus, folder, name, harm):
    run(corpus, folder)
    path = current(folder) / name
    path.write_bytes(path.read_bytes()[:-7]) if harm == "cut" else path.unlink()
    with pytest.raises(IndexCorrupt, match="raadpleeg index --rebuild"):
        open_index(folder)
    report, _ = run(corpus, folder, rebuild=True)
    assert report.documents == len(open_index(folder).documents) == 2


def test_no_index_is_told(folder, tmp_path):
    with pytest.raises(IndexMissing, match="run `raadpleeg index`"):
        open_index(folder)
    (tmp_path / "CURRENT").write_text("verdwenen", encoding="utf-8")
    with pytest.raises(IndexMissing):
        open_index(tmp_path)


def test_an_index_of_another_layout_is_told(corpus, folder):
    run(corpus, folder)
    path = current(folder) / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "layout": 0}), encoding="utf-8")
    with pytest.raises(IndexMismatch, match="another version"):
        open_index(folder)


def test_two_runs_at_once(corpus, folder):
    class Reentrant(HashedEncoder):
        def encode_passages(self, texts):
            with pytest.raises(RaadpleegError, match="another run is building"):
                run(corpus, folder)
            return super().encode_passages(texts)

    run(corpus, folder, Reentrant())
    assert len(open_index(folder).documents) == 2


def test_progress_is_told(corpus, folder, monkeypatch):
    monkeypatch.setattr(building, "BLOCK", 2)
    told = []
    run(corpus, folder, progress=lambda *what: told.append(what))
    assert told[0] == ("reading", 0, 2)
    assert [done for what, done, total in told if what == "embedding"] == [0, 2, 4, 5]


def test_an_index_can_be_moved(corpus, folder, tmp_path):
    run(corpus, folder)
    shutil.move(folder, tmp_path / "elders")
    assert len(open_index(tmp_path / "elders").documents) == 2
