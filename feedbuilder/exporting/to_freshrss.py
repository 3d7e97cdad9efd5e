"""Sources -> an OPML file that FreshRSS imports, and scrapes by itself.

https://freshrss.github.io/FreshRSS/en/developers/OPML.html. Owns which of our words has which attribute there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from feedbuilder.exporting.exported import Export, Exported
from feedbuilder.exporting.written_xpath import DATE_BY_ITSELF, LINK_BY_ITSELF, TITLE_BY_ITSELF, of_item, of_rule
from feedbuilder.feeds.xml_texts import clean, legal
from feedbuilder.importing.php_dates import php_format
from feedbuilder.model import Articles, DataPlace, FieldRule, Source, SourceKind

_SPACE = "https://freshrss.org/opml"
_FIELDS = {
    "title": "Title",
    "link": "Uri",
    "summary": "Content",
    "author": "Author",
    "date": "Timestamp",
    "image": "Thumbnail",
    "tags": "Categories",
}
_BY_ITSELF = {"title": TITLE_BY_ITSELF, "link": LINK_BY_ITSELF, "date": DATE_BY_ITSELF}
_SCRIPT = re.compile(r"script(?:#([\w-]{1,100})|\[type=[\"']?([^\"'\]]{1,100})[\"']?\])")
_HANDLED = ("title", "home", "tags", "timezone", "language", "articles", "article", "headers", "changes")
_REFUSED = {
    SourceKind.SITEMAP: "FreshRSS reads no sitemaps",
    SourceKind.CHANGES: "FreshRSS does not watch pages without a list",
}
_OTHER = "FreshRSS has no source of this kind"


def to_freshrss(sources: Sequence[Source], title: str) -> Export:
    """Return the OPML of `sources`, each in the folder that its first tag names."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"frss": _SPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = clean(title) or "Sources"
    body = etree.SubElement(root, "body")
    folders: dict[str, Any] = {}
    entries = []
    for source in sources:
        told = Exported(source)
        entries.append(told)
        attributes = _attributes(source, told)
        if not told.is_written:
            continue
        folder = clean(source.tags[0]) if source.tags else ""
        if folder and folder not in folders:
            folders[folder] = etree.SubElement(body, "outline", {"text": folder, "title": folder})
        shown = {name: legal(value) for name, value in attributes.items()}
        etree.SubElement(folders.get(folder or "", body), "outline", shown)
    content = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return Export("FreshRSS", content, entries)


def _attributes(source: Source, told: Exported) -> dict[str, str]:
    if told.is_secret():
        return {}
    name = clean(source.name) or source.id
    attributes = {
        "text": name,
        "title": name,
        "type": "rss",
        "xmlUrl": source.url,
        "htmlUrl": told.home() or source.url,
    }
    if source.kind is SourceKind.PAGE and source.selectors.place is None:
        _elements(source, told, attributes)
    elif source.kind is SourceKind.JSON or source.selectors.place is DataPlace.SCRIPT:
        _paths(source, told, attributes)
    elif source.kind is not SourceKind.FEED:
        told.refused(
            _REFUSED.get(source.kind, _OTHER)
            if source.selectors.place in (None, DataPlace.DOCUMENT)
            else f"from = {source.selectors.from_}: FreshRSS reads data of scripts alone"
        )
    if not told.is_written:
        return {}
    _common(source, told, attributes)
    return attributes


def _elements(source: Source, told: Exported, attributes: dict[str, str]) -> None:
    """Write the selectors of a page as expressions."""
    selectors = source.selectors
    if selectors.between:
        told.refused("between: in FreshRSS an item has to be one element")
        return
    if selectors.group:
        told.lost("group: in FreshRSS an item has to hold its whole date")
    item = of_item(selectors.item or "")
    if item is None:
        told.refused(f"item: {selectors.item} cannot be said as XPath")
        return
    attributes["type"] = "HTML+XPath"
    attributes[_own("xPathItem")] = item
    for ours, theirs in _FIELDS.items():
        rule: FieldRule | None = getattr(selectors, ours)
        expression = of_rule(rule, ours, told) if rule else _BY_ITSELF.get(ours)
        if rule is None and expression is not None:
            told.changed(f"{ours}: chosen by itself here; there it is {expression}")
        if expression is not None:
            attributes[_own(f"xPathItem{theirs}")] = expression
    if php := _time_format(selectors.date, told):
        attributes[_own("xPathItemTimeFormat")] = php


def _time_format(rule: FieldRule | None, told: Exported) -> str | None:
    written = next((step.parse for step in rule[0].steps if step.parse), None) if rule else None
    php = php_format(written) if written else None
    if written and php is None:
        told.lost(f"date: the format {written} has no like in PHP")
    return php


def _paths(source: Source, told: Exported, attributes: dict[str, str]) -> None:
    """Write the paths of data."""
    selectors = source.selectors
    attributes["type"] = "JSON+DotNotation"
    if source.kind is SourceKind.PAGE:
        found = _SCRIPT.fullmatch(selectors.from_ or "")
        if found is None:
            told.refused(f"from = {selectors.from_}: a script is named there by its id or type")
            return
        attributes["type"] = "HTML+XPath+JSON+DotNotation"
        key, value = ("id", found[1]) if found[1] else ("type", found[2])
        attributes[_own("xPathToJson")] = f'//script[@{key}="{value}"]'
    attributes[_own("jsonItem")] = _dotted(selectors.item or "")
    for ours, theirs in _FIELDS.items():
        rule: FieldRule | None = getattr(selectors, ours)
        if rule is None:
            if ours in _BY_ITSELF:
                told.lost(f"{ours}: found by the usual names here, and there by a path alone")
            continue
        reading = rule[0]
        steps = [step for step in reading.steps if not (ours == "date" and step.parse)]
        if len(rule) > 1 or reading.match or steps:
            told.lost(f"{ours}: only its first path, without match and steps")
        if reading.select is None or reading.template is not None:
            told.lost(f"{ours}: a text, a template and several paths in one are no path")
            continue
        attributes[_own(f"jsonItem{theirs}")] = _dotted(str(reading.select))
    if php := _time_format(selectors.date, told):
        attributes[_own("jsonItemTimeFormat")] = php


def _dotted(path: str) -> str:
    """Return a path with its numbers in brackets: "links.0.href" is "links[0].href"."""
    return re.sub(r"\.(\d{1,6})(?=\.|$)", r"[\1]", path)


def _common(source: Source, told: Exported, attributes: dict[str, str]) -> None:
    if len(source.tags) > 1:
        told.changed(f'tags: a feed stands in one folder there, "{source.tags[0]}"')
    if source.timezone is not None:
        told.changed("timezone: FreshRSS reads times without a zone in its own")
    if source.articles is Articles.FULL and source.article.content:
        attributes[_own("cssFullContent")] = source.article.content
    elif "articles" in source.model_fields_set and source.articles is not Articles.OFF:
        told.lost("articles: FreshRSS reads articles' own pages only where a selector says where the text is")
    if source.article.model_dump(exclude_defaults=True, exclude={"content"}):
        told.lost("article: of the articles' own pages FreshRSS takes the text alone")
    headers = told.headers()
    named = {"Cookie": "CURLOPT_COOKIE", "User-Agent": "CURLOPT_USERAGENT"}
    for name, option in named.items():
        if value := headers.pop(name, None):
            attributes[_own(option)] = value
    if headers:
        attributes[_own("CURLOPT_HTTPHEADER")] = "\n".join(f"{name}: {value}" for name, value in headers.items())
    told.rest(_HANDLED, "FreshRSS")


def _own(name: str) -> str:
    return f"{{{_SPACE}}}{name}"
