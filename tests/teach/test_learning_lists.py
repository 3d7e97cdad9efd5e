"""Cards that are none, articles that are missing: the list as it should be, and nothing lost on the way."""

from __future__ import annotations

import pytest

from feedbuilder.model import Selectors
from feedbuilder.teach import Taught, TaughtPage, Unteachable, learn_list
from tests.teach.pages import TITLES, number_of, page, read, selectors, stories


def card(number: int, title: str, day: str, tag: str = "article", names: str = "card", folder: str = "news") -> str:
    """Return a card as most of the list are."""
    return (
        f'<{tag} class="{names}"><h3><a href="/{folder}/{title.lower().replace(" ", "-")}">{title}</a></h3>'
        f'<time datetime="2026-11-{19 - number}">{day}</time><p>This is why {title.lower()}.</p></{tag}>'
    )


CARDS = [card(*story) for story in stories()]


def corrected(
    where: TaughtPage, by: Selectors | None, missing: tuple[str, ...] = (), wrong: tuple[str, ...] = ()
) -> Taught | Unteachable:
    """Return what comes of pointing at these texts."""
    wanted, unwanted = ({number_of(where, text) for text in texts} for texts in (missing, wrong))
    return learn_list(where, by, wanted, unwanted)


def titles(where: TaughtPage, by: Selectors | None, **shown: tuple[str, ...]) -> list[str]:
    """Return the titles of the list that was learnt."""
    outcome = corrected(where, by, **shown)
    assert isinstance(outcome, Taught), outcome
    return read(where, outcome.selectors, "title")


ADVERT = card(3, "Cheap tyres for the winter", "sale", names="card card--partner", folder="shop")


def test_a_card_goes_by_a_class_of_its_own() -> None:
    where = page("".join([*CARDS[:3], ADVERT, *CARDS[3:]]))
    assert titles(where, selectors(".card"), wrong=("Cheap tyres for the winter",)) == list(TITLES)


def test_a_card_goes_by_a_label_in_it() -> None:
    advert = ADVERT.replace(" card--partner", "").replace("</h3>", '</h3><b class="label">Partner</b>')
    where = page("".join([*CARDS[:3], advert, *CARDS[3:]]))
    assert titles(where, selectors(".card"), wrong=("Cheap tyres for the winter",)) == list(TITLES)


def test_a_card_goes_by_where_it_leads() -> None:
    where = page("".join([*CARDS[:3], ADVERT.replace(" card--partner", ""), *CARDS[3:]]))
    outcome = corrected(where, selectors(".card"), wrong=("Cheap tyres for the winter",))
    assert isinstance(outcome, Taught)
    assert read(where, outcome.selectors, "title") == list(TITLES)
    assert "tyres" not in str(outcome.selectors.item)


def test_a_card_goes_by_the_box_around_it() -> None:
    other = card(3, "Bus drivers strike on Monday", "17 November 2026")
    where = page(f'<main>{"".join(CARDS)}</main><div class="side">{other}</div>')
    assert titles(where, selectors(".card"), wrong=("Bus drivers strike on Monday",)) == list(TITLES)


def test_cards_that_nothing_tells_apart_go_by_their_address() -> None:
    where = page("".join(CARDS))
    assert titles(where, selectors(".card"), wrong=(TITLES[2],)) == [one for one in TITLES if one != TITLES[2]]


def test_a_missing_card_of_another_make_comes() -> None:
    hero = card(0, TITLES[0], "19 November 2026", tag="div", names="hero")
    where = page(f'<ul class="menu"><li><a href="/sport">Sport</a></ul>{hero}{"".join(CARDS[1:])}')
    assert titles(where, selectors("article.card"), missing=(TITLES[0],)) == list(TITLES)


def test_a_missing_card_comes_where_the_selector_was_too_narrow() -> None:
    where = page("".join([CARDS[0].replace('"card"', '"card wide"'), *CARDS[1:]]))
    outcome = corrected(where, selectors(".card:not(.wide)"), missing=(TITLES[0],))
    assert isinstance(outcome, Taught)
    assert outcome.selectors.item == ".card"
    assert outcome.came == ("https://town.example/news/harbour-bridge-reopens-after-nine-months",)


def test_a_card_of_another_make_brings_its_fields_along() -> None:
    hero = f'<h2><a href="/news/hero">{TITLES[0]}</a></h2><span class="when">19 November 2026</span>'
    where = page(f'<div class="hero">{hero}</div>' + "".join(CARDS[1:]))
    outcome = corrected(where, selectors("article.card", title="h3", date="time"), missing=(TITLES[0],))
    assert isinstance(outcome, Taught)
    assert read(where, outcome.selectors, "title") == list(TITLES)
    assert [said.at.day for said in read(where, outcome.selectors, "published")] == [19, 18, 17, 16, 15, 14]


def test_one_comes_and_one_goes() -> None:
    hero = card(0, TITLES[0], "19 November 2026", tag="div", names="hero")
    where = page(hero + "".join([*CARDS[1:3], ADVERT, *CARDS[3:]]))
    assert titles(
        where, selectors("article.card"), missing=(TITLES[0],), wrong=("Cheap tyres for the winter",)
    ) == list(TITLES)


def test_flat_lists() -> None:
    rows = "".join(
        f'<h3><a href="/news/{number}-{title[:7].lower()}">{title}</a></h3><p>{day}</p><p>Why {title.lower()}.</p>'
        for number, title, day in stories()
    ).replace("<h3>", '<h3 class="lead">', 1)
    where = page(f"<main>{rows}</main>")
    assert titles(where, selectors("h3:not(.lead)", between=True), missing=(TITLES[0],)) == list(TITLES)


def test_the_first_list_of_a_page() -> None:
    where = page("".join(CARDS))
    assert titles(where, None, missing=(TITLES[1],)) == list(TITLES)


def test_what_is_shown_as_both_is_told() -> None:
    where = page("".join(CARDS))
    outcome = corrected(where, selectors(".card"), missing=(TITLES[0],), wrong=(TITLES[0],))
    assert isinstance(outcome, Unteachable)
    assert "as an article and as none" in outcome.reason


def test_cards_that_all_lead_to_their_section_are_told_apart_by_another_link() -> None:
    cards = "".join(
        f'<div class="card"><a class="rubric" href="/town">Town</a>'
        f'<p><a href="/news/{number}-{title[:7].lower()}">{title}</a></p><i>{day}</i></div>'
        for number, title, day in stories()
    )
    where = page(cards)
    assert len(where.items(selectors(".card"))) == 1
    outcome = corrected(where, selectors(".card"), missing=(TITLES[3],))
    assert isinstance(outcome, Taught)
    assert read(where, outcome.selectors, "title") == list(TITLES)
    assert len(outcome.came) == 6


def test_what_only_its_address_tells_apart_is_told_with_what_it_resembles() -> None:
    two = [card(3, f"Cheap tyres {word}", "sale", names="card card--partner") for word in ("today", "tomorrow")]
    where = page("".join([*CARDS[:3], *two, *CARDS[3:]]))
    outcome = corrected(where, selectors(".card"), wrong=("Cheap tyres today",))
    assert isinstance(outcome, Taught)
    (doubt,) = outcome.doubts
    assert "Nothing but its address" in doubt
    assert '"Cheap tyres tomorrow" is none either' in doubt
    again = learn_list(
        where,
        outcome.selectors,
        set(),
        {number_of(where, "Cheap tyres today"), number_of(where, "Cheap tyres tomorrow")},
    )
    assert isinstance(again, Taught)
    assert read(where, again.selectors, "title") == list(TITLES)
    assert again.selectors.item == ".card:not(.card--partner)"


def test_an_advert_takes_others_along_that_call_themselves_so() -> None:
    two = [card(3, f"Cheap tyres {word}", "sale", names="card sponsored") for word in ("today", "tomorrow")]
    where = page("".join([*CARDS[:3], *two, *CARDS[3:]]))
    outcome = corrected(where, selectors(".card"), wrong=("Cheap tyres today",))
    assert isinstance(outcome, Taught)
    assert read(where, outcome.selectors, "title") == list(TITLES)
    assert len(outcome.went) == 2
    assert "Cheap tyres tomorrow" in " ".join(outcome.doubts)


def test_a_menu_is_not_brought_along() -> None:
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("town", "sport", "culture"))
    rows = [f'<li class="row"><a href="/news/{n}-{t[:7].lower()}">{t}</a> {d}</li>' for n, t, d in stories()]
    rows[0] = rows[0].replace(' class="row"', "")
    where = page(f"<nav><ul>{menu}</ul></nav><ul>{''.join(rows)}</ul>")
    assert titles(where, selectors(".row"), missing=(TITLES[0],)) == list(TITLES)


def test_the_last_article_does_not_go() -> None:
    where = page(CARDS[0])
    outcome = corrected(where, selectors(".card"), wrong=(TITLES[0],))
    assert isinstance(outcome, Unteachable)
    assert "every article" in outcome.reason


def test_what_leads_nowhere_is_told() -> None:
    where = page(f"<main><p>A line without a link</p>{''.join(CARDS)}</main>")
    outcome = corrected(where, selectors(".card"), missing=("A line without a link",))
    assert isinstance(outcome, Unteachable)
    assert "click one with a link" in outcome.reason


def test_nothing_is_lost_quietly() -> None:
    where = page("".join([*CARDS[:3], ADVERT, *CARDS[3:]]))
    outcome = corrected(where, selectors(".card"), wrong=("Cheap tyres for the winter",))
    assert isinstance(outcome, Taught)
    assert outcome.went == ("https://town.example/shop/cheap-tyres-for-the-winter",)
    assert (outcome.came, outcome.cards) == ((), 6)


@pytest.mark.parametrize("item", ["xpath://article", "article:-soup-contains('This')"])
def test_an_item_selector_that_no_browser_knows_is_replaced(item: str) -> None:
    where = page("".join([*CARDS[:3], ADVERT, *CARDS[3:]]))
    assert titles(where, selectors(item), wrong=("Cheap tyres for the winter",)) == list(TITLES)


def test_a_missing_article_is_not_got_by_the_box_around_it() -> None:
    link = '<a href="/news/special">A special story</a>'
    box = f'<div class="top"><a href="/">Home</a> <p class="s">Special: {link}</p></div>'
    where = page(box + "".join(CARDS))
    outcome = corrected(where, selectors(".card"), missing=("A special story",))
    assert isinstance(outcome, Taught)
    assert outcome.came == ("https://town.example/news/special",)


def test_an_article_stays_where_only_its_second_card_is_none() -> None:
    box = card(0, TITLES[0], "19 November 2026", names="card pick").replace("<h3>", "<h3>Our pick: ")
    where = page(f"{''.join(CARDS)}<aside>{box}</aside>")
    by = selectors(".card")
    assert len(where.numbers_of_cards(by)[0]) == 2
    second = where.numbers_of_cards(by)[0][1]
    outcome = learn_list(where, by, set(), {second})
    assert isinstance(outcome, Taught)
    assert read(where, outcome.selectors, "title") == list(TITLES)
    assert len(where.numbers_of_cards(outcome.selectors)[0]) == 1


def test_a_folder_is_told_and_a_headline_in_an_address_is_none() -> None:
    shop = corrected(
        page("".join([*CARDS[:3], ADVERT.replace(" card--partner", ""), *CARDS[3:]])),
        selectors(".card"),
        wrong=("Cheap tyres for the winter",),
    )
    assert isinstance(shop, Taught)
    assert shop.doubts == ('Whatever leads to "/shop/" is left out from now on.',)
    rows = "".join(
        f'<p class="card"><a href="/{title.lower().replace(" ", "-")}/index.html">{title}</a></p>' for title in TITLES
    )
    alone = corrected(page(rows), selectors(".card"), wrong=(TITLES[1],))
    assert isinstance(alone, Taught)
    assert "Nothing but its address" in alone.doubts[0]


def test_an_item_of_a_flat_list_goes() -> None:
    rows = "".join(
        f'<h3><a href="/news/{number}-{title[:7].lower()}">{title}</a></h3><p>{day}</p>'
        for number, title, day in stories()
    )
    advert = '<h3 class="ad-line"><a href="https://shop.example/tyres">Cheap tyres</a></h3><p>for the winter</p>'
    where = page(f"<main>{rows}{advert}</main>")
    outcome = corrected(where, selectors("h3", between=True), wrong=("Cheap tyres",))
    assert isinstance(outcome, Taught)
    assert read(where, outcome.selectors, "title") == list(TITLES)
    assert "belongs to the article above it" in " ".join(outcome.doubts)


def test_links_to_authors_go_together() -> None:
    rows = "".join(
        f'<p><a href="/news/{number}-{title[:7].lower()}">{title}</a> '
        f'<a href="/authors/ann-{number}">Ann Miller {number}</a></p>'
        for number, title, _ in stories()
    )
    where = page(f"<main>{rows}</main>")
    outcome = corrected(where, selectors("main a"), wrong=("Ann Miller 2",))
    assert isinstance(outcome, Taught)
    assert read(where, outcome.selectors, "title") == list(TITLES)
    assert '5 articles that nobody called wrong went too: "Ann Miller 0"' in outcome.doubts[0]


def test_a_foreign_host_goes_once_two_of_it_were_shown() -> None:
    rows = "".join(
        f'<p><a href="/news/{number}-{title[:7].lower()}">{title}</a> '
        f'<a href="https://talk.example/{number}x">Talk {number}</a></p>'
        for number, title, _ in stories()
    )
    where = page(f"<main>{rows}</main>")
    one = corrected(where, selectors("main a"), wrong=("Talk 2",))
    assert isinstance(one, Taught)
    assert len(one.went) == 1
    for by in (selectors("main a"), one.selectors):
        two = corrected(where, by, wrong=("Talk 2", "Talk 4"))
        assert isinstance(two, Taught)
        assert read(where, two.selectors, "title") == list(TITLES)
        assert '[href="' not in str(two.selectors.item)
