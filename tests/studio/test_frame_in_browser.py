"""A hostile page in the studio, in a real browser: nothing of it runs, nobody is asked, the list can be seen and clicked."""
# ruff: noqa: E501 - markup reads worse in pieces

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from feedbuilder.model import Page
from feedbuilder.studio.frame_document import SANDBOX, frame_document, frame_headers
from feedbuilder.studio.looking import Look
from feedbuilder.studio.page_view import ShownPage, view_of
from feedbuilder.studio.serve_studio import ServedStudio, serve_studio
from feedbuilder.studio.workbench import begin_bench
from feedbuilder.tend.page_findings import find
from feedbuilder.tend.write_plan import begin_plan
from feedbuilder.web import Background
from tests.cli.conftest import STORIES, list_page
from tests.patience import PATIENCE
from tests.studio.test_page_view_attacks import ALL
from tests.xss import browser as web

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
BROWSER = web.find()
pytestmark = [
    pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here (apt-get install chromium)"),
]

NOW = datetime(2026, 2, 7, tzinfo=UTC)
RAN = "parent.postMessage(`RAN`,`*`)"
"""What a script of the page does that gets to run: told to whoever shows it."""

LEAVING = (
    "<meta http-equiv=refresh content='0;url=BEACON/refresh'><base href='BEACON/base/'><link rel=stylesheet href=BEACON/link>"
    "<link rel=prefetch href=BEACON/prefetch><link rel=preload as=image href=BEACON/preload>"
    "<style>@import 'BEACON/import'; body { background: url(BEACON/url) } @font-face { font-family: x; src: url(BEACON/font) }"
    " .veil { position: fixed; inset: 0; background: #000; z-index: 2147483647 } body { opacity: 0; overflow: hidden; height: 0 }"
    " body::after { content: ''; position: absolute; inset: 0; background: red; z-index: 9 } main { display: none } * { pointer-events: none }"
    " div, ::backdrop, ::before { font-family: x; } :root { visibility: hidden }</style>"
    "<div class=veil>We value your privacy</div><div style='position:absolute;inset:0;background:#000'>And more</div>"
    "<script>HIT</script><script src=BEACON/script></script><img src=x onerror=HIT><img src=BEACON/img><svg onload=HIT></svg>"
    "<iframe src=BEACON/frame srcdoc='<script>parent.HIT</script>'></iframe><object data=BEACON/object></object><embed src=BEACON/embed>"
    "<video src=BEACON/video poster=BEACON/poster autoplay></video><body onload=HIT onpageshow=HIT background=BEACON/body>"
    "<form action=BEACON/form><form action=BEACON/nested><button id=go>go</button></form><input autofocus onfocus=HIT>"
    "<a id=out href=BEACON/a ping=BEACON/ping>out</a><a href='javascript:HIT'>js</a>"
)


@dataclass
class Asked:
    """What a server was asked for."""

    path: str
    headers: dict[str, str]


@dataclass
class Recorder:
    """An application, and what it was asked for."""

    app: Any
    asked: list[Asked] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
            self.asked.append(Asked(scope["path"], headers))
        await self.app(scope, receive, send)


@dataclass
class Stage:
    """The studio, a hostile site beside it, and a browser that was let into the studio."""

    served: ServedStudio
    studio_asked: list[Asked]
    site: str
    site_asked: list[Asked]
    browser: Any
    documents: dict[str, Response] = field(default_factory=dict)
    """What the hostile site serves besides beacons."""

    def armed(self, html: str) -> str:
        """Return `html` with scripts that tell of themselves, and beacons at the site and at the studio."""
        studio = html.replace("BEACON", f"{self.served.server.url}/beacon").replace(" id=", " id=studio-")
        return (html.replace("BEACON", f"{self.site}/beacon") + studio).replace("HIT", RAN)

    def open(self, address: str, *, width: int = 1280) -> Any:
        """Open `address` and take down every message that comes from a frame in it."""
        page = self.browser.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.set_default_timeout(PATIENCE * 1000)
        page.add_init_script("window.told = []; addEventListener('message', event => told.push(event.data));")
        page.goto(address)
        return page

    def bench(self, html: str) -> str:
        """Put a page of the hostile site on a bench of the studio; return its address there."""
        found = find(Page(f"{self.site}/", html.encode(), NOW), timezone=None, example=None, config=None)
        look = Look(f"{self.site}/", bench=replace(begin_bench(begin_plan(found, f"{self.site}/", None), ()), feeds=()))
        look.is_over = True
        return f"{self.served.server.url}/pages/{self.served.studio.looks.keep(look)}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as run:
        rules = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        chromium = run.chromium.launch(
            executable_path=BROWSER,
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--host-resolver-rules={rules}"],
            timeout=PATIENCE * 1000,
        )
        yield chromium
        chromium.close()


@pytest.fixture
def stage(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    documents: dict[str, Response] = {}

    async def answer(request: Request) -> Response:
        return documents.get(request.url.path) or HTMLResponse("<p>evil</p>")

    site = Recorder(Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "POST"])]))
    recorders: list[Recorder] = []

    def recorded(app: Any, host: str, port: int) -> Background:
        recorders.append(Recorder(app))
        return Background(recorders[-1], host, port)

    monkeypatch.setattr("feedbuilder.studio.serve_studio.Background", recorded)
    served = serve_studio(tmp_path / "feedbuilder.toml", dict(os.environ), host="127.0.0.1", port=0)
    with ExitStack() as stack:
        evil = stack.enter_context(Background(site, "127.0.0.1", 0))
        stack.enter_context(served.server)
        context = browser.new_context()
        stack.callback(context.close)
        stage = Stage(served, recorders[0].asked, evil.url, site.asked, context, documents)
        first = stage.open(served.address)
        first.wait_for_url(f"{served.server.url}/")
        first.close()
        yield stage


def disturb(page: Any, frame: Any) -> None:
    """Do in the frame what a person could do by accident, and give what should not come the time to come."""
    frame.evaluate(
        """() => { for (const element of document.querySelectorAll('body *')) {
            try { element.focus?.(); } catch {}
            for (const kind of ['mouseover', 'pointerenter', 'click', 'auxclick', 'submit'])
                element.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true}));
        } }"""
    )
    page.wait_for_timeout(700)
    frame.evaluate("parent.postMessage('settled', '*')")  # after all that was said before
    until(page, "told.includes('settled')")


def inner(page: Any) -> Any:
    """Return the frame, once its script is at work."""
    until(page, "told.some(one => one?.feedbuilder === 'frame' && one.kind === 'ready')")
    return next(frame for frame in page.frames if frame is not page.main_frame)


def eventually(page: Any, true: Callable[[], bool]) -> None:
    """Wait until something is true, while `page` goes on."""
    limit = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < limit
        page.wait_for_timeout(50)


def until(page: Any, expression: str) -> None:
    """Wait until an expression of JavaScript is true; asked from here, for the policy lets no page evaluate a text."""
    eventually(page, lambda: bool(page.evaluate(expression)))


def beacons(asked: list[Asked]) -> set[str]:
    return {one.path for one in asked if one.path.startswith("/beacon")}


def joined(views: list[ShownPage]) -> ShownPage:
    """Return all `views` as one page."""
    return replace(views[0], body="".join(one.body for one in views), head="".join(one.head for one in views))


def test_of_a_hostile_page_nothing_runs_and_nobody_is_asked(stage: Stage) -> None:
    address = stage.bench(stage.armed(LEAVING) + f"<main>{list_page()}</main>")
    page = stage.open(address)
    frame = inner(page)
    disturb(page, frame)
    assert page.evaluate("told.filter(one => one === 'RAN')") == []
    assert stage.site_asked == []
    assert beacons(stage.studio_asked) == set()
    assert frame.evaluate("[origin, location.pathname]") == ["null", f"{urlsplit(address).path}/frame"]
    for attempt in ("parent.document", "localStorage", "document.cookie", "parent.location.href"):
        assert (
            frame.evaluate(f"() => {{ try {{ return String({attempt}); }} catch (error) {{ return error.name; }} }}")
            == "SecurityError"
        )
    assert page.url == address
    # The list is seen, and a click says which element is meant, whatever lies over it.
    page.evaluate("told = []")
    frame.get_by_text(STORIES[1][1]).first.click()
    number = frame.get_by_text(STORIES[1][1]).first.get_attribute("data-n")
    click = f"told.findLast(one => one?.kind === 'picked' && one.card === 1 && one.number === {number})"
    until(page, f"{click} !== undefined")
    text = stage.served.studio.looks.get(address.rpartition("/")[2]).bench.text  # type: ignore[union-attr]
    assert STORIES[1][1] in LexborHTMLParser(text).css("*")[int(number)].text()
    assert page.goto(stage.served.server.url).status == 200


COVERING = (
    "html { display: none !important } body { position: fixed !important; opacity: 0 !important; visibility: hidden !important }"
    " body::before { content: ''; position: fixed; inset: 0; background: #000; z-index: 99 } .late { position: fixed; inset: 0 }"
    " main::after { content: ''; position: absolute; inset: 0; background: #000; z-index: 98 } ::backdrop { background: #000 }"
    " * { pointer-events: none !important; animation: x 1s infinite } @keyframes x { to { transform: translateX(-9999px) } }"
)


def test_with_leave_the_site_is_asked_for_styles_and_pictures_alone(stage: Stage) -> None:
    stage.documents["/beacon/link"] = Response(COVERING, media_type="text/css")
    address = stage.bench(
        stage.armed(LEAVING) + f"<div class=late>Subscribe!</div><main><img src=/beacon/shown>{list_page()}</main>"
    )
    look = stage.served.studio.looks.get(address.rpartition("/")[2])
    assert look is not None
    look.change(lambda bench: replace(bench, loads_pictures=True))
    page = stage.open(address)
    frame = inner(page)
    disturb(page, frame)
    assert page.evaluate("told.filter(one => one === 'RAN')") == []
    assert {one.headers["sec-fetch-dest"] for one in stage.site_asked} <= {"style", "image"}
    assert beacons(stage.site_asked) <= {
        "/beacon/link",
        "/beacon/url",
        "/beacon/img",
        "/beacon/base/x",
        "/beacon/shown",
    }
    frame.evaluate("document.querySelector('img[src$=shown]').scrollIntoView()")  # pictures load where they are seen
    eventually(page, lambda: {"/beacon/link", "/beacon/shown"} <= beacons(stage.site_asked))
    assert not any("cookie" in one.headers or "referer" in one.headers for one in stage.site_asked)
    page.evaluate("told = []")
    frame.get_by_text(STORIES[2][1]).first.click()
    until(page, "told.some(one => one?.kind === 'picked' && one.card === 2)")
    assert beacons(stage.studio_asked) == set()


def test_a_page_of_five_megabytes_is_shown_in_part_and_its_list_clicked(stage: Stage) -> None:
    page = stage.open(stage.bench(list_page() + "<i>x</i>" * 40_000 + "<p hidden>" + "word " * 1_000_000))
    frame = inner(page)
    assert "The page is longer than can be shown" in page.locator("#page-notes").inner_text()
    until(page, f"told.some(one => one?.kind === 'changed' && one.added === {len(STORIES)})")
    frame.locator("a", has_text=STORIES[1][1]).first.click()
    until(page, "told.some(one => one?.kind === 'picked' && one.card === 1)")
    assert page.request.get(stage.served.server.url).ok


def show(stage: Stage, view: ShownPage, headers: dict[str, str], host_policy: str | None = None) -> Any:
    """Show `view` in a frame on a page of the hostile site, which takes the studio's place."""
    stage.documents["/view"] = HTMLResponse(frame_document(view), headers=headers)
    policy = {"Content-Security-Policy": host_policy} if host_policy else None
    stage.documents["/host"] = HTMLResponse(f'<iframe src="/view" sandbox="{SANDBOX}"></iframe>', headers=policy)
    page = stage.open(f"{stage.site}/host")
    page.wait_for_load_state()
    return page


def test_of_every_trick_nothing_runs(stage: Stage) -> None:
    views = [view_of(stage.armed(one.html), f"{stage.site}/") for one in ALL]
    # Under no policy at all, so that what is written has to be harmless by itself.
    page = show(stage, joined(views), {})
    disturb(page, inner(page))
    assert page.evaluate("told.filter(one => one === 'RAN')") == []
    assert beacons(stage.site_asked) == beacons(stage.studio_asked) == set()


def test_the_policy_holds_where_the_writing_fails(stage: Stage) -> None:
    raw = replace(view_of("<p>x", f"{stage.site}/"), body=stage.armed(LEAVING))
    headers = frame_headers(raw)
    page = show(stage, raw, headers, "default-src 'none'; frame-src 'self'")
    frame = inner(page)
    try:
        disturb(page, frame)
    except playwright.Error as error:
        if "context was destroyed" not in str(error):  # its refresh, which the policy stops, came in between
            raise
        page.wait_for_timeout(700)
    assert page.evaluate("told.filter(one => one === 'RAN')") == []
    assert beacons(stage.studio_asked) == set()
    # A test of the test: without the policy all of it runs, and asks.
    page = show(stage, raw, {})
    until(page, "told.some(one => one === 'RAN')")
    eventually(page, lambda: bool(beacons(stage.site_asked)))


def test_articles_are_reached_by_the_keyboard_and_told(stage: Stage) -> None:
    address = stage.bench(list_page())
    page = stage.open(address, width=390)
    frame = inner(page)
    until(page, f"told.some(one => one?.kind === 'changed' && one.added === {len(STORIES)})")
    page.locator("#page").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    until(page, "told.some(one => one?.kind === 'hovered' && one.card === 1)")
    page.keyboard.press("Enter")
    until(page, "told.some(one => one?.kind === 'picked' && one.card === 1)")
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
