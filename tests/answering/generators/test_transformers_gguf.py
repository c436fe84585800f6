import pytest

from raadpleeg.answering.generators import open_generator
from raadpleeg.settings import Settings


def test_opens_a_gguf_file_and_answers_in_dutch(generator_file, capfd):
    pytest.importorskip("accelerate")
    pytest.importorskip("gguf")
    generator = open_generator(Settings(engine="transformers", answer_tokens=24), generator_file)
    question = "Uit cijfers blijkt dat 41.000 inwoners van België in Nederland werkten. Hoeveel inwoners waren dat?"
    assert "41.000" in "".join(generator.stream([{"role": "user", "content": question}]))
    assert generator.name == f"{generator_file.name} (transformers)"
    assert capfd.readouterr() == ("", "")
