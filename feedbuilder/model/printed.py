"""What stands in the output, and what it was made from: by this a feed in which nothing changed is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LIVE = ""
"""The live files among the documents of a feed; the others are its archive documents, by their names."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """By what it is seen, without reading it, that a file is the one that was written."""

    size: int
    modified: int
    """Nanoseconds since 1970, as the file system has them; of an object, a digest of its content."""
    etag: str = ""
    """What the service of an object called this content when it was put."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What has come, gone or changed since feeds were last published."""

    until: int
    """The number of the last change among these; 0 without any."""
    items: frozenset[str] = frozenset()
    """Ids, also of items that were forgotten since."""
    tags: frozenset[str] = frozenset()
    """The keys of tags that more or fewer items carry than before, in one of their spellings."""
    icons: frozenset[str] = frozenset()
    """The ids of sources of whose site there is an icon now, or another one."""


@dataclass(frozen=True, slots=True)
class PrintedFeed:
    """A feed as it stands in the output."""

    mark: str
    """What its settings were, and the program, when it was made; another means that it has to be made anew."""
    summary: Mapping[str, Any]
    """What the lists of feeds say of it; see `feeds.feed_summary`."""
    files: Mapping[str, FileStamp]
    """By path, relative to the output folder."""


@dataclass(frozen=True, slots=True)
class Printing:
    """What one publishing made of one feed."""

    slug: str
    """Empty for the files at the top of the output."""
    mark: str
    anew: bool
    """Whether all of it was made, so that nothing of what was remembered of it counts any more."""
    summary: Mapping[str, Any] | None = None
    """None where the live files stayed as they were."""
    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The ids of the entries of each document that was made; see `LIVE`."""
    files: Mapping[str, FileStamp] = field(default_factory=dict)
    """Of these documents."""
