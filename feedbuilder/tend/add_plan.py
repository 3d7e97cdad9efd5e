"""A source that is to be added: what was found on the page, what the user chose, and what of that is written. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from feedbuilder.config.read_tables import with_common_headers
from feedbuilder.config.toml import source_block
from feedbuilder.config.typed_headers import NO_HEADERS, TypedHeaders
from feedbuilder.detect import Candidate
from feedbuilder.extract import extract
from feedbuilder.model import ConfigError, Source
from feedbuilder.tend.candidate_json import candidate_json
from feedbuilder.tend.page_findings import PageFindings


@dataclass(frozen=True, slots=True)
class Plan:
    """A source to be."""

    found: PageFindings
    url: str
    chosen: int
    """Which of the candidates, from 0."""
    id: str
    title: str
    tags: tuple[str, ...]
    interval: timedelta | None
    """None: what the configuration says, else the usual one."""
    example: str | None = None
    """A title that the list was to hold."""
    is_named: bool = False
    """Whether a person chose the list; else it is the likeliest."""
    pages: int = 1
    """How many pages are read at first, where the page says which is the next."""
    headers: TypedHeaders = NO_HEADERS
    """With which the page is asked for."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """Further keys of the source."""

    @property
    def candidate(self) -> Candidate:
        """Return the list that is to be read."""
        return self.found.detection.candidates[self.chosen]

    @property
    def keys(self) -> dict[str, Any]:
        """Return what is written beside id, address and selectors; what [defaults] say already is left to them."""
        found = self.found
        wanted: dict[str, Any] = {
            "title": self.title,
            "home": found.shown_at,
            "tags": self.tags or None,
            "timezone": found.zone.zone if found.zone.known else None,
            "language": found.language,
            "interval": self.interval,
            "next": found.next,
            **self.candidate.settings,
            "headers": with_common_headers(found.defaults.get("headers", {}), self.headers.filled),
            "first_fill_pages": self.pages if self.pages > 1 and found.next else None,
            **self.more,
        }
        if self.interval is not None:  # bounds that hold for all sources would overrule the wish
            shortest, longest = found.defaults.get("min_interval"), found.defaults.get("max_interval")
            wanted["min_interval"] = self.interval if shortest and self.interval < shortest else None
            wanted["max_interval"] = self.interval if longest and self.interval > longest else None
        usual = {"headers": {}, **found.defaults}
        return {key: value for key, value in wanted.items() if value is not None and value != usual.get(key)}

    @property
    def notes(self) -> dict[str, str]:
        """Return the comments on keys: behind a key, or in its place."""
        zone = self.found.zone
        if not zone.known:
            return {
                "timezone": 'timezone = "Europe/Berlin"    # set the site\'s own: until then times are taken as UTC'
            }
        if zone.proven and zone.zone.key.startswith("Etc/"):
            return {"timezone": f"{zone.text}; the site's own zone is better, if it keeps summer time"}
        return {}

    def source(self) -> Source:
        """Return the source as it is written. Raises ConfigError if something in it is wrong."""
        return self.found.source(self.candidate, **{**self.keys, "id": self.id, "url": self.url})

    def try_out(self, source: Source) -> None:
        """Raise ConfigError unless `source`, as it will stand in the configuration, reads what was shown."""
        block = tomllib.loads(self._block(source))["source"][0]
        written = Source.model_validate({**self.found.defaults, **block})
        read = [(item.canonical, item.title, item.authors, item.tags) for item in extract(self.found.page, written)]
        shown = [(item.canonical, item.title, item.authors, item.tags) for item in self.candidate.items]
        if read != shown:
            raise ConfigError(
                f"nothing was written: the selectors that were found read {len(read)} articles, not the {len(shown)} "
                f"that were shown, or read them otherwise; write the source by hand, see: feedbuilder detect {self.url}"
            )

    def text(self) -> str:
        """Return the source as TOML."""
        return self._block(self.source())

    @property
    def unfilled(self) -> dict[str, Any]:
        """Return what is written for keys that have variables to be filled in."""
        return {"headers": self.headers.written} if self.headers.written else {}

    def _block(self, source: Source) -> str:
        return source_block(source, self.notes, list(self.keys), self.unfilled)

    def origin(self, now: datetime) -> dict[str, Any]:
        """Return why this list was chosen, for the store."""
        candidates = self.found.detection.candidates
        return {
            **candidate_json(self.candidate),
            "number": self.chosen + 1,
            "added": now.isoformat(),
            "chosen_by": "user" if self.chosen or self.is_named else "best",
            "example": self.example,
            "timezone": self.found.zone.zone.key,
            "timezone_reason": self.found.zone.text,
            "others": [
                candidate_json(other) | {"reasons": [], "number": number + 1}
                for number, other in enumerate(candidates)
                if number != self.chosen
            ],
        }
