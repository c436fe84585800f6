"""What the model is asked: a few evidence sentences, the question, and to be short.

The small default model stops answering when it is told to put source numbers behind its sentences, so it is not: it
phrases, and `citing` attributes. The fixed words come first, so that an engine reads them once and keeps them.
"""

from __future__ import annotations

from collections.abc import Sequence

from raadpleeg.records import Language, Message

NOT_FOUND = "NIET GEVONDEN"

_TASK = f"""\
Je beantwoordt vragen over Kamerstukken. Gebruik alleen de bronnen die je krijgt.
Antwoord in één korte, volledige zin, zo veel mogelijk in de woorden van de bron.
Neem getallen, datums en namen precies over. Neem niets aan wat er niet staat, ook niet wat de vraag veronderstelt.
Staat het antwoord niet in de bronnen, schrijf dan alleen: {NOT_FOUND}"""

_IN: dict[Language, str] = {
    "nl": "Antwoord in het Nederlands.",
    "de": "Antworte auf Deutsch.",
    "fr": "Réponds en français.",
    "en": "Answer in English.",
}


def messages(question: str, quotes: Sequence[str], language: Language) -> tuple[Message, ...]:
    """Put the question before the model, with the quotes that it may use."""
    sources = "\n".join(f"- {_plain(quote)}" for quote in quotes)
    return (
        {"role": "system", "content": _TASK},
        {"role": "user", "content": f"Bronnen:\n{sources}\n\nVraag: {_plain(question)}\n{_IN[language]}"},
    )


def _plain(text: str) -> str:
    """Put text on one line, and take from it the marks by which chat templates tell who speaks ("<|im_start|>")."""
    return " ".join(text.replace("<|", "< |").replace("|>", "| >").split())
