"""Logging in by a form, as a person does: get its page, fill it in, send it, see whether the site lets us in.

Owns these steps and where a password may be sent. What a page with a form holds is for the `LoginPages` to say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from feedbuilder.fetch.errand import Answer, Errand
from feedbuilder.fetch.session import Content
from feedbuilder.fetch.statuses import bad_status, has_page
from feedbuilder.fetch.urls import Target, parse
from feedbuilder.model import FetchError, Login, LoginForm, Page

_REFUSED = frozenset({400, 401, 403, 422})
"""Statuses with which sites answer a form with a wrong password."""

Run = Callable[[Errand], Answer]


class LoginPages(Protocol):
    """What pages say of logins: pure, and the only one here who knows what a page is made of."""

    def form(self, page: Page, login: Login) -> LoginForm | str:
        """Return the form of `login` on `page`, filled in; or why there is none to be sent, as the end of a sentence.

        The sentence begins with the address of the page.
        """
        ...

    def asks(self, page: Page, login: Login) -> bool:
        """Return whether `page` asks who we are: it holds the form of `login`, or is a page for nothing but that."""
        ...

    def knows_us(self, page: Page, login: Login) -> bool:
        """Return whether `page` holds what `login.success` selects; False where it says nothing."""
        ...

    def complaint(self, page: Page) -> str | None:
        """Return what a page with a form says is wrong, shortened; None if it says nothing."""
        ...


class FormRefusedError(Exception):
    """The site does not let us in, or its form cannot be sent; the message says why, in sentences.

    `is_password`: what was sent was refused, and sending it again may lock the account.
    """

    def __init__(self, message: str, *, is_password: bool = False) -> None:
        super().__init__(message)
        self.is_password = is_password


def send_form(login: Login, pages: LoginPages, errand: Errand, run: Run, clock: Callable[[], datetime]) -> None:
    """Log in by the form of `login`, by the way that `errand` takes. Raises FormRefusedError, FetchError."""
    assert login.url is not None, "a form has an address"
    ask = replace(
        errand,
        target=replace(parse(login.url), authorization=None),
        # What is common to all requests, without the conditions of this one.
        common={name: value for name, value in errand.common.items() if not name.startswith("If-")},
        private={},
        content=None,
        heeds_robots=False,  # that a person logs in is no matter for robots
        is_page=True,
    )
    shown = run(ask)
    if not has_page(shown.status):
        raise bad_status(shown.target.url, shown.status, shown.headers, clock())
    form = pages.form(shown_page(shown, clock()), login)
    if isinstance(form, str):
        raise FormRefusedError(f"{shown.target.url} {form}")
    there = _where_to(form.action, shown.target, login)
    headers = {"Referer": shown.target.url, "Origin": shown.target.origin}  # against forgery, many sites look at them
    content = Content(form.body, form.media_type, is_repeatable=False)
    landed = run(replace(ask, target=there, private=headers, content=content))
    if not has_page(landed.status) and landed.status not in _REFUSED:
        raise bad_status(landed.target.url, landed.status, landed.headers, clock())
    _judge(landed, shown_page(landed, clock()), login, pages)


def shown_page(answer: Answer, now: datetime) -> Page:
    """Return an answer as a page that can be looked at."""
    return Page(answer.target.url, answer.body, now, answer.headers.get("Content-Type"), status=answer.status)


def _where_to(action: str, shown: Target, login: Login) -> Target:
    """Return where the form is sent. Raises FormRefusedError where that is not the site whose login it is."""
    try:
        there = parse(action)
    except FetchError as error:
        raise FormRefusedError(f"the form on {shown.url} leads nowhere: {error}") from error
    admitted = [shown] if login.action is None else [shown, parse(login.action)]
    if not any(_is_kin(there.host, one.host) for one in admitted):
        raise FormRefusedError(
            f"the form on {shown.url} is sent to {there.origin}, which is another site. If that is right, say it: "
            f'action = "{there.origin}/".'
        )
    if (there.scheme, shown.scheme) == ("http", "https"):
        raise FormRefusedError(f"the form on {shown.url} would be sent to {there.origin}, unencrypted.")
    return replace(there, authorization=None)


def _is_kin(host: str, other: str) -> bool:
    """Return whether one host is the other, or stands below it."""
    one, two = host.removeprefix("www."), other.removeprefix("www.")
    return one == two or one.endswith(f".{two}") or two.endswith(f".{one}")


def _judge(landed: Answer, page: Page, login: Login, pages: LoginPages) -> None:
    """Raise FormRefusedError unless the answer to the form is that of a site which lets us in."""
    where = landed.target.url
    if pages.knows_us(page, login):
        return
    if landed.status in _REFUSED or pages.asks(page, login):
        said = pages.complaint(page)
        told = f' (it says "{said}")' if said else ""
        box = "" if login.success else " If it shows its form to everybody, set success."
        raise FormRefusedError(f"{where} asks again after the form was sent{told}.{box}", is_password=True)
    if login.success is not None:
        raise FormRefusedError(
            f'after the form was sent, success = "{login.success}" finds nothing on {where}: either the site does not '
            "let us in, or the selector is another one.",
            is_password=True,
        )
