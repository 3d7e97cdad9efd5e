"""The local server over the output folder: files as they are, with the headers that feed readers and browsers want.

Owns content types, validators and what is refused. Never writes, and knows nothing of feeds beyond their file names.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from feedbuilder.model.formats import content_type_of
from feedbuilder.web.conditional import Conditions, http_date, is_current

SUFFIX_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xml": "application/xml; charset=utf-8",
}
"""What is served besides our own files. A file that is being written has a suffix that is not among them."""

HEADERS = {
    # The pages name their own scripts by hash; this is what may happen at the most, and what a page cannot say itself.
    "Content-Security-Policy": (
        "default-src 'none'; img-src http: https: data:; style-src 'self' 'unsafe-inline'; "
        "script-src 'self' 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # A reader may keep its copy and has to ask whether it is current: that is what validators are for.
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True, slots=True)
class ServedFile:
    """One file as it stood at one moment."""

    content: bytes
    modified: datetime
    media_type: str

    @property
    def etag(self) -> str:
        """Return a strong entity tag: equal bytes, equal tag, whatever happened to the file's dates."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def segments(path: str) -> tuple[str, ...] | None:
    """Return the parts of a decoded URL path, none for "/"; None if it names something that is never served.

    Never served: hidden and temporary names, ways up, and what Windows would take for another drive or folder.
    """
    parts = tuple(path.strip("/").split("/")) if path.strip("/") else ()
    allowed = all(part and not part.startswith(".") and not set(part) & set('\\:\0"<>|*?') for part in parts)
    return parts if allowed else None


def locate(folder: Path, path: str) -> Path | None:
    """Return the file or folder below `folder` that the URL path means; None if there is none, or it leads outside."""
    parts = segments(path)
    if parts is None:
        return None
    root = folder.resolve()
    try:
        found = root.joinpath(*parts).resolve(strict=True)
    except (OSError, ValueError):  # not there, a name too long, an encoding that the file system refuses
        return None
    return found if found.is_relative_to(root) else None


def media_type(name: str) -> str | None:
    """Return the Content-Type of a file called `name`; None if files of that kind are not served."""
    return content_type_of(name) or SUFFIX_TYPES.get(Path(name).suffix.lower())


def read(file: Path) -> ServedFile | None:
    """Return the file as it stands now; None if it is gone or of a kind that is not served.

    Date and content come from one open file: between looking and reading, a build may put a new one in its place.
    """
    kind = media_type(file.name)
    if kind is None:
        return None
    try:
        with file.open("rb") as stream:
            modified = datetime.fromtimestamp(os.fstat(stream.fileno()).st_mtime, UTC)
            return ServedFile(stream.read(), modified, kind)
    except OSError:
        return None


def answer(folder: Path, path: str, conditions: Conditions) -> Response:
    """Return the answer to GET or HEAD of the decoded URL path `path`.

    A folder is its index.html; asked for without the final slash, it redirects, so that relative links work.
    """
    found = locate(folder, path)
    if found is None:
        return _not_found()
    if found.is_dir():
        if not path.endswith("/"):
            # Built from the cleaned parts: "//elsewhere" must not become a redirect to another host.
            address = "/" + "/".join(quote(part) for part in segments(path) or ()) + "/"
            return RedirectResponse(address, 308, HEADERS)
        found /= "index.html"
    elif path.endswith("/"):
        return _not_found()
    served = read(found)
    if served is None:
        return _not_found()
    headers = HEADERS | {"ETag": served.etag, "Last-Modified": http_date(served.modified)}
    if is_current(conditions, etag=served.etag, modified=served.modified):
        return Response(status_code=304, headers=headers)
    return Response(served.content, headers=headers | {"Content-Type": served.media_type})


def _not_found() -> Response:
    return PlainTextResponse("404: there is no such page here\n", 404, HEADERS)


def output_app(folder: Path | Callable[[], Path]) -> Starlette:
    """Return the application that serves `folder`. The folder may come into being later.

    A function is asked at every request which folder it is: a configuration may name another one while we serve.
    """
    current = folder if callable(folder) else lambda: folder

    async def serve(request: Request) -> Response:
        conditions = Conditions.of(request.headers)
        return await run_in_threadpool(answer, current(), request.scope["path"], conditions)

    async def refuse(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return PlainTextResponse(
            f"{error.status_code}: {error.detail}\n", error.status_code, HEADERS | dict(error.headers or {})
        )

    return Starlette(routes=[Route("/{path:path}", serve, methods=["GET"])], exception_handlers={HTTPException: refuse})
