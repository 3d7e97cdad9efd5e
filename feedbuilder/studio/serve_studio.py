"""A studio and the server that shows it, put together."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

from starlette.types import ASGIApp, Receive, Scope, Send

from feedbuilder.detect import detect
from feedbuilder.model import ConfigError
from feedbuilder.studio.app import studio_app
from feedbuilder.studio.doorkeeper import Access
from feedbuilder.studio.own_addresses import OwnAddresses
from feedbuilder.studio.passwords import SHORTEST, Attempts, PasswordHash
from feedbuilder.studio.sessions import Sessions
from feedbuilder.studio.studio_state import Studio
from feedbuilder.tend.page_findings import Detect
from feedbuilder.web import Background

PASSWORD = "FEEDBUILDER_STUDIO_PASSWORD"  # noqa: S105 - the name of the variable


@dataclass(frozen=True, slots=True)
class ServedStudio:
    """A studio whose server has its address and is to be started: `with served.server: ...`."""

    server: Background
    studio: Studio

    @property
    def address(self) -> str:
        """Return where people find it, with what lets them in."""
        access = self.studio.access
        base = (access.addresses.public or self.server.url) + access.addresses.path
        return f"{base}/?token={access.token}" if access.token else f"{base}/"


def serve_studio(
    place: Path,
    environ: Mapping[str, str],
    *,
    host: str,
    port: int,
    public_url: str | None = None,
    detector: Detect = detect,
) -> ServedStudio:
    """Return the studio of the configuration at `place`, to be served on `host` and `port` (0: a free one).

    `detector` looks for lists on pages, perhaps in another process. Where others than the person at this machine can
    come, the variable `PASSWORD` has to hold a password. Raises ConfigError where it does not, FeedbuilderError if the
    address cannot be had.
    """
    made: list[ASGIApp] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await made[0](scope, receive, send)

    server = Background(app, host, port)  # which port it has is known from here on
    try:
        addresses = OwnAddresses.of(host, server.port, public_url)
        password = _password(environ) if addresses.needs_password else None
    except ConfigError:
        server.stop()
        raise
    token = None if password else token_urlsafe(32)
    access = Access(addresses, Sessions(time.monotonic), Attempts(time.monotonic), token, password)
    studio = Studio(place, environ, access, detector)
    made.append(studio_app(studio))
    return ServedStudio(server, studio)


def _password(environ: Mapping[str, str]) -> PasswordHash:
    password = environ.get(PASSWORD, "").strip()
    if len(password) < SHORTEST:
        raise ConfigError(
            "others than you reach the studio there, so it asks for a password: set the variable "
            f"{PASSWORD} to one of at least {SHORTEST} characters"
        )
    return PasswordHash.of(password)
