"""Pages that a script builds, opened in a Chromium: in processes of its own, behind the address guard, within limits.

Answers `fetch.renderer.Renderer`. Knows no source and no stage: what is read of a page is for others. Nothing of
Playwright is loaded in the program itself, only in the process that drives the browser (`drive_browser`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedbuilder.model import BrowserSettings, FetchSettings

if TYPE_CHECKING:
    from feedbuilder.browser.shared_browser import SharedBrowser

__all__ = ["open_browser", "why_missing"]


def open_browser(settings: BrowserSettings, fetch: FetchSettings) -> SharedBrowser:
    """Return what opens pages; it starts a browser when it is first asked to. To be closed."""
    from feedbuilder.browser.shared_browser import SharedBrowser  # noqa: PLC0415 - most installations need none

    return SharedBrowser(settings, fetch)


def why_missing(settings: BrowserSettings) -> str | None:
    """Return what is missing for a browser and where to get it, None if all is there."""
    from feedbuilder.browser.chromium import why_missing as why  # noqa: PLC0415

    return why(settings)
