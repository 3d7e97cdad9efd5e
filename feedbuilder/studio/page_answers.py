"""What the script of a bench asks while somebody looks or types: elements by their numbers. Changes nothing."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from feedbuilder.config.toml import selectors_from
from feedbuilder.model import ConfigError, ExtractError
from feedbuilder.studio.forms import Form
from feedbuilder.studio.page_screens import look_of
from feedbuilder.studio.teaching import FIELDS, numbers_of_field, tried
from feedbuilder.studio.workbench import Workbench


def _field(request: Request) -> Response:
    """Return the elements that a field is read from."""
    look = look_of(request)
    if look.bench is None or request.path_params["field"] not in FIELDS:
        raise HTTPException(404)
    page = look.taught_page(look.bench)
    return JSONResponse(numbers_of_field(look.bench, page, request.path_params["field"]))


async def _try(request: Request) -> Response:
    """Return what selectors would find that somebody is writing: how many articles, and where."""
    look = look_of(request)
    form = await Form.of(request)
    found: dict[str, Any] = {}

    def look_at(bench: Workbench) -> Workbench:
        try:
            found.update(tried(look.taught_page(bench), selectors_from(form.text("selectors"))))
        except (ConfigError, ExtractError) as error:
            found.update(said=str(error), cards=[])
        return bench

    if look.bench is None:
        raise HTTPException(404)
    await run_in_threadpool(look.change, look_at)
    return JSONResponse(found)


ROUTES = [
    Route("/pages/{name}/fields/{field}", _field),
    Route("/pages/{name}/try", _try, methods=["POST"]),
]
