"""A turn for the files of sound and video of a source. How they are asked for is `pipeline.media_files`'s."""

from __future__ import annotations

from collections.abc import Callable

from feedbuilder.engine.dispatch import Dispatch
from feedbuilder.engine.installation import Installation
from feedbuilder.fetch import places_of
from feedbuilder.model import Source


def plan_media(
    installation: Installation, source: Source, dispatch: Dispatch, *, saved: Callable[[], None] = lambda: None
) -> None:
    """Plan to ask for the files of `source` that are due, if any are; then call `saved` where something came of it."""
    address = installation.due_file(source)
    if address is None:
        return

    def ask() -> None:
        if installation.measure_files(source):
            saved()

    dispatch.plan(("media", source.id), ask, places=places_of(address))
