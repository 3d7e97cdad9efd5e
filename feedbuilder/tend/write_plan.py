"""A plan is begun from what was found, and written into the configuration: what `add` and the studio do alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from feedbuilder.config import Config, load
from feedbuilder.config.edit import Addition, add_sources
from feedbuilder.config.edit import begin as begin_config
from feedbuilder.config.typed_headers import NO_HEADERS, TypedHeaders
from feedbuilder.feeds import slugify
from feedbuilder.model import ConfigError, Feed, Source
from feedbuilder.parse.identity import canonical_url
from feedbuilder.tend.add_plan import Plan
from feedbuilder.tend.page_findings import PageFindings
from feedbuilder.tend.source_names import suggest_id, suggest_title


def refuse_known(config: Config | None, url: str, source_id: str | None) -> None:
    """Raise ConfigError for an id that is taken, and for a page that is read already unless it gets another id."""
    for source in config.sources if config else ():
        if source.id == source_id:
            raise ConfigError(f'--id "{source_id}": the source that reads {source.url} has this id already')
    reading = source_reading(config, url)
    if source_id is None and reading is not None:
        raise ConfigError(f'the source "{reading.id}" reads this page already; to read another list of it, say --id')


def source_reading(config: Config | None, url: str) -> Source | None:
    """Return the source that reads the page at `url`, None if none does. Raises ConfigError for no address."""
    page = _canonical(url)
    return next((source for source in (config.sources if config else ()) if _canonical(source.url) == page), None)


def begin_plan(
    found: PageFindings,
    url: str,
    config: Config | None,
    *,
    title: str | None = None,
    source_id: str | None = None,
    headers: TypedHeaders = NO_HEADERS,
) -> Plan:
    """Return the plan that takes the likeliest list of `found`, which was asked for at `url`, with proposed names."""
    landed = found.shown_at or found.page.url
    taken = [name for known in (config.sources if config else ()) for name in (known.name, *known.tags)]
    name = title or suggest_title(found.about, landed, taken)
    return Plan(
        found,
        url=_address_of(found, url),
        chosen=0,
        id=source_id or suggest_id(landed, [known.id for known in config.sources] if config else []),
        title=name,
        tags=(name,),
        interval=None,
        headers=headers,
    )


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """What became of a plan."""

    config: Config
    """As it is with the source in it."""
    source: Source
    feeds: tuple[Feed, ...]
    """The `[[feed]]` tables that were written for its tags."""
    begun: tuple[Path, ...]
    """The files that were written because there was no configuration."""


def write_plan(
    config: Config | None,
    place: Path,
    plan: Plan,
    environ: Mapping[str, str],
    *,
    hosts: Sequence[str] = (),
    feed_tags: Sequence[str] = (),
) -> WrittenPlan:
    """Write the source of `plan`, `hosts` to admit, and a feed for each of `feed_tags` into the configuration.

    None as `config`: one is begun at `place`. Raises ConfigError, and then no source was written.
    """
    source = plan.source()  # what is wrong with it must be said before anything is written
    plan.try_out(source)
    begun: tuple[Path, ...] = ()
    if config is None:
        begun = tuple(begin_config(place))
        config = load(place, environ)
    feeds = _feeds_of(feed_tags, config)
    addition = Addition(source, list(plan.keys), plan.notes, plan.unfilled)
    config = add_sources(config, [addition], environ, allow_hosts=hosts, feeds=feeds)
    [written] = [known for known in config.sources if known.id == plan.id]
    return WrittenPlan(config, written, tuple(feeds), begun)


def _address_of(found: PageFindings, asked: str) -> str:
    """Return the address that a source of `found` is to have, which was asked for at `asked`."""
    landed = found.page.url
    return landed if found.shown_at or _canonical(asked) == _canonical(landed) else asked


def _canonical(url: str) -> str:
    try:
        return canonical_url(url)
    except ValueError as error:
        raise ConfigError(f'"{url}" is no web address, such as "https://example.org/news"') from error


def _feeds_of(tags: Sequence[str], config: Config) -> list[Feed]:
    """Return a feed for each of `tags`, at an address that no other has."""
    taken = {address for feed in config.feeds for address in (feed.slug, *feed.aliases)}
    feeds = []
    for tag in tags:
        plain = slugify(tag)
        slug = next(name for name in (plain, *(f"{plain[:70]}-{n}" for n in range(2, 1000))) if name not in taken)
        taken.add(slug)
        feeds.append(Feed.model_validate({"slug": slug, "title": tag, "tags": [tag]}))
    return feeds
