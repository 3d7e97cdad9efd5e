"""Contradictions within `[tags]`, and between feeds and `[tags]`: names that stand for two tags, tags that are dropped.

Looks at the files as they are written, as `relations` does; decides nothing about what tags mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from feedbuilder.config.config_text import ConfigText
from feedbuilder.config.places import Path as Key
from feedbuilder.config.problems import ProblemReport
from feedbuilder.config.relations import leaves, strings
from feedbuilder.model.wording import tag_key


def check_tags(texts: Sequence[ConfigText], report: ProblemReport) -> None:
    """Note names that would stand for two tags, tags both named and dropped, and feeds that ask for a dropped one."""
    main = texts[0]
    rules = main.data.get("tags")
    if not isinstance(rules, dict):
        return
    named = _check_aliases(main, rules.get("aliases"), report)
    dropped = dict(_dropped(main, rules.get("drop")))
    for key, path in dropped.items():
        if key in named:
            report.wrong(
                main, path, f"expected tags without a name; {main.place(named[key])} has this one under aliases"
            )
    for text in texts:
        for _, path, name in strings(text, ("feed",), ("tags",)):
            if tag_key(name) in dropped:
                place = main.place(dropped[tag_key(name)])
                report.wrong(
                    text, path, f"expected a tag that is kept; {place} drops this one: take it out there or here"
                )


def _check_aliases(main: ConfigText, aliases: Any, report: ProblemReport) -> Mapping[str, Key]:
    """Return where each name stands, by key."""
    if not isinstance(aliases, dict):
        return {}
    shown: dict[str, Key] = {}
    for name in aliases:
        path: Key = ("tags", "aliases", name)
        if tag_key(name) in shown:
            first = shown[tag_key(name)][-1]
            report.wrong(main, path, f'expected one line for each tag; "{first}" is this one in another spelling')
        shown.setdefault(tag_key(name), path)
    owners: dict[str, tuple[str, Key]] = {}
    for name, others in aliases.items():
        for _, path, other in leaves(main, ("tags", "aliases", name), others):
            key = tag_key(other)
            if key in shown and key != tag_key(name):
                report.wrong(main, path, f'expected a name that is not shown itself; add the aliases of "{other}" here')
            elif owners.get(key, (name,))[0] != name:
                report.wrong(main, path, f'expected each alias under one name; "{owners[key][0]}" has this one already')
            owners.setdefault(key, (name, path))
    return {key: path for key, (_, path) in owners.items()} | shown


def _dropped(main: ConfigText, drop: Any) -> Iterator[tuple[str, Key]]:
    for _, path, name in leaves(main, ("tags", "drop"), drop):
        yield tag_key(name), path
