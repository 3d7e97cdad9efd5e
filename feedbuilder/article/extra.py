"""Whether the extra `full-text` is there, which finds the texts of articles."""

from __future__ import annotations

from importlib.util import find_spec


def installed() -> bool:
    """Return whether texts can be found by themselves: whether the extra `full-text` is installed."""
    return find_spec("trafilatura") is not None
