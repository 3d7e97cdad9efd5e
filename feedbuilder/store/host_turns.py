"""Whose turn it is to ask a host, for processes on any machine that share a store on a server.

Owns the table `host_turns`, in which the server's clock counts and no other. A turn that nobody gives back (its process
was killed) is over after `LEASE`; nothing else is waited for so long.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

import sqlalchemy as sa

from feedbuilder.model import FetchError, StoreError
from feedbuilder.store.database import Database, connect
from feedbuilder.store.migrate import bring_up
from feedbuilder.store.tables import host_turns

LEASE = 120.0
"""Seconds after which a turn is taken for one of a process that is gone: longer than any request may take."""
LONGEST_QUEUE = 600.0
"""Seconds for which a turn is waited for."""
_LOOK_AGAIN = 0.25
"""Seconds between two looks, at the most, at a host that another process asks."""

_TAKE = sa.text(
    """
    INSERT INTO host_turns (place, free_at, taken_until, token)
    VALUES (:place, clock_timestamp(), clock_timestamp() + make_interval(secs => :lease), :token)
    ON CONFLICT (place) DO UPDATE SET taken_until = excluded.taken_until, token = excluded.token
    WHERE host_turns.free_at <= clock_timestamp()
      AND (host_turns.taken_until IS NULL OR host_turns.taken_until <= clock_timestamp())
    RETURNING 1
    """
)
_WAIT = sa.text(
    """
    SELECT greatest(extract(epoch FROM free_at - clock_timestamp()), 0), taken_until IS NOT NULL
    FROM host_turns WHERE place = :place
    """
)
_GIVE_BACK = sa.text(
    """
    UPDATE host_turns SET free_at = clock_timestamp() + make_interval(secs => :gap), taken_until = NULL, token = NULL
    WHERE place = :place AND token = :token
    """
)


def open_host_turns(url: str, lease: float = LEASE) -> HostTurns:
    """Return the turns of the store at `url`, on connections of their own. Close them. Raises StoreError."""
    database = connect(url)
    try:
        bring_up(database)
    except BaseException:
        database.close()
        raise
    return HostTurns(database, lease)


def find_host_turns(url: str, lease: float = LEASE) -> HostTurns | None:
    """Return the same where the store is there, of whatever version; None where it is not. Changes nothing."""
    database = connect(url)
    try:
        with database.looking() as connection:
            is_there = sa.inspect(connection).has_table(host_turns.name)
    except BaseException:
        database.close()
        raise
    if is_there:
        return HostTurns(database, lease)
    database.close()
    return None


class HostTurns:
    """The turns of one store on a server. Safe in several threads; see `fetch.SharedTurns`."""

    def __init__(
        self,
        database: Database,
        lease: float = LEASE,
        sleep: Callable[[float], object] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._lease = lease
        self._sleep = sleep
        self._monotonic = monotonic
        self._owed: dict[str, tuple[str, float]] = {}
        """The turns that could not be given back, because the server was away, by host."""

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def take(self, host: str, goes_on: Callable[[], bool]) -> str | None:
        """Wait until no process asks `host` and its last pause is over; return a token for `give_back`.

        None where `goes_on` has said no meanwhile. Raises FetchError for a queue that is too long, StoreError.
        """
        token, limit = uuid.uuid4().hex, self._monotonic() + LONGEST_QUEUE
        while goes_on():
            with self._database.committing() as connection:
                if owed := self._owed.get(host):
                    self._give_back(connection, host, *owed)
                    self._owed.pop(host, None)
                if connection.execute(_TAKE, {"place": host, "lease": self._lease, "token": token}).first():
                    return token
                pause, is_taken = connection.execute(_WAIT, {"place": host}).one()
            if self._monotonic() > limit:
                raise FetchError(f"Too many requests are waiting for {host}. Give its sources longer intervals.")
            self._sleep(_LOOK_AGAIN if is_taken else min(max(float(pause), 0.001), _LOOK_AGAIN))
        return None

    def give_back(self, host: str, token: str, gap: float) -> None:
        """End the turn that `token` stands for; the next one begins `gap` seconds from now.

        Raises StoreError; then it is given back before this process takes the next one.
        """
        try:
            with self._database.committing() as connection:
                self._give_back(connection, host, token, gap)
        except StoreError:
            self._owed[host] = token, gap
            raise

    def _give_back(self, connection: sa.Connection, host: str, token: str, gap: float) -> None:
        connection.execute(_GIVE_BACK, {"place": host, "token": token, "gap": gap})
