import io
import random
import struct
import time
import zipfile
from itertools import pairwise
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making_word import MC, STRICT, W, numbered, packed, paragraph, run, word, word_parts

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats import docx as reader
from raadpleeg.reading.formats.docx import counted, write
from raadpleeg.reading.manuscript import restored

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Standaard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Kop1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>
  <w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Kop3"><w:name w:val="heading 3"/><w:basedOn w:val="Kop1"/></w:style>
<w:style w:type="paragraph" w:styleId="Eigen"><w:name w:val="Huisstijl kop"/><w:basedOn w:val="Kop3"/></w:style>
<w:style w:type="paragraph" w:styleId="Anders"><w:name w:val="Anders"/><w:basedOn w:val="Kop3"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Inhoud"><w:name w:val="TOC Heading"/><w:basedOn w:val="Kop1"/>
  <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Niveau"><w:name w:val="Tussenkop"/>
  <w:pPr><w:outlineLvl w:val="4"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Inhopg1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Kring"><w:name w:val="Kring"/><w:basedOn w:val="Kring2"/></w:style>
<w:style w:type="paragraph" w:styleId="Kring2"><w:name w:val="Kring2"/><w:basedOn w:val="Kring"/></w:style>
<w:style w:type="paragraph" w:styleId="Pagina"><w:name w:val="Pagina"/><w:pPr><w:pageBreakBefore/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Weg"><w:name w:val="Weg"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Lijst2"><w:name w:val="Lijst 2"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Vet"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def styled(style, *inside, more=""):
    return paragraph(*inside, properties=f'<w:pStyle w:val="{style}"/>{more}')


def lines(content):
    """The paragraphs of a file, each with the number before it."""
    layout = write(content)
    return [(one.number, layout.text[one.start : one.end]) for one in layout.paragraphs]


def text(body, **others):
    return write(word(body, **others)).text


# --- paragraphs and headings -----------------------------------------------------------------------------------------


def test_paragraphs_and_white_space():
    layout = write(
        word(
            paragraph("Geachte ", "voor", "zitter,")
            + paragraph(
                "Op  4\u00a0mei",
                "<w:r><w:tab/></w:r>",
                "schreef",
                "<w:r><w:br/></w:r>",
                "u",
                "<w:r><w:cr/></w:r>",
                "mij.",
            )
            + paragraph("   ")
        )
    )
    assert layout.text == "Geachte voorzitter,\n\nOp 4 mei schreef u mij."


@pytest.mark.parametrize(
    ("style", "heading"),
    [
        ("Standaard", None),
        ("Kop1", 1),
        ("Kop3", 3),
        ("Eigen", 3),
        ("Anders", 2),
        ("Inhoud", 0),
        ("Niveau", 5),
        ("Titel", 1),
        ("Inhopg1", 0),
        ("Kring", None),
        ("Onbekend", None),
    ],
)
def test_headings_by_style(style, heading):
    (one,) = write(word(styled(style, "Inleiding"), styles=STYLES)).paragraphs
    assert one.heading == heading


@pytest.mark.parametrize(("level", "heading"), [("0", 1), ("8", 9), ("9", 0), ("x", None)])
def test_an_outline_level_of_the_paragraph_goes_first(level, heading):
    (one,) = write(word(paragraph("Kop", properties=f'<w:outlineLvl w:val="{level}"/>'))).paragraphs
    assert one.heading == heading


def test_a_bold_line_is_told_as_such():
    layout = write(
        word(
            paragraph(run("Vraag 1", "<w:b/>"))
            + paragraph(run("Vraag", "<w:b/>"), run(" 2"))
            + paragraph(run("cursief", "<w:i/>"))
            + paragraph(run("gewoon", '<w:b w:val="0"/>'))
            + styled("Kop1", run("niet vet", '<w:b w:val="false"/>'))
            # Two styles that both make bold undo each other.
            + styled("Kop1", run("niet vet", '<w:rStyle w:val="Vet"/>'))
            + paragraph(run("vet", '<w:rStyle w:val="Vet"/>')),
            styles=STYLES,
        )
    )
    assert [one.style for one in layout.paragraphs] == ["bold", "", "italic", "", "", "", "bold"]
    assert [one.heading for one in layout.paragraphs] == [None, None, None, None, 1, 1, None]


def test_the_strict_name_space():
    parts = word_parts(paragraph("Geachte voorzitter"))
    parts["word/document.xml"] = parts["word/document.xml"].replace(W, STRICT)
    assert write(packed(parts)).text == "Geachte voorzitter"


def test_the_main_part_may_have_another_name():
    parts = word_parts(paragraph("Brief"))
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("word/document.xml", "/Word/Document2.xml")
    assert write(packed(parts)).text == "Brief"


BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end"))

# --- what is not words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        '<w:del w:id="1"><w:r><w:delText>weg</w:delText></w:r></w:del>',
        '<w:del w:id="1"><w:r><w:t>weg</w:t></w:r></w:del>',
        '<w:moveFrom w:id="1"><w:r><w:t>weg</w:t></w:r></w:moveFrom>',
        run("weg", "<w:vanish/>"),
        '<w:commentRangeStart w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>HYPERLINK "weg"</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:fldChar w:fldCharType="end"/></w:r>',
        BEGIN + "<w:r><w:t>weg</w:t></w:r>" + END,
    ],
)
def test_what_is_not_shown_is_nowhere(hidden):
    layout = write(
        word(
            paragraph("een ", hidden, "twee"),
            comments="<w:comment w:id='0'><w:p><w:r><w:t>weg</w:t></w:r></w:p></w:comment>",
        )
    )
    assert layout.text == "een twee"
    assert layout.removed == ()


@pytest.mark.parametrize(
    "wrapper",
    [
        '<w:ins w:id="1">{}</w:ins>',
        '<w:moveTo w:id="1">{}</w:moveTo>',
        '<w:hyperlink r:id="x">{}</w:hyperlink>',
        "<w:sdt><w:sdtPr><w:alias w:val='niet'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:smartTag w:element='x'>{}</w:smartTag>",
        "<w:customXml w:element='x'>{}</w:customXml>",
        '<w:fldSimple w:instr="REF x">{}</w:fldSimple>',
        '<w:bdo w:val="ltr">{}</w:bdo>',
        "<m:oMath><m:r>{}</m:r></m:oMath>",
    ],
)
def test_wrappers_are_walked_through(wrapper):
    assert text(paragraph("een ", wrapper.format(run("twee")), " drie")) == "een twee drie"


def test_content_controls_around_paragraphs_and_rows():
    cells = f"<w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}</w:tc>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cells}</w:tr></w:sdtContent></w:sdt>"
    body = f"<w:sdt><w:sdtContent>{paragraph('een')}<w:tbl>{row}</w:tbl></w:sdtContent></w:sdt>"
    assert text(body) == "een\n\na\tb"


def test_a_field_shows_its_result():
    condition = BEGIN + "<w:r><w:instrText>REF a</w:instrText></w:r>" + SEPARATE + run("voorwaarde") + END
    field = BEGIN + "<w:r><w:instrText> IF </w:instrText></w:r>" + condition + SEPARATE + run("uitkomst") + END
    assert text(paragraph("de ", field, " telt")) == "de uitkomst telt"


def test_a_field_that_never_ends_swallows_nothing():
    assert text(paragraph(BEGIN, "een") + paragraph("twee")) == "een\n\ntwee"


def test_page_numbers_are_kept_apart():
    complex_one = (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE \\* MERGEFORMAT </w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>7</w:t><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple_one = '<w:fldSimple w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple>'
    layout = write(word(paragraph("Pagina ", complex_one, " van ", simple_one, " stuks")))
    assert layout.text == "Pagina van stuks"
    assert [(one.kind, one.text) for one in layout.removed] == [("head", "7"), ("head", "9")]


def test_signs_inside_words():
    layout = write(
        word(
            paragraph(
                "Bene\u00adlux", "<w:r><w:softHyphen/></w:r>", "unie", "<w:r><w:noBreakHyphen/></w:r>", "raad ",
                '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Arial" w:char="20AC"/></w:r>',
            )
        )
    )  # fmt: skip
    assert layout.text == "Beneluxunie-raad €"
    assert [(one.kind, one.text) for one in layout.removed] == [("hyphen", "\u00ad"), ("bullet", "\uf0fc")]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    cut, moved = "<w:rPr><w:del w:id='1'/></w:rPr>", "<w:rPr><w:moveFrom w:id='1'/></w:rPr>"
    body = paragraph("een ", properties=cut) + paragraph("twee") + paragraph(properties=cut) + paragraph("drie")
    assert text(body) == "een twee\n\ndrie"
    assert text(paragraph("een ", properties=moved) + paragraph("twee")) == "een twee"
    assert text(paragraph("een", box(paragraph("vak")), properties=cut) + paragraph("twee")) == "een\n\nvak\n\ntwee"


def test_text_of_another_file_is_not_skipped_in_silence():
    with pytest.raises(UnreadableDocument, match=r"another file.*save it again from Word"):
        write(word(paragraph("een") + '<w:altChunk r:id="x"/>'))


def test_headers_and_footers_are_kept_once_each():
    section = '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>'
    layout = write(
        word(
            paragraph("een", properties=section) + paragraph("twee") + section,
            header1=paragraph("Ministerie"),
            footer1=paragraph("Pagina ", '<w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'),
        )
    )
    assert layout.text == "een\n\ntwee"
    assert [(one.kind, one.at, one.text) for one in layout.removed] == [
        ("head", 0, "Ministerie"),
        ("head", 9, "Pagina1"),
    ]


# --- text boxes ------------------------------------------------------------------------------------------------------


def box(inside, requires="wps"):
    modern = f"<w:drawing><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></w:drawing>"
    old = f"<w:pict><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="{requires}">{modern}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_stands_once_behind_its_paragraph():
    assert (
        text(paragraph("een ", box(paragraph("in") + paragraph("vak")), "zin") + paragraph("twee"))
        == "een zin\n\nin\n\nvak\n\ntwee"
    )


def test_an_old_text_box():
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('vak')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert text(paragraph("een", old)) == "een\n\nvak"


def test_what_nobody_here_knows_falls_back():
    unknown = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w:t>nieuw</w:t></mc:Choice>'
        "<mc:Fallback><w:t>oud</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    only = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w99"><w:t> toch</w:t></mc:Choice></mc:AlternateContent></w:r>'
    )
    assert text(paragraph(unknown, only)) == "oud toch"


def test_boxes_in_boxes():
    assert (
        text(paragraph("een", box(paragraph("twee", box(paragraph("drie"))) + paragraph("vier"))))
        == "een\n\ntwee\n\ndrie\n\nvier"
    )


# --- tables ----------------------------------------------------------------------------------------------------------


def table(*rows):
    def cell(one):
        return f"<w:tc><w:tcPr/>{one if one.startswith('<') else paragraph(one)}</w:tc>"

    return "<w:tbl>" + "".join(f"<w:tr>{''.join(cell(one) for one in row)}</w:tr>" for row in rows) + "</w:tbl>"


def test_rows_and_cells():
    body = paragraph("Voor") + table(("Jaar", "Bedrag"), ("2025", "€ 5"), ("", "leeg"), ("eind", "")) + paragraph("Na")
    layout = write(word(body))
    assert layout.text == "Voor\n\nJaar\tBedrag\n2025\t€ 5\nleeg\neind\n\nNa"
    assert [one.heading for one in layout.paragraphs] == [None, 0, 0, 0, 0, None]


def test_an_empty_cell_in_between_keeps_its_column():
    assert text(table(("a", "", "c"))) == "a\t\tc"


def test_an_empty_row_does_not_tie_the_table_to_the_text_before_it():
    assert text(paragraph("Voor") + table(("", ""), ("a", "b"), ("", ""), ("c", "d"))) == "Voor\n\na\tb\nc\td"


def test_paragraphs_in_a_cell_are_one_row():
    assert text(table((paragraph("a") + paragraph("b"), "c"))) == "a b\tc"


SPAN, RESTART, GOES_ON = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def test_merged_cells_say_their_words_once():
    def cell(words, merged=""):
        return f"<w:tc><w:tcPr>{merged}</w:tcPr>{paragraph(words)}</w:tc>"

    merged = (
        f"<w:tbl><w:tr>{cell('breed', SPAN)}</w:tr>"
        f"<w:tr>{cell('hoog', RESTART)}{cell('x')}</w:tr>"
        f"<w:tr>{cell('', GOES_ON)}{cell('y')}</w:tr></w:tbl>"
    )
    assert text(merged) == "breed\nhoog\tx\ny"


def test_a_table_that_only_places_text_is_read_as_text():
    letter = "".join(paragraph(f"alinea {n}") for n in range(9))
    assert text(table(("Datum", letter))) == "Datum\n\n" + "\n\n".join(f"alinea {n}" for n in range(9))
    assert text(table((paragraph("een") + paragraph("twee"),))) == "een\n\ntwee"


def test_a_table_in_a_table_says_its_words_once():
    assert text(table((paragraph("een") + table(("a", "b"), ("c", "d")) + paragraph("twee"), "drie"))) == (
        "een\n\na\tb\nc\td\n\ntwee\n\ndrie"
    )


def test_a_heading_in_a_table_stays_one():
    layout = write(word(table((styled("Kop1", "Inleiding"), paragraph())), styles=STYLES))
    assert [one.heading for one in layout.paragraphs] == [1]


def test_a_deleted_row_is_gone():
    gone = f"<w:tbl><w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{paragraph('weg')}</w:tc></w:tr></w:tbl>"
    assert text(paragraph("een") + gone) == "een"


def test_a_number_in_the_first_cell_is_that_of_the_row():
    row = f"<w:tbl><w:tr><w:tc>{numbered('', 1)}</w:tc><w:tc>{paragraph('Wat is dat?')}</w:tc></w:tr></w:tbl>"
    assert lines(word(row, numbering=NUMBERING)) == [("1.", "Wat is dat?")]


def test_a_number_in_a_later_cell_leaves_the_row_whole():
    row = f"<w:tbl><w:tr><w:tc>{paragraph('Kop')}</w:tc><w:tc>{numbered('punt', 1)}</w:tc></w:tr></w:tbl>"
    assert lines(word(row, numbering=NUMBERING)) == [("", "Kop\tpunt")]


# --- lists -----------------------------------------------------------------------------------------------------------


def level(number, form, shown, more=""):
    inside = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{shown}"/>'
    return f'<w:lvl w:ilvl="{number}">{inside}</w:lvl>'


def override(inside):
    return f'<w:lvlOverride w:ilvl="0">{inside}</w:lvlOverride>'


FIVE = '<w:startOverride w:val="5"/>'
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "%2)")
    + level(2, "lowerRoman", "%1.%2.%3")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "•")
    + level(1, "upperRoman", "Artikel %2", '<w:pStyle w:val="Lijst2"/>')
    + level(2, "decimal", "%2.%3", "<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Stijl"/></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override(FIVE)}</w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>'
    f'<w:num w:numId="5"><w:abstractNumId w:val="0"/>{override(level(0, "upperLetter", "%1:"))}</w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="2"/></w:num>'
)


def numbers(*items, styles=""):
    body = "".join(numbered("x", *item) for item in items)
    return [number for number, _ in lines(word(body, numbering=NUMBERING, styles=styles))]


def test_levels_count_and_start_anew_below_a_higher_one():
    items = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2), (1, 2)]
    assert numbers(*items) == ["1.", "a)", "b)", "1.b.i", "2.", "a)", "2.a.i", "2.a.ii"]


def test_lists_of_one_kind_count_on_unless_told_where_to_start():
    assert numbers((1, 0), (3, 0), (2, 0), (2, 0), (1, 0)) == ["1.", "2.", "5.", "6.", "7."]


def test_a_list_may_change_its_levels():
    assert numbers((5, 0), (5, 0)) == ["A:", "B:"]


def test_bullets_are_no_numbers_but_count():
    assert numbers((4, 0), (4, 1), (4, 2), (4, 0), (4, 1)) == ["", "Artikel I", "1.1", "", "Artikel I"]


def test_a_level_below_one_that_was_skipped():
    assert numbers((1, 2)) == ["1.a.i"]


def test_a_list_by_the_style_of_its_paragraphs():
    numbering = NUMBERING.replace('<w:numId w:val="1"/>', '<w:numId w:val="1"/>')
    body = (
        styled("Lijst2", "x")
        + styled("Lijst2", "y")
        + styled("Lijst2", "z", more='<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    assert lines(word(body, numbering=numbering, styles=STYLES)) == [("1.", "x"), ("2.", "y"), ("", "z")]


def test_the_level_that_is_tied_to_a_style():
    styles = STYLES.replace('<w:numPr><w:numId w:val="1"/>', '<w:numPr><w:numId w:val="4"/>')
    assert lines(word(styled("Lijst2", "x"), numbering=NUMBERING, styles=styles)) == [("Artikel I", "x")]


def test_a_list_that_points_to_a_numbering_style():
    style = (
        '<w:style w:type="numbering" w:styleId="Stijl"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    assert numbers((6, 0), (6, 1), styles=style) == ["1.", "a)"]


def test_a_level_that_never_starts_anew():
    numbering = NUMBERING.replace(
        '<w:numFmt w:val="lowerLetter"/>', '<w:numFmt w:val="lowerLetter"/><w:lvlRestart w:val="0"/>'
    )
    body = "".join(numbered("x", 1, one) for one in (0, 1, 0, 1))
    assert [one for one, _ in lines(word(body, numbering=numbering))] == ["1.", "a)", "2.", "b)"]


def test_an_item_that_was_deleted_does_not_count():
    gone = paragraph(
        "<w:del w:id='1'><w:r><w:delText>weg</w:delText></w:r></w:del>",
        properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="2"/></w:rPr>',
    )
    assert lines(word(numbered("a", 1) + gone + numbered("b", 1), numbering=NUMBERING)) == [("1.", "a"), ("2.", "b")]


@pytest.mark.parametrize(
    ("number", "form", "doubled", "shown"),
    [
        (3, "1", False, "3"),
        (3, "01", False, "03"),
        (26, "a", False, "z"),
        (27, "a", False, "aa"),
        (28, "a", False, "ab"),
        (28, "A", True, "BB"),
        (1994, "I", False, "MCMXCIV"),
        (4, "i", False, "iv"),
        (0, "a", False, "0"),
        (5000, "i", False, "5000"),
    ],
)
def test_numbers_as_lists_write_them(number, form, doubled, shown):
    assert counted(number, form, doubled) == shown


# --- notes -----------------------------------------------------------------------------------------------------------


def mark(kind="footnote", number=2, more=""):
    return f'<w:r><w:{kind}Reference w:id="{number}" {more}/></w:r>'


def note(number, *inside, kind="footnote"):
    return f'<w:{kind} w:id="{number}">{paragraph("<w:r><w:footnoteRef/></w:r>", *inside)}</w:{kind}>'


def test_notes_stand_at_their_marks_with_the_numbers_that_readers_see():
    layout = write(
        word(
            paragraph("Benelux", mark(number=7), " en", mark(number=2), "."),
            footnotes=note(2, " Tweede ", "noot.") + note(7, " Kamerstukken I, N.") + note(9, "nergens"),
        )
    )
    assert layout.text == "Benelux en."
    assert [(one.number, one.mark, one.text) for one in layout.footnotes] == [
        (1, 7, "Kamerstukken I, N."),
        (2, 10, "Tweede noot."),
    ]
    assert [(one.kind, one.text.split()) for one in layout.removed] == [
        ("note", ["Kamerstukken", "I,", "N."]),
        ("note", ["Tweede", "noot."]),
    ]


def test_endnotes_have_numbers_of_their_own():
    layout = write(
        word(
            paragraph("a", mark(number=2), "b", mark("endnote", 2), "c", mark("endnote", 3)),
            footnotes=note(2, "voet"),
            endnotes=note(2, "eind", kind="endnote") + note(3, "slot", kind="endnote"),
        )
    )
    assert [(one.number, one.text) for one in layout.footnotes] == [(1, "voet"), (1, "eind"), (2, "slot")]


def test_a_typed_mark_is_no_word_and_does_not_count():
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    layout = write(
        word(paragraph("een", own, " twee", mark(number=3)), footnotes=note(2, "* Uitleg") + note(3, "Noot"))
    )
    assert layout.text == "een twee"
    assert [(one.number, one.text) for one in layout.footnotes] == [(0, "Uitleg"), (1, "Noot")]


def test_a_typed_mark_that_never_comes():
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/></w:r>'
    layout = write(word(paragraph("een", own) + paragraph("twee"), footnotes=note(2, "Uitleg")))
    assert layout.text == "een\n\ntwee"
    assert [(one.number, one.mark, one.text) for one in layout.footnotes] == [(0, 3, "Uitleg")]


def test_a_note_of_paragraphs_and_tables():
    inside = f'<w:footnote w:id="2">{paragraph("een")}{paragraph("twee")}{table(("a", "b"))}</w:footnote>'
    (one,) = write(word(paragraph("x", mark()), footnotes=inside)).footnotes
    assert one.text == "een twee a b"


def test_numbering_of_notes_by_section_and_from_a_number():
    section = (
        '<w:sectPr><w:footnotePr><w:numStart w:val="5"/><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    )
    body = (
        paragraph("a", mark(number=2), mark(number=3))
        + paragraph(properties=section)
        + paragraph("b", mark(number=4))
        + section
    )
    layout = write(word(body, footnotes="".join(note(n, "x") for n in (2, 3, 4))))
    assert [one.number for one in layout.footnotes] == [5, 6, 5]


def test_numbering_of_notes_by_page():
    body = "".join(paragraph("<w:r><w:lastRenderedPageBreak/></w:r>", "a", mark(number=n)) for n in (2, 3))
    settings_ = '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>'
    layout = write(word(body, footnotes=note(2, "x") + note(3, "y"), settings=settings_))
    assert [(one.number, one.page) for one in layout.footnotes] == [(1, 1), (1, 2)]


def test_a_deleted_or_missing_note_does_not_count():
    body = paragraph(f"<w:del w:id='1'>{mark(number=2)}</w:del>", "a", mark(number=99), mark(number=3))
    assert [one.number for one in write(word(body, footnotes=note(2, "weg") + note(3, "x"))).footnotes] == [1]


# --- pages -----------------------------------------------------------------------------------------------------------

RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"
TOLD = '<w:r><w:br w:type="page"/></w:r>'


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (paragraph("een") + paragraph("twee"), ["een"]),
        (paragraph("een") + paragraph(RENDERED, "twee"), ["een", "twee"]),
        (paragraph("een ", RENDERED, "twee"), ["een", "twee"]),
        (paragraph("een", TOLD) + paragraph("twee"), ["een", "twee"]),
        # Word breaks where it was told to, and notes that it did.
        (paragraph("een", TOLD) + paragraph(RENDERED, "twee"), ["een", "twee"]),
        (paragraph("een") + styled("Pagina", RENDERED, "twee"), ["een", "twee"]),
        (paragraph("een") + paragraph(RENDERED, "twee", properties="<w:pageBreakBefore/>"), ["een", "twee"]),
        (styled("Pagina", "een") + styled("Pagina", "twee"), ["een", "twee"]),
        (styled("Pagina", "een", more='<w:pageBreakBefore w:val="0"/>') + paragraph("twee"), ["een"]),
        (paragraph("een", TOLD, TOLD) + paragraph("drie"), ["een", "", "drie"]),
        (paragraph("een", properties="<w:sectPr/>") + paragraph("twee") + "<w:sectPr/>", ["een", "twee"]),
        (
            paragraph("een", properties="<w:sectPr/>")
            + paragraph("twee")
            + '<w:sectPr><w:type w:val="continuous"/></w:sectPr>',
            ["een"],
        ),
        # A row that goes on overleaf does so in each of its cells.
        (
            table((paragraph("een ", RENDERED, "twee"), paragraph("drie ", RENDERED, "vier"))) + paragraph("vijf"),
            ["een", "twee"],
        ),
        (paragraph(RENDERED, "een"), ["een"]),
    ],
)
def test_pages(body, pages):
    layout = write(word(body, styles=STYLES))
    bounds = [*layout.pages, len(layout.text)]
    found = [layout.text[start:end].split()[:1] for start, end in pairwise(bounds)]
    assert found == [one.split() for one in pages]


# --- another maker ---------------------------------------------------------------------------------------------------


def made(fill):
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_file_made_by_python_docx():
    def fill(document):
        document.add_heading("Verslag", 0)
        document.add_heading("Inleiding", 2)
        document.add_paragraph("Eerste", style="List Number")
        document.add_paragraph("Tweede", style="List Number")
        document.add_paragraph("Punt", style="List Bullet")
        document.add_paragraph("Citaat", style="Quote")
        merged = document.add_table(2, 3)
        merged.cell(0, 0).merge(merged.cell(1, 1)).text = "samen"
        merged.cell(1, 2).text = "apart"
        document.sections[0].footer.paragraphs[0].text = "voet"

    content = made(fill)
    layout = write(content)
    assert lines(content) == [
        ("", "Verslag"), ("", "Inleiding"), ("1.", "Eerste"), ("2.", "Tweede"), ("", "Punt"), ("", "Citaat"),
        ("", "samen"), ("", "apart"),
    ]  # fmt: skip
    assert [one.heading for one in layout.paragraphs] == [1, 2, None, None, None, 0, 0, 0]
    assert [one.text for one in layout.removed] == ["voet"]


def test_a_long_paper_is_read_in_a_moment():
    content = made(lambda document: [document.add_paragraph("Geachte voorzitter, " * 30) for _ in range(500)])
    begun = time.process_time()
    layout = write(content)
    assert time.process_time() - begun < 2
    assert len(layout.paragraphs) == 500


# --- nothing is lost -------------------------------------------------------------------------------------------------

letters = st.text(
    st.one_of(
        st.sampled_from("ab é€-\u00ad\uf0b7 \u00a0\u200b"),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
    ),
    max_size=8,
).filter(lambda one: "\ufffe" not in one and "\uffff" not in one)
simple = letters.map(lambda one: run(escape(one)))
inline = st.recursive(
    st.one_of(
        simple,
        letters.map(lambda one: run(escape(one), "<w:b/>")),
        letters.map(lambda one: run(escape(one), "<w:vanish/>")),
        letters.map(lambda one: f"<w:del w:id='1'><w:r><w:delText>{escape(one)}</w:delText></w:r></w:del>"),
        letters.map(lambda one: f'<w:fldSimple w:instr="PAGE">{run(escape(one))}</w:fldSimple>'),
        st.sampled_from(["<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>", TOLD, RENDERED, "<w:r><w:noBreakHyphen/></w:r>"]),
        st.sampled_from([mark(number=2), mark(number=3), mark(number=8)]),
    ),
    lambda one: st.one_of(
        st.lists(one, max_size=3).map(lambda many: f"<w:hyperlink>{''.join(many)}</w:hyperlink>"),
        st.lists(one, max_size=3).map(lambda many: f'<w:ins w:id="1">{"".join(many)}</w:ins>'),
        st.lists(one, max_size=3).map(lambda many: f"<w:sdt><w:sdtContent>{''.join(many)}</w:sdtContent></w:sdt>"),
        st.lists(one, max_size=2).map(lambda many: box(paragraph(*many))),
    ),
    max_leaves=6,
)
properties = st.sampled_from(
    ["", '<w:pStyle w:val="Kop1"/>', "<w:rPr><w:del w:id='1'/></w:rPr>", "<w:pageBreakBefore/>"]
)
paragraphs = st.builds(lambda many, one: paragraph(*many, properties=one), st.lists(inline, max_size=4), properties)
blocks = st.recursive(
    paragraphs,
    lambda one: st.lists(
        st.lists(st.lists(one, min_size=1, max_size=2).map("".join), min_size=1, max_size=3), min_size=1, max_size=3
    ).map(lambda rows: table(*rows)),
    max_leaves=6,
)


def name(element):
    return element.tag.removeprefix(f"{{{W}}}").replace(f"{{{MC}}}", "mc:")


def shown(element, notes, boxes=None):
    """The characters that a reader of the paper sees, found without the reader's code."""
    here = name(element)
    if here in ("del", "pPr", "rPr", "instrText") or (
        here == "r" and element.find(f"{{{W}}}rPr/{{{W}}}vanish") is not None
    ):
        return ""
    if here == "t":
        return element.text or ""
    if here == "noBreakHyphen":
        return "-"
    if here == "footnoteReference":
        found = notes.get(element.get(f"{{{W}}}id"))
        return "" if found is None else shown(found, {})
    if here == "mc:AlternateContent":
        return shown(element[0], notes, boxes)
    if here == "txbxContent" and boxes is not None:
        boxes.append(element)
        return ""
    if here == "p":
        inside = []
        words = "".join(shown(child, notes, inside) for child in element)
        return words + "".join(shown(one, notes) for one in inside)
    return "".join(shown(child, notes, boxes) for child in element)


@given(st.lists(blocks, max_size=4), letters, letters)
@settings(max_examples=150, deadline=None)
def test_no_character_is_lost(body, first, second):
    notes = note(2, run(escape(first))) + note(3, run(escape(second)))
    parts = word_parts("".join(body), footnotes=notes, styles=STYLES, header1=paragraph("Kop"))
    root = ElementTree.fromstring(parts["word/document.xml"])
    by_number = {one.get(f"{{{W}}}id"): one for one in ElementTree.fromstring(parts["word/footnotes.xml"])}
    expected = "".join(shown(root, by_number).split())
    try:
        layout = write(packed(parts))
    except UnreadableDocument as error:
        assert "no words" in str(error)
        return
    assert restored(layout) == expected
    assert "".join("".join(layout.text[one.start : one.end] for one in layout.paragraphs).split()) == "".join(
        layout.text.split()
    )
    assert list(layout.pages) == sorted(layout.pages)


# --- damaged and hostile files ---------------------------------------------------------------------------------------


def refused(content, match):
    with pytest.raises(UnreadableDocument, match=match) as caught:
        write(content)
    line = str(caught.value)
    assert "\n" not in line
    assert "; " in line
    return line


@pytest.mark.parametrize("body", ["", paragraph(), paragraph(" \u00a0"), paragraph(box(paragraph()))])
def test_a_file_without_words(body):
    refused(word(body), "no words in this file; remove it")


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), word(paragraph("x"))[:-30]],
    ids=repr,
)
def test_no_zip(content):
    refused(content, "damaged or cut off.*; save it again from Word")


def test_no_document_inside():
    refused(packed({"word/styles.xml": "<x/>"}), "missing; save it again from Word")


def test_no_body_inside():
    parts = word_parts("")
    parts["word/document.xml"] = f'<w:document xmlns:w="{W}"/>'
    refused(packed(parts), "missing")


@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml"])
def test_a_part_that_is_no_xml(part):
    refused(packed({**word_parts(paragraph("x"), styles=STYLES), part: "<a><b></a>"}), f"{part} is damaged")


def bomb(size, claims=None):
    """A part of `size` spaces; with `claims`, one that says that it is smaller."""
    content = bytearray(packed({**word_parts(paragraph("x")), "word/document.xml": b" " * size}))
    if claims is not None:
        entry = struct.pack("<I", size)
        while entry in content:
            at = content.index(entry)
            content[at : at + 4] = struct.pack("<I", claims)
    return bytes(content)


def test_a_bomb_is_refused_before_it_is_unpacked():
    begun = time.process_time()
    refused(bomb(300_000_000), "too large when it is unpacked")
    refused(bomb(20_000_000), "too large when it is unpacked")
    made_in = time.process_time()
    refused(bomb(20_000_000, claims=100), "damaged")
    assert made_in - begun < 20


def test_parts_are_bounded_together(monkeypatch):
    monkeypatch.setattr(reader, "MOST_XML", 30_000)
    noise = "".join(random.Random(1).choices("abcdefghij", k=20_000))
    assert write(word(paragraph(noise))).text == noise
    refused(word(paragraph(noise), footnotes=note(2, noise)), "too large when it is unpacked")


def test_too_many_files():
    parts = word_parts(paragraph("x"))
    refused(packed({**parts, **{f"word/{n}": "" for n in range(10_001)}}), "more than the 10000")


def test_a_locked_part():
    content = bytearray(word(paragraph("x")))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(sign, at + 1)) >= 0:
            content[at + offset] |= 1
    refused(bytes(content), "password")


def test_an_odd_way_of_packing():
    refused(packed(word_parts(paragraph("x")), zipfile.ZIP_LZMA), "packed in a way")


def test_a_sum_that_does_not_fit():
    content = packed(word_parts(paragraph("Geachte voorzitter")), zipfile.ZIP_STORED)
    refused(content.replace(b"Geachte", b"Gedachte"[:7]), "word/document.xml is damaged")


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>',
        "<!DOCTYPE x>",
    ],
)
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "_rels/.rels"])
def test_a_document_type(doctype, part):
    parts = word_parts(paragraph("x"), styles=STYLES)
    head, _, rest = parts[part].rpartition("?>\n")
    parts[part] = (head + "?>\n" if head else "") + doctype + rest.replace("</w:t>", "&a;</w:t>")
    assert "root:" not in refused(packed(parts), "has a DTD")


def test_a_document_type_in_another_encoding():
    parts = word_parts(paragraph("x"))
    root = parts["word/document.xml"].partition("?>")[2]
    parts["word/document.xml"] = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x SYSTEM "y">{root}'.encode(
        "utf-16"
    )
    refused(packed(parts), "has a DTD")


@pytest.mark.parametrize("depth", [150, 255, 20_000])
def test_deep_nesting(depth):
    body = "<w:ins w:id='1'>" * depth + paragraph("x") + "</w:ins>" * depth
    if depth < 160:
        assert text(body) == "x"
    else:
        refused(word(body), "nested deeper")


def test_many_nested_tables():
    body = paragraph("x")
    for _ in range(40):
        body = table((body, "y"))
    assert text(body).startswith("x")


def test_styles_and_lists_that_point_at_themselves():
    listed = '<w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="a">{listed}</w:style>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert lines(word(styled("a", "x"), styles=styles, numbering=numbering)) == [("", "x")]


@given(st.integers(0, 10_000), st.integers(1, 40))
@settings(max_examples=150, deadline=None)
def test_a_file_with_broken_bytes_is_read_or_refused(seed, count):
    dice = random.Random(seed)
    method = dice.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    content = bytearray(
        packed(
            word_parts(paragraph("Geachte", mark()), footnotes=note(2, "noot"), styles=STYLES, numbering=NUMBERING),
            method,
        )
    )
    for _ in range(count):
        content[dice.randrange(len(content))] = dice.randrange(256)
    try:
        layout = write(bytes(content))
    except UnreadableDocument as error:
        assert "\n" not in str(error)
    else:
        assert layout.text
