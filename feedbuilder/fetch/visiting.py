"""One visit: from a request over its redirects to the answer at the end. Asks only through the function it is given.

Owns what goes along from hop to hop: cookies, what is private, what is posted, and when a chain is too long.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from feedbuilder.fetch.errand import Answer, Errand, following
from feedbuilder.fetch.session import Content
from feedbuilder.fetch.urls import Target
from feedbuilder.fetch.visit_cookies import VisitCookies
from feedbuilder.model import FetchError

MOST_REFRESHES = 3
"""How often one visit follows pages that send their visitors on; a live page may do so for ever."""
_KEEP_METHOD = frozenset({307, 308})
"""Redirects after which what was posted is posted again (RFC 9110 §15.4.8); after others browsers only ask."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One request of a visit."""

    target: Target
    headers: Mapping[str, str]
    content: Content | None
    """What is posted; None: nothing."""
    is_trusted: bool
    """Whether this host may be shown who we are: it is the first one, or belongs to it."""


def visit(errand: Errand, ask: Callable[[Hop], Answer], most_redirects: int) -> Answer:
    """Follow the redirects by hand: each hop is asked for like a first request, with guard, turn and robots.txt.

    What a site sets as a cookie goes back to it at the next hops. A page that sends its visitors on is followed like a
    redirect; where that leads nowhere new, it is the page. Raises FetchError.
    """
    known = errand.access.known
    target, content, is_trusted = errand.target, errand.content, errand.is_trusted
    cookies = known.cookies if known else VisitCookies()
    seen, refreshed = set[tuple[str, str | None, bool]](), 0
    own_cookie = next((value for name, value in errand.private.items() if name.lower() == "cookie"), None)
    private = {name: value for name, value in errand.private.items() if name.lower() != "cookie"}
    while True:
        method = "POST" if content is not None else "HEAD" if errand.only_head else "GET"
        who = dict(known.headers(method, target)) if known and is_trusted else {}
        cookie = cookies.header(target.url, who.pop("Cookie", own_cookie))
        seen.add((target.url, cookie, content is not None))
        told = {name.lower() for name in who}
        own = {name: value for name, value in private.items() if name.lower() not in told} if told else private
        headers = {**errand.common, **own, **who, **({"Cookie": cookie} if cookie else {})}
        answer = ask(Hop(target, headers, content, is_trusted))
        cookies.take(target.url, answer.set_cookies)
        onward = following(answer) if answer.location is not None or errand.is_page else None
        if onward is None:
            return answer
        is_away = not target.trusts(onward)
        if answer.status not in _KEEP_METHOD:
            content = None
        elif content is not None and is_away:
            raise FetchError(f"{target.url} wants what is posted sent to another site, {onward.origin}; it was not.")
        is_circle = (onward.url, cookies.header(onward.url, own_cookie), content is not None) in seen
        if answer.location is None:
            if is_circle or refreshed >= MOST_REFRESHES or len(seen) > most_redirects:
                return answer
            refreshed += 1
        elif is_circle:
            raise FetchError(
                f"{errand.target.url} redirects in a circle, back to {onward.url}. Often the site wants a "
                "cookie: open it in a browser and give the source that header, or another url.",
                status=answer.status,
            )
        elif len(seen) > most_redirects:
            raise FetchError(
                f"{errand.target.url} redirects more than {most_redirects} times. Put the address "
                "that a browser ends at into the source's url, or raise max_redirects under [fetch].",
                status=answer.status,
            )
        if is_away:
            # And they stay away if the chain comes back: it is not our request now.
            private, own_cookie, is_trusted = {}, None, False
        target = onward
