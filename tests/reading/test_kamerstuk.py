"""Units of papers of every kind, each written here as its paragraphs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.reading.identity import ANSWERED, DELAYED, identify, title_of
from raadpleeg.reading.kamerstuk import name_units
from raadpleeg.reading.manuscript import Manuscript
from raadpleeg.reading.references import official
from raadpleeg.records import Document

PROSE = "Het kabinet heeft daar kennis van genomen en zal de Kamer daarover op een later tijdstip nader informeren."


def laid_out(*parts):
    """Write paragraphs: words, or words with their style or the level of their heading."""
    pen = Manuscript()
    pen.page()
    for part in parts:
        words, look = part if isinstance(part, tuple) else (part, "")
        pen.paragraph(heading=look if isinstance(look, int) else None)
        pen.words(words, look if isinstance(look, str) else "")
    return pen.done()


def units_of(*parts):
    return name_units(laid_out(*parts), lambda _: 1)


def tree(units):
    return [(unit.kind, unit.label, len(unit.path)) for unit in units]


def kinds(units, kind):
    return [unit for unit in units if unit.kind == kind]


# --- questions and answers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [
        ("Vraag 1", (1,)),
        ("Vraag 1:", (1,)),
        ("VRAAG 12", (12,)),
        ("Vragen 1 en 2", (1, 2)),
        ("Vraag 3, 4 en 7", (3, 4, 7)),
        ("Vragen 5 tot en met 8", (5, 6, 7, 8)),
        ("Vraag 5 t/m 7", (5, 6, 7)),
        ("Vragen 1, 2, en 4", (1, 2, 4)),
        ("Vraag 2a", (2,)),
        ("Vraag nr. 9", (9,)),
        ("Vraag (11):", (11,)),
        ("Vraag 4 (van de leden van de VVD-fractie)", (4,)),
    ],
)
def test_questions_are_numbered_in_many_ways(heading, numbers):
    (question,) = units_of(heading, "Kunt u dat toelichten?")
    assert (question.kind, question.numbers) == ("question", numbers)


@pytest.mark.parametrize(
    ("heading", "numbers"),
    [
        ("Antwoord 1", (1,)),
        ("Antwoorden 1 en 2", (1, 2)),
        ("Antwoord op vraag 3", (3,)),
        ("Antwoord op de vragen 3 en 4", (3, 4)),
        ("Antwoord vraag 3:", (3,)),
        ("Beantwoording vragen 8 en 9", (8, 9)),
        ("Antwoord 10–12", (10, 11, 12)),
    ],
)
def test_answers_are_numbered_in_many_ways(heading, numbers):
    (answer,) = units_of(heading, PROSE)
    assert (answer.kind, answer.numbers, answer.answers) == ("answer", numbers, numbers)


@pytest.mark.parametrize(
    "prose",
    [
        "Vraag 3 gaat over de termijn waarop de Kamer wordt geïnformeerd.",
        "Antwoord 4 verwijst daar ook al naar.",
        "Vragen van de leden zijn daarover niet gesteld.",
        "Antwoord geven wij graag.",
    ],
)
def test_prose_about_questions_is_none(prose):
    assert not [unit for unit in units_of(PROSE, prose, PROSE) if unit.kind in ("question", "answer")]


def test_words_behind_the_number_belong_to_the_unit():
    question, answer = units_of("Vraag 1: Deelt u die mening?", "Antwoord 1: Ja. " + PROSE)
    assert (question.label, answer.label) == ("Vraag 1", "Antwoord 1")
    assert question.partners == (1,)


def test_an_answer_knows_its_questions_and_they_know_it():
    units = units_of(
        "Vraag 1", "Eén?", "Vraag 2", "Twee?", "Antwoord 1 en 2", PROSE, "Vraag 3", "Drie?", "Antwoord 3", "Ja."
    )
    assert [unit.partners for unit in units] == [(2,), (2,), (0, 1), (4,), (3,)]


def test_a_question_that_stands_twice_has_two_places_and_one_answer():
    asked = "Kunt u de Kamer nader informeren over de voortgang van de gesprekken?"
    units = units_of(
        ("BRIEF VAN DE VOORZITTER VAN DE VASTE COMMISSIE VOOR FINANCIËN", "bold"),
        f"1. {asked}",
        ("BRIEF VAN DE STAATSSECRETARIS VAN FINANCIËN", "bold"),
        "Vraag 1",
        asked,
        "Antwoord 1",
        PROSE,
    )
    first, second = kinds(units, "question")
    (answer,) = kinds(units, "answer")
    assert units[first.twins[0]] == second
    assert units[second.twins[0]] == first
    assert [units[place] for place in answer.partners] == [first, second]
    assert answer.speaker == "staatssecretaris van Financiën"


def test_two_sets_of_questions_with_the_same_numbers_stay_apart():
    units = units_of(
        "Vraag 1",
        "Wat zijn de kosten van het programma?",
        "Antwoord 1",
        "Tien euro.",
        "Vraag 1",
        "Wanneer komt er een wetsvoorstel naar de Kamer?",
        "Antwoord 1",
        "In mei.",
    )
    assert [unit.partners for unit in units] == [(1,), (0,), (3,), (2,)]
    assert not any(unit.twins for unit in units)


def test_answers_without_a_number_answer_what_stands_above_them():
    units = units_of(
        ("1. Inleiding", "bold"),
        "De leden van de VVD-fractie lezen dat het mandaat wordt verruimd. Kan de regering dat toelichten?",
        "Antwoord",
        PROSE,
        "De leden van de fracties van SP en GroenLinks-PvdA vragen naar de kosten.",
        "Deze leden vragen ook naar de baten.",
        "Antwoord",
        PROSE,
    )
    questions = kinds(units, "question")
    assert [unit.speaker for unit in questions] == [
        "leden van de VVD-fractie",
        "leden van de fracties van SP en GroenLinks-PvdA",
    ]
    assert [[units[place].kind for place in unit.partners] for unit in questions] == [["answer"]] * 2
    assert not kinds(units, "paragraph")


def test_a_number_alone_heads_a_question_where_answers_have_none():
    units = units_of(
        "De leden van de CDA-fractie hebben met belangstelling kennisgenomen van het wetsvoorstel.",
        "5, 6 en 7",
        "De leden van de SGP-fractie vragen naar de kosten.",
        "Antwoord",
        PROSE,
        "8",
        "Deze leden vragen verder naar de baten.",
        "Antwoord",
        "Voor het antwoord verwijs ik naar het antwoord op de vragen 5 en 6.",
    )
    assert [unit.label for unit in units] == [
        "Leden van de CDA-fractie",
        "Vraag 5, 6 en 7",
        "Antwoord 5, 6 en 7",
        "Vraag 8",
        "Antwoord 8",
    ]
    assert units[3].speaker == "leden van de SGP-fractie"
    assert units[4].refers == (5, 6)
    assert units[4].partners == (3,)


def test_a_number_alone_is_nothing_where_no_answer_stands_alone():
    assert units_of("12", PROSE) == ()


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("Zie het antwoord op vraag 3.", (3,)),
        ("Ik verwijs u hiervoor naar de beantwoording van vraag 4 en 5.", (4, 5)),
        ("Zoals in het antwoord op vraag 2 is gesteld, is dat zo.", (2,)),
        ("De vraag is of het antwoord bekend is.", ()),
    ],
)
def test_answers_point_to_others(words, numbers):
    assert units_of("Vraag 1", "Eén?", "Antwoord 1", words)[1].refers == numbers


# --- letters, sections, articles -------------------------------------------------------------------------------------


def test_a_letter_knows_who_writes_to_whom_and_when():
    (letter,) = units_of(
        "BRIEF VAN DE MINISTER VAN BINNENLANDSE ZAKEN EN KONINKRIJKSRELATIES",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Den Haag, 7 juli 2023",
        PROSE,
    )
    assert letter.label == "Brief van de minister van Binnenlandse Zaken en Koninkrijksrelaties"
    assert letter.speaker == "minister van Binnenlandse Zaken en Koninkrijksrelaties"
    assert letter.addressee == "Voorzitter van de Tweede Kamer der Staten-Generaal"
    assert letter.date == "2023-07-07"


def test_a_letter_without_a_title_is_told_by_its_salutation_and_signature():
    (letter,) = units_of("Geachte Voorzitter,", PROSE, "De minister van Financiën,", "J. Jansen")
    assert (letter.kind, letter.speaker) == ("letter", "minister van Financiën")


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Hierbij de antwoorden op de vragen van het lid Jansen (VVD) over geluid.", "lid Jansen (VVD)"),
        (
            "Op vragen van de leden De Vries (D66) en Van der Lee (SP) antwoord ik.",
            "leden De Vries (D66) en Van der Lee (SP)",
        ),
        ("Hierbij de antwoorden op uw vragen.", None),
    ],
)
def test_a_question_in_a_ministers_letter_is_not_the_ministers(words, speaker):
    units = units_of(
        "Geachte voorzitter,", words, "De minister van Zorg,", "B. Visser", "Vraag 1", "Is dat zo?", "Antwoord 1", "Ja."
    )
    assert kinds(units, "question")[0].speaker == speaker
    assert kinds(units, "answer")[0].speaker == "minister van Zorg"


def test_sections_nest_as_they_are_numbered():
    units = units_of(
        ("I. ALGEMEEN", "bold"),
        ("1. Inleiding", "bold"),
        PROSE,
        ("2. Hoofdlijnen", "bold"),
        ("2.1 Taken", "italic"),
        PROSE,
        ("2.2 Werkwijze", "italic"),
        PROSE,
        ("3. Slot", "bold"),
        PROSE,
        ("II. ARTIKELSGEWIJS", "bold"),
        PROSE,
    )
    assert [(unit.label, len(unit.path)) for unit in units] == [
        ("I. ALGEMEEN", 1),
        ("1. Inleiding", 2),
        ("2. Hoofdlijnen", 2),
        ("2.1 Taken", 3),
        ("2.2 Werkwijze", 3),
        ("3. Slot", 2),
        ("II. ARTIKELSGEWIJS", 1),
    ]


def test_levels_that_the_format_tells_count():
    units = units_of(("Eerste", 1), PROSE, ("Onder", 2), PROSE, ("Tweede", 1), PROSE)
    assert tree(units) == [("section", "Eerste", 1), ("section", "Onder", 2), ("section", "Tweede", 1)]


def test_a_heading_inside_an_answer_does_not_end_it():
    units = units_of(
        "Vraag 1", "Eén?", "Antwoord 1", PROSE, ("Kosten", "italic"), PROSE, "Vraag 2", "Twee?", "Antwoord 2", "Ja."
    )
    (section,) = kinds(units, "section")
    assert section.path == ("Antwoord 1", "Kosten")


def test_a_heading_over_a_question_ends_the_answer_before():
    units = units_of(
        "Vraag 1", "Eén?", "Antwoord 1", PROSE, ("Kosten", "bold"), "Vraag 2", "Twee?", "Antwoord 2", "Ja."
    )
    assert [unit.path[-1] for unit in units if "Kosten" in unit.path] == ["Kosten", "Vraag 2", "Antwoord 2"]


def test_a_bill_has_chapters_and_articles():
    units = units_of(
        ("36 450 Regels over iets (Wet iets)", "bold"),
        ("Nr. 2 VOORSTEL VAN WET", "bold"),
        "Wij Willem-Alexander,",
        ("HOOFDSTUK 1 BEGRIPPEN", "bold"),
        ("Artikel 1 Begrippen", "bold"),
        "1. In deze wet wordt verstaan onder:",
        ("Artikel 2", "bold"),
        "Artikel 3 van de Algemene wet is niet van toepassing.",
        ("HOOFDSTUK 2 SLOT", "bold"),
        ("ARTIKEL III", "bold"),
        PROSE,
    )
    assert [(unit.kind, unit.label, unit.numbers, len(unit.path)) for unit in units] == [
        ("section", "HOOFDSTUK 1 BEGRIPPEN", (), 1),
        ("article", "Artikel 1 Begrippen", (1,), 2),
        ("article", "Artikel 2", (2,), 2),
        ("section", "HOOFDSTUK 2 SLOT", (), 1),
        ("article", "ARTIKEL III", (), 2),
    ]


def test_small_print_heads_nothing():
    pen = Manuscript()
    for words, heading in (("Kop", None), ("Soort", 0)):
        pen.paragraph(heading=heading)
        pen.words(words, "bold")
    pen.paragraph()
    pen.words(PROSE)
    assert [unit.label for unit in name_units(pen.done(), lambda _: 1)] == ["Kop"]


def test_words_of_a_fractie_are_its_own():
    units = units_of(
        ("1. Inleiding", "bold"),
        "De leden van de ChristenUnie-fractie hebben vragen bij de uitvoering.",
        "Zij vinden die te ingewikkeld.",
        "Met belangstelling heb ik kennisgenomen van het verslag.",
    )
    (words,) = kinds(units, "paragraph")
    assert words.speaker == "leden van de ChristenUnie-fractie"
    assert words.end - words.start == len(
        "De leden van de ChristenUnie-fractie hebben vragen bij de uitvoering.\n\nZij vinden die te ingewikkeld."
    )


def test_a_heading_tells_who_speaks_under_it():
    units = units_of(
        ("I Vragen en opmerkingen vanuit de fracties", "bold"),
        ("Vragen en opmerkingen van de leden van de D66-fractie", "bold"),
        PROSE,
        ("II Reactie van de staatssecretaris", "bold"),
        PROSE,
    )
    assert [unit.speaker for unit in units] == [None, "leden van de D66-fractie", "staatssecretaris"]


# --- debates, motions, lists -----------------------------------------------------------------------------------------


def test_a_debate_is_speeches():
    units = units_of(
        "De voorzitter: Ik open de vergadering.",
        "De heer Van der Lee (GroenLinks-PvdA): Voorzitter.",
        PROSE,
        "Mevrouw Bouwmeester (PvdA): Dank u wel.",
        "Minister Jansen: Het kabinet deelt dat.",
    )
    assert [(unit.kind, unit.speaker) for unit in units] == [
        ("speech", "De voorzitter"),
        ("speech", "De heer Van der Lee (GroenLinks-PvdA)"),
        ("speech", "Mevrouw Bouwmeester (PvdA)"),
        ("speech", "Minister Jansen"),
    ]


def test_a_motion_ends_with_the_order_of_the_day():
    units = units_of(
        "Nr. 7 MOTIE VAN HET LID VAN DER GRAAF C.S.",
        "De Kamer,",
        "gehoord de beraadslaging,",
        "verzoekt de regering dat te doen,",
        "en gaat over tot de orde van de dag.",
        "Van der Graaf",
    )
    (motion,) = units
    assert (motion.kind, motion.speaker) == ("motion", "lid Van der Graaf c.s.")


def test_a_list_of_members_and_of_decisions():
    units = units_of(
        "Samenstelling: Leden: Jansen (VVD), De Vries (D66), voorzitter.",
        "Plv. leden: Bakker (SP).",
        "1. Agendapunt: Besluitenlijst",
        "Besluit: vastgesteld",
        "2. Agendapunt: Brief",
        "Besluit: agenderen",
    )
    assert [(unit.kind, unit.numbers) for unit in units] == [("members", ()), ("section", (1,)), ("section", (2,))]


# --- what the paper is -----------------------------------------------------------------------------------------------


def appendix(answer="Antwoord van Minister De Boer (Zorg) (ontvangen 25 maart 2024)."):
    return laid_out(
        ("Tweede Kamer der Staten-Generaal 2", "bold"),
        "Vergaderjaar 2023–2024 Aanhangsel van de Handelingen",
        ("Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden", "bold"),
        ("1314", "bold"),
        "Vragen van de leden Jansen (VVD) en Van der Lee (D66) aan de Minister van Zorg "
        "over het bericht «Zorg» (ingezonden 6 maart 2024).",
        answer,
        "Vraag 1",
        "Kent u het bericht?",
        "Mededeling" if answer.startswith("Mededeling") else "Antwoord 1",
        "Ja.",
    )


def test_written_questions_are_known_by_their_head():
    layout = appendix()
    metadata = identify("x", layout)
    assert (metadata.chamber, metadata.year, metadata.number, metadata.kind) == ("II", "2023-2024", "1314", ANSWERED)
    assert (metadata.asked, metadata.answered) == ("2024-03-06", "2024-03-25")
    assert [(one.name, one.role, one.party) for one in metadata.people] == [
        ("Jansen", "asks", "VVD"),
        ("Van der Lee", "asks", "D66"),
        ("De Boer", "answers", None),
    ]
    units = name_units(layout, lambda _: 1)
    assert [unit.speaker for unit in units] == ["leden Jansen (VVD) en Van der Lee (D66)", "Minister De Boer (Zorg)"]
    assert (
        title_of("x", layout, units, metadata)
        == "Vragen van de leden Jansen (VVD) en Van der Lee (D66) over het bericht «Zorg»"
    )


@pytest.mark.parametrize(
    ("name", "reference"),
    [
        ("ah-tk-20232024-1314", "Aanhangsel Handelingen II 2023/24, nr. 1314, p. 2"),
        ("los", "Aanhangsel Handelingen II 2023/24, nr. 1314, p. 2"),
    ],
)
def test_written_questions_are_cited_by_their_number(name, reference):
    metadata = identify(name, appendix())
    assert official(Document(name, "", "", (0,), (), (), (), metadata, ""), 2) == reference


def test_a_notice_of_delay_is_no_answer():
    layout = appendix("Mededeling van Minister De Boer (Zorg) (ontvangen 25 maart 2024).")
    metadata = identify("x", layout)
    assert (metadata.kind, metadata.asked, metadata.answered) == (DELAYED, "2024-03-06", None)
    units = name_units(layout, lambda _: 1)
    assert [(unit.kind, unit.partners) for unit in units] == [("question", ()), ("section", ())]
    assert units[1].speaker == "Minister De Boer (Zorg)"


@pytest.mark.parametrize(
    ("line", "dossiers"),
    [
        ("36 450 Regels omtrent iets", ("36450",)),
        ("31 585 / 35 714 Twee dossiers", ("31585", "35714")),
        ("36 410 VI Begroting van Justitie 2024", ("36410-VI",)),
        ("36 410-XV Begroting", ("36410-XV",)),
    ],
)
def test_the_head_tells_dossiers_and_number(line, dossiers):
    layout = laid_out(
        "Tweede Kamer der Staten-Generaal 2",
        "Vergaderjaar 2023–2024",
        line,
        "Nr. 6 NOTA NAAR AANLEIDING VAN HET VERSLAG",
        "Ontvangen 27 maart 2024",
        PROSE,
    )
    metadata = identify("anders", layout)
    assert (metadata.dossiers, metadata.number, metadata.date) == (dossiers, "6", "2024-03-27")
    assert metadata.kind == "Nota naar aanleiding van het verslag"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("kst-35714-O", ("I", ("35714",), "O", None)),
        ("map/kst-31585-35714-J", ("I", ("31585", "35714"), "J", None)),
        ("kst-36410-VI-26", ("II", ("36410-VI",), "26", None)),
        ("ah-tk-20232024-1314", ("II", (), "1314", "2023-2024")),
        ("h-tk-20172018-61-10", ("II", (), "61-10", "2017-2018")),
        ("notitie", (None, (), None, None)),
    ],
)
def test_where_the_head_says_nothing_the_name_does(name, known):
    metadata = identify(name, laid_out(PROSE))
    assert (metadata.chamber, metadata.dossiers, metadata.number, metadata.year) == known


# --- whatever stands in a paper --------------------------------------------------------------------------------------

BITS = st.sampled_from(
    [
        PROSE,
        "Vraag 1",
        "Vraag 2 en 3",
        "Antwoord 1",
        "Antwoord 2",
        "Antwoord",
        "4",
        "1. Deelt u die mening?",
        ("Kop", "bold"),
        ("2.1 Onder", "italic"),
        ("Artikel 3", "bold"),
        "BRIEF VAN DE MINISTER VAN FINANCIËN",
        "De Kamer,",
        "en gaat over tot de orde van de dag.",
        "De leden van de VVD-fractie vragen dat.",
        "De voorzitter: Ja.",
        "Leden: Jansen (VVD).",
        "1. Agendapunt: Iets",
        "Geachte voorzitter,",
        "De minister van Financiën,",
        "Zie het antwoord op vraag 2.",
        ("Groot", 1),
        ("Klein", 3),
    ]
)


@given(st.lists(BITS, max_size=40))
def test_units_nest_lie_inside_the_text_and_belong_together(parts):
    layout = laid_out(*parts)
    units = name_units(layout, lambda _: 1)
    for place, unit in enumerate(units):
        words = layout.text[unit.start : unit.end]
        assert words
        assert words == words.strip()
        assert unit.path[-1] == unit.label
        for other in unit.partners:
            assert place in units[other].partners
            assert {unit.kind, units[other].kind} == {"question", "answer"}
        for other in unit.twins:
            assert place in units[other].twins
        for other in units[place + 1 :]:
            assert unit.start <= other.start
            assert other.start >= unit.end or other.end <= unit.end
