"""By which way a source is asked: through which proxy, with which certificate, and known to its site by which login.

Values, and the one place that knows a source's keys for it. What a login does stands in `logged_in`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from feedbuilder.fetch.urls import Target
from feedbuilder.fetch.visit_cookies import VisitCookies

if TYPE_CHECKING:
    from feedbuilder.fetch.errand import Answer, Errand

Certificate = tuple[Path, Path | None]
"""The files of a certificate and of its key; None: the first holds both."""


class Known(Protocol):
    """How a site knows us."""

    cookies: VisitCookies
    """Those that it set, and is shown again."""

    def run(self, errand: Errand, run: Callable[[Errand], Answer]) -> Answer:
        """Return the answer to `errand`, which `run` asks for, for somebody whom the site knows. Raises FetchError."""
        ...

    def shown_to(self, errand: Errand) -> Errand:
        """Return `errand`, as anybody's where the host that is asked may not know us."""
        ...

    def headers(self, method: str, target: Target) -> Mapping[str, str]:
        """Return the headers that tell `target` who we are."""
        ...


@dataclass(frozen=True, slots=True)
class Access:
    """How something is asked for."""

    proxy: str | None = None
    """None: none."""
    certificate: Certificate | None = None
    known: Known | None = None
    """None: the site is not told who we are."""


OPEN = Access()
"""Directly, as anybody."""
