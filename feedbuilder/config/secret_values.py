"""Which values of a configuration are secrets: what variables bring in, and what only secrets are written for.

Owns where in the files a variable is taken for one. Values go to `masking` and into no message.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from feedbuilder.config.config_text import ConfigText
from feedbuilder.config.places import Path
from feedbuilder.config.problems import ProblemReport
from feedbuilder.config.variables import variables_in
from feedbuilder.masking import SHORTEST, is_secret_name, secret_parameters
from feedbuilder.model import AlertSettings, FetchSettings, Login, Site, Source, StoreSettings

_PUBLIC = frozenset({"id", "title", "tags", "timezone", "language"})
"""The keys of a source whose values stand in feeds."""
_PLAIN = frozenset({"kind", "form", "success", "certificate", "key"})
"""The keys of a login whose values are no secrets."""


def from_variables(texts: Iterable[ConfigText], environ: Mapping[str, str]) -> Iterator[str]:
    """Yield what variables bring into places that nobody is shown; what stands in feeds or names files is no secret."""
    for text in texts:
        for path, name in _variables_in(text):
            if _is_private(path):
                yield environ.get(name, "")


def warn_of_short_ones(texts: Sequence[ConfigText], environ: Mapping[str, str], report: ProblemReport) -> None:
    """Warn of each variable whose value is too short to be masked."""
    told: set[str] = set()
    for text in texts:
        for path, name in _variables_in(text):
            value = environ.get(name, "")
            if name not in told and 0 < len(value) < SHORTEST and _is_private(path):
                told.add(name)
                report.warn(
                    text,
                    path,
                    f": the value of ${{{name}}} is shorter than {SHORTEST} characters, so that it is not masked in "
                    "messages; if it is a secret, take a longer one",
                )


def as_written(
    site: Site,
    sources: Iterable[Source],
    fetch: FetchSettings,
    store: StoreSettings,
    alerts: AlertSettings,
    logins: Mapping[str, Login],
) -> Iterator[str]:
    """Yield passwords, secret parameters and secret headers, whether they are written out or came from a variable."""
    addresses = [fetch.proxy or "", store.url or "", *alerts.webhook, *alerts.apprise]
    for address in (store.url or "", *alerts.webhook):
        yield from secret_parameters(address)
    if site.bucket is not None:
        # Azure's and Google's are called keys: account_key, service_account_key.
        options = site.bucket.options.items()
        yield from (value for name, value in options if is_secret_name(name) or name.lower().endswith("key"))
    for source in sources:
        addresses += [source.url, source.proxy or ""]
        yield from (value for name, value in source.headers.items() if is_secret_name(name))
        yield from secret_parameters(source.url)
    for login in logins.values():
        yield from (value for value in (login.password, login.token) if value)
        yield from (*login.fields.values(), *login.cookies.values())
    yield from (password for address in addresses if (password := urlsplit(address).password))


def _variables_in(text: ConfigText) -> Iterator[tuple[Path, str]]:
    """Yield the variables of a file; most have none, and then it is not looked through."""
    return variables_in(text.raw) if "${" in text.written else iter(())


def _is_private(path: Path) -> bool:
    match path:
        case ("fetch", "proxy", *_) | ("alerts", *_) | ("store", "url", *_) | ("site", "bucket", *_):
            return True
        case ("logins", _, key, *_):
            return key not in _PLAIN
        case ("source", _, key, *_) | ("defaults", key, *_):
            return key not in _PUBLIC
        case _:
            return False
