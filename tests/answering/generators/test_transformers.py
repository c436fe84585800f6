import threading

import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.decoders import ByteLevel as ByteLevelDecoder
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.trainers import BpeTrainer
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GenerationConfig,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen2Tokenizer,
)
from transformers.utils import logging

from raadpleeg.answering.generators import open_generator
from raadpleeg.errors import GenerationFailed, ModelUnavailable
from raadpleeg.settings import Settings

TEXT = "de staatssecretaris antwoordt op een vraag van de kamer over de regeling voor grenswerkers in België "
TEMPLATE = "{% for m in messages %}<start> {{ m['role'] }} {{ m['content'] }} <eind> {% endfor %}<start> assistant "
QUESTION = [{"role": "user", "content": "vraag de staatssecretaris het antwoord"}]
TOKENS = 20


def save(folder, positions=256, template=TEMPLATE):
    """A tiny model with random weights that never ends by itself; like many, it asks to sample."""
    words = Tokenizer(BPE())
    words.pre_tokenizer = ByteLevel(add_prefix_space=False)
    words.decoder = ByteLevelDecoder()
    special = ["<start>", "<eind>"]
    trainer = BpeTrainer(special_tokens=special, initial_alphabet=ByteLevel.alphabet(), show_progress=False)
    words.train_from_iterator([TEXT] * 3, trainer)
    tokenizer = Qwen2Tokenizer(tokenizer_object=words, eos_token="<eind>", pad_token=None)
    tokenizer.chat_template = template
    tokenizer.save_pretrained(folder)
    torch.manual_seed(1)
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=positions,
    )
    model = Qwen2ForCausalLM(config)
    with torch.no_grad():
        model.lm_head.weight[: len(special) + 256] = 0  # no end, and no single bytes
    model.generation_config = GenerationConfig(do_sample=True, temperature=0.7, top_k=20, top_p=0.8)
    model.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return save(tmp_path_factory.mktemp("tiny"))


def opened(source, tokens=TOKENS):
    return open_generator(Settings(engine="transformers", answer_tokens=tokens), source)


@pytest.fixture(scope="module")
def generator(folder):
    return opened(folder)


def plain(folder, tokens):
    """What the model writes greedily, without lookup, threads or pieces."""
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder)
    prompt = tokenizer.apply_chat_template(QUESTION, add_generation_prompt=True, return_dict=True, return_tensors="pt")
    ids = prompt["input_ids"]
    for _ in range(tokens):
        likeliest = model(ids).logits[0, -1].argmax()
        if likeliest == tokenizer.eos_token_id:
            break
        ids = torch.cat([ids, likeliest.reshape(1, 1)], dim=1)
    return tokenizer.decode(ids[0, prompt["input_ids"].shape[1] :], skip_special_tokens=True)


def test_streams_what_greedy_writing_gives_and_stops_at_the_most(generator, folder, capfd):
    pieces = list(generator.stream(QUESTION))
    assert len(pieces) > 1
    assert list(generator.stream(QUESTION)) == pieces
    assert capfd.readouterr() == ("", "")
    assert "".join(pieces) == plain(folder, TOKENS)


def test_opening_prints_nothing_and_leaves_settings_of_the_caller(folder, capfd):
    before = logging.get_verbosity(), logging.is_progress_bar_enabled()
    opened(folder)
    assert capfd.readouterr() == ("", "")
    assert (logging.get_verbosity(), logging.is_progress_bar_enabled()) == before


def test_closing_half_way_stops_and_the_next_question_is_answered(tmp_path):
    endless = opened(save(tmp_path, positions=4000), tokens=2000)
    stream = endless.stream(QUESTION)
    first = next(stream)
    stream.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "raadpleeg-generator"]
    again = endless.stream(QUESTION)
    assert next(again) == first
    again.close()


def test_two_at_once_both_get_whole_answers(generator):
    whole = list(generator.stream(QUESTION))
    got = []
    threads = [threading.Thread(target=lambda: got.append(list(generator.stream(QUESTION)))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [whole, whole]


def test_a_grammar_is_refused(generator):
    with pytest.raises(GenerationFailed, match=r"no grammars; set `engine` to `llama\.cpp`"):
        generator.stream(QUESTION, grammar='root ::= "ja"')


def test_a_prompt_that_does_not_fit(generator):
    with pytest.raises(GenerationFailed, match=r"the model takes 256; ask a shorter question"):
        list(generator.stream([{"role": "user", "content": "de regeling " * 200}]))


def test_a_template_that_refuses(tmp_path):
    strict = opened(save(tmp_path, template="{{ raise_exception('no such role') }}"))
    with pytest.raises(GenerationFailed, match="no such role") as told:
        list(strict.stream(QUESTION))
    assert "\n" not in str(told.value)


def test_a_model_that_does_not_chat(tmp_path):
    with pytest.raises(ModelUnavailable, match="has no chat template"):
        opened(save(tmp_path, template=None))


@pytest.mark.parametrize("source", ["./none", "/none/at/all", "none.gguf"])
def test_nothing_there(source, tmp_path):
    with pytest.raises(ModelUnavailable, match="no such file or folder"):
        opened(source)
    with pytest.raises(ModelUnavailable, match="no such file or folder"):
        opened(tmp_path / "none")


def test_a_gguf_file_without_what_reads_it(tmp_path, monkeypatch):
    (tmp_path / "model.gguf").touch()
    monkeypatch.setattr("raadpleeg.answering.generators.transformers.find_spec", lambda _: None)
    with pytest.raises(ModelUnavailable, match=r"model\.gguf with two packages; run: pip install accelerate gguf"):
        opened(tmp_path / "model.gguf")


def test_files_that_are_no_model(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr("raadpleeg.answering.generators.transformers.find_spec", lambda _: True)
    (tmp_path / "model.gguf").write_bytes(b"GGUF" + b"\0" * 60)
    for source in (tmp_path, tmp_path / "model.gguf"):
        with pytest.raises(ModelUnavailable, match=r"transformers cannot open .*set `generator`") as told:
            opened(source)
        assert "\n" not in str(told.value)
    assert capfd.readouterr() == ("", "")


def test_name(generator, folder):
    assert generator.name == f"{folder.name} (transformers)"
