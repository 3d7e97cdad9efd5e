"""The icon of a source's site: found, asked for once, and believed by its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedbuilder.model import FetchError, Icon, Page, Source
from feedbuilder.model.icon import ICON_AGE, ICON_TYPES
from feedbuilder.parse.site_icons import icon_addresses
from feedbuilder.pipeline.site_icon import take_icon
from feedbuilder.store import open_store

NOW = datetime(2026, 2, 6, tzinfo=UTC)
SITE = "https://paper.example"
SOURCE = Source.model_validate({"id": "paper", "url": f"{SITE}/world/", "selectors": {"item": "article"}})
PNG, ICO = b"\x89PNG\r\n\x1a\n rest", b"\x00\x00\x01\x00 rest"


def addresses(head: str) -> tuple[str, ...]:
    return icon_addresses(Page(f"{SITE}/world/", f"<html><head>{head}</head><body></body></html>".encode(), NOW))


@pytest.mark.parametrize(
    ("head", "first"),
    [
        ("", "/favicon.ico"),
        ('<link rel="icon" href="/i.png">', "/i.png"),
        ('<link rel="shortcut icon" href="i.ico">', "/world/i.ico"),
        ('<link rel="icon" href="/s.png" sizes="16x16"><link rel="icon" href="/m.png" sizes="192x192">', "/m.png"),
        ('<link rel="icon" href="/i.png"><link rel="apple-touch-icon" href="/a.png">', "/a.png"),
        ('<link rel="icon" href="/big.png" sizes="1024x1024"><link rel="icon" href="/m.png" sizes="96x96">', "/m.png"),
        ('<link rel="icon" type="image/svg+xml" href="/i"><link rel="icon" href="/i.svg?v=2">', "/favicon.ico"),
        ('<link rel="mask-icon" href="/mask.png"><link rel="stylesheet icon-font" href="/f.css">', "/favicon.ico"),
        ('<link rel="icon" href="data:image/png;base64,AAAA"><link rel="icon" href="http://[x">', "/favicon.ico"),
        ('<base href="https://paper.example/static/"><link rel="icon" href="i.png">', "/static/i.png"),
    ],
)
def test_the_best_of_what_a_page_links_to_is_asked_for_first(head: str, first: str) -> None:
    found = addresses(head)
    assert found[0] == SITE + first
    assert found[-1] == f"{SITE}/favicon.ico"
    assert len(found) <= 3


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "png"),
        (ICO, "ico"),
        (b"\xff\xd8\xff\xe0", "jpg"),
        (b"GIF89a", "gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", None),
        (b"<!doctype html><title>Not found</title>", None),
        (b"RIFF\x10\x00\x00\x00WAVE", None),
        (b"", None),
    ],
)
def test_a_picture_is_known_by_its_bytes_alone(content: bytes, kind: str | None) -> None:
    found = Icon.of(content)
    assert (found.kind if found else None) == kind
    assert kind is None or kind in ICON_TYPES


@dataclass
class Web:
    pictures: Mapping[str, bytes]
    asked: list[str] = field(default_factory=list)

    def picture(self, url: str, longest: int) -> bytes:
        self.asked.append(url)
        content = self.pictures.get(url)
        if content is None or len(content) > longest:
            raise FetchError(f"{url} does not exist")
        return content


def test_the_first_picture_is_kept_and_a_failure_forgets_none(tmp_path: Path) -> None:
    with open_store(tmp_path / "feedbuilder.db") as store:
        store.sync_sources([SOURCE], NOW)
        assert store.lacks_icon("paper", NOW - ICON_AGE)
        web = Web({"b": b"<html>", "c": PNG})
        take_icon(SOURCE, ("a", "b", "c"), web, store, NOW)
        assert web.asked == ["a", "b", "c"]
        assert store.icon("paper") == Icon("png", PNG)
        assert not store.lacks_icon("paper", NOW + timedelta(days=29) - ICON_AGE)
        later = NOW + timedelta(days=31)
        assert store.lacks_icon("paper", later - ICON_AGE)
        take_icon(SOURCE, ("a",), web, store, later)
        assert store.icon("paper") == Icon("png", PNG)
        assert not store.lacks_icon("paper", later - ICON_AGE)
        take_icon(SOURCE, ("d",), Web({"d": ICO}), store, later)
        assert store.icon_kinds() == {"paper": "ico"}


def test_a_site_without_one_is_left_alone_too(tmp_path: Path) -> None:
    with open_store(tmp_path / "feedbuilder.db") as store:
        store.sync_sources([SOURCE], NOW)
        take_icon(SOURCE, ("a",), Web({}), store, NOW)
        assert store.icon("paper") is None
        assert store.icon_kinds() == {}
        assert not store.lacks_icon("paper", NOW - ICON_AGE)
