import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.evaluation.gold import Item, Quoted, Span
from raadpleeg.evaluation.measures import MEASURES, contains, exact, f1, measure, normalised, normalised_nl
from raadpleeg.records import Document, Metadata

TEXT = "De regeling geldt per 1 januari 2026. De minister zegt nee."
DOCUMENTS = {"a": Document("a", "", TEXT, (0,), (), (), (), Metadata(), "")}
ITEM = Item("q", "Wanneer?", "nl", "date", True, "per 1 januari 2026", ("1 januari",), (Quoted("a", "x"),))
NONE = Item("n", "Waar?", "nl", "near-miss", False, None, (), (), reason="not_stated")
SPANS = (Span("a", 0, 37),)


def answer(*sentences, citations=((1, 0, 37),), reason=None):
    return {
        "answer": " ".join(f"{text} {''.join(f'[{number}]' for number in cited)}" for text, cited in sentences),
        "abstained": reason is not None,
        "reason": reason,
        "sentences": [{"text": text, "citations": list(cited), "verdict": "supported"} for text, cited in sentences],
        "citations": [
            {"number": number, "document": "a", "start": start, "end": end, "quote": TEXT[start:end]}
            for number, start, end in citations
        ],
        "timings_ms": {"retrieve": 1.0, "first_quote": 2.0, "first_token": None, "total": 5.0},
    }


RIGHT = answer(("De regeling geldt per 1 januari 2026.", [1]))


def test_a_right_answer():
    values = measure(ITEM, RIGHT, SPANS, DOCUMENTS)
    assert (values["must"], values["refused"], values["contains-nl"]) == (1.0, 0.0, 1.0)
    assert (values["cite-P"], values["cite-R"], values["found"]) == (1.0, 1.0, 1.0)
    assert (values["inexact"], values["foreign"]) == (0.0, 0.0)
    assert values["EM"] == 0.0
    assert 0.5 < values["F1"] < 1.0
    assert (values["first_quote_ms"], values["first_token_ms"], values["total_ms"]) == (2.0, 5.0, 5.0)


def test_citations_beside_the_evidence_cost_precision_and_sentences_cost_recall():
    mixed = answer(("Zo is het.", [1]), ("En zo.", [2]), citations=((1, 0, 37), (2, 38, len(TEXT))))
    values = measure(ITEM, mixed, SPANS, DOCUMENTS)
    assert (values["cite-P"], values["cite-R"], values["found"], values["must"]) == (0.5, 0.5, 1.0, 0.0)


def test_a_refusal_of_what_the_papers_answer():
    values = measure(ITEM, answer(citations=(), reason="not_stated"), SPANS, DOCUMENTS)
    assert values["refused"] == 1.0
    assert [values[name] for name in ("must", "F1", "cite-P", "cite-R", "found")] == [0.0] * 5


@pytest.mark.parametrize(
    ("given_reason", "fabricated", "reason"), [(None, 1.0, 0.0), ("off_topic", 0.0, 0.0), ("not_stated", 0.0, 1.0)]
)
def test_unanswerable_questions(given_reason, fabricated, reason):
    given_answer = answer(citations=(), reason=given_reason) if given_reason else RIGHT
    values = measure(NONE, given_answer, (), DOCUMENTS)
    assert (values["fabricated"], values["reason"]) == (fabricated, reason)
    assert "must" not in values


def test_a_quotation_that_is_off_by_one_and_a_number_that_stands_for_nothing():
    shifted = answer(("Zo.", [1]))
    shifted["citations"][0]["start"] += 1
    assert measure(ITEM, shifted, SPANS, DOCUMENTS)["inexact"] == 1.0
    quoted = answer((TEXT[:37], [1]))
    quoted["sentences"][0]["verdict"] = "quoted"
    assert measure(ITEM, quoted, SPANS, DOCUMENTS)["inexact"] == 0.0
    quoted["sentences"][0]["text"] += " En meer."
    assert measure(ITEM, quoted, SPANS, DOCUMENTS)["inexact"] == 1.0
    foreign = answer(("Zo.", [1, 7]))
    assert measure(ITEM, foreign, SPANS, DOCUMENTS)["foreign"] == 1.0


def test_every_measure_has_a_value_for_each_question_of_its_population():
    answerable, unanswerable = measure(ITEM, RIGHT, SPANS, DOCUMENTS), measure(NONE, RIGHT, (), DOCUMENTS)
    told = [one for one in MEASURES if not one.name.startswith(("nDCG", "R@", "RR"))]
    assert {one.name for one in told if one.population != "unanswerable"} == answerable.keys()
    assert {one.name for one in told if one.population != "answerable"} == unanswerable.keys()


# What the official script of SQuAD 1.1 makes of these, worked out from its rules.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Panthers, a team.", "panthers team"),
        ("An answer", "answer"),
        ("24–10", "24–10"),
        ("$1.2 million", "12 million"),
        ("  Beyoncé's   mother ", "beyoncés mother"),
        ("the the", ""),
        ("theatre", "theatre"),
    ],
)
def test_the_stock_normaliser(text, expected):
    assert normalised(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.000 euro", "€1000"),
        ("12,5%", "12.5 procent"),
        ("01-01-2026", "1 januari 2026"),
        ("De “minister”", "minister"),
        ("het kabinet [2]", "kabinet"),
        ("’s-Gravenhage", "'s-gravenhage"),
    ],
)
def test_the_dutch_normaliser_sees_the_same_in_two_writings(one, other):
    assert normalised_nl(one) == normalised_nl(other)


def test_the_dutch_normaliser_keeps_numbers_apart():
    assert normalised_nl("34 dagen") != normalised_nl("3,4 dagen")
    assert normalised_nl("1 januari 2026") != normalised_nl("1 januari 2025")


@given(st.text(max_size=60), st.text(max_size=60))
def test_words_shared(one, other):
    for normalise in (normalised, normalised_nl):
        a, b = normalise(one), normalise(other)
        assert 0.0 <= f1(a, b) <= 1.0
        assert f1(a, b) == f1(b, a)
        assert exact(a, b) <= contains(a, b)
        assert not a or f1(a, a) == 1.0
