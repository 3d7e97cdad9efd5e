"""A round of article pages of one source: one after the other, each when its host may be asked.

Owns the order of a round. When there is one is decided by `runner` and `once`; how a page is read by `pipeline.visit`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from feedbuilder.engine.dispatch import Dispatch
from feedbuilder.engine.installation import Installation
from feedbuilder.fetch import THE_BROWSER, places_of
from feedbuilder.logger import log
from feedbuilder.model import ArticleVisit, Source
from feedbuilder.pipeline.turns import Key


def articles_of(source: str) -> Key:
    """Return what the turns of a source's article pages are for."""
    return ("articles", source)


class ArticleRound:
    """Reads `visits`, each in a turn of its own; between two of them, others may ask the host.

    `saved` is called after each page that was tried, `ended` after the last one.
    """

    def __init__(
        self,
        installation: Installation,
        source: Source,
        dispatch: Dispatch,
        visits: Iterable[ArticleVisit],
        *,
        saved: Callable[[], None] = lambda: None,
        ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._installation = installation
        self._source = source
        self._dispatch = dispatch
        self._visits = deque(visits)
        self._saved = saved
        self._ended = ended
        self._tried = False

    def go_on(self) -> None:
        """Plan the next page, or end the round."""
        if not self._visits:
            if self._tried:
                self._compare()
            self._ended()
            return
        places = places_of(self._visits[0].link)
        if self._source.opens_articles:
            places |= {THE_BROWSER}
        self._dispatch.plan(articles_of(self._source.id), self._visit, places=places)

    def _visit(self) -> None:
        visit = self._visits.popleft()
        if self._installation.wait_of(visit.link) is None:  # it stays due where its host wants to be left alone
            self._installation.read_article(visit, self._source)
            self._tried = True
            self._saved()
        self.go_on()

    def _compare(self) -> None:
        """Say so where the pages that were read contradict the list."""
        if reason := self._installation.contradiction(self._source.id):
            log.warning("articles contradict their list", source=self._source.id, reason=reason)
