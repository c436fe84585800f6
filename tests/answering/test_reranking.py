"""The small reader: what it is shown, and that it prefers a sentence that answers to one that does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg import wiring
from raadpleeg.answering.candidates import FEATURES
from raadpleeg.answering.reranking import BEGIN, CONTEXT, END, QUESTION, SENTENCE, Group, Reranker, lay_out
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder

TOKENS = st.lists(st.integers(5, 99), max_size=150)


@given(TOKENS, st.lists(st.tuples(TOKENS, st.lists(TOKENS, min_size=1, max_size=3)), min_size=1, max_size=4))
def test_every_sentence_has_its_own_tokens_and_no_others(question, groups):
    layout = lay_out(question, groups)
    assert len(layout.tokens) == len(layout.of)
    assert (layout.tokens[0], layout.tokens[-1]) == (BEGIN, END)
    assert list(layout.tokens[1 : 1 + len(question[-QUESTION:])]) == question[-QUESTION:]
    sentences = [sentence for _, own in groups for sentence in own]
    for number, sentence in enumerate(sentences):
        read = [token for token, of in zip(layout.tokens, layout.of, strict=True) if of == number]
        assert read == [*sentence[:SENTENCE], END]
    above = [len(context[:CONTEXT]) + 1 for context, _ in groups]
    assert layout.of.count(-1) == len(question[-QUESTION:]) + 2 + sum(above)


@pytest.fixture(scope="module")
def reranker(models):
    return wiring.open_reranker(wiring.open_encoder(Settings()))


def scores(reranker: Reranker, question: str, *sentences: str):
    known = np.full((len(sentences), len(FEATURES)), 0.5, np.float32)  # retrieval knows the same of all of them
    return reranker.scores(question, [Group("", sentences, known)])


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "Wanneer wordt de brug geopend?",
            "De opening van de brug is voorzien op 3 mei 2027.",
            "De minister dankt de leden voor hun vragen.",
        ),
        (
            "Hoeveel kost het nieuwe zwembad?",
            "De kosten van het zwembad worden geraamd op 12 miljoen euro.",
            "De leden van de fractie hebben kennisgenomen van de brief.",
        ),
        (
            "Why was the train line closed?",
            "De spoorlijn is gesloten omdat er te weinig reizigers waren.",
            "De brief is verzonden aan de gemeenteraad.",
        ),
    ],
)
def test_a_sentence_that_answers_scores_above_one_that_does_not(reranker, question, right, wrong):
    first, second = scores(reranker, question, right, wrong)
    assert first > second
    second, first = scores(reranker, question, wrong, right)
    assert first > second


def test_an_answer_that_is_there_raises_the_odds_that_any_is(reranker):
    question = "Hoeveel kost het nieuwe zwembad?"
    beside = "Het zwembad ligt naast de sporthal aan de Dorpsstraat."
    without = np.logaddexp.reduce(scores(reranker, question, beside))
    together = np.logaddexp.reduce(scores(reranker, question, beside, "De kosten worden geraamd op 12 miljoen euro."))
    assert together > without + 0.5


def test_another_encoder_has_no_reranker():
    assert wiring.open_reranker(HashedEncoder()) is None


def test_the_encoder_stays_as_it_is(models):
    encoder = wiring.open_encoder(Settings())
    before = encoder.encode_queries(["Wat is een Kamerstuk?"])
    wiring.open_reranker(encoder)
    assert np.array_equal(before, encoder.encode_queries(["Wat is een Kamerstuk?"]))
