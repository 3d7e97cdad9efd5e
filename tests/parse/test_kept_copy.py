"""What is left of a page that is kept, and what is not."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedbuilder import masking
from feedbuilder.model import Page
from feedbuilder.parse import kept_copy as module
from feedbuilder.parse.kept_copy import kept_copy, unpacked

HTML = """<!DOCTYPE html><html><head><meta name="csrf-token" content="t0k"><meta name="author" content="Jo">
<script>var session = "t0k"</script><style>p { color: red }</style></head><body><!-- made for t0k -->
<form><input name="q" value="t0k"><textarea>t0k</textarea></form>
<p onclick="go('t0k')" data-token="t0k" class="x">Text</p>
<iframe srcdoc="t0k"></iframe><script type="application/json">{"a": "t0k"}</script><p>More</p></body></html>"""


def copied(html: str, *, with_data: bool = False, content_type: str = "text/html; charset=utf-8") -> str:
    page = Page("https://town.example/", html.encode(), datetime(2026, 2, 6, tzinfo=UTC), content_type)
    content = kept_copy(page, language=None, with_data=with_data)
    assert content is not None
    body, kind = unpacked(content)
    return body.decode(kind.partition("charset=")[2])


def test_tokens_values_scripts_comments_and_handlers_are_left_out() -> None:
    left = copied(HTML)
    assert "t0k" not in left
    assert '<p class="x">Text</p>' in left
    assert '<meta name="author" content="Jo">' in left


def test_elements_stay_so_that_selectors_count_as_before() -> None:
    left = copied(HTML)
    assert left.count("<script") == HTML.count("<script")
    assert '<input name="q">' in left


def test_data_stay_for_lists_that_are_read_from_them() -> None:
    left = copied(HTML, with_data=True)
    assert '{"a": "t0k"}' in left
    assert "made for" not in left


def test_known_secrets_are_masked() -> None:
    masking.learn(["hush-hush-42"])
    try:
        assert "hush" not in copied("<a href='/feed?who=hush-hush-42'>Yours, hush-hush-42</a>")
    finally:
        masking.forget()


def test_what_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 100)
    noise = "".join(chr(0x4E00 + (number * number) % 9000) for number in range(500))
    page = Page("https://town.example/", noise.encode(), datetime(2026, 2, 6, tzinfo=UTC), "text/html; charset=utf-8")
    assert kept_copy(page, language=None, with_data=False) is None


def test_what_is_unpacked_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 1000)
    assert len(unpacked(zlib.compress(b"a" * 100_000))[0]) == 1000
    with pytest.raises(ValueError, match="not a page that was kept"):
        unpacked(b"something else")


def test_nothing_stays_in_templates_raw_texts_and_comments_around_the_page() -> None:
    html = (
        "<!-- LEAK1 --><html><body><p>Text</p><template><input name=csrf value=LEAK2><script>var t='LEAK3'</script>"
        "</template><noembed><input value=LEAK4></noembed><xmp>LEAK5</xmp></body></html><!-- LEAK6 -->"
    )
    body = copied(html)
    assert "LEAK" not in body
    assert "<p>Text</p><template></template>" in body


NAMES = """
    class | value | VALUE | nonce | onclick | onmade-up | data-token | data-csrfToken | x:secret | =token | ="token |
    a"secret | ' | on=x | href | integrity | viewBox | xlink:password | content | name | 1cookie | é-token |
    data-[token]
"""
VALUES = ("t", 't="', "a value='", " token=1", '">', "?a=b", "csrf-token", "&quot; onclick=&quot;", "")
attributes = st.tuples(
    st.sampled_from([name.strip() for name in NAMES.split("|")]), st.sampled_from(VALUES), st.sampled_from("'\" ")
).map(lambda said: f" {said[0]}={said[2]}{said[1]}{said[2]}")
tags = st.sampled_from(["p", "meta", "svg", "input", "math", "template", "noscript", "b"])
elements = st.tuples(tags, st.lists(attributes, max_size=3)).map(lambda said: f"<{said[0]}{''.join(said[1])}>")
texts = st.sampled_from(['say onclick="t"', "<!-- a -->", "<?a?>", "<!a>", "</svg>", "</p>", "<script>'<!--'</script>"])


def plainly(html: str) -> str:
    """Return what is left of a page, each of its elements looked at."""
    tree = LexborHTMLParser(html)
    for element in tree.css("script"):
        element.inner_html = ""
    for element in tree.css("template"):
        element.insert_before(tree.create_node("template"))
        element.decompose()
    assert tree.root is not None
    for comment in [node for node in tree.root.parent.traverse(include_text=True) if node.is_comment_node]:  # type: ignore[union-attr]
        comment.decompose()
    for element in tree.css("*"):
        is_token = element.tag == "meta" and "csrf" in (element.attributes.get("name") or "")
        for name in element.attributes:
            named = name in {"value", "nonce", "integrity"} or name.startswith("on") or masking.is_secret_name(name)
            if named or (is_token and name == "content"):
                del element.attrs[name]
    return masking.mask_text(tree.html or "")


@settings(max_examples=300, deadline=None)
@given(st.lists(elements | texts, max_size=6).map("".join))
def test_every_attribute_that_is_left_out_is_found_as_if_each_element_was_looked_at(html: str) -> None:
    assert copied(html) == plainly(html)


def test_however_many_names_there_are_all_are_found() -> None:
    html = "".join(f"<p data-token-{number}=t0k class=x{number}>" for number in range(100))
    assert copied(html) == plainly(html)
    assert "t0k" not in copied(html)
