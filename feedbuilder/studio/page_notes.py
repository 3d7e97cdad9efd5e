"""What people are told of the page that they are shown: what it lacks, and whom its styles and pictures would ask."""

from __future__ import annotations

from collections.abc import Sequence

from feedbuilder.studio.page_view import ShownPage

_NAMED_HOSTS = 3


def page_notes(view: ShownPage) -> tuple[str, ...]:
    """Return sentences about `view`, those that matter most first."""
    notes = []
    if view.is_cut:
        notes.append(f"The page is longer than can be shown; these are its first {view.shown:,} elements.")
    if not view.shown or not view.body.strip():
        notes.append("The page shows nothing without scripts.")
    if asks := asked_for(view, _NAMED_HOSTS):
        notes.append(f"{asks} are loaded." if view.loads else f"{asks} are not loaded.")
    if view.lacks_styles:
        notes.append("It has more styles of its own than can be shown.")
    if view.taken_out:
        parts = [_count(number, what) for what, number in sorted(view.taken_out.items())]
        notes.append(f"Taken out, for nothing of the page may act here: {_listed(parts)}.")
    return tuple(notes)


def asked_for(view: ShownPage, named: int = 1) -> str:
    """Return the subject of a sentence: "3 stylesheets and 40 pictures from paper.example"; "" where there are none.

    At most so many hosts are `named`, those first of whom most is asked.
    """
    counts = ((view.stylesheets, "stylesheet"), (view.pictures, "picture"))
    parts = [_count(number, what) for number, what in counts if number]
    if not parts:
        return ""
    hosts, more = list(view.hosts[:named]), len(view.hosts) - named
    return f"{_listed(parts)} from {_listed([*hosts, *([_count(more, 'other host')] if more > 0 else [])])}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
