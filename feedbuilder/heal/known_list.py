"""The stories that a source listed at its last good reading, and which of them stand in another reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from feedbuilder.model import Item, Known, Precision
from feedbuilder.model.wording import same_title, without_ellipsis
from feedbuilder.parse.boilerplate import text_key

ENOUGH = 3
"""Known stories that prove a list; of a list that had fewer, all of them."""
SHORTEST = 8
"""Letters of a title that tells a story from others; "Update" is many."""


@dataclass(frozen=True, slots=True)
class KnownStory:
    """One story as it was last listed."""

    canonical: str
    titles: tuple[str, ...]
    """What it is called, and was: by the list, by its own page."""
    published: datetime | None
    """None where its date was never said."""


@dataclass(frozen=True, slots=True)
class KnownList:
    """The stories that a source listed at its last good reading."""

    stories: tuple[KnownStory, ...]

    @classmethod
    def of(cls, known: Iterable[Known], source: str) -> Self:
        """Return what `source` said of the stories `known`; what it never listed is left out."""
        return cls(tuple(story for one in known if (story := _story(one, source)) is not None))

    def matches(self, items: Sequence[Item]) -> dict[str, KnownStory]:
        """Return the known stories among `items`, by the canonical address of the item; each story once.

        A story is known by its address, or, where that changed, by its title.
        """
        by_address = {story.canonical: story for story in self.stories}
        found = {item.canonical: by_address[item.canonical] for item in items if item.canonical in by_address}
        rest = [story for story in self.stories if story.canonical not in {one.canonical for one in found.values()}]
        by_title = {key: story for story in rest for title in story.titles if len(key := text_key(title)) >= SHORTEST}
        for item in items:
            if item.canonical in found or item.title is None or not rest:
                continue
            story = by_title.get(text_key(item.title)) or _cut_alike(item.title, rest)
            if story is not None and story in rest:
                found[item.canonical] = story
                rest.remove(story)
        return found


def _story(known: Known, source: str) -> KnownStory | None:
    said = next((one for one in known.statements if one.source == source), None)
    if said is None:
        return None
    titles = (said.title, *said.former_titles, known.article and known.article.title, known.item and known.item.title)
    identity = known.identity
    published = None if identity.precision is Precision.SEEN else identity.published
    return KnownStory(identity.canonical, tuple(dict.fromkeys(title for title in titles if title)), published)


def _cut_alike(title: str, stories: Iterable[KnownStory]) -> KnownStory | None:
    """Return the story of which `title` is a long cut, or the other way round."""
    return next(
        (one for one in stories if any(_is_long_cut(*sorted((title, other), key=len)) for other in one.titles)), None
    )


def _is_long_cut(short: str, whole: str) -> bool:
    """Return whether `short` is a long cut of `whole`, at the end of a word or with an ellipsis."""
    rest = whole[len(without_ellipsis(short)) :]
    return same_title(short, whole) and (without_ellipsis(short) != short or not rest[:1].isalnum())
