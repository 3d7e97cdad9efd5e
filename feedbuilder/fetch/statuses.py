"""What the status and the headers of an answer mean for us, as decisions: no network, no clock.

Owns the table of explanations and remedies, and the list of media types that are no page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from feedbuilder.fetch.retry_after import read_moment, read_retry_after
from feedbuilder.model import FetchError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
NOT_MODIFIED = 304

_WAIT = "That usually passes by itself."
"""True of whoever asked: `run` tries again, `add` does not."""
_MOVED = "Open it in a browser and put the new address into the source's url."
_BLOCKED = (
    "Many sites block programs: set contact under [site] so that they can reach you, or ask them. If it opens only "
    "after a login, give the source one: [logins.NAME]."
)
_EXPLANATIONS = {
    204: ("has no content", _MOVED),
    205: ("has no content", _MOVED),
    206: ("sent only a part of the page, which nobody asked for", _WAIT),
    304: ("says that nothing has changed since a visit that never was", _WAIT),
    400: ("does not understand the request", "Check the source's url and headers."),
    401: (
        "asks for a login",
        "Write a table [logins.NAME], and give the source that login; or the headers it needs.",
    ),
    403: ("does not let us in", _BLOCKED),
    404: ("does not exist", _MOVED),
    406: ("cannot be had in a form that we read", "Try an Accept header under headers of the source."),
    407: ("is behind a proxy that asks for a login", "Put user and password into proxy under [fetch]."),
    408: ("gave up waiting for our request", _WAIT),
    410: ("is gone for good", "Remove the source, or put the new address into its url."),
    421: ("is not served by the host that answered", _MOVED),
    429: ("says that we ask too often", "It will be left alone for a while; a longer interval or host_gap helps."),
    451: ("is withheld for legal reasons", "Remove the source."),
    500: ("has an error on its side", _WAIT),
    502: ("has an error on its side: its gateway got no proper answer", _WAIT),
    503: ("is overloaded or under maintenance", _WAIT),
    504: ("has an error on its side: its gateway waited in vain", _WAIT),
}
_CLASSES = {
    3: ("points elsewhere without saying where", _MOVED),
    4: ("is refused", "Check the source's url and headers."),
    5: ("has an error on its side", _WAIT),
}
_STRANGE = ("answers in a way that HTTP does not know", "Check the source's url.")
_NO_PAGES = re.compile(
    r"(image|audio|video|font|model)/"
    r"|application/(pdf|zip|gzip|x-(gzip|tar|bzip2|7z-compressed|rar-compressed)|vnd\.rar|msword|epub\+zip|wasm"
    r"|vnd\.(ms-|openxmlformats-|oasis\.opendocument\.).*|x-msdownload|java-archive)$",
    re.IGNORECASE,
)


def has_page(status: int) -> bool:
    """Return whether an answer with this status carries a page, if it has a body (RFC 9110 §15.3)."""
    return 200 <= status < 300 and status not in _EXPLANATIONS


def bad_status(url: str, status: int, headers: Mapping[str, str], now: datetime) -> FetchError:
    """Return the error that an answer without a page stands for: what it means, what to do, how long to wait."""
    meaning, remedy = _EXPLANATIONS.get(status) or _CLASSES.get(status // 100, _STRANGE)
    finding = f"{url} {meaning} (status {status})."
    return FetchError(
        f"{finding} {remedy}",
        finding=finding,
        status=status,
        # A date in it is one of the site's clock; ours may be wrong.
        retry_after=read_retry_after(headers.get("Retry-After"), read_moment(headers.get("Date")) or now),
    )


def media_problem(content_type: str | None) -> str | None:
    """Return the media type if it is plainly no page ("image/png"), None if there may be a page in it.

    Sites mislabel their pages in many ways (text/plain, application/octet-stream, nothing): those are read.
    """
    essence = (content_type or "").partition(";")[0].strip().lower()
    return essence if _NO_PAGES.match(essence) else None
