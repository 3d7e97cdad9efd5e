"""Which feeds there are, and their slugs: the folder names that are their permanent addresses.

Owns what a slug may be made of. Knows nothing of items or files.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from anyascii import anyascii

from feedbuilder.feeds.tagging import Tagging
from feedbuilder.model import ConfigError, Feed, Source
from feedbuilder.model.feed import TagChoice
from feedbuilder.model.wording import tag_key, tag_name

ALL = "all"
"""The feed of everything; no tag takes its slug away."""
LONGEST_SLUG = 80
_HASH_LENGTH = 6
_DEVICES = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)\d)")
"""Windows takes these for devices, whatever the folder."""


def slugify(name: str) -> str:
    """Return `name` as a safe folder name: small ASCII letters, digits and hyphens, 1 to 80 characters.

    Other scripts are transliterated ("Новости" gives "novosti"). A name without any letter or digit becomes "feed-"
    and a short hash of it. Equal names give equal slugs; different ones may too: see `feeds_for`.
    """
    plain = re.sub(r"['’`]", "", anyascii(name)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-")
    if not slug:
        return f"feed-{_hash(tag_key(name))[:_HASH_LENGTH]}"
    return f"{slug}-feed" if _DEVICES.fullmatch(slug) else slug


def feeds_for(feeds: Sequence[Feed], sources: Sequence[Source], tagging: Tagging | None = None) -> tuple[Feed, ...]:
    """Return the feeds to make: those configured or, with none, one per tag of the sources and `all`, which is last.

    Feeds of tags stand in the order in which the configuration first names the tags; the title is the tag's most
    common spelling. Where two tags would have one slug, the first keeps it and the later one gets a short hash of its
    key, so that it stays the same whatever else is added after it. Raises ConfigError if two configured feeds claim
    one address, as slug or as alias.

    The tags that feeds ask for are no aliases any more under `tagging`. Tables with `auto` stay as they are: which
    feeds they make, `tagfeeds` says.
    """
    tagging = tagging or Tagging()
    if feeds:
        _refuse_collisions([feed for feed in feeds if not feed.auto])
        return tuple(_renamed(feed, tagging) for feed in feeds)
    made, taken = [], {ALL}
    for key, title in _tags_of(sources, tagging).items():
        slug = _free_slug(title, key, taken)
        taken.add(slug)
        # Our own words need no validator, and to make that of feeds takes longer than to write some.
        made.append(Feed.model_construct(slug=slug, title=title, tags=TagChoice.model_construct(any=(title,))))
    return (*made, Feed.model_construct(slug=ALL, title="All news"))


def _free_slug(title: str, key: str, taken: set[str]) -> str:
    """Return the slug of `title`; where it is taken, with as much of the hash of `key` as makes it free."""
    slug, length = slugify(title), _HASH_LENGTH
    free = slug
    while free in taken:
        free = f"{slug[: LONGEST_SLUG - length - 1].rstrip('-')}-{_hash(key)[:length]}"
        length += 1
    return free


def _renamed(feed: Feed, tagging: Tagging) -> Feed:
    tags = {rule: tagging.renamed(getattr(feed.tags, rule)) for rule in ("any", "all", "none")}
    if all(getattr(feed.tags, rule) == names for rule, names in tags.items()):  # of most feeds: they ask for none
        return feed
    return feed.model_copy(update={"tags": TagChoice(**tags)})


def _tags_of(sources: Iterable[Source], tagging: Tagging) -> dict[str, str]:
    """Return the tags of the sources by key, in configuration order, each in its most common spelling."""
    spellings: dict[str, Counter[str]] = {}
    for source in sources:
        for tag in source.tags:
            if key := tagging.key(tag):
                spellings.setdefault(key, Counter())[tag_name(tag)] += 1
    common = {key: counts.most_common(1)[0][0] for key, counts in spellings.items()}
    return common | {key: tagging.names[key] for key in tagging.aliases.values() if key in common}


def _refuse_collisions(feeds: Sequence[Feed]) -> None:
    claims = [(feed.slug, f'the slug of "{feed.name}"') for feed in feeds]
    claims += [(alias, f'an alias of "{feed.slug}"') for feed in feeds for alias in feed.aliases]
    owners: dict[str, str] = {}
    problems = []
    for address, claim in claims:
        if address in owners:
            problems.append(f'"{address}" is {owners[address]} and also {claim}: give one of them another name')
        owners.setdefault(address, claim)
    if problems:
        raise ConfigError(*problems)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
