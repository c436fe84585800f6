import re
import time
from html import escape

import pytest
from bs4 import BeautifulSoup
from bs4.element import Comment, Declaration, Doctype, NavigableString, ProcessingInstruction
from hypothesis import given, settings
from hypothesis import strategies as st

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats.html import write
from raadpleeg.reading.manuscript import restored


def page(body):
    return f"<!DOCTYPE html><html><head><title>niet</title></head><body>{body}</body></html>".encode()


def text(body):
    return write(page(body)).text


def lines(body):
    """The paragraphs of a page, each with the number before it."""
    layout = write(page(body))
    return [(one.number, layout.text[one.start : one.end]) for one in layout.paragraphs]


def flat(body):
    return [words for _, words in lines(body)]


# --- paragraphs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<p>een<p>twee", ["een", "twee"]),
        ("<div>een<div>twee</div>drie</div>", ["een", "twee", "drie"]),
        ("voor<b>zit</b>ter<i>,</i> en", ["voorzitter, en"]),
        ("een\n   twee<span> drie</span>", ["een twee drie"]),
        ("een<br>twee", ["een twee"]),
        ("een<br><br>twee<br> <br/>drie", ["een", "twee", "drie"]),
        ("een<br><b></b><br>twee", ["een", "twee"]),
        ("<br><br>een", ["een"]),
        ("<ul><li>een<li>twee</ul>drie", ["een", "twee", "drie"]),
        ("<dl><dt>term<dd>uitleg</dl>", ["term", "uitleg"]),
        ("<blockquote>citaat</blockquote>na", ["citaat", "na"]),
        ("<pre>regel\ntwee\n \ndrie</pre>", ["regel twee", "drie"]),
        ("een<hr>twee", ["een", "twee"]),
        ("<figure><img alt=niet><figcaption>bij</figcaption></figure>", ["bij"]),
        ("<b>vet<p>nog</b>niet</p>na", ["vet", "nogniet", "na"]),
        ("&euml;&#235;&nbsp;&lt;b&gt; &amp;amp; AT&T", ["ëë <b> &amp; AT&T"]),
        ("een<o:p>&nbsp;</o:p>twee", ["een twee"]),
        ("een<wbr>twee", ["eentwee"]),
        ("een</body></html><p>twee", ["een", "twee"]),
    ],
)
def test_blocks_part_paragraphs_and_the_rest_does_not(body, paragraphs):
    assert flat(body) == paragraphs


def test_what_is_between_tags_without_a_body():
    assert write(b"<h1>Brief</h1>De minister").text == "Brief\n\nDe minister"


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("<h1>x</h1>", 1),
        ("<h6><span>x</span></h6>", 6),
        ('<div role="heading" aria-level="3">x</div>', 3),
        ("<p class=MsoTitle>x</p>", 1),
        ("<p><b>x</b></p>", None),
        ("<li>x", None),
        ("<blockquote><p>x</blockquote>", 0),
        ("<table><tr><td>x</table>", 0),
    ],
)
def test_headings(body, heading):
    (one,) = write(page(body)).paragraphs
    assert one.heading == heading


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<b>x</b>", "bold"),
        ("<strong><i>x</i></strong>", "bold"),
        ("<em>x</em>", "italic"),
        ("<b>x</b>y", ""),
        ("<span style='font-weight: 700'>x</span>", "bold"),
        ("<b style='font-weight:normal'>x</b>", ""),
        ("<span style='font-style:italic'>x</span>", "italic"),
    ],
)
def test_letters(body, style):
    assert write(page(f"<p>{body}</p>")).paragraphs[0].style == style


def test_there_is_one_page():
    assert write(page("<p>een<p style='page-break-before:always'>twee")).pages == (0,)


# --- what is not words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>weg</script>",
        "<style>weg</style>",
        "<!-- weg -->",
        "<![if !weg]><![endif]>",
        "<?weg weg?>",
        "<template>weg</template>",
        "<noscript>weg</noscript>",
        "<svg><text>weg</text></svg>",
        "<p hidden>weg</p>",
        "<span style='display: none'>weg</span>",
        "<div style='mso-hide:all'>weg</div>",
        "<dialog>weg</dialog>",
        "<iframe>weg</iframe>",
        "<math><semantics><annotation>weg</annotation></semantics></math>",
    ],
)
def test_what_is_not_shown_is_nowhere(hidden):
    layout = write(page(f"<div>een {hidden} twee</div>"))
    assert layout.text.split() == ["een", "twee"]
    assert layout.removed == ()


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav>Home</nav>",
        "<header><a href='/'>Home</a><h1>Site</h1></header>",
        "<header>Home</header>",
        "<footer>Home</footer>",
        "<div role=navigation>Home</div>",
        "<button>Home</button>",
    ],
)
def test_what_belongs_to_the_site_is_kept_apart(furniture):
    layout = write(page(f"<p>een</p>{furniture}<p>twee</p>"))
    assert layout.text == "een\n\ntwee"
    assert [(one.kind, one.at) for one in layout.removed] == [("head", 3)]
    assert "Home" in layout.removed[0].text


def test_where_a_page_says_what_it_is_about_the_rest_belongs_to_the_site():
    site = (
        "<div>Kruimelpad<div>Zoeken <main><p>een<a href=#a><sup>1</sup></a></main>los</div></div><p>Delen<p id=a>1 Noot"
    )
    layout = write(page(site))
    assert layout.text == "een"
    assert [(one.kind, one.text.strip()) for one in layout.removed if one.kind == "head"] == [
        ("head", "Kruimelpad"), ("head", "Zoeken"), ("head", "los"), ("head", "Delen"),
    ]  # fmt: skip
    assert [one.text for one in layout.footnotes] == ["Noot"]
    # What says so wrongly is not believed.
    assert text("<main> </main><p>een") == "een"
    assert text("<main>een</main><main>twee</main><p>drie") == "een\n\ntwee\n\ndrie"
    assert text("<header><h1>Brief</h1></header><main>een</main>") == "Brief\n\neen"


@pytest.mark.parametrize(
    "own",
    [
        "<header id='title-block-header'><h1 class='title'>Brief</h1></header>",
        "<section><header><h1>Brief</h1><a href='x'></a></header></section>",
        "<article><footer>Brief</footer></article>",
    ],
)
def test_the_head_of_the_paper_itself_is_words(own):
    assert text(f"{own}<p>een</p>") == "Brief\n\neen"


def test_signs_that_nobody_sees_are_kept_apart():
    layout = write(page("Bene&shy;lux&#8203;unie \uf0b7punt"))
    assert layout.text == "Beneluxunie punt"
    assert [(one.kind, one.text) for one in layout.removed] == [
        ("hyphen", "\u00ad"),
        ("hyphen", "\u200b"),
        ("bullet", "\uf0b7"),
    ]


def test_the_publisher_s_name_of_the_paper():
    head = '<meta name="DCTERMS.identifier" content="{}"><p>x'
    assert write(head.format("kst-36450-6").encode()).publication == "kst-36450-6"
    assert write(head.format("https://example.nl/x").encode()).publication is None


# --- tables and lists ------------------------------------------------------------------------------------------------


def test_rows_and_cells():
    body = (
        "<p>Voor<table><caption>Cijfers</caption><thead><tr><th>Jaar<th>Bedrag<tbody>"
        "<tr><td>2025<td><p>€ 5</p><p>meer</p><tr><td>a<td><td>c<tr><td colspan=2>breed</table>Na"
    )
    layout = write(page(body))
    assert layout.text == "Voor\n\nCijfers\n\nJaar\tBedrag\n2025\t€ 5 meer\na\t\tc\nbreed\n\nNa"
    assert [one.heading for one in layout.paragraphs] == [None, 0, 0, 0, 0, 0, None]


def test_an_empty_row_does_not_tie_the_table_to_the_text_before_it():
    assert (
        text("<p>Voor<table><tr><td><td><tr><td>a<td>b<tr hidden><td>weg<tr><td>c<td>d</table>") == "Voor\n\na\tb\nc\td"
    )


def test_tables_that_only_place_text():
    letter = "".join(f"<p>alinea {n}" for n in range(9))
    assert flat(f"<table><tr><td>Datum<td>{letter}</table>") == ["Datum", *(f"alinea {n}" for n in range(9))]
    assert flat("<table><tr><td><h2>Kop</h2><p>een</table>") == ["Kop", "een"]
    assert text("<table><tr><td>een<table><tr><td>a<td>b<tr><td>c<td>d</table>twee<td>drie</table>") == (
        "een\n\na\tb\nc\td\n\ntwee\n\ndrie"
    )


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("<ol><li>x<li>x</ol>", ["1.", "2."]),
        ("<ol start=4><li>x<li value=9>x<li>x</ol>", ["4.", "9.", "10."]),
        ("<ol start=x><li>x</ol>", ["1."]),
        ("<ol reversed><li>x<li>x</ol>", ["2.", "1."]),
        ("<ol type=a start=26><li>x<li>x</ol>", ["z.", "aa."]),
        ("<ol type=I><li>x<li type=a>x</ol>", ["I.", "b."]),
        ("<ol style='list-style-type: lower-roman'><li>x<li style='list-style:none'>x</ol>", ["i.", ""]),
        ("<ol><li><p>x</p><p>x</p><li><div><div>x</div></div></ol>", ["1.", "", "2."]),
        ("<ol><li>x<ul><li>x</ul><ol type=a><li>x</ol><li>x</ol>", ["1.", "", "a.", "2."]),
        ("<ol><li></li><li>x</ol>x", ["2.", ""]),
        ("<ul><li>x</ul>", [""]),
        ("<li>x", [""]),
    ],
)
def test_numbers_of_items(body, numbers):
    assert [number for number, _ in lines(body)] == numbers


# --- notes -----------------------------------------------------------------------------------------------------------

PUBLISHER = """
<p>«Veel»?<a class="nootnum supernote-click-ID-1" href="#ID-1">1</a> <a class="nootnum" href="#ID-2">2</a></p>
<div id="noten"><hr/>
<div class="voet noot notedefault" id="supernote-note-ID-1"><h5 class="note-close"><a class="note-close"
 href="#close-ID-1">X</a> Noot</h5><sup><span class="nootnum"><a id="ID-1" name="ID-1"></a>1</span></sup>
 <p>Trouw, <a href="http://x.nl">http://x.nl</a></p></div>
<div class="voet noot notedefault" id="supernote-note-ID-2"><h5 class="note-close"><a class="note-close"
 href="#close-ID-2">X</a> Noot</h5><sup><span class="nootnum"><a id="ID-2" name="ID-2"></a>2</span></sup>
 <p>VOG: verklaring</p></div></div>"""
WORD = """
<div class=WordSection1><p class=MsoNormal>«Veel»?<a href="#_ftn1" name="_ftnref1" title=""><span
class=MsoFootnoteReference><span style='font-size:12.0pt'>[1]</span></span></a> <a href="#_ftn2" name="_ftnref2"><span
class=MsoFootnoteReference>[2]</span></a></p></div>
<div><br clear=all><hr align=left size=1 width="33%"><div id=ftn1><p class=MsoFootnoteText><a href="#_ftnref1"
name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> Trouw,</p><p class=MsoFootnoteText><a
href="http://x.nl">http://x.nl</a></p></div><div id=ftn2><p class=MsoFootnoteText><a href="#_ftnref2" name="_ftn2"><span
class=MsoFootnoteReference>[2]</span></a> VOG: verklaring</p></div></div>"""
PANDOC = """
<p>«Veel»?<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> <a href="#fn2"
class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a></p>
<aside id="footnotes" class="footnotes" role="doc-endnotes"><hr/><ol>
<li id="fn1"><p>Trouw, <a href="http://x.nl">http://x.nl</a><a href="#fnref1" class="footnote-back">↩︎</a></p></li>
<li id="fn2"><p>VOG: verklaring<a href="#fnref2" class="footnote-back">↩︎</a></p></li></ol></aside>"""
MAMMOTH = """
<p>«Veel»?<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup> <sup><a href="#footnote-2"
id="footnote-ref-2">[2]</a></sup></p><ol><li id="footnote-1"><p> Trouw, http://x.nl <a
href="#footnote-ref-1">↑</a></p></li><li id="footnote-2"><p> VOG: verklaring <a
href="#footnote-ref-2">↑</a></p></li></ol>"""
LIBREOFFICE = """
<p>«Veel»?<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> <a class="sdendnoteanc"
name="sdendnote1anc" href="#sdendnote1sym"><sup>ii</sup></a></p><div id="sdfootnote1"><p class="sdfootnote"><a
class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Trouw, http://x.nl</p></div><div
id="sdendnote1"><p class="sdendnote"><a class="sdendnotesym" name="sdendnote1sym" href="#sdendnote1anc">ii</a>VOG:
verklaring</p></div>"""
WIKI = """
<p>«Veel»?<sup id="cite_ref-1" class="reference"><a href="#cite_note-1"><span>[</span>1<span>]</span></a></sup> <sup
id="cite_ref-2"><a href="#cite_note-2">[2]</a></sup></p><ol class="references"><li id="cite_note-1"><span
class="mw-cite-backlink"><b><a href="#cite_ref-1">^</a></b></span> <span class="reference-text">Trouw,
http://x.nl</span></li><li id="cite_note-2"><a href="#cite_ref-2">^</a> VOG: verklaring</li></ol>"""
PLAIN = """
<p>«Veel»?<sup>[<a href="#n1">1</a>]</sup> <sup><a href="brief.htm#n2">2</a></sup></p><footer><table><tr><td><a
name="n1"></a>1</td><td>Trouw, http://x.nl</td></tr></table><p id=n2>2. VOG: verklaring</p></footer>"""
TERMS = """
<p>«Veel»?<sup><a href="#n1">1</a></sup> <sup><a href="#n2">2</a></sup></p><dl><dt id=n1>1<dd>Trouw, http://x.nl<dt
id=n2>2<dd>VOG: verklaring</dl>"""


@pytest.mark.parametrize(
    "body",
    [PUBLISHER, WORD, PANDOC, MAMMOTH, LIBREOFFICE, WIKI, PLAIN, TERMS],
    ids="publisher word pandoc mammoth libreoffice wiki plain terms".split(),
)
def test_notes_of_many_makers(body):
    layout = write(page(body + "<p>Slot</p>"))
    assert layout.text == "«Veel»?\n\nSlot"
    assert [(one.number, one.mark, one.text) for one in layout.footnotes] == [
        (1, 7, "Trouw, http://x.nl"),
        (2, 7, "VOG: verklaring"),
    ]
    first, second = (one for one in layout.removed if one.kind == "note")
    assert "Trouw" in first.text
    assert "VOG" in second.text


def test_several_marks_in_one_raise():
    layout = write(page("<p>een<sup><a href=#a>1</a>, <a href=#b>2</a></sup>.<p id=a>1 Noot<p id=b>2 Slot"))
    assert layout.text == "een."
    assert [(one.number, one.text) for one in layout.footnotes] == [(1, "Noot"), (2, "Slot")]


def test_a_second_mark_of_a_note():
    layout = write(page("<p>een<sup><a href=#a>1</a></sup> twee<sup><a href=#a>1</a></sup><p id=a>1 Noot"))
    assert layout.text == "een twee"
    assert [(one.kind, one.text) for one in layout.removed][1:] == [("mark", "1")]
    assert len(layout.footnotes) == 1


def test_a_note_that_begins_with_a_number_of_its_own():
    listed = '<ol><li id=a>1 januari <a href="#r">↩</a></ol>'
    (one,) = write(page(f'<p>een<a id=r href="#a"><sup>1</sup></a>{listed}')).footnotes
    assert one.text == "1 januari"


def test_the_words_of_a_note_that_lead_back_are_words():
    body = '<p>een<a id=r href="#a"><sup>1</sup></a><p id=a>1 Zie <a href="#r">hierboven</a>.<span hidden>weg</span>'
    (one,) = write(page(body)).footnotes
    assert one.text == "Zie hierboven."


def test_a_sign_is_a_mark_without_number():
    (one,) = write(page("<p>een<sup><a href=#a>*</a></sup><p id=a>* Noot")).footnotes
    assert (one.number, one.text) == (0, "Noot")


@pytest.mark.parametrize(
    "body",
    [
        # no target
        "<p>een<sup><a href=#a>1</a></sup><p>1 Noot",
        # a number that is no link
        "<p>een<sup>1</sup><p id=a>1 Noot",
        # other words at the target
        "<p>een<sup><a href=#a>1</a></sup><p id=a>Noot",
        # neither raised nor led back from
        "<p>Ga naar <a href=#a>1</a><p id=a>1 Noot",
        # a heading
        "<p><sup><a href=#a>1</a></sup><h2 id=a>1 Inleiding</h2>",
        # a part of the paper
        "<p><sup><a href=#a>1</a></sup><div id=a>1<h2>Inleiding</h2>Tekst</div>",
        # several in one paragraph
        "<p><sup><a href=#a>1</a> <a href=#b>2</a></sup><p><a id=a></a>1 Noot<br><a id=b></a>2 Slot",
        # before the mark
        "<p id=a>1 Noot<p>een<sup><a href=#a>1</a></sup>",
        # around the mark
        "<div id=a>1 Noot <p>een<sup><a href=#a>1</a></sup></div>",
    ],
)
def test_in_doubt_the_words_stay(body):
    layout = write(page(body))
    assert layout.footnotes == ()
    assert layout.removed == ()
    assert "".join(layout.text.split()) == "".join(BeautifulSoup(body, "html.parser").get_text().split())


def test_marks_in_what_belongs_to_the_site_do_not_count():
    body = "<nav>een<sup><a href=#a>1</a></sup></nav><p>twee<sup><a href=#a>1</a></sup><p id=a>1 Noot"
    layout = write(page(body))
    assert layout.text == "twee"
    assert [one.kind for one in layout.removed] == ["head", "note"]


# --- encodings -------------------------------------------------------------------------------------------------------

DUTCH = "<p>Financiën – “kabinet” € 5"
TOLD = "Financiën – “kabinet” € 5"


@pytest.mark.parametrize(
    "content",
    [
        DUTCH.encode(),
        DUTCH.encode("utf-8-sig"),
        DUTCH.encode("utf-16"),
        b"\xfe\xff" + DUTCH.encode("utf-16-be"),
        DUTCH.encode("utf-16-le"),
        DUTCH.encode("cp1252"),
        ("<meta charset=windows-1252>" + DUTCH).encode("cp1252"),
        ('<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1">' + DUTCH).encode("cp1252"),
        ('<meta charset="iso-8859-1">' + DUTCH).encode("utf-8-sig"),
        ("<meta charset=utf-16>" + DUTCH).encode(),
        # saved again, with what it said before
        ("<meta charset=windows-1252>" + DUTCH).encode(),
        ("<meta charset=utf-8>" + DUTCH).encode("cp1252"),
        ("<meta charset=geen>" + DUTCH).encode("cp1252"),
        ('<?xml version="1.0" encoding="utf-8"?>' + DUTCH).encode(),
    ],
)
def test_encodings(content):
    assert write(content).text == TOLD


def test_encodings_that_a_page_alone_can_tell():
    for start in ('<?xml version="1.0" encoding="iso-8859-15"?>', "<meta charset=iso-8859-15>"):
        assert write((start + "<p>€ 5").encode("iso-8859-15")).text == "€ 5"
    assert write(("<meta charset=windows-1250>" + "<p>Łódź").encode("cp1250")).text == "Łódź"


def test_one_broken_character_does_not_spoil_the_rest():
    assert write("<p>Financiën één".encode() + b"\xff").text == "Financiën één\ufffd"


def test_a_stray_control_character_is_left_out():
    assert write("<p>Financiën \x01kabinet ".encode() + b"woord " * 50).text.startswith("Financiën kabinet woord")


def test_xhtml_closes_its_elements_itself():
    head = '<?xml version="1.0"?><html xmlns="x"><head><script src="a"/><title/></head>'
    assert write(f'{head}<body><a id="b"/><p>een<br/>twee</p></body></html>'.encode()).text == "een twee"


# --- nothing is lost -------------------------------------------------------------------------------------------------

letters = st.text(
    st.one_of(
        st.sampled_from("ab é€-\u00ad\uf0b7 \u00a0\u200b<>&"),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]),
    ),
    max_size=8,
)
leaf = st.one_of(
    letters.map(escape),
    letters.map(escape),
    st.sampled_from(["<br>", "<hr>", "<script>weg</script>", "<!-- weg -->", "<style>weg</style>", "<img alt=weg>"]),
    letters.map(lambda one: f"<nav>{escape(one)}</nav>"),
    letters.map(lambda one: f"<pre>{escape(one)}\n\n{escape(one)}</pre>"),
    st.sampled_from(["<p>", "</p>", "</div>", "<li>", "</b>", "<tr>", "<td>", "</table>", "<dd>"]),
    st.just("{note}"),
)
TAGS = "p div b i span h2 ul ol li table tr td th dl dt dd blockquote section sup a center font article em".split()
tree = st.recursive(
    leaf,
    lambda one: st.builds(
        lambda tag, many: f"<{tag}>{''.join(many)}</{tag}>", st.sampled_from(TAGS), st.lists(one, max_size=4)
    ),
    max_leaves=25,
)


def seen(soup):
    """The characters of a page, notes at their marks, found with another parser and without the reader's code."""
    notes = {one["id"]: one.extract() for one in soup.find_all(id=re.compile("^fn"))}
    for mark in soup.find_all("a", class_="footnote-ref"):
        mark.append(notes[mark["href"][1:]])
    dropped = Comment | Doctype | Declaration | ProcessingInstruction
    strings = (one for one in soup.descendants if isinstance(one, NavigableString) and not isinstance(one, dropped))
    return "".join("".join(one for one in strings if one.parent.name not in ("script", "style", "title")).split())


@given(st.lists(tree, max_size=4), letters)
@settings(max_examples=300, deadline=None)
def test_no_character_is_lost(many, words):
    pieces = "".join(many).split("{note}")
    marks = [f'<a class="footnote-ref" id="r{n}" href="#fn{n}"><sup>{n}</sup></a>' for n in range(1, len(pieces))]
    body = "".join(one for pair in zip(pieces, [*marks, ""], strict=True) for one in pair)
    notes = "".join(f'<div id="fn{n}">{n} {escape(words)}<a href="#r{n}">↩</a></div>' for n in range(1, len(pieces)))
    content = page(f"<main>begin {body}</main>{notes}")
    layout = write(content)
    assert len(layout.footnotes) == len(marks)
    assert restored(layout) == seen(BeautifulSoup(content.decode(), "html.parser"))
    inside = "".join(layout.text[one.start : one.end] for one in layout.paragraphs)
    assert "".join(inside.split()) == "".join(layout.text.split())


@given(
    st.lists(
        st.one_of(leaf, st.sampled_from(["<", "&", "&#", "<!", "<p ", '="', "'>", "]]>", "</", "<?"])), max_size=30
    )
)
@settings(max_examples=300, deadline=None)
def test_any_mark_up_is_read(pieces):
    layout = write(page("<p>begin</p>" + "".join(pieces)))
    assert layout.text.startswith("begin")


# --- damaged and hostile pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"<html></html>", page(""), page("<p>&nbsp;<img alt=x><script>x</script>")])
def test_a_page_without_words(content):
    with pytest.raises(UnreadableDocument, match="no words in this file; remove it"):
        write(content)


@pytest.mark.parametrize("content", [bytes(range(256)), b"<p>\x00\x01\x02\x03", b"%PDF-1.7\x00\x01"])
def test_no_text(content):
    with pytest.raises(UnreadableDocument, match=r"no text.*; save it again"):
        write(content)


@pytest.mark.parametrize("tag", ["div", "b", "font", "table><tr><td"])
def test_deep_nesting(tag):
    assert text(f"begin{f'<{tag}>' * 5_000}diep").split() in (["begin", "diep"], ["begindiep"])
    with pytest.raises(UnreadableDocument, match=r"nested deeper.*; save it again"):
        text(f"begin{f'<{tag}>' * 100_000}diep")


NOTES = "".join(f"<li id=n{n}>1 x" for n in range(3_000))


@pytest.mark.parametrize(
    "body",
    [
        "<p " + "".join(f"a{n} " for n in range(100_000)) + ">x",
        "<p>x" + "<!--" * 100_000,
        "<p>x" + "&amp;&#x41;&nosuch;" * 50_000,
        "<p>" + "<sup><a href='#n'>1</a></sup>" * 5_000 + "<p id=n>2 " + "woord " * 5_000,
        "<font>" + "<a href='#n'>1</a>" * 5_000 + "<p id=n>1 x",
        "x" + "".join(f"<sup><a href='#n{n}'>1</a></sup>" for n in range(3_000)) + "<ol>" + NOTES,
        "<ol>" + "<li value=1>x" * 30_000,
    ],
    ids=["attributes", "comments", "references", "one target", "one line", "notes", "items"],
)  # fmt: skip
def test_pages_made_to_take_long(body):
    begun = time.process_time()
    assert text(body)
    assert time.process_time() - begun < 20


def test_too_many_elements(monkeypatch):
    monkeypatch.setattr("raadpleeg.reading.formats.html.MOST_ELEMENTS", 100)
    assert text("<p>x" * 50)
    with pytest.raises(UnreadableDocument, match="more than 100 elements; split it"):
        text("<p>x" * 101)


def test_a_long_paper_is_read_in_a_moment():
    content = page("".join(f"<p>Alinea {n}: " + "geachte <b>voorzitter</b>, " * 20 for n in range(500)))
    begun = time.process_time()
    assert len(write(content).paragraphs) == 500
    assert time.process_time() - begun < 3
