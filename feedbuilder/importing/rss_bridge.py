"""Addresses of RSS-Bridge -> sources: the bridges by which people read pages without a bridge of their own.

https://rss-bridge.github.io. Other bridges are made for one site; of those the address of the feed is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from feedbuilder.importing.imported import Imported
from feedbuilder.importing.php_dates import strptime_format
from feedbuilder.model.field_selectors import XPATH
from feedbuilder.parse.compiled_css import css_mistake
from feedbuilder.parse.css import alternatives

Parameters = Mapping[str, str]

_XPATH_FIELDS = {
    "title": "title",
    "content": "summary",
    "uri": "link",
    "author": "author",
    "timestamp": "date",
    "enclosures": "image",
    "categories": "tags",
}
_SHAPE = frozenset(("action", "bridge", "format", "context", "token", "_cache_timeout", "_noproxy"))
"""Parameters that say nothing of what is read."""


def bridge_of(url: str) -> str | None:
    """Return the name of the bridge that an address of RSS-Bridge asks, None for any other address."""
    try:
        parameters = dict(parse_qsl(urlsplit(url).query))
    except ValueError:
        return None
    if parameters.get("action") != "display" or "bridge" not in parameters:
        return None
    return parameters["bridge"].removesuffix("Bridge")


def read_bridge(place: str, url: str, title: str | None = None) -> Iterator[Imported]:
    """Yield the sources that an address of RSS-Bridge stands for: one, and of a bridge that merges, several."""
    parameters = {name: value for name, value in parse_qsl(urlsplit(url).query) if value.strip()}
    read = _BRIDGES.get(bridge_of(url) or "")
    if read is None:
        made = Imported(place, {"url": url, "kind": "feed"})
        made.changed(f"the bridge {bridge_of(url)} goes on making the feed: its address is read as a feed")
        yield _titled(made, title)
        return
    for made in read(place, parameters):
        yield _titled(made, title)


def _titled(made: Imported, title: str | None) -> Imported:
    if title:
        made.block.setdefault("title", title)
    return made


def _limited(made: Imported, parameters: Parameters) -> None:
    if parameters.get("limit", "").isdecimal() and int(parameters["limit"]) > 0:
        made.block["limit"] = int(parameters["limit"])


def _rest(made: Imported, parameters: Parameters, known: frozenset[str]) -> None:
    for name in parameters.keys() - known - _SHAPE:
        made.lost(f"{name}: there is nothing like it here")


def _css(place: str, given: Parameters) -> Iterator[Imported]:
    """CssSelectorBridge: a selector of links, whose pages give all else."""
    made = Imported(place, {"url": given.get("home_page", "")})
    made.block["selectors"] = {"item": given.get("url_selector", "a")}
    made.carried("url_selector, as the item")
    _of_articles(made, given, given.get("content_selector"))
    if "title_cleanup" in given:
        made.changed("title_cleanup: the site's name is taken off titles by itself")
    _rest(
        made,
        given,
        frozenset(
            (
                "home_page",
                "url_selector",
                "url_pattern",
                "content_selector",
                "content_cleanup",
                "title_cleanup",
                "limit",
            )
        ),
    )
    yield made


def _complex(place: str, given: Parameters) -> Iterator[Imported]:
    """CssSelectorComplexBridge: a card, and selectors in it or on the articles' own pages."""
    made = Imported(place, {"url": given.get("home_page", "")})
    selectors: dict[str, Any] = {"item": given.get("entry_element_selector", "article")}
    link = given.get("url_selector", "a")
    if link != "a":
        selectors["link"] = link
    fields = {"title_selector": "title", "author_selector": "author", "category_selector": "tags"}
    found: dict[str, Any] = {ours: given[theirs] for theirs, ours in fields.items() if theirs in given}
    if "time_selector" in given:
        found["date"] = _timed(made, given["time_selector"], given.get("time_format"), "time_format")
    for name in found:
        made.carried(name)
    if given.get("use_article_pages"):
        made.block["article"] = found
        _of_articles(made, given, given.get("article_page_content_selector"))
    else:
        selectors |= found
        _only(made, given)
    made.block["selectors"] = selectors
    if "cookie" in given:
        made.block["headers"] = {"Cookie": given["cookie"]}
        made.changed("cookie: a secret should stand in a variable of the environment: ${NAME}")
    for name in ("remove_styling", "title_cleanup"):
        if name in given:
            made.changed(f"{name}: done by itself")
    _rest(
        made,
        given,
        frozenset(
            (
                "home_page",
                "entry_element_selector",
                "url_selector",
                *fields,
                "time_selector",
                "time_format",
                "cookie",
                "use_article_pages",
                "article_page_content_selector",
                "content_cleanup",
                "url_pattern",
                "limit",
                "remove_styling",
                "title_cleanup",
            )
        ),
    )
    yield made


def _only(made: Imported, given: Parameters) -> None:
    if "url_pattern" in given:
        made.block["only"] = given["url_pattern"]
        made.carried("url_pattern, as only")
    _limited(made, given)


def _of_articles(made: Imported, given: Parameters, content: str | None) -> None:
    _only(made, given)
    made.block["articles"] = "full"
    if content:
        made.block.setdefault("article", {})["content"] = content
        made.carried("the selector of the text")
    if "content_cleanup" in given:
        removed(made, given["content_cleanup"], "content_cleanup")


def removed(made: Imported, selectors: str, name: str) -> None:
    """Have what `selectors` (CSS, as one list) finds taken out of articles' own pages; the tool calls it `name`."""
    found = [one for one in alternatives(selectors) if css_mistake(one) is None]
    if not found:
        made.lost(f"{name}: {selectors} is no CSS")
        return
    made.block.setdefault("article", {})["remove"] = found
    made.carried(f"{name}, as article.remove")


def _timed(made: Imported, select: str, php: str | None, name: str) -> Any:
    """Return the rule of a date that is written in a format of PHP."""
    if not php:
        return select
    written = strptime_format(php)
    if written is None or not any(sign in written for sign in ("%Y", "%y")):
        made.changed(f"{name}: dates in the format {php} are read by themselves")
        return select
    return {"select": select, "steps": [{"parse": written}]}


def read_xpath(made: Imported, given: Mapping[str, str], time_format: str | None = None) -> None:
    """Put expressions into the selectors of `made`: `item` and those of XPathBridge, which FreshRSS names alike."""
    selectors: dict[str, Any] = {"item": XPATH + given.get("item", "").strip()}
    for theirs, ours in _XPATH_FIELDS.items():
        written = given.get(theirs, "").strip()
        if not written:
            continue
        rule: Any = {"text": written[1:-1]} if _is_text(written) else XPATH + written
        if ours == "date" and isinstance(rule, str):
            rule = _timed(made, rule, time_format, "the format of the date")
        selectors[ours] = rule
        made.carried(f"{theirs}, as {ours}")
    if (content := selectors.get("summary")) and isinstance(content, str):
        selectors["content"] = content
        made.carried("content, with its markup, as content")
    made.block["selectors"] = selectors


def _is_text(expression: str) -> bool:
    quote = expression[:1]
    return len(expression) > 2 and quote in "\"'" and expression.endswith(quote) and quote not in expression[1:-1]


def _xpath(place: str, given: Parameters) -> Iterator[Imported]:
    """XPathBridge."""
    made = Imported(place, {"url": given.get("url", "")})
    read_xpath(made, given)
    _limited(made, given)
    for name in ("fix_encoding", "raw_content"):
        if name in given:
            made.changed(f"{name}: not needed")
    _rest(made, given, frozenset(("url", "item", *_XPATH_FIELDS, "limit", "fix_encoding", "raw_content")))
    yield made


def _filter(place: str, given: Parameters) -> Iterator[Imported]:
    """FilterBridge: a feed, of which some entries are left out."""
    made = Imported(place, {"url": given.get("url", ""), "kind": "feed"})
    if "filter" in given:
        _filtered(made, given)
    if "name" in given:
        made.block["title"] = given["name"]
    _rest(
        made,
        given,
        frozenset(
            (
                "url",
                "name",
                "filter",
                "filter_type",
                "case_insensitive",
                "fix_encoding",
                "target_author",
                "target_content",
                "target_title",
                "target_uri",
                "length_limit",
            )
        ),
    )
    yield made


_TARGETS = {"target_title": "title", "target_content": "text", "target_author": "author", "target_uri": "link"}
"""What FilterBridge looks at, and our parts; what it calls content is title, summary and text here."""


def _filtered(made: Imported, given: Parameters) -> None:
    """Take over a filter: what is permitted must match in any of the targets, what is blocked in any too."""
    way = "include" if given.get("filter_type") == "permit" else "exclude"
    parts = [ours for theirs, ours in _TARGETS.items() if theirs in given] or ["title"]
    if "text" in parts:
        parts = [part for part in parts if part != "title"]
    if way == "include" and len(parts) > 1:
        made.changed(f"filter: {', '.join(parts)} must all match here, not one of them: see whether that is meant")
    made.block[way] = dict.fromkeys(parts, given["filter"])
    made.carried(f"filter, as {way} of {', '.join(parts)}")


def _merge(place: str, given: Parameters) -> Iterator[Imported]:
    """FeedMergeBridge: several feeds, which one tag makes one."""
    name = given.get("feed_name", place)
    for number in range(1, 11):
        if url := given.get(f"feed_{number}"):
            made = Imported(f"{place}, feed {number}", {"url": url, "kind": "feed", "tags": [name]})
            made.changed(f'merged by the tag "{name}", which is a feed')
            _limited(made, given)
            yield made


_BRIDGES: Mapping[str, Callable[[str, Parameters], Iterator[Imported]]] = {
    "CssSelector": _css,
    "CssSelectorComplex": _complex,
    "XPath": _xpath,
    "Filter": _filter,
    "FeedMerge": _merge,
}
