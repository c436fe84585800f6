"""Small papers of several kinds, made here, so that the tests of the lookup stand on their own."""

from dataclasses import replace

from raadpleeg.reading.identity import identify, title_of
from raadpleeg.reading.kamerstuk import name_units
from raadpleeg.reading.manuscript import Manuscript
from raadpleeg.records import Document, Footnote, Unit

TURN = "\f"
"""Written as a paragraph, it begins a new page."""


def paper(identity, *parts, notes=(), **changed):
    """Make a paper of paragraphs: words, or words with their style or the level of their heading.

    `notes` are the words behind which each footnote has its mark (None for one without a mark), and its text.
    """
    pen = Manuscript()
    pen.page()
    for part in parts:
        if part == TURN:
            pen.page()
            continue
        words, look = part if isinstance(part, tuple) else (part, "")
        pen.paragraph(heading=look if isinstance(look, int) else None)
        pen.words(words, look if isinstance(look, str) else "")
    layout = pen.done()
    metadata = identify(identity, layout)
    document = Document(identity, "", layout.text, layout.pages, (), (), (), metadata, "0" * 64)
    units = name_units(layout, document.page_at)
    marks = [None if behind is None else layout.text.index(behind) + len(behind) for behind, _ in notes]
    footnotes = tuple(
        Footnote(number, document.page_at(mark) if mark is not None else 1, mark, text)
        for number, (mark, (_, text)) in enumerate(zip(marks, notes, strict=True), 1)
    )
    title = title_of(identity, layout, units, metadata)
    return replace(document, units=units, title=title, footnotes=footnotes, **changed)


def written_questions(identity, number, asked, *parts, notes=(), year="2023–2024", answer=None):
    return paper(
        identity,
        ("Tweede Kamer der Staten-Generaal 2", "bold"),
        f"Vergaderjaar {year} Aanhangsel van de Handelingen",
        ("Vragen gesteld door de leden der Kamer, met de daarop door de regering gegeven antwoorden", "bold"),
        (number, "bold"),
        f"Vragen van het lid Jansen (VVD) aan de Minister van Zorg over {asked} (ingezonden 6 maart 2024).",
        answer or "Antwoord van Minister De Boer (Zorg) (ontvangen 25 maart 2024).",
        *parts,
        notes=notes,
    )


def beds():
    """Written questions that are answered, with footnotes that lean on each other."""
    return written_questions(
        "ah-tk-20232024-1314",
        "1314",
        "het tekort aan ziekenhuisbedden",
        "Vraag 1",
        "Kent u het bericht over het tekort aan bedden?",
        "Antwoord 1",
        "Ja.",
        "Vraag 2",
        "Hoeveel bedden zijn er in 2023 gesloten, en in welke provincies?",
        "Vraag 3",
        "Wat kostte dat de patiënten in Zuid-Limburg?",
        TURN,
        "Antwoord 2 en 3",
        "In 2023 zijn 1.240 bedden gesloten, zoals eerder aan de Kamer is gemeld. De cijfers per provincie zijn nog "
        "niet bekend. De foto’s in het bericht geven volgens mij een vertekend beeld: in Zuid-Limburg zijn juist "
        "2,5 procent meer bedden geopend.",
        "Vraag 4",
        "Deelt u de mening dat dit anders moet?",
        "Antwoord 4",
        "Zie het antwoord op vraag 2.",
        "Vraag 5",
        "Wanneer bent u bereid de Kamer hierover nader te informeren?",
        "Antwoord 5",
        "Op deze vraag kom ik later terug.",
        notes=(
            ("tekort aan bedden?", "Dagblad van het Zuiden, 3 maart 2024."),
            ("aan de Kamer is gemeld", "Kamerstuk 36 450, nr. 2, p. 2."),
            ("nog niet bekend", "Ibid., p. 1."),
            ("vertekend beeld", "Idem."),
            ("bedden geopend", "Zie noot 2."),
            ("dit anders moet?", "Beddenplan 2030, Stcrt. 2022, 4711."),
            (None, "Kamerstukken II 2021/22, 31 765, nr. 88 (Voortgangsrapportage beddencapaciteit)."),
        ),
    )


def notice():
    """Written questions with a notice of delay."""
    return written_questions(
        "ah-tk-20222023-77",
        "77",
        "wachtlijsten",
        "Vraag 1",
        "Hoe lang zijn de wachtlijsten?",
        "Vraag 2",
        "Wat doet u daaraan?",
        ("Mededeling", "bold"),
        "De vragen kunnen tot mijn spijt niet binnen de gebruikelijke termijn worden beantwoord.",
        year="2022–2023",
        answer="Mededeling van Minister De Boer (Zorg) (ontvangen 25 maart 2024).",
    )


def bill():
    """A bill with articles."""
    return paper(
        "kst-36450-2",
        ("Tweede Kamer der Staten-Generaal 2", "bold"),
        "Vergaderjaar 2023–2024",
        ("36 450 Regels over het tellen van bedden (Beddenwet)", "bold"),
        ("Nr. 2 VOORSTEL VAN WET", "bold"),
        ("HOOFDSTUK 1 BEGRIPPEN", 1),
        ("Artikel 1 Begripsbepalingen", 2),
        "In deze wet wordt verstaan onder bed: een ziekenhuisbed.",
        TURN,
        ("HOOFDSTUK 2 TELLING", 1),
        ("Artikel 2 Telling", 2),
        "1. Onze Minister telt de bedden ieder jaar.",
        "2. Bij de telling blijven bedden buiten gebruik buiten beschouwing.",
        "3. De uitkomst wordt bekendgemaakt in de Staatscourant.",
        ("Artikel 3 Inwerkingtreding", 2),
        "Deze wet treedt in werking op 1 januari 2026.",
    )


def letter():
    """A letter of the House with sections that have numbers."""
    return paper(
        "kst-31765-90",
        ("Tweede Kamer der Staten-Generaal 2", "bold"),
        "Vergaderjaar 2023–2024",
        ("31 765 Kwaliteit van zorg", "bold"),
        ("Nr. 90 BRIEF VAN DE MINISTER VAN ZORG", "bold"),
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Den Haag, 3 april 2024",
        ("1. Aanleiding", 2),
        "Met deze brief doe ik een toezegging gestand (Aanhangsel Handelingen II 2023/24, nr. 1314).",
        ("2. Stand van zaken", 2),
        "De telling, bedoeld in Kamerstuk 36 450, nr. 2, begint in het najaar.",
        ("2.1 Regionale verschillen", 3),
        "Tussen de provincies bestaan grote verschillen.",
    )


def debate():
    """A debate in which a motion is moved."""
    words = "Motie De Kamer, gehoord de beraadslaging, verzoekt de regering bedden te tellen."
    text = f"10 Beddentekort\n\nAan de orde is het debat.\n\n{words}\n\nZij krijgt nr. 199 (31765)."
    start = text.index(words)
    unit = Unit("motion", "Motie nr. 199 (31765)", start, start + len(words), 1, ("Motie nr. 199 (31765)",))
    empty = paper("h-tk-20232024-61-10", "10 Beddentekort")
    return replace(empty, text=text, units=(unit,), pages=(0,))


def all_papers():
    return [beds(), notice(), bill(), letter(), debate()]
