"""Pages, items and what we know of them. Every datetime is aware and in UTC, every URL absolute.

`Item` is what a list said, `Statement` is an item as one source last said it, `StoredItem` is the entry computed from
all statements, with what we observed. None means "the site did not say".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from feedbuilder.model.address_rule import AddressRule
from feedbuilder.model.enclosures import MediaFile
from feedbuilder.model.image_details import ImageDetails


@dataclass(frozen=True, slots=True)
class Validators:
    """What a site gave us to ask "has it changed?" with (RFC 9110 §8.8); sent back as they came."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One answer with a body, as it came over the wire; nothing is decoded yet."""

    url: str
    """Where the body came from, after redirects: the base of its links."""
    body: bytes
    """After removal of the content coding, before decoding the charset."""
    fetched_at: datetime
    content_type: str | None = None
    """The Content-Type header as it was sent."""
    validators: Validators = Validators()
    status: int = 200
    links: str | None = None
    """The Link headers as they were sent (RFC 8288), joined by commas."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The site says that the page is what our validators describe (304)."""

    validators: Validators


class Precision(StrEnum):
    """How much of a publication date the site said."""

    INSTANT = "instant"
    """Day and time."""
    DAY = "day"
    """A day without a time."""
    SEEN = "seen"
    """Nothing: the date is when we first saw the item."""


@dataclass(frozen=True, slots=True)
class SaidDate:
    """A publication date as a page said it."""

    at: datetime
    """In UTC. With precision DAY: midnight of that day in the site's zone."""
    precision: Precision = Precision.INSTANT


@dataclass(frozen=True, slots=True)
class Item:
    """One article as a list shows it. All texts are plain text with single spaces, never empty strings."""

    canonical: str
    """The address reduced to what tells articles apart; see `parse.identity`. The id is made from it."""
    link: str
    """The address as the page gives it, absolute, without tracking parameters."""
    title: str | None = None
    summary: str | None = None
    published: SaidDate | None = None
    authors: tuple[str, ...] = ()
    image: str | None = None
    tags: tuple[str, ...] = ()
    """The item's own tags, in page order; the source's are not among them."""
    enclosures: tuple[str, ...] = ()
    """Absolute addresses of the sound and video that belong to it."""
    content_html: str | None = None
    """Its text, where the list shows it, as a fragment of HTML that `model.markup.sanitise` leaves as it is."""
    position: int = 0
    """Its place on the page, 0 being the top."""
    title_guessed: bool = False
    """Whether its title was not found where the source says; see `pipeline.guessed_titles`."""
    date_unread: bool = False
    """Whether a text stands where its date should, which was not believed or understood."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source's list last said about one item. Statements of different sources are never mixed."""

    source: str
    link: str
    title: str | None
    summary: str | None
    authors: tuple[str, ...]
    image: str | None
    tags: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    revised: datetime | None = None
    """When the source last really reworded it (not: cut it differently); None if it never did."""
    former_images: tuple[str, ...] = ()
    """Pictures that it gave up for another, oldest first: a list that alternates between two is not followed."""
    former_titles: tuple[str, ...] = ()
    """Titles that it gave up for another wording, oldest first; one that was given up twice stands there twice."""
    former_summaries: tuple[str, ...] = ()
    """Summaries that it gave up, in the same way."""
    enclosures: tuple[str, ...] = ()
    dated: datetime | None = None
    """The moment that it gave as the item's date, the latest if it moved; None where it gave none, or only a day."""
    content_html: str | None = None
    """As in `Item`."""
    former_contents: tuple[str, ...] = ()
    """Marks of the texts that it gave up for another one, oldest first; see `store.list_texts`."""
    assumed: bool = False
    """Taken from a published entry, not from the list itself: the next reading completes it, and revises nothing."""


@dataclass(frozen=True, slots=True)
class StoredItem:
    """One entry: an item as it is published."""

    id: str
    """`urn:uuid:…`, given at first sight and never changed (RFC 4287 §4.2.6)."""
    canonical: str
    link: str
    title: str | None
    summary: str | None
    authors: tuple[str, ...]
    image: str | None
    tags: tuple[str, ...]
    """Its own tags and those of its sources, each once, in a stable order."""
    sources: tuple[str, ...]
    """The ids of the sources that have listed it, sorted."""
    published: datetime
    """Fixed at first sight, because readers never correct a first date."""
    precision: Precision
    zone: ZoneInfo
    """The site's zone; feeds write dates with its offset, so that a reader sees the site's own day."""
    first_seen: datetime
    last_seen: datetime
    changed: datetime
    """When the entry last became different for a reader; `first_seen` if it never did."""
    position: int = 0
    """Its place on the page at first sight, 0 being the top: the order of entries that share their dates."""
    own_tags: tuple[str, ...] = ()
    """Those of `tags` that lists and its own page gave the item itself; the others are configured for its sources."""
    content_html: str | None = None
    """The whole text of the article as a fragment of HTML that `model.markup.sanitise` leaves as it is."""
    listed_html: str | None = None
    """The text that its lists show; that is `content_html` too where its own page gave none."""
    enclosures: tuple[str, ...] = ()
    """Absolute addresses of the sound and video that belong to it."""
    image_details: ImageDetails | None = None
    """What its own page says of its picture; None where nothing, or where the picture is a list's."""
    was_read: bool = False
    """Whether the article's own page had its say."""
    files: tuple[MediaFile, ...] = ()
    """What is known of `enclosures`, as far as their servers were asked."""

    @property
    def updated(self) -> datetime:
        """Return the date for Atom's `updated`: that of the last real change, else that of publication."""
        return self.published if self.changed == self.first_seen else max(self.changed, self.published)


class Outcome(StrEnum):
    """How a run ended."""

    NEW = "new"
    """There were new or changed items."""
    UNCHANGED = "unchanged"
    """The page was read and held nothing new."""
    NOT_MODIFIED = "not-modified"
    """The site answered 304."""
    FAILED = "failed"
    """Nothing was published of it; `error` says why."""


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of one source."""

    source: str
    started: datetime
    finished: datetime
    outcome: Outcome
    found: int = 0
    """Items on the page."""
    new: int = 0
    changed: int = 0
    error: str | None = None
    status: int | None = None
    """The HTTP status, None where no answer came."""
    retry_after: timedelta | None = None
    """How long the site asked us to stay away."""
    response: timedelta | None = None
    """How long the site took to send its page; None where none came."""
    note: str | None = None
    """What did not go as wished in a run that succeeded: older pages that could not be read. Logged, not remembered."""
    icons: tuple[str, ...] = ()
    """Where the icon of the site may be, if it is to be asked for. Not remembered."""
    is_lasting: bool = False
    """Whether what failed will hardly pass by itself, so that people are told at once. Not remembered."""
    repair: str | None = None
    """How its list was found again in this run, for people. Remembered as an event; see `HealthEvent`."""
    learnt: tuple[AddressRule, ...] = ()
    """What this run found out about the addresses of the source; logged once, and remembered with the source."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is known of a source between two runs."""

    source: str
    fingerprint: str = ""
    """Of the settings and the extractor that the validators were stored under; others make them void."""
    validators: Validators = Validators()
    sitemaps: Mapping[str, Validators] = field(default_factory=dict)
    """Of an index: the sitemaps of the last good reading that have validators, by address."""
    interval: timedelta | None = None
    """The adapted interval; None until the first run."""
    next_due: datetime | None = None
    """None: as soon as possible."""
    blocked_until: datetime | None = None
    """Retry-After and back-off: not asked again before, unless forced."""
    failures: int = 0
    """Failed runs in a row."""
    warning: str | None = None
    """What of a configured list was not found in any article when its page was last read, for people."""
    bugs: int = 0
    """How often this program failed on its page or an article's, and not the site; 0 after a change of program or
    settings."""
    last_run: datetime | None = None
    last_success: datetime | None = None
    last_change: datetime | None = None
    """When it last brought a new or changed item."""
    error: str | None = None
    """Why the last run failed; None after a good one."""
    landed: str | None = None
    """Where its page was found at the last good run, after redirects."""
    listed_as: str | None = None
    """What its list was known by when all of it stood, None if it did not; see `pipeline.same_list`."""
    page_as: str | None = None
    """What its page was known by then; see `pipeline.same_list`."""
    doubts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What the last run read and did not believe, by field; see `pipeline.sudden_changes`."""
    incident: datetime | None = None
    """When people were told that it fails; None while they know of no failure. See `health.incidents`."""
    requested: datetime | None = None
    """When a `build` beside a running `run` last asked for it; None once that was done."""
