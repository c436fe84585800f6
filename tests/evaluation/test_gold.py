import json
from pathlib import Path

import pytest

from raadpleeg.errors import BadGold
from raadpleeg.evaluation.gold import read_gold

FOLDER = Path(__file__).parents[2] / "eval" / "gold"
ROW = {
    "id": "x", "question": "Wanneer?", "lang": "nl", "type": "date", "answerable": True, "answer": "nu", "must": ["nu"],
    "evidence": [{"document": "a", "quote": "nu"}],
}  # fmt: skip


def written(tmp_path, *rows):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_history_and_reason_may_be_left_out(tmp_path):
    (plain,) = read_gold([written(tmp_path, ROW)])
    assert (plain.history, plain.reason) == ((), None)
    none = {**ROW, "answerable": False, "answer": None, "must": [], "evidence": [], "reason": "off_topic"}
    (item,) = read_gold([written(tmp_path, {**none, "history": ["Wie?"]})])
    assert (item.history, item.reason) == (("Wie?",), "off_topic")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reason": "off_topic"}, "of an unanswerable question"),
        ({"extra": 1}, "extra"),
        ({"evidence": []}, "has evidence"),
        ({"must": ["("]}, "line 1"),
    ],
)
def test_a_line_that_is_no_gold(tmp_path, change, told):
    with pytest.raises(BadGold, match=told):
        read_gold([written(tmp_path, {**ROW, **change})])


def test_the_gold_of_the_project_is_large_and_in_order():
    items = read_gold(sorted(FOLDER.glob("*.jsonl")))
    answerable = [item for item in items if item.answerable]
    assert len(answerable) >= 160
    assert len(items) - len(answerable) >= 60
    assert all(item.reason for item in items if not item.answerable and not item.id.startswith("none-"))
    assert {"nl", "de", "fr", "en"} <= {item.lang for item in items}
    kinds = {item.type for item in answerable}
    assert {"date", "number", "who", "list", "why", "yes-no", "unit", "reference", "cross-paper", "follow-up"} <= kinds
    assert {"near-miss", "false-premise", "asked-not-answered", "off-topic"} <= {
        item.type for item in items if not item.answerable
    }
