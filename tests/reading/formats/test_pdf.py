import io
import sys
import textwrap
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from making_pdf import Ink, lines, pdf

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats.pdf import pages
from raadpleeg.reading.layout import lay_out
from raadpleeg.reading.manuscript import restored

FULL = "De leden hebben met belangstelling kennisgenomen van de brief en"  # as wide as the column
MORE = "leggen de regering daarover graag nog een aantal vragen voor, in"


def laid_out(*sheets: list[Ink]):
    return lay_out(pages(pdf(*sheets)))


def paragraphs(layout):
    return [layout.text[one.start : one.end] for one in layout.paragraphs]


def test_lines_that_were_wrapped_become_one_paragraph_and_white_parts_two():
    layout = laid_out(lines(FULL, MORE, "het kort.", "", "Nieuwe alinea."))
    assert paragraphs(layout) == [f"{FULL} {MORE} het kort.", "Nieuwe alinea."]


def test_a_line_with_room_for_the_next_word_ended_on_purpose():
    layout = laid_out(lines(FULL, MORE, "het kort.", "Vraag 1", FULL, MORE, "het kort."))
    assert paragraphs(layout) == [f"{FULL} {MORE} het kort.", "Vraag 1", f"{FULL} {MORE} het kort."]


def test_the_first_line_of_a_paragraph_stands_in():
    indented = [Ink(110, 700, FULL[:-2]), Ink(100, 688, MORE), Ink(110, 676, FULL[:-2]), Ink(100, 664, MORE)]
    assert paragraphs(laid_out(indented)) == [f"{FULL[:-2].strip()} {MORE}"] * 2


def test_a_hyphen_at_the_end_of_a_line_goes_unless_the_word_has_it():
    layout = laid_out(
        lines(
            f"{FULL} goedge-", "vonden en de drie landen van de Be-", "nelux; zo ook de drie Benelux-", "landen samen."
        )
    )
    assert "goedgevonden" in layout.text
    assert "Benelux-landen" in layout.text
    assert "hyphen" in [one.kind for one in layout.removed]


def test_a_raised_figure_is_the_mark_of_the_note_at_the_foot():
    note = [
        Ink(100, 96, "1", 5),
        Ink(104, 94, "Kamerstukken I 2025/26, 35714, N, en nog een heel", 7),
        Ink(104, 86, "verhaal.", 7),
    ]
    width = 5.0
    body = [
        *lines("Over telewerk"),
        Ink(100 + 12.2 * width, 704, "1", 5),
        Ink(168, 700, "en werk is veel gezegd."),
        *lines(FULL, MORE, y=688),
    ]
    layout = laid_out([*body, *note])
    (found,) = layout.footnotes
    assert (found.number, found.page) == (1, 1)
    assert found.text == "Kamerstukken I 2025/26, 35714, N, en nog een heel verhaal."
    assert layout.text[: found.mark] == "Over telewerk"
    assert layout.text.startswith("Over telewerk en werk is veel gezegd.")


def test_two_marks_behind_one_word_go_with_their_comma():
    notes = [
        Ink(100, 96, "1", 5),
        Ink(104, 94, "Eerste noot.", 7),
        Ink(100, 86, "2", 5),
        Ink(104, 84, "Tweede noot.", 7),
    ]
    layout = laid_out(
        [
            Ink(100, 700, "Zo staat het er"),
            Ink(165, 704, "1, 2", 5),
            Ink(174, 700, ". Verder niets."),
            *lines(FULL, MORE, y=688),
            *notes,
        ]
    )
    assert [note.number for note in layout.footnotes] == [1, 2]
    assert "Zo staat het er. Verder niets." in layout.text
    assert len({note.mark for note in layout.footnotes}) == 1


def test_a_raised_figure_without_a_note_stays():
    layout = laid_out([Ink(100, 700, "Een oppervlak van 10 m"), Ink(202, 704, "2", 5), Ink(208, 700, "is klein.")])
    assert "10 m2 is klein" in layout.text


def test_a_note_that_goes_on_at_the_foot_of_the_next_page_is_one_note():
    one = [
        Ink(100, 700, "Zo staat het er"),
        Ink(172, 704, "1", 5),
        *lines(FULL, MORE, y=688),
        Ink(100, 96, "1", 5),
        Ink(104, 94, "Een noot die", 7),
    ]
    two = [*lines(FULL, MORE), Ink(104, 94, "verder gaat", 7), Ink(100, 86, "2", 5), Ink(104, 84, "Tweede noot.", 7)]
    layout = laid_out(one, two)
    assert [(note.number, note.text) for note in layout.footnotes] == [
        (1, "Een noot die verder gaat"),
        (2, "Tweede noot."),
    ]


def test_running_heads_and_feet_are_taken_out_and_kept():
    foot = "Tweede Kamer, vergaderjaar 2023–2024, 36 450, nr. 6"
    sheets = [[*lines(FULL, f"{MORE} {number}"), Ink(100, 40, f"{foot}    {number}")] for number in range(1, 4)]
    layout = laid_out(*sheets)
    assert "vergaderjaar" not in layout.text
    assert [one.text for one in layout.removed if one.kind == "head"] == [f"{foot} {number}" for number in range(1, 4)]


def test_what_comes_back_on_every_page_is_a_head_and_what_comes_back_in_the_text_is_not():
    sheets = [
        [Ink(100, 750, "Ministerie van Zaken"), *lines("Vraag 1", FULL, MORE), Ink(300, 30, f"{number}")]
        for number in range(1, 5)
    ]
    layout = laid_out(*sheets)
    assert "Ministerie" not in layout.text
    assert not any(part.isdigit() for part in paragraphs(layout))
    assert layout.text.count("Vraag 1") == 4


def test_a_lone_number_that_does_not_count_the_pages_stays():
    sheets = [[*lines(f"{number}", "", f"{FULL[number:]} {number}.")] for number in (5, 12, 30)]
    layout = laid_out(*sheets)
    assert [part for part in paragraphs(layout) if part.isdigit()] == ["5", "12", "30"]


def test_a_sentence_over_a_page_break_is_whole_and_knows_both_pages():
    layout = laid_out(lines(FULL, MORE), lines("het kort.", "", "Nieuw."))
    assert paragraphs(layout) == [f"{FULL} {MORE} het kort.", "Nieuw."]
    assert layout.text[layout.pages[1] :].startswith("het kort.")


def test_a_heading_at_the_top_of_a_page_is_no_end_of_a_sentence():
    layout = laid_out(lines(FULL, f"{MORE[:-3].strip()}."), lines("Antwoord 3", FULL, MORE))
    assert "Antwoord 3" in paragraphs(layout)


def test_bold_lines_are_paragraphs_of_their_own():
    sheet = [Ink(100, 700, "Artikel 1 Begrippen", style="bold"), *lines(FULL, MORE, y=688)]
    layout = laid_out(sheet)
    assert [one.style for one in layout.paragraphs] == ["bold", ""]


def test_rows_of_a_table_are_rows():
    rows = [
        Ink(x, 700 - 12 * row, word)
        for row, words in enumerate((("Soort", "2021", "2022"), ("Klein", "2", "14"), ("Groot", "10", "3")))
        for x, word in zip((100, 220, 320), words, strict=True)
    ]
    assert laid_out(rows).text.split("\n") == ["Soort 2021 2022", "Klein 2 14", "Groot 10 3"]


def test_the_name_of_the_publication_is_known():
    sheet = [*lines(FULL, MORE), Ink(50, 60, "kst-36450-6", 6), Ink(50, 52, "ISSN 0921 - 7371", 6)]
    layout = laid_out(sheet)
    assert layout.publication == "kst-36450-6"
    assert "ISSN" not in layout.text


def test_pages_without_words_say_so():
    with pytest.raises(UnreadableDocument, match="no words in this PDF"):
        pages(pdf([], []))


def test_a_scan_says_so():
    paper = pdfium.PdfDocument.new()
    picture = pdfium.PdfImage.new(paper)
    picture.set_bitmap(pdfium.PdfBitmap.new_native(20, 20, pdfium.raw.FPDFBitmap_BGR))
    page = paper.new_page(500, 700)
    page.insert_obj(picture)
    page.gen_content()
    file = io.BytesIO()
    paper.save(file)
    with pytest.raises(UnreadableDocument, match=r"scan.*OCR"):
        pages(file.getvalue())


def test_a_damaged_file_says_so():
    with pytest.raises(UnreadableDocument, match=r"damaged.*fetch"):
        pages(b"%PDF-1.4\n" + b"x" * 500)


WORDS = st.text(alphabet="abcdefgDEF019.,;?–-()«»é", min_size=1, max_size=9)
PROSE = st.lists(WORDS, min_size=5, max_size=120).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(PROSE, min_size=1, max_size=3), st.booleans())
def test_nothing_is_lost(prose, footed):
    sheets = [
        [
            *lines(*textwrap.wrap(text, 60)),
            *([Ink(100, 40, f"Tweede Kamer, vergaderjaar 2023–2024, 36 450, nr. 6 {number}")] if footed else []),
        ]
        for number, text in enumerate(prose, 1)
    ]
    file = pdf(*sheets)
    written = "".join("".join(ink.words.split()) for sheet in sheets for ink in sheet)
    assert restored(lay_out(pages(file))) == written


def test_pdfium_and_the_reader_see_the_same_letters():
    file = pdf(lines(FULL, MORE, "het kort."))
    seen = "".join(pdfium.PdfDocument(file)[0].get_textpage().get_text_bounded().split())
    assert restored(lay_out(pages(file))) == seen
