"""Whether there is a store to look into at all, and what to say where there is none."""

from __future__ import annotations

from rich.markup import escape

from feedbuilder.cli.call import Call
from feedbuilder.config import Config
from feedbuilder.publish import Folder
from feedbuilder.store import is_there, shown


def nothing_built(call: Call, config: Config) -> bool:
    """Return whether there is no store to look into, and say so; looking makes none."""
    if is_there(config.store.place):
        return False
    # As if none were configured: all that we ever published there.
    place = escape(shown(config.store.place))
    if config.site.bucket is None and Folder(config.site.output).stale(()):
        call.tell(f"The store {place} is gone; [bold]feedbuilder build[/] fills it again from the published feeds.")
    else:
        call.tell(f"Nothing was built yet: there is no store {place}. Next: [bold]feedbuilder build[/].")
    return True
