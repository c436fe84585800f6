"""What the tests of the page share: how a question is asked, and models that can be held back."""

import threading
from collections.abc import Iterator, Sequence

from playwright.sync_api import Page, expect

from raadpleeg.records import Message
from raadpleeg.web.texts import NL

QUESTION = "Is Nederland bereid om in Benelux-verband een regeling voor telewerk te treffen?"
ANSWER = "Het is de wens van het kabinet om voor grenswerkers tot ruimere afspraken te komen met de buurlanden."
TABS = ("consult", "lookup", "questions", "documents", "account")


class Held:
    """A generator that writes one word, and the next ones only when it is let go."""

    name = "held"

    def __init__(self, answer: str = ANSWER) -> None:
        self.answer = answer
        self.go = threading.Event()
        self.closed = threading.Event()

    def stream(self, messages: Sequence[Message], grammar: str | None = None) -> Iterator[str]:
        try:
            for word in self.answer.split(" "):
                yield word + " "
                self.go.wait(0.05 if self.go.is_set() else 20)
        except GeneratorExit:
            self.closed.set()
            raise


def ask(page: Page, question: str) -> None:
    # While an answer is coming the page takes no other question; that ends a moment after its last words are there.
    expect(page.get_by_role("button", name=NL.ask, exact=True)).to_be_visible()
    page.get_by_label(NL.question_label).fill(question)
    page.keyboard.press("Enter")


def answered(page: Page, question: str) -> None:
    """Ask, and wait until the whole answer is there and kept."""
    ask(page, question)
    expect(page.locator("#now .question")).to_have_text(question)
    expect(page.locator("#now .colophon")).to_be_visible()
    expect(page.get_by_role("button", name=NL.ask, exact=True)).to_be_visible()
    page.wait_for_function("q => new URLSearchParams(location.search).get('q') === q", arg=question)


def open_tab(page: Page, name: str) -> None:
    page.locator(f"#tab-{name}-button").click()
    expect(page.locator(f"#tab-{name}")).to_be_visible()


def pasted(page: Page, part: str) -> str:
    """Wait until the clipboard holds `part`, and give all that it holds.

    `Page.wait_for_function` does not wait for what a promise gives: a promise by itself is true to it.
    """
    page.evaluate(
        """async part => {
            const end = Date.now() + 10000;
            while (!(await navigator.clipboard.readText()).includes(part) && Date.now() < end)
                await new Promise(go => setTimeout(go, 50));
        }""",
        part,
    )
    text: str = page.evaluate("navigator.clipboard.readText()")
    assert part in text
    return text
