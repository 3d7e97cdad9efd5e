"""The stories that a source listed at its last good reading, and which of them stand in another reading."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from feedbuilder.model import Item, Known, Precision
from feedbuilder.model.wording import SHORTEST_CUT, without_ellipsis
from feedbuilder.parse.boilerplate import text_key

ENOUGH = 3
"""Known stories that prove a list; of a list that had fewer, all of them."""
_MOST_ALIKE = 50
"""Titles with one long beginning that are looked at."""
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
        left = {story.canonical: story for story in self.stories if story.canonical not in found}
        titles = _Titles.of(left.values())
        for item in items:
            if item.canonical in found or item.title is None:
                continue
            story = next((one for one in titles.called(item.title) if one.canonical in left), None)
            if story is not None:
                found[item.canonical] = left.pop(story.canonical)
        return found


@dataclass(frozen=True, slots=True)
class _Titles:
    """The titles of stories, to be looked up whole and by long beginnings."""

    by_key: Mapping[str, Sequence[KnownStory]]
    by_text: Mapping[str, Sequence[KnownStory]]
    """In one case, with single spaces, without an ellipsis."""
    texts: Sequence[str]
    """The keys of `by_text`, sorted."""
    lengths: Sequence[int]
    """Of the texts, each once; none shorter than a cut may be."""

    @classmethod
    def of(cls, stories: Iterable[KnownStory]) -> Self:
        by_key: defaultdict[str, list[KnownStory]] = defaultdict(list)
        by_text: defaultdict[str, list[KnownStory]] = defaultdict(list)
        for story in stories:
            for title in story.titles:
                by_key[text_key(title)].append(story)
                by_text[_text(title)].append(story)
        lengths = sorted({len(text) for text in by_text if len(text) >= SHORTEST_CUT})
        return cls(by_key, by_text, sorted(by_text), lengths)

    def called(self, title: str) -> Iterator[KnownStory]:
        """Yield the stories with this title, then those of which it is a long cut, and the other way round."""
        key, text = text_key(title), _text(title)
        if len(key) >= SHORTEST:
            yield from self.by_key.get(key, ())
        if len(text) < SHORTEST_CUT:
            return
        for whole in self.texts[bisect_left(self.texts, text) :][:_MOST_ALIKE]:
            if not whole.startswith(text):
                break
            if _ends_well(title, text, whole):
                yield from self.by_text[whole]
        for length in self.lengths:
            if length < len(text) and _ends_well("", text[:length], text):
                yield from self.by_text.get(text[:length], ())


def _text(title: str) -> str:
    return without_ellipsis(" ".join(title.casefold().split()))


def _ends_well(cut: str, short: str, whole: str) -> bool:
    """Return whether a title was cut at the end of a word, or with an ellipsis: "part 1" is no cut of "part 17"."""
    return without_ellipsis(cut) != cut or not whole[len(short) :][:1].isalnum()


def _story(known: Known, source: str) -> KnownStory | None:
    said = next((one for one in known.statements if one.source == source), None)
    if said is None:
        return None
    titles = (said.title, *said.former_titles, known.article and known.article.title, known.item and known.item.title)
    identity = known.identity
    published = None if identity.precision is Precision.SEEN else identity.published
    return KnownStory(identity.canonical, tuple(dict.fromkeys(title for title in titles if title)), published)
