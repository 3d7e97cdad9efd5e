"""Every entrance of foreign text, as functions of one text; and texts that may be hard for them.

An entrance takes whatever a site, a damaged file or a user's hand may put there. It returns, or raises an error that
people are told; what else it raises is a bug.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from feedbuilder.article.read_article import read_article
from feedbuilder.config import load
from feedbuilder.detect import detect
from feedbuilder.detect.existing_feeds import discover_feeds
from feedbuilder.detect.feed_summary import read_feed
from feedbuilder.extract import extract, survey_selectors
from feedbuilder.extract.next_pages import address_of, next_page
from feedbuilder.feeds.recover import read_feed_json
from feedbuilder.fetch import urls
from feedbuilder.fetch.host_waits import HostWaits
from feedbuilder.fetch.page_refresh import refresh_target
from feedbuilder.fetch.robots import Robots
from feedbuilder.fetch.statuses import bad_status, media_problem
from feedbuilder.fetch.visit_cookies import VisitCookies
from feedbuilder.importing.read_import import read_import
from feedbuilder.masking import mask_text
from feedbuilder.model import ConfigError, Page, Selectors, Source
from feedbuilder.parse.about import about
from feedbuilder.parse.decode import decode
from feedbuilder.parse.identity import canonical_url, tidy_url
from feedbuilder.parse.kept_copy import kept_copy
from feedbuilder.parse.links import absolute
from feedbuilder.parse.page_says import page_says
from feedbuilder.parse.site_icons import icon_addresses
from feedbuilder.parse.zones import proven_zone
from feedbuilder.studio.frame_document import frame_document, frame_headers
from feedbuilder.studio.page_notes import page_notes
from feedbuilder.studio.page_view import view_of
from feedbuilder.teach import TaughtPage, learn_field, learn_list
from feedbuilder.tend.shared_file import read_shared_file
from feedbuilder.watch.watch_page import watch_page

NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)
URL = "https://paper.example/news"
SOURCE = Source.model_validate(
    {
        "id": "s",
        "url": URL,
        "timezone": "Asia/Dubai",
        "selectors": {"item": "article", "title": ["h2", "a@title"], "link": "a", "date": ["time", ".when"]},
    }
)
WATCHED = Source.model_validate({"id": "w", "url": URL, "kind": "changes", "changes": {"numbers": False}})
BY_DATA = tuple(
    SOURCE.model_copy(update={"selectors": Selectors.model_validate(place)})
    for place in (
        *({"from": vocabulary} for vocabulary in ("json-ld", "microdata", "rdfa", "microformats")),
        {"from": "script#__NEXT_DATA__", "item": "props", "title": "title", "link": "url"},
        {"from": "window.__X__", "item": "a", "title": "title", "link": "url"},
    )
)


def page(text: str, *, content_type: str | None = "text/html; charset=utf-8", link: str | None = None) -> Page:
    return Page(URL, text.encode("utf-8", "surrogatepass"), NOW, content_type, links=link)


def _list(text: str) -> None:
    extract(page(text), SOURCE)


def _survey(text: str) -> None:
    survey_selectors(page(text), SOURCE)


def _data(text: str) -> None:
    for source in BY_DATA:
        extract(page(text), source)


def _detect(text: str) -> None:
    detect(page(text), language=None, zone=ZoneInfo("UTC"))


def _teaching(text: str) -> None:
    """Point at what stands in the middle and at the end of a page, as one that is missing, as none, as a date."""
    taught = TaughtPage(text, URL, now=NOW)
    middle, last = len(taught) // 2, len(taught) - 1
    learn_list(taught, SOURCE.selectors, {last}, {middle})
    learn_list(taught, Selectors(item="a"), set(), {middle, last})
    learn_field(taught, Selectors(item="a"), "date", [(0, middle), (0, last)])


def _article(text: str) -> None:
    read_article(page(text), SOURCE)


def _small_looks(text: str) -> None:
    """See what is read of any page beside its list."""
    seen = page(text)
    about(seen)
    next_page(seen)
    discover_feeds(seen)
    icon_addresses(seen)
    proven_zone(text)
    page_says(seen, ())
    kept_copy(seen, language=None, with_data=False)
    refresh_target(URL, seen.body, None)
    for number in (2, 3):
        address_of(seen, "auto", number)


def _feed(text: str) -> None:
    read_feed(page(text, content_type="application/xml"))


def _watched(text: str) -> None:
    """Watch a page that says this, after one that said it otherwise."""
    first = watch_page(page(f"<main><p>Rules</p>{text}</main>"), WATCHED, None).edition
    watch_page(page(f"<main><p>Other rules</p>{text}{text}</main>"), WATCHED, first)


def _shared(text: str) -> None:
    for name in ("theirs.toml", "watches.json", "urls.yaml"):
        content = text.encode("utf-8", "surrogatepass")
        with suppress(ConfigError):  # says what is no such file
            read_shared_file(name, content, None)
        with suppress(ConfigError):
            read_import(name, content)


def _robots(text: str) -> None:
    rules = Robots(lambda _: text.encode("utf-8", "surrogatepass"), lambda: 0.0, HostWaits(lambda: NOW))
    rules.crawl_delay(urls.parse(URL + "/a/b/c?d=" + "e" * 200))


def _headers(text: str) -> None:
    value = text.replace("\r", "").replace("\n", "")
    bad_status(URL, 503, {"Retry-After": value, "Date": value}, NOW)
    media_problem(value)
    decode(page("<p>Grüße", content_type=value))
    next_page(page("<p>News", link=value))
    discover_feeds(page("<p>News", link=value))
    refresh_target(URL, b"", value)
    cookies = VisitCookies()
    cookies.take(URL, [value, f"a=b; {value}"])
    cookies.header(URL)


def _redirect(text: str) -> None:
    urls.follow(urls.parse(URL), text.encode("utf-8", "surrogatepass").decode("latin-1"), 302)


def _address(text: str) -> None:
    for made in (text, f"https://{text}", f"{URL}/{text}", f"{URL}?{text}", f"{URL}#{text}"):
        absolute(URL, made)
        urls.places_of(made)
        mask_text(made)
        for reduce in (canonical_url, tidy_url):
            with suppress(ValueError):  # says what is no address
                reduce(made)


def _configuration(text: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "feedbuilder.toml")
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        load(path, {})


def _recovery(text: str) -> None:
    read_feed_json(text.encode("utf-8", "surrogatepass"))


def _frame(text: str) -> None:
    view = view_of(text, URL, loads=True)
    frame_document(view)
    frame_headers(view)
    page_notes(view)


ENTRANCES: dict[str, Callable[[str], None]] = {
    "list": _list,
    "survey": _survey,
    "data": _data,
    "detection": _detect,
    "teaching": _teaching,
    "article": _article,
    "small looks": _small_looks,
    "frame": _frame,
    "feed": _feed,
    "watched page": _watched,
    "file of others": _shared,
    "robots.txt": _robots,
    "headers": _headers,
    "redirect": _redirect,
    "address": _address,
    "configuration": _configuration,
    "feed.json": _recovery,
}
