"""Text of a script -> the value written there, read as generously as browsers and crawlers do.

Owns what sites do to JSON: comments, trailing commas, entities, raw line ends, quotes within quotes, and JavaScript
where JSON should be. Nothing is ever run: what is no literal is null. Knows no page and no meaning.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

LONGEST = 20_000_000
"""Characters of one script that are read at the most."""
_LONGEST_LENIENT = 3_000_000
"""Characters that are read token by token, which takes half a second per million."""
_DEEPEST = 400

_DECODER = json.JSONDecoder(strict=False)
_WRAPPING = re.compile(r"\s*(?:(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)\s*)+")
_TOKENS = r"""
    (?P<blank>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<double>"{double}")
    |(?P<single>'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)
    |(?P<made>(?:new\s+Date|Array|BigInt|String|Object\.freeze)\(\s*+(?P<argument>"[^"]*"|'[^']*'|[\d.e+-]*+)\s*+\))
    |(?P<truth>!\s*[01])
    |(?P<void>void\s+0)
    |(?P<number>[-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))n?
    |(?P<name>-?[A-Za-z_$][\w$]*)
    |(?P<mark>[{{}}\[\],:])
"""
_STRICT = re.compile(_TOKENS.format(double=r"(?:[^\"\\]|\\.)*"), re.VERBOSE | re.DOTALL)
_QUOTED = re.compile(
    # A quotation mark that no comma, colon or bracket follows stands in the text: "He said "no" to that".
    _TOKENS.format(double=r"(?:[^\"\\]|\\.|\"(?!\s*(?:[,:}\]]|$)))*"),
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|u[0-9a-fA-F]{4}|\r?\n|.)", re.DOTALL)
_PLAIN_ESCAPES = frozenset('"\\/bfnrt')
_LITERALS = {"true": "true", "false": "false"}
_CALL = re.compile(
    r"\(?\s*+(?:function\s*+\w*+\s*+\(([^)]*)\)|\(([^)]*)\)\s*+=>)\s*+\{(?:[^{}]*;)?\s*+return\s*+(?=[\[{])", re.DOTALL
)
_ARGUMENTS = re.compile(r"\s*+;?\s*+\}\s*+\)?\s*+\(")
_PARSED = re.compile(r"JSON\.parse\(\s*(?:(?:decodeURIComponent|unescape)\(\s*)?(?=[\"'`])")


def parse(text: str) -> Any:
    """Return the value that `text` begins with, None if none can be read; what follows it is ignored. Never raises."""
    if len(text) > LONGEST:
        return None
    start = found.end() if (found := _WRAPPING.match(text)) else 0
    value = _exact(text, start)
    if value is None and "&quot;" in text:
        value = _exact(html.unescape(text), start)
    if value is None and len(text) - start <= _LONGEST_LENIENT:
        value = _call(text, start) or _lenient(text, start, _STRICT) or _lenient(text, start, _QUOTED)
    return value


def assigned(text: str, start: int) -> Any:
    """Return the value of the expression at `start`: a literal, `JSON.parse("…")`, a function that gives a literal."""
    found = _PARSED.match(text, start)
    if found is None:
        return parse(text[start : start + LONGEST])
    token = _STRICT.match(text, found.end())
    if token is None or token.lastgroup not in ("double", "single"):
        return None
    inner = _string(token[0])
    return parse(unquote(inner) if "decodeURI" in found[0] or "unescape" in found[0] else inner)


def _exact(text: str, start: int) -> Any:
    while start < len(text) and text[start].isspace():
        start += 1
    try:
        return _DECODER.raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def _lenient(text: str, start: int, tokens: re.Pattern[str], names: Mapping[str, str] | None = None) -> Any:
    read = list(_tokens(text, start, tokens))
    return _loads(read, names or {})


def _call(text: str, start: int) -> Any:
    """Return what a function, called where it stands, returns: `(function(a,b){return {x:a}}(1,"y"))`."""
    found = _CALL.match(text, start)
    if found is None:
        return None
    body = list(_tokens(text, found.end(), _STRICT))
    end = body[-1].end() if body else found.end()
    values: list[Any] = []
    if given := _ARGUMENTS.match(text, end):
        read = _lenient(f"[{text[given.end() :].rstrip(') ;' + chr(10))}]", 0, _STRICT)
        values = read if isinstance(read, list) else []
    parameters = [name.strip() for name in (found[1] or found[2] or "").split(",")]
    names = {name: json.dumps(value) for name, value in zip(parameters, values, strict=False)}
    return _loads(body, names)


def _tokens(text: str, start: int, tokens: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the tokens of one value, blanks left out; ends early where the text is no literal."""
    depth, at = 0, start
    while token := tokens.match(text, at):
        at = token.end()
        if token["blank"] is not None:
            continue
        yield token
        if token["mark"]:
            depth += (token[0] in "{[") - (token[0] in "}]")
        if depth <= 0 or depth > _DEEPEST:
            return


def _loads(tokens: list[re.Match[str]], names: Mapping[str, str]) -> Any:
    try:
        return json.loads("".join(_written(tokens, names)), strict=False)
    except (ValueError, RecursionError):
        return None


def _written(tokens: list[re.Match[str]], names: Mapping[str, str]) -> Iterator[str]:
    """Yield the JSON of a literal's tokens."""
    for index, token in enumerate(tokens):
        text, kind = token[0], token.lastgroup
        following = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        is_key = following == ":" and index > 0 and tokens[index - 1][0] in "{,"
        if kind in ("double", "single"):
            yield json.dumps(_string(text))
        elif is_key:
            yield json.dumps(text)
        elif text == ",":
            yield "" if following in ("}", "]", ",") or tokens[index - 1][0] in ("[", "{") else ","
        elif kind == "mark":
            yield text
        elif kind == "number":
            yield _number(token["number"])
        elif kind == "truth":
            yield "true" if text.endswith("0") else "false"
        elif token["made"]:
            argument = token["argument"]
            yield (
                "[]"
                if text.startswith("Array")
                else json.dumps(_string(argument) if argument[:1] in "\"'" else argument)
            )
        else:
            yield _LITERALS.get(text) or names.get(text, "null")


def _number(text: str) -> str:
    try:
        return (
            str(int(text, 16)) if "x" in text.lower() else json.dumps(int(text)) if text.isdigit() else str(float(text))
        )
    except (ValueError, OverflowError):
        return "null"


def _string(quoted: str) -> str:
    """Return the text that a literal in any quotes stands for."""
    return _ESCAPE.sub(_unescaped, quoted[1:-1]) if "\\" in quoted else quoted[1:-1]


def _unescaped(found: re.Match[str]) -> str:
    escape = found[1]
    code = found[2] or found[3] or (escape[1:] if escape[0] == "u" and len(escape) == 5 else "")
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    if escape in _PLAIN_ESCAPES:
        return str(json.loads(f'"\\{escape}"'))
    return "" if escape.endswith("\n") else escape
