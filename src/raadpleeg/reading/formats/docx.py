"""Word files (``.docx``): WordprocessingML to a `Layout`.

The format is ECMA-376, *Office Open XML*, also ISO/IEC 29500: part 1 for the elements, part 2 for the package, part 3
for ``mc:AlternateContent``; both name spaces are read, the transitional one of part 4 and the strict one of part 1.

What a reader of the paper sees is written, in the order of the file, but for two things: a note stands at its mark, and
a text box behind the paragraph that it is anchored in. What the file holds and the paper does not show is no part of
it, and is not kept either: deleted words (``w:del``), hidden words, comments, field codes. Headers are kept as removed
pieces at the beginning, footers at the end, page numbers where they stand.

Numbers that Word computes (of lists, headings and notes) are not in the file; they are computed here as ECMA-376
part 1, 17.9 and 17.11, tell. A page begins where Word last broke it (``w:lastRenderedPageBreak``) or was told to.

`Package`, which opens a zip of XML files that nobody vouches for, and `Scribe`, which writes rows and pages, also serve
the other formats that know their paragraphs.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.manuscript import Layout, Manuscript, Style

Element = Any
"""An element of lxml, which ships no types."""

# --- packages --------------------------------------------------------------------------------------------------------

MOST_ENTRIES = 10_000
"""Files inside a package: a paper has some twenty, and one for each picture."""
MOST_XML = 100_000_000
"""Bytes of XML that are unpacked of one file; a paper of five hundred pages takes about twenty million."""
MOST_RATIO = 250
"""Times that a part may grow when it is unpacked: text with its mark-up grows tenfold, a bomb a thousandfold."""
SMALL = 1_000_000
"""Bytes below which a part may grow as it likes: a few repeated elements compress very well."""
DEEPEST = 180
"""Elements inside one another. Tables in text boxes in tables come to some sixty."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What Python raises for a damaged zip."""
_PROLOG = 1 << 12
"""Bytes of a part in which a DTD is looked for before anything of it is parsed."""
TOO_DEEP = "nested deeper than in any paper"
NOTHING = "there are no words in this file; remove it from the corpus, or recognise its text first if it is a scan"


class Package:
    """A zip of XML parts, each parsed without trust: no more of it is unpacked than the limits above allow."""

    def __init__(self, content: bytes, program: str) -> None:
        """Open the zip in `content`; `program` is named in errors as what should save it again.

        Raises:
            UnreadableDocument: it is no zip, is damaged, or holds absurdly many files.
        """
        self._program = program
        self._left = MOST_XML
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise self.wrong(f"it is damaged or cut off ({error})") from None
        if len(entries) > MOST_ENTRIES:
            raise self.wrong(f"it holds {len(entries)} files, more than the {MOST_ENTRIES} that are read")
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}

    def wrong(self, what: str) -> UnreadableDocument:
        """Say in one line what is wrong with the file, and what mends it."""
        return UnreadableDocument(f"{' '.join(what.split())}; save it again from {self._program}")

    def locked(self) -> UnreadableDocument:
        """Say that the file is locked, and what mends it."""
        return UnreadableDocument("it is locked with a password; open it with the password and save it without one")

    def part(self, name: str, dtd: bool = False) -> Element | None:
        """Give the root element of a part (case does not count), or None where there is no such part.

        Args:
            name: its path inside the package.
            dtd: whether it may name a document type, which is not fetched.

        Raises:
            UnreadableDocument: the part is damaged, locked or too large, or declares a document type.
        """
        entry = self._entries.get(name.lstrip("/").lower())
        return None if entry is None else self._parsed(self._unpacked(entry), entry.filename, dtd)

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        large = f"its part {entry.filename} is too large when it is unpacked"
        grown = entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(1, entry.compress_size)
        if entry.file_size > self._left or grown:
            raise self.wrong(large)
        if entry.flag_bits & 1:
            raise self.locked()
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise self.wrong(f"its part {entry.filename} is packed in a way that no such file may be")
        try:
            with self._zip.open(entry) as stream:
                # What the directory says of the size may be a lie.
                data = stream.read(self._left + 1)
        except _BROKEN as error:
            raise self.wrong(f"its part {entry.filename} is damaged ({error})") from None
        if len(data) > self._left:
            raise self.wrong(large)
        self._left -= len(data)
        return data

    def _parsed(self, data: bytes, name: str, dtd: bool) -> Element:
        from lxml import etree

        forbidden = self.wrong(f"its part {name} has a DTD, which no such file may have")
        if not dtd and b"<!DOCTYPE" in data[:_PROLOG]:
            raise forbidden
        parser = etree.XMLParser(
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            if "depth" in str(error.msg):
                raise self.wrong(f"the elements of its part {name} are {TOO_DEEP}") from None
            raise self.wrong(f"its part {name} is damaged ({error.msg})") from None
        # In another encoding, or behind a long comment.
        if not dtd and root.getroottree().docinfo.internalDTD is not None:
            raise forbidden
        return root


# --- rows and pages --------------------------------------------------------------------------------------------------

LONGEST_CELL = 5
"""Paragraphs in a cell above which a table is there to place text on the page, not to be read by rows."""

_ODD = re.compile(r"([\u00ad\u200b\u2060\ufeff]+)|([\ue000-\uf8ff]+)")


class Scribe:
    """Holds the pen for formats that know their paragraphs: rows of cells, characters that no font shows, pages."""

    def __init__(self, pen: Manuscript) -> None:
        self.pen = pen
        self._row: tuple[int | None, bool] | None = None
        self._cells = 0
        self._fresh = False

    def paragraph(self, heading: int | None = None, number: str = "") -> None:
        """Begin a paragraph. In a row this is white space, for a row is one; a number before its words is the row's."""
        if self._row is None:
            self.pen.paragraph(heading, number=number)
            return
        self.words(" ")
        if number and self.pen.empty:
            self.pen.paragraph(self._row[0], tight=self._row[1], number=number)

    def words(self, text: str, style: Style = "") -> None:
        """Write words. Soft hyphens, and signs of a symbol font that stand for nothing outside of it, are taken out."""
        position = 0
        for found in _ODD.finditer(text):
            self._write(text[position : found.start()], style)
            self.pen.remove("hyphen" if found[1] else "bullet", found[0])
            position = found.end()
        self._write(text[position:], style)

    def row(self, tight: bool, heading: int | None = 0) -> bool:
        """Begin a row, `tight` under the one before it; False where it stands inside another and is just words."""
        if self._row is not None:
            return False
        self._row = (heading, tight)
        self._cells = 0
        self.pen.paragraph(heading, tight=tight)
        return True

    def cell(self) -> None:
        """End a cell of the row."""
        self._cells += 1

    def end_row(self) -> bool:
        """End the row, and tell whether it has words; empty cells behind the last one leave nothing."""
        self._row = None
        self._cells = 0
        return not self.pen.empty

    def turn(self, sure: bool = True) -> bool:
        """Begin a page because the paper says so, if not `sure` unless it just said so; tell whether one begins."""
        begins = sure or not self._fresh
        if begins:
            self.pen.page()
        self._fresh = True
        return begins

    def flow(self) -> bool:
        """Begin a page because the last one was full, unless the paper just said so; tell whether one begins."""
        if not self._fresh:
            self.pen.page()
        return not self._fresh

    def _write(self, text: str, style: Style) -> None:
        if self._cells:
            text = text.lstrip()
            if not text:
                return
            for _ in range(self._cells):
                self.pen.cell()
            self._cells = 0
        if text:
            self.pen.words(text, style)
            self._fresh = self._fresh and text.isspace()


def whole(layout: Layout) -> str:
    """Give back every character that was written, with what was removed in its place."""
    pieces: list[str] = []
    position = 0
    for one in layout.removed:
        pieces += [layout.text[position : one.at], one.text]
        position = one.at
    return "".join([*pieces, layout.text[position:]])


def counted(number: int, form: str, doubled: bool = False) -> str:
    """Write a number as lists do: ``1``, ``01``, ``a``, ``A``, ``i`` or ``I`` (`form`).

    Behind z comes aa; then ab, or bb where letters are `doubled`.
    """
    if form == "01":
        return f"{number:02}"
    written = ""
    if number > 0 and form in ("a", "A"):
        if doubled:
            written = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 20)
        while number > 0 and not doubled:
            number, letter = divmod(number - 1, 26)
            written = chr(ord("a") + letter) + written
    elif 0 < number < 4000 and form in ("i", "I"):
        for value, sign in _ROMAN:
            written += sign * (number // value)
            number %= value
    else:
        return str(number)
    return written.upper() if form.isupper() else written


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


# --- Word ------------------------------------------------------------------------------------------------------------

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PREFIXES = {
    **dict.fromkeys(_WORD, "w"),
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_KNOWN = frozenset({"wps", "wpg", "wpc", "wpi", "wp14", "w14", "w15"})
"""Name spaces whose text is found here; where ``mc:Choice`` requires another, its fallback is read."""
_UNSEEN = frozenset(
    """
    w:del w:moveFrom w:instrText w:delText w:delInstrText w:pPr w:rPr w:sectPr w:sdtPr w:sdtEndPr w:tblPr w:tblGrid
    w:trPr w:tcPr
    """.split()
)
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_BODY_STYLES = re.compile(
    r"toc \d|table of figures|index \d|caption|quote|intense quote|(?:foot|end)note text|header|footer|bibliography"
    r"|inhopg \d|bijschrift|citaat|duidelijk citaat|(?:voet|eind)noottekst|koptekst|voettekst"
)
_LEVEL_STYLES = re.compile(r"(?:heading|kop) ?([1-9])|title|titel")
_FORMS = {
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "decimalZero": "01",
}
_SILENT = ("bullet", "none")


def write(content: bytes) -> Layout:
    """Read a Word file.

    Raises:
        UnreadableDocument: the file is damaged, locked or hostile, is no Word file, or holds no words.
    """
    return _Word(Package(content, "Word as .docx")).read()


def _name(element: Element) -> str:
    space, _, local = element.tag[1:].partition("}")
    return f"{_PREFIXES.get(space, '?')}:{local}"


def _value(element: Element | None, name: str = "val", spaces: tuple[str, ...] = _WORD) -> str | None:
    if element is None:
        return None
    for space in spaces:
        value = element.get(f"{{{space}}}{name}")
        if value is not None:
            return str(value)
    return None


def _child(element: Element | None, *path: str) -> Element | None:
    for name in path:
        for child in () if element is None else element:
            if _name(child) == name:
                element = child
                break
        else:
            return None
    return element


def _flag(properties: Element | None, name: str) -> bool | None:
    one = _child(properties, name)
    return None if one is None else _is_on(one)


def _is_on(element: Element) -> bool:
    return _value(element) not in ("0", "false", "off", "none")


def _number(element: Element | None, name: str = "val") -> int | None:
    value = _value(element, name) or ""
    return int(value) if re.fullmatch(r"-?\d{1,9}", value) else None


def _all(root: Element, name: str) -> Iterator[Element]:
    """Give the elements of this name that stand under `root`, in order."""
    return (element for element in root.iter(f"{{*}}{name[2:]}") if _name(element) == name)


def _nearest(root: Element, name: str) -> list[Element]:
    """Give the elements of this name under `root` that are inside no other one, no table, and nothing that was cut."""
    found: list[Element] = []
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        here = _name(element)
        if here == name:
            found.append(element)
        elif here != "w:tbl" and here not in _UNSEEN:
            waiting.extend(reversed(element))
    return found


@dataclass(frozen=True, slots=True)
class _Relation:
    id: str
    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says, with all that it is based on; None where none of them says anything."""

    name: str = ""
    ids: tuple[str, ...] = ()
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    new_page: bool | None = None


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    restart: int | None
    decimal: bool
    style: str | None


@dataclass(slots=True)
class _Counter:
    """Numbers notes, anew in each section or on each page where the paper does so."""

    place: tuple[int, int] = (0, 0)
    number: int = 0


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shows: bool = False


class _Word:
    """The parts of one Word file that its stories share: styles, lists, notes, sections."""

    def __init__(self, package: Package) -> None:
        self.package = package
        start = [one.target for one in _relations(package, "") if one.kind == "officeDocument"]
        self.main = next(iter(start), "word/document.xml")
        self._relations = _relations(package, self.main)
        self.styles = _Styles(self._part("styles"))
        self.lists = _Lists(self._part("numbering"), self.styles)
        self.settings = self._part("settings")
        self.notes = {
            kind: {_value(note, "id"): note for note in _all(root, f"w:{kind}")}
            for kind in ("footnote", "endnote")
            if (root := self._part(f"{kind}s")) is not None
        }

    def read(self) -> Layout:
        root = self.package.part(self.main)
        body = None if root is None else _child(root, "w:body")
        if body is None:
            raise self.package.wrong("its main part, with the text, is missing")
        sections = [one for one in _all(body, "w:sectPr") if _name(one.getparent()) != "w:sectPrChange"]
        pen = Manuscript()
        scribe = Scribe(pen)
        scribe.turn()
        self._heads(pen, sections, "w:headerReference")
        _Story(self, scribe, body, sections).read()
        self._heads(pen, sections, "w:footerReference")
        layout = pen.done()
        if not layout.text:
            raise UnreadableDocument(NOTHING)
        return layout

    def aside(self, root: Element) -> Layout:
        """Write a story that does not stand in the running text: a note, a header, a footer."""
        pen = Manuscript()
        _Story(self, Scribe(pen), root, []).read()
        return pen.done()

    def _heads(self, pen: Manuscript, sections: list[Element], kind: str) -> None:
        parts = {one.id: one.target for one in self._relations}
        named = [_value(one, "id", _RELATIONS) or "" for section in sections for one in _all(section, kind)]
        for name in dict.fromkeys(parts[one] for one in named if one in parts):
            root = self.package.part(name)
            if root is not None:
                pen.remove("head", whole(self.aside(root)))

    def _part(self, kind: str) -> Element | None:
        target = next((one.target for one in self._relations if one.kind == kind), None)
        return None if target is None else self.package.part(target)


def _relations(package: Package, source: str) -> list[_Relation]:
    """Give what a part points to inside the package (ISO/IEC 29500-2, 6.5)."""
    folder, name = posixpath.split(source)
    root = package.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    return [
        _Relation(
            str(one.get("Id")),
            str(one.get("Type")).rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, unquote(str(one.get("Target"))))),
        )
        for one in (() if root is None else root)
        if one.get("TargetMode") != "External"
    ]


class _Styles:
    def __init__(self, root: Element | None) -> None:
        self._raw: dict[str, Element] = {}
        self._looks: dict[str, _Look] = {}
        self.paragraph = ""
        for one in () if root is None else _all(root, "w:style"):
            name = _value(one, "styleId") or ""
            self._raw[name] = one
            if _value(one, "type") == "paragraph" and _value(one, "default") in ("1", "true", "on"):
                self.paragraph = name

    def look(self, name: str | None) -> _Look:
        """Give what a style says; an unknown one says nothing."""
        chain: list[str] = []
        current = name or ""
        while current in self._raw and current not in self._looks and current not in chain:
            chain.append(current)
            current = _value(_child(self._raw[current], "w:basedOn")) or ""
        look = self._looks.get(current, _Look())
        for one in reversed(chain):
            look = self._looks[one] = self._above(look, one)
        return look

    def list_of(self, name: str | None) -> str | None:
        """Give the list that a numbering style stands for."""
        style = self._raw.get(name or "")
        return _value(_child(style, "w:pPr", "w:numPr", "w:numId"))

    def _above(self, base: _Look, name: str) -> _Look:
        style = self._raw[name]
        paragraph, run = _child(style, "w:pPr"), _child(style, "w:rPr")
        said = {
            "bold": _flag(run, "w:b"),
            "italic": _flag(run, "w:i"),
            "hidden": _flag(run, "w:vanish"),
            "outline": _number(_child(paragraph, "w:outlineLvl")),
            "list_id": _value(_child(paragraph, "w:numPr", "w:numId")),
            "list_level": _number(_child(paragraph, "w:numPr", "w:ilvl")),
            "new_page": _flag(paragraph, "w:pageBreakBefore"),
        }
        told: dict[str, Any] = {key: value for key, value in said.items() if value is not None}
        own = (_value(_child(style, "w:name")) or "").lower()
        if not _LEVEL_STYLES.fullmatch(own) and not _BODY_STYLES.fullmatch(own):
            # What is made after a heading is one, unless it says otherwise.
            own = base.name if _LEVEL_STYLES.fullmatch(base.name) and "outline" not in told else ""
        return replace(base, name=own, ids=(name, *base.ids), **told)


class _Lists:
    """Computes the numbers of lists (ECMA-376 part 1, 17.9): lists with the same abstract definition count on."""

    def __init__(self, root: Element | None, styles: _Styles) -> None:
        self._abstract: dict[str | None, Element] = {}
        self._lists: dict[str | None, Element] = {}
        if root is not None:
            self._abstract = {_value(one, "abstractNumId"): one for one in _all(root, "w:abstractNum")}
            self._lists = {_value(one, "numId"): one for one in _all(root, "w:num")}
        self._styles = styles
        self._levels: dict[str, tuple[str | None, dict[int, _Level], dict[int, int]]] = {}
        self._counts: dict[str | None, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of(self, list_id: str, styles: tuple[str, ...]) -> int:
        """Give the level that is tied to one of these styles, or the highest."""
        levels = self._defined(list_id)[1]
        return next((number for one in styles for number, level in levels.items() if level.style == one), 0)

    def label(self, list_id: str, number: int) -> str:
        """Count one on at this level of a list, and give what stands before the paragraph; bullets are no numbers."""
        abstract, levels, starts = self._defined(list_id)
        level = levels.get(number)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        if number in starts and (list_id, number) not in self._begun:
            self._begun.add((list_id, number))
            counts[number] = starts[number]
        else:
            counts[number] = counts[number] + 1 if number in counts else level.start
        for deeper in [one for one in counts if one > number]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or 0 <= number < restart:
                del counts[deeper]
        if level.form in _SILENT:
            return ""

        def shown(found: re.Match[str]) -> str:
            other = int(found[1]) - 1
            kind = levels.get(other)
            if kind is None or kind.form in _SILENT:
                return ""
            return counted(
                counts.get(other, kind.start), "1" if level.decimal else _FORMS.get(kind.form, "1"), doubled=True
            )

        return " ".join(re.sub(r"%([1-9])", shown, level.text).split())

    def _defined(self, list_id: str) -> tuple[str | None, dict[int, _Level], dict[int, int]]:
        if list_id in self._levels:
            return self._levels[list_id]
        one = self._lists.get(list_id)
        abstract = _value(_child(one, "w:abstractNumId"))
        definition = self._abstract.get(abstract)
        # A definition may point to a numbering style, which points to the list that truly defines it.
        linked = self._styles.list_of(_value(_child(definition, "w:numStyleLink")))
        if linked is not None and linked != list_id:
            abstract = _value(_child(self._lists.get(linked), "w:abstractNumId"))
            definition = self._abstract.get(abstract)
        levels: dict[int, _Level] = {}
        starts: dict[int, int] = {}
        for raw in () if definition is None else _nearest(definition, "w:lvl"):
            levels[_number(raw, "ilvl") or 0] = self._read(raw)
        for change in () if one is None else _nearest(one, "w:lvlOverride"):
            number = _number(change, "ilvl") or 0
            raw = _child(change, "w:lvl")
            start = _number(_child(change, "w:startOverride"))
            if raw is not None:
                levels[number] = self._read(raw)
            if start is not None:
                starts[number] = start
        self._levels[list_id] = (abstract, levels, starts)
        return self._levels[list_id]

    def _read(self, raw: Element) -> _Level:
        form = _child(raw, "w:numFmt")
        start = _number(_child(raw, "w:start"))
        return _Level(
            start=0 if start is None else start,
            form=_value(form) or "decimal",
            text=_value(_child(raw, "w:lvlText")) or "",
            restart=_number(_child(raw, "w:lvlRestart")),
            decimal=bool(_flag(raw, "w:isLgl")),
            style=_value(_child(raw, "w:pStyle")),
        )


@dataclass(slots=True)
class _Run:
    """How the letters under the pen look."""

    style: Style = ""
    hidden: bool = False


@dataclass(slots=True)
class _State:
    """What is left aside while a text box is written."""

    run: _Run = field(default_factory=_Run)
    look: _Look = field(default_factory=_Look)
    fields: list[_Field] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    inside: bool = False


class _Story:
    """Writes one story: the body, a note, a header. Walks the elements once; what it has no rule for is a wrapper."""

    def __init__(self, word: _Word, scribe: Scribe, root: Element, sections: list[Element]) -> None:
        self._word = word
        self._scribe = scribe
        self._root = root
        self._sections = sections
        self._section = 0
        self._page = 0
        self._depth = 0
        self._state = _State()
        self._joins = False
        self._cell: int | None = None
        self._overleaf: int | None = None
        self._custom: Element | None = None
        self._counters = {"footnote": _Counter(), "endnote": _Counter()}
        kinds = [_value(one, "fldCharType") for one in _all(root, "w:fldChar")]
        # A field that does not end would swallow the rest of the paper.
        self._sound = kinds.count("begin") == kinds.count("end")
        self._rules: dict[str, Callable[[Element], None]] = {
            "w:p": self._paragraph,
            "w:tbl": self._table,
            "w:r": self._write_run,
            "w:t": self._text,
            "m:t": self._text,
            "w:tab": self._gap,
            "w:ptab": self._gap,
            "w:cr": self._gap,
            "w:br": self._break,
            "w:lastRenderedPageBreak": self._rendered,
            "w:noBreakHyphen": lambda _: self._say("-"),
            "w:sym": self._symbol,
            "w:fldChar": self._mark_field,
            "w:fldSimple": self._simple_field,
            "w:instrText": self._instruction,
            "w:footnoteReference": lambda one: self._note(one, "footnote"),
            "w:endnoteReference": lambda one: self._note(one, "endnote"),
            "w:txbxContent": self._box,
            "mc:AlternateContent": self._alternative,
            "w:altChunk": self._foreign,
            "w:subDoc": self._foreign,
        }

    def read(self) -> None:
        self._walk(self._root)

    def _walk(self, parent: Element) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._word.package.wrong(f"its elements are {TOO_DEEP}")
        for element in parent:
            name = _name(element)
            rule = self._rules.get(name)
            if rule is not None:
                rule(element)
            elif name not in _UNSEEN:
                self._walk(element)
        self._depth -= 1

    # paragraphs

    def _paragraph(self, element: Element) -> None:
        properties = _child(element, "w:pPr")
        state = self._state
        state.look = self._look(properties)
        new_page = _flag(properties, "w:pageBreakBefore")
        if state.look.new_page if new_page is None else new_page:
            self._turn(sure=False)
        # Where the mark that ends a paragraph was deleted, the next one goes on in it.
        mark = _child(properties, "w:rPr")
        cut = _child(mark, "w:del") is not None or _child(mark, "w:moveFrom") is not None
        if not (self._joins and not self._scribe.pen.empty):
            number = "" if cut and not self._worded(element) else self._label(properties, state.look)
            self._scribe.paragraph(self._heading(properties, state.look), number)
        self._joins = cut
        state.inside = True
        self._walk(element)
        state.inside = False
        self._end_custom()
        boxes, state.boxes = state.boxes, []
        for box in boxes:
            self._joins = False
            self._state = _State()
            self._walk(box)
        self._state = state
        section = _child(properties, "w:sectPr")
        if section is not None and self._sections:
            self._section += 1
            following = self._sections[self._section] if self._section < len(self._sections) else None
            if following is not None and _value(_child(following, "w:type")) not in ("continuous", "nextColumn"):
                self._turn()

    def _look(self, properties: Element | None) -> _Look:
        styles = self._word.styles
        return styles.look(_value(_child(properties, "w:pStyle")) or styles.paragraph)

    def _heading(self, properties: Element | None, look: _Look) -> int | None:
        outline = _number(_child(properties, "w:outlineLvl"))
        if outline is None:
            named = _LEVEL_STYLES.fullmatch(look.name)
            if named:
                return int(named[1] or 1)
            if look.name:
                return 0
            outline = look.outline
        return None if outline is None else outline + 1 if 0 <= outline < 9 else 0

    def _label(self, properties: Element | None, look: _Look) -> str:
        own = _child(properties, "w:numPr")
        list_id = _value(_child(own, "w:numId")) or look.list_id
        level = _number(_child(own, "w:ilvl"))
        if list_id is None or list_id == "0":
            return ""
        if level is None:
            level = look.list_level
        if level is None:
            level = self._word.lists.level_of(list_id, look.ids)
        return self._word.lists.label(list_id, level)

    def _worded(self, element: Element) -> bool:
        return any(
            text.text and not text.text.isspace() for run in _nearest(element, "w:r") for text in _all(run, "w:t")
        )

    # tables

    def _table(self, table: Element) -> None:
        outer = self._cell, self._overleaf
        tight = False
        for row in _nearest(table, "w:tr"):
            if _child(row, "w:trPr", "w:del") is not None:
                continue
            cells = _nearest(row, "w:tc")
            heading = self._row_heading(cells)
            read = heading is not None and self._scribe.row(tight, heading)
            self._overleaf = None
            for number, cell in enumerate(cells):
                self._cell = number
                self._walk(cell)
                if read:
                    self._scribe.cell()
            tight = read and (self._scribe.end_row() or tight)
        self._cell, self._overleaf = outer

    def _row_heading(self, cells: list[Element]) -> int | None:
        """Give the level of a row as a heading, 0 for most; None where its cells only place text on the page."""
        counts: list[int] = []
        levels: set[int | None] = set()
        for cell in cells:
            if next(_all(cell, "w:tbl"), None) is not None:
                return None
            paragraphs = [one for one in _all(cell, "w:p") if self._worded(one)]
            counts.append(len(paragraphs))
            for one in paragraphs:
                properties = _child(one, "w:pPr")
                levels.add(self._heading(properties, self._look(properties)))
        alone = sum(1 for count in counts if count) == 1
        if max(counts, default=0) > (1 if alone else LONGEST_CELL):
            return None
        return (levels.pop() or 0) if len(levels) == 1 else 0

    # runs

    def _write_run(self, element: Element) -> None:
        properties = _child(element, "w:rPr")
        given = {} if properties is None else {_name(one): one for one in properties}
        look = self._state.look
        letters = self._word.styles.look(_value(given.get("w:rStyle")))

        def on(name: str, paragraph: bool | None, run: bool | None) -> bool:
            # Two styles that both make letters bold undo each other (17.7.3).
            own = given.get(name)
            return _is_on(own) if own is not None else bool(paragraph) != bool(run)

        bold = on("w:b", look.bold, letters.bold)
        italic = on("w:i", look.italic, letters.italic)
        hidden = on("w:vanish", look.hidden, letters.hidden)
        before = self._state.run
        self._state.run = _Run("bold" if bold else "italic" if italic else "", hidden)
        self._walk(element)
        self._state.run = before

    def _text(self, element: Element) -> None:
        text = element.text or ""
        if self._custom is not None and text.strip() and not self._silent():
            self._end_custom(text)
        else:
            self._say(text)

    def _say(self, text: str) -> None:
        if self._silent():
            return
        if any(one.shows and _page_field(one.instruction) for one in self._state.fields):
            self._scribe.pen.remove("head", text)
        else:
            self._scribe.words(text, self._state.run.style)

    def _silent(self) -> bool:
        return self._state.run.hidden or any(not one.shows for one in self._state.fields)

    def _gap(self, _: Element) -> None:
        self._say(" ")

    def _symbol(self, element: Element) -> None:
        code = _value(element, "char") or ""
        if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code) and not 0xD800 <= int(code, 16) < 0xE000:
            self._say(chr(int(code, 16)))

    def _break(self, element: Element) -> None:
        if _value(element, "type") == "page" and not self._silent():
            self._turn()
        self._say(" ")

    def _rendered(self, _: Element) -> None:
        # A row that goes on overleaf does so in each of its cells.
        if self._cell is not None:
            if self._overleaf not in (None, self._cell):
                return
            self._overleaf = self._cell
        self._page += self._scribe.flow()

    def _turn(self, sure: bool = True) -> None:
        self._page += self._scribe.turn(sure)

    # fields

    def _mark_field(self, element: Element) -> None:
        if not self._sound:
            return
        kind, fields = _value(element, "fldCharType"), self._state.fields
        if kind == "begin":
            fields.append(_Field())
        elif kind == "separate" and fields:
            fields[-1].shows = True
        elif kind == "end" and fields:
            fields.pop()

    def _instruction(self, element: Element) -> None:
        if self._state.fields and not self._state.fields[-1].shows:
            self._state.fields[-1].instruction += element.text or ""

    def _simple_field(self, element: Element) -> None:
        self._state.fields.append(_Field(_value(element, "instr") or "", shows=True))
        self._walk(element)
        self._state.fields.pop()

    # notes, boxes, alternatives

    def _note(self, element: Element, kind: str) -> None:
        note = self._word.notes.get(kind, {}).get(_value(element, "id"))
        if note is None or self._silent():
            return
        if _value(element, "customMarkFollows") in ("1", "true", "on"):
            self._end_custom()
            # The mark is typed, and comes behind it.
            self._custom = note
        else:
            self._take(note, self._next(kind), "")

    def _end_custom(self, mark: str = "") -> None:
        if self._custom is not None:
            note, self._custom = self._custom, None
            digits = re.search(r"\d{1,3}", mark)
            self._take(note, int(digits[0]) if digits else 0, mark)

    def _take(self, note: Element, number: int, mark: str) -> None:
        layout = self._word.aside(note)
        text = layout.text.strip()
        own = mark.strip()
        self._scribe.pen.note(number, text.removeprefix(own) if own else text, f"{mark} {whole(layout)}")

    def _next(self, kind: str) -> int:
        """Count a note that Word numbers (17.11.4): from where, and whether anew in each section or on each page."""
        counter = self._counters[kind]
        section = self._sections[self._section] if self._section < len(self._sections) else None
        own, general = _child(section, f"w:{kind}Pr"), _child(self._word.settings, f"w:{kind}Pr")
        restart = _value(_child(own, "w:numRestart")) or _value(_child(general, "w:numRestart"))
        start = _number(_child(own, "w:numStart")) or _number(_child(general, "w:numStart")) or 1
        place = (
            self._section if restart in ("eachSect", "eachPage") else 0,
            self._page if restart == "eachPage" else 0,
        )
        counter.number = start if counter.number == 0 or place != counter.place else counter.number + 1
        counter.place = place
        return counter.number

    def _box(self, element: Element) -> None:
        if self._silent():
            return
        if self._state.inside:
            self._state.boxes.append(element)
        else:
            self._walk(element)

    def _alternative(self, element: Element) -> None:
        choices = [one for one in element if _name(one) == "mc:Choice"]
        fallback = _child(element, "mc:Fallback")
        known = next((one for one in choices if set((one.get("Requires") or "").split()) <= _KNOWN), None)
        chosen = known if known is not None else fallback if fallback is not None else next(iter(choices), None)
        if chosen is not None:
            self._walk(chosen)

    def _foreign(self, _: Element) -> None:
        raise self._word.package.wrong("part of its text lies in another file inside it or beside it; open it")


def _page_field(instruction: str) -> bool:
    return next(iter(instruction.upper().split()), "") in _PAGE_FIELDS
