"""The panel of filters: what it offers, and what is made of what is filled in."""

from dataclasses import replace

import pytest

from raadpleeg.errors import BadQuestion
from raadpleeg.records import Document, Metadata, Unit
from raadpleeg.retrieval.filters import Filter
from raadpleeg.web import filtering
from raadpleeg.web.texts import EN, NL

NOTHING = {"dossiers": [], "chambers": [], "kinds": [], "speakers": [], "since": "", "until": ""}
FRACTIES = "leden van de fracties van " + ", ".join(f"partij {number}" for number in range(20))


def paper(*speakers: str | None, **metadata: object) -> Document:
    units = tuple(Unit("answer", "Antwoord", 0, 1, 1, speaker=speaker) for speaker in speakers)
    return Document("a", "Titel", "x", (0,), units, (), (), Metadata(**metadata), "")


def test_what_the_papers_have_is_offered_once_and_in_order():
    papers = [
        paper("minister van Financiën", None, "Minister van Financiën", dossiers=("35714", "31585"), chamber="II"),
        paper("leden", dossiers=("35714",), chamber="I", kind="Verslag"),
        paper(kind="brief"),
    ]
    assert filtering.choices(papers, NL) == {
        "dossiers": [("31585", "31585"), ("35714", "35714")],
        "documents": [("a · Titel", "a")] * 3,
        "chambers": [("Eerste Kamer", "I"), ("Tweede Kamer", "II")],
        "kinds": [("brief", "brief"), ("Verslag", "Verslag")],
        "speakers": [("leden", "leden"), ("Minister van Financiën", "Minister van Financiën")],
    }
    assert set(map(tuple, filtering.choices([], EN).values())) == {()}


def test_a_chamber_that_no_paper_has_is_not_offered():
    assert filtering.choices([paper(chamber="II")], EN)["chambers"] == [("House of Representatives", "II")]


def test_a_long_speaker_is_shown_short_and_stands_for_all_that_begin_so():
    ((shown, value),) = filtering.choices([paper(FRACTIES, FRACTIES + " en nog een")], NL)["speakers"]
    assert shown == value + " …"
    assert len(value) <= filtering.SPEAKER_CHARACTERS
    assert value in FRACTIES  # a filter on a part of the name finds it
    assert not value.endswith((" ", ","))


def test_nothing_filled_in_lets_everything_through():
    assert not filtering.read(NOTHING, NL)
    assert not filtering.read(NOTHING | {"dossiers": None, "since": None, "until": "  "}, NL)
    assert filtering.described(Filter(), NL) == ""


def test_what_is_filled_in_becomes_the_filter_and_is_told():
    chosen = NOTHING | {"dossiers": ["35714"], "chambers": ["I"], "speakers": ["minister"], "since": " 2026-03 "}
    wanted = filtering.read(chosen, NL)
    assert wanted == Filter(dossiers=("35714",), chambers=("I",), speakers=("minister",), since="2026-03")
    assert filtering.described(wanted, NL) == (
        "Alleen gezocht in: dossier 35714 · Eerste Kamer · minister · vanaf 2026-03"
    )
    told = filtering.described(replace(wanted, kinds=("Verslag",), until="2027"), EN)
    assert told == "Searched only in: dossier 35714 · Senate · Verslag · minister · from 2026-03 · until 2027"


@pytest.mark.parametrize("written", ["2026", "2026-03", "2026-03-18", "2024-02-29"])
def test_a_year_a_month_and_a_day_are_dates(written):
    assert filtering.read(NOTHING | {"since": written, "until": written}, NL).until == written


@pytest.mark.parametrize("written", ["18 maart 2026", "18-03-2026", "2026-13", "2026-02-30", "26", "20260318", "0000"])
@pytest.mark.parametrize("name", ["since", "until"])
def test_what_is_no_date_is_told_in_one_line_with_what_was_written(name, written):
    with pytest.raises(BadQuestion) as caught:
        filtering.read(NOTHING | {name: written}, NL)
    assert str(caught.value) == NL.wrong_date.format(written)


def test_a_period_that_ends_before_it_begins_is_told():
    for since, until in (("2027", "2026"), ("2026-04", "2026-03-31"), ("2026-03-19", "2026-03-18")):
        with pytest.raises(BadQuestion, match="eerste datum ligt na de laatste"):
            filtering.read(NOTHING | {"since": since, "until": until}, NL)
    assert filtering.read(NOTHING | {"since": "2026-03-18", "until": "2026"}, NL).until == "2026"
