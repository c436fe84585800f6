import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raadpleeg.reading.references import (
    LONGEST,
    LONGEST_RANGE,
    Found,
    Reference,
    find,
    official,
    parse,
    reference_of,
    resolve,
    same_paper,
)
from raadpleeg.records import Document, Metadata


def paper(dossiers: str, number: str | None = None, chamber: str | None = None, year: str | None = None, **more):
    """Give a Kamerstuk; without a chamber the one that numbers its papers so."""
    if number and chamber is None:
        chamber = "II" if number.isdigit() else "I"
    return Reference("kamerstuk", number, chamber, year, tuple(dossiers.split()), **more)


def pages(*ranges: int | tuple[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple(one if isinstance(one, tuple) else (one, one) for one in ranges)


def article(number: str, law: str, *paragraphs: int, points: tuple[str, ...] = ()) -> Reference:
    return Reference("artikel", number, law=law, paragraphs=paragraphs, points=points)


def found_in(text: str) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], str(one.reference)) for one in find(text)]


N = paper("35714", "N", "I", "2025-2026")
THREE = paper("36250", "3", "II", "2022-2023")

WRITTEN: list[tuple[str, Reference, str]] = [
    # Kamerstukken of the Senate
    ("Kamerstukken I 2025/26, 35714, N", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Kamerstukken I 2025/2026, 35714, N.", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Kamerstukken I, vergaderjaar 2025–2026, 35 714, N", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Kamerstukken I 2025-2026, 35.714 , N", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Kamerstukken I 2025/26,\n35\xa0714,\nN", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Kamerstukken I\u20092025/26, 35\u202f714, N", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Eerste Kamer, vergaderjaar 2025–2026, 35 714, N", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Eerste Kamer, vergaderjaar 2025–2026, 35 714, nr. N", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Kamerstukken EK 2025-2026, 35714, N", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Kamerstukken I 25/26, 35714, N", N, "Kamerstukken I 2025/26, 35714, N"),
    ("EK 35.714, N", paper("35714", "N"), "Kamerstukken I, 35714, N"),
    ("Kamerstukken 12025/2026, 35714, N.", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Kamerstukken l 2025/2026, 35714, N", N, "Kamerstukken I 2025/26, 35714, N"),
    ("Kamerstukken 1 2025/2026, 35714, N", N, "Kamerstukken I 2025/26, 35714, N"),
    (
        "Kamerstukken I 2025-2026, 31585/35714, J, p. 2.",
        paper("31585 35714", "J", "I", "2025-2026", pages=pages(2)),
        "Kamerstukken I 2025/26, 31585 / 35714, J, p. 2",
    ),
    ("31.585 / 35.714, J", paper("31585 35714", "J"), "Kamerstukken I, 31585 / 35714, J"),
    (
        "Kamerstukken I 2023-2024, 35714, I, p.4",
        paper("35714", "I", "I", "2023-2024", pages=pages(4)),
        "Kamerstukken I 2023/24, 35714, I, p. 4",
    ),
    (
        "Kamerstukken I 2025/2026, 35714, M, bijlagen",
        paper("35714", "M", "I", "2025-2026", annex="bijlage"),
        "Bijlage bij Kamerstukken I 2025/26, 35714, M",
    ),
    ("Kamerstukken I 2025/26, 35714, AB", paper("35714", "AB", "I", "2025-2026"), "Kamerstukken I 2025/26, 35714, AB"),
    (
        "Kamerstukken I 2025/26, 35714, ABC",
        paper("35714", "ABC", "I", "2025-2026"),
        "Kamerstukken I 2025/26, 35714, ABC",
    ),
    (
        "Kamerstukken I 1994/95, 23 700, nr. 269c",
        paper("23700", "269c", "I", "1994-1995"),
        "Kamerstukken I 1994/95, 23700, nr. 269c",
    ),
    (
        "Handelingen I, 1996-1997, 24 692, nr. 228b, p. 4",
        paper("24692", "228b", "I", "1996-1997", pages=pages(4)),
        "Kamerstukken I 1996/97, 24692, nr. 228b, p. 4",
    ),
    ("Kamerstukken I 2017/18, CXXIV, G", paper("CXXIV", "G", "I", "2017-2018"), "Kamerstukken I 2017/18, CXXIV, G"),
    ("35714, N", paper("35714", "N"), "Kamerstukken I, 35714, N"),
    ("35714 N", paper("35714", "N"), "Kamerstukken I, 35714, N"),
    ("35714-N", paper("35714", "N"), "Kamerstukken I, 35714, N"),
    ("35 714 (R2150), A", paper("35714", "A"), "Kamerstukken I, 35714, A"),
    (
        "Kamerstukken I/II 2019/20, 35 500, A/ nr. 1",
        paper("35500", "A/1", "I/II", "2019-2020"),
        "Kamerstukken I/II 2019/20, 35500, A/nr. 1",
    ),
    # Kamerstukken of the House
    ("Kamerstukken II 2022/23, 36 250, nr. 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamerstukken II 2022/23, 36250, nr. 03", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamerstukken 11 2022/23, 36 250, nr. 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamerstukken ll 2022/23, 36 250, nr. 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("KAMERSTUKKEN II 2022-2023, 36 250, NR. 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamerstukken II, 2022–2023, 36250-3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamerstukken II 2022/23 36250 nr 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamerstukken II 2022/23, 36250, 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamer\ufffestukken II 2022/23, 36 250, nr. 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamer-\nstukken II 2022/23, 36 250, nr. 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamerstuk\xadken II 2022/23, 36 250, nr. 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamerstukken Tweede Kamer 2022-2023, 36 250, nr. 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Tweede Kamer, vergaderjaar 2022–2023, 36 250, nr. 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    (
        "Tweede Kamer der Staten-Generaal, vergaderjaar 2022-2023, 36 250, nr. 3",
        THREE,
        "Kamerstukken II 2022/23, 36250, nr. 3",
    ),
    ("TK 2022-2023, 36250, nr. 3", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("Kamerstukken II 36 250, nr. 3, vergaderjaar 2022-2023", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    ("«Kamerstukken II 2022/23, 36 250, nr. 3».", THREE, "Kamerstukken II 2022/23, 36250, nr. 3"),
    (
        "Kamerstukken II 1999/2000, 26 855, nr. 3",
        paper("26855", "3", "II", "1999-2000"),
        "Kamerstukken II 1999/2000, 26855, nr. 3",
    ),
    (
        "Kamerstukken II 99/00, 26 855, nr. 3",
        paper("26855", "3", "II", "1999-2000"),
        "Kamerstukken II 1999/2000, 26855, nr. 3",
    ),
    (
        "Bijl. Hand. II 1990/91, 21 427, nr. 3",
        paper("21427", "3", "II", "1990-1991"),
        "Kamerstukken II 1990/91, 21427, nr. 3",
    ),
    ("35 714, nr. 12", paper("35714", "12"), "Kamerstukken II, 35714, nr. 12"),
    ("35 714 nr 12", paper("35714", "12"), "Kamerstukken II, 35714, nr. 12"),
    ("Kamerstuk 36 450, nr. 3", paper("36450", "3"), "Kamerstukken II, 36450, nr. 3"),
    ("Kamerstuk, 28 828, nr. 70", paper("28828", "70"), "Kamerstukken II, 28828, nr. 70"),
    ("Kamerstuknummer: 36 250-3", paper("36250", "3"), "Kamerstukken II, 36250, nr. 3"),
    ("Kamerst. 36 250, nr. 3", paper("36250", "3"), "Kamerstukken II, 36250, nr. 3"),
    ("(36 471-64)", paper("36471", "64"), "Kamerstukken II, 36471, nr. 64"),
    ("30569-8", paper("30569", "8"), "Kamerstukken II, 30569, nr. 8"),
    ("nr. 199 (31311)", paper("31311", "199"), "Kamerstukken II, 31311, nr. 199"),
    ("29 628 en 31 084, nr. 11", paper("29628 31084", "11"), "Kamerstukken II, 29628 / 31084, nr. 11"),
    ("29 628/31 084, nr. 11", paper("29628 31084", "11"), "Kamerstukken II, 29628 / 31084, nr. 11"),
    (
        "Kamerstukken II, Zitting 1958-1959-5380, Nr. 3",
        paper("5380", "3", "II", "1958-1959"),
        "Kamerstukken II 1958/59, 5380, nr. 3",
    ),
    # the Council's dossiers, which have two figures more
    (
        "Kamerstukken II 2020/21, 21 501-07, nr. 1750",
        paper("21501-07", "1750", "II", "2020-2021"),
        "Kamerstukken II 2020/21, 21501-07, nr. 1750",
    ),
    ("21501-02-2500", paper("21501-02", "2500"), "Kamerstukken II, 21501-02, nr. 2500"),
    ("21 501-20", paper("21501-20"), "Kamerstukken 21501-20"),
    # chapters of the budget and funds
    ("Kamerstuk 36 410 VI, nr. 26", paper("36410-VI", "26"), "Kamerstukken II, 36410-VI, nr. 26"),
    ("36 410 hoofdstuk VI, nr. 26", paper("36410-VI", "26"), "Kamerstukken II, 36410-VI, nr. 26"),
    ("36410, VI, nr. 26", paper("36410-VI", "26"), "Kamerstukken II, 36410-VI, nr. 26"),
    ("36410-VI-26", paper("36410-VI", "26"), "Kamerstukken II, 36410-VI, nr. 26"),
    ("31700 VII nr. 72", paper("31700-VII", "72"), "Kamerstukken II, 31700-VII, nr. 72"),
    ("31700-B-14", paper("31700-B", "14"), "Kamerstukken II, 31700-B, nr. 14"),
    ("36 200 V, nr. 9", paper("36200-V", "9"), "Kamerstukken II, 36200-V, nr. 9"),
    ("33 000 IXB, nr. 12", paper("33000-IXB", "12"), "Kamerstukken II, 33000-IXB, nr. 12"),
    ("33 400-VII", paper("33400-VII"), "Kamerstukken 33400-VII"),
    ("nr. 23 (36 200 VII)", paper("36200-VII", "23"), "Kamerstukken II, 36200-VII, nr. 23"),
    (
        "Kamerstukken I 2011/12, 33 000 VII, B",
        paper("33000-VII", "B", "I", "2011-2012"),
        "Kamerstukken I 2011/12, 33000-VII, B",
    ),
    # whole dossiers
    ("35 714", paper("35714"), "Kamerstukken 35714"),
    ("35.714", paper("35714"), "Kamerstukken 35714"),
    ("wetsvoorstel 35714", paper("35714"), "Kamerstukken 35714"),
    ("dossier (35 714)", paper("35714"), "Kamerstukken 35714"),
    ("31585/35714", paper("31585 35714"), "Kamerstukken 31585 / 35714"),
    (
        "Kamerstukken II 1993/94-1996/97, 23761",
        paper("23761", chamber="II", year="1993-1997"),
        "Kamerstukken II 1993/97, 23761",
    ),
    # places in a paper
    (
        "Kamerstukken II 2022/23, 36250, nr. 3, p. 4-6",
        paper("36250", "3", "II", "2022-2023", pages=pages((4, 6))),
        "Kamerstukken II 2022/23, 36250, nr. 3, p. 4-6",
    ),
    (
        "Kamerstuk 36 250, nr. 3 (MvT), blz. 4 t/m 6",
        paper("36250", "3", pages=pages((4, 6))),
        "Kamerstukken II, 36250, nr. 3, p. 4-6",
    ),
    (
        "36 250, nr. 3, pp. 4, 6-8 en 12",
        paper("36250", "3", pages=pages(4, (6, 8), 12)),
        "Kamerstukken II, 36250, nr. 3, p. 4, 6-8, 12",
    ),
    (
        "36 250, nr. 3 (motie-Jansen c.s.), pagina 4",
        paper("36250", "3", pages=pages(4)),
        "Kamerstukken II, 36250, nr. 3, p. 4",
    ),
    ("36 250, nr. 3, p4 e.v.", paper("36250", "3", pages=pages(4)), "Kamerstukken II, 36250, nr. 3, p. 4"),
    ("36 250, nr. 3, pag 69/70", paper("36250", "3", pages=pages((69, 70))), "Kamerstukken II, 36250, nr. 3, p. 69-70"),
    (
        "36 250, nr. 3, memorie van toelichting, bladzijde 5 - 6",
        paper("36250", "3", pages=pages((5, 6))),
        "Kamerstukken II, 36250, nr. 3, p. 5-6",
    ),
    (
        "Kamerstukken II 2013-2014, 33.950, pag. 2 en 6",
        paper("33950", None, "II", "2013-2014", pages=pages(2, 6)),
        "Kamerstukken II 2013/14, 33950, p. 2, 6",
    ),
    (
        "36 250, nr. 3 (bijlage IV), blz. 21",
        paper("36250", "3", pages=pages(21), annex="bijlage IV"),
        "Bijlage IV bij Kamerstukken II, 36250, nr. 3, p. 21",
    ),
    ("36 250, nr. 3, paragraaf 3.3.", paper("36250", "3", section="3.3"), "Kamerstukken II, 36250, nr. 3, par. 3.3"),
    (
        "Bijlage 2 bij Kamerstukken II 2015/16, 34389, nr. 9.",
        paper("34389", "9", "II", "2015-2016", annex="bijlage 2"),
        "Bijlage 2 bij Kamerstukken II 2015/16, 34389, nr. 9",
    ),
    # Handelingen
    (
        "Handelingen I 2024/2025, nr. 12, item 13, p. 23",
        Reference("handelingen", "12", "I", "2024-2025", item="13", pages=pages(23)),
        "Handelingen I 2024/25, nr. 12, item 13, p. 23",
    ),
    (
        "Handelingen II 2022/23, nr. 84, item 12",
        Reference("handelingen", "84", "II", "2022-2023", item="12"),
        "Handelingen II 2022/23, nr. 84, item 12",
    ),
    (
        "Handelingen van de Tweede Kamer, vergaderjaar 2022–2023, 84, item 12",
        Reference("handelingen", "84", "II", "2022-2023", item="12"),
        "Handelingen II 2022/23, nr. 84, item 12",
    ),
    (
        "Handelingen II 2010/11, 61-5-23",
        Reference("handelingen", "61", "II", "2010-2011", item="5", pages=pages(23)),
        "Handelingen II 2010/11, nr. 61, item 5, p. 23",
    ),
    (
        "Handelingen TK 2009/10, 61-5321",
        Reference("handelingen", "61", "II", "2009-2010", pages=pages(5321)),
        "Handelingen II 2009/10, nr. 61, p. 5321",
    ),
    (
        "Handelingen II 2009-2010, nr. 61, p. 61-5321",
        Reference("handelingen", "61", "II", "2009-2010", pages=pages(5321)),
        "Handelingen II 2009/10, nr. 61, p. 5321",
    ),
    (
        "Handelingen II 2003/04, nr. 82, p. 5281-5282",
        Reference("handelingen", "82", "II", "2003-2004", pages=pages((5281, 5282))),
        "Handelingen II 2003/04, nr. 82, p. 5281-5282",
    ),
    # Aanhangsel
    (
        "Aanhangsel Handelingen II 2023/24, nr. 1314",
        Reference("aanhangsel", "1314", "II", "2023-2024"),
        "Aanhangsel Handelingen II 2023/24, nr. 1314",
    ),
    (
        "Aanhangsel Handelingen, vergaderjaar 2014–2015, nr. 403",
        Reference("aanhangsel", "403", None, "2014-2015"),
        "Aanhangsel Handelingen 2014/15, nr. 403",
    ),
    (
        "Aanhangsel van de Handelingen II, vergaderjaar 2014-2015, 403",
        Reference("aanhangsel", "403", "II", "2014-2015"),
        "Aanhangsel Handelingen II 2014/15, nr. 403",
    ),
    (
        "Aanhangsel van de Handelingen, nr. 403, vergaderjaar 2014-2015",
        Reference("aanhangsel", "403", None, "2014-2015"),
        "Aanhangsel Handelingen 2014/15, nr. 403",
    ),
    (
        "Handelingen II 2013/14, Aanhangsel 1234",
        Reference("aanhangsel", "1234", "II", "2013-2014"),
        "Aanhangsel Handelingen II 2013/14, nr. 1234",
    ),
    (
        "Tweede Kamer, vergaderjaar 2013-2014, Aanhangsel, nr. 1234",
        Reference("aanhangsel", "1234", "II", "2013-2014"),
        "Aanhangsel Handelingen II 2013/14, nr. 1234",
    ),
    (
        "Aanh. Hand. TK 2008/09, nr. 1234",
        Reference("aanhangsel", "1234", "II", "2008-2009"),
        "Aanhangsel Handelingen II 2008/09, nr. 1234",
    ),
    # official journals
    ("Stcrt. 2025, 15685", Reference("staatscourant", "15685", year="2025"), "Stcrt. 2025, 15685"),
    ("Stcrt.2025, \n15685", Reference("staatscourant", "15685", year="2025"), "Stcrt. 2025, 15685"),
    ("Staatscourant 2025, nr. 15685", Reference("staatscourant", "15685", year="2025"), "Stcrt. 2025, 15685"),
    ("Staatscourant van 12 mei 2023, nr. 1234", Reference("staatscourant", "1234", year="2023"), "Stcrt. 2023, 1234"),
    ("Stb. 2020, 123", Reference("staatsblad", "123", year="2020"), "Stb. 2020, 123"),
    ("Staatsblad 2020 nr. 123", Reference("staatsblad", "123", year="2020"), "Stb. 2020, 123"),
    ("Stb. 2020/123", Reference("staatsblad", "123", year="2020"), "Stb. 2020, 123"),
    ("Trb. 2025, 37.", Reference("tractatenblad", "37", year="2025"), "Trb. 2025, 37"),
    ("Tractatenblad 2025, 37", Reference("tractatenblad", "37", year="2025"), "Trb. 2025, 37"),
    ("Gemeenteblad 2023, 1234", Reference("gemeenteblad", "1234", year="2023"), "Gmb. 2023, 1234"),
    # names of files, and numbers that stand by themselves
    ("kst-35714-O", paper("35714", "O"), "Kamerstukken I, 35714, O"),
    ("kst-35714-O.pdf", paper("35714", "O"), "Kamerstukken I, 35714, O"),
    ("kst-31585-35714-J", paper("31585 35714", "J"), "Kamerstukken I, 31585 / 35714, J"),
    ("kst-36450-6", paper("36450", "6"), "Kamerstukken II, 36450, nr. 6"),
    ("kst-21501-07-1750", paper("21501-07", "1750"), "Kamerstukken II, 21501-07, nr. 1750"),
    ("kst-36410-VI-26", paper("36410-VI", "26"), "Kamerstukken II, 36410-VI, nr. 26"),
    ("kst-cxxiv-g", paper("CXXIV", "G"), "Kamerstukken I, CXXIV, G"),
    (
        "ah-tk-20232024-1314",
        Reference("aanhangsel", "1314", "II", "2023-2024"),
        "Aanhangsel Handelingen II 2023/24, nr. 1314",
    ),
    (
        "h-tk-20172018-61-10",
        Reference("handelingen", "61", "II", "2017-2018", item="10"),
        "Handelingen II 2017/18, nr. 61, item 10",
    ),
    (
        "h-ek-20242025-12-3",
        Reference("handelingen", "12", "I", "2024-2025", item="3"),
        "Handelingen I 2024/25, nr. 12, item 3",
    ),
    ("kv-tk-2024Z05476", Reference("zaak", "2024Z05476"), "2024Z05476"),
    ("2009Z04630", Reference("zaak", "2009Z04630"), "2009Z04630"),
    ("2024D33435", Reference("document", "2024D33435"), "2024D33435"),
    ("nds-tk-2024D33435", Reference("document", "2024D33435"), "2024D33435"),
    ("2008A02139", Reference("activiteit", "2008A02139"), "2008A02139"),
    ("stcrt-2025-15685", Reference("staatscourant", "15685", year="2025"), "Stcrt. 2025, 15685"),
    ("stb-2020-123", Reference("staatsblad", "123", year="2020"), "Stb. 2020, 123"),
    ("trb-2025-37", Reference("tractatenblad", "37", year="2025"), "Trb. 2025, 37"),
    ("blg-1191455", Reference("bijlage", "1191455"), "blg-1191455"),
    # articles
    ("artikel 350 VWEU", article("350", "VWEU"), "artikel 350 VWEU"),
    (
        "artikel 350 van het Verdrag betreffende de Werking van de Europese Unie",
        article("350", "VWEU"),
        "artikel 350 VWEU",
    ),
    (
        "artikel 350 Verdrag betreffende\n\nde werking van de Europese Unie (VWEU)",
        article("350", "VWEU"),
        "artikel 350 VWEU",
    ),
    ("art. 68 Grondwet", article("68", "Grondwet"), "artikel 68 Grondwet"),
    ("artikel 68 van de Grondwet", article("68", "Grondwet"), "artikel 68 Grondwet"),
    (
        "artikel 13, tweede lid, van de Wet op de loonbelasting 1964",
        article("13", "Wet LB 1964", 2),
        "artikel 13 lid 2 Wet LB 1964",
    ),
    ("art. 6:162 lid 1 BW", article("6:162", "BW", 1), "artikel 6:162 lid 1 BW"),
    ("artikel 610 van Boek 7 van het Burgerlijk Wetboek", article("7:610", "BW"), "artikel 7:610 BW"),
    (
        "artikel 5.1, tweede lid, aanhef en onder e, van de Wet open overheid",
        article("5.1", "Woo", 2, points=("aanhef", "e")),
        "artikel 5.1 lid 2 aanhef en onder e Woo",
    ),
    (
        "artikel 5, eerste en derde lid, onderdelen a en b, van de Participatiewet",
        article("5", "Participatiewet", 1, 3, points=("a", "b")),
        "artikel 5 lid 1 en 3 onder a en b Participatiewet",
    ),
    (
        "artikel 5, eerste tot en met derde lid, Awb",
        article("5", "Awb", 1, 2, 3),
        "artikel 5 lid 1, 2 en 3 Awb",
    ),
    (
        "artikel 3 van het Verdrag tot instelling van de Benelux Unie",
        article("3", "Verdrag tot instelling van de Benelux Unie"),
        "artikel 3 Verdrag tot instelling van de Benelux Unie",
    ),
    (
        "artikel 13 van Verordening (EG) 883/2004",
        article("13", "Verordening (EG) nr. 883/2004"),
        "artikel 13 Verordening (EG) nr. 883/2004",
    ),
    # the Union and the courts
    (
        "Verordening (EG) nr. 883/2004",
        Reference("eu", "Verordening (EG) nr. 883/2004"),
        "Verordening (EG) nr. 883/2004",
    ),
    ("Verordening (EU) nr. 2016/679", Reference("eu", "Verordening (EU) 2016/679"), "Verordening (EU) 2016/679"),
    ("richtlijn 2014/54/EU", Reference("eu", "Richtlijn 2014/54/EU"), "Richtlijn 2014/54/EU"),
    ("COM (2023) 126 final", Reference("com", "COM(2023) 126"), "COM(2023) 126"),
    ("SWD (2023), 819 final", Reference("com", "SWD(2023) 819"), "SWD(2023) 819"),
    ("PbEU 2019, L 130", Reference("pbeu", "L 130", year="2019"), "PbEU 2019, L 130"),
    (
        "PB L 119 van 4.5.2016, p. 1",
        Reference("pbeu", "L 119", year="2016", pages=pages(1)),
        "PbEU 2016, L 119, p. 1",
    ),
    ("ECLI:NL:HR:2019:1234", Reference("ecli", "ECLI:NL:HR:2019:1234"), "ECLI:NL:HR:2019:1234"),
    # back to the reference before
    ("Ibid., p. 6", Reference("zelfde", pages=pages(6)), "Ibid., p. 6"),
    ("Idem, blz. 3", Reference("zelfde", pages=pages(3)), "Ibid., p. 3"),
    ("Ibidem", Reference("zelfde"), "Ibid."),
    ("t.a.p.", Reference("zelfde"), "Ibid."),
]


@pytest.mark.parametrize(("written", "meant", "printed"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_a_written_form(written, meant, printed):
    assert parse(written) == meant
    assert str(meant) == printed
    assert parse(printed) == meant


BARE = {"35 714", "35.714", "31585/35714", "35714 N", "35714-N"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [row[:2] for row in WRITTEN if row[0] not in BARE],
    ids=[row[0] for row in WRITTEN if row[0] not in BARE],
)
def test_a_written_form_in_running_text(written, meant):
    core = written.strip("«».()")
    before = "Dat staat in de brief van 13 oktober 2025:\n"
    text = f"{before}{written} En daarna volgt nog een zin."
    (one,) = find(text)
    assert one.reference == meant
    assert len(before) <= one.start <= len(before) + 2
    assert text[one.start : one.end].strip("().") in (core, core.rstrip("."))


@pytest.mark.parametrize("written", sorted(BARE))
def test_a_bare_number_is_a_reference_only_when_asked_for(written):
    assert parse(written) is not None
    assert found_in(f"Dat staat in {written} van de reeks.") == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "12",
        "2025",
        "N",
        "nr. 12",
        "2022-2023",
        "VWEU",
        "Stb.",
        "artikel 3",
        "artikel 3, eerste lid",
        "Kamerstukken",
        "Kamerstukken II 2022/23",
        "Tweede Kamer",
        "35 714, nr. 12 en verder",
        "35 714, nrs. 12 en 13",  # two papers
        "€ 35 714",
        "357 140",
        "35 714 000",
        "35 714,50",
        "35 714, nr. 12 " + "x" * LONGEST,
    ],
)
def test_what_is_not_one_reference(words):
    assert parse(words) is None


PROSE = [
    "Het duurde 2 tot 3 jaar, en daarna nog 12 weken.",
    "Dat kost € 35 714, en nog eens € 12 345, nr. 3 van de lijst.",
    "Met ingang van 1 januari 2026 neemt Nederland het voorzitterschap over.",
    "Dat zijn er 3 per 35 714 inwoners.",
    "Bel 070-3182211, 06-12345678, 0900 12345 of (070) 318 22 11.",
    "Bel +31 70 318 2211, of tel. 20 123-4567.",
    "1. Deelt u deze opvatting? 2. Zo nee, waarom niet?",
    "Het bedrag van 1.250.000 euro, of 35.714 euro.",
    "In 2022–2023 waren er 35 714 meldingen en 12 345 klachten.",
    "Artikel 3, eerste lid, van het wetsvoorstel regelt dit; artikel 5 niet.",
    "Zie artikel 13 van het Verdrag. Hiermee wordt beoogd dat het beter gaat.",
    "De Tweede Kamer heeft in 2023 besloten, de Eerste Kamer 2 weken later.",
    "Tweede Kamer, vergaderjaar 2023–2024, Aanhangsel 2",
    "Vergaderjaar 2023–2024 Aanhangsel van de Handelingen\nVragen gesteld door de leden der Kamer\n\n1314",
    "Tweede Kamer der Staten-Generaal 2\nVergaderjaar 2023–2024\n36 450 Regels omtrent de instelling",
    "ISSN 0921 - 7398",
    "Het Staatsblad en de Staatscourant van 2020 zijn oud.",
    "De handelingen van 12 mannen; de Handelingen 3 en 4.",
    "Postbus 20 018-2500 EA Den Haag, kenmerk 36 471-64",
    "Het artikel 5 van de NRC. Zie art. 5 hiervoor, en artikel 3 kan ook.",
    "Idem voor de andere landen, en idem voor België; ne bis in idem",
    "Een rij met 10 000-20 000 euro en 15 000-20 miljoen.",
    "Zie pagina 19 en 20 van het Eindrapport, en p. 42.",
    "Federaal regeerakkoord België 2025-2029, p. 42.",
    "EU preparedness union strategy (2025), COM en SWD.",
    "Van 14-16 april 2026 waren er JA21, D66 en 50PLUS.",
    "In (35 714) en (12 345) gevallen.",
    "Een getal als 31 475, A-status, en 35 714, EU-breed, en 35 714, AOW.",
    "IBAN NL91 ABNA 0417 1643 00, 2511 CV Den Haag.",
    "Het dossier van 2023, dossiers 3 en 4, en wetsvoorstellen in 2023 en 2024.",
    "Tussen 10 000, 20 000 en 30 000 personen; van 12 000 naar 13 000.",
    "De vragen nr. 15885, nr. 15992 en nr. 16472.",
    "Dossiers. 5.000 daarvan zijn oud.",
    "www.volkskrant.nl/nieuws-achtergrond/juridische-hobbels~bc49ab66/",
    "Op 7,35714 procent, of 12.35714, nr. 3.",
    "De arresten van 30 november 1977, nr. 18 586, BNB 1978/7, en van 7 mei 1980, nr. 19 874.",
    "Zij krijgt nr. 199. De motie op stuk nr. 200 ontraad ik.",
]


@pytest.mark.parametrize("prose", PROSE)
def test_prose_names_no_paper(prose):
    assert found_in(prose) == []


LISTS = [
    (
        "Zie 35 714, nrs. 12 en 13.",
        [
            ("35 714, nrs. 12", "Kamerstukken II, 35714, nr. 12"),
            ("13", "Kamerstukken II, 35714, nr. 13"),
        ],
    ),
    (
        "Voortgang moties 30420, nrs 100 en 101 over de diversiteit",
        [
            ("30420, nrs 100", "Kamerstukken II, 30420, nr. 100"),
            ("101", "Kamerstukken II, 30420, nr. 101"),
        ],
    ),
    (
        "Kamerstukken II 2022/23, 36 250, nrs. 1–3",
        [("Kamerstukken II 2022/23, 36 250, nrs. 1–3", f"Kamerstukken II 2022/23, 36250, nr. {n}") for n in (1, 2, 3)],
    ),
    (
        "Kamerstukken II 2022/23, 36 250, nrs. 1 t/m 2 en 7, p. 3",
        [
            ("Kamerstukken II 2022/23, 36 250, nrs. 1 t/m 2", "Kamerstukken II 2022/23, 36250, nr. 1"),
            ("Kamerstukken II 2022/23, 36 250, nrs. 1 t/m 2", "Kamerstukken II 2022/23, 36250, nr. 2"),
            ("7, p. 3", "Kamerstukken II 2022/23, 36250, nr. 7, p. 3"),
        ],
    ),
    (
        "(29 628, nr. 119 en 31 084, nr. 11)",
        [
            ("29 628, nr. 119", "Kamerstukken II, 29628, nr. 119"),
            ("31 084, nr. 11", "Kamerstukken II, 31084, nr. 11"),
        ],
    ),
    (
        "Kamerstukken II 2022/23, 36 250, nr. 3, p. 4; 36 251, nr. 4 en 2023/24, 36 410 VI, nr. 5.",
        [
            ("Kamerstukken II 2022/23, 36 250, nr. 3, p. 4", "Kamerstukken II 2022/23, 36250, nr. 3, p. 4"),
            ("36 251, nr. 4", "Kamerstukken II 2022/23, 36251, nr. 4"),
            ("2023/24, 36 410 VI, nr. 5", "Kamerstukken II 2023/24, 36410-VI, nr. 5"),
        ],
    ),
    (
        "Kamerstukken II 2020/21, 35625, nr. 4, p. 12 en 13 en nr. 6",
        [
            ("Kamerstukken II 2020/21, 35625, nr. 4, p. 12 en 13", "Kamerstukken II 2020/21, 35625, nr. 4, p. 12, 13"),
            ("6", "Kamerstukken II 2020/21, 35625, nr. 6"),
        ],
    ),
    (
        "Kamerstukken II 1999-2000, 26 271, nr. 6, p. 15-16; nr. 7, p. 5-6.",
        [
            ("Kamerstukken II 1999-2000, 26 271, nr. 6, p. 15-16", "Kamerstukken II 1999/2000, 26271, nr. 6, p. 15-16"),
            ("7, p. 5-6", "Kamerstukken II 1999/2000, 26271, nr. 7, p. 5-6"),
        ],
    ),
    (
        "Kamerstukken I 2025/26, 35714, J, K en L",
        [
            ("Kamerstukken I 2025/26, 35714, J", "Kamerstukken I 2025/26, 35714, J"),
            ("K", "Kamerstukken I 2025/26, 35714, K"),
            ("L", "Kamerstukken I 2025/26, 35714, L"),
        ],
    ),
    (
        "de wetsvoorstellen 31815, 31816 en\n31840 behandelen",
        [
            ("wetsvoorstellen 31815", "Kamerstukken 31815"),
            ("31816", "Kamerstukken 31816"),
            ("31840", "Kamerstukken 31840"),
        ],
    ),
    (
        "Kamerstukken II 2019/20, 29 754, nrs. 520 en 548 en Aanhangsel Handelingen II 2019/20, nrs. 89 en 90",
        [
            ("Kamerstukken II 2019/20, 29 754, nrs. 520", "Kamerstukken II 2019/20, 29754, nr. 520"),
            ("548", "Kamerstukken II 2019/20, 29754, nr. 548"),
            ("Aanhangsel Handelingen II 2019/20, nrs. 89", "Aanhangsel Handelingen II 2019/20, nr. 89"),
            ("90", "Aanhangsel Handelingen II 2019/20, nr. 90"),
        ],
    ),
    (
        "Stb. 2020, 123, 124 en 125.",
        [("Stb. 2020, 123", "Stb. 2020, 123"), ("124", "Stb. 2020, 124"), ("125", "Stb. 2020, 125")],
    ),
    (
        "Handelingen I 2024/25, nr. 12, items 3 en 5",
        [
            ("Handelingen I 2024/25, nr. 12, items 3", "Handelingen I 2024/25, nr. 12, item 3"),
            ("5", "Handelingen I 2024/25, nr. 12, item 5"),
        ],
    ),
    (
        "artikelen 3, eerste lid, en 4 van de Grondwet",
        [("artikelen 3, eerste lid", "artikel 3 lid 1 Grondwet"), ("4 van de Grondwet", "artikel 4 Grondwet")],
    ),
    ("artikel 346-1 van het Burgerlijk Wetboek", [("artikel 346-1 van het Burgerlijk Wetboek", "artikel 346-1 BW")]),
    (
        "36 250, nrs. 03 en 05",
        [("36 250, nrs. 03", "Kamerstukken II, 36250, nr. 3"), ("05", "Kamerstukken II, 36250, nr. 5")],
    ),
    # what only looks like a list
    ("Kamerstuk 36 250, nr. 3 en 12 andere", [("Kamerstuk 36 250, nr. 3", "Kamerstukken II, 36250, nr. 3")]),
    ("36 250, nrs. 3 en 5 april 2023", [("36 250, nrs. 3", "Kamerstukken II, 36250, nr. 3")]),
    ("36 250, nr. 3, 12 345 mensen", [("36 250, nr. 3", "Kamerstukken II, 36250, nr. 3")]),
    ("35714, N en EU-breed", [("35714, N", "Kamerstukken I, 35714, N")]),
    ("Stb. 2020, 123 en 30 dagen", [("Stb. 2020, 123", "Stb. 2020, 123")]),
]


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=[row[0] for row in LISTS])
def test_every_paper_of_a_list(text, expected):
    assert found_in(text) == expected


def test_a_range_that_is_too_long_gives_both_ends():
    numbers = [one.reference.number for one in find(f"36 250, nrs. 1-{LONGEST_RANGE}")]
    assert numbers == [str(number) for number in range(1, LONGEST_RANGE + 1)]
    numbers = [one.reference.number for one in find(f"36 250, nrs. 1-{LONGEST_RANGE + 1}")]
    assert numbers == ["1", str(LONGEST_RANGE + 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the mark of a note, or its number, stuck to the reference
        ("op 9 mei 20231Kamerstuk 28 844, nr. 266. heb ik", ["Kamerstukken II, 28844, nr. 266"]),
        ("regeldruk.12 Kamerstuk 26 485, nr. 380 13 Het actuele", ["Kamerstukken II, 26485, nr. 380"]),
        ("Kamerstukken II 2022/23, 36 250, nr. 3¹² stelt", ["Kamerstukken II 2022/23, 36250, nr. 3"]),
        ("4 Tweede Kamer, vergaderjaar 2022–2023, 26 485, nr. 424\n5", ["Kamerstukken II 2022/23, 26485, nr. 424"]),
        # what comes next is left alone
        ("(Kamerstuk 28 828, nr. 66), de regering", ["Kamerstukken II, 28828, nr. 66"]),
        ("Tweede Kamer, vergaderjaar 2023–2024, 36 450, nr. 6 31", ["Kamerstukken II 2023/24, 36450, nr. 6"]),
        (
            "Van Raak (29754, nr. 113) - 29754-145",
            ["Kamerstukken II, 29754, nr. 113", "Kamerstukken II, 29754, nr. 145"],
        ),
        ("artikel 3 van de Wet langdurige zorg is dit geregeld", ["artikel 3 Wlz"]),
        ("artikel 8 van de Wet dieren in werking treedt", ["artikel 8 Wet dieren"]),
        ("artikel 3 van de Kieswet bepaalt dit", ["artikel 3 Kieswet"]),
        ("https://zoek.officielebekendmakingen.nl/kst-35714-O.html", ["Kamerstukken I, 35714, O"]),
    ],
)
def test_where_a_reference_begins_and_ends(text, expected):
    assert [printed for _, printed in found_in(text)] == expected


def test_ibid_names_the_paper_before_it_with_its_own_page():
    text = """
        5 Kamerstukken I 2025-2026, 31585/35714, J, p. 2.
        6 Ibid., p. 6.
        7 artikel 350 VWEU
        8 Idem, blz. 3
        9 Ibid.
        10 Stcrt. 2025, 15685.
        11 t.a.p., p. 4
    """
    assert [str(one.reference) for one in resolve(find(text))] == [
        "Kamerstukken I 2025/26, 31585 / 35714, J, p. 2",
        "Kamerstukken I 2025/26, 31585 / 35714, J, p. 6",
        "artikel 350 VWEU",
        "Kamerstukken I 2025/26, 31585 / 35714, J, p. 3",  # an article has no pages
        "Kamerstukken I 2025/26, 31585 / 35714, J, p. 3",
        "Stcrt. 2025, 15685",
        "Stcrt. 2025, 15685, p. 4",
    ]


def test_ibid_without_anything_before_it_stays():
    (one,) = resolve(find("Ibid., p. 6."))
    assert one == Found(0, 11, Reference("zelfde", pages=((6, 6),)))


def test_resolving_keeps_every_place():
    text = "35 714, nr. 3; Ibid., p. 4; Stb. 2020, 3"
    assert [(one.start, one.end) for one in resolve(find(text))] == [(one.start, one.end) for one in find(text)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("35 714, nr. 12", "Kamerstukken II 2025/26, 35714, nr. 12, p. 4", True),
        ("35714, J", "kst-31585-35714-J", True),
        ("31585 / 35714, J", "35714 / 31585, J", True),
        ("Aanhangsel Handelingen, vergaderjaar 2014–2015, nr. 403", "ah-tk-20142015-403", True),
        ("Kamerstukken II 2023, 36 250, nr. 3", "Kamerstukken II 2022/23, 36 250, nr. 3", True),
        ("35 714, nr. 12", "35 714, nr. 13", False),
        ("35 714, nr. 12", "35 714", False),
        ("35 714, N", "35 715, N", False),
        ("36410-VI, nr. 3", "36410-VII, nr. 3", False),
        ("Kamerstukken I 2025/26, 35714, N", "Kamerstukken I 2024/25, 35714, N", False),
        ("ah-tk-20142015-403", "ah-ek-20142015-403", False),
        ("35714, M", "35714, M, bijlagen", False),
        ("artikel 3 lid 1 Awb", "artikel 3 lid 2 Awb", False),
        ("Stb. 2020, 123", "Trb. 2020, 123", False),
        ("Ibid.", "Ibid.", False),
    ],
)
def test_whether_two_references_can_mean_one_paper(one, other, same):
    assert same_paper(parse(one), parse(other)) is same
    assert same_paper(parse(other), parse(one)) is same


@pytest.mark.parametrize(
    "file",
    """
    kst-35714-O kst-31585-35714-J kst-36450-6 kst-36410-VI-26 kst-21501-07-1750 kst-CXXIV-G ah-tk-20232024-1314
    ah-ek-20232024-3 h-tk-20172018-61-10 h-ek-20242025-12-3 stcrt-2025-15685 stb-2020-123 trb-2025-37 blg-1191455
    """.split(),
)
def test_the_name_of_a_file_comes_back(file):
    assert parse(file).identifier == file


@pytest.mark.parametrize("words", ["35 714", "Aanhangsel Handelingen, 2014-2015, nr. 403", "artikel 3 Awb", "Ibid."])
def test_what_names_no_file_has_no_identifier(words):
    assert parse(words).identifier is None


def document(name: str, metadata: Metadata) -> Document:
    return Document(name, "", "", (0,), (), (), (), metadata, "")


def test_the_reference_to_a_document():
    senate = Metadata(chamber="I", year="2025-2026", dossiers=("31585", "35714"), number="J")
    assert official(document("x", senate), 6) == "Kamerstukken I 2025/26, 31585 / 35714, J, p. 6"
    assert official(document("x", Metadata(chamber="II", dossiers=("36450",), number="6"))) == (
        "Kamerstukken II, 36450, nr. 6"
    )
    assert official(document("x", Metadata(dossiers=("36450",), number="6"))) == "Kamerstukken II, 36450, nr. 6"
    assert official(document("brief", Metadata())) == "brief"
    assert official(document("brief", Metadata()), 2) == "brief, p. 2"
    assert reference_of(document("a/kst-1", senate)) == paper("31585 35714", "J", "I", "2025-2026")
    assert reference_of(document("map/ah-tk-20232024-1314", Metadata())) == parse("ah-tk-20232024-1314")
    assert reference_of(document("brief", Metadata())) is None


def test_a_paper_without_its_page():
    assert parse("Kamerstukken I 2025/26, 35714, N, p. 4").paper == N


# --- properties ------------------------------------------------------------------------------------------------------

numbers = st.integers(1, 9999).map(str)
dossier_numbers = st.integers(10000, 39999).map(str)
letters = st.from_regex(r"[A-Z]|[ABC][A-Z]", fullmatch=True)
sessions = st.integers(1950, 2040).map(lambda year: f"{year}-{year + 1}")
page_ranges = st.lists(st.tuples(st.integers(1, 400), st.integers(0, 9)), max_size=3).map(
    lambda rows: tuple((first, first + more) for first, more in rows)
)
chapters = st.sampled_from(["", "", "-VI", "-IXB", "-XVI", "-V", "-B"])


@st.composite
def kamerstukken(draw):
    senate = draw(st.booleans())
    dossiers = [draw(dossier_numbers) for _ in range(draw(st.integers(1, 3)))]
    dossiers[-1] += draw(chapters)
    return Reference(
        "kamerstuk",
        draw(letters if senate else numbers),
        "I" if senate else "II",
        draw(st.none() | sessions),
        tuple(dossiers),
        pages=draw(page_ranges),
    )


references = st.one_of(
    kamerstukken(),
    st.builds(
        Reference,
        st.just("handelingen"),
        st.integers(1, 120).map(str),
        st.sampled_from(["I", "II"]),
        sessions,
        item=st.none() | st.integers(1, 99).map(str),
        pages=page_ranges,
    ),
    st.builds(Reference, st.just("aanhangsel"), numbers, st.sampled_from(["I", "II", None]), sessions),
    st.builds(
        Reference,
        st.sampled_from(["staatscourant", "staatsblad", "tractatenblad", "gemeenteblad"]),
        st.integers(1, 99999).map(str),
        year=st.integers(1850, 2040).map(str),
    ),
    st.builds(
        Reference,
        st.just("artikel"),
        st.from_regex(r"[1-9][0-9]{0,2}([a-z]|:[1-9]|\.[1-9])?", fullmatch=True),
        law=st.sampled_from(["VWEU", "Awb", "Grondwet", "Wet LB 1964", "Participatiewet", "Wet dieren"]),
        paragraphs=st.lists(st.integers(1, 20), max_size=3, unique=True).map(lambda leden: tuple(sorted(leden))),
        points=st.lists(st.sampled_from("abcdfg"), max_size=3, unique=True).map(tuple),
    ),
)

BLANKS = st.sampled_from([" ", " ", "\xa0", "\u2009", "\n", " \n", "  "])
DASHES = st.sampled_from(["-", "–", "‑"])


@st.composite
def writings(draw, reference: Reference) -> str:
    """Write a reference as one of the many who write them would."""

    def pick(*options: str) -> str:
        return draw(st.sampled_from(options))

    def year() -> str:
        first, last = reference.year.split("-")
        return first + pick("/", "-", "–") + (last if first[:2] != last[:2] else pick(last, last[2:]))

    match reference.kind:
        case "kamerstuk":
            spaced = pick("", " ", ".")
            names = [f"{name[:2]}{spaced}{name[2:]}" for name in reference.dossiers]
            names = [name.replace("-", pick("-", " ")) for name in names]
            head = pick("Kamerstukken", "Kamerstuk", "kamerstukken") + " " + pick(reference.chamber, reference.chamber)
            head += f"{pick(' ', ', ')}{pick('', 'vergaderjaar ')}{year()}" if reference.year else ""
            number = reference.number
            if number.isdigit():
                number = pick("nr. ", "nr ", "nr.") + number
            words = f"{head}, {pick('/', ' / ').join(names)}, {number}"
        case "handelingen":
            words = f"{pick('Handelingen', 'Hand.')} {reference.chamber} {year()}, "
            words += pick("nr. ", "nr ", "") + reference.number
            words += f", item {reference.item}" if reference.item else ""
        case "aanhangsel":
            words = pick("Aanhangsel Handelingen", "Aanhangsel van de Handelingen", "Aanh. Hand.")
            words += f" {reference.chamber}" if reference.chamber else ""
            words += f"{pick(' ', ', ')}{pick('', 'vergaderjaar ')}{year()}, nr. {reference.number}"
        case "artikel":
            words = pick("artikel ", "art. ", "Artikel ") + reference.number
            ordinals = "eerste tweede derde vierde vijfde".split()
            if reference.paragraphs and max(reference.paragraphs) <= 5 and draw(st.booleans()):
                words += f", {' en '.join(ordinals[lid - 1] for lid in reference.paragraphs)} lid,"
            elif reference.paragraphs:
                words += f" lid {' en '.join(map(str, reference.paragraphs))}"
            if reference.points:
                words += f" {pick('onder', 'onderdeel', 'sub')} {' en '.join(reference.points)}"
            words += f" {pick('', 'van de ', 'van het ')}{reference.law}"
        case _:
            short, _, long = {
                "staatscourant": "Stcrt. Staatscourant",
                "staatsblad": "Stb. Staatsblad",
                "tractatenblad": "Trb. Tractatenblad",
                "gemeenteblad": "Gmb. Gemeenteblad",
            }[reference.kind].partition(" ")
            words = f"{pick(short, long)} {reference.year}{pick(', ', ', nr. ', ' nr. ')}{reference.number}"
    if reference.pages:
        dash = draw(DASHES)
        ranges = [str(first) if first == last else f"{first}{dash}{last}" for first, last in reference.pages]
        words += pick(", p. ", ", p.", ", blz. ", ", pp. ", " p. ") + ", ".join(ranges)
    blank = draw(BLANKS)
    return words.replace(" ", blank)


written_references = references.flatmap(lambda reference: st.tuples(st.just(reference), writings(reference)))


@settings(deadline=None)
@given(written_references)
def test_however_it_is_written_it_is_the_same(pair):
    reference, words = pair
    assert parse(words) == reference
    assert hash(parse(words)) == hash(reference)
    assert parse(str(parse(words))) == reference


@settings(deadline=None)
@given(
    written_references,
    st.sampled_from(["", "Zie ", "(", "\n3 ", "brief1\n"]),
    st.sampled_from(["", ".", ")", "; en verder", "\n4 Zie"]),
)
def test_what_is_written_in_a_text_is_found(pair, before, after):
    reference, words = pair
    text = f"{before}{words}{after}"
    (one,) = find(text)
    assert one == Found(len(before), len(before) + len(words), reference)


PIECES = st.sampled_from(
    """
    Kamerstukken Kamerstuk I II 12025/26 2025/26 2025-2026, 35714, 35 714, 31.585 / -VI VI nr. nrs. 12 13, en ; J, N
    ABC p. blz. 4-6 bijlage 2 bij (MvT) Handelingen item Aanhangsel Stb. 2020, Stcrt. van artikel lid tweede lid,
    onder a aanhef VWEU Wet op de zorg kst-35714-O ah-tk-20232024-1 2024Z01234 Ibid., t/m - – ( ) . \n \xa0 \xad ²
    € EU wetsvoorstel COM(2020) (31311) vergaderjaar Tweede Kamer, TK Verordening (EG) nr. 883/2004 Boek 7 t.a.p.
    ECLI:NL:HR:2019:12 PB L
    """.split(" ")
)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.lists(PIECES, max_size=25).map("".join) | st.text())
def test_any_text_can_be_searched(text):
    found = list(find(text))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
        assert hash(one.reference) is not None
        assert parse(str(one.reference)) == one.reference
    for before, after in pairwise(found):
        apart = before.end <= after.start
        together = (before.start, before.end) == (after.start, after.end)  # the papers of a range
        assert apart or together
    assert len(list(resolve(found))) == len(found)


@settings(deadline=None)
@given(st.text())
def test_any_text_can_be_parsed(text):
    reference = parse(text)
    assert reference is None or parse(str(reference)) == reference


@pytest.mark.parametrize(
    "unit",
    [
        "Kamerstukken I 2025/26, ",
        "35714 en ",
        "35714/",
        "35 714, nrs. 1, ",
        "artikel 1, eerste lid, onderdeel a, ",
        "artikel 1 van de Wet op de zorg van ",
        "36 250, nr. 8 ((((",
        "eerste, tweede, ",
        "nr. 1 (35714",
        "a-\n",
        "1",
        " ",
    ],
)
def test_no_text_takes_more_than_its_share_of_time(unit):
    """Twice the text takes about twice the time: far from four times, with room for a busy machine."""
    from time import process_time

    def seconds(characters: int) -> float:
        text = (unit * (characters // len(unit) + 1))[:characters]
        begin = process_time()
        for _ in find(text):
            pass
        return process_time() - begin

    seconds(1_000)
    # The machine may be slow for a moment, but not three times over.
    assert any(seconds(80_000) < 10 * seconds(20_000) + 0.05 for _ in range(3))


def test_the_grammar_is_not_built_when_the_module_is_imported():
    import subprocess
    import sys

    code = "import sys, raadpleeg.reading.references; print('lark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_every_line_of_the_table_is_there_for_a_reason():
    written = [row[0] for row in WRITTEN]
    assert len(written) == len(set(written)) >= 80
    assert all(re.search(r"\w", words) for words in written)
