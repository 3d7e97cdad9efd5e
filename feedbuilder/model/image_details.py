"""What is known of a picture besides its address."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImageDetails:
    """What an article's page says of its lead picture; texts are plain, on one line, and never empty."""

    width: int | None = None
    """Pixels of the picture at its address, not of where the page shows it."""
    height: int | None = None
    description: str | None = None
    """Its caption, else what it shows."""
    credit: str | None = None
    """Who made it, or whose it is."""

    def known(self) -> dict[str, int | str]:
        """Return what is known, by name; ImageDetails(**known) is the same again."""
        found = {name: getattr(self, name) for name in ("width", "height", "description", "credit")}
        return {name: value for name, value in found.items() if value is not None}
