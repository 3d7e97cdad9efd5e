"""Addresses that stand in other attributes than `href`: cards that a script opens when they are clicked.

Knows an element by its tag and attributes only, whoever parsed it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

LINK_ATTRIBUTES = ("data-href", "data-link", "data-url", "data-permalink", "data-target-url")
_PICTURES = frozenset(("img", "source", "picture", "video", "audio", "iframe"))
"""Elements whose data-url is what they show."""
_OPENS = re.compile(
    r"(?:location(?:\.href)?\s{0,3}=\s{0,3}|location\.(?:assign|replace)\(\s{0,3}|window\.open\(\s{0,3})"
    r"(?:'([^'\"]{1,2000})'|\"([^'\"]{1,2000})\")"
)


def hidden_address(tag: str, attributes: Mapping[str, object]) -> str | None:
    """Return the address that a click on an element opens, None if it has none or says it in `href`."""
    if tag in _PICTURES or (tag == "a" and attributes.get("href")):
        return None
    for name in LINK_ATTRIBUTES:
        value = str(attributes.get(name) or "").strip()
        if value and not value.startswith(("#", "{", "[")):
            return value
    clicked = attributes.get("onclick")
    found = _OPENS.search(str(clicked)[:4_000]) if clicked else None
    return (found[1] or found[2]) if found else None
