"""Writes a result down for people."""

from __future__ import annotations

from raadpleeg.evaluation.run import Result


def table(result: Result) -> str:
    """Give the means as a small table, with what they are means of."""
    rows = [f"{measure:<8} {result.mean(measure):.3f}" for measure in result.values]
    missed = [key for key, value in result.values["R@5"].items() if value == 0]
    return "\n".join(
        [
            f"passage retrieval, {len(result.qrels)} answerable questions"
            f" ({result.unanswerable} unanswerable ones left out)",
            *rows,
            f"nothing relevant among the first five: {', '.join(missed) or 'none'}",
        ]
    )
