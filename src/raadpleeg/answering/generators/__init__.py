"""The engines that write: one behind each name of the setting `engine`, all of them a `Generator`.

Each engine is imported only when it is asked for, so that the others need not be installed.
"""

from __future__ import annotations

from pathlib import Path

from raadpleeg.records import Generator
from raadpleeg.settings import Settings


def open_generator(settings: Settings, source: Path | str) -> Generator | None:
    """Open the engine that the settings name.

    Args:
        settings: `engine` chooses; `threads`, `answer_tokens` and the lengths of a prompt shape it.
        source: what to write with: a GGUF file, a folder, a hub name, or the name that a server gives its model.

    Returns:
        The generator, or None where the engine is `none` and answers are quotations only.

    Raises:
        ModelUnavailable: the engine is not installed, or `source` is missing, damaged, or nothing that it can open.
    """
    match settings.engine:
        case "llama.cpp":
            from raadpleeg.answering.generators.llama import LlamaGenerator

            return LlamaGenerator(source, settings)
        case "transformers":
            from raadpleeg.answering.generators.transformers import TransformersGenerator

            return TransformersGenerator(source, settings)
        case "openai":
            from raadpleeg.answering.generators.openai import OpenAIGenerator

            return OpenAIGenerator(str(source), settings)
        case "none":
            return None
