"""The main job in a real browser, with both real models: ask, see the answer, open the citation, see the words."""

from playwright.sync_api import expect

from raadpleeg.settings import Settings
from raadpleeg.web.texts import NL

QUESTION = "Per welke datum is de thuiswerkregeling met Duitsland van toepassing?"


def test_ask_click_and_see_the_words(page_url, visit, real_assistant):
    page = visit(page_url(real_assistant, Settings()))
    page.get_by_label(NL.question_label).fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".quotes blockquote").first).to_be_visible(timeout=30_000)
    expect(page.locator(".colophon")).to_contain_text("llama.cpp", timeout=180_000)
    expect(page.locator(".sentences")).to_contain_text("1 januari 2026")
    page.locator(".sentences button.cite").first.click()
    mark = page.locator("mark")
    expect(mark).to_contain_text("1 januari 2026")
    assert mark.text_content() in page.locator(".quotes blockquote").all_text_contents()
    expect(mark).to_be_in_viewport()
    expect(page.locator("#paper")).to_contain_text("Kamerstukken I 2025/26, 35714, O, p. 6")
