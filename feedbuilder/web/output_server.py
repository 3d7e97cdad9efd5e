"""The local server over the output folder: its files, with the headers that feed readers and browsers want.

Owns content types, validators, compression and what is refused, and that files which name themselves by an address of
this machine name the one that was asked. Never writes, and knows nothing of feeds beyond their file names.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import stat
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from feedbuilder.model import FeedbuilderError, Site
from feedbuilder.model.formats import content_type_of
from feedbuilder.model.settings import is_loopback
from feedbuilder.web.conditional import Conditions, http_date, is_current

SUFFIX_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
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

SMALLEST_COMPRESSED = 1_000
"""Bytes below which compression saves nothing."""
_GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?P<weight>[\d.]{1,6})\s*)?(?=,|$)", re.IGNORECASE)
_NEVER = re.compile(r"0(?:\.0*)?")
_HOST = re.compile(r"(?:[\w.-]{1,253}|\[[\da-fA-F:.]{2,45}\])(?::\d{1,5})?")

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
    def is_text(self) -> bool:
        """Return whether it is worth compressing; pictures are compressed already."""
        return "charset" in self.media_type

    @property
    def etag(self) -> str:
        """Return a strong entity tag: equal bytes, equal tag, whatever happened to the file's dates."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'

    @property
    def gzip_etag(self) -> str:
        """Return the tag of the compressed file, which is another one (RFC 9110 §8.8.3.3)."""
        return f'{self.etag[:-1]}-gzip"'

    def at(self, address: str, instead_of: str) -> ServedFile:
        """Return the file as it names itself by `address` and not by `instead_of`."""
        named = re.compile(re.escape(instead_of.rstrip("/").encode()) + rb"(?![\w.:-])")
        return replace(self, content=named.sub(lambda _: address.rstrip("/").encode(), self.content))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says about the answer that it wants."""

    conditions: Conditions = field(default_factory=Conditions)
    takes_gzip: bool = False
    address: str | None = None
    """Where the client found us: "http://192.0.2.7:8766/"; None where it does not say."""

    @classmethod
    def of(cls, headers: Headers) -> Asked:
        """Return what `headers` say; several lines of one field are one list (RFC 9110 §5.3)."""
        fields = {name: ", ".join(headers.getlist(name)) for name in set(headers.keys())}
        coding = _GZIP.search(fields.get("accept-encoding", ""))
        host = fields.get("host", "")
        return cls(
            Conditions.of(fields),
            coding is not None and not _NEVER.fullmatch(coding["weight"] or ""),
            f"http://{host}/" if _HOST.fullmatch(host) else None,
        )


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
        # Not blocking: opening a named pipe would wait until somebody writes to it.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(os.open(file, flags), "rb") as stream:  # noqa: PTH123 - opened by descriptor, for its flags
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                return None
            return ServedFile(stream.read(), datetime.fromtimestamp(status.st_mtime, UTC), kind)
    except OSError:
        return None


def answer(folder: Path, path: str, asked: Asked, local_address: str | None = None) -> Response:
    """Return the answer to GET or HEAD of the decoded URL path `path`.

    A folder is its index.html; asked for without the final slash, it redirects, so that relative links work. Where the
    files name themselves by `local_address`, they are served with the address at which the client found us.
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
    if served.is_text and local_address and asked.address:
        served = served.at(asked.address, instead_of=local_address)
    compressed = served.is_text and asked.takes_gzip and len(served.content) >= SMALLEST_COMPRESSED
    etag = served.gzip_etag if compressed else served.etag
    headers = HEADERS | {"ETag": etag, "Last-Modified": http_date(served.modified), "Vary": "Accept-Encoding"}
    if is_current(asked.conditions, etag=etag, modified=served.modified):
        return Response(status_code=304, headers=headers)
    headers |= {"Content-Type": served.media_type}
    if compressed:
        return Response(gzip.compress(served.content, 6, mtime=0), headers=headers | {"Content-Encoding": "gzip"})
    return Response(served.content, headers=headers)


def _measured(metrics: Metrics | None) -> Response:
    """Return the figures, or why there are none."""
    try:
        found = metrics() if metrics is not None else None
    except FeedbuilderError as error:
        return PlainTextResponse(f"503: {error}\n", 503, HEADERS)
    if found is None:
        return PlainTextResponse("404: this needs the extra metrics of feedbuilder\n", 404, HEADERS)
    content, kind = found
    return Response(content, headers=HEADERS | {"Content-Type": kind, "Cache-Control": "no-store"})


def _not_found() -> Response:
    return PlainTextResponse("404: there is no such page here\n", 404, HEADERS)


Metrics = Callable[[], tuple[bytes, str] | None]
"""Returns what /metrics answers, and its content type; None where there are no figures."""


def output_app(site: Site | Callable[[], Site], metrics: Metrics | None = None) -> Starlette:
    """Return the application that serves the output folder of `site`. The folder may come into being later.

    A function is asked at every request which site it is: a configuration may name another folder while we serve.
    """
    current = site if callable(site) else lambda: site

    async def serve(request: Request) -> Response:
        now = current()
        local = now.url if is_loopback(now.url) else None
        return await run_in_threadpool(answer, now.output, request.scope["path"], Asked.of(request.headers), local)

    async def measure(_request: Request) -> Response:
        return await run_in_threadpool(_measured, metrics)

    async def refuse(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return PlainTextResponse(
            f"{error.status_code}: {error.detail}\n", error.status_code, HEADERS | dict(error.headers or {})
        )

    routes = [Route("/metrics", measure, methods=["GET"])] if metrics is not None else []
    routes.append(Route("/{path:path}", serve, methods=["GET"]))
    return Starlette(routes=routes, exception_handlers={HTTPException: refuse})
