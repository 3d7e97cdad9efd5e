"""Feeds: made, chosen for, shown as they would be, and written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.config import Config
from feedbuilder.config.change_feed import add_feeds, change_feed, move_feed, remove_feed
from feedbuilder.feeds import Tagging
from feedbuilder.model import ConfigError, Feed
from feedbuilder.store import is_there, open_store
from feedbuilder.studio.feed_form import FILTERS, PARTS, feed_from, typed_in, typed_of
from feedbuilder.studio.forms import Form
from feedbuilder.studio.overview import overview_of
from feedbuilder.studio.screens import screen, see_other
from feedbuilder.studio.studio_state import Studio
from feedbuilder.tend.feed_choice import feed_choice, kept_feeds

_MOST_TAGS = 12
"""Tags that are named for people to choose from."""


def _known(request: Request) -> tuple[Studio, Config]:
    """Return the studio and its configuration. Raises HTTPException where there is nothing to make feeds of."""
    studio: Studio = request.app.state.studio
    config = studio.known_config()
    if config is None or not config.sources:
        raise HTTPException(404, "There are no sources yet to make a feed of.")
    return studio, config


def _feed_of(config: Config, request: Request) -> Feed | None:
    """Return the feed that a request names, None for a new one. Raises HTTPException where there is none."""
    slug = request.path_params.get("slug")
    if slug is None:
        return None
    found = [feed for feed in config.feeds if feed.slug == slug and not feed.auto]
    if not found:
        raise HTTPException(
            404, "There is no such feed in the configuration; it may be one that a tag makes by itself."
        )
    return found[0]


def _show(request: Request) -> Response:
    _, config = _known(request)
    feed = _feed_of(config, request)
    return _screen(
        request, config, feed, feed, typed_of(feed or Feed(slug="new")) | ({} if feed else {"slug": "", "title": ""})
    )


def _screen(
    request: Request,
    config: Config,
    before: Feed | None,
    feed: Feed | None,
    typed: Mapping[str, Any],
    *,
    wrong: Mapping[str, str] | None = None,
    problems: tuple[str, ...] = (),
) -> Response:
    """Return the screen of a feed: `before` as it is configured, `feed` as it would be, with what was typed for it."""
    address = next((one for one in overview_of(config).feeds if before and one.summary.slug == before.slug), None)
    return screen(
        request,
        "feed.html",
        422 if wrong or problems else 200,
        before=before,
        typed=typed,
        wrong=wrong or {},
        problems=problems,
        choice=feed_choice(config, feed) if feed else None,
        sources=config.sources,
        tags=_common_tags(config),
        parts=PARTS,
        is_filtered=any(map(typed.get, FILTERS)),
        shown=address,
        begins=not config.feeds,
        above=_neighbour(config, before, -1),
        below=_neighbour(config, before, 1),
    )


def _neighbour(config: Config, feed: Feed | None, step: int) -> str | None:
    """Return what the feed above or below `feed` is called in the overview, None where there is none."""
    if feed is None:
        return None
    place = config.feeds.index(feed) + step
    return config.feeds[place].name if 0 <= place < len(config.feeds) else None


def _common_tags(config: Config) -> list[str]:
    """Return the tags that most articles carry; before there are any, those of the sources."""
    if not is_there(config.store.place):
        return sorted({tag for source in config.sources for tag in source.tags})[:_MOST_TAGS]
    with open_store(config.store.place) as store:
        uses = store.tag_uses()
    tagging, counts = Tagging.of(config.tags, uses), Counter[str]()
    for use in uses:
        counts[tagging.key(use.name)] += use.items
    del counts[""]
    return [tagging.names.get(key, key) for key, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0]))][
        :_MOST_TAGS
    ]


async def _change(request: Request) -> Response:
    """Show the feed as it would be, or write it where that is asked for."""
    form = await Form.of(request)

    def answered() -> Response:
        studio, config = _known(request)
        before = _feed_of(config, request)
        feed, wrong = feed_from(form, before)
        if feed is None or "save" not in form:
            return _screen(request, config, before, feed, typed_in(form), wrong=wrong if "save" in form else {})
        try:
            if before is None:
                add_feeds(config, [*kept_feeds(config), feed], studio.environ)
            else:
                change_feed(config, feed, studio.environ)
        except ConfigError as error:
            return _screen(request, config, before, feed, typed_in(form), problems=tuple(error.problems))
        studio.publish()
        return see_other(request, f"/feeds/{feed.slug}")

    return await run_in_threadpool(answered)


async def _move(request: Request) -> Response:
    form = await Form.of(request)

    def moved() -> Response:
        studio, config = _known(request)
        feed = _feed_of(config, request)
        assert feed is not None, "the address names one"
        move_feed(config, feed.slug, studio.environ, down=form.text("way") == "down")
        studio.publish()
        return see_other(request, f"/feeds/{feed.slug}")

    return await run_in_threadpool(moved)


async def _remove(request: Request) -> Response:
    def removed() -> Response:
        studio, config = _known(request)
        feed = _feed_of(config, request)
        assert feed is not None, "the address names one"
        remove_feed(config, feed.slug, studio.environ)
        return see_other(request, "/")

    return await run_in_threadpool(removed)


ROUTES = [
    Route("/feeds/new", _show),
    Route("/feeds/new", _change, methods=["POST"]),
    Route("/feeds/{slug}", _show),
    Route("/feeds/{slug}", _change, methods=["POST"]),
    Route("/feeds/{slug}/move", _move, methods=["POST"]),
    Route("/feeds/{slug}/remove", _remove, methods=["POST"]),
]
