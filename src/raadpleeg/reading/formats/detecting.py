"""Tells what kind of document the bytes of a file are; the name of the file says nothing about that.

Only a bounded head is looked at, and of a zip its list of entries and a few kilobytes of two small ones, so that this
is quick and safe whatever the bytes are. What cannot be read is named for what it is, with what the user can do.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from raadpleeg.errors import UnreadableDocument

if TYPE_CHECKING:
    from zipfile import ZipFile

Format = Literal["text", "pdf", "docx", "odt", "html", "publication"]

HEAD = 1 << 16
"""Bytes in which markup must show its root element."""
PDF_HEAD = 1 << 10
"""Bytes within which a PDF's header stands (ISO 32000-1, annex H.3, implementation note 13)."""
SMALL_ENTRY = 1 << 14
"""Bytes of a zip entry that are unpacked at most."""
LARGEST_DIRECTORY = 1 << 22
"""Bytes that the list of entries of a zip may take; Word needs some hundred for each picture."""
LOCKED = 1
"""The flag of a zip entry that needs a password (APPNOTE 4.4.4)."""
MOST_CONTROLS = 0.01
"""Share of control characters above which bytes are no text at all; below it the text reader decides."""

ANYTHING = ".pdf, .docx, .odt, .html or .txt"

_PACKED = "these are packed files ({}); unpack them in the corpus folder"
_PICTURE = "this is a picture ({}); run text recognition (OCR) and save it as PDF or text"
_PROGRAM = "this is a program, not a document; remove it from the corpus"
_MEDIA = "this is sound or film, not a document; put its transcript there instead"
_PROTECTED = "this file is locked with a password; open it with the password and save it without one"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: Mapping[str, str] = {
    "EncryptedPackage": _PROTECTED,
    "WordDocument": "this is an old Word document (.doc); open it in Word or LibreOffice and save it as .docx or .pdf",
    "Workbook": "this is an old Excel workbook (.xls); save it as .pdf",
    "Book": "this is an old Excel workbook (.xls); save it as .pdf",
    "PowerPoint Document": "this is an old PowerPoint presentation (.ppt); save it as .pdf",
    "__properties_version1.0": "this is an Outlook message (.msg); save it as .html or .txt",
}
"""By the name of a stream: what the file is. In the order in which they count."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (rb"\{\\rtf", "this is a rich text file (RTF); save it as .docx or .pdf"),
    (rb"\xffWPC", "this is a WordPerfect document; open it in LibreOffice and save it as .docx or .pdf"),
    (rb"%!PS", "this is a PostScript file; save it as .pdf"),
    (rb"\x89PNG\r\n", _PICTURE.format("PNG")),
    (rb"\xff\xd8\xff", _PICTURE.format("JPEG")),
    (rb"(?:II[*+]\x00|MM\x00[*+])", _PICTURE.format("TIFF")),
    (rb"GIF8[79]a", _PICTURE.format("GIF")),
    (rb"RIFF....WEBP", _PICTURE.format("WebP")),
    (rb"BM....\x00\x00\x00\x00", _PICTURE.format("BMP")),
    (rb"....ftyp(?:hei|hev|mif|msf|avi)", _PICTURE.format("HEIC")),
    (rb"(?:\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51)", _PICTURE.format("JPEG 2000")),
    (rb"AT&TFORM", "this is a DjVu file; save it as .pdf"),
    (rb"\x1f\x8b", _PACKED.format("gzip")),
    (rb"7z\xbc\xaf\x27\x1c", _PACKED.format("7z")),
    (rb"Rar!\x1a\x07", _PACKED.format("RAR")),
    (rb"BZh[1-9]1AY&SY", _PACKED.format("bzip2")),
    (rb"\xfd7zXZ\x00", _PACKED.format("xz")),
    (rb"\x28\xb5\x2f\xfd", _PACKED.format("zstd")),
    (rb".{257}ustar", _PACKED.format("tar")),
    (rb"\x7fELF", _PROGRAM),
    (rb"MZ.*\x00", _PROGRAM),
    (rb"(?:\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe)", _PROGRAM),
    (rb"(?:ID3[\x02-\x04]|OggS\x00|fLaC\x00|RIFF....(?:WAVE|AVI )|....ftyp|\x1aE\xdf\xa3)", _MEDIA),
    (rb"SQLite format 3\x00", f"this is a database, not a document; save what you need from it as {ANYTHING}"),
)
"""What the first bytes are (a pattern), and what is told. The earlier one counts."""

_MAIN_PARTS: Mapping[str, str] = {
    "xl/workbook": "this is an Excel workbook; save it as .pdf",
    "ppt/presentation": "this is a PowerPoint presentation; save it as .pdf",
    "visio/document": "this is a Visio drawing; save it as .pdf",
    "Index/Document.iwa": "this is an Apple Pages document; export it as .docx or .pdf",
}
_MIMETYPES: Mapping[str, str] = {
    "application/epub+zip": "this is an e-book (EPUB); save it as .html or .pdf",
    "application/vnd.oasis.opendocument.spreadsheet": "this is an OpenDocument spreadsheet; save it as .pdf",
    "application/vnd.oasis.opendocument.presentation": "this is an OpenDocument presentation; save it as .pdf",
}
_ODT = "application/vnd.oasis.opendocument.text"
_WORD_MAIN = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.(?:document|template)"
    rb"|ms-word\.(?:document|template)\.macroEnabled(?:Template)?)\.main\+xml"
)

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_PDF_HEADER = re.compile(rb"%PDF-\d")
_PDF_OBJECT = re.compile(rb"\d \d{1,5} obj\b")
_NAME = re.compile(r"[^\W\d][\w.:-]{0,79}")
_DOCTYPE = re.compile(r"<!doctype\s+([^\W\d][\w.:-]{0,79})", re.IGNORECASE)

_HTML_TAGS = frozenset(
    """
    html head body title meta link base style script noscript template main article section nav aside header footer
    address h1 h2 h3 h4 h5 h6 hgroup p div span br hr pre blockquote ul ol li dl dt dd figure figcaption a em strong
    small s cite q abbr time code sub sup i b u mark ins del img picture iframe object table caption colgroup col
    thead tbody tfoot tr td th form fieldset legend label input button select textarea details summary dialog
    font center tt big strike nobr frameset
    """.split()
)
"""Elements with which a page or a piece of one may begin (HTML Living Standard 4, and those it calls obsolete)."""


def format_of(content: bytes) -> Format:
    """Tell the kind of document that a file holds from its bytes.

    Raises:
        UnreadableDocument: it is empty, damaged, locked, or of a kind without a reader; the line says which, and what
            to save it as.
    """
    if not content:
        raise UnreadableDocument("this file is empty (0 bytes); get it anew, or remove it from the corpus")
    head = content[:HEAD]
    if content.startswith(_OLE):
        raise UnreadableDocument(_told_by_streams(content))
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content)
    if _is_pdf(head):
        return "pdf"
    for pattern, line in _MAGIC:
        if re.match(pattern, head[:512], re.DOTALL):
            raise UnreadableDocument(line)
    encoding = encoding_of(head)
    if encoding is None:
        raise UnreadableDocument(f"this is no text and no document that can be read; save it as {ANYTHING}")
    kind = _written(_decoded(head, encoding))
    if kind == "text" and encoding == "utf-32":
        raise UnreadableDocument("this is text in UTF-32, which hardly anything writes; save it as UTF-8 text")
    return kind


def encoding_of(content: bytes) -> str | None:
    """Tell the encoding of a text from its first bytes, or None where they are no text.

    UTF-8, UTF-16 (with its mark, or in the order that its zero bytes tell: Latin letters have one in every two), else
    Windows-1252, which fits nearly everything and thus comes last.
    """
    head = content[:HEAD]
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32" if _fits(head, "utf-32") else None
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return encoding if _fits(head, encoding) else None
    half = len(head) // 2
    first, second = head[0::2].count(0), head[1::2].count(0)
    if second > 0.5 * half and first < 0.05 * half:
        order = ["utf-16-le"]
    elif first > 0.5 * half and second < 0.05 * half:
        order = ["utf-16-be"]
    else:
        order = ["utf-8", "cp1252"]
    return next((encoding for encoding in order if _fits(head, encoding)), None)


# --- archives --------------------------------------------------------------------------------------------------------


def _told_by_streams(content: bytes) -> str:
    """Say what a compound file is ([MS-CFB] 2.6.1: an entry is a name in 64 bytes of UTF-16, then its length)."""
    for name, line in _OLE_STREAMS.items():
        encoded = name.encode("utf-16-le")
        if encoded.ljust(64, b"\0") + (len(encoded) + 2).to_bytes(2, "little") in content:
            return line
    return "this is a file of an old Office program; open it there and save it as .docx or .pdf"


def _zipped(content: bytes) -> Format:
    import struct
    import zlib
    from io import BytesIO
    from zipfile import BadZipFile, ZipFile

    damaged = UnreadableDocument("this document is damaged (its end is missing or altered); get it anew")
    # The end record stands in the last bytes, before a comment of 64 KiB at most (APPNOTE 4.3.16).
    tail = content[-(22 + 0xFFFF) :]
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        raise damaged
    if int.from_bytes(tail[end + 12 : end + 16], "little") > LARGEST_DIRECTORY:
        raise UnreadableDocument(_PACKED.format("a zip of very many"))
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _told_by_entries(archive)
    except (BadZipFile, OSError, EOFError, ValueError, NotImplementedError, struct.error, zlib.error):
        raise damaged from None


def _told_by_entries(archive: ZipFile) -> Format:
    names = frozenset(archive.namelist())
    mimetype = _small_entry(archive, "mimetype").decode("latin-1").strip()
    kind: Format | None = None
    # A template has the same parts as a document.
    if mimetype in (_ODT, f"{_ODT}-template", f"{_ODT}-master"):
        kind = "odt"
    elif "word/document.xml" in names or _WORD_MAIN.search(_small_entry(archive, "[Content_Types].xml")):
        kind = "docx"
    if kind:
        # Word locks a whole file (see `_OLE_STREAMS`), OpenDocument each entry, and says so in the manifest.
        locked = any(entry.flag_bits & LOCKED for entry in archive.infolist())
        if locked or b"encryption-data" in _small_entry(archive, "META-INF/manifest.xml"):
            raise UnreadableDocument(_PROTECTED)
        return kind
    if mimetype in _MIMETYPES:
        raise UnreadableDocument(_MIMETYPES[mimetype])
    for part, line in _MAIN_PARTS.items():
        if any(name.startswith(part) for name in names):
            raise UnreadableDocument(line)
    raise UnreadableDocument(_PACKED.format("zip") if names else "this is an empty zip file; remove it from the corpus")


def _small_entry(archive: ZipFile, name: str) -> bytes:
    """Give the beginning of an entry; nothing where there is none, or it is locked or packed in an unusual way."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED

    entry = archive.NameToInfo.get(name)
    if entry is None or entry.flag_bits & LOCKED or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return b""
    with archive.open(entry) as stream:
        return stream.read(SMALL_ENTRY)


# --- PDF -------------------------------------------------------------------------------------------------------------


def _is_pdf(head: bytes) -> bool:
    """Tell a PDF, also one that a mail program or a printer put lines before; a text about PDF has no objects."""
    header = _PDF_HEADER.search(head, 0, PDF_HEAD)
    if header is None:
        return False
    before = head[: header.start()].removeprefix(codecs.BOM_UTF8)
    return not before.strip() or bool(_PDF_OBJECT.search(head, header.end()))


# --- text and markup -------------------------------------------------------------------------------------------------


def _decoded(head: bytes, encoding: str) -> str:
    """Decode the head of a file, which may end within a character."""
    return codecs.getincrementaldecoder(encoding)().decode(head)


def _fits(head: bytes, encoding: str) -> bool:
    try:
        text = _decoded(head, encoding)
    except UnicodeDecodeError:
        return False
    return "\0" not in text and len(_CONTROL.findall(text)) <= max(1, MOST_CONTROLS * len(text))


def _written(text: str) -> Format:
    text = text.removeprefix("\ufeff").lstrip()
    if text.startswith("<"):
        return _marked_up(text)
    if re.match(r"[A-Za-z][A-Za-z-]{0,40}: ", text) and "multipart/related" in text[:PDF_HEAD]:
        raise UnreadableDocument("this is a web page packed with its pictures (MHTML); save it as .html or .pdf")
    return "text"


def _marked_up(text: str) -> Format:
    """Tell a page, an official publication, other XML, or a text that just begins with an angle bracket."""
    start, doctype = _prolog(text)
    found = _NAME.match(text, start + 1) if text.startswith("<", start) else None
    # The doctype names the root as well, which may be all that there is to see before a long list of declarations.
    named = _DOCTYPE.match(text, doctype) if doctype is not None else None
    root = found[0] if found else named[1] if named else None
    local = root.rsplit(":", 1)[-1] if root else None
    is_xml = text.startswith("<?xml")
    if local == "officiele-publicatie":
        return "publication"
    if "html" in (local and local.lower(), named and named[1].lower()):
        return "html"
    if not is_xml and doctype is None:
        if root and root.lower() in _HTML_TAGS and re.match(r"[\s/>]", text[start + 1 + len(root) :][:1]):
            return "html"
        if text.startswith("<!--"):
            return "html"
        if not root or not _is_element(text, start, root):
            return "text"
    raise UnreadableDocument(_other_xml(root, local))


def _other_xml(root: str | None, local: str | None) -> str:
    if local == "svg":
        return _PICTURE.format("SVG")
    if root in ("pkg:package", "w:wordDocument"):
        return "this is a Word document saved as XML; open it in Word and save it as .docx or .pdf"
    if root == "office:document":
        return "this is a flat OpenDocument file; open it in LibreOffice and save it as .odt or .pdf"
    told = f"its root is <{root}>" if root else f"no root element in its first {HEAD // 1024} KiB"
    return f"this is XML of another kind than official publications ({told}); save it as {ANYTHING}"


def _prolog(text: str) -> tuple[int, int | None]:
    """Give where the first element begins, past declaration, comments and doctype, and where the doctype is."""
    at, doctype = 0, None
    space = re.compile(r"\s*")
    while True:
        if found := space.match(text, at):
            at = found.end()
        if text.startswith("<?", at):
            end = text.find("?>", at) + 2
        elif text.startswith("<!--", at):
            end = text.find("-->", at) + 3
        elif doctype is None and text[at : at + 9].lower() == "<!doctype":
            doctype = at
            end = _doctype_end(text, at)
        else:
            return at, doctype
        if end <= at:
            return len(text), doctype
        at = end


def _doctype_end(text: str, at: int) -> int:
    """Give where a doctype ends; inside its square brackets stand declarations, and quotation marks hide brackets."""
    depth = 0
    # What is never closed lasts to the end, lest every opening of it be tried anew.
    parts = re.compile(r"<!--.*?(?:-->|\Z)|\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[\[\]>]", re.DOTALL)
    for found in parts.finditer(text, at):
        depth += {"[": 1, "]": -1}.get(found[0], 0)
        if found[0] == ">" and depth <= 0:
            return found.end()
    return 0


def _is_element(text: str, start: int, root: str) -> bool:
    """Tell an element from words in angle brackets: it has an attribute, or is closed."""
    opened = re.compile(r"(\s[^<>=]{0,4000}=[^<>]{0,4000}|\s*/)?\s*>").match(text, start + 1 + len(root))
    return opened is not None and (opened[1] is not None or f"</{root}" in text)
