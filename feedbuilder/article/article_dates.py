"""When the article was published and last changed: which of a page's dates count, and in which zone they are.

Owns the names that sites give their dates. What the texts mean, `parse.dates` knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import islice
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from feedbuilder.article.evidence import MANY, Claim, Evidence
from feedbuilder.article.visible_dates import shown_dates, shown_unchanged
from feedbuilder.model import Precision, SaidDate
from feedbuilder.parse.dates import read_dates
from feedbuilder.parse.dates.date_text import CalendarDate, read_date
from feedbuilder.parse.zones import proven_zone

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "http://ogp.me/ns/article#published_time",
    "article_published_time", "og:published_time", "datepublished", "publishdate", "publish-date", "publish_date",
    "published_time", "publisheddate", "pubdate", "publication_date", "parsely-pub-date", "sailthru.date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "cxenseparse:recs:published_time", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "date.available", "date.created", "dc.date.created", "dcterms.date", "dc.date",
    "date", "release_date", "og:pubdate", "publishtime",
)  # fmt: skip
"""Names of `<meta>` elements, the most telling first; in small letters."""
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "http://ogp.me/ns/article#modified_time", "datemodified",
    "article_modified_time", "og:updated_time", "last-modified", "dcterms.modified", "date.modified", "lastmod",
    "last_updated_date", "dc.date.modified",
)  # fmt: skip
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?!\d)")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?")
_BRACKETS = re.compile(r"\s{0,50}\([^()]{0,200}\)\s{0,50}$")
_LOGIN = re.compile(r"[a-z][a-z._-]{1,40}\d{1,6}")
_DATA = ("json-ld", "microdata")
_MINUTE = timedelta(minutes=1)
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class PageDate:
    """A date that the page says."""

    said: SaidDate
    zone: tzinfo
    """The zone that its clock shows."""
    names_zone: bool
    """Whether the text itself says the zone."""
    origin: str

    @property
    def day(self) -> date:
        """Return the calendar day that was written."""
        return self.said.at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class DateReader:
    """How the texts of a page's dates are to be understood."""

    zone: ZoneInfo
    now: datetime
    language: str | None
    day_first: bool | None

    def moments(self, found: Iterable[Claim]) -> list[PageDate]:
        """Return the dates that can be read in `found`, in order.

        03/02/2026 is the day that another of them names; else the language decides.
        """
        texts = [Claim(_machine(claim.value), claim.origin) for claim in islice(found, MANY)]
        plain = [claim for claim in texts if not _is_ambiguous(claim.value)]
        known = {moment.day for claim in plain if (moment := self._moment(claim, None))}
        moments = []
        for claim in texts:
            written = read_date(claim.value)
            order = self.day_first
            if order is None and isinstance(written, CalendarDate) and written.ambiguous:
                order = _order(written, known)
            if moment := self._moment(claim, order):
                moments.append(moment)
        return moments

    def _moment(self, text: Claim, order: bool | None) -> PageDate | None:
        day_first = self.day_first if order is None else order
        [said] = read_dates([[text.value]], zone=self.zone, now=self.now, language=self.language, day_first=day_first)
        if said is None:
            return None
        offset = _offset(text.value)
        return PageDate(said, timezone(offset) if offset is not None else self.zone, offset is not None, text.origin)


def read_published(page: Evidence, reader: DateReader, listed: SaidDate | None = None) -> PageDate | None:
    """Return when the article was published, None where nothing says it.

    Places are asked by trust, and the first date that can be read wins. If it is a day without a time, or names no
    zone, a date of the same day or hour that says more replaces it. Among dates that stand only in the visible text,
    the date that the list shows (`listed`) decides; if none agrees with the list, the list's own date is returned.
    """
    moments = reader.moments(_published(page))
    best = moments[0] if moments else None
    on_list = PageDate(listed, reader.zone, names_zone=False, origin="list") if listed else None
    if best is None or best.said.precision is Precision.DAY or not best.names_zone:
        seen = reader.moments(shown_dates(page))
        moments += seen
        if best is None and on_list:
            best = next((one for one in seen if one.day == on_list.day), on_list)
        best = best or next(iter(seen), None) or next(iter(reader.moments(_weak(page))), None)
    if on_list:
        moments.append(on_list)
    final = _finest(best, moments) if best else None
    return (final and _of_draft(final, page, reader, listed)) or final


def _of_draft(said: PageDate, page: Evidence, reader: DateReader, listed: SaidDate | None) -> PageDate | None:
    """Return the moment that readers are shown, if `said` is when a draft was begun; else None.

    Some content systems tell machines the moment when a text was begun, and the login of who began it. Then the page
    shows a single later time of the same day, which is no time of a change; and either the list shows it too, or the
    data name a login as author.
    """
    if said.said.precision is not Precision.INSTANT or not said.names_zone or said.origin not in _DATA:
        return None
    later = listed is not None and listed.precision is Precision.INSTANT and listed.at > said.said.at
    if not later and not _names_login(page):
        return None  # whatever the page shows, to find which takes time
    shown = [one for one in reader.moments(shown_unchanged(page)) if one.said.precision is Precision.INSTANT]
    if not shown or any(abs(one.said.at - shown[0].said.at) >= _MINUTE for one in shown):
        return None
    clock = shown[0].said.at.astimezone(shown[0].zone).replace(tzinfo=None)
    told = shown[0].said.at if shown[0].names_zone else clock.replace(tzinfo=said.zone)
    changed = read_modified(page, reader)
    if told - said.said.at < _MINUTE or told.astimezone(said.zone).date() != said.day:
        return None
    if changed is not None and abs(changed.said.at - told) < _MINUTE:
        return None
    on_list = listed is not None and listed.precision is Precision.INSTANT and abs(listed.at - told) < _MINUTE
    if not on_list and not _names_login(page):
        return None
    return replace(shown[0], said=replace(shown[0].said, at=told.astimezone(UTC)), zone=said.zone)


def _names_login(page: Evidence) -> bool:
    """Return whether the data name as author what somebody logs in with: one word in small letters, with digits."""
    names = [name for data in page.article_data for name in page.names(data.entry.get("author"))]
    return bool(names) and all(_LOGIN.fullmatch(name) for name in names)


def read_modified(page: Evidence, reader: DateReader) -> PageDate | None:
    """Return when the article last changed, by the page's own account; days without a time do not count."""
    found = (*page.data_claims("dateModified"), *page.meta(*_MODIFIED))
    return next((one for one in reader.moments(found) if one.said.precision is Precision.INSTANT), None)


def zone_of(page: Evidence, configured: ZoneInfo | None) -> ZoneInfo:
    """Return the zone in which the page writes its times: the source's, else the one that its own dates prove."""
    return configured or proven_zone(page.text).zone or ZoneInfo("UTC")


def _published(page: Evidence) -> Iterator[Claim]:
    yield from page.data_claims("datePublished")
    yield from page.meta(*_PUBLISHED)


def _weak(page: Evidence) -> Iterator[Claim]:
    """Yield weaker dates: creation, upload, the day in the address."""
    yield from page.data_claims("dateCreated", "uploadDate")
    if found := _IN_ADDRESS.search(urlsplit(page.url).path):
        yield Claim("-".join(found.groups()), "address")


def _finest(best: PageDate, moments: Sequence[PageDate]) -> PageDate:
    if best.said.precision is Precision.DAY:
        instants = (one for one in moments if one.said.precision is Precision.INSTANT and one.day == best.day)
        finer = sorted(instants, key=lambda one: not one.names_zone)
        best = finer[0] if finer else best
    if best.said.precision is Precision.DAY or (best.names_zone and best.zone.utcoffset(None)):
        return best
    # The same clock time stands once in UTC and once with another offset: the template that wrote UTC forgot the zone.
    clock = best.said.at.astimezone(best.zone).replace(tzinfo=None)
    same = [one for one in moments if one.names_zone and _same(one, clock)]
    return next((one for one in same if one.zone.utcoffset(None)), best if best.names_zone else next(iter(same), best))


def _same(one: PageDate, clock: datetime) -> bool:
    """Return whether `one` shows the same time on its own clock."""
    if one.said.precision is not Precision.INSTANT:
        return False
    return abs(one.said.at.astimezone(one.zone).replace(tzinfo=None) - clock) < _MINUTE


def _machine(text: str) -> str:
    """Return `text` as the reader of dates takes it; a midnight to the second is a day that a program wrote."""
    words = " ".join(_BRACKETS.sub("", text[:_LONGEST]).split())
    day = _MIDNIGHT.fullmatch(words)
    return day[1] if day else words


def _offset(text: str) -> timedelta | None:
    written = read_date(text)
    if isinstance(written, datetime):
        return written.utcoffset()
    return written.clock.offset if written is not None and written.clock else None


def _is_ambiguous(text: str) -> bool:
    written = read_date(text)
    return isinstance(written, CalendarDate) and written.ambiguous


def _order(written: CalendarDate, known: set[date]) -> bool | None:
    for first, one in ((True, written), (False, replace(written).swapped())):
        if any((one.month, one.day) == (day.month, day.day) for day in known):
            return first
    return None
