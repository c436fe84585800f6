"""Makes files that a reader must survive, and says for each what a user should see; and readers that misbehave.

Everything is made here from bytes, with nothing but the standard library, so that no file in the repository can hurt
anyone. `CASES` are ordinary files; `make_odd_ones` makes what is no ordinary file.
"""

import base64
import hashlib
import json
import os
import random
import re
import signal
import socket
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from raadpleeg.records import Document, Metadata

GOOD = "Geachte voorzitter,\n\nDe staatssecretaris antwoordt op 4 mei 2026.\n"
SECRET = "GEHEIM-5f0c1d"
"""Stands in a file beside the corpus; no document may hold it."""

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Case:
    """A hostile file: its name, its bytes, and what should come of it.

    One of both: a pattern that the line for the user holds, or words that the text holds. A case with neither may end
    either way, but not otherwise.
    """

    name: str
    make: Callable[[], bytes]
    line: str | None = None
    text: str | None = None


# --- zip -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """An entry of a zip as it is written, whatever is true: its packed bytes, and the size that it claims."""

    name: str
    packed: bytes
    claims: int
    method: int = 8
    flags: int = 0
    crc: int = 0


def stored(name: str, content: bytes) -> Part:
    return Part(name, content, len(content), method=0, crc=zlib.crc32(content))


def zipped(parts: Iterable[Part], shared: Iterable[str] = ()) -> bytes:
    """Write a zip by hand; the names in `shared` all point to the bytes of the last part."""
    body, directory, count = bytearray(), bytearray(), 0
    parts = list(parts)
    for part in parts:
        name = part.name.encode()
        middle = struct.pack(
            "<HHHHHIIIHH",
            *(20, part.flags, part.method, 0, 0x21, part.crc, len(part.packed), part.claims, len(name), 0),
        )
        at = len(body)
        body += b"PK\x03\x04" + middle + name + part.packed
        for alias in (part.name, *(shared if part is parts[-1] else ())):
            named = middle[:-4] + struct.pack("<HH", len(alias.encode()), 0)
            directory += b"PK\x01\x02\x14\x00" + named + struct.pack("<HHHII", 0, 0, 0, 0, at) + alias.encode()
            count += 1
    end = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), len(directory), len(body), 0
    )
    return bytes(body + directory + end)


def ordinary_zip(entries: dict[str, bytes]) -> bytes:
    from io import BytesIO

    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def deflated(before: bytes, block: bytes, times: int, after: bytes = b"", wrap: int = -15) -> bytes:
    """Pack ``before + block * times + after`` without ever holding it: a flushed block can be repeated as it is."""
    packer = zlib.compressobj(9, zlib.DEFLATED, wrap)
    head = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    tail = packer.compress(after) + packer.flush()
    return head + packed * times + tail


CONTENT_TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONS = b"""<?xml version="1.0"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>
</Relationships>"""
WORD_OPEN = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    b"<w:p><w:r><w:t>De minister antwoordt.</w:t></w:r></w:p>"
)
WORD_CLOSE = b"</w:body></w:document>"
ODF_MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
ODF_OPEN = (
    b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.3"><office:body><office:text>'
    b"<text:p>De minister antwoordt.</text:p>"
)
ODF_CLOSE = b"</office:text></office:body></office:document-content>"
ODF_TYPE = b"application/vnd.oasis.opendocument.text"


def docx(document: Part, *others: Part, shared: Iterable[str] = ()) -> bytes:
    first = (stored("[Content_Types].xml", CONTENT_TYPES), stored("_rels/.rels", RELATIONS))
    return zipped([*first, *others, document], shared)


def odt(content: Part, *others: Part, manifest: bytes = ODF_MANIFEST) -> bytes:
    return zipped([stored("mimetype", ODF_TYPE), stored("META-INF/manifest.xml", manifest), *others, content])


def word(body: bytes, doctype: bytes = b"") -> bytes:
    return docx(stored("word/document.xml", b'<?xml version="1.0"?>' + doctype + WORD_OPEN + body + WORD_CLOSE))


def open_document(body: bytes, doctype: bytes = b"") -> bytes:
    return odt(stored("content.xml", b'<?xml version="1.0"?>' + doctype + ODF_OPEN + body + ODF_CLOSE))


def zeros(name: str, make: Callable[[Part], bytes], claims: int) -> bytes:
    """A part of 10 GB of zero bytes that claims to be of a certain size."""
    return make(Part(name, deflated(b"", bytes(16_000_000), 625), claims))


def paragraphs(name: str, make: Callable[[Part], bytes], before: bytes, block: bytes, after: bytes) -> bytes:
    """A part that is right XML and 2 GB long: a small file that a reader takes in element by element."""
    repeated = block * (8_000_000 // len(block))
    return make(Part(name, deflated(before, repeated, 250, after), len(before) + 250 * len(repeated) + len(after)))


def many_entries() -> bytes:
    return zipped([stored("word/document.xml", b"")], shared=(f"{number:070}" for number in range(60_000)))


def nested_zip(depth: int = 8) -> bytes:
    content = bytes(MEGABYTE)
    for level in range(depth):
        content = ordinary_zip({f"{level}-{copy}.zip": content for copy in range(4)})
    return content


# --- old Office ------------------------------------------------------------------------------------------------------


def compound(stream: str) -> bytes:
    """The compound file in which Office keeps `stream`: a header, a table of sectors, and a directory of two."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<II", header, 76, 0, 0xFFFFFFFF)
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE).ljust(512, b"\xff")

    def entry(name: str, kind: int) -> bytes:
        encoded = name.encode("utf-16-le")
        return (encoded.ljust(64, b"\0") + struct.pack("<HB", len(encoded) + 2, kind)).ljust(128, b"\0")

    return bytes(header) + table + (entry("Root Entry", 5) + entry(stream, 2)).ljust(512, b"\0")


# --- XML -------------------------------------------------------------------------------------------------------------


def publication(body: bytes, doctype: bytes = b"") -> bytes:
    return (
        b'<?xml version="1.0" encoding="utf-8"?>\n'
        + doctype
        + b'<officiele-publicatie><kamerstuk><stuk><algemeen><vrije-tekst><tekst status="goed">'
        + b"<al>De minister antwoordt.</al>"
        + body
        + b"</tekst></vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>"
    )


def laughs(root: bytes) -> bytes:
    """Ten entities, each ten of the one before: 10 GB of "ha"."""
    entities = [b'<!ENTITY e0 "ha">']
    entities += [b'<!ENTITY e%d "%s">' % (level, b"&e%d;" % (level - 1) * 10) for level in range(1, 10)]
    return b"<!DOCTYPE %s [%s]>\n" % (root, b"".join(entities))


def quadratic(root: bytes) -> bytes:
    return b'<!DOCTYPE %s [<!ENTITY e9 "%s">]>\n' % (root, b"ha" * 50_000)


def external(root: bytes, address: str) -> bytes:
    return b'<!DOCTYPE %s [<!ENTITY e9 SYSTEM "%s">]>\n' % (root, address.encode())


def external_dtd(root: bytes, address: str) -> bytes:
    return b'<!DOCTYPE %s SYSTEM "%s">\n' % (root, address.encode())


def nest(opening: bytes, closing: bytes, depth: int, inside: bytes = b"diep") -> bytes:
    return opening * depth + inside + closing * depth


# --- PDF -------------------------------------------------------------------------------------------------------------


def pdf(objects: Iterable[bytes], trailer: bytes = b"", previous: int | None = None) -> bytes:
    """Write a PDF of numbered objects; the first one is the catalogue."""
    body, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    if previous is not None:
        trailer += b"/Prev %d" % (start if previous < 0 else previous)
    body += b"trailer\n<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, start)
    return bytes(body)


def stream(content: bytes, entries: bytes = b"", length: int | None = None) -> bytes:
    size = len(content) if length is None else length
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (size, entries, content)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
BOX = b"[0 0 595 842]"


def drawn(*lines: str) -> bytes:
    """The operators that write lines of text down a page."""
    shown = b" T* ".join(b"(%s) Tj" % line.encode("cp1252") for line in lines)
    return b"BT /F1 11 Tf 14 TL 70 770 Td %s ET" % shown


LETTER = drawn("Geachte voorzitter,", "De minister antwoordt op de vragen van de leden.")


def pages(content: bytes, count: int = 1, box: bytes = BOX, kids: bytes | None = None, tree: bytes = b"") -> bytes:
    """A PDF whose pages share one content stream, which is given as an object."""
    listed = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count)) if kids is None else kids
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>" % box
    root = b"<</Type/Pages/Kids[%s]/Count %d%s>>" % (listed, count, tree)
    return pdf([CATALOGUE, root, content, FONT, *[page] * count])


def pages_of(line: str, count: int) -> bytes:
    """A PDF in which every page has words of its own."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(count))
    objects = [CATALOGUE, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), FONT]
    for number in range(count):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % (BOX, 5 + 2 * number)
        )
        objects.append(stream(drawn(f"{line} {number + 1}.")))
    return pdf(objects)


def page_tree_loop() -> bytes:
    return pdf(
        [CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 9>>", b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 9>>"]
    )


def page_tree_deep(depth: int = 20_000) -> bytes:
    nodes = [
        b"<</Type/Pages/Kids[%d 0 R]/Count 1%s>>" % (level + 1, b"/Parent %d 0 R" % (level - 1) if level > 2 else b"")
        for level in range(2, depth)
    ]
    return pdf([CATALOGUE, *nodes, b"<</Type/Page/Parent %d 0 R/MediaBox%s>>" % (depth - 1, BOX)])


def scan() -> bytes:
    """A page that holds nothing but a picture of 8 by 8 grey dots."""
    picture = stream(
        bytes(range(64)), b"/Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</XObject<</I1 5 0 R>>>>>>" % BOX
    return pdf(
        [CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(b"q 595 0 0 842 0 0 cm /I1 Do Q"), picture]
    )


def forms(levels: int = 10, times: int = 10) -> bytes:
    """Drawings that each draw the next one ten times: the billion laughs of PDF."""
    first = 5
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</XObject<</X %d 0 R>>>>>>" % (BOX, first)
    objects = [CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(b"/X Do")]
    for level in range(levels):
        last = level == levels - 1
        drawing = drawn("ha") if last else b"/X Do " * times
        font = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
        uses = font if last else b"/XObject<</X %d 0 R>>" % (first + level + 1)
        objects.append(stream(drawing, b"/Type/XObject/Subtype/Form/BBox%s/Resources<<%s>>" % (BOX, uses)))
    return pdf(objects)


def form_loop() -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>" % BOX
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox%s/Resources<</XObject<</X 5 0 R>>>>" % BOX)
    return pdf([CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream(b"/X Do"), form])


def packed_content(block: bytes, times: int, before: bytes = b"", after: bytes = b"") -> bytes:
    return stream(deflated(before, block, times, after, wrap=15), b"/Filter/FlateDecode")


def packed_twice() -> bytes:
    """Spaces that are packed, and packed again: 10 GB in a few kilobytes."""
    once = deflated(b"", b" " * 16_000_000, 625, wrap=15)
    return stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]")


PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def rc4(key: bytes, content: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in content:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def encrypted(user: bytes, owner: bytes = b"eigenaar") -> bytes:
    """A PDF under 40-bit RC4 (ISO 32000-1, 7.6.3): with an empty user password anyone may read it."""
    identifier, permissions = b"0123456789abcdef", -64

    def padded(password: bytes) -> bytes:
        return (password + PAD)[:32]

    owned = rc4(hashlib.md5(padded(owner)).digest()[:5], padded(user))
    seed = padded(user) + owned + struct.pack("<i", permissions) + identifier
    key = hashlib.md5(seed).digest()[:5]
    number_of_stream = 3
    own = hashlib.md5(key + struct.pack("<I", number_of_stream)[:3] + b"\0\0").digest()[:10]
    plain = pages(stream(rc4(own, LETTER)))
    used = b"<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P %d>>" % (
        owned.hex().encode(),
        rc4(key, PAD).hex().encode(),
        permissions,
    )
    trailer = b"trailer\n<</Encrypt %s/ID[<%s><%s>]" % (used, identifier.hex().encode(), identifier.hex().encode())
    return plain.replace(b"trailer\n<<", trailer)


def encrypted_aes() -> bytes:
    """A PDF under AES-256 (ISO 32000-2, 7.6.4) whose password nobody knows: the hashes are noise."""
    noise = random.Random(5).randbytes
    fields = b"".join(
        b"/%s<%s>" % (name, noise(size).hex().encode())
        for name, size in ((b"O", 48), (b"U", 48), (b"OE", 32), (b"UE", 32), (b"Perms", 16))
    )
    filters = b"/CF<</StdCF<</AuthEvent/DocOpen/CFM/AESV3/Length 32>>>>/StmF/StdCF/StrF/StdCF"
    trailer = b"trailer\n<</Encrypt<</Filter/Standard/V 5/R 6/Length 256/P -4%s%s>>/ID[<00><00>]" % (filters, fields)
    return pages(stream(noise(256))).replace(b"trailer\n<<", trailer)


# --- text ------------------------------------------------------------------------------------------------------------

DUTCH = "Geachte voorzitter,\n\nDe minister van Financiën: “het kabinet” kost € 5 – per coöperatie.\n"
TOLD = "De minister van Financiën: “het kabinet” kost € 5 – per coöperatie."


def around(middle: str) -> bytes:
    """Something long in the middle of a letter."""
    return f"Geachte voorzitter,\n\n{middle}\n\nDe minister antwoordt op de vragen.\n".encode()


def junk(before: bytes = b"") -> bytes:
    return before + random.Random(7).randbytes(20_000)


# --- the files -------------------------------------------------------------------------------------------------------

TOO_MUCH = r"longer than|more than|too (?:many|much|large|deep|long)|broke down|damaged|nested|deep"
"""What may be said of a file that asks for more than it gets."""
DAMAGED = r"damaged|cut off|missing|no pages"
LOCKED = r"password"
PICTURE = r"picture|OCR"


def cases(secret: Path, address: str) -> tuple[Case, ...]:
    """Give every hostile file; `secret` is a file outside the corpus, `address` a server that nobody may ask."""
    near, far = secret.as_uri(), f"{address}/x.dtd"
    calls = {
        "publicatie": b"<al>&e9;</al>",
        "word": b"<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>",
        "odf": b"<text:p>&e9;</text:p>",
    }
    roots = {"publicatie": b"officiele-publicatie", "word": b"w:document", "odf": b"office:document-content"}
    write = {"publicatie": publication, "word": word, "odf": open_document}
    suffixes = {"publicatie": "xml", "word": "docx", "odf": "odt"}
    entities = [
        Case(
            f"{name}-{kind}.{suffixes[kind]}",
            lambda kind=kind, doctype=doctype, uses=uses: write[kind](calls[kind] * uses, doctype(roots[kind])),
            line=r"DTD|entit|DOCTYPE|stands for",
        )
        for kind in roots
        for name, doctype, uses in (
            ("laughs", laughs, 1),
            ("quadratic", quadratic, 20_000),
            ("entity-file", lambda root: external(root, near), 1),
            ("entity-http", lambda root: external(root, far), 1),
            ("dtd-file", lambda root: external_dtd(root, near), 1),
            ("dtd-http", lambda root: external_dtd(root, far), 1),
        )
    ]
    deep = 200_000
    return (
        *entities,
        Case("deep.xml", lambda: publication(nest(b"<lid>", b"</lid>", deep)), line=TOO_MUCH),
        Case("deep.html", lambda: b"<!DOCTYPE html><html><body>" + nest(b"<div>", b"</div>", deep)),
        Case("deep-inline.html", lambda: b"<!DOCTYPE html><html><body><p>" + nest(b"<b>", b"</b>", deep)),
        Case("deep.docx", lambda: word(nest(b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>", deep // 4, b"<w:p/>"))),
        Case(
            "deep.odt", lambda: open_document(nest(b"<text:section>", b"</text:section>", deep, b"<text:p>x</text:p>"))
        ),
        Case("unclosed.html", lambda: b"<!DOCTYPE html><p>De minister antwoordt.<b>" + b"<div><p>" * 20_000),
        Case("unclosed-comment.html", lambda: b"<!DOCTYPE html><p>De minister antwoordt.</p>" + b"<!--" * 100_000),
        Case(
            "attributes.xml",
            lambda: publication(b"<al " + b"".join(b'a%d="" ' % n for n in range(200_000)) + b">x</al>"),
        ),
        Case(
            "attributes.html",
            lambda: b"<!DOCTYPE html><p " + b"".join(b"a%d " % n for n in range(100_000)) + b">De minister</p>",
        ),
        Case("references.html", lambda: b"<!DOCTYPE html><p>De minister " + b"&amp;&#x41;&nosuch;" * 100_000),
        Case(
            "script.html",
            lambda: b"<!DOCTYPE html><p>De minister antwoordt.</p><script>document.write('KWAAD')</script>",
            text="De minister antwoordt.",
        ),
        Case("cut.xml", lambda: publication(b"<al>x</al>")[:-40], line=DAMAGED + "|breaks off"),
        Case("crossed.xml", lambda: publication(b"<al><nadruk>x</al></nadruk>"), line="well-formed"),
        Case("other.xml", lambda: b'<?xml version="1.0"?><feed><title>x</title></feed>', line=r"<feed>.*save it as"),
        # zip
        Case("zeros-honest.docx", lambda: zeros("word/document.xml", docx, 0xFFFFFFFE), line=TOO_MUCH),
        Case("zeros-lying.docx", lambda: zeros("word/document.xml", docx, 1000), line=TOO_MUCH),
        Case("zeros-honest.odt", lambda: zeros("content.xml", odt, 0xFFFFFFFE), line=TOO_MUCH),
        Case("zeros-lying.odt", lambda: zeros("content.xml", odt, 1000), line=TOO_MUCH),
        Case(
            "paragraphs.docx",
            lambda: paragraphs(
                "word/document.xml", docx, WORD_OPEN, b"<w:p><w:r><w:t>ha</w:t></w:r></w:p>", WORD_CLOSE
            ),
            line=TOO_MUCH,
        ),
        Case(
            "paragraphs.odt",
            lambda: paragraphs("content.xml", odt, ODF_OPEN, b"<text:p>ha</text:p>", ODF_CLOSE),
            line=TOO_MUCH,
        ),
        Case(
            "styles-bomb.docx",
            lambda: docx(
                stored("word/document.xml", WORD_OPEN + WORD_CLOSE),
                Part("word/styles.xml", deflated(b"", bytes(16_000_000), 625), 0xFFFFFFFE),
                Part("word/footnotes.xml", deflated(b"", bytes(16_000_000), 625), 1000),
            ),
        ),
        Case(
            "overlapping.docx",
            lambda: docx(
                stored("word/document.xml", WORD_OPEN + WORD_CLOSE), shared=[f"word/{n}.xml" for n in range(999)]
            ),
        ),
        Case("repeat.odt", lambda: open_document(b'<text:p>a<text:s text:c="2000000000"/>b</text:p>')),
        Case(
            "repeat-cells.odt",
            lambda: open_document(
                b'<table:table><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                b'table:number-columns-repeated="1000000"><text:p>x</text:p></table:table-cell></table:table-row>'
                b"</table:table>"
            ),
        ),
        Case("many-entries.docx", many_entries, line=TOO_MUCH + "|very many"),
        Case("nested.docx", nested_zip, line="packed"),
        Case("cut.docx", lambda: word(b"")[:-100], line=DAMAGED),
        Case("cut-directory.docx", lambda: word(b"").replace(b"PK\x01\x02", b"PK\x01\x07"), line=DAMAGED),
        Case(
            "no-body.docx",
            lambda: ordinary_zip({"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": RELATIONS}),
            line=DAMAGED,
        ),
        Case("no-xml.docx", lambda: docx(stored("word/document.xml", b"geen XML")), line=DAMAGED),
        Case("no-body.odt", lambda: zipped([stored("mimetype", ODF_TYPE)]), line=DAMAGED),
        Case("locked-entry.docx", lambda: docx(Part("word/document.xml", junk(), 20_000, flags=1)), line=LOCKED),
        Case(
            "locked.odt",
            lambda: odt(
                Part("content.xml", junk(), 20_000, method=0),
                manifest=ODF_MANIFEST.replace(
                    b'"text/xml"/>', b'"text/xml"><manifest:encryption-data/></manifest:file-entry>'
                ),
            ),
            line=LOCKED,
        ),
        Case("locked.docx", lambda: compound("EncryptedPackage"), line=LOCKED),
        Case("old.docx", lambda: compound("WordDocument"), line=r"\.doc\b.*\.docx"),
        Case("workbook.docx", lambda: ordinary_zip({"xl/workbook.xml": b"<x/>"}), line="Excel"),
        Case("slides.docx", lambda: ordinary_zip({"ppt/presentation.xml": b"<x/>"}), line="PowerPoint"),
        Case("book.odt", lambda: zipped([stored("mimetype", b"application/epub+zip")]), line="EPUB"),
        # PDF
        Case("locked.pdf", lambda: encrypted(b"wachtwoord"), line=LOCKED),
        Case("locked-aes.pdf", encrypted_aes, line=LOCKED + "|damaged"),
        Case("restricted.pdf", lambda: encrypted(b""), text="De minister antwoordt op de vragen van de leden."),
        Case("cut-half.pdf", lambda: (whole := pages_of("De minister antwoordt op vraag", 40))[: len(whole) // 2]),
        Case(
            "cut-xref.pdf",
            lambda: (whole := pages_of("De minister antwoordt op vraag", 40))[: whole.rindex(b"xref\n0") + 300],
        ),
        Case("header-only.pdf", lambda: b"%PDF-1.7\n", line=DAMAGED),
        Case("pages-10000.pdf", lambda: pages(stream(LETTER), 10_000), line="10000 pages.*split"),
        Case("pages-lie.pdf", lambda: pages(stream(LETTER), tree=b"/Count 2000000000")),
        Case("tree-loop.pdf", page_tree_loop),
        Case("tree-deep.pdf", page_tree_deep),
        Case("tree-empty.pdf", lambda: pages(stream(LETTER), 0), line=DAMAGED),
        Case("prev-loop.pdf", lambda: pdf([CATALOGUE, b"<</Type/Pages/Kids[]/Count 0>>"], previous=-1), line=DAMAGED),
        Case("box-huge.pdf", lambda: pages(stream(LETTER), box=b"[0 0 1e30 1e30]")),
        Case("box-empty.pdf", lambda: pages(stream(LETTER), box=b"[0 0 0 0]")),
        Case("length-lie.pdf", lambda: pages(stream(LETTER, length=2_000_000_000))),
        Case("bomb-spaces.pdf", lambda: pages(packed_content(b" " * 16_000_000, 64))),
        Case("bomb-operators.pdf", lambda: pages(packed_content(b"q " * 8_000_000, 64))),
        Case(
            "bomb-letters.pdf", lambda: pages(packed_content(b"(ha) Tj " * 100_000, 200, b"BT /F1 9 Tf 9 TL ", b" ET"))
        ),
        Case("bomb-twice.pdf", lambda: pages(packed_twice())),
        Case("forms.pdf", forms),
        Case("form-loop.pdf", form_loop),
        Case("scan.pdf", scan, line="OCR"),
        Case("blank.pdf", lambda: pages(stream(b""))),
        # other kinds
        Case("junk.txt", junk, line=r"no text"),
        Case("junk.pdf", junk, line=r"no text"),
        Case("junk.docx", junk, line=r"no text"),
        Case("junk-zip.docx", lambda: junk(b"PK\x03\x04"), line=DAMAGED),
        Case("junk-header.pdf", lambda: junk(b"%PDF-1.7\n"), line=DAMAGED),
        Case("nothing.txt", lambda: b"", line="empty"),
        Case("white.txt", lambda: b" \n\t\n" * 1000, line="no words"),
        Case("nul.txt", lambda: around("een\0twee"), line="no text"),
        Case("program.txt", lambda: b"\x7fELF\x02\x01\x01" + bytes(500), line="program"),
        Case("rich.docx", lambda: rb"{\rtf1\ansi De minister antwoordt.}", line=r"RTF.*\.docx"),
        Case("packed.txt", lambda: zlib.compress(b"x" * 10_000, wbits=31), line="gzip.*unpack"),
        Case(
            "photo.pdf",
            lambda: base64.b64decode(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNiAAAABgADNjd8qAAAAABJRU5ErkJggg=="
            ),
            line=PICTURE,
        ),
        Case("photo.txt", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + junk(), line=PICTURE),
        Case("fax.pdf", lambda: b"II*\x00\x08\x00\x00\x00" + junk(), line=PICTURE),
        # text that must be read
        Case("cp1252.txt", lambda: DUTCH.encode("cp1252"), text=TOLD),
        Case("utf8-mark.txt", lambda: DUTCH.encode("utf-8-sig"), text=TOLD),
        Case("utf16-le-mark.txt", lambda: b"\xff\xfe" + DUTCH.encode("utf-16-le"), text=TOLD),
        Case("utf16-be-mark.txt", lambda: b"\xfe\xff" + DUTCH.encode("utf-16-be"), text=TOLD),
        Case("utf16-le.txt", lambda: DUTCH.encode("utf-16-le"), text=TOLD),
        Case("utf16-be.txt", lambda: DUTCH.encode("utf-16-be"), text=TOLD),
        Case(
            "mentions-tags.txt",
            lambda: around("Het teken <p> staat voor een alinea."),
            text="Het teken <p> staat voor een alinea.",
        ),
        Case(
            "page.txt",
            lambda: "<h1>Brief</h1><p>De minister van Financiën antwoordt.</p>".encode(),
            text="De minister van Financiën antwoordt.",
        ),
        # long texts
        Case("one-line.txt", lambda: b"De minister antwoordt op de vraag. " * (50 * MEGABYTE // 35)),
        Case("one-word.txt", lambda: b"a" * (50 * MEGABYTE)),
        Case("blank-lines.txt", lambda: around("\n" * 5_000_000), text="De minister antwoordt op de vragen."),
        Case("form-feeds.txt", lambda: around("x\f" * 200_000)),
        Case("spaces.txt", lambda: around("a" + " " * 2_000_000 + "b"), text="De minister antwoordt op de vragen."),
        Case(
            "lines-of-spaces.txt",
            lambda: around((" " * 2000 + "\n") * 1000),
            text="De minister antwoordt op de vragen.",
        ),
        Case("digits.txt", lambda: around("1" * MEGABYTE)),
        Case("numbers.txt", lambda: around("Antwoord " + "1 en " * 200_000 + "2")),
        Case("ranges.txt", lambda: around("Antwoord 1" + " t/m 999, 1" * 50_000)),
        Case("dots.txt", lambda: around("." * MEGABYTE)),
        Case("dotted.txt", lambda: around("a." * 500_000)),
        Case("leaders.txt", lambda: around("Inhoud " + ". " * 500_000 + "12")),
        Case("capitals.txt", lambda: around("BRIEF VAN DE " + "A" * MEGABYTE)),
        Case("capital-words.txt", lambda: around("BRIEF VAN DE " + "MINISTER, " * 100_000)),
        Case("quotes.txt", lambda: around("x. " + "”’\"'" * 250_000)),
        Case("brackets.txt", lambda: around("(" * 500_000 + ")" * 500_000)),
        Case("hyphens.txt", lambda: around("woord-\n" * 100_000)),
        Case("hyphen-word.txt", lambda: around("een-" * 250_000)),
        Case("links.txt", lambda: around("https://" + "a" * MEGABYTE)),
        Case("notes.txt", lambda: around("\n".join(f"{n} noot.{n}" for n in range(1, 20_000)))),
        Case("questions.txt", lambda: around("\n\n".join(f"Vraag {n % 999}\n\nWat is dat?" for n in range(10_000)))),
        Case("headings.txt", lambda: around("\n\n".join(f"{n % 99}. Kop zonder punt" for n in range(10_000)))),
        Case("salutations.txt", lambda: around("Geachte heer Voorzitter,\n\n" * 10_000)),
        Case("combining.txt", lambda: around("e" + "\u0301" * 500_000)),
        Case("right-to-left.txt", lambda: around("\u202e" * 100_000 + "omgekeerd")),
    )


ODD_NAMES = (
    "met spatie.txt",
    "aanhaling\"'.txt",
    "ünïcode 🙂.txt",
    "-streepje.txt",
    "punt.punt.txt",
)


def make_odd_ones(folder: Path) -> dict[str, str]:
    """Make what is no ordinary file, and give for each name a pattern that its line holds."""
    made = {"dangling.txt": r"No such file", "loop.txt": r"[Ll]evels of symbolic links|loop"}
    (folder / "dangling.txt").symlink_to(folder / "nowhere.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.txt")
        made["pipe.txt"] = "no ordinary file"
    if hasattr(socket, "AF_UNIX") and len(str(folder)) < 80:
        with socket.socket(socket.AF_UNIX) as plug:
            plug.bind(str(folder / "socket.txt"))
        made["socket.txt"] = "no ordinary file"
    (folder / "closed.txt").write_text(GOOD)
    (folder / "closed.txt").chmod(0)
    try:
        (folder / "closed.txt").read_bytes()
        (folder / "closed.txt").unlink()  # root may read everything
    except PermissionError:
        made["closed.txt"] = "Permission denied"
    if sys.platform != "win32":
        (folder / "regel\neinde.txt").write_text(GOOD)
        made["regel\neinde.txt"] = "line break.*rename"
    if sys.platform == "linux":
        (folder / os.fsdecode(b"bytes-\xff\xfe.txt")).write_text(GOOD)
        made[os.fsdecode(b"bytes-\xff\xfe.txt")] = "rename"
    return made


# --- readers that misbehave ------------------------------------------------------------------------------------------


def document(text: str) -> Document:
    return Document("x", "x", text, (0,), (), (), (), Metadata(), "0" * 64)


def tells_process(path: Path, folder: Path) -> Document:
    """A good reader: it gives the number of the process, and what the limits there are."""
    import resource

    limits = {
        name: resource.getrlimit(getattr(resource, name))[0] for name in dir(resource) if name.startswith("RLIMIT_")
    }
    return document(json.dumps({"process": os.getpid(), "path": str(path), "folder": str(folder), "limits": limits}))


def does(path: Path, folder: Path) -> Document:
    """Do what stands in the file."""
    what = path.read_text(encoding="utf-8").strip()
    return _DEEDS[what](path, folder)


def _sleeps(path: Path, folder: Path) -> Document:
    time.sleep(1000)
    return document("wakker")


def _spins(path: Path, folder: Path) -> Document:
    """Announce the process, then stay in one regular expression, where no signal handler of Python's can run."""
    print(os.getpid(), file=sys.stderr, flush=True)
    re.match(r"(?:a+)+b", "a" * 80)
    return document("klaar")


def _hoards(path: Path, folder: Path) -> Document:
    held = []
    while True:
        held.append(bytes(16 * MEGABYTE))


def _keeps(path: Path, folder: Path) -> Document:
    _KEPT.append(bytes(120 * MEGABYTE))
    return tells_process(path, folder)


_KEPT: list[bytes] = []


def _crashes(path: Path, folder: Path) -> Document:
    os.kill(os.getpid(), signal.SIGSEGV)
    return document("nog hier")


def _gives_up(path: Path, folder: Path) -> Document:
    os.abort()


def _is_told_to_end(path: Path, folder: Path) -> Document:
    os.kill(os.getpid(), signal.SIGTERM)
    return document("nog hier")


def _leaves(path: Path, folder: Path) -> Document:
    sys.exit(3)


def _vanishes(path: Path, folder: Path) -> Document:
    os._exit(3)


def _fails(path: Path, folder: Path) -> Document:
    raise KeyError("een\nsleutel")


def _recurses(path: Path, folder: Path) -> Document:
    return _recurses(path, folder)


def _prints(path: Path, folder: Path) -> Document:
    print("naar stdout")
    os.write(1, b"recht naar stdout\n")
    sys.stdin.read()
    return tells_process(path, folder)


def _writes(path: Path, folder: Path) -> Document:
    (folder / "geschreven.txt").write_text("x")
    return document("geschreven")


def _starts(path: Path, folder: Path) -> Document:
    subprocess.run([sys.executable, "-c", ""], check=True)
    return document("begonnen")


def _talks(path: Path, folder: Path) -> Document:
    return document("x" * 200 * MEGABYTE)


_DEEDS = {
    "sleeps": _sleeps,
    "spins": _spins,
    "hoards": _hoards,
    "keeps": _keeps,
    "crashes": _crashes,
    "gives up": _gives_up,
    "told": _is_told_to_end,
    "leaves": _leaves,
    "vanishes": _vanishes,
    "fails": _fails,
    "recurses": _recurses,
    "prints": _prints,
    "writes": _writes,
    "starts": _starts,
    "talks": _talks,
    "tells": tells_process,
}
