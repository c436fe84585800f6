import pytest

from raadpleeg.contracts import question_of, run_lines, token


@pytest.mark.parametrize(("name", "written"), [("a b", "a%20b"), ("a\tb%", "a%09b%25"), ("kst-35714-O", "kst-35714-O")])
def test_names_are_one_column_wide(name, written):
    assert token(name) == written


def test_a_document_comes_once_in_a_run_by_its_best_passage(assistant):
    hits = assistant().search("grensoverschrijdend telewerk", 30)
    lines = run_lines("q 1", hits, 10)
    documents = [line.split()[2] for line in lines]
    assert len(documents) == len(set(documents)) == 2
    assert [line.split()[3] for line in lines] == ["1", "2"]
    assert lines[0].startswith("q%201 Q0 ")
    assert float(lines[0].split()[4]) == pytest.approx(hits[0].score, abs=1e-6)
    assert len(run_lines("q", hits, 1)) == 1


@pytest.mark.parametrize("row", [{}, {"id": "a"}, {"id": None, "question": "q"}, {"id": "a", "question": 3}])
def test_a_row_without_id_or_question_is_refused(row):
    with pytest.raises(ValueError, match="line 3 needs"):
        question_of(row, 3)
