from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.indexing.splitting import split
from raadpleeg.reading.reader import read_corpus
from raadpleeg.records import Document, Metadata, Unit


def words(text: str) -> int:
    return len(text.split())


def document(text: str, units: tuple[Unit, ...] = ()) -> Document:
    return Document("d", "t", text, (0,), units, (), (), Metadata(), "")


def test_passages_of_the_papers_cover_every_word_once_and_stay_within_a_unit():
    for paper in read_corpus(Path("corpus")).documents:
        passages = split(paper, words, 80)
        assert "".join("".join(one.text.split()) for one in passages) == "".join(paper.text.split())
        for passage in passages:
            assert words(passage.text) <= 80
            inner = paper.unit_at(passage.start)
            assert all(
                paper.unit_at(at) == inner for at in range(passage.start, passage.end) if not paper.text[at].isspace()
            )


def test_passages_are_whole_sentences():
    text = "Een twee drie vier. Vijf zes zeven acht. Negen tien elf twaalf."
    assert [one.text for one in split(document(text), words, 9)] == [
        "Een twee drie vier. Vijf zes zeven acht.",
        "Negen tien elf twaalf.",
    ]


def test_a_sentence_that_is_too_long_is_cut():
    text = ", ".join(f"lid {number}" for number in range(50))
    passages = split(document(text), words, 20)
    assert len(passages) >= 5
    assert all(words(one.text) <= 20 for one in passages)
    assert "".join("".join(one.text.split()) for one in passages) == "".join(text.split())


@given(st.text(st.sampled_from("ab .,?A\n"), max_size=300), st.integers(1, 12))
def test_nothing_is_lost_of_any_text(text, limit):
    passages = split(document(text), words, limit)
    assert "".join("".join(one.text.split()) for one in passages) == "".join(text.split())
    assert all(one.text == one.text.strip() != "" for one in passages)
