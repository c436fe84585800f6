"""Drafts of gold: what is proposed, that nothing is lost, and that nothing wrong becomes gold."""

import json
import multiprocessing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raadpleeg.errors import BadGold, BadQuestion, SettingsError
from raadpleeg.evaluation import drafts
from raadpleeg.evaluation.drafts import accept, append, check, draft, gold_of, read_drafts, replace_draft, taken
from raadpleeg.evaluation.gold import FIELDS, OPTIONAL, read_gold, resolve
from raadpleeg.records import Answer, Citation, Sentence, Timings

QUOTE = "Deze regeling is per 1 januari 2026 van toepassing."
DOCUMENT = "kst-35714-O"
NOW = datetime(2026, 11, 22, 11, 46, tzinfo=UTC)


def answered(**changes):
    citation = Citation(1, DOCUMENT, "Verslag", "Antwoord 1 en 2", "de minister", 6, 0, len(QUOTE), QUOTE, "KST")
    answer = Answer(
        question="Per welke datum geldt de regeling?",
        language="nl",
        sentences=(Sentence("De regeling geldt per 1 januari 2026.", (1,), "supported"),),
        citations=(citation, replace(citation, number=2)),
        hits=(),
        reason=None,
        explanation=None,
        encoder="hashed",
        generator="scripted",
        timings=Timings(1, None, None, 2),
    )
    return replace(answer, **changes)


def abstaining():
    return answered(sentences=(), citations=(), reason="not_stated", explanation="Dat staat er niet.")


@pytest.fixture
def documents(hashed_index):
    return hashed_index.documents


@pytest.fixture
def gold(tmp_path):
    return tmp_path / "gold" / "reviewed.jsonl"


def ready(**changes):
    """A draft that can be gold."""
    return draft(answered(), "up", now=NOW) | {"must": ["1 januari 2026"]} | changes


# --- what is proposed ------------------------------------------------------------------------------------------------


def test_a_good_answer_proposes_itself_and_its_quotations_once():
    row = draft(answered(), "up", "  precies\n goed ", ["Geldt er iets?"], NOW)
    assert gold_of(row) == {
        "id": row["id"],
        "question": "Per welke datum geldt de regeling?",
        "lang": "nl",
        "type": "feedback",
        "answerable": True,
        "answer": "De regeling geldt per 1 januari 2026.",
        "must": [],
        "evidence": [{"document": DOCUMENT, "quote": QUOTE}],
        "history": ["Geldt er iets?"],
    }
    assert (row["verdict"], row["reason_given"], row["time"]) == ("up", "precies goed", "2026-11-22T11:46:00+00:00")
    assert row["answer_given"]["answer"] == "De regeling geldt per 1 januari 2026. [1]"
    assert row["answer_given"]["citations"][0]["quote"] == QUOTE
    assert row["answer_given"]["model"] == {"encoder": "hashed", "generator": "scripted"}


def test_a_good_abstention_proposes_that_the_papers_do_not_tell():
    row = draft(abstaining(), "up", now=NOW)
    assert (row["answerable"], row["answer"], row["evidence"], row["reason"]) == (False, None, [], "not_stated")


@pytest.mark.parametrize("answer", [answered(), abstaining()])
def test_a_bad_answer_proposes_nothing_and_cannot_become_gold_as_it_is(answer, documents, gold):
    row = draft(answer, "down", "dit klopt niet")
    assert (row["answerable"], row["answer"], row["evidence"]) == (True, None, [])
    assert row["answer_given"]["answer"] == answer.text
    with pytest.raises(BadGold):
        accept(row, documents, gold)
    assert not gold.exists()


def test_the_fields_are_those_of_the_gold_and_four_more():
    own = {"verdict", "reason_given", "answer_given", "time"}
    for answer in (answered(), abstaining()):
        for verdict in ("up", "down"):
            row = draft(answer, verdict)
            assert FIELDS <= row.keys() - own <= FIELDS | OPTIONAL
            assert own <= row.keys()


def test_every_draft_has_an_id_of_its_own():
    assert len({draft(answered(), "up", now=NOW)["id"] for _ in range(50)}) == 50


@pytest.mark.parametrize("verdict", ["", "None", "UP", "<b>"])
def test_a_verdict_is_up_or_down(verdict):
    with pytest.raises(BadQuestion, match="up or down"):
        draft(answered(), verdict)


def test_a_reason_has_an_end():
    draft(answered(), "up", "x" * 1000)
    with pytest.raises(BadQuestion, match="1,001 characters, at most 1,000"):
        draft(answered(), "up", "x" * 1001)


# --- the file --------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=20)  # each writes to the disk, and waits for it
@given(reasons=st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_what_is_appended_is_read_in_order(tmp_path_factory, reasons):
    path = tmp_path_factory.mktemp("drafts") / "eval" / "drafts.jsonl"
    rows = [draft(answered(), "down", reason) for reason in reasons]
    for row in rows:
        append(row, path)
    assert read_drafts(path) == (tuple(rows), ())


def test_no_file_is_no_drafts(tmp_path):
    assert read_drafts(tmp_path / "none.jsonl") == ((), ())


def test_a_line_cut_short_is_told_and_costs_no_other(tmp_path):
    path = tmp_path / "drafts.jsonl"
    first, second = draft(answered(), "up"), draft(answered(), "down")
    append(first, path)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"id": "f-torn", "ques')
    append(second, path)
    rows, damaged = read_drafts(path)
    assert rows == (first, second)
    assert [one.line for one in damaged] == [2]
    replace_draft(first["id"], None, path)
    assert read_drafts(path)[0] == (second,)
    assert '{"id": "f-torn", "ques\n' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("line", ["[]", "null", '{"id": 3, "question": "x"}', '{"id": "x"}', "\x00", "{"])
def test_what_is_no_draft_is_named(tmp_path, line):
    path = tmp_path / "drafts.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    rows, damaged = read_drafts(path)
    assert rows == ()
    assert [one.line for one in damaged] == [2]


def test_a_full_disk_leaves_no_half_line(tmp_path, monkeypatch):
    path = tmp_path / "drafts.jsonl"
    append(draft(answered(), "up"), path)
    before, write = path.read_bytes(), drafts.os.write

    def full(file, content):
        if len(content) < 20:
            raise OSError(28, "No space left on device")
        return write(file, content[: len(content) // 2])

    monkeypatch.setattr(drafts.os, "write", full)
    with pytest.raises(SettingsError, match="No space left on device"):
        append(draft(answered(), "up"), path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "eval").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be written"):
        append(draft(answered(), "up"), tmp_path / "eval" / "drafts.jsonl")


def _append_some(path):
    for _ in range(10):
        append(draft(answered(), "up", "x" * 900), path)


def test_several_who_write_at_once_do_not_mix(tmp_path):
    path = tmp_path / "drafts.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append_some, args=(path,)) for _ in range(2)]
    for one in writers:
        one.start()
    _append_some(path)
    for one in writers:
        one.join(300)
    rows, damaged = read_drafts(path)
    assert (len(rows), damaged) == (30, ())


def test_an_interrupted_rewriting_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "drafts.jsonl"
    row = draft(answered(), "up")
    append(row, path)
    monkeypatch.setattr(drafts.os, "fsync", lambda file: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        replace_draft(row["id"], None, path)
    assert read_drafts(path) == ((row,), ())


# --- into the gold ---------------------------------------------------------------------------------------------------


def test_what_is_accepted_is_gold(documents, gold):
    accept(ready(), documents, gold)
    (item,) = read_gold([gold])
    assert item.evidence[0].quote == QUOTE
    assert resolve(item, documents)
    assert json.loads(gold.read_text(encoding="utf-8")).keys() == FIELDS
    accept(draft(abstaining(), "up"), documents, gold)
    assert read_gold([gold])[1].reason == "not_stated"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"question": "?"}, "the question is empty"),
        ({"lang": "es"}, "lang is one of nl, de, fr, en"),
        ({"answerable": "ja"}, "answerable is true or false"),
        ({"answer": None}, "has an answer; write it"),
        ({"answer": " "}, "has an answer; write it"),
        ({"must": []}, "must is empty"),
        ({"must": "1 januari"}, "must is a list"),
        ({"must": [""]}, "must is a list"),
        ({"must": ["("]}, "mend it"),
        ({"must": ["februari"]}, "its own answer does not match 'februari'"),
        ({"evidence": []}, "an answerable question has evidence"),
        ({"evidence": [{"document": DOCUMENT}]}, "'quote'"),
        ({"evidence": [{"document": DOCUMENT, "quote": "Dat staat er niet."}]}, "does not stand in"),
        ({"evidence": [{"document": "kst-9", "quote": QUOTE}]}, "there is no document kst-9"),
        ({"reason": "not_stated"}, "of an unanswerable question"),
        ({"evidence": [7]}, "mend it"),
        ({"history": 7}, "mend it"),
    ],
)
def test_what_is_no_gold_is_refused_in_one_line(documents, gold, changes, told):
    row = ready(**changes)
    with pytest.raises(BadGold, match=r"^(draft|question) f-\d{8}-\d{6}-[0-9a-f]{6}: ") as error:
        accept(row, documents, gold)
    assert told in str(error.value)
    assert "\n" not in str(error.value)
    assert not gold.exists()


def test_an_unknown_field_is_refused(documents):
    with pytest.raises(BadGold, match="'colour'"):
        check(gold_of(ready()) | {"colour": "red"}, documents)


def test_an_id_is_taken_once(documents, gold):
    row = ready()
    accept(row, documents, gold)
    with pytest.raises(BadGold, match="has this id already"):
        accept(row, documents, gold)
    assert len(read_gold([gold])) == 1
    other = ready()
    (gold.parent / "first.jsonl").write_text(json.dumps(gold_of(other)) + "\n", encoding="utf-8")
    with pytest.raises(BadGold, match="has this id already"):
        accept(other, documents, gold)
    assert taken(gold) == {row["id"], other["id"]}


def test_gold_that_is_damaged_takes_nothing_in(documents, gold):
    gold.parent.mkdir()
    gold.write_text("{\n", encoding="utf-8")
    with pytest.raises(BadGold, match="line 1"):
        accept(ready(), documents, gold)
    assert gold.read_text(encoding="utf-8") == "{\n"
