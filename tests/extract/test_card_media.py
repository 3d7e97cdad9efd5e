"""Sound and video in a card."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedbuilder.extract import extract
from feedbuilder.model import Item, Page, Source
from feedbuilder.model.enclosures import enclosure_type, same_files

Only = Callable[..., Item]
LINK = '<h3><a href="/ep/1">Episode one</a></h3>'


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ('<audio controls src="/1.mp3"></audio>', ["/1.mp3"]),
        ('<audio><source src="/1.ogg" type="audio/ogg"><source src="/1.mp3"></audio>', ["/1.ogg"]),
        (
            '<div class="player"><video data-src="/1.mp4"></video></div><audio src="/1.mp3"></audio>',
            ["/1.mp4", "/1.mp3"],
        ),
        ('<a href="/1.mp3?dl=1">Download</a><audio src="/1.mp3?dl=1"></audio>', ["/1.mp3?dl=1"]),
        ('<video autoplay muted loop src="/waves.mp4"></video>', []),
        ('<audio src="blob:https://example.org/7"></audio>', []),
        ('<div class="modal"><audio src="/1.mp3"></audio></div>', []),
        ('<a href="/1.pdf">Transcript</a><img src="/1.jpg">', []),
    ],
)
def test_what_a_card_plays_or_offers_is_attached(only: Only, inside: str, found: list[str]) -> None:
    item = only(LINK + inside)
    assert item.enclosures == tuple(f"https://example.org{address}" for address in found)
    assert item.link == "https://example.org/ep/1"


def test_the_type_of_a_file_is_told_by_its_name() -> None:
    assert [enclosure_type(f"https://a.example/x{end}") for end in (".mp3", ".M4A?t=1", ".webm", "/stream")] == [
        "audio/mpeg",
        "audio/mp4",
        "video/webm",
        "audio/mpeg",
    ]


def test_an_address_signed_anew_is_the_same_file() -> None:
    assert same_files(("https://a.example/1.mp3?sig=1",), ("https://a.example/1.mp3?sig=2",))
    assert not same_files(("https://a.example/1.mp3",), ("https://a.example/2.mp3",))


DATA = (
    '<script type="application/ld+json">[{"@type": "NewsArticle", "headline": "Episode one", "url": "/ep/1", "audio": '
    '[{"@type": "AudioObject", "contentUrl": "/1.mp3"}, {"@type": "AudioObject", "contentUrl": "/player?id=1"}]}]'
    "</script>"
)


def test_what_the_data_of_the_page_name_is_attached(
    items: Callable[..., tuple[Item, ...]], page: Callable[..., Page]
) -> None:
    card = f'<div class="card">{LINK}</div>'
    assert items(DATA + card)[0].enclosures == ("https://example.org/1.mp3",)
    played = f'<div class="card">{LINK}<audio src="/own.mp3"></audio></div>'
    assert items(DATA + played)[0].enclosures == ("https://example.org/own.mp3",)
    read = {"id": "news", "url": "https://example.org/news/", "selectors": {"from": "json-ld"}}
    (item,) = extract(page(DATA), Source.model_validate(read))
    assert item.enclosures == ("https://example.org/1.mp3",)
