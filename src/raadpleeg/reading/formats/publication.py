"""Official XML (officielebekendmakingen.nl): bytes to a written paper with the units that the format marks out.

Kamerstukken, Kamervragen, Handelingen and the official gazettes share one vocabulary, the schemas ``op-xsd-2012-1`` to
``op-xsd-2014-05-15``. It grew for years, so nothing here has to know every element: what is not named below is running
text where it stands between words and a paragraph where it does not, and no character is lost.

The parser is the standard library's own (expat). It fetches nothing. What could hide or blow up text is refused before
any of it is read: a DTD inside the file, entities that nothing explains, and sheer bulk.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.manuscript import Layout, Manuscript, Style
from raadpleeg.reading.numbering import NUMBERS, numbers_in
from raadpleeg.records import UnitKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_MARKS = 2_000_000
"""Tags and attributes: some 65 MB of debate. It bounds the memory that a file can ask for."""
DEEPEST = 100
"""Elements inside one another; papers stay below 40. It bounds the stack."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""")
_ONE_BYTE = re.compile(r"(?:iso-?8859-\d{1,2}|(?:windows-?|cp)125\d|latin-?\d|us-ascii|macintosh)", re.IGNORECASE)
"""Encodings that old papers are in. Python knows more, some of them traps (punycode)."""

_RECORD = re.compile(r"/([\w.-]+)/metadata\.xml$")
_OWN_NAME = re.compile(r"(?:DC|DCTERMS|OVERHEIDop)\.(?:publicatie)?identifier", re.IGNORECASE)
_IDENTIFIER = re.compile(r"(?=\D{0,60}\d)[a-z]{1,9}-[\w.-]{1,60}", re.IGNORECASE)

_NUMBERED = re.compile(rf"(?:Vra(?:ag|gen)|Antwoord(?:en)?(?: op vra(?:ag|gen))?) {NUMBERS}[\s.:]*", re.IGNORECASE)
_MOTION = re.compile(r"(?:(?:NADER )?GEWIJZIGDE )?MOTIE\b", re.IGNORECASE)
_MOTION_PAPER = re.compile(r"(?:kst|M)-(.+)-(\w+)")
_SCENE = re.compile(r"\s*\(.*\)\s*", re.DOTALL)
"""What happens in the room and nobody says: "(Applaus)"."""

_STYLES: dict[str, Style] = {"vet": "bold", "halfvet": "bold", "vetcur": "bold", "cur": "italic"}
_RANKS = {"vet": 1, "halfvet": 1, "vetcur": 2, "cur": 3}
"""How high a `tussenkop` is, by the look of its letters; any other look is lower still."""

_GLUED = frozenset(
    """
    nadruk sup inf sub b i u strong em extref intref extref-groep intref-groep dossierref politiek ondernummer
    kamervraagonderwerp tekstcorrectie redactie abbr inline br
    """.split()
)
"""Parts of a line, with no more white space around them than the file has."""
_SPACED = frozenset("naam voornaam achternaam voorvoegsels functie plaats datum organisatie".split())
"""Parts of a line that are words by themselves: a space comes before them where the file has none."""
_LEADING = frozenset("nr nummer li.nr lidnr term stuknr dossiernummer".split())
"""Where they stand between paragraphs they open the next one: "a. wetsvoorstellen", "Nr. 7 MOTIE", "35 786 Titel"."""
_BLOCKS = frozenset(
    """
    al al-groep tekst lijst li lid kop tussenkop divisie artikel bijlage table tgroup thead tbody tfoot row kader box
    definitielijst definitie-item vraag antwoord spreekbeurt motie motie-info ondertekening adres bijschrift
    """.split()
)
"""Paragraphs and what is made of them, even where they stand between words."""
_ARTICLES = frozenset({"artikel", "enig-artikel", "wijzig-artikel", "citaat-artikel"})
_ITEMS = frozenset({"agendapunt", "opening", "sluiting", "handeling_bijlage"})


def write(content: bytes) -> Layout:
    """Read one publication.

    Raises:
        UnreadableDocument: the XML is damaged, hides text behind a DTD, is of unreasonable size, or holds no words.
    """
    root = _parsed(_decoded(content))
    if root.tag.lower() == "html":
        raise UnreadableDocument("this is a web page and no official XML; give its name the suffix .html")
    pen = Manuscript()
    _Writer(pen).write(root)
    layout = pen.done()
    if not layout.text:
        raise UnreadableDocument("there are no words in this XML; fetch the paper itself, or remove it from the corpus")
    return layout


# --- bytes to elements -----------------------------------------------------------------------------------------------


def _decoded(content: bytes) -> str:
    """Turn the bytes into characters, and trust what they are over what they say they are.

    Bytes that are valid UTF-8 are UTF-8: no other text looks like that by chance. For the rest the declaration counts.
    """
    found = _DECLARED.match(content)
    declared = found[1].decode("ascii", "replace") if found else "utf-8"
    marked = next((encoding for mark, encoding in _BOMS if content.startswith(mark)), None)
    one_byte = [declared] if _ONE_BYTE.fullmatch(declared) else []
    for encoding in [marked] if marked else ["utf-8", *one_byte]:
        try:
            # Some programs leave an empty line or a second mark before the XML declaration, where none may stand.
            return content.decode(encoding).lstrip("\ufeff \t\r\n")
        except (UnicodeError, LookupError):
            continue
    says = (marked or declared).removesuffix("-sig").upper()
    raise UnreadableDocument(f"this XML cannot be read as {says}, which it says it is; save it as UTF-8")


def _parsed(text: str) -> Element:
    from xml.etree.ElementTree import TreeBuilder
    from xml.parsers import expat

    if not text.startswith("<"):
        raise UnreadableDocument("this is no XML (it does not begin with a tag); fetch the file again, or rename it")
    marks = text.count("<") + text.count("=")
    if marks > MOST_MARKS:
        raise UnreadableDocument(f"this XML has {marks:,} tags and attributes, more than any paper; divide it")
    builder = TreeBuilder()
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise UnreadableDocument(f"the elements of this XML stand over {DEEPEST} deep, as in no paper; remove it")
        builder.start(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name.rpartition(":")[2])

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse_declarations
    parser.SkippedEntityHandler = _refuse_entity
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise _damaged(error.code, error.lineno) from None
    return builder.close()


def _refuse_declarations(name: str, system: str | None, public: str | None, declares: int) -> None:
    """Refuse a DTD inside the file. One that stands elsewhere is never fetched, and does no harm."""
    if declares:
        raise UnreadableDocument("this XML brings a DTD of its own, in which text can hide; save it without the DTD")


def _refuse_entity(name: str, is_parameter: bool) -> None:
    raise UnreadableDocument(f"this XML does not say what &{name}; stands for; save it with ordinary characters")


def _damaged(code: int, line: int) -> UnreadableDocument:
    from xml.parsers.expat import errors

    what = errors.messages[code]
    if what == errors.XML_ERROR_UNDEFINED_ENTITY:
        return UnreadableDocument(
            f"this XML uses an entity in line {line} that it does not explain; save it with ordinary characters"
        )
    if what in (
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
    ):
        return UnreadableDocument(f"this XML breaks off in line {line}; fetch the file again")
    return UnreadableDocument(f"this is no well-formed XML ({what}, line {line}); fetch the file again")


# --- what elements say -----------------------------------------------------------------------------------------------


def _characters(element: Element) -> str:
    return "".join(element.itertext())


def _line(element: Element | None) -> str:
    """Give an element's words as they are written in one line, without its footnotes."""
    if element is None:
        return ""
    pen = Manuscript()
    _Writer(pen).flat(element)
    return pen.done().text


def _mixed(element: Element) -> bool:
    """Tell whether words stand beside an element's children: running text."""
    texts = (element.text, *(child.tail for child in element))
    return any(text and not text.isspace() for text in texts)


def _emphatic(element: Element) -> bool:
    """Tell whether a paragraph is bold or italic all over: it may be a heading that was typed as a paragraph."""
    return len(element) > 0 and all(child.tag == "nadruk" for child in element) and not _mixed(element)


def _for_machines(line: Element, parent: Element) -> bool:
    """Tell whether a line of the head is a code that no reader gets to see."""
    held = line.get("inhoud")
    return held == "kamernummer" or (held == "documenttype" and parent.tag == "kamerstukkop")


def _published_as(metadata: Element) -> str | None:
    """Find the identifier in ``<meta name="…" content="…"/>``: in the address of the record, or a field of its own."""
    fields = [(meta.get("name", ""), meta.get("content", "").strip()) for meta in metadata.iter()]
    in_address = (found[1] for _, value in fields if (found := _RECORD.search(value)))
    in_field = (value for name, value in fields if _OWN_NAME.fullmatch(name) and _IDENTIFIER.fullmatch(value))
    return next(in_address, None) or next(in_field, None)


def _speaker(element: Element) -> str | None:
    """Give the speaker as written, without the colon: "De heer Wörsdörfer (VVD)"."""
    return re.sub(r"\s*:$", "", _line(element.find("spreker"))) or None


def _closing_speaker(speech: Element) -> str | None:
    """Give whose words end a speech where they are not the speaker's own: the chair's, on the motion just moved."""
    last = speech
    while len(last):
        last = last[-1]
        if last.tag == "motie-info":
            return _speaker(last)
    return None


def _chair(element: Element, name: str, before: Element | None) -> str | None:
    """Give the chair where these are the chair's words: on a motion, or going on after it in text of no speech.

    Other text between speeches is nobody's words ("De vergadering wordt geschorst").
    """
    if name == "motie-info":
        return _speaker(element)
    if name != "tekst" or before is None or _SCENE.fullmatch(_characters(element)):
        return None
    return _closing_speaker(before)


def _moved(motion: Element) -> str:
    """Name a motion in a debate by the paper that it becomes: "Motie nr. 199 (31311)"."""
    papers = [one.get("doc", "") for info in motion.iter("motie-info") for one in info.iter("extref")]
    for paper in (*papers, motion.get("id", "")):
        if found := _MOTION_PAPER.fullmatch(paper):
            return f"Motie nr. {found[2]} ({found[1]})"
    return "Motie"


def _asked(element: Element, kind: UnitKind) -> tuple[str, tuple[int, ...]]:
    """Name a question or an answer by the number that it has, or that its first paragraph gives it."""
    word = "Vraag" if kind == "question" else "Antwoord"
    number = _line(element.find("nr")) or _line(element.find("nummer"))
    if not number and _NUMBERED.fullmatch(first := _line(element.find("al"))):
        number = first
    number = number.rstrip(" .:")
    label = f"{word} {number}" if number[:1].isdigit() else number or word
    return label, numbers_in(label)


# --- elements to text ------------------------------------------------------------------------------------------------


class _Writer:
    """Walks the elements from front to back; writes every character once, or hands it over as removed."""

    def __init__(self, pen: Manuscript) -> None:
        self._pen = pen
        self._level = 0
        """How many headings this place stands under."""
        self._flat = 0
        """Above 0 everything goes into one line: a heading, a row."""
        self._running = False
        """Whether words go on with the paragraph under the pen."""
        self._led = False
        """Whether the number is written with which the next paragraph begins."""
        self._heading: int | None = 0
        self._fresh = False
        """Whether a cell has begun and nothing is in it yet."""
        self._in_rows = False
        """Whether the last paragraph was a row of the same table."""
        self._last = ""
        self._speaker: str | None = None
        self._dossiers: list[str] = []
        self._item: Element | None = None
        self._titled = False
        """The item of an agenda around this place, and whether it has a title."""

    def write(self, root: Element) -> None:
        """Write a whole publication."""
        self._walk(root, root.tag)

    def flat(self, element: Element) -> None:
        """Write all of an element in one line."""
        self._flat += 1
        self._walk(element, element.tag)
        self._flat -= 1

    def _walk(self, element: Element, name: str, style: Style = "", inline: bool = False) -> None:
        """Write what stands inside an element; with `inline` it is part of a line, whatever it is made of."""
        running = len(element) > 0 and (inline or name == "al" or name.endswith(".al") or _mixed(element))
        # The edges of a name are the file's own indentation: "<naam>⏎ <achternaam>voorzitter</achternaam>⏎</naam>:".
        trimmed = name in _SPACED and len(element) > 0 and not _mixed(element)
        if not trimmed:
            self._words(element.text, style)
        before: Element | None = None
        for child in element:
            self._one(child, element, before, running, style)
            if not trimmed or child is not element[-1]:
                self._words(child.tail, style)
            before = child

    def _one(self, child: Element, parent: Element, before: Element | None, running: bool, style: Style) -> None:
        """Write one element: as a part of its line, or as paragraphs of its own."""
        name = child.tag
        if name == "noot":
            self._note(child)
        elif name == "nootref":
            self._pen.remove("mark", _characters(child))
        elif name == "include" and child.get("href"):
            raise UnreadableDocument("a part of this XML stands in another file (XInclude); put it in its place")
        elif name in _GLUED:
            if name == "br":
                self._words(" ")
            own = _STYLES.get(child.get("type", ""), style) if name == "nadruk" else style
            self._walk(child, name, own, inline=True)
        elif name in _SPACED:
            if name in ("functie", "naam") and parent.tag.startswith("onderteken") and not self._flat:
                self._running = False
            if self._last not in "([{«“‘/":
                self._words(" ")
            self._walk(child, name, style, inline=True)
        elif self._flat:
            apart = "" if running and name not in _BLOCKS else " "
            self._words(apart)
            self._walk(child, name, style)
            self._words(apart)
        elif running and name not in _BLOCKS:
            self._walk(child, name, style, inline=True)
        else:
            self._running = False
            self._block(child, name, parent, before)
            self._running = False
            self._led = self._led and name in _LEADING

    def _block(self, child: Element, name: str, parent: Element, before: Element | None) -> None:
        """Write what is a paragraph or more."""
        if name == "metadata":
            if identifier := _published_as(child):
                self._pen.published_as(identifier)
            self._pen.remove("head", _characters(child))
        elif name == "tekstregel" and _for_machines(child, parent):
            self._pen.remove("head", _characters(child))
        elif name in ("nr", "item-titel") and parent is self._item:
            self._item_head(child, name)
        elif name in ("nr", "nummer") and parent.tag in ("vraag", "antwoord"):
            self._headline(child, self._level)
        elif name in _LEADING:
            self._lead(child, name)
        elif name == "kop":
            self._headline(child, self._level)
        elif name == "tussenkop":
            self._headline(child, self._level + _RANKS.get(child.get("kopopmaak", "vet"), 4))
        elif name == "spreker":
            self._headline(child, 0)
        elif name in ("row", "tr"):
            self._row(child)
        elif name == "al":
            self._heading = None if _emphatic(child) else 0
            self._walk(child, name)
            self._heading = 0
        else:
            self._unit(child, name, before)

    def _unit(self, child: Element, name: str, before: Element | None) -> None:
        """Write an element as the unit that it is, or just what is in it."""
        item = _line(child.find("item-titel"))
        label = item or _line(child.find("kop"))
        chair = _chair(child, name, before)
        if name == "spreekbeurt":
            outer, self._speaker = self._speaker, _speaker(child)
            self._region(child, "speech", self._speaker or "Spreekbeurt", self._speaker, heads=0)
            self._speaker = outer
        elif name == "motie":
            self._region(child, "motion", _moved(child), self._speaker)
        elif chair:
            self._region(child, "speech", chair, chair, heads=0)
        elif name in ("vraag", "antwoord"):
            kind: UnitKind = "question" if name == "vraag" else "answer"
            asked, numbers = _asked(child, kind)
            self._region(child, kind, asked, numbers=numbers)
        elif name == "stuk" and _MOTION.match(_line(child.find("titel"))):
            self._region(child, "motion", self._motion_paper(child), heads=0)
        elif name in _ARTICLES and (label or name == "enig-artikel"):
            self._region(child, "article", label or "Enig artikel")
        elif name in _ITEMS or item:
            around = self._item, self._titled
            self._item, self._titled = child, bool(item)
            self._region(child, "section", label or name.capitalize())
            self._item, self._titled = around
        elif label:
            self._region(child, "section", label)
        else:
            if name == "dossier":
                self._dossiers += [_line(one) for one in child if one.tag == "dossiernummer"]
            self._walk(child, name)
            self._in_rows = self._in_rows and name != "table"

    def _region(
        self,
        child: Element,
        kind: UnitKind,
        label: str,
        speaker: str | None = None,
        numbers: tuple[int, ...] = (),
        heads: int = 1,
    ) -> None:
        """Write a unit; `heads` tells whether a heading stands above it, under which its own headings are."""
        self._led = False
        self._pen.open(kind, label, speaker, numbers)
        self._level += heads
        self._walk(child, child.tag)
        self._level -= heads
        self._pen.close()

    def _motion_paper(self, paper: Element) -> str:
        """Name a motion that is a paper of its own by its head: "Motie nr. 7 (35786)"."""
        number = next((_line(one) for one in paper.iter("ondernummer")), "")
        # "36 600 VII" is the dossier 36600-VII; a number that Kingdom bills have besides, "(R2148)", is left out.
        dossiers = [
            re.sub(r"(?<=\d)\s(?=\d)", "", one.partition("(")[0].strip()).replace(" ", "-") for one in self._dossiers
        ]
        self._dossiers.clear()
        label = f"Motie nr. {number}" if number.isdigit() else f"Motie {number}".rstrip()
        return f"{label} ({', '.join(dossiers)})" if number and dossiers else label

    def _headline(self, child: Element, level: int) -> None:
        """Write an element as a line of its own: a heading of this level, or none where it is 0."""
        self._led = False
        self._begin(level)
        self.flat(child)

    def _item_head(self, child: Element, name: str) -> None:
        """Write the heading of an item: "10 Ondernemen en Bedrijfsfinanciering"; a number alone is no heading."""
        if name == "nr" and not self._titled:
            self._pen.remove("head", _characters(child))
        elif self._led:
            self.flat(child)
        else:
            start = self._pen.position
            self._headline(child, self._level)
            self._led = name == "nr" and self._pen.position > start

    def _lead(self, child: Element, name: str) -> None:
        led, start = self._led, self._pen.position
        # Whether the title of a paper is a heading above its text, the format does not say.
        self._heading = None if name in ("stuknr", "dossiernummer") else 0
        self.flat(child)
        self._heading = 0
        self._led = led or self._pen.position > start

    def _row(self, row: Element) -> None:
        """Write a row, its cells parted by tabs; a cell that spans others stands in the file once."""
        if not _characters(row).strip():
            return
        self._led = False
        self._pen.paragraph(0, tight=self._in_rows)
        self._in_rows = self._running = True
        self._flat += 1
        self._words(row.text)
        borders = 0
        for number, cell in enumerate(row):
            borders += number > 0
            if _characters(cell).strip():
                for _ in range(borders):
                    self._pen.cell()
                borders = 0
                self._fresh = True
            self._one(cell, row, None, False, "")
            self._words(cell.tail)
        self._fresh = False
        self._flat -= 1

    def _note(self, note: Element) -> None:
        """Take out a footnote; a mark that is no number ("*", "a") counts as 0."""
        mark = _line(note.find("noot.nr"))
        digits = re.fullmatch(r"\(?(\d{1,4})[).]?", mark)
        text = _line(note).removeprefix(mark)
        characters = _characters(note)
        if characters.strip():
            self._pen.note(int(digits[1]) if digits else 0, text, characters)

    def _begin(self, heading: int | None) -> None:
        """Begin a paragraph, or go on behind the number that leads it."""
        if self._led:
            self._pen.words(" ")
        else:
            self._pen.paragraph(heading)
        self._running = True
        self._led = self._in_rows = False

    def _words(self, text: str | None, style: Style = "") -> None:
        if not text:
            return
        if text.isspace():
            if self._running and not self._fresh:
                self._pen.words(text)
            return
        if not self._running:
            self._begin(self._heading)
        self._pen.words(text.lstrip() if self._fresh else text, style)
        self._fresh = False
        self._last = text[-1]
