"""The configuration reference for people, in Markdown: made from the models, so that it cannot lie about them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from feedbuilder.config.examples import example
from feedbuilder.config.file_shape import MODELS, default_of, keys_of
from feedbuilder.config.reference_texts import AFTER, BEFORE, INTRODUCTION

HEADINGS = {
    "ConfigDocument": "The top of the file",
    "Site": "`[site]`",
    "BucketSettings": "`[site.bucket]`",
    "FetchSettings": "`[fetch]`",
    "ReadingSettings": "`[reading]`",
    "BrowserSettings": "`[browser]`",
    "StoreSettings": "`[store]`",
    "AlertSettings": "`[alerts]`",
    "TagRules": "`[tags]`",
    "Login": "`[logins.NAME]`",
    "Defaults": "`[defaults]`",
    "Source": "`[[source]]`",
    "Selectors": "`[source.selectors]`",
    "ChangesSettings": "`[source.changes]`",
    "Request": "`[source.request]`",
    "ArticleSelectors": "`[source.article]`",
    "BrowserView": "`[source.browser]`",
    "Reading": "How a field is read",
    "Step": "Steps of a text",
    "Feed": "`[[feed]]`",
    "TagChoice": "`tags` of a feed",
    "Choice": "`sources` of a feed",
    "Filter": "`include` and `exclude` of a source or feed",
    "EntryRules": "`change` of a feed",
    "EntryRule": "How a text of an entry is made",
}
"""The section of each model, in this order."""

_TABLES = {"site", "fetch", "reading", "browser", "store", "alerts", "tags", "logins", "defaults", "source", "feed"}


def reference() -> str:
    """Return the whole reference; docs/configuration.md is this text."""
    parts = [INTRODUCTION]
    for name, heading in HEADINGS.items():
        parts += [
            f"## {heading}\n",
            *(f"{text}\n" for text in (BEFORE.get(name),) if text),
            "\n".join(_table(name)),
            "",
        ]
        parts += [f"{text}\n" for text in (AFTER.get(name),) if text]
    return "\n".join(parts).rstrip() + "\n"


def _table(name: str) -> Iterator[str]:
    yield "| key | meaning | default | example |"
    yield "|---|---|---|---|"
    model = MODELS[name]
    for key, field in keys_of(model).items():
        if name == "ConfigDocument" and key in _TABLES:
            continue  # they have sections of their own
        default = "**required**" if field.is_required() else _code(default_of(model, key))
        yield f"| `{key}` | {_cell(field.description or '')} | {default} | {_code(example(name, key))} |"


def _code(value: Any) -> str:
    return "" if value is None or value in ([], {}) else "`" + toml(value).replace("|", "\\|") + "`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def toml(value: Any) -> str:
    """Return a value as TOML writes it on one line."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"'{value}'" if "\\" in value else json.dumps(value, ensure_ascii=False)
        case dict():
            return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
        case list():
            return f"[{', '.join(toml(one) for one in value)}]"
        case _:
            return str(value)
