"""Pages made to hurt, or broken beyond use: each ends with an answer or with a clear error."""

from __future__ import annotations

import pytest

from feedbuilder.model import ExtractError
from tests.detect.sample import each, find, framed, items_of, stories

CARD = '<div class="story"><h3><a href="{url}">{title}</a></h3><span class="date">{iso}</span></div>'


def test_200_000_elements_are_refused_with_a_number() -> None:
    with pytest.raises(ExtractError, match="more than 150,000 elements"):
        find("<ul>" + "<li><a href=/a>x</a>" * 100_000 + "</ul>")


def test_140_000_elements_end_with_an_answer() -> None:
    made = stories()
    filler = "<p>A <b>long</b> text <i>with</i> many words.</p>" * 46_000
    assert find(framed(each(made, CARD) + filler)).items == items_of(made)


@pytest.mark.slow(18)
def test_70_000_links_are_too_many_to_choose_from() -> None:
    links = "".join(f'<li><a href="/n/{n}">Story number {n} of very many</a></li>' for n in range(70_000))
    found = find(f"<ul>{links}</ul>")
    assert not found.detection.candidates
    assert "20,000 links" in (found.detection.reason or "")


def test_20_megabytes_of_text_end_with_an_answer() -> None:
    made = stories()
    assert find(framed(each(made, CARD) + f"<p>{'many words ' * 1_800_000}</p>")).items == items_of(made)


def test_20_megabytes_of_script_end_with_an_answer() -> None:
    made = stories()
    script = f"<script>window.__STATE__ = {'[' * 1000}{'1,' * 10_000_000}</script>"
    assert find(framed(each(made, CARD), head=script)).items == items_of(made)


@pytest.mark.parametrize("depth", [9_000, 10_001, 100_000])
def test_deep_nesting_ends_with_an_answer_or_is_refused(depth: int) -> None:
    made = stories()
    html = framed("<div>" * depth + each(made, CARD))
    if depth > 9_000:
        with pytest.raises(ExtractError, match="nested more than 10,000 deep"):
            find(html)
    else:
        assert find(html).items == items_of(made)


@pytest.mark.parametrize(
    "body", [b"", b"   \n", b"\x00" * 500, bytes(range(256)) * 40, b"%PDF-1.7 \xde\xad", b"<", b"<a"]
)
def test_what_is_no_page_has_no_list_and_says_why(body: bytes) -> None:
    found = find(body)
    assert not found.detection.candidates
    assert (found.detection.reason or "").endswith(".")


@pytest.mark.parametrize(
    "href",
    [
        "javascript:void(0)",
        "mailto:a@example.org",
        "http://[",
        "//",
        "#",
        "?",
        "data:text/html,x",
        "http://ex ample/" * 999,
    ],
)
def test_addresses_that_are_none_are_no_articles(href: str) -> None:
    html = "".join(f'<li><h3><a href="{href}">Story number {n} of several</a></h3></li>' for n in range(20))
    assert not find(f"<ul>{html}</ul>").detection.candidates


def test_a_class_of_a_megabyte_and_a_thousand_classes_do_no_harm() -> None:
    made = stories()
    card = CARD.replace("story", "story " + " ".join(f"k{n}x" for n in range(1000)) + " " + "z" * 100_000)
    assert find(framed(each(made, card))).items == items_of(made)


def test_a_card_of_a_whole_book_ends_with_an_answer() -> None:
    made = stories()
    chapter = "".join(f"<p><span>Sentence {n}</span> <em>goes on</em>.</p>" for n in range(1500))
    assert find(framed(each(made, CARD.replace("</div>", chapter + "</div>")))).items == items_of(made)


@pytest.mark.parametrize(
    "tag", ["o:p", "content:encoded", "th.block", "x+y", "it'em", 'it"em', "nå:r", "q\\z", "a,b", "a[b]", "😀:x", "x😀"]
)
def test_elements_whose_names_are_no_words_do_no_harm(tag: str) -> None:
    made = stories()
    card = f'<{tag}><{tag}><a href="{{url}}">{{title}}</a></{tag}> <{tag}>{{iso}}</{tag}></{tag}>'
    assert find(framed(each(made, card))).items == items_of(made)
