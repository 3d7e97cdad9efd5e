"""What a newcomer writes first, and what the message says to write instead."""

from __future__ import annotations

from typing import Any

import pytest

from feedbuilder.parse.selector_hints import selector_hint

SOURCE = '[[source]]\nid = "world"\nurl = "http://127.0.0.1:9/"\ntimezone = "UTC"\narticles = "off"\n'


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("title = My News", 'a text stands in quotes: title = "…"'),
        ("tags = [World]", 'a text stands in quotes: tags = ["…"]'),
        ("title = “News”", "quotes are straight"),
        ("title = 'it's'", "stands in double quotes"),
        ('title = "a "word" in it"', "stands in single ones"),
        (r'next = "page\d"', "stands in single quotes"),
        ("keep_fragment = True", "write true, in small letters"),
        ('tags = ["a" "b"]', "commas"),
        ('title : "x"', 'parted by "="'),
        ('title = "x', "the quote at the end"),
    ],
)
def test_what_is_no_toml(folder: Any, line: str, hint: str) -> None:
    (message,) = folder.problems(SOURCE.replace("timezone", f"{line}\ntimezone") + '[source.selectors]\nitem = "li"\n')
    assert hint in message


@pytest.mark.parametrize(
    ("css", "hint"),
    [
        ("//div[@class='a']/h2", "XPath"),
        ("./h2/a", "XPath"),
        ("div/text()", "XPath"),
        ("descendant::a", "XPath"),
        ("h2 a::text", 'write "h2 a"'),
        ("h2 a::attr(href)", '"h2 a@href"'),
        ("h2 a::attr('href')", '"h2 a@href"'),
        ("h2:first", ":first-of-type"),
        ("h2:eq(1)", ":nth-of-type(2)"),
        ("li:visible", "jQuery"),
        ("C:\new", "single quotes"),
    ],
)
def test_what_is_no_css(folder: Any, css: str, hint: str) -> None:
    written = css.replace("\n", "\\n").replace('"', '\\"')
    (message,) = folder.problems(f'{SOURCE}[source.selectors]\nitem = "li"\ntitle = "{written}"\n')
    assert "not a CSS selector" in message
    assert hint in message


@pytest.mark.parametrize("css", ["a::before", "h2[", "", "p >> a", "a:hover("])
def test_nothing_is_said_where_nothing_is_known(css: str) -> None:
    assert selector_hint(css) == ""


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("CEST", '"Europe/Berlin"'),
        ("PDT", '"America/Los_Angeles"'),
        ("UTC+2", '"Etc/GMT-2"'),
        ("-03:30", "name a city in the zone of the site"),
    ],
)
def test_zones_are_told_by_a_city(folder: Any, zone: str, hint: str) -> None:
    (message,) = folder.problems(SOURCE.replace('"UTC"', f'"{zone}"') + '[source.selectors]\nitem = "li"\n')
    assert hint in message
    assert "did you mean" not in message


@pytest.mark.parametrize(
    ("value", "hint"), [('"Full"', 'did you mean "full"?'), ("true", '"off", "auto", "meta", "full"')]
)
def test_a_choice_names_what_can_be_chosen(folder: Any, value: str, hint: str) -> None:
    (message,) = folder.problems(SOURCE.replace('"off"', value) + '[source.selectors]\nitem = "li"\n')
    assert f"articles = {value}: expected one of" in message
    assert hint in message


ITEM = '[source.selectors]\nitem = "li"\n'
TAGGED = SOURCE.replace("articles", 'tags = ["World", "Coast"]\narticles')


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        pytest.param(SOURCE + ITEM + '[[feed]]\nslug = "a"\ntags = ["Sport"]\n', True, id="other tags"),
        pytest.param(SOURCE + ITEM + '[[feed]]\nslug = "a"\nsources = { none = ["world"] }\n', True, id="left out"),
        pytest.param(TAGGED + ITEM + '[[feed]]\nslug = "a"\ntags = { none = ["coast"] }\n', True, id="a tag left out"),
        pytest.param(TAGGED + ITEM + '[[feed]]\nslug = "a"\ntags = ["#WORLD"]\n', False, id="its tag"),
        pytest.param(SOURCE + ITEM + '[[feed]]\nslug = "a"\n', False, id="a feed of everything"),
        pytest.param(SOURCE + ITEM + '[[feed]]\nauto = "tags"\n', False, id="feeds of tags"),
        pytest.param(SOURCE + ITEM, False, id="no feeds"),
        pytest.param(
            SOURCE.replace('"off"', '"meta"') + ITEM + '[[feed]]\nslug = "a"\ntags = ["Sport"]\n', False, id="own tags"
        ),
    ],
)
def test_a_source_that_no_feed_takes_is_told(folder: Any, text: str, warned: bool) -> None:
    warnings = [warning for warning in folder.load(text).warnings if "no feed takes its articles" in warning]
    assert bool(warnings) is warned


def test_a_feed_that_ends_the_feeds_of_tags_is_told(folder: Any) -> None:
    feed = '[[feed]]\nslug = "a"\ntags = ["World"]\n'
    (warning,) = folder.load(TAGGED + ITEM + feed).warnings
    assert 'tags get no feeds of their own: "Coast"; a [[feed]] with auto = "tags" makes one for each' in warning
    assert folder.load(TAGGED + ITEM + feed + '[[feed]]\nauto = "tags"\n').warnings == ()
    assert folder.load(TAGGED + ITEM).warnings == ()


def test_certificates_that_the_browser_does_not_know_are_told(folder: Any) -> None:
    folder.write("", "authority.pem")
    plain = SOURCE + ITEM + '[fetch]\nca_bundle = "authority.pem"\n'
    assert folder.load(plain).warnings == ()
    (warning,) = folder.load(plain.replace("[[source]]", '[[source]]\nkind = "browser"')).warnings
    assert 'the browser, which opens "world", knows the authorities of the system alone' in warning
