"""Which markup may stand in an entry: one table of elements and attributes, and the sanitiser that keeps to it.

Extraction makes texts by this table, and feeds hold every text against it once more before it is published, wherever
it came from. Knows nothing of articles and feeds; what is not in the table does not get through.
"""

from __future__ import annotations

import re
from hashlib import blake2b

import nh3

_ANY = ".*"
_NUMBER = r"-?\d{1,6}"

ATTRIBUTES: dict[str, dict[str, str]] = {
    "*": {"dir": "ltr|rtl|auto", "lang": r"[A-Za-z]{2,3}(?:-[A-Za-z\d]{1,8})*"},
    "a": {"href": r"https?://[^\s\"<>\\`]+|mailto:[^\s\"<>\\`]+", "title": _ANY},
    "abbr": {"title": _ANY},
    "img": {
        "src": r"https?://[^\s\"<>\\`]+",
        "alt": _ANY,
        "title": _ANY,
        "width": r"\d{1,5}",
        "height": r"\d{1,5}",
    },
    "li": {"value": _NUMBER},
    "ol": {"start": _NUMBER, "reversed": ""},
    "td": {"colspan": r"\d{1,3}", "rowspan": r"\d{1,3}"},
    "th": {"colspan": r"\d{1,3}", "rowspan": r"\d{1,3}", "scope": "row|col|rowgroup|colgroup"},
    "time": {"datetime": r"[\dTWPZ:+., -]{1,40}"},
}
"""By element ("*": all of them) the attributes that may stay, and what their whole value must look like."""

TAGS = frozenset(
    """
    a abbr b bdi bdo blockquote br caption cite code dd del dfn dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins
    kbd li mark ol p pre q rp rt ruby s samp small strong sub sup table tbody td tfoot th thead time tr u ul var wbr
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
"""Elements that may stay. Of others the text stays, but for those below."""

SILENT = frozenset(
    """
    applet audio base button canvas embed form frame frameset head iframe input link map math meta noembed noframes
    noscript object option script select style svg template textarea title video xmp
    """.split()  # noqa: SIM905 - a table of names reads better without quotes
)
"""Elements that go with everything in them."""

SCHEMES = frozenset(("http", "https", "mailto"))

_VALUES = {
    (tag, name): re.compile(value, re.IGNORECASE | re.DOTALL)
    for tag, names in ATTRIBUTES.items()
    for name, value in names.items()
}
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 forbids or discourages (§2.2), and lone surrogates, which UTF-8 cannot write."""
_ROUNDS = 6
"""How often a text is read and written until it stays as it is. Honest ones do at once, or after one more time."""


_MOST_SETTLED = 20_000
_settled: set[bytes] = set()
"""Digests of fixed points. Only a memory for speed: what is asked of it would be found again."""


def sanitise(html: str) -> str | None:
    """Return the fragment `html` with only what the tables above allow, None where nothing is left.

    What comes back is a fixed point: read by an HTML5 parser and written again, it is the same text, and sanitising it
    again returns the same. A text that changes each time it is read is a trick (mutation XSS) and gives None.
    Characters that XML cannot hold are gone. Never raises; the time grows with the square of the depth of `html`.
    """
    if _digest(html) in _settled:
        return html
    for _ in range(_ROUNDS):
        before, html = html, _once(html)
        if html == before:
            return _remembered(html) or None
    return None


def legal(text: str) -> str:
    """Return `text` without the characters that XML 1.0 forbids, and with a line feed alone at the end of each line."""
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _digest(html: str) -> bytes:
    return blake2b(html.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _remembered(html: str) -> str:
    """Return `html`, and remember that it stays as it is: feeds are rendered again and again, with the same texts."""
    if html:
        if len(_settled) >= _MOST_SETTLED:
            _settled.clear()
        _settled.add(_digest(html))
    return html


def _once(html: str) -> str:
    # References such as &#1; become characters only when they are read: hence before and after.
    return legal(_CLEANER.clean(legal(html))).strip()


def _value(tag: str, name: str, value: str) -> str | None:
    """Return `value` if it is what that attribute of `tag` should look like, else None: the attribute goes."""
    pattern = _VALUES.get((tag, name)) or _VALUES.get(("*", name))
    return value if pattern and pattern.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=TAGS,
    clean_content_tags=SILENT,
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_value,
    url_schemes=SCHEMES,
    url_relative="deny",
    link_rel=None,
)
