"""A page as people know it → HTML for the frame that shows it: inert, and with a number at each element.

Pure. Every tag is written anew from the tables of `kept_markup`, and every text is escaped: nothing of the page's own
markup gets through, so that no parser can be made to see more in it than was written. What is shown is
`frame_document`'s to wrap and to guard.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from feedbuilder.parse.element_numbers import elements_in_order
from feedbuilder.parse.limits import refuse_monsters
from feedbuilder.parse.links import absolute
from feedbuilder.parse.pictures import shown_by
from feedbuilder.studio import kept_markup as kept
from feedbuilder.studio.page_attributes import drawing_attributes, html_attributes, written
from feedbuilder.studio.page_styles import PageStyles
from feedbuilder.studio.site_assets import SiteAssets, origin_of

MOST_ELEMENTS = 100_000
MOST_CHARACTERS = 5_000_000
"""What is written of a page at the most. What is left is the page's beginning, which is where lists stand."""
_NAMES = {
    "script": "script",
    "iframe": "frame",
    "frame": "frame",
    "object": "frame",
    "embed": "frame",
    "applet": "frame",
    "portal": "frame",
    "fencedframe": "frame",
    "form": "form",
}
"""What people are told of, by what it is called."""
_DOCTYPE = re.compile(
    r"\s*+<!doctype\s++html(?:\s++public\s*+\"[\w /.:+-]{1,80}\"(?:\s*+\"https?://[\w/.-]{1,80}\")?)?\s*+>",
    re.IGNORECASE,
)
_LINK = ' data-link=""'
"""Marks a link, for styles and for the keyboard. It leads nowhere, whatever becomes of our script."""


@dataclass(frozen=True)
class ShownPage:
    """A page as it may be shown."""

    url: str
    doctype: str
    """As the page has it, for a browser lays out by it; empty where it has none, or an odd one."""
    head: str
    """Styles, and links to them."""
    html_attributes: str
    body_attributes: str
    body: str
    shown: int
    """How many elements there are."""
    is_cut: bool
    """Whether the page goes on after them."""
    lacks_styles: bool
    """Whether styles of its own are left out, for there are too many."""
    taken_out: Mapping[str, int]
    """How many of what: "script", "frame", "form"."""
    loads: bool
    """Whether `stylesheets` and `pictures` are loaded."""
    stylesheets: int
    pictures: int
    hosts: tuple[str, ...]
    """Whom they are asked of, or would be."""


def view_of(text: str, url: str, *, loads: bool = False) -> ShownPage:
    """Return the page at `url`, whose decoded HTML is `text`; with its styles and pictures where it `loads` them.

    Each element carries its number (`parse.element_numbers`) in `data-n`. Raises ExtractError for a page that no part
    of the program would read, because of its size.
    """
    refuse_monsters(text)
    tree = LexborHTMLParser(text)
    base = tree.css_first("base[href]")
    address = absolute(url, (base.attributes.get("href") if base else None) or "") or url
    assets = SiteAssets(address, origin_of(url))
    writer = _Writer(assets, loads, PageStyles(assets, loads))
    writer.write(tree)
    return ShownPage(
        url=url,
        doctype=doctype[0].strip() if (doctype := _DOCTYPE.match(text)) else "",
        head=writer.styles.markup,
        html_attributes=writer.html,
        body_attributes=writer.body,
        body="".join(writer.parts),
        shown=writer.shown,
        is_cut=writer.is_cut,
        lacks_styles=writer.styles.is_cut,
        taken_out=writer.taken_out,
        loads=loads,
        stylesheets=len(assets.stylesheets),
        pictures=len(assets.pictures),
        hosts=assets.hosts,
    )


@dataclass
class _Open:
    """An element within which we are."""

    end: str
    drawing: bool
    """Whether it is a part of a drawing, where other elements may stand."""
    silent: bool
    """Whether nothing of it is shown, but for styles: the head."""


@dataclass
class _Writer:
    assets: SiteAssets
    loads: bool
    styles: PageStyles
    parts: list[str] = field(default_factory=list)
    html: str = ""
    body: str = ""
    shown: int = 0
    is_cut: bool = False
    taken_out: Counter[str] = field(default_factory=Counter)
    written: int = 0
    source: str = ""
    """What the last `<source>` shows, for the `<img>` after it."""
    picture_at: int = -2
    """The number of the last `<img>` with a picture: a `<noscript>` right after it repeats it."""

    def write(self, tree: LexborHTMLParser) -> None:
        """Go through all of `tree`, without recursion: pages are nested as deep as they like."""
        numbers = {element.mem_id: number for number, element in enumerate(elements_in_order(tree))}
        around = [_Open("", drawing=False, silent=False)]
        node = tree.root
        while node is not None:
            inside = self._node(node, numbers, around[-1]) if not self.is_cut else None
            child = node.first_child if inside is not None else None
            if inside is not None and child is not None:
                around.append(inside)
                node = child
                continue
            if inside is not None:
                self._add(inside.end)
            following = node.next
            while following is None and len(around) > 1:
                self.parts.append(around.pop().end)
                parent = node.parent
                assert parent is not None
                node, following = parent, parent.next
            node = following if len(around) > 1 else None

    def _node(self, node: LexborNode, numbers: Mapping[int, int], around: _Open) -> _Open | None:
        """Write the beginning of `node`; return what is to be written after what is in it, None to leave that out."""
        if node.is_text_node:
            if not around.silent:
                self._text(node.text_content or "", around)
            return None
        if not node.is_element_node:
            return None
        tag = node.tag or ""
        number = numbers.get(node.mem_id)
        if number is None:
            return None
        if around.drawing:
            return self._drawing(node, tag, number)
        if tag in _NAMES:
            self.taken_out[_NAMES[tag]] += 1
        if self.styles.take(node, tag):
            return None
        if around.silent or tag == "head":
            return _Open("", drawing=False, silent=True)
        return self._element(node, tag, number)

    def _element(self, node: LexborNode, tag: str, number: int) -> _Open | None:
        attributes = node.attributes
        if tag in ("html", "body"):
            own = html_attributes(attributes, self._picture_of_styles, is_root=True)
            setattr(self, tag, f'{own} data-n="{number}"')
            self.shown += 1
            return _Open("", drawing=False, silent=False)
        if tag == "source":
            self.source = self.source or shown_by(attributes)
        if tag == "svg":
            return self._drawing(node, tag, number)
        if tag in kept.TAKEN_OUT:
            return None
        if tag == "noscript" and _only_repeats(node, number - self.picture_at):
            return None
        name = tag if tag in kept.SAME or kept.CUSTOM.fullmatch(tag) else kept.RENAMED.get(tag, "span")
        own = html_attributes(attributes, self._picture_of_styles)
        if name != tag:
            own += written("data-was", tag[:40])
        if tag == "a" and "href" in attributes:
            own += _LINK
        elif tag == "img":
            own += self._image(attributes, number)
        self._begin(name, own, number)
        if tag in kept.PLACES:
            self._text(_written_in(attributes), _Open("", drawing=False, silent=False))
            self._add(f"</{name}>")
            return None
        return None if name in kept.EMPTY else _Open(f"</{name}>", drawing=False, silent=False)

    def _drawing(self, node: LexborNode, tag: str, number: int) -> _Open | None:
        if tag not in kept.DRAWING:
            return None
        self._begin(tag, drawing_attributes(tag, node.attributes, self._picture_of_styles), number)
        return _Open(f"</{tag}>", drawing=True, silent=False)

    def _image(self, attributes: Mapping[str, str | None], number: int) -> str:
        url = self.assets.picture(shown_by(attributes) or self.source)
        self.source = ""
        if url is None:
            return ""
        self.picture_at = number
        return written("src", url) + ' loading="lazy" decoding="async"' if self.loads else ""

    def _picture_of_styles(self, address: str) -> str | None:
        url = self.assets.picture(address)
        return url if self.loads or address.startswith("#") else None

    def _begin(self, name: str, own: str, number: int) -> None:
        self.shown += 1
        self._add(f'<{name} data-n="{number}"{own}>')
        self.is_cut = self.is_cut or self.shown >= MOST_ELEMENTS

    def _text(self, text: str, around: _Open) -> None:
        if around.end == "</pre>" and text.startswith("\n"):
            self._add("\n")  # a parser takes the first one for the source's own
        self._add(escape(text[: MOST_CHARACTERS - self.written + 1], quote=False))

    def _add(self, markup: str) -> None:
        self.parts.append(markup)
        self.written += len(markup)
        self.is_cut = self.is_cut or self.written > MOST_CHARACTERS


def _only_repeats(noscript: LexborNode, distance: int) -> bool:
    """Return whether a `<noscript>` right after a picture holds nothing but pictures: the same one, without scripts."""
    inside = noscript.first_child
    while inside is not None:
        if inside.is_text_node and (inside.text_content or "").strip():
            return False
        if inside.is_element_node and inside.tag != "img":
            return False
        inside = inside.next
    return distance == 1


def _written_in(attributes: Mapping[str, str | None]) -> str:
    """Return what a field for typing shows; nothing of what is hidden or secret, nor of switches."""
    if (attributes.get("type") or "text").lower() not in ("text", "search", "email", "submit", "button", "url"):
        return ""
    return (attributes.get("value") or attributes.get("placeholder") or "")[:200]
