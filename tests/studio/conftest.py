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

from feedbuilder.studio.serve_studio import ServedStudio, serve_studio
from feedbuilder.web import Background
from tests.cli.conftest import Web, list_page
from tests.patience import PATIENCE


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
