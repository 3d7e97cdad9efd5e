"""Values as a person would write them in TOML: short forms, quotes that need no escaping, long lists in lines."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import tomlkit
from pydantic import ValidationError

from feedbuilder.config.error_wording import as_config_error
from feedbuilder.model import ConfigError, Feed, Selectors, Source
from feedbuilder.model.field_selectors import steps_of

WIDTH = 110
"""How long a line may get before a list is broken."""


def source_block(
    source: Source, notes: Mapping[str, str], keys: Sequence[str], unfilled: Mapping[str, Any] | None = None
) -> str:
    r"""Return `source` as a `[[source]]` table that reads back as it is, ending in a line end; line ends are `\n`.

    Of its keys, `id`, `url`, `selectors` and those that `keys` names are written. `notes` are put behind keys, as
    comments; a note on a key that is not written stands in a line of its own, where the key would. `unfilled` is what
    stands behind keys in place of what the source has, with variables that are to be filled in.
    """
    raw = unfilled or {}
    written = source.model_dump(mode="json", by_alias=True, include={"id", "url", *keys})
    if "article" in written:
        rules = source.article.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        written["article"] = {key: _short(rule) for key, rule in rules.items()}
    if "changes" in written:
        written["changes"] = source.changes.model_dump(mode="json", exclude_defaults=True) or None
    lines = ["[[source]]"]
    for key in type(source).model_fields:
        note = f"    # {notes[key]}" if key in notes else ""
        if key in raw:
            lines.append(f"{key} = {value(raw[key], len(key) + 3).replace('$${', '${')}{note}")
        elif written.get(key) is not None:
            lines.append(f"{key} = {value(written[key], len(key) + 3)}{note}")
        elif note:
            lines.append(note.strip())
    return "\n".join([*lines, "", *([] if source.kind.is_described else [selectors_block(source)])])


def feed_block(feed: Feed) -> str:
    """Return `feed` as a `[[feed]]` table that reads back as it is; what is as usual is left out."""
    pairs = feed.model_dump(mode="json", exclude_defaults=True)
    for key in ("tags", "sources"):
        if pairs.get(key, {}).keys() == {"any"}:
            pairs[key] = pairs[key]["any"]
    return "\n".join(["[[feed]]", *(f"{key} = {value(content, len(key) + 3)}" for key, content in pairs.items()), ""])


def selectors_block(source: Source) -> str:
    """Return the selectors of `source` as the table `[source.selectors]`, in their short forms."""
    written = source.selectors.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if not source.kind.is_page:
        written.pop("from")  # follows from the kind
    lines = (f"{key} = {value(_short(rule), len(key) + 3)}" for key, rule in written.items() if rule is not None)
    return "\n".join(["[source.selectors]", *lines, ""])


def selectors_from(text: str) -> Selectors:
    """Return the selectors that `text` writes, as `selectors_block` does, with or without its head.

    Raises ConfigError, with a sentence for each mistake.
    """
    try:
        read = tomllib.loads(text)
        selectors = Selectors.model_validate(read.get("source", {}).get("selectors", read))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"this is not written as TOML: {error}") from error
    except ValidationError as error:
        raise as_config_error(error) from error
    if any(step.is_outside for step in steps_of(selectors)):
        raise ConfigError("steps with command or plugin run programs: they are written by hand, into the file")
    return selectors


def value(content: Any, indent: int = 0) -> str:
    """Return `content` in TOML; what would become a variable when it is read is escaped. `indent` stands before it."""
    match content:
        case bool():
            return "true" if content else "false"
        case str():
            return _text(content.replace("${", "$${"))
        case list() | tuple():
            parts = [value(part, 4) for part in content]
            whole = f"[{', '.join(parts)}]"
            return whole if indent + len(whole) <= WIDTH else "[\n    " + ",\n    ".join(parts) + ",\n]"
        case dict():
            pairs = (f"{tomlkit.key([key]).as_string()} = {value(part)}" for key, part in content.items())
            return "{ " + ", ".join(pairs) + " }"
        case _:
            return str(content)


def _text(text: str) -> str:
    """Return `text` in double quotes; in single ones where those save escaping: selectors are full of quotes."""
    if any(mark in text for mark in '"\\') and "'" not in text and text.isprintable():
        return f"'{text}'"
    return tomlkit.string(text).as_string()


def _short(rule: Any) -> Any:
    """Return a field's rule in the shortest form that the configuration has for it."""
    if not isinstance(rule, list) or not all(isinstance(form, dict) for form in rule):
        return rule
    forms = [form["select"] if form.keys() == {"select"} else form for form in rule]
    return forms[0] if len(forms) == 1 else forms
