"""The tab Opzoeken: what is told apart, what is found, and how it is written."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.errors import Ambiguous, BadReference
from raadpleeg.lookup.quoting import open_quotable
from raadpleeg.lookup.web import mentions, open_web
from raadpleeg.reading.reader import document_from
from raadpleeg.reading.references import official
from raadpleeg.web.tabs import looking_up, marked, paper_words
from raadpleeg.web.tabs.looking_up import ALL, MOST, as_table, edges, look_up, looked, picture
from raadpleeg.web.texts import TABS

NL = TABS["nl"]


def paper(identity: str, *lines: str):
    return document_from("\n\n".join(lines).encode(), identity)


def opened(*documents):
    web = open_web(documents)
    return web, open_quotable(web), {one.id: mentions(web, one) for one in documents}


@pytest.fixture(scope="module")
def papers(hashed_index):
    return opened(*hashed_index.documents.values())


def words_in(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_reference_and_a_quotation_are_told_apart(papers, hashed_index):
    web, quotable, _ = papers
    document = next(one for one in hashed_index.documents.values() if one.footnotes)
    reference = look_up(official(document, 2), "auto", web, quotable)
    assert (reference.kind, reference.cited.places[0].page) == ("reference", 2)
    text = document.text[document.pages[1] :].split("\n", 3)[2][:120].rsplit(" ", 1)[0]
    quotation = look_up(text, "auto", web, quotable)
    assert (quotation.kind, quotation.cited.places[0].match) == ("quotation", "exact")


def test_words_that_hold_a_reference_are_looked_for_as_they_stand():
    line = "De telling, bedoeld in Kamerstuk 36 450, nr. 2, begint in het najaar van dat jaar."
    web, quotable, _ = opened(paper("kst-31765-90", "Kwaliteit van zorg", line), paper("kst-36450-2", "Een wet."))
    found = look_up(line, "auto", web, quotable)
    assert (found.kind, found.cited.places[0].document) == ("quotation", "kst-31765-90")
    assert look_up("36 450, nr. 2", "auto", web, quotable).cited.places[0].document == "kst-36450-2"


def test_what_is_forced_is_read_that_way(papers):
    web, quotable, _ = papers
    words = "telewerken over de grens is in deze woorden nergens te vinden"
    with pytest.raises(BadReference):
        look_up(words, "reference", web, quotable)
    assert look_up(words, "auto", web, quotable).kind == "quotation"
    reference = official(next(iter(web.documents.values())))
    assert look_up(reference, "quotation", web, quotable).kind == "quotation"


def test_where_several_papers_may_be_meant_each_can_be_chosen():
    lines = ("Vraag 1", "Waarom is dat zo?", "Antwoord 1", "Daarom.")
    web, quotable, _ = opened(paper("kst-11111-1", "Een", *lines), paper("kst-22222-2", "Twee", *lines))
    with pytest.raises(Ambiguous) as raised:
        look_up("antwoord 1", "auto", web, quotable)
    meant = looking_up.candidates("antwoord 1", raised.value, web)
    assert len(meant) == 2
    for query, _ in meant:
        assert look_up(query, "reference", web, quotable).cited.found


def test_a_misquotation_shows_both_words():
    line = "In dat jaar zijn twaalfhonderd bedden gesloten, zoals aan de Kamer is gemeld."
    web, quotable, _ = opened(paper("kst-11111-1", "Bedden", line))
    found = look_up(line.replace("twaalfhonderd", "dertienhonderd"), "auto", web, quotable)
    html = looked(found, web, NL)
    assert re.search(r"<del>.*?dertienhonderd</del>", html)
    assert re.search(r"<ins>.*?twaalfhonderd</ins>", html)
    assert NL.replaced.format(paper="twaalfhonderd", quoted="dertienhonderd") in words_in(html)
    # without what only the quotation has, and what is said to a screen reader, it is the paper's own words
    shown = re.search(r'<blockquote class="quote changed"[^>]*>(.*?)</blockquote>', html, re.DOTALL)[1]
    own = re.sub(r"<del>.*?</del> ?|<span class=\"unseen\">.*?</span>", "", shown)
    assert re.sub(r"<[^>]+>", "", own) in line


def test_what_is_not_there_has_its_official_address_and_who_refers_to_it(papers):
    web, quotable, found = papers
    absent = next(
        one.reference
        for ones in found.values()
        for one in ones
        if one.reference
        and one.reference.kind == "kamerstuk"
        and one.reference.number
        and not one.targets
        and not one.reference.annex
    )
    html = looked(look_up(str(absent.paper), "auto", web, quotable), web, NL)
    assert NL.not_here in html
    assert 'href="https://zoek.officielebekendmakingen.nl/' in html
    assert 'rel="noopener noreferrer' in html
    assert html.count("data-document=") >= 1
    assert absent.dossiers[0] in words_in(html)


def test_what_is_hostile_is_words():
    bad = '<img src=x onerror="hit()">'
    document = paper(
        'kst-11111-1"><script>', f"Titel {bad}", "Vraag 1", f"Wat is {bad}?", "Antwoord 1", f"Dit {bad} hier."
    )
    web, quotable, found = opened(document)
    for query in (f"Dit {bad} hier.", "antwoord 1", bad, f"Dit {bad} daar en hier."):
        html = looked(look_up(query, "auto", web, quotable), web, NL)
        assert "<img" not in html
        assert "<script" not in html
    drawn = edges(web, found)
    assert "<script" not in picture(drawn, web, NL) + as_table(drawn, web, NL)


# --- the picture -----------------------------------------------------------------------------------------------------


def test_the_picture_and_the_table_hold_the_same_references(papers):
    web, _, found = papers
    drawn = edges(web, found)
    html, table = picture(drawn, web, NL), as_table(drawn, web, NL)
    assert html.count("<path") == len(drawn) <= MOST
    assert table.count('role="rowheader"') == len(drawn)
    for edge in drawn:
        assert edge.target.here == (edge.target.query in web.documents)
    points = re.findall(r'<button type="button" class="point[^>]*data-lookup="([^"]*)"', html)
    assert set(points) == {edge.source for edge in drawn} | {edge.target.query for edge in drawn}


def test_every_point_of_the_picture_can_be_looked_up(papers):
    web, quotable, found = papers
    for edge in edges(web, found):
        cited = look_up(edge.target.query, "reference", web, quotable).cited
        assert cited.found == edge.target.here
        assert cited.in_corpus == edge.target.here


def test_one_paper_has_its_own_references_only(papers):
    web, _, found = papers
    for key in web.documents:
        for edge in edges(web, found, key):
            assert key in (edge.source, edge.target.query)
    assert {edge.source for edge in edges(web, found, ALL)} <= set(web.documents)


def test_a_paper_that_is_written_in_two_ways_is_one_point():
    one = paper("kst-11111-1", "Een", "Zie Kamerstukken II 2014/15, 26485, nr. 380, en Kamerstuk 26 485, nr. 380.")
    web, _, found = opened(one)
    (edge,) = edges(web, found)
    assert len(edge.mentions) == 2
    assert "2014/15" in edge.target.name


def test_with_many_references_everyone_who_refers_keeps_a_line():
    many = ", ".join(f"Kamerstuk 30 {number}, nr. 1" for number in range(100, 200))
    web, _, found = opened(
        paper("kst-11111-1", "Een", f"Zie {many}."), paper("kst-22222-2", "Twee", "Zie Kamerstuk 29 515, nr. 3.")
    )
    html = picture(edges(web, found), web, NL)
    assert html.count("<li>") <= 2 + MOST
    assert "29515" in html
    assert re.search(r"\d+", words_in(html.rpartition('class="rest"')[2]))[0] == str(101 - MOST)


@pytest.mark.parametrize(
    ("name", "brief"),
    [
        ("Kamerstukken I 2025/26, 35714, O", "35714, O"),
        ("Kamerstukken I 2025/26, 31585 / 35714, J", "31585 / 35714, J"),
        ("Kamerstukken II, 29515, nr. 488", "29515, nr. 488"),
        ("Kamerstukken 31815", "31815"),
        ("Bijlage bij Kamerstukken I 2025/26, 35714, M", "Bijl. 35714, M"),
        ("Aanhangsel Handelingen II 2023/24, nr. 1786", "Aanh. 2023/24, nr. 1786"),
        ("Handelingen II 2017/18, nr. 61, item 10", "Hand. 2017/18, nr. 61, item 10"),
        ("Stcrt. 2025, 15685", "Stcrt. 2025, 15685"),
    ],
)
def test_a_name_is_shortened_to_what_tells_it(name, brief):
    assert looking_up._brief(name) == brief


def test_no_references_is_said():
    web, _, found = opened(paper("kst-11111-1", "Een", "Er is niets."))
    assert NL.no_references in picture(edges(web, found), web, NL)


# --- pieces ----------------------------------------------------------------------------------------------------------


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=1500))
def test_folded_words_are_whole(text):
    html = paper_words(text, NL)
    last = re.findall(r'<blockquote class="quote" lang="nl">(.*?)</blockquote>', html, re.DOTALL)[-1]
    from html import unescape

    assert unescape(last).split() == text.split()


@given(st.integers(0, 10_000))
def test_a_point_is_marked_by_its_sentence(hashed_index_text, at):
    document = hashed_index_text
    at = min(at, len(document.text))
    start, end = marked(document, at, at)
    assert 0 <= start <= at <= end or (start, end) == (at, at)
    assert end <= len(document.text)
    assert "\n" not in document.text[start:end].strip()


@pytest.fixture(scope="module")
def hashed_index_text(hashed_index):
    return next(iter(hashed_index.documents.values()))


def test_examples_can_be_looked_up(papers, hashed_index):
    web, quotable, _ = papers
    examples = looking_up.examples(hashed_index)
    assert len(examples) >= 2
    for one in examples:
        assert look_up(one, "auto", web, quotable).cited.found


def test_a_whole_paper_is_not_marked_as_a_whole(papers):
    web, quotable, _ = papers
    document = next(iter(web.documents.values()))
    html = looked(look_up(document.id, "auto", web, quotable), web, NL)
    assert f'data-end="{len(document.text)}"' not in html
    assert replace(document, title="").id in html
