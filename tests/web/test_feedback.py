"""The verdict on an answer: its form, and what becomes of what a browser sends."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import gradio as gr
import pytest

from raadpleeg.evaluation.drafts import LONGEST_REASON, gold_of, read_drafts
from raadpleeg.web.feedback import add_feedback, buttons
from raadpleeg.web.rendering import Turn
from raadpleeg.web.room import Room, static
from raadpleeg.web.texts import EN, JUDGING, NL

QUESTION = "Per welke datum is de thuiswerkregeling met Duitsland van toepassing?"


@pytest.fixture
def drafts(tmp_path):
    return tmp_path / "eval" / "drafts.jsonl"


@pytest.fixture
def judge(assistant, drafts):
    """The page's own function, as it hangs on the desk's event."""
    ready = assistant(["Deze regeling is per 1 januari 2026 van toepassing."])

    async def built():
        with gr.Blocks(analytics_enabled=False) as page:
            desk = gr.HTML("", js_on_load=static("judge.js"))
            history, sent = gr.State(()), gr.HTML("")
            add_feedback(Room(lambda: ready, ready._settings, NL, page), desk, history, sent, drafts)
        return page

    with ThreadPoolExecutor(1) as thread:
        page = thread.submit(asyncio.run, built()).result()
    (own,) = (one for one in page.fns.values() if one.name == "judge")
    assert own.api_visibility == "private"
    turns = (Turn(1, "Geldt er iets?", "", ended="gestopt"), Turn(2, QUESTION, "", answer=ready.ask(QUESTION)))
    return lambda data: own.fn(gr.EventData(None, data), turns)


def told(parcel):
    return re.search(r'data-words="([^"]*)"', parcel)[1]


def test_a_verdict_lands_among_the_drafts(judge, drafts):
    parcel = judge({"turn": 2, "verdict": "up", "reason": "precies"})
    assert told(parcel) == JUDGING["nl"].kept
    ((row,), damaged) = read_drafts(drafts)
    assert damaged == ()
    assert gold_of(row)["question"] == QUESTION
    assert row["history"] == ["Geldt er iets?"]
    assert (row["verdict"], row["reason_given"]) == ("up", "precies")
    assert row["evidence"][0]["document"] == "kst-35714-O"


def test_two_verdicts_in_the_same_words_are_both_told(judge, drafts):
    data = {"turn": 2, "verdict": "down", "reason": ""}
    assert judge(data) != judge(data)
    assert len(read_drafts(drafts)[0]) == 2


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"turn": 0, "verdict": "up"},
        {"turn": 3, "verdict": "up"},
        {"turn": True, "verdict": "up"},
        {"turn": "2", "verdict": "up"},
        {"turn": 1, "verdict": "up"},
        {"turn": 2},
        {"turn": 2, "verdict": "<script>"},
        {"turn": 2, "verdict": "up", "reason": "x" * (LONGEST_REASON + 1)},
    ],
)
def test_what_a_browser_sends_is_not_believed(judge, drafts, data):
    line = told(judge(data))
    assert line
    assert line != JUDGING["nl"].kept
    assert "<" not in line
    assert not drafts.exists()


def test_a_reason_with_html_in_it_stays_words(judge, drafts):
    judge({"turn": 2, "verdict": "down", "reason": '</p><script>alert("x")</script>'})
    assert read_drafts(drafts)[0][0]["reason_given"] == '</p><script>alert("x")</script>'


def test_a_folder_that_cannot_be_written_is_told(judge, drafts):
    drafts.parent.write_text("a file in the way", encoding="utf-8")
    assert "cannot be written" in told(judge({"turn": 2, "verdict": "up", "reason": ""}))


class Labels(HTMLParser):
    """Collects the fields of a form, and whether each stands in a label."""

    def __init__(self):
        super().__init__()
        self.open, self.fields = [], []

    def handle_starttag(self, tag, attributes):
        if tag in ("input", "textarea"):
            self.fields.append((dict(attributes), "label" in self.open))
        if tag != "input":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("texts", [NL, EN])
def test_the_form_is_whole_and_every_field_has_a_label(texts):
    form = Labels()
    form.feed(buttons(7, texts.language))
    assert form.open == []
    assert [(field["name"], field.get("value")) for field, _ in form.fields] == [
        ("verdict", "up"),
        ("verdict", "down"),
        ("reason", None),
    ]
    assert all(labelled for _, labelled in form.fields)
    assert 'data-turn="7"' in buttons(7, texts.language)


def test_the_script_sends_what_the_form_holds():
    script = static("judge.js")
    for name in ("form.judge", "dataset.turn", 'get("verdict")', 'get("reason")', 'trigger("judge"'):
        assert name in script
