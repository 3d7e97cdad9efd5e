"""A page that somebody works on: looked at, its list chosen, its fields filled in, and written down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from feedbuilder import masking
from feedbuilder.config import tags_without_feed
from feedbuilder.config.toml import selectors_block, selectors_from
from feedbuilder.config.typed_headers import TypedHeaders
from feedbuilder.detect import Candidate
from feedbuilder.engine import refuse_stranger, system_clock
from feedbuilder.masking import mask_text
from feedbuilder.model import ConfigError, ExtractError, Source, SourceKind
from feedbuilder.model.units import format_duration, zone_names
from feedbuilder.studio.bench_fields import with_fields
from feedbuilder.studio.document_view import document_view
from feedbuilder.studio.doorkeeper import POLICY
from feedbuilder.studio.forms import Form
from feedbuilder.studio.frame_document import SANDBOX, frame_document, frame_headers
from feedbuilder.studio.looking import Look, LookFailure, Wish, look_at_page
from feedbuilder.studio.overview import qr_code
from feedbuilder.studio.page_notes import asked_for, page_notes
from feedbuilder.studio.saving import save
from feedbuilder.studio.screens import screen, see_other
from feedbuilder.studio.studio_state import Studio
from feedbuilder.studio.teaching import TOOLS, clicked, written_by_hand
from feedbuilder.studio.typed_values import ARTICLE_PAGES, INTERVALS
from feedbuilder.studio.workbench import Workbench, take_list
from feedbuilder.tend.feed_places import feed_places
from feedbuilder.tend.page_findings import meant_address
from feedbuilder.tend.site_feeds import shared
from feedbuilder.tend.write_plan import source_reading

_ASKED_FOR = (SourceKind.FEED, SourceKind.CHANGES)
"""What is not seen from an answer, but wished for."""


async def _begin(request: Request) -> Response:
    """Look at the page whose address was typed."""
    studio: Studio = request.app.state.studio
    form = await Form.of(request)
    typed = form.text("address")

    def begin() -> Response:
        config = studio.known_config()
        try:
            if config is not None:
                refuse_stranger(config)
            address = meant_address(typed)
            known = source_reading(config, address) if "again" not in form else None
            kind = next((one for one in _ASKED_FOR if form.text("kind") == one), None)
            wish = Wish(form.text("example") or None, kind, TypedHeaders.of(form.lines("headers"), studio.environ))
        except ConfigError as error:
            return _again(request, typed, form, LookFailure(tuple(map(mask_text, error.problems))))
        if known is not None:
            return _again(request, typed, form, known=known)
        masking.learn(wish.headers.secrets)
        look = Look(address, tuple(form.texts("host")), wish)
        name = studio.looks.keep(look)
        look.begin(partial(look_at_page, config=config, detector=studio.detector))
        return see_other(request, f"/pages/{name}")

    return await run_in_threadpool(begin)


def _again(
    request: Request,
    address: str,
    form: Form | None = None,
    failure: LookFailure | None = None,
    *,
    look: Look | None = None,
    known: Source | None = None,
) -> Response:
    """Return the screen that asks for an address once more: what is wrong with this one, what may be said of it."""
    return screen(
        request,
        "new.html",
        422,
        address=address,
        failure=failure or LookFailure(()),
        known=known,
        hosts=look.hosts if look else form.texts("host") if form else (),
        header_lines=str(look.wish.headers) if look else form.text("headers") if form else "",
        qr=qr_code(failure.feed.url) if failure and failure.feed else None,
    )


def look_of(request: Request) -> Look:
    """Return the look that a request is about. Raises HTTPException where it is gone."""
    studio: Studio = request.app.state.studio
    look = studio.looks.get(request.path_params["name"])
    if look is None:
        raise HTTPException(404, "This page is not worked on any more. Begin again with its address.")
    return look


def _show(request: Request) -> Response:
    look = look_of(request)
    if look.failure is not None and look.bench is None:
        return _again(request, look.address, failure=look.failure, look=look)
    if look.bench is None:
        return screen(request, "looking.html", look=look)
    # Only where the person let the site's pictures be loaded.
    policy = POLICY.replace("img-src 'self' data:", "img-src 'self' data: https: http:")
    headers = {"Content-Security-Policy": policy} if look.bench.loads_pictures else None
    return screen(request, "bench.html", headers=headers, **_of_bench(request, look, look.bench))


def _of_bench(request: Request, look: Look, bench: Workbench) -> dict[str, Any]:
    studio: Studio = request.app.state.studio
    config, plan = studio.known_config(), bench.plan
    source = bench.source()
    view = look.view(loads=bench.loads_pictures) if source.kind is SourceKind.PAGE else None
    return {
        "name": request.path_params["name"],
        "look": look,
        "bench": bench,
        "plan": plan,
        "preview": bench.preview(system_clock()),
        "lists": _lists(look, bench, is_page=source.kind is SourceKind.PAGE),
        "tools": TOOLS,
        "sandbox": SANDBOX,
        "page_notes": page_notes(view) if view else (),
        "asked_for": asked_for(view) if view else "",
        "document": None if view else document_view(bench.text, source.kind),
        "feeds_there": [(feed, shared(feed, bench.candidate)) for feed in bench.feeds or ()],
        "selectors": selectors_block(source).partition("\n")[2],
        "is_described": source.kind.is_described,
        "is_watched": source.kind is SourceKind.CHANGES,
        "places": feed_places(config, source),
        "without": tags_without_feed(plan.tags, config.feeds, config.tags) if config else [],
        "zones": sorted(zone_names()),
        "intervals": INTERVALS,
        "interval": format_duration(source.interval),
        "article_pages": ARTICLE_PAGES,
        "articles": source.articles,
        "only": source.only.pattern if source.only else "",
        "header_lines": str(plan.headers),
    }


def _lists(look: Look, bench: Workbench, *, is_page: bool) -> list[dict[str, Any]]:
    """Return the lists of the page for people to choose from."""
    taken = _titles(bench.candidate)
    return [
        {
            "number": number,
            "count": len(one.items),
            "titles": list(_titles(one))[:3],
            "more": [title for title in _titles(one) if title not in taken][:3],
            "fewer": [title for title in taken if title not in _titles(one)][:3],
            "is_taken": number == bench.plan.chosen,
            "cards": look.numbers_of_cards(bench, number) if is_page else "[]",
        }
        for number, one in enumerate(bench.plan.found.detection.candidates)
    ]


def _titles(candidate: Candidate) -> dict[str, None]:
    return dict.fromkeys(item.title for item in candidate.items if item.title)


def _frame(request: Request) -> Response:
    """Return the page for its frame: inert, under a policy of its own."""
    look = look_of(request)
    if look.bench is None:
        raise HTTPException(404)
    view = look.view(loads=look.bench.loads_pictures)
    return Response(frame_document(view), headers=frame_headers(view))


Step = Callable[[Look, Workbench, Form], Workbench]


def changing(step: Step) -> Callable[[Request], Any]:
    """Return what answers a form that takes a step on a bench: the page of the bench as it is then."""

    async def answer(request: Request) -> Response:
        look = look_of(request)
        form = await Form.of(request)

        def taken(bench: Workbench) -> Workbench:
            try:
                return step(look, bench, form)
            except (ConfigError, ExtractError) as error:
                return bench.refused(str(error))

        await run_in_threadpool(look.change, taken)
        return see_other(request, f"/pages/{request.path_params['name']}")

    return answer


def _take(_look: Look, bench: Workbench, form: Form) -> Workbench:
    return take_list(bench, form.number("list"))


def _go(_look: Look, bench: Workbench, form: Form) -> Workbench:
    return bench.redo() if form.text("way") == "redo" else bench.undo()


def _teach(look: Look, bench: Workbench, form: Form) -> Workbench:
    return clicked(bench, look.taught_page(bench), form.text("tool"), form.number("number"))


def _write_selectors(_look: Look, bench: Workbench, form: Form) -> Workbench:
    return written_by_hand(bench, selectors_from(form.text("selectors")))


def _load_pictures(_look: Look, bench: Workbench, _form: Form) -> Workbench:
    return replace(bench, loads_pictures=True)


async def _fill_in(request: Request) -> Response:
    studio: Studio = request.app.state.studio
    answer = changing(lambda _look, bench, form: with_fields(bench, form, studio.environ))
    shown: Response = await answer(request)
    return shown


async def _save(request: Request) -> Response:
    """Write what was found into the configuration, and have it built."""
    studio: Studio = request.app.state.studio
    look = look_of(request)
    form = await Form.of(request)

    def saved() -> Response:
        bench = look.change(lambda bench: with_fields(bench, form, studio.environ))
        if not bench.wrong:
            try:
                source = save(studio, bench, form.texts("new_feed"))
            except (ConfigError, ExtractError) as error:
                problem = str(error)
                look.change(lambda bench: bench.refused(problem))
            else:
                studio.looks.forget(request.path_params["name"])
                return see_other(request, f"/sources/{source.id}")
        return see_other(request, f"/pages/{request.path_params['name']}")

    return await run_in_threadpool(saved)


async def _leave(request: Request) -> Response:
    studio: Studio = request.app.state.studio
    studio.looks.forget(request.path_params["name"])
    return see_other(request, "/")


ROUTES = [
    Route("/pages", _begin, methods=["POST"]),
    Route("/pages/{name}", _show),
    Route("/pages/{name}/list", changing(_take), methods=["POST"]),
    Route("/pages/{name}/step", changing(_go), methods=["POST"]),
    Route("/pages/{name}/frame", _frame),
    Route("/pages/{name}/fields", _fill_in, methods=["POST"]),
    Route("/pages/{name}/teach", changing(_teach), methods=["POST"]),
    Route("/pages/{name}/selectors", changing(_write_selectors), methods=["POST"]),
    Route("/pages/{name}/pictures", changing(_load_pictures), methods=["POST"]),
    Route("/pages/{name}/save", _save, methods=["POST"]),
    Route("/pages/{name}/leave", _leave, methods=["POST"]),
]
