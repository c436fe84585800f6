"""WCAG 2.2 AA: axe on every tab, the main job with the keyboard alone, what a screen reader is told."""

import axe
import pytest
from playwright.sync_api import Page, expect
from visiting import ANSWER, QUESTION, TABS, Held, answered, open_tab

from raadpleeg.web.texts import NL


@pytest.fixture(scope="session")
def axe_core() -> str:
    return axe.script()


def violations(page: Page) -> list[dict]:
    return page.evaluate(axe.RUN, axe.RULES)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_on_any_tab(page_url, assistant, visit, axe_core, scheme, width):
    # A narrow screen is tall here: axe calls a button too small that scrolling has left half under a bar.
    height = 900 if width > 1200 else 3000
    page = visit(page_url(assistant(f"{ANSWER} De maan is van kaas.")), width, height, color_scheme=scheme)
    expect(page.locator("#papers .paper-open").first).to_be_attached()
    page.evaluate(axe_core)
    found = {"welcome": violations(page)}
    answered(page, QUESTION)
    page.locator("#now .actions summary").first.click()
    found["answer"] = violations(page)
    page.keyboard.press("Escape")
    page.locator(".sentences .cite").first.focus()
    page.locator(".sentences .cite").first.click()
    expect(page.locator("mark")).to_be_visible()
    found["reader"] = violations(page)
    page.keyboard.press("Escape")
    if width < 1200:
        page.locator(".side-toggle").click()
        found["side"] = violations(page)
        page.keyboard.press("Escape")
    for name in TABS[1:]:
        open_tab(page, name)
        page.wait_for_timeout(1500)  # what the tab shows comes from the machine
        found[name] = violations(page)
    assert {name: those for name, those in found.items() if those} == {}


def test_the_main_job_is_done_with_the_keyboard_alone(page_url, assistant, visit):
    page = visit(page_url(assistant(ANSWER)))
    expect(page.locator("#papers .paper-open").first).to_be_attached()
    # The box has the focus when the page opens; who comes from the address bar begins at the top.
    page.evaluate(
        "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
    )
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=NL.skip)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label(NL.question_label)).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator("#now .colophon")).to_be_visible()

    # back from the box: the actions, the answer's number, the quotation's buttons
    number = page.locator(".sentences .cite")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if number.evaluate("one => one === document.activeElement"):
            break
    expect(number).to_be_focused()
    expect(page.locator("#tip blockquote")).to_have_text(number.get_attribute("data-quote"))
    page.keyboard.press("Escape")
    expect(page.locator("#tip")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator(".reader h2")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".paper")).to_be_focused()  # it can be scrolled with the keys
    page.keyboard.press("Escape")
    expect(number).to_be_focused()


def test_what_is_under_a_sheet_cannot_be_reached(page_url, assistant, visit):
    page = visit(page_url(assistant(None)), width=390, height=844)
    answered(page, QUESTION)
    page.locator("#now .cite").first.click()
    expect(page.locator(".reader h2")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#main, #top')?.outerHTML.slice(0, 200) ?? null") is None
    page.keyboard.press("Escape")
    expect(page.locator("#now .cite").first).to_be_focused()


def test_a_screen_reader_hears_each_stage_once(page_url, assistant, visit):
    held = Held()
    page = visit(page_url(assistant(held)))
    page.evaluate(
        """() => {
          window.heard = [];
          const live = document.querySelector("#live");
          new MutationObserver(() => {
            const words = live.innerText.trim();
            if (words && words !== window.heard.at(-1)) window.heard.push(words);
          }).observe(live, {subtree: true, childList: true, characterData: true});
        }"""
    )
    page.get_by_label(NL.question_label).fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".unchecked")).to_be_visible()
    expect(page.locator("#now article")).to_have_attribute("aria-busy", "true")
    held.go.set()
    expect(page.locator("#now .colophon")).to_be_visible()
    expect(page.locator("#live")).to_contain_text(ANSWER)
    heard = page.evaluate("window.heard")
    assert heard[0] == NL.searching
    assert heard[1].endswith(NL.found.partition("{}")[2])
    assert ANSWER in heard[2]
    assert len(heard) == 3  # and not every word that the model writes


def test_everything_that_is_pressed_is_large_enough(page_url, assistant, visit):
    page = visit(page_url(assistant(ANSWER)), width=390, height=844)
    answered(page, QUESTION)
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, a, summary")]
          .filter(one => one.checkVisibility() && !one.matches(".skip"))
          .filter(one => !one.closest("p, .sentences"))  // in a line of text, WCAG leaves the line's height
          .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
          .filter(([, box]) => box.width < 24 || box.height < 24)
          .map(([words, box]) => [words, box.width, box.height])"""
    )
    assert small == []
