"""What looks like a list of articles and is none: it is not taken, wherever it stands and however large it is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.detect.sample import OTHER_TITLES, Story, each, find, framed, items_of, stories

CARD = '<div class="entry"><h3><a href="{url}">{title}</a></h3><time datetime="{iso}">{long}</time></div>'
WORDS = (
    "economy", "election", "climate", "transport", "housing", "schools", "hospitals", "energy", "farming", "fishing",
    "tourism", "theatre", "music", "film", "football", "cycling", "sailing", "history", "archaeology", "weather",
)  # fmt: skip
PLACES = (
    "Harbour",
    "Old Town",
    "West Hill",
    "Riverside",
    "The Islands",
    "Mill Quarter",
    "Station Road",
    "Northern Coast",
)


LINK = '<li><a href="{url}">{title}</a></li>'
HEADING = '<h4><a href="{url}">{title}</a></h4>'
COMMENT = '<li>Jane on <a href="{url}#comment-{n}">{title}</a></li>'
VIDEO = (
    '<div class="video-item"><a href="{url}"><img src="/v/{n}.jpg" alt=""><span>{title}</span></a><b>02:1{n}</b></div>'
)


def others(folder: str = "https://example.org/news/") -> list[Story]:
    return stories(OTHER_TITLES, folder)


def repeated(template: str, names: Sequence[object]) -> str:
    """Fill `template` in for each of the `names`, which it may have in small letters as {low}."""
    return "".join(template.format(name=name, low=str(name).lower()) for name in names)


MONTHS = [f"{year}/{month:02}" for year in range(2022, 2027) for month in range(1, 13)]
DISTRACTORS = {
    "navigation": "<nav><ul>{}</ul></nav>".format(
        repeated('<li><a href="/places/{low}">{name} and around</a></li>', PLACES)
    ),
    "tag cloud": '<div class="tagcloud">{}</div>'.format(
        repeated('<a href="/tag/{name}" style="font-size:14pt">{name}</a> ', WORDS)
    ),
    "categories": "<ul>{}</ul>".format(
        repeated('<li class="cat-item"><a href="/category/{name}/">{name}</a> (12)</li>', WORDS)
    ),
    "archives by month": "<ul>{}</ul>".format(repeated('<li><a href="/{name}/">Archive of {name}</a></li>', MONTHS)),
    "authors": "<ul>{}</ul>".format(repeated('<li><a href="/author/{low}">{name} Correspondent</a></li>', PLACES)),
    "most read": f'<aside class="most-read"><ol>{each(others(), LINK)}</ol></aside>',
    "most read, without an aside": f'<div class="popular-posts"><ol>{each(others(), LINK)}</ol></div>',
    "most read, by its place alone": f'<div class="box"><h5>Most read</h5><ol>{each(others()[:8], LINK)}</ol></div>',
    "related": f'<div class="related">{each(others(), HEADING)}</div>',
    "sponsored": f'<section class="sponsored">{each(others("https://ads.example.net/c/"), HEADING)}</section>',
    "footer": f"<footer><ul>{each(others()[:6], LINK)}</ul><ul>{each(others()[6:], LINK)}</ul></footer>",
    "pagination": "<ul>{}</ul>".format(repeated('<li><a href="?page={name}">{name}</a></li>', range(1, 40))),
    "comments": f'<ul class="recent-comments">{each(others(), COMMENT)}</ul>',
    "videos": f'<section class="video-strip"><h2>Videos</h2>{each(others("https://example.org/v/"), VIDEO)}</section>',
    "languages": repeated('<a hreflang="{low}" href="/in/{low}/">{name}</a> ', WORDS),
}


@pytest.mark.parametrize("after", [True, False], ids=["after", "before"])
@pytest.mark.parametrize("distractor", DISTRACTORS, ids=lambda name: name.replace(" ", "-"))
def test_it_is_not_taken(distractor: str, after: bool) -> None:
    made = stories()[:8]
    cards, other = f'<div class="river">{each(made, CARD)}</div>', DISTRACTORS[distractor]
    assert find(framed(cards + other if after else other + cards)).items == items_of(made)


@pytest.mark.parametrize("distractor", DISTRACTORS, ids=lambda name: name.replace(" ", "-"))
def test_it_is_not_taken_beside_a_list_of_bare_links_either(distractor: str) -> None:
    made = stories()
    html = f'<ul class="headlines">{each(made, LINK)}</ul>'
    assert find(framed(html, aside=DISTRACTORS[distractor])).items == items_of(made)


def test_links_of_a_card_that_are_not_its_article_are_not_taken() -> None:
    card = (
        '<div class="story"><a class="section" href="/world/">World</a> <a href="/author/jane">Jane Doe</a>'
        '<h3><a href="{url}">{title}</a></h3><time>{long}</time>'
        '<a href="https://wa.me/?text={url}">WhatsApp</a> <a href="https://t.me/share/url?url={url}">Telegram</a>'
        '<a href="{url}#comments">12 comments</a> <a href="/tag/harbour">harbour</a> <a href="/tag/storm">storm</a>'
        '<a href="{url}">Read More</a></div>'
    )
    made = stories()
    assert find(framed(each(made, card))).items == items_of(made)


def test_a_page_of_navigation_alone_has_no_list_and_says_why() -> None:
    found = find(framed("<h1>Welcome</h1><p>Choose a section above.</p>"))
    assert not found.detection.candidates
    assert "navigation" in (found.detection.reason or "")


def test_a_page_without_links_says_that_a_script_may_build_them() -> None:
    found = find("<html><body><div id='root'></div><script src='/app.js'></script></body></html>")
    assert not found.detection.candidates
    assert "script" in (found.detection.reason or "")


@pytest.mark.parametrize(("text", "is_shell"), [("Please enable scripts.", True), ("A word about us. " * 30, False)])
def test_a_menu_around_what_a_script_builds_is_named_as_that(text: str, is_shell: bool) -> None:
    menu = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in WORDS[:8])
    found = find(
        f"<nav><ul>{menu}</ul></nav><div id=root></div><p>{text}</p><noscript>{text}</noscript>"
        "<script src=/a.js></script>"
    )
    assert not found.detection.candidates
    assert ("script builds" in (found.detection.reason or "")) is is_shell


def test_the_other_lists_are_offered_as_lower_candidates() -> None:
    made = stories()
    html = each(made, CARD) + DISTRACTORS["most read"]
    lower = [[(item.link, item.title) for item in one.items] for one in find(framed(html)).detection.candidates[1:]]
    assert items_of(others()) in lower


def test_an_example_title_chooses_the_list_that_holds_it() -> None:
    html = framed(each(stories(), CARD) + DISTRACTORS["most read"])
    assert find(html, example=OTHER_TITLES[3]).items == items_of(others())


def test_an_example_that_does_not_stand_on_the_page_is_told() -> None:
    found = find(framed(each(stories(), CARD)), example="Nothing of the kind")
    assert not found.detection.candidates
    assert "Nothing of the kind" in (found.detection.reason or "")
