"""What a clerk does: ask, read, open the source, stop, ask on."""

from playwright.sync_api import Page, expect
from visiting import ANSWER, QUESTION, Held, ask

from raadpleeg.answering.prompting import NOT_FOUND
from raadpleeg.errors import ModelUnavailable
from raadpleeg.testing import ScriptedGenerator
from raadpleeg.web.texts import NL

KIND = "Verslag van een nader schriftelijk overleg"
OFF_TOPIC = "Hoe bak ik een appeltaart?"

IN_VIEW = """() => {
  const box = document.querySelector(".paper").getBoundingClientRect();
  const mark = document.querySelector("mark").getBoundingClientRect();
  return mark.top >= box.top && mark.bottom <= box.bottom && box.bottom <= window.innerHeight + 1 && mark.height > 0;
}"""


def test_a_question_is_answered_with_a_source_that_opens(page_url, assistant, visit):
    held = Held()
    ready = assistant(held)
    page = visit(page_url(ready))
    assert page.evaluate("document.documentElement.lang") == "nl"
    ask(page, QUESTION)

    # the papers' own words come first, while the model has hardly begun
    expect(page.locator(".quotes blockquote").first).to_be_visible()
    expect(page.locator(".unchecked")).to_have_text("Het")
    expect(page.locator(".reply .label")).to_have_text(NL.draft)
    quoted = page.locator(".quotes blockquote").first.bounding_box()
    written = page.locator(".reply .label").bounding_box()
    assert quoted["y"] + quoted["height"] <= written["y"]
    held.go.set()

    expect(page.locator(".colophon")).to_contain_text("geschreven door held")
    expect(page.locator(".unchecked")).to_have_count(0)
    expect(page.locator(".sentences")).to_contain_text(ANSWER)
    expect(page.locator(".verdict").first).to_have_text(NL.verdicts["supported"])
    expect(page.locator("#live [role=status]")).to_contain_text(ANSWER)
    expect(page.get_by_role("button", name=NL.ask, exact=True)).to_be_visible()
    # nothing has moved: the quotations stand where they stood, and the answer where its draft was
    assert page.locator(".quotes blockquote").first.bounding_box() == quoted
    assert page.locator(".reply .label").bounding_box()["y"] == written["y"]

    scrolled = page.evaluate("window.scrollY")
    number = page.locator(".sentences button.cite").first
    quote = page.locator(".quotes blockquote").first.text_content()
    number.click()
    mark = page.locator("mark")
    expect(mark).to_have_text(quote)
    assert page.wait_for_function(IN_VIEW)
    document = ready.index.documents[number.get_attribute("data-document")]
    start, end = (int(number.get_attribute(name)) for name in ("data-start", "data-end"))
    assert mark.text_content() == quote == document.text[start:end]
    assert page.locator(".paper").evaluate("box => box.scrollTop") > 0
    assert page.evaluate("window.scrollY") == scrolled
    expect(page.locator(".reader h2")).to_have_text(document.title)
    expect(page.locator(".reader h2")).to_be_focused()

    page.keyboard.press("Escape")
    expect(page.locator(".reader")).to_have_count(0)
    expect(page.locator(".unread")).to_be_visible()
    expect(number).to_be_focused()
    page.keyboard.press("Enter")  # the same place again, with the keyboard
    expect(mark).to_be_visible()
    page.locator(".reader").get_by_role("button", name=NL.close).click()
    expect(page.locator(".reader")).to_have_count(0)


def test_stopping_closes_the_model_and_leaves_the_page_ready(page_url, assistant, visit):
    held = Held()
    page = visit(page_url(assistant(held)))
    ask(page, QUESTION)
    expect(page.locator(".unchecked")).to_be_visible()
    page.get_by_role("button", name=NL.stop, exact=True).click()
    expect(page.locator(".ended")).to_have_text(NL.stopped)
    expect(page.locator(".unchecked")).to_have_count(0)
    expect(page.locator(".quotes blockquote").first).to_be_visible()
    held.go.set()
    assert held.closed.wait(10)  # GeneratorExit has reached the engine
    ask(page, QUESTION)
    expect(page.locator("#now .colophon")).to_be_visible()
    expect(page.locator("#past .ended")).to_have_text(NL.stopped)


def test_a_browser_that_goes_away_keeps_nobody_waiting(page_url, assistant, visit):
    held = Held()
    url = page_url(assistant(held))
    gone = visit(url)
    ask(gone, QUESTION)
    expect(gone.locator(".unchecked")).to_be_visible()
    gone.close()
    held.go.set()
    page = visit(url)
    ask(page, QUESTION)
    expect(page.locator(".colophon")).to_be_visible(timeout=15_000)


def test_where_the_papers_do_not_answer_nothing_is_called_a_source(page_url, assistant, visit):
    ready = assistant(NOT_FOUND, NOT_FOUND, cautious=True)  # asked by the page, and by the test
    page = visit(page_url(ready))
    ask(page, OFF_TOPIC)
    expect(page.locator(".abstained .label")).to_contain_text(NL.reasons[ready.ask(OFF_TOPIC).reason])
    expect(page.locator(".nearest .label")).to_have_text(NL.nearest)
    expect(page.locator("#talk").locator(".sources, .quotes, blockquote, .cite")).to_have_count(0)
    page.locator(".nearest .open").first.click()
    expect(page.locator(".fact.warning")).to_have_text(NL.nearest_place)
    assert page.wait_for_function(IN_VIEW.replace("mark.bottom <= box.bottom &&", ""))


def test_a_conversation_goes_on_and_another_browser_does_not_see_it(page_url, assistant, visit):
    url = page_url(assistant(ANSWER, ANSWER, ANSWER))
    one, other = visit(url), visit(url)
    ask(one, QUESTION)
    expect(one.locator(".colophon")).to_be_visible()
    ask(one, OFF_TOPIC)
    expect(one.locator("#past .question")).to_have_text(QUESTION)
    expect(one.locator("#now .question")).to_have_text(OFF_TOPIC)
    one.locator("#past .sentences .cite").first.click()
    expect(one.locator("mark")).to_be_visible()
    expect(other.locator(".welcome")).to_be_visible()
    assert QUESTION not in other.locator("#talk").inner_text()
    ask(other, OFF_TOPIC)
    expect(other.locator(".question")).to_have_text([OFF_TOPIC])


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option).click()
    page.keyboard.press("Tab")  # the list goes, and what it stands in stays


def found_in(page: Page) -> set[str | None]:
    places = page.locator("#now [data-document]")
    return {place.get_attribute("data-document") for place in places.all()}


def test_a_follow_up_is_understood_in_its_own_browser_only(page_url, assistant, visit):
    writer = ScriptedGenerator([ANSWER, ANSWER, ANSWER])
    url = page_url(assistant(writer))
    page, other = visit(url), visit(url)
    ask(page, QUESTION)
    expect(page.locator("#now .colophon")).to_be_visible()
    ask(page, "En met België?")
    expect(page.locator("#now .question")).to_have_text("En met België?")
    expect(page.locator("#now .colophon")).to_be_visible()
    ask(other, "En met België?")
    expect(other.locator(".colophon")).to_be_visible()
    first, second, elsewhere = map(str, writer.asked)
    assert f"{QUESTION} En met België?" in second
    assert QUESTION in first
    assert QUESTION not in elsewhere


def test_a_filter_narrows_where_the_answer_comes_from(page_url, assistant, visit):
    page = visit(page_url(assistant(None)))
    toggle = page.locator(".side-toggle")
    clear = page.get_by_role("button", name=NL.clear_filters)
    ask(page, QUESTION)
    expect(page.locator("#now .colophon")).to_be_visible()
    before = found_in(page)
    assert "kst-35714-O" in before

    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(clear).to_have_count(0)
    choose(page, NL.kind, KIND)
    ask(page, QUESTION)
    expect(page.locator("#now .within")).to_have_text(NL.asked_within.format(KIND))
    expect(page.locator("#now .colophon")).to_be_visible()
    assert found_in(page) == {"kst-35714-O"}
    # folded away, and yet it is seen that not everything is searched
    toggle.focus()
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_label(NL.since)).to_be_hidden()
    expect(toggle).to_have_text(f"{NL.side} · {NL.only_in_chosen.format(1)}")

    toggle.click()
    page.get_by_label(NL.since).fill("2030")
    ask(page, QUESTION)
    expect(page.locator("#now .abstained")).to_contain_text(NL.unanswered_within)
    assert found_in(page) == set()

    clear.click()
    expect(toggle).to_have_text(NL.side)
    expect(toggle).to_be_focused()
    expect(clear).to_have_count(0)
    ask(page, QUESTION)
    expect(page.locator("#now .quotes")).to_be_visible()
    expect(page.locator("#now .colophon")).to_be_visible()
    expect(page.locator("#now .within")).to_have_count(0)
    assert found_in(page) == before


def test_a_wrong_date_is_one_line_and_nothing_is_lost(page_url, assistant, visit):
    page = visit(page_url(assistant(None)), width=390, height=844)
    toggle = page.locator(".side-toggle")
    expect(toggle).to_have_attribute("aria-expanded", "false")
    toggle.click()
    expect(page.locator("#side").get_by_role("button", name=NL.close)).to_be_focused()
    choose(page, NL.chamber, "Eerste Kamer")
    page.get_by_label(NL.since).fill("18 maart")
    page.locator("#side").get_by_role("button", name=NL.close).click()
    expect(toggle).to_be_focused()
    ask(page, QUESTION)
    expect(page.locator("#hint")).to_have_text(NL.wrong_date.format("18 maart"))
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_label(NL.question_label)).to_have_value(QUESTION)
    expect(page.get_by_label(NL.since)).to_be_visible()  # the filters are open where the mistake is
    expect(page.get_by_label(NL.since)).to_have_value("18 maart")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_label(NL.since).fill("2026-03-18")
    page.keyboard.press("Escape")
    ask(page, QUESTION)
    expect(page.locator("#hint")).to_be_empty()
    expect(page.locator(".within")).to_have_text(NL.asked_within.format("Eerste Kamer · vanaf 2026-03-18"))
    expect(page.locator(".colophon")).to_be_visible()
    assert found_in(page) == {"kst-35714-O"}  # the other letter does not tell its date


def test_hostile_words_are_words(page_url, assistant, visit):
    page = visit(page_url(assistant(ANSWER)))
    hostile = QUESTION + ' <script>window.hit=1</script>"><img src=x onerror="window.hit=2">${window.hit=3}{{this}}'
    ask(page, hostile)
    expect(page.locator(".colophon")).to_be_visible()
    expect(page.locator(".question")).to_have_text(hostile)
    assert page.evaluate("window.hit === undefined")
    assert page.locator("#talk img, #talk script").count() == 0


def test_an_empty_question_gets_a_hint_and_no_turn(page_url, assistant, visit):
    page = visit(page_url(assistant()))
    ask(page, "  ?! ")
    expect(page.locator("#hint")).to_have_text(NL.empty_question)
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_label(NL.question_label)).to_have_value("  ?! ")


def test_an_example_asks_itself(page_url, assistant, visit):
    page = visit(page_url(assistant(None)))
    examples = page.locator("#examples button")
    expect(examples.nth(len(NL.examples))).to_be_visible()  # beside those of the page, one that the papers ask
    asked = examples.last.text_content()
    examples.last.click()
    expect(page.locator(".question")).to_have_text(asked)
    expect(page.locator(".colophon")).to_be_visible()


def test_while_the_models_are_loaded_a_question_waits(page_url, assistant, visit):
    loaded = []
    page = visit(page_url(lambda: loaded[0] if loaded else None))
    expect(page.locator("#state")).to_have_text(NL.loading)
    ask(page, QUESTION)
    expect(page.locator(".status")).to_have_text(NL.loading)
    loaded.append(assistant(ANSWER))
    expect(page.locator(".sentences")).to_contain_text(ANSWER)
    expect(page.locator("#state")).to_be_empty()


def test_models_that_fail_are_told_in_one_line(page_url, visit):
    def get():
        raise ModelUnavailable("e5.bin is damaged; run `raadpleeg models fetch`")

    page = visit(page_url(get))
    expect(page.locator("#state")).to_contain_text("e5.bin is damaged; run `raadpleeg models fetch`")
    ask(page, QUESTION)
    expect(page.locator(".ended")).to_contain_text("run `raadpleeg models fetch`")
    expect(page.get_by_role("button", name=NL.ask, exact=True)).to_be_visible()


def test_without_a_model_the_page_answers_in_quotations_and_says_so(page_url, assistant, visit):
    page = visit(page_url(assistant(None), notice="no writer"))
    expect(page.locator("#state")).to_have_text(NL.no_writer.format("no writer"))
    ask(page, QUESTION)
    expect(page.locator(".colophon")).to_contain_text(NL.without_writer)
    quote = page.locator(".quotes blockquote").first.text_content()
    page.locator(".quotes .cite").first.click()
    expect(page.locator("mark")).to_have_text(quote)


def test_an_error_of_the_program_is_no_traceback(page_url, assistant, visit):
    page = visit(page_url(assistant()))  # the script of the fake model is empty: it raises ValueError
    ask(page, QUESTION)
    expect(page.locator(".ended")).to_have_text(NL.broken)
    expect(page.locator("#talk")).not_to_contain_text("ValueError")


def test_on_a_narrow_screen_the_reader_lies_over_the_conversation(page_url, assistant, visit):
    page = visit(page_url(assistant(ANSWER)), width=390, height=844)
    ask(page, QUESTION)
    expect(page.locator(".colophon")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator(".sentences .cite").first.click()
    expect(page.locator("mark")).to_be_visible()
    assert page.wait_for_function(IN_VIEW)
    box = page.locator(".reader").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)
    page.locator(".reader").get_by_role("button", name=NL.close).click()
    expect(page.locator(".sentences")).to_be_in_viewport()


def test_light_and_dark_keep_their_contrast(page_url, assistant, visit):
    url = page_url(assistant(ANSWER, ANSWER))
    for scheme in ("light", "dark"):
        page = visit(url, color_scheme=scheme)
        ask(page, QUESTION)
        expect(page.locator(".colophon")).to_be_visible()
        page.locator(".sentences .cite").first.click()
        expect(page.locator("mark")).to_be_visible()
        for words in (".question", ".sentences", ".verdict", ".label", ".cite", ".where .open", ".colophon",
                      ".source blockquote", ".reader .fact", "mark", ".paper p", ".submit-button",
                      ".side-toggle", ".actions button", "#filters .label", ".paper-reference"):  # fmt: skip
            assert page.locator(words).first.evaluate(CONTRAST) >= 4.5, (scheme, words)


CONTRAST = """(element) => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => parts(colour).slice(0, 3)
    .map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  let ground = element;
  while (parts(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
  const [a, b] = [getComputedStyle(element).color, getComputedStyle(ground).backgroundColor].map(light);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""
