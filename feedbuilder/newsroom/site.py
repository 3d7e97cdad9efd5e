"""The newsroom itself: which page an address means, its validators, its counters, and the switches that break it.

A function from request to answer with a clock of its own; opens no socket. What pages look like is `pages`' business.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from feedbuilder.newsroom import render_pages
from feedbuilder.newsroom.app_page import APP_PATH, DATA_PATH, app_data, app_page
from feedbuilder.newsroom.asia_stories import ASIA_STORIES, A
from feedbuilder.newsroom.drawings import picture
from feedbuilder.newsroom.invented_stories import ADVERTISEMENTS, INVENTED, VIDEOS, G
from feedbuilder.newsroom.members_area import LIST_PATH, MembersArea
from feedbuilder.newsroom.podcasts import PODCAST_PATH, episode_page, podcast_page, sound_of
from feedbuilder.newsroom.seed_stories import SEED_STORIES
from feedbuilder.newsroom.story import SECTIONS, Story, slugify
from feedbuilder.newsroom.story_api import API_PATH, api_answer
from feedbuilder.newsroom.wire import planned_until
from feedbuilder.web.conditional import Conditions, http_date, is_current

NEWSROOM_PORT = 8765
"""Where the demonstration's configuration looks for the site."""

HTML = "text/html; charset=utf-8"
Failure = int | Literal["empty", "login", "redesign"]
"""How a page fails: with a status, with no body, by asking for a password, or by looking different."""


@dataclass(frozen=True, slots=True)
class Response:
    """What the newsroom answers."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()


class Offer(NamedTuple):
    """Which validators a page gives."""

    etag: Literal["strong", "weak"] | None = None
    modified: bool = False


OFFERS = {
    "/tags/technology": Offer(etag="strong", modified=True),
    "/tags/global-news": Offer(etag="weak"),
    "/tags/business": Offer(modified=True),
    "/sitemap/news": Offer(etag="strong", modified=True),
}
"""All other pages give none. Tags are made of the stories, not of the bytes, in which counters move all the time."""


@dataclass(frozen=True, slots=True)
class _Document:
    """A page that was found."""

    body: str | bytes
    kind: str = HTML
    stories: Sequence[Story] = ()
    """Those it is made of; its validators follow from them."""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


class Newsroom:
    """The sample site. Safe to call from several threads.

    `clock` gives aware datetimes; stories appear as it advances. `requests` counts by path how often each page was
    asked for. `fail` breaks pages: `newsroom.fail["/tags/world-news"] = 500` (or 404, 429, "empty", "login",
    "redesign"); taking the key out mends them.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.requests: Counter[str] = Counter()
        self.fail: dict[str, Failure] = {}
        self.members = MembersArea(clock)
        self._lock = threading.RLock()
        self._stories = {story.slug: story for story in (*SEED_STORIES, *INVENTED, *ASIA_STORIES)}
        self._touched: dict[str, datetime] = {}
        self._planned = 0

    def stories(self) -> tuple[Story, ...]:
        """Return all stories that have appeared by now, in no order that matters."""
        now = self.clock()
        with self._lock:
            for story in planned_until(now, self._planned):
                self._stories[story.slug] = story
                self._planned += 1
            # Asked again, for the clock of a test may have been put back.
            return tuple(story for story in self._stories.values() if story.listed <= now)

    def add(self, story: Story) -> None:
        """Publish `story`. Raises ValueError if another one has its slug."""
        with self._lock:
            if story.slug in self._stories:
                raise ValueError(f"there is a story with the slug {story.slug!r} already; edit() changes it")
            self._stories[story.slug] = story

    def edit(self, slug: str, *, title: str | None = None, summary: str | None = None) -> None:
        """Reword the story with this slug; its address stays. Raises KeyError if there is none."""
        with self._lock:
            story = self._stories[slug]
            if title is not None:
                story = replace(story, title=title)
            if summary is not None:
                story = replace(story, summary=summary, markup=None)
            self._stories[slug] = story
            self._touched[slug] = self.clock()

    def respond(
        self,
        path_and_query: str,
        headers: Mapping[str, str] | None = None,
        method: Literal["GET", "POST"] = "GET",
        body: bytes = b"",
    ) -> Response:
        """Return the answer to a request for `path_and_query` ("/tags/world-news?page=2"); few look at what is posted.

        Unknown addresses get a 404 page. Percent-encoded and plain spellings of a path are one. `headers` may be
        spelled in any case; Host and the conditions (RFC 9110 §13) matter.
        """
        asked = {name.lower(): value for name, value in (headers or {}).items()}
        parts = urlsplit("//site" + path_and_query)
        path = unquote(parts.path)
        with self._lock:
            self.requests[path] += 1
            view = render_pages.PageView(
                site="http://" + asked.get("host", f"127.0.0.1:{NEWSROOM_PORT}"),
                now=self.clock(),
                requests=self.requests.total(),
                stories=self.stories(),
            )
            failure = self.fail.get(path)
            document = None
            if failure is None and (reply := self.members.answer(path, method, asked, body)):
                document = _Document(reply.body, status=reply.status, headers=reply.headers)
            elif failure is None and path == API_PATH:
                answer = api_answer(view.stories, method, parts.query, body)
                document = _Document(answer, "application/json; charset=utf-8")
            elif failure is None or failure == "redesign":
                number = parse_qs(parts.query).get("page", ["1"])[0]
                document = _find(view, path, number, "redesign.html" if failure else "list.html")
            elif failure == "empty":
                document = _Document("")
            elif failure == "login":
                document = _Document("", status=302, headers={"Location": f"/login?next={quote(path)}"})
            elif failure != 404:
                document = _broken(view, failure)
            if document is None:
                text = "The page you asked for is not here."
                document = _Document(render_pages.message_page(view, "Page not found", text), status=404)
            return self._answer(document, Conditions.of(asked), OFFERS.get(path) if failure is None else None)

    def _answer(self, document: _Document, conditions: Conditions, offer: Offer | None) -> Response:
        body = document.body if isinstance(document.body, bytes) else document.body.encode()
        headers = {"Content-Type": document.kind, **document.headers}
        if offer is None or document.status != 200 or not document.stories:
            offer = Offer()
        etag, modified = None, None
        if offer.etag:
            etag = ("W/" if offer.etag == "weak" else "") + _tag(document.stories)
            headers["ETag"] = etag
        if offer.modified:
            modified = max(self._touched.get(story.slug, story.listed) for story in document.stories)
            headers["Last-Modified"] = http_date(modified)
        if is_current(conditions, etag=etag, modified=modified):
            return Response(304, headers, b"")
        return Response(document.status, headers, body)


def _tag(stories: Sequence[Story]) -> str:
    content = "\n".join(f"{story.slug}\t{story.title}\t{story.summary}" for story in stories)
    return f'"{hashlib.sha256(content.encode()).hexdigest()[:16]}"'


def _broken(view: render_pages.PageView, status: int) -> _Document:
    """Return a page that fails with `status`; where waiting helps it says how long (RFC 9110 §10.2.3)."""
    headers = {"Retry-After": "120"} if status in (429, 503) else {}
    text = f"The server answered {status}. Please come back later."
    return _Document(render_pages.message_page(view, "Something went wrong", text), status=status, headers=headers)


def _find(view: render_pages.PageView, path: str, number: str, template: str) -> _Document | None:
    for pattern, page in _ROUTES:
        if match := re.fullmatch(pattern, path):
            return page(view, match.groupdict() | {"number": number, "template": template})
    return None


def _list(
    view: render_pages.PageView, address: Mapping[str, str], heading: str, listed: Sequence[Story], kind: str = ""
) -> _Document | None:
    number = address["number"]
    if not listed or not re.fullmatch(r"[1-9]\d{0,5}", number) or int(number) > render_pages.page_count(listed):
        return None
    body = render_pages.list_page(view, heading, listed, int(number), template=address["template"], kind=kind)
    return _Document(body, stories=listed)


def _home(view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    return _list(view, address, "All News", view.stories, "home")


def _all_news(view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    return _list(view, address, "All News", view.stories)


def _stream(view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    heading, shown = STREAMS[address["path"]]
    template = "stream.html" if address["template"] == "list.html" else address["template"]
    return _list(view, {**address, "template": template}, heading, list(filter(shown, view.stories)))


def _tag_page(view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    names = {slugify(tag): tag for story in view.stories for tag in story.tags}
    heading = names.get(address["slug"], "")
    listed = [story for story in view.stories if heading in story.tags]
    return _list(view, address, heading, listed, "untitled" if heading in UNTITLED else "")


def _category(view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    section = address["slug"]
    listed = [story for story in view.stories if story.section == section]
    return _list(view, address, SECTIONS.get(section, section), listed)


def _author(view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    listed = [story for story in view.stories if slugify(story.author) == address["slug"]]
    return _list(view, address, f"Posts by {listed[0].author}" if listed else "", listed)


def _article(view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    path = f"/{address['section']}/{address['slug']}"
    found = next((story for story in view.stories if story.path == path), None)
    return _Document(render_pages.article_page(view, found)) if found else None


def _video(view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    path = f"/video/{address['slug']}"
    found = next((video for video in VIDEOS if video.path == path and video.published <= view.now), None)
    return _Document(render_pages.video_page(view, found)) if found else None


def _partner(view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    found = next((one for one in ADVERTISEMENTS if one.path == f"/partner/{address['slug']}"), None)
    return _Document(render_pages.message_page(view, found.title, found.text)) if found else None


def _app_data(view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    number = address["number"]
    body = app_data(view.stories, int(number)) if re.fullmatch(r"[1-9]\d{0,5}", number) else None
    return _Document(body, "application/json; charset=utf-8") if body else None


def _episode(_view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    body = episode_page(address["slug"])
    return _Document(body) if body else None


def _sound(_view: render_pages.PageView, address: Mapping[str, str]) -> _Document | None:
    body = sound_of(address["name"])
    return _Document(body, "audio/mpeg") if body else None


UNTITLED = frozenset([A])
"""Tags that nobody gave a title: their pages have none."""
STREAMS: dict[str, tuple[str, Callable[[Story], bool]]] = {
    "/all-news/latest": ("Latest", lambda _: True),
    "/world/global-news": ("Global News", lambda story: story.section == "world" and G in story.tags),
    "/world/asia": ("Asia", lambda story: story.section == "world" and A in story.tags),
}
"""The newer lists, by address: their heading, and which stories they show."""

_SLUG = r"(?P<slug>[^/]+)"
_Page = Callable[[render_pages.PageView, Mapping[str, str]], _Document | None]
_ROUTES: tuple[tuple[str, _Page], ...] = (
    (r"/", _home),
    (LIST_PATH, lambda view, address: _list(view, address, "For Members", view.stories)),
    (r"/all-news", _all_news),
    (rf"(?P<path>{'|'.join(STREAMS)})", _stream),
    (rf"/tags/{_SLUG}", _tag_page),
    (rf"/category/{_SLUG}", _category),
    (rf"/author/{_SLUG}", _author),
    (rf"/video/{_SLUG}", _video),
    (rf"/partner/{_SLUG}", _partner),
    (PODCAST_PATH, lambda _view, _address: _Document(podcast_page())),
    (rf"{PODCAST_PATH}/{_SLUG}", _episode),
    (r"/upload/audio/(?P<name>[\w-]{1,80}\.mp3)", _sound),
    (APP_PATH, lambda _view, _address: _Document(app_page())),
    (DATA_PATH, _app_data),
    (r"/login", lambda view, _: _Document(render_pages.login_page(view))),
    (r"/robots\.txt", lambda view, _: _Document(render_pages.robots_txt(view), "text/plain; charset=utf-8")),
    (
        r"/sitemap/news",
        lambda view, _: _Document(render_pages.news_sitemap(view), "application/xml; charset=utf-8", view.stories),
    ),
    (r"/static/newsroom\.css", lambda _view, _: _Document(render_pages.stylesheet(), "text/css; charset=utf-8")),
    (r"/upload/(?P<name>[0-9a-f]{8}\.png)", lambda _, address: _Document(picture(address["name"]), "image/png")),
    (rf"/(?P<section>{'|'.join(SECTIONS)})/{_SLUG}", _article),
)
"""Addresses as regular expressions, tried in order; a page that returns None is not there."""
