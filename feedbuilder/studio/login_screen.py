"""The password, where others than the person at this machine may come."""

from __future__ import annotations

from math import ceil

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.studio.doorkeeper import LOGIN
from feedbuilder.studio.forms import Form
from feedbuilder.studio.screens import screen, see_other
from feedbuilder.studio.studio_state import Studio


def _ask(request: Request) -> Response:
    return screen(request, "login.html", problem=None)


async def _answer(request: Request) -> Response:
    studio: Studio = request.app.state.studio
    access, place = studio.access, request.client.host if request.client else ""
    form = await Form.of(request)
    assert access.password is not None, "nobody comes here without one"
    if wait := access.attempts.begin(place):
        problem = f"Too many wrong passwords. Try again in {ceil(wait / 60)} minutes."
        return screen(request, "login.html", 429, problem=problem)
    if not await run_in_threadpool(access.password.matches, form.text("password")):
        return screen(request, "login.html", 403, problem="This is not the password.")
    access.attempts.forgive(place)
    return access.let_in(see_other(request, "/"))


async def _leave(request: Request) -> Response:
    studio: Studio = request.app.state.studio
    if name := studio.access.session(request.headers):
        studio.access.sessions.end(name)
    return see_other(request, "/")


ROUTES = [Route(LOGIN, _ask), Route(LOGIN, _answer, methods=["POST"]), Route("/leave", _leave, methods=["POST"])]
