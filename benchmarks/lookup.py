"""Citation lookup: what is found, what is claimed wrongly, and what it costs.

    python benchmarks/lookup.py [--index DIR] [--foreign FILE …] [--scale 100000]

Spans of 8 to 40 words are taken from every paper of the index and typed otherwise (case, white space, quotes, hyphens),
then with one word changed as well. Sentences of other texts (a SQuAD or BEIR file) should be found nowhere. With
--scale the papers are repeated with their words in another order, until there are so many passages.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import re
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from raadpleeg.errors import RaadpleegError
from raadpleeg.indexing.generation import read_manifest, stored_documents
from raadpleeg.lookup.places import Cited, cite
from raadpleeg.lookup.quoting import Quotable, open_quotable, quote
from raadpleeg.lookup.web import Web, mentions, notes, open_web
from raadpleeg.reading.sentences import sentences
from raadpleeg.records import Document

SEED = 20260401
WORDS = """
    zonnebloem fietspad onverwacht krachtige bibliotheek zeventien nauwelijks verhuizing eekhoorn porselein gisteren
""".split()


@dataclass(frozen=True, slots=True)
class Span:
    document: str
    start: int
    end: int
    text: str


def spans(documents: Sequence[Document], count: int, chance: random.Random) -> Iterator[Span]:
    """Take spans of 8 to 40 words, from every paper as often."""
    for number in range(count):
        document = documents[number % len(documents)]
        words = [found.span() for found in re.finditer(r"\S+", document.text)]
        length = min(chance.randint(8, 40), len(words))
        first = chance.randrange(len(words) - length + 1)
        start, end = words[first][0], words[first + length - 1][1]
        yield Span(document.id, start, end, document.text[start:end])


def typed(text: str, chance: random.Random) -> str:
    """Type words otherwise: case, white space, quotes, hyphens and dashes."""
    text = chance.choice([str, str.upper, str.lower, str.swapcase, str.title])(text)
    quotes = chance.choice(["'", '"', "“", "«", ""])
    text = re.sub("['\"‘’“”„«»]", quotes, text)
    dash = chance.choice(["-", "–", "—", "\u2011"])
    text = re.sub(r"(?<=\w)[-–—](?=\w)", dash, text)
    white = chance.choice([" ", "  ", "\n", "\t", "\u00a0"])
    text = re.sub(r"\s+", white, text)
    if chance.random() < 0.3:  # a word parted at the end of a line
        long = list(re.finditer(r"[^\W\d_]{10,}", text))
        if long:
            word = chance.choice(long)
            middle = (word.start() + word.end()) // 2
            text = f"{text[:middle]}-\n{text[middle:]}"
    return chance.choice(["{}", "“{}”", " {} ", "'{}'"]).format(text)


def changed(text: str, chance: random.Random) -> tuple[str, str, str]:
    """Replace one word; give the text, the word that stood there, and the one that does."""
    words = list(re.finditer(r"[^\W_]+", text))
    word = chance.choice(words)
    other = chance.choice(WORDS)
    return f"{text[: word.start()]}{other}{text[word.end() :]}", word[0], other


def at_place(cited: Cited, span: Span) -> bool:
    """Whether the very span is among the places; the signs at its ends, which may be typed otherwise, do not count."""
    words = list(re.finditer(r"[^\W_]+", span.text))
    start, end = span.start + words[0].start(), span.start + words[-1].end()
    for place in cited.places:
        own = list(re.finditer(r"[^\W_]+", place.quote))
        there = own and (place.start + own[0].start(), place.start + own[-1].end()) == (start, end)
        if place.document == span.document and there:
            return True
    return False


def shows(cited: Cited, was: str, now: str) -> bool:
    return any(
        was in change.paper and now in change.quoted and change.kind == "replaced"
        for place in cited.places
        for change in place.changes
    )


def foreign(files: Sequence[Path], count: int, chance: random.Random) -> list[str]:
    """Take sentences of at least 8 words from SQuAD and BEIR files."""
    texts: list[str] = []
    for path in files:
        content = path.read_text(encoding="utf-8")
        if path.suffix == ".jsonl":
            texts += [json.loads(line)["text"] for line in content.splitlines()]
        else:
            data = json.loads(content)["data"]
            texts += [paragraph["context"] for article in data for paragraph in article["paragraphs"]]
    chance.shuffle(texts)
    found: list[str] = []
    for text in texts:
        own = [text[start:end] for start, end in sentences(text)]
        long = [one for one in own if len(one.split()) >= 8]
        if long:
            found.append(chance.choice(long))
        if len(found) == count:
            break
    return found


def repeated(documents: Sequence[Document], times: int, chance: random.Random) -> list[Document]:
    """Repeat papers, the words of every line in another order: units and pages stay in place.

    Each copy is a paper of its own and refers to papers of its own: every number that may name one is another.
    """
    copies = list(documents)
    for number in range(1, times):
        digits = str.maketrans("0123456789", "".join(chance.sample("0123456789", 10)))

        def other(text: str, digits: dict[int, int] = digits) -> str:
            return re.sub(r"(?<!\d)(?!(?:19|20)\d\d)\d[\d .]?\d{2,}", lambda found: found[0].translate(digits), text)

        for document in documents:
            lines = []
            for line in document.text.split("\n"):
                words = line.split(" ")
                chance.shuffle(words)
                lines.append(" ".join(words))
            metadata = replace(
                document.metadata,
                dossiers=tuple(map(other, document.metadata.dossiers)),
                number=document.metadata.number and f"{number}",
            )
            notes_ = tuple(replace(note, text=other(note.text)) for note in document.footnotes)
            copies.append(
                replace(
                    document,
                    id=f"copy-{number}/{document.id}",
                    title=f"{document.title} {number}",
                    text=other("\n".join(lines)),
                    metadata=metadata,
                    footnotes=notes_,
                )
            )
    return copies


def milliseconds(calls: Sequence[Callable[[], object]]) -> list[float]:
    told = []
    for call in calls:
        before = time.perf_counter()
        call()
        told.append((time.perf_counter() - before) * 1e3)
    return told


def quantiles(name: str, times: Sequence[float]) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"| {name} | {statistics.median(times):.1f} | {p95:.1f} | {max(times):.1f} |")


def measure_quotes(quotable: Quotable, documents: Sequence[Document], others: Sequence[str], count: int) -> None:
    chance = random.Random(SEED)
    taken = list(spans(documents, count, chance))
    same = [(span, quote(typed(span.text, chance), quotable)) for span in taken]
    other = []
    for span in taken:
        text, was, now = changed(span.text, chance)
        other.append((span, quote(text, quotable), was, now))
    claimed = [(text, found) for text in others if (found := quote(text, quotable)).places]
    right = sum(at_place(found, span) and found.places[0].match != "near" for span, found in same)
    print("| | of | found |\n|---|---|---|")
    print(f"| typed otherwise | {len(same)} | {right} |")
    print(f"| one word changed | {len(other)} | {sum(at_place(found, span) for span, found, *_ in other)} |")
    print(f"| … and the change shown | {len(other)} | {sum(shows(found, was, now) for _, found, was, now in other)} |")
    print(f"| sentences of other texts | {len(others)} | {len(claimed)} |")
    for span, found in same:
        if not at_place(found, span) or found.places[0].match == "near":
            print(f"missed: {span.document} {span.start}: {found.query!r}: {found.places[:1]}")
    for span, found, was, now in other:
        if not at_place(found, span) or not shows(found, was, now):
            told = [(one.document, one.start, one.end, one.changes) for one in found.places[:2]]
            print(f"missed: {span.document} {span.start}-{span.end} {was} -> {now}: {found.query!r}: {told}")
    for text, found in claimed:
        print(f"claimed: {text!r}: {found.places[0].quote!r}")


def measure_time(web: Web, quotable: Quotable, documents: Sequence[Document], others: Sequence[str]) -> None:
    chance = random.Random(SEED)
    taken = list(spans(documents, 200, chance))
    as_typed = [typed(span.text, chance) for span in taken]
    as_changed = [changed(span.text, chance)[0] for span in taken]
    named = list(references(web, chance))
    print("\n| milliseconds | median | p95 | most |\n|---|---|---|---|")
    quantiles("reference", milliseconds([lambda one=one: attempt(one, web) for one in named]))
    quantiles("quotation, as it stands", milliseconds([lambda one=one: quote(one.text, quotable) for one in taken]))
    quantiles("quotation, typed otherwise", milliseconds([lambda one=one: quote(one, quotable) for one in as_typed]))
    quantiles("quotation, one word changed", milliseconds([lambda one=one: quote(one, quotable) for one in as_changed]))
    if others:
        quantiles("quotation, not there", milliseconds([lambda one=one: quote(one, quotable) for one in others]))


def references(web: Web, chance: random.Random) -> Iterator[str]:
    """Give references to units and pages of papers, and to papers that are not there."""
    papers = list(web.documents.values())
    for document in chance.sample(papers, min(60, len(papers))):
        own = str(web.own.get(document.id, document.id))
        yield own
        yield f"{own}, p. {chance.randint(1, len(document.pages))}"
        units = [unit for unit in document.units if unit.kind in ("question", "answer")]
        if units:
            unit = chance.choice(units)
            yield f"{unit.label} van {document.id}"
        if document.footnotes:
            yield f"voetnoot {chance.choice(document.footnotes).number}, {document.id}"
        titled = [unit.label for unit in document.units if unit.kind == "section"]
        if titled:
            yield chance.choice(titled)
        for one in mentions(web, document)[:2]:
            yield one.written


def attempt(reference: str, web: Web) -> None:
    with contextlib.suppress(RaadpleegError):
        cite(reference, web)


def footnotes_table(web: Web, document: Document) -> None:
    print(f"\n| {document.id} | note | stands for |\n|---|---|---|")
    for note in notes(web, document):
        led = "; ".join(
            f"{one.reference}{' (' + one.written + ')' if one.stands_for else ''}"
            f"{' → ' + one.targets[0].document + ', p. ' + str(one.targets[0].page) if one.targets else ''}"
            for one in note.mentions
        )
        print(f"| {note.footnote.number} | {note.footnote.text[:80]} | {note.state.replace('_', ' ')}: {led} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=Path("index"))
    parser.add_argument("--foreign", type=Path, nargs="*", default=[])
    parser.add_argument("--spans", type=int, default=200)
    parser.add_argument("--scale", type=int, help="passages")
    parser.add_argument("--notes", nargs="*", default=[], help="papers whose footnotes are listed")
    chosen = parser.parse_args()
    documents = list(stored_documents(chosen.index).values())
    chance = random.Random(SEED)
    others = foreign(chosen.foreign, 100, chance)
    web = open_web(documents)
    quotable = open_quotable(web)
    measure_quotes(quotable, documents, others, chosen.spans)
    measure_time(web, quotable, documents, others)
    for key in chosen.notes:
        footnotes_table(web, web.documents[key])
    if chosen.scale:
        passages = int(read_manifest(chosen.index)["passages"])
        papers = repeated(documents, -(-chosen.scale // passages), chance)
        before = time.perf_counter()
        web = open_web(papers)
        between = time.perf_counter()
        quotable = open_quotable(web)
        after = time.perf_counter()
        size = sum(len(paper.text) for paper in papers)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"\n{len(papers):,} papers, {size / 1e6:.0f} MB of text, {passages * len(papers) // len(documents):,} "
            f"passages: opened in {between - before:.1f} s (references) and {after - between:.1f} s (words); "
            f"{memory:.1f} GB at most"
        )
        measure_time(web, quotable, documents, others)
        claimed = sum(bool(quote(text, quotable).places) for text in others)
        print(f"\nof {len(others)} sentences of other texts {claimed} claimed found in all of these")


if __name__ == "__main__":
    main()
