"""One hash for an encoder that is the user's own: it changes when the vectors would."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from raadpleeg.errors import ModelUnavailable
from raadpleeg.records import Progress, no_progress
from raadpleeg.weights.digests import digests

# What sentence-transformers may read from a folder to make vectors; other engines' copies of the weights are not that.
WEIGHTS = (".safetensors", ".bin")
OTHERS = (".json", ".txt", ".model")
FOREIGN = frozenset({"onnx", "openvino"})


def folder_fingerprint(folder: Path, remembered: Path, progress: Progress = no_progress) -> str:
    """Hash the weights, tokenizer and settings in `folder`; what was worked out is kept in the folder `remembered`.

    Raises:
        ModelUnavailable: no weights, or files that cannot be read.
    """
    paths = _files(folder)
    key = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    try:
        found = digests(paths, remembered / f"{key}.json", progress)
    except OSError as error:
        raise ModelUnavailable(f"{error.filename}: {error.strerror}; mend that or the setting `encoder`") from None
    return hashlib.sha256("".join(f"{name} {found[name]}\n" for name in sorted(found)).encode()).hexdigest()


def hub_snapshot(name: str) -> Path:
    """Give the folder in which the hub's client keeps `name` on this machine, downloading it where it is not there.

    Raises:
        ModelUnavailable: neither this machine nor the hub has it.
    """
    import huggingface_hub as hub

    # The hub's own short names belong to sentence-transformers.
    repository = name if "/" in name else f"sentence-transformers/{name}"
    try:
        return Path(hub.snapshot_download(repository, local_files_only=True))
    # Errors of the client, of its transport and of the system all mean that it is not on this machine.
    except Exception:
        wanted: dict[str, Any] = {
            "allow_patterns": [f"*{suffix}" for suffix in (*WEIGHTS, *OTHERS)],
            "ignore_patterns": [f"{name}/*" for name in FOREIGN],
        }
    try:
        return Path(hub.snapshot_download(repository, **wanted))
    except Exception as error:
        said = " ".join(str(error).split())[:200]
        raise ModelUnavailable(f"the hub gives no {name} ({said}); set `encoder` to a folder or to `default`") from None


def _files(folder: Path) -> dict[str, Path]:
    paths = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.suffix in WEIGHTS + OTHERS and path.is_file()
    }
    paths = {
        name: path
        for name, path in paths.items()
        if not any(part in FOREIGN or part.startswith(".") for part in name.split("/"))
    }
    weights = [path for path in paths.values() if path.suffix in WEIGHTS]
    if not weights:
        raise ModelUnavailable(f"{folder} holds no weights (*.safetensors); set `encoder` to another or to `default`")
    # With safetensors there, an older pickle beside it is never opened.
    if any(path.suffix == ".safetensors" for path in weights):
        paths = {name: path for name, path in paths.items() if path.suffix != ".bin"}
    return paths
