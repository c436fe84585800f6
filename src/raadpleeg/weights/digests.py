"""sha256 of large files, worked out once and remembered beside them.

A sidecar holds, for each file, its sha256 with the size and the time of change that it had then. As long as those
agree the file is taken to be the same; where they do not, it is hashed again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from raadpleeg.errors import ModelUnavailable
from raadpleeg.records import Progress, no_progress

CHUNK = 1 << 22


def sha256_of(path: Path, progress: Progress = no_progress) -> str:
    """Hash the file `path`, whatever is remembered of it."""
    digest, size = hashlib.sha256(), path.stat().st_size
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            progress(f"checking {path.name}", stream.tell(), size)
    return digest.hexdigest()


def sidecar_of(path: Path) -> Path:
    """Where the sidecar of a file or folder in the cache stands: beside it, so that a folder keeps just its own."""
    return path.with_name(f"{path.name}.verified")


def digests(
    paths: Mapping[str, Path], sidecar: Path, progress: Progress = no_progress, *, afresh: bool = False
) -> dict[str, str]:
    """Give the sha256 of each of `paths`, hashing those that changed since `sidecar` was written, or all if `afresh`.

    Raises:
        OSError: a file that is not there or cannot be read.
    """
    known = {} if afresh else _read(sidecar)
    stamps = {}
    for name, path in paths.items():
        status = path.stat()
        stamp = {"size": status.st_size, "mtime_ns": status.st_mtime_ns}
        before = known.get(name, {})
        same = all(before.get(key) == value for key, value in stamp.items()) and isinstance(before.get("sha256"), str)
        stamps[name] = {"sha256": before["sha256"] if same else sha256_of(path, progress), **stamp}
    if stamps != known:
        _write(sidecar, stamps)
    return {name: str(stamp["sha256"]) for name, stamp in stamps.items()}


def verified(path: Path, sha256: str, progress: Progress = no_progress, *, afresh: bool = False) -> Path:
    """Give `path` back if its sha256 is `sha256`.

    Raises:
        ModelUnavailable: it is not there, cannot be read, or holds other bytes.
    """
    try:
        found = digests({path.name: path}, sidecar_of(path), progress, afresh=afresh)[path.name]
    except FileNotFoundError:
        raise ModelUnavailable(f"{path} is not there; run `raadpleeg models fetch`") from None
    except OSError as error:
        raise ModelUnavailable(f"{path} cannot be read ({error.strerror}); mend its rights or disk") from None
    if found != sha256:
        raise ModelUnavailable(
            f"{path} is damaged (sha256 {found}, expected {sha256}); run `raadpleeg models fetch` to get it again"
        )
    return path


def remember(path: Path, sha256: str) -> None:
    """Note that `path`, which was just written and hashed on the way, has this sha256."""
    status = path.stat()
    stamp = {"sha256": sha256, "size": status.st_size, "mtime_ns": status.st_mtime_ns}
    _write(sidecar_of(path), {path.name: stamp})


def _read(sidecar: Path) -> dict[str, dict[str, object]]:
    try:
        stamps = json.loads(sidecar.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    # A sidecar only saves time: what cannot be used is worked out again.
    if not isinstance(stamps, dict) or not all(isinstance(stamp, dict) for stamp in stamps.values()):
        return {}
    return stamps


def _write(sidecar: Path, stamps: Mapping[str, Mapping[str, object]]) -> None:
    writing = sidecar.with_name(f"{sidecar.name}.{os.getpid()}")
    try:
        sidecar.parent.mkdir(parents=True, exist_ok=True)
        writing.write_text(json.dumps(stamps, indent=1) + "\n", encoding="utf-8")
        writing.replace(sidecar)
    except OSError:
        # A cache that may only be read still works; its files are then hashed each time.
        with suppress(OSError):
            writing.unlink()
