"""What the article is about, in its site's own words: tags, and the section that it stands in.

Owns where sites write tags, and which of them are not tags: category numbers, codes, ids, hosts, addresses.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from feedbuilder.article.article_title import site_names
from feedbuilder.article.evidence import MANY, Claim, Evidence, plain
from feedbuilder.article.visible_tags import Group, tag_group
from feedbuilder.model.wording import tag_key
from feedbuilder.parse.data.paths import texts
from feedbuilder.parse.plain_text import NAME_LIMIT, clean, letters

_MOST = 50
_LONGEST = 60
"""Characters of a tag."""
_COMMA = re.compile(r"\s{0,50}[,;、，]\s{0,50}")
_CODE = re.compile(r"[\w-]+:[A-Z-]+|[A-Z]{4,}\d*|[A-Z]+\d\w*")
"""A code, where most of the list looks like this; a single such word may be an abbreviation."""
_JUNK = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+|\d+|[^\s_]*_\S*|(?:www\.)?[a-z0-9-]+\.(?:com|org|net|info|[a-z]{2})(?:\.[a-z]{2})?|[^\s/\\{}<>]*[/\\{}<>]\S*"
)
"""What is never a tag: ids, names of programs, hosts, addresses."""
_AND = re.compile(r"^\s{0,20}(?:&|and)\s{1,20}")
"""What stands before the last part of "Business, Finance, & Economics"."""
_PATH = re.compile(r"^\s{0,20}[a-z][a-z-]{2,20}/(?=[^/]{1,100}$)")
"""What a program writes before a tag: "topic/bridges & roads"."""
_WORD = re.compile(r"\w+")
_LABELS = frozenset(
    ("premium", "plus", "abo", "free", "paid", "paywall", "subscriber", "subscribers", "members only", "metered",
     "locked", "kostenpflichtig", "payant", "gratuit", "subscription", "exclusive for subscribers")
)  # fmt: skip
"""Who may read an article."""
_OF_NEWS = frozenset(
    ("news", "breaking news", "latest news", "live news", "top news", "top stories", "headlines", "news today",
     "today news", "online news", "news online", "daily news", "aktuelle nachrichten", "nachrichten", "schlagzeilen",
     "noticias", "últimas noticias", "actualités", "dernières nouvelles", "notizie", "ultime notizie", "nieuws")
)  # fmt: skip
"""What all of a news site is about, and none of its articles more than the others."""
_NO_TAGS = frozenset(map(tag_key, _LABELS | _OF_NEWS))
_SLUG_WORDS = 2
"""Small words of the title in a list of tags, from which on they are cut out of its address."""
_KIND = re.compile(r"\s*([A-Z][\w /]{2,24}):\s*(?=\S)")
"""What a tag is of, as programs write it: "Subject: Justice"."""
_KINDS = frozenset(
    ("subject", "subjects", "tag", "tags", "topic", "topics", "keyword", "keywords", "category", "person", "place",
     "people", "location", "organisation", "organization", "company", "theme")
)  # fmt: skip
_TRUST = {"news_keywords": 0.45, "article:tag": 0.4, "json-ld": 0.35, "keywords": 0.3, "links": 0.1}
"""How much a place is trusted where no other place agrees."""
_COPIES = {"news_keywords", "keywords"}
"""Usually the same list written twice, so that their agreement proves nothing."""
_STOCK = ("keywords", "news_keywords")
_MORE = 10
"""How many more tags a list may hold and still replace the list it contains."""


def read_tags(page: Evidence) -> tuple[tuple[str, ...], str] | None:
    """Return the article's tags and where they stand, None where it has none.

    The place that the other places agree with most wins; among equals, the more trusted place. A place that holds
    all of the winner's tags and a few more replaces it.
    """
    places: dict[str, tuple[str, ...]] = {}
    group = tag_group(page)
    marked = group is not None and group.is_marked
    names = site_names(page) | {
        letters(name) for data in page.article_data for name in page.names(data.entry.get("author"))
    }
    title = frozenset(_WORD.findall(" ".join((page.window, *map(page.words, page.headings[:3]))).casefold()))
    for origin, values in _sources(page, group):
        if found := _proper(tags(values), names, title):
            places.setdefault(origin, found)
    if not places:
        return None
    keys = {origin: frozenset(map(tag_key, found)) for origin, found in places.items()}
    best = max(places, key=lambda origin: _TRUST.get(origin, 0.0) + _agreement(origin, keys))
    if (
        best in _STOCK
        and marked
        and "links" in places
        and (not keys[best] & keys["links"] or keys["links"] < keys[best])
    ):
        best = "links"  # what readers see as tags, beside words that the whole site is described with
    for origin, found in places.items():
        if (
            keys[best] < keys[origin]
            and (best, origin) != ("links", "keywords")
            and len(found) <= len(places[best]) + _MORE
        ):
            best = origin
    return places[best], best


def _proper(found: tuple[str, ...], names: Collection[str], title: Collection[str]) -> tuple[str, ...]:
    """Return `found` without names of site and authors and access labels; nothing where it is words of the title."""
    kept = tuple(name for name in found if letters(name) not in names and tag_key(name) not in _NO_TAGS)
    single = [name for name in kept if name.islower() and name in title]
    if len(single) * 2 > len(kept) and len(single) > 1:
        return ()
    return tuple(name for name in kept if not name.islower()) if len(single) > _SLUG_WORDS else kept


def _agreement(origin: str, keys: Mapping[str, frozenset[str]]) -> float:
    """Return how much the other places say the same as `origin`: 1 for each that says just that."""
    others = (own for name, own in keys.items() if name != origin and {name, origin} != _COPIES)
    return sum(2 * len(keys[origin] & own) / (len(keys[origin]) + len(own)) for own in others)


def read_section(page: Evidence) -> Claim | None:
    """Return the section of the site that the article stands in."""
    found = (*page.data_claims("articleSection"), *page.meta("article:section", "section", "dc.subject"))
    for claim in found:
        if name := clean(claim.value, NAME_LIMIT):
            return Claim(name, claim.origin)
    return _last_crumb(page)


def tags(values: Iterable[str]) -> tuple[str, ...]:
    """Return the tags in `values`, each once, in order; lists with commas are taken apart.

    Of "Subject: Justice", "Language: English" and the like only what says what the text is about is kept. A list that
    is mostly codes is none.
    """
    parts = [_AND.sub("", part) for value in islice(values, MANY) for part in _COMMA.split(value) if part.strip()]
    if sum(_PATH.match(part) is not None for part in parts) > len(parts) / 2:
        parts = [_PATH.sub("", part) for part in parts]
    codes = sum(_CODE.fullmatch(part.strip()) is not None for part in parts)
    if codes > len(parts) / 2:
        return ()
    kinds = [_KIND.match(part) for part in parts]
    has_kinds = sum(kind is not None for kind in kinds) > len(parts) / 2
    named: dict[str, str] = {}
    for part, kind in zip(parts, kinds, strict=True):
        if kind[1].casefold() not in _KINDS if kind else has_kinds:
            continue
        name = clean((part[kind.end() :] if kind else part).replace("#", " ").strip(" ;|"), NAME_LIMIT)
        if name and len(name) <= _LONGEST and not _JUNK.fullmatch(name):
            named.setdefault(tag_key(name), name)
    return tuple(islice(named.values(), _MOST))


def _sources(page: Evidence, group: Group | None) -> Iterator[tuple[str, list[str]]]:
    yield "article:tag", [claim.value for claim in page.meta("article:tag", "og:article:tag")]
    yield "links", group.texts if group else []
    for data in page.article_data:
        yield data.origin, [plain(text) for text in islice(texts(data.entry.get("keywords")), MANY)]
    for name in ("news_keywords", "keywords", "parsely-tags", "sailthru.tags"):
        yield name, [claim.value for claim in page.meta(name)]


def _last_crumb(page: Evidence) -> Claim | None:
    for entry in page.breadcrumbs:
        names = [name for one in page.objects(entry.get("itemListElement")) for name in _crumb(one)]
        for name in reversed(names[1:]):
            if len(name) <= _LONGEST:
                return Claim(name, "breadcrumb")
    return None


def _crumb(one: object) -> Iterator[str]:
    if isinstance(one, dict):
        item = one.get("item")
        name = one.get("name") or (item.get("name") if isinstance(item, dict) else None)
        if isinstance(name, str) and (crumb := clean(plain(name), NAME_LIMIT)):
            yield crumb
