"""The MCP tools, through the protocol's own client, over the page's own address."""

import asyncio
import json
import subprocess
import sys
import threading
import time
from itertools import cycle

import httpx
import pytest

from raadpleeg import cli, contracts
from raadpleeg.errors import SettingsError
from raadpleeg.testing import ScriptedGenerator
from raadpleeg.web import serving, tools

QUESTION = "Per welke datum is de thuiswerkregeling met Duitsland van toepassing?"
ASK = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
HEADERS = {"accept": "application/json, text/event-stream"}


@pytest.fixture(autouse=True)
def installed(request):
    if "without" in request.node.name:
        return
    try:
        tools.check_installed()
    except SettingsError as error:
        pytest.skip(f"NO MCP: the tools are not tested: {error}")


def with_client(served, do, **options):
    from mcp import Client

    async def talk():
        async with Client(f"{served.url}{tools.PATH}", **options) as client:
            return await do(client)

    return asyncio.run(talk())


def call(served, name, arguments, **options):
    return with_client(served, lambda client: client.call_tool(name, arguments), **options)


def timeless(answer):
    return {name: one for name, one in answer.items() if name != "timings_ms"}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_finds_four_tools_that_say_what_they_do(served, mode):
    listed = with_client(served, lambda client: client.list_tools(), mode=mode).tools
    assert [tool.name for tool in listed] == ["ask", "search", "cite", "show"]
    for tool in listed:
        assert len(tool.description) > 100
        assert "Raises" not in tool.description
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.open_world_hint is False
        assert all(one["description"] for one in tool.input_schema["properties"].values())
    by_name = {tool.name: tool.input_schema for tool in listed}
    assert by_name["ask"]["required"] == ["question"]
    assert by_name["show"]["required"] == ["document"]
    assert set(by_name["cite"]["properties"]) == {"reference", "quote"}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_give_the_contracts_json(served, mode):
    answer = call(served, "ask", {"question": QUESTION}, mode=mode)
    own = json.loads(json.dumps(contracts.answer_json(served.assistant.ask(QUESTION))))
    assert answer.is_error is not True
    assert timeless(answer.structured_content) == timeless(own)
    (text,) = answer.content
    assert json.loads(text.text) == answer.structured_content
    assert "ë" in text.text  # as it is written, not as \\u00eb
    hits = call(served, "search", {"question": QUESTION, "k": 2, "dossiers": ["35714"]}).structured_content["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2]
    place = call(served, "cite", {"quote": "per 1 januari 2026"}).structured_content["places"][0]
    assert place["match"] == "exact"
    paper = call(served, "show", {"document": "kst-35714-O"}).structured_content
    assert paper == json.loads(json.dumps(contracts.document_json(served.assistant.index.documents["kst-35714-O"])))


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("ask", {"question": " "}, "the question is empty"),
        ("ask", {}, "missing a required argument: 'question'"),
        ("ask", {"question": QUESTION, "vraag": "x"}, "unexpected keyword argument 'vraag'"),
        ("search", {"question": QUESTION, "k": "veel"}, "`k`: input should be a valid integer"),
        ("cite", {}, "give `reference`, or words as `quote`"),
        ("show", {"document": "35714, P"}, "not in the corpus"),
        ("delete", {}, "there is no tool 'delete'; there are ask, search, cite, show"),
    ],
)
def test_a_mistake_is_one_line_marked_as_an_error(served, name, arguments, told):
    result = call(served, name, arguments)
    assert result.is_error is True
    assert result.structured_content is None
    (line,) = result.content
    assert told in line.text
    assert "\n" not in line.text


def test_two_clients_at_once_each_get_their_own(served):
    async def both(client):
        return await asyncio.gather(
            client.call_tool("cite", {"reference": "35714, O, antwoord 3"}),
            client.call_tool("cite", {"reference": "35714, O, vraag 1"}),
        )

    units = [one.structured_content["places"][0]["unit"] for one in with_client(served, both)]
    assert units == ["Antwoord 3", "Vraag 1"]


def test_a_client_that_goes_away_stops_the_model(served, new_assistant):
    class Endless(ScriptedGenerator):
        def stream(self, messages, grammar=None):
            try:
                for word in cycle(["Het", "kabinet"]):
                    writing.set()
                    yield f"{word} "
                    time.sleep(0.005)
            except GeneratorExit:
                self.stopped += 1
                raise

    writing, writer = threading.Event(), Endless([])
    served.assistant = new_assistant(writer)

    async def give_up(client):
        task = asyncio.ensure_future(client.call_tool("ask", {"question": QUESTION}))
        while not writing.is_set():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with_client(served, give_up)
    ends = time.monotonic() + 15
    while not writer.stopped and time.monotonic() < ends:
        time.sleep(0.02)
    assert writer.stopped == 1


# --- who may call ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", [{"host": "papers.example:80"}, {"origin": "http://papers.example"}])
def test_a_page_of_another_host_is_refused(served, header):
    told = httpx.post(f"{served.url}{tools.PATH}", json=ASK, headers=HEADERS | header)
    assert told.status_code in (403, 421)
    assert "ask" not in told.text


def test_the_tools_are_there_only_where_they_were_asked_for(served, monkeypatch):
    asked = []
    monkeypatch.setattr(serving, "serve", lambda *arguments: asked.append(arguments[1:]))
    for words in (["serve"], ["serve", "--mcp"]):
        monkeypatch.setattr(sys, "argv", ["raadpleeg", *words])
        with pytest.raises(SystemExit):
            cli.main()
    assert asked == [("127.0.0.1", 7860, False), ("127.0.0.1", 7860, True)]


def test_without_its_package_nothing_is_started_and_one_line_says_so(tmp_path):
    code = "from raadpleeg.web import tools\nimport sys\nsys.modules['mcp'] = None\ntools.check_installed()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path)
    last = done.stderr.strip().splitlines()[-1]
    assert "SettingsError: --mcp needs the package `mcp`" in last
    assert "leave --mcp out" in last
