"""A page, decoded and parsed once, for everything that looks for lists in it. Knows nothing of lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Self
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.extract.field_rules import CardTree
from feedbuilder.model import Page, Selectors, Source
from feedbuilder.parse.decode import decode
from feedbuilder.parse.limits import refuse_monster_page
from feedbuilder.parse.links import absolute

_KEPT = 1000
"""Cards that are kept parsed; each takes some ten kilobytes."""
_TAG = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")


@dataclass(frozen=True)
class ParsedPage:
    """One page and what was said about it."""

    page: Page
    text: str
    """The decoded HTML."""
    language: str | None = None
    """As the caller says, else as the page does; BCP 47."""
    zone: ZoneInfo | None = None

    @classmethod
    def of(cls, page: Page, *, language: str | None = None, zone: ZoneInfo | None = None) -> Self:
        """Return `page` decoded, with the language that it names itself where `language` is None.

        Raises ExtractError for a page of absurdly many elements, or absurdly deep ones, before it is parsed.
        """
        document = cls(page, decode(page, language), language, zone)
        refuse_monster_page(document.text, page.url)
        return document if language else cls(page, document.text, document.own_language, zone)

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The tree, as a browser would build it. Never to be changed: all proposers share it."""
        return LexborHTMLParser(self.text)

    @cached_property
    def parse(self) -> Callable[[str, str | None], CardTree]:
        """What parses cards, and keeps them: several ways to read the page find the same ones."""
        return lru_cache(maxsize=_KEPT)(CardTree)

    @cached_property
    def base(self) -> str:
        """What the page's relative addresses are relative to."""
        element = self.tree.css_first("base[href]")
        href = element.attributes.get("href") if element else None
        return absolute(self.page.url, href or "") or self.page.url

    @property
    def own_language(self) -> str | None:
        """The language of `<html lang>`, None if the page does not say.

        "en" and "en-US" are what templates say where nobody has thought of it, and count as nothing.
        """
        element = self.tree.css_first("html")
        said = (element.attributes.get("lang") or "").strip() if element else ""
        return said if _TAG.fullmatch(said) and not said.lower().startswith("en") else None


def plain_source(document: ParsedPage, selectors: Selectors, settings: Mapping[str, Any] | None = None) -> Source:
    """Return the source that reads `document` with `selectors` and `settings`, all else being the default."""
    return Source(
        **(settings or {}),
        id="detected",
        url=document.page.url,
        selectors=selectors,
        language=document.language,
        timezone=document.zone,
    )
