"""Whether a PostgreSQL server that does not let us in answers, and says why, or is away and may come back.

Owns how that is told. While a session is made, the driver gives no SQLSTATE, and servers speak their own language. But
who is refused is named: the user for a wrong password (class 28), the database that is not there (3D000). A server that
starts, stops or has no connection left (57P03, 53300) names nobody.
"""

from __future__ import annotations

import re
from typing import Any

_ANSWERED = "failed: "
"""What stands before that which the server said, and before what the system says of a server that does not answer."""
_TOO_MANY = "too many connections"
"""Names the user or the database for which a limit is set, and passes by itself."""
_POOLERS = re.compile(r"no such (?:database|user)|(?:password authentication|auth|SASL authentication) failed")
"""What poolers say, such as PgBouncer, in front of a server."""
_CLASSES = ("28", "3D")
"""SQLSTATE, where there is one: https://www.postgresql.org/docs/current/errcodes-appendix.html"""


def is_refusal(error: Any) -> bool:
    """Return whether an error of the driver says that a server answers and does not let us in."""
    if state := getattr(error, "sqlstate", None):
        return bool(state.startswith(_CLASSES))
    session = getattr(error, "pgconn", None)
    _, answered, said = str(error).rpartition(_ANSWERED)
    if session is None or not answered or _TOO_MANY in said:
        return False
    if session.needs_password or _POOLERS.search(said):
        return True
    names = (name.decode("utf-8", "replace") for name in (session.user, session.db) if name)
    return any(re.search(rf"[^\w\s]\s?{re.escape(name)}\s?[^\w\s]", said) for name in names)
