"""CSS selectors of the plainest kind, read without soupsieve's parser: names, classes, ids, positions, one in another.

Most selectors of a configuration are of this kind. The parser compiles its expressions when it reads the first
selector of a process, which takes as long as importing requests: a `build` from cron would pay that every time.
Whatever is not plain goes to it. Tests hold that both make the same of a selector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import soupsieve

_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_STEP = re.compile(
    rf"(?P<tag>{_NAME})?(?P<marks>(?:[.#]{_NAME})*)(?::(?P<place>first-child|nth-of-type\((?P<number>[1-9][0-9]?)\)))?"
)
_MARK = re.compile(rf"([.#])({_NAME})")
_WITHIN = re.compile(r" *(?P<child>>) *| +")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One element of the way to what a selector means; the last one is that itself."""

    tag: str | None
    ids: tuple[str, ...]
    classes: tuple[str, ...]
    place: tuple[int, bool] | None
    """Its position among its siblings, and whether only those of its type count."""
    relation: str | None
    """What the next element is to it: " " somewhere within it, ">" its child; None: there is none."""


@lru_cache(maxsize=4096)
def plain_steps(css: str) -> tuple[Step, ...] | None:
    """Return the steps of a plain selector, outermost first; None for one that is not plain, or no selector."""
    try:
        return tuple(_steps(css.strip(" "))) if len(css) <= _LONGEST else None
    except ValueError:
        return None


def _steps(css: str) -> Iterator[Step]:
    at = 0
    while True:
        step = _STEP.match(css, at)
        if step is None or step.end() == at:
            raise ValueError("not plain")
        within = _WITHIN.match(css, step.end())
        yield _step(step, (">" if within["child"] else " ") if within else None)
        if within is None:
            break
        at = within.end()
    if step.end() != len(css):
        raise ValueError("not plain")


def _step(found: re.Match[str], relation: str | None) -> Step:
    marks = _MARK.findall(found["marks"])
    return Step(
        found["tag"],
        tuple(name for sign, name in marks if sign == "#"),
        tuple(name for sign, name in marks if sign == "."),
        None if found["place"] is None else (int(found["number"] or 1), found["number"] is not None),
        relation,
    )


def put_together(css: str, steps: tuple[Step, ...], flags: int) -> soupsieve.SoupSieve:
    """Return what soupsieve's parser makes of `css`, whose steps these are."""
    from soupsieve import css_match, css_types  # noqa: PLC0415 - takes BeautifulSoup with it; `plain_steps` needs neither

    nothing = css_types.SelectorList()
    around = nothing
    for step in steps:
        nth = () if step.place is None else (css_types.SelectorNth(0, False, *step.place, False, nothing),)
        name = step.tag or (None if step.relation else "*")
        tag = css_types.SelectorTag(name, None) if name else None
        one = css_types.Selector(tag, step.ids, step.classes, (), nth, (), around, step.relation, (), (), 0)
        around = css_types.SelectorList((one,))
    return css_match.SoupSieve(css, around, None, None, flags)
