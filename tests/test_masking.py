"""What is a secret in a text: known values in every spelling, and what only secrets are called."""

from __future__ import annotations

import base64
import html
import json
import re
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder import masking
from feedbuilder.masking import known, learn, mask_known, mask_text

VALUE = "Wört & <b>+8!'"
SPELLINGS = {
    "as it is": VALUE,
    "in capitals": VALUE.upper(),
    "in an address": quote(VALUE),
    "in an address, small letters": quote(VALUE).lower(),
    "in a query": quote_plus(VALUE),
    "in JSON": json.dumps(VALUE)[1:-1],
    "in Python": repr(VALUE)[1:-1],
    "in HTML": html.escape(VALUE),
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_known_value_is_masked_in_every_spelling(spelling: str) -> None:
    assert mask_text(f"before {spelling} after") != "before *** after"
    learn([VALUE])
    assert mask_text(f"before {spelling} after") == "before *** after"


PLAIN_USERINFO = re.compile(r"(?<=://)[^/?#\s\"'@]*(?:@[^/?#\s\"'@]*)*(?=@)")
PLAIN_HEADER = re.compile(r"(\b(?:authorization|cookie)[\"']?\s*[:=]\s*[\"']?)[^\r\n\"']+", re.IGNORECASE)
PIECES = (
    "://|:|/|@|a|jo|?| |\"|'|=|:|\n|\r|Cookie|cookie|COO\u212aIE|cook\u0131e|cook\u0130e|Authorization|"
    "AUTHOR\u0130ZATION|x|_|1|é"
)


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=12).map("".join))
def test_what_is_found_quickly_is_what_is_found_plainly(text: str) -> None:
    assert masking._USERINFO.sub(r"\1***", text) == PLAIN_USERINFO.sub("***", text)
    assert masking._SECRET_HEADER.sub(r"\1***", text) == PLAIN_HEADER.sub(r"\1***", text)


@given(st.text("abcXYZ0189-_.!", min_size=8, max_size=40), st.text("ab:cd", max_size=7), st.text("xy", max_size=4))
def test_a_known_value_is_masked_in_basic_authentication(value: str, before: str, after: str) -> None:
    masking.forget()
    learn([value])
    coded = base64.b64encode(f"{before}{value}{after}".encode()).decode()
    alone = base64.b64encode(value.encode()).decode().rstrip("=")
    masked = mask_known(f"Basic {coded}")
    assert "***" in masked
    assert alone not in masked
    assert len(masked) < len(coded) - len(value) + 12


def test_a_host_in_other_letters_is_masked_as_it_is_asked_for() -> None:
    learn(["schlüssel-7"])
    assert mask_text("https://xn--schlssel-7-geb.example/") != "https://***.example/"  # another word
    assert mask_text("http://schlüssel-7.example/") == "http://***.example/"


def test_of_an_address_its_parts_are_masked_and_its_host_is_not() -> None:
    learn(["https://someone:password1@news.example/private/a9/list?k=abcdef99#frag-77"])
    told = "GET http://NEWS.example/private/a9/list?k=abcdef99 by someone, password1, frag-77: 404"
    assert mask_known(told) == "GET http://NEWS.example*** by ***, ***, ***: 404"


@pytest.mark.parametrize("value", ["", "1", "de", "12345"])
def test_short_values_mask_nothing(value: str) -> None:
    learn([value])
    assert known() == frozenset()
    assert mask_text("1 de 12345") == "1 de 12345"


def test_what_is_known_can_be_handed_on() -> None:
    learn([VALUE, "another one"])
    handed = known()
    masking.forget()
    assert mask_known("another one") == "another one"
    learn(handed)
    assert mask_known("another one") == "***"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("https://a.example/feeds/aGVsbG8gd29ybGQ9MTIz4567/new", "https://a.example/feeds/***/new"),
        ("https://a.example/api-key/0123456789abcdefABCDEF", "https://a.example/api-key/***"),
        ("https://a.example/?pwd=x&sig=y&page=2", "https://a.example/?pwd=***&sig=***&page=2"),
        ("https://a.example/feeds/2026-elections-in-the-harbour-of-11", None),
        ("https://a.example/news/0123456789abcdefABCDEF", None),
        ("https://a.example/users/aVeryLongNameWithoutNumbers", None),
        ("//section/@class", None),
        ("a[href^='https://x.example/@me']", None),
    ],
)
def test_what_only_secrets_are_called_is_masked(text: str, masked: str | None) -> None:
    assert mask_text(text) == (text if masked is None else masked)
