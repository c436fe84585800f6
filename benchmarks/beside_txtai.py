"""Retrieval beside txtai's hybrid search: the same passages, encoder and questions; quality, and milliseconds a query.

    python benchmarks/beside_txtai.py --beir FOLDER | --squad FILE [--questions N] [--headed]

txtai is no dependency of raadpleeg. Give it an environment of its own, with raadpleeg beside it:

    python3 -m venv beside
    beside/bin/pip install -c constraints.txt . txtai==9.14.0
    beside/bin/python benchmarks/beside_txtai.py --squad FILE

raadpleeg is what `raadpleeg eval` measures on the same set, with the index that it keeps in the cache: of a SQuAD file
sentences are embedded too, of a BEIR folder passages only. txtai indexes anew in each run, in memory.

On a machine that does other work, set OMP_NUM_THREADS=1: an encoder of several threads then waits for the slowest at
each step, and a question takes many times as long.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from raadpleeg import models, wiring
from raadpleeg.answering.assistant import Assistant
from raadpleeg.errors import RaadpleegError
from raadpleeg.evaluation.datasets import Dataset, read_beir, read_squad
from raadpleeg.evaluation.gold import Item
from raadpleeg.evaluation.measures import RETRIEVAL
from raadpleeg.evaluation.run import DEPTH
from raadpleeg.indexing.blocks import in_context
from raadpleeg.settings import load_settings

INSTRUCTIONS = {"query": "query: ", "data": "passage: "}
"""What e5 wants before a text. txtai puts it before questions and passages, as raadpleeg's encoder does."""

SEED = 2017
"""Of the sample of questions, so that two runs ask the same ones."""

Searcher = Callable[[str], list[str]]
"""Takes a question and gives the document of each passage found, best first."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sets = parser.add_mutually_exclusive_group(required=True)
    sets.add_argument("--beir", type=Path, metavar="FOLDER", help="a set in BEIR's layout")
    sets.add_argument("--squad", type=Path, metavar="FILE", help="a set in SQuAD's layout; paragraphs are documents")
    parser.add_argument("--questions", type=int, metavar="N", help="a random sample of so many, always the same")
    parser.add_argument(
        "--headed", action="store_true", help="a txtai too that reads above each passage what raadpleeg embeds with it"
    )
    chosen = parser.parse_args()
    if chosen.questions is not None and chosen.questions < 1:
        parser.error("--questions has to be 1 or more")
    try:
        import txtai
    except ImportError as error:
        sys.exit(f"txtai cannot be imported ({error}); `pip install txtai` in an environment of its own")
    try:
        compare(chosen, txtai.Embeddings)
    except RaadpleegError as error:
        sys.exit(str(error))


def compare(chosen: argparse.Namespace, embeddings: Any) -> None:
    import torch

    dataset = read_beir(chosen.beir) if chosen.beir else read_squad(chosen.squad)
    items = [item for item in dataset.items if item.answerable]
    if chosen.questions is not None and chosen.questions < len(items):
        items = random.Random(SEED).sample(items, chosen.questions)
    settings = load_settings()
    source = models.encoder_folder(settings)
    say("raadpleeg opens its index, or builds it")
    name = f"{dataset.name}-{dataset.digest[:12]}{'-passages' if chosen.beir else ''}"
    assistant = wiring.open_collection(dataset.corpus, name, settings, embed_sentences=not chosen.beir)
    passages = assistant.index.passages
    documents = [passage.document.id for passage in passages]
    label = f"txtai {version('txtai')}"
    searchers = {label: of_txtai(embeddings, str(source), [one.text for one in passages], documents, assistant)}
    if chosen.headed:
        texts = [in_context(passage) for passage in passages]
        searchers[f"{label}, headed"] = of_txtai(embeddings, str(source), texts, documents, assistant)
    searchers[f"raadpleeg {version('raadpleeg')}"] = of_raadpleeg(assistant)

    runs, seconds = ask(items, searchers)
    print(
        f"{dataset.name}: {len(items)} questions, {len(dataset.corpus.documents)} documents, {len(passages)} passages, "
        f"{DEPTH} asked for; {assistant._encoder.name}, threads: {torch.get_num_threads()}"
    )
    width = max(map(len, searchers))
    print(" " * width, *(f"{name:>8}" for name in RETRIEVAL), f"{'median ms':>10} {'p95 ms':>8}")
    for name, run in runs.items():
        taken = np.array(seconds[name]) * 1e3
        values = measured(dataset, items, run)
        print(
            f"{name:<{width}}",
            *(f"{values[measure]:8.4f}" for measure in RETRIEVAL),
            f"{np.median(taken):10.1f} {np.percentile(taken, 95):8.1f}",
        )


def of_txtai(
    embeddings: Any, encoder: str, texts: Sequence[str], documents: Sequence[str], assistant: Assistant
) -> Searcher:
    """Let txtai index passages, and give its search."""
    say(f"txtai indexes {len(texts)} passages")
    # What a user of txtai 9.14.0 gets who asks for hybrid search. `hybrid` stands for
    # `scoring={"method": "bm25", "terms": True, "normalize": True}`: BM25 with k1 1.2 and b .75 over lower-cased words
    # as Unicode parts them, without stop words or stems; words of more than a tenth of the passages only add to those
    # that share a rarer word of the question, if any does. Each arm brings 10 times what is asked for; a passage gets
    # half its cosine and half its BM25 (as a share of at most 6 times the average), and 0 from an arm that did not
    # bring it. Up to 5,000 passages faiss compares all vectors ("Flat"); of more it looks at a part of them ("IVF").
    # No default but `gpu`: raadpleeg's encoder works on the processor, and so shall txtai's where there is another.
    index = embeddings(path=encoder, instructions=INSTRUCTIONS, hybrid=True, backend="faiss", content=False, gpu=False)
    index.index([(number, text, None) for number, text in enumerate(texts)])
    check_encoders(index, texts[0], assistant)

    def search(question: str) -> list[str]:
        return [documents[number] for number, _ in index.search(question, DEPTH)]

    return search


def of_raadpleeg(assistant: Assistant) -> Searcher:
    """Give raadpleeg's search."""
    depth = min(DEPTH, len(assistant.index.passages))

    def search(question: str) -> list[str]:
        # A passage that repeats another stands where that one stands.
        return [one.document.id for hit in assistant.search(question, depth) for one in (hit.passage, *hit.also)]

    return search


def check_encoders(index: Any, text: str, assistant: Assistant) -> None:
    """Hold that both make the same vectors: they open the encoder in their own ways, and pool and normalise it too."""
    own = {"query": assistant._encoder.encode_queries, "data": assistant._encoder.encode_passages}
    for role, encode in own.items():
        cosine = float(index.transform((None, text, None), role) @ encode([text])[0])
        if cosine < 0.9999:
            sys.exit(f"as {role}, txtai's vector and raadpleeg's differ (cosine {cosine:.4f}); nothing can be compared")


def ask(
    items: Sequence[Item], searchers: Mapping[str, Searcher]
) -> tuple[dict[str, dict[str, dict[str, float]]], dict[str, list[float]]]:
    """Put each question to all: what each found (question -> document -> score), and the seconds that each took.

    They take turns within one loop, so that what else the machine does falls on all of them.
    """
    runs: dict[str, dict[str, dict[str, float]]] = {name: {} for name in searchers}
    seconds: dict[str, list[float]] = {name: [] for name in searchers}
    for search in searchers.values():
        search(items[0].question)  # first work is slow, and no user waits for it again
    names = list(searchers)
    for number, item in enumerate(items):
        # Who comes later finds warm caches, so each is first in its turn.
        first = number % len(names)
        for name in names[first:] + names[:first]:
            begun = time.perf_counter()
            found = searchers[name](item.question)
            seconds[name].append(time.perf_counter() - begun)
            runs[name][item.id] = by_document(found)
        if sys.stderr.isatty():
            print(f"\r{number + 1}/{len(items)}", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return runs, seconds


def by_document(found: Sequence[str]) -> dict[str, float]:
    """Let each document stand where its best passage stands; ranks are the scores, as those of passages may tie."""
    return {document: 1 / rank for rank, document in enumerate(dict.fromkeys(found), 1)}


def measured(dataset: Dataset, items: Sequence[Item], run: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Give the mean of each measure; a question for which nothing came back counts as 0."""
    import ir_measures

    qrels = {item.id: dict(dataset.grades[item.id]) for item in items}
    sums = dict.fromkeys(RETRIEVAL, 0.0)
    for metric in ir_measures.iter_calc([ir_measures.parse_measure(name) for name in RETRIEVAL], qrels, dict(run)):
        sums[str(metric.measure)] += float(metric.value)
    return {name: total / len(items) for name, total in sums.items()}


def say(what: str) -> None:
    print(f"{what} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
