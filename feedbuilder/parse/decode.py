"""Bytes of a page -> text, in the charset that they are really in. The only place where bytes become text.

Knows what the header and the page declare and believes neither before the bytes agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import Message

import charset_normalizer
import webencodings

from feedbuilder.model import Page
from feedbuilder.parse.legacy_charsets import charset_for, sample_of

_BOMS = (
    # The longer ones first: the mark of UTF-32-LE begins with that of UTF-16-LE.
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(
    rb"<meta\s[^<>]*?charset\s{0,20}=\s{0,20}[\"']?\s{0,20}([\w:.+-]+)"
    rb"|<\?xml\s[^<>]*?encoding\s{0,20}=\s{0,20}[\"']([\w:.-]+)",
    re.IGNORECASE,
)
_META_WITHIN = 8192
"""Bytes. HTML asks for the declaration within the first 1024; CMSs put it later."""
_LANGUAGE = re.compile(rb"<html\b[^<>]*?\s(?:xml:)?lang\s{0,20}=\s{0,20}[\"']?\s{0,20}([\w-]+)", re.IGNORECASE)
_FEW_FOREIGN = 0.3
"""The share of accented letters that a text in its own language has from others, in names."""
_SERVER_DEFAULTS = frozenset(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "us-ascii", "ascii"))
"""Labels that a header carries unasked: Apache's AddDefaultCharset, the servlets' default."""
_FEW = 0.1
"""The share of broken characters up to which a page is UTF-8 with a few bad bytes, not another charset."""
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids (§2.2), and DEL."""
_ILLEGAL_BYTES = bytes([*range(9), *range(11, 13), *range(14, 32), 127])
"""The same in UTF-8, where no longer character holds them, and the form feed; U+FFFE and U+FFFF have three bytes."""


def decode(page: Page, language: str | None = None) -> str:
    """Return the text of `page`, free of characters that XML forbids. Never raises; bad bytes become U+FFFD.

    The first that fits: a byte order mark; UTF-8, strictly; the charset that the page declares, then the one that the
    header declares, both by the labels of the web (https://encoding.spec.whatwg.org: "iso-8859-1" is windows-1252,
    "gb2312" is gbk); the old charset of the language that the page names, or of `language`, a BCP 47 tag
    (`legacy_charsets`); windows-1252; a guess. The last three only if the text then looks like one. A header that names
    iso-8859-1 is not believed before the language was asked: many servers send it whatever they serve.
    """
    body = page.body
    for mark, name in _BOMS:
        if body.startswith(mark):
            return legal(body[len(mark) :].decode(name, "replace"))
    declared = list(_declared(page))
    if b"\x1b" in body and "iso2022_jp" in declared:  # seven bits, so that it passes for UTF-8
        return legal(body.decode("iso-2022-jp", "replace"))
    if body[:2].count(0) == 1 and len(body) > 1:  # UTF-16 without a mark: each "<" has a zero byte at its side
        return legal(body.decode("utf-16-le" if body[1] == 0 else "utf-16-be", "replace"))
    own = _charset_of_language(page, language) if _is_server_default(page) else None
    for name in ("utf-8", *([own] if own else ()), *declared):
        try:
            text = body.decode(name)
        except UnicodeDecodeError:
            continue
        return text if name == "utf-8" and _is_clean(body) else legal(text)
    return legal(_guess(body, [own, *declared] if own else declared, language))


def _is_clean(utf8: bytes) -> bool:
    """Return whether the text that these bytes encode is `legal` as it is: seen in a fifth of the time."""
    if len(utf8.translate(None, _ILLEGAL_BYTES)) < len(utf8):
        return False
    return b"\xef" not in utf8 or not (b"\xef\xbf\xbe" in utf8 or b"\xef\xbf\xbf" in utf8)


def legal(text: str) -> str:
    """Return `text` without control characters, lone surrogates and non-characters; a form feed becomes a space."""
    return _ILLEGAL.sub("", text.replace("\f", " "))


def _is_server_default(page: Page) -> bool:
    """Return whether the only charset that is declared is the one that servers name for whatever they send."""
    return not _page_label(page) and _header_label(page).lower() in _SERVER_DEFAULTS


def _charset_of_language(page: Page, language: str | None) -> str | None:
    """Return Python's name of the old charset of the language that the page names, if its text looks like one in it."""
    sample = sample_of(page.body)
    found = (charset_for(sample, tag, most_foreign=_FEW_FOREIGN) for tag in _languages(page.body, language))
    return next((name for name in found if name), None)


def _page_label(page: Page) -> str:
    head = _COMMENT.sub(b"", page.body[:_META_WITHIN])
    found = _META.search(head)
    return (found[1] or found[2]).decode("ascii", "replace") if found else ""


def _header_label(page: Page) -> str:
    header = Message()
    header["Content-Type"] = (page.content_type or "").replace("\r", " ").replace("\n", " ")
    return str(header.get_param("charset") or "").strip("\"' ")


def _declared(page: Page) -> Iterator[str]:
    """Yield the names of Python's codecs for the charsets that page and header declare, the page's first."""
    for label in (_page_label(page), _header_label(page)):
        encoding = webencodings.lookup(label)
        # Labels of UTF-16 are wrong where the label itself could be read as ASCII (HTML §13.2.3.2).
        if encoding and encoding.name not in ("utf-8", "utf-16le", "utf-16be", "replacement", "x-user-defined"):
            # gb18030 reads all that gbk does, and the rest that sites write under the label.
            name = encoding.codec_info.name
            yield "gb18030" if name in ("gbk", "gb2312") else name


def _guess(body: bytes, declared: list[str], language: str | None) -> str:
    as_utf8 = body.decode("utf-8", "replace")
    strange = sum(1 for character in as_utf8 if character > "\x7f")
    if as_utf8.count("\ufffd") <= strange * _FEW:
        return as_utf8
    for name in declared:  # a few bad bytes in what was declared
        text = body.decode(name, "replace")
        if text.count("\ufffd") <= strange * _FEW:
            return text
    sample = sample_of(body)
    for tag in (*_languages(body, language), ""):
        if found := charset_for(sample, tag):
            return body.decode(found, "replace")
    best = charset_normalizer.from_bytes(sample).best()
    return body.decode(best.encoding if best else "windows-1252", "replace")


def _languages(body: bytes, told: str | None) -> list[str]:
    """Return the languages that the page names and that it is told to have; English last, for templates name it."""
    found = _LANGUAGE.search(_COMMENT.sub(b"", body[:_META_WITHIN]))
    tags = [found[1].decode("ascii", "replace") if found else "", told or ""]
    return sorted(filter(None, tags), key=lambda tag: tag.lower().startswith("en"))
