"""Bytes to text: what sites declare, and what their bytes really are."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.model import Page
from feedbuilder.parse.decode import decode, legal

NOW = datetime(2026, 2, 6, 11, 5, tzinfo=UTC)
RUSSIAN = "<h2>Переговоры продолжаются: стороны обсудили обмен пленными и новые меры безопасности в регионе</h2>"
GREEK = "<h2>Οι διαπραγματεύσεις συνεχίζονται και αύριο</h2>"


def page(body: bytes, content_type: str | None = None) -> Page:
    return Page("https://example.org/", body, NOW, content_type=content_type)


def meta(charset: str, text: str) -> str:
    return f'<html><head><meta charset="{charset}"></head>{text}</html>'


@pytest.mark.parametrize(
    ("text", "codec", "content_type"),
    [
        pytest.param("“é” 中文", "utf-8", None, id="UTF-8, nothing declared"),
        pytest.param("“é” 中文", "utf-8", "text/html; charset=ISO-8859-1", id="UTF-8, a header that lies"),
        pytest.param(meta("windows-1251", "“é” 中文"), "utf-8", None, id="UTF-8, a meta that lies"),
        pytest.param(meta("windows-1251", RUSSIAN), "windows-1251", None, id="meta alone"),
        pytest.param(meta("windows-1251", RUSSIAN), "windows-1251", "text/html; charset=utf-8", id="header lies utf-8"),
        pytest.param(GREEK, "iso-8859-7", "text/html; charset=iso-8859-7", id="header alone"),
        pytest.param(meta("utf-8", GREEK), "iso-8859-7", 'text/html; charset="ISO-8859-7"', id="meta lies utf-8"),
        pytest.param(meta("ISO-8859-1", "“smart” – quotes €"), "windows-1252", None, id="latin-1 means windows-1252"),
        pytest.param(meta("gb2312", "镕鎔 中国新闻"), "gbk", None, id="gb2312 means gbk"),
        pytest.param(meta("gbk", "𠀀 中国新闻"), "gb18030", None, id="gbk means gb18030"),
        pytest.param(meta("Shift_JIS", "日本の総選挙 ①"), "cp932", None, id="Shift_JIS means cp932"),
        pytest.param("<p>한국 뉴스 똠방각하", "cp949", "text/html; charset=EUC-KR", id="EUC-KR means cp949"),
        pytest.param(meta("big5", "台灣新聞"), "big5", None, id="Big5"),
        pytest.param("<p>日本の総選挙", "iso-2022-jp", "text/html; charset=iso-2022-jp", id="seven bits"),
        pytest.param(RUSSIAN, "windows-1251", None, id="a guess"),
        pytest.param(RUSSIAN, "windows-1251", "text/html; charset=utf-8", id="a guess against the header"),
        pytest.param("<p>中", "utf-16-le", "text/html; charset=utf-16", id="UTF-16 without a mark"),
        pytest.param("<p>é", "utf-16-be", None, id="UTF-16-BE without a mark"),
    ],
)
def test_the_charset_that_the_bytes_are_really_in(text: str, codec: str, content_type: str | None) -> None:
    assert decode(page(text.encode(codec), content_type)) == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_beats_everything_and_vanishes(codec: str) -> None:
    body = ("\ufeff" + meta("windows-1251", "é中")).encode(codec)
    assert decode(page(body, "text/html; charset=gbk")) == meta("windows-1251", "é中")


def test_a_declaration_in_a_comment_is_none() -> None:
    text = "<!-- <meta charset=big5> -->" + meta("windows-1251", RUSSIAN)
    assert decode(page(text.encode("windows-1251"))) == text


def test_one_bad_byte_does_not_change_the_charset() -> None:
    assert decode(page(RUSSIAN.encode() + b"\xff")) == RUSSIAN + "\ufffd"
    assert decode(page(RUSSIAN.encode() + b"\xff", "text/html; charset=utf-8")) == RUSSIAN + "\ufffd"


def test_unknown_labels_are_passed_over() -> None:
    assert decode(page(b'<meta charset="nonsense"><p>\x93quoted\x94', "text/html; charset=x-user-defined;;")) != ""


@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=30)))
def test_any_bytes_give_text_that_xml_can_hold(body: bytes, content_type: str | None) -> None:
    text = decode(page(body, content_type))
    text.encode("utf-8")  # no lone surrogates
    assert not any((ord(c) < 32 and c not in "\t\n\r") or c in "\ufffe\uffff" for c in text)


@given(st.text(st.characters() | st.sampled_from("\x00\x08\x0b\x0c\x0e\x1f\x7f\x85\ufeff\ufffd\ufffe\uffff\U0001fffe")))
def test_what_utf8_holds_is_made_legal_whether_its_bytes_show_that_it_is_so_already_or_not(text: str) -> None:
    body = text.encode("utf-8", "replace")
    if not body.startswith(b"\xef\xbb\xbf") and body[:2].count(0) != 1 and b"\x1b" not in body:
        assert decode(Page("https://example.org/", body, NOW)) == legal(body.decode())
