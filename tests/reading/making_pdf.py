"""A small hand that writes PDF files (ISO 32000-1), so that tests know every letter and its place."""

from dataclasses import dataclass

FONTS = {"": "Helvetica", "bold": "Helvetica-Bold", "italic": "Helvetica-Oblique"}

LETTERS = {"’": "\\222", "–": "\\226", "•": "\\225", "«": "\\253", "»": "\\273", "(": "\\(", ")": "\\)", "\\": "\\\\"}


@dataclass(frozen=True)
class Ink:
    """Words at a place; lengths in points from the lower left."""

    x: float
    y: float
    words: str
    size: float = 10.0
    style: str = ""


def pdf(*pages: list[Ink]) -> bytes:
    """Write a file with these pages."""
    names = list(FONTS)
    fonts = " ".join(f"/F{number} {3 + number} 0 R" for number in range(len(names)))
    first = 3 + len(names)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        *(f"<< /Type /Font /Subtype /Type1 /BaseFont /{FONTS[name]} /Encoding /WinAnsiEncoding >>" for name in names),
    ]
    for number, page in enumerate(pages):
        content = "\n".join(
            f"BT /F{names.index(ink.style)} {ink.size} Tf {ink.x} {ink.y} Td ({_escaped(ink.words)}) Tj ET"
            for ink in page
        )
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 560 770] /Resources << /Font << {fonts} >> >> "
            f"/Contents {first + 2 * number + 1} 0 R >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        ]
    written = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return written + end.encode() + f"startxref\n{len(written)}\n%%EOF\n".encode()


def lines(*texts: str, x: float = 100.0, y: float = 700.0, step: float = 12.0, size: float = 10.0) -> list[Ink]:
    """Write lines below each other; an empty one leaves white."""
    return [Ink(x, y - step * number, text, size) for number, text in enumerate(texts) if text]


def _escaped(words: str) -> str:
    return "".join(
        LETTERS.get(letter, letter if ord(letter) < 128 else f"\\{letter.encode('cp1252')[0]:03o}") for letter in words
    )
