"""Where on the page a list stands: in navigation, in an aside, in the main part.

What decides that a list is navigation is here; the words by which such places are called are in `place_names`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from itertools import islice
from typing import TypeVar

from feedbuilder.detect.outline import Element
from feedbuilder.detect.place_names import heads_another_list, names_aside, names_list, names_menu
from feedbuilder.parse.boilerplate import text_key

_T = TypeVar("_T")
_MENU_TAGS = frozenset(("nav", "menu"))
_MENU_ROLES = frozenset(("navigation", "menu", "menubar", "search"))
_EDGE_TAGS = frozenset(("header", "footer"))
_EDGE_ROLES = frozenset(("banner", "contentinfo"))
_FIELDS = "input, select, textarea, button"
_LONGEST_TITLE = 40
_TITLE_OVER = "title over"
_WHOLE = 0.85
"""What holds so much of the page's words is no part of it: a name that it bears says nothing."""
_CARD = 0.5
"""An `<article>` with less of the page's words is a card, one with more is what the page is about."""
_BOXES_BY_NAME = "boxes by name"
_IN_EACH_BOX = 4
_HIGHEST = 60
"""Ancestors that are asked; hostile pages are thousands deep."""


def _above(start: Element) -> tuple[Element, ...]:
    """Return `start` and the ancestors that are parts of the page rather than all of it."""
    found: list[Element] = []
    for up in start.up():
        if up.tag in ("body", "html") or len(found) == _HIGHEST or up.share > _WHOLE:
            break
        found.append(up)
    return tuple(found)


def _remembered(ask: Callable[[Element], _T]) -> Callable[[Element], _T]:
    """Return `ask`, which asks each element once: one element begins records of many groups of links."""

    @wraps(ask)
    def answer(start: Element) -> _T:
        if ask.__name__ not in start.notes:
            start.notes[ask.__name__] = ask(start)
        found: _T = start.notes[ask.__name__]
        return found

    return answer


@_remembered
def in_navigation(start: Element) -> bool:
    """Return whether the page marks the place as navigation, header or footer, by element, by role or by a menu.

    They say so however much they hold: a menu of everything is a menu. But for the header or footer of an article, or
    around one, and for all of them around the main part.
    """
    in_article = any(up.tag == "article" for up in islice(start.up(), _HIGHEST))
    for up in islice(start.up(), _HIGHEST):
        if up.tag == "main":
            return False
        if up.tag in _MENU_TAGS or _role(up) in _MENU_ROLES or (up is not start and _is_menu_entry(up)):
            return True
        if not in_article and (up.tag in _EDGE_TAGS or _role(up) in _EDGE_ROLES):
            return True
        if up.tag == "form" and _is_made_of_fields(up):
            return True
    return False


def _role(element: Element) -> str:
    return (element.attributes.get("role") or "").lower()


def _is_menu_entry(element: Element) -> bool:
    """Return whether `element` is an entry of a menu; what hangs in it, cards in a drop-down, is navigation too."""
    if _role(element) == "menuitem":
        return True
    if element.tag != "li" or element.parent is None:
        return False
    return any(map(names_menu, (*element.classes, *element.parent.classes)))


@_remembered
def _is_made_of_fields(form: Element) -> bool:
    """Return whether `form` is there to be filled in; one with more links than fields is a wrapper around a list.

    Some systems put a form around all of the page.
    """
    fields = sum(field.attributes.get("type") != "hidden" for field in form.node.css(_FIELDS))
    return fields > len(form.node.css("a[href]"))


@_remembered
def in_aside(start: Element) -> bool:
    """Return whether the place is an `<aside>` or has that role."""
    return any(up.tag == "aside" or up.attributes.get("role") == "complementary" for up in _above(start))


@_remembered
def in_main(start: Element) -> bool:
    """Return whether the place is the page's `<main>`, or an `<article>`."""
    return in_main_part(start) or any(up.tag == "article" for up in start.up())


@_remembered
def in_main_part(start: Element) -> bool:
    """Return whether the place is the page's `<main>`."""
    return any(up.tag == "main" or up.attributes.get("role") == "main" for up in start.up())


@_remembered
def aside_name(start: Element) -> str | None:
    """Return what says of a place around "not the list": a class or id such as "sidebar", a heading; None without.

    What each of many boxes has inside it is a part of their make, and no aside of the page; nor is what stands within
    the card of a story, such as lines under a large one.
    """
    above = _above(start)
    card = next((place for place, up in enumerate(above) if up.tag == "article" and up.share < _CARD), None)
    for up in above if card is None else above[card:]:
        for name in filter(names_aside, _names(up)):
            if up is start or not _is_in_many_boxes(up, name):
                return name
    return next((title for up in above if (title := _title_over(up))), None)


def _is_in_many_boxes(element: Element, name: str) -> bool:
    """Return whether so many places of this name stand on the page, each in a box of its own."""
    root = list(element.up())[-1]
    if _BOXES_BY_NAME not in root.notes:
        boxes: defaultdict[str, set[int]] = defaultdict(set)
        for one in root.down():
            for class_name in one.classes if one.parent is not None else ():
                boxes[class_name].add(one.parent.order if one.parent else 0)
        root.notes[_BOXES_BY_NAME] = boxes
    return len(root.notes[_BOXES_BY_NAME].get(name, ())) >= _IN_EACH_BOX


def _title_over(element: Element) -> str | None:
    """Return the heading that stands over `element` and its siblings if it says "Most read" or the like."""
    passed: list[Element] = []
    found: str | None = None
    at: Element | None = element
    while at is not None:
        if _TITLE_OVER in at.notes:
            found = at.notes[_TITLE_OVER]
            break
        passed.append(at)
        at = at.before
        if at is not None and _is_heading(at):
            found = at.text if heads_another_list(text_key(at.text)) else None
            break
    for one in passed:
        one.notes[_TITLE_OVER] = found
    return found


def _is_heading(element: Element) -> bool:
    """Return whether `element` is a heading and nothing else; one with a link may be an item's."""
    if not element.headed or len(element.text) > _LONGEST_TITLE:
        return False
    return all(one.tag != "a" for one in element.down())


@_remembered
def list_name(start: Element) -> str | None:
    """Return the name of a place around that says "the list": a class or id such as "latest-news"; None without."""
    return next((name for up in _above(start) for name in _names(up) if names_list(name)), None)


def _names(element: Element) -> tuple[str, ...]:
    name = element.attributes.get("id")
    return (*element.classes, name) if name else element.classes
