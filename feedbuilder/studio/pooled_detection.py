"""Looking for lists in a process of its own: a page that takes for ever must not hold up who works on another one."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from zoneinfo import ZoneInfo

from feedbuilder.detect import Detection
from feedbuilder.model import ExtractError, Page, ReadingSettings, ReadingStoppedError
from feedbuilder.model.units import format_duration
from feedbuilder.processes import Budget, CallEndedError, Nursery, Pool, PoolClosedError


class Detector:
    """What looks for lists in a worker."""

    def detect(
        self, page: Page, *, language: str | None = None, zone: ZoneInfo | None = None, example: str | None = None
    ) -> Detection:
        """Return the lists on `page`; see `detect.detect`."""
        from feedbuilder.detect import detect  # noqa: PLC0415 - only workers need it

        found = detect(page, language=language, zone=zone, example=example)
        # Read-only views do not pass between processes.
        candidates = tuple(replace(one, settings=dict(one.settings)) for one in found.candidates)
        return replace(found, candidates=candidates)


def detector() -> Detector:
    """Return what looks for lists in a worker."""
    return Detector()


class PooledDetection:
    """Looks for lists in one process, within the budget of reading a page. Safe to use from several threads."""

    def __init__(self, settings: ReadingSettings) -> None:
        """Prepare the process; to be called before there are threads."""
        self._settings = settings
        budget = Budget(settings.deadline.total_seconds(), settings.memory)
        self._pool = Pool(Nursery(), detector, budget, 1)

    def detect(
        self, page: Page, *, language: str | None = None, zone: ZoneInfo | None = None, example: str | None = None
    ) -> Detection:
        """Return the lists on `page`; see `detect.detect`. Raises ExtractError, also where that takes too long."""
        try:
            found = self._pool.call(page.url, "detect", page, language=language, zone=zone, example=example)
        except CallEndedError as error:
            limit = format_duration(self._settings.deadline)
            raise ExtractError(
                f"Looking for lists of articles on this page of {len(page.body):,} bytes was ended: it took more than "
                f"{limit} of processor time, or too much memory. A source by hand names them by its selectors."
            ) from error
        except PoolClosedError as error:
            raise ReadingStoppedError("The studio is ending.") from error
        except OSError as error:
            raise ExtractError(f"No process could be started to look at the page: {error}.") from error
        return cast(Detection, found)

    def close(self) -> None:
        """End the process, whatever it does."""
        self._pool.close()
