"""Where do these words stand? Exactly, then but for how they are typed, then nearly, with what differs.

`open_quotable` writes all letters and figures of a corpus behind each other, folded (no case, no accents, no white
space, no signs), with the place of every word, and files every pair of words that follow each other. A quotation that
stands there is found by looking for its own folded letters; one that was changed by its rarest pairs of words, and the
few places where these stand in a row are then compared word by word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import numpy.typing as npt

from raadpleeg.errors import BadReference
from raadpleeg.lookup.addresses import address_of_document
from raadpleeg.lookup.places import Change, Cited, Match, Place, note_place, place_of
from raadpleeg.lookup.web import Web
from raadpleeg.records import Document, Ids

LONGEST = 20_000
"""Characters of a quotation that are read."""
MOST_PLACES = 100
"""Places that are given of words that stand in more."""
LEAST_WORDS = 4
"""Words that a changed quotation has to share with the paper: fewer meet by chance."""
LEAST_SHARED = 0.7
"""Share of the words, in their order, that a changed quotation has to have in common with the paper."""
LEAST_COMMON = 0.5
"""Share of the words that a place has to have at all to be looked at closer."""
LEAST_ALIKE = 0.9
"""Share of the letters that do instead, where words were only misspelt."""
BUDGET = 20_000
"""Places of word pairs that are looked at, from the rarest pair on."""
CANDIDATES = 40
"""Places that are compared word by word."""
SLIP = 8
"""Words that a quotation may be longer or shorter than its place, without counting as two candidates."""

Bytes = npt.NDArray[np.uint8]
Hashes = npt.NDArray[np.uint32]

_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ\u00ad\u200b-\u200d\u2060\ufeff´`\u0300-\u036f]+[^\W_]+)*")
# A mark of a note behind a word: "regeling13", "regeling.13", "regeling[13]", "regeling¹³".
_MARKS = re.compile(r"(?<=[^\W\d_])([.,;:!?»”\"')]*)(?:\d{1,3}|\[\d{1,3}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?=[\s.,;:]|$)")
_SIGNS = re.compile(r"[^\w\s]")
_ASIDE = frozenset("-‐‑‒–—―−﹣－'’‘ʼ´`\"“”„«»‹›‚‛′″•·▪◦\u00ad\u200b\u200c\u200d\u2060\ufeff")
"""Signs that a quotation may have otherwise: hyphens and dashes, quotes, bullets."""


@dataclass(frozen=True, slots=True)
class Quotable:
    """The words of a corpus, as they are compared; made by `open_quotable`."""

    web: Web
    sources: tuple[tuple[Document, int | None], ...]
    """What was written down, in order: a paper's text, or the footnote at that place in its notes."""
    letters: bytes
    """The folded letters and figures of all sources, one byte each, with a nought between two sources."""
    words: Ids
    """Where in `letters` each word begins, and one more for the end; a nought counts as a word."""
    places: Ids
    """Where in its source each word begins."""
    firsts: tuple[int, ...]
    """The number of each source's first word."""
    pairs: Hashes
    """Of every two words that follow each other the hash, ascending."""
    order: Ids
    """For each of `pairs` the number of its first word."""


def open_quotable(web: Web) -> Quotable:
    """Write down all words of a corpus; some seconds for 40 MB of text, and about four times its size in memory."""
    sources: list[tuple[Document, int | None]] = []
    texts: list[str] = []
    for document in web.documents.values():
        sources.append((document, None))
        texts.append(document.text)
        for place, note in enumerate(document.footnotes):
            sources.append((document, place))
            texts.append(note.text)
    letters: list[Bytes] = []
    words: list[Ids] = []
    places: list[Ids] = []
    hashes: list[Hashes] = []
    firsts: list[int] = []
    length = count = 0
    for text in texts:
        folded, begins, offsets = _folded(text)
        firsts.append(count)
        letters += [folded, np.zeros(1, np.uint8)]
        words.append(np.append(begins, len(folded)) + length)
        places.append(np.append(offsets, len(text)))
        hashes.append(np.append(_hashes(folded, begins), np.uint32(0)))
        length += len(folded) + 1
        count += len(begins) + 1
    single = np.concatenate(hashes) if hashes else np.zeros(0, np.uint32)
    pairs = _paired(single)
    # The pair of a source's last word and the nought behind it is no pair.
    real = np.flatnonzero((single[:-1] != 0) & (single[1:] != 0))
    order = real[np.argsort(pairs[real], kind="stable")]
    return Quotable(
        web=web,
        sources=tuple(sources),
        letters=np.concatenate(letters).tobytes() if letters else b"",
        words=np.concatenate([*words, [length]]).astype(np.int64),
        places=np.concatenate(places).astype(np.int64) if places else np.zeros(0, np.int64),
        firsts=tuple(firsts),
        pairs=pairs[order],
        order=order,
    )


def quote(text: str, quotable: Quotable) -> Cited:
    """Tell where words stand: everywhere they stand as they are, else everywhere they stand nearly so.

    Raises:
        BadReference: there are no words, or too many.
    """
    query = text.strip()
    if len(query) > LONGEST:
        raise BadReference(f"the quotation has {len(query):,} characters, at most {LONGEST:,} are read; quote less")
    if not len(_folded(query)[0]):
        raise BadReference(
            'the quotation is empty; give the words, as in `raadpleeg cite --quote "per 1 januari 2026"`'
        )
    # Words may be copied with the marks of notes in them; as they are typed goes first.
    readings = list(dict.fromkeys((query, _MARKS.sub(r"\1", query))))
    total, found, meant = 0, [], query
    for reading in readings:
        total, found, meant = *_standing(reading, quotable), reading
        if found:
            break
    if not found:
        _, found, meant = min(((*_near(one, quotable), one) for one in readings), key=lambda one: one[0])
        total = len(found)
    places = sorted((_placed(query, meant, one, quotable) for one in found), key=_rank)
    explanation = None if places else "these words stand in no paper of the corpus"
    if total > len(places):
        explanation = f"these words stand in {total:,} places; the first {len(places)} are given"
    if places and all(place.match == "near" for place in places):
        explanation = "these words stand in no paper; nearly the same ones do"
    return Cited(
        query=text,
        places=tuple(places),
        reference=places[0].reference if places else None,
        in_corpus=bool(places),
        address=address_of_document(quotable.web.documents[places[0].document]) if places else None,
        explanation=explanation,
    )


def _rank(place: Place) -> tuple[int, int]:
    return ("exact", "normalised", "near").index(place.match), len(place.changes)


@dataclass(frozen=True, slots=True)
class _Span:
    """A span of a source."""

    source: int
    start: int
    end: int


# --- folding ---------------------------------------------------------------------------------------------------------


@cache
def _table() -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """Give for each character of the Basic Multilingual Plane its folded byte (0: none), and whether it parts words.

    A character that folds to several ("ß", "ﬁ", "½") goes by a byte of its own: what is typed is folded alike.
    """
    byte = np.zeros(0x10000, np.uint8)
    parts = np.ones(0x10000, np.uint8)
    for code in range(0x10000):
        char = chr(code)
        if char in "'’‘ʼ´`\u00ad\u200b\u200c\u200d\u2060\ufeff" or 0x300 <= code <= 0x36F:
            parts[code] = 0  # stands in a word without parting it
        elif char.isalnum():
            parts[code] = 0
            plain = "".join(one for one in unicodedata.normalize("NFKD", char.casefold()) if one.isalnum()) or char
            byte[code] = _byte(plain)
    return byte, parts


def _byte(plain: str) -> int:
    code = ord(plain) if len(plain) == 1 else sum(ord(one) * 31**place for place, one in enumerate(plain))
    return code if len(plain) == 1 and code < 0x80 else 0x80 + code % 0x7F


def _folded(text: str) -> tuple[Bytes, Ids, Ids]:
    """Give the folded letters of a text, where in them each word begins, and where in the text."""
    byte, parts = _table()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    small = np.minimum(codes, 0xFFFF)
    letters = byte[small]
    kept = np.flatnonzero(letters)
    if not len(kept):
        return np.zeros(0, np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64)
    # A word begins at a letter with something between it and the letter before it that parts words.
    parted = np.cumsum(parts[small], dtype=np.int32)[kept]
    begins = np.flatnonzero(np.append(True, parted[1:] != parted[:-1]))
    return letters[kept], begins.astype(np.int64), kept[begins].astype(np.int64)


def _hashes(letters: Bytes, begins: Ids) -> Hashes:
    """Give each word a number that depends on its letters and their order; never nought."""
    if not len(begins):
        return np.zeros(0, np.uint32)
    within = np.arange(len(letters)) - np.repeat(begins, np.diff(np.append(begins, len(letters))))
    weighed = (letters.astype(np.uint32) + np.uint32(1)) * _powers()[np.minimum(within, 63)]
    sums = np.add.reduceat(weighed, begins, dtype=np.uint32)
    mixed = (sums ^ (sums >> np.uint32(15))) * np.uint32(0x2C1B3C6D)
    hashed: Hashes = (mixed ^ (mixed >> np.uint32(12))) | np.uint32(1)
    return hashed


@cache
def _powers() -> Hashes:
    return np.array([pow(0x9E3779B1, place + 1, 2**32) for place in range(64)], np.uint32)


def _paired(single: Hashes) -> Hashes:
    """Give the hash of each word with the one behind it; of the last word one that means nothing."""
    after = np.append(single[1:], np.uint32(0))
    pairs: Hashes = single * np.uint32(0x85EBCA6B) + after * np.uint32(0xC2B2AE35)
    return pairs ^ (pairs >> np.uint32(13))


# --- the same words --------------------------------------------------------------------------------------------------


def _standing(text: str, quotable: Quotable) -> tuple[int, list[_Span]]:
    """Give how often these letters stand in the corpus, as whole words, and the first of these places."""
    folded, *_ = _folded(text)
    needle = folded.tobytes()
    found: list[_Span] = []
    total = 0
    at = quotable.letters.find(needle) if needle else -1
    while at >= 0:
        span = _span(quotable, at, at + len(needle))
        if span is not None and not _cut(quotable, span):
            total += 1
            if len(found) < MOST_PLACES:
                found.append(span)
        at = quotable.letters.find(needle, at + 1)
    return total, found


def _span(quotable: Quotable, start: int, end: int) -> _Span | None:
    """Give the span of the words whose letters these are; None where they begin or end within a word."""
    first = int(np.searchsorted(quotable.words, start))
    last = int(np.searchsorted(quotable.words, end))
    if quotable.words[first] != start or quotable.words[last] != end:
        return None
    return _of_words(quotable, first, last)


def _of_words(quotable: Quotable, first: int, last: int) -> _Span:
    """Give the span of the words from `first` up to `last`, in their source."""
    source = bisect_right(quotable.firsts, first) - 1
    text = _text(quotable, source)
    begin = int(quotable.places[first])
    close = _word_end(text, int(quotable.places[last - 1]))
    return _Span(source, begin, close)


def _word_end(text: str, begin: int) -> int:
    found = _WORD.match(text, begin)
    return found.end() if found else begin + 1


def _text(quotable: Quotable, source: int) -> str:
    document, note = quotable.sources[source]
    return document.text if note is None else document.footnotes[note].text


def _cut(quotable: Quotable, span: _Span) -> bool:
    """Tell whether a span is a part of a number: "5 miljoen" does not stand in "2,5 miljoen"."""
    text = _text(quotable, span.source)
    before = text[span.start].isdigit() and re.search(r"\d[.,]$", text[max(0, span.start - 2) : span.start])
    after = text[span.end - 1].isdigit() and re.match(r"[.,]\d", text[span.end : span.end + 2])
    return bool(before or after)


def _widened(quotable: Quotable, span: _Span) -> _Span:
    """Take in the whole of a number of which a span has a part, so that what is left out of it is shown."""
    text = _text(quotable, span.source)
    start, end = span.start, span.end
    if text[start].isdigit() and (found := re.search(r"[\d.,]*\d[.,]$", text[max(0, start - 20) : start])):
        start -= len(found[0])
    if text[end - 1].isdigit() and (found := re.match(r"[.,]\d[\d.,]*", text[end : end + 20])):
        end += len(found[0].rstrip(".,"))
    return _Span(span.source, start, end)


# --- nearly the same words -------------------------------------------------------------------------------------------


def _near(text: str, quotable: Quotable) -> tuple[int, list[_Span]]:
    """Give how many words are changed at least, and the places with so few, if they are few enough."""
    from rapidfuzz.distance import LCSseq, Levenshtein

    folded, begins, _ = _folded(text)
    wanted = _words_of(folded.tobytes(), begins)
    best = len(wanted) + 1
    found: dict[_Span, int] = {}
    for first in _candidates(folded, begins, quotable):
        low, high = _room(quotable, first, len(wanted))
        there = [_word(quotable, number) for number in range(low, high)]
        # Most candidates share too few words anywhere near; that is told with one comparison.
        if LCSseq.similarity(wanted, there) < LEAST_COMMON * len(wanted):
            continue
        at = first - low
        place = _fitted(wanted, there, at)
        if place is None:
            continue
        start, end = place
        same = LCSseq.similarity(wanted, there[start:end])
        if not _alike(wanted, there[start:end], same):
            continue
        changed = int(Levenshtein.distance(wanted, there[start:end]))
        best = min(best, changed)
        found[_widened(quotable, _of_words(quotable, low + start, low + end))] = changed
    return best, [span for span, changed in found.items() if changed == best]


def _words_of(letters: bytes, begins: Ids) -> list[bytes]:
    ends = [*begins[1:].tolist(), len(letters)]
    return [letters[start:end] for start, end in zip(begins.tolist(), ends, strict=True)]


def _word(quotable: Quotable, number: int) -> bytes:
    return quotable.letters[int(quotable.words[number]) : int(quotable.words[number + 1])]


def _candidates(folded: Bytes, begins: Ids, quotable: Quotable) -> list[int]:
    """Give the words at which a quotation may begin: where most of its pairs of words stand one behind another."""
    pairs = _paired(_hashes(folded, begins))[:-1]
    low = np.searchsorted(quotable.pairs, pairs, side="left")
    high = np.searchsorted(quotable.pairs, pairs, side="right")
    counts = high - low
    begun: list[Ids] = []
    spent = 0
    for place in np.argsort(counts, kind="stable"):
        if not counts[place]:
            continue
        if begun and spent + counts[place] > BUDGET:
            break
        spent += int(counts[place])
        begun.append(quotable.order[low[place] : high[place]][:BUDGET] - place)
    if not begun:
        return []
    starts = np.concatenate(begun)
    bins, votes = np.unique(starts // SLIP, return_counts=True)
    # A place may lie on the border of two bins.
    behind = np.where(np.append(np.diff(bins), 0) == 1, np.append(votes[1:], 0), 0)
    best = np.argsort(-(votes + behind), kind="stable")[:CANDIDATES]
    return [_commonest(starts[(starts // SLIP == bins[one]) | (starts // SLIP == bins[one] + 1)]) for one in best]


def _commonest(starts: Ids) -> int:
    values, counts = np.unique(starts, return_counts=True)
    return int(values[np.argmax(counts)])


def _room(quotable: Quotable, first: int, count: int) -> tuple[int, int]:
    """Give the words around a place in which a quotation of so many words may stand, all of one source."""
    middle = min(max(first + count // 2, 0), len(quotable.places) - 1)
    source = bisect_right(quotable.firsts, max(first, 0)) - 1
    if first < 0 or quotable.firsts[source] + _count(quotable, source) <= first:
        source = bisect_right(quotable.firsts, middle) - 1
    begin = quotable.firsts[source]
    low = max(begin, first - 2 * SLIP)
    return low, max(low, min(begin + _count(quotable, source), first + count + 2 * SLIP))


def _count(quotable: Quotable, source: int) -> int:
    after = quotable.firsts[source + 1] if source + 1 < len(quotable.firsts) else len(quotable.places)
    return after - quotable.firsts[source] - 1


def _fitted(wanted: Sequence[bytes], there: Sequence[bytes], at: int) -> tuple[int, int] | None:
    """Give the span of words that is nearest to a quotation that begins at about `at`.

    The fewest words changed; then the most words shared; then as many words as the quotation has.
    """
    from rapidfuzz.distance import LCSseq, Levenshtein

    starts = range(max(0, at - SLIP), min(len(there), at + SLIP) + 1)
    last = at + len(wanted)
    start = min(
        starts,
        key=lambda one: (
            Levenshtein.distance(wanted, there[one:last]),
            -LCSseq.similarity(wanted, there[one:last]),
            abs(one - at),
        ),
        default=at,
    )
    last = start + len(wanted)
    ends = range(max(start + 1, last - SLIP), min(len(there), last + SLIP) + 1)
    if not ends:
        return None
    end = min(
        ends,
        key=lambda one: (
            Levenshtein.distance(wanted, there[start:one]),
            -LCSseq.similarity(wanted, there[start:one]),
            abs(one - last),
        ),
    )
    return start, end


def _alike(wanted: Sequence[bytes], there: Sequence[bytes], same: int) -> bool:
    from rapidfuzz.distance import Indel

    longest = max(len(wanted), len(there))
    if same >= LEAST_WORDS and same >= LEAST_SHARED * longest:
        return True
    joined = b"".join(wanted), b"".join(there)
    return len(joined[0]) >= 12 and Indel.normalized_similarity(*joined) >= LEAST_ALIKE


# --- what is shown ---------------------------------------------------------------------------------------------------


def _placed(query: str, meant: str, span: _Span, quotable: Quotable) -> Place:
    """Tell how a place differs from what was quoted, and everything that belongs to it."""
    document, note = quotable.sources[span.source]
    text = _text(quotable, span.source)
    span = _with_signs(meant, text, span)
    start, end = span.start, span.end
    changes: tuple[Change, ...] = ()
    if text[start:end] == query:
        match: Match = "exact"
    else:
        changes = tuple(_changes(meant, text, start, end))
        match = "near" if changes else "normalised"
    if note is None:
        return place_of(quotable.web, document, start, end, match=match, changes=changes)
    footnote = document.footnotes[note]
    at = footnote.mark if footnote.mark is not None else document.pages[min(footnote.page, len(document.pages)) - 1]
    place = note_place(quotable.web, document, note)
    return replace(place, match=match, changes=tuple(replace(one, start=at, end=at) for one in changes))


def _with_signs(query: str, text: str, span: _Span) -> _Span:
    """Take in the signs at both ends that the quotation has too, such as its full stop."""
    words = list(_WORD.finditer(query))
    before, after = query[: words[0].start()], query[words[-1].end() :]
    start, end = span.start, span.end
    for sign in reversed(before):
        if sign.isspace() or start == 0 or text[start - 1] != sign:
            break
        start -= 1
    for sign in after:
        if sign.isspace() or end >= len(text) or text[end] != sign:
            break
        end += 1
    return _Span(span.source, start, end)


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or a sign, as it is compared and where it stands."""

    plain: str
    start: int
    end: int


def _tokens(text: str, start: int = 0, end: int | None = None) -> list[_Token]:
    """Give words and signs; signs that a quotation may have otherwise are left out, but for a minus."""
    end = len(text) if end is None else end
    tokens: list[_Token] = []
    for found in _TOKEN.finditer(text, start, end):
        word = found[0]
        if word in _ASIDE:
            minus = word in "-−–" and text[found.end() : found.end() + 1].isdigit()
            if not minus or (found.start() > start and not text[found.start() - 1].isspace()):
                continue
            word = "-"
        tokens.append(_Token(_plain(word), *found.span()))
    return tokens


_TOKEN = re.compile(rf"{_WORD.pattern}|[^\w\s]|_")


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold())
    kept = "".join(char for char in folded if not unicodedata.combining(char) and char not in _ASIDE)
    return kept or word


def _changes(query: str, text: str, start: int, end: int) -> Iterator[Change]:
    """Give what the paper has otherwise than the quotation, word by word; how it is typed does not count."""
    from rapidfuzz.distance import LCSseq

    quoted, paper = _tokens(query.strip()), _tokens(text, start, end)
    query = query.strip()
    quoted = _without_outer(quoted, paper)
    pending: tuple[int, int, int, int] | None = None
    blocks: list[tuple[int, int, int, int]] = []
    for one in LCSseq.opcodes([token.plain for token in quoted], [token.plain for token in paper]):
        if one.tag == "equal":
            if pending:
                blocks.append(pending)
            pending = None
        elif pending:
            pending = (pending[0], one.src_end, pending[2], one.dest_end)
        else:
            pending = (one.src_start, one.src_end, one.dest_start, one.dest_end)
    if pending:
        blocks.append(pending)
    for quoted_from, quoted_to, paper_from, paper_to in blocks:
        said, printed = quoted[quoted_from:quoted_to], paper[paper_from:paper_to]
        if "".join(one.plain for one in said) == "".join(one.plain for one in printed):
            continue  # the same letters, parted otherwise
        if printed:
            begin, close = printed[0].start, printed[-1].end
        else:
            begin = close = paper[paper_from - 1].end if paper_from else start
        yield Change(
            kind="replaced" if said and printed else "added" if said else "left out",
            paper=text[begin:close],
            quoted=query[said[0].start : said[-1].end] if said else "",
            start=begin,
            end=close,
        )


def _without_outer(quoted: list[_Token], paper: list[_Token]) -> list[_Token]:
    """Leave out the signs around a quotation that the paper has not there: brackets, a full stop to end with."""
    quoted = list(quoted)
    while quoted and not quoted[-1].plain[0].isalnum() and (not paper or paper[-1].plain != quoted[-1].plain):
        quoted.pop()
    while quoted and not quoted[0].plain[0].isalnum() and (not paper or paper[0].plain != quoted[0].plain):
        quoted.pop(0)
    return quoted
