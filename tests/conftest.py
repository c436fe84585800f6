from pathlib import Path

import pytest

from raadpleeg import models as weights
from raadpleeg.settings import Settings


@pytest.fixture(scope="session")
def models() -> Path:
    """The cache, with the default models in it."""
    cache = Settings().cache.expanduser()
    weights.fetch(cache)
    return cache
