"""Every word that the page itself says. The papers' words are never here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from raadpleeg.records import Language, Reason, Verdict

Part = Literal["consult", "lookup", "questions", "documents", "account"]
PARTS: tuple[Part, ...] = get_args(Part)
Form = Literal["html", "json", "text", "official", "bibtex", "ris", "csl-json"]
"""What an answer can be saved as: a dossier (a page or JSON), plain text, or its citations."""
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class Texts:
    """The page's words in one language."""

    language: Language
    decimal: str
    """What stands between whole seconds and tenths."""

    # the room
    name: str
    tagline: str
    heading: str
    lead: str
    examples_label: str
    examples: tuple[str, ...]
    papers_ask: bool
    """Whether questions out of the papers, which are in Dutch, are examples too."""
    tabs: Mapping[Part, str]
    languages: str
    dark: str
    skip: str

    # beside the conversation
    side: str
    fresh: str
    papers: str
    no_papers: str
    more_papers: str
    """Takes how many there are."""
    earlier: str
    earlier_hint: str
    forget: str
    """Stands before a conversation's name."""
    forget_all: str

    # asking
    question_label: str
    placeholder: str
    follow_up: str
    ask: str
    stop: str
    empty_question: str
    long_question: str
    """Takes the greatest number of characters."""

    # only in some of the papers
    only_in: str
    only_in_chosen: str
    """Takes the number of filters that are set."""
    clear_filters: str
    document: str
    dossier: str
    chamber: str
    chambers: Mapping[str, str]
    """By the chamber's number."""
    kind: str
    speaker: str
    since: str
    until: str
    date_hint: str
    wrong_date: str
    """Takes what was written."""
    wrong_period: str
    """Takes both dates."""
    asked_within: str
    """Takes what the papers have to be."""
    unanswered_within: str

    # on the way
    loading: str
    loading_failed: str
    """Takes the one line that says why."""
    no_writer: str
    """Takes the one line that says why."""
    searching: str
    waiting: str
    composing: str
    found: str
    """Takes the number of quotations."""
    draft: str
    stopped: str
    failed: str
    """Takes the one line that says why."""
    broken: str

    # the answer
    answer: str
    quotes: str
    sources: str
    doubtful: str
    withheld: str
    withheld_many: str
    """Takes the number of sentences."""
    open_source: str
    """Takes number and reference."""
    open_passage: str
    """Takes the reference."""
    verdicts: Mapping[Verdict, str]
    verdict_titles: Mapping[Verdict, str]
    quoted_alone: str
    seconds: str
    """Takes the seconds."""
    written_by: str
    """Takes the generator."""
    without_writer: str
    searched_with: str
    """Takes the encoder."""

    # what can be done with an answer
    actions: str
    again: str
    edit: str
    editing: str
    """Takes the number of the question."""
    not_edited: str
    link: str
    copy_answer: str
    copy_citation: str
    save: str
    save_all: str
    print: str
    forms: Mapping[Form, str]
    copied: str
    saved: str
    """Takes the file's name."""

    # no answer
    abstained: str
    reasons: Mapping[Reason, str]
    nearest: str
    also: str
    belongs_to: str
    """Stands before the question of an answer, or the answers of a question."""
    scores: str
    """Takes, for vectors and for words, the score and the place in the list."""
    unlisted: str

    # the reader
    reader: str
    reader_of: str
    """Takes the reference."""
    close: str
    page: str
    """Takes the number."""
    note: str
    """Takes number and text."""
    notes: str
    nearest_place: str
    gone: str
    unread: str
    unread_hint: str
    previous: str
    next: str
    at: str
    """Takes the place in the row of citations, and how many there are."""


NL = Texts(
    language="nl",
    decimal=",",
    name="raadpleeg",
    tagline="Vragen aan de Kamerstukken, met de bron erbij",
    heading="Wat wilt u weten?",
    lead="U krijgt antwoord uit de papieren zelf. Het nummer achter elke zin opent de plaats waar zij op rust.",
    examples_label="Bijvoorbeeld",
    examples=("Welke fracties stelden de vragen?", "Wat is het antwoord op vraag 3?"),
    papers_ask=True,
    tabs={
        "consult": "Raadplegen",
        "lookup": "Opzoeken",
        "questions": "Vragen en antwoorden",
        "documents": "Documenten",
        "account": "Verantwoording",
    },
    languages="Taal",
    dark="Donkere weergave",
    skip="Naar de vraag",
    side="Papieren en filters",
    fresh="Nieuw gesprek",
    papers="Papieren",
    no_papers="Er zijn nog geen papieren. Voeg ze toe bij Documenten.",
    more_papers="Alle {} papieren",
    earlier="Eerdere gesprekken",
    earlier_hint="Uw gesprekken worden alleen in deze browser bewaard.",
    forget="Vergeet",
    forget_all="Vergeet alle gesprekken",
    question_label="Uw vraag",
    placeholder="Stel uw vraag",
    follow_up="Vraag verder",
    ask="Vraag",
    stop="Stop",
    empty_question="Stel een vraag in gewone woorden; dan wordt er gezocht.",
    long_question="Deze vraag is te lang: er worden ten hoogste {} tekens gelezen. Maak haar korter.",
    only_in="Zoek alleen in",
    only_in_chosen="{} gekozen",
    clear_filters="Wis filters",
    document="Stuk",
    dossier="Dossier",
    chamber="Kamer",
    chambers={"I": "Eerste Kamer", "II": "Tweede Kamer"},
    kind="Soort stuk",
    speaker="Spreker",
    since="Vanaf",
    until="Tot en met",
    date_hint="2026, 2026-03 of 2026-03-18",
    wrong_date="“{}” is geen datum. Schrijf een jaar, maand of dag: 2026, 2026-03 of 2026-03-18.",
    wrong_period="Vanaf {} tot en met {}: de eerste datum ligt na de laatste.",
    asked_within="Alleen gezocht in: {}",
    unanswered_within="Er is alleen in het gekozen deel gezocht. Wis de filters om overal te zoeken.",
    loading="De modellen worden geladen…",
    loading_failed="De modellen konden niet worden geladen: {}",
    no_writer="Er wordt geantwoord in letterlijke citaten: het taalmodel is er niet ({}).",
    searching="Zoeken in de papieren…",
    waiting="Dit duurt langer dan gewoonlijk; misschien wordt eerst een andere vraag beantwoord.",
    composing="De passages worden gelezen…",
    found="{} citaten gevonden; het antwoord wordt geschreven.",
    draft="Concept, wordt nagekeken",
    stopped="Gestopt; het antwoord is niet afgemaakt.",
    failed="Dat lukte niet: {}",
    broken="Er ging iets mis bij het beantwoorden. Stel de vraag opnieuw, of start raadpleeg opnieuw.",
    answer="Antwoord",
    quotes="Uit de papieren",
    sources="Ook aangehaald",
    doubtful="Niet zeker: misschien zeggen de papieren dit niet precies zo. Lees het citaat.",
    withheld="Eén zin van het taalmodel is niet getoond: niets in de papieren draagt die zin.",
    withheld_many="{} zinnen van het taalmodel zijn niet getoond: niets in de papieren draagt die zinnen.",
    open_source="Open bron {}: {}",
    open_passage="Open {}",
    verdicts={"supported": "nagekeken", "quoted": "letterlijk citaat", "unsupported": "niet bevestigd"},
    verdict_titles={
        "supported": "Nagekeken: de bron draagt deze zin.",
        "quoted": "Letterlijk citaat, omdat de bron de formulering van het taalmodel niet droeg.",
        "unsupported": "Niet bevestigd: geen bron draagt deze zin.",
    },
    quoted_alone="Letterlijk citaat, omdat er geen taalmodel meeschrijft.",
    seconds="{} seconden",
    written_by="geschreven door {}",
    without_writer="in letterlijke citaten, zonder taalmodel",
    searched_with="gezocht met {}",
    actions="Met dit antwoord",
    again="Opnieuw",
    edit="Pas vraag aan",
    editing="U past vraag {} aan; het gesprek gaat vanaf daar verder.",
    not_edited="Toch niet",
    link="Kopieer koppeling",
    copy_answer="Kopieer antwoord",
    copy_citation="Kopieer verwijzing",
    save="Bewaar antwoord",
    save_all="Bewaar gesprek",
    print="Druk af",
    forms={
        "html": "Dossier (webpagina)",
        "json": "Dossier (JSON)",
        "text": "Tekst met bronnen",
        "official": "Verwijzingen",
        "bibtex": "BibTeX",
        "ris": "RIS",
        "csl-json": "CSL-JSON",
    },
    copied="Gekopieerd",
    saved="Bewaard als {}",
    abstained="Geen antwoord",
    reasons={
        "not_in_corpus": "niet in dit bestand",
        "asked_not_answered": "gevraagd, niet beantwoord",
        "not_stated": "niet vermeld",
        "off_topic": "ander onderwerp",
    },
    nearest="Dichtstbijzijnde passages, geen antwoord",
    also="ook:",
    belongs_to="hoort bij:",
    scores="Betekenis {} (plaats {}), woorden {} (plaats {})",
    unlisted="geen",
    reader="Bron",
    reader_of="Bron: {}",
    close="Sluiten",
    page="p. {}",
    note="Noot {}: {}",
    notes="Noten",
    nearest_place="Dichtstbijzijnde passage, geen antwoord",
    gone="Deze plaats is niet meer te vinden in het bestand.",
    unread="Hier leest u de bron",
    unread_hint="Kies het nummer van een citaat; dan staat het stuk hier open, met precies die woorden gemarkeerd.",
    previous="Vorige vindplaats",
    next="Volgende vindplaats",
    at="{} van {}",
)

EN = Texts(
    language="en",
    decimal=".",
    name="raadpleeg",
    tagline="Questions to the parliamentary papers, with their sources",
    heading="What do you want to know?",
    lead="You get an answer from the papers themselves. The number behind each sentence opens the place it rests on.",
    examples_label="For example",
    examples=("Which parties asked the questions?", "What is the answer to question 3?"),
    papers_ask=False,
    tabs={
        "consult": "Consult",
        "lookup": "Look up",
        "questions": "Questions and answers",
        "documents": "Documents",
        "account": "About",
    },
    languages="Language",
    dark="Dark appearance",
    skip="To the question",
    side="Papers and filters",
    fresh="New conversation",
    papers="Papers",
    no_papers="There are no papers yet. Add them under Documents.",
    more_papers="All {} papers",
    earlier="Earlier conversations",
    earlier_hint="Your conversations are kept in this browser only.",
    forget="Forget",
    forget_all="Forget all conversations",
    question_label="Your question",
    placeholder="Ask your question",
    follow_up="Ask on",
    ask="Ask",
    stop="Stop",
    empty_question="Ask a question in plain words, and the search begins.",
    long_question="This question is too long: at most {} characters are read. Shorten it.",
    only_in="Search only in",
    only_in_chosen="{} chosen",
    clear_filters="Clear filters",
    document="Paper",
    dossier="Dossier",
    chamber="Chamber",
    chambers={"I": "Senate", "II": "House of Representatives"},
    kind="Kind",
    speaker="Speaker",
    since="From",
    until="Until",
    date_hint="2026, 2026-03 or 2026-03-18",
    wrong_date="“{}” is not a date. Write a year, month or day: 2026, 2026-03 or 2026-03-18.",
    wrong_period="From {} until {}: the first date is after the last.",
    asked_within="Searched only in: {}",
    unanswered_within="Only the chosen part was searched. Clear the filters to search everywhere.",
    loading="The models are being loaded…",
    loading_failed="The models could not be loaded: {}",
    no_writer="Answers are verbatim quotations: there is no language model ({}).",
    searching="Searching the papers…",
    waiting="This takes longer than usual; another question may be answered first.",
    composing="The passages are being read…",
    found="{} quotations found; the answer is being written.",
    draft="Draft, being checked",
    stopped="Stopped; the answer was not finished.",
    failed="That did not work: {}",
    broken="Something went wrong while answering. Ask again, or restart raadpleeg.",
    answer="Answer",
    quotes="From the papers",
    sources="Also cited",
    doubtful="Not sure: the papers may not say exactly this. Read the quotation.",
    withheld="One sentence of the language model is not shown: nothing in the papers carries it.",
    withheld_many="{} sentences of the language model are not shown: nothing in the papers carries them.",
    open_source="Open source {}: {}",
    open_passage="Open {}",
    verdicts={"supported": "checked", "quoted": "verbatim quotation", "unsupported": "not confirmed"},
    verdict_titles={
        "supported": "Checked: the source carries this sentence.",
        "quoted": "Verbatim quotation, because the source did not carry what the language model wrote.",
        "unsupported": "Not confirmed: no source carries this sentence.",
    },
    quoted_alone="Verbatim quotation, because no language model is writing.",
    seconds="{} seconds",
    written_by="written by {}",
    without_writer="in verbatim quotations, without a language model",
    searched_with="searched with {}",
    actions="With this answer",
    again="Again",
    edit="Change question",
    editing="You are changing question {}; the conversation goes on from there.",
    not_edited="Leave it",
    link="Copy link",
    copy_answer="Copy answer",
    copy_citation="Copy reference",
    save="Save answer",
    save_all="Save conversation",
    print="Print",
    forms={
        "html": "Dossier (web page)",
        "json": "Dossier (JSON)",
        "text": "Text with sources",
        "official": "References",
        "bibtex": "BibTeX",
        "ris": "RIS",
        "csl-json": "CSL-JSON",
    },
    copied="Copied",
    saved="Saved as {}",
    abstained="No answer",
    reasons={
        "not_in_corpus": "not in this collection",
        "asked_not_answered": "asked, not answered",
        "not_stated": "not stated",
        "off_topic": "another subject",
    },
    nearest="Nearest passages, not an answer",
    also="also:",
    belongs_to="belongs to:",
    scores="Meaning {} (place {}), words {} (place {})",
    unlisted="none",
    reader="Source",
    reader_of="Source: {}",
    close="Close",
    page="p. {}",
    note="Note {}: {}",
    notes="Notes",
    nearest_place="Nearest passage, not an answer",
    gone="This place can no longer be found in the collection.",
    unread="The source opens here",
    unread_hint="Choose the number of a quotation; the paper opens here, with exactly those words marked.",
    previous="Previous place",
    next="Next place",
    at="{} of {}",
)


# --- the tabs beside the conversation --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TabTexts:
    """The words of the tabs Opzoeken, Vragen en antwoorden, Documenten and Verantwoording, in one language.

    In a text ``{}`` stands for what is put in: a number, a name, or the line that says why.
    """

    language: Language
    decimal: str
    thousands: str
    """What stands between thousands."""
    months: tuple[str, ...]

    # what all of them say
    failed: str
    broken: str
    leaves: str
    """Said of a link that leads away from this machine."""
    read_on: str
    open_place: str
    page: str
    note: str
    place: str
    places: str
    paper: str
    paper_one: str
    paper_many: str
    papers: str
    title: str
    kind: str
    kinds: str
    chamber: str
    chambers: Mapping[str, str]
    session: str
    dossier: str
    dossiers: str
    number: str
    date: str
    pages: str
    pages_head: str
    """Over a column of page numbers."""
    question: str
    questions: str
    answer: str
    footnote: str
    footnotes: str
    unit: str
    place_head: str
    """Over a column of buttons that open a place."""
    officially: str
    unknown: str
    yes: str
    no: str
    and_more: str
    more_places: str
    more_papers: str
    shown_of: str
    none_chosen: str
    look_up: str

    # looking up
    lookup_heading: str
    lookup_lead: str
    lookup_label: str
    lookup_placeholder: str
    lookup_empty: str
    lookup_long: str
    way: str
    ways: Mapping[str, str]
    """By "auto", "reference" and "quotation"."""
    examples: str
    as_reference: str
    as_quotation: str
    matches: Mapping[str, str]
    """How a quotation stands there: "exact", "normalised" or "near"."""
    no_reference: str
    no_such_part: str
    no_such_words: str
    several: str
    papers_found: str
    absent_title: str
    not_here: str
    called: str
    alike: str
    nobody_refers: str
    referred_by: str
    written: str
    stands_at: str
    in_quotation: str
    in_paper: str
    in_quotation_only: str
    in_paper_only: str
    change: str
    changes: str
    replaced: str
    """Takes `paper` and `quoted`, as do the next two."""
    left_out: str
    added: str

    # the web of references
    web_heading: str
    web_lead: str
    all_papers: str
    no_references: str
    who_refers: str
    to_what: str
    refers: str
    referred: str
    refers_to: str
    in_corpus: str
    in_corpus_head: str
    times: str
    as_table: str

    # questions and answers
    asked_heading: str
    asked_lead: str
    fractie: str
    every_fractie: str
    status: str
    every_status: str
    statuses: Mapping[str, str]
    questions_of: str
    asked_by: str
    no_answer: str
    no_questions: str
    no_questions_here: str
    see_question: str
    rests_on: str
    before_heading: str
    before_lead: str
    before_label: str
    before_placeholder: str
    before_empty: str
    never_asked: str
    earlier_found: str
    nearness: str

    # documents
    documents_heading: str
    documents_lead: str
    no_papers: str
    filter_papers: str
    filter_placeholder: str
    show_paper: str
    one_paper: str
    choose_paper: str
    read_paper: str
    people: str
    file: str
    contents: str
    no_units: str
    add_papers: str
    upload_hint: str
    """Takes the kinds of file and the megabytes."""
    checking: str
    indexing: str
    reading: str
    embedding: str
    added_paper: str
    """Takes title and name."""
    not_added: str
    """Takes name and why."""
    there_already: str
    """Takes name and paper."""
    too_many: str
    not_indexed: str
    other_folder: str
    """Takes the folder and the papers."""
    remove: str
    remove_sure: str
    """Takes title and reference."""
    remove_yes: str
    cancel: str
    removed_paper: str
    """Takes title and new place."""
    last_paper: str
    file_gone: str

    # the account
    account_heading: str
    account_lead: str
    how_heading: str
    how: tuple[str, ...]
    corpus_heading: str
    period: str
    undated: str
    indexed: str
    fingerprint: str
    gaps_heading: str
    gaps_lead: str
    missing_dossiers: str
    gap_papers: str
    no_gaps: str
    without_answer: str
    models_heading: str
    model: str
    task: str
    finds: str
    writes: str
    no_writer: str
    licence: str
    own_licence: str
    fingerprint_of_weights: str
    figures_heading: str
    no_figures: str
    figures_warning: str
    pinned: str
    own_run: str
    measured_on: str
    gold_files: str
    with_writer: str
    quotes_only: str
    measure: str
    value: str
    out_of: str
    of_questions: str
    measures: Mapping[str, str]
    """By the name of the measure."""
    plot_risk: str
    plot_risk_told: str
    plot_sure: str
    plot_sure_told: str
    plot_times: str
    plot_times_told: str
    papers_answer: str
    times_of: Mapping[str, str]
    axes: Mapping[str, str]
    """The English words at an axis, and those of this language."""
    program_heading: str
    version: str
    corpus_folder: str
    index_folder: str
    stays_here: str


_TABS_NL = TabTexts(
    language="nl",
    decimal=",",
    thousands=".",
    months=(
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    failed="Dat lukte niet: {}",
    broken="Er ging iets mis. Probeer het opnieuw, of start raadpleeg opnieuw.",
    leaves="opent een andere website",
    read_on="Lees verder",
    open_place="Open {}",
    page="p. {}",
    note="noot {}",
    place="plaats",
    places="plaatsen",
    paper="Stuk",
    paper_one="stuk",
    paper_many="stukken",
    papers="Stukken",
    title="Titel",
    kind="Soort",
    kinds="Soorten",
    chamber="Kamer",
    chambers={"I": "Eerste Kamer", "II": "Tweede Kamer"},
    session="Vergaderjaar",
    dossier="Dossier",
    dossiers="Dossiers",
    number="Nummer",
    date="Datum",
    pages="Bladzijden",
    pages_head="Blz.",
    question="Vraag",
    questions="Vragen",
    answer="Antwoord",
    footnote="voetnoot",
    footnotes="voetnoten",
    unit="Onderdeel",
    place_head="Plaats",
    officially="Officieel:",
    unknown="onbekend",
    yes="ja",
    no="nee",
    and_more="en {} andere",
    more_places="En nog {} andere plaatsen.",
    more_papers="En nog {} andere stukken; kies een stuk of filter om ze te zien.",
    shown_of="{} van {} getoond",
    none_chosen="Niets voldoet aan deze keuze. Kies iets ruimer.",
    look_up="Zoek op",
    lookup_heading="Opzoeken",
    lookup_lead="Van een verwijzing of een citaat naar de plaats waar het staat.",
    lookup_label="Verwijzing of citaat",
    lookup_placeholder="Bijvoorbeeld: Kamerstukken II 2023/24, 36450, nr. 6, p. 4",
    lookup_empty="Schrijf een verwijzing of de woorden van een citaat; dan wordt de plaats gezocht.",
    lookup_long="Deze verwijzing is te lang: er worden ten hoogste {} tekens gelezen.",
    way="Lees dit als",
    ways={"auto": "vanzelf", "reference": "verwijzing", "quotation": "citaat"},
    examples="Uit deze stukken, bijvoorbeeld",
    as_reference="Verwijzing",
    as_quotation="Citaat",
    matches={
        "exact": "letterlijk zo",
        "normalised": "zo, op spaties en leestekens na",
        "near": "bijna zo; de verschillen zijn gemarkeerd",
    },
    no_reference=(
        "Dit is geen verwijzing die gelezen kan worden. Schrijf dossier en nummer, zoals “36450, nr. 6, vraag 3”, "
        "of zoek het op als citaat."
    ),
    no_such_part="Het stuk is er, maar deze plaats staat er niet in: {}",
    no_such_words="Deze woorden staan in geen van de stukken, ook niet ongeveer.",
    several="Dit kan {} stukken bedoelen. Kies er een:",
    papers_found="Gevonden stukken",
    absent_title="{} is niet in deze papieren",
    not_here="niet in deze papieren",
    called="Wie ernaar verwijst noemt het:",
    alike="Met hetzelfde nummer, maar van een ander jaar of een andere Kamer, is er wel:",
    nobody_refers="Geen van de stukken verwijst ernaar.",
    referred_by="Hiernaar verwijzen",
    written="Zo geschreven",
    stands_at="De noot hoort bij",
    in_quotation="in uw citaat:",
    in_paper="in het stuk:",
    in_quotation_only="alleen in uw citaat",
    in_paper_only="alleen in het stuk",
    change="verschil",
    changes="verschillen",
    replaced="In het stuk staat “{paper}”, niet “{quoted}”.",
    left_out="Weggelaten in uw citaat: “{paper}”.",
    added="Toegevoegd in uw citaat: “{quoted}”.",
    web_heading="Het web van verwijzingen",
    web_lead="Welk stuk verwijst naar welk; hoe vaker, hoe dikker de lijn. Kies een stuk om het op te zoeken.",
    all_papers="Alle stukken",
    no_references="Er zijn geen verwijzingen naar andere stukken gevonden.",
    who_refers="Wie verwijst",
    to_what="Waarnaar",
    refers="verwijst {} keer",
    referred="{} keer genoemd",
    refers_to="Verwijst naar",
    in_corpus="in deze papieren",
    in_corpus_head="In deze papieren",
    times="Keer",
    as_table="Dezelfde verwijzingen als tabel, met de plaatsen",
    asked_heading="Vragen en antwoorden",
    asked_lead="Wie vroeg wat, waar staat het antwoord, en wat is ervan geworden.",
    fractie="Fractie",
    every_fractie="Alle fracties",
    status="Stand",
    every_status="Elke stand",
    statuses={
        "answered": "Beantwoord",
        "partly": "Deels beantwoord",
        "deferred": "Uitgesteld",
        "referred elsewhere": "Elders beantwoord",
        "unanswered": "Niet beantwoord",
    },
    questions_of="Vragen van {}",
    asked_by="Gesteld door",
    no_answer="Geen antwoord gevonden",
    no_questions="Dit stuk bevat geen vragen.",
    no_questions_here="Geen van de stukken bevat vragen. Voeg een stuk met vragen toe onder Documenten.",
    see_question="zie vraag {}",
    rests_on="Waarop dit berust",
    before_heading="Is dit al eens gevraagd?",
    before_lead="Schrijf uw vraag; u krijgt de vragen die er het meest op lijken, met hun antwoord zoals het er staat.",
    before_label="Uw nieuwe vraag",
    before_placeholder="Schrijf de vraag die u wilt stellen",
    before_empty="Schrijf een vraag in gewone woorden; dan worden eerdere vragen gezocht.",
    never_asked="Er staan geen vragen in deze stukken.",
    earlier_found="{} die hierop lijken, de meest verwante eerst. Of het dezelfde vraag is, leest u zelf.",
    nearness="verwantschap {}",
    documents_heading="Documenten",
    documents_lead="De stukken waaruit geantwoord wordt. Kies er een om te zien wat erin staat.",
    no_papers="Er zijn nog geen stukken.",
    filter_papers="Filter de lijst",
    filter_placeholder="Titel, nummer, soort of jaar",
    show_paper="Toon {}",
    one_paper="Eén stuk",
    choose_paper="Kies een stuk in de lijst; dan staat hier wat erin staat.",
    read_paper="Lees het hele stuk",
    people="Personen",
    file="Bestand",
    contents="Inhoud",
    no_units="Dit stuk heeft geen onderdelen die herkend zijn; lees het als geheel.",
    add_papers="Stukken toevoegen",
    upload_hint="{}; ten hoogste {} MB per bestand. Ze blijven op deze computer.",
    checking="{} wordt gelezen",
    indexing="De stukken worden opgenomen",
    reading="De map wordt gelezen",
    embedding="De passages worden opgenomen",
    added_paper="Toegevoegd: {} ({}). Vragen erover kunnen meteen gesteld worden.",
    not_added="{} is niet toegevoegd: {}",
    there_already="{} is er al, als {}.",
    too_many="Er worden ten hoogste {} bestanden tegelijk toegevoegd; de rest is niet gelezen.",
    not_indexed="De stukken konden niet worden opgenomen, en alles is gebleven zoals het was: {}",
    other_folder=(
        "Het bestand is gemaakt van een andere map dan {}: daar ontbreken {}. Er is niets veranderd. Start raadpleeg "
        "met de goede map (instelling `corpus`)."
    ),
    remove="Verwijder dit stuk…",
    remove_sure=(
        "Weet u zeker dat u “{}” ({}) wilt verwijderen? Er wordt dan niet meer uit geantwoord. Het bestand blijft "
        "bewaard, in de map “removed” naast de stukken."
    ),
    remove_yes="Ja, verwijder",
    cancel="Annuleer",
    removed_paper="Verwijderd: {}. Het bestand staat nu in {}.",
    last_paper="Het laatste stuk kan niet weg: zonder stukken is er niets om te raadplegen. Voeg eerst een ander toe.",
    file_gone="Het bestand van {} staat niet (meer) zo in de map; voer `raadpleeg index` uit.",
    account_heading="Verantwoording",
    account_lead="Waarop de antwoorden berusten, en hoe goed ze zijn.",
    how_heading="Hoe een antwoord ontstaat",
    how=(
        "Uw vraag wordt naar betekenis en naar woorden vergeleken met alle passages. De beste citaten staan er meteen.",
        "Het taalmodel schrijft een kort antwoord, alleen uit die citaten. Het zoekt niet zelf, en het weet niets bij.",
        "Elke zin wordt nagekeken: getallen, datums, namen, ontkenningen. Een zin die geen citaat draagt, wordt niet "
        "getoond; het citaat zelf komt ervoor in de plaats.",
        "Elk nummer achter een zin opent de woorden zelf in het stuk. Een citaat is gekopieerd, niet geschreven.",
        "Staat het er niet, dan is er geen antwoord, en staat erbij waarom: niet in dit bestand, gevraagd maar niet "
        "beantwoord, niet vermeld, of een ander onderwerp.",
    ),
    corpus_heading="Wat er in dit bestand zit",
    period="Periode",
    undated="({} zonder datum)",
    indexed="Opgenomen op",
    fingerprint="Vingerafdruk",
    gaps_heading="Wat er niet in zit",
    gaps_lead="Waarnaar de stukken verwijzen zonder dat het er is. Een antwoord kan daarop niet berusten.",
    missing_dossiers="Dossiers waarvan geen enkel stuk er is ({}):",
    gap_papers="Stukken waarnaar verwezen wordt en die er niet zijn",
    no_gaps="Elk Kamerstuk waarnaar verwezen wordt, is er.",
    without_answer="Vragen zonder antwoord",
    models_heading="De modellen",
    model="Model",
    task="Taak",
    finds="zoekt de passages",
    writes="schrijft het antwoord",
    no_writer="geen: er wordt geantwoord in letterlijke citaten",
    licence="Licentie",
    own_licence="zie de uitgever van dit model",
    fingerprint_of_weights="Vingerafdruk (sha256)",
    figures_heading="Hoe goed de antwoorden zijn",
    no_figures="Er is nog niet gemeten. `raadpleeg eval --output eval/results/nu` meet en vult deze plaats.",
    figures_warning="Gemeten met proefvragen, ook over andere stukken dan de uwe. Lees altijd de bron.",
    pinned="De vastgelegde cijfers.",
    own_run="De laatste meting op deze computer.",
    measured_on="Gemeten op {}.",
    gold_files="Proefvragen: {}.",
    with_writer="Het taalmodel schreef mee.",
    quotes_only="Gemeten op letterlijke citaten, zonder taalmodel.",
    measure="Wat gemeten is",
    value="Uitkomst",
    out_of="Waarvan",
    of_questions="van {} vragen",
    measures={
        "must": "Zegt alles wat een goed antwoord zegt",
        "found": "Verwijst naar de plaats waar het staat",
        "refused": "Geen antwoord, terwijl de stukken het geven",
        "fabricated": "Wel een antwoord, terwijl de stukken het niet geven",
        "R@5": "De goede passages staan bij de eerste vijf",
        "nDCG@10": "Hoe hoog de goede passages staan (0 tot 1)",
    },
    plot_risk="Zekerheid en fouten",
    plot_risk_told="De zekerste antwoorden eerst: hoeveel ervan fout zijn als er zoveel beantwoord worden.",
    plot_sure="Is de zekerheid eerlijk?",
    plot_sure_told="Van de vragen met elke zekerheid het deel dat de stukken beantwoorden; op de lijn is het eerlijk.",
    plot_times="Tijd tot het antwoord",
    plot_times_told="Een punt per vraag; het vak is de middelste helft, de streep de mediaan.",
    papers_answer="de stukken antwoorden",
    times_of={"first_quote": "eerste citaat", "first_token": "eerste woord", "total": "hele antwoord"},
    axes={"questions answered": "vragen beantwoord", "answers wrong": "antwoorden fout", "confidence": "zekerheid"},
    program_heading="Dit programma",
    version="Versie",
    corpus_folder="Map met de stukken",
    index_folder="Map van de index",
    stays_here="Alles gebeurt op deze computer: vragen, stukken en antwoorden gaan nergens heen.",
)

_TABS_EN = TabTexts(
    language="en",
    decimal=".",
    thousands=",",
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    failed="That did not work: {}",
    broken="Something went wrong. Try again, or restart raadpleeg.",
    leaves="opens another website",
    read_on="Read on",
    open_place="Open {}",
    page="p. {}",
    note="note {}",
    place="place",
    places="places",
    paper="Paper",
    paper_one="paper",
    paper_many="papers",
    papers="Papers",
    title="Title",
    kind="Kind",
    kinds="Kinds",
    chamber="Chamber",
    chambers={"I": "Senate", "II": "House of Representatives"},
    session="Session",
    dossier="Dossier",
    dossiers="Dossiers",
    number="Number",
    date="Date",
    pages="Pages",
    pages_head="Pages",
    question="Question",
    questions="Questions",
    answer="Answer",
    footnote="footnote",
    footnotes="footnotes",
    unit="Part",
    place_head="Place",
    officially="Officially:",
    unknown="unknown",
    yes="yes",
    no="no",
    and_more="and {} more",
    more_places="And {} more places.",
    more_papers="And {} more papers; choose a paper or filter to see them.",
    shown_of="{} of {} shown",
    none_chosen="Nothing fits this choice. Choose more widely.",
    look_up="Look up",
    lookup_heading="Look up",
    lookup_lead="From a reference or a quotation to the place where it stands.",
    lookup_label="Reference or quotation",
    lookup_placeholder="For example: Kamerstukken II 2023/24, 36450, nr. 6, p. 4",
    lookup_empty="Write a reference or the words of a quotation, and its place is looked for.",
    lookup_long="This reference is too long: at most {} characters are read.",
    way="Read this as",
    ways={"auto": "whichever it is", "reference": "a reference", "quotation": "a quotation"},
    examples="From these papers, for example",
    as_reference="Reference",
    as_quotation="Quotation",
    matches={
        "exact": "exactly so",
        "normalised": "so, but for spaces and punctuation",
        "near": "nearly so; the differences are marked",
    },
    no_reference=(
        "This is no reference that can be read. Write dossier and number, as in “36450, nr. 6, vraag 3”, "
        "or look it up as a quotation."
    ),
    no_such_part="The paper is here, but has no such place: {}",
    no_such_words="These words stand in none of the papers, not even nearly.",
    several="This may mean {} papers. Choose one:",
    papers_found="Papers found",
    absent_title="{} is not in this collection",
    not_here="not in this collection",
    called="Those who refer to it call it:",
    alike="With the same number, but of another year or chamber, there is:",
    nobody_refers="None of the papers refers to it.",
    referred_by="Referred to by",
    written="Written so",
    stands_at="The note belongs to",
    in_quotation="in your quotation:",
    in_paper="in the paper:",
    in_quotation_only="only in your quotation",
    in_paper_only="only in the paper",
    change="difference",
    changes="differences",
    replaced="The paper has “{paper}”, not “{quoted}”.",
    left_out="Left out of your quotation: “{paper}”.",
    added="Added in your quotation: “{quoted}”.",
    web_heading="The web of references",
    web_lead="Which paper refers to which; the more often, the thicker the line. Choose a paper to look it up.",
    all_papers="All papers",
    no_references="No references to other papers were found.",
    who_refers="Who refers",
    to_what="To what",
    refers="refers {} times",
    referred="named {} times",
    refers_to="Refers to",
    in_corpus="in this collection",
    in_corpus_head="In this collection",
    times="Times",
    as_table="The same references as a table, with their places",
    asked_heading="Questions and answers",
    asked_lead="Who asked what, where the answer stands, and what came of it.",
    fractie="Parliamentary party",
    every_fractie="All parties",
    status="Status",
    every_status="Every status",
    statuses={
        "answered": "Answered",
        "partly": "Partly answered",
        "deferred": "Deferred",
        "referred elsewhere": "Answered elsewhere",
        "unanswered": "Not answered",
    },
    questions_of="Questions of {}",
    asked_by="Asked by",
    no_answer="No answer found",
    no_questions="This paper has no questions.",
    no_questions_here="None of the papers has questions. Add one that has under Documents.",
    see_question="see question {}",
    rests_on="What this rests on",
    before_heading="Was this asked before?",
    before_lead="Write your question; you get the questions that come nearest, with their answers as they stand.",
    before_label="Your new question",
    before_placeholder="Write the question that you want to ask",
    before_empty="Write a question in plain words, and earlier questions are looked for.",
    never_asked="There are no questions in these papers.",
    earlier_found="{} like it, the nearest first. Whether it is the same question is for you to read.",
    nearness="nearness {}",
    documents_heading="Documents",
    documents_lead="The papers from which questions are answered. Choose one to see what is in it.",
    no_papers="There are no papers yet.",
    filter_papers="Filter the list",
    filter_placeholder="Title, number, kind or year",
    show_paper="Show {}",
    one_paper="One paper",
    choose_paper="Choose a paper in the list, and what is in it stands here.",
    read_paper="Read the whole paper",
    people="People",
    file="File",
    contents="Contents",
    no_units="This paper has no parts that could be told; read it as a whole.",
    add_papers="Add papers",
    upload_hint="{}; at most {} MB a file. They stay on this machine.",
    checking="{} is being read",
    indexing="The papers are being taken in",
    reading="The folder is being read",
    embedding="The passages are being taken in",
    added_paper="Added: {} ({}). Questions about it can be asked at once.",
    not_added="{} was not added: {}",
    there_already="{} is here already, as {}.",
    too_many="At most {} files are added at once; the rest was not read.",
    not_indexed="The papers could not be taken in, and everything is as it was: {}",
    other_folder=(
        "The index was made of another folder than {}: {} are missing there. Nothing was changed. Start raadpleeg "
        "with the right folder (setting `corpus`)."
    ),
    remove="Remove this paper…",
    remove_sure=(
        "Are you sure that you want to remove “{}” ({})? Nothing will be answered from it any more. The file is kept, "
        "in the folder “removed” beside the papers."
    ),
    remove_yes="Yes, remove",
    cancel="Cancel",
    removed_paper="Removed: {}. The file now stands in {}.",
    last_paper="The last paper cannot go: without papers there is nothing to consult. Add another one first.",
    file_gone="The file of {} does not stand in the folder like this (any more); run `raadpleeg index`.",
    account_heading="About these answers",
    account_lead="What the answers rest on, and how good they are.",
    how_heading="How an answer is made",
    how=(
        "Your question is compared with all passages: by meaning and by words. The best quotations are there at once.",
        "The language model writes a short answer from those quotations alone. It does not search, and adds nothing.",
        "Every sentence is checked: numbers, dates, names, negations. A sentence that no quotation carries is not "
        "shown; the quotation itself takes its place.",
        "Each number behind a sentence opens the exact words in the paper. A quotation is copied, never written.",
        "Where the papers do not say it, there is no answer, and the reason stands with it: not in this collection, "
        "asked but not answered, not stated, or another subject.",
    ),
    corpus_heading="What is in this collection",
    period="Period",
    undated="({} without a date)",
    indexed="Taken in on",
    fingerprint="Fingerprint",
    gaps_heading="What is not in it",
    gaps_lead="What the papers refer to without its being here. No answer can rest on it.",
    missing_dossiers="Dossiers of which there is no paper at all ({}):",
    gap_papers="Papers that are referred to and not here",
    no_gaps="Every parliamentary paper that is referred to is here.",
    without_answer="Questions without an answer",
    models_heading="The models",
    model="Model",
    task="Task",
    finds="finds the passages",
    writes="writes the answer",
    no_writer="none: answers are verbatim quotations",
    licence="Licence",
    own_licence="see the publisher of this model",
    fingerprint_of_weights="Fingerprint (sha256)",
    figures_heading="How good the answers are",
    no_figures="Nothing was measured yet. `raadpleeg eval --output eval/results/now` measures and fills this place.",
    figures_warning="Measured on trial questions, also about other papers than yours. Always read the source.",
    pinned="The pinned figures.",
    own_run="The last run on this machine.",
    measured_on="Measured on {}.",
    gold_files="Trial questions: {}.",
    with_writer="The language model was writing.",
    quotes_only="Measured on verbatim quotations, without a language model.",
    measure="What was measured",
    value="Outcome",
    out_of="Of",
    of_questions="of {} questions",
    measures={
        "must": "Says everything that a right answer says",
        "found": "Refers to the place where it stands",
        "refused": "No answer, although the papers give it",
        "fabricated": "An answer, although the papers do not give it",
        "R@5": "The right passages are among the first five",
        "nDCG@10": "How high the right passages stand (0 to 1)",
    },
    plot_risk="Confidence and mistakes",
    plot_risk_told="The surest answers first: how many of them are wrong when so many are answered.",
    plot_sure="Is the confidence honest?",
    plot_sure_told="Of the questions at each confidence the share that the papers answer; on the line it is honest.",
    plot_times="Time to answer",
    plot_times_told="A dot for each question; the box is the middle half, the line the median.",
    papers_answer="papers answer",
    times_of={"first_quote": "first quotation", "first_token": "first word", "total": "whole answer"},
    axes={},
    program_heading="This program",
    version="Version",
    corpus_folder="Folder of the papers",
    index_folder="Folder of the index",
    stays_here="Everything happens on this machine: questions, papers and answers go nowhere.",
)

TABS: Mapping[str, TabTexts] = {one.language: one for one in (_TABS_NL, _TABS_EN)}
"""The words of the tabs by language."""


@dataclass(frozen=True, slots=True)
class JudgingTexts:
    """What the form says in which an answer is judged."""

    judge: str
    up: str
    down: str
    why: str
    keep: str
    kept: str
    stays: str


JUDGING: Mapping[str, JudgingTexts] = {
    "nl": JudgingTexts(
        judge="Oordeel",
        up="Goed antwoord",
        down="Geen goed antwoord",
        why="Waarom? (mag leeg blijven)",
        keep="Bewaar oordeel",
        kept="Uw oordeel is bewaard.",
        stays="Vraag, antwoord en oordeel worden bewaard op de machine die antwoordt, om er toetsvragen van te maken.",
    ),
    "en": JudgingTexts(
        judge="Judge",
        up="A good answer",
        down="Not a good answer",
        why="Why? (may be left empty)",
        keep="Keep verdict",
        kept="Your verdict is kept.",
        stays="Question, answer and verdict are kept on the machine that answers, to make test questions of them.",
    ),
}
