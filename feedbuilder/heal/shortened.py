"""A list that got shorter when its page was built anew, told from a box that repeats some of its stories.

A site that parts its list into pages shows the newest stories where all of them stood. A box "latest posts" does so
too, on pages that hold the list no longer. Only where everything says that it is the list, it is believed.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedbuilder.detect import Candidate
from feedbuilder.heal.another_page import keeps_a_name_of_its_own
from feedbuilder.heal.known_list import KnownList
from feedbuilder.heal.suspicions import FIELDS
from feedbuilder.heal.verdict import FoundAgain
from feedbuilder.model import KnownNames, ListProfile, Page, Source
from feedbuilder.parse.page_says import page_says

_ASIDE = frozenset({"aside", "named-aside"})
"""Rules of detection that speak against what stands beside the main part of a page."""
_NEARLY_ALL = 0.9
_USUAL, _STILL = 0.7, 0.5
"""Of the items: a field that so many used to show is shown by so many still. A box shows titles, dates, seldom more."""


def is_shortened(
    again: FoundAgain,
    page: Page,
    source: Source,
    candidates: Sequence[Candidate],
    profile: ListProfile,
    known: KnownList,
    names: KnownNames | None,
) -> bool:
    """Return whether `again`, with much fewer stories than were `known`, is the list all the same.

    It must be the likeliest list of the page by far from its edges, hold the newest of the known stories with all that
    they used to show, and stand on a page that calls itself what it did.
    """
    if not _is_likeliest(again, candidates) or not _holds_the_newest(again, known) or not _shows_all(again, profile):
        return False
    facts = page_says(page, [item.title for item in again.items if item.title], source.language)
    return not facts.not_found and not facts.stand_in and keeps_a_name_of_its_own(names, facts.names, source.url)


def _is_likeliest(again: FoundAgain, candidates: Sequence[Candidate]) -> bool:
    if not candidates or candidates[0].doubts or _ASIDE & {reason.name for reason in candidates[0].reasons}:
        return False
    return {item.canonical for item in candidates[0].items} == {item.canonical for item in again.items}


def _holds_the_newest(again: FoundAgain, known: KnownList) -> bool:
    """Return whether the known stories in it are later than all the others."""
    inside = {story.canonical for story in known.matches(again.items).values()}
    dates = {story.canonical: story.published for story in known.stories if story.published}
    if len(dates) < _NEARLY_ALL * len(known.stories) or not inside & dates.keys() or not dates.keys() - inside:
        return False
    last_of_others = max(at for canonical, at in dates.items() if canonical not in inside)
    return last_of_others <= min(at for canonical, at in dates.items() if canonical in inside)


def _shows_all(again: FoundAgain, profile: ListProfile) -> bool:
    """Return whether its items show what they used to, and that is more than the date that a box shows too."""
    now = ListProfile.of(again.items)
    usual = {field for field in FIELDS if getattr(profile, field) >= _USUAL}
    return bool(usual - {"dates"}) and all(getattr(now, field) >= _STILL for field in usual)
