"""The tab Verantwoording: what the corpus has and lacks, the models, and the figures of the last evaluation."""

import json
import re

import pytest

from raadpleeg import models
from raadpleeg.answering.assistant import Assistant
from raadpleeg.evaluation.baseline import pin
from raadpleeg.evaluation.result import Result
from raadpleeg.lookup.web import mentions, open_web
from raadpleeg.reading.reader import document_from
from raadpleeg.settings import Settings
from raadpleeg.testing import HashedEncoder, ScriptedGenerator
from raadpleeg.web.opened import Opened
from raadpleeg.web.tabs.account import account, figures, gaps, last_figures, missing_dossiers, model_table
from raadpleeg.web.texts import TABS

NL = TABS["nl"]


def words_in(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def write_run(folder, name="now", must=(1.0, 0.0), confidence=(0.9, 0.4)):
    """Write what `raadpleeg eval --output` writes, as far as it is read."""
    place = folder / "results" / name
    place.mkdir(parents=True)
    keys = [f"q-{number}" for number in range(len(must))]
    content = {
        "about": {"generator": None, "gold": {"own.jsonl": "0"}},
        "values": {"must": dict(zip(keys, must, strict=True)), "refused": dict.fromkeys(keys, 0.0)},
        "answers": {key: {"confidence": one, "abstained": False} for key, one in zip(keys, confidence, strict=True)},
    }
    (place / "result.json").write_text(json.dumps(content))
    times = {key: {"timings_ms": {}, "total": 900.0, "first_quote": 30.0, "first_token": None} for key in keys}
    (place / "timings.json").write_text(json.dumps({"date": "2026-03-18T10:00:00+00:00", "answers": times}))
    return place


def test_the_whole_account(hashed_index, tmp_path):
    assistant = Assistant(hashed_index, HashedEncoder(), None, Settings())
    html = account(assistant, Settings(), Opened(), tmp_path, NL)
    said = words_in(html)
    assert f"{NL.papers} {len(hashed_index.documents)}" in said
    for document in hashed_index.documents.values():
        assert all(dossier in said for dossier in document.metadata.dossiers)
    assert hashed_index.manifest["corpus"]["digest"] in said
    assert hashed_index.manifest["encoder"]["weights"] in said
    assert NL.no_figures in html.replace("&#x27;", "'")
    for step in NL.how:
        assert step in html.replace("&#x27;", "'")
    assert html.count("<section>") == html.count("</section>") == 5


def test_what_is_referred_to_and_not_there_is_a_gap():
    one = document_from(
        b"Zie Kamerstuk 26 485, nr. 380. En Kamerstukken II 2014/15, 26485, nr. 380, p. 2.", "kst-11111-1"
    )
    two = document_from(b"Zie Kamerstuk 11 111, nr. 1 en Kamerstuk 11 111, nr. 4.", "kst-22222-2")
    web = open_web([one, two])
    found = gaps({key: mentions(web, document) for key, document in web.documents.items()})
    assert [(gap.reference.dossiers, gap.reference.number, gap.times) for gap in found] == [
        (("26485",), "380", 2),
        (("11111",), "4", 1),
    ]
    assert missing_dossiers(found, web) == ("26485",)  # of 11111 there is a paper


def test_the_models_are_told_with_licence_and_hash(hashed_index, tmp_path):
    own = Settings(engine="openai", generator="somebody/else", cache=tmp_path)
    assistant = Assistant(hashed_index, HashedEncoder(), ScriptedGenerator([]), own)
    said = words_in(model_table(own, assistant, NL))
    assert "scripted" in said
    assert NL.own_licence in said
    assert models.GENERATOR.licence not in said
    assert NL.no_writer in words_in(model_table(own, Assistant(hashed_index, HashedEncoder(), None, own), NL))
    default = words_in(model_table(Settings(cache=tmp_path), assistant, NL))
    assert models.GENERATOR.licence in default


def test_the_newest_run_counts_and_is_drawn(tmp_path):
    write_run(tmp_path)
    found = last_figures(tmp_path)
    assert not found.pinned
    assert found.means["must"] == (0.5, 2)
    assert found.sure == ((0.9, True, True, True), (0.4, True, True, False))
    html = figures(found, NL)
    said = words_in(html)
    assert "50 %" in said
    assert "van 2 vragen" in said
    assert "18 maart 2026" in said
    assert html.count('role="img"') == 3
    assert "vragen beantwoord →" in said
    assert "questions answered" not in said


def test_without_a_run_the_pinned_figures_count(tmp_path):
    pin(
        Result((), {}, {}, {}, {"must": {"a": 1.0, "b": 1.0, "c": 0.0}}, {"generator": None}),
        tmp_path / "baseline.json",
    )
    found = last_figures(tmp_path)
    assert found.pinned
    assert found.means["must"] == (pytest.approx(2 / 3), 3)
    assert NL.pinned in words_in(figures(found, NL))


@pytest.mark.parametrize("content", ["", "[]", '{"values": 3}', '{"values": {"must": {"a": "x"}}}', '{"answers": {}}'])
def test_a_damaged_result_does_not_count(tmp_path, content):
    place = tmp_path / "results" / "bad"
    place.mkdir(parents=True)
    (place / "result.json").write_text(content)
    assert last_figures(tmp_path) is None
    assert NL.no_figures in figures(None, NL).replace("&#x27;", "'")


def test_both_languages_have_words_for_everything():
    nl, en = TABS["nl"], TABS["en"]
    for name in nl.__dataclass_fields__:
        one, other = getattr(nl, name), getattr(en, name)
        assert type(one) is type(other)
        if isinstance(one, str):
            assert one.strip() or name == "axes"
            assert sorted(re.findall(r"{\w*}", one)) == sorted(re.findall(r"{\w*}", other)), name
        elif name != "axes" and isinstance(one, dict):
            assert one.keys() == other.keys(), name
