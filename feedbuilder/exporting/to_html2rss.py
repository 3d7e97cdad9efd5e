"""Sources -> the YAML of html2rss (https://html2rss.github.io): a feed for each, by its id.

Owns which of our words has which selector, extractor and post processor there. Its selectors are CSS.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from feedbuilder.exporting.exported import Export, Exported
from feedbuilder.exporting.nokogiri_css import of_css
from feedbuilder.exporting.written_xpath import ADDRESSES, TIME
from feedbuilder.model import Articles, ConfigError, FieldRule, Pick, Reading, Source, SourceKind
from feedbuilder.model.field_selectors import XPATH

_FIELDS = {
    "title": "title",
    "link": "url",
    "summary": "description",
    "author": "author",
    "date": "published_at",
    "image": "image",
}
_BY_ITSELF: dict[str, dict[str, Any]] = {
    "title": {"selector": "h1, h2, h3, h4"},
    "link": {"selector": "a", "extractor": "href"},
    "date": {
        "selector": "time",
        "extractor": "attribute",
        "attribute": "datetime",
        "post_process": [{"name": "parse_time"}],
    },
}
_HANDLED = ("title", "tags", "timezone", "language", "interval", "headers", "changes", "article", "articles")
_PYTHON_GROUP = re.compile(r"\\g<(\d{1,2})>")


def to_html2rss(sources: Sequence[Source]) -> Export:
    """Return the YAML of `sources`. Raises ConfigError without the extra that writes it."""
    try:
        import yaml  # noqa: PLC0415 - of an extra
    except ImportError as error:
        raise ConfigError("YAML is written by the extra `import`: pip install 'feedbuilder[import]'") from error
    feeds: dict[str, Any] = {}
    entries = []
    for source in sources:
        told = Exported(source)
        entries.append(told)
        feed = _feed(source, told)
        if told.is_written:
            feeds[source.id] = feed
    text = yaml.safe_dump({"feeds": feeds}, sort_keys=False, allow_unicode=True, width=120)
    return Export("html2rss", text.encode(), entries)


def _feed(source: Source, told: Exported) -> dict[str, Any]:
    if told.is_secret():
        return {}
    if source.kind is SourceKind.JSON or (source.kind.is_page and source.selectors.place is None):
        selectors = _Selectors(source, told).written()
    else:
        told.refused("html2rss reads lists of pages and answers in JSON alone")
    if not told.is_written:
        return {}
    channel: dict[str, Any] = {"url": source.url, "title": source.name}
    if source.language:
        channel["language"] = source.language
    if source.timezone:
        channel["time_zone"] = source.timezone.key
    if "interval" in source.model_fields_set:
        channel["ttl"] = max(source.interval // timedelta(minutes=1), 1)
    if source.kind is SourceKind.JSON:
        channel["json"] = True
    if source.tags:
        told.lost("tags: html2rss has those of entries alone")
    if source.articles in (Articles.META, Articles.FULL):
        told.lost("articles: html2rss does not read articles' own pages")
    headers = told.headers()
    told.rest(_HANDLED, "html2rss")
    feed: dict[str, Any] = {"channel": channel, **({"headers": headers} if headers else {}), "selectors": selectors}
    if source.kind is SourceKind.BROWSER:
        feed["strategy"] = "browserless"
        told.changed("kind: a browser opens it there too, which html2rss has to be given")
    return feed


class _Selectors:
    """The selectors of one source, on their way."""

    def __init__(self, source: Source, told: Exported) -> None:
        self._source, self._told = source, told
        self._is_json = source.kind is SourceKind.JSON
        self._made: dict[str, Any] = {}

    def written(self) -> dict[str, Any]:
        """Return them; what has no place is told."""
        ours, told = self._source.selectors, self._told
        if ours.between:
            told.refused("between: in html2rss an item has to be one element")
        if ours.group:
            told.lost("group: in html2rss an item has to hold its whole date")
        item = self._path(ours.item or "", "object") if self._is_json else _said(ours.item or "")
        if item is None:
            told.refused(f"item: {ours.item} cannot be said in the CSS of html2rss")
            return {}
        self._made["items"] = {"selector": item}
        for field, theirs in _FIELDS.items():
            rule: FieldRule | None = getattr(ours, field)
            if rule is not None:
                written = self._rule(rule, field, theirs)
                if written is not None:
                    self._made[theirs] = written
            elif field in _BY_ITSELF and not self._is_json:
                self._made[theirs] = _BY_ITSELF[field]
                told.changed(f"{field}: chosen by itself here; there it is {_BY_ITSELF[field]['selector']}")
        if ours.tags is not None and (written := self._rule(ours.tags, "tags", "tag")) is not None:
            self._made["tag"] = written
            self._made["categories"] = ["tag"]
        return self._made

    def _rule(self, rule: FieldRule, field: str, name: str) -> dict[str, Any] | None:
        """Return how a field is read; None where that cannot be said."""
        reading, told = rule[0], self._told
        if len(rule) > 1:
            told.lost(f"{field}: only the first of its {len(rule)} alternatives")
        if reading.text is not None:
            return {"extractor": "static", "static": reading.text}
        picks = [self._pick(pick, field) for pick in reading.picks]
        if None in picks:
            told.lost(f"{field}: {', '.join(map(str, reading.picks))} cannot be said in the CSS of html2rss")
            return None
        made = self._joined([pick for pick in picks if pick is not None], reading, name)
        steps = made.setdefault("post_process", [])
        if reading.match is not None:
            told.lost(f"{field}: match, for html2rss replaces and keeps nothing")
        for step in reading.steps:
            if step.replace is not None:
                steps.append({"name": "gsub", "pattern": f"/{step.replace.pattern}/", "replacement": _ruby(step.with_)})
                if "(?i)" not in step.replace.pattern:
                    told.changed(f"{field}: replace heeds no case here, and does so there")
            elif step.parse is None or field != "date":
                told.lost(f"{field}: the step {step.name}")
        if field == "date":
            steps.append({"name": "parse_time"})
        if not steps:
            del made["post_process"]
        return made

    def _joined(self, picks: list[dict[str, Any]], reading: Reading, name: str) -> dict[str, Any]:
        if len(picks) == 1 and reading.template is None:
            return dict(picks[0])
        if len(picks) == 1:
            text = (reading.template or "{}").replace("{}", "%{self}")
            return {**picks[0], "post_process": [{"name": "template", "string": text}]}
        names = [f"{name}_{number}" for number in range(1, len(picks) + 1)]
        self._made.update(zip(names, picks, strict=True))
        text = reading.separator.join(f"%{{{one}}}" for one in names)
        text = (reading.template or "{}").replace("{}", text)
        return {**picks[0], "post_process": [{"name": "template", "string": text}]}

    def _pick(self, pick: Pick, field: str) -> dict[str, Any] | None:
        if self._is_json:
            path = self._path(str(pick), "")
            return {"selector": path} if path else None
        css = _said(pick.css)
        if css is None:
            return None
        if pick.attribute is None and field in ADDRESSES:
            element, usual_one = ADDRESSES[field]
            return _at_attribute(_inner(css, element), usual_one)
        usual = "datetime" if field == "date" and TIME.search(css) else None
        if attribute := pick.attribute or usual:
            return _at_attribute(css, attribute)
        return {"selector": css}

    def _path(self, path: str, last: str) -> str:
        """Return a path as the selector of the XML that html2rss makes of JSON; "" for what has none there."""
        steps = [step for step in path.split(".") if step]
        if any(step.isdecimal() for step in steps):
            return ""  # a place in a list has no name there
        return " > ".join([*steps, *(["array", last] if last else [])])


def _said(css: str) -> str | None:
    """Return a selector as html2rss reads it, None for one that it has no like of; "" is the item itself."""
    if not css:
        return ""
    return None if css.startswith(XPATH) else of_css(css)


def _inner(css: str, element: str) -> str | None:
    """Return what selects the `element` that is, or is within, what `css` selects; None for a list of selectors."""
    if "," in css:
        return None
    is_itself = re.search(rf"(?:^|[\s>+~]){element}(?:[.#\[:][^\s>+~]{{0,200}})?$", css) is not None
    return css if is_itself else f"{css} {element}"


def _at_attribute(css: str | None, attribute: str) -> dict[str, Any] | None:
    if css is None:
        return None
    if attribute == "href":
        return {**_at(css), "extractor": "href"}
    return {**_at(css), "extractor": "attribute", "attribute": attribute}


def _at(css: str) -> dict[str, str]:
    return {"selector": css} if css else {}


def _ruby(template: str) -> str:
    r"""Return what Python puts in place of a match as Ruby writes it: `\g<0>` is `\0`."""
    return _PYTHON_GROUP.sub(r"\\\1", template)
