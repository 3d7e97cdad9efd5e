"""The part of the newsroom for its members: a form with a token, a session that ends, a page for wrong passwords.

Owns who is known. What the pages look like is `render_pages`' business; opens no socket.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from html import escape
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import parse_qs, quote

LIST_PATH, LOGIN_PATH, SESSION_PATH = "/members", "/members/login", "/members/session"
COOKIE = "newsroom_session"
MEMBER, PASSWORD = "press.reader", "ink-and-paper-1911"
SESSION_LASTS = timedelta(hours=2)
_FORM = """<form class="login-form" method="post" action="{action}">
  <input type="hidden" name="csrf_token" value="{token}">{said}
  <label>Name <input name="username"></label>
  <label>Password <input name="password" type="password"></label>
  <label><input type="checkbox" name="remember" value="1"> Remember me</label>
  <button name="go" value="in">Log in</button>
</form>"""
_PAGE = "<!doctype html><html lang=en><title>Log in | The Strait</title><main><h1>Log in</h1>{form}</main></html>"


class Reply(NamedTuple):
    """What a member is answered."""

    status: int
    body: str = ""
    headers: Mapping[str, str] = {}


class MembersArea:
    """Who is known to the newsroom, and until when. For one thread at a time; `clock` gives aware datetimes."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.password = PASSWORD
        self.logins = 0
        """How often somebody was let in."""
        self.refused = 0
        """How often the form was sent with something wrong."""
        self._clock = clock
        self._tokens: set[str] = set()
        self._sessions: dict[str, datetime] = {}

    @property
    def sessions(self) -> frozenset[str]:
        """Return the values of the cookies that it ever gave."""
        return frozenset(self._sessions)

    def forget(self) -> None:
        """End all sessions, as a site that is restarted does."""
        self._sessions = dict.fromkeys(self._sessions, self._clock() - SESSION_LASTS)

    def answer(self, path: str, method: str, headers: Mapping[str, str], body: bytes) -> Reply | None:
        """Return what is answered in place of a page; None where the page may be shown. Header names are small."""
        if path == LOGIN_PATH:
            return Reply(200, self._form(""))
        if path == SESSION_PATH:
            return self._log_in(body) if method == "POST" else Reply(405)
        if path != LIST_PATH or self._knows(headers.get("cookie", "")):
            return None
        return Reply(302, headers={"Location": f"{LOGIN_PATH}?next={quote(path)}"})

    def _form(self, said: str) -> str:
        token = f"t{len(self._tokens)}-{self._clock():%H%M%S}"
        self._tokens.add(token)
        return _PAGE.format(form=_FORM.format(action=SESSION_PATH, token=token, said=said))

    def _log_in(self, body: bytes) -> Reply:
        sent = {key: values[0] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}
        token = sent.get("csrf_token", "")
        if token not in self._tokens:
            return Reply(403, "This form has expired.")
        self._tokens.discard(token)
        if (sent.get("username"), sent.get("password")) != (MEMBER, self.password):
            self.refused += 1
            said = f"Name or password is wrong. You said: {escape(sent.get('username', ''))}"
            return Reply(200, self._form(f'<p class="error" role="alert">{said}</p>'))
        self.logins += 1
        session = f"sess-{self.logins:04}-of-{MEMBER}"
        self._sessions[session] = self._clock()
        cookie = f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax"
        return Reply(303, headers={"Location": LIST_PATH, "Set-Cookie": cookie})

    def _knows(self, cookie: str) -> bool:
        try:
            found = SimpleCookie(cookie).get(COOKIE)
        except CookieError:
            return False
        since = self._sessions.get(found.value) if found else None
        return since is not None and self._clock() - since < SESSION_LASTS
