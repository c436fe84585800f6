"""What is kept, and where: in this browser, and nowhere else."""

import json
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect
from visiting import ANSWER, QUESTION, answered, ask

from raadpleeg.testing import ScriptedGenerator
from raadpleeg.web.texts import EN, NL

SECOND = "Wat is het antwoord op vraag 3?"
HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=2</script>'


def test_a_reload_keeps_the_conversation_and_what_can_be_done_with_it(page_url, assistant, visit):
    writer = ScriptedGenerator([ANSWER, ANSWER, ANSWER])
    page = visit(page_url(assistant(writer)))
    answered(page, QUESTION)
    answered(page, SECOND)
    before = [page.locator(part).inner_text() for part in ("#past", "#now")]
    page.reload()
    expect(page.locator("#now .question")).to_have_text(SECOND)
    assert [page.locator(part).inner_text() for part in ("#past", "#now")] == before
    assert len(writer.asked) == 2  # nothing was asked again

    page.locator("#past .quotes .cite").first.click()
    expect(page.locator("mark")).to_have_text(page.locator("#past .quotes blockquote").first.text_content())
    answered(page, "En met België?")
    assert f"{SECOND} En met België?" in str(writer.asked[-1])  # it is understood as a follow-up
    expect(page.locator("#past .question")).to_have_text([QUESTION, SECOND])


def test_the_address_is_a_link_to_the_question(page_url, assistant, visit):
    writer = ScriptedGenerator([ANSWER, ANSWER])
    url = page_url(assistant(writer))
    page = visit(url)
    answered(page, QUESTION)
    assert parse_qs(urlsplit(page.url).query) == {"q": [QUESTION]}
    other = visit(page.url)  # in a browser that has never been here
    expect(other.locator("#now .question")).to_have_text(QUESTION)
    expect(other.locator("#now .colophon")).to_be_visible()
    assert len(writer.asked) == 2


def test_a_link_can_be_copied(page_url, assistant, visit):
    page = visit(page_url(assistant(None)), permissions=["clipboard-read", "clipboard-write"])
    answered(page, QUESTION)
    page.get_by_role("button", name=NL.link).click()
    expect(page.locator("#told")).to_have_text(NL.copied)
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_conversations_are_begun_found_again_and_forgotten(page_url, assistant, visit):
    page = visit(page_url(assistant(None)))
    answered(page, QUESTION)
    page.get_by_role("button", name=NL.fresh).click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.get_by_label(NL.question_label)).to_be_focused()
    assert urlsplit(page.url).query == ""
    answered(page, SECOND)

    rows = page.locator("#earlier li button:first-child")
    expect(rows).to_have_text([SECOND, QUESTION])
    rows.nth(1).click()
    expect(page.locator("#now .question")).to_have_text(QUESTION)
    expect(page.locator(".turn")).to_have_count(1)
    page.get_by_role("button", name=f"{NL.forget}: {SECOND}").click()
    expect(rows).to_have_text([QUESTION])
    page.get_by_role("button", name=f"{NL.forget}: {QUESTION}").click()  # the one that is open
    expect(rows).to_have_count(0)
    expect(page.locator(".welcome")).to_be_visible()
    assert json.loads(page.evaluate("localStorage['raadpleeg.conversations']")) == []
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_a_question_is_changed_and_the_conversation_goes_on_from_there(page_url, assistant, visit):
    page = visit(page_url(assistant(None)))
    box = page.get_by_label(NL.question_label)
    answered(page, QUESTION)
    answered(page, SECOND)
    page.locator("#past").get_by_role("button", name=NL.edit).click()
    expect(page.locator("#hint")).to_contain_text(NL.editing.format(1))
    expect(box).to_have_value(QUESTION)
    expect(box).to_be_focused()
    page.get_by_role("button", name=NL.not_edited).click()
    expect(page.locator("#hint")).to_be_empty()

    page.locator("#past").get_by_role("button", name=NL.edit).click()
    expect(box).to_have_value(QUESTION)
    answered(page, "Welke fracties stelden de vragen?")
    expect(page.locator(".question")).to_have_text(["Welke fracties stelden de vragen?"])
    expect(page.locator("#hint")).to_be_empty()


def test_a_question_is_asked_again_in_its_own_place(page_url, assistant, visit):
    writer = ScriptedGenerator([ANSWER, "De maan is van kaas.", ANSWER])
    page = visit(page_url(assistant(writer)))
    answered(page, QUESTION)
    answered(page, QUESTION)
    expect(page.locator("#now .withheld")).to_have_text(NL.withheld)
    page.locator("#now").get_by_role("button", name=NL.again).click()
    expect(page.locator("#now .sentences")).to_contain_text(ANSWER)
    expect(page.locator(".turn")).to_have_count(2)
    assert len(writer.asked) == 3


def test_the_language_changes_and_the_conversation_stays(page_url, assistant, visit):
    page = visit(page_url(assistant(None)))
    answered(page, QUESTION)
    page.get_by_role("link", name="EN: English").click()
    expect(page.locator("#now .question")).to_have_text(QUESTION)
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator("#tab-documents-button")).to_have_text(EN.tabs["documents"])
    expect(page.locator("#now .colophon")).to_contain_text(EN.without_writer)
    page.get_by_label(EN.question_label).fill(SECOND)
    page.keyboard.press("Enter")
    expect(page.locator("#now .question")).to_have_text(SECOND)
    expect(page.locator("#now .colophon")).to_be_visible()
    page.get_by_role("link", name="NL: Nederlands").click()
    expect(page.locator("#past .question")).to_have_text(QUESTION)
    expect(page.locator("#tab-documents-button")).to_have_text(NL.tabs["documents"])


def test_what_was_changed_in_the_browser_is_words_or_nothing(page_url, assistant, visit):
    page = visit(page_url(assistant(None)))
    answered(page, QUESTION)
    page.evaluate(
        """hostile => {
          const all = JSON.parse(localStorage["raadpleeg.conversations"]);
          const turns = JSON.parse(all[0].turns);
          turns[0].answer.citations[0].quote = turns[0].question = all[0].title = hostile;
          turns[0].answer.citations[0].document = turns[0].quotes[0].document = hostile;
          all[0].turns = JSON.stringify(turns);
          localStorage["raadpleeg.conversations"] = JSON.stringify(all);
          history.replaceState(null, "", "/");
        }""",
        HOSTILE,
    )
    page.reload()
    expect(page.locator("#now .question")).to_have_text(HOSTILE)
    expect(page.locator("#earlier li button").first).to_have_text(HOSTILE)
    page.locator("#now .cite").first.click()
    expect(page.locator(".reader h2")).to_have_text(NL.gone)
    assert page.evaluate("window.hit === undefined")
    page.get_by_role("button", name=NL.copy_answer).click()

    page.evaluate(
        """() => {
          const all = JSON.parse(localStorage["raadpleeg.conversations"]);
          all[0].turns = '[{"question": 1}]';
          localStorage["raadpleeg.conversations"] = JSON.stringify(all);
          history.replaceState(null, "", "/");
        }"""
    )
    page.reload()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, SECOND)
    expect(page.locator("#now .colophon")).to_be_visible()
