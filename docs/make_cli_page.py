"""Writes docs/cli.md: the help of every command, as the command line prints it. `--check` fails if the page is old."""

import os
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).with_name("cli.md")
COMMANDS = ("", "models", "models fetch", "models verify", "models list", "index", "search", "ask", "serve", "eval")


def page() -> str:
    parts = ["# The command line\n\nWritten by `make docs` from the commands themselves.\n"]
    for command in COMMANDS:
        call = [sys.executable, "-m", "raadpleeg.cli", *command.split(), "--help"]
        environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
        told = subprocess.run(call, capture_output=True, text=True, check=True, env=environment).stdout
        name = f"raadpleeg {command}".strip()
        text = "\n".join(line.rstrip() for line in told.replace("python -m raadpleeg.cli", "raadpleeg").splitlines())
        parts.append(f"## {name}\n\n```\n{text.strip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if PAGE.read_text(encoding="utf-8") == page() else "docs/cli.md is old; run `make docs`")
    PAGE.write_text(page(), encoding="utf-8")
