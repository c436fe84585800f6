"""What many tests need: the real models, fetched once, and small papers with fakes behind the seams."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from raadpleeg import models as weights
from raadpleeg import wiring
from raadpleeg.answering.assistant import Assistant
from raadpleeg.indexing.building import build
from raadpleeg.indexing.generation import Index, open_index
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder, ScriptedGenerator

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last: Playwright keeps a loop running in this thread, and asyncio allows no second."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(scope="session")
def models() -> Path:
    """The cache, with the default models in it."""
    cache = Settings().cache.expanduser()
    weights.fetch(cache)
    return cache


@pytest.fixture(scope="session")
def generator_file(models: Path) -> Path:
    """The GGUF file of the default generator."""
    if named := os.environ.get("RAADPLEEG_TEST_GGUF"):
        return Path(named)
    return Path(weights.generator_source(Settings()))


@pytest.fixture(scope="session")
def hashed_index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The two papers, indexed with the fake encoder."""
    folder = tmp_path_factory.mktemp("hashed") / "index"
    encoder = HashedEncoder()
    build(CORPUS, folder, lambda: encoder, encoder.weights, Settings().passage_tokens)
    return open_index(folder, encoder)


@pytest.fixture
def assistant(hashed_index: Index) -> Callable[..., Assistant]:
    """Makes an assistant on the two papers whose generator says what it is told, or has no generator."""

    def make(answers: Sequence[str] | None = None, **settings: object) -> Assistant:
        chosen = Settings(abstain_below=0.0, cosine_floor=0.0).model_copy(update=settings)
        generator = None if answers is None else ScriptedGenerator(answers)
        return Assistant(hashed_index, HashedEncoder(), generator, chosen)

    return make


@pytest.fixture(scope="session")
def real_settings(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The default settings, with the two papers indexed by the real encoder."""
    settings = Settings(corpus=CORPUS, index=tmp_path_factory.mktemp("real") / "index")
    wiring.build_index(settings)
    return settings


@pytest.fixture(scope="session")
def real_assistant(real_settings: Settings) -> Assistant:
    """Both real models on the two papers."""
    return wiring.open_assistant(real_settings)
