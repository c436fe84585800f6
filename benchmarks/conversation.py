"""What a short question within a conversation is taken for: going on from the question before it, or something new.

    python benchmarks/conversation.py [--pairs eval/conversation/pairs.jsonl] [--missed]

The new ones are about subjects that are in no paper of parliament, so the index that is searched need not be told.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from raadpleeg import wiring
from raadpleeg.settings import load_settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, default=Path("eval/conversation/pairs.jsonl"))
    parser.add_argument("--missed", action="store_true", help="print what was taken for the other thing as well")
    chosen = parser.parse_args()
    settings = load_settings()
    assistant = wiring.open_assistant(settings, quotes_only=True)
    pairs = [json.loads(line) for line in chosen.pairs.read_text(encoding="utf-8").splitlines()]
    answered = 0
    right: dict[bool, list[bool]] = {True: [], False: []}
    for pair in pairs:
        found = assistant._find(pair["question"], [pair["before"]])
        right[pair["leans"]].append((found.query.full != found.query.text) == pair["leans"])
        answered += not pair["leans"] and found.chance >= settings.abstain_below
        if chosen.missed and not right[pair["leans"]][-1]:
            print(f"{pair['before']} {pair['question']}")
    print(f"goes on, and is taken to: {sum(right[True])} of {len(right[True])}")
    print(f"is new, and is taken to be: {sum(right[False])} of {len(right[False])}; answered: {answered}")


if __name__ == "__main__":
    main()
