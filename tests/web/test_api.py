"""The endpoints for programs: the contracts' JSON, mistakes in one line, and the documented examples."""

import asyncio
import json
import logging
import re
import shutil
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from io import StringIO
from itertools import cycle
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from hypothesis import given, settings
from hypothesis import strategies as st

from raadpleeg import contracts
from raadpleeg.errors import BadQuestion, IndexMissing, RaadpleegError
from raadpleeg.lookup.places import cite
from raadpleeg.lookup.quoting import quote
from raadpleeg.retrieval.filters import Filter
from raadpleeg.testing import ScriptedGenerator
from raadpleeg.web import api
from raadpleeg.web.api import Doors
from raadpleeg.web.page import build_app
from raadpleeg.web.tools import check_installed

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
SAID = "Deze regeling is per 1 januari 2026 van toepassing."
QUESTION = "Per welke datum is de thuiswerkregeling met Duitsland van toepassing?"


def fetch(served, name, /, **arguments):
    """Call as curl does; gives the event and its data."""
    put = httpx.post(f"{served.url}/gradio_api/call/v2/{name}", json=arguments)
    if put.status_code != 200:
        return str(put.status_code), put.json()
    got = httpx.get(f"{served.url}/gradio_api/call/{name}/{put.json()['event_id']}", timeout=60)
    event, data = re.fullmatch(r"event: (\w+)\ndata: (.*)\n\n+", got.text, re.S).groups()
    return event, json.loads(data)


def value(served, name, /, **arguments):
    event, data = fetch(served, name, **arguments)
    assert event == "complete", data
    (only,) = data
    return only


def timeless(answer):
    return {name: one for name, one in answer.items() if name != "timings_ms"}


def plain(value):
    """As JSON has it: lists where records have tuples."""
    return json.loads(json.dumps(value))


# --- what they give --------------------------------------------------------------------------------------------------


def test_ask_gives_what_the_command_prints(served):
    given = value(served, "ask", question=QUESTION)
    own = plain(contracts.answer_json(served.assistant.ask(QUESTION)))
    assert list(given) == list(own)
    assert timeless(given) == timeless(own)
    assert given["citations"][0]["quote"]
    assert given["model"]["generator"] == "scripted"
    assert value(served, "ask", question=QUESTION, quotes_only=True)["model"]["generator"] is None


def test_search_gives_what_the_command_prints(served):
    given = value(served, "search", question=QUESTION, k=3)
    assert given == plain(contracts.search_json(QUESTION, served.assistant.search(QUESTION, 3)))
    assert len(given["hits"]) == 3
    assert len(value(served, "search", question=QUESTION)["hits"]) == served.settings.top_k


def test_cite_gives_what_the_command_prints(served):
    index = served.assistant.index
    given = value(served, "cite", reference="35714, O, antwoord 3")
    assert given == plain(contracts.cite_json(cite("35714, O, antwoord 3", served.opened.web(index))))
    assert given["places"][0]["unit"] == "Antwoord 3"
    words = "Deze regeling is per 1 januari 2027 van toepassing."
    found = value(served, "cite", quote=words)
    assert found == plain(contracts.cite_json(quote(words, served.opened.quotable(index))))
    assert found["places"][0]["match"] == "near"


@pytest.mark.parametrize("document", ["kst-35714-O", "35714, O"])
def test_show_gives_what_the_command_prints(served, document):
    given = value(served, "show", document=document)
    assert given == plain(contracts.document_json(served.assistant.index.documents["kst-35714-O"]))


def test_filters_and_history_reach_the_search(served):
    hits = value(served, "search", question="telewerk", dossiers=["31 585"])["hits"]
    assert {one["document"] for one in hits} == {"kst-31585-35714-J"}
    kept = {"chambers": ["I"], "speakers": ["staatssecretaris"], "since": "2026", "until": "2026-12"}
    hits = value(served, "search", question="telewerk", **kept)["hits"]
    own = served.assistant.search(
        "telewerk", 5, (), Filter(chambers=("I",), speakers=("staatssecretaris",), since="2026", until="2026-12")
    )
    assert [one["start"] for one in hits] == [one.passage.start for one in own]
    assert {one["document"] for one in hits} == {"kst-35714-O"}
    assert value(served, "ask", question=QUESTION, documents=["kst-9"])["reason"] == "not_in_corpus"
    leaning, before = "En per welke datum?", ["Geldt de thuiswerkregeling met Duitsland al?"]
    with_history = value(served, "search", question=leaning, history=before, k=1)["hits"]
    assert "thuiswerkregeling" in with_history[0]["text"]
    assert with_history != value(served, "search", question=leaning, k=1)["hits"]


def test_a_paper_that_comes_later_can_be_cited(served, new_assistant, tmp_path):
    from raadpleeg.indexing.building import build
    from raadpleeg.indexing.generation import open_index
    from raadpleeg.testing import HashedEncoder

    assert not value(served, "cite", quote="De heide bloeit paars in augustus")["found"]
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "brief.txt").write_text("De heide bloeit paars in augustus.\n", encoding="utf-8")
    encoder = HashedEncoder()
    build(tmp_path / "corpus", tmp_path / "index", lambda: encoder, encoder.weights, 160)
    served.assistant = new_assistant(index=open_index(tmp_path / "index", encoder))
    assert value(served, "cite", quote="De heide bloeit paars in augustus")["found"]


# --- mistakes --------------------------------------------------------------------------------------------------------

MISTAKES = [
    ("ask", {}, "missing a required argument: 'question'"),
    ("ask", {"question": ""}, "the question is empty"),
    ("ask", {"question": 7}, "`question`: input should be a valid string"),
    ("ask", {"question": "x" * 3000}, "3,000 characters, at most 2,000"),
    ("ask", {"question": "Wat?", "history": "Wie?"}, "`history`: input should be a valid list"),
    ("ask", {"question": "Wat?", "history": ["?"]}, "the question is empty"),
    ("ask", {"question": "Wat?", "history": ["Wie?"] * 101}, "`history`: list should have at most 100 items"),
    ("ask", {"question": "Wat?", "quotes_only": "nee"}, "`quotes_only`: input should be a valid boolean"),
    ("search", {"question": "Wat?", "k": 0}, "`k`: input should be greater than or equal to 1"),
    ("search", {"question": "Wat?", "k": True}, "`k`: input should be a valid integer"),
    ("search", {"question": "Wat?", "chambers": ["III"]}, "`chambers.0`: input should be 'I' or 'II'"),
    ("search", {"question": "Wat?", "since": "gisteren"}, "'gisteren' is no date"),
    ("cite", {}, "give `reference`, or words as `quote`"),
    ("cite", {"reference": "35714, O", "quote": "de"}, "give `reference`, or words as `quote`"),
    ("cite", {"reference": ""}, "the reference is empty"),
    ("cite", {"quote": "…"}, "the quotation is empty"),
    ("show", {"document": "../../etc/passwd"}, "no reference that can be read"),
    ("show", {"document": "35714, P"}, "not in the corpus"),
]


@pytest.mark.parametrize(("name", "arguments", "told"), MISTAKES, ids=lambda one: str(one)[:40])
def test_a_mistake_is_one_line(served, capfd, name, arguments, told):
    event, data = fetch(served, name, **arguments)
    assert event == "error"
    assert told in data["error"]
    assert "\n" not in data["error"]
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_name_that_is_no_argument_is_told(served, capfd):
    status, data = fetch(served, "ask", question=QUESTION, vraag="x")
    assert (status, data) == ("400", {"error": "Parameter `vraag` is not a valid key-word argument."})
    assert "Traceback" not in "".join(capfd.readouterr())


def test_the_python_client_is_told_the_same(served):
    client = Client(served.url, verbose=False)
    with pytest.raises(AppError, match=r"^the question is empty; ask something in words$"):
        client.predict(question="  ", api_name="/ask")


def test_an_assistant_that_could_not_be_opened_is_told(served):
    served.assistant = IndexMissing("there is no index in index; run `raadpleeg index`")
    assert fetch(served, "ask", question=QUESTION)[1]["error"] == "there is no index in index; run `raadpleeg index`"


def test_what_nobody_foresaw_is_logged_and_told_without_details(served, new_assistant, caplog, capfd):
    served.assistant = new_assistant(ScriptedGenerator([]))
    event, data = fetch(served, "ask", question=QUESTION)
    assert (event, data["error"]) == ("error", api.BROKEN)
    assert "the script has no more answers" in caplog.text
    assert "the script has no more answers" not in capfd.readouterr().out


def test_a_call_waits_for_the_models_and_not_for_ever(served, monkeypatch):
    monkeypatch.setattr(api, "LOOK_AGAIN", 0.01)
    ready, answers = served.assistant, iter([None, None])
    doors = Doors(lambda: next(answers, ready), served.settings)
    assert asyncio.run(doors.search(QUESTION, 1))["hits"]
    monkeypatch.setattr(api, "READY_WITHIN", 0.05)
    with pytest.raises(RaadpleegError, match="still being loaded"):
        asyncio.run(Doors(lambda: None, served.settings).search(QUESTION))


@settings(max_examples=60, deadline=None)
@given(
    arguments=st.dictionaries(
        st.sampled_from(["question", "k", "history", "dossiers", "chambers", "since", "reference", "quote", "x"]),
        st.none()
        | st.booleans()
        | st.integers(-5, 5)
        | st.text(max_size=8)
        | st.lists(st.text(max_size=4), max_size=3),
        max_size=4,
    )
)
def test_whatever_is_sent_is_answered_or_refused_in_one_line(new_assistant, arguments):
    ready = new_assistant()
    for door in Doors(lambda: ready, ready._settings).all():
        if api.name_of(door) == "ask":
            continue  # as `search`, but slower
        try:
            assert isinstance(asyncio.run(door(**arguments)), dict)
        except RaadpleegError as error:
            assert str(error).splitlines() == [str(error)]
            assert str(error) != api.BROKEN


# --- several at once -------------------------------------------------------------------------------------------------


class Endless(ScriptedGenerator):
    """Writes until it is stopped."""

    def __init__(self):
        super().__init__([])
        self.writing, self.enough = threading.Event(), threading.Event()

    def stream(self, messages, grammar=None):
        try:
            for word in cycle(SAID.split()):
                self.writing.set()
                if self.enough.is_set():
                    return
                yield f"{word} "
                time.sleep(0.005)
        except GeneratorExit:
            self.stopped += 1
            raise


def test_a_caller_who_goes_away_stops_the_model(new_assistant):
    writer = Endless()
    ready = new_assistant(writer)

    async def go_away():
        task = asyncio.ensure_future(Doors(lambda: ready, ready._settings).ask(QUESTION))
        while not writer.writing.is_set():
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(go_away())
    ends = time.monotonic() + 10
    while not writer.stopped and time.monotonic() < ends:
        time.sleep(0.01)
    assert writer.stopped == 1


def test_a_lookup_does_not_wait_for_an_answer_that_is_being_written(served, new_assistant):
    writer = Endless()
    served.assistant = new_assistant(writer)
    job = Client(served.url, verbose=False).submit(question=QUESTION, api_name="/ask")
    assert writer.writing.wait(30)
    assert value(served, "cite", reference="35714, O, antwoord 3")["found"]
    assert value(served, "ask", question=QUESTION, quotes_only=True)["citations"]
    assert not job.done()
    writer.enough.set()
    assert job.result(30)["abstained"] is False


# --- as documented ---------------------------------------------------------------------------------------------------


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def here(block, served):
    assert "http://127.0.0.1:7860" in block
    return block.replace("http://127.0.0.1:7860", served.url)


def test_the_documented_python_runs(served):
    first, mistake = (block for block in blocks("python") if "gradio_client" in block)
    told = StringIO()
    with redirect_stdout(told):
        exec(here(first, served), {})
    assert "1 januari 2026" in told.getvalue()
    assert "Kamerstukken I 2025/26, 35714, O, p. 6" in told.getvalue()
    assert "near [{'kind': 'replaced', 'paper': '2026', 'quoted': '2027'" in told.getvalue()
    told = StringIO()
    with redirect_stdout(told):
        exec(here(mistake, served), {})
    assert told.getvalue().splitlines()[-1] == "'gisteren' is no date; write 2026, 2026-03 or 2026-03-18"


def test_the_documented_curl_runs(served):
    if shutil.which("curl") is None:
        pytest.skip("NO CURL: the documented commands are not tested; install curl")
    (block,) = blocks("bash")
    done = subprocess.run(["bash", "-c", here(block, served)], capture_output=True, text=True, timeout=60, check=True)
    event, data = done.stdout.strip().split("\n")
    assert event == "event: complete"
    assert len(json.loads(data.removeprefix("data: "))[0]["hits"]) == 3


def test_the_documented_mcp_client_runs(served):
    try:
        check_installed()
    except RaadpleegError as error:
        pytest.skip(f"NO MCP: the documented client is not tested: {error}")
    (block,) = (one for one in blocks("python") if "from mcp" in one)
    told = StringIO()
    with redirect_stdout(told):
        exec(here(block, served), {})
    assert told.getvalue().startswith("['ask', 'search', 'cite', 'show']\nKamerstukken I 2025/26, 35714, O")


def test_the_documented_arguments_are_those_there_are(served):
    page = PAGE.read_text(encoding="utf-8")
    for door in Doors(served.get, served.settings).all():
        for name in api.inspect.signature(door).parameters:
            assert f"`{name}`" in page, f"{api.name_of(door)}: {name}"
    info = httpx.get(f"{served.url}/gradio_api/info").json()["named_endpoints"]
    assert list(info) == ["/ask", "/search", "/cite", "/show"]
    assert all(one["description"] for one in info.values())


def test_the_whole_page_offers_the_four_by_these_names_and_nothing_else(served):
    async def built():  # outside a running loop Gradio opens loops for its locks, and never closes them
        return build_app(served.get, served.settings).get_api_info()

    info = in_a_loop(built())
    assert list(info["named_endpoints"]) == ["/ask", "/search", "/cite", "/show"]
    assert not info["unnamed_endpoints"]


def test_endpoints_that_come_too_late_are_refused(served):
    async def built():
        with gr.Blocks(analytics_enabled=False):
            gr.Button().click(lambda: None, api_name="cite", api_visibility="private")
            api.add_api(SimpleNamespace(get_assistant=served.get, settings=served.settings, opened=served.opened))

    with pytest.raises(ValueError, match="'cite' already"):
        in_a_loop(built())


def in_a_loop(coroutine):
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def test_the_documented_json_is_json():
    assert len([json.loads(block) for block in blocks("json")]) == 2


def test_wrong_types_never_reach_the_assistant(caplog):
    caplog.set_level(logging.ERROR)
    ask = Doors(lambda: pytest.fail("the assistant was asked"), api.Settings()).all()[0]
    with pytest.raises(BadQuestion, match="`question`"):
        asyncio.run(ask(question=["Wat?"]))
    assert caplog.text == ""
