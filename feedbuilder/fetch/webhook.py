"""Posting JSON or a form to an address that the operator named: within a deadline, following nowhere.

No answer's body is read.

Not for pages: neither robots.txt nor the guard of addresses is asked, for an alert may well go to the same machine.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlencode, urlsplit

from feedbuilder.fetch.deadline import Deadline, DeadlineError
from feedbuilder.fetch.session import public_tls_context, tls_context
from feedbuilder.fetch.watchdog import Watchdog
from feedbuilder.model import FetchError

DEADLINE = 5.0
"""Seconds that one delivery may take in all, connecting included: whoever stops waits for the one under way."""


def post_json(url: str, value: Mapping[str, Any], bundle: Path | None = None) -> None:
    """Send `value` to `url`. Raises FetchError, which names the host only: the rest of the address is often a secret.

    `bundle` holds certificates of a private authority, which is trusted besides the public ones.
    """
    _post(url, json.dumps(value).encode(), "application/json", bundle, "the alert")


def post_form(url: str, fields: Mapping[str, str], bundle: Path | None = None) -> None:
    """Send `fields` to the hub at `url`, as `post_json` does."""
    _post(url, urlencode(fields).encode(), "application/x-www-form-urlencoded", bundle, "the news")


def _post(url: str, body: bytes, content_type: str, bundle: Path | None, what: str) -> None:
    with closing(Watchdog()) as watchdog:
        _deliver(url, body, content_type, bundle, what, Deadline(DEADLINE, watchdog))


def _deliver(url: str, body: bytes, content_type: str, bundle: Path | None, what: str, deadline: Deadline) -> None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection = _connection(parts, host, bundle)
    try:
        with deadline.running():
            connection.connect()
            deadline.watch(connection.sock.fileno())
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request("POST", path, body, _headers(parts, content_type))
            status = connection.getresponse().status
            deadline.check()
    except (OSError, HTTPException, DeadlineError, ValueError) as error:
        # Of these only the system's say nothing of the address.
        reason = str(error) if isinstance(error, OSError) else type(error).__name__
        reason = f"no answer within {DEADLINE:g} seconds" if deadline.spent else reason
        raise FetchError(f"{host} did not take {what}: {reason}") from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise FetchError(f"{host} did not take {what}: status {status}", status=status)


def _connection(parts: SplitResult, host: str, bundle: Path | None) -> HTTPConnection:
    if parts.scheme == "https":
        context = tls_context(bundle) if bundle else public_tls_context()
        return HTTPSConnection(host, parts.port, timeout=DEADLINE, context=context)
    return HTTPConnection(host, parts.port, timeout=DEADLINE)


def _headers(parts: SplitResult, content_type: str) -> dict[str, str]:
    headers = {"Content-Type": content_type, "User-Agent": "feedbuilder"}
    if parts.username or parts.password:
        login = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}".encode()
        headers["Authorization"] = f"Basic {base64.b64encode(login).decode()}"
    return headers
