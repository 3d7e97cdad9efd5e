"""Elements that a plain selector means, found without soupsieve, which takes twenty times as long for it.

The same ones: soupsieve's rules for HTML are few where a selector is plain. Tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bs4.element import Tag

from feedbuilder.parse.plain_css import Step, plain_steps

Matcher = Callable[[Iterable[Tag]], Iterator[Tag]]
"""All elements of a tree, in document order -> those that are meant."""


def plain_matcher(css: str) -> Matcher | None:
    """Return what finds the elements that `css` means in a tree of HTML; None where that is for soupsieve.

    A step that says nothing but a position is not plain enough: soupsieve counts the document itself as an element.
    """
    steps = plain_steps(css)
    if not steps or not all(step.tag or step.ids or step.classes for step in steps):
        return None
    *outer, last = steps
    name = last.tag.lower() if last.tag else None

    def matching(elements: Iterable[Tag]) -> Iterator[Tag]:
        return (
            element
            for element in elements
            if (name is None or element.name == name or element.name.lower() == name)  # which most are not
            and _is(element, last)
            and _is_within(element, outer)
        )

    return matching


def _is(element: Tag, step: Step) -> bool:
    if step.tag and element.name.lower() != step.tag.lower():
        return False
    if step.classes:
        own = element.attrs.get("class")
        if not own or not all(name in (own.split() if isinstance(own, str) else own) for name in step.classes):
            return False
    if step.ids and not all(element.get("id") == name for name in step.ids):
        return False
    return step.place is None or _stands(element, *step.place)


def _stands(element: Tag, number: int, of_type: bool) -> bool:
    """Return whether `element` is the one with this number among its siblings, or those of its type."""
    if element.parent is None:
        return number == 1
    siblings = (one for one in element.parent.children if isinstance(one, Tag))
    counted = 0
    for one in siblings:
        counted += not of_type or one.name == element.name
        if one is element:
            return counted == number
    return False


def _is_within(element: Tag, outer: list[Step]) -> bool:
    """Return whether the elements around `element` are those of the steps before its own."""
    if not outer:
        return True
    *further, step = outer
    parent = element.parent
    while parent is not None:
        if _is(parent, step):
            if _is_within(parent, further):
                return True
            if all(one.relation == " " for one in further):
                return False  # nor does it stand within them from further out
        if step.relation == ">":
            return False
        parent = parent.parent
    return False
