"""The first screen: one field for an address, the sources and how they do, the feeds and where they are."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.studio.screens import screen
from feedbuilder.studio.studio_state import Studio


def _start(request: Request) -> Response:
    studio: Studio = request.app.state.studio
    config = studio.known_config()
    return screen(request, "start.html", config=config)


ROUTES = [Route("/", _start)]
