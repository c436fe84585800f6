"""How the page lies: three columns or one, light or dark, on paper; and nothing moves that is being read."""

import json
import re

import pytest
from playwright.sync_api import Page, expect
from visiting import ANSWER, QUESTION, TABS, answered, open_tab, pasted

from raadpleeg.web.texts import FORMS, NL

SPEAKER = "staatssecretaris van Financiën"


def box(page: Page, part: str) -> dict[str, float]:
    found = page.locator(part).bounding_box()
    assert found is not None
    return found


def across(found: dict[str, float]) -> tuple[float, float]:
    return found["x"], found["width"]


@pytest.mark.parametrize("width", [1200, 1440, 1920])
def test_a_wide_screen_has_three_columns_and_opening_a_source_moves_none(page_url, assistant, visit, width):
    page = visit(page_url(assistant(ANSWER)), width=width)
    answered(page, QUESTION)
    side, talk, source = (box(page, part) for part in ("#side", "#talk", "#source"))
    assert side["x"] + side["width"] <= talk["x"]
    assert talk["x"] + talk["width"] <= source["x"]
    assert source["x"] + source["width"] == width
    assert talk["width"] >= 440
    expect(page.locator(".unread")).to_contain_text(NL.unread_hint)
    page.locator(".sentences .cite").first.click()
    expect(page.locator("mark")).to_be_visible()
    for part, before in (("#side", side), ("#talk", talk), ("#source", source)):
        assert across(box(page, part)) == across(before)  # pressing may scroll, so up and down are left out of account

    page.locator(".side-toggle").click()
    expect(page.locator("#side")).to_be_hidden()
    assert across(box(page, "#source")) == across(source)


@pytest.mark.parametrize("width", [320, 390, 820, 1199, 1440])
def test_no_tab_is_wider_than_the_screen(page_url, assistant, visit, width):
    page = visit(page_url(assistant(ANSWER)), width=width, height=800)
    answered(page, QUESTION)
    for name in TABS:
        open_tab(page, name)
        page.wait_for_timeout(800)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_the_reader_goes_from_citation_to_citation(page_url, assistant, visit):
    page = visit(page_url(assistant(None)))
    answered(page, "Wat doet het kabinet voor grenswerkers in België en Duitsland?")
    places = page.locator("#now .cite")
    count = places.count()
    assert count > 1, "this question has several quotations"
    quotes = page.locator("#now .quotes blockquote").all_text_contents()
    places.first.click()
    expect(page.locator(".steps .at")).to_have_text(NL.at.format(1, count))
    expect(page.get_by_role("button", name=NL.previous)).to_have_attribute("aria-disabled", "true")
    page.get_by_role("button", name=NL.next).click()
    expect(page.locator(".steps .at")).to_have_text(NL.at.format(2, count))
    expect(page.get_by_role("button", name=NL.next)).to_be_focused()
    assert "".join(page.locator("mark").all_text_contents()) == quotes[1].replace("\n", "")
    expect(places.nth(1)).to_have_class(re.compile("current"))
    page.get_by_role("button", name=NL.previous).click()
    expect(page.locator(".steps .at")).to_have_text(NL.at.format(1, count))


def test_pointing_at_a_number_shows_its_quotation(page_url, assistant, visit):
    page = visit(page_url(assistant(ANSWER)))
    answered(page, QUESTION)
    number = page.locator(".sentences .cite").first
    number.hover()
    expect(page.locator("#tip blockquote")).to_have_text(page.locator(".quotes blockquote").first.text_content())
    expect(page.locator("#tip p")).to_contain_text(SPEAKER)
    expect(number).to_have_attribute("aria-describedby", "tip")
    page.locator("#tip").hover()  # it stays while it is pointed at
    page.wait_for_timeout(400)
    expect(page.locator("#tip")).to_be_visible()
    page.locator(".question").hover()
    expect(page.locator("#tip")).to_be_hidden()


def test_every_form_can_be_saved(page_url, assistant, visit):
    page = visit(page_url(assistant(ANSWER, ANSWER)))
    answered(page, QUESTION)
    quote = page.locator(".quotes blockquote").first.text_content()
    for form in FORMS:
        page.locator("#now summary", has_text=NL.save).first.click()
        with page.expect_download() as saved:
            page.locator("#now .menu[open] button", has_text=NL.forms[form]).click()
        text = saved.value.path().read_text(encoding="utf-8")
        expect(page.locator("#told")).to_have_text(NL.saved.format(saved.value.suggested_filename))
        expect(page.locator(".menu[open]")).to_have_count(0)
        if form == "official":
            assert "Kamerstukken I 2025/26, 35714, O" in text
        elif form == "csl-json":
            assert json.loads(text)[0]["abstract"] == quote
        elif form == "json":
            assert json.loads(text)["citations"][0]["quote"] == quote
        else:
            assert "grenswerkers tot ruimere afspraken" in text
    answered(page, "Welke fracties stelden de vragen?")
    page.locator("#now summary", has_text=NL.save_all).click()
    with page.expect_download() as saved:
        page.locator("#now .menu[open] button", has_text=NL.forms["json"]).click()
    dossiers = json.loads(saved.value.path().read_text(encoding="utf-8"))["dossiers"]
    assert [one["question"] for one in dossiers] == [QUESTION, "Welke fracties stelden de vragen?"]


def test_a_reference_and_an_answer_are_copied(page_url, assistant, visit):
    page = visit(page_url(assistant(ANSWER)), permissions=["clipboard-read", "clipboard-write"])
    answered(page, QUESTION)
    for _ in range(2):  # the same words twice are copied twice
        page.evaluate("navigator.clipboard.writeText('')")
        page.locator("#now .quotes").get_by_role("button", name=NL.copy_citation).first.click()
        assert pasted(page, "Kamerstukken").startswith("Kamerstukken I 2025/26, 35714, O, p. ")
    page.get_by_role("button", name=NL.copy_answer).click()
    assert ANSWER in pasted(page, "[1]")


def test_light_and_dark_follow_the_system_until_they_are_chosen(page_url, assistant, visit):
    page = visit(page_url(assistant(None)), color_scheme="dark")
    switch = page.get_by_role("button", name=NL.dark)
    expect(switch).to_have_attribute("aria-pressed", "true")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != ground
    page.reload()
    page.wait_for_selector(".welcome")
    page.wait_for_timeout(700)
    expect(page.get_by_role("button", name=NL.dark)).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name=NL.dark).click()
    page.emulate_media(color_scheme="light")  # chosen as the system has it: it follows the system again
    expect(page.get_by_role("button", name=NL.dark)).to_have_attribute("aria-pressed", "false")


def test_on_paper_there_is_the_conversation_and_nothing_else(page_url, assistant, visit):
    page = visit(page_url(assistant(ANSWER)), color_scheme="dark")
    answered(page, QUESTION)
    page.emulate_media(media="print")
    for part in ("#side", "#source", "#asking", ".actions", ".tab-wrapper", ".switches"):
        expect(page.locator(part).first).to_be_hidden()
    for part in (".question", ".quotes blockquote", ".sentences", ".colophon"):
        expect(page.locator(part).first).to_be_visible()
    assert page.locator(".question").evaluate("one => getComputedStyle(one).color") == "rgb(0, 0, 0)"


def test_a_tab_stands_in_the_address(page_url, assistant, visit):
    page = visit(page_url(assistant(None)))
    open_tab(page, "documents")
    expect(page.locator("#source")).to_be_hidden()  # the room is the tab's, until a paper is opened
    page.wait_for_function("location.hash === '#documents'")
    page.reload()
    expect(page.locator("#tab-documents")).to_be_visible()
    expect(page.locator("#tab-documents-button")).to_have_attribute("aria-selected", "true")
