"""An object of unknown make -> the lists of articles in it, as paths that a source can name.

Owns what makes a list of objects one of articles: each has a title, an address of its own, and a date or a summary, as
entries of menus and lists of tags have not. Knows no page but for the addresses that it links to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from feedbuilder.parse.data.entries import Entry, field_path, texts_at
from feedbuilder.parse.data.paths import members, walk
from feedbuilder.parse.dates.date_text import read_date

_FEWEST = 3
"""Objects that make a list."""
_SAMPLE = 30
_MANY_LISTS = 100
_MOST_LISTS = 4
"""Lists of one object whose entries are looked at, and those that are handed out."""
_MOST = 0.7
"""The share of objects in which a field must be for it to be the list's."""
_HALF = 0.5
_SHORTEST_TITLE = 12
"""Characters, in the middle of a list; menus are terser. Unspaced scripts say as much in half."""
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CHANGING = re.compile(r"\d|[$:./\\ ]|^.{40,}$")
"""In names that the next build, or the next day, will have changed."""


@dataclass(frozen=True, slots=True)
class DataList:
    """A list of what look like articles."""

    item: str
    """The path to it."""
    rules: Mapping[str, Any]
    """A rule for each field that was found, as the configuration writes them."""
    count: int
    likely: float
    """For ranking the lists of one page."""


def find_lists(value: Any, hrefs: Sequence[str]) -> list[DataList]:
    """Return the lists of articles in `value`, the likeliest first. `hrefs` are the links of the page, as written."""
    anchors = _Anchors(hrefs)
    found = []
    for path, entries in _candidates(value):
        rules = _rules(entries, anchors)
        if rules is not None:
            linked = anchors.shown(entries, rules)
            likely = len(entries) * (1 + ("date" in rules) + 0.5 * ("summary" in rules) + 0.5 * linked)
            found.append((likely, path, entries, rules))
    found.sort(key=lambda one: -one[0])
    best = found[:_MOST_LISTS]
    items = [_lasting(value, path, entries) for _, path, entries, _ in best]
    return [
        DataList(item, rules, len(entries), likely)
        for (likely, _, entries, rules), item in zip(best, items, strict=True)
        if item
    ]


def _candidates(value: Any) -> list[tuple[tuple[str, ...], list[Entry]]]:
    """Return the lists of objects in `value` with their paths, the longest first; of many of one kind, the longest."""
    longest: dict[tuple[str, ...], tuple[tuple[str, ...], Any]] = {}
    for path, node in walk(value):
        if len(node) >= _FEWEST:
            kind = tuple("*" if part.isdecimal() else part for part in path)
            if kind not in longest or len(longest[kind][1]) < len(node):
                longest[kind] = path, node
    ranked = sorted(longest.values(), key=lambda one: -len(one[1]))
    lists = ((path if isinstance(node, list) else (*path, "*"), _entries(node)) for path, node in ranked)
    return list(islice((one for one in lists if len(one[1]) >= _FEWEST), _MANY_LISTS))


def _entries(node: Any) -> list[Entry]:
    """Return the objects of a list, or those that an object keeps by their ids."""
    if isinstance(node, list):
        inner = node
    elif isinstance(node, dict) and len(node) >= _FEWEST and all(isinstance(one, dict) for one in node.values()):
        inner = list(node.values())
        if len({frozenset(one) for one in inner[:_SAMPLE]}) > _FEWEST:
            return []  # an object of different things
    else:
        return []
    entries: list[Entry] = [one for one in inner if isinstance(one, dict)]
    return entries if len(entries) >= _MOST * len(inner) else []


def _rules(entries: Sequence[Entry], anchors: _Anchors) -> dict[str, Any] | None:
    """Return how the fields of `entries` are to be read, None if these are no articles."""
    sample = entries[:_SAMPLE]
    title = next((path for path in _paths(sample, "title") if _are_titles(_firsts(sample, path, "title"))), None)
    link = _link(sample, anchors)
    if title is None or link is None:
        return None
    rules: dict[str, Any] = {"title": title, "link": link}
    date = next((path for path in _paths(sample, "date") if _are_dates(_firsts(sample, path, "date"))), None)
    if date:
        rules["date"] = date
    for field in ("summary", "image", "author"):
        if path := next(_paths(sample, field, _HALF), None):
            rules[field] = path
    return rules if "date" in rules or "summary" in rules else None


def _paths(sample: Sequence[Entry], field: str, share: float = _MOST) -> Iterator[str]:
    """Yield the paths under which at least `share` of `sample` have a text for `field`, the likeliest first."""
    for path in dict.fromkeys(path for entry in sample[:3] for path in field_path(entry, field)):
        if len(_firsts(sample, path, field)) >= share * len(sample):
            yield path


def _firsts(sample: Sequence[Entry], path: str, field: str) -> list[str]:
    return [text for entry in sample if (text := next(texts_at(entry, path, field), None))]


def _are_titles(found: Sequence[str]) -> bool:
    lengths = [len(text) + len(_UNSPACED.findall(text)) for text in found]
    return median(lengths) >= _SHORTEST_TITLE and len(set(found)) >= _MOST * len(found)


def _are_dates(found: Sequence[str]) -> bool:
    return sum(read_date(text) is not None for text in found) >= _MOST * len(found)


def _link(sample: Sequence[Entry], anchors: _Anchors) -> Any:
    """Return the rule for the address: a field that holds one, or one that the page's own links are made from."""
    whole = None
    for path in _paths(sample, "link"):
        found = _firsts(sample, path, "link")
        if len(set(found)) < _MOST * len(found):
            continue
        if all(text.startswith(("/", "http://", "https://")) for text in found):
            if anchors.share(found) >= _HALF:
                return path
            whole = whole or path
    for path in (*_paths(sample, "slug"), *_paths(sample, "link")):
        if template := anchors.template(_firsts(sample, path, "slug")):
            return path if template == "{}" else {"select": path, "template": template}
    return whole


class _Anchors:
    """The addresses that a page links to, by their parts."""

    def __init__(self, hrefs: Sequence[str]) -> None:
        self._paths = {_path(href) for href in hrefs}
        self._around: dict[str, list[tuple[str, str]]] = {}
        for href in dict.fromkeys(hrefs):
            path = href.partition("#")[0].partition("?")[0]
            segments = path.split("/")
            for index, segment in enumerate(segments):
                before = "/".join([*segments[:index], ""])
                after = "/".join(["", *segments[index + 1 :]]) if index + 1 < len(segments) else ""
                bare, dot, ending = segment.rpartition(".")
                if segment:
                    self._around.setdefault(segment, []).append((before, after))
                if dot and bare:
                    self._around.setdefault(bare, []).append((before, f".{ending}{after}"))

    def share(self, addresses: Sequence[str]) -> float:
        """Return the share of `addresses` that the page links to."""
        return sum(_path(address) in self._paths for address in addresses) / max(len(addresses), 1)

    def shown(self, entries: Sequence[Entry], rules: Mapping[str, Any]) -> bool:
        """Return whether the page links to what the entries name."""
        link = rules["link"]
        return isinstance(link, dict) or self.share(_firsts(entries[:_SAMPLE], link, "link")) >= _HALF

    def template(self, names: Sequence[str]) -> str | None:
        """Return what the page's links to `names` have in common, "{}" standing for the name; None if it has none."""
        if len(set(names)) < _MOST * len(names):
            return None
        counts: Counter[tuple[str, str]] = Counter()
        for name in names:
            first, _, rest = name.strip("/").partition("/")
            for before, after in dict.fromkeys(self._around.get(first, ())):
                if after.startswith(rest) or not rest:
                    counts[before, after.removeprefix(f"/{rest}") if rest else after] += 1
        for (before, after), count in counts.most_common(1):
            if count >= _HALF * len(names) and (before or after):
                return f"{before}{{}}{after}"
        return None


def _path(address: str) -> str:
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return address


def _lasting(value: Any, path: tuple[str, ...], entries: Sequence[Entry]) -> str | None:
    """Return a path that leads to exactly `entries` and does not lean on what changes; None if there is none."""
    star = path[-1:] == ("*",)
    names = path[:-1] if star else path
    if names and not any(map(_CHANGING.search, names)):
        return ".".join(path)
    wanted = {id(entry) for entry in entries}
    for length in (1, 2, 3):
        ending = names[-length:]
        if len(ending) < length or _CHANGING.search(ending[0]):
            continue
        written = ".".join(
            ("**", *(part if not part.isdecimal() else "*" for part in ending), *(("*",) if star else ()))
        )
        if {id(entry) for entry in members(value, written)} == wanted:
            return written
    if not any("." in name or name in ("*", "**") for name in names):
        return ".".join(path) or "*"
    return None
