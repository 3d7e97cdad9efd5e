"""One login: how a site comes to know us, when it no longer does, and what is done then.

Owns the session, for as long as the process lasts: it is never written down. A login that expired is renewed once per
reading; one that is refused is left alone for hours, for a site that sees the same wrong password every few minutes
locks the account. What a page with a form holds is for the `LoginPages` to say; asks only through what it is given.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock
from urllib.parse import urlsplit

from feedbuilder.fetch.access import Access
from feedbuilder.fetch.digest import answered, challenge_of
from feedbuilder.fetch.errand import Answer, Errand
from feedbuilder.fetch.send_form import FormRefusedError, LoginPages, Run, send_form, shown_page
from feedbuilder.fetch.statuses import has_page
from feedbuilder.fetch.urls import Target, parse
from feedbuilder.fetch.visit_cookies import VisitCookies
from feedbuilder.model import FetchError, Login, LoginKind, NotAskedError
from feedbuilder.model.units import format_duration

HELD = timedelta(hours=6)
"""How long a login is left alone that was refused. Sites lock an account after some three to ten wrong passwords."""
HELD_FOR_FORM = timedelta(hours=1)
"""The same where no form could be sent: nobody counts those, and what is wrong with the page may pass."""
FRESH = timedelta(minutes=5)
"""A page that is refused to a login younger than this is refused to it, not to one that expired."""
_BY_HEADER = frozenset({LoginKind.BASIC, LoginKind.DIGEST, LoginKind.BEARER})


class LoggedIn:
    """One login. Safe in several threads: whoever comes while one logs in waits for it. `clock` as everywhere."""

    def __init__(self, name: str, login: Login, pages: LoginPages, clock: Callable[[], datetime]) -> None:
        self.name = name
        self.login = login
        self.cookies = VisitCookies()
        self._pages = pages
        self._clock = clock
        self._lock = Lock()
        self._since: datetime | None = None
        """When the site last let us in; None: not yet, or not any more."""
        self._sessions = 0
        """How many there were; what tells whoever was shut out that somebody else has logged in since."""
        self._held: tuple[datetime, str] | None = None
        """Until when it is left alone, and why."""
        self._challenge: Mapping[str, str] | None = None

    def access(self, proxy: str | None) -> Access:
        """Return the way of a source with this login that is asked through `proxy`."""
        login = self.login
        certificate = (login.certificate, login.key) if login.certificate else None
        return Access(proxy, certificate, self)

    def headers(self, method: str, target: Target) -> Mapping[str, str]:
        """Return the headers that tell `target` who we are."""
        login = self.login
        match login.kind:
            case LoginKind.BASIC:
                pair = f"{login.user}:{login.password}".encode()
                return {"Authorization": f"Basic {base64.b64encode(pair).decode('ascii')}"}
            case LoginKind.BEARER:
                return {"Authorization": f"Bearer {login.token}"}
            case LoginKind.COOKIES:
                return {"Cookie": "; ".join(f"{name}={value}" for name, value in login.cookies.items())}
            case LoginKind.DIGEST if self._challenge is not None:
                return {"Authorization": answered(self._challenge, login, method, target.url)}
            case _:
                return {}

    def told(self) -> str | None:
        """Return what it did, for people and without anything that is a secret; None while it did nothing."""
        if self._since is None:
            return None
        if self.login.kind is LoginKind.FORM:
            return f'"{self.name}" let us in by the form on {self.login.url}, at {self._since:%H:%M:%S} UTC.'
        return f'"{self.name}" was taken ({self.login.kind}).'

    def run(self, errand: Errand, run: Run) -> Answer:
        """Return the answer to `errand` for somebody whom the site knows. Raises FetchError.

        NotAskedError where the login was refused a while ago, and nothing was asked.
        """
        began = self._begin(errand, run)
        if (open_errand := self.shown_to(errand)) is not errand:
            return run(open_errand)  # whatever it says, it says to anybody
        answer = run(errand)
        sign = self._sign(errand, answer)
        if sign is None:
            return self._well(answer)
        if self._renewed(began, errand, answer, run):
            answer = run(errand)
            sign = self._sign(errand, answer)
            if sign is None:
                return self._well(answer)
        raise self._shut_out(answer, sign)

    def shown_to(self, errand: Errand) -> Errand:
        """Return `errand`, as anybody's where the host that is asked may not know us: a story may stand on any other.

        The cookies of that one would crowd out those of the session.
        """
        # Those of the session may be for all hosts of its site.
        is_of_site = self.login.url is not None and _is_of_one_site(errand.target.host, parse(self.login.url).host)
        if errand.is_trusted or is_of_site or self.cookies.header(errand.target.url) is not None:
            return errand
        return replace(errand, access=replace(errand.access, known=None))

    def _begin(self, errand: Errand, run: Run) -> int:
        """Return the number of the session, having logged in first where that is how the site knows us."""
        with self._lock:
            self._check()
            if self.login.kind is LoginKind.FORM and self._since is None:
                self._log_in(errand, run)
            return self._sessions

    def _well(self, answer: Answer) -> Answer:
        if self._since is None and answer.status < 400:
            self._since = self._clock()
        return answer

    def _renewed(self, began: int, errand: Errand, answer: Answer, run: Run) -> bool:
        """Renew the login after a page that did not know us, if that may help; return whether to ask again."""
        with self._lock:
            self._check()
            if self.login.kind is LoginKind.DIGEST:
                self._challenge = challenge_of(answer.headers)
                return self._challenge is not None
            if self.login.kind is not LoginKind.FORM:
                return False
            if self._sessions != began:
                return True
            if self._since is not None and self._clock() - self._since < FRESH:
                return False
            self._since = None
            self.cookies.forget()
            self._log_in(errand, run)
            return True

    def _log_in(self, errand: Errand, run: Run) -> None:
        """Send the form. Raises FetchError."""
        try:
            send_form(self.login, self._pages, errand, run, self._clock)
        except FormRefusedError as error:
            remedy = f" {self._remedy()}" if error.is_password else ""
            raise self._hold(f"{error}{remedy}", HELD if error.is_password else HELD_FOR_FORM) from None
        if not len(self.cookies):
            raise self._hold(
                f"{self.login.url} set no cookie, so that nothing tells us from others: probably it logs in by a "
                'script. Log in in a browser, and take kind = "cookies".',
                HELD_FOR_FORM,
            )
        self._since = self._clock()
        self._sessions += 1

    def _sign(self, errand: Errand, answer: Answer) -> str | None:
        """Return what says that the site does not know us, as the end of a sentence; None if nothing does."""
        kind, where = self.login.kind, answer.target.url
        if kind is LoginKind.CERTIFICATE:
            return None
        if answer.status == 401 or (answer.status == 403 and kind is LoginKind.FORM):
            return f"{where} does not let us in (status {answer.status})"
        if kind not in (LoginKind.FORM, LoginKind.COOKIES):
            return None
        login = self.login
        if login.url is not None and _is_at(where, login.url) and not _is_at(errand.target.url, login.url):
            return f"{errand.target.url} leads to the login"
        if not has_page(answer.status) or b"password" not in answer.body.lower():
            return None
        page = shown_page(answer, self._clock())
        if self._pages.knows_us(page, login) or not self._pages.asks(page, login):
            return None
        return f"{where} asks for a login"

    def _shut_out(self, answer: Answer, sign: str) -> FetchError:
        """Return the error of a page that is refused to us."""
        kind, status = self.login.kind, answer.status if answer.status >= 400 else None
        with self._lock:
            if kind in _BY_HEADER and self._since is None:  # else it may be this page that is for others
                return self._hold(f"{sign}. {self._remedy()}", HELD)
        if kind is LoginKind.COOKIES:
            remedy = "Its cookies have expired: take new ones from a browser."
        elif kind is LoginKind.FORM:
            remedy = "The form was taken, and the site asks again: may this account read it? Look in a browser."
        else:
            remedy = self._remedy()
        text = f'{sign}, although with the login "{self.name}". {remedy}'
        return FetchError(text, status=status, finding=text)

    def _remedy(self) -> str:
        return f"Check what [logins.{self.name}] takes from the environment."

    def _hold(self, reason: str, wait: timedelta) -> FetchError:
        """Leave the login alone for `wait`; return the error that says so."""
        now = self._clock()
        self._held = (now + wait, reason)
        text = (
            f'The login "{self.name}": {reason} It is not tried again for {format_duration(wait)}, unless the '
            "configuration or the environment changes."
        )
        return FetchError(text, retry_after=wait, finding=text, is_lasting=True)

    def _check(self) -> None:
        """Raise NotAskedError while the login is left alone."""
        if self._held is None:
            return
        until, reason = self._held
        left = until - self._clock()
        if timedelta() < left <= HELD:
            text = f'Not asked before {until:%Y-%m-%d %H:%M} UTC, for the login "{self.name}": {reason}'
            raise NotAskedError(text, retry_after=left, finding=text)
        self._held = None


class Logins:
    """The logins of a configuration, each once. Safe in several threads."""

    def __init__(self, logins: Mapping[str, Login], pages: LoginPages, clock: Callable[[], datetime]) -> None:
        self._known = {name: LoggedIn(name, login, pages, clock) for name, login in logins.items()}

    def access(self, name: str, proxy: str | None) -> Access:
        """Return the way of a source with the login `name`. Raises FetchError if there is none."""
        if name not in self._known:
            raise FetchError(f'There is no login "{name}". Write a table [logins.{name}] into the configuration.')
        return self._known[name].access(proxy)

    def told(self, name: str) -> str | None:
        """Return what the login `name` did, for people; None while it did nothing."""
        return self._known[name].told() if name in self._known else None


def _is_of_one_site(host: str, other: str) -> bool:
    """Return whether two hosts may share cookies, as news.example.org and login.example.org do."""
    return host.split(".")[-2:] == other.split(".")[-2:]


def _is_at(url: str, other: str) -> bool:
    """Return whether two addresses are of one page that has a place of its own: the top of a site is anything."""
    mine, theirs = urlsplit(url), urlsplit(other)
    return mine.path.strip("/") != "" and (mine.hostname, mine.path.rstrip("/")) == (
        theirs.hostname,
        theirs.path.rstrip("/"),
    )
