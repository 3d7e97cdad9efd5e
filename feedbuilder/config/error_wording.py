"""What pydantic refuses, in words for the person who wrote the file: what is expected, and where a key belongs.

Owns the sentence for each of pydantic's error types. Knows the models by their keys; no files and lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from feedbuilder.config.file_shape import keys_of, model_within
from feedbuilder.config.hints import did_you_mean, listing, nearest_zone
from feedbuilder.config.variables import has_variable
from feedbuilder.model import ConfigError, Selectors, Source
from feedbuilder.model.setting_types import Settings

_NAME_RULE = "expected {what}: small letters, digits{more}, with a letter or digit first{last}"

_CHOICE = "expected a name, a list of names, or a table with any, all or none"

EXPECTED: Mapping[str, str] = {
    "string_type": "expected text in quotes",
    "string_too_short": "expected some text",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_parsing_size": "expected a smaller number",
    "int_from_float": "expected a whole number",
    "finite_number": "expected a whole number",
    "greater_than_equal": "expected {ge} or more",
    "less_than_equal": "expected {le} or less",
    "tuple_type": 'expected a list, such as ["one", "two"]',
    "dict_type": "expected a table",
    "model_type": "expected a table",
    "path_type": "expected a path in quotes",
    "byte_size": 'expected a size, such as "5MB" or "512KiB"',
    "literal_error auto": 'expected "tags"',
    "model_type tags": _CHOICE,
    "model_type sources": _CHOICE,
    "byte_size_unit": 'expected a size, such as "5MB" or "512KiB"',
}
"""What to say for each of pydantic's error types, for some keys in particular; `value_error` has its own words."""

_OF_KEYS: Mapping[str, str] = {"extra_forbidden": "there is no such key", "missing": "is missing"}

EXPECTED_NAME: Mapping[str, str] = {
    "id": _NAME_RULE.format(what="an id", more=', "-" and "_"', last=", 63 at the most"),
    "slug": _NAME_RULE.format(what="a slug", more=' and "-"', last=" and last, 80 at the most"),
    "aliases": _NAME_RULE.format(what="a slug", more=' and "-"', last=" and last, 80 at the most"),
}
"""What to say where a text does not match the pattern of its key."""


def expectation(error: ErrorDetails, raw: Any) -> str:
    """Return what is expected where `raw` stands in the file."""
    key = next((step for step in reversed(error["loc"]) if isinstance(step, str)), "")
    if error["type"] == "value_error":
        reason = str(error["ctx"]["error"])
        return reason + (nearest_zone(raw) if key == "timezone" and isinstance(raw, str) else "")
    if error["type"] == "string_pattern_mismatch":
        return EXPECTED_NAME.get(key, "expected an address with what stands before ://, and something behind it")
    if error["type"] in {"enum", "literal_error"} and f"{error['type']} {key}" not in EXPECTED:
        allowed = re.findall(r"'([^']*)'", error["ctx"]["expected"])
        choice = did_you_mean(raw, allowed) if isinstance(raw, str) and not has_variable(raw) else ""
        return f"expected one of {listing(allowed)}{choice}"
    words = EXPECTED.get(f"{error['type']} {key}") or EXPECTED.get(error["type"])
    return words.format(**error.get("ctx", {})) if words else error["msg"]


def told(error: ValidationError) -> list[tuple[tuple[str | int, ...], str]]:
    """Return where each mistake stands, and what is expected there: for what was made, not read from a file."""
    return [
        (fault["loc"], _OF_KEYS.get(fault["type"]) or expectation(fault, fault["input"])) for fault in error.errors()
    ]


def as_config_error(error: ValidationError) -> ConfigError:
    """Return the mistakes as sentences, each with the key that it is about."""
    return ConfigError(*(f"{'.'.join(map(str, place))}: {words}" if place else words for place, words in told(error)))


def lacks_key(error: ErrorDetails) -> bool:
    """Return whether a model misses a key that only its other keys make necessary."""
    return error["type"] == "value_error" and str(error["ctx"]["error"]).startswith("missing key")


def _fields(model: type[Settings], loc: Sequence[str | int]) -> tuple[type[Settings], Sequence[str]]:
    """Return the model around the last step of `loc`, and its keys."""
    for step in loc[:-1]:
        if isinstance(step, str) and step in model.model_fields:
            model = model_within(model.model_fields[step].annotation) or model
    return model, tuple(keys_of(model))


def unknown_key(model: type[Settings], loc: Sequence[str | int], key: str) -> str:
    """Return that the table at `loc` in `model` has no `key`, and which key may be meant."""
    owner, keys = _fields(model, loc)
    if owner is Source and key in keys_of(Selectors):
        return f': the key "{key}" belongs into [source.selectors]'
    remedy = did_you_mean(key, keys) or f"; allowed: {listing(keys)}"
    return f': unknown key "{key}"{remedy}'


def missing_key(model: type[Settings], loc: Sequence[str | int], key: str) -> str:
    """Return that the table at `loc` in `model` needs `key`, and what for."""
    owner, _ = _fields(model, loc)
    return f': missing key "{key}": {owner.model_fields[key].description}'
