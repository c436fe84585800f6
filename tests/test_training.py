"""What learning rests on: its options, the fit of the chance, and that the reader learns; its data are not here."""

import inspect
import random
import re

import numpy as np
import pytest
from training import abstaining, reranker, train
from training.examples import Example

from raadpleeg import wiring
from raadpleeg.answering.candidates import FEATURES, Candidate
from raadpleeg.records import Document, Metadata, Passage
from raadpleeg.settings import Settings


def test_every_option_that_is_used_is_there():
    given = train.arguments(["--papers", "a", "--beir", "b", "--squad", "c", "--limit", "20"])
    used = set(re.findall(r"\bgiven\.(\w+)", inspect.getsource(train.main)))
    assert used == set(vars(given))
    assert (given.limit, given.steps, given.only, given.model) == (20, None, None, 0)


def test_the_chance_rises_with_what_speaks_for_an_answer():
    signs = [
        {"any": float(at), "cosine": 0.8 + at / 1000, "lacking": 0.1 * (at < 0), "asking": 0.2 * (at < 0)}
        for at in range(-10, 10)
    ]
    weights = abstaining.fit("reranked", signs, [one["any"] > 0 for one in signs])
    assert set(weights) == {"bias", "any", "cosine", "lacking", "asking"}
    assert weights["any"] > 0 > weights["asking"]
    low, high = (weights["bias"] + sum(weights[name] * one[name] for name in one) for one in (signs[0], signs[-1]))
    assert low < 0 < high


@pytest.mark.parametrize("tells", [True, False])
def test_a_model_counts_for_what_it_tells_beside_the_chance_before(tells):
    rows = [(any_, said, (any_ + (said if tells else 0)) > 0) for any_ in range(-6, 7) for said in (-5, -2, 2, 5)]
    signs = [{"any": float(any_), "none": -float(said)} for any_, said, _ in rows]
    weights = abstaining.fit_written({"bias": 0.1, "any": 1.0}, signs, [right for _, _, right in rows])
    assert set(weights) == {"bias", "any", "none"}
    assert weights["any"] > 0
    assert weights["none"] < -0.2 if tells else weights["none"] == pytest.approx(0, abs=0.05)


def test_many_of_one_kind_weigh_no_more_than_few_of_the_other():
    few = [{"any": at, "cosine": 0.8, "lacking": 0.0, "asking": 0.0} for at in (-1.0, 1.0)]
    even = abstaining.fit("reranked", few, [False, True])
    many = abstaining.fit("reranked", [few[0], *few[1:] * 20], [False] + [True] * 20)
    assert many["bias"] == pytest.approx(even["bias"], abs=0.7)


def example(name, question, wrong, right):
    """A question, and two sentences of which retrieval knows the same."""
    document = Document(name, name, f"{wrong} {right}", (0,), (), (), (), Metadata(), "0" * 64)
    passage = Passage(document, 0, len(document.text))
    known = (0.5,) * len(FEATURES)
    places = ((0, len(wrong)), (len(wrong) + 1, len(document.text)))
    offered = tuple(Candidate(0, passage, *place, 0.9, known) for place in places)
    return Example(name, question, "nl", True, None, offered, (False, True))


def test_the_reader_learns_by_heart_whatever_it_is_told(models):
    # What is told to be right is what nobody would take for it, so that nothing but learning gives it.
    rows = [
        example("a", "Wanneer opent de brug?", "De brug opent op 3 mei.", "De minister dankt de leden."),
        example("b", "Wat kost het zwembad?", "Het zwembad kost 12 miljoen euro.", "De brief is verzonden."),
    ]
    network, tokenizer = wiring.open_encoder(Settings()).network
    none = np.zeros(len(FEATURES), np.float32)
    learner = reranker.Learner(network, tokenizer, none, none + 1, none)
    tried = [learner.show(row, random.Random(at), {}) for at, row in enumerate(rows * 4)]
    shown = [one for one in tried if one is not None]  # now and then the only paper is taken away
    assert len(shown) >= 2
    before = np.mean([float(learner.loss(one).detach()) for one in shown])
    reranker.train(learner, rows, {}, epochs=40)
    after = np.mean([float(learner.loss(one).detach()) for one in shown])
    assert after < before / 2
