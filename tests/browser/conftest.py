"""A Chromium that the tests of a module share, and sites on loopback; without a Chromium these tests are skipped."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from feedbuilder.browser import open_browser
from feedbuilder.browser.chromium import find_chromium, keeps_sandbox
from feedbuilder.browser.shared_browser import SharedBrowser
from feedbuilder.fetch.renderer import Opened, Opening
from feedbuilder.fetch.urls import parse
from feedbuilder.model import BrowserSettings, BrowserView, FetchSettings
from tests.fetch.loopback import Site, answer
from tests.patience import PATIENCE


def _why_none() -> str | None:
    """Return why no page can be opened on this machine, None if one can."""
    if find_chromium(BrowserSettings()) is None:
        return "no Chromium is installed here (apt-get install chromium)"
    if not keeps_sandbox():
        return None
    unshare = shutil.which("unshare")
    if unshare and subprocess.run([unshare, "--user", "true"], check=False, capture_output=True).returncode == 0:
        return None
    return "Chromium finds no sandbox here: this machine has no user namespaces for others than root"


WHY_NONE = _why_none()
needs_chromium = pytest.mark.skipif(WHY_NONE is not None, reason=WHY_NONE or "")
HTML = "Content-Type: text/html; charset=utf-8"
Open = Callable[..., Opened]


def page(body: str, *headers: str, status: str = "200 OK") -> bytes:
    return answer(f"<!doctype html><title>News</title><body>{body}", HTML, *headers, status=status)


def opening(url: str, *, private: dict[str, str] | None = None, watches: bool = False, **view: Any) -> Opening:
    target = parse(url)
    return Opening(
        url, target.origin, BrowserView.model_validate(view), private or {}, our_name="feedbuilder/1", watches=watches
    )


def opened(browser: SharedBrowser, url: str, **parts: Any) -> Opened:
    with browser.turn():
        return browser.open(opening(url, **parts))


@pytest.fixture
def make_site() -> Iterator[Callable[..., Site]]:
    sites: list[Site] = []

    def make(**parts: Any) -> Site:
        sites.append(Site(**parts))
        return sites[-1]

    yield make
    for one in sites:
        one.stop()


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()


@pytest.fixture
def make_browser() -> Iterator[Callable[..., SharedBrowser]]:
    """Make a browser that may reach loopback by one name, patiently unless told otherwise."""
    browsers: list[SharedBrowser] = []

    def make(*, fetch: dict[str, Any] | None = None, **settings: Any) -> SharedBrowser:
        usual = {"deadline": timedelta(seconds=PATIENCE), "idle": timedelta(seconds=PATIENCE)}
        browsers.append(
            open_browser(
                BrowserSettings(**{**usual, **settings}),
                FetchSettings(**{"allow_hosts": ("127.0.0.1",), **(fetch or {})}),
            )
        )
        return browsers[-1]

    yield make
    for one in browsers:
        one.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[SharedBrowser]:
    """Return a browser that the tests of a module share."""
    patient = BrowserSettings(deadline=timedelta(seconds=PATIENCE), idle=timedelta(seconds=PATIENCE))
    shared = open_browser(patient, FetchSettings(allow_hosts=("127.0.0.1",)))
    yield shared
    shared.close()
