"""OPML -> sources: feeds to merge and filter, addresses of RSS-Bridge, and the scraped pages of FreshRSS.

https://opml.org/spec2.opml; the attributes of FreshRSS: https://freshrss.github.io/FreshRSS/en/developers/OPML.html.
Owns what those attributes mean. The names of folders become tags.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from feedbuilder.importing.curl_options import take_options
from feedbuilder.importing.imported import Imported
from feedbuilder.importing.php_dates import strptime_format
from feedbuilder.importing.rss_bridge import bridge_of, read_bridge, read_xpath, removed

_FRESH = "{https://freshrss.org/opml}"
_JSON_FIELDS = {
    "Title": "title",
    "Uri": "link",
    "Content": "summary",
    "Author": "author",
    "Timestamp": "date",
    "Thumbnail": "image",
    "Categories": "tags",
}
_XPATH_NAMES = {
    "Title": "title",
    "Content": "content",
    "Uri": "uri",
    "Author": "author",
    "Timestamp": "timestamp",
    "Thumbnail": "enclosures",
    "Categories": "categories",
}
_PLAIN_PATH = re.compile(r"[\w$*.-]+(?:\[\d{1,6}\][\w$*.-]*)*")
_SCRIPT = re.compile(r"//script\[@(id|type)\s{0,3}=\s{0,3}['\"]([^'\"]{1,200})['\"]\]")
_SHOWN_ONLY = frozenset(
    ("priority", "unicityCriteria", "unicityCriteriaForced", "filtersActionRead", "filtersActionStar", "opmlUrl")
)
"""What concerns how FreshRSS shows entries."""


def read_opml(content: bytes) -> list[Imported] | None:
    """Return the sources of an OPML document, in its order; None for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or not isinstance(root.tag, str) or root.tag.rpartition("}")[2] != "opml":
        return None
    return [made for body in root.iter("body") for made in _outlines(body, ())]


def _outlines(node: Any, folders: tuple[str, ...]) -> Iterator[Imported]:
    for outline in node.iterchildren("outline"):
        name = " ".join((outline.get("title") or outline.get("text") or "").split())
        url = (outline.get("xmlUrl") or "").strip()
        if not url:
            yield from _outlines(outline, (*folders, name) if name else folders)
            continue
        for made in _of(outline, name or url, url):
            made.block.setdefault("tags", list(dict.fromkeys(folders)) or [made.block.get("title") or name or url])
            yield made


def _of(outline: Any, name: str, url: str) -> Iterator[Imported]:
    fresh = {
        key.removeprefix(_FRESH): value for key, value in outline.attrib.items() if key.startswith(_FRESH) and value
    }
    kind = outline.get("type") or "rss"
    if bridge_of(url):
        made_of = list(read_bridge(name, url, name))
    else:
        made = Imported(name, {"url": url, "title": name})
        _read(made, kind, fresh)
        made_of = [made]
    for made in made_of:
        _common(made, fresh)
        yield made


def _read(made: Imported, kind: str, fresh: Mapping[str, str]) -> None:
    if kind == "HTML+XPath":
        given = {ours: fresh.get(f"xPathItem{theirs}", "") for theirs, ours in _XPATH_NAMES.items()}
        read_xpath(made, {"item": fresh.get("xPathItem", ""), **given}, fresh.get("xPathItemTimeFormat"))
    elif kind in ("JSON+DotNotation", "JSON+DotPath"):
        made.block["kind"] = "json"
        _paths(made, fresh)
    elif kind.startswith("HTML+XPath+JSON"):
        place = fresh.get("xPathToJson", "")
        if found := _SCRIPT.search(place):
            css = f"script#{found[2]}" if found[1] == "id" else f'script[type="{found[2]}"]'
            _paths(made, fresh)
            made.block["selectors"]["from"] = css
            made.carried(f"xPathToJson, as from = {css}")
        else:
            made.detect = True
            made.lost(f"xPathToJson: {place} is no script that could be named here; its list is to be found anew")
    elif kind == "XML+XPath":
        made.detect = True
        made.lost("XML+XPath: other XML than feeds and sitemaps is not read")
    else:
        made.block["kind"] = "feed"


def _paths(made: Imported, fresh: Mapping[str, str]) -> None:
    selectors: dict[str, Any] = {}
    if fresh.get("jsonItem"):
        selectors["item"] = _dotted(fresh["jsonItem"])
    for theirs, ours in _JSON_FIELDS.items():
        written = fresh.get(f"jsonItem{theirs}", "").strip()
        if not written:
            continue
        if not _PLAIN_PATH.fullmatch(written):
            made.lost(f"jsonItem{theirs}: {written} is no plain path")
            continue
        selectors[ours] = _dotted(written)
        made.carried(f"jsonItem{theirs}, as {ours}")
        if ours == "summary":
            selectors["content"] = selectors[ours]
        php = fresh.get("jsonItemTimeFormat") if ours == "date" else None
        if php and (parsed := strptime_format(php)) and ("%Y" in parsed or "%y" in parsed):
            selectors["date"] = {"select": selectors["date"], "steps": [{"parse": parsed}]}
    made.block["selectors"] = selectors


def _dotted(path: str) -> str:
    """Return a path with its numbers in brackets as steps: "links[0].href" is "links.0.href"."""
    return re.sub(r"\[(\d{1,6})\]", r".\1", path).strip(".")


def _common(made: Imported, fresh: Mapping[str, str]) -> None:
    if fresh.get("ttl", "").isdecimal():
        made.block["interval"] = f"{max(int(fresh['ttl']) // 60, 1)}m"
    if css := fresh.get("cssFullContent"):
        made.block["articles"] = "full"
        made.block.setdefault("article", {})["content"] = css
        made.carried("cssFullContent, as article.content")
    if "cssContentFilter" in fresh:
        removed(made, fresh["cssContentFilter"], "cssContentFilter")
    take_options(made, fresh)
    for name in sorted(fresh.keys()):
        if name in _SHOWN_ONLY:
            made.lost(f"{name}: that is for readers to decide")
