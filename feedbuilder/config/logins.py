"""The `[logins.NAME]` tables: each as a model, and what no table can know alone.

Owns that secrets stand in the environment, that a login which a source names is there, and what tells a login from the
same one with another password. Values go into no message.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from feedbuilder.config.config_text import ConfigText
from feedbuilder.config.hints import did_you_mean, listing
from feedbuilder.config.places import Path as Key
from feedbuilder.config.problems import ProblemReport
from feedbuilder.config.read_tables import read_named_tables
from feedbuilder.config.relations import leaves, resolved, strings
from feedbuilder.config.variables import has_variable
from feedbuilder.masking import is_secret_name
from feedbuilder.model import Login, Source

_SECRET = ("fields", "password", "token", "cookies")
"""The keys whose values come from the environment."""


def read_logins(main: ConfigText, report: ProblemReport) -> dict[str, Login]:
    """Return the logins of the main file by name, with absolute paths, and note what is wrong with them."""
    logins = read_named_tables(main, "logins", Login, report)
    for name, login in logins.items():
        for path in _written_out(main, name):
            # Without its value: what is told may be read by others than the file.
            report.note(main, path, ': expected a variable of the environment, "${NAME}": a secret stands in no file')
        logins[name] = _anchored(main, name, login, report)
    return logins


def check_login_names(texts: Sequence[ConfigText], main: ConfigText, report: ProblemReport) -> None:
    """Note logins that sources name and nobody has."""
    tables = main.data.get("logins")
    known = tables.keys() if isinstance(tables, dict) else set[str]()
    for text in texts:
        for _, path, name in strings(text, ("source",), ("login",)):
            if name not in known and not report.knows(text, path):
                there = f"; the logins are {listing(known)}" if known else f"; write a table [logins.{name}]"
                report.note(text, path, f': unknown login "{name}"{did_you_mean(name, known) or there}')


def with_logins(sources: Iterable[Source], logins: Mapping[str, Login]) -> tuple[Source, ...]:
    """Return `sources`, those with a login marked by it."""
    marks = {name: hashlib.sha256(login.model_dump_json().encode()).hexdigest() for name, login in logins.items()}
    return tuple(source.logged_in_by(marks.get(source.login, "")) if source.login else source for source in sources)


def _written_out(main: ConfigText, name: str) -> Iterator[Key]:
    """Yield where a secret stands in the file itself."""
    for key in (*_SECRET, "also"):
        for _, path, text in leaves(main, ("logins", name, key), main.value(("logins", name, key))):
            if key == "also" and not is_secret_name(str(path[-1])):
                continue
            if not has_variable(text):
                yield path


def _anchored(main: ConfigText, name: str, login: Login, report: ProblemReport) -> Login:
    found: dict[str, Any] = {}
    for key in ("certificate", "key"):
        path: Path | None = getattr(login, key)
        if path is not None:
            place = resolved(main, ("logins", name, key), path, report)
            if place is not None and not place.is_file():
                report.wrong(main, ("logins", name, key), "expected a file; there is none of this name")
            found[key] = place
    return login.model_copy(update=found) if found else login
