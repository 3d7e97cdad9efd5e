"""A file with sources of somebody else -> what of it may be taken in, and what a stranger must not decide.

Owns the table of keys that are taken. Mistakes in such a file are told as `check` tells them; nothing of it is written
here, and no variable of the environment is ever filled in.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from feedbuilder.config import Config, load
from feedbuilder.config.variables import variables_in
from feedbuilder.masking import mask_text
from feedbuilder.model import Choice, ConfigError, Feed, Source
from feedbuilder.model.units import format_duration
from feedbuilder.tend.source_names import suggest_id
from feedbuilder.tend.write_plan import source_reading

TAKEN = frozenset(
    """
    id url kind title home tags timezone language day_first interval min_interval max_interval selectors changes article
    next pages first_fill_pages articles hold only limit allow_empty heal keep_fragment without_links drop_parameters
    date_format cursor include exclude browser
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
"""The keys of a source that say how its page is read, and nothing of this machine and its owner."""
LEFT_OUT: Mapping[str, str] = {
    "headers": "what is sent in your name is yours to decide",
    "keep_pages": "what is kept on your machine is yours to decide",
    "paused": "a source that is taken in is read",
    "proxy": "which way your requests take is yours to decide",
    "login": "your logins are yours",
    "request": "what is posted in your name is yours to decide",
}
"""The others, and why. A test holds that every key is in one of the two."""
NEEDED = frozenset(("login", "request"))
"""Those of them without which another page would be read: the source is not taken at all."""
FASTEST = timedelta(minutes=5)
"""How often a page may be read because a stranger says so."""
_TABLES = ("source", "feed", "defaults")
_COMMANDS = frozenset(("command", "shell", "run", "python", "entry_point", "plugin"))
"""Names under which a file could have something carried out."""
MOST = 1_000


@dataclass(frozen=True, slots=True)
class SharedSource:
    """A source that may be taken in."""

    source: Source
    keys: tuple[str, ...]
    """Those that are to be written."""
    notes: tuple[str, ...] = ()
    """What is other than in the file."""


@dataclass(frozen=True, slots=True)
class SharedFile:
    """What may be taken in of a file."""

    sources: tuple[SharedSource, ...]
    feeds: tuple[Feed, ...]
    left_out: tuple[str, ...]
    """What is not, and why, as sentences."""


def is_shared_file(text: str) -> bool:
    """Return whether `text`, a path or an address, names such a file: by its ending."""
    if text.lower().startswith(("http://", "https://")):
        return urlsplit(text).path.lower().endswith(".toml")
    return text.lower().endswith(".toml")


def read_shared_file(name: str, content: bytes, config: Config | None) -> SharedFile:
    """Return what of the file `name` may be taken into `config` (None: into a new one).

    Raises ConfigError, with all its mistakes, for a file that is none.
    """
    data = _tables(name, content)
    if found := next(variables_in(data), None):
        path, variable = found
        raise ConfigError(
            f"{name}: {'.'.join(map(str, path))} asks for ${{{variable}}}: files of others get nothing of your "
            "environment. If you trust it, write that source into your own configuration."
        )
    place = Path(Path(name).name)
    theirs = load(place, {}, {place.resolve(): content})
    if len(theirs.sources) > MOST:
        raise ConfigError(f"{name} has {len(theirs.sources):,} sources; at most {MOST:,} are taken in at a time")
    left_out = [
        f"[{table}]: only sources and feeds are taken of files of others" for table in data if table not in _TABLES
    ]
    taken: list[SharedSource] = []
    above: set[str] = set()
    names: dict[str, str] = {}
    ids = {source.id for source in config.sources} if config else set()
    for source in theirs.sources:
        reason = _refusal(source, config, above)
        if reason is not None:
            left_out.append(f'source "{source.id}" ({mask_text(source.url)}): {reason}')
            continue
        one = _as_taken(source, ids)
        names[source.id] = one.source.id
        ids.add(one.source.id)
        above.add(one.source.url)
        taken.append(one)
    feeds = tuple(_feeds(theirs.feeds, config, names, left_out))
    return SharedFile(tuple(taken), feeds, tuple(left_out))


def _tables(name: str, content: bytes) -> dict[str, Any]:
    """Return what the file says, {} where it is no TOML, which is told later. Raises ConfigError for what is none."""
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        if content.lstrip()[:1] == b"<":
            raise ConfigError(
                f"{name} is a page and no TOML; a page that shows a file mostly links to it raw"
            ) from None
        return {}
    if "include" in data:
        raise ConfigError(f"{name}: include: files of others name none of yours; take that line out")
    if not isinstance(data.get("source"), list):
        raise ConfigError(f"{name} holds no [[source]]. Files of other tools: feedbuilder import {Path(name).name}")
    return data


def _refusal(source: Source, config: Config | None, before: Collection[str]) -> str | None:
    """Return why `source` is not taken in, None if it may be."""
    if source.url in before:
        return "a source above reads this page already"
    if known := source_reading(config, source.url):
        return f'your source "{known.id}" reads this page already'
    if mask_text(source.url) != source.url:
        return "its address holds a login or another secret; if it is yours, add it with feedbuilder add"
    if needed := sorted(NEEDED & source.model_fields_set):
        return f"{needed[0]}: {LEFT_OUT[needed[0]]}; add it by yourself, if you want it"
    if _names_command(source.model_dump(mode="json", by_alias=True, exclude_defaults=True)):
        return "it has a command carried out, which files of others must not"
    return None


def _names_command(value: Any) -> bool:
    if isinstance(value, Mapping):
        return not _COMMANDS.isdisjoint(value) or any(map(_names_command, value.values()))
    return isinstance(value, list) and any(map(_names_command, value))


def _as_taken(source: Source, ids: Collection[str]) -> SharedSource:
    said = [key for key in type(source).model_fields if key in source.model_fields_set]
    notes = [f"{key} is left out: {LEFT_OUT.get(key, 'that is yours to decide')}" for key in said if key not in TAKEN]
    keys = [key for key in said if key in TAKEN]
    for key in ("interval", "min_interval", "max_interval"):
        if key in keys and (value := getattr(source, key)) is not None and value < FASTEST:
            keys.remove(key)
            notes.append(f'{key} = "{format_duration(value)}" is left out: pages are not asked that often for others')
    changed: dict[str, Any] = {key: getattr(source, key) for key in keys}
    if source.id in ids:
        changed["id"] = suggest_id(source.url, ids)
        notes.append(f'it is called "{changed["id"]}", for you have a source "{source.id}"')
    made = Source.model_validate({**changed, "selectors": source.selectors})
    return SharedSource(made, tuple(key for key in keys if key not in ("id", "url", "selectors")), tuple(notes))


def _feeds(
    feeds: Collection[Feed], config: Config | None, names: Mapping[str, str], left_out: list[str]
) -> Iterator[Feed]:
    """Yield the feeds that are taken in, under the names that their sources have here."""
    if feeds and config and config.sources and not config.feeds:
        left_out.append(
            f"{len(feeds)} [[feed]]: your feeds are made of your tags, which the first [[feed]] would end; each tag of "
            "these sources gets its feed"
        )
        return
    taken = {folder for feed in (config.feeds if config else ()) for folder in (feed.slug, *feed.aliases)}
    for feed in feeds:
        if taken.intersection((feed.slug, *feed.aliases)):
            left_out.append(f'feed "{feed.slug}": you have a feed of this name already')
            continue
        wanted = Choice(
            any=_renamed(feed.sources.any, names),
            all=_renamed(feed.sources.all, names),
            none=_renamed(feed.sources.none, names),
        )
        if feed.sources.any and not wanted.any:
            left_out.append(f'feed "{feed.slug}": none of its sources is taken in')
            continue
        taken.update((feed.slug, *feed.aliases))
        yield feed.model_copy(update={"sources": wanted})


def _renamed(ids: Collection[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names[one] for one in ids if one in names)
