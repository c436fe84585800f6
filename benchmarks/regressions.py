"""Whether the gate catches what it is there for: planted faults against unchanged runs.

    python benchmarks/regressions.py [--index DIR] [--unchanged 20] GOLD.jsonl ...

Each fault is planted in a system that is otherwise the same, the whole gold is asked, and the result is compared with
an unchanged run as `raadpleeg eval --baseline` does. Answers are quotations, so that a model's time does not count.
"""

from __future__ import annotations

import argparse
import copy
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from raadpleeg import wiring
from raadpleeg.answering.assistant import Assistant
from raadpleeg.evaluation import run as running
from raadpleeg.evaluation.baseline import failures
from raadpleeg.evaluation.gold import read_gold, resolve
from raadpleeg.evaluation.measures import MEASURES
from raadpleeg.evaluation.result import Result
from raadpleeg.evaluation.session import clusters_of
from raadpleeg.evaluation.significance import compare
from raadpleeg.settings import load_settings
from remembering import Remembering

STOP = "de het een en van in op dat is te zijn met voor er aan niet ook door"


class AsPassages(Remembering):
    """Questions with the prefix of passages."""

    def encode_queries(self, texts: list[str]) -> Any:
        return self._encoder.encode_passages(texts)


@dataclass
class Bent:
    """An assistant whose questions are bent on the way."""

    assistant: Assistant
    question: Callable[[str], str]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.assistant, name)

    def search(self, question: str, k: int, history: Any = ()) -> Any:
        return self.assistant.search(self.question(question), k, history)

    def ask(self, question: str, quotes_only: bool, history: Any = ()) -> Any:
        return self.assistant.ask(self.question(question), quotes_only, history)


def without_half(index: Any) -> Any:
    """Every second passage can no longer be found by its vector, nor by its words."""
    bent = copy.copy(index)
    store, lexical = copy.deepcopy(index.store), index.lexical
    gone = np.arange(0, len(index.passages), 2)
    vectors = store.vectors(np.arange(len(index.passages)))
    vectors[gone] = -vectors[gone]
    store.add(np.arange(len(index.passages)), vectors)

    class Half:
        def __getattr__(self, name: str) -> Any:
            return getattr(lexical, name)

        def scores(self, terms: Any) -> Any:
            scores = np.array(lexical.scores(terms))
            scores[gone] = 0
            return scores

    return replace(bent, store=store, lexical=Half())


def rolled(index: Any, by: int) -> Any:
    """Vectors stand beside the wrong passages."""
    store = copy.deepcopy(index.store)
    numbers = np.arange(len(index.passages))
    store.add(numbers, np.roll(store.vectors(numbers), by, axis=0))
    return replace(index, store=store)


def wordless(index: Any) -> Any:
    """No word of a question is found anywhere."""
    lexical = index.lexical

    class Wordless:
        def scores(self, terms: Any) -> Any:
            return np.zeros(len(index.passages), np.float32)

        def coverage(self, query: Any, text: str) -> float:
            return 0.0

        def __getattr__(self, name: str) -> Any:
            return getattr(lexical, name)

    return replace(index, lexical=Wordless())


def sentences_rolled(index: Any) -> Any:
    return replace(index, sentence_vectors=np.roll(np.asarray(index.sentence_vectors), 1, axis=0))


def changed(edit: Callable[[dict[str, Any]], None]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Bend an answer after it was given."""

    def bend(answer: Mapping[str, Any]) -> dict[str, Any]:
        bent = copy.deepcopy(dict(answer))
        edit(bent)
        return bent

    return bend


def off_by_one(answer: dict[str, Any]) -> None:
    for citation in answer["citations"]:
        citation["start"] += 1


def shuffled(answer: dict[str, Any]) -> None:
    """The numbers of citations are handed round; each quotation stays exact."""
    quotes = [{key: value for key, value in one.items() if key != "number"} for one in answer["citations"]]
    for one, other in zip(answer["citations"], quotes[1:] + quotes[:1], strict=True):
        one.update(other)


def elsewhere(answer: dict[str, Any]) -> None:
    for sentence in answer["sentences"]:
        sentence["citations"] = []


def cut(answer: dict[str, Any]) -> None:
    for sentence in answer["sentences"]:
        sentence["text"] = sentence["text"][:20]


def foreign(answer: dict[str, Any]) -> None:
    answer["answer"] += " [9]"


def one_reason(answer: dict[str, Any]) -> None:
    answer["reason"] = "off_topic" if answer["abstained"] else None


def silent(answer: dict[str, Any]) -> None:
    answer.update(abstained=True, reason="not_stated", sentences=[], citations=[])


def no_numbers(answer: dict[str, Any]) -> None:
    for sentence in answer["sentences"]:
        sentence["text"] = "".join("#" if char.isdigit() else char for char in sentence["text"])


def misquoted(answer: dict[str, Any]) -> None:
    for citation in answer["citations"][:1]:
        citation["quote"] = citation["quote"].replace("e", "a")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--unchanged", type=int, default=20)
    parser.add_argument("gold", nargs="+", type=Path)
    chosen = parser.parse_args()
    settings = load_settings().model_copy(update={"index": chosen.index})
    opened = wiring.open_assistant(settings, quotes_only=True)
    index, plain = opened.index, opened._encoder
    encoder = Remembering(plain)
    items = read_gold(chosen.gold)
    spans = {item.id: resolve(item, index.documents) for item in items if item.answerable}

    def asked(assistant: Any, bend: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None) -> Result:
        make = running.answer_json
        if bend is not None:
            running.answer_json = lambda answer, key=None: bend(make(answer, key))
        try:
            return running.evaluate(items, spans, assistant, {}, quotes_only=True)
        finally:
            running.answer_json = make

    reranker = opened._reading.reranker

    def built(index: Any = index, encoder: Any = encoder, reranker: Any = reranker, **settled: Any) -> Assistant:
        return Assistant(index, encoder, None, settings.model_copy(update=settled), reranker)

    faults: dict[str, Callable[[], Result]] = {
        "lexical arm off": lambda: asked(built(index=wordless(index))),
        "passages ranked by vectors only": lambda: asked(built(dense_weight=1.0)),
        "dense arm off": lambda: asked(built(dense_weight=0.0)),
        "sentences not read with the question": lambda: asked(built(reranker=None)),
        "wrong prefix": lambda: asked(built(encoder=AsPassages(plain))),
        "vectors of the next passage": lambda: asked(built(index=rolled(index, 1))),
        "vectors of the next sentence": lambda: asked(built(index=sentences_rolled(index))),
        "every second passage lost": lambda: asked(built(index=without_half(index))),
        "one hit": lambda: asked(built(top_k=1)),
        "one quotation": lambda: asked(built(quotes=1)),
        "abstaining off": lambda: asked(built(abstain_below=0.0)),
        "abstaining too soon": lambda: asked(built(abstain_below=0.9)),
        "question truncated": lambda: asked(Bent(built(), lambda text: " ".join(text.split()[:3]))),
        "question reversed": lambda: asked(Bent(built(), lambda text: " ".join(text.split()[::-1][:4]))),
        "stop words only": lambda: asked(Bent(built(), lambda _: STOP)),
        "one question for all": lambda: asked(Bent(built(), lambda _: "Wat is er?")),
        "spans off by one": lambda: asked(built(), changed(off_by_one)),
        "citations shuffled": lambda: asked(built(), changed(shuffled)),
        "citations lost": lambda: asked(built(), changed(elsewhere)),
        "a foreign marker": lambda: asked(built(), changed(foreign)),
        "answers cut short": lambda: asked(built(), changed(cut)),
        "numbers lost": lambda: asked(built(), changed(no_numbers)),
        "one letter misquoted": lambda: asked(built(), changed(misquoted)),
        "always the same reason": lambda: asked(built(), changed(one_reason)),
        "never an answer": lambda: asked(built(), changed(silent)),
    }
    begin = time.perf_counter()
    before = asked(built())
    clusters = clusters_of(before)
    print(f"{len(items)} questions; a run took {time.perf_counter() - begin:.0f} s")
    caught = 0
    for name, plant in faults.items():
        lost = failures(compare(before.values, plant().values, MEASURES, clusters))
        caught += bool(lost)
        print(f"{'caught' if lost else 'MISSED':<7} {name:<32} {lost[0] if lost else ''}", flush=True)
    alarms = 0
    for _ in range(chosen.unchanged):
        # A fresh encoder memory each time: an unchanged run does everything anew.
        alarms += bool(failures(compare(before.values, asked(built(encoder=plain)).values, MEASURES, clusters)))
    print(f"{caught} of {len(faults)} faults caught; {alarms} false alarms in {chosen.unchanged} unchanged runs")


if __name__ == "__main__":
    main()
