from pathlib import Path

import pytest

from raadpleeg.errors import SettingsError
from raadpleeg.settings import load_settings


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "raadpleeg.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_environment_wins_over_the_file_and_the_file_over_defaults(tmp_path):
    path = write(tmp_path, 'top_k = 4\npool = 50\nengine = "none"\n')
    settings = load_settings(path, {"RAADPLEEG_POOL": "60", "HOME": "/"})
    assert (settings.top_k, settings.pool, settings.engine, settings.quotes) == (4, 60, "none", 3)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("topk = 4", "unknown setting 'topk'; the settings are: corpus, index"),
        ("top_k = 0", "'top_k' = 0"),
        ("dense_weight = 1.5", "'dense_weight' = 1.5"),
        ('engine = "gpt"', "'engine' = 'gpt'"),
        ("top_k = ", "is not TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, text, told):
    with pytest.raises(SettingsError, match=told):
        load_settings(write(tmp_path, text), {})


def test_a_key_is_not_shown(tmp_path):
    settings = load_settings(write(tmp_path, 'openai_api_key = "geheim"'), {})
    assert "geheim" not in repr(settings)
    assert settings.openai_api_key.get_secret_value() == "geheim"
