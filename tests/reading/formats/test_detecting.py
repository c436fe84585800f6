import random
import re
import time
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats.detecting import HEAD, encoding_of, format_of
from raadpleeg.reading.formats.text import decode

CORPUS = Path(__file__).parents[3] / "corpus"
KINDS = {"text", "pdf", "docx", "odt", "html", "publication"}
ODT = "application/vnd.oasis.opendocument.text"
WORD_TYPES = (
    '<Types><Override PartName="/word/letter.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
PUBLICATION = '<?xml version="1.0" encoding="utf-8"?>\n<officiele-publicatie><kamerstuk/></officiele-publicatie>'
LETTER = "Geachte voorzitter,\n\nDe minister van Financiën schrijft: “het kabinet” – € 5.\n"


def packed(entries: dict[str, str | bytes], method: int = ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def compound(*streams: str) -> bytes:
    """As much of a compound file as tells its kind: the header, and its list of streams far behind."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + bytes([2 * len(name) + 2, 0, 2]).ljust(64, b"\0")
        for name in streams
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + random.Random(1).randbytes(100_000) + entries


def told(content: bytes) -> str:
    with pytest.raises(UnreadableDocument) as error:
        format_of(content)
    line = str(error.value)
    assert line
    assert "\n" not in line
    return line


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_papers_are_text(path):
    assert format_of(path.read_bytes()) == "text"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "pdf"),
        (b"\xef\xbb\xbf%PDF-1.4\n", "pdf"),
        (b"\r\n%PDF-1.4\n", "pdf"),
        (b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<<>>", "pdf"),
        (b"\x1b%-12345X@PJL JOB\n" + b" " * 900 + b"%PDF-1.4\n12 0 obj\n", "pdf"),
        (packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "docx"),
        (packed({"[Content_Types].xml": WORD_TYPES, "word/letter.xml": "<x/>"}), "docx"),
        (packed({"[Content_Types].xml": WORD_TYPES.replace("document.main", "template.main")}), "docx"),
        (packed({"mimetype": ODT, "content.xml": "<x/>"}), "odt"),
        (packed({"content.xml": "<x/>", "mimetype": ODT + "-template\n"}), "odt"),
        (PUBLICATION.encode(), "publication"),
        (b"<officiele-publicatie/>", "publication"),
        (
            b"<?xml version='1.0'?><!-- x > y --><?a b?><!DOCTYPE z [<!ENTITY c ']>'>]>\n<officiele-publicatie>",
            "publication",
        ),
        (b"<op:officiele-publicatie xmlns:op='x'/>", "publication"),
        (b"<!DOCTYPE officiele-publicatie [<!ENTITY a '" + b"b" * HEAD + b"'>]><officiele-publicatie/>", "publication"),
        (b"<!DOCTYPE html><title>x</title>", "html"),
        (b"\n\n<!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>\n<p>", "html"),
        (b"<HTML lang=nl>", "html"),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>', "html"),
        (b"<!-- bewaard van https://example.org --><div class=a>x</div>", "html"),
        (b"<p>De minister", "html"),
        (b"<h1\nid=x>Brief</h1>", "html"),
        (b"<br/>", "html"),
        (b"De minister schrijft <p> en <div>.", "text"),
        (b"<besloten> De vergadering begint.", "text"),
        (b"<https://example.org/> zegt dit.", "text"),
        (b"<p, q> is een paar", "text"),
        (b"< 5 euro", "text"),
        (b"<", "text"),
        (b"Een tekst over het teken %PDF-1.4 van Adobe.", "text"),
        (b'{"a": 1}', "text"),
        (b"# Kop\n\nTekst", "text"),
        (b"BMW en MZ, II en MM: RIFF of GIF8?", "text"),
        (b"PKN is een kerk", "text"),
        (b"x", "text"),
        (b"een regel\x1a", "text"),
    ],
    ids=lambda value: repr(value[:40]) if isinstance(value, bytes) else value,
)
def test_kinds_are_told_from_the_bytes(content, kind):
    assert format_of(content) == kind


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", r"empty"),
        (compound("Root Entry", "WordDocument"), r"\.doc\).*save it as \.docx or \.pdf"),
        (compound("Root Entry", "EncryptedPackage", "EncryptionInfo"), r"password"),
        (compound("Root Entry", "Workbook"), r"\.xls\).*\.pdf"),
        (compound("Root Entry", "__properties_version1.0"), r"Outlook"),
        (compound("Root Entry"), r"old Office"),
        (rb"{\rtf1\ansi x}", r"RTF.*save it as \.docx or \.pdf"),
        (packed({"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<x/>"}), r"Excel.*\.pdf"),
        (packed({"ppt/presentation.xml": "<x/>"}), r"PowerPoint.*\.pdf"),
        (packed({"mimetype": "application/epub+zip", "OEBPS/a.html": "x"}), r"EPUB.*\.html"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), r"spreadsheet.*\.pdf"),
        (packed({"brief.docx": "x", "bijlage.pdf": "y"}), r"unpack"),
        (packed({}), r"empty zip"),
        (packed({"mimetype": ODT, "META-INF/manifest.xml": "<m:encryption-data/>", "content.xml": "x"}), r"password"),
        (packed({"mimetype": ODT, "content.xml": "x"}, ZIP_BZIP2), r"unpack"),
        (packed({"word/document.xml": "x" * 1000})[:-30], r"damaged.*get it anew"),
        (b"PK\x03\x04" + bytes(1000), r"damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), r"picture \(PNG\); run text recognition \(OCR\)"),
        (b"\xff\xd8\xff\xe1" + bytes(50), r"picture \(JPEG\)"),
        (b"II*\x00\x08\x00\x00\x00", r"picture \(TIFF\)"),
        (b"MM\x00*\x00\x00\x00\x08", r"picture \(TIFF\)"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", r"picture \(HEIC\)"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", r"sound or film"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><path/></svg>", r"picture \(SVG\)"),
        (b"<?xml version='1.0'?><metadata_gegevens/>", r"<metadata_gegevens>.*save it as"),
        (b"<kamerwrk><al>x</al></kamerwrk>", r"<kamerwrk>"),
        (b"<?xml version='1.0'?><!-- geen", r"no root element"),
        (b"<?xml version='1.0'?><w:wordDocument/>", r"\.docx"),
        (b"MZ\x90\x00" + bytes(100), r"program"),
        (b"\x7fELF\x02\x01\x01" + bytes(100), r"program"),
        (zlib.compress(b"x", wbits=31), r"gzip.*unpack"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000", r"tar.*unpack"),
        (b"7z\xbc\xaf\x27\x1c\0\4", r"7z.*unpack"),
        (b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", r"MHTML.*\.html"),
        (LETTER.encode("utf-32"), r"UTF-32.*UTF-8"),
        (random.Random(3).randbytes(5000), r"no text"),
        (b"een\0twee", r"no text"),
    ],
    ids=lambda value: repr(value[:30]) if isinstance(value, bytes) else value[:20],
)
def test_what_cannot_be_read_is_named_with_its_mend(content, line):
    assert re.search(line, told(content))


def test_a_word_in_a_document_is_no_stream_of_it():
    """An old Word document may speak of encryption; only a stream by that name is the encrypted kind."""
    assert ".doc)" in told(compound("WordDocument") + "over EncryptedPackage".encode("utf-16-le"))


def test_a_locked_entry_is_a_locked_document():
    content = bytearray(packed({"[Content_Types].xml": WORD_TYPES, "word/document.xml": "<x/>"}))
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    assert "password" in told(bytes(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("content", [LETTER, f"<p>{LETTER}</p>", PUBLICATION], ids=["text", "html", "publication"])
def test_encodings(encoding, content, request):
    encoded = content.encode(encoding)
    assert format_of(encoded) == request.node.callspec.id.split("-")[0]
    found = encoding_of(encoded)
    assert found is not None
    assert encoded.decode(found) == content


def test_a_mark_alone_decides_between_byte_orders():
    assert encoding_of(b"\xff\xfea\0") == encoding_of(b"\xfe\xff\0a") == "utf-16"


@pytest.mark.parametrize("shift", range(4))
def test_a_head_that_ends_within_a_character(shift):
    """The head is cut after so many bytes, wherever that is."""
    content = ("x" * shift + "€" * HEAD).encode()
    assert format_of(content) == "text"
    assert encoding_of(content) == "utf-8"


@pytest.mark.parametrize(
    "content",
    [
        b"<!--" * 20_000,
        b"<!---->" * 20_000,
        b"<?xml?>" * 20_000,
        b"<?xml?><!DOCTYPE x [" + b"<!--" * 20_000,
        b"<?xml?><!DOCTYPE x [" + b"'\"" * 40_000,
        b"<?xml?><!DOCTYPE x " + b"[" * 40_000,
        b"<x " + b"= " * 40_000,
        b"<x" + b" " * 80_000,
        b"<" * 80_000,
        b" " * 80_000,
        b"a" * 80_000,
        b"%PDF-" * 20_000,
        b"a\n%PDF-1" + b"1 1 ob" * 20_000,
        b"PK\x05\x06" * 50_000,
        b"PK\x03\x04" + b"PK\x01\x02" * 50_000 + b"PK\x05\x06" + bytes(18),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 300_000,
        packed({"word/document.xml": bytes(30_000_000)}),
        packed({"mimetype": bytes(30_000_000), "[Content_Types].xml": bytes(30_000_000)}),
    ],
    ids=lambda value: repr(value[:24]),
)
def test_nothing_takes_long(content):
    begun = time.process_time()
    try:
        assert format_of(content) in KINDS
    except UnreadableDocument as error:
        assert "\n" not in str(error)
    assert time.process_time() - begun < 0.5


SEEDS = (
    packed({"[Content_Types].xml": WORD_TYPES, "word/document.xml": "<x/>"}),
    packed({"mimetype": ODT, "META-INF/manifest.xml": "<x/>", "content.xml": "<x/>"}),
    PUBLICATION.encode(),
    PUBLICATION.encode("utf-16"),
    b"<!DOCTYPE html [<!ENTITY a 'b'>]><p>x",
    compound("WordDocument")[:2000],
    b"x\n%PDF-1.7\n1 0 obj",
)


@given(
    seed=st.sampled_from(SEEDS),
    changes=st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=4)), max_size=12),
    cut=st.integers(0, 3000),
)
def test_damage_gives_a_kind_or_a_line(seed, changes, cut):
    content = bytearray(seed)
    for place, piece in changes:
        content[place : place + len(piece)] = piece
    for damaged in (bytes(content), bytes(content[:cut])):
        try:
            assert format_of(damaged) in KINDS
        except UnreadableDocument as error:
            assert str(error)
            assert "\n" not in str(error)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_kind_or_a_line(content):
    try:
        assert format_of(content) in KINDS
    except UnreadableDocument as error:
        assert "\n" not in str(error)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="<\ufeff%"), min_size=1))
def test_words_are_text_and_are_decoded_as_they_were(words):
    content = f"Geachte voorzitter, {words}".encode()
    assert format_of(content) == "text"
    assert content.decode(encoding_of(content) or "") == decode(content)
