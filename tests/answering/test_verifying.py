"""The verifier's set of true and altered sentences, and each rule by itself."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.answering.verifying import Problem, problems
from raadpleeg.answering.verifying.numbers import quantities

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "eval" / "verifier" / "pairs.jsonl").read_text("utf-8").splitlines()
]
"""`cosine` is that of the default encoder, so that the set needs no model; the benchmark encodes anew."""

SOURCE = (
    "Een concreet resultaat is de opname van de thuiswerkregeling in het belastingverdrag met Duitsland. "
    "Deze regeling is per 1 januari 2026 van toepassing."
)
PLAN = "In dat kader is het voornemen om dit jaar een fiscale werkgroep in te stellen."
NOTHING = "Tussen Nederland en België is daaromtrent nog niets geregeld."


def kinds(*given_, **named):
    return {one.kind for one in problems(*given_, **named)}


def judged(pair):
    return bool(
        problems(
            pair["claim"], pair["source"], pair["cosine"], pair["lang"], speaker=pair["speaker"], asked=pair["asked"]
        )
    )


# --- the set ---------------------------------------------------------------------------------------------------------


def test_the_set_is_what_it_says():
    assert len(PAIRS) == len({pair["id"] for pair in PAIRS}) >= 280
    splits = {pair["source"]: pair["split"] for pair in PAIRS}
    assert all(splits[pair["source"]] == pair["split"] for pair in PAIRS), "a source stands in one split only"
    languages = Counter(pair["lang"] for pair in PAIRS)
    assert all(languages[one] >= 0.15 * len(PAIRS) for one in ("nl", "de", "fr", "en"))
    assert 0.4 < sum(pair["true"] for pair in PAIRS) / len(PAIRS) < 0.5


@pytest.mark.parametrize(
    ("split", "kind", "least"),
    [
        ("dev", None, 112),
        ("test", None, 106),
        ("test", "addition", 3),
        ("test", "amount", 7),
        ("test", "comparison", 11),
        ("test", "condition", 7),
        ("test", "date", 6),
        ("test", "modality", 15),
        ("test", "name", 10),
        ("test", "negation", 12),
        ("test", "number", 8),
        ("test", "quantifier", 5),
        ("test", "question", 7),
        ("test", "reference", 5),
        ("test", "roles", 3),
        ("test", "speaker", 7),
    ],
)
def test_alterations_are_caught(split, kind, least):
    own = [one for one in PAIRS if one["split"] == split and not one["true"] and kind in (None, one["kind"])]
    assert sum(map(judged, own)) >= least


@pytest.mark.parametrize(
    ("split", "language", "most"),
    [("dev", None, 0), ("test", None, 9), ("test", "nl", 3), ("test", "de", 2), ("test", "fr", 3), ("test", "en", 1)],
)
def test_true_sentences_are_let_through(split, language, most):
    own = [one for one in PAIRS if one["split"] == split and one["true"] and language in (None, one["lang"])]
    assert sum(map(judged, own)) <= most


# --- sentences from the papers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "source", "language"),
    [
        (
            "De thuiswerkregeling in het belastingverdrag met Duitsland is per 1 januari 2026 van toepassing.",
            SOURCE,
            "nl",
        ),
        ("Per 1 januari 2026.", SOURCE, "nl"),
        ("Het voornemen is om dit jaar een fiscale werkgroep in te stellen.", PLAN, "nl"),
        ("Tussen Nederland en België is nog niets geregeld.", NOTHING, "nl"),
        ("Nee, tussen Nederland en België is nog niets geregeld.", NOTHING, "nl"),
        ("Die Regelung gilt ab dem 1. Januar 2026.", SOURCE, "de"),
        ("The arrangement applies from 1 January 2026.", SOURCE, "en"),
        ("Le régime s'applique à partir du 1 janvier 2026.", SOURCE, "fr"),
        ("Nothing has been arranged between the Netherlands and Belgium.", NOTHING, "en"),
    ],
)
def test_what_stands_there_passes(sentence, source, language):
    assert problems(sentence, source, 0.9, language) == ()


@pytest.mark.parametrize(
    ("sentence", "source", "language", "kind"),
    [
        ("De regeling is per 1 januari 2025 van toepassing.", SOURCE, "nl", "date"),
        ("De regeling is per 1 februari 2026 van toepassing.", SOURCE, "nl", "date"),
        ("De regeling met Frankrijk is per 1 januari 2026 van toepassing.", SOURCE, "nl", "name"),
        ("De regeling is per 1 januari 2026 niet van toepassing.", SOURCE, "nl", "negation"),
        ("De regeling is tot 1 januari 2026 van toepassing.", SOURCE, "nl", "comparison"),
        ("Tussen Nederland en België is iets geregeld.", NOTHING, "nl", "negation"),
        ("Ja, tussen Nederland en België is niets geregeld.", NOTHING, "nl", "negation"),
        ("Ja.", NOTHING, "nl", "negation"),
        ("Dit jaar is een fiscale werkgroep ingesteld.", PLAN, "nl", "modality"),
        ("De koning opent het zwembad.", SOURCE, "nl", "words"),
        ("The arrangement applies from 1 March 2026.", SOURCE, "en", "date"),
        ("Between the Netherlands and Belgium an arrangement exists.", NOTHING, "en", "negation"),
        ("Die Regelung gilt nicht.", SOURCE, "de", "negation"),
    ],
)
def test_what_was_altered_is_named(sentence, source, language, kind):
    assert kind in kinds(sentence, source, 0.9, language)


def test_where_words_cannot_be_compared_likeness_decides():
    assert problems("Ein ganz anderer Satz.", SOURCE, 0.7, "de") == (Problem("words", "likeness 0.70"),)


def test_a_problem_reads_as_kind_and_detail():
    assert str(problems("Per 1 januari 2025.", SOURCE, 0.9, "nl")[0]) == "date: 2025"


# --- numbers ---------------------------------------------------------------------------------------------------------


def values(text, language):
    return {(value, one.unit) for one in quantities(text, language) for value in one.readings}


@pytest.mark.parametrize(
    ("one", "language", "other", "its_language"),
    [
        ("op 17 februari 2026", "nl", "17-2-2026", "nl"),
        ("op 17 februari 2026", "nl", "am 17. Februar 2026", "de"),
        ("op 17 februari 2026", "nl", "le 17 février 2026", "fr"),
        ("op 17 februari 2026", "nl", "on February 17, 2026", "en"),
        ("op 17 februari 2026", "nl", "2026-02-17", "en"),
        ("op 1 oktober", "nl", "le 1er octobre", "fr"),
        ("€ 4 mln.", "nl", "4 miljoen euro", "nl"),
        ("1,5 miljard euro", "nl", "€1.5 billion", "en"),
        ("1,5 miljard euro", "nl", "1,5 Milliarden Euro", "de"),
        ("anderhalf miljoen euro", "nl", "1,5 million d'euros", "fr"),
        ("twee derde", "nl", "two thirds", "en"),
        ("een kwart", "nl", "25%", "nl"),
        ("de helft", "nl", "50 Prozent", "de"),
        ("honderdtwintig", "nl", "one hundred and twenty", "en"),
        ("vijfentwintig", "nl", "vingt-cinq", "fr"),
        ("achtennegentig", "nl", "quatre-vingt-dix-huit", "fr"),
        ("tweeëndertig", "nl", "zweiunddreißig", "de"),
        ("drieduizend", "nl", "3 000", "fr"),
        ("48.500", "nl", "48,500", "en"),
        ("35 714", "nl", "35.714", "de"),
        ("zes maanden", "nl", "six months", "en"),
        ("tweemaal", "nl", "2 keer", "nl"),
    ],
)
def test_numbers_compare_in_every_spelling(one, language, other, its_language):
    assert values(one, language) == values(other, its_language) != set()


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Zij werken 34 weken thuis.", "Zij werken 34 dagen thuis."),
        ("Het is 34 procent.", "Het zijn 34 dagen."),
        ("Het kost 3 miljard euro.", "Het kost 3 miljoen euro."),
        ("In mei 2025.", "In maart 2025."),
        ("Het staat in artikel 13c.", "Het staat in artikel 13b."),
    ],
)
def test_what_is_counted_counts(claim, source):
    assert kinds(claim, source, 0.99, "nl") & {"number", "amount", "date", "reference"}


def test_an_article_is_no_number():
    assert quantities("Een man en een vrouw, acht ik.", "nl") == []
    assert quantities("The mayor may close a home.", "en") == []


# --- who, whether, how sure, how far ---------------------------------------------------------------------------------


SAID = "Wij achten de regeling uitvoerbaar."


@pytest.mark.parametrize(
    ("claim", "speaker", "language", "holds"),
    [
        ("Volgens de minister is de regeling uitvoerbaar.", "minister van Financiën", "nl", True),
        ("Volgens het kabinet is de regeling uitvoerbaar.", "Minister Bruins Slot (Buitenlandse Zaken)", "nl", True),
        ("Volgens de minister van Financiën is de regeling uitvoerbaar.", "minister van Defensie", "nl", False),
        ("Volgens de commissie is de regeling uitvoerbaar.", "minister van Defensie", "nl", False),
        ("Volgens de SGP-fractie is de regeling uitvoerbaar.", "leden van de SGP-fractie", "nl", True),
        ("Volgens de CDA-fractie is de regeling uitvoerbaar.", "leden van de SGP-fractie", "nl", False),
        ("Laut dem Finanzminister ist die Regelung durchführbar.", "minister van Financiën", "de", True),
        ("Laut dem Finanzminister ist die Regelung durchführbar.", "minister van Defensie", "de", False),
        ("Selon la ministre de la Défense, le régime est praticable.", "minister van Defensie", "fr", True),
        ("According to the State Secretary the scheme is feasible.", "minister van Defensie", "en", False),
    ],
)
def test_only_who_said_it_said_it(claim, speaker, language, holds):
    assert ("speaker" not in kinds(claim, SAID, 0.95, language, speaker=speaker)) == holds


def test_what_is_asked_is_no_fact():
    asked = "Klopt het dat de brug is gesloten?"
    assert kinds("De brug is gesloten.", asked, 0.95, "nl") == {"question"}
    assert problems("De leden vragen of de brug is gesloten.", asked, 0.95, "nl", asked=True) == ()
    assert kinds("De brug is gesloten.", "De brug is gesloten.", 1.0, "nl", asked=True) == {"question"}
    assert problems("De brug is gesloten.", "De brug is gesloten.", 1.0, "nl") == ()


@pytest.mark.parametrize(
    ("claim", "source", "language", "kind"),
    [
        ("De brug wordt gesloten.", "Onderzocht wordt of de brug gesloten kan worden.", "nl", "modality"),
        ("De brug zal worden gesloten.", "De brug is in 2020 gesloten.", "nl", "modality"),
        (
            "Ja, het tolverdrag met Noorwegen is van kracht.",
            "Het tolverdrag met Noorwegen is getekend.",
            "nl",
            "modality",
        ),
        (
            "Ja, het tolverdrag is al van kracht.",
            "Het tolverdrag is getekend. Het kabinet streeft naar een snelle inwerkingtreding van het verdrag.",
            "nl",
            "modality",
        ),
        ("Das Mautabkommen ist schon in Kraft.", "Het tolverdrag met Noorwegen is getekend.", "de", "modality"),
        ("Het kabinet overweegt de brug te sluiten.", "Het kabinet heeft de brug gesloten.", "nl", "modality"),
        ("De gemeente moet de brug sluiten.", "De gemeente mag de brug sluiten.", "nl", "modality"),
        ("Alle bruggen zijn gesloten.", "Sommige bruggen zijn gesloten.", "nl", "quantifier"),
        ("Hoogstens drie bruggen zijn dicht.", "Ten minste drie bruggen zijn dicht.", "nl", "quantifier"),
        ("Het aantal bruggen is gedaald.", "Het aantal bruggen is gestegen.", "nl", "comparison"),
        ("De brug opent na de zomer.", "De brug opent voor de zomer.", "nl", "comparison"),
        ("De brug is open voor auto's.", "De brug is alleen open voor auto's.", "nl", "condition"),
        ("Nederland betaalt aan België.", "België betaalt aan Nederland.", "nl", "roles"),
        ("De snelheid gaat van 80 naar 100.", "De snelheid gaat van 100 naar 80.", "nl", "roles"),
        ("Nee, de brug is gesloten.", "De brug is in 2020 gesloten.", "nl", "negation"),
        ("The bridge is closed.", "Onderzocht wordt of de brug gesloten kan worden.", "en", "modality"),
        ("Alle Brücken sind geschlossen.", "Sommige bruggen zijn gesloten.", "de", "quantifier"),
        ("Le nombre de ponts a baissé.", "Het aantal bruggen is gestegen.", "fr", "comparison"),
        ("The bridge is closed, and police made arrests.", "De brug is gesloten.", "en", "words"),
    ],
)
def test_each_rule(claim, source, language, kind):
    assert kind in kinds(claim, source, 0.95, language)
    if language == "nl":
        assert problems(source, source, 1.0, "nl") == ()


@pytest.mark.parametrize(
    ("claim", "source", "language"),
    [
        ("The government does not rule out a delay.", "Uitstel is volgens het kabinet niet uitgesloten.", "en"),
        ("Nee, de brug is niet open.", "De brug is niet open.", "nl"),
        ("Nee, de aanvraag is geweigerd.", "De aanvraag is geweigerd.", "nl"),
        ("La demande a été refusée.", "De aanvraag is niet toegewezen, maar geweigerd.", "fr"),
        ("De brug is niet alleen oud.", "De brug is niet alleen oud maar ook smal.", "nl"),
        ("Le régime ne s'applique qu'aux cyclistes.", "De regeling geldt alleen voor fietsers.", "fr"),
        ("De regels staan in artikel 350 VWEU.", "De regels staan in artikel 350 van het Verdrag betreffende de "
         "Werking van de Europese Unie.", "nl"),
        ("The Security Council met in Brussels.", "De VN-Veiligheidsraad kwam bijeen in Brussel.", "en"),
        ("Die Brücke liegt in Deutschland.", "De brug ligt in Duitsland.", "de"),
        ("Het tolverdrag over zware wagens is van kracht.", "Het tolverdrag over zware wagens geldt.", "nl"),
        ("The toll treaty is in force.", "Het tolverdrag geldt.", "en"),
    ],
)  # fmt: skip
def test_other_words_for_the_same_pass(claim, source, language):
    assert problems(claim, source, 0.95, language) == ()


# --- what always holds -----------------------------------------------------------------------------------------------

STATEMENTS = sorted({pair["source"] for pair in PAIRS if not pair["asked"]})


@pytest.mark.parametrize("source", STATEMENTS)
def test_a_sentence_carries_itself(source):
    assert problems(source, source, 1.0, "nl") == ()


@given(st.integers(2, 999_999), st.data())
def test_another_digit_is_always_found(number, data):
    digits = str(number)
    at = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([one for one in "123456789" if one != digits[at]]))
    changed = digits[:at] + other + digits[at + 1 :]
    source = f"Er zijn {digits} aanvragen ingediend."
    assert problems(source, source, 1.0, "nl") == ()
    assert kinds(f"Er zijn {changed} aanvragen ingediend.", source, 0.99, "nl") & {"number", "date"}
    assert kinds(f"There were {changed} applications.", source, 0.9, "en") & {"number", "date"}


@given(st.permutations(["op 3 mei 2025", "voor € 4,5 miljoen", "aan 1.200 scholen", "met 18 procent"]))
def test_the_order_of_numbers_does_not_matter(order):
    one = values(" en ".join(order), "nl")
    assert one == values("op 3 mei 2025 en voor € 4,5 miljoen en aan 1.200 scholen en met 18 procent", "nl")


@given(st.integers(2, 999), st.sampled_from(["nl", "de", "fr", "en"]))
def test_every_number_in_words_is_read(number, language):
    from raadpleeg.answering.verifying.numbers import _spelled

    for word in [word for word, value in _spelled(language).items() if value == number]:
        assert {value for one in quantities(word, language) for value in one.readings} == {number}


@given(st.text(max_size=120), st.text(max_size=120), st.sampled_from(["nl", "de", "fr", "en"]), st.booleans())
def test_any_text_can_be_checked(claim, source, language, asked):
    found = problems(claim, source, 0.5, language, speaker=source, asked=asked)
    assert all(one.kind and one.detail for one in found)
    assert any(one.kind == "words" for one in found)  # so unlike that nothing saves it
