"""Titles in capitals ("BRIEF VAN DE MINISTER VAN ECONOMISCHE ZAKEN") become ordinary writing."""

from __future__ import annotations

import re

_OFFICES = frozenset(
    "minister ministers minister-president staatssecretaris staatssecretarissen ministerie commissie commissies "
    "president voorzitter ombudsman".split()
)
_MEMBERS = frozenset("lid leden kamerlid kamerleden".split())
_SMALL = frozenset("van voor de het der den en of te ter ten in op c.s. d.d. s. 's ’s een aan bij uit".split())
_ENDS = frozenset("over inzake betreffende met tot houdende naar ter waarbij nr. gedrukt onder".split())
_NEVER = frozenset("vaste tijdelijke algemene bijzondere parlementaire enquête".split())


def ordinary(title: str) -> str:
    """Write a title in capitals as in a sentence: capitals stay for its first word, names and what offices are of.

    What is not all in capitals is left as it is.
    """
    if not title.isupper():
        return title
    written: list[str] = []
    mode = ""
    before = ""
    for word in title.lower().split():
        plain = word.strip(",.;:()")
        if plain in _OFFICES or plain in _MEMBERS:
            mode = "names" if plain in _MEMBERS else "office"
        elif plain in _ENDS:
            mode = ""
        elif mode:
            begins = before.endswith(",") or before.strip(",") in (*_MEMBERS, "en")
            small = word in _SMALL and not (
                mode == "names" and begins and word in ("van", "de", "der", "den", "ter", "ten", "te")
            )
            if not small and not (mode == "office" and plain in _NEVER):
                word = re.sub(r"(?:^|(?<=[-/(’']))\w", lambda letter: letter[0].upper(), word)
        written.append(word)
        before = word.lower()
    text = " ".join(written)
    return text[:1].upper() + text[1:]
