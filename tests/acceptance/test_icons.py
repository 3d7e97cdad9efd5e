"""The icon of a site stands in the feeds of its only source, and in the output, and is asked for once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from lxml import etree

from feedbuilder.newsroom.site import Response
from tests.acceptance.place import Place, quick_demo, with_sources

PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def drawn(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return the place with one source, and a newsroom that has an icon."""
    respond = place.newsroom.respond

    def other(asked: str, headers: Mapping[str, str] | None = None, *more: Any) -> Response:
        answer = respond(asked, headers, *more)
        return Response(200, {"Content-Type": "image/png"}, PNG) if asked == "/favicon.ico" else answer

    monkeypatch.setattr(place.newsroom, "respond", other)
    config = with_sources(quick_demo(), "world-news").partition("# ---- Feeds")[0].replace('"full"', '"off"')
    place.write_config(f'{config}\n[[feed]]\nslug = "all"\ntitle = "All"\n')
    return place


def test_it_is_asked_for_once_and_shown_by_every_format(drawn: Place) -> None:
    drawn.build()
    before = drawn.files()
    assert before["icons/world-news.png"][0] == PNG
    for _ in range(3):
        drawn.build()
    assert drawn.files() == before
    assert drawn.newsroom.requests["/favicon.ico"] == 1
    feed = json.loads((drawn.output / "all" / "feed.json").read_bytes())
    address = feed["icon"]
    assert address.endswith("/icons/world-news.png")
    assert feed["favicon"] == address
    rss, atom = (etree.parse(drawn.output / "all" / name).getroot() for name in ("rss.xml", "atom.xml"))
    assert rss.findtext("channel/image/url") == address
    assert (atom.findtext("{*}icon"), atom.findtext("{*}logo")) == (address, address)


def test_nobody_is_asked_where_it_is_not_wanted(drawn: Place) -> None:
    drawn.write_config(drawn.config_path.read_text("utf-8").replace("[fetch]", "[fetch]\nicons = false"))
    drawn.build()
    assert drawn.newsroom.requests["/favicon.ico"] == 0
    assert not (drawn.output / "icons").exists()
    assert "icon" not in json.loads((drawn.output / "all" / "feed.json").read_bytes())


def test_what_is_no_picture_is_no_icon(drawn: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    respond = drawn.newsroom.respond
    svg = Response(200, {"Content-Type": "image/png"}, b'<svg onload="alert(1)"/>')
    monkeypatch.setattr(
        drawn.newsroom,
        "respond",
        lambda asked, headers=None, *more: svg if asked == "/favicon.ico" else respond(asked, headers, *more),
    )
    drawn.build()
    drawn.build()
    assert not (drawn.output / "icons").exists()
