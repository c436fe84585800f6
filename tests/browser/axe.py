"""Finds axe-core: where RAADPLEEG_AXE says, in the cache, or through npm; it is no part of the package."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

VERSION = "4.10.3"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async rules => (await axe.run(document, {runOnly: rules})).violations.map(one => ({
  id: one.id, impact: one.impact, nodes: one.nodes.map(node => node.html.slice(0, 200)),
}))"""


def script() -> str:
    """Give axe-core's source, or skip and say so."""
    if named := os.environ.get("RAADPLEEG_AXE"):
        return Path(named).read_text(encoding="utf-8")
    folder = Path("~/.cache/raadpleeg-tests").expanduser() / f"axe-{VERSION}"
    file = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("NO AXE: npm is not installed, so accessibility is not tested; install it or set RAADPLEEG_AXE")
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", f"axe-core@{VERSION}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode or not file.is_file():
            pytest.skip(f"NO AXE: npm could not fetch it, so accessibility is not tested: {done.stderr.strip()[:200]}")
    return file.read_text(encoding="utf-8")
