"""The newsroom on a loopback port, for browsers and for the real pipeline."""

from __future__ import annotations

from typing import Literal

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.newsroom.site import NEWSROOM_PORT, Newsroom
from feedbuilder.web.background import Background


def newsroom_app(newsroom: Newsroom) -> Starlette:
    """Return the application that answers for `newsroom`."""

    async def answer(request: Request) -> Response:
        # The path as it was sent: the newsroom decodes it itself.
        path = request.scope["raw_path"].decode("ascii", "replace")
        query = f"?{request.url.query}" if request.url.query else ""
        method: Literal["GET", "POST"] = "POST" if request.method == "POST" else "GET"
        body = await request.body()
        answered = await run_in_threadpool(newsroom.respond, path + query, dict(request.headers), method, body)
        return Response(answered.body, answered.status, answered.headers)

    return Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])])


def serve(newsroom: Newsroom, host: str = "127.0.0.1", port: int = NEWSROOM_PORT) -> Background:
    """Return a server of `newsroom` that runs while its `with` block lasts; its `url` says where.

    Port 0 picks a free one. Raises FeedbuilderError if the address cannot be had.
    """
    return Background(newsroom_app(newsroom), host, port)
