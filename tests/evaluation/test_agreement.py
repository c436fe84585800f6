"""Our figures beside those of the tools that the field quotes."""

import random
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raadpleeg.evaluation.datasets import read_squad
from raadpleeg.evaluation.measures import RETRIEVAL, exact, f1, normalised
from raadpleeg.evaluation.run import _retrieval

XQUAD = Path(__file__).parents[3] / "shared/datasets/xquad-nl/xquad.nl.json"


def a_random_run(seed: int, questions: int = 200):
    """Make judgements and a run over 60 documents; some questions get nothing back."""
    chance = random.Random(seed)
    qrels, run = {}, {}
    for number in range(questions):
        documents = [f"d{place}" for place in range(60)]
        qrels[f"q{number}"] = dict.fromkeys(chance.sample(documents, chance.randint(1, 8)), 1)
        if number % 17:
            found = chance.sample(documents, chance.randint(1, 50))
            run[f"q{number}"] = {one: chance.random() for one in found}
    return qrels, run


@pytest.mark.parametrize("seed", range(5))
def test_retrieval_agrees_with_trec_eval(seed):
    import pytrec_eval

    qrels, run = a_random_run(seed)
    ours = _retrieval(qrels, run)
    names = {
        "nDCG@10": ("ndcg_cut.10", "ndcg_cut_10"),
        "R@1": ("recall.1", "recall_1"),
        "R@5": ("recall.5", "recall_5"),
        "R@20": ("recall.20", "recall_20"),
        "RR": ("recip_rank", "recip_rank"),
    }
    assert set(ours) == set(names) == set(RETRIEVAL)
    theirs = pytrec_eval.RelevanceEvaluator(qrels, {asked for asked, _ in names.values()}).evaluate(run)
    for name, (_, given_back) in names.items():
        assert ours[name].keys() == qrels.keys()  # every question has a value, also where nothing came back
        for question, value in ours[name].items():
            expected = theirs[question][given_back] if question in run else 0.0
            assert abs(value - expected) <= 1e-9, (name, question)
        assert 0 < sum(ours[name].values()) < len(qrels)


def official(one: str, other: str):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from torchmetrics.functional.text import squad
    scores = squad({"prediction_text": one, "id": "0"}, {"answers": {"answer_start": [0], "text": [other]}, "id": "0"})
    return {name: float(value) / 100 for name, value in scores.items()}


def ours(one: str, other: str):
    return {
        "exact_match": exact(normalised(one), normalised(other)),
        "f1": f1(normalised(one), normalised(other)),
    }


words = st.lists(
    st.sampled_from(["the", "The", "a", "an", "An", "cat", "Cat,", "1.000", "it's", "de", "en-gros", "—", "’s", "5%"]),
    max_size=8,
).map(" ".join)


@settings(max_examples=300, deadline=None)  # the first call imports torchmetrics
@given(words, words)
def test_squad_measures_agree_with_the_official_ones(one, other):
    if normalised(one) or normalised(other):  # the official script divides by nothing where both are empty
        assert ours(one, other) == pytest.approx(official(one, other), abs=1e-6)


def test_squad_measures_agree_on_a_public_set():
    if not XQUAD.is_file():
        pytest.skip("the public set is not beside this checkout")
    gold = [item.answer for item in read_squad(XQUAD).items]
    chance = random.Random(0)
    for answer in gold:
        for given_answer in (f"The {answer}.", answer.upper(), chance.choice(gold)):
            assert ours(given_answer, answer) == pytest.approx(official(given_answer, answer), abs=1e-6)
