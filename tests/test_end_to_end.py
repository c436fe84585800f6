"""The whole main job with the real models on the two papers."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from raadpleeg.contracts import answer_json
from raadpleeg.evaluation.gold import read_gold, resolve
from raadpleeg.evaluation.run import evaluate
from raadpleeg.indexing.blocks import in_context
from raadpleeg.indexing.generation import open_index
from raadpleeg.wiring import build_index, open_assistant, open_encoder

GOLD = read_gold([Path(__file__).parents[1] / "eval" / "gold" / "first.jsonl"])
ANSWERABLE = [item for item in GOLD if item.answerable]
QUESTION = "Per welke datum is de thuiswerkregeling met Duitsland van toepassing?"


def hold(answer, assistant):
    for citation in answer.citations:
        document = assistant.index.documents[citation.document]
        assert document.text[citation.start : citation.end] == citation.quote
        assert document.page_at(citation.start) == citation.page
        if citation.found:
            start, end = citation.found
            assert citation.start <= start < end <= citation.end
            assert 0 < end - start < len(citation.quote)
    cited = {number for sentence in answer.sentences for number in sentence.citations}
    assert cited == {citation.number for citation in answer.citations}
    assert answer.abstained == (not answer.sentences)


def test_the_date_of_the_arrangement_with_germany(real_assistant):
    answer = real_assistant.ask(QUESTION)
    hold(answer, real_assistant)
    assert not answer.abstained
    assert re.search("1 januari 2026", answer.text)
    assert any(one.document == "kst-35714-O" and "1 januari 2026" in one.quote for one in answer.citations)
    assert answer.timings.first_quote < answer.timings.first_token < answer.timings.total
    json.dumps(answer_json(answer))


def test_a_german_question_gets_a_german_answer_from_dutch_words(real_assistant):
    answer = real_assistant.ask("Ab wann gilt die Homeoffice-Regelung mit Deutschland?")
    hold(answer, real_assistant)
    assert answer.language == "de"
    assert any("1 januari 2026" in one.quote for one in answer.citations)


@pytest.mark.parametrize("item", GOLD, ids=lambda item: item.id)
def test_every_quote_stands_where_it_says(real_assistant, item):
    answer = real_assistant.ask(item.question, quotes_only=True)
    hold(answer, real_assistant)
    assert {one.verdict for one in answer.sentences} <= {"quoted"}


def test_a_short_question_goes_on_from_the_one_before_unless_it_is_strange_to_the_papers(real_assistant):
    path = Path(__file__).parents[1] / "eval" / "conversation" / "pairs.jsonl"
    pairs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    taken = {True: [], False: []}
    for pair in pairs:
        query = real_assistant._find(pair["question"], [pair["before"]]).query
        taken[pair["leans"]].append(query.full != query.text)
    assert sum(taken[True]) >= 0.8 * len(taken[True])
    assert sum(taken[False]) <= 0.2 * len(taken[False])


def test_a_strange_question_within_a_conversation_is_not_answered(real_assistant):
    answer = real_assistant.ask("Wie schilderde de Nachtwacht?", quotes_only=True, history=[QUESTION])
    assert answer.abstained
    assert answer.reason == "off_topic"


def test_the_evidence_is_found(real_assistant):
    spans = {item.id: resolve(item, real_assistant.index.documents) for item in ANSWERABLE}
    result = evaluate(ANSWERABLE, spans, real_assistant, {}, retrieval_only=True)
    assert len(result.values["R@5"]) == len(ANSWERABLE) == 20
    assert result.mean("R@5") >= 0.9
    assert result.mean("RR") >= 0.8


@pytest.mark.parametrize(
    "question", ["Hoe maak je een appeltaart?", "Wie won het wereldkampioenschap voetbal in 2022?"]
)
def test_what_the_papers_are_not_about_is_said_at_once(real_assistant, question):
    answer = real_assistant.ask(question)
    assert answer.abstained
    assert answer.timings.first_token is None
    assert answer.citations == ()


def test_the_same_question_gets_the_same_answer(real_assistant):
    question = "Met welke landen zijn in 2025 verdragen getekend?"
    first, second = real_assistant.ask(question), real_assistant.ask(question)
    assert (first.sentences, first.citations, first.hits) == (second.sentences, second.citations, second.hits)


def test_the_saved_vectors_are_the_encoders(real_settings):
    encoder = open_encoder(real_settings)
    index = open_index(real_settings.index, encoder)
    stored = index.store.vectors(np.arange(3))
    fresh = encoder.encode_passages([in_context(passage) for passage in index.passages[:3]])
    assert (np.sum(stored * fresh, axis=1) > 0.9999).all()
    longest = max(index.passages, key=lambda passage: encoder.count_tokens(passage.text))
    assert encoder.count_tokens(longest.text) <= real_settings.passage_tokens


def test_nothing_is_embedded_twice(real_settings):
    report = build_index(real_settings)
    assert (report.changed, report.embedded) == (False, 0)


def test_without_an_engine_answers_are_quotations(real_settings):
    assistant = open_assistant(real_settings.model_copy(update={"engine": "none"}))
    answer = assistant.ask(QUESTION)
    hold(answer, assistant)
    assert answer.generator is None
    assert {one.verdict for one in answer.sentences} == {"quoted"}
