"""What the article is about, in its site's own words: tags, and the section that it stands in.

Owns where sites write tags and what among them is none: numbers of categories, codes, the name of the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from feedbuilder.extract.article.evidence import MANY, Evidence, Said, plain
from feedbuilder.extract.article.tagged import tag_group
from feedbuilder.extract.data.paths import texts
from feedbuilder.extract.text import NAME_LIMIT, clean
from feedbuilder.model.text import tag_key

_MOST = 50
_LONGEST = 60
"""Characters of a tag."""
_COMMA = re.compile(r"\s*[,;、，]\s*")
_CODE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+|\d+|[\w-]+:\S+|[A-Z]+\d\w*|\S*_\S*")
_NAMED = re.compile(r"^[A-Z][\w ]{2,24}:\s*(?=\S)")
"""A name before the tag, as programs write it: "Subject: Justice"."""

def read_tags(page: Evidence) -> tuple[tuple[str, ...], str] | None:
    """Return the article's tags and where they stand, None where it has none."""
    for origin, values in _sources(page):
        found = tags(values)
        if found:
            return found, origin
    return None


def read_section(page: Evidence) -> Said | None:
    """Return the section of the site that the article stands in."""
    found = (*page.said("articleSection"), *page.meta("article:section", "section", "dc.subject"))
    for said in found:
        if name := clean(said.value, NAME_LIMIT):
            return Said(name, said.origin)
    return _last_crumb(page)


def tags(values: Iterable[str]) -> tuple[str, ...]:
    """Return the tags in `values`, each once, in order; lists with commas are taken apart."""
    named: dict[str, str] = {}
    for value in islice(values, MANY):
        for part in _COMMA.split(value):
            name = clean(_NAMED.sub("", part).replace("#", " ").strip(" ;|"), NAME_LIMIT)
            if name and len(name) <= _LONGEST and not _CODE.fullmatch(name):
                named.setdefault(tag_key(name), name)
    return tuple(islice(named.values(), _MOST))


def _sources(page: Evidence) -> Iterator[tuple[str, list[str]]]:
    yield "article:tag", [said.value for said in page.meta("article:tag", "og:article:tag")]
    group = tag_group(page.tree)
    yield "links", group.texts if group else []
    for thing in page.things:
        yield thing.origin, [plain(text) for text in islice(texts(thing.entry.get("keywords")), MANY)]
    for name in ("news_keywords", "keywords", "parsely-tags", "sailthru.tags"):
        yield name, [said.value for said in page.meta(name)]


def _last_crumb(page: Evidence) -> Said | None:
    for entry in page.breadcrumbs:
        names = [name for one in page.objects(entry.get("itemListElement")) for name in _crumb(one)]
        for name in reversed(names[1:]):
            if len(name) <= _LONGEST:
                return Said(name, "breadcrumb")
    return None


def _crumb(one: object) -> Iterator[str]:
    if isinstance(one, dict):
        item = one.get("item")
        said = one.get("name") or (item.get("name") if isinstance(item, dict) else None)
        if isinstance(said, str) and (name := clean(plain(said), NAME_LIMIT)):
            yield name
