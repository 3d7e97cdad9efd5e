"""XPath wherever a selector stands, texts that are the same for all items, and steps: what is read by them."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from feedbuilder.extract.field_rules import check_selector
from feedbuilder.extract.selector_survey import survey_selectors
from feedbuilder.model import ExtractError, Item, Page, Pick, Source

DUBAI = ZoneInfo("Asia/Dubai")
PAGE = """
<div id="list">
<div class="row"><h3><a href="/a" title="Lock closed until June">Lock closed</a></h3>
<i>03.02.26</i> <em>World | Trade</em></div>
<div class="row"><h3><a href="/b">Gate <b>open</b></a></h3><i>04.02.26</i> <em>World</em><img src="/b.jpg"></div>
</div><div class="row"><p>No item</p></div>
"""
ITEM = "xpath://div[@id='list']/div[contains(@class, 'row')]"


@pytest.mark.parametrize(
    ("item", "title"),
    [
        (ITEM, "xpath:.//h3/a"),
        (ITEM, "xpath:./h3/a/text()"),
        (ITEM, "xpath:h3"),
        (ITEM, "xpath:normalize-space(.//h3)"),
        (ITEM, "h3 a"),
        ("#list > .row", "xpath:descendant::a"),
    ],
)
def test_expressions_are_read_as_selectors_are(item: str, title: str, items: Callable[..., tuple[Item, ...]]) -> None:
    found = items(PAGE, item, title=title, link="xpath:.//a/@href", date="xpath:./i")
    assert [one.title for one in found] == ["Lock closed", "Gate open"]
    assert [one.link for one in found] == ["https://example.org/a", "https://example.org/b"]
    assert all(one.published for one in found)


def test_an_attribute_is_read_and_what_has_none_goes_to_the_alternative(items: Callable[..., tuple[Item, ...]]) -> None:
    found = items(PAGE, ITEM, title=["xpath:.//a/@title", "xpath:.//a"], image="xpath:.//img/@src")
    assert [(one.title, one.image) for one in found] == [
        ("Lock closed until June", None),
        ("Gate open", "https://example.org/b.jpg"),
    ]


def test_the_item_itself_is_where_a_relative_expression_starts(items: Callable[..., tuple[Item, ...]]) -> None:
    html = "<a class=c href=/a data-when=2026-02-03><span>Lock closed</span></a>"
    [item] = items(html, "xpath://a", title="xpath:./span", date="xpath:@data-when")
    assert (item.title, item.link) == ("Lock closed", "https://example.org/a")
    assert item.published is not None


def test_regular_expressions_are_there(items: Callable[..., tuple[Item, ...]]) -> None:
    [item] = items(PAGE, "xpath://div[re:test(.//a/@href, '/b$')]")
    assert item.title == "Gate open"


@pytest.mark.parametrize("wrong", ["xpath://div[", "xpath:no:such(.)", "xpath:]", "xpath://a[re:test(., '(')]"])
def test_what_is_no_expression_is_told(wrong: str, items: Callable[..., tuple[Item, ...]]) -> None:
    assert "no XPath" in (check_selector(wrong) or "")
    with pytest.raises(ExtractError, match="no XPath"):
        items(PAGE, wrong)
    with pytest.raises(ExtractError, match="no XPath"):
        items(PAGE, ITEM, title=wrong)


def test_an_empty_expression_is_refused() -> None:
    with pytest.raises(ValueError, match="expected an expression"):
        Pick.parse("xpath: ")


@pytest.mark.parametrize("text", ["xpath:.//a/@href", "xpath:.//a", "xpath:./@data-x", "xpath://a[@class='b']"])
def test_a_pick_is_written_as_it_was_read(text: str) -> None:
    assert Pick.parse(str(Pick.parse(text))) == Pick.parse(text)


def test_what_finds_nothing_is_told_as_of_css(page: Callable[..., Page], source: Callable[..., Source]) -> None:
    survey = survey_selectors(page(PAGE), source(ITEM, title="xpath:.//h4", date="xpath:./i/@datetime"))
    assert {note.key for note in survey.notes if note.fault} == {"title", "date"}


def test_a_text_that_is_given_is_that_of_all_items(items: Callable[..., tuple[Item, ...]]) -> None:
    found = items(PAGE, ITEM, author={"text": "The Harbour Office"}, tags=[{"text": "Lock"}])
    assert {(one.authors, one.tags) for one in found} == {(("The Harbour Office",), ("Lock",))}


def test_steps_part_and_turn_what_was_read(items: Callable[..., tuple[Item, ...]]) -> None:
    found = items(
        PAGE,
        ITEM,
        title={"select": "h3", "steps": ["upper"]},
        date={"select": "i", "steps": [{"parse": "%d.%m.%y"}]},
        tags={"select": "em", "steps": [{"split": "|"}, "strip", {"map": {"Trade": "Economy"}}]},
        author={"select": ".nobody", "steps": [{"default": "The Harbour Office"}]},
    )
    assert [(one.title, one.tags) for one in found] == [
        ("LOCK CLOSED", ("World", "Economy")),
        ("GATE OPEN", ("World",)),
    ]
    days = [one.published.at.astimezone(DUBAI).date().isoformat() for one in found if one.published]
    assert days == ["2026-02-03", "2026-02-04"]
    assert {one.authors for one in found} == {("The Harbour Office",)}


def test_numbers_are_written_as_they_are(items: Callable[..., tuple[Item, ...]]) -> None:
    html = "<div class=c><a href=/a>Lock</a> <i data-t=1700000000>x</i></div><div class=c><a href=/b>Gate</a></div>"
    found = items(html, ".c", tags="xpath:number(.//i/@data-t)")
    assert [one.tags for one in found] == [("1700000000",), ()]


def test_a_text_stands_alone(source: Callable[..., Source]) -> None:
    with pytest.raises(ValidationError, match="expected either select"):
        source(".card", title={"text": "A", "select": "h2"})
