"""GGUF files through llama.cpp (xllamacpp), inside this process: the default, and the fastest on a plain processor."""

from __future__ import annotations

import math
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Event, Lock
from typing import Any

from raadpleeg.answering.generators.threads import pieces, usable_cores
from raadpleeg.errors import GenerationFailed, ModelUnavailable
from raadpleeg.records import Message
from raadpleeg.settings import Settings

SEED = 1
CANDIDATES = 200
"""Tokens whose probability is asked for: a choice that is not among them has next to none."""


class LlamaGenerator:
    """One GGUF model, loaded once. Writes one answer at a time; who asks meanwhile waits his turn."""

    def __init__(self, source: Path | str, settings: Settings) -> None:
        """Load the model.

        Raises:
            ModelUnavailable: llama.cpp is not installed, or the file is missing, damaged or too large to load.
        """
        path = Path(source).expanduser()
        self._server = _load(_checked(path), settings)
        self._name = f"{path.name} (llama.cpp)"
        self._tokens = settings.answer_tokens
        self._turn = Lock()

    @property
    def name(self) -> str:
        """File and engine, as shown under an answer."""
        return self._name

    def stream(self, messages: Sequence[Message], grammar: str | None = None) -> Iterator[str]:
        """Write the next message, the likeliest word each time, in pieces as they are written.

        Closing the iterator stops the engine within a token, or within one batch where it is still reading.

        Raises:
            GenerationFailed: the messages do not fit, the grammar is no GBNF, or the engine stopped.
        """
        request = _request(messages, self._tokens) | {"stream": True, "return_progress": True}
        if grammar is not None:
            request["grammar"] = grammar

        def write(put: Callable[[str], None], cancelled: Event) -> None:
            failures: list[Any] = []

            def receive(chunk: dict[str, Any]) -> bool:  # true stops the engine; progress comes as empty chunks
                if "error" in chunk:
                    failures.append(chunk["error"])
                for choice in chunk.get("choices", ()):
                    if text := choice["delta"].get("content"):
                        put(text)
                return cancelled.is_set()

            _ask(self._server, request, receive)
            if failures:
                raise _failure(failures[0])

        return pieces(write, self._turn)

    def choice_probabilities(self, messages: Sequence[Message], choices: Sequence[str]) -> tuple[float, ...]:
        """Give the probability of each choice to be the first token of the next message.

        They need not add up to one: the rest is on other tokens. A choice that is longer than one token of the model
        gets 0, as does one outside its first 200.

        Raises:
            GenerationFailed: the messages do not fit, or the engine stopped.
        """
        request = _request(messages, 1) | {"logprobs": True, "top_logprobs": CANDIDATES}
        with self._turn:
            answer = _ask(self._server, request)
        if "error" in answer:
            raise _failure(answer["error"])
        likely = answer["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
        chances = {one["token"]: math.exp(one["logprob"]) for one in likely}
        return tuple(chances.get(choice, 0.0) for choice in choices)


def context_length(settings: Settings) -> int:
    """Give the least context that holds the instructions, the longest question, the evidence and the answer.

    Evidence is counted in the encoder's tokens, of which a generator needs up to half as many again for Dutch; a
    question has three characters a token, or more.
    """
    instructions = 600
    needed = instructions + settings.question_characters // 3 + settings.evidence_tokens * 3 // 2
    return max(2048, math.ceil((needed + settings.answer_tokens) / 256) * 256)


def _checked(path: Path) -> Path:
    mend = "run `raadpleeg models fetch`, or set `generator` to a GGUF file"
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except OSError as error:
        raise ModelUnavailable(f"{path}: {error.strerror}; {mend}") from None
    if magic != b"GGUF":
        raise ModelUnavailable(f"{path} is not a GGUF file; {mend}")
    return path


def _load(path: Path, settings: Settings) -> Any:
    try:
        import xllamacpp
    except ImportError:
        raise ModelUnavailable("llama.cpp is not installed; run: pip install 'raadpleeg[llama]'") from None
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.n_ctx = context_length(settings)
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = settings.threads or usable_cores()
    parameters.enable_reasoning = 0  # thoughts would use up the few tokens of an answer
    parameters.cache_ram_mib = 0  # the slot keeps the last prompt; older ones would only fill memory
    parameters.cache_idle_slots = False
    parameters.verbosity = -1  # it logs to stderr
    # The engine insists on listening. A socket in a private folder that is gone once it is up can be reached by nobody.
    parameters.ui = False
    parameters.api_keys = [secrets.token_urlsafe(32)]
    with tempfile.TemporaryDirectory(prefix="raadpleeg-") as folder:
        if os.name == "posix":
            parameters.hostnames = [str(Path(folder) / "s.sock")]
        try:
            return xllamacpp.Server(parameters)
        except Exception:
            raise ModelUnavailable(
                f"{path} cannot be loaded: damaged, too large for this machine's memory, or newer than this llama.cpp; "
                "run `raadpleeg models verify`, or set `generator` to another GGUF file"
            ) from None


def _request(messages: Sequence[Message], tokens: int) -> dict[str, Any]:
    return {
        "messages": [dict(message) for message in messages],
        "max_tokens": tokens,
        "temperature": 0,
        "seed": SEED,
        "cache_prompt": True,
    }


def _ask(server: Any, request: dict[str, Any], receive: Callable[[dict[str, Any]], bool] | None = None) -> Any:
    try:
        return server.handle_chat_completions(request, receive) if receive else server.handle_chat_completions(request)
    except Exception as error:
        raise GenerationFailed(f"llama.cpp stopped: {_line(error)}; ask again") from error


def _failure(error: dict[str, Any]) -> GenerationFailed:
    if error.get("type") == "exceed_context_size_error":
        return GenerationFailed(
            f"the prompt has {error['n_prompt_tokens']} tokens and the model was opened for {error['n_ctx']}; "
            "ask a shorter question, or set `evidence_tokens` lower"
        )
    return GenerationFailed(f"llama.cpp refused: {_line(error.get('message'))}")


def _line(error: object) -> str:
    return " ".join(str(error).split())
