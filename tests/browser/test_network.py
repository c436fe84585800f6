"""A whole visit: what it asks of whom, how heavy the page is, and what a hostile paper can do."""

import time
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, expect
from visiting import ANSWER, QUESTION, TABS, answered, open_tab

from raadpleeg.answering.assistant import Assistant
from raadpleeg.indexing.building import build
from raadpleeg.indexing.generation import open_index
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder
from raadpleeg.web.texts import NL

HEAVIEST = 3_000_000
"""Bytes that a first visit takes from this machine: nearly all of it is Gradio."""
SLOWEST = 60.0
"""Seconds until a question can be written, on a machine that does other things as well."""

HOSTILE = '<script>window.hit=1</script><img src="http://192.0.2.1/x.png" onerror="window.hit=2"></p></div>{{x}}${y}'


def test_a_whole_visit_asks_nothing_of_another_host(page_url, assistant, browser, capsys):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="nl-NL")
    page: Page = context.new_page()
    requests: list[Request] = []
    finished: list[Request] = []
    page.on("request", lambda one: requests.append(one))  # a method of a list cannot be listened to
    page.on("requestfinished", lambda one: finished.append(one))
    url = page_url(assistant(ANSWER, ANSWER))
    begun = time.monotonic()
    page.goto(url)
    expect(page.get_by_label(NL.question_label)).to_be_editable()
    seconds = time.monotonic() - begun
    page.wait_for_timeout(2000)  # Gradio keeps one request open for good, so the network is never idle
    fetched = [one for one in finished if one.method == "GET"]
    weight = sum(one.sizes()["responseBodySize"] for one in fetched)
    unpacked = sum(len(one.response().body()) for one in fetched)
    answered(page, QUESTION)
    page.locator(".sentences .cite").first.click()
    expect(page.locator("mark")).to_be_visible()
    for name in TABS:
        open_tab(page, name)
        page.wait_for_timeout(1000)
    page.get_by_role("button", name=NL.dark).click()
    page.get_by_role("link", name="EN: English").click()
    expect(page.locator("#now .question")).to_have_text(QUESTION)
    hosts = {urlsplit(one.url).hostname for one in requests} - {None}  # None: data: and blob:
    context.close()
    with capsys.disabled():
        print(
            f"\npage: {weight / 1e6:.1f} MB in {len(fetched)} files, {unpacked / 1e6:.1f} MB unpacked; "
            f"{seconds:.1f} s until a question can be written; {len(requests)} requests in the whole visit"
        )
    assert hosts == {"127.0.0.1"}
    assert weight < HEAVIEST
    assert seconds < SLOWEST


def test_a_hostile_paper_is_words_wherever_it_is_shown(page_url, visit, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    said = f"Het kabinet wil met België afspraken maken over telewerken {HOSTILE} en informeert de Kamer."
    (corpus / "brief.txt").write_text(f"Brief van de minister {HOSTILE}\n\n{said}\n", encoding="utf-8")
    encoder, settings = HashedEncoder(), Settings(abstain_below=0.0, index=tmp_path / "index")
    build(corpus, settings.index, lambda: encoder, encoder.weights, settings.passage_tokens)
    ready = Assistant(open_index(settings.index, encoder), encoder, None, settings)
    page = visit(page_url(ready, settings))
    answered(page, "Wat wil het kabinet met België over telewerken?")
    expect(page.locator(".quotes blockquote").first).to_contain_text(HOSTILE)
    page.locator(".quotes .cite").first.click()
    expect(page.locator("mark").first).to_contain_text("<script>")
    for name in TABS:
        open_tab(page, name)
        page.wait_for_timeout(1000)
    page.reload()
    expect(page.locator(".quotes blockquote").first).to_contain_text(HOSTILE)
    assert page.evaluate("window.hit === undefined")
    assert page.locator("#room img, #room script").count() == 0
