"""The styles of a page: its `<style>` elements, made harmless, and its stylesheets, where they may be loaded.

All of them are written into the head, in their order: there, and only there, is it sure that a parser takes what is in
a `<style>` for CSS.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from feedbuilder.studio.defuse_css import defused
from feedbuilder.studio.kept_markup import LONGEST_VALUE
from feedbuilder.studio.page_attributes import written
from feedbuilder.studio.site_assets import SiteAssets

MOST_CSS = 1_500_000
"""Characters of all `<style>` elements of a page."""


@dataclass
class PageStyles:
    """Collects the styles of one page."""

    assets: SiteAssets
    loads: bool
    is_cut: bool = False
    _left: int = MOST_CSS
    _parts: list[str] = field(default_factory=list)

    @property
    def markup(self) -> str:
        """Return what has been taken, for the head of a document."""
        return "".join(self._parts)

    def take(self, node: LexborNode, tag: str) -> bool:
        """Return whether `node` is a style or a link, which is then taken or left out for good."""
        if tag == "style":
            self._style(node)
        elif tag == "link":
            self._link(node)
        return tag in ("style", "link")

    def _style(self, node: LexborNode) -> None:
        attributes = node.attributes
        if (attributes.get("type") or "text/css").strip().lower() != "text/css" or "disabled" in attributes:
            return
        css = "".join(child.text_content or "" for child in node.iter(include_text=True) if child.is_text_node)
        if len(css) > self._left:
            self.is_cut = True
            return
        self._left -= len(css)
        self._parts.append(f"<style{_media(attributes.get('media'))}>{defused(css, self._picture)}</style>")

    def _link(self, node: LexborNode) -> None:
        attributes = node.attributes
        kinds = (attributes.get("rel") or "").lower().split()
        # Pages load a stylesheet late by taking it for something else until a script says what it is.
        waits = "onload" in attributes
        is_style = "stylesheet" in kinds or ("preload" in kinds and attributes.get("as") == "style" and waits)
        if not is_style or "alternate" in kinds or "disabled" in attributes:
            return
        url = self.assets.stylesheet(attributes.get("href") or "")
        if url and self.loads:
            media = "" if waits else _media(attributes.get("media"))
            self._parts.append(f'<link rel="stylesheet" referrerpolicy="no-referrer"{written("href", url)}{media}>')

    def _picture(self, address: str) -> str | None:
        url = self.assets.picture(address)
        return url if self.loads or address.startswith("#") else None


def _media(media: str | None) -> str:
    return written("media", media) if media and len(media) <= LONGEST_VALUE else ""
