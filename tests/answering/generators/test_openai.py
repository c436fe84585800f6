import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from raadpleeg.answering.generators import open_generator
from raadpleeg.errors import GenerationFailed, ModelUnavailable
from raadpleeg.settings import Settings

KEY = "sleutel"
QUESTION = [
    {"role": "system", "content": "Antwoord in één Nederlandse zin."},
    {"role": "user", "content": "Wat is de hoofdstad van Nederland?"},
]


@pytest.fixture(scope="module")
def server(generator_file):
    """A real server of llama.cpp."""
    xllamacpp = pytest.importorskip("xllamacpp")
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(generator_file)
    parameters.n_ctx = 512
    parameters.verbosity = -1
    parameters.api_keys = [KEY]
    server = xllamacpp.Server(parameters)
    yield server.listening_address + "/v1"
    del server


def generator(url, key=KEY, model="default", tokens=24):
    settings = Settings(engine="openai", openai_base_url=url, openai_api_key=key, answer_tokens=tokens)
    return open_generator(settings, model)


def answered(status, body, content_type="application/json"):
    """A server that gives one fixed reply to everything."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815  # the name that http.server looks for

        def log_message(self, *_):
            pass

    httpd = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    return httpd


def test_streams_in_pieces_and_names_the_model_served(server, capfd):
    amsterdam = generator(server)
    pieces = list(amsterdam.stream(QUESTION))
    assert len(pieces) > 1
    assert "Amsterdam" in "".join(pieces)
    assert "default" not in amsterdam.name
    assert amsterdam.name.endswith(f"({server})")
    assert capfd.readouterr() == ("", "")


def test_hanging_up_half_way_frees_the_server(server):
    story = generator(server, tokens=400)
    stream = story.stream([{"role": "user", "content": "Vertel een lang verhaal."}])
    next(stream)
    stream.close()
    started = time.perf_counter()
    assert "Amsterdam" in "".join(generator(server).stream(QUESTION))
    assert time.perf_counter() - started < 20


def test_a_grammar_is_sent_along(server):
    assert "".join(generator(server).stream(QUESTION, grammar='root ::= "ja" | "nee"')) in {"ja", "nee"}


@pytest.mark.parametrize("model", ["default", "qwen"])
def test_a_wrong_key_is_told_in_one_line(server, model):
    with pytest.raises(ModelUnavailable, match="refuses the key; set `openai_api_key`") as told:
        list(generator(server, key="geheim-en-fout", model=model).stream(QUESTION))
    assert "\n" not in str(told.value)
    assert "geheim" not in str(told.value)


def test_a_prompt_that_does_not_fit(server):
    with pytest.raises(GenerationFailed, match=r"context size.*evidence_tokens") as told:
        list(generator(server).stream([{"role": "user", "content": "woord " * 2000}]))
    assert "\n" not in str(told.value)


def test_no_server_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    with pytest.raises(ModelUnavailable, match=f"no server answers at http://127.0.0.1:{port}/v1; start it or change"):
        list(generator(f"http://127.0.0.1:{port}/v1").stream(QUESTION))
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    ("status", "body", "error", "told"),
    [
        (404, b'{"error": {"message": "no such model"}}', ModelUnavailable, r"has no model 'qwen'.*change `generator`"),
        (429, b'{"error": {"message": "slow down"}}', GenerationFailed, r"slow down.*wait"),
        (500, b'{"error": {"message": "out of\\nmemory"}}', GenerationFailed, r"out of memory.*log"),
        (200, b"data: {not json\n\n", GenerationFailed, r"not as OpenAI's; change `openai_base_url`"),
        (200, b'data: {"error": {"message": "stopped half-way"}}\n\n', GenerationFailed, r"stopped half-way"),
    ],
)
def test_other_failures_are_one_line_with_a_mend(status, body, error, told):
    httpd = answered(status, body, "text/event-stream" if status == 200 else "application/json")
    try:
        with pytest.raises(error, match=told) as raised:
            list(generator(f"http://127.0.0.1:{httpd.server_port}/v1", model="qwen").stream(QUESTION))
        assert "\n" not in str(raised.value)
    finally:
        httpd.shutdown()
        httpd.server_close()


def test_a_server_without_models():
    httpd = answered(200, b'{"object": "list", "data": []}')
    try:
        with pytest.raises(ModelUnavailable, match="serves no model"):
            list(generator(f"http://127.0.0.1:{httpd.server_port}/v1").stream(QUESTION))
    finally:
        httpd.shutdown()
        httpd.server_close()


def test_a_password_in_the_address_is_not_shown():
    assert generator("http://ik:geheim@localhost:1/v1?a=b", model="qwen").name == "qwen (http://localhost:1/v1)"


@pytest.mark.parametrize("url", ["localhost:8000", "ftp://localhost/v1", "http://", "http://[::1/v1"])
def test_no_address(url):
    with pytest.raises(ModelUnavailable, match="`openai_base_url` is no http address"):
        generator(url)


def test_the_extra_is_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(ModelUnavailable, match=r"pip install 'raadpleeg\[openai\]'"):
        generator("http://127.0.0.1:1/v1")
