"""What sites write where JSON should be."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.parse.data.lenient_json import assigned, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        (' <!--\n{"a": 1}\n-->', {"a": 1}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('{"a": 1,} ', {"a": 1}),
        ("[1, 2,, 3,]", [1, 2, 3]),
        ('{ /* one */ "a": 1, // the first\n "u": "http://x/" }', {"a": 1, "u": "http://x/"}),
        ("{&quot;a&quot;: &quot;b&quot;}", {"a": "b"}),
        ('{"a": "two\nlines\tand a tab"}', {"a": "two\nlines\tand a tab"}),
        (r'{"a": "it\'s \x3cb\x3e", }', {"a": "it's <b>"}),
        ('{"said": "He said "no" to that", "b": 2}', {"said": 'He said "no" to that', "b": 2}),
        ("{a: 'x', $b: `y`, 'c': !0, d: !1, e: void 0}", {"a": "x", "$b": "y", "c": True, "d": False, "e": None}),
        (
            '{at: new Date("2026-02-03"), n: .5, big: 12n, hex: 0x10}',
            {"at": "2026-02-03", "n": 0.5, "big": 12, "hex": 16},
        ),
        (r'{a: "\ud83d\ude00 \u{1f600}"}', {"a": "😀 😀"}),
        ('(function(a,b){return {x:a,list:[b,null]}}("one",{y:2}));', {"x": "one", "list": [{"y": 2}, None]}),
        ("((a)=>{return {x:a}})(7)", {"x": 7}),
    ],
)
def test_what_is_meant_is_read(text: str, value: object) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    "text", ["", "<html>", "{", '{"a"', "function(){}", "{a: b.c(}", "[" * 100_000, '{"a":' * 9_000]
)
def test_what_is_no_literal_is_none_and_no_fault(text: str) -> None:
    assert parse(text) is None
    assert parse('{"a": 1}') == {"a": 1}


def test_what_follows_a_value_is_ignored() -> None:
    assert parse('{"a": 1}; window.other = {"b": 2};') == {"a": 1}


@pytest.mark.parametrize(
    "expression",
    [
        '{"a": ["b"]};',
        r'JSON.parse("{\"a\": [\"b\"]}")',
        "JSON.parse(decodeURIComponent('%7B%22a%22%3A%5B%22b%22%5D%7D'))",
    ],
)
def test_an_assigned_value_may_be_wrapped(expression: str) -> None:
    script = f"window.state = {expression}"
    assert assigned(script, len("window.state = ")) == {"a": ["b"]}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(json_values.filter(lambda value: isinstance(value, list | dict)))
def test_with_trailing_commas_and_comments_json_stays_what_it_is(value: object) -> None:
    def untidy(node: object) -> str:
        if isinstance(node, dict):
            return "{" + "".join(f"{json.dumps(key)}: /* c */ {untidy(one)},\n" for key, one in node.items()) + "}"
        if isinstance(node, list):
            return "[" + "".join(f"{untidy(one)} , " for one in node) + "]"
        return json.dumps(node)

    assert parse(untidy(value)) == value


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="{}[]\",:'\\ab1!`/*-.\n()", max_size=60))
def test_no_text_raises(text: str) -> None:
    parse(text)
    assigned(text, 0)
