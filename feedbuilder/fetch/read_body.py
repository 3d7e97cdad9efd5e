"""The body of an answer, read piece by piece against the clock and a limit of bytes.

Owns how much is read and when reading stops. `Response.content` knows neither: a server that drips holds it for ever,
and 2 MB of gzip become 2 GB in it.
"""

from __future__ import annotations

import requests
from urllib3 import HTTPResponse

from feedbuilder.fetch.deadline import Deadline
from feedbuilder.model import FetchError

_PIECE = 65_536
_COMPRESSIONS = frozenset({"gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz"})
"""Content codings that make a body unreadable unless undone. Other words there ("utf-8", "none") are slips of the
server's and harmless."""


def read_body(response: requests.Response, deadline: Deadline, limit: int, *, cut: bool = False) -> bytes:
    """Return the body without its content coding, at most `limit` bytes.

    A longer one is a FetchError, or is cut there if `cut`. So is a compression that cannot be undone here. Raises
    DeadlineError when the time is spent, and what requests and urllib3 raise when the line breaks.
    """
    _check_coding(response)
    body = bytearray()
    while len(body) <= limit:
        piece = response.raw.read1(_PIECE, decode_content=True)
        deadline.check()  # a line that the watchdog cut looks like the proper end of a body without a length
        if not piece:
            return bytes(body)
        body += piece
    if cut:
        return bytes(body[:limit])
    raise FetchError(
        f"{response.url} is larger than {limit:,} bytes after decompression, so it was not read to the end. "
        "Choose a smaller page, or raise max_bytes under [fetch].",
        status=response.status_code,
    )


def finish(response: requests.Response) -> None:
    """Read the end of an answer that has no body (304), so that its connection can serve again."""
    if not response.raw.chunked:  # http.client would wait for a chunk that a 304 never has
        response.raw.read1(1)


def _check_coding(response: requests.Response) -> None:
    named = {word.strip().lower() for word in response.headers.get("Content-Encoding", "").split(",")}
    if unknown := (named & _COMPRESSIONS) - set(HTTPResponse.CONTENT_DECODERS):
        raise FetchError(
            f"{response.url} came compressed in a way that was not asked for ({', '.join(sorted(unknown))}). "
            'Try headers = { Accept-Encoding = "identity" } in the source.',
            status=response.status_code,
        )
