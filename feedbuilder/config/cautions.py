"""What a valid configuration says and seldom means: warnings, with what would be meant instead.

Looks at the models, and at the files for where things stand and how they are written there: variables may hold secrets.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedbuilder.config.config_text import ConfigText
from feedbuilder.config.hints import did_you_mean, listing
from feedbuilder.config.problems import ProblemReport
from feedbuilder.config.relations import strings
from feedbuilder.model import Articles, Feed, FetchSettings, Site, Source, SourceKind, TagRules
from feedbuilder.model.settings import is_loopback
from feedbuilder.model.units import format_duration
from feedbuilder.model.wording import tag_key

_OF_LISTS = (
    "article",
    "articles",
    "pages",
    "first_fill_pages",
    "hold",
    "allow_empty",
    "heal",
    "keep_pages",
    "keep_fragment",
    "without_links",
    "drop_parameters",
)
"""Keys that say something of lists and articles."""


def warn(
    texts: Sequence[ConfigText],
    site: Site,
    fetch: FetchSettings,
    sources: Sequence[Source],
    feeds: Sequence[Feed],
    rules: TagRules,
    report: ProblemReport,
) -> None:
    """Note what is allowed and seldom meant in a valid configuration. An installation on loopback only is a trial."""
    main = texts[0]
    places = [(text, ("source", index)) for text in texts for index in range(len(text.data.get("source", ())))]
    if not sources:
        report.warn(main, (), ": there is no [[source]] yet, so there is nothing to read")
    for (text, path), source in zip(places, sources, strict=True):
        if feeds and not any(may_take(feed, source, rules) for feed in feeds):
            report.warn(
                text,
                path,
                ": no feed takes its articles; add a [[feed]] that names it under sources, or one of its tags",
            )
        for key in _OF_LISTS if source.kind is SourceKind.CHANGES else ():
            if text.value((*path, key)) is not None:
                report.warn(
                    text, (*path, key), ': has no effect with kind = "changes": there is no list, and no article'
                )
        if source.timezone is None:
            report.warn(text, path, ": times are taken as UTC; set timezone to the zone the site writes in")
        if source.interval < source.floor and text.value((*path, "interval")) is not None:
            shortest = format_duration(source.floor)
            report.warn(text, (*path, "interval"), f': min_interval ("{shortest}") is longer, and wins; set it too')
        for key in ("pages", "first_fill_pages"):
            if getattr(source, key) > 1 and not source.turns_pages and source.kind is not SourceKind.SITEMAP:
                report.warn(text, (*path, key), ": only one page is read, because next is not set")
    opened = [source.id for source in sources if source.needs_browser]
    if fetch.ca_bundle is not None and opened:
        report.warn(
            main,
            ("fetch", "ca_bundle"),
            f": the browser, which opens {listing(opened)}, knows the authorities of the system alone; add it there",
        )
    _warn_of_tags(texts, sources, rules, report)
    _warn_of_lost_feeds(texts, feeds, rules, report)
    if all(is_loopback(source.url) for source in sources):
        return
    if is_loopback(site.url):
        report.warn(main, ("site", "url"), ": feeds will name themselves by an address that only this machine reaches")
    if site.hub is not None and site.hub_in_use is None:
        report.warn(main, ("site", "hub"), ": url is no public address, so no hub could fetch the feeds; none is named")
    if site.contact is None and not main.value(("fetch", "user_agent")):
        report.warn(main, ("site",), ": set contact, a mail or web address, so that sites can reach you")


def _warn_of_tags(
    texts: Sequence[ConfigText], sources: Sequence[Source], rules: TagRules, report: ProblemReport
) -> None:
    """Warn of tags that a feed asks for and no source carries; says nothing where pages bring tags of their own."""
    if any(_brings_tags(source) for source in sources):
        return
    tags = [named for text in texts for named in strings(text, ("source",), ("tags",))]
    carried = {tag_key(name): str(text.value(path)) for text, path, name in tags}
    for spellings in (frozenset(map(tag_key, (name, *others))) for name, others in rules.aliases.items()):
        if not spellings.isdisjoint(carried):
            carried |= dict.fromkeys(spellings - carried.keys(), "")
    for text in texts:
        for _, path, name in strings(text, ("feed",), ("tags",)):
            if "none" not in path and tag_key(name) not in carried:
                written = str(text.value(path))
                report.warn(
                    text,
                    path,
                    f': no source carries the tag "{written}"{did_you_mean(written, filter(None, carried.values()))}',
                )


def _warn_of_lost_feeds(
    texts: Sequence[ConfigText], feeds: Sequence[Feed], rules: TagRules, report: ProblemReport
) -> None:
    """Warn that the first [[feed]] ends the feeds that each tag has without one."""
    tags = [named for text in texts for named in strings(text, ("source",), ("tags",))]
    without = set(tags_without_feed([tag for _, _, tag in tags], feeds, rules))
    lost = {_key(tag, rules): str(text.value(path)) for text, path, tag in tags if tag in without}
    if lost:
        text = next(text for text in texts if text.data.get("feed"))
        report.warn(
            text,
            ("feed",),
            f": beside a [[feed]], tags get no feeds of their own: {listing(lost.values())}; "
            'a [[feed]] with auto = "tags" makes one for each',
        )


def tags_without_feed(tags: Sequence[str], feeds: Sequence[Feed], rules: TagRules) -> list[str]:
    """Return those of `tags` that get no feed of their own: none without [[feed]] tables, and where one makes feeds."""
    if not feeds or any(feed.auto for feed in feeds):
        return []
    wanted = {_key(tag, rules) for feed in feeds for tag in (*feed.tags.any, *feed.tags.all)}
    return [tag for tag in tags if _key(tag, rules) not in wanted]


def may_take(feed: Feed, source: Source, rules: TagRules) -> bool:
    """Return whether `feed` may take articles of `source`: pages may bring tags that are not known here."""
    if not feed.sources.admits(frozenset({source.id})):
        return False
    if feed.auto or _brings_tags(source):
        return True
    tags = {_key(tag, rules) for tag in source.tags}
    any_of, all_of, none_of = (
        {_key(tag, rules) for tag in part} for part in (feed.tags.any, feed.tags.all, feed.tags.none)
    )
    return (not any_of or not any_of.isdisjoint(tags)) and all_of <= tags and none_of.isdisjoint(tags)


def _key(tag: str, rules: TagRules) -> str:
    """Return what tells a tag from others, under the names that `[tags]` gives it."""
    key = tag_key(tag)
    return next((tag_key(name) for name, others in rules.aliases.items() if key in map(tag_key, others)), key)


def _brings_tags(source: Source) -> bool:
    """Return whether the list of `source`, or its articles' own pages, may name tags."""
    if source.selectors.tags:
        return True
    return source.articles in (Articles.META, Articles.FULL) or (source.articles is Articles.AUTO and not source.tags)
