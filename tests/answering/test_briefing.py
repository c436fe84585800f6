"""What a model reads: the sentence that was found and those beside it that fit."""

from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.answering.briefing import LONGEST, WINDOW, brief, window
from raadpleeg.answering.citing import Source
from raadpleeg.reading.sentences import sentences
from raadpleeg.records import Document, Metadata


def paper(text):
    return Document("x", "x", text, (0,), (), (), (), Metadata(), "0" * 64)


def running(lengths):
    """Write sentences of these lengths in letters, each of another word."""
    return " ".join(f"S{at}{'e' * (length - len(str(at)) - 2)}." for at, length in enumerate(lengths))


@given(st.lists(st.integers(8, 700), min_size=1, max_size=12), st.data())
def test_the_window_holds_the_sentence_and_keeps_within_bounds(lengths, data):
    document = paper(running(lengths))
    own = list(sentences(document.text))
    at = data.draw(st.integers(0, len(own) - 1))
    first, last = data.draw(st.integers(0, at)), data.draw(st.integers(at, len(own) - 1))
    source = Source(document, own[first][0], own[last][1], core=own[at])
    start, end = window(source)
    assert source.start <= start <= own[at][0]
    assert end <= source.end
    assert end >= min(own[at][1], own[at][0] + LONGEST)
    assert end - start <= max(WINDOW, min(LONGEST, own[at][1] - own[at][0]))
    assert {start}.issubset({one for one, _ in own})


def test_a_short_source_is_read_whole():
    document = paper("Er is nog niets geregeld. Dat komt later.")
    assert window(Source(document, 0, len(document.text), core=(26, 27))) == (0, len(document.text))


def test_what_announces_is_read_with_what_it_announces():
    text = "\n".join((f"Eerst {'e' * 250}.", "Er zijn twee redenen:", f"tijd {'e' * 200};", "geld."))
    start, end = window(Source(paper(text), 0, len(text), core=(text.index("Er zijn"), len(text))))
    assert text[start:end].startswith("Er zijn twee redenen:")
    assert text[start:end].endswith("geld.")


def test_a_source_that_no_longer_fits_gives_way_to_a_shorter_one_and_the_first_never_does():
    document = paper("\n".join(("a" * 290 + ".", "b" * 290 + ".", "c" * 40 + ".")))
    sources = [Source(document, *span, core=span) for span in sentences(document.text)]
    assert [one.words[0] for one in brief(sources, 340, 4)] == ["a", "c"]
    assert [one.words[0] for one in brief(sources, 1, 4)] == ["a"]
    assert [one.words[0] for one in brief(sources, 9_000, 2)] == ["a", "b"]
    assert brief([], 100, 4) == ()
