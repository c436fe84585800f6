"""What each part of the retrieval is worth, and what it costs: each part is taken away, and the same questions asked.

    python benchmarks/retrieval.py --gold eval/gold/corpus.jsonl [--index DIR]     or --beir DIR, or --squad FILE
    python benchmarks/retrieval.py --beir DIR --scale 100000                       milliseconds a query, arms apart

Significance is that of `raadpleeg eval --baseline`: a paired randomisation test, clustered by document, Holm-corrected.
With --scale the passages of the set are repeated, in another order each time, up to so many.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from raadpleeg import wiring
from raadpleeg.answering.assistant import Assistant
from raadpleeg.evaluation.datasets import read_beir, read_squad
from raadpleeg.evaluation.gold import Item, Span, read_gold, resolve
from raadpleeg.evaluation.measures import MEASURES, RETRIEVAL
from raadpleeg.evaluation.result import Result
from raadpleeg.evaluation.run import evaluate
from raadpleeg.evaluation.session import clusters_of
from raadpleeg.evaluation.significance import compare
from raadpleeg.indexing.blocks import blocks
from raadpleeg.indexing.generation import Index
from raadpleeg.indexing.lexical import LexicalIndex
from raadpleeg.indexing.store import FaissStore
from raadpleeg.retrieval.fusion import min_max
from raadpleeg.retrieval.routes import Named
from raadpleeg.retrieval.search import Query, search
from raadpleeg.settings import Settings, load_settings
from remembering import Remembering

_SEARCH = "raadpleeg.retrieval.search"
_LEXICAL = "raadpleeg.indexing.lexical"


@dataclass(frozen=True, slots=True)
class Task:
    """Questions, and the assistant that they are put to."""

    items: Sequence[Item]
    spans: Mapping[str, Sequence[Span]]
    judged: Mapping[str, Mapping[str, int]] | None
    assistant: Assistant
    settings: Settings

    def measured(self, index: Index, **settled: Any) -> Result:
        chosen = self.settings.model_copy(update=settled)
        assistant = Assistant(index, self.assistant._encoder, None, chosen)
        return evaluate(self.items, self.spans, assistant, {}, retrieval_only=True, judged=self.judged)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, nargs="+")
    parser.add_argument("--beir", type=Path)
    parser.add_argument("--squad", type=Path)
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--scale", type=int)
    parser.add_argument("--only", nargs="+", help="names of parts")
    parser.add_argument("--questions", type=int, help="so many of them, drawn with a fixed seed")
    chosen = parser.parse_args()
    task = opened(chosen)
    if chosen.scale:
        scale(task, chosen.scale)
    else:
        ablate(task, chosen.only)


def opened(chosen: argparse.Namespace) -> Task:
    settings = load_settings().model_copy(update={"index": chosen.index})
    if chosen.gold:
        assistant = wiring.open_assistant(settings, quotes_only=True)
        assistant._encoder = Remembering(assistant._encoder)
        items = [item for item in read_gold(chosen.gold) if item.answerable]
        spans = {item.id: resolve(item, assistant.index.documents) for item in items}
        return Task(items, spans, None, assistant, settings)
    dataset = read_beir(chosen.beir) if chosen.beir else read_squad(chosen.squad)
    name = f"{dataset.name}-{dataset.digest[:12]}{'-passages' if chosen.beir else ''}"
    assistant = wiring.open_collection(dataset.corpus, name, settings, embed_sentences=not chosen.beir)
    assistant._encoder = Remembering(assistant._encoder)
    answerable = [item for item in dataset.items if item.answerable]
    if chosen.questions and chosen.questions < len(answerable):
        answerable = random.Random(0).sample(answerable, chosen.questions)
    return Task(answerable, dataset.spans, dataset.grades, assistant, settings)


# --- what each part is worth -----------------------------------------------------------------------------------------


def ablate(task: Task, only: Sequence[str] | None) -> None:
    """Print a line for each part that is taken away."""
    index = task.assistant.index
    passages = index.passages
    texts, around = [one.text for one in passages], blocks(passages)

    def lexical(**patches: Any) -> Index:
        with patching({f"{_LEXICAL}.{name}": value for name, value in patches.items()}):
            return replace(index, lexical=LexicalIndex.build(texts, around))

    def without_compounds() -> Result:
        with patching({f"{_LEXICAL}.Compounds.parts": lambda self, word: ()}):
            return task.measured(replace(index, lexical=LexicalIndex.build(texts, around)))

    def unstemmed() -> Result:
        with patching({f"{_LEXICAL}.stems": lambda found: list(found)}):
            return task.measured(replace(index, lexical=LexicalIndex.build(texts, around)))

    def under(patches: Mapping[str, Any], used: Index = index, **settled: Any) -> Result:
        with patching(patches):
            return task.measured(used, **settled)

    shares = {"IN_PASSAGE": 0.4, "IN_BLOCK": 0.6, "IN_RUNS": 0.0}
    whole = task.measured(index)
    parts: dict[str, Callable[[], Result]] = {
        "words only": lambda: task.measured(index, dense_weight=0.0),
        "vectors only": lambda: task.measured(index, dense_weight=1.0),
        "vectors of passages only": lambda: under({f"{_SEARCH}.SENTENCE": 0.0}, dense_weight=1.0),
        "no runs of letters": lambda: under({f"{_LEXICAL}.{name}": value for name, value in shares.items()}),
        "no compounds": without_compounds,
        "no compounds, no runs": lambda: with_both(without_compounds, shares),
        "no stemming": unstemmed,
        "no blocks": lambda: task.measured(replace(index, lexical=LexicalIndex.build(texts))),
        "k1 0.9, b 0.4": lambda: task.measured(lexical(K1=0.9, B=0.4)),
        "no sentence vectors": lambda: under({f"{_SEARCH}.SENTENCE": 0.0}),
        "min-max, 0.7 dense": lambda: under({f"{_SEARCH}.convex": stretched}),
        "reciprocal ranks": lambda: under({f"{_SEARCH}.convex": reciprocal}),
        "no routes": lambda: under({f"{_SEARCH}.named_in": lambda question, index: Named()}),
        "no conversation": lambda: under({f"{_SEARCH}.in_full": lambda question, history: question}),
        "foreign stop words kept": lambda: under({f"{_SEARCH}.without_stop_words": lambda found, _: tuple(found)}),
    }
    print(f"{len(task.items)} questions, {len(passages)} passages\n")
    print(f"{'':<26}" + "".join(f"{name:>9}" for name in RETRIEVAL) + "  significantly worse than the whole in")
    print(line("everything", whole))
    for name, run in parts.items():
        if only and name not in only:
            continue
        without = run()
        compared = compare(whole.values, without.values, MEASURES, clusters_of(whole))
        worse = [one.measure for one in compared if one.verdict == "worse"]
        better = [f"better: {one.measure}" for one in compared if one.verdict == "better"]
        print(line(name, without), " ".join(worse + better), flush=True)
    for lang in sorted({item.lang for item in task.items}):
        own = [item.id for item in task.items if item.lang == lang]
        figures = "".join(f"{statistics.mean(whole.values[name][key] for key in own):>9.3f}" for name in RETRIEVAL)
        print(f"{f'of which {lang} ({len(own)})':<26}{figures}")


def with_both(run: Callable[[], Result], shares: Mapping[str, float]) -> Result:
    with patching({f"{_LEXICAL}.{name}": value for name, value in shares.items()}):
        return run()


def line(name: str, result: Result) -> str:
    return f"{name:<26}" + "".join(f"{result.mean(measure):>9.3f}" for measure in RETRIEVAL)


@contextmanager
def patching(patches: Mapping[str, Any]) -> Iterator[None]:
    with ExitStack() as stack:
        for name, value in patches.items():
            stack.enter_context(patch(name, value))
        yield


def stretched(cosines: Any, lexical: Any, dense_weight: float, floor: float) -> Any:
    """Stretch both arms to the candidates of the question: what is usual, and what was done before."""
    return 0.7 * min_max(cosines) + 0.3 * min_max(lexical)


def reciprocal(cosines: Any, lexical: Any, dense_weight: float, floor: float) -> Any:
    """Fuse by ranks (Cormack, Clarke & Büttcher, SIGIR 2009), k = 60."""
    ranks = [(-scores).argsort(kind="stable").argsort(kind="stable") + 1 for scores in (cosines, lexical)]
    return sum(1 / (60 + rank) for rank in ranks).astype(np.float32) * 30


# --- what it costs ---------------------------------------------------------------------------------------------------


def scale(task: Task, size: int, queries: int = 200) -> None:
    """Print milliseconds a query, of the whole and of each arm, on the set's passages repeated to `size`."""
    index = grown(task.assistant.index, size)
    encoder = task.assistant._encoder._encoder
    chosen = random.Random(0).sample(list(task.items), min(queries, len(task.items)))
    clock: dict[str, list[float]] = {name: [] for name in ("encode", "words", "vectors", "search", "query")}
    for item in chosen[:5]:
        search(index, look_at(item, index, encoder, task.settings), 8, task.settings)
    for item in chosen:
        begin = time.perf_counter()
        query = look_at(item, index, encoder, task.settings)
        encoded = time.perf_counter()
        index.lexical.scores(query.words)
        words = time.perf_counter()
        index.store.search(query.vector, task.settings.pool)
        vectors = time.perf_counter()
        search(index, query, task.settings.top_k, task.settings)
        found = time.perf_counter()
        marks = (encoded - begin, words - encoded, vectors - words, found - vectors, encoded - begin + found - vectors)
        for name, seconds in zip(clock, marks, strict=True):
            clock[name].append(1000 * seconds)
    print(f"{len(index.passages):,} passages, {len(chosen)} questions")
    for name, times in clock.items():
        print(f"{name:<8} p50 {statistics.median(times):6.1f} ms   p95 {np.quantile(times, 0.95):6.1f} ms")


def look_at(item: Item, index: Index, encoder: Any, settings: Settings) -> Query:
    from raadpleeg.retrieval.search import look

    return look(item.question, index, encoder, settings, item.history)


def grown(index: Index, size: int) -> Index:
    """Repeat the passages of an index, in another order each time."""
    count = len(index.passages)
    if size <= count:
        return index
    chance = np.random.default_rng(0)
    order = np.concatenate([np.arange(count), *(chance.permutation(count) for _ in range(size // count))])[:size]
    store = FaissStore(index.store.dimension)
    store.add(np.arange(size), index.store.vectors(order))
    rows = [slice(index.sentence_rows[at], index.sentence_rows[at + 1]) for at in order]
    return replace(
        index,
        passages=tuple(index.passages[at] for at in order),
        store=store,
        sentences=tuple(index.sentences[at] for at in order),
        sentence_vectors=np.concatenate([index.sentence_vectors[own] for own in rows]),
        sentence_rows=np.cumsum([0, *(own.stop - own.start for own in rows)]),
        lexical=LexicalIndex.build(
            [index.passages[at].text for at in order], blocks([index.passages[at] for at in order])
        ),
    )


if __name__ == "__main__":
    main()
