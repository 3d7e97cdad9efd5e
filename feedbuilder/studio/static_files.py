"""The studio's own styles and scripts, from the package."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from feedbuilder.web import Conditions, is_current

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def static_file(request: Request) -> Response:
    """Return the file that the path names; a browser may keep it, and asks whether it is current."""
    content, etag, kind = _read(request.path_params["name"])
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if is_current(Conditions.of(request.headers), etag=etag, modified=None):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers | {"Content-Type": kind})


@cache
def _read(name: str) -> tuple[bytes, str, str]:
    """Return a file, its entity tag and its type. Raises HTTPException where there is none."""
    known = {file.name: file for file in files("feedbuilder.studio").joinpath("static").iterdir() if file.is_file()}
    kind = _TYPES.get(name[name.rfind(".") :])
    if name not in known or kind is None:
        raise HTTPException(404)
    content = known[name].read_bytes()
    return content, f'"{hashlib.sha256(content).hexdigest()[:32]}"', kind
