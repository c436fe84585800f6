"""The lexical arm: Dutch words to stems, and BM25 over them (bm25s)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from raadpleeg.errors import IndexCorrupt

VERSION = 1
"""Changes when the same words would become other terms, so that indexes are made anew."""

K1 = 1.2
B = 0.75

_TERM = re.compile(r"\d{1,3}(?:[ .]\d{3})+(?!\d)|\w+(?:-\w+)*")
_STOP_WORDS = frozenset(
    """
    aan al alle als altijd bij daar dan dat de der deze die dit doch door dus een en er ge geen haar had heb
    hebben heeft hem het hier hij hoe hun ik in is ja je kan kon kunnen maar me meer men met mij mijn moet na
    naar niet niets nog nu of om omdat ons ook op over reeds te tegen toch toen tot u uit uw van veel voor
    want waren was wat we wel werd wezen wie wij wil worden wordt zal ze zei zelf zich zij zijn zo zonder zou
    welke waar wanneer waarom hoeveel welk wiens per
    """.split()
)


@cache
def _stemmer() -> Any:
    import Stemmer

    # Snowball 3 has a new Dutch stemmer; "dutch_porter" is the one that "dutch" used to mean. This is the new one.
    return Stemmer.Stemmer("dutch")


def terms(text: str) -> list[str]:
    """Turn running text into terms: folded, without stop words, stemmed; "35 714" is one term, compounds are parted.

    A word with hyphens gives its parts beside itself, so that "Benelux-verband" is found by either.
    """
    folded = "".join(
        char for char in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(char)
    ).replace("’", "'")
    words: list[str] = []
    for found in _TERM.findall(folded):
        if found[0].isdigit() and not found.replace(".", "").replace(" ", "").strip("0123456789"):
            words.append(found.replace(".", "").replace(" ", ""))
            continue
        parts = found.split("-")
        words += [found.replace("-", ""), *parts] if len(parts) > 1 else parts
    kept = [word for word in words if word not in _STOP_WORDS and (len(word) > 1 or word.isdigit())]
    stems: list[str] = _stemmer().stemWords(kept)
    return stems


class LexicalIndex:
    """BM25 scores of every passage for the terms of a question."""

    def __init__(self, engine: Any, frequencies: dict[str, int], size: int) -> None:
        self._engine = engine
        self._frequencies = frequencies
        self._size = size

    @classmethod
    def build(cls, passages: Sequence[str]) -> LexicalIndex:
        """Index the words of all passages; their place in the sequence is their number."""
        import bm25s

        tokens = [terms(passage) for passage in passages]
        frequencies: dict[str, int] = {}
        for one in tokens:
            for term in set(one):
                frequencies[term] = frequencies.get(term, 0) + 1
        # An empty passage has no terms; bm25s wants at least one term in all.
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        engine.index(tokens if frequencies else [["\x00"], *tokens[1:]], show_progress=False, leave_progress=False)
        return cls(engine, frequencies, len(passages))

    def scores(self, query: Sequence[str]) -> npt.NDArray[np.float32]:
        """Give the BM25 score of every passage, shape ``(passages,)``; terms that stand nowhere count for nothing."""
        known = [term for term in query if term in self._frequencies]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores: npt.NDArray[np.float32] = self._engine.get_scores(known)
        return scores.astype(np.float32)

    def weight(self, term: str) -> float:
        """Give the inverse document frequency of a term (BM25's own form); a term that stands nowhere weighs most."""
        frequency = self._frequencies.get(term, 0)
        return float(np.log(1 + (self._size - frequency + 0.5) / (frequency + 0.5)))

    def coverage(self, query: Collection[str], text: str) -> float:
        """Give the share, by weight, of the query's terms that stand in `text` (0 to 1; 0 for a query of no terms)."""
        there = set(terms(text))
        wanted = {term: self.weight(term) for term in query}
        total = sum(wanted.values())
        return sum(weight for term, weight in wanted.items() if term in there) / total if total else 0.0

    def save(self, folder: Path) -> None:
        """Write the index into a new folder."""
        folder.mkdir()
        self._engine.save(folder, show_progress=False)
        (folder / "frequencies.json").write_text(
            json.dumps({"size": self._size, "terms": self._frequencies}, ensure_ascii=False), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what `save` wrote.

        Raises:
            IndexCorrupt: the folder does not hold what was written.
        """
        import bm25s

        try:
            held = json.loads((folder / "frequencies.json").read_text(encoding="utf-8"))
            return cls(bm25s.BM25.load(folder), held["terms"], held["size"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexCorrupt(
                f"the lexical index cannot be opened ({error}); run `raadpleeg index --rebuild`"
            ) from None
