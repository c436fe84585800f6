"""Small changes to a network's matrices, kept as one safetensors file that names what they belong to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from raadpleeg.errors import ModelUnavailable

Arrays = dict[str, npt.NDArray[np.float32]]


def read_adapter(path: Path) -> Arrays:
    """Read all arrays of an adapter, as float32.

    Raises:
        ModelUnavailable: the file is not there, or damaged.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        return {name: array.astype(np.float32) for name, array in load_file(path).items()}
    except (OSError, SafetensorError) as error:
        raise ModelUnavailable(f"{path.name} cannot be opened ({error}); install raadpleeg anew") from None


def made_for(path: Path) -> str | None:
    """Give the fingerprint of the network that an adapter changes; None where there is no such file.

    Raises:
        ModelUnavailable: the file is damaged.
    """
    from safetensors import SafetensorError, safe_open

    if not path.is_file():
        return None
    try:
        with safe_open(path, "np") as held:
            metadata: dict[str, str] = held.metadata() or {}
            return metadata.get("encoder")
    except (OSError, SafetensorError) as error:
        raise ModelUnavailable(f"{path.name} cannot be opened ({error}); install raadpleeg anew") from None
