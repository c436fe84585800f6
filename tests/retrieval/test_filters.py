from dataclasses import replace

import pytest

from raadpleeg.errors import BadQuestion
from raadpleeg.indexing.building import build
from raadpleeg.indexing.generation import open_index
from raadpleeg.retrieval.filters import Filter, allowed
from raadpleeg.retrieval.search import look, search
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder

SETTINGS = Settings(cosine_floor=0.0)  # the fake encoder's cosines begin at nought
ENCODER = HashedEncoder()


def papers(index, **wanted):
    numbers = allowed(index, Filter(**wanted))
    return {index.passages[number].document.id for number in numbers}


def test_nothing_wanted_lets_everything_through(hashed_index):
    assert allowed(hashed_index, Filter()) is None


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"dossiers": ("31585",)}, {"kst-31585-35714-J"}),
        ({"dossiers": ("31 585", "99999")}, {"kst-31585-35714-J"}),
        ({"dossiers": ("35.714",)}, {"kst-31585-35714-J", "kst-35714-O"}),
        ({"chambers": ("I",)}, {"kst-31585-35714-J", "kst-35714-O"}),
        ({"chambers": ("II",)}, set()),
        ({"kinds": ("verslag",)}, {"kst-35714-O"}),
        ({"documents": ("kst-35714-O",)}, {"kst-35714-O"}),
        ({"since": "2026"}, {"kst-35714-O"}),
        ({"since": "2026-03-18", "until": "2026-03-18"}, {"kst-35714-O"}),
        ({"since": "2026-03-19"}, set()),
        ({"until": "2026-02"}, set()),
        ({"dossiers": ("35714",), "documents": ("kst-35714-O",)}, {"kst-35714-O"}),
    ],
)
def test_what_is_let_through(hashed_index, wanted, found):
    assert papers(hashed_index, **wanted) == found


def test_a_speaker_keeps_to_his_own_words(hashed_index):
    numbers = allowed(hashed_index, Filter(speakers=("Staatssecretaris",)))
    assert 0 < len(numbers) < len(hashed_index.passages)
    assert all("staatssecretaris" in hashed_index.passages[number].unit.speaker for number in numbers)


def test_an_empty_result_is_empty_and_never_everything(hashed_index):
    query = look("Wat zegt vraag 3 over telewerk?", hashed_index, ENCODER, SETTINGS)
    assert search(hashed_index, query, 8, SETTINGS, Filter(dossiers=("12345",))) == ()


def test_an_answer_keeps_to_the_speaker_too(assistant, hashed_index):
    asked = "Worden er in het Jaarplan 2026 van de Benelux Unie stappen aangekondigd?"
    answer = assistant().ask(asked, wanted=Filter(speakers=("leden van de fracties",)))
    assert answer.citations
    assert all("leden van de fracties" in citation.speaker for citation in answer.citations)


def test_only_what_is_wanted_is_found_also_where_the_question_names_something_else(hashed_index):
    for question in ("telewerk", "Wat is het antwoord op vraag 3?", "Wat staat er in kst-35714-O?"):
        query = look(question, hashed_index, ENCODER, SETTINGS)
        hits = search(hashed_index, query, 100, SETTINGS, Filter(documents=("kst-31585-35714-J",)))
        assert hits
        assert {one.document.id for hit in hits for one in (hit.passage, *hit.also)} == {"kst-31585-35714-J"}


def test_a_paper_without_a_date_is_not_found_by_one(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "los.txt").write_text("Een los verhaal over telewerk.", encoding="utf-8")
    build(corpus, tmp_path / "index", lambda: ENCODER, ENCODER.weights, 50)
    index = open_index(tmp_path / "index")
    assert papers(index, until="2999") == papers(index, chambers=("I",)) == papers(index, kinds=("",)) == set()


@pytest.mark.parametrize(
    "wanted", [Filter(chambers=("III",)), Filter(since="gisteren"), Filter(until="2026-3"), Filter(since="2026-13")]
)
def test_what_can_be_no_filter_is_told(wanted):
    with pytest.raises(BadQuestion, match=r"there is no chamber|is no date"):
        wanted.check()


def test_the_same_words_in_two_places_come_back_once(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    words = "De minister gaat in overleg met België over telewerken door grensarbeiders in de zorg."
    for name in ("een", "twee"):
        (corpus / f"{name}.txt").write_text(words, encoding="utf-8")
    (corpus / "drie.txt").write_text(words.replace("België", "de buurlanden") + " En meer niet.", encoding="utf-8")
    build(corpus, tmp_path / "index", lambda: ENCODER, ENCODER.weights, 50)
    index = open_index(tmp_path / "index")
    hits = search(index, look("overleg met België", index, ENCODER, SETTINGS), 8, SETTINGS)
    assert [hit.passage.document.id for hit in hits] == ["een", "drie"]
    assert [[one.document.id for one in hit.also] for hit in hits] == [["twee"], []]
    assert replace(hits[0], also=()).passage.text == hits[0].also[0].text
