"""Makes what ranking and abstaining have learnt: ``python -m training.train --papers DIR --beir DIR --squad FILE``.

Three files in ``src/raadpleeg/answering/data``: the weights of the first ranking, the reranker, and the calibration of
abstaining. What no figure may be taken on afterwards: the papers in ``--papers``, the questions in
``training/questions``, and the first half of the passages of ``--squad``. Held apart from learning, and used for the
calibration: ``eval/gold/papers.jsonl``, and in ``training/questions`` ``dekamer-4``, ``invented-held`` and
``invented-held-2``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from raadpleeg import wiring
from raadpleeg.answering import abstaining as chances
from raadpleeg.answering.assistant import Assistant
from raadpleeg.answering.candidates import FEATURES
from raadpleeg.answering.prompting import chance_of_nothing, messages
from raadpleeg.evaluation.datasets import Dataset, read_beir, read_squad
from raadpleeg.evaluation.gold import Item, Span, read_gold, resolve
from raadpleeg.records import Encoder
from raadpleeg.settings import Settings, load_settings
from training import abstaining, ranking, reranker
from training.examples import Example, examples, read_questions

HERE = Path(__file__).parent
DATA = HERE.parent / "src/raadpleeg/answering/data"
GOLD = HERE.parent / "eval/gold/papers.jsonl"
LEARNT, HELD = ("dekamer-1", "dekamer-2", "dekamer-3", "dekamer-5", "pairs-dekamer"), "dekamer-4"
INVENTED = HERE / "papers"
INVENTED_LEARNT, INVENTED_HELD = ("invented", "invented-2"), ("invented-held", "invented-held-2")
Asked = list[tuple[Item, Sequence[Span]]]


def main() -> None:
    """Make the files, one after another: each is made with those before it."""
    given = arguments()
    settings = load_settings()
    beir, squad = read_beir(given.beir), read_squad(given.squad)
    beir = _of_questions(beir)
    papers = _papers(settings, given.papers, "index-training")
    answers = wiring.open_collection(beir.corpus, "training", settings)
    encoder = wiring.open_encoder(settings)
    if given.only != "abstaining":
        texts = wiring.open_collection(squad.corpus, f"{squad.name}-{squad.digest[:12]}", settings)
        rows: list[Example] = []
        for name in LEARNT:
            rows += examples(_written(name, answers)[: given.limit], answers, settings, encoder)
        for path in (*sorted((HERE / "questions").glob("papers-*.jsonl")), HERE / "questions/pairs-papers.jsonl"):
            rows += examples(_written(path.stem, papers)[: given.limit], papers, settings, encoder)
        rows += examples(_written("elsewhere", papers)[: given.limit], papers, settings, encoder)
        invented = _papers(settings, INVENTED, "index-training-invented")
        for name in INVENTED_LEARNT:
            rows += examples(_written(name, invented)[: given.limit], invented, settings, encoder)
        rows += examples(_first_half(squad)[: given.limit], texts, settings, encoder)
        _learn(rows, encoder, beir, given.rounds, given.steps)
        papers = _papers(settings, given.papers, "index-training")
        answers = wiring.open_collection(beir.corpus, "training", settings)
    if given.only == "reranker":
        return
    gold = [(item, resolve(item, papers.index.documents) if item.answerable else ()) for item in read_gold([GOLD])]
    asked = [(papers, gold[: given.limit]), (answers, _written(HELD, answers)[: given.limit])]
    invented = _papers(settings, INVENTED, "index-training-invented")
    asked += [(invented, _written(name, invented)[: given.limit]) for name in INVENTED_HELD]
    _calibrate(asked, settings, given.model)


def arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; `words` stand in for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=Path, required=True, help="folder with the papers of papers-*.jsonl")
    parser.add_argument("--beir", type=Path, required=True, help="dekamer-2017, in BEIR's layout")
    parser.add_argument("--squad", type=Path, required=True, help="xquad-nl")
    parser.add_argument("--rounds", type=int, default=len(reranker.ROUNDS), help="rounds in which the reranker learns")
    parser.add_argument("--steps", type=int, help="questions after which a round stops, wherever its schedule is")
    parser.add_argument("--limit", type=int, help="take only so many questions of each file: to try the way, not more")
    parser.add_argument(
        "--only", choices=("reranker", "abstaining"), help="make this part anew, with the others as they are"
    )
    parser.add_argument(
        "--model",
        type=int,
        default=0,
        help="questions of each set that the generator reads, for the last stage (slow)",
    )
    return parser.parse_args(words)


def _learn(rows: Sequence[Example], encoder: Encoder, beir: Dataset, rounds: int, steps: int | None) -> None:
    known = [np.array([one.features for one in row.offered], np.float32) for row in rows]
    weights = ranking.fit(known, [np.array(row.right) for row in rows])
    _write("ranking.json", {"weights": dict(zip(FEATURES, (round(float(one), 5) for one in weights), strict=True))})
    everything = np.concatenate(known)
    network, tokenizer = encoder.network  # type: ignore[attr-defined]
    learner = reranker.Learner(network, tokenizer, everything.mean(0), everything.std(0) + 1e-6, weights)
    subjects = {judged: item.question for item in beir.items for judged in beir.grades[item.id]}
    for seed, (epochs, share) in enumerate(reranker.ROUNDS[:rounds]):
        reranker.train(learner, rows, subjects, epochs, steps, seed, share)
    reranker.save(learner, DATA / "reranker.safetensors", encoder.weights)


def _calibrate(sets: Sequence[tuple[Assistant, Asked]], settings: Settings, read: int) -> None:
    """Fit the chances, the last stage on as many questions of each set as are `read` by the generator.

    The bounds by which reasons are told apart were set by eye, and stay.
    """
    held = json.loads((DATA / "abstaining.json").read_text(encoding="utf-8"))
    writer = wiring.open_writer(settings) if read else None
    found: list[dict[str, float]] = []
    answerable: list[bool] = []
    for assistant, asked in sets:
        apart = max(1, len(asked) // read) if read else 0
        for number, (item, _) in enumerate(asked):
            seen = assistant._find(item.question, item.history)
            if seen.signs is None or chances.certain(seen.query, seen.hits, seen.evidence) is not None:
                continue
            signs = dict(seen.signs)
            if writer and number % apart == 0:
                quotes = [one.words for one in assistant._brief(seen.sources)]
                none = chance_of_nothing(writer, messages(seen.query.full, quotes, seen.language))
                signs = chances.with_model(signs, none or 0.0)
            found.append(signs)
            answerable.append(item.answerable)
    for stage in abstaining.SIGNS:
        held["weights"][stage] = abstaining.fit(stage, found, answerable)
    known = [at for at, signs in enumerate(found) if "none" in signs]
    before, read_by = held["weights"]["reranked"], [found[at] for at in known]
    # Without a model that reads, the stage after is as the one before: its last fit belongs to other odds.
    held["weights"]["written"] = (
        abstaining.fit_written(before, read_by, [answerable[at] for at in known]) if known else {**before, "none": 0.0}
    )
    _write("abstaining.json", held)


def _papers(settings: Settings, corpus: Path, index: str) -> Assistant:
    settings = settings.model_copy(update={"corpus": corpus, "index": Path(index)})
    wiring.build_index(settings)
    return wiring.open_assistant(settings, quotes_only=True)


def _written(name: str, assistant: Assistant) -> Asked:
    return list(read_questions(HERE / "questions" / f"{name}.jsonl", assistant))


def _of_questions(beir: Dataset) -> Dataset:
    """Keep the documents that questions were written about, and as many others as stand in their way."""
    from dataclasses import replace

    wanted = {
        json.loads(line)["doc"]
        for name in (*LEARNT, HELD)
        for line in (HERE / "questions" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    }
    others = [one.id for one in beir.corpus.documents if one.id not in wanted][: len(wanted) // 2]
    kept = tuple(one for one in beir.corpus.documents if one.id in wanted or one.id in others)
    return replace(beir, corpus=replace(beir.corpus, documents=kept))


def _first_half(squad: Dataset) -> Asked:
    own = sorted({span.document for spans in squad.spans.values() for span in spans})
    half = set(own[: len(own) // 2])
    return [
        (item, squad.spans[item.id]) for item in squad.items if {one.document for one in squad.spans[item.id]} <= half
    ]


def _write(name: str, value: object) -> None:
    (DATA / name).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
