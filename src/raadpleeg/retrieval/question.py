"""What counts as a question; light, so that a bad one is told before any model is opened."""

from __future__ import annotations

from raadpleeg.errors import BadQuestion
from raadpleeg.settings import Settings


def check_question(question: str, settings: Settings) -> str:
    """Give the question on one line.

    Raises:
        BadQuestion: it is empty, or longer than the settings allow.
    """
    text = " ".join(question.split())
    if not any(char.isalnum() for char in text):
        raise BadQuestion("the question is empty; ask something in words")
    if len(text) > settings.question_characters:
        raise BadQuestion(
            f"the question has {len(text):,} characters, at most {settings.question_characters:,} are read; shorten it"
        )
    return text
