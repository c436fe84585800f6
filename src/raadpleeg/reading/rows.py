"""A `Document` as plain JSON values and back: for the index on disk, and for what the reading process hands over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from raadpleeg.records import Document, Footnote, Metadata, Person, Removed, Unit

Row = Mapping[str, Any]

_LISTS = ("path", "numbers", "answers", "partners", "twins", "refers")


def row_of(document: Document) -> Row:
    """Give a document as values that JSON knows."""
    return asdict(document)


def document_of(row: Row) -> Document:
    """Make the document again from `row_of`'s values, also after JSON made lists of its tuples."""
    metadata = row["metadata"]
    return Document(
        **{
            **row,
            "pages": tuple(row["pages"]),
            "units": tuple(Unit(**{**unit, **{key: tuple(unit[key]) for key in _LISTS}}) for unit in row["units"]),
            "footnotes": tuple(Footnote(**note) for note in row["footnotes"]),
            "removed": tuple(Removed(**one) for one in row["removed"]),
            "metadata": Metadata(
                **{
                    **metadata,
                    "dossiers": tuple(metadata["dossiers"]),
                    "people": tuple(Person(**person) for person in metadata["people"]),
                }
            ),
        }
    )
