"""Which way each source is asked: the sessions behind it, and its robots.txt by the same way.

Owns what is made anew for other proxies and certificates, when the first source asks by them. All that most sources
need is made at once.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING

from feedbuilder.fetch.access import Access, Certificate
from feedbuilder.fetch.guard import Guard
from feedbuilder.fetch.headers import own_headers
from feedbuilder.fetch.host_waits import HostWaits
from feedbuilder.fetch.robots import Robots
from feedbuilder.fetch.session import GuardedSession
from feedbuilder.fetch.urls import Target
from feedbuilder.model import ConfigError, FetchError, FetchSettings, Source
from feedbuilder.model.source import DIRECT

if TYPE_CHECKING:
    from feedbuilder.fetch.logged_in import Logins


class Ways:
    """The ways of one fetcher. Safe in several threads. `load` gets the robots.txt of a target by a way.

    Raises ConfigError for settings that no request could work with.
    """

    def __init__(
        self,
        settings: FetchSettings,
        guard: Guard,
        logins: Logins | None,
        load: Callable[[Target, Access], bytes],
        monotonic: Callable[[], float],
        waits: HostWaits,
    ) -> None:
        self.usual = Access(settings.proxy)
        self._settings = settings
        self._guard = guard
        self._logins = logins
        self._lock = Lock()
        self._sessions: dict[Certificate | None, GuardedSession] = {None: _session(settings, guard)}
        self._load, self._monotonic, self._waits = load, monotonic, waits
        self._robots = {self.usual: self._robots_by(self.usual)}

    def of(self, source: Source) -> Access:
        """Return the way of `source`. Raises FetchError for a login that nobody has configured."""
        if source.login is None and source.proxy is None:
            return self.usual
        proxy = self._settings.proxy if source.proxy is None else source.proxy if source.proxy != DIRECT else None
        if source.login is None:
            return Access(proxy)
        if self._logins is None:
            raise FetchError(f'There is no login "{source.login}". Write a table [logins.{source.login}].')
        return self._logins.access(source.login, proxy)

    def login_told(self, source: Source) -> str | None:
        """Return what the login of `source` did, for people; None where it did nothing, and has none."""
        return self._logins.told(source.login) if self._logins and source.login else None

    def robots(self, proxy: str | None, certificate: Certificate | None = None) -> Robots:
        """Return what asks for robots.txt through `proxy`, with `certificate`: no site is to see us in two ways."""
        way = Access(proxy, certificate)
        found = self._robots.get(way)
        if found is None:
            with self._lock:
                found = self._robots.setdefault(way, self._robots_by(way))
        return found

    def _robots_by(self, way: Access) -> Robots:
        # Who comes without a certificate may never get the file, which is no reason for who has one to wait.
        waits = self._waits if way.certificate is None else HostWaits(self._waits.now)
        return Robots(lambda target: self._load(target, way), self._monotonic, waits)

    def session(self, certificate: Certificate | None) -> GuardedSession:
        """Return the session that shows `certificate`, if any. Raises FetchError if that cannot be read."""
        found = self._sessions.get(certificate)
        if found is not None:
            return found
        assert certificate is not None, "the one without is made at once"
        with self._lock:
            if certificate not in self._sessions:
                try:
                    self._sessions[certificate] = GuardedSession(self._settings, self._guard, certificate)
                except OSError as error:
                    raise FetchError(
                        f"The certificate {certificate[0]} cannot be used ({error.strerror or 'it is none'}). Check "
                        "certificate and key of the login; a key with a passphrase is not read."
                    ) from error
            return self._sessions[certificate]

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for session in self._sessions.values():
                session.close()


def _session(settings: FetchSettings, guard: Guard) -> GuardedSession:
    problems = []
    try:
        own_headers({"User-Agent": settings.user_agent or ""})
    except FetchError:
        problems.append("[fetch] user_agent: it holds a line break or a character that headers cannot carry.")
    try:
        session = GuardedSession(settings, guard)
    except OSError as error:
        reason = error.strerror or "it holds no certificate"
        problems.append(f"[fetch] ca_bundle: {settings.ca_bundle} cannot be used ({reason}).")
    if problems:
        raise ConfigError(*problems)
    return session
