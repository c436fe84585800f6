"""Writes docs/cli.md (the help of every command) and docs/settings.md. `--check` fails where a page is old."""

import os
import subprocess
import sys
from pathlib import Path

from pydantic import SecretStr

from raadpleeg.settings import Settings

DOCS = Path(__file__).parent
COMMANDS = (
    "",
    "models",
    "models fetch",
    "models verify",
    "models list",
    "index",
    "search",
    "ask",
    "cite",
    "references",
    "questions",
    "verify",
    "serve",
    "eval",
    "gold",
    "gold review",
)


def cli_page() -> str:
    parts = ["# The command line\n\nWritten by `make docs` from the commands themselves.\n"]
    for command in COMMANDS:
        call = [sys.executable, "-m", "raadpleeg.cli", *command.split(), "--help"]
        environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
        told = subprocess.run(call, capture_output=True, text=True, check=True, env=environment).stdout
        lines = [line.rstrip() for line in told.replace("python -m raadpleeg.cli", "raadpleeg").splitlines()]
        name = f"raadpleeg {command}".strip()
        parts.append(f"## {name}\n\n```\n" + "\n".join(lines).strip("\n") + "\n```\n")
    return "\n".join(parts)


def settings_page() -> str:
    lines = [
        "# Settings",
        "",
        "Written by `make docs`. A setting stands in `raadpleeg.toml` (`passage_tokens = 200`) or in the environment",
        "(`RAADPLEEG_PASSAGE_TOKENS=200`), which wins. Unknown names are refused.",
        "",
        "| setting | default | bounds | meaning |",
        "|---|---|---|---|",
    ]
    for name, field in Settings.model_fields.items():
        default = field.default.get_secret_value() if isinstance(field.default, SecretStr) else field.default
        bounds = " ".join(str(one) for one in field.metadata).replace("Ge(ge=", "≥ ").replace("Le(le=", "≤ ")
        lines.append(f"| `{name}` | `{default}` | {bounds.replace(')', '')} | {field.description} |")
    return "\n".join(lines) + "\n"


PAGES = {"cli.md": cli_page, "settings.md": settings_page}

if __name__ == "__main__":
    old = []
    for name, make in PAGES.items():
        page = DOCS / name
        if "--check" not in sys.argv:
            page.write_text(make(), encoding="utf-8")
        elif not page.is_file() or page.read_text(encoding="utf-8") != make():
            old.append(name)
    sys.exit(f"docs/{', docs/'.join(old)}: old; run `make docs`" if old else 0)
