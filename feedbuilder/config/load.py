"""From a file to a checked `Config`, or to all its mistakes at once.

Owns the order: read, understand each table, put defaults under sources, check what no table can know alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SkipValidation

from feedbuilder import masking
from feedbuilder.config import files, secret_values
from feedbuilder.config.allowed_steps import check_allowed_steps
from feedbuilder.config.config_text import ConfigText, Made
from feedbuilder.config.file_shape import Defaults
from feedbuilder.config.files import Stamp
from feedbuilder.config.logins import check_login_names, read_logins, with_logins
from feedbuilder.config.problems import ProblemReport
from feedbuilder.config.read_tables import check_tables, read_feeds, read_sources, read_table
from feedbuilder.config.relations import anchored, check_names
from feedbuilder.config.tagnames import check_tags
from feedbuilder.loading import without_collecting
from feedbuilder.model import (
    AlertSettings,
    BrowserSettings,
    ConfigError,
    Feed,
    FetchSettings,
    Login,
    ReadingSettings,
    Site,
    Source,
    StoreSettings,
    TagRules,
)
from feedbuilder.model.setting_types import Engine, Settings


class Config(Settings):
    """A valid configuration: what the files say, defaults filled in, paths absolute."""

    engine: Engine
    site: Site
    fetch: FetchSettings
    reading: ReadingSettings
    browser: BrowserSettings
    store: StoreSettings
    alerts: AlertSettings
    tags: TagRules
    logins: dict[str, Login]
    sources: tuple[Source, ...]
    """In file order; `[defaults]` are in them."""
    feeds: tuple[Feed, ...]
    """As configured, in file order; empty where the file leaves the choice of feeds to the tags."""
    defaults: dict[str, Any]
    """The keys that `[defaults]` sets."""
    path: Path
    """The configuration file, as it was named."""
    files: tuple[Path, ...]
    """All files that were read, `path` first."""
    includes: tuple[str, ...]
    """What `include` names, variables filled in."""
    stamp: Stamp
    """What the files looked like just before they were read; see the function `stamp`."""
    report: Annotated[ProblemReport, SkipValidation, Field(repr=False)]
    """What was noted while they were read: no problem."""
    texts: Annotated[tuple[ConfigText, ...], SkipValidation, Field(repr=False)]
    """The files themselves, `path` first."""

    @property
    def cluster(self) -> str | None:
        """Return the url of the database whose queue several processes work on; None where there is one process."""
        return None if self.engine == "local" else self.store.url

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """Return what is allowed and seldom meant, in file order. Looked for when asked for: only `check` does."""
        report = self.report.copied()
        from feedbuilder.config.cautions import warn  # noqa: PLC0415 - only `check` asks for them

        warn(self.texts, self.site, self.fetch, self.sources, self.feeds, self.tags, report)
        return report.warnings


def load(
    path: Path | None,
    environ: Mapping[str, str],
    drafts: Mapping[Path, bytes] | None = None,
    before: Config | None = None,
) -> Config:
    """Return the configuration at `path`, else where `FEEDBUILDER_CONFIG` in `environ` says, else in the usual places.

    The usual places are config/feedbuilder.toml and feedbuilder.toml in the working folder. Relative paths in the file
    are relative to its folder. Raises ConfigError with every mistake of every file, in file order; writes nothing.
    What the files hold of secrets is masked from then on, see `masking`. `drafts` are read in place of the files at
    these resolved paths: what would be, if they were written. Of `before`, what files came to that are still the same
    is taken over.
    """
    with without_collecting():  # ten thousand sources are a million objects
        return _load(files.find(path, environ), environ, drafts or {}, before.texts if before else ())


def reloading(config: Config, environ: Mapping[str, str]) -> Callable[[], Config]:
    """Return what reads `config` anew when it is called: of its files those that changed since. Raises ConfigError."""
    last = config

    def again() -> Config:
        nonlocal last
        last = load(config.path, environ, before=last)
        return last

    return again


def _load(path: Path, environ: Mapping[str, str], drafts: Mapping[Path, bytes], before: Sequence[ConfigText]) -> Config:
    report = ProblemReport()
    texts, stamp_before = files.read(path, environ, report, drafts, before)
    masking.learn(secret_values.from_variables(texts, environ))
    if not texts:
        raise ConfigError(*report.problems)
    main = texts[0]
    check_tables(texts, report)
    site = read_table(main, "site", Site, report)
    fetch = read_table(main, "fetch", FetchSettings, report)
    reading = read_table(main, "reading", ReadingSettings, report)
    browser = read_table(main, "browser", BrowserSettings, report)
    store = read_table(main, "store", StoreSettings, report)
    alerts = read_table(main, "alerts", AlertSettings, report)
    tags = read_table(main, "tags", TagRules, report)
    defaults = read_table(main, "defaults", Defaults, report)
    made = [
        Made(defaults, tuple(read_sources(text, main, defaults, report)), tuple(read_feeds(text, report)))
        for text in texts
    ]
    logins = read_logins(main, report)
    sources = with_logins((source for one in made for source in one.sources), logins)
    check_names(texts, report)
    check_login_names(texts, main, report)
    check_tags(texts, report)
    check_allowed_steps(texts, reading, made, report)
    site, fetch, browser, store = anchored(main, site, fetch, browser, store, report)
    engine = main.data.get("engine", "local")
    if engine != "local" and store.url is None:
        report.wrong(main, ("engine",), "expected the url of a database under [store], which all processes reach")
    if report.problems:
        raise ConfigError(*report.problems)
    masking.learn(secret_values.as_written(site, sources, fetch, store, alerts, logins))
    secret_values.warn_of_short_ones(texts, environ, report)
    return Config.model_construct(  # each part was checked where it was read
        engine=engine,
        site=site,
        fetch=fetch,
        reading=reading,
        browser=browser,
        store=store,
        alerts=alerts,
        tags=tags,
        logins=logins,
        sources=sources,
        feeds=tuple(feed for one in made for feed in one.feeds),
        defaults={key: getattr(defaults, key) for key in defaults.model_fields_set},
        path=main.name,
        files=tuple(text.name for text in texts),
        includes=tuple(pattern for _, pattern in files.includes(main.data)),
        stamp=stamp_before,
        report=report,
        texts=tuple(text.read(one) for text, one in zip(texts, made, strict=True)),
    )


def stamp(config: Config) -> Stamp:
    """Return what the files of `config` look like now: equal to `config.stamp` as long as nobody touched them.

    Files that an `include` has come to match count too, and so do those of an `include` that was written since: when
    one of them has a mistake, mending it must be seen, though the configuration in force does not know the file.
    """
    now = files.stamp_of(config.path, config.includes)
    if now[0] == config.stamp[0]:
        return now
    return files.stamp_of(config.path, [*config.includes, *files.patterns_written(config.path)])


def changed(config: Config) -> bool:
    """Return whether the files of `config` were touched since it was loaded, or an `include` matches other files."""
    return stamp(config) != config.stamp
