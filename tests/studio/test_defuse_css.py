"""A page's CSS in the frame: it asks for nothing unless it may, covers nothing, and ends no element."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.studio.defuse_css import defused


def nothing(_address: str) -> None:
    return None


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        ("p { color: red }", "p { color: red }"),
        ('@import "a.css"; b{c:d}', " b{c:d}"),
        ("@import url(a.css) screen;b{c:d}", "b{c:d}"),
        ("@im\\70ort 'x';b{}", "b{}"),
        ("@import/**/url('a;b');b{}", "b{}"),
        ("a{b:url(x)}", "a{b:none}"),
        ('a{b:url( "x)y" )}', "a{b:none}"),
        ("a{b:\\75 rl(x)}", "a{b:none}"),
        ("a{b:u\\000072l(x)}", "a{b:none}"),
        ("a{b:URL(//e/x) no-repeat}", "a{b:none no-repeat}"),
        ("a{b:url(x", "a{b:none"),
        ("a{b:src('x')}", "a{b:none}"),
        ('a{b:image-set("x" 1x)}', 'a{b:none-("x" 1x)}'),
        ("a{b:-webkit-image-set(url(x) 1x)}", "a{b:none-(none 1x)}"),
        ("a{b:expression(x);behavior:url(x);-moz-binding:url(x)}", "a{b:none-(x);none-:none;none-:none}"),
        ('a{content:"url(x)"}', 'a{content:"url(x)"}'),
        ("a{content:'it\\'s url(x)'}", "a{content:'it\\'s url(x)'}"),
        ("a{/* url(x) */b:c}", "a{/**/b:c}"),
        (".a/**/.b{}", ".a/**/.b{}"),
        ("a{position:fixed}", "a{position:static}"),
        ("a{position:/* x */ -webkit-sticky!important}", "a{position:static!important}"),
        ("a{posi\\74ion:fi\\78 ed}", "a{position:static}"),
        ("a{position:absolute}", "a{position:absolute}"),
        (".fixed,.position-fixed{a:b}", ".fixed,.position-fixed{a:b}"),
        ("a:link,a:any-link:hover{b:c}", "a[data-link],a[data-link]:hover{b:c}"),
        ("a{b:url(#g)}", "a{b:none}"),
        ('a{b:"</style><img src=x onerror=y>"}', 'a{b:"\\3c /style>\\3c img src=x onerror=y>"}'),
        ("</style><b>", "\\3c /style>\\3c b>"),
        ("@media (width<9px){a{b:c}}", "@media (width<9px){a{b:c}}"),
        (".md\\:flex{a:b}", ".md\\:flex{a:b}"),
    ],
)
def test_what_acts_goes_and_the_rest_stays(css: str, wanted: str) -> None:
    assert defused(css, nothing) == wanted


def test_addresses_that_may_be_asked_are_put_in_whole() -> None:
    assert defused("a{b:url( 'x.png' )}", lambda one: f"https://e/{one}") == 'a{b:url("https://e/x.png")}'
    assert defused("a{b:url(x)}", lambda _: 'https://e/"<\n') == 'a{b:url("https://e/\\22 \\3c \\a ")}'


_PIECES = st.sampled_from(
    [
        "url(",
        "u\\72 l(",
        ")",
        '"',
        "'",
        "\\",
        "/*",
        "*/",
        "@import ",
        ";",
        "{",
        "}",
        "<",
        "</style",
        "position:",
        "fixed",
        "\n",
        "a",
        "\\75",
        "rl(",
        "src(",
        "image-set(",
        "//e/x",
        "\\\n",
        " ",
    ]
)


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_whatever_is_pieced_together_ends_no_style_and_is_the_same_the_second_time(css: str) -> None:
    once = defused(css, nothing)
    assert not re.search(r"<[a-zA-Z/!?]", once)
    assert defused(once, nothing) == once
