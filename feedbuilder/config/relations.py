"""Checks across tables: names that must differ, names that must exist, folders, and what is allowed but seldom meant.

Touches the disk only to follow symbolic links and to see whether a certificate file and a browser are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from feedbuilder.config.config_text import ConfigText
from feedbuilder.config.hints import did_you_mean, listing
from feedbuilder.config.places import Path as Key
from feedbuilder.config.problems import ProblemReport
from feedbuilder.model import BrowserSettings, FetchSettings, Site, StoreSettings

Named = tuple[ConfigText, Key, str]


def check_names(texts: Sequence[ConfigText], report: ProblemReport) -> None:
    """Note ids and slugs that are taken twice, and sources that feeds name and nobody has.

    Looks at the files rather than at the models, so that a source with a mistake is not called unknown too. Says
    nothing about unknown sources while a file that may hold them cannot be read.
    """
    ids = [named for text in texts for named in strings(text, ("source",), ("id",))]
    slugs = [named for text in texts for named in strings(text, ("feed",), ("slug", "aliases"))]
    _check_distinct(ids, "an id", report)
    _check_distinct(slugs, "a slug", report)
    _check_automatic(texts, report)
    known = {name: (text, path) for text, path, name in ids}
    for text in texts if report.complete else ():
        for _, path, name in strings(text, ("feed",), ("sources",)):
            if name not in known and not report.knows(text, path):
                written = str(text.value(path))
                ids_written = [str(owner.value(there)) for owner, there in known.values()]
                others = f"; the sources are {listing(ids_written)}" if known else "; there are no sources yet"
                remedy = did_you_mean(written, ids_written) or others
                report.note(text, path, f': unknown source "{written}"{remedy}')


def _check_distinct(names: Sequence[Named], what: str, report: ProblemReport) -> None:
    first: dict[str, tuple[ConfigText, Key]] = {}
    for text, path, name in names:
        if name in first:
            other, there = first[name]
            report.wrong(text, path, f"expected {what} of its own; {other.place(there)} has this one already")
        else:
            first[name] = text, path


def _check_automatic(texts: Sequence[ConfigText], report: ProblemReport) -> None:
    """Note tables `auto` without a slug beside another: the addresses that they give could not be told apart."""
    nameless = [(text, ("feed", index)) for text in texts for index in text.seen("nameless", _nameless)]
    for text, path in nameless[1:]:
        first, there = nameless[0]
        report.note(text, path, f": expected a slug, for {first.place(there)} makes feeds of tags without one already")


def _nameless(text: ConfigText) -> tuple[int, ...]:
    tables = enumerate(_tables(text, "feed"))
    return tuple(index for index, table in tables if "auto" in table and "slug" not in table)


def _tables(text: ConfigText, name: str) -> list[dict[str, Any]]:
    tables = text.data.get(name)
    return [table if isinstance(table, dict) else {} for table in tables] if isinstance(tables, list) else []


def strings(text: ConfigText, lists: tuple[str], keys: tuple[str, ...]) -> Iterator[Named]:
    """Yield the texts at and below `keys` of each table of a list of tables, with their paths."""
    found = text.seen(("strings", lists, keys), lambda read: tuple(_strings(read, lists, keys)))
    return ((text, path, name) for path, name in found)


def _strings(text: ConfigText, lists: tuple[str], keys: tuple[str, ...]) -> Iterator[tuple[Key, str]]:
    for index, table in enumerate(_tables(text, lists[0])):
        for key in keys:
            if key in table:
                yield from ((path, name) for _, path, name in leaves(text, (*lists, index, key), table[key]))


def leaves(text: ConfigText, path: Key, node: Any) -> Iterator[Named]:
    """Yield the texts at and below `path`, where `node` stands, with their paths."""
    if isinstance(node, str):
        yield text, path, node
    elif isinstance(node, dict | list):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(text, (*path, key), child)


def anchored(
    main: ConfigText,
    site: Site,
    fetch: FetchSettings,
    browser: BrowserSettings,
    store: StoreSettings,
    report: ProblemReport,
) -> tuple[Site, FetchSettings, BrowserSettings, StoreSettings]:
    """Return the settings with absolute paths, relative ones being relative to the main file's folder.

    Notes an output folder that holds the configuration (it would be published), a store inside the output (likewise),
    two places for one store or for all feeds, and a certificate file or a browser that is not there.
    """
    output = resolved(main, ("site", "output"), site.output, report)
    database = resolved(main, ("store", "path"), store.path, report)
    folder = main.name.parent.resolve()
    if output is not None and folder.is_relative_to(output):
        report.wrong(
            main,
            ("site", "output"),
            "expected a folder for the feeds alone; this one holds the configuration, which would be published",
        )
    elif output is not None and database is not None and database.is_relative_to(output):
        report.wrong(
            main,
            ("store", "path"),
            'expected a place outside the output folder, where it would be published; such as "../var/feedbuilder.db"',
        )
    if store.url is not None and "path" in store.model_fields_set:
        report.wrong(main, ("store", "url"), "expected either the path of a file or the url of a database, not both")
    if site.bucket is not None and "output" in site.model_fields_set:
        report.wrong(main, ("site", "bucket"), "expected either the folder output or a bucket, not both")
    metrics = site.metrics and resolved(main, ("site", "metrics"), site.metrics, report)
    bundle = fetch.ca_bundle
    if bundle is not None:
        bundle = resolved(main, ("fetch", "ca_bundle"), bundle, report)
        if bundle is not None and not bundle.is_file():
            report.wrong(main, ("fetch", "ca_bundle"), "expected a file with certificates; there is none of this name")
    program = browser.executable and resolved(main, ("browser", "executable"), browser.executable, report)
    if program is not None and not program.is_file():
        report.wrong(main, ("browser", "executable"), "expected a program; there is none of this name")
    return (
        site.model_copy(update={"output": output, "metrics": metrics}),
        fetch.model_copy(update={"ca_bundle": bundle}),
        browser.model_copy(update={"executable": program}),
        store.model_copy(update={"path": database}),
    )


def resolved(main: ConfigText, key: Key, path: Path, report: ProblemReport) -> Path | None:
    """Return `path`, which stands at `key`, absolute, relative ones being relative to the main file's folder."""
    if path.parts[:1] and path.parts[0].startswith("~"):
        report.wrong(main, key, 'expected a path without "~"; write "${HOME}" for your home folder')
        return None
    try:
        return (main.name.parent / path).resolve()
    except (OSError, RuntimeError, ValueError):  # a loop of symbolic links, a NUL
        report.wrong(main, key, "expected a path that can be followed")
        return None
