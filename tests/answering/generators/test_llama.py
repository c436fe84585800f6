import math
import sys
import threading
import time

import pytest

from raadpleeg.answering.generators import open_generator
from raadpleeg.answering.generators.llama import LlamaGenerator, context_length
from raadpleeg.errors import GenerationFailed, ModelUnavailable
from raadpleeg.settings import Settings

SHORT = Settings(answer_tokens=24)
SOURCE = (
    "Uit cijfers van het CBS blijkt dat in 2023 ongeveer 41.000 inwoners van België in Nederland werkten. "
    "De evaluatie van het belastingverdrag met Duitsland wordt in het voorjaar van 2027 aan beide Kamers gezonden."
)


def ask(question):
    return [
        {"role": "system", "content": "Antwoord in één volledige Nederlandse zin, met de woorden van de bron."},
        {"role": "user", "content": f"Bron: {SOURCE}\n\nVraag: {question}"},
    ]


BELGIANS = ask("Hoeveel inwoners van België werkten in 2023 in Nederland?")
TREATY = ask("Wanneer gaat de evaluatie van het belastingverdrag naar de Kamers?")


@pytest.fixture(scope="module")
def generator(generator_file):
    return LlamaGenerator(generator_file, SHORT)


def test_streams_a_dutch_answer_in_pieces(generator):
    pieces = list(generator.stream(BELGIANS))
    answer = "".join(pieces)
    assert len(pieces) > 3
    assert "41.000" in answer
    assert "inwoners van België" in answer


def test_same_question_same_answer_whatever_was_asked_between(generator):
    first = "".join(generator.stream(BELGIANS))
    treaty = "".join(generator.stream(TREATY))
    assert "2027" in treaty
    assert "".join(generator.stream(BELGIANS)) == first
    assert "".join(generator.stream(TREATY)) == treaty


def test_writes_no_more_than_is_set(generator):
    story = [{"role": "user", "content": "Vertel een lang verhaal over een fiets."}]
    assert 10 < len(list(generator.stream(story))) <= SHORT.answer_tokens


def test_closing_half_way_stops_and_the_next_question_is_answered(generator):
    stream = generator.stream([{"role": "user", "content": "Tel van een tot honderd."}])
    next(stream)
    next(stream)
    started = time.perf_counter()
    stream.close()
    assert time.perf_counter() - started < 2
    assert not [thread for thread in threading.enumerate() if thread.name == "raadpleeg-generator"]
    assert "41.000" in "".join(generator.stream(BELGIANS))


def test_an_error_of_the_reader_stops_the_engine(generator):
    def read():
        for _ in generator.stream(TREATY):
            raise LookupError

    with pytest.raises(LookupError):
        read()
    assert not [thread for thread in threading.enumerate() if thread.name == "raadpleeg-generator"]


def test_two_at_once_both_get_whole_answers(generator):
    alone = ["".join(generator.stream(messages)) for messages in (BELGIANS, TREATY)]
    together = ["", ""]

    def read(place, messages):
        together[place] = "".join(generator.stream(messages))

    threads = [threading.Thread(target=read, args=pair) for pair in enumerate((BELGIANS, TREATY))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == alone


@pytest.mark.parametrize("question", ["Schijnt de zon overdag?", "Vertel een verhaal."])
def test_a_grammar_leaves_no_other_words(generator, question):
    messages = [{"role": "user", "content": question}]
    assert "".join(generator.stream(messages, grammar='root ::= "ja" | "nee"')) in {"ja", "nee"}


def test_a_broken_grammar_is_told_in_one_line(generator):
    with pytest.raises(GenerationFailed, match="grammar") as told:
        list(generator.stream(TREATY, grammar="root ::= ("))
    assert "\n" not in str(told.value)


def test_a_prompt_that_does_not_fit_is_told_with_its_mend(generator):
    with pytest.raises(GenerationFailed, match=r"opened for 2048; ask a shorter question.*evidence_tokens") as told:
        list(generator.stream([{"role": "user", "content": "woord " * 5000}]))
    assert "\n" not in str(told.value)
    with pytest.raises(GenerationFailed, match="shorter question"):
        generator.choice_probabilities([{"role": "user", "content": "woord " * 5000}], ["A"])


def test_probabilities_of_choices(generator):
    messages = [{"role": "user", "content": "Hoeveel is 2 + 2? A: drie. B: vier. Antwoord met één letter."}]
    a, b, absent = generator.choice_probabilities(messages, ["A", "B", "geenenkelwoord"])
    assert b > a
    assert 0 <= a + b <= 1 + 1e-6
    assert absent == 0
    again = generator.choice_probabilities(messages, ["B"])
    assert math.isclose(again[0], b, abs_tol=0.05)


def test_name(generator, generator_file):
    assert generator.name == f"{generator_file.name} (llama.cpp)"


def test_nothing_is_printed_and_nothing_listens_on_the_network(generator_file, capfd):
    generator = open_generator(SHORT, generator_file)
    list(generator.stream(TREATY))
    next(generator.stream(BELGIANS))
    address = generator._server.listening_address
    del generator
    assert capfd.readouterr() == ("", "")
    if sys.platform != "win32":
        assert address.startswith("unix://")


@pytest.mark.parametrize("damage", ["text", "header", "half"])
def test_a_file_that_is_no_model(generator_file, tmp_path, capfd, damage):
    path = tmp_path / "model.gguf"
    with generator_file.open("rb") as file:
        path.write_bytes({"text": b"dit is tekst", "header": file.read(64), "half": file.read(20_000_000)}[damage])
    if damage != "text":
        path.write_bytes(b"GGUF" + path.read_bytes()[4:])
    with pytest.raises(ModelUnavailable, match=r"model\.gguf .*`raadpleeg models (fetch|verify)`") as told:
        LlamaGenerator(path, SHORT)
    assert "\n" not in str(told.value)
    assert capfd.readouterr() == ("", "")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ModelUnavailable, match=r"none\.gguf: No such file.*raadpleeg models fetch"):
        LlamaGenerator(tmp_path / "none.gguf", SHORT)
    with pytest.raises(ModelUnavailable, match="raadpleeg models fetch"):
        LlamaGenerator(tmp_path, SHORT)


def test_the_extra_is_not_installed(generator_file, monkeypatch):
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(ModelUnavailable, match=r"pip install 'raadpleeg\[llama\]'"):
        LlamaGenerator(generator_file, SHORT)


def test_context_follows_the_settings():
    assert context_length(Settings()) == 2048
    assert context_length(Settings(evidence_tokens=4000, answer_tokens=2000)) >= 600 + 4000 + 2000


def test_no_engine_no_generator():
    assert open_generator(Settings(engine="none"), "default") is None
