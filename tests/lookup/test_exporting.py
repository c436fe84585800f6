"""Citations for other programs, read back by the tools that people use: pybtex, bibtexparser, rispy, citeproc-py."""

import json
import re
import warnings

import bibtexparser
import pytest
import rispy
from hypothesis import example, given, settings
from hypothesis import strategies as st

from raadpleeg.lookup.exporting import FORMS, Entry, bibtex, csl, entries, export, ris
from raadpleeg.records import Citation, Document, Metadata

HOSTILE = [
    "50% van {de} \\begin{document} $x_1$ & #2 ~ ^ \"aanhaling\" 'enkel' <b>vet</b> | @article{x, title = {y}}",
    "}} , title = {Iets anders}, note = {",
    "{{{",
    "regel een\nER  - \nTY  - BOOK\r\nTI  - Ander\x85werk\u2028AU  - X\x0bAB  - Y\x0cN1  - Z\x00",
    "</script><script>alert(1)</script>",
    "Één naïeve € 1.000,– «citaat» – “krul” 日本 😀",
    "\\",
    "%",
    "eindigt op een streep \\",
]

CSL_TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage
    """.split()
)
CSL_FIELDS = frozenset(
    """
    id type title author authority publisher collection-title number genre issued page URL language note abstract
    """.split()
)

PAPER = Document(
    "map/kst-35714-O",
    "Verslag van een nader schriftelijk overleg",
    "De regeling geldt per 1 januari 2026.",
    (0,),
    (),
    (),
    (),
    Metadata("I", "2025-2026", ("35714",), "O", "Verslag van een nader schriftelijk overleg", "2026-03-18"),
    "0" * 64,
)


def citation(**changed):
    values = {
        "number": 1, "document": PAPER.id, "title": PAPER.title, "unit": "Antwoord 3",
        "speaker": "staatssecretaris van Financiën", "page": 6, "start": 0, "end": len(PAPER.text),
        "quote": PAPER.text, "reference": "Kamerstukken I 2025/26, 35714, O, p. 6",
    }  # fmt: skip
    return Citation(**{**values, **changed})


def paper(identity, **metadata):
    return Document(identity, "Titel", "woorden", (0,), (), (), (), Metadata(**metadata), "")


def one(**changed):
    (entry,) = entries([citation(**changed)], {PAPER.id: PAPER})
    return entry


def spaced(text):
    """What may stand on one line: controls are gone, and white space is one space."""
    return " ".join(
        "".join(char for char in text if char.isspace() or not re.match(r"[\x00-\x1f\x7f-\x9f]", char)).split()
    )


# --- what an entry is ------------------------------------------------------------------------------------------------


def test_the_official_form_with_its_address():
    assert export([citation()], {PAPER.id: PAPER}, "official") == (
        "Kamerstukken I 2025/26, 35714, O, p. 6 (https://zoek.officielebekendmakingen.nl/kst-35714-O.html)\n"
    )


def test_the_same_place_is_written_once_in_the_official_form_and_every_quote_in_the_others():
    twice = [citation(), citation(number=2, quote="anders")]
    assert export(twice, {PAPER.id: PAPER}, "official").count("\n") == 1
    assert len(json.loads(export(twice, {PAPER.id: PAPER}, "csl-json"))) == 2


def test_a_paper_without_a_number_goes_by_its_own_name():
    plain = paper("notulen")
    cited = citation(document="notulen", reference="notulen, p. 1")
    assert export([cited], {"notulen": plain}, "official") == "notulen, p. 1\n"
    item = csl(entries([cited], {"notulen": plain})[0])
    assert item["type"] == "document"
    assert not {"URL", "number", "authority", "author", "issued", "collection-title"} & set(item)


@pytest.mark.parametrize(
    ("document", "kind", "ris_type", "bibtex_type", "series", "number"),
    [
        (PAPER, "report", "GOVDOC", "techreport", "Kamerstukken I 2025/26", "35714, O"),
        (
            paper("x", chamber="II", year="2023-2024", dossiers=("36410-VIII",), number="2", kind="Voorstel van wet",
                  date="2023-09-19"),
            "bill", "BILL", "techreport", "Kamerstukken II 2023/24", "36410-VIII, nr. 2",
        ),
        (
            paper("x", chamber="II", dossiers=("31234", "35714"), number="9", kind="Gewijzigd voorstel van rijkswet"),
            "bill", "BILL", "misc", "Kamerstukken II", "31234 / 35714, nr. 9",
        ),
        (
            paper("x", chamber="II", year="2017-2018", number="61-10", kind="Handelingen"),
            "hearing", "HEAR", "misc", "Handelingen II 2017/18", "nr. 61, item 10",
        ),
        (
            paper("ah-tk-20232024-1786"),
            "report", "GOVDOC", "misc", "Aanhangsel Handelingen II 2023/24", "nr. 1786",
        ),
        (paper("2024D33435"), "document", "GEN", "misc", None, "2024D33435"),
    ],
)  # fmt: skip
def test_each_kind_of_paper_gets_the_type_that_fits(document, kind, ris_type, bibtex_type, series, number):
    (entry,) = entries([citation(document=document.id)], {document.id: document})
    assert (entry.kind, entry.series, entry.number) == (kind, series, number)
    assert csl(entry)["type"] == kind
    assert ris(entry).startswith(f"TY  - {ris_type}\n")
    assert bibtex(entry).startswith(f"@{bibtex_type}{{")


def test_keys_are_unique_whatever_the_case_and_plain():
    papers = {name: paper(name) for name in ("a/Één stuk", "b/Een-Stuk", "…")}
    found = entries([citation(document=name, number=7) for name in (*papers, "…")], papers)
    keys = [entry.key for entry in found]
    assert len({key.lower() for key in keys}) == 4
    assert all(re.fullmatch(r"[A-Za-z0-9-]+", key) for key in keys)
    assert keys[0] == "Een-stuk-p6-7"


def test_a_paper_that_is_not_given_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="there is no document elders"):
        export([citation(document="elders")], {PAPER.id: PAPER}, "ris")


@pytest.mark.parametrize("form", FORMS)
def test_no_citations(form):
    assert export([], {}, form) == ("[]\n" if form == "csl-json" else "")


# --- BibTeX ----------------------------------------------------------------------------------------------------------

_TEX = {
    r"{\textbackslash}": "\\", r"{\textbraceleft}": "{", r"{\textbraceright}": "}", r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^", r"{\textquotedbl}": '"', r"{\textless}": "<", r"{\textgreater}": ">",
    r"{\textbar}": "|", r"\$": "$", r"\&": "&", r"\#": "#", r"\%": "%", r"\_": "_",
}  # fmt: skip


def untex(text):
    """What TeX prints; anything it would take for a command of its own is a failure."""
    commands = "|".join(re.escape(command) for command in _TEX)
    bare = re.sub(commands, "", text)
    assert not re.search(r"[\\{}~^\"<>|$&#%_]", bare), bare
    return re.sub(commands, lambda found: _TEX[found[0]], text)


def by_pybtex(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its own plugins
        from pybtex.database import parse_string
    return parse_string(text, "bibtex").entries


def check_bibtex(entry):
    text = bibtex(entry)
    (read,) = by_pybtex(text).values()
    assert read.key == entry.key
    assert untex(read.fields["title"].removeprefix("{").removesuffix("}")) == spaced(entry.title)
    assert untex(read.fields["abstract"]) == spaced(entry.quote)
    assert untex(read.fields["note"]) == spaced(entry.note)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    (other,) = library.entries
    assert other.key == entry.key
    assert untex(other["abstract"]) == spaced(entry.quote)
    return read, other


def test_bibtex_has_every_field():
    read, other = check_bibtex(one())
    assert read.type == "techreport"
    assert dict(read.fields) == {
        "title": "{Verslag van een nader schriftelijk overleg}",
        "institution": "Eerste Kamer der Staten-Generaal",
        "type": "Kamerstukken I 2025/26",
        "number": "35714, O",
        "year": "2026",
        "date": "2026-03-18",
        "pages": "6",
        "url": "https://zoek.officielebekendmakingen.nl/kst-35714-O.html",
        "note": "Antwoord 3; staatssecretaris van Financiën",
        "abstract": "De regeling geldt per 1 januari 2026.",
        "langid": "dutch",
        "month": "March",
    }
    assert [str(person) for person in read.persons["author"]] == ["{Eerste Kamer der Staten-Generaal}"]
    assert other["number"] == "35714, O"


@pytest.mark.parametrize("text", HOSTILE)
def test_bibtex_survives_hostile_words(text):
    check_bibtex(one(title=f"x{text}", quote=f"{text}x", unit=f"u{text}"))


def test_a_style_of_bibtex_prints_an_entry(tmp_path):
    """The plain style, by pybtex's own engine: author, title and number come out as words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pybtex import PybtexEngine

        printed = PybtexEngine().format_from_string(
            bibtex(one(title="50% & meer_")), style="plain", output_backend="text"
        )
    assert "Eerste Kamer der Staten-Generaal" in printed
    assert "50% & meer_" in printed
    assert "35714, O" in printed


# --- RIS -------------------------------------------------------------------------------------------------------------


def check_ris(entry):
    text = ris(entry)
    lines = text.splitlines()
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert lines[0].startswith("TY") and lines[-1] == "ER  - " and sum(line.startswith("ER") for line in lines) == 1
    (read,) = rispy.loads(text)
    assert read["title"] == spaced(entry.title)
    assert read["abstract"] == spaced(entry.quote)
    return read


def test_ris_has_every_field():
    assert check_ris(one()) == {
        "type_of_reference": "GOVDOC",
        "id": "kst-35714-O-p6-1",
        "authors": ["Eerste Kamer der Staten-Generaal"],
        "title": "Verslag van een nader schriftelijk overleg",
        "tertiary_title": "Kamerstukken I 2025/26",
        "number": "35714, O",
        "type_of_work": "Verslag van een nader schriftelijk overleg",
        "publisher": "Eerste Kamer der Staten-Generaal",
        "year": "2026",
        "date": "2026/03/18/",
        "start_page": "6",
        "urls": ["https://zoek.officielebekendmakingen.nl/kst-35714-O.html"],
        "language": "nl",
        "notes": ["Antwoord 3; staatssecretaris van Financiën"],
        "abstract": "De regeling geldt per 1 januari 2026.",
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_ris_survives_hostile_words(text):
    check_ris(one(title=f"x{text}", quote=f"{text}x"))


def test_a_whole_answer_is_one_file():
    cited = [citation(), citation(number=2, quote="Tweede."), citation(number=3, quote="Derde.")]
    documents = {PAPER.id: PAPER}
    assert [row["abstract"] for row in rispy.loads(export(cited, documents, "ris"))] == [
        PAPER.text,
        "Tweede.",
        "Derde.",
    ]
    assert len(by_pybtex(export(cited, documents, "bibtex"))) == 3
    assert len(bibtexparser.parse_string(export(cited, documents, "bibtex")).entries) == 3


# --- CSL-JSON --------------------------------------------------------------------------------------------------------


def by_citeproc(items):
    """The bibliography as citeproc-py writes it in plain text, in the one style that comes with it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it knows no field that came after CSL 1.0.1, and says so
        from citeproc import Citation as Cite
        from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        written = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            written.register(Cite([CitationItem(item["id"].lower())]))
        return [str(line) for line in written.bibliography()]


def check_csl(entry):
    item = csl(entry)
    assert item["type"] in CSL_TYPES
    assert set(item) <= CSL_FIELDS
    assert all(isinstance(item[name], str) for name in set(item) - {"author", "issued"})
    assert json.loads(json.dumps(item, ensure_ascii=False)) == item
    assert (item["title"], item["abstract"]) == (entry.title, entry.quote)  # to the character
    return item


def test_csl_has_every_field():
    assert check_csl(one()) == {
        "id": "kst-35714-O-p6-1",
        "type": "report",
        "title": "Verslag van een nader schriftelijk overleg",
        "author": [{"literal": "Eerste Kamer der Staten-Generaal"}],
        "authority": "Eerste Kamer der Staten-Generaal",
        "publisher": "Eerste Kamer der Staten-Generaal",
        "collection-title": "Kamerstukken I 2025/26",
        "number": "35714, O",
        "genre": "Verslag van een nader schriftelijk overleg",
        "issued": {"date-parts": [[2026, 3, 18]]},
        "page": "6",
        "URL": "https://zoek.officielebekendmakingen.nl/kst-35714-O.html",
        "language": "nl",
        "note": "Antwoord 3; staatssecretaris van Financiën",
        "abstract": "De regeling geldt per 1 januari 2026.",
    }


def test_citeproc_writes_a_bibliography():
    (line,) = by_citeproc(json.loads(export([citation()], {PAPER.id: PAPER}, "csl-json")))
    assert "Eerste Kamer der Staten-Generaal (2026)" in line
    assert "Verslag van een nader schriftelijk overleg" in line
    assert "kst-35714-O.html" in line


@pytest.mark.parametrize("text", HOSTILE)
def test_csl_keeps_hostile_words(text):
    item = check_csl(one(title=f"x{text}", quote=f"{text}x"))
    assert len(by_citeproc([item])) == 1


# --- for all words ---------------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).map(lambda text: f"a{text}b")


@settings(max_examples=150, deadline=None)
@given(WORDS, WORDS, st.none() | WORDS)
@example("a\\{b", "a}b", "a\u2028b")
def test_whatever_is_written_comes_back(title, quote, speaker):
    entry = one(title=title, quote=quote, speaker=speaker)
    check_bibtex(entry)
    check_ris(entry)
    check_csl(entry)
    assert isinstance(entry, Entry)
    assert export([citation(reference=title)], {PAPER.id: PAPER}, "official").count("\n") == 1
