"""Every word that the page itself says. The papers' words are never here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from raadpleeg.records import Language, Reason, Verdict


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

    # asking
    question_label: str
    placeholder: str
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
    also_found: str
    """Takes the number of quotations."""
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


NL = Texts(
    language="nl",
    decimal=",",
    name="raadpleeg",
    tagline="Vragen aan de Kamerstukken, met de bron erbij",
    heading="Wat wilt u weten?",
    lead="U krijgt antwoord uit de papieren zelf. Het nummer achter elke zin opent de plaats waar zij op rust.",
    examples_label="Bijvoorbeeld",
    examples=(
        "Wat antwoordde de staatssecretaris op vraag 3?",
        "Wat wil het kabinet doen voor telewerken over de grens?",
        "Welke fracties stelden de vragen?",
    ),
    question_label="Uw vraag",
    placeholder="Stel uw vraag",
    ask="Vraag",
    stop="Stop",
    empty_question="Stel een vraag in gewone woorden; dan wordt er gezocht.",
    long_question="Deze vraag is te lang: er worden ten hoogste {} tekens gelezen. Maak haar korter.",
    only_in="Alleen in…",
    only_in_chosen="Alleen in… · {} gekozen",
    clear_filters="Wis filters",
    dossier="Dossier",
    chamber="Kamer",
    chambers={"I": "Eerste Kamer", "II": "Tweede Kamer"},
    kind="Soort stuk",
    speaker="Spreker",
    since="Vanaf",
    until="Tot en met",
    date_hint="Jaar, maand of dag: 2026, 2026-03 of 2026-03-18",
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
    sources="Bronnen",
    also_found="Ook gevonden ({})",
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
)

EN = Texts(
    language="en",
    decimal=".",
    name="raadpleeg",
    tagline="Questions to the parliamentary papers, with their sources",
    heading="What do you want to know?",
    lead="You get an answer from the papers themselves. The number behind each sentence opens the place it rests on.",
    examples_label="For example",
    examples=(
        "What did the state secretary answer to question 3?",
        "What does the government intend for cross-border telework?",
        "Which parties asked the questions?",
    ),
    question_label="Your question",
    placeholder="Ask your question",
    ask="Ask",
    stop="Stop",
    empty_question="Ask a question in plain words, and the search begins.",
    long_question="This question is too long: at most {} characters are read. Shorten it.",
    only_in="Only in…",
    only_in_chosen="Only in… · {} chosen",
    clear_filters="Clear filters",
    dossier="Dossier",
    chamber="Chamber",
    chambers={"I": "Senate", "II": "House of Representatives"},
    kind="Kind of paper",
    speaker="Speaker",
    since="From",
    until="Until",
    date_hint="Year, month or day: 2026, 2026-03 or 2026-03-18",
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
    sources="Sources",
    also_found="Also found ({})",
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
)
