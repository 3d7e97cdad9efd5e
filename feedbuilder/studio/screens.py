"""Templates -> answers. Owns the one environment of the studio's templates and what all of them may say.

Everything from sites, files and people goes through Jinja's escaping. No template has a script or a style of its own:
the policy of the pages admits none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from feedbuilder import __version__
from feedbuilder.feeds.page_templates import page_templates
from feedbuilder.feeds.xml_texts import day_and_time, readable_address
from feedbuilder.studio.name_lists import joined


def screen(
    request: Request, template: str, status: int = 200, *, headers: Mapping[str, str] | None = None, **values: Any
) -> HTMLResponse:
    """Return the screen `template` filled with `values`."""
    return HTMLResponse(page(template, request.scope.get("root_path", ""), **values), status, headers)


def page(template: str, root: str = "", **values: Any) -> str:
    """Return a page as HTML; `root` is the path under which a reverse proxy shows the studio."""
    return _environment().get_template(template).render({"root": root, **values})


def see_other(request: Request, path: str) -> RedirectResponse:
    """Return the answer to a form that leads on to `path` of the studio."""
    return RedirectResponse(request.scope.get("root_path", "") + path, 303)


@cache
def _environment() -> Environment:
    environment = page_templates("feedbuilder.studio")
    extra: Mapping[str, Any] = {
        "version": __version__,
        "moment": _moment,
        "spoken": spoken,
        "readable": readable_address,
        "entries": lambda number: "1 entry" if number == 1 else f"{number:,} entries",
        "counted": counted,
        "joined": joined,
    }
    environment.globals.update(extra)
    return environment


_UNITS = {"s": "second", "m": "minute", "h": "hour", "d": "day"}


def spoken(duration: str) -> str:
    """Return "30m" as it stands behind "every": "30 minutes"; "1d" as "day"."""
    parts = [(part[:-1], _UNITS[part[-1]]) for part in duration.split()]
    if [count for count, _ in parts] == ["1"]:
        return parts[0][1]
    return " ".join(counted(int(count), unit) for count, unit in parts)


def counted(number: int, noun: str) -> str:
    """Return "1 article", "2 articles"."""
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _moment(at: datetime | None, otherwise: str = "never", zone: tzinfo | None = None) -> str | Markup:
    """Return a moment as a `time` element, in this machine's zone unless another is given."""
    if at is None:
        return otherwise
    there = at.astimezone(zone)
    iso = at.astimezone(UTC).replace(microsecond=0).isoformat()
    return Markup('<time datetime="{}">{}</time>').format(iso, day_and_time(there))
