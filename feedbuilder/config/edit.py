"""Writing into a configuration that a person wrote: one more source, one more host that is admitted.

Owns that all else stays as it was, to the byte, and that nothing is written which would not load. Text is put between
lines, for a TOML library that appends a table puts it behind the comments that belong to the next one.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from feedbuilder.config.files import DEFAULT_FILES
from feedbuilder.config.load import Config, load
from feedbuilder.config.places import find_lines
from feedbuilder.config.template import EXAMPLE_ID, MORE_SOURCES, starting_config, without_example
from feedbuilder.config.toml import feed_block, source_block, value
from feedbuilder.model import ConfigError, Feed, Source

APART = ("site", "fetch", "reading", "browser", "store", "alerts", "tags", "feeds", "defaults")
"""All that a configuration says beside its sources."""
_MARK = b"\xef\xbb\xbf"
"""What editors on Windows put in front of a file."""


def begin(path: Path) -> list[Path]:
    """Write a starting configuration without sources to `path`; return the files that were written.

    The schema for editors is written beside it and, at the usual place, what git should ignore; a file that is there
    stays. Raises ConfigError where nothing can be written.
    """
    files = starting_config(example=False)
    config, schema, ignored = files.values()
    wanted = {path: config, path.with_name("feedbuilder.schema.json"): schema}
    if path == DEFAULT_FILES[0]:
        wanted[path.parent.parent / ".gitignore"] = ignored
    written = []
    for name, text in wanted.items():
        if not name.exists():
            replace_file(name, text.encode(), None)
            written.append(name)
    return written


@dataclass(frozen=True, slots=True)
class Addition:
    """A source that is to be written."""

    source: Source
    keys: Sequence[str] = ()
    """Those that are written besides id, address and selectors."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Comments behind keys."""
    unfilled: Mapping[str, Any] = field(default_factory=dict)
    """What stands behind keys in place of what the source has, with variables that are to be filled in."""

    @property
    def block(self) -> str:
        """Return it as it is written."""
        return source_block(self.source, self.notes, self.keys, self.unfilled)


def add_sources(
    config: Config,
    added: Sequence[Addition],
    environ: Mapping[str, str],
    *,
    allow_hosts: Sequence[str] = (),
    feeds: Sequence[Feed] = (),
) -> Config:
    """Write sources, hosts to admit and `feeds` into the files of `config`; return the configuration as it is then.

    Sources go behind the last one of the main file, or each into a file of its own where that is how the others are
    kept; `feeds`, each all of a tag, go behind the last feed of the main file.

    Everything is loaded before anything is written; a file is replaced whole, and a link to it stays a link. Raises
    ConfigError where the result would not be valid or would change what was there, and then nothing was written.
    """
    main = config.path.resolve()
    before = read_bytes(config.path)
    admitted = _with_hosts(before, [host for host in allow_hosts if host not in config.fetch.allow_hosts], config.path)
    cleared = without_example(admitted)
    shared = with_feeds(_with_sources(cleared, [one.block for one in added]), feeds)
    try:
        draft = load(config.path, environ, {main: encoded(shared, before)})
    except ConfigError as error:
        refusal = f"{config.path}: nothing was written, for with {_named(added)} in it there would be mistakes:"
        raise ConfigError(refusal, *error.problems) from error
    _compare(config, draft, added, feeds, EXAMPLE_ID if cleared != admitted else None)
    own = _files_of_their_own(config, added)
    inside = [one for one in added if one.source.id not in own]
    text = with_feeds(_with_sources(cleared if inside else admitted, [one.block for one in inside]), feeds)
    if text != decoded(before):
        replace_file(main, encoded(text, before), before)
    for one in added:
        if one.source.id in own:
            replace_file(own[one.source.id], one.block.encode(), None)
    return load(config.path, environ)


def _named(added: Sequence[Addition]) -> str:
    """Return what is added, for people."""
    return f'the source "{added[0].source.id}"' if len(added) == 1 else f"these {len(added)} sources"


def _files_of_their_own(config: Config, added: Sequence[Addition]) -> dict[str, Path]:
    """Return the files of sources by id where each is to have one, which a wildcard includes; none where not."""
    if "source" in tomllib.loads(decoded(read_bytes(config.path))):
        return {}
    found: dict[str, Path] = {}
    for pattern in config.includes:
        folder, star, ending = pattern.partition("*")
        if not star or set("*?[") & set(ending + folder):
            continue
        for one in added:
            name = config.path.parent / f"{folder}{one.source.id}{ending}"
            if one.source.id not in found and name.parent.is_dir() and not name.exists():
                found[one.source.id] = name
    return found


def _with_hosts(content: bytes, hosts: Sequence[str], path: Path) -> str:
    """Return the text with `hosts` added to `allow_hosts` under `[fetch]`."""
    text = decoded(content)
    if not hosts:
        return text
    if "fetch" not in tomllib.loads(text):
        lines = text.split("\n")
        at = _end_of(lines, "site", find_lines(text))
        return _inserted(lines, at, f"[fetch]\nallow_hosts = {value(hosts)}\n")
    try:
        document = tomlkit.parse(text)
        fetch = document["fetch"]
        assert isinstance(fetch, dict)
        known = fetch.setdefault("allow_hosts", [])
        assert isinstance(known, list)
        known.extend(hosts)
    except (TOMLKitError, AssertionError) as error:
        named = ", ".join(hosts)
        raise ConfigError(f"{path}: add {named} to allow_hosts under [fetch] yourself, then try again") from error
    return tomlkit.dumps(document)


def _with_sources(text: str, blocks: Sequence[str]) -> str:
    """Return the text with `blocks` behind its last source.

    Where it has none: above the words of the starting configuration on more sources, before its first feed, or last.
    """
    if not blocks:
        return text
    lines, places = text.split("\n"), find_lines(text)
    begun = any(path[:1] in {("source",), ("feed",)} for path in places)
    at = lines.index(MORE_SOURCES) if not begun and MORE_SOURCES in lines else _end_of(lines, "source", places)
    return _inserted(lines, at, "\n".join(blocks))


def with_feeds(text: str, feeds: Sequence[Feed]) -> str:
    """Return the text with `feeds` behind its last feed; at its end where it has none."""
    for feed in feeds:
        lines, places = text.split("\n"), find_lines(text)
        at = _end_of(lines, "feed", places) if ("feed",) in places else len(lines)
        text = _inserted(lines, at, feed_block(feed))
    return text


def _end_of(lines: Sequence[str], table: str, places: Mapping[tuple[str | int, ...], int]) -> int:
    """Return the index of the line behind the last `table` and the comments that stand right below it."""
    begins = [line for path, line in places.items() if path[:1] == (table,)]
    heads = sorted(line for path, line in places.items() if path and path[0] != table)
    if begins:
        last = max(begins)
        following = [line for line in heads if line > last]
    else:
        following = [line for path, line in places.items() if path in {("source",), ("feed",)}]
    if not begins and not following:
        return len(lines)
    end = min(following, default=len(lines) + 1) - 1
    above = next((index for index in range(end - 1, -1, -1) if _has_content(lines[index])), None)
    if above is None:
        return end
    return next((index for index in range(above + 1, end) if not lines[index].strip()), above + 1)


def _has_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _inserted(lines: Sequence[str], at: int, block: str) -> str:
    """Return the lines with `block` at index `at`, an empty line above and below it."""
    end = "\r\n" if any(line.endswith("\r") for line in lines) else "\n"
    above, below = "\n".join(lines[:at]).rstrip("\r\n"), "\n".join(lines[at:])
    parts = [above + end + end if above else "", block.replace("\n", end)]
    if below.strip():
        parts += ["" if below.startswith(("\r", "\n")) else end, below]
    return "".join(parts)


def refuse_other_changes(
    config: Config,
    path: Path,
    content: bytes,
    sources: Sequence[Source],
    environ: Mapping[str, str],
    *,
    by_hand: str,
    there: str,
) -> None:
    """Raise ConfigError unless `content` at `path` leaves all of `config` as it is but for its sources: these.

    `by_hand` says what to do instead, `there` what would bring mistakes about.
    """
    try:
        after = load(config.path, environ, {path.resolve(): content})
    except ConfigError as error:
        raise ConfigError(f"{by_hand}; {there} there would be mistakes:", *error.problems) from error
    if after.sources != tuple(sources) or any(getattr(after, part) != getattr(config, part) for part in APART):
        raise ConfigError(f"{by_hand}; it is written in a way that holds other things together with it")


def _compare(before: Config, after: Config, added: Sequence[Addition], feeds: Sequence[Feed], gone: str | None) -> None:
    """Raise ConfigError unless `after` is `before` with `added` and `feeds` besides and the source `gone` left out."""
    new = {one.source.id: one for one in added}
    kept = [other for other in before.sources if other.id != gone]
    there = [other for other in after.sources if other.id in new]
    well = (
        [other for other in after.sources if other.id not in new] == kept
        and all(getattr(after, part) == getattr(before, part) for part in ("site", "store", "tags", "defaults"))
        and [feed for feed in after.feeds if feed not in feeds] == list(before.feeds)
        and all(feed in after.feeds for feed in feeds)
        and len(there) == len(new) == len(added)
        and all(_is_written(new[other.id], other) for other in there)
    )
    if not well:
        raise ConfigError(f"{before.path}: add {_named(added)} by hand; the file is written in a way that hides it")


def _is_written(wanted: Addition, there: Source) -> bool:
    return all(getattr(there, key) == getattr(wanted.source, key) for key in ("url", "selectors", *wanted.keys))


def read_bytes(path: Path) -> bytes:
    """Return the content of a configuration file. Raises ConfigError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from error


def decoded(content: bytes) -> str:
    """Return the text of a configuration file."""
    return content.removeprefix(_MARK).decode()


def encoded(text: str, before: bytes) -> bytes:
    """Return `text` as it is written to a file that held `before`."""
    return (_MARK if before.startswith(_MARK) else b"") + text.encode()


def replace_file(path: Path, content: bytes, before: bytes | None) -> None:
    """Put `content` at `path`, which holds `before` (None: which is not there), whole or not at all."""
    draft = path.with_name(f".feedbuilder-{token_hex(4)}")  # hidden: no include takes it up
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            now = path.read_bytes() if path.exists() else None
            if now != before:
                raise ConfigError(f"{path}: somebody else changed the file at this moment; try again")
            if before is not None:
                if not os.access(path, os.W_OK):  # renaming would get round what its owner wishes
                    raise ConfigError(f"{path}: cannot be written: it is read-only")
                shutil.copymode(path, draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error
