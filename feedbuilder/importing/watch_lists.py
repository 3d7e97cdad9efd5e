"""Lists of watched pages, of changedetection.io (JSON) and urlwatch (YAML) -> sources of the kind `changes`.

Owns what their filters are called here. A line that is ignored there as a whole is so here by a regular expression.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from feedbuilder.importing.curl_options import request_of
from feedbuilder.importing.imported import Imported
from feedbuilder.model.field_selectors import XPATH
from feedbuilder.model.setting_types import proxy_url

_UNITS = (("weeks", 10_080), ("days", 1_440), ("hours", 60), ("minutes", 1))
_XPATHS = ("xpath:", "xpath1:")
_OTHER_FILTERS = ("json:", "jq:", "jqraw:")
_REGEX = re.compile(r"/(.+)/[a-z]{0,5}", re.DOTALL)
_HARMLESS = frozenset(("html2text", "strip", "beautify", "striplines", "shellcheck", "remove-duplicate-lines"))
"""Steps of urlwatch that are done by themselves, or need not be."""


class _Watch:
    """One watched page, on its way."""

    def __init__(self, place: str, url: str, title: str) -> None:
        self.made = Imported(place, {"url": url, "kind": "changes", **({"title": title} if title else {})})
        self._changes: dict[str, Any] = {}

    def done(self) -> Imported:
        """Return the source."""
        if self._changes:
            self.made.block["changes"] = self._changes
        return self.made

    def select(self, written: Sequence[str], name: str) -> None:
        """Take over selectors of what is watched; only those of one language stand together."""
        known = [one for text in written if (one := self._selector(text, name))]
        if not known:
            return
        is_xpath = known[0].startswith(XPATH)
        alike = [one for one in known if one.startswith(XPATH) is is_xpath]
        joined = " | ".join(one.removeprefix(XPATH) for one in alike) if is_xpath else ", ".join(alike)
        self._changes["selector"] = XPATH + joined if is_xpath else joined
        self.made.carried(f"{name}, as changes.selector")
        for one in known:
            if one not in alike:
                self.made.lost(f"{name}: {one}, for CSS and XPath do not stand together")

    def remove(self, written: Sequence[str], name: str) -> None:
        """Take over selectors of what is left out."""
        known = [one for text in written if (one := self._selector(text, name))]
        if known:
            self._changes.setdefault("remove", []).extend(known)
            self.made.carried(f"{name}, as changes.remove")

    def ignore(self, pattern: str, name: str, *, whole_line: bool) -> None:
        """Take over a regular expression of what is no change."""
        try:
            re.compile(pattern)
        except re.error as error:
            self.made.lost(f"{name}: {pattern} is no regular expression of Python: {error}")
            return
        # Bound to the start, so that a line is gone through once.
        self._changes.setdefault("ignore", []).append(f"^.*(?:{pattern}).*$" if whole_line else pattern)
        self.made.carried(f"{name}, as changes.ignore")

    def headers(self, headers: Any) -> None:
        """Take over request headers."""
        if isinstance(headers, dict) and headers:
            self.made.block["headers"] = {str(name): str(value) for name, value in headers.items()}
            self.made.changed("headers: a secret should stand in a variable of the environment: ${NAME}")

    def posted(self, body: Any, name: str) -> None:
        """Take over what is posted."""
        asked = request_of(body)
        if asked is None:
            self.made.lost(f"{name}: what is posted is neither an object of JSON nor a form")
        else:
            self.made.block["request"] = asked
            self.made.carried(f"{name}, as request")

    def proxy(self, address: str) -> None:
        """Take over the proxy that a page is asked through."""
        if not address:
            return
        try:
            self.made.block["proxy"] = proxy_url(address)
            self.made.carried("http_proxy, as proxy")
        except ValueError as error:
            self.made.lost(f"http_proxy: {error}")

    def in_browser(self, name: str) -> None:
        """Have the page opened in a browser."""
        self.made.block["browser"] = {}
        self.made.carried(f"{name}: it is opened in a browser, which needs the extra browser")

    def _selector(self, text: str, name: str) -> str | None:
        text = text.strip()
        if text.startswith(_OTHER_FILTERS):
            self.made.lost(f"{name}: {text}, for it is a path into JSON and no part of a page")
            return None
        for prefix in _XPATHS:
            if text.startswith(prefix):
                return XPATH + text.removeprefix(prefix).strip()
        return XPATH + text if text.startswith(("/", "(")) else text or None


def read_changedetection(document: Any) -> list[Imported]:
    """Return the watches of changedetection.io, in the order of its file."""
    watching = document.get("watching", document) if isinstance(document, dict) else document
    watches = list(watching.values()) if isinstance(watching, dict) else watching if isinstance(watching, list) else []
    tags = _named_tags(document)
    return [_changedetection(one, tags) for one in watches if isinstance(one, dict) and one.get("url")]


def _changedetection(watch: Mapping[str, Any], tags: Mapping[str, str]) -> Imported:
    url = str(watch["url"])
    one = _Watch(str(watch.get("title") or url), url, str(watch.get("title") or ""))
    one.select(_texts(watch.get("include_filters")), "include_filters")
    one.remove(_texts(watch.get("subtractive_selectors")), "subtractive_selectors")
    for text in _texts(watch.get("ignore_text")):
        found = _REGEX.fullmatch(text.strip())
        one.ignore(found[1] if found else re.escape(text.strip()), "ignore_text", whole_line=True)
    if minutes := _minutes(watch.get("time_between_check")):
        one.made.block["interval"] = f"{minutes}m"
    named = [tags[tag] for tag in _texts(watch.get("tags")) if tag in tags]
    named += [tag.strip() for tag in str(watch.get("tag") or "").split(",") if tag.strip()]
    if named:
        one.made.block["tags"] = list(dict.fromkeys(named))
    one.headers(watch.get("headers"))
    if str(watch.get("fetch_backend") or "").startswith(("html_webdriver", "extra_browser")):
        one.in_browser("fetch_backend")
    if watch.get("paused"):
        one.made.block["paused"] = True
    if watch.get("method") not in (None, "", "GET") or watch.get("body"):
        one.posted(watch.get("body"), "method and body")
    for key, reason in _LOST.items():
        if watch.get(key):
            one.made.lost(f"{key}: {reason}")
    if watch.get("processor") not in (None, "", "text_json_diff"):
        one.made.lost(f"processor: {watch['processor']}, for the text is compared here, and nothing else")
    return one.done()


_LOST: Mapping[str, str] = {
    "trigger_text": "each change is an entry; choose among them by include",
    "text_should_not_be_present": "each change is an entry; choose among them by exclude",
    "extract_text": "all of the part is watched; name a smaller one by selector",
    "browser_steps": "write what is clicked under [source.browser] by hand",
    "webdriver_js_execute_code": "no script of yours is run in the page",
    "notification_urls": "the feed is what tells",
    "proxy": "only its name is said; write its address as proxy",
}
"""Keys of a watch that have no like here."""


def read_urlwatch(documents: Sequence[Any]) -> list[Imported]:
    """Return the jobs of urlwatch, in the order of its file."""
    return [_urlwatch(one) for one in documents if isinstance(one, dict) and _address_of(one)]


def _address_of(job: Mapping[str, Any]) -> str:
    url = str(job.get("url") or job.get("navigate") or "")
    return url if url.startswith(("http://", "https://")) else ""


def _urlwatch(job: Mapping[str, Any]) -> Imported:
    url, name = _address_of(job), str(job.get("name") or "")
    one = _Watch(name or url, url, name)
    if job.get("navigate"):
        one.in_browser("navigate")
    one.headers(job.get("headers"))
    selectors: list[str] = []
    for kind, value in _steps(job.get("filter")):
        if kind in _SELECTING:
            selectors += _SELECTING[kind](one, value)
        elif kind in _IGNORING:
            _IGNORING[kind](one, value)
        elif kind not in _HARMLESS:
            one.made.lost(f"filter {kind}: there is no like it here")
    if len(selectors) > 1:
        one.made.lost(
            f"filter: of several selectors only the last, for each stands in the one before: {selectors[:-1]}"
        )
    one.select(selectors[-1:], "filter")
    if job.get("data") or job.get("method") not in (None, "GET"):
        one.posted(job.get("data"), "data and method")
    one.proxy(str(job.get("https_proxy") or job.get("http_proxy") or ""))
    for key in sorted({str(key) for key in job} - _KNOWN_KEYS):
        one.made.lost(f"{key}: there is no like it here")
    return one.done()


_KNOWN_KEYS = frozenset(
    ("url", "navigate", "name", "filter", "headers", "data", "method", "kind", "http_proxy", "https_proxy")
)


def _css(one: _Watch, value: Any) -> list[str]:
    if not isinstance(value, dict):
        return _texts(value)
    one.remove(_texts(value.get("exclude")), "filter css.exclude")
    return _texts(value.get("selector"))


def _xpath(one: _Watch, value: Any) -> list[str]:
    if not isinstance(value, dict):
        return [f"xpath:{text}" for text in _texts(value)]
    one.remove([f"xpath:{text}" for text in _texts(value.get("exclude"))], "filter xpath.exclude")
    return [f"xpath:{text}" for text in _texts(value.get("path"))]


def _replaced(one: _Watch, value: Any) -> None:
    pattern, put = (value.get("pattern"), value.get("repl")) if isinstance(value, dict) else (value, "")
    if put:
        one.made.lost(f"filter re.sub: {pattern} is replaced by a text; only what is ignored is taken over")
    elif pattern:
        one.ignore(str(pattern), "filter re.sub", whole_line=False)


def _without_lines(one: _Watch, value: Any) -> None:
    given = value if isinstance(value, dict) else {"text": value}
    for text in _texts(given.get("text")):
        one.ignore(re.escape(text), "filter delete_lines_containing", whole_line=True)
    for pattern in _texts(given.get("re")):
        one.ignore(pattern, "filter delete_lines_containing", whole_line=True)


_SELECTING: Mapping[str, Callable[[_Watch, Any], list[str]]] = {
    "css": _css,
    "xpath": _xpath,
    "element-by-id": lambda _, value: [f'[id="{text}"]' for text in _texts(value)],
    "element-by-class": lambda _, value: [f'[class~="{text}"]' for text in _texts(value)],
    "element-by-tag": lambda _, value: _texts(value),
}
_IGNORING: Mapping[str, Callable[[_Watch, Any], None]] = {
    "re.sub": _replaced,
    "grepi": lambda one, value: _without_lines(one, {"re": value}),
    "delete_lines_containing": _without_lines,
}


def _steps(filters: Any) -> Iterator[tuple[str, Any]]:
    """Yield the steps of a filter: names, tables with one name in them, or all in one line of old."""
    if isinstance(filters, str):
        filters = [
            {name: rest} if rest else name for name, _, rest in (one.partition(":") for one in filters.split(","))
        ]
    for step in filters if isinstance(filters, list) else []:
        if isinstance(step, dict):
            yield from ((str(name), value) for name, value in step.items())
        else:
            yield str(step), None


def _texts(value: Any) -> list[str]:
    found = value if isinstance(value, list) else [] if value is None else [value]
    return [str(one) for one in found if isinstance(one, str | int | float) and str(one).strip()]


def _minutes(value: Any) -> int:
    if not isinstance(value, dict):
        return 0
    total = sum(
        minutes * int(value.get(unit) or 0) for unit, minutes in _UNITS if str(value.get(unit) or 0).isdecimal()
    )
    seconds = value.get("seconds")
    return min(max(total, 1), 366 * 1_440) if total or seconds else 0


def _named_tags(document: Any) -> dict[str, str]:
    try:
        tags = document["settings"]["application"]["tags"]
        return {str(key): str(one["title"]) for key, one in tags.items()}
    except (KeyError, TypeError, AttributeError):
        return {}
