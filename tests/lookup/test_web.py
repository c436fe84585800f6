"""What papers refer to, and what refers to them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lookup_papers import all_papers, beds, bill, paper

from raadpleeg.lookup.web import incoming, known, mentions, mentions_of, notes, open_web
from raadpleeg.reading.references import Reference
from raadpleeg.records import Footnote

O1 = "kst-35714-O"
J = "kst-31585-35714-J"
BEDS = "ah-tk-20232024-1314"

FOOTNOTES = {
    (O1, 1): ("no_reference", None),
    (O1, 2): ("not_in_corpus", "Kamerstukken I 2025/26, 35714, N"),
    (O1, 3): ("in_corpus", "Kamerstukken I 2025/26, 31585 / 35714, J"),
    (O1, 4): ("not_in_corpus", "Bijlage bij Kamerstukken I 2025/26, 35714, M"),
    (O1, 5): ("in_corpus", "Kamerstukken I 2025/26, 31585 / 35714, J, p. 2"),
    (O1, 6): ("in_corpus", "Kamerstukken I 2025/26, 31585 / 35714, J, p. 6"),
    (O1, 7): ("not_in_corpus", "Kamerstukken I 2025/26, 35714, N, p. 4"),
    (O1, 8): ("not_in_corpus", "Kamerstukken I 2024/25, 35714, M, p. 5"),
    (O1, 9): ("not_in_corpus", "Stcrt. 2025, 15685"),
    (O1, 10): ("not_in_corpus", "Trb. 2025, 37"),
    (O1, 11): ("no_reference", None),
    (O1, 12): ("not_in_corpus", "Kamerstukken I 2025/26, 35714, N, p. 4"),
    (O1, 13): ("not_in_corpus", "Kamerstukken I 2025/26, 35714, N"),
    (O1, 14): ("in_corpus", "Kamerstukken I 2025/26, 31585 / 35714, J"),
    (O1, 15): ("not_in_corpus", "Handelingen I 2024/25, nr. 12, item 13, p. 23"),
    (O1, 16): ("no_reference", None),
    (O1, 17): ("no_reference", None),
    (O1, 18): ("not_in_corpus", "Kamerstukken I 2023/24, 35714, I, p. 4"),
    **{(J, number): ("no_reference", None) for number in range(1, 9)},
}
"""Every footnote of the two papers, as it was read by eye."""


@pytest.fixture(scope="module")
def web(hashed_index):
    return open_web(hashed_index.documents.values())


@pytest.fixture(scope="module")
def small():
    return open_web(all_papers())


def test_every_footnote_of_the_two_papers(web):
    found = {
        (key, note.footnote.number): (
            note.state,
            str(note.mentions[0].reference) if note.mentions else None,
        )
        for key, document in web.documents.items()
        for note in notes(web, document)
    }
    assert found == FOOTNOTES


def test_footnotes_lead_to_the_page_that_they_name(web):
    third, fifth, sixth = (notes(web, web.documents[O1], (place,))[0].mentions[0] for place in (2, 4, 5))
    assert [(target.document, target.page) for target in third.targets] == [(J, 1)]
    assert [(target.document, target.page) for target in fifth.targets] == [(J, 2)]
    (page,) = sixth.targets
    document = web.documents[J]
    assert (page.start, page.end) == (document.pages[5], document.pages[6])
    assert (sixth.written, sixth.stands_for) == ("Ibid., p. 6", 5)


def test_what_stands_for_the_same(small):
    told = {
        note.footnote.number: [(str(one.reference), one.stands_for) for one in note.mentions]
        for note in notes(small, small.documents[BEDS])
    }
    assert told[3] == [("Kamerstukken II, 36450, nr. 2, p. 1", 2)]
    assert told[4] == [("Kamerstukken II, 36450, nr. 2, p. 1", 2)]
    assert told[5] == [("Kamerstukken II, 36450, nr. 2, p. 2", 2)]


@pytest.mark.parametrize("same", ["Ibid.", "Ibidem, p. 4.", "Idem, p. 4.", "t.a.p."])
def test_the_same_as_a_source_that_is_no_paper_is_not_guessed(same):
    """The note before it has no reference; the paper of the note before that is not meant."""
    web = open_web([annotated("Kamerstuk 36 450, nr. 2.", "De Courant, 3 mei 2024.", same), bill()])
    (one,) = notes(web, web.documents["a"])[2].mentions
    assert (one.reference, one.targets, one.stands_for) == (None, (), 2)
    assert notes(web, web.documents["a"])[2].state == "no_reference"


def test_the_same_within_one_note_is_what_stands_before_it():
    web = open_web([annotated("Kamerstuk 31 765, nr. 3.", "Kamerstuk 36 450, nr. 2, p. 1; ibid., p. 2."), bill()])
    first, second = notes(web, web.documents["a"])[1].mentions
    assert (str(second.reference), second.stands_for) == ("Kamerstukken II, 36450, nr. 2, p. 2", None)
    assert [target.page for target in (*first.targets, *second.targets)] == [1, 2]


def annotated(*texts):
    document = paper("a", "Eén zin met noten.")
    return paper_with(document, tuple(Footnote(number, 1, 3, text) for number, text in enumerate(texts, 1)))


def paper_with(document, footnotes):
    from dataclasses import replace

    return replace(document, footnotes=footnotes)


def test_a_long_run_of_the_same_is_one_source():
    web = open_web([annotated("Kamerstuk 36 450, nr. 2.", *["Ibid."] * 3000), bill()])
    last = notes(web, web.documents["a"], (3000,))[0].mentions[0]
    assert (str(last.reference), last.stands_for) == ("Kamerstukken II, 36450, nr. 2", 1)
    assert len(mentions_of(web, known("36450, nr. 2"))) == 3001


def test_an_answer_that_points_to_another(small):
    (one,) = [one for one in mentions(small, small.documents[BEDS]) if one.inner]
    assert (one.unit, one.written) == ("Antwoord 4", "antwoord op vraag 2")
    assert [target.unit for target in one.targets] == ["Antwoord 2 en 3"]


def test_what_one_unit_refers_to(small):
    document = small.documents[BEDS]
    answer = next(unit for unit in document.units if unit.label == "Antwoord 2 en 3")
    assert [one.footnote for one in mentions(small, document, answer)] == [2, 3, 4, 5]
    question = next(unit for unit in document.units if unit.label == "Vraag 3")
    assert mentions(small, document, question) == ()


def test_references_in_running_text_have_their_place(small):
    document = small.documents["kst-31765-90"]
    found = mentions(small, document)
    assert [(one.written, one.unit) for one in found] == [
        ("Aanhangsel Handelingen II 2023/24, nr. 1314", "1. Aanleiding"),
        ("Kamerstuk 36 450, nr. 2", "2. Stand van zaken"),
    ]
    assert all(document.text[one.start : one.end] == one.written for one in found)
    assert [target.document for one in found for target in one.targets] == [BEDS, "kst-36450-2"]


def test_who_refers_to_a_paper(small):
    assert [one.document for one in incoming(small, small.documents[BEDS])] == ["kst-31765-90"]
    assert {one.document for one in incoming(small, small.documents["kst-36450-2"])} == {BEDS, "kst-31765-90"}
    assert incoming(small, small.documents["h-tk-20232024-61-10"]) == ()


def test_what_comes_in_is_what_goes_out(small, web):
    """Each reference to a paper of the corpus is listed at both ends."""
    for one in (small, web):
        out = {
            (mention.document, mention.start, mention.written, target.document)
            for document in one.documents.values()
            for mention in mentions(one, document)
            for target in mention.targets
            if target.document != mention.document
        }
        back = {
            (mention.document, mention.start, mention.written, document.id)
            for document in one.documents.values()
            for mention in incoming(one, document)
        }
        assert out == back
        assert out


@pytest.mark.parametrize(
    ("note", "called"),
    [
        ("Kamerstuk 31 765, nr. 88 (Voortgangsrapportage beddencapaciteit).", "Voortgangsrapportage beddencapaciteit"),
        ("Beddenplan tot en met 2030, Stcrt. 2022, 4711.", "Beddenplan tot en met 2030"),
        ("Nota van wijziging - 30569-8", "Nota van wijziging"),
        ("Zie Kamerstuk 31 765, nr. 88.", None),
        ("Zie voor het Beddenplan: Kamerstuk 31 765, nr. 88.", None),
        ("Kamerstukken II 2021/22, 31 765, nr. 88.", None),
        ("Brief over bedden, Kamerstuk 31 765, nr. 88; Kamerstuk 31 765, nr. 89.", None),
    ],
)
def test_what_a_note_calls_a_paper(note, called):
    web = open_web([annotated(note)])
    assert notes(web, web.documents["a"])[0].mentions[0].called == called


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Aanhangsel 1314", Reference("aanhangsel", "1314")),
        ("Aanhangsel 2023/24, 1314", Reference("aanhangsel", "1314", None, "2023-2024")),
        ("aanh. 2023-2024 nr. 1314", Reference("aanhangsel", "1314", None, "2023-2024")),
        ("Aanhangsel TK 2023/24, nr. 0077", Reference("aanhangsel", "77", "II", "2023-2024")),
        ("35714, O", Reference("kamerstuk", "O", "I", dossiers=("35714",))),
        ("de aanhangsels van 2023", None),
    ],
)
def test_references_as_they_are_typed(text, reference):
    assert known(text) == reference


def test_roman_dossiers_of_the_senate():
    web = open_web([annotated("Kamerstukken I 2020/21, CXXXIX, C, p. 3.")])
    (one,) = mentions_of(web, known("Kamerstukken I 2020/21, CXXXIX, C"))
    assert one.footnote == 1


def test_an_annex_is_not_the_paper(small):
    web = open_web([annotated("Kamerstuk 36 450, nr. 2, bijlage."), bill()])
    (one,) = notes(web, web.documents["a"])[0].mentions
    assert one.targets == ()


def test_a_corpus_without_papers():
    web = open_web([])
    assert mentions_of(web, known("35714, O")) == ()
    assert web.papers(known("35714")) == ()


@settings(deadline=None)
@given(st.lists(st.sampled_from(["Ibid.", "Kamerstuk 36 450, nr. 2, p. 1.", "De Courant.", "Zie noot 1.", "Idem."])))
def test_a_note_is_told_the_same_alone_and_among_all(texts):
    web = open_web([annotated(*texts), bill()])
    document = web.documents["a"]
    every = notes(web, document)
    for place in range(len(texts)):
        assert notes(web, document, (place,)) == (every[place],)
    out = [one for note in every for one in note.mentions if one.reference]
    assert len(mentions_of(web, known("36450, nr. 2"))) == len(out)


def test_pages_that_a_paper_has_not_are_no_place():
    web = open_web([annotated("Kamerstuk 36 450, nr. 2, p. 99."), bill(), beds()])
    (target,) = notes(web, web.documents["a"])[0].mentions[0].targets
    assert (target.start, target.end) == (0, len(web.documents["kst-36450-2"].text))
