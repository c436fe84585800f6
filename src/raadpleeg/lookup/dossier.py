"""An answer with all that it rests on, in one file that can be held against the papers again, years later.

```
Answer -> Dossier -> JSON, or a page (HTML) that holds the same JSON
file -> Saved -> verify(saved, documents) -> Report
```

A dossier holds question, sentences and verdicts, each quote with its place, sha256 of every cited paper (its text and
its file), the digests of corpus and index, the models with their hashes, the settings, the time and the version.
`digest` is the sha256 of its canonical JSON (keys sorted, no white space, UTF-8, numbers as short as they go; the
field itself left out), and the page has a seal over all the rest of the file, so that any change in the file shows.
Neither is a signature: who changes a file can reckon both anew. What cannot be forged is what counts: the quotes are
held against the papers themselves, byte for byte.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, NoReturn

from raadpleeg.answering.citing import Source, cite
from raadpleeg.contracts import hits_json
from raadpleeg.errors import ModelUnavailable, SettingsError, UnreadableDocument
from raadpleeg.files import write_whole
from raadpleeg.lookup.addresses import address_of_document
from raadpleeg.reading.references import official
from raadpleeg.records import Answer, Citation, Document, Language, Reason, Sentence, in_one_line
from raadpleeg.settings import Settings

FORMAT = "raadpleeg answer dossier"
LAYOUT = 1
"""Version of the file, raised when a field of it changes (those of `Citation` and `Sentence` are fields of it too).

One more that may be missing is no change: what was saved before is read as ever."""
SUFFIXES = (".html", ".htm", ".json")
LARGEST = 50_000_000
"""Bytes; a dossier has some tens of thousands."""

_PRIVATE = {"corpus", "index", "cache", "openai_base_url", "openai_api_key"}
"""Settings that say where things are on one machine, or are secret."""


# --- what it holds ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cited:
    """A paper as it was when the answer was given."""

    id: str
    title: str
    reference: str
    address: str | None
    text_sha256: str
    """Of the text in UTF-8, which places count characters of."""
    file_sha256: str


@dataclass(frozen=True, slots=True)
class Model:
    """A model by name, and the sha256 of its weights where they are on this machine."""

    name: str
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """One answer with all that it rests on; the fields of the file, in its order."""

    format: str
    layout: int
    raadpleeg: str
    """Version of the program."""
    created: str
    """In UTC, ISO 8601."""
    question: str
    language: Language
    answer: str
    abstained: bool
    reason: Reason | None
    confidence: float
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    documents: tuple[Cited, ...]
    hits: tuple[dict[str, Any], ...]
    """Where was looked, as `raadpleeg ask --json` has it."""
    corpus: dict[str, Any]
    """Its digest, and how many papers it held."""
    index: dict[str, Any]
    """When it was built, and by what versions of reader, splitter and lexicon."""
    encoder: Model
    generator: Model | None
    """None where the answer is made of quotations."""
    settings: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A dossier as it was read from a file."""

    dossier: Dossier
    digest: str
    """What the digest should be."""
    page: Literal["whole", "changed", "other version"] | None
    """Of a page, whether it shows what its data say; None where the file is JSON."""


def make(
    answer: Answer,
    documents: Mapping[str, Document],
    manifest: Mapping[str, Any],
    settings: Settings,
    now: datetime | None = None,
) -> Dossier:
    """Put an answer together with what it rests on.

    Args:
        answer: what was said.
        documents: the papers of the index by id, at least the cited ones.
        manifest: that of the index.
        settings: with which it was said.
        now: the time to note; by default the present.
    """
    ids = dict.fromkeys(citation.document for citation in answer.citations)
    value = Dossier(
        format=FORMAT,
        layout=LAYOUT,
        raadpleeg=version("raadpleeg"),
        created=(now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        question=_writable(answer.question),
        language=answer.language,
        answer=_writable(answer.text),
        abstained=answer.abstained,
        reason=answer.reason,
        confidence=round(answer.confidence, 4),
        sentences=answer.sentences,
        citations=answer.citations,
        documents=tuple(_cited(documents[key]) for key in ids),
        hits=tuple(hits_json(answer.hits)),
        corpus={"digest": manifest["corpus"]["digest"], "documents": len(manifest["corpus"]["documents"])},
        index={key: value for key, value in manifest.items() if key not in ("corpus", "encoder", "files", "passages")},
        encoder=Model(answer.encoder, manifest["encoder"]["weights"]),
        generator=Model(_public(answer.generator), generator_sha256(settings)) if answer.generator else None,
        settings=_settings(settings),
        digest="",
    )
    return _sealed(value)


def corpus_digest(documents: Mapping[str, Document]) -> str:
    """Give the digest of a whole corpus as the manifest of an index has it: over the ids and the files' hashes."""
    return _sha256("".join(f"{key} {document.digest}\n" for key, document in sorted(documents.items())))


def models_set(settings: Settings) -> tuple[Model, Model | None]:
    """Give the encoder and the generator that are set now, with hashes where the weights are on this machine.

    Nothing is fetched: of a model that has only a name on the hub the hash stays unknown.
    """
    from raadpleeg import models

    encoder = Model(settings.encoder, None)
    try:
        source = models.encoder_folder(settings)
        if isinstance(source, Path):
            encoder = Model(source.name, models.encoder_weights(source, settings.cache.expanduser()))
    except ModelUnavailable:
        pass
    if settings.engine == "none":
        return encoder, None
    return encoder, Model(f"{settings.generator} ({settings.engine})", generator_sha256(settings))


def generator_sha256(settings: Settings) -> str | None:
    """Give the sha256 of the weights that write, as far as they are files on this machine; it is remembered."""
    from raadpleeg import models
    from raadpleeg.weights.digests import digests
    from raadpleeg.weights.fingerprints import folder_fingerprint

    if settings.engine in ("none", "openai"):
        return None
    remembered = settings.cache.expanduser() / "fingerprints"
    try:
        source = models.generator_source(settings)
        if settings.generator == "default":
            return models.GENERATOR.sha256
        if isinstance(source, str):
            return None
        if source.is_dir():
            return folder_fingerprint(source, remembered)
        key = hashlib.sha256(str(source.resolve()).encode()).hexdigest()
        return digests({source.name: source}, remembered / f"{key}.json")[source.name]
    except (ModelUnavailable, OSError):
        return None


def _cited(document: Document) -> Cited:
    return Cited(
        id=document.id,
        title=document.title,
        reference=official(document),
        address=address_of_document(document),
        text_sha256=_sha256(document.text),
        file_sha256=document.digest,
    )


def _settings(settings: Settings) -> dict[str, Any]:
    values = settings.model_dump(mode="json", exclude=_PRIVATE)
    # A model of one's own is a path: its name says which it is, the folders above it whose machine this was.
    return values | {name: Path(values[name]).name for name in ("encoder", "generator") if _is_path(values[name])}


def _public(name: str) -> str:
    """Take user and password out of a server's address."""
    return re.sub(r"(://)[^/@\s]*@", r"\1", name)


def _is_path(name: str) -> bool:
    return name.startswith(("~", ".")) or Path(name).is_absolute() or Path(name).exists()


def _writable(text: str) -> str:
    """Take out halves of characters, which a command line can hold and a file in UTF-8 cannot."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


# --- as a file -------------------------------------------------------------------------------------------------------


def canonical(value: Mapping[str, Any]) -> str:
    """Write the JSON that the digest is taken over: everything but the digest itself."""
    plain = {key: _plain(one) for key, one in value.items() if key != "digest"}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(value: Any) -> Any:
    """Write whole numbers without a point, as other programs do when they write a file anew."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _sealed(dossier: Dossier) -> Dossier:
    return replace(dossier, digest=_sha256(canonical(asdict(dossier))))


def as_json(dossier: Dossier) -> str:
    """Write a dossier as JSON."""
    return json.dumps(asdict(dossier), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def check_suffix(path: Path) -> None:
    """Hold that a dossier can be written under this name, before there is an answer to write.

    Raises:
        SettingsError: it ends in neither ``.html`` nor ``.json``.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise SettingsError(f"{path}: a dossier is a page or JSON; name a file that ends in .html or .json")


def save(dossier: Dossier, path: Path) -> None:
    """Write a dossier, as a page or as JSON by its suffix; a former file stays until the new one is whole.

    Raises:
        SettingsError: the suffix is another one, or the file cannot be written.
    """
    check_suffix(path)
    text = as_json(dossier) if path.suffix.lower() == ".json" else page(dossier)
    try:
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}); name another file") from None


_OPEN = '<script type="application/json" id="raadpleeg-dossier">'
_CLOSE = "</script>"
_SEAL = re.compile(r'(<meta name="raadpleeg-seal" content=")([0-9a-f]{64})(">)')


def read(path: Path) -> Saved:
    """Read a dossier from a page or from JSON; a change in it is for `verify` to tell.

    Raises:
        UnreadableDocument: it cannot be read, is cut short, or is no dossier.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableDocument(
            f"{path}: {error.strerror}; name a dossier that `raadpleeg ask --save` wrote"
        ) from None
    if len(content) > LARGEST:
        _refuse(path, f"it is larger than {LARGEST // 1_000_000} MB, which no dossier is")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        _refuse(path, "it is no UTF-8")
    if text.lstrip().startswith("<"):
        if text.count(_OPEN) != 1:
            _refuse(path, "it is a page without the data of a dossier, or cut short")
        _, _, rest = text.partition(_OPEN)
        data, closed, _ = rest.partition(_CLOSE)
        if not closed:
            _refuse(path, "it is cut short")
        dossier, digest = _parsed(path, data)
        return Saved(dossier, digest, _state(text, dossier))
    dossier, digest = _parsed(path, text)
    return Saved(dossier, digest, None)


def _refuse(path: Path, why: str) -> NoReturn:
    raise UnreadableDocument(f"{path} is no dossier that can be checked: {why}; take the file as it was first saved")


def _parsed(path: Path, data: str) -> tuple[Dossier, str]:
    from pydantic import TypeAdapter, ValidationError

    if not data.strip():
        _refuse(path, "it is empty")
    try:
        value = json.loads(data, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        _refuse(path, f"it is cut short or no JSON (line {error.lineno}, column {error.colno})")
    except RecursionError:
        _refuse(path, "it is nested too deep")
    except ValueError as error:
        _refuse(path, str(error))
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        _refuse(path, "it is other JSON")
    if value.get("layout") != LAYOUT:
        raise UnreadableDocument(f"{path} was saved by another version of raadpleeg; check it with that version")
    try:
        digest = _sha256(canonical(value))
        return TypeAdapter(Dossier).validate_json(json.dumps(value), strict=True), digest
    except ValidationError as error:
        first = error.errors()[0]
        _refuse(path, f"`{'.'.join(map(str, first['loc']))}`: {first['msg'].lower()}")
    except (ValueError, RecursionError):  # halves of characters, infinite numbers
        _refuse(path, "it holds characters or numbers that no dossier has")


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a field stands in it twice")
    return value


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _state(text: str, dossier: Dossier) -> Literal["whole", "changed", "other version"]:
    """Tell whether a page shows just what its data say."""
    if text == page(dossier):
        return "whole"
    seals = _SEAL.findall(text)
    # Another version may draw the same data otherwise; then its seal is what can be checked.
    if dossier.raadpleeg != version("raadpleeg") and len(seals) == 1 and _seal(text) == seals[0][1]:
        return "other version"
    return "changed"


def _seal(text: str) -> str:
    return _sha256(_SEAL.sub(rf"\g<1>{'0' * 64}\g<3>", text))


# --- held against the papers -----------------------------------------------------------------------------------------

State = Literal["holds", "warning", "refused"]
Finding = Literal[
    "intact",
    "file-changed",  # the file's own digest
    "page-changed",  # what the page shows is not what its data say
    "quote-changed",  # the paper is the same, the quote in the dossier is not
    "quote-moved",  # the paper changed; the words stand elsewhere in it
    "quote-gone",  # the paper changed; the words are not in it any more
    "attribution-changed",  # who said it, on which page, under which name
    "sentence-changed",  # a sentence that is not the quote it says to be, or cites what is not there
    "document-changed",
    "document-read-otherwise",  # the same file, but another version makes another text of it
    "document-saved-anew",  # another file with the same text
    "document-missing",
    "corpus-changed",
    "model-changed",
]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: its name, whether it holds, what was found, and that in one line."""

    name: str
    state: State
    finding: Finding
    line: str


@dataclass(frozen=True, slots=True)
class Report:
    """Every check, in order."""

    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is refused; warnings do not count."""
        return not self.refused

    @property
    def refused(self) -> tuple[Check, ...]:
        """What does not hold."""
        return tuple(check for check in self.checks if check.state == "refused")


def verify(
    saved: Saved,
    documents: Mapping[str, Document],
    corpus: str | None = None,
    models: tuple[Model, Model | None] | None = None,
) -> Report:
    """Hold a dossier against the papers as they are now.

    Args:
        saved: the dossier as it was read.
        documents: the papers by id, at least those that it cites, as far as they are there.
        corpus: the digest of the corpus now; another one is worth a warning.
        models: encoder and generator as they are set now; others are worth a warning.
    """
    dossier = saved.dossier
    checks = [_check_file(saved)]
    if saved.page is not None:
        checks.append(_check_page(saved))
    checks += [_check_document(one, dossier, documents) for one in dossier.documents]
    checks += [_check_quote(one, dossier, documents) for one in dossier.citations]
    checks += _check_attributions(dossier, documents)
    checks += _check_sentences(dossier)
    if corpus is not None:
        checks.append(_check_corpus(dossier, corpus))
    if models is not None:
        checks.append(_check_model("encoder", dossier.encoder, models[0]))
        if dossier.generator:
            checks.append(_check_model("generator", dossier.generator, models[1]))
    return Report(tuple(checks))


def _check_file(saved: Saved) -> Check:
    if saved.digest == saved.dossier.digest:
        return Check("file", "holds", "intact", "the dossier is as it was saved")
    line = f"the dossier was changed after it was saved: its digest is {saved.digest[:12]}…, not "
    return Check("file", "refused", "file-changed", f"{line}{_shown(saved.dossier.digest[:12])}…")


def _check_page(saved: Saved) -> Check:
    if saved.page == "changed":
        line = "the page was changed after it was saved: it does not show what its data say"
        return Check("page", "refused", "page-changed", line)
    if saved.page == "other version":
        line = f"the page is as raadpleeg {_shown(saved.dossier.raadpleeg)} sealed it"
        return Check("page", "holds", "intact", line)
    return Check("page", "holds", "intact", "the page shows what its data say")


def _check_document(one: Cited, dossier: Dossier, documents: Mapping[str, Document]) -> Check:
    name, key = f"document {_shown(one.id)}", _shown(one.id)
    document = documents.get(one.id)
    if document is None:
        return Check(name, "refused", "document-missing", f"{key} is not in the corpus")
    same_file = document.digest == one.file_sha256
    if _sha256(document.text) == one.text_sha256:
        if same_file:
            return Check(name, "holds", "intact", f"{key} is the same")
        return Check(name, "warning", "document-saved-anew", f"{key} is another file with the same text")
    quotes = [citation for citation in dossier.citations if citation.document == one.id]
    standing = sum(citation.quote in document.text for citation in quotes)
    still = f"{standing} of the {len(quotes)} quotes from it still stand" if quotes else "nothing is quoted from it"
    if same_file:
        line = f"{key} is the same file, but is read otherwise than by raadpleeg {_shown(dossier.raadpleeg)}; {still}"
        return Check(name, "refused", "document-read-otherwise", line)
    return Check(name, "refused", "document-changed", f"{key} was changed since; {still}")


def _check_quote(one: Citation, dossier: Dossier, documents: Mapping[str, Document]) -> Check:
    name = f"quote {one.number}"
    document = documents.get(one.document)
    where = f"{_shown(one.document)}, p. {one.page}, characters {one.start}-{one.end}"
    kept = next((cited for cited in dossier.documents if cited.id == one.document), None)
    if kept is None:
        line = f"the dossier has no hash of {_shown(one.document)}, which it quotes"
        return Check(name, "refused", "quote-changed", line)
    if document is None:
        return Check(name, "refused", "document-missing", f"{_shown(one.document)} is not in the corpus")
    placed = 0 <= one.start < one.end <= len(document.text)
    stands = document.text[one.start : one.end] if placed else ""
    if one.quote and stands == one.quote:
        return Check(name, "holds", "intact", f"stands word for word in {where}")
    if _sha256(document.text) == kept.text_sha256:
        line = f"is not what stands in {where}"
        return Check(name, "refused", "quote-changed", f"{line}: {difference(one.quote, stands)}" if placed else line)
    at = document.text.find(one.quote) if one.quote else -1
    if at >= 0:
        place = f"p. {document.page_at(at)}, characters {at}-{at + len(one.quote)}"
        line = f"no longer stands in {where}, but word for word on {place}: the paper changed"
        return Check(name, "refused", "quote-moved", line)
    line = f"is gone from {_shown(one.document)}, where it stood on p. {one.page}: the paper changed"
    return Check(name, "refused", "quote-gone", f"{line}; {difference(one.quote, stands)}" if placed else line)


def _check_attributions(dossier: Dossier, documents: Mapping[str, Document]) -> list[Check]:
    """Hold names, pages and speakers against the papers, where the text is the one that the dossier speaks of."""
    # Another version may name a unit otherwise, and both are right.
    state: State = "refused" if dossier.raadpleeg == version("raadpleeg") else "warning"
    same = {
        one.id: documents[one.id]
        for one in dossier.documents
        if one.id in documents and _sha256(documents[one.id].text) == one.text_sha256
    }
    checks = []
    for one in dossier.documents:
        if one.id in same:
            now = _cited(same[one.id])
            checks += _differing(
                f"document {_shown(one.id)}", state, one, now, ("title", "reference", "address"), _shown(one.id)
            )
    for citation in dossier.citations:
        document = same.get(citation.document)
        if document and 0 <= citation.start < citation.end <= len(document.text):
            true = cite(citation.number, Source(document, citation.start, citation.end), dossier.language)
            fields = ("title", "unit", "speaker", "page", "reference", "according")
            checks += _differing(f"quote {citation.number}", state, citation, true, fields, f"quote {citation.number}")
    return checks


def _differing(name: str, state: State, said: Any, true: Any, fields: Sequence[str], what: str) -> list[Check]:
    return [
        Check(
            name,
            state,
            "attribution-changed",
            f"the {field} of {what} is {_shown(getattr(true, field))}, not {_shown(getattr(said, field))}",
        )
        for field in fields
        if getattr(said, field) != getattr(true, field)
    ]


def _check_sentences(dossier: Dossier) -> list[Check]:
    quotes = {citation.number: citation.quote for citation in dossier.citations}
    checks = []
    if len(quotes) != len(dossier.citations):
        checks.append(Check("answer", "refused", "sentence-changed", "two quotes have the same number"))
    for place, one in enumerate(dossier.sentences, 1):
        name = f"sentence {place}"
        unknown = [number for number in one.citations if number not in quotes]
        if unknown or not one.citations:
            line = f"cites {unknown[0]}, which is not there" if unknown else "cites nothing"
            checks.append(Check(name, "refused", "sentence-changed", line))
        elif one.verdict != "quoted":
            numbers = ", ".join(map(str, one.citations))
            checks.append(
                Check(name, "holds", "intact", f"rests on {numbers} ({one.verdict}, in the words of a model)")
            )
        elif [one.text] == [quotes[number] for number in one.citations]:
            checks.append(Check(name, "holds", "intact", f"is quote {one.citations[0]}, word for word"))
        else:
            quote = one.citations[0]
            line = f"is said to be quote {quote}, but {difference(one.text, quotes[quote], 'the quote')}"
            checks.append(Check(name, "refused", "sentence-changed", line))
    # Where it abstains, `answer` says why, in words of the program's own.
    written = in_one_line(dossier.sentences, dossier.citations)
    if dossier.sentences and written != dossier.answer:
        checks.append(Check("answer", "refused", "sentence-changed", "the answer is not its sentences in a row"))
    elif dossier.abstained == bool(dossier.sentences):
        checks.append(
            Check("answer", "refused", "sentence-changed", "the answer both abstains and answers, or neither")
        )
    return checks


def _check_corpus(dossier: Dossier, digest: str) -> Check:
    if dossier.corpus.get("digest") == digest:
        return Check("corpus", "holds", "intact", "the corpus is the same")
    line = "papers were added, removed or changed since: another answer may be found today"
    return Check("corpus", "warning", "corpus-changed", line)


def _check_model(role: str, then: Model, now: Model | None) -> Check:
    if now is not None and then.sha256 is not None and then.sha256 == now.sha256:
        return Check(role, "holds", "intact", f"the {role} is the same")
    today = _shown(now.name) if now else "none"
    hashed = "its hash is not known" if then.sha256 is None else f"sha256 {_shown(then.sha256)[:12]}…"
    line = f"the {role} was {_shown(then.name)} ({hashed}); set today: {today}"
    if now is not None and now.sha256:
        line += f" (sha256 {now.sha256[:12]}…)"
    return Check(role, "warning", "model-changed", line)


def difference(said: str, stands: str, where: str = "the paper", context: int = 24) -> str:
    """Tell in one line where two texts part, with some characters around it."""
    first = next((at for at, (one, other) in enumerate(zip(said, stands, strict=False)) if one != other), None)
    if first is None:
        first = min(len(said), len(stands))
    last = 0
    while last < min(len(said), len(stands)) - first and said[-1 - last] == stands[-1 - last]:
        last += 1
    begin = max(0, first - context)

    def around(text: str) -> str:
        end = min(len(text), max(len(text) - last, first) + context, first + 6 * context)
        cut = text[begin:end]
        return f"“{'…' if begin else ''}{_shown(cut)}{'…' if end < len(text) else ''}”"

    return f"the dossier has {around(said)}, {where} {around(stands)} (from character {first})"


def _shown(value: Any) -> str:
    """Put what a file says on one line of a terminal, without characters that steer it."""
    text = "nothing" if value is None else str(value)
    return "".join(char if char.isprintable() else " " for char in text)[:300]


# --- as a page -------------------------------------------------------------------------------------------------------

_TEXTS: dict[str, tuple[str, str]] = {
    "name": ("Antwoorddossier", "Answer dossier"),
    "answer": ("Antwoord", "Answer"),
    "sources": ("Bronnen, woord voor woord", "Sources, word for word"),
    "alone": ("Antwoord: deze citaten, woord voor woord", "Answer: these quotations, word for word"),
    "documents": ("Aangehaalde stukken", "Papers cited"),
    "made": ("Hoe dit antwoord tot stand kwam", "How this answer was made"),
    "check": ("Nakijken", "Checking"),
    "how": (
        "Met het bestand en de stukken ernaast toont deze opdracht of elk citaat nog woord voor woord op zijn plaats "
        "staat, of de stukken dezelfde zijn en of dit bestand is gewijzigd:",
        "With this file and the papers at hand, this command shows whether every quote still stands in its place word "
        "for word, whether the papers are the same, and whether this file was changed:",
    ),
    "file": ("BESTAND", "FILE"),
    "supported": ("Nagekeken: de bron draagt deze zin.", "Checked: the source carries this sentence."),
    "quoted": ("Letterlijk citaat.", "Verbatim quotation."),
    "unsupported": ("Niet bevestigd: geen bron draagt deze zin.", "Not confirmed: no source carries this sentence."),
    "characters": ("tekens {}–{} van de tekst", "characters {}–{} of the text"),
    "text_sha256": ("sha256 van de tekst", "sha256 of the text"),
    "file_sha256": ("sha256 van het bestand", "sha256 of the file"),
    "raadpleeg": ("raadpleeg", "raadpleeg"),
    "encoder": ("Zoekmodel", "Encoder"),
    "generator": ("Taalmodel", "Language model"),
    "nobody": ("geen: het antwoord bestaat uit citaten", "none: the answer consists of quotations"),
    "unknown": ("sha256 onbekend", "sha256 not known"),
    "corpus": ("Verzameling", "Corpus"),
    "papers": ("{} stukken", "{} papers"),
    "index": ("Index", "Index"),
    "settings": ("Instellingen", "Settings"),
    "digest": ("sha256 van dit dossier", "sha256 of this dossier"),
}
"""What the page itself says, in Dutch and in English."""


def page(dossier: Dossier) -> str:
    """Give a dossier as one page that loads nothing and holds its own data; the same dossier gives the same bytes."""

    def said(name: str, *values: object) -> str:
        return escape(_TEXTS[name][0 if dossier.language == "nl" else 1].format(*values))

    style = files("raadpleeg.lookup").joinpath("dossier.css").read_text(encoding="utf-8")
    data = as_json(dossier).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    data = data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    addresses = {one.id: one.address for one in dossier.documents}
    sentences = "".join(
        f"<li>{_text(one.text)} {''.join(_anchor(number) for number in one.citations)}"
        f"<small>{said(one.verdict)}</small></li>\n"
        for one in dossier.sentences
    )
    answer = f'<ol class="sentences">\n{sentences}</ol>' if sentences else f"<p>{_text(dossier.answer)}</p>"
    parts = [
        f'<header><p>raadpleeg · {said("name")} · <time datetime="{escape(dossier.created)}">'
        f"{escape(dossier.created)}</time></p>\n<h1>{_text(dossier.question)}</h1></header>",
    ]
    # An answer in quotations is its sources: they are not shown twice.
    alone = bool(dossier.sentences) and all(
        one.verdict == "quoted" and place in one.citations for place, one in enumerate(dossier.sentences, 1)
    )
    if not alone:
        parts.append(f"<section><h2>{said('answer')}</h2>\n{answer}</section>")
    if dossier.citations:
        sources = "\n".join(_source(one, addresses.get(one.document), said) for one in dossier.citations)
        papers = [
            (
                _text(f"{one.title} ({one.reference})"),
                _facts(
                    (_text(one.id), one.address or ""),
                    (said("text_sha256"), one.text_sha256),
                    (said("file_sha256"), one.file_sha256),
                ),
            )
            for one in dossier.documents
        ]
        parts += [
            f"<section><h2>{said('alone' if alone else 'sources')}</h2>\n"
            f'<ol class="sources">\n{sources}\n</ol></section>',
            f"<section><h2>{said('documents')}</h2>\n{_list(papers)}</section>",
        ]
    index = ", ".join(f"{name} {_value(value)}" for name, value in dossier.index.items())
    settings = ", ".join(f"{name} {_value(value)}" for name, value in dossier.settings.items())
    made = [
        (said("raadpleeg"), _text(dossier.raadpleeg)),
        (said("encoder"), _model(dossier.encoder, said("unknown"))),
        (said("generator"), _model(dossier.generator, said("unknown")) if dossier.generator else said("nobody")),
        (said("corpus"), f"{said('papers', dossier.corpus.get('documents'))}<br>{_code(dossier.corpus.get('digest'))}"),
        (said("index"), _code(index)),
        (said("settings"), _code(settings)),
        (said("digest"), _code(dossier.digest)),
    ]
    parts += [
        f"<section><h2>{said('made')}</h2>\n{_list(made)}</section>",
        f"<section><h2>{said('check')}</h2>\n<p>{said('how')}</p>\n<p><code>raadpleeg verify {said('file')}</code></p>"
        "</section>",
    ]
    language = "nl" if dossier.language == "nl" else "en"
    text = (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<meta name="raadpleeg-seal" content="{"0" * 64}">\n'
        f"<title>{_text(dossier.question)} · raadpleeg</title>\n<style>\n{style}</style></head>\n<body>\n<main>\n"
        + "\n".join(parts)
        + f"\n</main>\n{_OPEN}\n{data}{_CLOSE}\n</body></html>\n"
    )
    return text.replace(f'content="{"0" * 64}"', f'content="{_seal(text)}"', 1)


def _text(text: object) -> str:
    """Escape; a carriage return is spelled out, for whoever sends the file on may change the ends of its lines."""
    return escape(str(text)).replace("\r", "&#13;")


def _code(text: object) -> str:
    return f"<code>{_text(text)}</code>"


def _value(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _anchor(number: int) -> str:
    return f'<a class="number" href="#bron-{number}">[{number}]</a>'


def _source(one: Citation, address: str | None, said: Any) -> str:
    reference = _text(one.reference)
    if address and address.startswith("https://"):
        reference = f'<a href="{_text(address)}" rel="noreferrer">{reference}</a>'
    who = " · ".join(_text(part) for part in (one.unit, one.speaker) if part)
    return (
        f'<li id="bron-{one.number}"><p><span class="number">[{one.number}]</span> {reference}</p>'
        f'<p class="quiet">{who}</p><blockquote lang="nl">{_text(one.quote)}</blockquote>'
        f'<p class="quiet">{_text(one.document)} · {said("characters", one.start, one.end)}</p></li>'
    )


def _facts(*pairs: tuple[str, str]) -> str:
    """Write names, which are HTML already, each with its value."""
    return "<br>".join(f"{name} {_code(value)}" if value else name for name, value in pairs)


def _model(model: Model, unknown: str) -> str:
    return f"{_text(model.name)}<br>{_code(model.sha256) if model.sha256 else unknown}"


def _list(rows: Sequence[tuple[str, str]]) -> str:
    """Write names with what belongs to them; both are HTML already."""
    return "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>\n" for name, value in rows) + "</dl>"
