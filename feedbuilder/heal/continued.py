"""A list of which no known story is left: the likeliest list of the page, if it goes on where the known ones end.

A page that was quiet for months and got another dress, or whose stories all changed in between, holds nothing by which
its list is proven. Then everything else has to agree, and one list alone: the page calls itself what it did, addresses
stand where those of known stories stood and name stories, all dates are later than all that is known, and there are
about as many articles as usual. Whatever is missing, it is told, and a person looks.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedbuilder.detect import Candidate
from feedbuilder.heal.another_page import keeps_its_name
from feedbuilder.heal.kin import share_in_known_places
from feedbuilder.heal.known_list import KnownList
from feedbuilder.heal.verdict import FoundAgain
from feedbuilder.model import Item, KnownNames, ListProfile, Page, Source
from feedbuilder.parse.page_says import page_says

_FEWEST = 3
"""Articles of a list, and known stories, from which anything is proven by shapes and dates."""
_NEARLY_ALL = 0.9
_AS_MANY = 0.5, 1.5
"""Of the usual number of articles: from here to there."""


def continued(
    page: Page,
    source: Source,
    candidates: Sequence[Candidate],
    profile: ListProfile,
    known: KnownList,
    names: KnownNames | None,
) -> FoundAgain | None:
    """Return which of the lists that detection found on `page` goes on where the known stories end.

    None where not everything says so. Raises ExtractError for a page that cannot be read at all.
    """
    if len(known.stories) < _FEWEST or profile.dates < _NEARLY_ALL:
        return None
    going_on = [one for one in candidates if _goes_on(one, profile, known)]
    if not going_on or going_on[0] is not candidates[0] or _are_several(going_on):
        return None
    best = going_on[0]
    facts = page_says(page, [item.title for item in best.items if item.title], source.language)
    if facts.not_found or facts.stand_in or not keeps_its_name(names, facts.names):
        return None
    return FoundAgain(best.selectors, best.items, 0, len(known.stories), dict(best.settings))


def _goes_on(candidate: Candidate, profile: ListProfile, known: KnownList) -> bool:
    items = candidate.items
    fewest, most = (share * profile.items for share in _AS_MANY)
    if candidate.doubts or len(items) < _FEWEST or not fewest <= len(items) <= most:
        return False
    if share_in_known_places(items, known.stories) < _NEARLY_ALL or ListProfile.of(items).titles < _NEARLY_ALL:
        return False
    return _are_all_later(items, known)


def _are_all_later(items: Sequence[Item], known: KnownList) -> bool:
    dated = [item.published.at for item in items if item.published]
    before = [story.published for story in known.stories if story.published]
    enough = len(dated) >= _NEARLY_ALL * len(items) and len(before) >= _NEARLY_ALL * len(known.stories)
    return enough and min(dated) > max(before)


def _are_several(candidates: Sequence[Candidate]) -> bool:
    """Return whether some of the lists hold other articles than the first one, so that it could be any of them."""
    first = {item.canonical for item in candidates[0].items}
    return any({item.canonical for item in one.items} - first for one in candidates[1:])
