"""Alerts by mail and in chats: whatever Apprise can reach (the extra `alerts`), by addresses of its own kind.

Apprise bounds the time of its requests itself. What it logs may name addresses, which hold passwords and tokens: so it
is not heard, and what went wrong is told without them.
"""

from __future__ import annotations

import logging
from importlib.util import find_spec

from feedbuilder.health.alert import Alert
from feedbuilder.model import FetchError

_MISSING = "this needs the extra `alerts`: pip install 'feedbuilder[alerts]'"


def send(address: str, alert: Alert) -> None:
    """Send `alert` to an Apprise address. Raises FetchError, which names no more of the address than its kind."""
    kind = kind_of(address)
    if find_spec("apprise") is None:
        raise FetchError(f"{kind} did not take the alert: {_MISSING}")
    import apprise  # noqa: PLC0415 - an extra, and slow to load: only who is told by it loads it

    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
    notifier = apprise.Apprise()
    if not notifier.add(address):
        raise FetchError(f"{kind} did not take the alert: Apprise does not understand the address")
    if not notifier.notify(title=alert.title, body=alert.text, body_format=apprise.NotifyFormat.TEXT):
        raise FetchError(f"{kind} did not take the alert: the address is wrong, or nobody answered there")


def kind_of(address: str) -> str:
    """Return what an address begins with: "mailto"."""
    return address.partition("://")[0]
