"""How lists of articles look in a terminal and as JSON: their articles, why they were chosen, what else there is."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import indent
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from rich import box
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from feedbuilder.detect import Candidate
from feedbuilder.detect.feed_summary import FeedSeen
from feedbuilder.model import Item, Precision, SaidDate, SourceKind, StoredItem
from feedbuilder.tend.candidate_json import candidate_json
from feedbuilder.tend.other_ways import OtherWay
from feedbuilder.tend.page_findings import PageFindings
from feedbuilder.tend.site_feeds import shared

SHOWN = 10
"""How many articles are shown of a list, unless all are asked for: enough to see what is wrong."""
TELLING = 0.05
"""Points below which a rule is not worth a line."""
WIDE = 110
"""Columns from which on there is room for addresses."""
_PARTS = (
    ("date", lambda item: item.published is not None),
    ("summary", lambda item: item.summary is not None),
    ("picture", lambda item: item.image is not None),
    ("author", lambda item: bool(item.authors)),
    ("tags", lambda item: bool(item.tags)),
)


def articles(entries: Sequence[StoredItem], limit: int | None, width: int, host: str) -> Iterator[RenderableType]:
    """Yield the table of `entries`, and how many more there are than `limit`; addresses at `host` are shortened."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("Published", no_wrap=True)
    table.add_column("Title and summary", ratio=1, overflow="fold")
    if width >= WIDE:
        table.add_column("Address", overflow="ellipsis", no_wrap=True, max_width=width // 3)
    for entry in entries[:limit]:
        title = Text(entry.title or "no title", Style(link=entry.link) + Style(italic=entry.title is None))
        cell = [title] if entry.summary is None else [title, _line(entry.summary)]
        table.add_row(_day(entry), Group(*cell), *([_short(entry.link, host)] if width >= WIDE else []))
    yield table
    if limit is not None and len(entries) > limit:
        yield Text(f"… and {len(entries) - limit} more", "dim")


def _day(entry: StoredItem) -> Text:
    """Return the date as far as the page gave it: no time that it did not say."""
    there = entry.published.astimezone(entry.zone)
    match entry.precision:
        case Precision.INSTANT:
            return Text(f"{there:%Y-%m-%d %H:%M}")
        case Precision.DAY:
            return Text(f"{there:%Y-%m-%d}")
        case _:
            return Text("no date", "dim")


def _line(text: str) -> Text:
    return Text(text, "dim", no_wrap=True, overflow="ellipsis")


def _short(url: str, host: str) -> str:
    """Return an address without what all have in common."""
    parts = urlsplit(url)
    return url[len(parts.scheme) + 3 :] if parts.netloc != host else url[url.index(host) + len(host) :] or "/"


def coverage(items: Sequence[Item]) -> str:
    """Return which parts how many of the articles have: "20 articles: date 20, summary 18, picture none"."""
    total = len(items)
    counts = ((name, sum(map(has, items))) for name, has in _PARTS)
    parts = ", ".join(f"{name} {'in all' if count == total else count or 'none'}" for name, count in counts)
    return f"{total} article{'s' * (total != 1)}: {parts}"


def other_lists(candidates: Sequence[Mapping[str, Any]], chosen: int | None = None) -> Table:
    """Return one line for each list but the `chosen` one, as `candidate_json` has them; they are numbered from 1."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(justify="right", style="bold")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True, overflow="ellipsis", style="dim", ratio=1)
    for index, candidate in enumerate(candidates):
        if index != chosen:
            count, title = candidate["count"], candidate["first"]
            table.add_row(
                # What was stored leaves out the chosen list, and says which number each had on the page.
                str(candidate.get("number", index + 1)),
                f"{count} article{'s' * (count != 1)}",
                Text(f"“{title}”, …" if title else "without titles"),
            )
    return table


def reasons(rules: Iterable[tuple[float, str]]) -> Table:
    """Return the points of rules, and what they found."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column()
    for points, text in rules:
        if abs(points) >= TELLING:
            table.add_row(Text(f"{points:+.1f}", "green" if points > 0 else "red"), Text(text))
    return table


def heading(text: str) -> str:
    """Return a heading, as Rich markup."""
    return f"\n[bold]{escape(text)}[/]"


def indented(content: RenderableType) -> Padding:
    """Return `content` a little to the right."""
    return Padding(content, (0, 0, 0, 2))


def feed_note(feed: FeedSeen, common: int, candidate: Candidate | None) -> str:
    """Return that a feed is there already, as Rich markup, with how much of the list it holds."""
    what = f"{feed.kind}, {feed.entries} entries{_made_by(feed)}"
    if candidate is not None:
        what += f"; {common or 'none'} of the {len(candidate.items)} articles below"
    return f"[bold yellow]This site has a feed already[/]: {escape(feed.url)} ({what})"


def feed_sentence(feed: FeedSeen) -> str:
    """Return that a feed is there already, as plain text."""
    return f"This site has a feed already: {feed.url} ({feed.kind}, {feed.entries} entries{_made_by(feed)})."


def _made_by(feed: FeedSeen) -> str:
    return f"; the page is made by {feed.system}" if feed.system else ""


def way_sentence(way: OtherWay) -> str:
    """Return what else lists the articles of a site, and how to read that."""
    what = {SourceKind.JSON: "a list in JSON", SourceKind.SITEMAP: "a sitemap"}[way.kind]
    held = f"{way.count} {'sitemaps' if way.is_index else 'pages' if way.kind is SourceKind.SITEMAP else 'articles'}"
    kind = " --kind sitemap" if way.is_index else ""
    return f"This site has {what}, for {way.reason} ({held}): feedbuilder add {shlex.quote(way.url)}{kind}"


def in_browser(url: str, missing: str | None) -> str:
    """Return how to look at a page that a script builds; `missing` says what that needs and is not there."""
    return f"A browser may show a list there: feedbuilder add {shlex.quote(url)} --browser" + (
        f" (It needs one. {missing})" if missing else ""
    )


def data_behind(behind: PageFindings) -> str:
    """Return that a page makes its list from data."""
    return (
        f"The page makes its list from {behind.page.url}, which holds the same articles for programs: reading that "
        "takes a hundredth of the time, and no browser."
    )


def watching(url: str) -> str:
    """Return how to hear of the changes of a page that has no list."""
    return f"To hear of each change of its text instead: feedbuilder add {shlex.quote(url)} --kind changes"


def zone_note(found: PageFindings) -> str:
    """Return in which zone the times are, and why, as Rich markup."""
    name = found.zone.zone.key
    if found.zone.known:
        return f"Times in {name}, {'for ' if found.zone.proven else ''}{escape(found.zone.text)}."
    return (
        f"[yellow]Times are taken as UTC[/], for {escape(found.zone.text)}. If the site keeps another time, say which "
        "with [bold]--timezone[/], such as --timezone Europe/Berlin."
    )


def item_json(item: Item, zone: ZoneInfo) -> dict[str, Any]:
    """Return an article for `--json`: absolute URLs; null for what the page does not say."""
    return {
        "url": item.link,
        "title": item.title,
        "published": _date_json(item.published, zone),
        "summary": item.summary,
        "image": item.image,
        "author": ", ".join(item.authors) or None,
        "tags": list(item.tags),
    }


def _date_json(date: SaidDate | None, zone: ZoneInfo) -> str | None:
    """Return a date as ISO 8601: a moment with the zone's offset, or a day alone where the page gave no time."""
    if date is None:
        return None
    there = date.at.astimezone(zone)
    return there.date().isoformat() if date.precision is Precision.DAY else there.isoformat()


def found_json(
    found: PageFindings | None, feeds: Sequence[FeedSeen], url: str | None, reason: str | None
) -> dict[str, Any]:
    """Return all that was found, for `--json`; `reason` says why there is nothing."""
    candidates = found.detection.candidates if found else ()
    return {
        "url": url,
        "items": [item_json(item, found.zone.zone) for item in candidates[0].items] if found and candidates else [],
        "reason": reason,
        "candidates": [candidate_json(candidate) for candidate in candidates],
        "feeds": [{"url": feed.url, "kind": feed.kind, "entries": feed.entries} for feed in feeds],
        "title": found.about.title if found else None,
        "language": found.language if found else None,
        "timezone": found.zone.zone.key if found else None,
        "next": found.next if found else None,
    }


def rules_of(origin: Mapping[str, Any]) -> list[tuple[float, str]]:
    """Return the rules in what `candidate_json` made."""
    return [(float(reason["points"]), str(reason["text"])) for reason in origin.get("reasons", ())]


def show_list(
    console: Console, found: PageFindings, entries: Sequence[StoredItem], chosen: int, limit: int | None
) -> None:
    """Print a candidate's articles as they would be published, at most `limit`, and what is known of all of them."""
    for part in articles(entries, limit, console.width, urlsplit(found.page.url).netloc):
        console.print(part)
    candidate = found.detection.candidates[chosen]
    if candidate.settings.get("kind") is SourceKind.CHANGES:
        console.print("\nThis text is watched: each change of it is an entry from now on.", soft_wrap=False)
    else:
        console.print(f"\n{coverage(candidate.items)}. {zone_note(found)}", soft_wrap=False)
    for doubt in candidate.doubts:
        console.print(f"[bold yellow]Doubtful[/]: {escape(doubt)}", soft_wrap=False)


def show_others(console: Console, found: PageFindings, chosen: int) -> None:
    """Print the other lists of the page, if there are any."""
    candidates = found.detection.candidates
    if len(candidates) > 1:
        console.print(heading("Other lists on this page"))
        console.print(indented(other_lists([candidate_json(candidate) for candidate in candidates], chosen)))


def show_code(console: Console, text: str) -> None:
    """Print TOML a little to the right, its lines as they are: somebody may want to copy them."""
    console.print(indent(text.rstrip(), "  "), markup=False, soft_wrap=True)


def show_feeds(console: Console, found: PageFindings, feeds: Iterable[FeedSeen]) -> None:
    """Say which feeds there are already."""
    best = found.detection.candidates[0] if found.detection.candidates else None
    for feed in feeds:
        console.print(feed_note(feed, shared(feed, best) if best else 0, best), soft_wrap=False)
