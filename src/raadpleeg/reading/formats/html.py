"""Web pages (HTML) to a `Layout`.

The format is the WHATWG *HTML Living Standard*; the parser is libxml2's, which forgives what browsers forgive. What a
reader of the paper sees is written, in the order of the file, but a note stands at its mark. Scripts, styles, comments,
and what is hidden are no part of it. What belongs to the site (what is not in ``main`` where there is one, ``nav``, the
``header`` and ``footer`` of the page, things to click on) is kept as removed pieces. There are no pages of paper, so
the whole is one.

A number is the mark of a note where a link leads from it to words further on that are surely a note: they begin with
that number, or are the item with that number of a list, and they lead back or the mark stands as marks do. So write
officielebekendmakingen.nl, Word, LibreOffice, pandoc, mammoth, and wikis. In doubt the words stay where they are.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from urllib.parse import unquote

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats.detecting import encoding_of
from raadpleeg.reading.formats.docx import LONGEST_CELL, NOTHING, TOO_DEEP, Scribe, counted
from raadpleeg.reading.manuscript import Layout, Manuscript, Style

HEAD = 4096
"""Bytes in which a page says how it is encoded. The standard looks at 1024, and some programs write more before."""
MOST_CONTROLS = 0.01
"""Share of control characters above which bytes are no text at all; below it they are left out."""
LONGEST_MARK = 8
"""Characters that the mark of a note has at most, brackets and all."""
MOST_ELEMENTS = 1_000_000
"""Elements of a page: a book has some fifty thousand. It bounds the memory that a file can ask for."""
DEEPEST = 30_000
"""Elements inside one another: pages that never close a tag come to some thousands. The parser slows down with it."""
LARGEST_NOTE = 500
"""Elements that a note holds at most; what holds more is a part of the paper."""

_DAMAGED = "save it again from a browser, or as .docx or .pdf"

_BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p
    plaintext pre search section summary table tbody td tfoot th thead tr ul xmp
    """.split()
)
"""Elements that part paragraphs (HTML 15.3, the elements that are shown as blocks, and the parts of tables)."""
_UNSEEN = frozenset(
    """
    head script style template noscript noframes iframe object embed svg canvas audio video map datalist title
    colgroup col rp
    """.split()
)
_FURNITURE = frozenset("nav button select textarea input".split())
_FURNITURE_ROLES = frozenset("navigation banner contentinfo search menu menubar toolbar".split())
_BODY = frozenset("blockquote dd figcaption caption pre td th".split())
"""Where there are no headings but those that say so."""
_ATTRIBUTES = frozenset(
    "id name class style role epub:type href hidden open start type reversed value aria-level content".split()
)
_LISTS = frozenset({"ol", "ul", "menu", "dir"})
_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})

_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)|font-weight\s*:\s*\w", re.IGNORECASE)
_SLOPE = re.compile(r"font-style\s*:\s*(italic|oblique)|font-style\s*:\s*\w", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|top|text-top)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z]+(?:-[a-z]+)*)\b", re.IGNORECASE)
_LIST_FORMS = {
    "1": "1",
    "a": "a",
    "A": "A",
    "i": "i",
    "I": "I",
    "decimal": "1",
    "decimal-leading-zero": "01",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_CHARSET = re.compile(rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_END_OF_ALL = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[a-z]+(?:-[a-z]+)*-\w[\w.-]*", re.IGNORECASE)

_MARK = re.compile(r"[\[(]?\s*(\d{1,3}|[a-zA-Z]|[ivxIVX]{1,6}|\*{1,4}|[†‡§])\s*[\])]?")
_SEPARATORS = re.compile(r"[\s,;]+")
_BACK = re.compile(r"[\s\[(]*(?:[\^↑↩⏎⬆⇑↵▲]\ufe0e?|terug|back|omhoog)[\s\])]*", re.IGNORECASE)
_NOTE_NAME = re.compile(r"(?:foot|end|side)note|noot|noten|(?<![a-z])(?:ftn|edn|fn)[\d:_-]", re.IGNORECASE)
_MARK_NAME = re.compile(r"noteref|footnote|endnote|noot|\breference\b", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_WHOLES = frozenset({"html", "body", "main", "article"})
_SECTIONS = frozenset({"article", "main", "section", "blockquote", "figure"})
_NOTE_BLOCKS = frozenset({"div", "aside", "dd", "td", "p", "section"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def write(content: bytes) -> Layout:
    """Read a web page.

    Raises:
        UnreadableDocument: it is no text, is nested deeper than any paper, or holds no words.
    """
    root = _parsed(_decoded(content))
    pen = Manuscript()
    _publish(pen, root)
    _Page(pen, root).write()
    layout = pen.done()
    if not layout.text:
        raise UnreadableDocument(NOTHING)
    return layout


def _publish(pen: Manuscript, root: Node) -> None:
    for meta in (one for one in root.within() if one.tag == "meta"):
        identifier = meta.get("content").strip()
        if meta.get("name").lower() == "dcterms.identifier" and _IDENTIFIER.fullmatch(identifier):
            pen.published_as(identifier)


# --- bytes to elements -----------------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    """Turn bytes into characters: by their mark, as UTF-8 where they are that, else by what the page says of itself.

    Pages that were saved again often say what they were before; and nothing else is UTF-8 by chance.
    """
    looks = encoding_of(content)
    said = _CHARSET.search(content, 0, HEAD) or _DECLARED.match(content, 0, HEAD)
    for encoding in (looks if looks not in ("utf-8", "cp1252") else None, "utf-8", _named(said[1]) if said else None):
        try:
            if encoding:
                return _checked(content.decode(encoding))
        except UnicodeError:
            continue
    return _checked(_forgiven(content))


def _named(label: bytes) -> str | None:
    """Give the encoding that a page names, as the standard takes it (Encoding, 4.2): Latin-1 is Windows-1252."""
    try:
        found = codecs.lookup(label.decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    known = re.match(r"(?:cp125|iso8859-|koi8-|mac-)", found) is not None
    return "cp1252" if found in ("iso8859-1", "ascii") else found if known else None


def _forgiven(content: bytes) -> str:
    """Decode a page with broken characters: UTF-8 where more of its characters are whole than broken."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for letter in text if letter > "\x7f") - broken
    return text if whole > broken else content.decode("cp1252", "replace")


def _checked(text: str) -> str:
    controls = len(_CONTROL.findall(text))
    if controls > MOST_CONTROLS * len(text):
        raise UnreadableDocument(f"this is no web page (it holds bytes that no text has); {_DAMAGED}")
    return _CONTROL.sub("", text) if controls else text


class Node:
    """An element: its name, its attributes, and what stands in it, words and other elements."""

    __slots__ = ("attributes", "parent", "parts", "tag")

    def __init__(self, tag: str, attributes: Mapping[str, str], parent: Node | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.parts: list[Node | str] = []

    def get(self, name: str) -> str:
        """Give an attribute, "" where it has none."""
        return self.attributes.get(name, "")

    @property
    def nodes(self) -> Iterator[Node]:
        """The elements that stand directly in it."""
        return (part for part in self.parts if isinstance(part, Node))

    def within(self) -> Iterator[Node]:
        """Give the element itself and all that stand in it, in order."""
        yield self
        path = [self.nodes]
        while path:
            node = next(path[-1], None)
            if node is None:
                path.pop()
            else:
                yield node
                path.append(node.nodes)

    def outer(self) -> Iterator[Node]:
        """Give the elements that it stands in, the nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class _Builder:
    """Takes in what the parser finds. The parser's own tree would need ages for a tag of very many attributes."""

    def __init__(self) -> None:
        self.root = self._open = Node("", {}, None)
        self._elements = 0
        self._depth = 0
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._flush()
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise UnreadableDocument(f"it has more than {MOST_ELEMENTS} elements; split it")
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableDocument(f"its elements are {TOO_DEEP}; {_DAMAGED}")
        kept = {name: value for name, value in attributes.items() if name in _ATTRIBUTES} if attributes else {}
        node = Node(tag, kept, self._open)
        self._open.parts.append(node)
        self._open = node

    def end(self, _: str) -> None:
        self._flush()
        self._depth -= 1
        self._open = self._open.parent or self.root

    def data(self, text: str) -> None:
        self._pieces.append(text)

    def close(self) -> Node:
        self._flush()
        return self.root

    def _flush(self) -> None:
        if self._pieces:
            self._open.parts.append("".join(self._pieces))
            self._pieces.clear()


def _parsed(text: str) -> Node:
    from lxml import etree

    # What stands behind these two ends the parser would lose, and browsers show it.
    text = _END_OF_ALL.sub("", text)
    builder = _Builder()
    # Deeper nesting and longer text than by default; a page cannot grow when it is parsed, as XML can.
    parser = etree.HTMLParser(target=builder, encoding="utf-8", huge_tree=True, no_network=True)
    try:
        etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableDocument(f"it is damaged ({' '.join(str(error).split())}); {_DAMAGED}") from None
    if any(error.level_name == "FATAL" for error in parser.error_log):
        raise UnreadableDocument(f"its elements are {TOO_DEEP}; {_DAMAGED}")
    return builder.root


def _classes(element: Node) -> str:
    return f"{element.get('class')} {element.get('role')} {element.get('epub:type')}"


def _style(element: Node) -> str:
    return element.get("style")


def _unseen(element: Node) -> bool:
    return (
        element.tag in _UNSEEN
        or "hidden" in element.attributes
        or (element.tag == "dialog" and "open" not in element.attributes)
        or element.tag in ("annotation", "annotation-xml")
        or bool(_HIDDEN.search(_style(element)))
    )


class _Site:
    """Tells what belongs to the site that shows the paper: all but ``main``, where there is one (HTML 4.4.14)."""

    def __init__(self, root: Node) -> None:
        mains = [one for one in root.within() if (one.tag == "main" or one.get("role") == "main") and not _unseen(one)]
        main = mains[0] if len(mains) == 1 and _characters(mains[0]).strip() else None
        self.around = frozenset(main.outer()) if main is not None else frozenset()
        """The elements that the paper stands in, with what is not the paper."""
        self._paper = self.around | {main}

    def owns(self, element: Node) -> bool:
        """Tell whether an element is no part of the paper. A header without links that holds the title is (pandoc)."""
        if element.tag in _FURNITURE or element.get("role") in _FURNITURE_ROLES:
            return True
        if element.tag == "header" and not _linked(element) and any(one.tag == "h1" for one in element.within()):
            return False
        if element.parent in self.around and element not in self._paper:
            return True
        if element.tag not in ("header", "footer"):
            return False
        return not any(one.tag in _SECTIONS for one in element.outer())


def _linked(element: Node) -> bool:
    return any(one.tag == "a" and one.get("href") for one in element.within())


Step = tuple[Literal["open", "text", "close", "shut"], Node, str]


def _steps(root: Node, closed: Callable[[Node], bool]) -> Iterator[Step]:
    """Walk through elements and words in their order, without recursion. What is `closed` is passed by ("shut")."""
    if closed(root):
        yield ("shut", root, "")
        return
    yield ("open", root, "")
    path = [(root, iter(root.parts))]
    while path:
        node, parts = path[-1]
        part = next(parts, None)
        if part is None:
            path.pop()
            yield ("close", node, "")
        elif isinstance(part, str):
            yield ("text", node, part)
        elif closed(part):
            yield ("shut", part, "")
        else:
            yield ("open", part, "")
            path.append((part, iter(part.parts)))


def _characters(root: Node, closed: Callable[[Node], bool] | None = None) -> str:
    """Give the words that are seen in an element, blocks parted by white space; what is `closed` is left out."""
    pieces: list[str] = []
    shut = closed or _unseen
    for kind, element, text in _steps(root, lambda one: one is not root and shut(one)):
        if kind == "text":
            pieces.append(text)
        elif element.tag in _BLOCKS or element.tag == "br":
            pieces.append(" ")
    return "".join(pieces)


# --- notes -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Note:
    """A note: its number, its words without number and way back, and all its characters with those of the mark."""

    number: int
    text: str
    raw: str


class _Notes:
    """The notes of a page."""

    def __init__(self, root: Node, site: _Site) -> None:
        self._site = site
        self.marks: dict[Node, _Note | None] = {}
        """By the element that is a mark; a later mark of the same note has None."""
        self.bodies: dict[Node, Node] = {}
        """By the element that holds a note: where marks lead to."""
        self._targets: dict[str, Node] = {}
        self._found: dict[Node, Node | None] = {}
        self._place: dict[Node, int] = {}
        self._ordinals: dict[Node, dict[Node, int]] = {}
        links: list[Node] = []
        for place, element in enumerate(root.within()):
            self._place[element] = place
            for name in (element.get("id"), element.get("name") if element.tag == "a" else ""):
                if name:
                    self._targets.setdefault(name, element)
            if element.tag == "a" and "#" in element.get("href"):
                links.append(element)
        pairs: list[tuple[Node, str, Node]] = []
        for link in links:
            words = " ".join(_characters(link).split()) if _small(link, LONGEST_MARK) else ""
            target = self._target(link)
            if target is not None and len(words) <= LONGEST_MARK and _MARK.fullmatch(words):
                pairs.append((link, words, target))
        self._aims = {target for _, _, target in pairs}
        for link, words, target in pairs:
            if self._place[target] > self._place[link]:
                self._judge(link, words, target)

    def _target(self, link: Node) -> Node | None:
        name = link.get("href").rpartition("#")[2]
        target = self._targets.get(name)
        return self._targets.get(unquote(name)) if target is None else target

    def _judge(self, link: Node, words: str, target: Node) -> None:
        """Take in a mark and its note where both surely are that."""
        if target not in self._found:
            self._found[target] = self._body(target)
        body = self._found[target]
        outer = list(link.outer())
        if (
            body is None
            or body in outer
            or any(one in self.bodies or _unseen(one) or self._site.owns(one) for one in outer)
        ):
            return
        mark = _whole_mark(link, words)
        if body in self.bodies:
            if self.bodies[body] is target:
                self.marks[mark] = None
            return
        sign = _sign(words)
        number = _number_of(sign)
        ways = [one for one in body.within() if one.tag == "a" and self._leads_back(one, mark, link)]
        counted_so = body.tag == "li" and number > 0 and self._ordinal(body) == number
        shown_there = any(_sign(_characters(one)) == sign for one in ways)
        begins = re.match(rf"\W*?{re.escape(sign)}(?!\w|[.,]\d)", _characters(body, _closing)) is not None
        numbered = counted_so or shown_there or begins
        if sum((numbered, bool(ways), _raised(mark, link, words))) < 2:
            return
        bodies = [body]
        if body.tag == "dt" and (following := _following(body)) is not None and following.tag == "dd":
            bodies.append(following)
        for one in bodies:
            self.bodies[one] = target
        text = " ".join(_characters(one, lambda part: _way_back(part, ways)) for one in bodies)
        if not counted_so and not shown_there:
            text = re.sub(rf"^\W*?{re.escape(sign)}(?!\w|[.,]\d)\s*[\])]?[.:]?", "", text)
        raw = " ".join(_characters(one) for one in (mark, *bodies))
        self.marks[mark] = _Note(number, _INVISIBLE.sub("", text), raw)

    def _ordinal(self, item: Node) -> int | None:
        numbered = item.parent
        if numbered is None or numbered.tag != "ol":
            return None
        if numbered not in self._ordinals:
            self._ordinals[numbered] = _ordinals(numbered)
        return self._ordinals[numbered].get(item)

    def _body(self, target: Node) -> Node | None:
        """Give the element that holds the note at a target: the block around it, or more where that is a note too."""
        body = next((one for one in (target, *target.outer()) if one.tag in _BLOCKS), None)
        while body is not None:
            parent = body.parent
            if parent is None or not self._goes_on(parent, body):
                break
            body = parent
        if body is None or body.tag in _WHOLES or self._crowded(body):
            return None
        return body

    def _goes_on(self, parent: Node, body: Node) -> bool:
        """Tell whether a note goes on in `parent`: it is marked as one note, and this is what it begins with."""
        if body.tag in ("td", "th"):
            return bool(parent.tag == "tr")
        named = f"{parent.get('id')} {_classes(parent)} {_style(parent)}"
        if parent.tag != "li" and (parent.tag not in _NOTE_BLOCKS or not _NOTE_NAME.search(named)):
            return False
        for part in parent.parts:
            if part is body:
                return not self._crowded(parent)
            closing = isinstance(part, Node) and "note-close" in _classes(part)
            if not closing and (_characters(part) if isinstance(part, Node) else part).strip():
                return False
        return False

    def _crowded(self, body: Node) -> bool:
        """Tell what is more than one note: several marks lead into it, or it is as large as a part of the paper."""
        aims = 0
        for place, one in enumerate(body.within()):
            aims += one in self._aims
            if aims > 1 or place > LARGEST_NOTE or (one.tag in _HEADINGS and "note-close" not in _classes(one)):
                return True
        return False

    def _leads_back(self, way: Node, mark: Node, link: Node) -> bool:
        target = self._target(way) if "#" in way.get("href") else None
        if target is None or self._place[target] >= self._place[way]:
            return False
        for one in link.outer():
            if one is target:
                return True
            if one.tag in _BLOCKS:
                break
        return target in mark.within()


def _following(element: Node) -> Node | None:
    """Give the next element that stands beside it."""
    beside = list(element.parent.nodes) if element.parent is not None else []
    return next((after for one, after in pairwise(beside) if one is element), None)


def _small(element: Node, most: int) -> bool:
    return all(place <= most for place, _ in enumerate(element.within()))


def _closing(element: Node) -> bool:
    """Tell what is not seen of a note, and the button that closes it (officielebekendmakingen.nl)."""
    return _unseen(element) or "note-close" in _classes(element)


def _way_back(element: Node, ways: list[Node]) -> bool:
    words = " ".join(_characters(element).split()) if element.tag == "a" else ""
    back = element in ways and (not words or _MARK.fullmatch(words) is not None)
    return back or _closing(element) or (element.tag == "a" and _BACK.fullmatch(words) is not None)


def _sign(words: str) -> str:
    found = _MARK.fullmatch(" ".join(words.split()))
    return found[1] if found else ""


def _whole_mark(link: Node, words: str) -> Node:
    """Give the outermost element that holds nothing but the mark, brackets around it too."""
    mark = link
    for outer in link.outer():
        if outer.tag in _BLOCKS or not _small(outer, LONGEST_MARK) or _sign(_characters(outer)) != _sign(words):
            break
        mark = outer
    return mark


def _number_of(sign: str) -> int:
    """Give the number of a mark, also of a Roman one; 0 for a sign or a letter."""
    if sign.isdigit():
        return int(sign)
    if re.fullmatch(r"[ivxIVX]+", sign):
        return next((number for number in range(1, 50) if counted(number, "i") == sign.lower()), 0)
    return 0


def _raised(mark: Node, link: Node, words: str) -> bool:
    """Tell whether a mark stands as marks do: raised, in brackets, or named so."""
    for one in (*mark.within(), *link.outer()):
        if one.tag in _BLOCKS:
            break
        if one.tag == "sup" or _RAISED.search(_style(one)) or _MARK_NAME.search(_classes(one)):
            return True
    return bool(re.fullmatch(r"\[.*\]", words))


def _ordinals(numbered: Node) -> dict[Node, int]:
    """Give the numbers of the items in a numbered list (HTML 4.4.8)."""
    items = [one for one in numbered.nodes if one.tag == "li"]
    backwards = "reversed" in numbered.attributes
    start = _integer(numbered.get("start"))
    number = start if start is not None else len(items) if backwards else 1
    numbers: dict[Node, int] = {}
    for one in items:
        value = _integer(one.get("value"))
        numbers[one] = number = number if value is None else value
        number += -1 if backwards else 1
    return numbers


def _integer(value: str | None) -> int | None:
    found = re.match(r"\s*([+-]?\d{1,9})", value or "")
    return int(found[1]) if found else None


# --- the page --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _List:
    """A list under the pen: the numbers of its items, and how they are written ("" where they are not)."""

    numbers: Mapping[Node, int]
    form: str


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the words inside an element are written."""

    style: Style = ""
    heading: int | None = None
    lines: bool = False
    """Whether empty lines part paragraphs."""


class _Page:
    """Writes the words of a page once, from front to back."""

    def __init__(self, pen: Manuscript, root: Node) -> None:
        self._pen = pen
        self._scribe = Scribe(pen)
        self._root = root
        self._site = _Site(root)
        self._notes = _Notes(root, self._site)
        self._manners: list[_Manner] = [_Manner()]
        self._lists: list[_List] = []
        self._rows: list[bool] = []
        self._tight: list[bool] = []
        self._parted = True
        self._number = ""
        self._lines = 0

    def write(self) -> None:
        self._scribe.turn()
        for kind, element, text in _steps(self._root, self._closed):
            if kind == "text":
                self._say(element, text)
            elif kind == "open":
                self._open(element)
            elif kind == "close":
                self._close(element)
            else:
                self._pass(element)

    def _closed(self, element: Node) -> bool:
        noted = element in self._notes.marks or element in self._notes.bodies
        return noted or _unseen(element) or self._site.owns(element)

    def _say(self, element: Node, text: str) -> None:
        manner = self._manners[-1]
        if element in self._site.around:
            self._pen.remove("head", text)
        elif manner.lines:
            first, *others = _BLANK_LINE.split(text)
            self._write(first, manner)
            for other in others:
                self._part()
                self._write(other, manner)
        elif (
            element.tag == "sup"
            and _SEPARATORS.fullmatch(text)
            and any(one in self._notes.marks for one in element.nodes)
        ):
            self._pen.remove("mark", text)
        else:
            self._write(text, manner)

    def _write(self, text: str, manner: _Manner) -> None:
        if not text or text.isspace():
            if text and not self._parted:
                self._scribe.words(" ")
            return
        if self._parted:
            self._scribe.paragraph(manner.heading, self._number)
            self._parted, self._number = False, ""
        self._lines = 0
        self._scribe.words(text, manner.style)

    def _pass(self, element: Node) -> None:
        """Pass by an element whose words do not stand here."""
        if element in self._notes.marks:
            note = self._notes.marks[element]
            if note is None:
                self._pen.remove("mark", _characters(element))
            else:
                self._pen.note(note.number, note.text, note.raw)
        elif element not in self._notes.bodies and not _unseen(element):
            # Notes stand at their marks, also those at the foot of the site.
            self._pen.remove("head", _characters(element, lambda one: _unseen(one) or one in self._notes.bodies))
        if element.tag in _BLOCKS:
            self._part()

    def _open(self, element: Node) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._part()
        elif tag == "br":
            self._lines += 1
            if self._lines > 1:
                self._part()
            elif not self._parted:
                self._scribe.words(" ")
        self._manners.append(self._manner(element))
        if tag in _LISTS:
            self._lists.append(_listed(element))
        elif tag == "li":
            self._count(element)
        elif tag == "table":
            self._tight.append(False)
        elif tag == "tr":
            heading = _row_heading(element)
            tight = bool(self._tight and self._tight[-1])
            self._rows.append(heading is not None and self._scribe.row(tight, heading))

    def _close(self, element: Node) -> None:
        tag = element.tag
        self._manners.pop()
        if tag in _BLOCKS:
            self._part()
        if tag in _LISTS:
            self._lists.pop()
            self._number = ""
        elif tag == "li":
            self._number = ""
        elif tag == "table":
            self._tight.pop()
        elif tag in ("td", "th") and self._rows and self._rows[-1]:
            self._scribe.cell()
        elif tag == "tr":
            read = self._rows.pop()
            wrote = read and self._scribe.end_row()
            if self._tight:
                self._tight[-1] = wrote or (read and self._tight[-1])

    def _part(self) -> None:
        self._parted = True
        self._lines = 0

    def _manner(self, element: Node) -> _Manner:
        tag, manner = element.tag, self._manners[-1]
        css = _style(element)
        weight, slope = _WEIGHT.search(css), _SLOPE.search(css)
        bold, italic = manner.style == "bold", manner.style == "italic"
        bold = bool(weight[1]) if weight else bold or tag in _BOLD
        italic = bool(slope[1]) if slope else italic or tag in _ITALIC
        heading = manner.heading
        if tag in _HEADINGS:
            heading = int(tag[1])
        elif element.get("role") == "heading":
            heading = min(max(_integer(element.get("aria-level")) or 2, 1), 9)
        elif tag == "p" and element.get("class").lower() == "msotitle":
            heading = 1
        elif tag in _BODY:
            heading = 0
        lines = manner.lines or tag in ("pre", "listing", "xmp", "plaintext")
        return _Manner("bold" if bold else "italic" if italic else "", heading, lines)

    def _count(self, item: Node) -> None:
        one = self._lists[-1] if self._lists else _List({}, "")
        form = _form(item, one.form)
        number = one.numbers.get(item)
        self._number = f"{counted(number, form)}." if form and number is not None else ""


def _listed(element: Node) -> _List:
    return _List(_ordinals(element), _form(element, "1")) if element.tag == "ol" else _List({}, "")


def _form(element: Node, form: str) -> str:
    """Give how the items of a list are numbered, "" where they are not; CSS goes before the old attribute."""
    form = _LIST_FORMS.get(element.get("type"), form)
    css = _LIST_STYLE.search(_style(element))
    if css is None:
        return form
    named = css[1].lower()
    return "" if named in ("none", "disc", "circle", "square") else _LIST_FORMS.get(named, form)


def _row_heading(row: Node) -> int | None:
    """Give 0 for a row that is read as one; None where its cells only place text on the page."""
    counts: list[int] = []
    for cell in row.nodes:
        paragraphs = 0
        for one in cell.within():
            if one.tag == "table" or one.tag in _HEADINGS:
                return None
            paragraphs += one.tag in ("p", "li", "pre", "dt", "dd")
        counts.append(max(paragraphs, int(bool(_characters(cell).strip()))))
    alone = sum(1 for count in counts if count) == 1
    return None if max(counts, default=0) > (1 if alone else LONGEST_CELL) else 0
