"""What a page changes in what is known: a decision, as a value.

Owns how a new saying of a list is weighed against its former one, and when an entry counts as changed. Pure: the
store carries the decision out, the present moment comes in, and merging one page twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from feedbuilder.model import (
    Backlog,
    Change,
    Changes,
    Identity,
    Item,
    Known,
    Precision,
    SaidDate,
    Source,
    Statement,
    StoredItem,
)
from feedbuilder.model.enclosures import same_files
from feedbuilder.model.item_ids import item_id
from feedbuilder.model.wording import differs_in_numbers, is_cut_of, titles_match
from feedbuilder.store.arrival import Arrival, Arrivals
from feedbuilder.store.entry import compute, link_rank, same_for_reader, same_picture, same_wording
from feedbuilder.store.list_texts import MOST_RETURNS, after_listing
from feedbuilder.store.publication_dates import RANK, Dating, unless_in_future

UNKNOWN_ZONE = ZoneInfo("UTC")
MOST_PICTURES = 8
"""How often a list may change the picture of one item; what changes more often is decoration."""
ROUNDED_HOURS = timedelta(hours=1)
"""A date that moves by no more may be the same one: "3 hours ago" is said for an hour."""
MOST_COUNTS = 2
"""How often a text may differ in its numbers alone and be news: of "5 dead" that is so, of "5 hours ago" not."""
MOST_WORDINGS = 16
"""How many of the wordings that a list gave up for one text are remembered."""


def merge(
    items: Iterable[Item],
    known: Mapping[str, Known],
    source: Source,
    now: datetime,
    backlog: Backlog | None = None,
    standing: Mapping[str, str] = MappingProxyType({}),
) -> Changes:
    """Return what the page of `source` that shows `items` at `now` changes in `known` (by canonical address).

    `backlog` is given at the first reading of `source` after its store was lost: not all that is unknown is new then.

    In page order, one change for every item, unchanged ones included; of two items with one address the first counts.
    Of those that are `standing` (canonical address to id) nothing need be known: they take their places, no more.
    The items' tags are their own and those of `source`; what other sources add, only the store knows.
    """
    page = _distinct(items, known)
    dating = Dating(source.timezone or UNKNOWN_ZONE)
    arrivals = (
        Arrivals.on_page(page, known, source.id, backlog, now, dating.zone) if backlog else Arrivals(now, dating.zone)
    )
    changes: list[Change] = []
    for place, item in enumerate(page):
        if item.canonical in standing:
            continue
        before = _known(item, known)
        if before is None:
            date = unless_in_future(item.published, now)
            changes.append(_first_sight(item, date, place, arrivals.arrival(date, place), source, now, dating))
        else:
            changes.append(_change(item, before, source, now, dating))
    return Changes(source.id, now, tuple(changes), tuple(standing.values()))


def _distinct(items: Iterable[Item], known: Mapping[str, Known]) -> list[Item]:
    """Return `items` without those that are one article with an item before them."""
    articles: dict[str, Item] = {}
    for item in items:
        before = _known(item, known)
        articles.setdefault(before.identity.canonical if before else item.canonical, item)
    return list(articles.values())


def _known(item: Item, known: Mapping[str, Known]) -> Known | None:
    """Return what is known of `item`; of an article whose further address it has, only if the titles agree.

    An article's page may name a wrong address as its own, and then another article would vanish.
    """
    before = known.get(item.canonical)
    if before is None or before.identity.canonical == item.canonical or item.title is None:
        return before
    titles = [before.item.title if before.item else None, *(one.title for one in before.statements)]
    return before if any(titles_match(item.title, title) for title in titles if title) else None


def _first_sight(
    item: Item, date: SaidDate | None, place: int, arrival: Arrival, source: Source, now: datetime, dating: Dating
) -> Change:
    published, precision = dating.date(date, arrival.dated)
    identity = Identity(
        item_id(item.canonical), item.canonical, published, precision, dating.zone, arrival.first_seen, place
    )
    statement = _first_statement(item, source, now)
    entry = compute(identity, [statement], changed=identity.first_seen, tags=source.tags)
    return Change(identity, statement, entry, is_new=arrival.is_new)


def _change(item: Item, before: Known, source: Source, now: datetime, dating: Dating) -> Change:
    identity = _identity(item, before, now, dating)
    former = next((one for one in before.statements if one.source == source.id), None)
    others = [one for one in before.statements if one.source != source.id]
    statement = _restate(former, item, now) if former else _first_statement(item, source, now)
    changed = before.item.changed if before.item else identity.first_seen
    entry = compute(identity, [*others, statement], changed=changed, tags=source.tags, article=before.article)
    redated = former is not None and former.dated is not None and statement.dated != former.dated
    if before.item is None:
        return Change(identity, statement, entry)
    if before.announced and before.awaits_page:
        # What readers have seen stays until its page was read: words and text change together.
        awaited = compute(identity, before.statements, changed=changed, tags=source.tags, article=before.article)
        if same_for_reader(awaited, entry):
            return Change(identity, statement, before.item, is_redated=redated)
    # A cut title that another list completes before anybody read it is no news. A rewording always is.
    noticed = before.announced or statement.revised == now
    shown = _with_first_text(before.item, entry)
    if former is not None:
        shown = _with_new_counts(shown, entry, former, statement)
    if not noticed or same_for_reader(shown, entry):
        return Change(identity, statement, entry, is_redated=redated)
    return Change(identity, statement, replace(entry, changed=now), is_changed=True, is_redated=redated)


def _with_first_text(before: StoredItem, entry: StoredItem) -> StoredItem:
    """Return the entry of `before`, with the text of now where it had none: a text that is added is no change of it."""
    is_added = before.content_html is None and entry.content_html is not None
    return replace(before, content_html=entry.content_html) if is_added else before


def _with_new_counts(before: StoredItem, entry: StoredItem, former: Statement, statement: Statement) -> StoredItem:
    """Return the entry of `before` with the numbers of now, where the list counts in its title or summary."""
    if _counts(former.title, statement.title, former.former_titles):
        before = replace(before, title=entry.title)
    if _counts(former.summary, statement.summary, former.former_summaries):
        before = replace(before, summary=entry.summary)
    return before


def _counts(former: str | None, listed: str | None, given_up: Sequence[str]) -> bool:
    """Return whether a text holds a clock or a counter: once more it differs in its numbers, and in nothing else."""
    if former is None or listed is None or not differs_in_numbers(former, listed):
        return False
    return sum(differs_in_numbers(listed, one) for one in given_up) >= MOST_COUNTS


def _identity(item: Item, before: Known, now: datetime, dating: Dating) -> Identity:
    """Return the identity of the known `item`: the same as before, but for a date nobody has read yet."""
    date = unless_in_future(item.published, now)
    identity = before.identity
    if before.announced or date is None or RANK[date.precision] <= RANK[identity.precision]:
        return identity
    published, precision = dating.date(date, identity.first_seen)
    return replace(identity, published=published, precision=precision, zone=dating.zone)


def _first_statement(item: Item, source: Source, now: datetime) -> Statement:
    return Statement(
        source=source.id,
        link=item.link,
        title=item.title,
        summary=item.summary,
        authors=item.authors,
        image=item.image,
        enclosures=item.enclosures,
        content_html=item.content_html,
        tags=item.tags,
        first_seen=now,
        last_seen=now,
        dated=_moment(item),
    )


def _restate(former: Statement, item: Item, now: datetime) -> Statement:
    """Return what the list says, after `former`, now that it shows `item`.

    What it leaves out now, it has still said: layouts differ in what they show. Links can only get better, a
    picture that was given up does not return, and a text that was given up returns once, so that a list that alternates
    between layouts or wordings comes to rest.
    """
    title, retitled = _reword(former.title, item.title, former.former_titles)
    summary, resummarised = _reword(former.summary, item.summary, former.former_summaries)
    image, former_images = _repicture(former, item.image)
    text = after_listing(former.content_html, item.content_html, former.former_contents)
    # What was assumed was never said, so that something else is no revision: it never was the source's wording.
    revision = None if former.assumed else now
    return Statement(
        source=former.source,
        link=min(former.link, item.link, key=link_rank),
        title=title,
        summary=summary,
        authors=item.authors or former.authors,
        image=image,
        enclosures=former.enclosures if _keeps_files(former, item) else item.enclosures,
        tags=item.tags or former.tags,
        first_seen=former.first_seen,
        last_seen=now,
        content_html=text.html,
        former_contents=former.former_contents if former.assumed else text.given_up,
        revised=revision if retitled or resummarised or text.is_another else former.revised,
        dated=_redated(former.dated, _moment(item)),
        former_images=former_images,
        former_titles=_given_up(former.former_titles, former.title if retitled and not former.assumed else None),
        former_summaries=_given_up(
            former.former_summaries, former.summary if resummarised and not former.assumed else None
        ),
    )


def _moment(item: Item) -> datetime | None:
    said = item.published
    return said.at if said and said.precision is Precision.INSTANT else None


def _redated(former: datetime | None, listed: datetime | None) -> datetime | None:
    """Return the date that holds after `listed`: it only moves on, and never by what may be rounding."""
    if former is None or listed is None:
        return former or listed
    return listed if listed > former + ROUNDED_HOURS else former


def _reword(former: str | None, listed: str | None, given_up: Sequence[str]) -> tuple[str | None, bool]:
    """Return the text that holds after `listed`, and whether it really is another one, not the same cut differently.

    An editor may take back a change. A wording that was given up twice is not followed any more.
    """
    if listed is None or former is None:
        return former or listed, False
    if same_wording(former, listed) or is_cut_of(listed, former):
        return former, False
    if is_cut_of(former, listed) or _counts(former, listed, given_up):
        return listed, False
    returns = sum(same_wording(listed, one) or is_cut_of(listed, one) for one in given_up)
    return (listed, True) if returns < MOST_RETURNS else (former, False)


def _given_up(before: tuple[str, ...], text: str | None) -> tuple[str, ...]:
    """Return the wordings given up so far, with `text` added to those `before`."""
    return before if text is None else (*before, text)[-MOST_WORDINGS:]


def _keeps_files(former: Statement, item: Item) -> bool:
    return not item.enclosures or same_files(former.enclosures, item.enclosures)


def _repicture(former: Statement, listed: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Return the picture that holds after `listed`, and those given up so far."""
    given_up = former.former_images
    if listed is None or former.image is None:
        return former.image or listed, given_up
    if former.assumed and not same_picture(former.image, listed):
        return listed, given_up
    if len(given_up) >= MOST_PICTURES or any(same_picture(listed, one) for one in (former.image, *given_up)):
        return former.image, given_up
    return listed, (*given_up, former.image)
