"""A verdict on an answer, from the button to the drafts of gold; with the mouse and with the keyboard alone."""

import pytest
from playwright.sync_api import expect
from visiting import ANSWER, QUESTION, ask

from raadpleeg.evaluation.drafts import DRAFTS, read_drafts
from raadpleeg.testing import ScriptedGenerator
from raadpleeg.web.texts import JUDGING


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_verdict_with_a_reason_lands_among_the_drafts(page_url, assistant, visit):
    page = visit(page_url(assistant(ScriptedGenerator([ANSWER] * 3))))
    ask(page, QUESTION)
    expect(page.locator("#now .colophon")).to_be_visible(timeout=30_000)
    words = JUDGING["nl"]
    form = page.locator("#now form.judge")
    expect(form).to_be_hidden()
    page.locator("#now .judging summary").click()
    form.get_by_role("button", name=words.keep).click()  # no verdict yet: the browser asks for one
    assert not DRAFTS.exists()
    form.get_by_text(words.down).click()
    form.get_by_label(words.why).fill("<b>dit</b> klopt niet")
    form.get_by_role("button", name=words.keep).click()
    expect(page.locator("#told")).to_have_text(words.kept)
    expect(form).to_be_hidden()
    expect(page.locator("#now .judging summary")).to_be_focused()
    ((row,), damaged) = read_drafts()
    assert damaged == ()
    assert (row["question"], row["verdict"], row["reason_given"]) == (QUESTION, "down", "<b>dit</b> klopt niet")
    assert ANSWER in row["answer_given"]["answer"]


def test_the_keyboard_is_enough(page_url, assistant, visit):
    page = visit(page_url(assistant(ScriptedGenerator([ANSWER] * 3))))
    ask(page, QUESTION)
    expect(page.locator("#now .colophon")).to_be_visible(timeout=30_000)
    page.locator("#now .judging summary").focus()
    for key in ("Enter", "Tab", "Space", "Tab", "Tab", "Enter"):  # open, first choice, reason, keep
        page.keyboard.press(key)
    expect(page.locator("#told")).to_have_text(JUDGING["nl"].kept)
    assert read_drafts()[0][0]["verdict"] == "up"
