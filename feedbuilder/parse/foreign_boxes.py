"""Boxes within a card that are no part of its story: dialogs, menus, share bars, forms, and what is not shown.

Owns the table of tags, roles and names by which builders make them. A heading in one is never a story's title, and a
link in one is the last to be its link. Knows an element by its tag, attributes and classes only, whoever parsed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_TAGS = frozenset(("dialog", "template", "noscript", "menu"))
_NOT_FILLED_IN = frozenset(("hidden", "submit", "button", "image", "reset"))
_ROLES = frozenset(("dialog", "alertdialog", "menu", "menubar", "tooltip", "toolbar", "search", "status"))
_NOT_BOXES = frozenset(("a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "html", "body"))
"""Elements whose names say what they open or how they look: "modal-trigger" is the link of a story."""
_WORDS = (
    "modals?|dialogs?|popups?|popovers?|lightbox|off-?canvas|dropdowns?|tooltips?"
    "|shar(?:e|es|ing|er|ebar|ebox)|socials?"
)
_NAMES = re.compile(rf"(?:^|[-_])(?:{_WORDS})(?:$|[-_\d])|^(?:share|social|modal|popup|dropdown|dialog)[A-Z]")
_NOT_SHOWN = re.compile(r"(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)


def is_foreign_box(tag: str, attributes: Mapping[str, object], classes: Iterable[str]) -> bool:
    """Return whether an element with this tag, these attributes and classes is a box that is no part of the story.

    To be asked of what stands within a card, not of the card itself: a page may hide cards until they slide in.
    """
    if tag in _TAGS or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if attributes.get("role") in _ROLES or attributes.get("aria-modal") == "true":
        return True
    if "style" in attributes and _NOT_SHOWN.search(str(attributes["style"] or "")):
        return True
    return tag not in _NOT_BOXES and any(map(_is_foreign_name, classes))


def is_field(tag: str, attributes: Mapping[str, object]) -> bool:
    """Return whether an element is a field that people fill in: a form that holds one is no wrapper of a story."""
    if tag == "input":
        return str(attributes.get("type") or "text").lower() not in _NOT_FILLED_IN
    return tag in ("textarea", "select")


@lru_cache(maxsize=8192)
def _is_foreign_name(name: str) -> bool:
    return _NAMES.search(name) is not None
