"""`verify`, `ask --save` and `ask --as` as a user meets them; a fake encoder stands behind the wiring."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
import rispy

from raadpleeg import cli, wiring
from raadpleeg.cli_export import print_as
from raadpleeg.testing import HashedEncoder, ScriptedGenerator

ROOT = Path(__file__).parents[2]
QUESTION = "Per welke datum is de thuiswerkregeling met Duitsland van toepassing?"
SAID = "De thuiswerkregeling met Duitsland is per 1 januari 2026 van toepassing."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of one's own with the papers."""
    for name in [name for name in os.environ if name.startswith("RAADPLEEG_")]:
        monkeypatch.delenv(name)
    shutil.copytree(ROOT / "corpus", tmp_path / "corpus")
    monkeypatch.chdir(tmp_path)
    for name, value in (("ABSTAIN_BELOW", "0"), ("COSINE_FLOOR", "0"), ("CACHE", str(tmp_path / "cache"))):
        monkeypatch.setenv(f"RAADPLEEG_{name}", value)
    encoder = HashedEncoder()
    monkeypatch.setattr(wiring, "open_encoder", lambda settings: encoder)
    monkeypatch.setattr(wiring, "open_writer", lambda settings: ScriptedGenerator([SAID] * 10))
    monkeypatch.setattr(wiring, "read_ahead", lambda writer, settings: None)
    monkeypatch.setattr(wiring.models, "encoder_folder", lambda settings: Path("fake"))
    monkeypatch.setattr(wiring.models, "encoder_weights", lambda source, cache: encoder.weights)
    return tmp_path


@pytest.fixture
def call(capsys, monkeypatch):
    """Runs one command in this process; gives exit code, stdout and stderr."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["raadpleeg", *map(str, words)])
        with pytest.raises(SystemExit) as exit_code:
            cli.main()
            sys.exit(0)
        told = capsys.readouterr()
        return exit_code.value.code or 0, told.out, told.err

    return run


@pytest.fixture
def indexed(folder, call):
    assert call("index")[0] == 0
    return folder


def one_line(err):
    assert err.startswith("raadpleeg: ")
    assert err.count("\n") == 1
    return err


@pytest.mark.parametrize("suffix", [".html", ".json"])
def test_an_answer_is_saved_and_verified(indexed, call, suffix):
    code, out, err = call("ask", QUESTION, "--save", f"map/antwoord{suffix}")
    assert code == 0
    assert "1 januari 2026 van toepassing. [1]\n" in out  # the answer is printed all the same
    assert err.startswith(f"saved in map/antwoord{suffix}; `raadpleeg verify map/antwoord{suffix}`")
    code, out, err = call("verify", f"map/antwoord{suffix}")
    assert (code, err) == (0, "")
    assert out.endswith("all holds\n")
    assert "refused" not in out
    value = json.loads(call("verify", f"map/antwoord{suffix}", "--json")[1])
    assert value["holds"] is True
    states = {check["name"]: check["state"] for check in value["checks"]}
    assert states["quote 1"] == states["file"] == states["document kst-35714-O"] == states["encoder"] == "holds"
    assert states["generator"] == "warning"  # the scripted one has no weights


def test_a_changed_quote_is_refused(indexed, call):
    call("ask", QUESTION, "--quotes-only", "--save", "a.json")
    text = Path("a.json").read_text(encoding="utf-8")
    Path("a.json").write_text(text.replace("1 januari 2026", "1 februari 2026"), encoding="utf-8")
    code, out, err = call("verify", "a.json")
    assert (code, err) == (1, "")
    refused = [line for line in out.splitlines() if line.startswith("refused")]
    assert any("februari" in line and "januari" in line and "kst-35714-O, p. 6" in line for line in refused)
    assert any("changed after it was saved" in line for line in refused)
    value = json.loads(call("verify", "a.json", "--json")[1])
    assert value["holds"] is False
    assert "quote-changed" in {check["finding"] for check in value["checks"]}


def test_a_changed_corpus_is_refused_and_told_apart(indexed, call):
    call("ask", QUESTION, "--quotes-only", "--save", "a.html")
    path = Path("corpus/kst-35714-O.txt")
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("Vastgesteld", "Gewijzigd vastgesteld"), encoding="utf-8")
    code, out, _ = call("verify", "a.html")
    assert code == 1
    assert "kst-35714-O was changed since" in out
    assert "quote 1: is gone" not in out
    path.write_text(before.replace("1 januari 2026", "1 januari 2027"), encoding="utf-8")
    code, out, _ = call("verify", "a.html")
    assert code == 1
    assert "is gone from kst-35714-O" in out
    path.unlink()
    code, out, _ = call("verify", "a.html")
    assert code == 1
    assert "kst-35714-O is not in the corpus" in out


def test_without_a_corpus_the_index_is_what_there_is(indexed, call):
    call("ask", QUESTION, "--quotes-only", "--save", "a.html")
    shutil.rmtree("corpus")
    assert call("verify", "a.html")[0] == 0
    code, _, err = call("verify", "a.html", "--corpus", "corpus")
    assert code == 1
    assert "there is no folder corpus" in one_line(err)


@pytest.mark.parametrize("suffix", [".html", ".json"])
def test_a_truncated_file_is_one_clear_line(indexed, call, suffix):
    call("ask", QUESTION, "--quotes-only", "--save", f"a{suffix}")
    whole = Path(f"a{suffix}").read_bytes()
    Path(f"a{suffix}").write_bytes(whole[: len(whole) * 3 // 4])
    code, out, err = call("verify", f"a{suffix}")
    assert (code, out) == (1, "")
    assert "cut short" in one_line(err)


def test_what_is_no_dossier_is_one_clear_line(folder, call):
    code, _, err = call("verify", "corpus/kst-35714-O.txt")
    assert code == 1
    assert "no dossier" in one_line(err)
    code, _, err = call("verify", "weg.html")
    assert code == 1
    assert "weg.html" in one_line(err)


def test_only_the_citations(indexed, call):
    code, out, err = call("ask", QUESTION, "--as", "official")
    assert (code, err) == (0, "")
    assert out == (
        "Kamerstukken I 2025/26, 35714, O, p. 6 (https://zoek.officielebekendmakingen.nl/kst-35714-O.html)\n"
    )
    (row,) = rispy.loads(call("ask", QUESTION, "--as", "ris")[1])
    assert "1 januari 2026" in row["abstract"]
    (item,) = json.loads(call("ask", QUESTION, "--as", "csl-json")[1])
    assert item["page"] == "6"
    assert call("ask", QUESTION, "--as", "bibtex")[1].startswith("@techreport{kst-35714-O-p6-1,\n")


def test_saved_and_cited_in_one_call(indexed, call):
    code, out, err = call("ask", QUESTION, "--as", "csl-json", "--save", "a.json")
    assert code == 0
    assert len(json.loads(out)) == 1
    assert err.startswith("saved in a.json")
    assert call("verify", "a.json")[0] == 0


def test_nothing_to_cite(indexed, call, monkeypatch):
    monkeypatch.setenv("RAADPLEEG_ABSTAIN_BELOW", "1")
    code, out, err = call("ask", "Wie won het wereldkampioenschap voetbal?", "--as", "csl-json", "--save", "a.html")
    assert (code, json.loads(out)) == (0, [])
    assert "nothing is cited" in err
    assert call("verify", "a.html")[0] == 0


def test_what_does_not_go_together_is_told_before_anything_is_opened(indexed, call, monkeypatch):
    monkeypatch.setattr(wiring, "open_assistant", lambda *_: pytest.fail("a model was opened"))
    assert call("ask", QUESTION, "--as", "ris", "--json")[0] == 2
    assert call("ask", QUESTION, "--as", "word")[0] == 2
    Path("q.jsonl").write_text('{"id": 1, "question": "Wie?"}\n', encoding="utf-8")
    assert call("ask", "--questions", "q.jsonl", "--output", "o.jsonl", "--save", "a.html")[0] == 2
    code, _, err = call("ask", QUESTION, "--save", "a.pdf")
    assert code == 1
    assert "ends in .html or .json" in one_line(err)


def test_print_as_prints_what_it_is_given(hashed_index, capsys):
    print_as([], hashed_index.documents, "ris")
    told = capsys.readouterr()
    assert told.out == ""
    assert "nothing is cited" in told.err


def test_a_place_that_is_looked_up_is_given_in_each_form(indexed, call):
    code, out, err = call("cite", "voetnoot 16 van kst-35714-O", "--as", "csl-json")
    assert (code, err) == (0, "")
    (item,) = json.loads(out)
    assert item["note"].startswith("voetnoot 16, bij Antwoord 1 en 2; ")
    assert item["page"] == "6"
    (row,) = rispy.loads(call("cite", "antwoord 3 van kst-35714-O", "--as", "ris")[1])
    (place,) = json.loads(call("cite", "antwoord 3 van kst-35714-O", "--json")[1])["places"]
    assert row["abstract"] == " ".join(place["quote"].split())
    assert call("cite", "35714, O, p. 6", "--as", "official")[1].startswith("Kamerstukken I 2025/26, 35714, O, p. 6 (")


def test_a_paper_as_a_whole_has_no_page_and_no_words(indexed, call):
    (item,) = json.loads(call("cite", "35714, O", "--as", "csl-json")[1])
    assert item["number"] == "35714, O"
    assert item["id"] == "kst-35714-O"
    assert not {"page", "abstract"} & set(item)
    assert "pages" not in call("cite", "35714, O", "--as", "bibtex")[1]
    assert "SP  -" not in call("cite", "35714, O", "--as", "ris")[1]


def test_a_misquotation_is_cited_by_the_papers_words_and_told(indexed, call):
    code, out, err = call("cite", "--quote", "een eerste stap om de kansen voor grenswerkers om thuis", "--as", "ris")
    assert code == 0
    (row,) = rispy.loads(out)
    assert "mogelijkheden" in row["abstract"]
    assert "the paper has “mogelijkheden”, not “kansen”" in err


def test_a_place_that_is_nowhere_is_told(indexed, call):
    code, out, err = call("cite", "36000, nr. 2, p. 4", "--as", "csl-json")
    assert (code, json.loads(out)) == (0, [])
    assert "36000" in err
    assert "not in the corpus" in err
    assert call("cite", "35714, O", "--as", "ris", "--json")[0] == 2
