"""Which picture is at the head of an article."""

from __future__ import annotations

import pytest

from tests.article.conftest import Reader

SHARED = '<meta property="og:image" content="https://cdn.example/share/bridge-opens-on-friday-1200x630.jpg">'
TEXT = "<p>" + "The bridge was opened on Friday. " * 30 + "</p>"


def page(inside: str, head: str = "", over: str = "") -> str:
    return f"<head>{head}</head><body>{over}<main><h1>Bridge Opens</h1>{inside}</main></body>"


def test_the_picture_that_readers_see_comes_before_the_one_for_sharing(read: Reader) -> None:
    found = read(page(f'<figure><img src="/img/first.jpg"></figure>{TEXT}', SHARED))
    assert (found.image, found.origins["image"]) == ("https://strait.example/img/first.jpg", "img")


def test_without_one_at_the_head_the_one_for_sharing_counts(read: Reader) -> None:
    found = read(page(f'{TEXT}<figure><img src="/img/later.jpg"></figure>', SHARED))
    assert (found.image, found.origins["image"]) == (
        "https://cdn.example/share/bridge-opens-on-friday-1200x630.jpg",
        "og:image",
    )


def test_over_the_heading_only_the_same_picture_counts(read: Reader) -> None:
    same = '<img src="https://cdn.example/w800/bridge-opens-on-friday-800.jpg">'
    other = '<img src="https://cdn.example/w800/something-else.jpg">'
    assert read(page(TEXT, SHARED, same)).image == "https://cdn.example/w800/bridge-opens-on-friday-800.jpg"
    assert read(page(TEXT, SHARED, other)).image == "https://cdn.example/share/bridge-opens-on-friday-1200x630.jpg"


@pytest.mark.parametrize(
    "image",
    [
        '<img src="/author/ann.jpg">',
        '<div class="author-box"><img src="/ann.jpg"></div>',
        '<img src="/ann.jpg" width="48">',
        '<a href="/autor/ann"><img src="/ann.jpg"></a>',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
        '<img src="/static/placeholder.png">',
        '<img src="/static/logo.png">',
        '<aside><img src="/advert.jpg"></aside>',
    ],
)
def test_portraits_icons_placeholders_and_adverts_are_no_lead_images(read: Reader, image: str) -> None:
    found = read(page(f'{image}<picture><source srcset="/a-400.webp 400w"><img src="/lead.jpg"></picture>{TEXT}'))
    assert found.image == "https://strait.example/lead.jpg"


def test_lazy_pictures_and_sets_of_sizes_are_seen_through(read: Reader) -> None:
    lazy = '<img src="data:," data-src="/lead.jpg">'
    sizes = '<img src="/tiny.jpg" srcset="/lead-400.jpg 400w, /lead-1200.jpg 1200w, /lead-4000.jpg 4000w">'
    assert read(page(lazy)).image == "https://strait.example/lead.jpg"
    assert read(page(sizes)).image == "https://strait.example/lead-1200.jpg"


def test_what_its_file_calls_a_logo_or_the_default_is_no_picture_of_an_article(read: Reader) -> None:
    logo = '<meta property="og:image" content="/img/logo.png">'
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "image": {"url": "/img/bridge.jpg"}}</script>'
    assert read(page(TEXT, logo + data)).image == "https://strait.example/img/bridge.jpg"
    assert read(page(TEXT, logo)).image is None
    assert read(page(TEXT, logo.replace("logo.png", "default-user.jpg"))).image is None
    photo = "/sites/default/files/bridge_default_0.jpg"
    assert read(page(TEXT, logo.replace("/img/logo.png", photo))).image == f"https://strait.example{photo}"


def test_addresses_that_no_browser_would_load_are_left_out(read: Reader) -> None:
    assert read(page(TEXT, '<meta property="og:image" content="javascript:alert(1)">')).image is None
