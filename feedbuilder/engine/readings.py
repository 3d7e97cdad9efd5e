"""The readings of `run`: each source and each article page when it is due and its host may be asked.

Owns what is planned for which source. When a source is due is decided by `pipeline.schedule` and stands in the store;
who may go of those that are due, by `pipeline.turns`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from threading import Lock

from feedbuilder.engine.article_round import ArticleRound, articles_of
from feedbuilder.engine.dispatch import Dispatch
from feedbuilder.engine.first_round import FirstRound
from feedbuilder.engine.icon_turn import plan_icon
from feedbuilder.engine.installation import Installation
from feedbuilder.engine.media_turn import plan_media
from feedbuilder.engine.run_log import COULD_NOT, log_run
from feedbuilder.logger import log
from feedbuilder.model import ClockError, FeedbuilderError, Outcome, SourceState
from feedbuilder.pipeline.schedule import SPREAD, due_after_start, due_at
from feedbuilder.pipeline.turns import Key, Turn

VISIT_PAUSE = timedelta(minutes=1)
"""Between two rounds of article pages of one source: a first sight of forty new items is no reason to hammer."""


def reading_of(source: str) -> Key:
    """Return what the turns of a source's list are for."""
    return ("source", source)


class Readings:
    """Reads what is due. `alarm` is told in how many seconds to `look`; `saved` is called when there may be news.

    `doubted` is called with the error when a reading did not take place because this machine's clock is wrong; who
    hears of it plans all readings anew (`start`) when it is right.
    """

    def __init__(
        self,
        installation: Installation,
        alarm: Callable[[float], None],
        saved: Callable[[], None],
        doubted: Callable[[ClockError], None],
    ) -> None:
        self.installation = installation
        """The one in force; whoever takes up another configuration replaces it."""
        self._saved = saved
        self._doubted = doubted
        self._first = FirstRound(())
        self._counting = Lock()
        self._dispatch = Dispatch(installation.config.fetch.workers, self._pause, self._failed, alarm)

    def start(self) -> None:
        """Plan all readings from what the store knows."""
        installation, now = self.installation, self.installation.clock()
        states, visits = installation.states(), installation.store.next_visits()
        soon: list[str] = []
        for source_id, due in due_after_start(states, now, random.random).items():
            if installation.sources[source_id].paused:
                continue
            self._read_at(states[source_id], due)
            if due <= now + SPREAD:
                soon.append(source_id)
            if source_id in visits:
                self._plan_round(source_id, max(visits[source_id] - now, VISIT_PAUSE))
        self._first = FirstRound(soon)
        self.look()

    def look(self) -> None:
        """Start what may go now."""
        self._dispatch.look()

    def read(self, state: SourceState, *, at_once: bool = False) -> None:
        """Plan the next reading of a source by its `state`; `at_once` unless its site forbids it."""
        now = self.installation.clock()
        self._read_at(state, max(now, state.blocked_until or now) if at_once else due_at(state, now, 0.0, timedelta()))
        self.look()

    def forget(self, source_id: str) -> None:
        """Plan nothing for a source any more."""
        self._dispatch.drop(reading_of(source_id))
        self._dispatch.drop(articles_of(source_id))

    def stop(self, grace: timedelta) -> bool:
        """Start nothing more; return whether all readings under way ended within `grace`."""
        return self._dispatch.close(grace.total_seconds())

    def tell_first_round(self, *, at_once: bool = True) -> None:
        """Log how the first readings went, if that was not told yet; `at_once`, even if some still wait."""
        with self._counting:
            report = self._first.report(at_once=at_once)
        if report:
            log.info("first readings done", **report)

    def _read_at(self, state: SourceState, due: datetime) -> None:
        """Plan the next reading of a source, in place of the one planned before; none of a paused one."""
        source = self.installation.sources.get(state.source)
        if source is not None and not source.paused:
            self._dispatch.plan(
                reading_of(source.id),
                partial(self._read, source.id),
                places=self.installation.places(source, state),
                after=(due - self.installation.clock()).total_seconds(),  # its clock need not be the machine's
                is_doubtful=state.failures > 0,
            )

    def _read(self, source_id: str) -> None:
        """Read one source, plan its next reading and its article pages, and have the feeds published."""
        source = self.installation.sources.get(source_id)
        if source is None or source.paused:
            return
        self.installation.look_at_clock()
        run = self.installation.poll(source)
        log_run(run)
        well = run.outcome is not Outcome.FAILED
        if not well and (wait := self.installation.wait_of(source.url)):
            log.warning("host is left alone", host=wait.place, until=wait.until.isoformat(timespec="seconds"))
        self._plan_again(source_id)
        self._saved()
        self._plan_articles(source_id, timedelta())
        plan_icon(run, self.installation, source, self._dispatch, saved=self._saved)
        if run.outcome is Outcome.NEW:
            plan_media(self.installation, source, self._dispatch, saved=self._saved)
        with self._counting:
            self._first.ended(source_id, well=well)
        self.tell_first_round(at_once=False)

    def _plan_again(self, source_id: str) -> None:
        """Plan the next reading of a source after one; where the configuration changed meanwhile, it is due again."""
        source = self.installation.sources.get(source_id)
        if source is not None:
            state = self.installation.state(source)
            self._read_at(state, due_at(state, self.installation.clock(), 0.0, timedelta()))

    def _plan_articles(self, source_id: str, pause: timedelta) -> None:
        """Plan the next round of article pages of a source, after `pause` at the earliest, if any are to be read."""
        due = self.installation.store.next_visit(source_id)
        if due is not None:
            self._plan_round(source_id, max(due - self.installation.clock(), pause))

    def _plan_round(self, source_id: str, wait: timedelta) -> None:
        begin = partial(self._begin_round, source_id)
        self._dispatch.plan(articles_of(source_id), begin, after=wait.total_seconds())

    def _begin_round(self, source_id: str) -> None:
        installation = self.installation
        source = installation.sources.get(source_id)
        if source is not None and not source.paused:
            ended = partial(self._plan_articles, source_id, VISIT_PAUSE)
            visits = installation.due_articles(source)
            ArticleRound(installation, source, self._dispatch, visits, saved=self._saved, ended=ended).go_on()

    def _pause(self, place: str) -> float:
        return self.installation.pause(place)

    def _failed(self, turn: Turn, error: Exception) -> None:
        """Keep all sources going, whatever happened to one: the store failed, or a bug, which keeps its traceback."""
        if isinstance(error, ClockError):
            self._doubted(error)
            return
        kind, source_id = turn.key
        if isinstance(error, FeedbuilderError):
            log.error(COULD_NOT[kind], source=source_id, reason=str(error))
        else:
            log.error(COULD_NOT[kind], source=source_id, exc_info=error)
        source = self.installation.sources.get(source_id)
        if source is None:
            return
        if kind == "source":
            state = SourceState(source_id)  # the store need not be there to ask
            self._read_at(state, self.installation.clock() + source.interval)
        elif kind == "articles":
            self._plan_round(source_id, source.interval)
