"""Where a reference stands: the table of forms, what is not in the corpus, and what is no reference."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lookup_papers import all_papers, beds, paper

from raadpleeg.errors import Ambiguous, BadReference
from raadpleeg.lookup.places import cite, paper_of
from raadpleeg.lookup.web import open_web
from raadpleeg.reading.references import official


@pytest.fixture(scope="module")
def web(hashed_index):
    """The two papers, and the small ones made here."""
    return open_web([*hashed_index.documents.values(), *all_papers()])


def told(cited):
    """Write what was found as one line: each place as document, label and page; an absent paper as its name."""
    if not cited.in_corpus and not cited.places:
        return f"not in the corpus: {cited.reference}"
    places = [
        f"{place.document} {f'noot {place.footnote}' if place.footnote else place.unit or '-'} p{place.page}"
        for place in cited.places
    ]
    return "; ".join(places) or "nothing"


O1 = "kst-35714-O"
J = "kst-31585-35714-J"
BEDS = "ah-tk-20232024-1314"
BILL = "kst-36450-2"
TWICE = "kst-35714-O Vraag 5 p4; kst-35714-O Vraag 5 p7"
ENERGY = f"{J} c. Energiezekerheid, grondstoffen en groene groei p6"

FORMS = [
    # a paper, as it is printed, filed or typed
    ("35714, O", f"{O1} - p1"),
    ("35714 O", f"{O1} - p1"),
    ("35 714, O", f"{O1} - p1"),
    ("35.714, letter O", f"{O1} - p1"),
    ("35714-O", f"{O1} - p1"),
    ("kst-35714-O", f"{O1} - p1"),
    ("KST-35714-o.pdf", f"{O1} - p1"),
    ("Kamerstukken I 2025/26, 35714, O", f"{O1} - p1"),
    ("Kamerstukken I 2025-2026, 35 714, O.", f"{O1} - p1"),
    ("(Eerste Kamer, vergaderjaar 2025-2026, 35 714, O)", f"{O1} - p1"),
    ("EK 35714, O", f"{O1} - p1"),
    ("O", f"{O1} - p1"),
    ("31585, J", f"{J} - p1"),
    ("35714, J", f"{J} - p1"),
    ("Kamerstukken I 2025-2026, 31585/35714, J", f"{J} - p1"),
    ("35714", f"{J} - p1; {O1} - p1"),
    ("36450, nr. 2", f"{BILL} - p1"),
    ("TK 36450 nr 2", f"{BILL} - p1"),
    ("ah-tk-20232024-1314", f"{BEDS} - p1"),
    ("Aanhangsel 2023/24, 1314", f"{BEDS} - p1"),
    ("Aanhangsel van de Handelingen, 2023-2024, nr. 1314", f"{BEDS} - p1"),
    ("Aanhangsel Handelingen II 2023/24, nr. 1314", f"{BEDS} - p1"),
    ("nr. 1314", f"{BEDS} - p1"),
    ("Handelingen II 2023/24, nr. 61, item 10", "h-tk-20232024-61-10 - p1"),
    ("Voorstel van wet (Beddenwet)", f"{BILL} - p1"),
    ("https://zoek.officielebekendmakingen.nl/kst-35714-O.html", f"{O1} - p1"),
    ("Kamerstukken 35714 (O)", f"{O1} - p1"),
    ("36450, 2", f"{BILL} - p1"),
    ("36450/2", f"{BILL} - p1"),
    ("Kamervragen 1314", f"{BEDS} - p1"),
    # a page
    ("Kamerstukken I 2025-2026, 31585/35714, J, p. 2", f"{J} 1. Prioriteiten voorzitterschap p2"),
    ("J, p. 2", f"{J} 1. Prioriteiten voorzitterschap p2"),
    ("p. 2 van kst-31585-35714-J", f"{J} 1. Prioriteiten voorzitterschap p2"),
    ("blz. 2 uit 31585, J", f"{J} 1. Prioriteiten voorzitterschap p2"),
    ("pagina 2 van Aanhangsel 2023/24, 1314", f"{BEDS} Antwoord 2 en 3 p2"),
    # a question, an answer
    ("35714, O, antwoord 3", f"{O1} Antwoord 3 p6"),
    ("kst-35714-O antwoord 3", f"{O1} Antwoord 3 p6"),
    ("antwoord 3 van 35714 O", f"{O1} Antwoord 3 p6"),
    ("35714, antwoord 3", f"{O1} Antwoord 3 p6"),
    ("het antwoord op vraag 3 in kst-35714-O", f"{O1} Antwoord 3 p6"),
    ("antwoord op vraag 5, 35 714, O", f"{O1} Antwoord 4 en 5 p7"),
    ("antwoord 4 en 5, 35714-O", f"{O1} Antwoord 4 en 5 p7"),
    ("het antwoord van de staatssecretaris op vraag 3 in 35714, O", f"{O1} Antwoord 3 p6"),
    ("antwoorden 1 t/m 3 van kst-35714-O", f"{O1} Antwoord 1 en 2 p6; {O1} Antwoord 3 p6"),
    ("antwoord 1 of 3, 35714, O", f"{O1} Antwoord 1 en 2 p6; {O1} Antwoord 3 p6"),
    ("answer 3 of kst-35714-O", f"{O1} Antwoord 3 p6"),
    ("Antwort 3 aus kst-35714-O", f"{O1} Antwoord 3 p6"),
    ("O, vraag 5", TWICE),
    ("35714, O, vraag 5, p. 7", f"{O1} Vraag 5 p7"),
    ("Aanhangsel 2023/24, 1314, vraag 4", f"{BEDS} Vraag 4 p2"),
    ("1314, antwoord 2", f"{BEDS} Antwoord 2 en 3 p2"),
    ("ANTWOORD 2 EN 3, AH-TK-20232024-1314", f"{BEDS} Antwoord 2 en 3 p2"),
    ("Aanhangsel 77, vraag 2", "ah-tk-20222023-77 Vraag 2 p1"),
    # a footnote
    ("voetnoot 16 van kst-35714-O", f"{O1} noot 16 p6"),
    ("35714, O, noot 5", f"{O1} noot 5 p2"),
    ("voetnoot 18", f"{O1} noot 18 p7"),
    ("noot 4 bij 1314", f"{BEDS} noot 4 p2"),
    # a section, an article
    ("Energiezekerheid, grondstoffen en groene groei", ENERGY),
    ("c. Energiezekerheid, grondstoffen en groene groei", ENERGY),
    ("31585, J, Energiezekerheid", ENERGY),
    ("paragraaf 2.1 van 31765, nr. 90", "kst-31765-90 2.1 Regionale verschillen p1"),
    ("Kamerstuk 31 765, nr. 90, par. 2.1", "kst-31765-90 2.1 Regionale verschillen p1"),
    ("Regionale verschillen", "kst-31765-90 2.1 Regionale verschillen p1"),
    ("artikel 2 van kst-36450-2", f"{BILL} Artikel 2 Telling p2"),
    ("artikel 2, tweede lid, 36450 nr. 2", f"{BILL} Artikel 2 Telling p2"),
    ("lid 2 van artikel 2 van kst-36450-2", f"{BILL} Artikel 2 Telling p2"),
    ("hoofdstuk 2 van kst-36450-2", f"{BILL} HOOFDSTUK 2 TELLING p2"),
    ("brief minister, 31765, nr. 90", "kst-31765-90 Brief van de minister van Zorg p1"),
    ("art. 3", f"{BILL} Artikel 3 Inwerkingtreding p2"),
    ("artikel 2 van de Beddenwet", f"{BILL} Artikel 2 Telling p2"),
    ("31765, nr. 199", "h-tk-20232024-61-10 Motie nr. 199 (31765) p1"),
    # what is not in the corpus
    ("35714, N", "not in the corpus: Kamerstukken I, 35714, N"),
    (
        "Kamerstukken I 2025-2026, 35714, N, p. 4",
        "not in the corpus: Kamerstukken I 2025/26, 35714, N, p. 4",
    ),
    ("Stcrt. 2025, 15685", "not in the corpus: Stcrt. 2025, 15685"),
    ("Trb. 2025, 37", "not in the corpus: Trb. 2025, 37"),
    (
        "Handelingen I 2024/2025, nr. 12, item 13, p. 23",
        "not in the corpus: Handelingen I 2024/25, nr. 12, item 13, p. 23",
    ),
    ("artikel 350 VWEU", "not in the corpus: artikel 350 VWEU"),
    ("ECLI:NL:HR:2020:1", "not in the corpus: ECLI:NL:HR:2020:1"),
    ("99999", "not in the corpus: Kamerstukken 99999"),
    # what the paper does not have
    ("35714, O, vraag 9", "nothing"),
    ("35714, O, p. 30", "nothing"),
    ("voetnoot 40 van kst-35714-O", "nothing"),
    ("artikel 12 van kst-36450-2", "nothing"),
]


def test_the_table_is_long_enough():
    assert len({form for form, _ in FORMS}) >= 60


@pytest.mark.parametrize(("form", "place"), FORMS)
def test_a_reference_leads_to_its_place(web, form, place):
    assert told(cite(form, web)) == place


@pytest.mark.parametrize(("form", "place"), FORMS)
def test_a_place_is_its_own_words(web, form, place):
    for one in cite(form, web).places:
        assert web.documents[one.document].text[one.start : one.end] == one.quote != ""
        for related in (*one.questions, *one.answers):
            assert web.documents[one.document].text[related.start : related.end] == related.text


def test_an_answer_brings_its_question_and_its_footnotes(web):
    (place,) = cite("35714, O, antwoord 3", web).places
    assert place.quote.startswith("Antwoord 3\n\nHet Jaarplan 2026")
    assert [one.unit for one in place.questions] == ["Vraag 3"]
    assert place.answers == ()
    assert [note.footnote.number for note in place.footnotes] == [17]
    assert place.speaker == "staatssecretaris van Financiën"
    assert place.reference == "Kamerstukken I 2025/26, 35714, O, p. 6"


def test_a_question_brings_its_answer(web):
    (place,) = cite("1314, vraag 2", web).places
    assert [(one.unit, one.page) for one in place.answers] == [("Antwoord 2 en 3", 2)]
    assert "1.240 bedden" in place.answers[0].text


def test_an_answer_to_two_questions_brings_each_once(web):
    (place,) = cite("35714, O, antwoord 4", web).places
    assert [(one.unit, one.page) for one in place.questions] == [("Vraag 4", 7), ("Vraag 5", 7)]


def test_a_footnote_brings_the_sentence_that_it_belongs_to(web):
    (place,) = cite("voetnoot 2 van ah-tk-20232024-1314", web).places
    assert place.quote == "In 2023 zijn 1.240 bedden gesloten, zoals eerder aan de Kamer is gemeld."
    (note,) = place.footnotes
    assert note.footnote.text == "Kamerstuk 36 450, nr. 2, p. 2."
    assert [target.document for target in note.mentions[0].targets] == [BILL]


def test_a_footnote_without_a_mark_leads_to_its_page(web):
    (place,) = cite("voetnoot 7 van ah-tk-20232024-1314", web).places
    assert (place.page, place.unit, place.footnotes[0].footnote.mark) == (1, "", None)


def test_a_lid_is_a_part_of_its_article(web):
    (place,) = cite("artikel 2, tweede lid, 36450, nr. 2", web).places
    assert place.quote == "2. Bij de telling blijven bedden buiten gebruik buiten beschouwing."
    (last,) = cite("artikel 2, lid 3, van kst-36450-2", web).places
    assert last.quote.endswith("in de Staatscourant.")


def test_a_page_is_all_of_that_page(web):
    (place,) = cite("p. 2 van ah-tk-20232024-1314", web).places
    document = web.documents[BEDS]
    assert (place.start, place.end) == (document.pages[1], len(document.text))


def test_what_is_known_of_a_paper_that_is_not_there(web):
    cited = cite("Kamerstukken I 2025/26, 35714, N, p. 4", web)
    assert (cited.found, cited.in_corpus) == (False, False)
    assert cited.address == "https://zoek.officielebekendmakingen.nl/kst-35714-N.html"
    # Those that name the same page come first.
    assert [(one.document, one.footnote) for one in cited.referred_by] == [(O1, 7), (O1, 12), (O1, 2), (O1, 13)]
    assert "not in the corpus" in cited.explanation


def test_a_paper_that_is_not_there_goes_by_the_name_that_a_footnote_gives(web):
    assert cite("31765, nr. 88", web).called == "Voortgangsrapportage beddencapaciteit"
    assert cite("Stcrt. 2022, 4711", web).called == "Beddenplan 2030"


def test_who_refers_to_a_paper_that_is_there(web):
    cited = cite("kst-36450-2", web)
    assert {(one.document, one.footnote) for one in cited.referred_by} == {
        (BEDS, 2),
        (BEDS, 3),
        (BEDS, 4),
        (BEDS, 5),
        ("kst-31765-90", None),
    }


def test_an_answer_to_which_another_answer_points(web):
    cited = cite("antwoord 2 van ah-tk-20232024-1314", web)
    assert [one.unit for one in cited.referred_by if one.document == BEDS] == ["Antwoord 4"]


def test_another_year_or_chamber_is_another_paper(web):
    cited = cite("Kamerstukken II 2019/20, 35714, O", web)
    assert (cited.in_corpus, cited.alike) == (False, (O1,))
    assert O1 in cited.explanation


@pytest.mark.parametrize(
    ("form", "mend"),
    [
        ("35714, O, vraag 9", "it has questions 1 to 5"),
        ("35714, O, p. 30", "it has 7 pages"),
        ("voetnoot 40 van kst-35714-O", "it has footnotes 1 to 18"),
    ],
)
def test_what_a_paper_has_instead(web, form, mend):
    cited = cite(form, web)
    assert (cited.found, cited.in_corpus) == (False, True)
    assert mend in cited.explanation


def test_a_question_that_several_papers_have(web):
    with pytest.raises(Ambiguous, match="vraag 2") as error:
        cite("vraag 2", web)
    assert set(error.value.candidates) == {O1, BEDS, "ah-tk-20222023-77"}
    assert "\n" not in str(error.value)
    # Each candidate, named, is clear.
    for one in error.value.candidates:
        assert {place.document for place in cite(f"{one}, vraag 2", web).places} == {one}


def test_a_question_that_one_paper_has_needs_no_name(hashed_index):
    assert told(cite("vraag 5", open_web(hashed_index.documents.values()))) == TWICE


@pytest.mark.parametrize(
    ("form", "mend"),
    [
        ("", "35714, O, antwoord 3"),
        (" .,; ", "35714, O, antwoord 3"),
        ("zomaar wat woorden", "--quote"),
        ("x" * 601, "at most 600"),
        ("36450, nr. 2 en 3", "one of them at a time"),
        ("kst-35714-O, een kop die er niet is", "raadpleeg show kst-35714-O"),
        ("ZZ, vraag 2", "name its dossier too"),
        ("Ibid., p. 6", "name that paper"),
    ],
)
def test_what_is_no_reference(web, form, mend):
    with pytest.raises(BadReference, match=mend) as error:
        cite(form, web)
    assert "\n" not in str(error.value)


def test_the_same_number_in_two_years_is_not_guessed():
    one, other = beds(), beds()
    later = paper("ah-tk-20242025-1314", "Vraag 1", "Wat nu?", "Antwoord 1", "Niets.")
    web = open_web([one, later])
    with pytest.raises(Ambiguous):
        cite("Aanhangsel 1314", web)
    with pytest.raises(Ambiguous):
        cite("Aanhangsel 1314, vraag 1", web)
    assert told(cite("Aanhangsel 2024/25, 1314", web)) == "ah-tk-20242025-1314 - p1"
    assert told(cite("Aanhangsel 1314, vraag 5", web)) == f"{other.id} Vraag 5 p2"


def test_a_paper_by_its_id_or_reference(web):
    assert paper_of("35714, O", web).id == O1
    with pytest.raises(BadReference, match="raadpleeg documents"):
        paper_of("35714, N", web)
    with pytest.raises(Ambiguous):
        paper_of("35714", web)


def test_every_paper_is_found_by_what_it_is_called(web):
    for key, document in web.documents.items():
        assert [place.document for place in cite(key, web).places] == [key]
        assert [place.document for place in cite(official(document), web).places] == [key]


def test_every_unit_with_a_number_is_found_in_its_paper(web):
    kinds = {"question": "vraag", "answer": "antwoord"}
    for key, document in web.documents.items():
        for unit in document.units:
            for number in unit.numbers if unit.kind in kinds else ():
                spans = [(place.start, place.end) for place in cite(f"{key}, {kinds[unit.kind]} {number}", web).places]
                assert (unit.start, unit.end) in spans


@settings(deadline=None)
@given(st.text(max_size=80))
def test_whatever_is_typed_is_answered_or_refused_in_one_line(text):
    web = open_web([beds()])
    try:
        cited = cite(text, web)
    except BadReference as error:
        assert str(error)
        return
    assert cited.found or cited.explanation
    for place in cited.places:
        assert web.documents[place.document].text[place.start : place.end] == place.quote


@settings(deadline=None)
@given(
    st.sampled_from(["vraag 4", "antwoord 2", "p. 2", "voetnoot 3"]),
    st.sampled_from(["ah-tk-20232024-1314", "Aanhangsel 2023/24, 1314", "Aanhangsel Handelingen II 2023/24, nr. 1314"]),
    st.sampled_from(
        ["{paper}, {part}", "{part} van {paper}", "{part}, {paper}", "{paper} {part}", "{part} in {paper}."]
    ),
    st.sampled_from([str, str.upper, str.lower]),
)
def test_order_and_case_do_not_matter(part, name, form, case):
    web = open_web([beds()])
    plain = cite(f"{BEDS}, {part}", web)
    # The grammar of printed references minds its capitals, a file's name does not.
    written = form.format(paper=name if case is not str.lower and "Aanhangsel" in name else case(name), part=case(part))
    assert cite(written, web).places == plain.places
