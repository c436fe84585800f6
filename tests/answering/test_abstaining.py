"""The signs from which it is told whether the papers answer."""

from dataclasses import replace
from math import exp

import pytest

from raadpleeg.answering import abstaining
from raadpleeg.records import Evidence

QUESTION = "Wanneer komt de fiscale werkgroep over grensoverschrijdend telewerk voor het eerst bijeen?"


@pytest.fixture
def found(assistant):
    asked = assistant(["?"])
    return asked.index, asked._find(QUESTION)


def of(index, kind):
    """The first sentence of the first passage of this kind, as evidence."""
    passage = next(one for one in index.passages if one.unit and one.unit.kind == kind)
    return Evidence(passage, passage.start, passage.end, 0.0, 0.9)


def asking(index, found, evidence, question=QUESTION):
    query = replace(found.query, full=question)
    return abstaining.signs(index, query, found.hits, evidence)["asking"]


def test_what_those_who_ask_have_of_the_odds(found):
    index, seen = found
    asker, teller = replace(of(index, "question"), odds=2.0), replace(of(index, "answer"), odds=0.0)
    assert asking(index, seen, [asker, teller]) == pytest.approx(exp(2) / (exp(2) + 1), rel=1e-6)
    assert asking(index, seen, [teller]) == 0.0
    assert asking(index, seen, [asker]) == pytest.approx(1.0)


def test_a_letter_of_those_who_ask_is_no_answer_of_the_government(found):
    index, seen = found
    for speaker, expected in (("minister van Buitenlandse Zaken", 0.0), ("voorzitter van de vaste commissie", 1.0)):
        letter = next(
            one
            for one in index.passages
            if one.unit and one.unit.kind != "question" and (one.unit.speaker or "").startswith(speaker)
        )
        said = Evidence(letter, letter.start, letter.start + 10, 0.0, 0.9, odds=1.0)
        assert asking(index, seen, [said]) == pytest.approx(expected), speaker


def test_what_a_reader_made_of_papers_on_another_subject_does_not_count(found):
    index, seen = found
    certain = replace(of(index, "answer"), odds=9.0)
    calibration = abstaining.read_calibration()
    signs = abstaining.signs(index, seen.query, seen.hits, [certain])
    near, far = ({**signs, "cosine": cosine, "lexical": 0.0} for cosine in (0.9, 0.8))
    assert calibration.chance("reranked", near) > 0.9
    assert calibration.chance("reranked", far) == calibration.chance("written", far | {"none": -9.0}) == 0.0
    assert abstaining.reason(calibration, seen.query, seen.hits, [certain], far) == "off_topic"


@pytest.mark.parametrize(
    "question",
    [
        "Wat willen de leden van de commissie weten over telewerk?",
        "What do the members ask about telework?",
        "Was möchte der Ausschuss über Telearbeit wissen?",
        "Que demandent les membres de la commission sur le télétravail ?",
    ],
)
def test_who_asks_after_the_askers_is_answered_by_them(found, question):
    index, seen = found
    assert asking(index, seen, [replace(of(index, "question"), odds=2.0)], question) == 0.0
