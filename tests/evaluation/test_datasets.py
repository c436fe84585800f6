import json
import re
import tempfile
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from raadpleeg.errors import BadGold
from raadpleeg.evaluation.datasets import Dataset, read_beir, read_squad
from raadpleeg.evaluation.gold import FIELDS, Span, read_gold, resolve
from raadpleeg.indexing.splitting import split
from raadpleeg.testing import HashedEncoder

CORPUS = [
    {"_id": "d2", "title": "Treinen", "text": "De noodrem werd gebruikt. Daarna reed de trein door."},
    {"_id": "d1", "title": "", "text": "Het postkantoor in Elsene staat leeg.\nEr komt een school."},
    {"_id": "d3", "text": "Niets van dit alles."},
]
QUERIES = [
    {"_id": "q2", "text": "Wat gebeurde er met de noodrem?"},
    {"_id": "q1", "text": "Wat komt er in het postkantoor?"},
    {"_id": "q3", "text": "Wie vroeg daarnaar?"},
    {"_id": "q4", "text": "Van een andere splitsing?"},
]
QRELS = ["query-id\tcorpus-id\tscore", "q1\td1\t2", "q1\td2\t1", "q1\td3\t0", "q2\td2\t1", "q3\td3\t0"]

NON_BMP = "𝔄lle 🚂 treinen reden; 12 bussen niet. Ook 12 trams reden."


# --- made-up sets ----------------------------------------------------------------------------------------------------


def beir(folder, corpus=CORPUS, queries=QUERIES, qrels=QRELS, **named):
    (folder / "qrels").mkdir(exist_ok=True)
    for name, rows in (("corpus", corpus), ("queries", queries)):
        lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / f"{name}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("".join(f"{line}\n" for line in qrels), encoding="utf-8")
    return read_beir(folder, **named)


def question(key, start, *texts, **more):
    answers = [{"text": text, "answer_start": start} for text in texts]
    return {"id": key, "question": f"Vraag {key}?", "answers": answers, **more}


def article(title, *paragraphs):
    """Make an article of pairs of text and questions."""
    rows = [{"context": text, "qas": list(questions)} for text, *questions in paragraphs]
    return {"title": title, "paragraphs": rows} if title is not None else {"paragraphs": rows}


def squad(folder, *articles, **named):
    path = folder / "set.json"
    path.write_text(json.dumps({"data": list(articles), "version": "1.1"}), encoding="utf-8")
    return read_squad(path, **named)


def texts_of(read: Dataset) -> dict[str, str]:
    return {document.id: document.text for document in read.corpus.documents}


def words_of(read: Dataset, key: str) -> list[str]:
    return [texts_of(read)[span.document][span.start : span.end] for span in read.spans[key]]


def check_valid(read: Dataset, folder: Path) -> None:
    """Hold that items are gold: they survive a gold file, and their quotes stand in the documents."""
    rows = [
        {key: value for key, value in asdict(item).items() if key in FIELDS or value not in ((), None)}
        for item in read.items
    ]
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert read_gold([path]) == read.items
    documents = {document.id: document for document in read.corpus.documents}
    assert len(documents) == len(read.corpus.documents)
    assert list(documents) == sorted(documents)
    assert read.spans.keys() == {item.id for item in read.items}
    for item in read.items:
        assert bool(read.spans[item.id]) == item.answerable
        assert len(resolve(item, documents)) == len(item.evidence)
        assert {span.document for span in read.spans[item.id]} == {one.document for one in item.evidence}
        assert all(0 <= span.start < span.end <= len(documents[span.document].text) for span in read.spans[item.id])


# --- BEIR ------------------------------------------------------------------------------------------------------------


def test_beir(tmp_path):
    read = beir(tmp_path)
    check_valid(read, tmp_path)
    assert read.name == tmp_path.name
    texts = texts_of(read)
    assert texts["d2"] == "Treinen\n\nDe noodrem werd gebruikt. Daarna reed de trein door."
    assert texts["d1"] == CORPUS[1]["text"]
    assert texts["d3"] == CORPUS[2]["text"]
    assert [document.title for document in read.corpus.documents] == ["", "Treinen", ""]
    assert [(item.id, item.lang, item.type) for item in read.items] == [("q2", "nl", "beir"), ("q1", "nl", "beir")]
    assert read.items[1].question == "Wat komt er in het postkantoor?"
    assert words_of(read, "q1") == [texts["d1"], texts["d2"]]
    assert words_of(read, "q2") == [texts["d2"]]
    assert read.grades == {"q1": {"d1": 2, "d2": 1, "d3": 0}, "q2": {"d2": 1}, "q3": {"d3": 0}}
    assert read.unverbatim == frozenset()


def test_evidence_overlaps_every_passage_of_the_document(tmp_path):
    read = beir(tmp_path)
    (span,) = read.spans["q2"]
    document = next(one for one in read.corpus.documents if one.id == span.document)
    passages = split(document, HashedEncoder().count_tokens, 6)
    assert len(passages) > 1
    assert all(span.start <= one.start < one.end <= span.end and one.page == 1 for one in passages)


def test_split_and_language_are_chosen(tmp_path):
    beir(tmp_path)
    (tmp_path / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\r\nq4\td3\t1\r\n", encoding="utf-8")
    read = read_beir(tmp_path, "dev", lang="fr")
    assert [(item.id, item.lang) for item in read.items] == [("q4", "fr")]
    assert read.digest != read_beir(tmp_path).digest


def test_whole_numbers_are_ids_too(tmp_path):
    read = beir(tmp_path, [{"_id": 7, "text": "Ja."}], [{"_id": 8, "text": "Ja?"}], [QRELS[0], "8\t7\t1"])
    assert read.spans == {"8": (Span("7", 0, 3),)}


def test_only_a_line_feed_ends_a_line(tmp_path):
    text = "Een\u2028twee\x85drie\x1cvier."
    read = beir(tmp_path, [{"_id": "d", "text": text}], [{"_id": "q", "text": "Wat\u2029nu?"}], [QRELS[0], "q\td\t1"])
    assert texts_of(read) == {"d": text}
    assert read.items[0].question == "Wat\u2029nu?"


def test_documents_without_words_may_be_irrelevant(tmp_path):
    read = beir(tmp_path, [*CORPUS, {"_id": "d4", "title": None, "text": ""}], qrels=[*QRELS, "q1\td4\t0"])
    assert texts_of(read)["d4"] == ""
    assert read.grades["q1"]["d4"] == 0


def test_the_same_judgement_may_stand_twice(tmp_path):
    assert beir(tmp_path, qrels=[*QRELS, QRELS[1]]).grades["q1"]["d1"] == 2


@pytest.mark.parametrize("changed", ["corpus", "queries", "qrels"])
def test_digest_is_over_every_file(tmp_path, changed):
    before = beir(tmp_path).digest
    assert beir(tmp_path).digest == before
    more = {
        "corpus": [*CORPUS, {"_id": "d9", "text": "Meer."}],
        "queries": [*QUERIES, {"_id": "q9", "text": "Meer?"}],
        "qrels": [*QRELS, "q2\td1\t1"],
    }
    assert beir(tmp_path, **{changed: more[changed]}).digest != before


def test_digest_of_a_document_is_over_title_and_text(tmp_path):
    def digest(title, text):
        read = squad(tmp_path, article(title, (text, question("q", 0, "a"))))
        return read.corpus.documents[0].digest

    assert len({digest("T", "a b"), digest("T", "a c"), digest("U", "a b")}) == 3
    assert digest("T", "a b") == digest("T", "a b")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"corpus": [CORPUS[0], "{"]}, r"corpus\.jsonl, line 2: "),
        ({"corpus": [CORPUS[0], "[" * 100_000]}, r"corpus\.jsonl, line 2: "),
        ({"corpus": [CORPUS[0], [1]]}, r"corpus\.jsonl, line 2: an object with `_id`"),
        ({"corpus": [*CORPUS, "", CORPUS[0]]}, r"corpus\.jsonl, line 5: the id 'd2' comes twice"),
        ({"corpus": [{"_id": "d1", "text": None}]}, r"corpus\.jsonl, line 1: `text` has to be text"),
        ({"corpus": [{"_id": "d1", "title": 3, "text": "a"}]}, r"corpus\.jsonl, line 1: `title` has to be text"),
        ({"corpus": [{"_id": True, "text": "a"}]}, r"corpus\.jsonl, line 1: `_id` has to be text"),
        ({"corpus": [{"_id": " ", "text": "a"}]}, r"corpus\.jsonl, line 1: `_id` has no words"),
        ({"corpus": [{"text": "a"}]}, r"corpus\.jsonl, line 1: `_id` is missing"),
        ({"corpus": ['{"_id": "a", "text": "\\ud83d"}']}, r"corpus\.jsonl, line 1: .*surrogates"),
        ({"corpus": []}, r"corpus\.jsonl is empty"),
        ({"queries": [*QUERIES, QUERIES[1]]}, r"queries\.jsonl, line 5: the id 'q1' comes twice"),
        ({"queries": [{"_id": "q1", "text": " "}]}, r"queries\.jsonl, line 1: `text` has no words"),
        ({"queries": ['{"_id": "q1", "text": "\\ud83d"}']}, r"queries\.jsonl, line 1: .*surrogates"),
        ({"queries": []}, r"queries\.jsonl is empty"),
        ({"qrels": []}, r"test\.tsv is empty"),
        ({"qrels": QRELS[1:]}, r"test\.tsv, line 1: the first line has to name the columns"),
        ({"qrels": [*QRELS, "q9\td1\t1"]}, r"test\.tsv, line 7: there is no query 'q9'"),
        ({"qrels": [*QRELS, "q1\td9\t0"]}, r"test\.tsv, line 7: there is no document 'd9'"),
        ({"qrels": [*QRELS, "q1 d1 1"]}, r"test\.tsv, line 7: a line has to be"),
        ({"qrels": [*QRELS, "q2\td1\t0.5"]}, r"test\.tsv, line 7: the grade '0\.5' is no whole number"),
        ({"qrels": [*QRELS, "q1\td1\t1"]}, r"test\.tsv, line 7: document 'd1' has two grades for query 'q1'"),
        ({"qrels": [QRELS[0], QRELS[5]]}, r"test\.tsv finds no document relevant"),
        ({"qrels": QRELS[:1]}, r"test\.tsv finds no document relevant"),
        (
            {"corpus": [*CORPUS, {"_id": "d4", "text": " "}], "qrels": [*QRELS, "q1\td4\t1"]},
            r"line 7: document 'd4' is relevant but has no words",
        ),
    ],
)
def test_bad_beir(tmp_path, change, said):
    with pytest.raises(BadGold, match=said) as caught:
        beir(tmp_path, **change)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_missing_files(tmp_path, missing):
    beir(tmp_path)
    (tmp_path / missing).unlink()
    with pytest.raises(BadGold, match=f"{re.escape(missing)} cannot be read") as caught:
        read_beir(tmp_path)
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text(tmp_path):
    beir(tmp_path)
    (tmp_path / "queries.jsonl").write_bytes(b'{"_id": "q1", "text": "Ja?"}\n{"_id": "q2", "text": "\xff"}\n')
    with pytest.raises(BadGold, match=r"queries\.jsonl, line 2: .*utf-8"):
        read_beir(tmp_path)


# --- SQuAD -----------------------------------------------------------------------------------------------------------


def test_squad(tmp_path):
    read = squad(
        tmp_path,
        article("Oud spoor", ("Er reden 12 treinen. Dat was in 1839.", question("a", 9, "12"))),
        article(None, ("Leeg.",), ("Een (kleine) stad.", question("b", 4, "(kleine)", "kleine) stad"))),
    )
    check_valid(read, tmp_path)
    assert read.name == "set"
    assert list(texts_of(read)) == ["2-1", "2-2", "Oud spoor-1"]
    assert read.corpus.documents[2].title == "Oud spoor"
    first, second = read.items
    assert (first.question, first.lang, first.type, first.answer) == ("Vraag a?", "nl", "squad", "12")
    assert read.spans["a"] == (Span("Oud spoor-1", 9, 11),)
    # The second answer does not stand where the set says, but it stands once.
    assert words_of(read, "b") == ["(kleine)", "kleine) stad"]
    assert [bool(re.search(second.must[0], said)) for said in ("de (kleine)", "een kleine) stad", "klein")] == [
        True,
        True,
        False,
    ]
    assert len(second.must) == 1
    assert read.grades == {"a": {"Oud spoor-1": 1}, "b": {"2-2": 1}}
    assert read.unverbatim == frozenset()


@pytest.mark.parametrize(
    ("answer", "start", "found"),
    [
        ("12", 22, ["12"]),
        ("12", 42, ["12"]),
        (" 12", 41, ["12"]),
        ("12", 0, None),  # it stands twice
        ("12", -len(NON_BMP) + 22, None),  # must not be counted from the end
        ("12", 10**30, None),
        ("🚂 treinen", 5, ["🚂 treinen"]),
        ("🚂 treinen", 6, ["🚂 treinen"]),  # counted in UTF-16
        (" bussen ", 24, ["bussen"]),
        ("bus", 0, ["bus"]),
        ("vliegtuigen", 0, None),
    ],
)
def test_where_an_answer_stands(tmp_path, answer, start, found):
    read = squad(tmp_path, article("T", (NON_BMP, question("q", start, answer))))
    check_valid(read, tmp_path)
    assert words_of(read, "q") == (found or [NON_BMP])
    assert read.unverbatim == (frozenset() if found else {"q"})
    assert read.items[0].answer == answer.strip()
    if found and NON_BMP.startswith(answer, max(start, 0)):
        assert read.spans["q"][0].start == start + len(answer) - len(answer.lstrip())


def test_unverbatim_answers_quote_the_first_sentence(tmp_path):
    read = squad(tmp_path, article("T", (NON_BMP, question("q", 0, "vliegtuigen"))))
    assert [one.quote for one in read.items[0].evidence] == ["𝔄lle 🚂 treinen reden; 12 bussen niet."]


def test_a_later_answer_gives_the_place_but_not_the_words(tmp_path):
    read = squad(tmp_path, article("T", (NON_BMP, question("q", 0, "vliegtuigen", "bussen"))))
    check_valid(read, tmp_path)
    assert words_of(read, "q") == ["bussen"]
    assert read.unverbatim == {"q"}


def test_impossible_questions(tmp_path):
    asked = question("no", 0, is_impossible=True, plausible_answers=[{"text": "12", "answer_start": 22}])
    read = squad(tmp_path, article("T", (NON_BMP, asked, question("yes", 22, "12", is_impossible=False))))
    check_valid(read, tmp_path)
    no, yes = read.items
    assert (no.answerable, no.answer, no.reason, no.evidence, no.must) == (False, None, "not_stated", (), ())
    assert (yes.answerable, yes.reason) == (True, None)
    assert read.spans["no"] == ()
    assert "no" not in read.grades
    assert read.unverbatim == frozenset()


def test_titles_may_come_twice(tmp_path):
    titles = ["A", "A", "A_2", "A", "", None, "6", " A"]
    read = squad(tmp_path, *(article(title, ("Ja.", question(str(n), 0, "Ja"))) for n, title in enumerate(titles)))
    check_valid(read, tmp_path)
    assert len(texts_of(read)) == len(titles)
    assert {"A-1", "A_2-1", "5-1", "6-1"} <= texts_of(read).keys()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", r"set\.json: .*line 1"),
        ("", r"set\.json: "),
        ("[" * 100_000, r"set\.json: "),
        ("[]", r"set\.json: an object with `data`"),
        ('{"data": {}}', r"set\.json: `data` has to be a list"),
        ('{"data": []}', r"set\.json has no questions"),
        ('{"data": [3]}', r"article 1: an object with `title`"),
        ('{"data": [{"title": "A"}]}', r"article 1: `paragraphs` is missing"),
        ('{"data": [{"paragraphs": [{"context": " ", "qas": []}]}]}', r"paragraph 1: `context` has no words"),
        ('{"data": [{"paragraphs": [{"context": "a"}]}]}', r"article 1, paragraph 1: `qas` is missing"),
        ('{"data": [{"paragraphs": [{"context": "a", "qas": []}]}]}', r"set\.json has no questions"),
    ],
)
def test_bad_squad(tmp_path, text, said):
    (tmp_path / "set.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadGold, match=said) as caught:
        read_squad(tmp_path / "set.json")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (question("first", 0, "a"), "the id 'first' comes twice"),
        (question("q", 0), "and not both"),
        (question("q", 0, "a", is_impossible=True), "and not both"),
        (question("q", 0, "a", is_impossible="false"), "`is_impossible` has to be true or false"),
        (question("q", 0, " "), "`text` has no words"),
        (question("q", None, "a"), "`answer_start` has to be a whole number"),
        (question("q", True, "a"), "`answer_start` has to be a whole number"),
        ({**question("q", 0, "a"), "question": ""}, "`question` has no words"),
        ({**question("q", 0, "a"), "answers": "a"}, "`answers` has to be a list"),
        ({**question("q", 0, "a"), "answers": ["a"]}, "an object with `text`"),
    ],
)
def test_bad_questions(tmp_path, row, said):
    with pytest.raises(BadGold, match=f"article 1, paragraph 2, question 1: .*{said}") as caught:
        squad(tmp_path, article("T", ("a", question("first", 0, "a")), ("a", row)))
    assert "\n" not in str(caught.value)


def test_missing_squad(tmp_path):
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "nul\0.json"):
        with pytest.raises(BadGold, match="cannot be read"):
            read_squad(path)


# --- spans, for any text ---------------------------------------------------------------------------------------------

LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from("a .\n🚂𝔄\u2028\u0301")


@given(data=st.data(), text=st.text(LETTERS, min_size=1, max_size=40).filter(str.strip))
def test_an_answer_that_stands_there_is_found_there(data, text):
    start = data.draw(st.integers(0, len(text) - 1))
    answer = text[start : data.draw(st.integers(start + 1, len(text)))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not answer.strip():
            with pytest.raises(BadGold):
                squad(folder, article("T", (text, question("q", start, answer))))
            return
        read = squad(folder, article("T", (text, question("q", start, answer))))
        check_valid(read, folder)
        (span,) = read.spans["q"]
        assert span.start == start + len(answer) - len(answer.lstrip())
        assert text[span.start : span.end] == answer.strip() == read.items[0].answer
        assert re.search(read.items[0].must[0], text)
        assert not read.unverbatim


@given(
    text=st.text(LETTERS, min_size=1, max_size=20).filter(str.strip),
    answer=st.text("a🚂𝔄.", min_size=1, max_size=2),
    start=st.integers(-30, 30),
)
def test_a_place_is_given_only_where_it_is_sure(text, answer, start):
    with tempfile.TemporaryDirectory() as name:
        read = squad(Path(name), article("T", (text, question("q", start, answer))))
        check_valid(read, Path(name))
    (span,) = read.spans["q"]
    places = [at for at in range(len(text)) if text[at : at + len(answer)] == answer]
    if start in places:
        assert (span.start, span.end) == (start, start + len(answer))
    elif len(places) == 1:
        assert (span.start, span.end) == (places[0], places[0] + len(answer))
    else:
        assert (span.start, span.end) == (0, len(text))
    assert (not read.unverbatim) == (start in places or len(places) == 1)


@given(rows=st.lists(st.tuples(st.text(LETTERS, max_size=10), st.text(LETTERS, min_size=1, max_size=20)), min_size=1))
def test_beir_keeps_the_words_of_the_set(rows):
    corpus = [{"_id": f"d{n}", "title": title, "text": text} for n, (title, text) in enumerate(rows)]
    relevant = [f"q\t{one['_id']}\t1" for one in corpus if (one["title"] + one["text"]).strip()]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not relevant:
            with pytest.raises(BadGold):
                beir(folder, corpus, [{"_id": "q", "text": "Ja?"}], [QRELS[0]])
            return
        read = beir(folder, corpus, [{"_id": "q", "text": "Ja?"}], [QRELS[0], *relevant])
        check_valid(read, folder)
    texts = texts_of(read)
    for one in corpus:
        assert texts[one["_id"]].endswith(one["text"])
        assert texts[one["_id"]].startswith(one["title"]) or not one["title"].strip()
    assert all(span == Span(span.document, 0, len(texts[span.document])) for span in read.spans["q"])
