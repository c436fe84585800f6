"""`cite`, `references` and `questions` as a user meets them."""

import json
import os
import sys
from pathlib import Path

import pytest

from raadpleeg import cli, wiring
from raadpleeg.indexing.building import build
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lookup") / "index"
    encoder = HashedEncoder()
    build(CORPUS, folder, lambda: encoder, encoder.weights, Settings().passage_tokens)
    return folder


@pytest.fixture
def call(capsys, monkeypatch, tmp_path, index):
    """Runs one command in this process; gives exit code, stdout and stderr."""
    for name in [name for name in os.environ if name.startswith("RAADPLEEG_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RAADPLEEG_INDEX", str(index))
    monkeypatch.setenv("RAADPLEEG_COSINE_FLOOR", "0")
    monkeypatch.setattr(wiring, "open_encoder", lambda settings: HashedEncoder())

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["raadpleeg", *map(str, words)])
        with pytest.raises(SystemExit) as exit_code:
            cli.main()
            sys.exit(0)
        told = capsys.readouterr()
        return exit_code.value.code or 0, told.out, told.err

    return run


def one_line(err):
    assert err.startswith("raadpleeg: ")
    assert err.count("\n") == 1
    return err


# --- cite ------------------------------------------------------------------------------------------------------------


def test_cite_json_keeps_the_contract(call):
    code, out, err = call("cite", "35714, O, antwoord 3", "--json")
    value = json.loads(out)
    assert (code, err) == (0, "")
    assert list(value)[:5] == "query found in_corpus reference places".split()
    assert (value["query"], value["found"], value["in_corpus"]) == ("35714, O, antwoord 3", True, True)
    assert value["reference"] == "Kamerstukken I 2025/26, 35714, O, p. 6"
    (place,) = value["places"]
    assert list(place)[:8] == "document unit page start end quote match changes".split()
    assert (place["document"], place["unit"], place["page"], place["match"]) == (
        "kst-35714-O",
        "Antwoord 3",
        6,
        "exact",
    )
    assert [one["unit"] for one in place["questions"]] == ["Vraag 3"]
    assert [(note["number"], note["state"]) for note in place["footnotes"]] == [(17, "no_reference")]


def test_cite_json_of_a_misquotation(call):
    value = json.loads(call("cite", "--quote", "Het Jaarplan 2025 van de Benelux Unie is inmiddels", "--json")[1])
    (place,) = value["places"]
    assert place["match"] == "near"
    (change,) = place["changes"]
    assert (change["kind"], change["paper"], change["quoted"]) == ("replaced", "2026", "2025")
    assert change["end"] - change["start"] == 4


def test_cite_json_of_what_is_not_there(call):
    code, out, _ = call("cite", "Kamerstukken I 2025/26, 35714, N", "--json")
    value = json.loads(out)
    assert (code, value["found"], value["in_corpus"], value["places"]) == (0, False, False, [])
    assert value["address"] == "https://zoek.officielebekendmakingen.nl/kst-35714-N.html"
    assert [one["footnote"] for one in value["referred_by"]] == [2, 7, 12, 13]
    assert {one["reference"].partition(", p.")[0] for one in value["referred_by"]} == {
        "Kamerstukken I 2025/26, 35714, N"
    }


def test_cite_for_people(call):
    code, out, err = call("cite", "35714, O, antwoord 3")
    assert (code, err) == (0, "")
    assert out.startswith("Kamerstukken I 2025/26, 35714, O, p. 6 · Antwoord 3 · staatssecretaris van Financiën\n")
    assert "question: Vraag 3, p. 6" in out
    assert "jaarplan-2026-DEF-web" in out
    assert "official address: https://" in out


def test_cite_for_people_shows_what_was_changed(call):
    out = call("cite", "--quote", "Het Jaarplan 2025 van de Benelux Unie is inmiddels")[1]
    assert "(near)" in out
    assert "replaced: the paper has “2026”, not “2025”" in out


def test_a_quotation_that_stands_nowhere_is_an_answer(call):
    code, out, err = call("cite", "--quote", "De doelman stopte in de verlenging een strafschop van de aanvoerder")
    assert (code, out, err) == (0, "these words stand in no paper of the corpus\n", "")


@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (("cite", ""), "the reference is empty"),
        (("cite", "--quote", ""), "the quotation is empty"),
        (("cite", "zomaar wat woorden"), "--quote"),
        (("references", "kst-99999-X"), "raadpleeg documents"),
        (("questions", "kst-99999-X"), "raadpleeg documents"),
        (("questions", "35714"), "name one"),
        (("questions", "--like", " "), "the question is empty"),
        (("cite", "35714, O", "--index", "nergens"), "run `raadpleeg index`"),
        (("references", "--index", "nergens"), "run `raadpleeg index`"),
        (("questions", "--like", "Wat nu?", "--index", "nergens"), "run `raadpleeg index`"),
    ],
)
def test_mistakes_are_one_line_with_the_mend(call, words, mend):
    code, out, err = call(*words)
    assert (code, out) == (1, "")
    assert mend in one_line(err)


@pytest.mark.parametrize(
    "words",
    [
        ("cite",),
        ("cite", "35714, O", "--quote", "iets"),
        ("questions",),
        ("questions", "35714, O", "--like", "iets"),
    ],
)
def test_a_wrong_call_is_told_as_such(call, words):
    assert call(*words)[0] == 2


# --- references ------------------------------------------------------------------------------------------------------


def test_references_of_a_paper(call):
    code, out, err = call("references", "35714, O")
    assert (code, err) == (0, "")
    there, _, absent = out.partition("not in the corpus:\n")
    assert there.startswith("in the corpus:\n")
    assert [line.split()[3] for line in there.splitlines()[1:]] == ["3", "5", "6", "14"]
    assert "(Ibid., p. 6) → kst-31585-35714-J, p. 6" in there
    assert "Stcrt. 2025, 15685" in absent
    assert "referred to by" not in absent


def test_references_to_a_paper(call):
    out = call("references", "kst-31585-35714-J")[1]
    assert out.partition("referred to by:\n")[2].count("kst-35714-O") == 4


def test_references_json(call):
    value = json.loads(call("references", "kst-35714-O", "--json")[1])
    assert list(value) == "document reference resolved unresolved incoming footnotes".split()
    assert [one["footnote"] for one in value["resolved"]] == [3, 5, 6, 14]
    assert all(one["targets"] for one in value["resolved"])
    assert not any(one["targets"] for one in value["unresolved"])
    assert [note["number"] for note in value["footnotes"]] == list(range(1, 19))
    every = json.loads(call("references", "--json")[1])
    assert [one["document"] for one in every] == ["kst-31585-35714-J", "kst-35714-O"]
    assert every[1] == value


def test_references_of_every_paper(call):
    there, _, absent = call("references")[1].partition("not in the corpus:\n")
    assert "Kamerstukken I 2025/26, 31585 / 35714, J  (4×: kst-35714-O)" in there
    assert "Kamerstukken I 2025/26, 35714, N  (4×: kst-35714-O)" in absent


# --- questions -------------------------------------------------------------------------------------------------------


def test_questions_of_a_paper(call):
    code, out, err = call("questions", "35714, O")
    assert (code, err) == (0, "")
    assert out.startswith("asked by leden van de fracties van OPNL")
    lines = [line for line in out.splitlines() if line.startswith("  Vraag")]
    assert len(lines) == 5
    assert lines[2].split() == "Vraag 3 p. 3, 6 → Antwoord 3, p. 6 partly".split()
    assert "wordt binnenkort gesproken" in out


def test_questions_json(call):
    value = json.loads(call("questions", "kst-35714-O", "--json")[1])
    assert (value["document"], value["like"]) == ("kst-35714-O", None)
    assert [row["unit"] for row in value["questions"]] == [f"Vraag {number}" for number in range(1, 6)]
    first = value["questions"][0]
    assert list(first) == (
        "document reference unit numbers asker page start end text also status words refers answers score".split()
    )
    assert [answer["unit"] for answer in first["answers"]] == ["Antwoord 1 en 2"]


def test_a_paper_without_questions_is_told(call):
    code, out, err = call("questions", "kst-31585-35714-J")
    assert (code, out, err) == (0, "", "kst-31585-35714-J has no questions\n")


def test_whether_a_question_was_asked_before(call):
    code, out, _ = call(
        "questions", "--like", "Is er iets geregeld tussen Nederland en België over telewerken?", "-k", 1
    )
    assert code == 0
    assert "Kamerstukken I 2025/26, 35714, O" in out
    assert "answer: Antwoord 4 en 5, p. 7" in out
    value = json.loads(call("questions", "--like", "Wat staat er in het Jaarplan?", "-k", 2, "--json")[1])
    assert (value["document"], len(value["questions"])) == (None, 2)
    assert all(0 <= row["score"] <= 1 for row in value["questions"])
