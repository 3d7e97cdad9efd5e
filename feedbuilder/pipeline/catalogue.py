"""What the configuration says about feeds, as one value: all that publishing has to be handed."""

from __future__ import annotations

from dataclasses import dataclass

from feedbuilder.model import Feed, Site, Source, TagRules


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The feeds that are offered, and what they are made of."""

    feeds: tuple[Feed, ...]
    """As configured: tables with `auto` among them. Without any there is one per tag of the sources."""
    sources: tuple[Source, ...]
    site: Site
    tags: TagRules
    """Which tags are one, and which are none."""
