"""The page without a browser: what a question goes through, and what starting it checks."""

import asyncio
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import pytest

from raadpleeg import wiring
from raadpleeg.answering.assistant import Assistant
from raadpleeg.errors import IndexMissing, ModelUnavailable, PortInUse, SettingsError
from raadpleeg.indexing import generation
from raadpleeg.indexing.building import build
from raadpleeg.retrieval.filters import Filter
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder, ScriptedGenerator
from raadpleeg.web import asking, serving
from raadpleeg.web.asking import Asked, Run
from raadpleeg.web.page import build_app
from raadpleeg.web.rendering import Turn
from raadpleeg.web.texts import EN, NL

SETTINGS = Settings(abstain_below=0.0)
PAPER = """Geachte voorzitter,

Het kabinet wil verkennen of er in Benelux-verband stappen gezet kunnen worden voor grenswerkers.

De minister zal de Kamer in het najaar van 2026 informeren over de uitkomsten van het overleg met Duitsland.
"""
QUESTION = "Wat wil het kabinet voor grenswerkers in Benelux-verband verkennen?"
ANSWER = "Het kabinet wil verkennen of er in Benelux-verband stappen gezet kunnen worden voor grenswerkers."


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    corpus, folder = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    (corpus / "brief.txt").write_text(PAPER, encoding="utf-8")
    encoder = HashedEncoder()
    build(corpus, folder, lambda: encoder, encoder.weights, SETTINGS.passage_tokens)
    return generation.open_index(folder, encoder)


@pytest.fixture
def assistant(index):
    return Assistant(index, HashedEncoder(), ScriptedGenerator([ANSWER]), SETTINGS)


def in_a_loop(coroutine):
    """Run a coroutine in a thread of its own: the main one may have the browser's loop running."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def turns(get_assistant, stop_after=None, question=QUESTION, asked=None):
    async def collect():
        run, seen = Run(), []
        async for turn in asking.turns(run, Turn(1, question, NL.searching), get_assistant, NL, asked or Asked()):
            seen.append(turn)
            if stop_after and stop_after(turn):
                run.stop()
        return seen

    return in_a_loop(collect())


# --- a question ------------------------------------------------------------------------------------------------------


def test_a_question_goes_from_quotations_over_drafts_to_its_answer(assistant):
    seen = turns(lambda: assistant)
    assert seen[0].quotes is not None
    assert seen[0].draft is None
    assert seen[-1].answer is not None
    assert ANSWER in seen[-1].answer.text
    assert seen[-1].draft is None
    assert all(turn.question == QUESTION for turn in seen)


def test_a_question_is_understood_from_those_before_it(index):
    writer = ScriptedGenerator([ANSWER])
    turns(lambda: Assistant(index, HashedEncoder(), writer, SETTINGS), question="En daarna?", asked=Asked((QUESTION,)))
    (messages,) = writer.asked
    assert f"{QUESTION} En daarna?" in str(messages)


def test_a_filter_that_lets_nothing_through_ends_in_no_answer_and_shows_nothing_else(assistant):
    seen = turns(lambda: assistant, asked=Asked(wanted=Filter(dossiers=("99999",))))
    assert seen[-1].answer.abstained
    assert seen[-1].answer.hits == ()
    assert seen[-1].quotes is None


def test_a_question_waits_for_the_models(assistant, monkeypatch):
    monkeypatch.setattr(asking, "LOOK_AGAIN", 0.001)
    answers = iter([None, None, assistant])
    seen = turns(lambda: next(answers))
    assert [turn.status for turn in seen[:2]] == [NL.loading, NL.searching]
    assert seen[-1].answer is not None


def test_models_that_could_not_be_loaded_end_the_question_in_one_line():
    def get():
        raise ModelUnavailable("the weights are gone; run `raadpleeg models fetch`")

    (turn,) = turns(get)
    assert turn.ended == NL.failed.format("the weights are gone; run `raadpleeg models fetch`")


def test_what_nobody_foresaw_is_logged_and_told_without_details(index, caplog):
    silent = Assistant(index, HashedEncoder(), ScriptedGenerator([]), SETTINGS)
    turn = turns(lambda: silent)[-1]
    assert turn.ended == NL.broken
    assert turn.quotes is not None  # what was found stays
    assert "the script has no more answers" in caplog.text


def test_stopping_ends_the_question_and_closes_the_model(index):
    class Endless(ScriptedGenerator):
        def stream(self, messages, grammar=None):
            try:
                for word in cycle(ANSWER.split()):
                    yield f"{word} "
                    time.sleep(0.005)
            except GeneratorExit:
                self.stopped += 1
                raise

    writer = Endless([])
    slow = Assistant(index, HashedEncoder(), writer, SETTINGS)
    seen = turns(lambda: slow, stop_after=lambda turn: turn.draft is not None)
    assert seen[-1].ended == NL.stopped
    assert seen[-1].answer is None
    for thread in threading.enumerate():
        if thread.name == "raadpleeg-ask":
            thread.join(10)
    assert writer.stopped == 1


def test_stopping_while_the_models_are_loaded_ends_the_question():
    seen = turns(lambda: None, stop_after=lambda turn: turn.status == NL.loading)
    assert seen[-1].ended == NL.stopped


def test_a_model_that_keeps_silent_is_told_and_the_quotes_are_there_meanwhile(index, monkeypatch):
    monkeypatch.setattr(asking, "PATIENCE", 0.05)
    released = threading.Event()

    class Held(ScriptedGenerator):
        def stream(self, messages, grammar=None):
            released.wait(10)  # as when another question is being answered first
            yield from super().stream(messages, grammar)

    def once_told(turn):
        if turn.status == NL.waiting:
            assert turn.quotes is not None
            released.set()
        return False

    seen = turns(lambda: Assistant(index, HashedEncoder(), Held([ANSWER]), SETTINGS), stop_after=once_told)
    assert NL.waiting in [turn.status for turn in seen]
    assert seen[-1].answer is not None


def test_the_page_can_be_built_in_both_languages(assistant):
    async def built(texts):  # outside a running loop Gradio opens loops for its locks, and never closes them
        return build_app(lambda: assistant, SETTINGS, texts).get_config_file()

    for texts in (NL, EN):
        config = in_a_loop(built(texts))
        assert config["title"] == texts.name
        assert not config["analytics_enabled"]


# --- starting --------------------------------------------------------------------------------------------------------


def load(open_assistant):
    loading = serving.Loading(open_assistant)
    loading._load()
    return loading


def test_loading_gives_the_assistant_and_what_is_missing(assistant):
    loading = load(lambda: (assistant, "no writer"))
    assert loading.assistant() is assistant
    assert loading.notice() == "no writer"
    assert serving.Loading(lambda: (assistant, None)).assistant() is None


def test_a_failed_load_keeps_failing_with_its_line(capsys):
    def fail():
        raise IndexMissing("there is no index in index; run `raadpleeg index`")

    loading = load(fail)
    for _ in range(2):
        with pytest.raises(IndexMissing, match="run `raadpleeg index`"):
            loading.assistant()
    assert capsys.readouterr().err == "raadpleeg: there is no index in index; run `raadpleeg index`\n"


def test_a_load_that_breaks_is_a_line_too(caplog):
    def fail():
        raise RuntimeError("out of memory")

    loading = load(fail)
    with pytest.raises(ModelUnavailable, match="out of memory"):
        loading.assistant()
    assert "out of memory" in caplog.text


def test_without_a_writer_the_page_has_quotations(index, monkeypatch):
    def no_writer(settings):
        raise ModelUnavailable("the generator is missing; run `raadpleeg models fetch`")

    monkeypatch.setattr(wiring, "open_encoder", lambda settings: HashedEncoder())
    monkeypatch.setattr(wiring, "open_writer", no_writer)
    monkeypatch.setattr(generation, "open_index", lambda folder, encoder: index)
    assistant, notice = serving.open_for_page(SETTINGS)
    assert notice == "the generator is missing; run `raadpleeg models fetch`"
    assert assistant.ask(QUESTION).generator is None


def test_a_port_in_use_is_told_before_anything_is_loaded():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortInUse, match=f"^port {port} is in use; choose another with --port, or stop what runs"):
            serving.check_port("127.0.0.1", port)
    serving.check_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(SettingsError, match="--host"):
        serving.check_port("192.0.2.1", 7860)


def test_without_an_index_nothing_is_started(tmp_path):
    with pytest.raises(IndexMissing, match="run `raadpleeg index`"):
        serving.serve(Settings(index=tmp_path))
