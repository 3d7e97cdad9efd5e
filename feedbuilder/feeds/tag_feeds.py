"""Feeds that tags make: what a table with `auto = "tags"` stands for.

Owns which tags may get an address, what it is, and what becomes of it when the configuration changes: an address that
was given is given for good. Pure: how many items a feed would have is asked of others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, count

from feedbuilder.feeds.slugs import ALL, LONGEST_SLUG, slugify
from feedbuilder.feeds.tagging import Tagging
from feedbuilder.model import Feed, TagFeed, TagUse
from feedbuilder.model.feed import TAG, Choice, TagChoice
from feedbuilder.model.item_filter import Filter

Made = tuple[Feed, tuple[TagFeed, ...]]
"""A feed, and the addresses among its slug and aliases that tags were given."""


def expand(feeds: Sequence[Feed], known: Sequence[TagFeed], tagging: Tagging) -> list[Made]:
    """Return `feeds` with each table `auto` replaced by its feeds, which are sorted by the keys of their tags.

    An address in `known` goes on being written whatever becomes of its tag: as the feed of the tag; where two tags have
    become one, as an alias of the one feed; where the tag has a feed of its own, as an alias of that. It ends with its
    table, with a tag that is dropped, and where a configured feed claims it. The tags of `feeds` are no aliases.
    """
    owners = _owners(feeds, tagging)
    claimed = _claimed(feeds, tagging)
    adopted: dict[str, list[TagFeed]] = {}
    made: list[Made] = []
    for table in feeds:
        for key, addresses_of_tag in _by_tag(table, known, tagging):
            own = [address for address in addresses_of_tag if address.slug not in claimed]
            if owner := owners.get(key):
                adopted.setdefault(owner, []).extend(own)
            elif own:
                name = tagging.names.get(key) or own[0].name
                made.append((feed_of(table, name, [address.slug for address in own]), tuple(own)))
        if not table.auto:
            made.append((table, ()))
    return [_adopting(feed, adopted[feed.slug]) if feed.slug in adopted else (feed, own) for feed, own in made]


def candidates(
    feeds: Sequence[Feed], known: Sequence[TagFeed], uses: Iterable[TagUse], tagging: Tagging
) -> Iterator[tuple[Feed, str]]:
    """Yield each table with the keys of the tags that may get an address from it: the most used ones first.

    Whether the feed would have enough items is for the caller to see: a tag may be used often, but nowhere in the
    sources of the table, and where a list and an article's own page both name it, it counts twice.
    """
    owners = _owners(feeds, tagging)
    claimed = _claimed(feeds, tagging)
    used: Counter[str] = Counter()
    for use in uses:
        used[tagging.key(use.key)] += use.items
    for table in (feed for feed in feeds if feed.auto):
        free = [address for address in known if address.slug not in claimed]
        settled = {"", *owners, *(key for key, _ in _by_tag(table, free, tagging))}
        wanted = [key for key, items in used.items() if items >= table.min_items and key not in settled]
        for key in sorted(wanted, key=lambda key: (-used[key], key)):
            if claimed.get(_slug(table, key), frozenset()).isdisjoint({key, ""}):
                yield table, key


def addresses(feeds: Sequence[Feed], known: Iterable[TagFeed]) -> set[str]:
    """Return the slugs that no tag can get any more."""
    configured = chain.from_iterable((feed.slug, *feed.aliases) for feed in feeds if not feed.auto)
    return {ALL, *configured, *(address.slug for address in known)}


def give(table: Feed, key: str, taken: Container[str], tagging: Tagging) -> TagFeed:
    """Return the address of the tag `key` under `table`; one that is taken is told apart by `-2`."""
    plain = _slug(table, key)
    numbered = (f"{plain[: LONGEST_SLUG - len(str(n)) - 1].rstrip('-')}-{n}" for n in count(2))
    slug = next(free for free in chain((plain,), numbered) if free not in taken)
    return TagFeed(slug, table.slug, key, tagging.names.get(key, key))


def feed_of(table: Feed, name: str, slugs: Sequence[str]) -> Feed:
    """Return the feed of the tag `name` under `table`, at the first of `slugs`; the others are its aliases."""
    rule = table.tags
    # A tag that is asked for alone is found quickly; beside others it is one that every item must have.
    tags = (
        TagChoice(any=rule.any, all=(*rule.all, name), none=rule.none)
        if rule.any
        else TagChoice(any=(name,), all=rule.all, none=rule.none)
    )
    return table.model_copy(
        update={
            "auto": None,
            "slug": slugs[0],
            "aliases": tuple(slugs[1:]),
            "title": (table.title or TAG).replace(TAG, name),
            "description": table.description and table.description.replace(TAG, name),
            "tags": tags,
        }
    )


def _by_tag(table: Feed, known: Sequence[TagFeed], tagging: Tagging) -> list[tuple[str, list[TagFeed]]]:
    """Return the addresses that the tags of `table` were given, by the keys of today; the tag's own one comes first."""
    found: dict[str, list[TagFeed]] = {}
    for address in known:
        if table.auto and address.table == table.slug and (key := tagging.key(address.key)):
            found.setdefault(key, []).append(address)
    return [(key, sorted(found[key], key=lambda address: (address.key != key, address.slug))) for key in sorted(found)]


def _adopting(feed: Feed, addresses: Sequence[TagFeed]) -> Made:
    aliases = (*feed.aliases, *(address.slug for address in addresses))
    return feed.model_copy(update={"aliases": aliases}), tuple(addresses)


def _owners(feeds: Sequence[Feed], tagging: Tagging) -> dict[str, str]:
    """Return the slugs of configured feeds that are all of a tag and nothing else, by the key of the tag."""
    rules = [(feed, tagging.keys((*feed.tags.any, *feed.tags.all))) for feed in reversed(feeds) if not feed.auto]
    return {
        key: feed.slug
        for feed, keys in rules
        if len(keys) == 1
        and not feed.tags.none
        and (feed.sources, feed.include, feed.exclude) == (Choice(), Filter(), Filter())
        for key in keys
    }


def _claimed(feeds: Sequence[Feed], tagging: Tagging) -> dict[str, frozenset[str]]:
    """Return the addresses that the configuration itself gives, and the tags that their feeds ask for; "" for none."""
    return {
        address: tagging.keys((*feed.tags.any, *feed.tags.all)) or frozenset({""})
        for feed in feeds
        if not feed.auto
        for address in (feed.slug, *feed.aliases)
    }


def _slug(table: Feed, name: str) -> str:
    return slugify(f"{table.slug} {name}" if table.slug else name)
