"""What a clerk does in the tabs beside the conversation."""

import asyncio
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from conftest import SETTINGS, free_port
from raadpleeg.answering.assistant import Assistant
from raadpleeg.indexing.building import build
from raadpleeg.indexing.generation import open_index
from raadpleeg.lookup.questions import questions
from raadpleeg.reading.references import official
from raadpleeg.testing import HashedEncoder
from raadpleeg.web.page import build_app, launch_page
from raadpleeg.web.serving import Loading
from raadpleeg.web.texts import NL as PAGE
from raadpleeg.web.texts import TABS

NL = TABS["nl"]
CORPUS = Path(__file__).parents[2] / "corpus"
SWANS = (
    "Vraag 1\n\nHoeveel zwanen zwemmen er in de Hofvijver?\n\nAntwoord 1\n\nEr zwemmen zeven zwanen in de Hofvijver.\n"
)
HOSTILE = (
    "Vraag 1\n\nWat doet <script>window.hit=1</script> hier?\n\nAntwoord 1\n\n"
    'Dit is <img src=x onerror="window.hit=2"> een antwoord van zeven woorden.\n'
)
FILLED = {
    "lookup": "lookup-web",
    "questions": "questions-list",
    "documents": "documents-list",
    "account": "account-whole",
}
WIDE = "document.documentElement.scrollWidth <= window.innerWidth"


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """The two papers with their index, to be copied."""
    folder = tmp_path_factory.mktemp("shelf")
    shutil.copytree(CORPUS, folder / "corpus")
    encoder = HashedEncoder()
    build(folder / "corpus", folder / "index", lambda: encoder, encoder.weights, SETTINGS.passage_tokens)
    return folder


@pytest.fixture
def room(tmp_path, shelf):
    """A page on a corpus of its own, to which papers can be added: its address, and what it is served by."""
    shutil.copytree(shelf, tmp_path, dirs_exist_ok=True)
    settings = SETTINGS.model_copy(update={"corpus": tmp_path / "corpus", "index": tmp_path / "index"})
    encoder = HashedEncoder()
    loading = Loading(lambda: (Assistant(open_index(settings.index), encoder, None, settings), None))
    loading._load()
    pages = []

    async def launched() -> str:
        pages.append(build_app(loading.assistant, settings, reload=lambda progress: loading.reload(settings, progress)))
        return launch_page(pages[-1], "127.0.0.1", free_port())

    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(asyncio.run, launched()).result(), loading, settings
    for page in pages:
        page.close(verbose=False)


def go(page: Page, name: str) -> None:
    page.get_by_role("tab", name=PAGE.tabs[name], exact=True).click()
    expect(page.locator(f"#{name}-head h1")).to_be_visible()


def marked(page: Page) -> str:
    """Give the letters that are marked; a mark for each paragraph leaves out what stands between them."""
    return letters("".join(page.locator("mark").all_text_contents()))


def letters(text: str) -> str:
    return "".join(text.split())


def test_a_reference_leads_to_its_words(room, visit):
    url, loading, _ = room
    page = visit(url)
    go(page, "lookup")
    document = next(one for one in loading.assistant().index.documents.values() if questions(one))
    answer = questions(document)[-1].answers[0]
    number = re.search(r"\d+", answer.unit)[0]
    page.get_by_label(NL.lookup_label).fill(f"{official(document)}, antwoord {number}")
    page.keyboard.press("Enter")
    place = page.locator("#lookup-found article.place")
    expect(place).to_have_count(1)
    expect(place.locator("blockquote").first).to_contain_text(answer.text.strip()[-60:].split("\n")[-1])
    place.locator(".spot .open").first.click()
    expect(page.locator("mark").first).to_be_visible()
    assert marked(page) == letters(answer.text)


def test_a_misquotation_shows_what_differs(room, visit):
    url, loading, _ = room
    page = visit(url)
    go(page, "lookup")
    document = next(iter(loading.assistant().index.documents.values()))
    line = max(document.text.split("\n"), key=len)
    words = line.split()[:14]
    page.get_by_label(NL.lookup_label).fill(" ".join([*words[:5], "kanarievogel", *words[6:]]))
    page.keyboard.press("Enter")
    expect(page.locator("#lookup-found blockquote del")).to_contain_text("kanarievogel")
    expect(page.locator("#lookup-found blockquote ins")).to_contain_text(words[5])


def test_a_paper_that_is_not_there_is_said_so_and_nothing_is_fetched(room, visit):
    page = visit(room[0])  # `visit` holds that no other host was asked
    go(page, "lookup")
    page.get_by_label(NL.lookup_label).fill("Kamerstukken II 2019/20, 29515, nr. 3")
    page.keyboard.press("Enter")
    expect(page.locator("#lookup-found .verdict-line")).to_contain_text(NL.not_here)
    link = page.locator("#lookup-found a.outside")
    expect(link).to_have_attribute("href", re.compile(r"^https://zoek\.officielebekendmakingen\.nl/"))
    expect(link).to_have_attribute("rel", re.compile("noopener"))


def test_the_web_of_references_with_the_keyboard(room, visit):
    page = visit(room[0])
    go(page, "lookup")
    point = page.locator("#lookup-web .to .point.there").first
    expect(point).to_be_visible()
    assert page.locator("#lookup-web svg path").count() > 0
    point.focus()
    expect(page.locator("#lookup-web path.on").first).to_be_visible()
    page.keyboard.press("Enter")
    title = page.locator("#lookup-found h2")
    expect(title).to_be_focused()
    expect(page.locator("#lookup-found .verdict-line")).to_contain_text(NL.not_here)
    page.locator("#lookup-web summary").click()
    expect(page.locator("#lookup-web tbody tr").first).to_be_visible()


def test_questions_are_filtered_and_open(room, visit):
    url, loading, _ = room
    page = visit(url)
    go(page, "questions")
    document = next(one for one in loading.assistant().index.documents.values() if questions(one))
    rows = questions(document)
    table = page.locator("#questions-list tbody tr")
    expect(table).to_have_count(len(rows))
    status = rows[-1].status
    page.get_by_role("combobox", name=NL.status).click()
    page.get_by_role("option", name=NL.statuses[status], exact=True).click()
    expect(table).to_have_count(sum(row.status == status for row in rows))
    page.locator("#questions-list .open").first.click()
    expect(page.locator("mark").first).to_be_visible()
    first = next(row for row in rows if row.status == status)
    assert marked(page) == letters(first.text)


def test_whether_it_was_asked_before(room, visit):
    url, loading, _ = room
    page = visit(url)
    go(page, "questions")
    row = next(rows[0] for one in loading.assistant().index.documents.values() if (rows := questions(one)))
    page.get_by_label(NL.before_label).fill(row.text)
    page.keyboard.press("Enter")
    expect(page.locator("#questions-found .before-row").first).to_be_visible()
    expect(page.locator("#questions-found")).to_contain_text(row.answers[0].unit)


def test_a_paper_is_added_answered_from_and_removed(room, visit, tmp_path):
    url, loading, settings = room
    page = visit(url)
    go(page, "documents")
    expect(page.locator("#documents-list tbody tr")).to_have_count(2)
    (tmp_path / "swans.txt").write_text(SWANS)
    page.locator("#documents-desk input[type=file]").set_input_files(tmp_path / "swans.txt")
    expect(page.locator("#documents-news .told")).to_contain_text("swans.txt", timeout=30_000)
    expect(page.locator("#documents-list tbody tr")).to_have_count(3)
    assert (settings.corpus / "swans.txt").read_text() == SWANS

    go(page, "lookup")  # another tab knows it, too
    page.get_by_label(NL.lookup_label).fill("zeven zwanen in de Hofvijver")
    page.keyboard.press("Enter")
    expect(page.locator("#lookup-found article.place")).to_have_count(1)
    assert loading.assistant().ask("Hoeveel zwanen zwemmen er in de Hofvijver?").citations[0].document == "swans"

    go(page, "documents")
    page.locator('[data-paper="swans"]').click()
    expect(page.locator("#documents-one .contents")).to_contain_text("Antwoord 1")
    page.get_by_role("button", name=NL.remove).click()
    expect(page.get_by_role("button", name=NL.cancel)).to_be_focused()
    page.keyboard.press("Enter")  # not removed without a second word
    expect(page.get_by_role("button", name=NL.remove)).to_be_visible()
    assert (settings.corpus / "swans.txt").exists()
    page.get_by_role("button", name=NL.remove).click()
    page.get_by_role("button", name=NL.remove_yes).click()
    expect(page.locator("#documents-list tbody tr")).to_have_count(2, timeout=30_000)
    assert not (settings.corpus / "swans.txt").exists()
    assert (settings.corpus.parent / "removed" / "swans.txt").read_text() == SWANS


def test_a_file_that_cannot_be_read_is_one_line(room, visit, tmp_path):
    page = visit(room[0])
    go(page, "documents")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nthis is none")
    page.locator("#documents-desk input[type=file]").set_input_files(tmp_path / "broken.pdf")
    expect(page.locator("#documents-news .told.bad")).to_contain_text("broken.pdf", timeout=30_000)
    assert not (room[2].corpus / "broken.pdf").exists()


def test_a_hostile_paper_is_words(room, visit, tmp_path):
    page = visit(room[0])
    go(page, "documents")
    (tmp_path / "hostile.txt").write_text(HOSTILE)
    page.locator("#documents-desk input[type=file]").set_input_files(tmp_path / "hostile.txt")
    expect(page.locator("#documents-news .told")).to_contain_text("hostile", timeout=30_000)
    go(page, "questions")
    page.get_by_role("combobox", name=NL.paper).click()
    page.get_by_role("option", name=re.compile("hostile")).click()
    expect(page.locator("#questions-list")).to_contain_text("<script>window.hit=1</script>")
    go(page, "lookup")
    page.get_by_label(NL.lookup_label).fill('Dit is <img src=x onerror="window.hit=2"> een antwoord')
    page.keyboard.press("Enter")
    expect(page.locator("#lookup-found article.place").first).to_be_visible()
    assert page.evaluate("window.hit === undefined")
    assert page.locator(".bench img, .bench script").count() == 0


def test_nothing_is_wider_than_the_screen(room, visit):
    page = visit(room[0], width=390, height=844)
    for name in FILLED:
        go(page, name)
        expect(page.locator(f"#{FILLED[name]}")).not_to_be_empty()
        for width in (1440, 768, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(WIDE), (name, width)
