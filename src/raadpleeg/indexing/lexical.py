"""The lexical arm: BM25 (bm25s) over words with the parts of compounds, and over runs of four letters.

Words are looked for in passages and in the blocks around them, runs of letters in blocks alone.
Dutch writes compounds as one word and inflects them, so a word and the same word in the papers often share most of
their letters and no more. Runs of letters find those (McNamee & Mayfield, "Character N-Gram Tokenization for European
Language Text Retrieval", Information Retrieval 7, 2004); words keep the order right where they do meet.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from raadpleeg.errors import IndexCorrupt
from raadpleeg.indexing.blocks import Blocks
from raadpleeg.indexing.compounds import Compounds
from raadpleeg.indexing.words import stems, words
from raadpleeg.records import Ids

VERSION = 2
"""Changes when the same passages would be indexed otherwise, so that indexes are made anew."""

K1 = 1.2
B = 0.75
RUN = 4
"""Letters of a run."""
IN_PASSAGE, IN_BLOCK, IN_RUNS = 0.2, 0.3, 0.5
"""Shares in a score of words in the passage, of words in its block, and of runs of letters in its block."""

Scores = npt.NDArray[np.float32]


class LexicalIndex:
    """Scores every passage for the words of a question."""

    def __init__(
        self, passages: _Bm25, blocks: _Bm25, runs: _Bm25, block_of: Ids, vocabulary: Mapping[str, int]
    ) -> None:
        self._passages = passages
        self._blocks = blocks
        self._runs = runs
        self._block_of = block_of
        self._vocabulary = vocabulary
        self._compounds = Compounds(vocabulary)

    @classmethod
    def build(cls, passages: Sequence[str], around: Blocks | None = None) -> LexicalIndex:
        """Index the words of all passages; their place in the sequence is their number.

        Args:
            passages: their words.
            around: their blocks; without, each passage is a block by itself.
        """
        found = around or Blocks(tuple(passages), tuple(range(len(passages))))
        read = [words(passage) for passage in passages]
        vocabulary = Counter(chain.from_iterable(read))
        compounds = Compounds(vocabulary)
        around_read = [words(block) for block in found.texts]
        return cls(
            _Bm25.build([_whole_and_parted(one, compounds) for one in read]),
            _Bm25.build([_whole_and_parted(one, compounds) for one in around_read]),
            _Bm25.build([_letters(one) for one in around_read]),
            np.array(found.of, np.int64),
            vocabulary,
        )

    def scores(self, question: Sequence[str]) -> Scores:
        """Give the score of every passage for the words of a question, shape ``(passages,)``, from 0 to 1.

        It is a share of what a passage could have that held every word of the question many times over, so that
        scores compare between questions, and a word that stands nowhere lowers them all.
        """
        terms = _whole_and_parted(question, self._compounds)
        around = np.float32(IN_BLOCK) * self._blocks.share(terms)
        around += np.float32(IN_RUNS) * self._runs.share(_letters(question))
        return np.float32(IN_PASSAGE) * self._passages.share(terms) + around[self._block_of]

    def weight(self, term: str) -> float:
        """Give the inverse document frequency of a stem (BM25's own form); one that stands nowhere weighs most."""
        return self._passages.weight(term)

    def terms(self, text: str) -> frozenset[str]:
        """Give the stems of the words of a text, and of the parts of its compounds."""
        return frozenset(_whole_and_parted(words(text), self._compounds))

    def covered(self, question: Collection[str], there: Collection[str]) -> float:
        """Give the share, by weight, of a question's words that stand in a text with these `terms`: 0 to 1, 0 for none.

        A compound stands there also where all of its parts do, and a word where it is part of a compound.
        """
        found = sum(weight for weight, stands in self._sought(question, there) if stands)
        total = sum(weight for weight, _ in self._sought(question, there))
        return found / total if total else 0.0

    def missing(self, question: Collection[str], there: Collection[str]) -> float:
        """Give the weight of the rarest word of a question that does not stand in `there`; 0 if all do."""
        return max((weight for weight, stands in self._sought(question, there) if not stands), default=0.0)

    def _sought(self, question: Collection[str], there: Collection[str]) -> Iterator[tuple[float, bool]]:
        """Give for each word of a question its weight, and whether it stands in `there`."""
        for word in dict.fromkeys(question):
            (stem,) = stems([word])
            parts = stems(self._compounds.parts(word))
            yield self.weight(stem), stem in there or (bool(parts) and all(part in there for part in parts))

    def save(self, folder: Path) -> None:
        """Write the index into a new folder."""
        folder.mkdir()
        for name, engine in (("passages", self._passages), ("blocks", self._blocks), ("runs", self._runs)):
            engine.save(folder / name)
        np.save(folder / "block_of.npy", self._block_of)
        (folder / "vocabulary.json").write_text(json.dumps(self._vocabulary, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Open what `save` wrote.

        Raises:
            IndexCorrupt: the folder does not hold what was written.
        """
        try:
            vocabulary = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
            passages, blocks, runs = (_Bm25.load(folder / name) for name in ("passages", "blocks", "runs"))
            return cls(passages, blocks, runs, np.load(folder / "block_of.npy"), vocabulary)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexCorrupt(
                f"the lexical index cannot be opened ({error}); run `raadpleeg index --rebuild`"
            ) from None


class _Bm25:
    """BM25 over terms of any kind."""

    def __init__(self, engine: Any, frequencies: Mapping[str, int], size: int) -> None:
        self._engine = engine
        self._frequencies = frequencies
        self._size = size

    @classmethod
    def build(cls, passages: Sequence[Sequence[str]]) -> _Bm25:
        import bm25s

        frequencies = Counter(chain.from_iterable(map(set, passages)))
        # An empty passage has no terms; bm25s wants at least one term in all.
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        engine.index(passages if frequencies else [["\x00"], *passages[1:]], show_progress=False, leave_progress=False)
        return cls(engine, frequencies, len(passages))

    def weight(self, term: str) -> float:
        frequency = self._frequencies.get(term, 0)
        return float(np.log(1 + (self._size - frequency + 0.5) / (frequency + 0.5)))

    def share(self, question: Sequence[str]) -> Scores:
        """Give scores as a share of the highest that there could be: a term counts for its weight at most."""
        known = [term for term in question if term in self._frequencies]
        if not known:
            return np.zeros(self._size, np.float32)
        scores: Scores = self._engine.get_scores(known).astype(np.float32, copy=False)
        return scores / np.float32(sum(map(self.weight, question)))

    def save(self, folder: Path) -> None:
        self._engine.save(folder, show_progress=False)
        (folder / "frequencies.json").write_text(
            json.dumps({"size": self._size, "terms": self._frequencies}, ensure_ascii=False), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> _Bm25:
        import bm25s

        held = json.loads((folder / "frequencies.json").read_text(encoding="utf-8"))
        return cls(bm25s.BM25.load(folder), held["terms"], held["size"])


def _whole_and_parted(found: Iterable[str], compounds: Compounds) -> list[str]:
    """Give the stems of words and of the parts of those that are compounds."""
    return stems(chain.from_iterable((word, *compounds.parts(word)) for word in found))


def _letters(found: Iterable[str]) -> list[str]:
    """Give every run of letters in each word, whose ends are marked, so that they count."""
    marked = (f"_{word}_" for word in found)
    return [word[at : at + RUN] for word in marked for at in range(max(1, len(word) - RUN + 1))]
