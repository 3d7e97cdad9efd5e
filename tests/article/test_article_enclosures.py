"""The sound and video of an article, on its own page."""

from __future__ import annotations

import pytest

from tests.article.conftest import Reader

HEAD = "<title>Episode one</title><main><article><h1>Episode one</h1>{}</article></main>{}"
JSON = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("inside", "around", "found"),
    [
        ('<audio src="/1.mp3"></audio>', "", ["/1.mp3"]),
        ('<video><source src="1.mp4?a=1"></video><a href="/news/1.mp4?a=2">Save</a>', "", ["/news/1.mp4?a=1"]),
        ('<a href="/1.mp3">Listen</a><a href="/1.pdf">Read</a>', "", ["/1.mp3"]),
        ('<video autoplay muted src="/waves.mp4"></video>', "", []),
        ("", '<aside class="sidebar"><audio src="/live.mp3"></audio></aside>', []),
        (
            JSON.format(
                '{"@type":"NewsArticle","headline":"Episode one","audio":'
                '{"@type":"AudioObject","contentUrl":"/data.mp3"},"video":[{"@type":"VideoObject","contentUrl":'
                '"https://cdn.example/1.mp4"},{"@type":"VideoObject","embedUrl":"/player/7"}]}'
            ),
            "",
            ["/data.mp3", "https://cdn.example/1.mp4"],
        ),
        (JSON.format('{"@type":"VideoObject","name":"Episode one","contentUrl":"/own.mp4"}'), "", ["/own.mp4"]),
        (JSON.format('{"@type":"VideoObject","name":"Another story","contentUrl":"/other.mp4"}'), "", []),
        (JSON.format('{"@type":"PodcastEpisode","name":"Episode one","associatedMedia":{"contentUrl":7}}'), "", []),
    ],
)  # fmt: skip
def test_what_the_article_plays_or_offers_is_its_own(read: Reader, inside: str, around: str, found: list[str]) -> None:
    article = read(HEAD.format(inside, around))
    whole = tuple(one if "://" in one else f"https://strait.example{one}" for one in found)
    assert article.enclosures == whole
