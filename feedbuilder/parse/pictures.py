"""Which address an `<img>` really shows: lazy loading, srcset, placeholders, background pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bs4.element import Tag

from feedbuilder.parse.plain_text import attribute

_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-image",
    "data-img",
    "data-hi-res-src",
)
_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_BACKGROUNDS = ("data-bg", "data-background", "data-background-image", "data-bg-src")
_MAY_SHOW = frozenset((*_BACKGROUNDS, "style"))
"""Attributes by which any element may show a picture."""
_PLACEHOLDER = re.compile(
    r"(?:^|[/_.-])(?:placeholder|blank|spacer|pixel|1x1|transparent|loading|lazy-?load|loader|grey|default-lazy)"
    r"[^/]*\.(?:gif|png|svg|jpe?g|webp)(?:\?|$)",
    re.IGNORECASE,
)
_AUTHOR_NAME = re.compile(
    r"(?i:(?:^|[-_])(?:avatars?|gravatar|by-?lines?|authors?|writers?|contributors?|profile|user-?pic|head-?shot"
    r"|portrait|autor|auteur|verfasser|redakteur)(?:$|[-_\d]))|^(?:avatar|author|byline)[A-Z]"
)
_PORTRAIT_ADDRESS = re.compile(r"(?:[/.]|^)(?:s?gravatar\.com/|(?:avatars?|gravatars?)/)", re.IGNORECASE)
_FRAME = frozenset(("html", "head", "body", "[document]"))
_URL = re.compile(r"url\(\s*+(?:\"([^\"]*)\"|'([^']*)'|([^()\"'\s]*))\s*+\)", re.IGNORECASE)
_SIZE = re.compile(r"([\d.]{1,12})([wx])")
_WIDEST = 1600
"""Pixels: the largest picture up to this width is taken; feeds show thumbnails, not posters."""
_PORTRAIT = 64
_ICON = 32
"""Pixels: a picture said to be this small is an icon or a tracking pixel."""


def addresses(elements: Sequence[Tag], card: Tag | None = None) -> Iterator[str]:
    """Yield the addresses that `elements` may show, as written, the best first; none for icons and placeholders.

    `<img>` come first, then the sources of a `<picture>` and background pictures. With `card`, the element that they
    all stand in, those that show the author are left out.
    """
    if card is not None:
        elements = [element for element in elements if not _shows_author(element, card)]
    for image in sorted((one for one in elements if one.name == "img"), key=_is_small):
        yield from _of_image(image)
    for element in elements:
        if element.name == "source":
            for name in _SETS:
                yield from _real(best_of(attribute(element, name)))
        if _MAY_SHOW.isdisjoint(element.attrs):  # as most
            continue
        for name in _BACKGROUNDS:
            yield from _real(attribute(element, name))
        style = attribute(element, "style")
        if "background" in style:
            for found in _URL.finditer(style):
                yield from _real(found[1] or found[2] or found[3] or "")


def shown_by(image: Mapping[str, str | None]) -> str:
    """Return the address that an `<img>` or `<source>` with these attributes shows, "" if none that is a picture."""
    return next(_of_image(image), "")


def _shows_author(element: Tag, card: Tag) -> bool:
    """Return whether `element` is a portrait of the author by its name, by that of a box around it, or by its address.

    Not by the name of the card: all stories of a page may be called "author-post".
    """
    if element.name not in ("img", "source", "picture") and not element.get("style"):
        return False
    if _PORTRAIT_ADDRESS.search(str(element.get("src") or "")):
        return True
    for up in (element, *element.parents):
        if up is card or up.name in _FRAME:
            return False
        if any(_AUTHOR_NAME.search(name) for name in filter(None, up.get_attribute_list("class"))):
            return True
    return False


def best_of(srcset: str) -> str:
    """Return the address in `srcset` that suits a feed, "" if it holds none (HTML §4.8.4.2.1)."""
    sized: list[tuple[float, str]] = []
    for address, size, unit in _candidates(srcset):
        try:
            number = float(size or 1)
        except ValueError:
            continue
        sized.append((number if unit == "w" else number * 800, address))
    fitting = [one for one in sized if one[0] <= _WIDEST]
    return max(fitting)[1] if fitting else min(sized)[1] if sized else ""


def _candidates(srcset: str) -> Iterator[tuple[str, str, str]]:
    """Yield each address with its number and unit, "" where it has none. An address may hold commas, as HTML has it."""
    address, size, unit = "", "", ""
    for word in srcset.split():
        if not address:
            address = word.lstrip(",")
            if address.endswith(","):
                yield address.rstrip(","), "", ""
                address = ""
            continue
        descriptor, comma, following = word.partition(",")
        if sized := _SIZE.fullmatch(descriptor):
            size, unit = sized[1], sized[2]
        if comma:
            yield address, size, unit
            address, size, unit = following.strip(","), "", ""
    if address:
        yield address, size, unit


def _of_image(image: Tag | Mapping[str, str | None]) -> Iterator[str]:
    if any(_is_tiny(attribute(image, name)) for name in ("width", "height")):
        return
    for name in _SETS:
        yield from _real(best_of(attribute(image, name)))
    for name in (*_LAZY, "src"):
        yield from _real(attribute(image, name))


def _is_small(image: Tag) -> bool:
    """Return whether a picture is as small as portraits are: any other of the card is the story's."""
    sizes = [attribute(image, name).removesuffix("px") for name in ("width", "height")]
    return any(size.isdecimal() and int(size[:6]) <= _PORTRAIT for size in sizes)


def _is_tiny(size: str) -> bool:
    return size.removesuffix("px").isdecimal() and int(size.removesuffix("px")[:6]) <= _ICON


def _real(address: str) -> Iterator[str]:
    if address and not address.lower().startswith(("data:", "blob:", "about:")) and not _PLACEHOLDER.search(address):
        yield address
