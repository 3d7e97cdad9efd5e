"""The first screen: one field for an address, the sources and how they do, the feeds and where they are."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.feeds import ShownSource
from feedbuilder.studio.forms import Form
from feedbuilder.studio.overview import overview_of
from feedbuilder.studio.screens import screen, see_other
from feedbuilder.studio.studio_state import RUN, Studio

MOST_SHOWN = 200
"""Sources and feeds on the screen; of more, people look for the one that they mean."""


def _is_meant(source: ShownSource, sought: str) -> bool:
    return any(sought.casefold() in text.casefold() for text in (source.name, source.place, source.id))


def _start(request: Request) -> Response:
    studio: Studio = request.app.state.studio
    config, sought = studio.known_config(), request.query_params.get("q", "").strip()
    overview = overview_of(config) if config and config.sources else None
    sources = [one for one in (overview.sources if overview else ()) if _is_meant(one, sought)]
    feeds = [one for one in (overview.feeds if overview else ()) if sought.casefold() in one.summary.title.casefold()]
    return screen(
        request,
        "start.html",
        overview=overview,
        sought=sought,
        sources=sources[:MOST_SHOWN],
        feeds=feeds[:MOST_SHOWN],
        more=max(len(sources), len(feeds)) - MOST_SHOWN,
        place=studio.place,
        running=studio.jobs.get(RUN),
        has_password=studio.access.password is not None,
    )


async def _keep_fresh(request: Request) -> Response:
    """Begin `feedbuilder run`, or end the one that was begun here."""
    studio: Studio = request.app.state.studio
    form = await Form.of(request)
    if form.text("way") == "stop":
        await run_in_threadpool(studio.stop_running)
    else:
        await run_in_threadpool(studio.keep_running)
    return see_other(request, "/")


ROUTES = [Route("/", _start), Route("/fresh", _keep_fresh, methods=["POST"])]
