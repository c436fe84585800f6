from dataclasses import replace

from raadpleeg.answering.abstaining import certain, explanation, read_calibration, reason, signs, with_model
from raadpleeg.answering.citing import cite, source_of, sources_of
from raadpleeg.answering.evidence import Reading, find_evidence
from raadpleeg.answering.ranking import read_ranking
from raadpleeg.reading.sentences import sentences
from raadpleeg.records import Evidence, Passage
from raadpleeg.retrieval.language import language_of
from raadpleeg.retrieval.search import look, search
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder

SETTINGS = Settings(cosine_floor=0.0)  # the fake encoder's cosines begin at nought


def evidence_for(index, question):
    query = look(question, index, HashedEncoder(), SETTINGS)
    hits = search(index, query, SETTINGS.top_k, SETTINGS)
    return query, hits, find_evidence(index, query, hits, Reading(read_ranking()))


def test_the_sentence_with_the_answer_comes_first(hashed_index):
    _, _, evidence = evidence_for(hashed_index, "Met welke landen zijn in 2025 verdragen getekend?")
    assert evidence[0].text == "In 2025 zijn verdragen getekend met Belize, Kirgizië en Suriname."


def test_a_question_of_the_papers_brings_its_answer_and_stands_behind_it(hashed_index):
    question = "Worden er in het Jaarplan 2026 van de Benelux Unie stappen aangekondigd?"
    _, hits, evidence = evidence_for(hashed_index, question)
    assert hits[0].passage.unit.kind == "question"
    units = [one.passage.unit.label for one in evidence if one.passage.unit]
    assert "Antwoord 3" in units


def test_the_same_words_in_two_places_come_once(hashed_index):
    _, _, evidence = evidence_for(hashed_index, "Deze leden menen dat de materie niet zonder belang is.")
    texts = [one.text for one in evidence]
    assert len(texts) == len(set(texts))
    assert sum("niet zonder belang" in text for text in texts) == 1


def test_labels_are_no_evidence(hashed_index):
    _, _, evidence = evidence_for(hashed_index, "Wat is het antwoord op vraag 3?")
    assert evidence
    assert not any(one.text in ("Vraag 3", "Antwoord 3") for one in evidence)


def test_the_answer_that_is_named_is_the_evidence_as_a_whole(hashed_index):
    _, _, (evidence,) = evidence_for(hashed_index, "Wat antwoordde de staatssecretaris op vraag 4 en 5?")
    assert evidence.text.startswith("Ja. Net als voorgaande jaren")
    assert evidence.text.endswith("Dat geldt ook voor de ontwikkelingen met België en Duitsland.")
    assert evidence.passage.unit.label == "Antwoord 4 en 5"


def test_a_long_answer_that_is_named_comes_in_its_own_order(hashed_index):
    _, _, evidence = evidence_for(hashed_index, "Wat antwoordde de staatssecretaris op vraag 1?")
    assert len(evidence) > 1
    assert {one.passage.unit.label for one in evidence} == {"Antwoord 1 en 2"}
    assert [one.start for one in evidence] == sorted(one.start for one in evidence)


def test_a_sentence_that_points_back_is_quoted_with_the_one_before(hashed_index):
    document = hashed_index.documents["kst-35714-O"]
    start = document.text.index("Deze regeling is per 1 januari 2026")
    end = document.text.index("toepassing.", start) + len("toepassing.")
    citation = cite(1, source_of(Evidence(Passage(document, start, end), start, end, 1.0, 1.0)))
    assert citation.quote.startswith("Een concreet resultaat is de opname van de thuiswerkregeling")
    assert citation.quote.endswith("van toepassing.")
    assert citation.found == (start, end)
    assert (citation.unit, citation.speaker) == ("Antwoord 1 en 2", "staatssecretaris van Financiën")
    assert citation.reference == "Kamerstukken I 2025/26, 35714, O, p. 6"


def test_what_is_nearly_as_good_beside_the_best_sentence_counts_as_found_too(hashed_index):
    document = hashed_index.documents["kst-35714-O"]
    first = document.text.index("Er is de afgelopen jaren")
    own = list(sentences(document.text, first, first + 700))[:4]
    passage = Passage(document, own[0][0], own[-1][1])
    odds = {1: 2.0, 2: 1.5, 0: -3.0, 3: -4.0}
    (source,) = sources_of([Evidence(passage, *own[at], score, 1.0, score) for at, score in odds.items()])
    assert (source.start, source.end) == (own[0][0], own[3][1])
    assert source.core == own[1]
    assert cite(1, source).found == (own[1][0], own[2][1])


def test_the_chance_of_an_answer_grows_with_shared_words(hashed_index):
    calibration = read_calibration()

    def chance(question):
        return calibration.chance("ranked", signs(hashed_index, *evidence_for(hashed_index, question)))

    near = chance("Wanneer trad het Verdrag inzake politiesamenwerking in werking?")
    far = chance("Wie won het wereldkampioenschap voetbal?")
    assert 0 <= far < near <= 1


def test_nothing_found_and_a_named_place_need_no_reckoning(hashed_index):
    query, hits, evidence = evidence_for(hashed_index, "Wat antwoordde de staatssecretaris op vraag 3?")
    assert certain(query, hits, evidence) == 1.0
    assert certain(query, (), ()) == 0.0
    assert certain(*evidence_for(hashed_index, "Welke verdragen zijn getekend?")) is None


def test_a_model_that_finds_nothing_lowers_the_chance(hashed_index):
    calibration = read_calibration()
    found = {**signs(hashed_index, *evidence_for(hashed_index, "Welke verdragen zijn getekend?")), "cosine": 0.9}
    low, high = (calibration.chance("written", with_model(found, none)) for none in (0.99, 0.01))
    assert low < high


def test_what_was_only_asked_is_told_apart(hashed_index):
    document = hashed_index.documents["kst-35714-O"]
    question = next(unit for unit in document.units if unit.kind == "question")
    answer = next(unit for unit in document.units if unit.kind == "answer")
    query, hits, _ = evidence_for(hashed_index, "Worden er stappen aangekondigd in het Jaarplan van de Benelux Unie?")
    found = {**signs(hashed_index, *evidence_for(hashed_index, query.text)), "cosine": 0.9}

    def evidence(unit, cosine):
        return Evidence(Passage(document, unit.start, unit.end), unit.start, unit.end, 1.0, cosine)

    def why(*given):
        return reason(read_calibration(), query, hits, given, found)

    assert why(evidence(question, 0.9)) == "asked_not_answered"
    assert why(evidence(question, 0.9), evidence(answer, 0.8)) == "asked_not_answered"
    assert why(evidence(question, 0.9), evidence(answer, 0.9)) == "not_stated"
    assert reason(read_calibration(), replace(query, text="x"), (), (), None) == "not_in_corpus"


def test_explanations_are_in_the_language_of_the_question():
    assert explanation("off_topic", "de") != explanation("off_topic", "nl")


def test_languages():
    assert language_of("Vanaf wanneer geldt de regeling met Duitsland?") == "nl"
    assert language_of("Ab wann gilt die Regelung mit Deutschland?") == "de"
    assert language_of("À partir de quand la règle est-elle applicable ?") == "fr"
    assert language_of("From which date does the arrangement apply?") == "en"
    assert language_of("Einstein Telescoop") == "nl"  # no telling: the papers' own language
