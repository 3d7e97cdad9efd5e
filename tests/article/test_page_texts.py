"""The texts of a page, told in one walk, beside each element asked for itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.article.page_texts import PageTexts
from feedbuilder.parse.data.markup_data import SILENT, text_of

TAGS = (
    "div",
    "p",
    "a",
    "ul",
    "li",
    "br",
    "table",
    "tr",
    "td",
    "script",
    "style",
    "template",
    "svg",
    "noscript",
    "body",
    "b",
)
PIECES = st.sampled_from(
    [
        *(f"<{tag}>" for tag in TAGS),
        *(f"</{tag}>" for tag in TAGS),
        "words ", "two\nlines", "&nbsp;", "&amp;", " ", "ß", "<!-- said by nobody -->", "<![CDATA[x]]>", "<", "\0",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=50).map("".join))
def test_one_walk_says_what_each_element_says(html: str) -> None:
    root = LexborHTMLParser(html).root
    assert root is not None
    texts = PageTexts(root)
    for node in root.traverse():
        inner = list(node.traverse(include_text=True))
        seen = [one for one in inner if one.tag == "-text" and one.parent and one.parent.tag not in SILENT]
        assert texts.words(node) == text_of(node)
        assert texts.size(node) == sum(len("".join((one.text_content or "").split())) for one in seen)
        assert texts.within(node) == sum(one.tag != "-text" for one in inner) - 1


def test_a_page_without_elements_has_no_texts() -> None:
    assert PageTexts(None).elements == []
