"""A turn for the icon of a site, when its host may be asked. How it is taken is `pipeline.site_icon`'s."""

from __future__ import annotations

from collections.abc import Callable

from feedbuilder.engine.dispatch import Dispatch
from feedbuilder.engine.installation import Installation
from feedbuilder.fetch import places_of
from feedbuilder.model import Run, Source


def plan_icon(
    run: Run,
    installation: Installation,
    source: Source,
    dispatch: Dispatch,
    *,
    saved: Callable[[], None] = lambda: None,
) -> None:
    """Plan to take the icon of the site of `source` if its reading `run` says where it may be; then call `saved`."""

    def take() -> None:
        installation.take_icon(source, run.icons)
        saved()

    if run.icons:
        dispatch.plan(("icon", source.id), take, places=places_of(run.icons[0]))
