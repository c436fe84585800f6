"""What the verifier catches: true and altered sentences about sources in Dutch, in four languages.

    python benchmarks/verifier.py [--pairs eval/verifier/pairs.jsonl] [--missed]

Caught is the share of altered sentences that are found out, false alarms that of true ones that are refused. The
split "dev" is what the verifier was made on; "test" is what counts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from raadpleeg import wiring
from raadpleeg.answering.verifying import Problem, problems
from raadpleeg.settings import load_settings

Judged = tuple[dict[str, Any], tuple[Problem, ...]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=Path("eval/verifier/pairs.jsonl"))
    parser.add_argument("--missed", action="store_true", help="print what went wrong as well")
    chosen = parser.parse_args()
    pairs = [json.loads(line) for line in chosen.pairs.read_text(encoding="utf-8").splitlines()]
    cosines = likeness(pairs)
    begin = time.perf_counter()
    judged = [(pair, judge(pair, cosine)) for pair, cosine in zip(pairs, cosines, strict=True)]
    each = 1000 * (time.perf_counter() - begin) / len(pairs)
    for split in sorted({pair["split"] for pair in pairs}):
        table(split, [one for one in judged if one[0]["split"] == split])
    print(f"{len(pairs)} pairs, {each:.1f} ms each, without the encoder")
    if chosen.missed:
        for pair, found in judged:
            if pair["true"] == bool(found):
                sort = "true" if pair["true"] else "altered"
                print(f"\n{pair['id']} {pair['split']} {pair['lang']} {pair['kind']} {sort}")
                print(f"  {pair['source']}\n  {pair['claim']}\n  {'; '.join(map(str, found)) or 'not found out'}")


def likeness(pairs: list[dict[str, Any]]) -> list[float]:
    texts = sorted({pair[side] for pair in pairs for side in ("source", "claim")})
    vectors = dict(zip(texts, wiring.open_encoder(load_settings()).encode_passages(texts), strict=True))
    return [float(vectors[pair["source"]] @ vectors[pair["claim"]]) for pair in pairs]


def judge(pair: dict[str, Any], cosine: float) -> tuple[Problem, ...]:
    return problems(pair["claim"], pair["source"], cosine, pair["lang"], speaker=pair["speaker"], asked=pair["asked"])


def table(split: str, judged: list[Judged]) -> None:
    print(f"{split:<14}{'caught':>16}{'false alarms':>16}")
    rows: list[tuple[str, Callable[[dict[str, Any]], bool]]] = [("all", lambda pair: True)]
    rows += [(lang, lambda pair, lang=lang: pair["lang"] == lang) for lang in ("nl", "de", "fr", "en")]
    for true in (False, True):
        kinds = sorted({pair["kind"] for pair, _ in judged if pair["true"] == true})
        rows += [(kind, lambda pair, kind=kind: pair["kind"] == kind) for kind in kinds]
    for name, belongs in rows:
        own = [one for one in judged if belongs(one[0])]
        caught = share(bool(found) for pair, found in own if not pair["true"])
        alarms = share(bool(found) for pair, found in own if pair["true"])
        print(f"  {name:<12}{caught:>16}{alarms:>16}")
    print()


def share(flags: Iterable[bool]) -> str:
    counted = list(flags)
    return f"{sum(counted)}/{len(counted)} {sum(counted) / len(counted):4.0%}" if counted else ""


if __name__ == "__main__":
    main()
