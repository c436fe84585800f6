"""Hub models, their folders and GGUF files through transformers: for a GPU, or where llama.cpp is not to be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from threading import Event, Lock
from typing import Any

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GenerationConfig,
    StoppingCriteria,
    StoppingCriteriaList,
    TextStreamer,
)
from transformers.utils import logging as transformers_logging

from raadpleeg.answering.generators.threads import pieces
from raadpleeg.errors import GenerationFailed, ModelUnavailable
from raadpleeg.records import Message
from raadpleeg.settings import Settings

LOOKUP_TOKENS = 10
"""Tokens guessed at once from the prompt: answers copy from the evidence, so that the guess is often right."""


class TransformersGenerator:
    """One causal language model, loaded once. Writes one answer at a time; who asks meanwhile waits his turn."""

    def __init__(self, source: Path | str, settings: Settings) -> None:
        """Load the model, on the accelerator where there is one.

        Args:
            source: a GGUF file or a folder, neither of which calls on a hub, or a hub name.
            settings: `threads` (where set, for all of torch in this process) and `answer_tokens`.

        Raises:
            ModelUnavailable: nothing is there, it is damaged, or it is no model that chats.
        """
        if settings.threads:
            torch.set_num_threads(settings.threads)
        with _quiet(), redirect_stderr(StringIO()):  # the bar for unpacking GGUF minds no setting
            self._model, self._tokenizer = _load(source)
        self._config = _greedy(self._model.generation_config, self._tokenizer, settings.answer_tokens)
        self._model.generation_config = self._config  # what a hub model brings along samples, and warns when it may not
        path = Path(source)
        self._name = f"{path.name if path.exists() else source} (transformers)"
        self._turn = Lock()

    @property
    def name(self) -> str:
        """Model and engine, as shown under an answer."""
        return self._name

    def stream(self, messages: Sequence[Message], grammar: str | None = None) -> Iterator[str]:
        """Write the next message, the likeliest word each time, in whole words as they are written.

        Closing the iterator stops the engine within a token or so, once it has read the messages.

        Raises:
            GenerationFailed: a grammar is asked for, the messages do not fit, or the engine stopped.
        """
        if grammar is not None:
            raise GenerationFailed("the engine `transformers` knows no grammars; set `engine` to `llama.cpp`")

        def write(put: Callable[[str], None], cancelled: Event) -> None:
            try:
                with _quiet():
                    self._write(messages, put, cancelled)
            except GenerationFailed:
                raise
            except Exception as error:  # memory, devices, templates: anything may fail in there
                raise GenerationFailed(f"transformers stopped: {_line(error)}; try a shorter question") from error

        return pieces(write, self._turn)

    def _write(self, messages: Sequence[Message], put: Callable[[str], None], cancelled: Event) -> None:
        prompt = self._tokenizer.apply_chat_template(
            [dict(message) for message in messages],
            add_generation_prompt=True,
            return_dict=True,
            return_tensors="pt",
            enable_thinking=False,  # thoughts would use up the few tokens of an answer; other templates ignore it
        ).to(self._model.device)
        tokens = prompt["input_ids"].shape[1]
        longest = getattr(self._model.config, "max_position_embeddings", None)
        if longest is not None and tokens + self._config.max_new_tokens > longest:
            raise GenerationFailed(
                f"the prompt has {tokens} tokens, the answer {self._config.max_new_tokens}; the model takes {longest}; "
                "ask a shorter question, or set `evidence_tokens` lower"
            )
        self._model.generate(
            **prompt,
            generation_config=self._config,
            streamer=_Pieces(self._tokenizer, put),
            stopping_criteria=StoppingCriteriaList([_Cancelled(cancelled)]),
        )


class _Pieces(TextStreamer):
    def __init__(self, tokenizer: Any, put: Callable[[str], None]) -> None:
        super().__init__(tokenizer, skip_prompt=True, skip_special_tokens=True)
        self._put = put

    def on_finalized_text(self, text: str, stream_end: bool = False) -> None:
        if text:
            self._put(text)


class _Cancelled(StoppingCriteria):
    def __init__(self, cancelled: Event) -> None:
        self._cancelled = cancelled

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor, **_: Any) -> torch.Tensor:
        return torch.full((input_ids.shape[0],), self._cancelled.is_set(), device=input_ids.device)


def _load(source: Path | str) -> tuple[Any, Any]:
    models: Any = AutoModelForCausalLM
    path = Path(source).expanduser()
    where: dict[str, Any]
    if path.exists():
        where = {"pretrained_model_name_or_path": str(path), "local_files_only": True}
        if path.is_file():
            if not (find_spec("accelerate") and find_spec("gguf")):  # else it is found out after reading the whole file
                raise ModelUnavailable(
                    f"transformers reads {path.name} with two packages; run: pip install accelerate gguf"
                )
            where |= {"pretrained_model_name_or_path": str(path.parent), "gguf_file": path.name}
    elif isinstance(source, Path) or source.startswith((".", "/", "~")) or source.endswith(".gguf"):
        raise ModelUnavailable(f"{source}: no such file or folder; set `generator` to one that is there, or a hub name")
    else:
        where = {"pretrained_model_name_or_path": source}
    # Weights are kept as they were published; those of a GGUF file are unpacked, to half of what float32 takes.
    precision = torch.bfloat16 if "gguf_file" in where else "auto"
    try:
        tokenizer = AutoTokenizer.from_pretrained(**where)
        model = models.from_pretrained(**where, dtype=precision)
    except Exception as error:  # a damaged file ends in errors of every kind
        raise ModelUnavailable(
            f"transformers cannot open {source}: {_line(error)}; set `generator` to another model, "
            "or to a folder where no hub can be reached"
        ) from error
    if not tokenizer.chat_template:
        raise ModelUnavailable(f"{source} has no chat template; set `generator` to a model that was tuned to chat")
    if torch.accelerator.is_available():
        model = model.to(torch.accelerator.current_accelerator())
    return model.eval(), tokenizer


def _greedy(published: Any, tokenizer: Any, tokens: int) -> Any:
    config: Any = GenerationConfig
    ends = published.eos_token_id if published.eos_token_id is not None else tokenizer.eos_token_id
    first = ends[0] if isinstance(ends, list) else ends
    padding = tokenizer.pad_token_id
    return config(
        do_sample=False,
        max_new_tokens=tokens,
        prompt_lookup_num_tokens=LOOKUP_TOKENS,
        bos_token_id=published.bos_token_id,
        eos_token_id=ends,
        pad_token_id=padding if padding is not None else first,
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep progress bars and advice off stderr, and leave the caller's own settings as they were."""
    logging: Any = transformers_logging
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()


def _line(error: object) -> str:
    return " ".join(str(error).split())[:300]
