"""What the model is asked: a few evidence sentences, the question, and to be short.

The small default model stops answering when it is told to put source numbers behind its sentences, so it is not: it
phrases, and `citing` attributes. The fixed words come first, so that an engine reads them once and keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from raadpleeg.records import Generator, Language, Message
from raadpleeg.settings import Settings

NOT_FOUND = "NIET GEVONDEN"
NOTHING = ("NI", "NIET")
"""Tokens with which a model may begin to say so; a bare "N" begins much else ("Nee", "Nederland")."""

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


# Invented papers; what they show is to answer in a whole sentence, to keep a no a no and a plan a plan, and to give up.
_EXAMPLES = (
    (
        (
            "De subsidie bedraagt 40 miljoen euro en loopt tot en met 2027.",
            "De minister stuurt de evaluatie voor de zomer naar de Kamer.",
        ),
        (
            ("Tot wanneer loopt de subsidie?", "De subsidie loopt tot en met 2027."),
            ("Hoeveel scholen kregen de subsidie?", NOT_FOUND),
        ),
    ),
    (
        (
            "Met Frankrijk is over de tol nog geen afspraak gemaakt.",
            "Het kabinet heeft het voornemen om in 2025 een gezant te benoemen.",
        ),
        (
            ("Is er een afspraak met Frankrijk?", "Nee, met Frankrijk is over de tol nog geen afspraak gemaakt."),
            ("Wat gaat het kabinet doen?", "Het kabinet heeft het voornemen om in 2025 een gezant te benoemen."),
        ),
    ),
)


_PLAIN: dict[Language, str] = {
    "nl": "Schrijf eenvoudig (taalniveau B1): korte zinnen, gewone woorden.",
    "de": "Schreib einfach (Sprachniveau B1): kurze Sätze, gewöhnliche Wörter.",
    "fr": "Écris simplement (niveau B1) : phrases courtes, mots courants.",
    "en": "Write plainly (language level B1): short sentences, ordinary words.",
}


def messages(question: str, quotes: Sequence[str], language: Language, plain: bool = False) -> tuple[Message, ...]:
    """Put the question before the model, with the quotes that it may use, after a few examples of how to answer.

    Args:
        question: in full.
        quotes: what the answer may rest on.
        language: to answer in.
        plain: ask for plain language.
    """
    shown: list[Message] = [{"role": "system", "content": _TASK}]
    for sources, exchange in _EXAMPLES:
        for asked, answered in exchange:
            shown.append({"role": "user", "content": _request(asked, sources, "nl")})
            shown.append({"role": "assistant", "content": answered})
    return (*shown, {"role": "user", "content": _request(question, quotes, language, plain)})


def read_ahead(generator: Generator, settings: Settings) -> None:
    """Let an engine read the instructions and examples that open every prompt, if it keeps what it has read.

    Only llama.cpp, inside this process, is known to; a server is asked nothing before there is a question.

    Raises:
        GenerationFailed: the engine stopped.
    """
    if settings.engine != "llama.cpp":
        return
    pieces = generator.stream(messages("?", (), "nl"))
    next(pieces, None)
    close(pieces)


def chance_of_nothing(generator: Generator, prompt: Sequence[Message]) -> float | None:
    """Give the chance (0 to 1) that a model begins to say that nothing is there; None where the engine does not tell.

    What it reads for this it need not read again to write.

    Raises:
        GenerationFailed: the engine stopped.
    """
    ask = getattr(generator, "choice_probabilities", None)
    return float(sum(ask(prompt, NOTHING))) if ask else None


def close(pieces: Iterator[str]) -> None:
    """Stop an engine that has not said everything; not every iterator can be stopped."""
    stop = getattr(pieces, "close", None)
    if stop:
        stop()


def _request(question: str, quotes: Sequence[str], language: Language, plain: bool = False) -> str:
    sources = "\n".join(f"- {_on_one_line(quote)}" for quote in quotes)
    how = f" {_PLAIN[language]}" if plain else ""
    return f"Bronnen:\n{sources}\n\nVraag: {_on_one_line(question)}\n{_IN[language]}{how}"


def _on_one_line(text: str) -> str:
    """Put text on one line, and take from it the marks by which chat templates tell who speaks ("<|im_start|>")."""
    return " ".join(text.replace("<|", "< |").replace("|>", "| >").split())
