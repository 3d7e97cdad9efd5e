"""Selectors -> other ones that differ in one rule, and what differs between two, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedbuilder.model import FieldRule, Reading, Selectors

_KEYS = ("item", "between", "group", "title", "link", "date", "summary", "image", "author", "tags")


def with_rules(selectors: Selectors, rules: Mapping[str, object]) -> Selectors:
    """Return `selectors` with other `rules`, as they are written in TOML; None takes a key out.

    Raises ValidationError for what is no rule.
    """
    written: dict[str, Any] = selectors.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for key, rule in rules.items():
        written[key] = [_plain(one) for one in rule] if isinstance(rule, list | tuple) else rule
    return Selectors.model_validate({key: rule for key, rule in written.items() if rule is not None})


def _plain(rule: object) -> object:
    return rule.model_dump(mode="json", exclude_defaults=True) if isinstance(rule, Reading) else rule


def changes(before: Selectors | None, after: Selectors) -> tuple[str, ...]:
    """Return what `after` says otherwise than `before`, as sentences; all that it says where there was nothing."""
    found = []
    for key in _KEYS:
        old = getattr(before, key) if before is not None else Selectors.model_fields[key].default
        new = getattr(after, key)
        if old != new:
            was = f" (before: {_in_words(old)})" if old else ""
            found.append(f"{key}: {_in_words(new)}{was}." if new else f"{key}: no rule is needed{was}.")
    return tuple(found)


def _in_words(value: str | bool | FieldRule | None) -> str:
    if isinstance(value, tuple):
        return " or ".join(map(_reading, value))
    return "yes" if value is True else "no" if value is False else str(value)


def _reading(reading: Reading) -> str:
    css = " + ".join(map(str, reading.picks))
    return f"{css}, of which /{reading.match.pattern}/ is kept" if reading.match else css
