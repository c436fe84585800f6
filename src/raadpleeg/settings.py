"""The one page of settings: defaults, then ``raadpleeg.toml``, then ``RAADPLEEG_*`` in the environment.

Later sources win. Unknown keys are refused in both, and every number has bounds, so that a typing error is told at
once instead of being ignored for months.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from raadpleeg.errors import SettingsError

PREFIX = "RAADPLEEG_"
FILE = Path("raadpleeg.toml")

Share = Annotated[float, Field(ge=0.0, le=1.0)]


class Settings(BaseModel):
    """Everything that can be set. Read from a file and the environment by `load_settings`."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    # where things are
    corpus: Path = Field(Path("corpus"), description="folder with the papers")
    index: Path = Field(Path("index"), description="folder that `raadpleeg index` builds")
    cache: Path = Field(Path("~/.cache/raadpleeg"), description="folder that models are kept in")

    # models
    encoder: str = Field("default", description="`default`, a sentence-transformers folder, or a hub name")
    engine: Literal["llama.cpp", "transformers", "openai", "none"] = Field(
        "llama.cpp", description="what writes answers; `none` gives quotations only"
    )
    generator: str = Field(
        "default", description="`default`, a path (GGUF file or transformers folder), a hub name, or the server's model"
    )
    openai_base_url: str = Field("http://127.0.0.1:8000/v1", description="server for the engine `openai`")
    openai_api_key: SecretStr = Field(SecretStr("none"), description="key for that server")
    threads: int = Field(0, ge=0, le=256, description="processor threads for the models; 0 takes every core")

    # splitting
    passage_tokens: int = Field(160, ge=16, le=500, description="longest passage, in the encoder's tokens")

    # retrieval
    dense_weight: Share = Field(0.45, description="share of the dense arm in a passage's score")
    cosine_floor: float = Field(
        0.7, ge=-1.0, le=0.99, description="cosine that the encoder gives to texts that have nothing in common"
    )
    pool: int = Field(100, ge=1, le=10_000, description="candidates taken from each arm")
    top_k: int = Field(8, ge=1, le=1_000, description="hits given back where no number is asked for")

    # answering
    quotes: int = Field(3, ge=1, le=10, description="quotations shown before the model writes")
    evidence_sentences: int = Field(4, ge=1, le=20, description="sentences put before the model")
    evidence_tokens: int = Field(125, ge=50, le=4_000, description="longest evidence put before the model")
    answer_tokens: int = Field(160, ge=16, le=2_000, description="longest answer that the model may write")
    abstain_below: Share = Field(0.4, description="least chance that the papers answer, below which none is given")
    doubt_below: Share = Field(0.55, description="chance below which an answer says that it is not sure")
    quote_share: float = Field(
        0.3, gt=0.0, le=1.0, description="odds, beside those of the best, from which another quotation is shown too"
    )
    question_characters: int = Field(2_000, ge=10, le=100_000, description="longest question")


def load_settings(file: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from `file` (by default ``raadpleeg.toml``, where there is one) and the environment.

    Raises:
        SettingsError: a file that is not there or no TOML, an unknown key, or a value out of bounds.
    """
    values = _from_file(file) | _from_environment(os.environ if environment is None else environment)
    try:
        return Settings(**values)
    except ValidationError as error:
        raise SettingsError("; ".join(_in_words(one) for one in error.errors())) from None


def _from_file(file: Path | None) -> dict[str, Any]:
    if file is None and not FILE.is_file():
        return {}
    path = file or FILE
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}; name another file with --settings") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not TOML ({error}); mend that line") from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    # Windows keeps names of variables in capitals only, so the case of a name carries nothing.
    return {name[len(PREFIX) :].lower(): value for name, value in environment.items() if name.startswith(PREFIX)}


def _in_words(error: Any) -> str:
    key = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f"unknown setting '{key}'; the settings are: {', '.join(Settings.model_fields)}"
    return f"setting '{key}' = {error['input']!r}: {error['msg'].lower()}"
