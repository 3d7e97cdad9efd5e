"""What somebody may have meant who wrote a selector that is no CSS: XPath, and what other tools add to CSS. Pure."""

from __future__ import annotations

import re

_XPATH = re.compile(
    r"\(?\.{0,2}/|(?:ancestor|child|descendant|following|parent|preceding|self)[\w-]{0,20}::|.{0,200}(?:/(?:@|text\(\)|\w+\[)|\[@|contains\(@)"
)
_ATTRIBUTE = re.compile(r"::attr\(\s{0,3}[\"']?([\w-]{1,50})[\"']?\s{0,3}\)\s*$")
_TEXT = re.compile(r"::?text(?:\(\))?\s*$")
_PLACE = re.compile(r":(first|last|eq\((\d{1,4})\)|gt\(\d+\)|lt\(\d+\)|even|odd|visible|hidden)(?![\w-])")
_CONTROL = re.compile(r"[\x00-\x1f]")


def selector_hint(css: str) -> str:
    """Return what to write instead of `css`, which is no CSS, as "; …"; nothing where nothing is known."""
    if _CONTROL.search(css):
        return "; a backslash in double quotes begins an escape: put the selector in single quotes"
    if found := _ATTRIBUTE.search(css):
        return f'; an attribute is read with "{css[: found.start()].strip()}@{found[1]}"'
    if found := _TEXT.search(css):
        return f'; the text is what is read anyway: write "{css[: found.start()].strip()}"'
    if _XPATH.match(css):
        return '; it looks like XPath: write "xpath:" before it, or CSS: "div.card h2 a", and "a@href" for an attribute'
    if found := _PLACE.search(css):
        if found[1] in {"first", "last"}:
            return f'; of several matches the first is read; the place among siblings is ":{found[1]}-of-type"'
        if found[2]:
            return f'; the place among siblings is counted from 1: ":nth-of-type({int(found[2]) + 1})"'
        return f'; ":{found[1]}" is of jQuery, and no CSS'
    return ""
