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


@pytest.mark.parametrize(
    ("name", "is_shown"),
    [
        *(
            (name, False)
            for name in ("logo.png", "strait-post-logo.png", "Logo_dark@2x.png", "icons.png", "my-logo-512.jpg")
        ),
        *((name, False) for name in ("default.jpg", "default-user-image.png", "site-avatar.jpg", "logo-2026.jpg")),
        *((name, True) for name in ("avatar-the-movie-2.jpg", "logo-of-the-new-party.jpg", "iconic-bridge.jpg")),
        *(
            (name, True)
            for name in ("bridge_default_0.jpg", "default-of-the-town-bank.jpg", "logopaedics.jpg", "12345.jpg")
        ),
    ],
)
def test_a_file_is_called_a_logo_by_the_end_of_its_name_or_all_of_it(name: str, is_shown: bool, read: Reader) -> None:
    shared = f"<meta property='og:image' content='https://strait.example/img/{name}'>"
    found = read(f"<html><head>{shared}</head><body><article><h1>Lock Closed</h1>{TEXT}</article></body></html>").image
    assert (found is not None) is is_shown
