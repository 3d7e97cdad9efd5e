"""Cards that stay and cards that go -> the item selector with what leaves out the latter, the most telling first.

What is no article mostly says so itself: by a class, by a place on the page, by a label in it, by where it leads. The
very address of one card is the last resort, for it says nothing of the next one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from feedbuilder.detect.class_names import own_name, tokens
from feedbuilder.detect.name_records import held_by_all, tokens_within
from feedbuilder.detect.outline import Element, Outline
from feedbuilder.detect.place_names import names_stranger
from feedbuilder.detect.selector_names import common_ancestor
from feedbuilder.parse.css import alternatives
from feedbuilder.teach.card_reading import CardReading
from feedbuilder.teach.taught_page import TaughtPage, number_in

_NAME = re.compile(r"[A-Za-z_][\w-]{0,60}", re.ASCII)
_ATTRIBUTE = re.compile(r"[a-z][a-z-]{1,40}", re.ASCII)
_ADDRESS = re.compile(r'[^"\\\s<>]{2,300}')
"""What can be written into a selector between quotes."""
_BETWEEN_WORDS = re.compile(r"[-_]")
_HEADLINE = 3
"""Words of a part of an address from which it is the headline of one story."""
_UNTOLD = 3.0
"""What a class costs that content systems give to single entries, such as "category-jobs"."""
_WITHIN, _AROUND, _BY_ATTRIBUTE, _BY_FOLDER, _BY_PLACE, _BY_ADDRESS = 0.5, 0.6, 0.8, 1.5, 4.0, 8.0
"""What a selector costs besides by which a card is told by what is in it, around it, and so on."""
_NO_NAMES = frozenset(("class", "id", "style", "href", "src", "title", "data-feedbuilder-number"))
_MOST_LEVELS = 12
_FEW = 3
_MOST_SUFFIXES = 40


@dataclass(frozen=True, slots=True)
class Narrower:
    """An item selector that leaves out all cards that go."""

    css: str
    cost: float
    lost: int
    """How many of the cards that stay it leaves out too."""


@dataclass(frozen=True, slots=True)
class _Feature:
    """What tells the cards that go: written behind the selector, or around it."""

    write: Callable[[str], str]
    cost: float


def narrower(outline: Outline, css: str, kept: Sequence[Element], gone: Sequence[Element]) -> list[Narrower]:
    """Return selectors of `kept` without `gone`, the best first; `css` matches both."""
    options = alternatives(css)
    base = css if len(options) == 1 else f":is({', '.join(options)})"
    found = list(_with(outline, base, kept, gone, gone))
    if not any(one.lost == 0 for one in found) and len(gone) > 1:
        found += _one_by_one(outline, base, kept, gone)
    return sorted(found, key=lambda one: (one.lost, one.cost))


def nearly_alike(page: TaughtPage, before: CardReading, dismissed: AbstractSet[str]) -> frozenset[str]:
    """Return the articles that bear the same name as those `dismissed`, if they are a few: they may be none either."""
    matched = page.matched(before.selectors.item or "")
    placed = [(one, before.article_at(number_in(one))) for one in matched or ()]
    gone = [one for one, article in placed if article in dismissed]
    kept = [one for one, article in placed if article is not None and article not in dismissed]
    named = (one for one in narrower(page.outline, before.selectors.item or "", kept, gone) if one.cost < _BY_PLACE)
    best = next((one for one in named if 0 < one.lost <= _FEW), None)
    if best is None:
        return frozenset()
    left = {one.order for one in page.outline.select(best.css)}
    return frozenset(article for one, article in placed if article and one in kept and one.order not in left)


def _one_by_one(outline: Outline, base: str, kept: Sequence[Element], gone: Sequence[Element]) -> Iterator[Narrower]:
    """Yield the selector that leaves out each of `gone` by what tells it alone, as few things as will do."""
    css, cost, lost = base, 0.0, 0
    left = list(gone)
    while left:
        best = min(_with(outline, css, kept, left[:1], left[:1]), key=lambda one: (one.lost, one.cost), default=None)
        if best is None:
            return
        css, cost, lost = best.css, cost + best.cost, best.lost
        matched = {one.order for one in outline.select(css)}
        left = [one for one in left if one.order in matched]
    yield Narrower(css, cost, lost)


def _with(
    outline: Outline, base: str, kept: Sequence[Element], gone: Sequence[Element], told: Sequence[Element]
) -> Iterator[Narrower]:
    for feature in _features(kept, told):
        css = feature.write(base)
        matched = {one.order for one in outline.select(css)}
        if any(one.order in matched for one in gone):
            continue
        lost = [one for one in kept if one.order not in matched]
        yield Narrower(css, feature.cost, len(lost))


def strange(card: Element) -> set[str]:
    """Return the names of a card that say that it is no article."""
    return {name for name in card.classes if names_stranger(name)}


def _features(kept: Sequence[Element], gone: Sequence[Element]) -> Iterator[_Feature]:
    """Yield what all of `gone` have and hardly any of `kept`, and the other way round."""
    for names, form, more in (
        (_shared(_own_names, gone), ":not({})", 0.0),
        (_shared(_names_within, gone), ":not(:has({}))", _WITHIN),
        (_shared(_names_around, gone), ":not({} *)", _AROUND),
        (_shared(_links, gone), ":not(:has({}))" if gone[0].tag != "a" else ":not({})", 0.0),
    ):
        for name, cost in names:
            yield _Feature(lambda css, form=form, name=name: css + form.format(name), cost + more)  # type: ignore[misc]
    if kept:
        for name in held_by_all(kept) if len(kept) > 1 else ():
            yield _Feature(lambda css, name=name: f"{css}:has({name})", 1.2 + _WITHIN)  # type: ignore[misc]
        for name, cost in _scopes(kept):
            yield _Feature(lambda css, name=name: f"{name} {css}", cost + _AROUND)  # type: ignore[misc]
    yield _Feature(lambda css: f"{css}:not(:first-child)", _BY_PLACE)
    yield _Feature(lambda css: f"{css}:not(:last-child)", _BY_PLACE)
    for address in _shared(_addresses, gone):
        form = ":not([href={}])" if gone[0].tag == "a" else ":not(:has(a[href={}]))"
        yield _Feature(lambda css, form=form, address=address: css + form.format(f'"{address[0]}"'), _BY_ADDRESS)  # type: ignore[misc]


Named = Iterable[tuple[str, float]]


def _shared(names: Callable[[Element], Named], elements: Sequence[Element]) -> list[tuple[str, float]]:
    """Return what `names` yields for each of `elements`, the cheapest first."""
    found = dict(names(elements[0]))
    for one in elements[1:]:
        mine = {name for name, _ in names(one)}
        found = {name: cost for name, cost in found.items() if name in mine}
    return sorted(found.items(), key=lambda pair: pair[1])[:_MOST_SUFFIXES]


def _own_names(card: Element) -> Named:
    known = dict(tokens(card))
    yield from ((name, cost) for name, cost in known.items() if name.startswith((".", "[")))
    yield from (
        (f".{name}", _UNTOLD) for name in card.classes if _NAME.fullmatch(name) and not any(map(str.isdigit, name))
    )
    yield from known.items()
    for name, value in card.attributes.items():
        if name in _NO_NAMES or not _ATTRIBUTE.fullmatch(name):
            continue
        if value and _NAME.fullmatch(value):
            yield f"[{name}={value}]", 1.0 + _BY_ATTRIBUTE
        yield f"[{name}]", 1.4 + _BY_ATTRIBUTE


def _names_within(card: Element) -> Named:
    yield from tokens_within(card)
    for inner in card.down():
        for name in ("rel", "data-type", "data-label", "itemprop"):
            value = inner.attributes.get(name)
            if value and _NAME.fullmatch(value):
                yield f"[{name}={value}]", 1.0 + _BY_ATTRIBUTE


def _names_around(card: Element) -> Named:
    for level, up in enumerate(card.up()):
        if up is card:
            continue
        if up.tag in ("body", "html") or level > _MOST_LEVELS:
            return
        named = own_name(up)
        for name, cost in (*tokens(up), *([named] if named else ())):
            yield name, cost + 0.1 * level


def _scopes(kept: Sequence[Element]) -> Named:
    lowest = common_ancestor(kept)
    for level, up in enumerate(lowest.up() if lowest else ()):
        if up.tag in ("body", "html") or level > _MOST_LEVELS:
            return
        named = own_name(up)
        for name, cost in (*([named] if named else ()), *tokens(up)[:2]):
            yield name, cost + 0.1 * level


def _links(card: Element) -> Named:
    """Yield selectors of the links in `card` by the host or the folder that they lead to."""
    for link in card.down():
        href = link.attributes.get("href") or ""
        if link.tag != "a" or not _ADDRESS.fullmatch(href):
            continue
        path = href.split("?")[0]
        if "://" in path:
            scheme, _, rest = path.partition("://")
            host, _, path = rest.partition("/")
            yield f'a[href^="{scheme}://{host}"]', _BY_FOLDER
            path = f"/{path}"
        for part in path.split("/")[:-1]:
            if _is_a_folder(part):
                yield f'a[href*="/{part}/"]' if f"/{part}/" in href else f'a[href^="{part}/"]', _BY_FOLDER + 0.2


def _is_a_folder(part: str) -> bool:
    """Return whether a part of a path is a place of many stories: no number, and not the headline of one."""
    if not part.strip(".") or any(map(str.isdigit, part)) or "." in part or "%" in part:
        return False
    return len([word for word in _BETWEEN_WORDS.split(part) if word]) < _HEADLINE


def _addresses(card: Element) -> Named:
    for link in card.down():
        href = link.attributes.get("href") or ""
        if link.tag == "a" and _ADDRESS.fullmatch(href):
            yield href, _BY_ADDRESS
