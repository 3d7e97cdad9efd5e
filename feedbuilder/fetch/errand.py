"""One thing to get, and what was answered: the values that `fetcher` works with, and how an answer is read.

Owns what is read of an answer, and where one sends its visitors. Knows nothing of the steps before the request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from requests import Response

from feedbuilder.fetch.access import OPEN, Access
from feedbuilder.fetch.deadline import Deadline
from feedbuilder.fetch.headers import validators_of
from feedbuilder.fetch.page_refresh import refresh_target
from feedbuilder.fetch.read_body import finish, read_body
from feedbuilder.fetch.session import Content
from feedbuilder.fetch.statuses import NOT_MODIFIED, REDIRECTS, bad_status, has_page, media_problem
from feedbuilder.fetch.urls import Target, follow
from feedbuilder.model import FetchError, Page

_PACKED = frozenset(("application/gzip", "application/x-gzip"))


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to get, whatever the number of requests."""

    target: Target
    common: Mapping[str, str]
    """Headers for every host on the way."""
    private: Mapping[str, str]
    """Headers for the first host only."""
    max_bytes: int
    cut: bool = False
    """Whether a longer body is cut, not refused."""
    heeds_robots: bool = False
    is_page: bool = False
    """Whether a page is wanted, which may send its visitors on by itself."""
    is_picture: bool = False
    """Whether a picture is wanted: what is plainly no page is read too."""
    may_be_packed: bool = False
    """Whether a packed file is wanted too: sitemaps are."""
    only_head: bool = False
    """Whether the headers are all that is wanted."""
    access: Access = OPEN
    content: Content | None = None
    """What is posted; None: nothing, it is a GET."""
    is_trusted: bool = True
    """Whether the first host may be shown who we are."""

    def unwanted(self, content_type: str | None) -> str | None:
        """Return the media type of an answer if it is plainly not what is wanted, None if it may be."""
        media = media_problem(content_type)
        return None if self.is_picture or (self.may_be_packed and media in _PACKED) else media


@dataclass(frozen=True, slots=True)
class Answer:
    """What the last request of an errand, or one on the way, brought."""

    target: Target
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    """Empty unless the status is one that carries a page."""
    location: str | None = None
    """Where a redirect leads."""
    set_cookies: tuple[str, ...] = ()
    """The values of its Set-Cookie headers."""


def read_answer(target: Target, response: Response, errand: Errand, deadline: Deadline) -> Answer:
    """Return what `target` answered, with its body where the errand is for it. Raises what the libraries do."""
    status, headers = response.status_code, response.headers
    set_cookies = tuple(response.raw.headers.getlist("Set-Cookie"))
    if status in REDIRECTS and (location := headers.get("Location")):
        return Answer(target, status, headers, location=location, set_cookies=set_cookies)
    body = b""
    if status == NOT_MODIFIED or errand.only_head:
        finish(response)
    elif has_page(status) and not errand.unwanted(headers.get("Content-Type")):
        body = read_body(response, deadline, errand.max_bytes, cut=errand.cut)
    return Answer(target, status, headers, body, set_cookies=set_cookies)


def following(answer: Answer) -> Target | None:
    """Return where an answer sends its visitors: by a redirect, or by a page that goes on by itself; None: nowhere.

    Raises FetchError for a redirect to something that cannot be asked for.
    """
    if answer.location is not None:
        return follow(answer.target, answer.location, answer.status)
    url, header = answer.target.url, answer.headers.get("Refresh")
    if not has_page(answer.status):
        return None
    target = refresh_target(url, answer.body, header, sets_cookie=bool(answer.set_cookies))
    if target is None:
        return None
    try:
        return follow(answer.target, target, answer.status)
    except FetchError:
        return None  # a mail address, an app: the page is all there is


def refusal(
    asked: Target, landed: Target, status: int, headers: Mapping[str, str], now: datetime, *, has_private: bool
) -> FetchError:
    """Return what is raised where `asked` led to `landed`, which answers with a status that brings no page."""
    error = bad_status(landed.url, status, headers, now)
    if status in {401, 403} and has_private and not asked.trusts(landed):
        note = f"{error} The source's headers were not sent there, because a redirect led away from its url."
        return FetchError(note, status=status, retry_after=error.retry_after)
    return error


def no_page(url: str, media: str, status: int) -> FetchError:
    """Return what is raised where `url` is `media`, and no page."""
    return FetchError(f"{url} is no page but {media}. Choose the page that lists the articles.", status=status)


def as_page(answer: Answer, errand: Errand, now: datetime) -> Page:
    """Return the page that `errand` was for, and that came at `now`. Raises FetchError if the answer is none."""
    url, status, content_type = answer.target.url, answer.status, answer.headers.get("Content-Type")
    if not has_page(status):
        raise refusal(errand.target, answer.target, status, answer.headers, now, has_private=bool(errand.private))
    if media := errand.unwanted(content_type):
        raise no_page(url, media, status)
    if not answer.body.strip():
        raise FetchError(f"{url} came without content. That usually passes by itself.", status=status)
    return Page(url, answer.body, now, content_type, validators_of(answer.headers), status, answer.headers.get("Link"))
