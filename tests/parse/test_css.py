"""Selectors taken apart as text."""

import pytest

from feedbuilder.parse.css import alternatives, beginnings, endings, options


@pytest.mark.parametrize(
    ("selector", "parts"),
    [
        ("h2 a", ["h2 a"]),
        ("h2 a, h3 a", ["h2 a", "h3 a"]),
        (":is(h2, h3) a,.x", [":is(h2, h3) a", ".x"]),
        ('a[title="x, y"], b', ['a[title="x, y"]', "b"]),
        ("a[title='it\\'s, so'], b", ["a[title='it\\'s, so']", "b"]),
        (r".a\,b, c", [r".a\,b", "c"]),
        ("a:not(.b, :is(.c, .d)), e", ["a:not(.b, :is(.c, .d))", "e"]),
        ("", []),
    ],
)
def test_alternatives(selector: str, parts: list[str]) -> None:
    assert alternatives(selector) == parts


@pytest.mark.parametrize(
    ("selector", "single"),
    [
        (".list :is(.a, .b):not(.v)", [(".a", ".list :is(.a):not(.v)"), (".b", ".list :is(.b):not(.v)")]),
        (":where(.a, :not(.b, .c)) p", [(".a", ":where(.a) p"), (":not(.b, .c)", ":where(:not(.b, .c)) p")]),
        (":is(.a) p", []),
        ("p:not(:is(.a, .b))", []),
        ("p:has(:is(.a, .b))", []),
        ('[title=":is(.a, .b)"]', []),
    ],
)
def test_options(selector: str, single: list[tuple[str, str]]) -> None:
    assert list(options(selector)) == single


def test_endings_drop_the_first_elements_and_beginnings_the_last_ones() -> None:
    selector = '.list > ul:is(.a, .b) + li[title="x > y"]~a:nth-child(2n + 1)'
    assert endings(selector) == [
        'ul:is(.a, .b) + li[title="x > y"]~a:nth-child(2n + 1)',
        'li[title="x > y"]~a:nth-child(2n + 1)',
        "a:nth-child(2n + 1)",
    ]
    assert beginnings(selector) == [
        '.list > ul:is(.a, .b) + li[title="x > y"]',
        ".list > ul:is(.a, .b)",
        ".list",
    ]
    assert endings("a") == beginnings("a") == []
