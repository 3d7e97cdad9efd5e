"""What the page says of the lead picture: size, caption and credit, of this picture and of no other."""

from __future__ import annotations

import pytest

from feedbuilder.model import ImageDetails
from tests.article.conftest import Reader

IMAGE = "https://img.example/2026/bridge-4711-1200.jpg"
TITLE = "A Bridge Opens Across the Strait"


def page(figure: str, head: str = "", below: str = "") -> str:
    text = "<p>The bridge over the strait opened on Monday, eleven years after the first stone was laid.</p>" * 3
    return (
        f"<html><head><title>{TITLE}</title>{head}</head><body><article><h1>{TITLE}</h1>{figure}{text}{below}"
        "</article></body></html>"
    )


def shown(caption: str = "", **attributes: str) -> str:
    given = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<figure><img src="{IMAGE}"{given}>{caption}</figure>'


def details(read: Reader, html: str) -> ImageDetails:
    found = read(html)
    assert found.image == IMAGE
    return found.image_details or ImageDetails()


OG = f'<meta property="og:image" content="{IMAGE}">'
SIZE = '<meta property="og:image:width" content="1200"><meta property="og:image:height" content="800">'
DATA = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "%s", "image": {"@type": "ImageObject", '
    '"url": "%s", "width": 1200, "height": "800", "caption": "The bridge by night", "creditText": "Ann Lee"}}</script>'
)


@pytest.mark.parametrize(
    ("head", "figure"),
    [
        pytest.param(OG + SIZE, shown(), id="as it is shared"),
        pytest.param(DATA % (TITLE, IMAGE), shown(), id="in its data"),
        pytest.param("", shown(width="1200", height="800"), id="as it is shown"),
    ],
)
def test_its_size_is_told(read: Reader, head: str, figure: str) -> None:
    found = details(read, page(figure, head))
    assert (found.width, found.height) == (1200, 800)


@pytest.mark.parametrize(
    ("head", "figure"),
    [
        pytest.param(OG.replace("1200", "600") + SIZE, shown(), id="of another cut"),
        pytest.param(DATA % (TITLE, "https://img.example/other.jpg"), shown(), id="of another picture"),
        pytest.param("", shown(width="1200"), id="half of it"),
        pytest.param("", shown(width="100%", height="auto"), id="no pixels"),
    ],
)
def test_no_other_size_is_taken_for_its_own(read: Reader, head: str, figure: str) -> None:
    found = details(read, page(figure, head))
    assert (found.width, found.height) == (None, None)


@pytest.mark.parametrize(
    "caption",
    [
        '<figcaption>The bridge by night <span class="photo-credit">Photo: Ann Lee</span></figcaption>',
        "<figcaption>The bridge by night. Photo: Ann Lee</figcaption>",
        "<figcaption>The bridge by night (Foto: Ann Lee)</figcaption>",
        "<figcaption>The bridge by night | © Ann Lee</figcaption>",
        '<figcaption>The bridge by night</figcaption><p class="copyright">© Ann Lee</p>',
        '<div class="caption">The bridge by night</div><small>Credit: Ann Lee</small>',
    ],
)
def test_caption_and_credit_are_told_apart(read: Reader, caption: str) -> None:
    found = details(read, page(shown(caption)))
    assert (found.description or "").rstrip(".") == "The bridge by night"
    assert found.credit == "Ann Lee"


def test_the_data_serve_where_there_is_no_caption(read: Reader) -> None:
    found = details(read, page(shown(), DATA % (TITLE, IMAGE)))
    assert (found.description, found.credit) == ("The bridge by night", "Ann Lee")


def test_what_the_picture_shows_serves_where_nothing_else_does(read: Reader) -> None:
    assert details(read, page(shown(alt="Cars on a bridge"))).description == "Cars on a bridge"
    for nothing in ("", TITLE, "bridge-4711.jpg"):
        assert details(read, page(shown(alt=nothing))).description is None


def test_the_caption_of_another_picture_is_not_its_own(read: Reader) -> None:
    other = (
        '<figure><img src="https://img.example/ferry-0815.jpg"><figcaption>A ferry. Photo: Bo Ek</figcaption></figure>'
    )
    assert read(page(shown(), below=other)).image_details is None


def test_a_caption_that_speaks_of_photos_is_a_caption(read: Reader) -> None:
    words = "The photo that Ann Lee took from the ferry won a prize"
    assert details(read, page(shown(f"<figcaption>{words}</figcaption>"))) == ImageDetails(description=words)
