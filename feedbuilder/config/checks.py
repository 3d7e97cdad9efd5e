"""Checks of single values beyond their type: languages, ranges, addresses, headers, CSS, tags.

Pure. Each check takes a value as the models made it and yields what is wrong, with the path to it inside the value.
Which key is checked by what stands in `CHECKS`: a row per key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from feedbuilder.config.places import Path
from feedbuilder.model import (
    ArticleSelectors,
    BrowserView,
    ChangesSettings,
    DataPlace,
    Login,
    Pick,
    Selectors,
    Source,
    SourceKind,
)
from feedbuilder.model.field_selectors import XPATH
from feedbuilder.model.request import has_mark
from feedbuilder.model.setting_types import Settings
from feedbuilder.model.source import DIRECT
from feedbuilder.model.units import parse_duration
from feedbuilder.model.wording import tag_key
from feedbuilder.parse.compiled_css import css_mistake
from feedbuilder.parse.selector_hints import selector_hint

Fault = tuple[Path, str]
Check = Callable[[Any], Iterator[Fault]]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_HOST = re.compile(r"[^\s/@?#]+")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # a token, RFC 9110 §5.6.2
_HEADER_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")  # RFC 9110 §5.5; more would be header injection


def _language(value: str) -> Iterator[Fault]:
    if not _LANGUAGE.fullmatch(value):
        likely = value.strip().replace("_", "-")
        hint = f'; did you mean "{likely}"?' if _LANGUAGE.fullmatch(likely) else ""
        yield (), f'expected a language tag (BCP 47), such as "en" or "pt-BR"{hint}'


def _duration_between(shortest: str, longest: str) -> Check:
    low, high = parse_duration(shortest), parse_duration(longest)

    def check(value: timedelta) -> Iterator[Fault]:
        if not low <= value <= high:
            yield (), f'expected a duration from "{shortest}" to "{longest}"'

    return check


def _size(value: int) -> Iterator[Fault]:
    if not 1_000 <= value <= 1_000_000_000:
        yield (), 'expected a size from "1KB" to "1GB"'


def _memory(value: int) -> Iterator[Fault]:
    if not 50_000_000 <= value <= 64_000_000_000:  # a page of the usual 5 MB takes some 150 MB
        yield (), 'expected a size from "50MB" to "64GB"'


def _address(value: str, *, base: bool = False) -> Iterator[Fault]:
    try:
        parts = urlsplit(value)
        whole = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets that are no IPv6 address, a port that is no number
        whole = False
    if not whole:
        yield (), 'expected a web address, such as "https://example.org/news"'
    elif base and (parts.query or parts.fragment):
        yield (), "expected the address of a folder, without ? and #"


def _hub(value: str) -> Iterator[Fault]:
    yield from _address(value)
    if "@" in value.partition("://")[2].partition("/")[0]:
        yield (), "expected an address without a login: it stands in every feed"


def _proxy(value: str) -> Iterator[Fault]:
    yield from _address(value) if value != DIRECT else ()


def _addresses(value: Iterable[str]) -> Iterator[Fault]:
    for index, address in enumerate(value):
        yield from (((index, *path), message) for path, message in _address(address))


def _hosts(value: Iterable[str]) -> Iterator[Fault]:
    for index, host in enumerate(value):
        if not _HOST.fullmatch(host):
            yield (index,), 'expected a host name or IP address alone, such as "intranet.example" or "127.0.0.1"'


def header_faults(value: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what is wrong with request headers."""
    for name, content in value.items():
        if not _HEADER_NAME.fullmatch(name):
            yield (name,), "expected the name of a header to the left: letters, digits and hyphens"
        elif not _HEADER_VALUE.fullmatch(content):
            yield (name,), "expected one line of Latin-1 characters"


def _tags(value: Iterable[str]) -> Iterator[Fault]:
    for index, tag in enumerate(value):
        if not tag_key(tag):
            yield (index,), "expected a tag with more to it than spaces and #"


def _aliases(value: Mapping[str, Iterable[str]]) -> Iterator[Fault]:
    for name, others in value.items():
        if not tag_key(name):
            yield (name,), "expected the name of a tag to the left, with more to it than spaces and #"
        yield from (((name, *path), message) for path, message in _tags(others))


def css_fault(css: str) -> str | None:
    """Return what is wrong with a CSS selector, None for a good one."""
    mistake = css_mistake(css)
    if mistake is None:
        return None
    if css.startswith(XPATH):
        return mistake
    return f"not a CSS selector: {mistake.partition('. If ')[0] or 'it cannot be read'}{selector_hint(css)}"


def _selectors(value: Selectors) -> Iterator[Fault]:
    if value.from_ is not None:
        place = Pick.parse(value.from_).css if value.place in (DataPlace.SCRIPT, DataPlace.ATTRIBUTE) else ""
        if place and (fault := css_fault(place)):
            yield ("from",), fault
        yield from _removed(value.remove)
        return  # all else are paths, which are as they are
    if value.item and (fault := css_fault(value.item)):
        yield ("item",), fault
    if value.group and (fault := css_fault(value.group)):
        yield ("group",), fault
    yield from _removed(value.remove)
    yield from _picks(value, Selectors.model_fields.keys() - {"item", "from_", "between", "group", "remove"})


def _changes(value: ChangesSettings) -> Iterator[Fault]:
    if value.selector and (fault := css_fault(value.selector)):
        yield ("selector",), fault
    yield from _removed(value.remove)


def _article(value: ArticleSelectors) -> Iterator[Fault]:
    if value.content and (fault := css_fault(value.content)):
        yield ("content",), fault
    yield from _removed(value.remove)
    yield from _picks(value, ArticleSelectors.model_fields.keys() - {"content", "remove"})


def _removed(value: Iterable[str]) -> Iterator[Fault]:
    for index, css in enumerate(value):
        if fault := css_fault(css):
            yield ("remove", index), fault


def _browser(value: BrowserView) -> Iterator[Fault]:
    named = [((key,), getattr(value, key)) for key in ("wait_for", "click")]
    for path, css in (*named, *((("dismiss", index), css) for index, css in enumerate(value.dismiss))):
        if css and css.startswith(XPATH):
            yield path, "expected a CSS selector: the browser is not asked by XPath"
        elif css and (fault := css_fault(css)):
            yield path, fault


def _picks(value: Settings, names: Iterable[str]) -> Iterator[Fault]:
    for name in names:
        for index, reading in enumerate(getattr(value, name) or ()):
            steps: Iterable[Path] = (
                [("select",)] if reading.select else (("join", at) for at in range(len(reading.join)))
            )
            for step, pick in zip(steps, reading.picks, strict=True):
                if pick.css and (fault := css_fault(pick.css)):
                    yield (name, index, *step), fault


def _turning(source: Source) -> Iterator[Fault]:
    """Yield what is wrong with the selectors that say where a list goes on; in JSON they are paths."""
    for key in ("next", "cursor") if source.kind is not SourceKind.JSON else ():
        text = getattr(source, key)
        if not text or has_mark(text):
            continue
        try:
            fault = css_fault(Pick.parse(text).css or "*")
        except ValueError as error:
            fault = str(error)
        if fault:
            yield (key,), fault


def _login(login: Login) -> Iterator[Fault]:
    for key in ("form", "success"):
        if (css := getattr(login, key)) and (fault := css_fault(css)):
            yield (key,), fault
    for name in login.cookies:
        if not _HEADER_NAME.fullmatch(name):
            yield ("cookies", name), "expected the name of a cookie to the left"


_INTERVAL = _duration_between("1s", "366d")
_SHARED: Mapping[str, Check] = {
    "language": _language,
    "interval": _INTERVAL,
    "min_interval": _INTERVAL,
    "max_interval": _INTERVAL,
    "headers": header_faults,
    "proxy": _proxy,
}

CHECKS: Mapping[str, Mapping[str, Check]] = {
    "site": {"language": _language, "url": partial(_address, base=True), "hub": _hub},
    "fetch": {
        "connect_timeout": _duration_between("0.1s", "10m"),
        "deadline": _duration_between("0.1s", "1h"),
        "host_gap": _duration_between("0s", "1h"),
        "max_bytes": _size,
        "allow_hosts": _hosts,
        "proxy": _proxy,
    },
    "reading": {"deadline": _duration_between("1s", "1h"), "memory": _memory},
    "browser": {
        "deadline": _duration_between("1s", "1h"),
        "memory": _memory,
        "idle": _duration_between("1s", "1d"),
    },
    "alerts": {"webhook": _addresses},
    "store": {"keep_age": _duration_between("1d", "36500d")},
    "logins": {"url": _address, "action": _address},
    "tags": {"aliases": _aliases, "drop": _tags},
    "defaults": _SHARED,
    "source": {
        **_SHARED,
        "url": _address,
        "tags": _tags,
        "selectors": _selectors,
        "changes": _changes,
        "browser": _browser,
        "article": _article,
    },
    "feed": {"language": _language},
}
"""The checks of each table's keys. A key that is not set, or not here, is not checked."""


def faults(table: str, value: Settings) -> Iterator[Fault]:
    """Yield what is wrong in `value`, which stands in `table`, in the order of its keys."""
    written = value.model_fields_set
    for key, check in CHECKS[table].items():
        if key in written and (content := getattr(value, key)) is not None:
            for path, message in check(content):
                yield (key, *path), message
    if isinstance(value, Source):
        yield from _turning(value)
    elif isinstance(value, Login):
        yield from _login(value)
