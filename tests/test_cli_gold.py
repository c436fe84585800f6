"""`raadpleeg gold review`, as somebody at a terminal meets it."""

import builtins
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from raadpleeg import cli, cli_gold
from raadpleeg.evaluation import drafts
from raadpleeg.evaluation.drafts import DRAFTS, REVIEWED, append, read_drafts
from raadpleeg.evaluation.gold import read_gold
from raadpleeg.indexing.building import build
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder

CORPUS = Path(__file__).parents[1] / "corpus"
QUOTE = "Deze regeling is per 1 januari 2026 van toepassing."


def row(identity, **changes):
    return {
        "id": identity,
        "question": f"Per welke datum geldt de regeling {identity}?",
        "lang": "nl",
        "type": "feedback",
        "answerable": True,
        "answer": "per 1 januari 2026",
        "must": ["1 januari 2026"],
        "evidence": [{"document": "kst-35714-O", "quote": QUOTE}],
        "verdict": "up",
        "reason_given": "goed",
        "answer_given": {
            "answer": "Per 1 januari 2026. [1]",
            "abstained": False,
            "reason": None,
            "citations": [{"number": 1, "reference": "KST 35714, O", "unit": "Antwoord 1", "quote": QUOTE}],
            "model": {"encoder": "hashed", "generator": None},
        },
        "time": "2026-11-22T11:46:00+00:00",
    } | changes


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gold") / "index"
    encoder = HashedEncoder()
    build(CORPUS, folder, lambda: encoder, encoder.weights, Settings().passage_tokens)
    return folder


@pytest.fixture
def folder(tmp_path, monkeypatch, index):
    for name in [name for name in os.environ if name.startswith("RAADPLEEG_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RAADPLEEG_INDEX", str(index))
    return tmp_path


@pytest.fixture
def review(capsys, monkeypatch, folder):
    """Runs the review with these answers to its questions (an error is raised); gives code, stdout and stderr."""

    def run(answers=(), *words):
        waiting = iter(answers)

        def answer(prompt=""):
            print(prompt, end="")
            said = next(waiting, EOFError())
            if isinstance(said, BaseException):
                raise said
            return said

        monkeypatch.setattr(builtins, "input", answer)
        monkeypatch.setattr(sys, "argv", ["raadpleeg", "gold", "review", *map(str, words)])
        with pytest.raises(SystemExit) as code:
            cli.main()
            sys.exit(0)
        assert next(waiting, None) is None, "a question that was expected was not asked"
        told = capsys.readouterr()
        return code.value.code or 0, told.out, told.err

    return run


def ids(path=DRAFTS):
    return [one["id"] for one in read_drafts(path)[0]]


def editor(monkeypatch, folder, script):
    """Let the editor be a program: `script` is Python that changes `row`."""
    program = folder / "editor.py"
    program.write_text(
        "import json, pathlib, sys\npath = pathlib.Path(sys.argv[1])\nrow = json.loads(path.read_text())\n"
        f"{script}\npath.write_text(json.dumps(row))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f"{sys.executable} {program}")
    monkeypatch.delenv("VISUAL", raising=False)


def test_each_draft_is_accepted_discarded_or_left(review):
    for name in "abc":
        append(row(name))
    code, out, err = review(["a", "d", "s"])
    assert code == 0
    assert [item.id for item in read_gold([REVIEWED])] == ["a"]
    assert ids() == ["c"]
    assert f"taken into {REVIEWED}" in out and "discarded" in out
    assert err == f"1 drafts left in {DRAFTS}\n"


def test_what_is_judged_is_shown(review):
    append(row("a", history=["Geldt er iets?"], reason_given="heel\x1b[31m goed"))
    out = review(["q"])[1]
    for shown in (
        "1 of 1",
        "+  a  Per welke datum",
        "Geldt er iets?",
        "Per 1 januari 2026. [1]",
        "KST 35714, O",
        QUOTE,
    ):
        assert shown in out
    assert "\x1b" not in out  # a reason cannot tell the terminal what to do


@pytest.mark.parametrize("end", [EOFError(), KeyboardInterrupt()])
def test_whoever_stops_keeps_what_is_done_and_what_is_left(review, end):
    for name in "abc":
        append(row(name))
    code, _, err = review(["a", end])
    assert code == 0
    assert [item.id for item in read_gold([REVIEWED])] == ["a"]
    assert ids() == ["b", "c"]
    assert err == f"2 drafts left in {DRAFTS}\n"


def test_a_stop_between_the_two_files_loses_and_doubles_nothing(review, monkeypatch):
    append(row("a"))
    with monkeypatch.context() as patch:
        patch.setattr(drafts, "replace_draft", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        review(["a"])
    assert (ids(), len(read_gold([REVIEWED]))) == (["a"], 1)
    out = review([])[1]
    assert "a is gold already, and left the drafts" in out
    assert (ids(), len(read_gold([REVIEWED]))) == ([], 1)


def test_what_a_right_answer_matches_is_asked_where_it_is_missing(review):
    append(row("a", must=[]))
    out = review(["a", "1 januari", "2026", ""])[1]
    assert "must: " in out
    assert read_gold([REVIEWED])[0].must == ("1 januari", "2026")


def test_what_is_no_gold_is_told_and_asked_again(review):
    append(row("a", evidence=[{"document": "kst-35714-O", "quote": "Dat staat er niet."}]))
    code, out, _ = review(["a", "x", "q"])
    assert code == 0
    assert "not taken: question a: “Dat staat er niet.” does not stand in kst-35714-O" in out
    assert "write one of the letters" in out
    assert ids() == ["a"]
    assert not REVIEWED.exists()


def test_an_edit_is_kept_at_once_and_then_accepted(review, monkeypatch, folder):
    append(row("a", verdict="down", answer=None, must=[], evidence=[]))
    append(row("b"))
    editor(
        monkeypatch,
        folder,
        f"row.update(answer='per 1 januari 2026', must=['2026'], type='date',"
        f" evidence=[{{'document': 'kst-35714-O', 'quote': {QUOTE!r}}}])",
    )
    out = review(["e", "q"])[1]
    assert "evidence: 1" in out
    edited = read_drafts(DRAFTS)[0][0]
    assert (edited["type"], edited["verdict"], edited["answer_given"]["abstained"]) == ("date", "down", False)
    assert ids() == ["a", "b"]  # in its place
    review(["a", "q"])
    (item,) = read_gold([REVIEWED])
    assert (item.type, item.answer, item.must) == ("date", "per 1 januari 2026", ("2026",))


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("path.write_text('{'); sys.exit()", "Expecting property name"),
        ("row = []", "it is no object"),
        ("row['id'] = 'z'", "the id stays as it is"),
        ("del row['question']", "there is no question"),
    ],
)
def test_an_edit_that_cannot_be_kept_is_asked_about(review, monkeypatch, folder, script, told):
    append(row("a"))
    editor(monkeypatch, folder, script)
    out = review(["e", "w", "q"])[1]
    assert told in out
    assert read_drafts(DRAFTS)[0] == (row("a"),)


def test_an_editor_that_fails_is_one_line_and_costs_nothing(review, monkeypatch):
    append(row("a"))
    monkeypatch.setenv("VISUAL", "no-such-editor")
    code, _, err = review(["e"])
    assert code == 1
    assert err.startswith("raadpleeg: the editor 'no-such-editor' failed") and err.count("\n") == 1
    monkeypatch.delenv("VISUAL")
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setattr(cli_gold.shutil, "which", lambda name: None)
    code, _, err = review(["e"])
    assert (code, "EDITOR=nano" in err) == (1, True)
    assert ids() == ["a"]


def test_list_and_json_ask_nothing_and_open_nothing(review, monkeypatch, folder):
    monkeypatch.setenv("RAADPLEEG_INDEX", str(folder / "none"))
    append(row("a", reason_given=""))
    append(row("b", verdict="down", reason_given="de datum klopt niet"))
    with DRAFTS.open("a", encoding="utf-8") as file:
        file.write("{half\n")
    code, out, err = review([], "--list")
    assert code == 0
    assert out.splitlines() == [
        "+  a  Per welke datum geldt de regeling a?",
        "-  b  Per welke datum geldt de regeling b? (de datum klopt niet)",
    ]
    assert err == f"not read: {DRAFTS}, line 3: this is no draft: a JSON object with `id` and `question`\n"
    code, out, err = review([], "--json")
    value = json.loads(out)
    assert (code, err) == (0, "")
    assert [one["id"] for one in value["drafts"]] == ["a", "b"]
    assert value["unreadable"] == [{"line": 3, "why": "this is no draft: a JSON object with `id` and `question`"}]


def test_no_drafts_is_told_and_no_error(review):
    assert review() == (0, "", f"no drafts in {DRAFTS}: answers can be judged on the page\n")
    assert json.loads(review([], "--json")[1]) == {"drafts": [], "unreadable": []}


def test_other_files_can_be_named(review):
    append(row("a"), Path("mine.jsonl"))
    review(["a"], "--drafts", "mine.jsonl", "--gold", "gold/mine.jsonl")
    assert [item.id for item in read_gold([Path("gold/mine.jsonl")])] == ["a"]
    assert not DRAFTS.exists() and not REVIEWED.exists()


def test_without_an_index_one_line_says_so_before_anything_is_asked(review, monkeypatch, folder):
    append(row("a"))
    monkeypatch.setenv("RAADPLEEG_INDEX", str(folder / "none"))
    code, _, err = review()
    assert code == 1
    assert "run `raadpleeg index`" in err and err.count("\n") == 1


def test_gold_that_is_damaged_is_told_before_anything_is_asked(review, folder):
    append(row("a"))
    REVIEWED.parent.mkdir(parents=True)
    REVIEWED.write_text("{\n", encoding="utf-8")
    code, _, err = review()
    assert code == 1
    assert f"{REVIEWED}, line 1" in err
    shutil.rmtree(REVIEWED.parent)
