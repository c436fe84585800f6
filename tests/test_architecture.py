"""The shape of the house: which room may hold which heavy library, and that no stage looks back."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "raadpleeg"

ROOMS = {
    "faiss": "indexing",
    "bm25s": "indexing",
    "Stemmer": "indexing",
    "langchain_text_splitters": "indexing",
    "sentence_transformers": "indexing/embedding.py",
    "xllamacpp": "answering/generators",
    "openai": "answering/generators",
    "py3langid": "retrieval",
    "rapidfuzz": "lookup",
    "gradio": "web",
    "mcp": "web",
    "ir_measures": "evaluation",
    "typer": "cli",
    "tqdm": "cli.py",
    "safetensors": "weights",
    "pypdfium2": "reading/formats/pdf.py",
    "lxml": "reading/formats",
    "lark": "reading/references.py",
}

STAGES = ("reading", "indexing", "retrieval", "answering", "lookup", "evaluation")
"""In order of the way of the data; none imports a later one."""

LATE = frozenset(
    {
        "torch",
        "transformers",
        "sentence_transformers",
        "xllamacpp",
        "openai",
        "bm25s",
        "rapidfuzz",
        "ir_measures",
        "pypdfium2",
        "lxml",
        "docx",
        "lark",
    }
)
"""Imported inside the function that needs them, so that what does without them starts at once."""


BEHIND = frozenset({"answering/generators/transformers.py"})
"""Modules that are themselves imported late, by `open_generator`."""


def imports(path: Path):
    """Give every import of a module: its name, and whether it happens when the module is imported."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            yield name, node.col_offset == 0


MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_heavy_libraries_stay_in_their_room(path):
    place = path.relative_to(SOURCE).as_posix()
    for name, at_import in imports(path):
        top = name.split(".")[0]
        room = ROOMS.get(top)
        assert room is None or place.startswith(room), f"{place} imports {top}, which belongs to {room}"
        assert place in BEHIND or not (at_import and top in LATE), f"{place} imports {top} when it is itself imported"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_stage_looks_ahead(path):
    own = path.relative_to(SOURCE).parts[0]
    if own not in STAGES:
        return
    later = {f"raadpleeg.{stage}" for stage in STAGES[STAGES.index(own) + 1 :]} | {"raadpleeg.web", "raadpleeg.cli"}
    for name, _ in imports(path):
        assert ".".join(name.split(".")[:2]) not in later, f"{own} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_nothing_runs_at_import(path):
    """A module holds definitions and constants; no loop, no call for its effect."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        effect = isinstance(node, ast.For | ast.While | ast.With | ast.Try)
        called = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        wired = called and ast.unparse(node.value).startswith("app.add_typer")  # how typer nests commands
        assert not effect and (not called or wired), f"line {node.lineno}"
