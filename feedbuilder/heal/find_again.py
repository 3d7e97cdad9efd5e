"""Finding the list of known stories in new markup: what detection finds, held against what is known.

A list is the source's own when it holds enough of the stories that were listed last, and they look as they did: their
titles and dates agree. Detection alone takes another list on half of the pages that hold the old one no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.detect import Candidate, detect, lists_of_known
from feedbuilder.heal.kin import strangers
from feedbuilder.heal.known_list import ENOUGH, SHORTEST, KnownList, KnownStory
from feedbuilder.heal.left_out import without
from feedbuilder.heal.verdict import FoundAgain
from feedbuilder.model import Item, Page, Source
from feedbuilder.model.wording import titles_match
from feedbuilder.parse.boilerplate import text_key
from feedbuilder.parse.decode import decode
from feedbuilder.parse.not_found import says_not_found

_AGREE = 2 / 3
"""Of the known stories in it: the share whose titles, and dates where both have one, are what they were."""
_NEARLY = 0.8
"""Of the most known stories that any list of the page holds: a list that holds so many may be preferred."""
_DAYS_APART = timedelta(hours=36)
"""Dates of one story on two pages: days without a time, and zones, lie up to so far apart."""
_WHOLE, _MANY = 0.95, 0.5
"""Of the known stories: a list that is so long, and holds so many of them, is all of it."""
_CLEANED = 3
"""Lists that are read once more without what is of another kind in them."""
_STRANGERS = 0.1
"""Of the items of a list: so many may be neither known nor of the kind of known stories."""
_SEVERAL = 2
"""Strangers that are left out where they can be told apart; a single one may be the first story of a new section."""


def find_again(
    page: Page, source: Source, known: KnownList, detected: Sequence[Candidate] | None = None
) -> FoundAgain | None:
    """Return the list of `source` on `page`, whose selectors find it no longer; None where it is not proven.

    `detected` is what detection found, where that is known already. Raises ExtractError for a page that cannot be
    read at all.
    """
    if not known.stories:
        return None
    if detected is None:
        detected = detect(page, language=source.language, zone=source.timezone).candidates
    weighed = list(_candidates(page, source, known, detected))
    proven = [one for one in weighed if one.is_proven] or list(_without_strangers(page, source, weighed))
    if not proven or says_not_found(LexborHTMLParser(decode(page, source.language)), _titles(known)) is not None:
        return None
    most = max(len(one.matches) for one in proven)
    # Of those that hold nearly all: what brings the fewest strangers, else the likeliest list of the page.
    best = min((one for one in proven if len(one.matches) >= _NEARLY * most), key=lambda one: len(one.strangers))
    if len(best.strangers) >= _SEVERAL:
        best = next(_without_strangers(page, source, [best]), best)
    found = best.candidate
    return FoundAgain(found.selectors, found.items, len(best.matches), len(known.stories), dict(found.settings))


def _candidates(page: Page, source: Source, known: KnownList, detected: Sequence[Candidate]) -> Iterator[_Weighed]:
    """Yield what detection found on the page, and, where that is not all of it, what stands around known stories."""
    weighed = [_Weighed(one, known) for one in detected]
    yield from weighed
    if any(one.is_whole for one in weighed):
        return
    addresses = {story.canonical for story in known.stories}
    titles = {key for story in known.stories for title in story.titles if len(key := text_key(title)) >= SHORTEST}
    around = lists_of_known(page, addresses, titles, language=source.language, zone=source.timezone)
    yield from (_Weighed(one, known) for one in around)


def _without_strangers(page: Page, source: Source, weighed: Sequence[_Weighed]) -> Iterator[_Weighed]:
    """Yield the list that holds most known stories without what else stands in it, if it is proven then."""
    most = max((len(one.matches) for one in weighed), default=0)
    for one in [one for one in weighed if len(one.matches) == most >= ENOUGH][:_CLEANED]:
        rest = without(page, source, one.candidate, one.strangers)
        if rest is not None and (again := _Weighed(rest, one.known)).is_proven:
            yield again
            return


@dataclass(frozen=True)
class _Weighed:
    """A list of the page, held against what is known."""

    candidate: Candidate
    known: KnownList

    @cached_property
    def matches(self) -> dict[str, KnownStory]:
        """The known stories in it, by the item's address."""
        return self.known.matches(self.candidate.items)

    @cached_property
    def strangers(self) -> list[Item]:
        """Those of its items that are neither known nor of the kind of known stories."""
        moved = (replace(story, canonical=address) for address, story in self.matches.items())
        stories = tuple({story.canonical: story for story in (*self.known.stories, *moved)}.values())
        return strangers([item for item in self.candidate.items if item.canonical not in self.matches], stories)

    @property
    def is_whole(self) -> bool:
        """Whether it is the list, and hardly anything of it can be missing: to look further would cost a second."""
        listed = len(self.known.stories)
        is_long = len(self.candidate.items) >= _WHOLE * listed and len(self.matches) >= _MANY * listed
        return is_long and self.is_proven and not self.strangers

    @cached_property
    def is_proven(self) -> bool:
        """Whether it is the list of the known stories."""
        listed, items = len(self.known.stories), self.candidate.items
        if len(self.matches) < min(ENOUGH, listed):
            return False
        if listed < ENOUGH and (self.candidate.doubts or len(items) > ENOUGH * listed):
            return False  # little proof, and much to be wrong about
        if len(self.strangers) > _STRANGERS * len(items):
            return False
        return self.looks_as_it_did and not self.has_other_stories_between

    @property
    def has_other_stories_between(self) -> bool:
        """Whether it lacks most known stories, and holds more unknown ones from their days.

        A list shows all of its days. Another section of the same days shares some stories with it.
        """
        days = [story.published for story in self.known.stories if story.published]
        if not days or len(self.matches) >= _MANY * len(self.known.stories):
            return False
        others = (item for item in self.candidate.items if item.canonical not in self.matches)
        between = (item.published is not None and min(days) < item.published.at < max(days) for item in others)
        return sum(between) > len(self.matches)

    @property
    def looks_as_it_did(self) -> bool:
        """Whether the known stories in it have the titles and dates that they had."""
        items = self.candidate.items
        pairs = [(item, self.matches[item.canonical]) for item in items if item.canonical in self.matches]
        return _agree(_title_agrees, pairs) and _agree(_date_agrees, pairs)


def _agree(agrees: Callable[[Item, KnownStory], bool | None], pairs: Sequence[tuple[Item, KnownStory]]) -> bool:
    verdicts = [verdict for item, story in pairs if (verdict := agrees(item, story)) is not None]
    return sum(verdicts) >= _AGREE * len(verdicts)


def _title_agrees(item: Item, story: KnownStory) -> bool | None:
    if not story.titles:
        return None
    return item.title is not None and any(titles_match(item.title, title) for title in story.titles)


def _date_agrees(item: Item, story: KnownStory) -> bool | None:
    if item.published is None or story.published is None:
        return None
    return abs(item.published.at - story.published) <= _DAYS_APART


def _titles(known: KnownList) -> list[str]:
    return [title for story in known.stories for title in story.titles]
