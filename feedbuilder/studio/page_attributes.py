"""The attributes of an element of a page → those that it has in the frame, by the tables of `kept_markup`. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape

from feedbuilder.studio import kept_markup as kept
from feedbuilder.studio.defuse_css import Address, defused

_IMPORTANT = re.compile(r"!\s{0,9}important", re.IGNORECASE)


def html_attributes(attributes: Mapping[str, str | None], address: Address, *, is_root: bool = False) -> str:
    """Return as markup, each after a space, those `attributes` of an HTML element that stay.

    `address` says which pictures styles may show. What a page says of its root cannot be stronger than the frame.
    """
    parts = []
    for name, value in attributes.items():
        text = value or ""
        if len(text) > kept.LONGEST_VALUE or not _stays(name):
            continue
        if name == "style":
            text = defused(text, address)
            if is_root:
                text = _IMPORTANT.sub("", text)
        parts.append(written(name, text))
    if "popover" in attributes and "hidden" not in attributes:  # what a browser shows only when a script asks for it
        parts.append(written("hidden", ""))
    return "".join(parts)


def drawing_attributes(tag: str, attributes: Mapping[str, str | None], address: Address) -> str:
    """Return the same for an element of a drawing; addresses in it lead to other parts of it, or nowhere."""
    parts = []
    for name, value in attributes.items():
        text = value or ""
        if name in kept.DRAWING_ATTRIBUTES and len(text) <= kept.LONGEST_PATH:
            parts.append(written(name, defused(text, address)))
        elif tag == "use" and name in ("href", "xlink:href") and text.startswith("#") and len(text) <= 200:
            parts.append(written("href", text))
    return "".join(parts)


def written(name: str, value: str) -> str:
    """Return an attribute as markup, after a space."""
    return f' {name}="{escape(value)}"'


@lru_cache(maxsize=2_000)
def _stays(name: str) -> bool:
    if name in kept.ATTRIBUTES:
        return True
    return name not in kept.OURS and kept.DATA.fullmatch(name) is not None
