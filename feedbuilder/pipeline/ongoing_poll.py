"""One reading of one source, before it is known how it went: what it began with, and the state that follows from it.

Pure; the moments and the chance come in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from feedbuilder.heal import is_strange
from feedbuilder.heal.another_page import ASK_EVERY
from feedbuilder.model import (
    AddressRule,
    Changes,
    ExtractError,
    FetchError,
    KnownNames,
    ListMemory,
    ListProfile,
    NotModified,
    Outcome,
    Page,
    Run,
    Source,
    SourceState,
    Surroundings,
)
from feedbuilder.pipeline.schedule import after_run
from feedbuilder.pipeline.sudden_changes import Doubts


@dataclass(frozen=True, slots=True)
class OngoingPoll:
    """One reading of one source, before it is known how it went."""

    source: Source
    state: SourceState
    """As far as it holds under the settings of now."""
    mark: str
    """The fingerprint of these settings."""
    started: datetime
    memory: ListMemory
    """Of its list, as far as it holds under the settings of now."""
    response: timedelta | None = None
    """How long its page took to come; None as long as it has not."""
    cards: bytes | None = None
    """See `FamiliarList`, as of the next two."""
    surroundings: Surroundings | None = None
    mark_of_list: str | None = None

    def after(
        self, run: Run, chance: float, page: Page | NotModified, doubts: Doubts, missed: Sequence[str] = ()
    ) -> SourceState:
        """Return the state of the source after a good run that `missed` parts of its list.

        Where something was doubted, the old validators stay: a 304 would say that nothing is left to be doubted.
        """
        state = after_run(self.state, run, self.source, chance)
        validators = self.state.validators if doubts else page.validators
        landed = page.url if isinstance(page, Page) else state.landed
        warning = "; ".join(missed) or None if isinstance(page, Page) else state.warning
        return replace(
            state, validators=validators, fingerprint=self.mark, landed=landed, doubts=doubts, warning=warning
        )

    def is_look_due(self, now: datetime) -> bool:
        """Return whether more than its list is to be looked at: how the page calls itself, and a copy to be kept.

        What has no names is never kept either; copies of what stood there before are let go under other settings.
        """
        if not self.source.kind.names_itself:
            return self.state.landed is None
        names = self.memory.names
        return names is None or abs(now - names.asked) >= ASK_EVERY

    def usual_after(self, looks: ListProfile, names: KnownNames | None, run: Run) -> ListMemory:
        """Return what is remembered of a list that `looks` so, after the good `run` on a page with these `names`."""
        profile = self.memory.profile.after(looks) if self.memory.profile else looks
        if run.new and self.state.last_change is not None and not self.state.failures:
            profile = profile.after_rest((run.finished - self.state.last_change) / timedelta(hours=1))
        # What is strange, and was believed, stays counted until a reading is as usual.
        strange = self.memory.strange if self.memory.strange and is_strange(looks, profile) else {}
        return replace(self.memory, profile=profile.rounded(), strange=strange, names=names)

    def succeeded(self, changes: Changes, status: int, note: str | None, learnt: tuple[AddressRule, ...]) -> Run:
        """Return the run that brought these `changes`."""
        new, changed = len(changes.new), len(changes.changed)
        return Run(
            changes.source,
            self.started,
            changes.now,
            Outcome.NEW if new or changed else Outcome.UNCHANGED,
            found=len(changes.changes) + len(changes.standing),
            new=new,
            changed=changed,
            status=status,
            note=note,
            learnt=learnt,
        )

    def failed(self, error: FetchError | ExtractError, now: datetime) -> Run:
        """Return the run that ended so `now`."""
        fetch_error = error if isinstance(error, FetchError) else None
        return Run(
            self.source.id,
            self.started,
            now,
            Outcome.FAILED,
            error=str(error),
            status=fetch_error.status if fetch_error else 200,
            is_lasting=error.is_lasting,
            retry_after=fetch_error.retry_after if fetch_error else None,
        )
