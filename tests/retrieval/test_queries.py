"""Compounds, and numbers however they are written: what each of twenty queries must find in the two papers."""

import pytest

QUERIES = [
    # compounds: whole, parted, and put together anew
    ("problematiek van grensarbeiders", "grensarbeid"),
    ("thuiswerk regeling", "thuiswerkregeling"),
    ("verdrag over belasting met Duitsland", "belastingverdrag"),
    ("Beneluxvoorzitterschap", "Voorzitterschap"),
    ("energieforum", "Pentalaterale Energieforum"),
    ("leveringsbeperking", "territoriale leveringsbeperkingen"),
    ("politieverdrag", "politie"),
    ("overstromingsconferentie", "overstromingen"),
    ("zwaartekrachtgolfdetectie", "zwaartekrachtgolven"),
    ("fiscaalwerkgroep", "fiscale werkgroep"),
    ("laboratorium voor de Europese Unie", "laboratoriumfunctie"),
    ("sociale zekerheid uitkeringen", "socialezekerheidsuitkeringen"),
    # numbers, dates and years
    ("14 april 2026", "14-16 april 2026"),
    ("17-02-2026", "17 februari 2026"),
    ("2026-03-16", "16 maart 2026"),
    ("dossier 35.714 letter O", "35 714"),
    ("kenmerk 179 765", "179765"),
    ("per 1-1-2026", "1 januari 2026"),
    ("Vergaderjaar 2025/26", "2025-2026"),
    ("34 dagen", "34 dagen"),
]


@pytest.mark.parametrize(("query", "words"), QUERIES)
def test_what_a_query_must_find(real_assistant, query, words):
    hits = real_assistant.search(query, 3)
    texts = [one.text for hit in hits for one in (hit.passage, *hit.also)]
    assert any(words.casefold() in text.casefold() for text in texts), [text[:100] for text in texts]
