"""The proof of a password that a site asks for with a challenge: HTTP digest (RFC 7616), as requests computes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from requests.auth import HTTPDigestAuth
from requests.utils import parse_dict_header

from feedbuilder.model import FetchError, Login


def challenge_of(headers: Mapping[str, str]) -> Mapping[str, str] | None:
    """Return the challenge of an answer with status 401; None where it asks for something else."""
    header = headers.get("WWW-Authenticate", "")
    start = header.lower().find("digest ")
    challenge: dict[str, str] = parse_dict_header(header[start + len("digest ") :]) if start >= 0 else {}  # type: ignore[no-untyped-call]
    return challenge if {"realm", "nonce"} <= challenge.keys() else None


def answered(challenge: Mapping[str, str], login: Login, method: str, url: str) -> str:
    """Return the Authorization header that answers `challenge`. Raises FetchError for one that cannot be answered.

    Each has a nonce of its own, so that each is the first: sites that count give a new challenge.
    """
    auth: Any = HTTPDigestAuth(login.user or "", login.password or "")
    auth.init_per_thread_state()
    auth._thread_local.chal = dict(challenge)  # noqa: SLF001 - requests sets it by an answer that it got itself
    header: str | None = auth.build_digest_header(method, url)
    if header is None:
        raise FetchError(f"{url} asks for a digest of a kind that is not known here.")
    return header
