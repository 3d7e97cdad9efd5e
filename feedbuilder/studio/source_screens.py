"""A configured source: how it does, where its feeds are, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder.config.change_source import change_headers, change_keys, written_headers
from feedbuilder.config.remove_source import remove_source
from feedbuilder.config.toml import selectors_block
from feedbuilder.config.typed_headers import TypedHeaders
from feedbuilder.model import ConfigError, Source
from feedbuilder.model.units import format_duration, zone_names
from feedbuilder.pipeline.learnt_selectors import memory_of
from feedbuilder.store import is_there, open_store
from feedbuilder.studio.forms import Form
from feedbuilder.studio.looking import Look, look_at_source
from feedbuilder.studio.name_lists import joined
from feedbuilder.studio.overview import feeds_with, overview_of
from feedbuilder.studio.saving import build_now
from feedbuilder.studio.screens import screen, see_other
from feedbuilder.studio.studio_state import Studio
from feedbuilder.studio.typed_values import ARTICLE_PAGES, INTERVALS, KEYS, WrongFieldError
from feedbuilder.studio.watched_fields import FIELDS, typed_watched, watched_from
from feedbuilder.tend.feed_places import feed_places
from feedbuilder.tend.repairs import accept_repair, forget_repair, repair_diff, write_repair


def source_of(request: Request) -> Source:
    """Return the source that a request names. Raises HTTPException where there is none."""
    studio: Studio = request.app.state.studio
    config = studio.known_config()
    found = [one for one in config.sources if one.id == request.path_params["source"]] if config else []
    if not found:
        raise HTTPException(404, "There is no such source any more.")
    return found[0]


def _show(request: Request) -> Response:
    return _shown(request)


def _shown(
    request: Request,
    status: int = 200,
    *,
    wrong: Mapping[str, str] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> Response:
    """Return the screen of a source; with what was `typed` into its fields, and what is `wrong` with that."""
    studio: Studio = request.app.state.studio
    source, config = source_of(request), studio.config()
    overview = overview_of(config)
    headers = written_headers(config, source.id)
    repair = None
    if is_there(config.store.place):
        with open_store(config.store.place) as store:
            memory = memory_of(store, source)
            repair = memory.repair
    return screen(
        request,
        "source.html",
        status,
        source=source,
        wrong=wrong or {},
        typed=typed or typed_of(source) | {"headers": str(headers)},
        has_secret=headers.has_secret,
        zones=sorted(zone_names()),
        usual_zone=config.defaults.get("timezone"),
        intervals=INTERVALS,
        article_pages=ARTICLE_PAGES,
        shown=next(one for one in overview.sources if one.id == source.id),
        feeds=feeds_with(overview.feeds, source.id),
        places=feed_places(config, source),
        overview=overview,
        job=studio.jobs.get(f"build {source.id}"),
        diagnosis=studio.jobs.get(f"diagnose {source.id}"),
        repair=repair,
        diff=repair_diff(source, repair) if repair else [],
        selectors=selectors_block(source).partition("\n")[2],
    )


def typed_of(source: Source) -> dict[str, Any]:
    """Return what a person would have typed to make `source` as it is."""
    return {
        **typed_watched(source.changes),
        "title": source.name,
        "tags": joined(source.tags),
        "timezone": source.timezone.key if source.timezone else "",
        "interval": format_duration(source.interval),
        "articles": source.articles.value,
        "only": source.only.pattern if source.only else "",
    }


def _doing(act: Callable[[Studio, Source], str]) -> Callable[[Request], Any]:
    """Return what answers a form that does something with a source, and leads on to where `act` says."""

    async def answer(request: Request) -> Response:
        studio: Studio = request.app.state.studio
        return see_other(request, await run_in_threadpool(lambda: act(studio, source_of(request))))

    return answer


def _build(studio: Studio, source: Source) -> str:
    build_now(studio, source.id)
    return f"/sources/{source.id}"


def _diagnose(studio: Studio, source: Source) -> str:
    studio.jobs.begin(f"diagnose {source.id}", ["diagnose", source.id])
    return f"/sources/{source.id}"


def _correct(studio: Studio, source: Source) -> str:
    look = Look(source.url)
    name = studio.looks.keep(look)
    look.begin(partial(look_at_source, config=studio.config(), source=source, detector=studio.detector))
    return f"/pages/{name}"


def _remove(studio: Studio, source: Source) -> str:
    remove_source(studio.config(), source.id, studio.environ)
    return "/"


def _write_repair(studio: Studio, source: Source) -> str:
    config = studio.config()
    with open_store(config.store.place) as store:
        memory = memory_of(store, source)
    write_repair(config, source, memory, studio.environ)
    return f"/sources/{source.id}"


def _accept_repair(studio: Studio, source: Source) -> str:
    with open_store(studio.config().store.place) as store:
        accept_repair(store, source, memory_of(store, source))
    return _build(studio, source)


def _forget_repair(studio: Studio, source: Source) -> str:
    with open_store(studio.config().store.place) as store:
        forget_repair(store, source, memory_of(store, source))
    return f"/sources/{source.id}"


async def _edit(request: Request) -> Response:
    """Write what was typed into the source; what is wrong is said beside its field, and then nothing is written."""
    studio: Studio = request.app.state.studio
    form = await Form.of(request)

    def edited() -> Response:
        source = source_of(request)
        wrong, said = {}, {}
        for key, read in KEYS.items():
            if key in form:
                try:
                    said[key] = read(form.text(key))
                except WrongFieldError as error:
                    wrong[key] = str(error)
        if "watched" in form:
            said["changes"], problems = watched_from(form, source.changes)
            wrong |= problems
        try:
            headers = TypedHeaders.of(form.lines("headers"), studio.environ)
        except ConfigError as error:
            wrong["headers"] = " ".join(error.problems)
        if wrong:
            typed = {key: form.text(key) for key in (*KEYS, "headers", *FIELDS)}
            return _shown(request, 422, wrong=wrong, typed=typed)
        if "timezone" in said:  # an empty field: as for all sources
            said["timezone"] = said["timezone"] or studio.config().defaults.get("timezone")
        changed = [
            key for key, value in said.items() if value != (source.name if key == "title" else getattr(source, key))
        ]
        if changed:
            change_keys(studio.config(), source.model_copy(update=said), changed, studio.environ)
        if "headers" in form and headers.written != written_headers(studio.config(), source.id).written:
            change_headers(studio.config(), source_of(request), headers, studio.environ)
        return see_other(request, f"/sources/{source.id}")

    return await run_in_threadpool(edited)


def _pause(studio: Studio, source: Source) -> str:
    paused = source.model_copy(update={"paused": not source.paused})
    change_keys(studio.config(), paused, ["paused"], studio.environ)
    return f"/sources/{source.id}"


_ACTS: dict[str, Callable[[Studio, Source], str]] = {
    "build": _build,
    "correct": _correct,
    "diagnose": _diagnose,
    "remove": _remove,
    "pause": _pause,
    "write-repair": _write_repair,
    "accept-repair": _accept_repair,
    "forget-repair": _forget_repair,
}

ROUTES = [
    Route("/sources/{source}", _show),
    Route("/sources/{source}/edit", _edit, methods=["POST"]),
    *(Route(f"/sources/{{source}}/{name}", _doing(act), methods=["POST"]) for name, act in _ACTS.items()),
]
