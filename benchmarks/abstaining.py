"""Whether it answers where the passage with the answer is there, and abstains where that passage is taken away.

    python benchmarks/abstaining.py XQUAD.json [--questions 250] [--half second]

Questions whose answer stands verbatim in their passage are asked twice, in quotations only: of all passages, and of all
but their own. `training/` learns from the first half of the passages, so the second is what counts. Every question is
answered, with the chance that the papers answer; the bounds of the table are laid on that chance afterwards.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sklearn.metrics import roc_auc_score

from raadpleeg import wiring
from raadpleeg.answering.assistant import Assistant
from raadpleeg.evaluation.calibration import aurc, risk_coverage
from raadpleeg.evaluation.datasets import Dataset, read_squad
from raadpleeg.evaluation.gold import Item
from raadpleeg.evaluation.measures import contains, normalised_nl
from raadpleeg.retrieval.search import EVERYTHING, search
from raadpleeg.settings import load_settings

COVERAGES = (0.1, 0.25, 0.4, 0.5, 0.75, 0.9, 1.0)


@dataclass(frozen=True)
class Asked:
    """What came of one question."""

    chance: float
    in_answer: bool
    in_first: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("squad", type=Path, help="a set in SQuAD's layout")
    parser.add_argument("--questions", type=int, default=250, help="how many are drawn")
    parser.add_argument("--half", choices=("first", "second", "both"), default="second", help="of the passages")
    chosen = parser.parse_args()
    settings = load_settings()
    squad = read_squad(chosen.squad)
    bound = settings.abstain_below
    name = f"{squad.name}-{squad.digest[:12]}"
    assistant = wiring.open_collection(squad.corpus, name, settings.model_copy(update={"abstain_below": 0.0}))
    items = drawn(squad, chosen.questions, chosen.half)
    there = [ask(assistant, item) for item in items]
    away = []
    for item in items:
        with patch("raadpleeg.answering.assistant.search", without(item.evidence[0].document)):
            away.append(ask(assistant, item))
    print(f"{len(items)} questions on the {chosen.half} half of {squad.name}, quotations only")
    print(f"gold answer in the answer {share([one.in_answer for one in there])}", end=", ")
    print(f"in the first quotation {share([one.in_first for one in there])}")
    chances = [one.chance for one in (*there, *away)]
    auc = roc_auc_score([True] * len(there) + [False] * len(away), chances)
    print(f"AUC of the chance between passage there and taken away: {auc:.3f}\n")
    print("bound   refused, passage there   abstains, passage taken away")
    for at in sorted({bound, 0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8}):
        mark = " (set)" if at == bound else ""
        refused, abstained = ([one.chance < at for one in rows] for rows in (there, away))
        print(f"{at:.2f}{share(refused):>12}{share(abstained):>25}{mark}")
    print("\nrisk by coverage, most certain first")
    curve("passage there", there, [not one.in_answer for one in there])
    curve("both", [*there, *away], [not one.in_answer for one in there] + [True] * len(away))


def drawn(squad: Dataset, count: int, half: str) -> list[Item]:
    """Draw questions whose answer stands in their passage; which half is as `training/` parts them."""
    own = sorted({span.document for spans in squad.spans.values() for span in spans})
    first = set(own[: len(own) // 2])
    halves = {"first": (True,), "second": (False,), "both": (True, False)}[half]
    fit = [
        item
        for item in squad.items
        if item.answerable and item.id not in squad.unverbatim and (item.evidence[0].document in first) in halves
    ]
    return random.Random(0).sample(fit, min(count, len(fit)))


def ask(assistant: Assistant, item: Item) -> Asked:
    answer = assistant.ask(item.question, quotes_only=True)
    quotes = [normalised_nl(one.text) for one in answer.sentences]
    gold = normalised_nl(item.answer or "")
    return Asked(answer.confidence, bool(contains(" ".join(quotes), gold)), bool(contains("".join(quotes[:1]), gold)))


def without(document: str) -> Any:
    """Give a search that never finds one document."""

    def found(index: Any, query: Any, k: int, settings: Any, wanted: Any = EVERYTHING) -> Any:
        hits = [hit for hit in search(index, query, 2 * k, settings, wanted) if hit.passage.document.id != document]
        return tuple(replace(hit, rank=rank) for rank, hit in enumerate(hits[:k], 1))

    return found


def share(rows: list[bool]) -> str:
    return f"{sum(rows) / len(rows):.3f}"


def curve(name: str, rows: list[Asked], errors: list[bool]) -> None:
    chances = [one.chance for one in rows]
    points = risk_coverage(chances, errors)
    cells = [f"{at:.0%} {next(risk for coverage, risk in points if coverage >= at - 1e-9):.3f}" for at in COVERAGES]
    print(f"{name}: {', '.join(cells)}; area {aurc(chances, errors):.3f}")


if __name__ == "__main__":
    main()
