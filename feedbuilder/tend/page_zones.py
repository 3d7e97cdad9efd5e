"""In which zone a page's times are read, and how that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feedbuilder.config import nearest_zone
from feedbuilder.model import ConfigError, Page, Source
from feedbuilder.model.units import parse_zone
from feedbuilder.parse.decode import decode
from feedbuilder.parse.zones import proven_zone

UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone in which a page's times are read."""

    zone: ZoneInfo
    text: str
    """Where it comes from, as a sentence without its end."""
    known: bool
    """Whether the user, the configuration or the page names it. Else it is UTC, for want of a better zone."""
    proven: bool = False
    """Whether the page names it."""


def zone_called(name: str) -> ZoneInfo:
    """Return the zone with this name. Raises ConfigError if there is none."""
    try:
        return parse_zone(name)
    except ValueError as error:
        raise ConfigError(f'--timezone "{name}": {error}{nearest_zone(name)}') from error


def zone_of_all(default: ZoneInfo) -> Zone:
    """Return the zone that the configuration says for all sources."""
    return Zone(default, "as [defaults] say", known=True)


def zone_of(page: Page, named: str | None, sources: Iterable[Source], default: ZoneInfo | None) -> Zone:
    """Return the zone of `page`: as `named` by the user, as for other `sources` of its site, the `default`, as proven.

    Raises ConfigError for a name that is none.
    """
    if named is not None:
        return Zone(zone_called(named), "as you say", known=True)
    site = urlsplit(page.url).netloc
    others = [other for other in sources if urlsplit(other.url).netloc == site and other.timezone]
    if others and len({other.timezone for other in others}) == 1:
        assert others[0].timezone is not None
        return Zone(others[0].timezone, f'as for "{others[0].id}" of the same site', known=True)
    if default is not None:
        return zone_of_all(default)
    proof = proven_zone(decode(page))
    if proof.zone is not None:
        return Zone(proof.zone, proof.text, known=True, proven=True)
    return Zone(UTC, proof.text, known=False)
