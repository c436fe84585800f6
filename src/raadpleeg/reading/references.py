"""The official way to refer to a paper: "Kamerstukken I 2025/26, 35714, O, p. 6"."""

from __future__ import annotations

from raadpleeg.records import Document, Metadata


def official(document: Document, page: int | None = None) -> str:
    """Write the reference to a document, down to the page; a paper that has no number goes by its id."""
    parts = [_paper(document.metadata) or document.id]
    if page is not None:
        parts.append(f"p. {page}")
    return ", ".join(parts)


def _paper(metadata: Metadata) -> str | None:
    if not metadata.dossiers or metadata.number is None:
        return None
    year = f" {metadata.year[:4]}/{metadata.year[-2:]}" if metadata.year else ""
    # The House's papers have a number, the Senate's a letter.
    number = f"nr. {metadata.number}" if metadata.number.isdigit() else metadata.number
    return f"Kamerstukken {metadata.chamber or ''}{year}, {' / '.join(metadata.dossiers)}, {number}"
