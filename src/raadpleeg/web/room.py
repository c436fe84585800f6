"""What every part of the page is built with: the assistant, the settings, the words, and the page itself.

A part that stands in a tab of its own is a module in `raadpleeg.web.tabs` with one function, called inside the tab:

```
def build(room: Room) -> None
```

The page is built once for each language, so a part keeps nothing between two calls of `build`, gives its events no
public name (`api_visibility="private"`), and begins its `elem_id`s with its own name.

Three attributes work on any element of any part's HTML (a ``<button type="button">``, so that the keyboard reaches
it); the page's own script listens for them on the whole document, and `rendering` writes them escaped:

```
data-document="kst-35714-O" data-start="8123" data-end="8310"    opens the paper beside the page, at these words
data-question="Wat antwoordde de minister?"                      asks that in the tab where questions are asked
data-tab="documents"                                             goes to that tab; its names are `texts.PARTS`
```

With ``data-nearest="yes"`` the reader says that the words are near, and no source. What a browser sends is never
believed: a paper that is not there, or a place outside it, opens as one line that says so.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING

from raadpleeg.records import Progress
from raadpleeg.settings import Settings
from raadpleeg.web.opened import Opened
from raadpleeg.web.texts import Texts

if TYPE_CHECKING:  # the assistant is there once the models are; the page is there before them
    import gradio as gr

    from raadpleeg.answering.assistant import Assistant
    from raadpleeg.indexing.building import Report

GetAssistant = Callable[[], "Assistant | None"]
"""Gives the assistant, or None while it is being loaded; raises `RaadpleegError` where that failed."""

Reload = Callable[[Progress], "Report"]
"""Brings the index up to date with the corpus folder, and raises what `serving.Loading.reload` raises."""

LOOK_AGAIN = 0.15
"""Seconds between two looks whether the models are there."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a part of the page is built with."""

    get_assistant: GetAssistant
    settings: Settings
    texts: Texts
    page: gr.Blocks
    """For what has to be done when somebody opens the page: ``room.page.load(fill, outputs=...)``."""
    reload: Reload | None = None
    """Brings the index up to date with the corpus folder; from then on the assistant answers from it. None where the
    papers cannot be changed from the page. `serving.serve` gives that of `Loading` to `build_app`."""
    opened: Opened = field(default_factory=Opened)
    """What the tabs need of the papers beyond the index, kept for all of them."""

    async def assistant(self) -> Assistant:
        """Give the assistant as soon as it is there.

        Raises:
            RaadpleegError: it could not be loaded.
        """
        while (assistant := self.get_assistant()) is None:
            await asyncio.sleep(LOOK_AGAIN)
        return assistant


def static(*names: str) -> str:
    """Read files that the browser gets, one behind the other."""
    folder = files("raadpleeg.web") / "static"
    return "\n".join((folder / name).read_text(encoding="utf-8") for name in names)
