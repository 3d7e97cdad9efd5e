"""The YAML of html2rss (https://html2rss.github.io): one feed, or many under `feeds` with headers for all.

Owns what its selectors, extractors and post processors mean, and how selectors of Nokogiri are written here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from feedbuilder.importing.imported import Imported

_FIELDS = {
    "title": "title",
    "url": "link",
    "link": "link",
    "description": "summary",
    "author": "author",
    "published_at": "date",
    "updated": "date",
    "image": "image",
}
"""Its fields, and ours."""
_OF_ITSELF = frozenset(("items", "categories", "guid", "enclosure"))
_KEYS = frozenset(("channel", "selectors", "parameters", "strategy", "headers", "auto_source", "enhance", "request"))
_MOST_PAGES = 20
"""As many as a source may read at every reading."""
_HARMLESS = {
    "parse_time": "dates are read by themselves",
    "parse_uri": "addresses are made absolute by themselves",
    "sanitize_html": "texts are sanitised by themselves",
    "html_to_markdown": "texts are published without markup",
    "markdown_to_html": "texts are published without markup",
}
_REFERENCE = re.compile(r"%[{<](\w{1,60})[}>]s?")
_PLACE = re.compile(r":(first|last)(?![\w-])")
_LEADING = re.compile(r"^\s*>\s*")


def read_html2rss(document: Mapping[str, Any]) -> list[Imported]:
    """Return the sources of a document, one for each of its feeds, in its order."""
    feeds = document.get("feeds")
    common = _headers(document)
    if isinstance(feeds, dict):
        return [_feed(str(name), one, common) for name, one in feeds.items() if isinstance(one, dict)]
    return [_feed("", document, {})]


def _headers(document: Mapping[str, Any]) -> dict[str, str]:
    headers = document.get("headers")
    return {str(name): str(value) for name, value in headers.items()} if isinstance(headers, dict) else {}


def _feed(name: str, feed: Mapping[str, Any], common: Mapping[str, str]) -> Imported:
    channel = feed.get("channel") if isinstance(feed.get("channel"), dict) else {}
    assert isinstance(channel, dict)
    made = Imported(name or str(channel.get("title") or channel.get("url") or "the feed"))
    filled = _filled(str(channel.get("url") or ""), feed.get("parameters"), made)
    if not filled:
        made.lost("it names no address under channel")
        return made
    made.block["url"] = filled
    if title := channel.get("title"):
        made.block["title"] = _filled(str(title), feed.get("parameters"), None) or str(title)
    for theirs, ours in (("time_zone", "timezone"), ("language", "language")):
        if channel.get(theirs):
            made.block[ours] = str(channel[theirs])
    if ttl := _whole(channel.get("ttl")):
        made.block["interval"] = f"{max(ttl, 1)}m"
    if headers := {**common, **_headers(channel), **_headers(feed)}:
        made.block["headers"] = headers
        made.carried(f"headers: {', '.join(headers)}")
    in_browser = str(feed.get("strategy") or channel.get("strategy") or "") not in ("", "faraday", "ssrf_filter")
    _request(made, feed.get("request"))
    for key in feed.keys() - _KEYS:
        made.lost(f"{key}: there is nothing like it here")
    selectors = feed.get("selectors")
    if not isinstance(selectors, dict):
        made.detect = True
        made.changed("auto_source: its list is to be found anew")
        if in_browser:
            made.changed("strategy: it was read in a browser: add it with --browser, if the page needs one")
        return made
    _Selectors(made, selectors, is_json=bool(channel.get("json"))).take()
    if in_browser and ("next" in made.block or channel.get("json")):
        made.changed("strategy: it was read in a browser; here the page is read as it is sent")
    elif in_browser:
        made.block["kind"] = "browser"
        made.carried("strategy, as kind: the page is opened in a browser, which needs the extra browser")
    return made


def _request(made: Imported, request: Any) -> None:
    """Note what becomes of the bounds of requests."""
    for key, value in request.items() if isinstance(request, dict) else ():
        if key == "max_redirects":
            made.changed(f"request.max_redirects = {value}: redirects are bounded for all, under [fetch]")
        elif key == "max_requests":
            made.changed("request.max_requests: pages says how many pages are read, articles_per_run how many articles")
        else:
            made.lost(f"request.{key}: there is nothing like it here")


def _filled(text: str, parameters: Any, made: Imported | None) -> str:
    """Return `text` with the defaults of its parameters; "" where one has none."""

    def value(found: re.Match[str]) -> str:
        default = (parameters or {}).get(found[1]) if isinstance(parameters, dict) else None
        default = default.get("default") if isinstance(default, dict) else default
        if default is None:
            missing.append(found[1])
            return ""
        used.append(f"{found[1]} = {default}")
        return str(default)

    missing: list[str] = []
    used: list[str] = []
    filled = _REFERENCE.sub(value, text)
    if made is not None and used:
        made.changed(f"parameters: written into the address, with {', '.join(used)}")
    if made is not None and missing:
        made.lost(f"parameters: {', '.join(missing)} has no default; write the address by hand")
    return "" if missing else filled


class _Selectors:
    """The selectors of one feed, on their way."""

    def __init__(self, made: Imported, theirs: Mapping[str, Any], *, is_json: bool) -> None:
        self._made, self._theirs, self._is_json = made, theirs, is_json
        self._ours: dict[str, Any] = {}

    def take(self) -> None:
        made, items = self._made, self._theirs.get("items")
        items = items if isinstance(items, dict) else {"selector": items}
        item = self._item(str(items.get("selector") or ""))
        if self._is_json:
            made.block["kind"] = "json"
        if item:
            self._ours["item"] = item
        self._pages(items.get("pagination"))
        if items.get("order") == "reverse":
            made.changed("items.order: feeds are ordered by date here")
        for name, rule in self._theirs.items():
            if name in _FIELDS:
                self._field(name, _FIELDS[name], rule)
            elif name not in _OF_ITSELF and not self._is_used(name):
                made.lost(f"{name}: an entry has no such part")
        self._categories()
        if "guid" in self._theirs:
            made.changed("guid: entries get permanent ids from their addresses")
        if "enclosure" in self._theirs:
            made.changed("enclosure: sound and video of a list are attached by themselves")
        made.block["selectors"] = self._ours

    def _pages(self, pagination: Any) -> None:
        """Take over that further pages are read: by the link that says rel=next, unless it says otherwise."""
        pagination = {"max_pages": pagination} if isinstance(pagination, int) else pagination
        if not isinstance(pagination, dict):
            return
        strategy, most = str(pagination.get("strategy") or "rel_next"), _whole(pagination.get("max_pages")) or 1
        selector = str(pagination.get("selector") or "")
        if strategy == "custom_selector" and selector:
            self._made.block["next"] = self._css(selector, "items.pagination")
        elif strategy == "rel_next" and not self._is_json:
            self._made.block["next"] = "a[rel~=next], link[rel~=next]"
        else:
            self._made.lost(f"items.pagination: {strategy} is to be written by hand, as next and pages")
            return
        self._made.block["pages"] = min(most, _MOST_PAGES)
        self._made.carried("items.pagination, as next and pages")

    def _item(self, css: str) -> str:
        if not self._is_json:
            return self._css(css, "items")
        first, _, rest = css.partition(",")
        if rest:
            self._made.lost(f"items: of several lists only the first is read, not {rest.strip()}")
        return _path(first)

    def _field(self, name: str, ours: str, rule: Any) -> None:
        reading = self._reading(name, rule)
        if reading is not None and ours == "summary" and isinstance(rule, dict) and rule.get("extractor") == "html":
            self._ours["content"] = reading
            self._made.carried(f"{name}, with its markup, as content")
        if reading is not None and ours in self._ours:
            self._made.lost(f"{name}: {ours} is read from elsewhere already")
        elif reading is not None:
            self._ours[ours] = reading
            self._made.carried(f"{name}, as {ours}")

    def _reading(self, name: str, rule: Any) -> Any:
        """Return how a field is read, as the configuration writes it; None where it cannot be."""
        rule = rule if isinstance(rule, dict) else {"selector": rule} if rule else {}
        if rule.get("extractor") == "static" and rule.get("static"):
            return {"text": str(rule["static"])}
        made: dict[str, Any] = {}
        pick = self._pick(name, rule)
        if pick:
            made["select"] = pick
        steps: list[Any] = []
        for one in _as_list(rule.get("post_process")):
            if isinstance(one, dict) and not self._step(name, one, made, steps):
                return None
        if steps:
            made["steps"] = steps
        if not made.keys() & {"select", "join", "text"}:
            self._made.lost(f"{name}: it says nothing of where it is read")
            return None
        return made["select"] if made.keys() == {"select"} else made

    def _pick(self, name: str, rule: Mapping[str, Any]) -> str | None:
        written, extractor = rule.get("selector"), str(rule.get("extractor") or "text")
        if written is None and extractor == "text":
            return None if rule.get("post_process") else "xpath:."
        if self._is_json:
            return _path(str(written or ""))
        css = self._css(str(written or ""), name)
        attribute = {"href": "href", "attribute": str(rule.get("attribute") or "")}.get(extractor, "")
        if extractor == "html" and name != "description":
            self._made.changed(f"{name}: its text is read, without markup")
        if name == "published_at" and attribute == "" and css:
            return css
        if attribute == "href" and css.startswith("xpath:"):
            return f"{css}/@href"
        return f"{css}@{attribute}" if attribute else css

    def _step(self, name: str, one: Mapping[str, Any], made: dict[str, Any], steps: list[Any]) -> bool:
        """Take over one post processor; return whether the field can be read with it."""
        kind = str(one.get("name"))
        if kind in _HARMLESS:
            if kind != "parse_time":
                self._made.changed(f"{name}: {kind} is not needed, for {_HARMLESS[kind]}")
        elif kind == "gsub":
            pattern = str(one.get("pattern") or "")
            bare = pattern[1:-1] if len(pattern) > 1 and pattern[0] == pattern[-1] == "/" else re.escape(pattern)
            steps.append(
                {"replace": bare, **({"with": _template_of(str(one["replacement"]))} if one.get("replacement") else {})}
            )
        elif kind == "substring":
            steps.append({"match": _range(_whole(one.get("start")) or 0, _whole(one.get("end")))})
        elif kind == "template":
            return self._template(name, str(one.get("string") or ""), made)
        else:
            self._made.lost(f"{name}: the post processor {kind} is not known")
        return True

    def _template(self, name: str, text: str, made: dict[str, Any]) -> bool:
        """Take over a text with fields in it: what stands before, between and behind them stays."""
        text = " ".join(text.split())
        parts = _REFERENCE.split(text)
        names, between = parts[1::2], parts[2:-1:2]
        if not names:
            made.clear()
            made["text"] = text
            return True
        picks = [made.get("select") if one == "self" else self._plain(one) for one in names]
        if any(pick is None for pick in picks):
            missing = ", ".join(one for one, pick in zip(names, picks, strict=True) if pick is None)
            self._made.lost(f"{name}: its template needs {missing}, which is not read by a selector alone")
            return "select" in made
        made.clear()
        if len(picks) == 1:
            made["select"] = picks[0]
            if parts[0] or parts[-1]:
                made["template"] = parts[0] + "{}" + parts[-1]
        elif len(set(between)) == 1 and not (parts[0] or parts[-1]):
            made |= {"join": picks, "separator": between[0]}
        else:
            made |= {"join": picks, "template": parts[0] + "{}" + "{}".join((*between, parts[-1]))}
            self._made.changed(f"{name}: where a part of its template is missing, the whole is")
        return True

    def _plain(self, name: str) -> str | None:
        """Return the selector of another field, if that is all there is to it."""
        rule = self._theirs.get(name)
        if not isinstance(rule, dict) or rule.get("selector") is None:
            return None
        if any(isinstance(one, dict) and one.get("name") == "template" for one in _as_list(rule.get("post_process"))):
            return None
        return self._pick(name, rule)

    def _categories(self) -> None:
        names = [str(one) for one in _as_list(self._theirs.get("categories"))]
        readings = [self._reading(name, self._theirs[name]) for name in names if name in self._theirs]
        readings = [one for one in readings if one is not None]
        if not readings:
            return
        self._ours["tags"] = readings if len(readings) > 1 else readings[0]
        self._made.carried("categories, as tags")
        if len(readings) > 1:
            self._made.changed("categories: the first of them that says something gives the tags")

    def _is_used(self, name: str) -> bool:
        """Return whether another field's template, or the categories, take up the field `name`."""
        written = (text for key, rule in self._theirs.items() if key != name for text in _texts(rule))
        return any(name in _REFERENCE.findall(text) for text in written) or name in map(
            str, _as_list(self._theirs.get("categories"))
        )

    def _css(self, css: str, name: str) -> str:
        """Return a selector of Nokogiri as CSS."""
        plain = css.strip()
        if ":first" in plain and _PLACE.search(plain):
            plain = re.sub(r":first(?![\w-])", "", plain)
            self._made.changed(f"{name}: {css} is {plain}, of which the first match is read")
        if _PLACE.search(plain):
            plain = re.sub(r":last(?![\w-])", ":last-of-type", plain)
            self._made.changed(f"{name}: {css} is {plain}")
        if _LEADING.match(plain):
            plain = _LEADING.sub("body > * > ", plain)
            self._made.changed(f"{name}: {css} is {plain}, for a field sees its item as the whole page")
        return plain


def _path(css: str) -> str:
    """Return the path into JSON that a selector means in the XML that html2rss makes of it."""
    steps = [re.sub(r":\w[\w-]*(?:\(.*\))?$", "", step) for step in re.split(r"\s*>\s*|\s+", css.strip()) if step]
    return ".".join(step for step in steps if step not in ("object", "array"))


def _template_of(ruby: str) -> str:
    """Return what Ruby puts in place of a match as Python writes it: the whole match is its group 0."""
    return ruby.replace("\\0", r"\g<0>").replace("\\&", r"\g<0>")


def _whole(value: Any) -> int | None:
    """Return a whole number, None for what is none."""
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _range(start: int, end: int | None) -> str:
    """Return the expression that keeps the characters from `start` to `end`, both counted from 0 or from behind."""
    before = f"(?s)^.{{{start}}}" if start >= 0 else f"(?s)(?=.{{{-start}}}$)"
    if end is None:
        return f"{before}(.*)$"
    return f"{before}(.*).{{{-end - 1}}}$" if end < 0 else f"{before}(.{{0,{max(end - start + 1, 1)}}})"


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in `value`; what an alias of YAML names again is looked at once."""
    stack, seen = [value], set[int]()
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict | list) and id(one) not in seen:
            seen.add(id(one))
            stack += one.values() if isinstance(one, dict) else one


def is_html2rss(document: Any) -> bool:
    """Return whether `document` is a configuration of html2rss."""
    if not isinstance(document, dict):
        return False
    return any("channel" in one for one in _candidates(document))


def _candidates(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield document
    feeds = document.get("feeds")
    yield from (one for one in feeds.values() if isinstance(one, dict)) if isinstance(feeds, dict) else ()
