"""Any server that speaks OpenAI's chat completions: vLLM, llama.cpp's own, or a hosted one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from raadpleeg.errors import GenerationFailed, ModelUnavailable, RaadpleegError
from raadpleeg.records import Message
from raadpleeg.settings import Settings

SEED = 1
CONNECT_SECONDS = 2.5
READ_SECONDS = 120.0
"""Longest silence: a busy server may take long before its first word."""


class OpenAIGenerator:
    """A model on a server, first called when something is asked. Many may ask at once: the server sees to turns."""

    def __init__(self, model: str, settings: Settings) -> None:
        """Make the client; nothing is sent yet.

        Args:
            model: the server's name for it, or `default` for the first one that the server lists.
            settings: `openai_base_url`, `openai_api_key` and `answer_tokens`.

        Raises:
            ModelUnavailable: the client is not installed, or the address is no http address.
        """
        try:
            import openai
        except ImportError:
            raise ModelUnavailable("the OpenAI client is not installed; run: pip install 'raadpleeg[openai]'") from None
        self._url = _shown(settings.openai_base_url)
        self._client: Any = openai.OpenAI(
            base_url=settings.openai_base_url,
            api_key=settings.openai_api_key.get_secret_value(),
            timeout=openai.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            max_retries=0,
        )
        self._model = model
        self._tokens = settings.answer_tokens

    @property
    def name(self) -> str:
        """Model and server, as shown under an answer."""
        return f"{self._model} ({self._url})"

    def stream(self, messages: Sequence[Message], grammar: str | None = None) -> Iterator[str]:
        """Write the next message in pieces; closing the iterator hangs up, upon which a server stops writing.

        `grammar` is sent along as llama.cpp's servers take it; others may ignore or refuse it.

        Raises:
            GenerationFailed: the server refuses the messages, or stops half-way.
            ModelUnavailable: no server answers, the key is wrong, or it has no such model.
        """
        import openai

        try:
            answer = self._client.chat.completions.create(
                model=self._served(),
                messages=[dict(message) for message in messages],
                max_tokens=self._tokens,
                temperature=0,
                seed=SEED,
                stream=True,
                extra_body=None if grammar is None else {"grammar": grammar},
            )
            with answer:
                for chunk in answer:
                    for choice in chunk.choices:
                        if choice.delta.content:
                            yield choice.delta.content
        except openai.OpenAIError as error:
            raise self._in_words(error) from error
        except ValueError as error:  # what came is no JSON
            raise GenerationFailed(f"{self._url} answers, but not as OpenAI's; change `openai_base_url`") from error

    def _served(self) -> str:
        if self._model == "default":
            served = self._client.models.list().data
            if not served:
                raise ModelUnavailable(f"{self._url} serves no model; load one there, or set `generator` to its name")
            self._model = served[0].id
        return self._model

    def _in_words(self, error: Any) -> RaadpleegError:
        import openai

        what = " ".join(str(getattr(error, "message", error)).split())[:300]
        match error:
            case openai.APITimeoutError():
                return ModelUnavailable(
                    f"the server at {self._url} is silent; see whether it runs and is not overloaded"
                )
            case openai.APIConnectionError():
                return ModelUnavailable(f"no server answers at {self._url}; start it or change `openai_base_url`")
            case openai.AuthenticationError() | openai.PermissionDeniedError():
                return ModelUnavailable(f"{self._url} refuses the key; set `openai_api_key` (RAADPLEEG_OPENAI_API_KEY)")
            case openai.NotFoundError():
                return ModelUnavailable(
                    f"{self._url} has no model '{self._model}', or is no OpenAI address; "
                    "change `generator`, or `openai_base_url` (it often ends in /v1)"
                )
            case openai.RateLimitError():
                return GenerationFailed(f"{self._url} is asked too much at once ({what}); wait and ask again")
            case openai.BadRequestError():
                return GenerationFailed(
                    f"{self._url} refuses the request: {what}; where it is too long, set `evidence_tokens` lower"
                )
            case _:
                return GenerationFailed(f"{self._url} failed: {what}; see the server's log, then ask again")


def _shown(url: str) -> str:
    """Check the address, and leave out the user and password that it may carry."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(url)
        return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()
    except ValueError:
        raise ModelUnavailable(
            "`openai_base_url` is no http address; set it to one such as http://127.0.0.1:8000/v1"
        ) from None
