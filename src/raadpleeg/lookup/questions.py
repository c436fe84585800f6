"""Questions and answers of a paper at a glance: who asked, where the answer stands, and what came of it.

What came of it is told from the answer's own words, sentence by sentence, and the words it rests on are given with it:
a reader who doubts can see why. "answered" says that the answer holds words of its own, not that they satisfy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from raadpleeg.indexing.generation import Index
from raadpleeg.reading.identity import DELAYED
from raadpleeg.reading.references import official
from raadpleeg.reading.sentences import sentences
from raadpleeg.records import Document, Encoder, Hit, Unit
from raadpleeg.retrieval.search import look, search
from raadpleeg.settings import Settings

Status = Literal["answered", "partly", "deferred", "referred elsewhere", "unanswered"]

DEPTH = 25
"""Passages looked through for each earlier question that is wanted: most passages are no questions."""

_REFUSED = re.compile(
    r"""
    \b(?:kan|kunnen|zal|zullen|wil|willen|mag|mogen)\b [^.;]{0,80} \b(?:niet|geen)\b [^.;]{0,60}
        \b(?:uitspra|inga|in[ ]te[ ]gaan|antwoord|mededeling|uitlating|oordel|oordeel|bevestig|treden)
    | \b(?:doe|doen|doet)\b [^.;]{0,60} \bgeen[ ](?:\w+[ ])?(?:uitspra|mededeling|uitlating)
    | \bga(?:an|at)?\b [^.;]{0,50} \bniet[ ](?:\w+[ ])?(?:in|nader[ ]in)[ ]op\b
    | \b(?:beschik|beschikken|beschikt|heb|hebben|heeft)\b [^.;]{0,50}
        \b(?:niet[ ]over|geen)[ ](?:\w+[ ]){0,2}(?:cijfers|gegevens|informatie|inzicht|overzicht|zicht)\b
    | \b(?:is|zijn|was|waren)\b [^.;]{0,50} \b(?:niet|geen[ ](?:\w+[ ])?(?:cijfers|gegevens|informatie|overzicht))[ ]
        (?:\w+[ ])?(?:bekend|beschikbaar|voorhanden|te[ ]achterhalen)\b
    | \b(?:wordt|worden)\b [^.;]{0,60} \bniet[ ](?:\w+[ ])?(?:bijgehouden|geregistreerd|gemonitord)\b
    | \bniet[ ]mogelijk[ ]om\b [^.;]{0,80} \b(?:geven|zeggen|beantwoorden|schatten|bepalen|vast[ ]te[ ]stellen)\b
    | \bniet[ ](?:\w+[ ]){0,2}te[ ](?:zeggen|kwantificeren|beantwoorden|achterhalen)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""That a question, or a part of it, is not answered."""
_LATER = re.compile(
    r"""
    \b(?:kom|komt|komen|kome)\b [^.;]{0,100} \bterug\b(?![ ]van)
    | \bterug(?:komen|kom|te[ ]komen)\b
    | \bnog[ ](?:niet|geen|onvoldoende)\b [^.;]{0,60}
        \b(?:bekend|duidelijk|beschikbaar|te[ ]zeggen|uitsluitsel|antwoord|conclusies|uitspra|besluit|besloten)
    | \bvooruit(?:lopen|[ ]te[ ]lopen|gelopen|loop)\b | \bloop(?:t|en)?\b [^.;]{0,60} \bvooruit\b
    | \bniet[ ](?:\w+[ ])?binnen[ ]de[ ](?:\w+[ ])?termijn\b
    | \bword(?:t|en)\b [^.;]{0,60} \b(?:nog|binnenkort|later|nader|momenteel|op[ ]dit[ ]moment)\b [^.;]{0,60}
        \b(?:bezien|onderzocht|uitgewerkt|gesproken|besproken|besloten|verkend|bekeken|uitgezocht|overlegd)\b
    | \baan[ ](?:het|een)[ ](?:volgend|nieuw)e?[ ]kabinet\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""That an answer, or a part of it, comes later."""
_POSTPONED = re.compile(r"\btermijn\b|\buitstel\b|niet (?:tijdig|binnen)|zo spoedig mogelijk", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\bbeantwoord\b|\bantwoorden?\b.{0,60}\b(?:brief|debat|overleg|zie)\b|\bbeantwoording\b", re.IGNORECASE
)
_PROMISED = re.compile(
    r"""
    \b(?:zal|zullen|wordt|worden|informeer|informeren|informeert|bericht|berichten|stuur|sturen|zend|zenden|ontvangt)\b
    [^.;]{0,140} \b(?:Kamer|Kamers|Staten-Generaal)\b [^.;]{0,140}
    (?:\b(?:ge)?(?:ïnform|inform|bericht|stu|zend|zond|toekom|doen[ ]toekomen)|$)
    | \b(?:Kamer|Kamers)\b [^.;]{0,60} \b(?:zal|zullen|wordt|worden)\b [^.;]{0,100} \b(?:geïnform|bericht|inform)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""That the chamber will hear more; what is answered besides stands."""
_POINTS = re.compile(
    r"""
    (?:(?:ja|nee|neen)\W+)? (?:
        (?:hiervoor[ ]|hierover[ ]|ook[ ])?(?:zie|vgl)\b
        | (?:\S+[ ]){0,16}? (?:\bverwijs(?:t|en)?\b|\bverwezen\b|\bverwijzing[ ]naar\b)
        | (?:\S+[ ]){0,4}? antwoord(?:en)?[ ]op[ ](?:de[ ])?vra(?:ag|gen)[ ]\d
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""That the answer stands elsewhere: how a sentence begins that does little but say so."""
_HEADING = re.compile(
    r"(?:(?:antwoord(?:en)?|beantwoording|op|de|vra(?:ag|gen)|nrs?|t/m|tot|met|en)\b|[\d\W]|[a-z]\b)*", re.IGNORECASE
)
_LONGEST_POINTER = 45
"""Words of a sentence that does nothing but point elsewhere; a longer one says something itself."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: its place and its words, unedited."""

    unit: str
    speaker: str | None
    page: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what came of it."""

    document: str
    reference: str
    unit: str
    numbers: tuple[int, ...]
    asker: str | None
    page: int
    start: int
    end: int
    text: str
    also: tuple[int, ...]
    """Other pages on which the same question stands."""
    answers: tuple[Given, ...]
    status: Status
    words: tuple[str, ...]
    """The words of the paper that the status rests on; none where there is no answer."""
    refers: tuple[int, ...]
    """The numbers of the questions whose answers this answer points to."""
    score: float | None = None
    """Where an earlier question was looked for, how near it is (0 to 1)."""


def questions(document: Document) -> tuple[Asked, ...]:
    """Give the questions of a paper, each once, in the order in which they stand."""
    found: list[Asked] = []
    seen: set[int] = set()
    for place, unit in enumerate(document.units):
        if unit.kind != "question" or place in seen:
            continue
        seen.update(unit.twins)
        found.append(_asked(document, unit))
    return tuple(found)


def asked_before(question: str, index: Index, encoder: Encoder, settings: Settings, k: int = 5) -> tuple[Asked, ...]:
    """Give the `k` questions of the corpus that are nearest to a new one, best first, with their answers unedited.

    Raises:
        BadQuestion: it is empty, or longer than the settings allow.
    """
    query = look(question, index, encoder, settings)
    depth = DEPTH * k
    while True:
        found = _distinct(search(index, query, depth, settings))
        if len(found) >= k or depth >= len(index.passages):
            return tuple(found[:k])
        depth *= 4


def _distinct(hits: Sequence[Hit]) -> list[Asked]:
    """Give the questions among the hits, each once."""
    found: list[Asked] = []
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        document, unit = hit.passage.document, hit.passage.unit
        if unit is None or unit.kind != "question" or (document.id, unit.start) in seen:
            continue
        seen |= {(document.id, unit.start), *((document.id, document.units[twin].start) for twin in unit.twins)}
        found.append(_asked(document, unit, hit.score))
    return found


def _asked(document: Document, unit: Unit, score: float | None = None) -> Asked:
    answers = [document.units[place] for place in unit.partners if document.units[place].kind == "answer"]
    status, words = _status(document, answers)
    return Asked(
        document=document.id,
        reference=official(document, unit.page),
        unit=unit.label,
        numbers=unit.numbers,
        asker=unit.speaker,
        page=unit.page,
        start=unit.start,
        end=unit.end,
        text=document.text[unit.start : unit.end],
        also=tuple(document.units[twin].page for twin in unit.twins),
        answers=tuple(
            Given(
                one.label,
                one.speaker or _speaker(document, one),
                one.page,
                one.start,
                one.end,
                document.text[one.start : one.end],
            )
            for one in answers
        ),
        status=status,
        words=words,
        refers=tuple(dict.fromkeys(number for one in answers for number in one.refers)),
        score=score,
    )


def _speaker(document: Document, unit: Unit) -> str | None:
    """Give whose words a unit holds by the units around it: a letter's answers are its writer's."""
    around = [one for one in document.units if one.start <= unit.start and unit.end <= one.end and one.speaker]
    nearest = min(around, key=lambda one: one.end - one.start, default=None)
    return nearest.speaker if nearest else None


# --- what came of it -------------------------------------------------------------------------------------------------


def _status(document: Document, answers: Sequence[Unit]) -> tuple[Status, tuple[str, ...]]:
    if not answers:
        return _notice(document) or ("unanswered", ())
    said = [one for answer in answers for one in _sentences(document, answer)]
    return status_of(said)


def status_of(said: Sequence[str]) -> tuple[Status, tuple[str, ...]]:
    """Tell from the sentences of an answer what came of the question, and on which of them that rests."""
    kinds = [(_kind(one), one) for one in said]
    own = [one for kind, one in kinds if kind == "own"]
    refused = [one for kind, one in kinds if kind == "refused"]
    later = [one for kind, one in kinds if kind == "later"]
    points = [one for kind, one in kinds if kind == "points"]
    promised = [one for kind, one in kinds if kind == "promised"]
    if own and (refused or later):
        return "partly", (*refused, *later)
    if own:
        return "answered", (own[0],)
    if points and not refused and not later:
        return "referred elsewhere", tuple(points)
    if later or promised:
        return "deferred", (*later, *promised)
    return "unanswered", tuple(refused)


def _kind(sentence: str) -> Literal["own", "refused", "later", "points", "promised"]:
    if _POINTS.match(sentence) and len(sentence.split()) <= _LONGEST_POINTER:
        return "points"
    if _LATER.search(sentence):
        return "later"
    if _REFUSED.search(sentence):
        return "refused"
    return "promised" if _PROMISED.search(sentence) else "own"


def _sentences(document: Document, answer: Unit) -> Iterator[str]:
    """Give the sentences of an answer, without its heading."""
    for number, (start, end) in enumerate(sentences(document.text, answer.start, answer.end)):
        words = document.text[start:end]
        if number > 0 or not _HEADING.fullmatch(words):
            yield words


def _notice(document: Document) -> tuple[Status, tuple[str, ...]] | None:
    """Tell what a paper says that has the questions alone: they were answered by letter, or will be later."""
    behind = max((unit.start for unit in document.units if unit.kind == "question"), default=0)
    notes = [unit for unit in document.units if unit.kind in ("note", "section", "letter") and unit.start > behind]
    for unit in notes:
        for start, end in sentences(document.text, unit.start, unit.end):
            words = document.text[start:end]
            if _POSTPONED.search(words):
                return "deferred", (words,)
            if _ELSEWHERE.search(words):
                return "referred elsewhere", (words,)
    return ("deferred", (document.metadata.kind,)) if document.metadata.kind == DELAYED else None
