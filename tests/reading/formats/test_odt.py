import random
import time
import zipfile
from itertools import pairwise
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making_word import ODF, open_document, open_document_parts, packed

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats import docx as package
from raadpleeg.reading.formats.odt import write
from raadpleeg.reading.manuscript import restored


def style(name, inside="", family="paragraph", **attributes):
    names = "".join(f' style:{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f'<style:style style:name="{name}" style:family="{family}"{names}>{inside}</style:style>'


BOLD, ITALIC = '<style:text-properties fo:font-weight="bold"/>', '<style:text-properties fo:font-style="italic"/>'
HIDDEN = '<style:text-properties text:display="none"/>'
BREAK = '<style:paragraph-properties fo:break-before="page"/>'
STYLES = (
    style("Standard")
    + style("Heading_20_1", BOLD, display_name="Heading 1", default_outline_level="1")
    + style("Title")
    + style("Contents_20_1", display_name="Contents 1")
    + style("Quotations")
    + style("Kop_20_2")
    + style("Niveau", default_outline_level="4")
    + style("Eigen", parent_style_name="Heading_20_1")
    + style("Kring", parent_style_name="Kring")
)
AUTOMATIC = (
    style("P1", parent_style_name="Quotations")
    + style("P2", BOLD, parent_style_name="Standard")
    + style("P3", BREAK, parent_style_name="Standard")
    + style("P4", HIDDEN)
    + style("P5", '<style:paragraph-properties fo:break-after="page"/>')
    + style("P6", master_page_name="Eerste")
    + style("P7", parent_style_name="Title")
    + style("T1", BOLD, family="text")
    + style("T2", ITALIC, family="text")
    + style("T3", HIDDEN, family="text")
    + style("T4", '<style:text-properties fo:font-weight="normal"/>', family="text")
    + style("Tabel", '<style:table-properties fo:break-before="page"/>', family="table")
)


def p(*inside, name="Standard"):
    return f'<text:p text:style-name="{name}">{"".join(inside)}</text:p>'


def h(inside, level=1, more=""):
    return f'<text:h text:outline-level="{level}" {more}>{inside}</text:h>'


def odt(body, **others):
    return open_document(body, **{"automatic": AUTOMATIC, "styles": STYLES, **others})


def text(body, **others):
    return write(odt(body, **others)).text


def lines(content):
    """The paragraphs of a file, each with the number before it."""
    layout = write(content)
    return [(one.number, layout.text[one.start : one.end]) for one in layout.paragraphs]


# --- paragraphs and headings -----------------------------------------------------------------------------------------


def test_paragraphs_and_white_space():
    body = p("Geachte\n   voor<text:span>zitter</text:span>,") + p(
        'Op<text:s text:c="3"/>4<text:tab/>mei<text:line-break/>schreef\u00a0u <text:a>mij</text:a>.'
    )
    assert text(body + p(" ")) == "Geachte voorzitter,\n\nOp 4 mei schreef u mij."


@pytest.mark.parametrize(
    ("paragraph", "heading"),
    [
        (h("x", 3), 3),
        (h("x", 10), 9),
        ("<text:h>x</text:h>", 1),
        (p("x"), None),
        (p("x", name="Heading_20_1"), 1),
        (p("x", name="Eigen"), 1),
        (p("x", name="Title"), 1),
        (p("x", name="P7"), 1),
        (p("x", name="Contents_20_1"), 0),
        (p("x", name="P1"), 0),
        (p("x", name="Index_20_heading"), None),
        (p("x", name="Niveau"), 4),
        (p("x", name="Kop_20_2"), 2),
        (p("x", name="Kring"), None),
        (p("x", name="Onbekend"), None),
    ],
)
def test_headings(paragraph, heading):
    (one,) = write(odt(paragraph)).paragraphs
    assert one.heading == heading


def test_a_bold_line_is_told_as_such():
    body = (
        p("vet", name="P2")
        + p('<text:span text:style-name="T1">vet</text:span>')
        + p('<text:span text:style-name="T1">half</text:span> vet')
        + p('<text:span text:style-name="T2">cursief</text:span>')
        + p('<text:span text:style-name="T4">gewoon</text:span>', name="P2")
    )
    assert [one.style for one in write(odt(body)).paragraphs] == ["bold", "bold", "", "italic", ""]


# --- what is not words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        '<text:span text:style-name="T3">weg</text:span>',
        '<text:span text:style-name="T3"><text:span text:style-name="T1">weg</text:span></text:span>',
        "<office:annotation><text:p>weg</text:p></office:annotation>",
        '<text:hidden-text text:is-hidden="true">weg</text:hidden-text>',
        "<draw:frame><svg:title>weg</svg:title><svg:desc>weg</svg:desc></draw:frame>",
        "<draw:frame><draw:object><text:p>weg</text:p></draw:object></draw:frame>",
        '<text:change-start text:change-id="a"/><text:bookmark text:name="weg"/>',
    ],
)
def test_what_is_not_shown_is_nowhere(hidden):
    layout = write(odt(p("een", hidden, " twee")))
    assert layout.text == "een twee"
    assert layout.removed == ()


def test_what_is_not_shown_between_paragraphs_is_nowhere():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + p("een")
        + p("weg", name="P4")
        + f'<text:section text:display="none">{p("weg")}</text:section><text:section>{p("twee")}</text:section>'
    )
    assert text(body) == "een\n\ntwee"


def test_what_could_be_hidden_but_is_not_is_read():
    assert text(p('een <text:hidden-text text:is-hidden="false">twee</text:hidden-text>')) == "een twee"


def test_an_item_outside_of_a_list_is_read():
    assert text(item(p("een")) + f"<text:list-header>{p('twee')}</text:list-header>") == "een\n\ntwee"


def test_a_table_of_contents_is_read_but_not_its_pattern():
    body = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>weg</text:index-title-template>"
        "</text:table-of-content-source><text:index-body><text:index-title>"
        + p("Inhoud")
        + "</text:index-title>"
        + p("Inleiding<text:tab/>3", name="Contents_20_1")
        + "</text:index-body></text:table-of-content>"
    )
    assert text(body) == "Inhoud\n\nInleiding 3"


def test_signs_and_page_numbers_are_kept_apart():
    layout = write(odt(p("Bene\u00adlux \uf0b7blad <text:page-number>3</text:page-number>")))
    assert layout.text == "Benelux blad"
    assert [(one.kind, one.text) for one in layout.removed] == [
        ("hyphen", "\u00ad"),
        ("bullet", "\uf0b7"),
        ("head", "3"),
    ]


def test_headers_and_footers_are_kept_once_each():
    masters = (
        f'<style:master-page style:name="Standard"><style:header>{p("Ministerie")}</style:header>'
        f'<style:header-left style:display="false">{p("weg")}</style:header-left>'
        f"<style:footer>{p('Pagina <text:page-number>1</text:page-number>')}</style:footer></style:master-page>"
    )
    layout = write(odt(p("een") + p("twee"), masters=masters))
    assert layout.text == "een\n\ntwee"
    kept = [(one.kind, one.at, "".join(one.text.split())) for one in layout.removed]
    assert kept == [("head", 0, "Ministerie"), ("head", 9, "Pagina1")]


# --- text boxes ------------------------------------------------------------------------------------------------------


def box(inside):
    return f"<draw:frame><draw:text-box>{inside}</draw:text-box></draw:frame>"


def test_a_text_box_stands_behind_its_paragraph():
    assert text(p("een ", box(p("vak") + p("ken")), "zin") + p("twee")) == "een zin\n\nvak\n\nken\n\ntwee"


def test_a_text_box_of_the_page_and_a_shape():
    assert text(box(p("vak")) + p("een<draw:g><draw:custom-shape>" + p("vorm") + "</draw:custom-shape></draw:g>")) == (
        "vak\n\neen\n\nvorm"
    )


def test_boxes_in_boxes():
    assert text(p("een", box(p("twee", box(p("drie"))) + p("vier")))) == "een\n\ntwee\n\ndrie\n\nvier"


# --- tables ----------------------------------------------------------------------------------------------------------


def table(*rows, name="x"):
    def cell(one):
        return f"<table:table-cell>{one if one.startswith('<') else p(one)}</table:table-cell>"

    made = "".join(f"<table:table-row>{''.join(cell(one) for one in row)}</table:table-row>" for row in rows)
    return f'<table:table table:style-name="{name}">{made}</table:table>'


def test_rows_and_cells():
    layout = write(odt(p("Voor") + table(("Jaar", "Bedrag"), ("a", "", "c"), ("", ""), ("eind", "")) + p("Na")))
    assert layout.text == "Voor\n\nJaar\tBedrag\na\t\tc\neind\n\nNa"
    assert [one.heading for one in layout.paragraphs] == [None, 0, 0, 0, None]


def test_head_rows_groups_and_covered_cells():
    body = (
        "<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned='2'>"
        + p("breed")
        + "</table:table-cell><table:covered-table-cell>"
        + p("weg")
        + "</table:covered-table-cell></table:table-row></table:table-header-rows><table:table-row-group>"
        + "<table:table-row table:number-rows-repeated='1000000'><table:table-cell>"
        + p("a")
        + "</table:table-cell></table:table-row></table:table-row-group></table:table>"
    )
    assert text(body) == "breed\na"


def test_a_table_in_a_table_says_its_words_once():
    assert text(table((p("een") + table(("a", "b"), ("c", "d")), "drie"))) == "een\n\na\tb\nc\td\n\ndrie"


def test_a_table_that_only_places_text_is_read_as_text():
    letter = "".join(p(f"alinea {n}") for n in range(9))
    assert text(table(("Datum", letter))) == "Datum\n\n" + "\n\n".join(f"alinea {n}" for n in range(9))
    assert text(table((p("een") + p("twee"),))) == "een\n\ntwee"
    assert text(table((p("een") + p("twee"), "drie"))) == "een twee\tdrie"


def test_an_empty_row_does_not_tie_the_table_to_the_text_before_it():
    assert text(p("Voor") + table(("", ""), ("a", "b"), ("", ""), ("c", "d"))) == "Voor\n\na\tb\nc\td"


def test_a_heading_in_a_table_stays_one():
    assert [one.heading for one in write(odt(table((h("Inleiding", 2), "")))).paragraphs] == [2]


# --- lists -----------------------------------------------------------------------------------------------------------


def level(number, form, more="", kind="list-level-style-number"):
    return f'<text:{kind} text:level="{number}" style:num-format="{form}" {more}/>'


LISTS = (
    '<text:list-style style:name="L1">'
    + level(1, "1", 'style:num-suffix="."')
    + level(2, "a", 'style:num-suffix=")"')
    + level(3, "i", 'style:num-prefix="(" style:num-suffix=")" text:display-levels="3"')
    + '</text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/>'
    + level(2, "A", 'text:start-value="3"')
    + '</text:list-style><text:list-style style:name="L3">'
    + level(1, "1", 'style:num-suffix="." loext:num-list-format="Artikel %1%"')
    + level(2, "1", 'loext:num-list-format="%1%.%2%:" text:display-levels="2"')
    + "</text:list-style>"
)


def items(*inside, more=""):
    return f"<text:list {more}>{''.join(inside)}</text:list>"


def item(inside, more=""):
    return f"<text:list-item {more}>{inside}</text:list-item>"


def listed(body, **others):
    return lines(odt(body, styles=STYLES + LISTS + others.pop("outline", ""), **others))


L1, L2, L3 = (f'text:style-name="L{number}"' for number in (1, 2, 3))


def test_levels_count_and_start_anew_below_a_higher_one():
    inner = items(item(p("aa")), item(p("bb") + items(item(p("cc")))))
    body = items(item(p("a") + p("vervolg") + inner), item(p("b") + inner), more=L1)
    assert listed(body) == [
        ("1.", "a"), ("", "vervolg"), ("a)", "aa"), ("b)", "bb"), ("(1.b.i)", "cc"),
        ("2.", "b"), ("a)", "aa"), ("b)", "bb"), ("(2.b.i)", "cc"),
    ]  # fmt: skip


def test_an_item_that_only_holds_a_list_does_not_count():
    # So LibreOffice writes a lower level that a paragraph without number parts from the list before.
    first = items(item(p("a") + items(item(p("aa")))), more=L1)
    second = items(item(items(item(p("bb")))), item(p("b")), more=f'{L1} text:continue-numbering="true"')
    assert listed(first + p("tussen") + second) == [
        ("1.", "a"), ("a)", "aa"), ("", "tussen"), ("b)", "bb"), ("2.", "b"),
    ]  # fmt: skip


def test_lists_start_anew_unless_they_go_on():
    body = (
        items(item(p("a")), more=f'{L1} xml:id="eerste"')
        + items(item(p("b")), more=L1)
        + items(item(p("c")), more=f'{L1} text:continue-numbering="true"')
        + items(item(p("d")), more=f'{L1} text:continue-list="eerste"')
        + items(item(p("e"), 'text:start-value="7"'), item(p("f")), more=L1)
    )
    assert [number for number, _ in listed(body)] == ["1.", "1.", "2.", "2.", "7.", "8."]


def test_bullets_and_list_headers_are_no_numbers():
    body = items(f"<text:list-header>{p('kop')}</text:list-header>", item(p("a") + items(item(p("b")))), more=L2)
    assert listed(body) == [("", "kop"), ("", "a"), ("C", "b")]


def test_the_newer_way_to_write_a_form():
    body = items(item(p("a") + items(item(p("b")))), more=L3)
    assert listed(body) == [("Artikel 1", "a"), ("1.1:", "b")]


def test_a_list_by_the_style_of_its_paragraph():
    body = items(item(p("a", name="Lijst")), item(p("b", name="Lijst")))
    assert listed(body, automatic=style("Lijst", list_style_name="L1")) == [("1.", "a"), ("2.", "b")]


def test_numbered_paragraphs():
    one = '<text:numbered-paragraph text:list-id="x" {} text:level="{}">{}</text:numbered-paragraph>'
    body = one.format(L1, 1, p("a")) + p("tussen") + one.format(L1, 1, p("b")) + one.format(L1, 2, p("c"))
    assert listed(body) == [("1.", "a"), ("", "tussen"), ("2.", "b"), ("a)", "c")]


def test_a_number_that_was_saved_is_no_word():
    saved = item("<text:number>4.</text:number>" + p("a") + p("vervolg"))
    layout = write(odt(items(saved) + p("<text:number>§ 5</text:number>b")))
    assert [(one.number, layout.text[one.start : one.end]) for one in layout.paragraphs] == [
        ("4.", "a"), ("", "vervolg"), ("§ 5", "b"),
    ]  # fmt: skip
    assert [(one.kind, one.text) for one in layout.removed] == [("bullet", "4."), ("bullet", "§ 5")]


OUTLINE = (
    "<text:outline-style>"
    + level(1, "1", 'style:num-suffix="."', "outline-level-style")
    + level(2, "1", 'text:display-levels="2"', "outline-level-style")
    + level(3, "", "", "outline-level-style")
    + "</text:outline-style>"
)


def test_numbered_headings():
    body = (
        h("a")
        + p("tussen")
        + h("b", 2)
        + h("ongeteld", 2, 'text:style-name="Ongeteld"')
        + h("c", 2)
        + h("d", 3)
        + h("e", more='text:is-list-header="true"')
        + h("f")
        + h("g", 2)
        + h("h", 2, 'text:restart-numbering="true" text:start-value="9"')
    )
    automatic = style("Ongeteld", list_style_name="")
    assert [one for one, _ in listed(body, outline=OUTLINE, automatic=automatic)] == [
        "1.", "", "1.1", "", "1.2", "", "", "2.", "2.1", "2.9",
    ]  # fmt: skip


# --- notes -----------------------------------------------------------------------------------------------------------


def note(mark, *inside, kind="footnote", label=""):
    body = "".join(p(one) for one in inside)
    own = f' text:label="{label}"' if label else ""
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation{own}>{mark}</text:note-citation>'
        f"<text:note-body>{body}</text:note-body></text:note>"
    )


def test_notes_stand_at_their_marks():
    layout = write(odt(p("Benelux", note("1", "Kamerstukken I, N."), " en", note("2", "Tweede", "noot."), ".")))
    assert layout.text == "Benelux en."
    assert [(one.number, one.mark, one.text) for one in layout.footnotes] == [
        (1, 7, "Kamerstukken I, N."),
        (2, 10, "Tweede noot."),
    ]
    assert [(one.kind, one.text.split()) for one in layout.removed] == [
        ("note", ["1", "Kamerstukken", "I,", "N."]),
        ("note", ["2", "Tweede", "noot."]),
    ]


def test_numbers_of_notes():
    body = p(
        note("1", "a"),
        note("i", "b", kind="endnote"),
        note("*", "c", label="*"),
        note("ii", "d", kind="endnote"),
        note("", "e"),
        "x",
    )
    assert [one.number for one in write(odt(body)).footnotes] == [1, 1, 0, 2, 2]


# --- pages -----------------------------------------------------------------------------------------------------------

SOFT = "<text:soft-page-break/>"


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (p("een") + p("twee"), ["een"]),
        (p("een") + SOFT + p("twee"), ["een", "twee"]),
        (p("een ", SOFT, "twee"), ["een", "twee"]),
        (p("een") + p("twee", name="P3"), ["een", "twee"]),
        (p("een", name="P3") + p("twee", name="P3"), ["een", "twee"]),
        (p("een", name="P5") + p("twee"), ["een", "twee"]),
        (p("een", name="P5") + p("twee", name="P3"), ["een", "twee"]),
        (p("een", name="P6") + p("twee", name="P6"), ["een", "twee"]),
        (p("een") + table(("twee",), name="Tabel"), ["een", "twee"]),
        (p("een") + table(("a",), ("b",)).replace("</table:table-row>", "</table:table-row>" + SOFT, 1), ["een", "b"]),
    ],
)
def test_pages(body, pages):
    layout = write(odt(body))
    bounds = [*layout.pages, len(layout.text)]
    assert [layout.text[start:end].split()[0] for start, end in pairwise(bounds)] == pages


def test_a_long_paper_is_read_in_a_moment():
    content = odt("".join(p("Geachte voorzitter, " * 30) for _ in range(500)))
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
words = letters.map(escape)
inline = st.recursive(
    st.one_of(
        words,
        words.map(lambda one: f'<text:span text:style-name="T3">{one}</text:span>'),
        words.map(lambda one: f"<office:annotation><text:p>{one}</text:p></office:annotation>"),
        words.map(lambda one: f"<text:page-number>{one}</text:page-number>"),
        words.map(lambda one: note("1", one)),
        st.sampled_from(["<text:tab/>", "<text:line-break/>", '<text:s text:c="2"/>', SOFT]),
    ),
    lambda one: st.one_of(
        st.lists(one, max_size=3).map(lambda many: f'<text:span text:style-name="T1">{"".join(many)}</text:span>'),
        st.lists(one, max_size=3).map(lambda many: f"<text:a>{''.join(many)}</text:a>"),
        st.lists(one, max_size=2).map(lambda many: box(p(*many))),
    ),
    max_leaves=6,
)
paragraphs = st.one_of(
    st.builds(
        lambda many, name: p(*many, name=name), st.lists(inline, max_size=4), st.sampled_from(["Standard", "P2", "P3"])
    ),
    st.lists(inline, max_size=3).map(lambda many: h("".join(many), 2)),
)
blocks = st.recursive(
    paragraphs,
    lambda one: st.one_of(
        st.lists(st.lists(one, min_size=1, max_size=3), min_size=1, max_size=3).map(lambda rows: table(*rows)),
        st.lists(one, min_size=1, max_size=3).map(lambda many: items(*(item(each) for each in many), more=L1)),
        st.lists(one, max_size=2).map(lambda many: f"<text:section>{''.join(many)}</text:section>"),
    ),
    max_leaves=6,
)


def shown(element, boxes=None):
    """The characters that a reader of the paper sees, found without the reader's code."""
    space, _, name = element.tag.removeprefix("{").partition("}")
    kind = space.removeprefix(ODF).partition(":")[0]
    if name == "annotation" or element.get(f"{{{ODF}text:1.0}}style-name") == "T3":
        return ""
    if kind == "drawing" and boxes is not None:
        boxes.append(element)
        return ""
    inside = [] if name in ("p", "h") else boxes
    pieces = [element.text or ""]
    for child in element:
        pieces += [shown(child, inside), child.tail or ""]
    if name in ("p", "h"):
        pieces += [shown(one) for one in inside]
    return "".join(pieces)


@given(st.lists(blocks, max_size=4))
@settings(max_examples=150, deadline=None)
def test_no_character_is_lost(body):
    masters = f'<style:master-page style:name="Standard"><style:header>{p("Kop")}</style:header></style:master-page>'
    parts = open_document_parts("".join(body), automatic=AUTOMATIC, styles=STYLES + LISTS, masters=masters)
    root = ElementTree.fromstring(parts["content.xml"]).find(f"{{{ODF}office:1.0}}body")
    expected = "Kop" + "".join(shown(root).split())
    try:
        layout = write(packed(parts))
    except UnreadableDocument as error:
        assert "no words" in str(error)
        return
    assert restored(layout) == expected
    inside = "".join(layout.text[one.start : one.end] for one in layout.paragraphs)
    assert "".join(inside.split()) == "".join(layout.text.split())


# --- damaged and hostile files ---------------------------------------------------------------------------------------


def refused(content, match):
    with pytest.raises(UnreadableDocument, match=match) as caught:
        write(content)
    line = str(caught.value)
    assert "\n" not in line
    assert "; " in line
    return line


@pytest.mark.parametrize("body", ["", p(), p(" \u00a0"), "<text:sequence-decls/>"])
def test_a_file_without_words(body):
    refused(odt(body), "no words in this file; remove it")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", odt(p("x"))[:-30]], ids=["empty", "short", "cut"])
def test_no_zip(content):
    refused(content, "damaged or cut off.*; save it again from LibreOffice")


def test_parts_that_are_missing():
    parts = open_document_parts(p("x"))
    refused(packed({name: one for name, one in parts.items() if name != "content.xml"}), r"content.xml\) is missing")
    sheet = {**parts, "content.xml": parts["content.xml"].replace("office:text", "office:spreadsheet")}
    refused(packed(sheet), "text in its main part .* is missing")
    assert write(packed({"content.xml": parts["content.xml"]})).text == "x"


MANIFEST = (
    '<?xml version="1.0"?>{}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml">{}</manifest:file-entry></manifest:manifest>'
)


def test_a_locked_file():
    locked = MANIFEST.format("", "<manifest:encryption-data><manifest:algorithm/></manifest:encryption-data>")
    parts = {**open_document_parts(p("x")), "META-INF/manifest.xml": locked, "content.xml": bytes(range(256))}
    refused(packed(parts), "password; open it with the password")


def test_old_programs_name_a_document_type_in_the_manifest():
    doctype = '<!DOCTYPE manifest:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">'
    parts = {**open_document_parts(p("x")), "META-INF/manifest.xml": MANIFEST.format(doctype, "")}
    assert write(packed(parts)).text == "x"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("part", ["content.xml", "styles.xml"])
def test_a_document_type(doctype, part):
    parts = open_document_parts(p("x"), styles=STYLES)
    parts[part] = doctype + parts[part].replace("x</text:p>", "x&a;</text:p>")
    assert "root:" not in refused(packed(parts), "has a DTD")


def test_a_bomb_is_refused_before_it_is_unpacked():
    refused(packed({**open_document_parts(p("x")), "content.xml": b" " * 20_000_000}), "too large when it is unpacked")


def test_parts_are_bounded_together(monkeypatch):
    monkeypatch.setattr(package, "MOST_XML", 30_000)
    noise = "".join(random.Random(1).choices("abcdefghij", k=20_000))
    assert write(open_document(p(noise))).text == noise
    refused(open_document(p(noise), masters=p(noise)), "too large when it is unpacked")


def test_what_is_repeated_is_read_once():
    assert text(p('a<text:s text:c="2000000000"/>b')) == "a b"


@pytest.mark.parametrize("depth", [150, 255, 20_000])
def test_deep_nesting(depth):
    body = "<text:section>" * depth + p("x") + "</text:section>" * depth
    if depth < 160:
        assert text(body) == "x"
    else:
        refused(odt(body), "nested deeper")


@given(st.integers(0, 10_000), st.integers(1, 40))
@settings(max_examples=150, deadline=None)
def test_a_file_with_broken_bytes_is_read_or_refused(seed, count):
    dice = random.Random(seed)
    method = dice.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
    body = items(item(p("Geachte", note("1", "noot"))), more=L1)
    content = bytearray(packed(open_document_parts(body, styles=STYLES + LISTS), method))
    for _ in range(count):
        content[dice.randrange(len(content))] = dice.randrange(256)
    try:
        layout = write(bytes(content))
    except UnreadableDocument as error:
        assert "\n" not in str(error)
    else:
        assert layout.text
