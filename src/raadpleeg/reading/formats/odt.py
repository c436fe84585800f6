"""OpenDocument texts (``.odt``) to a `Layout`.

The format is OASIS *Open Document Format for Office Applications (OpenDocument) Version 1.3*: part 2 for the package,
part 3 for the elements.

What a reader of the paper sees is written, in the order of the file, but a text box stands behind the paragraph that
it is anchored in. Notes are taken out where they stand, mark and all. What the file holds and the paper does not show
is no part of it, and is not kept either: deleted words (``text:tracked-changes``), hidden words, comments, the
descriptions of pictures. Headers are kept as removed pieces at the beginning, footers at the end, page numbers where
they stand.

Numbers of lists and headings are mostly not in the file; they are computed here as part 3, chapters 5 and 16, tell. A
list inside an item counts on from the one before it there, as LibreOffice has it. A page begins at a soft page break,
where the program that saved the file had one, and where a paragraph or a table asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats.docx import (
    DEEPEST,
    LONGEST_CELL,
    NOTHING,
    TOO_DEEP,
    Element,
    Package,
    Scribe,
    counted,
    whole,
)
from raadpleeg.reading.manuscript import Layout, Manuscript, Style

_SPACES = {
    **{
        name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"
        for name in ("office", "text", "table", "style", "manifest", "form")
    },
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
_PREFIXES = {space: prefix for prefix, space in _SPACES.items()}
_UNSEEN = frozenset(
    """
    office:annotation office:annotation-end office:forms office:event-listeners office:scripts text:tracked-changes
    text:script svg:title svg:desc draw:object draw:glue-point form:form
    """.split()
)
_LEVEL_STYLES = re.compile(r"(?:heading|kop) ?([1-9])|title|titel")
_BODY_STYLES = re.compile(
    r"contents (?:\d+|heading)|(?:table|illustration|object|user) index \d+|quotations|caption|illustration|table"
    r"|figure|drawing|footnote|endnote|header(?: left| right)?|footer(?: left| right)?|preformatted text"
    r"|table contents|bibliography \d+"
)


def write(content: bytes) -> Layout:
    """Read an OpenDocument text.

    Raises:
        UnreadableDocument: the file is damaged, locked or hostile, is no OpenDocument text, or holds no words.
    """
    package = Package(content, "LibreOffice as .odt")
    manifest = package.part("META-INF/manifest.xml", dtd=True)
    if manifest is not None and next(_all(manifest, "manifest:encryption-data"), None) is not None:
        raise package.locked()
    root = package.part("content.xml")
    if root is None:
        raise package.wrong("its main part (content.xml) is missing")
    text = _child(_child(root, "office:body"), "office:text")
    if text is None:
        raise package.wrong("the text in its main part (content.xml) is missing")
    other = package.part("styles.xml")
    lists = _Lists([one for one in (other, root) if one is not None])
    pen = Manuscript()
    scribe = Scribe(pen)
    scribe.turn()
    _heads(package, pen, other, lists, "style:header")
    _Story(package, scribe, _Styles(other, root), lists).read(text)
    _heads(package, pen, other, lists, "style:footer")
    layout = pen.done()
    if not layout.text:
        raise UnreadableDocument(NOTHING)
    return layout


def _heads(package: Package, pen: Manuscript, root: Element | None, lists: _Lists, kind: str) -> None:
    """Keep what stands at the head or the foot of the pages; those of left and of first pages have their own."""
    for page in () if root is None else _all(root, "style:master-page"):
        for one in page:
            if _name(one).startswith(kind) and _get(one, "style:display") != "false":
                aside = Manuscript()
                _Story(package, Scribe(aside), _Styles(root, root), lists).read(one)
                pen.remove("head", whole(aside.done()))


# --- elements --------------------------------------------------------------------------------------------------------


def _name(element: Element) -> str:
    space, _, local = element.tag[1:].partition("}")
    return f"{_PREFIXES.get(space, '?')}:{local}"


def _get(element: Element | None, name: str) -> str | None:
    if element is None:
        return None
    prefix, _, local = name.partition(":")
    value = element.get(f"{{{_SPACES[prefix]}}}{local}")
    return None if value is None else str(value)


def _number(element: Element | None, name: str) -> int | None:
    value = _get(element, name) or ""
    return int(value) if re.fullmatch(r"\d{1,9}", value) else None


def _child(element: Element | None, name: str) -> Element | None:
    return None if element is None else next((child for child in element if _name(child) == name), None)


def _all(root: Element, name: str) -> Iterator[Element]:
    """Give the elements of this name in `root`, in order."""
    prefix, _, local = name.partition(":")
    found: Iterator[Element] = root.iter(f"{{{_SPACES[prefix]}}}{local}")
    return found


def _nearest(root: Element, *names: str) -> list[Element]:
    """Give the elements of these names under `root` that are inside no other one, no table, and no comment."""
    found: list[Element] = []
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        here = _name(element)
        if here in names:
            found.append(element)
        elif here != "table:table" and here not in _UNSEEN:
            waiting.extend(reversed(element))
    return found


# --- styles ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Look:
    """What a style says, with all that it is based on; None where none of them says anything."""

    name: str = ""
    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    outline: int | None = None
    list: str | None = None
    before: bool = False
    after: bool = False


class _Styles:
    """The styles that count in one part: those made for it (automatic), then those of the whole file."""

    def __init__(self, common: Element | None, own: Element) -> None:
        self._raw: dict[tuple[str, str], tuple[Element, bool]] = {}
        self._looks: dict[tuple[str, str], _Look] = {}
        for root, group in ((common, "office:styles"), (own, "office:styles"), (own, "office:automatic-styles")):
            styles = None if root is None else _child(root, group)
            for one in () if styles is None else styles:
                if _name(one) == "style:style":
                    key = (_get(one, "style:family") or "", _get(one, "style:name") or "")
                    self._raw[key] = (one, group == "office:automatic-styles")

    def look(self, family: str, name: str | None) -> _Look:
        """Give what a style says; an unknown one says nothing."""
        chain: list[str] = []
        current = name or ""
        while (family, current) in self._raw and (family, current) not in self._looks and current not in chain:
            chain.append(current)
            current = _get(self._raw[family, current][0], "style:parent-style-name") or ""
        look = self._looks.get((family, current), _Look())
        for one in reversed(chain):
            look = self._looks[family, one] = self._above(look, *self._raw[family, one])
        return look

    def _above(self, base: _Look, style: Element, automatic: bool) -> _Look:
        letters = _child(style, "style:text-properties")
        weight, slope = _get(letters, "fo:font-weight"), _get(letters, "fo:font-style")
        display, outline = _get(letters, "text:display"), _number(style, "style:default-outline-level")
        listed = _get(style, "style:list-style-name")
        told: dict[str, Any] = {}
        if weight is not None:
            told["bold"] = weight in ("bold", "600", "700", "800", "900")
        if slope is not None:
            told["italic"] = slope in ("italic", "oblique")
        if display is not None:
            told["hidden"] = display == "none"
        if outline is not None:
            told["outline"] = outline
        if listed is not None:
            told["list"] = listed
        for properties in (_child(style, "style:paragraph-properties"), _child(style, "style:table-properties")):
            for key in ("before", "after"):
                broken = _get(properties, f"fo:break-{key}")
                if broken is not None:
                    told[key] = broken == "page"
        if _get(style, "style:master-page-name"):
            told["before"] = True
        own = _shown(style)
        # What is made for one paragraph has the name of what it is made after.
        known = _LEVEL_STYLES.fullmatch(own) or _BODY_STYLES.fullmatch(own)
        if automatic or not known:
            own = base.name if automatic or _LEVEL_STYLES.fullmatch(base.name) else ""
        return replace(base, name=own, **told)


def _shown(style: Element) -> str:
    """Give the name of a style as people see it; in the file "Heading 1" is "Heading_20_1"."""
    name = _get(style, "style:display-name") or _get(style, "style:name") or ""
    return re.sub(r"_([0-9a-fA-F]{2})_", lambda found: chr(int(found[1], 16)), name).lower()


# --- lists -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    before: str
    after: str
    shows: int
    start: int
    doubled: bool
    pattern: str | None


@dataclass(slots=True)
class _List:
    """A list under the pen: `fresh` is whether its present item still waits for its first paragraph."""

    style: str
    level: int
    counts: dict[int, int]
    fresh: bool = False
    start: int | None = None


class _Lists:
    """Computes the numbers of lists and of headings."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        self.outline: dict[int, _Level] = {}
        self.headings: dict[int, int] = {}
        self.by_style: dict[str, dict[int, int]] = {}
        self.by_id: dict[str, dict[int, int]] = {}
        for root in roots:
            for style in _all(root, "text:list-style"):
                self._styles[_get(style, "style:name") or ""] = _levels(style)
            for style in _all(root, "text:outline-style"):
                self.outline = _levels(style)

    def levels(self, style: str) -> dict[int, _Level]:
        """Give the levels of a list style; an unknown one has none."""
        return self._styles.get(style, {})


def _levels(style: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for one in style:
        if _name(one) in ("text:list-level-style-number", "text:outline-level-style"):
            start = _number(one, "text:start-value")
            pattern = _get(one, "style:num-list-format")
            levels[_number(one, "text:level") or 1] = _Level(
                form=(_get(one, "style:num-format") or "").strip(),
                before=_get(one, "style:num-prefix") or "",
                after=_get(one, "style:num-suffix") or "",
                shows=_number(one, "text:display-levels") or 1,
                start=1 if start is None else start,
                doubled=_get(one, "style:num-letter-sync") == "true",
                pattern=_get(one, "loext:num-list-format") if pattern is None else pattern,
            )
    return levels


def _label(levels: dict[int, _Level], level: int, counts: dict[int, int], start: int | None = None) -> str:
    """Count one on at a level, and give what stands before the paragraph; bullets are no numbers."""
    one = levels.get(level)
    if start is not None:
        counts[level] = start
    elif level in counts:
        counts[level] += 1
    else:
        counts[level] = one.start if one else 1
    for deeper in [other for other in counts if other > level]:
        del counts[deeper]
    if one is None or not one.form:
        return ""

    def shown(number: int) -> str:
        other = levels.get(number)
        if other is None or not other.form:
            return ""
        return counted(counts.get(number, other.start), other.form, other.doubled)

    if one.pattern is not None:
        label = re.sub(r"%(\d{1,2})%", lambda found: shown(int(found[1])), one.pattern)
    else:
        parts = [shown(number) for number in range(max(1, level - one.shows + 1), level + 1)]
        label = one.before + ".".join(part for part in parts if part) + one.after
    return " ".join(label.split())


# --- stories ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _State:
    """How the letters under the pen look, and what waits for the end of the paragraph."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False
    inside: bool = False
    boxes: list[Element] = field(default_factory=list)

    @property
    def style(self) -> Style:
        return "bold" if self.bold else "italic" if self.italic else ""


class _Story:
    """Writes one story: the body, a note, a header. Walks the elements once; what it has no rule for is a wrapper."""

    def __init__(self, package: Package, scribe: Scribe, styles: _Styles, lists: _Lists) -> None:
        self._package = package
        self._scribe = scribe
        self._styles = styles
        self._lists = lists
        self._depth = 0
        self._list: _List | None = None
        self._state = _State()
        self._notes = {"footnote": 0, "endnote": 0}
        self._rules: dict[str, Callable[[Element], None]] = {
            "text:p": self._paragraph,
            "text:h": self._paragraph,
            "text:list": self._write_list,
            "text:list-item": self._item,
            "text:list-header": self._header,
            "text:numbered-paragraph": self._numbered,
            "text:section": self._section,
            "text:soft-page-break": self._page,
            "text:span": self._span,
            "text:hidden-text": self._hidden,
            "text:note": self._note,
            "text:number": self._written,
            "text:page-number": self._page_field,
            "text:page-count": self._page_field,
            "text:s": self._gap,
            "text:tab": self._gap,
            "text:line-break": self._gap,
            "table:table": self._table,
        }

    def read(self, root: Element) -> None:
        self._walk(root)

    def _walk(self, parent: Element) -> None:
        """Write what stands in `parent`; outside of a paragraph there are no characters, only white space."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._package.wrong(f"its elements are {TOO_DEEP}")
        inside = self._state.inside
        if inside:
            self._say(parent.text)
        for element in parent:
            name = _name(element)
            rule = self._rules.get(name)
            if rule is not None:
                rule(element)
            elif inside and name.startswith("draw:"):
                if not self._state.hidden:
                    self._state.boxes.append(element)
            elif name not in _UNSEEN:
                self._walk(element)
            if inside:
                self._say(element.tail)
        self._depth -= 1

    def _say(self, text: str | None) -> None:
        if text and not self._state.hidden:
            self._scribe.words(text, self._state.style)

    # paragraphs

    def _paragraph(self, element: Element) -> None:
        look = self._styles.look("paragraph", _get(element, "text:style-name"))
        if look.before:
            self._scribe.turn(sure=False)
        outer = self._state
        self._state = _State(bool(look.bold), bool(look.italic), bool(look.hidden), inside=True)
        self._scribe.paragraph(self._heading(element, look), self._label(element, look))
        self._walk(element)
        boxes, self._state = self._state.boxes, outer
        listed, self._list = self._list, None
        for box in boxes:
            self._state = _State()
            self._walk(box)
        self._state, self._list = outer, listed
        if look.after:
            self._scribe.turn(sure=False)

    def _heading(self, element: Element, look: _Look) -> int | None:
        if _name(element) == "text:h":
            return min(max(_number(element, "text:outline-level") or 1, 1), 9)
        named = _LEVEL_STYLES.fullmatch(look.name)
        if named:
            return int(named[1] or 1)
        if look.name:
            return 0
        return min(look.outline, 9) if look.outline else None

    def _label(self, element: Element, look: _Look) -> str:
        """Count the paragraph where it counts; a number that the saving program wrote goes before one computed here."""
        written = _child(element, "text:number")
        if written is None and self._list is not None and self._list.fresh:
            written = _child(element.getparent(), "text:number")
        computed = self._counted(element, look)
        return computed if written is None else " ".join("".join(written.itertext()).split())

    def _counted(self, element: Element, look: _Look) -> str:
        one = self._list
        if one is not None:
            if not one.fresh:
                return ""
            one.fresh = False
            start, one.start = one.start, None
            return _label(self._lists.levels(one.style or look.list or ""), one.level, one.counts, start)
        if _name(element) != "text:h" or _get(element, "text:is-list-header") == "true" or look.list == "":
            return ""
        levels = self._lists.outline if look.list is None else self._lists.levels(look.list)
        start = _number(element, "text:start-value") if _get(element, "text:restart-numbering") == "true" else None
        return _label(levels, _number(element, "text:outline-level") or 1, self._lists.headings, start)

    def _section(self, element: Element) -> None:
        if _get(element, "text:display") != "none":
            self._walk(element)

    def _page(self, _: Element) -> None:
        self._scribe.flow()

    # lists

    def _write_list(self, element: Element) -> None:
        outer = self._list
        own, lists = _get(element, "text:style-name"), self._lists
        name = _get(element, "xml:id")
        if outer is not None:
            self._list = _List(own or outer.style, outer.level + 1, outer.counts)
        else:
            style = own or ""
            continued = lists.by_id.get(_get(element, "text:continue-list") or "")
            if continued is None and _get(element, "text:continue-numbering") == "true":
                continued = lists.by_style.get(style)
            self._list = _List(style, 1, {} if continued is None else continued)
            lists.by_style[style] = self._list.counts
        if name:
            lists.by_id[name] = self._list.counts
        self._walk(element)
        self._list = outer

    def _item(self, element: Element) -> None:
        if self._list is not None:
            self._list.fresh = True
            self._list.start = _number(element, "text:start-value")
        self._walk(element)
        if self._list is not None:
            self._list.fresh = False

    def _header(self, element: Element) -> None:
        if self._list is not None:
            self._list.fresh = False
        self._walk(element)

    def _numbered(self, element: Element) -> None:
        outer = self._list
        counts = self._lists.by_id.setdefault(_get(element, "text:list-id") or "", {})
        level = _number(element, "text:level") or 1
        start = _number(element, "text:start-value")
        self._list = _List(_get(element, "text:style-name") or "", level, counts, fresh=True, start=start)
        self._walk(element)
        self._list = outer

    # tables

    def _table(self, table: Element) -> None:
        if self._styles.look("table", _get(table, "table:style-name")).before:
            self._scribe.turn(sure=False)
        listed, self._list = self._list, None
        tight = False
        for row in _nearest(table, "table:table-row", "text:soft-page-break"):
            if _name(row) == "text:soft-page-break":
                self._page(row)
                continue
            cells = _nearest(row, "table:table-cell", "table:covered-table-cell")
            cells = [cell for cell in cells if _name(cell) == "table:table-cell"]
            heading = self._row_heading(cells)
            read = heading is not None and self._scribe.row(tight, heading)
            for cell in cells:
                self._walk(cell)
                if read:
                    self._scribe.cell()
            tight = read and (self._scribe.end_row() or tight)
        self._list = listed

    def _row_heading(self, cells: list[Element]) -> int | None:
        """Give the level of a row as a heading, 0 for most; None where its cells only place text on the page."""
        counts: list[int] = []
        levels: set[int | None] = set()
        for cell in cells:
            if next(_all(cell, "table:table"), None) is not None:
                return None
            paragraphs = [one for name in ("text:p", "text:h") for one in _all(cell, name) if _worded(one)]
            counts.append(len(paragraphs))
            for one in paragraphs:
                levels.add(self._heading(one, self._styles.look("paragraph", _get(one, "text:style-name"))))
        alone = sum(1 for count in counts if count) == 1
        if max(counts, default=0) > (1 if alone else LONGEST_CELL):
            return None
        return (levels.pop() or 0) if len(levels) == 1 else 0

    # inside paragraphs

    def _span(self, element: Element) -> None:
        look = self._styles.look("text", _get(element, "text:style-name"))
        state = self._state
        before = state.bold, state.italic, state.hidden
        state.bold = state.bold if look.bold is None else look.bold
        state.italic = state.italic if look.italic is None else look.italic
        state.hidden = state.hidden or bool(look.hidden)
        self._walk(element)
        state.bold, state.italic, state.hidden = before

    def _hidden(self, element: Element) -> None:
        if _get(element, "text:is-hidden") != "true":
            self._walk(element)

    def _written(self, element: Element) -> None:
        self._scribe.pen.remove("bullet", "".join(element.itertext()))

    def _page_field(self, element: Element) -> None:
        if not self._state.hidden:
            self._scribe.pen.remove("head", "".join(element.itertext()))

    def _gap(self, _: Element) -> None:
        self._say(" ")

    def _note(self, element: Element) -> None:
        if self._state.hidden:
            return
        kind = _get(element, "text:note-class") or "footnote"
        citation, body = _child(element, "text:note-citation"), _child(element, "text:note-body")
        mark = "" if citation is None else "".join(citation.itertext())
        aside = Manuscript()
        if body is not None:
            _Story(self._package, Scribe(aside), self._styles, self._lists).read(body)
        layout = aside.done()
        self._notes[kind] = self._notes.get(kind, 0) + (_get(citation, "text:label") is None)
        self._scribe.pen.note(self._note_number(mark, kind), layout.text, f"{mark} {whole(layout)}")

    def _note_number(self, mark: str, kind: str) -> int:
        """Give the number of a note; one that is counted in letters gets its place, one with a sign of its own 0."""
        digits = re.search(r"\d{1,4}", mark)
        if digits:
            return int(digits[0])
        counts = not mark.strip() or re.fullmatch(r"[ivxlcdm]+|[a-z]{1,2}", mark.strip(), re.IGNORECASE)
        return self._notes[kind] if counts else 0


def _worded(paragraph: Element) -> bool:
    return any(text and not text.isspace() for text in paragraph.itertext())
