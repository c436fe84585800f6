"""What learning rests on: its options, and the fit of the chance; the data that it learns from is not here."""

import inspect
import re

import pytest
from training import abstaining, train


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


def test_many_of_one_kind_weigh_no_more_than_few_of_the_other():
    few = [{"any": at, "cosine": 0.8, "lacking": 0.0, "asking": 0.0} for at in (-1.0, 1.0)]
    even = abstaining.fit("reranked", few, [False, True])
    many = abstaining.fit("reranked", [few[0], *few[1:] * 20], [False] + [True] * 20)
    assert many["bias"] == pytest.approx(even["bias"], abs=0.7)
