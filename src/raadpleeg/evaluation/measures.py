"""What is measured of one answer, each as a plain function; and the table of all measures.

Answers: SQuAD's exact match, F1 and containment (Rajpurkar et al. 2016), with the official normaliser and with a Dutch
one beside it. Citations: precision and recall at sentence level after ALCE (Gao et al. 2023), with overlap of spans in
place of a model's judgement. Retrieval is measured by ir_measures, in `run`.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from raadpleeg.evaluation.gold import Item, Span
from raadpleeg.evaluation.result import Measure
from raadpleeg.reading.people import MONTHS
from raadpleeg.records import Document

RETRIEVAL = ("nDCG@10", "R@1", "R@5", "R@20", "RR")

MEASURES = (
    Measure("nDCG@10", "answerable", "more", "how high passages with evidence stand among the first ten"),
    Measure("R@1", "answerable", "more", "passages with evidence that come first, of all that hold it"),
    Measure("R@5", "answerable", "more", "passages with evidence among the first five, of all that hold it"),
    Measure("R@20", "answerable", "more", "passages with evidence among the first twenty, of all that hold it"),
    Measure("RR", "answerable", "more", "one over the rank of the first passage with evidence"),
    Measure("must", "answerable", "more", "answers that say everything that a right one says"),
    Measure("EM", "answerable", "more", "answers equal to the gold one (SQuAD's normaliser)"),
    Measure("F1", "answerable", "more", "words shared with the gold answer (SQuAD's normaliser)"),
    Measure("contains", "answerable", "more", "answers that contain the gold one (SQuAD's normaliser)"),
    Measure("EM-nl", "answerable", "more", "answers equal to the gold one (Dutch normaliser)"),
    Measure("F1-nl", "answerable", "more", "words shared with the gold answer (Dutch normaliser)"),
    Measure("contains-nl", "answerable", "more", "answers that contain the gold one (Dutch normaliser)"),
    Measure("cite-P", "answerable", "more", "citations that rest on evidence, of those given"),
    Measure("cite-R", "answerable", "more", "sentences whose citations rest on evidence, of those written"),
    Measure("found", "answerable", "more", "answers of which at least one citation rests on evidence"),
    Measure("refused", "answerable", "less", "questions refused although the papers answer them"),
    Measure("fabricated", "unanswerable", "less", "questions answered although the papers do not"),
    Measure("reason", "unanswerable", "more", "refusals for the right reason, of all unanswerable questions"),
    Measure(
        "inexact",
        "all",
        "less",
        "answers with a quotation that differs from the paper by one byte",
    ),
    Measure("foreign", "all", "less", "answers that cite a number which stands for nothing"),
    Measure("first_quote_ms", "all", "less", "milliseconds until the first quotation, or the refusal", gated=False),
    Measure("first_token_ms", "all", "less", "milliseconds until the model's first word, or the end", gated=False),
    Measure("total_ms", "all", "less", "milliseconds until the answer stands", gated=False),
)

_ARTICLES = {"en": r"\b(a|an|the)\b", "nl": r"\b(de|het|een|'t)\b"}


# --- words -----------------------------------------------------------------------------------------------------------


def normalised(text: str) -> str:
    """Normalise as the official SQuAD 1.1 script does: small letters, no punctuation, no English articles."""
    text = "".join(char for char in text.lower() if char not in set(string.punctuation))
    return " ".join(re.sub(_ARTICLES["en"], " ", text).split())


def normalised_nl(text: str) -> str:
    """Normalise Dutch answers. Frozen: a change makes figures incomparable, so it needs a new name.

    Small letters; typographic quotes, dashes and citation numbers out; thousands without points, decimals with a point;
    "%" and "€" as words; dates as "1 januari 2026"; no Dutch articles; no punctuation.
    """
    text = re.sub(r"\[\d{1,2}\]", " ", text.lower()).replace("’", "'").replace("‘", "'")
    text = re.sub(r"[“”«»\"–—]", " ", text)
    text = re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", text)
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = re.sub(r"€\s*(\d[\d.]*)", r" \1 euro ", text.replace("%", " procent ")).replace("€", " euro ")
    text = re.sub(r"\b0?(\d{1,2})[-/]0?(\d{1,2})[-/](\d{4})\b", _spelt_date, text)
    text = re.sub(_ARTICLES["nl"], " ", text)
    text = re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w\s.]", " ", text)
    return " ".join(text.split())


def exact(given: str, gold: str) -> float:
    """Give 1 where two normalised answers are the same."""
    return float(given == gold)


def f1(given: str, gold: str) -> float:
    """Give the harmonic mean of precision and recall over words (bags), as SQuAD's script does."""
    one, other = given.split(), gold.split()
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / (len(one) + len(other)) if shared else 0.0


def contains(given: str, gold: str) -> float:
    """Give 1 where the gold answer stands in the given one as whole words."""
    return float(f" {gold} " in f" {given} ")


# --- answers ---------------------------------------------------------------------------------------------------------


def measure(
    item: Item, answer: Mapping[str, Any], spans: Sequence[Span], documents: Mapping[str, Document]
) -> dict[str, float]:
    """Measure one answer (as `ask --json` gives it) on everything but retrieval.

    Args:
        item: the question with what a right answer says.
        answer: what came back.
        spans: where the evidence stands.
        documents: the papers, to hold quotations against.
    """
    values: dict[str, float] = {}
    abstained = bool(answer["abstained"])
    if item.answerable:
        text = "" if abstained else _said(answer)
        gold = item.answer or ""
        values["must"] = float(
            not abstained and all(re.search(one, text, re.IGNORECASE | re.DOTALL) for one in item.must)
        )
        for suffix, normalise in (("", normalised), ("-nl", normalised_nl)):
            one, other = normalise(text), normalise(gold)
            values[f"EM{suffix}"] = exact(one, other)
            values[f"F1{suffix}"] = f1(one, other)
            values[f"contains{suffix}"] = contains(one, other)
        values |= _citations(answer, spans)
        values["refused"] = float(abstained)
    else:
        values["fabricated"] = float(not abstained)
        values["reason"] = float(abstained and (item.reason is None or answer["reason"] == item.reason))
    values["inexact"] = float(any(not _stands(one, documents) for one in answer["citations"]) or _misquotes(answer))
    known = {one["number"] for one in answer["citations"]}
    cited = {number for sentence in answer["sentences"] for number in sentence["citations"]}
    written = {int(number) for number in re.findall(r"\[(\d{1,2})\]", "" if abstained else answer["answer"])}
    values["foreign"] = float(bool((cited | written) - known))
    times = answer["timings_ms"]
    values["total_ms"] = float(times["total"])
    for name in ("first_quote", "first_token"):
        values[f"{name}_ms"] = float(times["total"] if times[name] is None else times[name])
    return values


def _said(answer: Mapping[str, Any]) -> str:
    return " ".join(sentence["text"] for sentence in answer["sentences"])


def _citations(answer: Mapping[str, Any], spans: Sequence[Span]) -> dict[str, float]:
    """Precision, recall and whether anything was found; an answer without sentences has none of them."""
    good = {one["number"] for one in answer["citations"] if any(_overlaps(one, span) for span in spans)}
    given = [number for sentence in answer["sentences"] for number in sentence["citations"]]
    carried = [sentence for sentence in answer["sentences"] if good.intersection(sentence["citations"])]
    return {
        "cite-P": sum(1 for number in given if number in good) / len(given) if given else 0.0,
        "cite-R": len(carried) / len(answer["sentences"]) if answer["sentences"] else 0.0,
        "found": float(bool(carried)),
    }


def _overlaps(citation: Mapping[str, Any], span: Span) -> bool:
    same = citation["document"] == span.document
    return bool(same and citation["start"] < span.end and span.start < citation["end"])


def _stands(citation: Mapping[str, Any], documents: Mapping[str, Document]) -> bool:
    document = documents.get(citation["document"])
    return document is not None and document.text[citation["start"] : citation["end"]] == citation["quote"]


def _misquotes(answer: Mapping[str, Any]) -> bool:
    """Tell whether a sentence that is given as a quotation is not what its citation quotes."""
    quotes = {one["number"]: one["quote"] for one in answer["citations"]}
    return any(
        sentence["verdict"] == "quoted"
        and sentence["text"] not in [quotes.get(number) for number in sentence["citations"]]
        for sentence in answer["sentences"]
    )


def _spelt_date(found: re.Match[str]) -> str:
    month = int(found[2])
    return f"{int(found[1])} {MONTHS[month - 1]} {found[3]}" if 1 <= month <= 12 else found[0]
