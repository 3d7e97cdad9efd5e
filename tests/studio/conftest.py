"""A studio on loopback over an empty folder, and a browser as far as requests go."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, sync_playwright

from feedbuilder.studio.serve_studio import ServedStudio, serve_studio
from feedbuilder.web import Background
from tests.cli.conftest import Web, list_page
from tests.patience import PATIENCE
from tests.xss.browser import find

BROWSER = find()


@dataclass
class Visitor:
    """A browser that keeps cookies and says where its forms come from."""

    url: str
    session: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str = "/", **headers: str) -> requests.Response:
        return self.session.get(self.url + path, headers=headers, timeout=PATIENCE, allow_redirects=False)

    def see(self, path: str = "/") -> BeautifulSoup:
        """Return the page that a person sees there in the end."""
        answer = self.session.get(self.url + path, timeout=PATIENCE)
        return BeautifulSoup(answer.text, "html5lib")

    def post(self, path: str, fields: dict[str, Any] | None = None, **headers: str) -> requests.Response:
        said = {"Origin": self.url, "Sec-Fetch-Site": "same-origin", **headers}
        return self.session.post(
            self.url + path, data=fields or {}, headers=said, timeout=PATIENCE, allow_redirects=False
        )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return where the configuration of the studio would be; there is none yet."""
    (tmp_path / "config").mkdir()
    return tmp_path / "config" / "feedbuilder.toml"


@pytest.fixture
def served(place: Path) -> Iterator[ServedStudio]:
    studio = serve_studio(place, dict(os.environ), host="127.0.0.1", port=0)
    with studio.server:
        yield studio


@pytest.fixture
def stranger(served: ServedStudio) -> Visitor:
    """Return a browser that was not let in."""
    return Visitor(served.server.url)


@pytest.fixture
def visitor(served: ServedStudio) -> Visitor:
    """Return a browser that opened the address which the command printed."""
    inside = Visitor(served.server.url)
    answer = inside.session.get(served.address, timeout=PATIENCE)
    assert answer.status_code == 200
    assert re.search(r'content="0;url=/"', answer.text)
    return inside


@pytest.fixture
def web() -> Iterator[Web]:
    """Return a small site with a list of articles at /news."""
    site = Web({"/news": list_page()})
    with Background(site.application(), "127.0.0.1", 0) as server:
        site.url = server.url
        yield site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Yield the browser of this machine; where there is none, tests that want it are skipped before."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def screen(chromium: Browser, served: ServedStudio) -> Iterator[Page]:
    """Yield the studio's first screen; nothing of ours may be refused by its own policy, or fail in a script."""
    context = chromium.new_context(viewport={"width": 1280, "height": 860})
    context.set_default_timeout(PATIENCE * 1000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
    page.goto(served.address)
    page.wait_for_selector("h1:has-text('Which page')")
    assert "token" not in page.url
    yield page
    context.close()
    assert wrong == []
