"""Saying that looking at a page takes a moment."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from feedbuilder.cli.call import Call


def looking(call: Call) -> AbstractContextManager[object]:
    """Show that something goes on while the block runs, where a person watches."""
    if not call.interactive:
        return nullcontext()
    return call.err.status("Looking for articles, and for a feed that is there already")
