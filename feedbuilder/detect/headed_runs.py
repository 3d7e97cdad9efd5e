"""Whole stories written flat, whose link stands at their foot: heading, any number of paragraphs, "Posted at 9:20".

Their length differs from story to story, so that no pattern says where one begins; its heading does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from feedbuilder.detect.outline import HEADINGS, Element
from feedbuilder.detect.sibling_rows import Look, Row, SiblingRun, look
from feedbuilder.parse.dates.bare_dates import heading_span

_NEARLY_ALL = 0.9
"""Of the stories; one may be without a title."""
_FEWEST = 3
"""Stories; of two, chance makes much alike."""


def headed_runs(rows: Sequence[Row], gaps: Sequence[Sequence[Element]], leads: Sequence[Look]) -> list[SiblingRun]:
    """Return the records, each from its heading or the line over it to its link.

    None where headings do not stand over the links, or are one of `leads`: a pattern that says where records begin. A
    date alone between two records stands over what follows, as a heading does, and is left to neither.
    """
    stories = [*gaps, *(row.before for row in rows)]
    linked = [row.siblings[place] for row in rows for _, place in row.members]
    if len(stories) < _FEWEST or any(one.headed or one.tag in HEADINGS for one in linked):
        return []
    head = _head(rows, stories)
    if head is None or head in leads:
        return []
    over = [story[place - 1] for story in stories if 0 < (place := _place(story, head)) < len(story)]
    line = _usual(([look(one)] for one in over if heading_span(one.text) is None), len(stories))
    if not line and any(heading_span(one.text) is None for one in over[: len(gaps)]):
        return []  # some have a line over their heading, which would go to the story before
    return [run for row in rows for run in _parted(row, head, next(iter(line), None))]


def _head(rows: Sequence[Row], stories: Sequence[Sequence[Element]]) -> Look | None:
    """Return what the heading looks like that nearly all stories begin with, None where there is none.

    None too where one of its make stands behind the last link: the headings may then belong to what is before them.
    """
    behind = {look(one) for row in rows for one in row.behind}
    usual = _usual((set(map(look, filter(_is_title, story))) - behind for story in stories), len(stories))
    # Of several, that which comes first: the others part the text.
    head = min(usual, key=lambda one: sum(_place(story, one) for story in stories), default=None)
    return None if head is None or any(_place(row.before, head) == len(row.before) for row in rows) else head


def _usual(found: Iterable[Iterable[Look]], stories: int) -> list[Look]:
    """Return what is `found` in nearly all stories."""
    counts = Counter(one for looks in found for one in looks)
    return [one for one, count in counts.most_common() if count >= _NEARLY_ALL * stories]


def _is_title(one: Element) -> bool:
    return one.tag in HEADINGS and heading_span(one.text) is None


def _place(story: Sequence[Element], head: Look) -> int:
    return next((place for place, one in enumerate(story) if look(one) == head), len(story))


def _parted(row: Row, head: Look, line: Look | None) -> list[SiblingRun]:
    runs = row.parted(lambda free, place: _begin(row.siblings, free, place, head, line))
    return [SiblingRun(_without_dates(run.parts), run.link) for run in runs]


def _begin(siblings: Sequence[Element], free: int, place: int, head: Look, line: Look | None) -> int:
    """Return where the record of the link at `place` begins: at its heading, or the line over that."""
    story = siblings[free:place]
    # Before the first link other headings of the same make may stand over the list: the nearest is its own.
    found = _place(story, head) if free else len(story) - 1 - _place(story[::-1], head)
    has_line = 0 < found < len(story) and look(story[found - 1]) == line
    return free + found - has_line


def _without_dates(parts: tuple[Element, ...]) -> tuple[Element, ...]:
    """Return `parts` without the dates at their end, which stand over what follows."""
    end = len(parts)
    while end > 1 and heading_span(parts[end - 1].text) is not None:
        end -= 1
    return parts[:end]
