"""Greetings, thanks and "what can you do": answered in kind, without sources, for nothing is claimed."""

from __future__ import annotations

import re
from typing import Literal

from raadpleeg.records import Language

Courtesy = Literal["greeting", "thanks", "help"]

_SAID: dict[Language, dict[Courtesy, str]] = {
    "nl": {
        "greeting": r"hallo|hoi|hé|hey|dag|goede?n?(?: |-)?(?:morgen|middag|avond|dag)|gegroet",
        "thanks": r"(?:heel (?:erg )?)?(?:hartelijk )?(?:be)?dank(?:t| je| u| jullie)?(?: wel)?(?: hoor)?"
        r"|(?:ok[eé]? |prima |fijn |top )?(?:dank(?: je| u)? ?wel|bedankt)|tot (?:ziens|straks|de volgende keer)",
        "help": r"help|wat kun(?: je|t u| jij)(?: allemaal)?(?: doen)?|wie (?:ben|bent) (?:je|jij|u)",
    },
    "de": {
        "greeting": r"guten (?:morgen|tag|abend)|grüß gott|servus|moin",
        "thanks": r"(?:vielen |besten |herzlichen )?danke?(?: schön| sehr| dir| ihnen)?"
        r"|(?:auf )?wiedersehen|tschüss",
        "help": r"hilfe|was (?:kannst du|können sie)(?: alles)?(?: tun)?|wer (?:bist du|sind sie)",
    },
    "fr": {
        "greeting": r"bonjour|bonsoir|salut",
        "thanks": r"merci(?: beaucoup| bien)?|au revoir",
        "help": r"aide|que (?:peux-tu|pouvez-vous)(?: faire)?|qui (?:es-tu|êtes-vous)",
    },
    "en": {
        "greeting": r"hello|hi|good (?:morning|afternoon|evening)",
        "thanks": r"(?:many )?thanks(?: a lot)?|thank you(?: very much| so much)?|(?:good)?bye",
        "help": r"what can you do|who are you",
    },
}
_AFTER: dict[Language, str] = {
    "nl": r"(?: allemaal| daar| meneer| mevrouw| raadpleeg| voor (?:het|uw|je) (?:antwoord|hulp|uitleg))?",
    "de": r"(?: zusammen| für die (?:antwort|hilfe))?",
    "fr": r"(?: à tous| pour (?:la réponse|votre aide))?",
    "en": r"(?: there| for (?:the|your) (?:answer|help))?",
}
_ANSWERS: dict[Language, dict[Courtesy, str]] = {
    "nl": {
        "greeting": "Goedendag. Stel uw vraag over de papieren in dit bestand.",
        "thanks": "Graag gedaan.",
        "help": "Ik beantwoord vragen over de papieren in dit bestand en laat bij elke zin zien waar dat staat. "
        "Staat iets er niet in, dan zeg ik dat.",
    },
    "de": {
        "greeting": "Guten Tag. Stellen Sie Ihre Frage zu den Papieren in diesem Bestand.",
        "thanks": "Gern geschehen.",
        "help": "Ich beantworte Fragen zu den Papieren in diesem Bestand und zeige zu jedem Satz, wo das steht. "
        "Steht etwas nicht darin, sage ich das.",
    },
    "fr": {
        "greeting": "Bonjour. Posez votre question sur les documents de ce fonds.",
        "thanks": "Je vous en prie.",
        "help": "Je réponds aux questions sur les documents de ce fonds et je montre, pour chaque phrase, où cela se "
        "trouve. Si quelque chose n'y figure pas, je le dis.",
    },
    "en": {
        "greeting": "Good day. Ask your question about the papers in this collection.",
        "thanks": "You are welcome.",
        "help": "I answer questions about the papers in this collection and show for every sentence where it stands. "
        "If something is not in them, I say so.",
    },
}


def courtesy(text: str) -> tuple[str, Language] | None:
    """Give the answer to a text that is nothing but a greeting, thanks or a call for help, and its language."""
    said = re.sub(r"[\s.,!?…]+", " ", text).strip()
    for language, kinds in _SAID.items():
        for kind, pattern in kinds.items():
            if re.fullmatch(f"(?:{pattern}){_AFTER[language]}", said, re.IGNORECASE):
                return _ANSWERS[language][kind], language
    return None
