"""Everything that raadpleeg raises for a user's mistake or a broken surrounding.

```
RaadpleegError
├── UnreadableDocument   a file that is no text, or is damaged
├── EmptyCorpus          no folder, or nothing in it that can be read
├── BadQuestion          an empty question, or one of unreasonable length
├── BadReference         nothing that can be looked up
│   └── Ambiguous        it stands in several papers, and the right one is not named
├── IndexMissing         nothing was built yet
├── IndexMismatch        built with another encoder, or another layout
├── IndexCorrupt         a file of it is gone or was altered
├── ModelUnavailable     weights that are missing, damaged or cannot be fetched
├── GenerationFailed     the engine that writes has stopped
├── BadGold              a gold file that cannot be used
├── PortInUse            the page's port is taken
└── SettingsError        an unknown key, or a value out of bounds
```

Each message is one line that says what is wrong and names the command that mends it. A mistake of the programmer
stays `ValueError`. Only `cli` and `web` turn these into words for people.
"""

from __future__ import annotations


class RaadpleegError(Exception):
    """Root of the tree: catch this to catch everything that a user can mend."""


class UnreadableDocument(RaadpleegError):
    """A file that is no text, or is damaged."""


class EmptyCorpus(RaadpleegError):
    """No folder, or nothing in it that can be read."""


class BadQuestion(RaadpleegError):
    """An empty question, or one of unreasonable length."""


class BadReference(RaadpleegError):
    """Nothing that can be looked up: empty, too long, or no reference, title or paper."""


class Ambiguous(BadReference):
    """What is named stands in several papers; `candidates` are their ids."""

    def __init__(self, message: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


class IndexMissing(RaadpleegError):
    """No index was built yet."""


class IndexMismatch(RaadpleegError):
    """The index was built with another encoder or another layout."""


class IndexCorrupt(RaadpleegError):
    """A file of the index is gone or was altered."""


class ModelUnavailable(RaadpleegError):
    """Weights that are missing, damaged, or cannot be fetched."""


class GenerationFailed(RaadpleegError):
    """The engine that writes has stopped."""


class BadGold(RaadpleegError):
    """A gold file that cannot be used."""


class PortInUse(RaadpleegError):
    """The page's port is taken."""


class SettingsError(RaadpleegError):
    """An unknown key, or a value out of bounds."""
