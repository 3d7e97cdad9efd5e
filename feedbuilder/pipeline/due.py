"""What is to be made anew of the output: a value that `press` makes, and of which each publishing makes a portion.

Owns which feeds go first. Knows no store and no feed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field


@dataclass
class Due:
    """What is to be made anew."""

    until: int
    """The number of the last change that was looked at."""
    anew: set[str] = field(default_factory=set)
    """The slugs of feeds of which every document is."""
    documents: dict[str, set[str]] = field(default_factory=dict)
    """The names of documents, by the slugs of their feeds, those that were touched first in front."""
    items: AbstractSet[str] = frozenset()
    """The ids of the items that changed: what other entries of a document say is as it stands written."""
    whole: set[tuple[str, str]] = field(default_factory=set)
    """Documents (slug of the feed, name) of which any entry may say something else than is written."""
    names: Mapping[str, str | None] = field(default_factory=dict)
    """The tags that are shown by another name than before, by key; None for one that nothing carries any more."""

    def __bool__(self) -> bool:
        return bool(self.anew or self.documents)

    def add(self, slug: str, document: str) -> None:
        """Note that one document of a feed is to be made anew."""
        self.documents.setdefault(slug, set()).add(document)

    def is_whole(self, slug: str, document: str) -> bool:
        """Return whether any entry of a document may say something else than is written."""
        return slug in self.anew or (slug, document) in self.whole

    def after(self, left: Due) -> Due:
        """Return what is to be made after an earlier publishing has `left` some of it; that goes in front."""
        documents = {slug: set(names) for slug, names in left.documents.items()}
        for slug, names in self.documents.items():
            documents.setdefault(slug, set()).update(names)
        return Due(
            max(left.until, self.until),
            left.anew | self.anew,
            documents,
            left.items | self.items,
            left.whole | self.whole,
            {**left.names, **self.names},
        )

    def order(self, slugs: Iterable[str]) -> list[str]:
        """Return those of `slugs`, which are all feeds, of which something is to be made.

        Those first that an item or a tag touched, for there is news; a setting or a release has time.
        """
        all_of_them = list(slugs)
        known = set(all_of_them)
        touched = [slug for slug in self.documents if slug in known]
        return touched + [slug for slug in all_of_them if slug in self.anew and slug not in self.documents]

    def without(self, slugs: Iterable[str]) -> Due:
        """Return what is to be made when the feeds `slugs` are."""
        made = frozenset(slugs)
        return Due(
            self.until,
            self.anew - made,
            {slug: names for slug, names in self.documents.items() if slug not in made},
            self.items,
            {(slug, name) for slug, name in self.whole if slug not in made},
            self.names,
        )
