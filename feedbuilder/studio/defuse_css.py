"""A page's own CSS → CSS that asks nobody for anything unless it may, and lies over nothing.

A second wall: what may be loaded is decided by the policy of the frame (`frame_document`), whatever CSS says. Knows
tokens of CSS (CSS Syntax Level 3 §4), no rules: what it does not understand stays, for a browser drops it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Address = Callable[[str], str | None]
"""An address as the page writes it → where it leads, absolutely; None where nothing may be asked for it."""

_ESCAPED_LETTER = re.compile(
    r"\\(?:(?:0{4}(?P<six>[46][1-9a-f]|[57][0-9a])|0{0,3}(?P<fewer>[46][1-9a-f]|[57][0-9a])(?![0-9a-f]))(?:\r\n|\s)?"
    r"|(?P<itself>[g-z])|(?P<other>.))",
    re.IGNORECASE,
)
"""A letter that is written as an escape: `\\75 rl(` is `url(`. Others are left alone: digits and signs have to be."""
_STRING = r""" "(?: [^"\\\r\n] | \\(?s:.) )*+ "?+ | '(?: [^'\\\r\n] | \\(?s:.) )*+ '?+ """
_COMMENT = r" /\* (?: [^*] | \*(?!/) )*+ (?:\*/)?+ "
_TOKEN = re.compile(
    rf"""
      (?P<comment> {_COMMENT} )
    | (?P<url> \b(?:url(?:-prefix)?|domain|src) \( \s*+
        (?: "(?P<double> (?: [^"\\\r\n] | \\(?s:.) )*+ )"?+
          | '(?P<single> (?: [^'\\\r\n] | \\(?s:.) )*+ )'?+
          | (?P<bare> (?: [^()"'\\] | \\(?s:.) )*+ ) )
        [^)]*+ \)?+ )
    | (?P<string> {_STRING} )
    | (?P<rule> @(?:import|charset|namespace|(?:-moz-)?+document)\b
        (?: [^;{{}}"'/] | /(?!\*) | {_STRING} | {_COMMENT} )*+ ;?+ )
    | (?P<over> \bposition \s*+ : (?: \s++ | {_COMMENT} )*+ (?:-webkit-)?+ (?:fixed|sticky) \b )
    | (?P<link> :(?:any-)?+link\b )
    | (?P<acting> (?:-webkit-)?+image-set(?=\() | \bexpression(?=\() | \bbehavior(?=\s*+:) | -moz-binding )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_INSTEAD = {"comment": "/**/", "rule": "", "over": "position:static", "link": "[data-link]", "acting": "none-"}
_WORTH_A_LOOK = re.compile(r"[\\@(/<>\"']|position|behavior|binding|link", re.IGNORECASE)
_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")


def defused(css: str, address: Address) -> str:
    """Return `css` without imports, with only those addresses for which `address` gives one, and nothing that stays.

    `position: fixed` and `sticky` become `static`: what lay over the page stands where it is written. Links are named
    by `[data-link]`, for they have no address in the frame. Nothing in the result ends a `<style>`.
    """
    if not _WORTH_A_LOOK.search(css):
        return css

    def instead_of(found: re.Match[str]) -> str:
        if found["url"]:
            written = found["double"] or found["single"] or found["bare"] or ""
            return _url(address(written.strip()))
        # A comment parts words and is nothing between two selectors; a space would be neither.
        return found["string"] or _INSTEAD[found.lastgroup or ""]

    plain = _ESCAPED_LETTER.sub(_letter, css)
    return _MARKUP.sub(r"\\3c ", _TOKEN.sub(instead_of, plain))


def _letter(found: re.Match[str]) -> str:
    if found["other"]:
        return found[0]
    return found["itself"] or chr(int(found["six"] or found["fewer"], 16))


def _url(url: str | None) -> str:
    """Return the token for `url`; without one, what is no picture at all."""
    if url is None:
        return "none"
    return 'url("' + re.sub(r'["\\\s<>]', lambda one: f"\\{ord(one[0]):x} ", url) + '")'
