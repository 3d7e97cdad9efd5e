"""Which text of a card is its title where no rule says so: what is the story's, and what is the page's machinery."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from feedbuilder.model import Item

Only = Callable[..., Item]
Items = Callable[..., tuple[Item, ...]]
LINK = '<a href="/a">Harbour bridge reopens</a>'
FREE = '<h3>Harbour bridge reopens</h3><a href="/a">Read more</a>'
WHOLE = "Harbour bridge reopens"


@pytest.mark.parametrize(
    "box",
    [
        '<div class="modal fade"><h5>{}</h5></div>',
        '<div class="c-share-box"><h5>{}</h5></div>',
        '<div class="shareButtons"><h5>{}</h5></div>',
        '<div role="dialog"><h5>{}</h5></div>',
        '<ul class="dropdown-menu"><li><h5>{}</h5></ul>',
        '<div aria-hidden="true"><h5>{}</h5></div>',
        "<div hidden><h5>{}</h5></div>",
        '<div style="color:red; display: none"><h5>{}</h5></div>',
        "<template><h5>{}</h5></template>",
        "<dialog><h5>{}</h5></dialog>",
        '<form action="/subscribe"><h5>{}</h5><input></form>',
    ],
)
def test_a_heading_in_a_box_of_the_page_is_never_the_title(only: Only, box: str) -> None:
    long = box.format("Which of your friends would you like to send this story to?")
    assert only(LINK + long).title == WHOLE
    assert only(long + FREE).title == WHOLE
    assert only('<a href="/a"><img alt=""></a>' + long).title is None


@pytest.mark.parametrize(
    "card",
    [
        f'<h3 class="modal-trigger">{LINK}</h3>',
        f'<div class="card-img-overlay"><h3>{WHOLE}</h3></div><a href="/a">Read more</a>',
        f'<form><input type="hidden"><h3>{WHOLE}</h3><a href="/a">Read more</a></form>',
        f'<div class="shareholders"><h3>{WHOLE}</h3></div><a href="/a">Read more</a>',
    ],
)
def test_names_that_only_sound_like_such_boxes_are_none(only: Only, card: str) -> None:
    assert only(card).title == WHOLE


def test_a_card_that_is_hidden_itself_is_read(items: Items) -> None:
    html = f'<div class="card" aria-hidden="true" hidden><h3>{WHOLE}</h3><a href="/a">Read more</a></div>'
    assert [item.title for item in items(html)] == [WHOLE]


@pytest.mark.parametrize(
    ("card", "title"),
    [
        (f"<h4>Local news</h4>{LINK}", WHOLE),
        (f"{LINK}<h4>By the desk</h4>", WHOLE),
        (f'<h3>{WHOLE}</h3><a href="/a">The report</a>', WHOLE),
        (f'<h3>{WHOLE}</h3><a href="/a">Get it (PDF, 12 MB)</a>', WHOLE),
        ('<h3>Reports</h3><a href="/a">Harbour bridge: a report (PDF)</a>', "Harbour bridge: a report (PDF)"),
        (f'<h3>{WHOLE}</h3><a href="/a">Continue reading Harbour bridge reopens</a>', WHOLE),
        (f'<h3>{WHOLE}</h3><a href="/a">After a year of work the ferries may go home again.</a>', WHOLE),
        (f'<h3>{WHOLE}</h3><a href="/a">{"Ships pass and people wave " * 8}</a>', WHOLE),
        (f'<a href="/authors/ada"><h2>Ada Quay</h2></a><h1>{WHOLE}</h1><h2><a href="/a">Details</a></h2>', WHOLE),
        (f'<a href=""><h2>Ada Quay</h2><h3>Chair</h3></a><h1>{WHOLE}</h1><a href="/a">Details</a>', WHOLE),
    ],
)
def test_a_linked_text_beats_a_heading_that_leads_nowhere_unless_it_is_a_teaser_or_a_label(
    only: Only, card: str, title: str
) -> None:
    assert only(card, link='a[href="/a"]@href' if "authors" in card else None).title == title


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        (f"{WHOLE} <span>(12)</span>", WHOLE),
        (f'{WHOLE} <span class="comment-count">12</span>', WHOLE),
        (f"{WHOLE} <small>3 comments</small>", WHOLE),
        (f"<em>NEW</em> {WHOLE}", WHOLE),
        (f'{WHOLE}<span class="sr-only"> (opens in a new window)</span>', WHOLE),
        (f'<span class="visually-hidden">{WHOLE}</span>', WHOLE),
        (f'{WHOLE} <span class="badge">Premium</span>', WHOLE),
        (f"{WHOLE} <b>新着</b>", WHOLE),
        (f"{WHOLE}<time>20 Nov</time>", WHOLE),
        ("Rat stimmt ab <time>20 Nov</time>", "Rat stimmt ab"),
        (f'<span class="date">20 Nov</span> {WHOLE}', WHOLE),
        ("Apollo <span>13</span>", "Apollo 13"),
        (f"{WHOLE} <span>5 hours ago</span>", WHOLE),
        (f"<span>vor 3 Tagen</span> <span>{WHOLE}</span>", WHOLE),
        ("What we knew <em>5 days ago</em>", "What we knew 5 days ago"),
        ("How people lived <span>100 years ago</span>", "How people lived 100 years ago"),
        ("The council meets on <time>3 May</time>", "The council meets on 3 May"),
        ("Le conseil se réunit le <time>3 mai</time>", "Le conseil se réunit le 3 mai"),
        ("On <time>3 May</time> the council meets", "On 3 May the council meets"),
        ("<b>New</b> York wins", "New York wins"),
        ("New York <b>wins</b>", "New York wins"),
        ('<span class="badge">New</span>', "New"),
        (f"• {WHOLE}", WHOLE),
        (f"{WHOLE} »", WHOLE),
        (f"→ {WHOLE} |", WHOLE),
        ("– Vi må snakke sammen", "– Vi må snakke sammen"),
        ("« Nous partons demain »", "« Nous partons demain »"),
        ("Carnaval : »La parade »", "Carnaval : »La parade »"),
        ("<span>Traffic</span>Harbour bridge", "Traffic Harbour bridge"),
        ("<span>BREAKING</span>Harbour<br>bridge", "BREAKING Harbour bridge"),
        ("<b>عاجل</b>الجسر", "عاجل الجسر"),
        ("<span>H</span>arbour", "Harbour"),
        ("Har<wbr>bour <i>un</i>believable i<b>Phone</b>", "Harbour unbelievable iPhone"),
        ("<span>速報</span>橋が開通", "速報橋が開通"),
        ("橋と<span>Python</span>の本", "橋とPythonの本"),
        ("🎉🎉", "🎉🎉"),
        ("❤️", "❤️"),
        ("▶", None),
    ],
)
def test_what_stands_with_the_title_in_one_heading(only: Only, inside: str, title: str | None) -> None:
    assert only(f'<h2><a href="/a">{inside}</a></h2>').title == title
    assert (
        title is None
        or title in "🎉🎉❤️"
        or only(f'<p class="t">{inside}</p><a href="/a">x</a>', title=".t").title == title
    )


def test_the_summary_of_details_is_the_title_of_a_card_that_is_one(items: Items) -> None:
    card = f"<summary>{WHOLE}</summary><p>Text</p><a href=/a>Read more</a>"
    assert [item.title for item in items(f"<details>{card}</details>", "details")] == [WHOLE]
    inner = f"<article><details><summary>Share this</summary></details><a href=/b>{WHOLE}</a></article>"
    assert [item.title for item in items(inner, "article")] == [WHOLE]


@pytest.mark.parametrize(
    ("whole", "title"),
    [
        ("Harbour bridge reopens after repairs | Town News", "Harbour bridge reopens after repairs"),
        ("Harbour bridge reopens after repairs - Example.org", "Harbour bridge reopens after repairs"),
        ("Harbour bridge reopens after repairs - a report", "Harbour bridge reopens after repairs - a report"),
    ],
)
def test_a_cut_title_is_completed_without_the_site_s_name(items: Items, whole: str, title: str) -> None:
    card = f'<div class="card"><h2><a href="/a" title="{whole}">Harbour bri…</a></h2></div>'
    assert [item.title for item in items(f"<title>World – Town News</title>{card}")] == [title]


LONG = "Harbour bridge reopens after the longest repair in the history of the town"


@pytest.mark.parametrize(
    ("card", "title"),
    [
        (f'<a href="/a" aria-label="{WHOLE} by Ann Miller"><p>Ann Miller</p><h2>{WHOLE}</h2></a>', WHOLE),
        (
            f'<h2><a href="/a" title="{WHOLE} | Von Eva Maus, 3. Mai">{WHOLE}</a></h2><i>Eva Maus</i><b>3. Mai</b>',
            WHOLE,
        ),
        (f'<a href="/a" aria-label="{WHOLE} - City"><img></a><a href="/a">{WHOLE}</a><p>City</p>', WHOLE),
        (f'<a href="/a"><h2>{LONG}</h2><img alt="{LONG} – Ann Miller"></a><p>By Ann Miller</p>', LONG),
        (f'<a href="/a" title="{WHOLE} by night"><h2>{WHOLE}</h2></a><p>Ann Miller</p>', f"{WHOLE} by night"),
        (f'<a href="/a" title="{WHOLE} by night"><h2>{WHOLE} …</h2></a><p>night</p>', f"{WHOLE} by night"),
    ],
    ids=["label", "title", "other link", "picture", "cut", "cut with a mark"],
)
def test_author_date_and_section_that_the_card_shows_complete_no_title(only: Only, card: str, title: str) -> None:
    assert only(card).title == title


def test_the_site_s_name_in_the_description_of_a_picture_completes_no_title(items: Items) -> None:
    page = f'<title>Town News</title><p class="card"><a href="/a">{LONG}<img alt="{LONG} - Town News"></a></p>'
    assert [item.title for item in items(page)] == [LONG]


@pytest.mark.parametrize(
    ("card", "title"),
    [
        ('<a href="/a"><h3>6,631,372</h3></a><p>So many came.</p>', "6,631,372"),
        (f'<h5><a href="/a">24</a></h5><a href="/a">{WHOLE}</a>', WHOLE),
        ('<h3>129</h3><a href="/a">Read more</a>', None),
        ('<h3><a href="/a">24 comments</a></h3>', None),
    ],
    ids=["title", "counter beside a title", "counter that leads nowhere", "counter with its word"],
)
def test_a_number_is_a_title_where_nothing_else_is(only: Only, card: str, title: str | None) -> None:
    assert only(card).title == title
