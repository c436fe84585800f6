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
        covered = {at for passage in passages for at in range(passage.start, passage.end)}
        assert len(covered) == sum(passage.end - passage.start for passage in passages)
        left = [at for at, letter in enumerate(paper.text) if at not in covered and not letter.isspace()]
        headings = [unit for unit in paper.units if unit.kind in ("letter", "section", "note")]
        assert all(any(unit.start <= at < unit.start + len(unit.label) for unit in headings) for at in left)
        for passage in passages:
            assert words(passage.text) <= 80
            inner = paper.unit_at(passage.start)
            assert all(
                paper.unit_at(at) == inner for at in range(passage.start, passage.end) if not paper.text[at].isspace()
            )


def test_a_heading_alone_is_no_passage_but_in_the_path_of_what_it_heads():
    text = "1. Kosten\n\nAntwoord 1\n\nZe zijn hoog.\n\n2. Baten\n\nZe zijn laag."
    units = (
        Unit("section", "1. Kosten", 0, 36, 1, ("1. Kosten",)),
        Unit("answer", "Antwoord 1", 11, 36, 1, ("1. Kosten", "Antwoord 1"), (1,)),
        Unit("section", "2. Baten", 38, len(text), 1, ("2. Baten",)),
    )
    passages = split(document(text, units), words, 20)
    assert [one.text for one in passages] == ["Antwoord 1\n\nZe zijn hoog.", "2. Baten\n\nZe zijn laag."]
    assert [one.path for one in passages] == [("1. Kosten", "Antwoord 1"), ("2. Baten",)]


def test_a_paper_of_nothing_but_headings_keeps_them():
    text = "Vraag 1\n\nAntwoord 1"
    units = (
        Unit("question", "Vraag 1", 0, 7, 1, ("Vraag 1",)),
        Unit("answer", "Antwoord 1", 9, 19, 1, ("Antwoord 1",)),
    )
    assert [one.text for one in split(document(text, units), words, 20)] == ["Vraag 1", "Antwoord 1"]


def test_a_passage_has_one_speaker():
    text = "Vraag 1\n\nIs dat zo?\n\nAntwoord 1\n\nJa."
    units = (
        Unit("question", "Vraag 1", 0, 19, 1, ("Vraag 1",), (1,), "lid Jansen"),
        Unit("answer", "Antwoord 1", 21, len(text), 1, ("Antwoord 1",), (1,), "minister"),
    )
    passages = split(document(text, units), words, 100)
    assert [(one.unit.speaker, one.text) for one in passages] == [
        ("lid Jansen", "Vraag 1\n\nIs dat zo?"),
        ("minister", "Antwoord 1\n\nJa."),
    ]


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
