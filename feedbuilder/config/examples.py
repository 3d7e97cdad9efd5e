"""One example for every key of the configuration: what the schema offers and the reference shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "ConfigDocument": {"include": ["sources/*.toml"]},
    "Site": {
        "title": "News of the region",
        "description": "What the towns around here publish.",
        "url": "https://feeds.example.org/",
        "language": "en",
        "contact": "news@example.org",
        "output": "../output",
        "metrics": "../var/feedbuilder.prom",
        "health": False,
    },
    "FetchSettings": {
        "connect_timeout": "10s",
        "deadline": "30s",
        "max_bytes": "5MB",
        "max_redirects": 5,
        "host_gap": "1s",
        "workers": 32,
        "articles_per_run": 20,
        "icons": False,
        "robots": True,
        "user_agent": "ExampleNews/1.0 (+https://example.org/bot)",
        "allow_hosts": ["intranet.example"],
        "proxy": "http://${PROXY_LOGIN}@proxy.example:3128",
        "ca_bundle": "authority.pem",
    },
    "ReadingSettings": {"processes": 2, "deadline": "20s", "memory": "500MB"},
    "StoreSettings": {"path": "../var/feedbuilder.db", "keep_age": "365d", "keep_items": 100_000},
    "AlertSettings": {
        "webhook": ["https://hooks.example/${ALERT_HOOK}"],
        "apprise": ["mailto://${MAIL_LOGIN}@mail.example?to=me@example.org"],
        "after_failures": 3,
    },
    "TagRules": {
        "aliases": {"World News": ["Worldnews", "Int'l"]},
        "drop": ["News", "Breaking"],
    },
    "Source": {
        "id": "town-hall",
        "url": "https://town.example/news",
        "title": "Town hall",
        "tags": ["Town", "Politics"],
        "timezone": "Europe/Berlin",
        "language": "de",
        "day_first": True,
        "paused": True,
        "interval": "30m",
        "min_interval": "10m",
        "max_interval": "6h",
        "headers": {"Authorization": "Bearer ${TOWN_TOKEN}"},
        "selectors": {"item": "article.card"},
        "article": {"tags": ".topics a"},
        "next": "a[rel=next]",
        "first_fill_pages": 3,
        "articles": "full",
        "hold": "10m",
        "allow_empty": True,
        "heal": "propose",
        "keep_pages": True,
        "keep_fragment": True,
        "without_links": True,
        "drop_parameters": ["ref", "session*"],
    },
    "Selectors": {
        "item": "article.card",
        "from": "json-ld",
        "between": True,
        "group": "h2.year",
        "title": ["h2 a@title", "h2 a"],
        "link": "h2 a@href",
        "date": {"join": [".day", ".time"]},
        "summary": "p.teaser",
        "image": ["img@data-src", "img@src"],
        "author": {"select": ".byline", "match": "By (.+)"},
        "tags": "a.tag",
    },
    "ArticleSelectors": {
        "title": "h1.headline",
        "date": {"join": [".day", ".time"]},
        "author": {"select": ".byline", "match": "By (.+)"},
        "image": "figure.lead img@src",
        "tags": ".topics a",
        "content": ".article-body",
    },
    "Reading": {
        "select": ".byline",
        "join": [".day", ".time"],
        "separator": " ",
        "match": "By (.+)",
        "template": "/news/{}",
    },
    "Feed": {
        "slug": "town-news",
        "auto": "tags",
        "min_items": 5,
        "title": "Town news",
        "description": "Everything about the town.",
        "language": "de",
        "tags": ["Town"],
        "sources": ["town-hall"],
        "include": {"title": ["budget", "council"]},
        "exclude": {"link": "/sponsored/"},
        "entries": 50,
        "aliases": ["town"],
        "archive": True,
    },
    "Choice": {"any": ["town-hall", "library"], "all": ["town-hall"], "none": ["sports"]},
    "TagChoice": {"any": ["Town", "Region"], "all": ["Politics"], "none": ["Sports"]},
    "Filter": {
        "title": ["budget", "council"],
        "summary": r"\bschool",
        "link": "/news/",
        "author": "press office",
    },
}
"""Model, key, value. `Defaults` takes those of `Source`."""


def example(model: str, key: str) -> Any:
    """Return the example of a key; None where it is a table that has its own."""
    return EXAMPLES["Source" if model == "Defaults" else model].get(key)
