"""Official addresses: every pattern that is known, and none where it is not."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.lookup.addresses import address_of, address_of_document
from raadpleeg.reading.references import Reference, parse
from raadpleeg.records import Document, Metadata

OB = "https://zoek.officielebekendmakingen.nl"

KNOWN = [
    ("Kamerstukken I 2025/26, 35714, O", f"{OB}/kst-35714-O.html"),
    ("Kamerstukken I 2025/26, 35714, O, p. 6", f"{OB}/kst-35714-O.html"),
    ("35 714, nr. 12", f"{OB}/kst-35714-12.html"),
    ("Kamerstukken II 2023/24, 36410-VIII, nr. 12", f"{OB}/kst-36410-VIII-12.html"),
    ("kst-36410-VIII-12", f"{OB}/kst-36410-VIII-12.html"),
    ("Kamerstukken II 2023/24, 21501-02, nr. 2700", f"{OB}/kst-21501-02-2700.html"),
    ("Kamerstukken I 2025/26, 31585 / 35714, J, p. 2", f"{OB}/kst-31585-J.html"),
    ("kst-31585-35714-J", f"{OB}/kst-31585-J.html"),
    ("kst-CXXIV-G", f"{OB}/kst-CXXIV-G.html"),
    ("Bijlage bij Kamerstukken II 2023/24, 36450, nr. 6", f"{OB}/kst-36450-6.html"),
    ("35 714", f"{OB}/dossier/35714"),
    ("36600-XXIII", f"{OB}/dossier/36600-XXIII"),
    ("Aanhangsel Handelingen II 2023/24, nr. 1786", f"{OB}/ah-tk-20232024-1786.html"),
    ("ah-ek-20082009-14", f"{OB}/ah-ek-20082009-14.html"),
    ("Handelingen II 2017/18, nr. 61, item 10", f"{OB}/h-tk-20172018-61-10.html"),
    ("Handelingen I 2014/15, nr. 13, item 3", f"{OB}/h-ek-20142015-13-3.html"),
    ("h-tk-20092010-72-6141", f"{OB}/h-tk-20092010-72-6141.html"),
    ("Stb. 2024, 12", f"{OB}/stb-2024-12.html"),
    ("Trb. 2016, 196", f"{OB}/trb-2016-196.html"),
    ("Stcrt. 2025, 15685", f"{OB}/stcrt-2025-15685.html"),
    ("Stcrt. 2009, 10309", f"{OB}/stcrt-2009-10309.html"),
    ("Gmb. 2018, 134976", f"{OB}/gmb-2018-134976.html"),
    ("blg-1191455", f"{OB}/blg-1191455.pdf"),
    ("2024Z01234", "https://www.tweedekamer.nl/kamerstukken/detail?id=2024Z01234"),
    ("2024D33435", "https://www.tweedekamer.nl/kamerstukken/detail?id=2024D33435&did=2024D33435"),
    (
        "2023A05123",
        "https://www.tweedekamer.nl/debat_en_vergadering/commissievergaderingen/details?id=2023A05123",
    ),
]

UNKNOWN = [
    "Kamerstukken II 1985/86, 19403, nr. 3",  # before the publisher's time
    "Kamerstukken I 2008/09, 31700-IV, D",  # filed with the session then
    "Kamerstukken I 1999/2000, 25000, 188b",
    "Stb. 1983, 294",
    "Stcrt. 2009, 83",  # a number of the day
    "Stcrt. 2005, 7040",
    "Gmb. 2010, 12",
    "Aanhangsel Handelingen II 1999/2000, nr. 12",
    "Handelingen II 2009/10, nr. 72",  # which item is not said
    "artikel 3 BW",
    "Verordening (EG) nr. 883/2004",
    "Ibid., p. 6",
]


@pytest.mark.parametrize(("written", "address"), KNOWN)
def test_published_patterns(written, address):
    assert address_of(parse(written)) == address


@pytest.mark.parametrize("written", UNKNOWN)
def test_no_pattern_no_address(written):
    reference = parse(written)
    assert reference is not None
    assert address_of(reference) is None


def test_the_year_decides_not_the_dossier():
    """An old dossier that is still used has today's addresses; without a year that is what is taken."""
    paper = Reference("kamerstuk", "J", "I", dossiers=("31585",))
    assert address_of(replace(paper, year="2025-2026")) == f"{OB}/kst-31585-J.html"
    assert address_of(replace(paper, year="2008-2009")) is None
    assert address_of(paper) == f"{OB}/kst-31585-J.html"


def document(identity, **metadata):
    return Document(identity, "", "woorden", (0,), (), (), (), Metadata(**metadata), "")


def test_a_document_by_what_it_says_of_itself_then_by_its_name():
    assert address_of_document(document("x", chamber="I", dossiers=("31585", "35714"), number="J")) == (
        f"{OB}/kst-31585-J.html"
    )
    assert address_of_document(document("map/ah-tk-20232024-1786")) == f"{OB}/ah-tk-20232024-1786.html"
    assert address_of_document(document("kv-tk-2024Z01234")) == f"{OB}/kv-tk-2024Z01234.html"
    assert address_of_document(document("notulen")) is None


@given(
    st.sampled_from(["kamerstuk", "aanhangsel", "handelingen", "staatsblad", "bijlage", "zaak", "document"]),
    st.text(max_size=8),
    st.lists(st.text(max_size=8), max_size=2),
    st.none() | st.text(max_size=9) | st.just("2023-2024"),
)
def test_no_reference_makes_an_address_that_is_none(kind, number, dossiers, year):
    """Whatever a field holds, what comes out is one plain address without quotes, brackets or white space."""
    address = address_of(Reference(kind, number, "II", year, tuple(dossiers), item=number))
    assert address is None or re.fullmatch(r"https://[a-z.]+\.nl(/[A-Za-z0-9_.-]+)+(\?[A-Za-z0-9=&-]+)?", address)
