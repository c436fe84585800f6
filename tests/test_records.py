import dataclasses

import pytest

from raadpleeg import errors, records
from raadpleeg.records import Document, Metadata, Unit

VALUES = [one for one in vars(records).values() if dataclasses.is_dataclass(one)]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_values_are_frozen_and_slotted(value):
    assert value.__dataclass_params__.frozen
    assert "__slots__" in vars(value)


def test_every_error_is_in_the_tree_and_in_its_drawing():
    drawn = errors.__doc__ or ""
    tree = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Exception)]
    assert len(tree) > 5
    for one in tree:
        assert issubclass(one, errors.RaadpleegError)
        assert one.__name__ in drawn


def document(**more) -> Document:
    fields = {"text": "een twee drie", "pages": (0, 4, 8), "units": (), "footnotes": (), "removed": ()}
    return Document(id="d", title="t", metadata=Metadata(), digest="", **{**fields, **more})


def test_pages():
    assert [document().page_at(offset) for offset in (0, 3, 4, 7, 8, 12)] == [1, 1, 2, 2, 3, 3]


def test_a_document_without_pages_has_one():
    assert document(pages=()).page_at(5) == 1


def test_the_innermost_unit():
    letter = Unit("letter", "Brief", 0, 13, 1)
    answer = Unit("answer", "Antwoord 1", 4, 8, 1)
    paper = document(units=(letter, answer))
    assert paper.unit_at(5) == answer
    assert paper.unit_at(8) == letter
    assert paper.unit_at(13) is None
