"""Official XML, on papers of the same build as the publisher's, and on what the publisher would never send."""

import codecs
import re
import time
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.errors import UnreadableDocument
from raadpleeg.reading.formats.publication import DEEPEST, MOST_MARKS, write
from raadpleeg.reading.manuscript import restored

PAPERS = sorted((Path(__file__).parent / "papers").glob("publication-*.xml"))


def paper(name):
    return write((Path(__file__).parent / "papers" / f"publication-{name}.xml").read_bytes())


def body(xml):
    return write(f"<officiele-publicatie>{xml}</officiele-publicatie>".encode())


def lines(layout):
    return [layout.text[one.start : one.end] for one in layout.paragraphs]


def headings(layout):
    return [(one.heading, layout.text[one.start : one.end]) for one in layout.paragraphs if one.heading]


def units(layout, *kinds):
    return [one for one in layout.regions if not kinds or one.kind in kinds]


def labels(layout, *kinds):
    return [one.label for one in units(layout, *kinds)]


def unit(layout, label):
    return next(one for one in layout.regions if one.label == label)


def words(layout, label):
    found = unit(layout, label)
    return layout.text[found.start : found.end]


def squeezed(text):
    return "".join(text.split())


def holds(layout, content):
    """Everything that is true of every paper: nothing lost, and every position is one of the text."""
    assert restored(layout) == squeezed("".join(ET.fromstring(content).itertext()))
    ends = [0]
    for one in layout.paragraphs:
        assert one.start < one.end
        assert layout.text[ends[-1] : one.start].strip() == ""
        ends.append(one.end)
    assert layout.text[ends[-1] :].strip() == ""
    starts = {one.start for one in layout.paragraphs}
    for region in layout.regions:
        assert region.start in starts
        assert region.end in ends
    for before, after in pairwise(layout.regions):
        assert before.start <= after.start
        assert after.end <= before.end or after.start >= before.end
    for note in layout.footnotes:
        assert 0 <= (note.mark or 0) <= len(layout.text)
        assert note.text == " ".join(note.text.split())
    assert [one.at for one in layout.removed] == sorted(one.at for one in layout.removed)


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_no_character_is_lost(path):
    content = path.read_bytes()
    holds(write(content), content)


# --- the head --------------------------------------------------------------------------------------------------------


def test_a_paper_begins_as_its_reader_sees_it():
    assert lines(paper("bill"))[:5] == [
        "Tweede Kamer der Staten-Generaal",
        "Vergaderjaar 2029-2030",
        "39 990 VII Regels over het bewaren van bruggen (Bruggenwet)",
        "Nr. 2 VOORSTEL VAN WET",
        "Ontvangen 5 november 2029",
    ]


def test_codes_for_machines_are_no_text():
    layout = paper("bill")
    assert [(one.kind, one.text) for one in layout.removed][:2] == [("head", "2"), ("head", "Kamerstukken")]
    assert "Aanhangsel van de Handelingen" in lines(paper("questions"))


def test_a_paper_of_two_dossiers_names_both():
    assert lines(paper("letter"))[1:4] == [
        "39 990 Bruggenwet",
        "39 991 Dijkenwet",
        "AB VERSLAG VAN EEN SCHRIFTELIJK OVERLEG",
    ]


@pytest.mark.parametrize(
    ("meta", "identifier"),
    [
        (
            '<meta name="OVERHEIDop.externMetadataRecord" content="https://zoek.example.nl/kst-35786-7/metadata.xml"/>',
            "kst-35786-7",
        ),
        ('<meta name="DC.identifier" content="h-tk-20172018-61-10"/>', "h-tk-20172018-61-10"),
        ('<meta name="DCTERMS.identifier" content="kst-36600-VII-AB"/>', "kst-36600-VII-AB"),
        ('<meta name="OVERHEIDop.publicatieIdentifier" content="blg-1184123"/>', "blg-1184123"),
        ('<meta name="OVERHEIDop.bijlage" content="blg-1"/><meta name="DC.identifier" content="stb-2-8"/>', "stb-2-8"),
        ('<meta name="OVERHEIDop.bijlage" content="blg-1184123"/>', None),
        ('<meta name="DC.identifier" content="Een titel"/>', None),
        ('<meta name="DC.identifier" content="zonder-cijfer"/>', None),
        ("", None),
    ],
)  # fmt: skip
def test_the_publisher_s_identifier(meta, identifier):
    layout = body(f"<metadata>{meta}uit het register</metadata><al>Tekst.</al>")
    assert layout.publication == identifier
    assert layout.text == "Tekst."
    assert [(one.kind, one.text) for one in layout.removed] == [("head", "uit het register")]


# --- paragraphs ------------------------------------------------------------------------------------------------------


def test_headings_stand_as_deep_as_the_parts_they_head():
    assert headings(paper("bill")) == [
        (1, "Hoofdstuk 1 Begrippen"),
        (2, "Artikel 1 Begrippen"),
        (2, "Artikel 2a"),
        (1, "Hoofdstuk 2 Wijzigingen"),
        (2, "Artikel 3"),
        (3, "Artikel 4a"),
    ]
    assert headings(paper("letter")) == [
        (1, "Gewicht"),
        (3, "Per deel"),
        (1, "1. Kosten"),
        (2, "1.1 Hout"),
        (3, "Eik"),
        (3, "Kader"),
        (1, "Bijlage 1 Adressen"),
    ]


@pytest.mark.parametrize(
    ("look", "level"), [("vet", 1), ("halfvet", 1), ("vetcur", 2), ("cur", 3), ("rom", 4), ("ondlijn", 4), (None, 1)]
)
def test_a_heading_between_is_as_high_as_it_looks(look, level):
    attribute = f' kopopmaak="{look}"' if look else ""
    assert headings(body(f"<tekst><tussenkop{attribute}>Kop</tussenkop><al>Tekst.</al></tekst>")) == [(level, "Kop")]


def test_a_paragraph_all_in_bold_may_be_a_heading_and_others_are_none():
    layout = body('<al><nadruk type="vet">Kop</nadruk></al><al><nadruk type="vet">Vet</nadruk> en niet.</al>')
    assert [(one.heading, one.style) for one in layout.paragraphs] == [(None, "bold"), (0, "")]


@pytest.mark.parametrize(
    ("kind", "style"), [("vet", "bold"), ("cur", "italic"), ("vetcur", "bold"), ("ondlijn", ""), (None, "")]
)
def test_styles(kind, style):
    attribute = f' type="{kind}"' if kind else ""
    (one,) = body(f"<al><nadruk{attribute}>Woorden</nadruk></al>").paragraphs
    assert one.style == style


def test_numbers_lead_the_paragraph_they_number():
    found = lines(paper("bill"))
    begin = found.index("Artikel 2a")
    assert found[begin + 1 : begin + 8] == [
        "1. Onze Minister bewaart:",
        "a. stenen bruggen;",
        "b. houten bruggen, te weten:",
        "1°. vaste; en",
        "2°. bewegende.",
        "2. Een brug blijft.",
        "Ook een kleine.",
    ]
    assert "a. brug: een weg over water;" in found
    assert "A Na artikel 4 wordt ingevoegd:" in found


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<li><li.nr/><al>x</al></li><al>y</al>", ["x", "y"]),
        ("<al>w</al><li><li.nr> </li.nr><al>x</al></li>", ["w", "x"]),
        ("<li><li.nr>a.</li.nr></li><al>y</al>", ["a.", "y"]),
        ("<li><li.nr>a.</li.nr>x</li>", ["a.x"]),
        ("<li><li.nr>a.</li.nr> x <al>z</al></li>", ["a. x", "z"]),
        ("<li><li.nr>1.</li.nr><lijst><li><li.nr>a.</li.nr><al>x</al></li></lijst></li>", ["1. a. x"]),
        ("<lid><lidnr>1</lidnr><tussenkop>Kop</tussenkop><al>x</al></lid>", ["1", "Kop", "x"]),
        ("<lid><lidnr>1</lidnr><al-groep><al>x</al><al>y</al></al-groep></lid>", ["1 x", "y"]),
    ],
)
def test_a_number_never_reaches_into_a_paragraph_that_is_not_its_own(xml, expected):
    assert lines(body(xml)) == expected


def test_words_of_a_line_are_parted_only_where_they_are_words():
    layout = paper("letter")
    assert "Hoe zwaar is de UI-serverbrug, vraagt de Kamer." in lines(layout)
    assert "b. peil: NAP, in m1 H2O." in lines(paper("bill"))
    question = next(line for line in lines(paper("questions")) if line.startswith("Vragen van"))
    assert question == (
        "Vragen van het lid Bakker (XYZ) aan de Minister van Bruggen over de brug te Zuid (ingezonden 1 oktober 2029)."
    )
    assert lines(body("<al>Aan mr.<naam><voornaam>J.</voornaam><achternaam>Smit</achternaam></naam>.</al>")) == [
        "Aan mr. J. Smit."
    ]
    assert lines(body("<al>regel<br/>einde</al>")) == ["regel einde"]


def test_offices_and_names_under_a_paper_have_lines_of_their_own():
    assert lines(paper("bill"))[-5:] == [
        "Gegeven",
        "De Minister van Bruggen,",
        "J. de Vries",
        "De Minister voor Water,",
        "P. Jansen",
    ]
    assert lines(paper("letter"))[-4:] == ["De voorzitter van de commissie,", "Smit", "De griffier,", "Mulder"]
    gazette = body(
        "<wetsluiting><gegeven><dagtekening><plaats>Wassenaar,</plaats>\n<datum>9 maart 2018</datum></dagtekening>"
        "<koning>De Koning</koning></gegeven></wetsluiting>"
    )
    assert lines(gazette) == ["Wassenaar, 9 maart 2018", "De Koning"]


def test_what_is_unknown_is_a_part_of_its_line_or_a_paragraph():
    found = lines(paper("letter"))
    assert {"Geen woord weg.", "Eén", "Twee", "Citaat.", "Een brug"} <= set(found)
    assert lines(body("<al>voor <raar><al>midden</al></raar> na</al>")) == ["voor", "midden", "na"]
    assert lines(body("<al><raar>H</raar><raar>O</raar></al>")) == ["HO"]


def test_a_picture_breaks_no_line():
    assert lines(body('<al>voor <plaatje><illustratie naam="x.png"/></plaatje>na</al>')) == ["voor na"]
    caption = "<plaatje><bijschrift>Een brug</bijschrift></plaatje>"
    assert lines(body(f"<al>voor{caption}na</al>")) == ["voor", "Een brug", "na"]


def test_names_may_have_a_prefix():
    content = (
        b'<op:officiele-publicatie xmlns:op="urn:x"><op:al>een</op:al><op:al>twee</op:al></op:officiele-publicatie>'
    )
    assert lines(write(content)) == ["een", "twee"]


# --- tables and notes ------------------------------------------------------------------------------------------------


def test_a_row_is_one_line_of_cells():
    assert (
        "Tabel 1: gewicht\n\nDeel\tGewicht in ton\nVal\t\t12\nklein\ta. een b. twee\n\nNa de tabel:"
        in paper("letter").text
    )


def test_tables_of_the_web_s_kind():
    layout = body("<table><caption>T</caption><tr><th>a</th><th>b</th></tr><tr><td> 1 </td><td>2 3</td></tr></table>")
    assert layout.text == "T\n\na\tb\n1\t2 3"


def test_two_tables_are_two():
    row = "<row><entry>a</entry><entry>b</entry></row>"
    table = f"<table><tgroup><tbody>{row}</tbody></tgroup></table>"
    assert body(f"{table}{table}").text == "a\tb\n\na\tb"


def test_a_table_in_a_cell_stays_in_its_row():
    layout = body("<table><row><entry><table><row><entry>a</entry><entry>b</entry></row></table></entry></row></table>")
    assert layout.text == "a b"


def test_footnotes_are_taken_out_where_they_stand():
    layout = paper("letter")
    first, second = layout.footnotes
    assert (first.number, first.text) == (0, "Gewogen door RWS. Op een dinsdag.")
    assert layout.text[: first.mark].endswith("UI-serverbrug")
    assert layout.text[first.mark :].startswith(", vraagt")
    assert (second.number, second.text) == (2, "Afgerond.")
    assert layout.text[: second.mark].endswith("Gewicht in ton")
    assert "Afgerond" not in layout.text


@pytest.mark.parametrize(
    ("mark", "number"), [("1", 1), ("12)", 12), ("(3)", 3), ("4.", 4), ("*", 0), ("a", 0), ("", 0), ("1a", 0)]
)
def test_a_mark_that_is_no_number(mark, number):
    (note,) = body(f"<al>x<noot><noot.nr>{mark}</noot.nr><noot.al>De noot.</noot.al></noot></al>").footnotes
    assert (note.number, note.text) == (number, "De noot.")


def test_a_note_without_words_is_none():
    assert body("<al>x<noot><noot.nr/> </noot></al>").footnotes == ()


def test_a_note_in_a_note_is_lost_to_neither():
    content = b"<al>x<noot><noot>y</noot></noot> z<noot>a<noot>b</noot>c</noot></al>"
    holds(write(content), content)


def test_a_note_in_a_heading_is_no_part_of_its_label():
    note = "<noot><noot.nr>1</noot.nr><noot.al>Noot.</noot.al></noot>"
    layout = body(f"<divisie><kop><titel>Kop{note}</titel></kop><al>x</al></divisie>")
    assert labels(layout) == ["Kop"]
    assert layout.footnotes[0].mark == 3


def test_a_second_mark_of_a_note_is_no_text():
    layout = body('<al>x<nootref refid="a">1</nootref> y</al>')
    assert layout.text == "x y"
    assert [(one.kind, one.text) for one in layout.removed] == [("mark", "1")]


# --- units -----------------------------------------------------------------------------------------------------------


def test_speeches_are_their_speakers():
    layout = paper("debate")
    assert [(one.label, one.speaker) for one in units(layout, "speech")] == [
        ("De voorzitter", "De voorzitter"),
        ("Mevrouw Bakker (XYZ)", "Mevrouw Bakker (XYZ)"),
        ("De voorzitter", "De voorzitter"),
        ("De voorzitter", "De voorzitter"),
        ("De voorzitter", "De voorzitter"),
        ("Minister De Vries", "Minister De Vries"),
    ]
    assert words(layout, "Mevrouw Bakker (XYZ)").startswith("Mevrouw Bakker (XYZ):\n\nVoorzitter. Ik heb twee moties.")
    assert words(layout, "De voorzitter") == "De voorzitter:\n\nIk open de vergadering."
    assert words(layout, "Minister De Vries") == "Minister De Vries:\n\n- oordeel Kamer;"


def test_a_motion_in_a_speech_is_its_mover_s_and_what_is_said_of_it_the_chair_s():
    layout = paper("debate")
    motion, second = units(layout, "motion")
    assert motion.label == "Motie nr. 12 (39990-VII)"
    assert motion.speaker == "Mevrouw Bakker (XYZ)"
    moved = layout.text[motion.start : motion.end]
    assert moved.startswith("Motie\n\nDe Kamer,")
    chair = next(one for one in units(layout, "speech") if one.start > motion.start)
    assert layout.text[chair.start : chair.end] == (
        "De voorzitter:\n\nDeze motie is voorgesteld door het lid Bakker.\n\nZij krijgt nr. 12 (39990-VII)."
    )
    assert second.label == "Motie nr. 13 (39990)"  # no number was given in words, but the element has one


@pytest.mark.parametrize(
    ("xml", "label"),
    [
        ("<motie><al>De Kamer.</al></motie>", "Motie"),
        ('<motie id="iets"><al>De Kamer.</al></motie>', "Motie"),
        ('<motie><al>Zie <extref doc="kst-1-2">1</extref>.</al></motie>', "Motie"),
        (
            '<motie><al>x</al><motie-info><al><extref doc="kst-31311-199">199</extref></al></motie-info></motie>',
            "Motie nr. 199 (31311)",
        ),
    ],
)
def test_a_motion_is_named_by_the_number_it_is_given(xml, label):
    assert labels(body(xml), "motion") == [label]


def test_who_is_interrupted_goes_on():
    speech = "<spreekbeurt><spreker>{}:</spreker><tekst>{}</tekst></spreekbeurt>"
    interrupted = "<al>een</al>" + speech.format("Mevrouw B", "<al>twee</al>") + "<motie><al>drie</al></motie>"
    layout = body(speech.format("De heer A", interrupted))
    assert [(one.kind, one.speaker) for one in layout.regions] == [
        ("speech", "De heer A"),
        ("speech", "Mevrouw B"),
        ("motion", "De heer A"),
    ]


def test_the_chair_goes_on_after_a_motion_and_nobody_says_the_rest():
    layout = paper("debate")
    speeches = [layout.text[one.start : one.end] for one in units(layout, "speech")]
    assert "Dank u wel. Het woord is aan de minister." in speeches
    for scene in ("(Geroffel op de bankjes)", "geschorst.", "De beraadslaging wordt gesloten.", "Aan de orde is"):
        assert scene in layout.text
        assert not any(scene in speech for speech in speeches)


def test_a_scene_after_a_motion_is_nobody_s():
    speech = (
        "<spreekbeurt><spreker>De heer X:</spreker><tekst><motie><al>m</al>"
        "<motie-info><spreker>De voorzitter:</spreker><al>i</al></motie-info></motie></tekst></spreekbeurt>"
    )
    layout = body(f"<agendapunt>{speech}<tekst><al>(Applaus)</al></tekst></agendapunt>")
    assert layout.text.endswith("(Applaus)")
    assert units(layout, "speech")[-1].end < layout.text.index("(Applaus)")


def test_items_of_an_agenda_are_sections_under_their_titles():
    layout = paper("debate")
    assert labels(layout, "section") == ["Opening", "Bruggen", "Ingekomen stukken", "Brieven regering:"]
    assert headings(layout)[0] == (1, "3 Bruggen")
    assert words(layout, "Opening").startswith("Voorzitter: Smit")
    assert [(one.kind, one.text) for one in layout.removed] == [("head", "1")]  # a number without a title


def test_questions_and_answers_have_their_numbers():
    layout = paper("questions")
    assert [(one.kind, one.label, one.numbers) for one in units(layout, "question", "answer")] == [
        ("question", "Vraag 1", (1,)),
        ("answer", "Antwoord 1", (1,)),
        ("question", "Vraag 2", (2,)),
        ("question", "Vraag 3", (3,)),
        ("answer", "Antwoord 2 en 3", (2, 3)),
        ("question", "Vraag 4 t/m 6", (4, 5, 6)),
        ("answer", "Antwoord op vraag 4, 5 en 6", (4, 5, 6)),
    ]
    assert words(layout, "Vraag 1") == "Vraag 1\n\nKent u het bericht «Brug dicht»?"
    assert words(layout, "Antwoord 2 en 3") == "Antwoord 2 en 3\n\nZestig jaar.\n\nHet Rijk betaalt."
    assert labels(layout, "section") == ["Mededeling"]


@pytest.mark.parametrize(
    ("xml", "label", "numbers"),
    [
        ("<vraag><nr>1</nr><al>Hoe?</al></vraag>", "Vraag 1", (1,)),
        ("<antwoord><nummer>2 en 3</nummer><al>Zo.</al></antwoord>", "Antwoord 2 en 3", (2, 3)),
        ("<vraag><nr>Vragen 5 tot en met 7</nr><al>Hoe?</al></vraag>", "Vragen 5 tot en met 7", (5, 6, 7)),
        ("<vraag><al>Hoe zit het met 2023?</al></vraag>", "Vraag", ()),
        ("<antwoord><al>Vraag 3 is al beantwoord.</al></antwoord>", "Antwoord", ()),
        ("<antwoord><al>Antwoord op vraag 3</al><al>Zo.</al></antwoord>", "Antwoord op vraag 3", (3,)),
    ],
)
def test_questions_with_other_kinds_of_numbers(xml, label, numbers):
    (found,) = body(f"<kamervragen>{xml}</kamervragen>").regions
    assert (found.label, found.numbers) == (label, numbers)


def test_articles_stand_in_their_chapters():
    layout = paper("bill")
    assert [(one.kind, one.label) for one in layout.regions] == [
        ("section", "Hoofdstuk 1 Begrippen"),
        ("article", "Artikel 1 Begrippen"),
        ("article", "Artikel 2a"),
        ("section", "Hoofdstuk 2 Wijzigingen"),
        ("article", "Artikel 3"),
        ("article", "Artikel 4a"),
    ]
    outer, inner = unit(layout, "Artikel 3"), unit(layout, "Artikel 4a")
    assert outer.start < inner.start < inner.end <= outer.end
    assert words(layout, "Artikel 2a").endswith("Ook een kleine.")


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("<stuknr>Nr. <ondernummer>7</ondernummer></stuknr><titel>MOTIE VAN X C.S.</titel>", "Motie nr. 7 (35786)"),
        ("<stuknr>Nr. <ondernummer>9</ondernummer></stuknr><titel>GEWIJZIGDE MOTIE X</titel>", "Motie nr. 9 (35786)"),
        ("<stuknr><ondernummer>O</ondernummer></stuknr><titel>MOTIE VAN HET LID X</titel>", "Motie O (35786)"),
        ("<titel>Nader gewijzigde motie van het lid X</titel>", "Motie"),
        ("<stuknr>Nr. <ondernummer>8</ondernummer></stuknr><titel>BRIEF OVER DE MOTIE X</titel>", None),
        ("<stuknr>Nr. <ondernummer>8</ondernummer></stuknr><titel>MOTIES EN AMENDEMENTEN</titel>", None),
    ],
)  # fmt: skip
def test_a_paper_that_is_a_motion(head, label):
    dossier = "<dossier><dossiernummer><dossiernr>35 786</dossiernr></dossiernummer><titel>Grondwet</titel></dossier>"
    layout = body(f"<kamerstuk>{dossier}<stuk>{head}<al>De Kamer,</al></stuk></kamerstuk>")
    assert labels(layout) == ([label] if label else [])
    if label:
        assert layout.text[layout.regions[0].start :].endswith("De Kamer,")
        assert "35 786 Grondwet" not in layout.text[layout.regions[0].start :]


def test_units_without_words_are_none():
    assert body("<al>x</al><vraag> </vraag><spreekbeurt><tekst/></spreekbeurt><motie/>").regions == ()


# --- every nesting ---------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(
    """
    metadata kamerstuk kamerstukkop tekstregel dossier dossiernummer dossiernr stuk stuknr ondernummer titel datumtekst
    al al-groep tekst tussenkop kop label nr lijst li li.nr lid lidnr table title tgroup thead tbody row entry nadruk
    extref noot noot.nr noot.al nootref plaatje sup inf br citaat regel adres ondertekening naam functie voornaam
    achternaam kader bijlage divisie hoofdstuk artikel wijzig-artikel vraag antwoord nummer agendapunt item-titel
    opening spreekbeurt spreker politiek motie motie-info handelingen term definitie wat considerans.al iets anders x:y
    """.split()
)
PIECES = [*"ab 1,.:(\n\t", "é", "\xa0", "\u2009", "€", "𝄞", "&amp;", "&#233;", "Motie", "Vraag 1", "Nr. "]
TEXT = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
ATTRIBUTES = st.sampled_from(["", "", "", ' inhoud="kamernummer"', ' type="vet"', ' doc="kst-1-2"', ' status="goed"'])
BETWEEN = st.one_of(TEXT, st.just("<!-- - a -->"), st.just("<?xpp lead;-1?>"), st.just("<![CDATA[<b> & ]]>"))


def element(inside):
    return st.builds(
        lambda name, attributes, parts: f"<{name}{attributes}>{''.join(parts)}</{name}>",
        NAMES,
        ATTRIBUTES,
        st.lists(inside, max_size=5),
    )


TREES = st.recursive(st.one_of(BETWEEN, NAMES.map("<{}/>".format)), element, max_leaves=40)


@given(st.lists(TREES, max_size=8))
def test_no_nesting_loses_a_character(trees):
    content = f'<officiele-publicatie xmlns:x="urn:x">{"".join(trees)}</officiele-publicatie>'.encode()
    try:
        layout = write(content)
    except UnreadableDocument as refusal:
        assert "no words" in str(refusal)
        return
    holds(layout, content)


@given(st.sampled_from(PAPERS), st.data())
def test_a_paper_that_breaks_off_says_so(path, data):
    content = path.read_bytes().rstrip()
    with pytest.raises(UnreadableDocument, match=r"breaks off|no well-formed XML|no XML|not? .*UTF-8|read as UTF-8"):
        write(content[: data.draw(st.integers(0, len(content) - 1))])


@given(st.sampled_from(PAPERS), st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=3))
def test_damage_is_refused_or_read_but_never_a_crash(path, changes):
    content = bytearray(path.read_bytes())
    for place, value in changes:
        content[place % len(content)] = value
    try:
        layout = write(bytes(content))
    except UnreadableDocument as refusal:
        assert "\n" not in str(refusal)
        assert "; " in str(refusal)
    else:
        assert layout.text


# --- encodings -------------------------------------------------------------------------------------------------------

DUTCH = "Financiën – “kabinet” à € 5"


@pytest.mark.parametrize(
    ("encoding", "declared", "mark"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8", None, b""),
        ("utf-8", "utf-8", codecs.BOM_UTF8),
        ("utf-8", "windows-1252", b""),  # what it is counts, not what it says
        ("utf-8", "ISO-8859-1", b""),
        ("utf-8", "ISO-8859-1", codecs.BOM_UTF8),
        ("utf-16-le", "UTF-16", codecs.BOM_UTF16_LE),
        ("utf-16-be", "utf-16", codecs.BOM_UTF16_BE),
        ("utf-16-le", "utf-16", b""),
        ("utf-16-be", None, b""),
        ("utf-32-le", "utf-32", codecs.BOM_UTF32_LE),
        ("cp1252", "windows-1252", b""),
        ("cp1252", "CP1252", b""),
    ],
)
def test_encodings(encoding, declared, mark):
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    assert write(mark + f"{declaration}\n<al>{DUTCH}</al>".encode(encoding)).text == DUTCH


def test_what_may_not_stand_before_the_declaration_but_does():
    assert write(b'\xef\xbb\xbf\n\xef\xbb\xbf<?xml version="1.0"?><al>x</al>').text == "x"


@pytest.mark.parametrize(
    "content",
    [
        b"<al>Financi\xebn</al>",
        b'<?xml version="1.0" encoding="utf-8"?><al>Financi\xebn</al>',
        b'<?xml version="1.0" encoding="punycode"?><al>\xeb</al>',
        b'<?xml version="1.0" encoding="zlib_codec"?><al>\xeb</al>',
        b'<?xml version="1.0" encoding="windows-1252"?><al>\x81</al>',
        b"\xef\xbb\xbf<al>\xeb</al>",
        b"\xff\xfe<\x00a",
    ],
    ids=repr,
)
def test_bytes_that_are_not_what_they_say(content):
    with pytest.raises(UnreadableDocument, match=r"cannot be read as .*save it as UTF-8|breaks off"):
        write(content)


# --- what the publisher would never send -----------------------------------------------------------------------------


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.txt"
    path.write_text("GEHEIM")
    return path


@pytest.mark.parametrize(
    "inside",
    [
        '<!ENTITY a "{x}"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">',
        '<!ENTITY a SYSTEM "file://{path}">',
        '<!ENTITY a SYSTEM "http://127.0.0.1:9/x">',
        '<!ENTITY % p SYSTEM "file://{path}"> %p;',
        "<!ELEMENT al ANY>",
        "",
    ],
)
def test_a_dtd_inside_is_refused(inside, secret):
    dtd = inside.format(path=secret, x="x" * 1000)
    with pytest.raises(UnreadableDocument, match="DTD"):
        write(f"<!DOCTYPE al [{dtd}]><al>&a;&b;&c;</al>".encode())


def test_a_billion_laughs_cost_nothing():
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    began = time.process_time()
    with pytest.raises(UnreadableDocument, match="DTD"):
        write(f'<!DOCTYPE al [<!ENTITY a0 "ha">{entities}]><al b="&a19;">&a19;</al>'.encode())
    assert time.process_time() - began < 1


def test_a_dtd_elsewhere_is_not_fetched(secret):
    assert write(f'<!DOCTYPE al SYSTEM "file://{secret}"><al>Tekst.</al>'.encode()).text == "Tekst."
    with pytest.raises(UnreadableDocument, match=r"&euml;.*ordinary characters"):
        write(f'<!DOCTYPE al SYSTEM "file://{secret}"><al>Financi&euml;n</al>'.encode())
    with pytest.raises(UnreadableDocument, match=r"entity in line 2.*ordinary characters"):
        write(b"<al>\nFinanci&euml;n</al>")


def test_parts_in_other_files_are_not_fetched_and_not_passed_over(secret):
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>'
    for around in ("<al>x {}</al>", "<tekst>{}<al>x</al></tekst>", "<row><entry>{}x</entry></row>"):
        with pytest.raises(UnreadableDocument, match="another file"):
            write(around.format(include).encode())


@pytest.mark.parametrize("name", ["a", "al", "divisie", "noot", "spreekbeurt", "row", "kop", "nadruk", "li.nr", "naam"])
def test_depth_has_a_bound_and_below_it_everything_is_read(name):
    def nested(depth):
        return f"<{name}>x".encode() * depth + f"</{name}>".encode() * depth

    content = b"<tekst>y" + nested(DEEPEST - 1) + b"</tekst>"
    holds(write(content), content)
    for depth in (DEEPEST + 1, 100_000):
        with pytest.raises(UnreadableDocument, match="deep"):
            write(nested(depth))


def test_bulk_has_a_bound():
    with pytest.raises(UnreadableDocument, match="more than any paper"):
        write(b"<r>" + b"<a/>" * MOST_MARKS + b"</r>")
    with pytest.raises(UnreadableDocument, match="more than any paper"):
        write(b"<r " + b"a=''" * MOST_MARKS + b"/>")


@pytest.mark.parametrize(
    "pattern",
    [
        "<a>x</a>",
        "<nr>x</nr>",
        "<row><entry>x</entry></row>",
        "<dossier><dossiernummer>1</dossiernummer></dossier><stuk><titel>MOTIE</titel></stuk>",
        "<spreekbeurt><spreker>x:</spreker><tekst><motie><motie-info><al>x</al></motie-info></motie></tekst></spreekbeurt>"
        "<tekst>(x</tekst>",
        "<al>x<noot><noot.nr>1</noot.nr><noot.al>x</noot.al></noot></al>",
    ],
)
@pytest.mark.parametrize("around", ["{}", "<agendapunt>{}</agendapunt>", "<al>y{}</al>", "<row>{}</row>"])
def test_time_grows_with_the_file_and_no_faster(around, pattern):
    def seconds(times):
        content = f"<r><al>x</al>{around.format(pattern * times)}</r>".encode()
        began = time.process_time()
        write(content)
        return time.process_time() - began

    seconds(10)
    # Ten times the file may take ten times as long; were each part to look at all others, it would be a hundred times.
    # The machine may be slow for a moment, but not three times over.
    assert any(seconds(5_000) < 40 * max(seconds(500), 0.005) for _ in range(3))


def test_a_wide_element_is_read_in_reasonable_time():
    attributes = b" ".join(b'a%d=""' % number for number in range(100_000))
    began = time.process_time()
    assert write(b"<r " + attributes + b">x</r>").text == "x"
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no XML"),
        (b" \n ", "no XML"),
        (b"%PDF-1.7", "no XML"),
        (b'{"a": 1}', "no XML"),
        (b"\0" * 50, "no XML|no well-formed XML"),
        (b"<al>x", "breaks off in line 1"),
        (b"<al>\n<b>x</al>", "mismatched tag, line 2"),
        (b"<al>x</al><al/>", "no well-formed XML"),
        (b"<html><body>x</body></html>", r"\.html"),
        (b"<officiele-publicatie><metadata>x</metadata></officiele-publicatie>", "no words"),
        (b"<al>\x0bx</al>", "no well-formed XML"),
    ],
    ids=repr,
)
def test_what_is_no_publication_says_so_in_one_line(content, why):
    with pytest.raises(UnreadableDocument, match=why) as refusal:
        write(content)
    assert re.fullmatch(r"[^\n]+; [^\n]+", str(refusal.value))
