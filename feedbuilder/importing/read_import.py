"""A file of another tool -> its sources. Owns how the tool is told, and which importer reads it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from feedbuilder.importing.html2rss import is_html2rss, read_html2rss
from feedbuilder.importing.imported import Import, Imported
from feedbuilder.importing.opml import read_opml
from feedbuilder.importing.rss_bridge import bridge_of, read_bridge
from feedbuilder.importing.watch_lists import read_changedetection, read_urlwatch
from feedbuilder.model import ConfigError

_WRAPPED = ("makefulltextfeed.php", "extract.php")
"""Pages of FiveFilters that have the address of a feed in their query."""
_FIELDS = {"titleSelector": "title", "linkSelector": "link", "dateSelector": "date", "contentSelector": "summary"}
"""Of feed-me-up-scotty, and ours."""
_MOST = 50_000


def read_import(name: str, content: bytes) -> Import:
    """Return what stands in a file called `name`. Raises ConfigError for what no importer knows."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        found = read_opml(content)
        if found is None:
            raise ConfigError(f"{name} is no OPML, and no other XML is taken over")
        return Import("OPML", found)
    text = content.decode("utf-8-sig", "replace")
    if (addresses := _addresses(text)) is not None:
        return Import("a list of addresses", addresses)
    if name.endswith(".toml"):
        return _scotty(name, text)
    if text.lstrip()[:1] in ("{", "["):
        return _changedetection(name, text)
    return _yaml(name, text)


def _addresses(text: str) -> list[Imported] | None:
    """Return a source for each line that is an address; None where other lines are."""
    lines = [line.strip() for line in text.splitlines()[:_MOST]]
    lines = [line for line in lines if line and not line.startswith("#")]
    if not lines or not all(line.startswith(("http://", "https://")) and len(line.split()) == 1 for line in lines):
        return None
    return [made for line in lines for made in _address(line)]


def _address(url: str) -> Iterator[Imported]:
    if bridge_of(url):
        yield from read_bridge(url, url)
        return
    made = Imported(url, {"url": url})
    try:
        parts = urlsplit(url)
    except ValueError:
        made.block.clear()
        made.lost("it is no address")
        yield made
        return
    inner = dict(parse_qsl(parts.query)).get("url", "")
    last = parts.path.rpartition("/")[2]
    if last in _WRAPPED and inner:
        made.block = {"url": inner if "://" in inner else f"http://{inner}", "kind": "feed", "articles": "full"}
        made.changed("FiveFilters: the feed itself is read, and its articles in full")
    elif "morss" in parts.netloc or parts.path.startswith("/:"):
        target = parts.path.lstrip("/").partition("/")[2] if parts.path.startswith("/:") else parts.path.lstrip("/")
        made.block = {"url": target if "://" in target else f"http://{target}", "kind": "feed", "articles": "full"}
        made.changed("morss: the feed itself is read, and its articles in full")
    else:
        made.detect = True
        made.changed("its list is to be found")
    yield made


def _scotty(name: str, text: str) -> Import:
    """Return the feeds of feed-me-up-scotty: a table for each, `default` for all."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name} is no TOML: {error}") from error
    feeds = {key: one for key, one in document.items() if isinstance(one, dict) and key != "default"}
    if not any("entrySelector" in one for one in feeds.values()):
        raise ConfigError(f"{name} is no configuration that is known here: feed-me-up-scotty has entrySelector")
    common = document.get("default") if isinstance(document.get("default"), dict) else {}
    made = [one for key, feed in feeds.items() for one in _feed(key, {**(common or {}), **feed})]
    return Import("feed-me-up-scotty", made)


def _feed(key: str, feed: Mapping[str, Any]) -> Iterator[Imported]:
    pages = feed.get("url")
    for url in pages if isinstance(pages, list) else [pages]:
        made = Imported(key, {"url": str(url or ""), "title": str(feed.get("title") or key)})
        selectors: dict[str, Any] = {"item": str(feed.get("entrySelector") or "")}
        for theirs, ours in _FIELDS.items():
            if feed.get(theirs):
                selectors[ours] = str(feed[theirs])
                made.carried(f"{theirs}, as {ours}")
        if "summary" in selectors:
            selectors["content"] = selectors["summary"]
        made.block["selectors"] = selectors
        made.block["tags"] = [str(feed.get("title") or key)]
        for other in sorted(feed.keys() - {"url", "title", "entrySelector", *_FIELDS}):
            made.lost(f"{other}: there is nothing like it here")
        yield made


def _changedetection(name: str, text: str) -> Import:
    """Return the watches of changedetection.io."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{name} is no JSON: {error}") from error
    entries = read_changedetection(document)
    if not entries:
        raise ConfigError(f"{name} names no addresses that are watched")
    return Import("changedetection.io", entries)


def _yaml(name: str, text: str) -> Import:
    try:
        import yaml  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise ConfigError(
            f"{name} is YAML, which the extra `import` reads: pip install 'feedbuilder[import]'"
        ) from error
    try:
        documents = [one for one in yaml.safe_load_all(text) if one]
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"{name} is no YAML: {' '.join(str(error).split())}") from error
    if documents and is_html2rss(documents[0]):
        return Import("html2rss", read_html2rss(documents[0]))
    if watches := read_urlwatch(documents):
        return Import("urlwatch", watches)
    raise ConfigError(
        f"{name} is no configuration that is known here: html2rss, urlwatch, feed-me-up-scotty, changedetection.io, "
        "OPML, or a list of addresses"
    )
