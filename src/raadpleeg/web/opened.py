"""What several tabs need of the papers beyond the index: made when first asked for, kept until the papers change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from raadpleeg.indexing.generation import Index
from raadpleeg.lookup.questions import Asked, questions
from raadpleeg.lookup.quoting import Quotable, open_quotable
from raadpleeg.lookup.web import Mention, Web, mentions, open_web

T = TypeVar("T")


class Opened:
    """The papers of an index as the lookup reads them. May be shared between threads; each part is made once."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._index: Index | None = None
        self._parts: dict[str, Any] = {}

    def web(self, index: Index) -> Web:
        """Give the papers by what they are called; about a second for 40 MB of text."""
        return self._part(index, "web", lambda: open_web(index.documents.values()))

    def quotable(self, index: Index) -> Quotable:
        """Give the papers' words as quotations are looked for; some seconds for 40 MB of text."""
        return self._part(index, "quotable", lambda: open_quotable(self.web(index)))

    def mentions(self, index: Index) -> Mapping[str, tuple[Mention, ...]]:
        """Give what each paper refers to, by its id."""

        def read() -> Mapping[str, tuple[Mention, ...]]:
            web = self.web(index)
            return {key: mentions(web, document) for key, document in web.documents.items()}

        return self._part(index, "mentions", read)

    def questions(self, index: Index) -> Mapping[str, tuple[Asked, ...]]:
        """Give the questions of each paper that has some, by its id."""

        def read() -> Mapping[str, tuple[Asked, ...]]:
            rows = {key: questions(document) for key, document in index.documents.items()}
            return {key: asked for key, asked in rows.items() if asked}

        return self._part(index, "questions", read)

    def _part(self, index: Index, name: str, make: Callable[[], T]) -> T:
        # Whoever comes second waits: to read all papers twice at once would take them both longer.
        with self._lock:
            if self._index is not index:
                self._index, self._parts = index, {}
            if name not in self._parts:
                self._parts[name] = make()
            part: T = self._parts[name]
            return part
