"""PDF (ISO 32000): the letters that PDFium finds on each page become lines, with where and how they stand.

PDFium gives letters in the order in which the file draws them; for these papers that is the order of reading. What it
guesses about lines is not used: a line is told from the letters' own places, so that a raised mark does not end one.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.lines import Line, Look, Page, Span
from raadpleeg.reading.manuscript import Style

MOST_PAGES = 5000
"""More than any paper has; what is longer is several papers, or an attack."""
MOST_LETTERS = 100_000
"""On one page; a page of small print has about ten thousand."""

SAME_LINE = 0.6
"""Share of the type size by which a letter may stand above or below its line."""
RAISED = (0.15, 0.85)
"""A mark stands at least this share of the type size higher, and is at most that share of its size."""
WORD_GAP = 0.2
"""Share of the type size from which white between two letters is a space, where the file has none."""
WIDE_GAP = 2.0
"""Share of the type size from which white between two words is a tab stop."""

SHORT_WORD = 3
"""Letters of a first word behind which lines may hang, and which does not stand alone at the end of a line."""

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_ACCENTS = {"´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "¸": "\u0327"}
_BLANKS = frozenset((0x20, 0xA0, 0x2009, 0x202F, 0x3000, *range(0x2000, 0x200B)))
_HYPHENS = frozenset((0x02, 0xFFFE, 0xAD))
"""How PDFium writes a hyphen at the end of a line, and how some files do."""


@dataclass(frozen=True, slots=True)
class _Type:
    size: float
    style: Style


@dataclass(frozen=True, slots=True)
class _Ink:
    """What is drawn at one place: a word, or a letter of it."""

    text: str
    left: float
    right: float
    baseline: float
    type: _Type


def pages(content: bytes) -> tuple[Page, ...]:
    """Take the lines off every page of a PDF file.

    Raises:
        UnreadableDocument: it is damaged, locked, too long, or a scan without text.
    """
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD:
            raise UnreadableDocument("this PDF is locked with a password; save it without one") from None
        raise UnreadableDocument("this PDF is damaged or cut off; fetch the file again") from None
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise UnreadableDocument(f"this PDF has {count} pages, more than {MOST_PAGES}; split it")
        if not count:
            raise UnreadableDocument("this PDF has no pages; fetch the file again")
        read = tuple(_page(document, number) for number in range(count))
        if not any(read):
            raise UnreadableDocument(_without_text(document))
    finally:
        document.close()
    return read


def _without_text(document: Any) -> str:
    """Say why there are no words in a file: mostly because its pages are pictures."""
    import pypdfium2.raw as raw

    # Looked for on the first pages only, and not inside drawings: a file may be made to nest them without end.
    for number in range(min(len(document), 10)):
        if any(document[number].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)):
            return "this PDF holds pictures of pages and no text (a scan); run text recognition (OCR) on it first"
    return "there are no words in this PDF; remove it from the corpus"


def _page(document: Any, number: int) -> Page:
    import pypdfium2 as pdfium

    try:
        page = document[number]
        words = page.get_textpage()
    except pdfium.PdfiumError:
        raise UnreadableDocument(f"page {number + 1} of this PDF is damaged; fetch the file again") from None
    try:
        if words.count_chars() > MOST_LETTERS:
            raise UnreadableDocument(f"page {number + 1} of this PDF holds too many letters to be a page; remove it")
        return _spaced([line for row in _rows(_inks(words)) if (line := _line(row))])
    finally:
        words.close()
        page.close()


# --- what is drawn ---------------------------------------------------------------------------------------------------


def _inks(page: Any) -> Iterator[_Ink]:
    """Give what the file draws, word by word, without the spaces and line ends that PDFium adds.

    Every call into PDFium costs a microsecond, and a page has thousands of letters. A file draws a whole line, or at
    least a word, as one object: where the first and the last letter of a word belong to the same one, so do those
    between them, and the word is one piece. Where they do not (a mark is glued to it), it is taken letter by letter.
    """
    import pypdfium2.raw as raw

    handle = page.raw
    codes = _codes(raw, handle, page.count_chars())
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    at = (ctypes.byref(x), ctypes.byref(y))
    box = tuple(ctypes.byref(edge) for edge in (left, right, bottom, top))
    types: dict[int, _Type] = {}

    def drawn(index: int) -> int:
        """Give the object that draws a letter; 0 for what PDFium added."""
        pointer = raw.FPDFText_GetTextObject(handle, index)
        if not pointer:
            return 0
        key = ctypes.addressof(pointer.contents)
        if key not in types:
            types[key] = _type_of(raw, handle, index, pointer)
        return key

    def piece(first: int, last: int, key: int) -> _Ink:
        raw.FPDFText_GetCharOrigin(handle, first, *at)
        raw.FPDFText_GetCharBox(handle, last, *box)
        text = "".join(_shown(code) for code in codes[first : last + 1])
        return _Ink(text, x.value, max(right.value, x.value), y.value, types[key])

    for first, last in _words(codes):
        key, end = drawn(first), drawn(last)
        if key and key == end:
            yield piece(first, last, key)
            continue
        for index in range(first, last + 1):
            if key := drawn(index):
                yield piece(index, index, key)


def _words(codes: Sequence[int]) -> Iterator[Span]:
    """Give the first and last place of each run of letters; a space is a run of its own, what is no sign is none."""
    first: int | None = None
    for index, code in enumerate(codes):
        blank = code in _BLANKS
        if not blank and (code >= 32 or code in _HYPHENS):
            # What PDFium adds, and where it goes to another line, stands as a control sign or behind a hyphen.
            first = index if first is None else first
            if code not in _HYPHENS:
                continue
        if first is not None:
            yield first, index if code in _HYPHENS else index - 1
            first = None
        if blank:
            yield index, index
    if first is not None:
        yield first, len(codes) - 1


def _shown(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    letter = chr(code) if not 0xD800 <= code <= 0xDFFF else "\ufffd"
    return _LIGATURES.get(letter, letter)


def _codes(raw: Any, handle: Any, count: int) -> list[int]:
    """Give the code points of a page: all at once where PDFium has one for each letter, else one by one."""
    buffer = (ctypes.c_ushort * (count + 1))()
    if count and raw.FPDFText_GetText(handle, 0, count, buffer) == count + 1:
        codes = list(buffer[:count])
        if not any(0xD800 <= code <= 0xDFFF for code in codes):
            return codes
    return [raw.FPDFText_GetUnicode(handle, index) for index in range(count)]


def _type_of(raw: Any, page: Any, index: int, drawn: Any) -> _Type:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(page, index, matrix)
    # Turned sideways, the height of a letter is in the other half of the matrix.
    size = raw.FPDFText_GetFontSize(page, index) * max(abs(matrix.d), abs(matrix.c))
    name = ctypes.create_string_buffer(200)
    raw.FPDFFont_GetBaseFontName(raw.FPDFTextObj_GetFont(drawn), name, 200)
    font = name.value.decode("latin-1").lower()
    style: Style = ""
    if any(word in font for word in ("bold", "black", "heavy", "demi")):
        style = "bold"
    elif "italic" in font or "oblique" in font:
        style = "italic"
    return _Type(round(size, 2), style)


# --- lines -----------------------------------------------------------------------------------------------------------


def _rows(inks: Iterator[_Ink]) -> Iterator[list[_Ink]]:
    """Group what stands on one line, from left to right."""
    row: list[_Ink] = []
    base = 0.0
    size = 0.0
    end = 0.0
    for ink in inks:
        blank = ink.text.isspace()
        reach = SAME_LINE * max(size, ink.type.size)
        if row and (abs(ink.baseline - base) > reach or ink.left < end - max(size, ink.type.size)):
            yield row
            row, size = [], 0.0
        if not row and blank:
            continue
        row.append(ink)
        end = ink.right if len(row) == 1 else max(end, ink.right)
        if not blank and ink.type.size > size:
            base, size = ink.baseline, ink.type.size
    if row:
        yield row


def _line(row: list[_Ink]) -> Line | None:
    """Write one row of letters as a line: spaces where the white is, accents on their letters, marks noted."""
    solid = [ink for ink in row if not ink.text.isspace()]
    if not solid:
        return None
    sizes: Counter[float] = Counter()
    for ink in solid:
        sizes[ink.type.size] += len(ink.text)
    size = sizes.most_common(1)[0][0]
    base = median(ink.baseline for ink in solid if ink.type.size == size)
    pieces: list[str] = []
    length = 0
    raised: list[Span] = []
    stops: list[float] = []
    words: list[tuple[float, float, int]] = []
    before: _Ink | None = None
    space = False
    for ink in row:
        if ink.text.isspace():
            space = before is not None
            continue
        gap = ink.left - before.right if before else 0.0
        if before and not space and _is_on(ink, before) and pieces:
            composed = unicodedata.normalize("NFC", pieces[-1] + _ACCENTS[ink.text])
            if len(composed) == len(pieces[-1]):
                pieces[-1] = composed
                continue
        if before and (space or gap > WORD_GAP * size):
            pieces.append(" ")
            length += 1
            if gap > WIDE_GAP * size:
                stops.append(ink.left)
            words.append((ink.left, ink.right, 0))
        small = ink.type.size <= RAISED[1] * size and ink.baseline - base >= RAISED[0] * size
        if ink.text.isdigit() and small:
            if raised and raised[-1][1] == length:
                raised[-1] = (raised[-1][0], length + len(ink.text))
            else:
                raised.append((length, length + len(ink.text)))
        pieces.append(ink.text)
        length += len(ink.text)
        left, _, letters = words[-1] if words else (ink.left, 0.0, 0)
        words[-1:] = [(left, ink.right, letters + len(ink.text))]
        before, space = ink, False
    styles = {ink.type.style for ink in solid}
    short = words[0][2] <= SHORT_WORD and len(words) > 1
    look = Look(
        left=solid[0].left,
        right=solid[-1].right,
        baseline=base,
        size=size,
        # A short first word is not parted from the next one ("1 januari", "X. De").
        first_word=words[1 if short else 0][1] - solid[0].left,
        hang=words[1][0] if short else None,
        style=next(iter(styles)) if len(styles) == 1 else "",
        stops=tuple(stops),
    )
    return Line("".join(pieces), 0, look, tuple(raised))


def _is_on(accent: _Ink, letter: _Ink) -> bool:
    """Tell whether an accent stands over the letter before it, as some files draw "ć"."""
    return accent.text in _ACCENTS and accent.left < letter.right and letter.text[-1:].isalpha()


def _spaced(lines: list[Line]) -> Page:
    """Count the empty lines between lines: how many more would have gone between two baselines."""
    steps = [
        round(above.look.baseline - line.look.baseline, 1)
        for above, line in pairwise(lines)
        if above.look and line.look and above.look.size == line.look.size
    ]
    # The commonest step down is that of running text; where nothing repeats, one and a fifth of the type.
    down = Counter(step for step in steps if step > 0).most_common(1)
    page: list[Line] = []
    own = _size(lines)
    for line in lines:
        gap = 0
        if page and line.look and (last := page[-1].look):
            size = max(last.size, line.look.size)
            # Smaller type is set closer.
            leading = down[0][0] * min(1.0, size / own) if down and down[0][1] > 1 else 1.2 * size
            step = last.baseline - line.look.baseline
            gap = max(0, min(9, round(step / max(leading, 1.0) - 0.9))) if step > 0 else int(step < -leading)
        page.append(Line(line.text, gap, line.look, line.raised))
    return tuple(page)


def _size(lines: list[Line]) -> float:
    """Give the type size that most letters of a page have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.look:
            sizes[line.look.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
