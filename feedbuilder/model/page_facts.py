"""What a page says of itself beside its list: how it calls itself, and whether it stands in for another one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from feedbuilder.model.wording import same_title


@dataclass(frozen=True, slots=True)
class PageNames:
    """How a page calls itself, and where it says that it is; None where it does not say."""

    title: str | None = None
    """Without the name of the site."""
    heading: str | None = None
    trail: str | None = None
    """Where its breadcrumbs end."""
    canonical: str | None = None
    """The place in the site at which it says that it stands, without host and parameters: "/news/world"."""
    shared: str | None = None
    """The same, as it is shared (og:url)."""

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return the names that `as_json` gave."""
        return cls(**{one.name: value.get(one.name) for one in fields(cls)})

    def as_json(self) -> dict[str, str]:
        """Return them as a JSON object."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class SaidNames:
    """What a page calls itself, before it is known which of it are the titles of its stories."""

    names: tuple[str, ...]
    """Its title, what it is shared as, its heading; all without the name of the site."""
    heading: str | None
    trail: str | None
    canonical: str | None
    shared: str | None

    def beside(self, stories: Collection[str]) -> PageNames:
        """Return its names beside those that are titles of `stories`."""
        own = [one for one in self.names if not any(same_title(one, story) for story in stories)]
        heading = self.heading if self.heading in own else None
        return PageNames(next(iter(own), None), heading, self.trail, self.canonical, self.shared)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is asked once a day of a page whose list was read well, beside that list."""

    names: SaidNames
    copy: bytes | None
    """As it may be kept; None for one that is too large. See `parse.kept_copy`."""


@dataclass(frozen=True, slots=True)
class KnownNames:
    """How the page of a source called itself when it was last asked."""

    names: PageNames
    asked: datetime
    unsteady: tuple[str, ...] = ()
    """Which of them were others the time before: a title that names the top story, a counter."""

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Return what `as_json` gave."""
        names, asked = PageNames.from_json(value["names"]), datetime.fromisoformat(value["asked"])
        return cls(names, asked, tuple(value.get("unsteady", ())))

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return {"names": self.names.as_json(), "asked": self.asked.isoformat(), "unsteady": list(self.unsteady)}


class StandInKind(StrEnum):
    """What a page is that a site sends in place of the one that was asked for."""

    PARKED = "parked"
    """The domain belongs to somebody who sells it, or shows advertisements on it."""
    CHALLENGE = "challenge"
    """A protector of the site wants to see a browser, or a human being."""
    LOGIN = "login"
    CONSENT = "consent"
    """The site asks for an agreement first."""
    SHELL = "shell"
    """Scripts build the page in a browser; what is sent holds nothing."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """What tells that a page is none of the site's own."""

    kind: StandInKind
    words: str | None = None
    """The words by which it says so; None where its markup does."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of itself beside its list."""

    names: PageNames = PageNames()
    not_found: str | None = None
    """The words by which it says that there is no such page."""
    stand_in: StandIn | None = None
