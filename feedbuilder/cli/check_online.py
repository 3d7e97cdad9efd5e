"""`check --online`: reads the page of each source and shows what its selectors find there, as a table and notes.

Owns how that looks. What is found and what is wrong with it is for `extract.survey_selectors` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from rich.markup import escape
from rich.table import Table

from feedbuilder.cli.show_tables import plain_table
from feedbuilder.config import Config
from feedbuilder.extract import FOUND, Note, SelectorSurvey, survey_selectors
from feedbuilder.model import ExtractError, FetchError, Source
from feedbuilder.tend.polite_fetcher import page_of, polite_fetcher

_WIDTH = 80
"""Columns of the notes, wherever they are printed: they are read by people, in terminals and in mails from cron."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of reading one source."""

    source: Source
    survey: SelectorSurvey | None
    """None where the page could not be had or read."""
    error: str | None = None
    login: str | None = None
    """What its login did, if it has one."""

    @property
    def is_well(self) -> bool:
        """Return whether the page was had and every part that is configured was found."""
        return self.survey is not None and self.survey.is_well

    @property
    def notes(self) -> tuple[Note, ...]:
        """Return the notes on the source, faults first."""
        notes = self.survey.notes if self.survey else ()
        return (*notes, Note("login", self.login)) if self.login else notes


def try_out(config: Config, sources: Iterable[Source]) -> Iterator[Trial]:
    """Read the page of each source, one after the other, and yield what its selectors find. Changes nothing."""
    with polite_fetcher(config, None) as fetcher:
        for source in sources:
            try:
                survey = survey_selectors(page_of(fetcher, source), source)
                yield Trial(source, survey, login=fetcher.login_told(source))
            except (FetchError, ExtractError) as error:
                yield Trial(source, None, str(error), fetcher.login_told(source))


def trials_table(trials: Iterable[Trial]) -> Table:
    """Return how many items each source has, and how many of them have which field; in red what found nothing."""
    table = plain_table("Source", "Items", *(key.capitalize() for key in FOUND))
    for column in table.columns[1:]:
        column.justify = "right"
    for trial in trials:
        name = escape(trial.source.name)
        if trial.survey is None:
            table.add_row(name, _red("failed"), *("–" for _ in FOUND))
            continue
        faults = {note.key for note in trial.notes if note.fault}
        counts = {"item": len(trial.survey.items), **trial.survey.counts}
        table.add_row(name, *(_red(str(count)) if key in faults else str(count) for key, count in counts.items()))
    return table


def findings(trial: Trial) -> Iterator[tuple[bool, str]]:
    """Yield each finding about a source as a paragraph in Rich markup; True: it is a fault."""
    if trial.error is not None:
        yield True, _paragraph(trial.source.id, trial.error)
    for note in trial.notes:
        yield note.fault, _paragraph(f"{trial.source.id}, {note.key}", note.text, "red" if note.fault else "yellow")


def trials_json(trials: Sequence[Trial]) -> list[dict[str, Any]]:
    """Return the trials for `--json`: by source, `items` and `found` null where the page could not be read."""
    return [
        {
            "id": trial.source.id,
            "url": trial.source.url,
            "ok": trial.is_well,
            "error": trial.error,
            "items": len(trial.survey.items) if trial.survey else None,
            "found": dict(trial.survey.counts) if trial.survey else None,
            "notes": [{"key": note.key, "text": note.text, "fault": note.fault} for note in trial.notes],
        }
        for trial in trials
    ]


def _paragraph(label: str, text: str, colour: str = "red") -> str:
    lines = wrap(f"{label}: {text}", _WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    # The label holds spaces only between words, so it stands on the first line, unless the terminal is absurdly narrow.
    return escape("\n".join(lines)).replace(f"{label}:", f"[bold {colour}]{label}[/]:", 1)


def _red(text: str) -> str:
    return f"[bold red]{text}[/]"
