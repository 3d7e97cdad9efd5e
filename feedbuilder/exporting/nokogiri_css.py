"""Selectors of a source -> CSS as Nokogiri reads it, which html2rss is built on.

It makes XPath of CSS, and of some CSS another than browsers mean: it says nothing of what it leaves aside. So all is
taken apart here, and only that is written which means the same there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NAME = r"(?:[\w-]|\\[^\n]){1,200}"
_PIECE = re.compile(
    r"(?P<relation>\s{0,20}[>+~,]\s{0,20}|\s{1,20})"
    rf"|(?P<tag>{_NAME}|\*)"
    rf"|(?P<mark>[.#]{_NAME})"
    rf"|\[\s{{0,20}}(?P<attribute>[\w-]{{1,200}})\s{{0,20}}(?:(?P<how>[~|^$*!]?=)\s{{0,20}}"
    rf"""(?P<value>"[^"\\\n]{{0,500}}"|'[^'\\\n]{{0,500}}'|[\w-]{{1,200}})\s{{0,20}})?\]"""
    r"|:(?P<pseudo>[a-z-]{1,40})(?P<opens>\()?"
)
_QUOTED = re.compile(r"""\s{0,20}("[^"\\\n]{0,500}"|'[^'\\\n]{0,500}')\s{0,20}""")
_NTH = re.compile(r"even|odd|[1-9]\d{0,3}|-?\d{1,4}n|-?\d{0,4}n\+\d{1,4}|\d{1,4}n-\d{1,4}")
"""The forms that it takes; of another one it would read a part."""
_PLAIN = frozenset({"first-child", "last-child", "only-child", "empty", "root"})
_OF_TYPE = frozenset({"first-of-type", "last-of-type", "only-of-type"})
_COUNTING = frozenset({"nth-child", "nth-last-child"})
_COUNTING_OF_TYPE = frozenset({"nth-of-type", "nth-last-of-type"})
_CONTAINS = frozenset({"contains", "-soup-contains"})


class _UnsayableError(Exception):
    """A part has no like there."""


@dataclass(slots=True)
class _Compound:
    """What is said of one element."""

    tag: str = ""
    place: str = ""
    """Which of its type: there it counts what all that stands before it selects, so that it stands first."""
    rest: list[str] = field(default_factory=list)

    def written(self) -> str:
        if self.place and self.tag in ("", "*"):
            raise _UnsayableError  # without a type it counts elements of all types
        return f"{self.tag}{self.place}{''.join(self.rest)}"


def of_css(css: str) -> str | None:
    """Return a CSS selector for Nokogiri, None for one that has no like there."""
    try:
        return ", ".join(_complex(one) for one in _list(css))
    except _UnsayableError:
        return None


def _list(css: str) -> list[list[_Compound | str]]:
    """Return the selectors of a list, each as what is said of its elements, and how these stand to each other."""
    at, found = 0, [_Compound()]
    all_of_them: list[list[_Compound | str]] = [[found[0]]]
    css = css.strip()
    while at < len(css):
        piece = _PIECE.match(css, at)
        if piece is None:
            raise _UnsayableError
        at = piece.end()
        one = found[-1]
        if relation := piece["relation"]:
            found.append(_Compound())
            if "," in relation:
                all_of_them.append([found[-1]])
            else:
                all_of_them[-1] += [relation.strip() or " ", found[-1]]
        elif tag := piece["tag"]:
            one.tag = tag.lower()
        elif mark := piece["mark"]:
            one.rest.append(mark)
        elif piece["attribute"]:
            one.rest.append(_attribute(piece))
        else:
            name, argument = piece["pseudo"], None
            if piece["opens"]:
                end = _closing(css, at)
                argument, at = css[at:end], end + 1
            _add(one, name, argument)
    return all_of_them


def _complex(parts: list[_Compound | str]) -> str:
    written = []
    for part in parts:
        if isinstance(part, str):
            written.append(part if part == " " else f" {part} ")
        else:
            said = part.written()
            # Nothing at all may stand in front of what begins with a relation: ":has(> a)".
            if not said and (part is not parts[0] or len(parts) == 1):
                raise _UnsayableError
            written.append(said)
    return "".join(written).lstrip()


def _attribute(piece: re.Match[str]) -> str:
    name, how, value = piece["attribute"].lower(), piece["how"], piece["value"]
    if how is None:
        return f"[{name}]"
    quoted = value if value[0] in "\"'" else f'"{value}"'
    # There, what lacks the attribute is not another one.
    return f":not([{name}={quoted}])" if how == "!=" else f"[{name}{how}{quoted}]"


def _closing(css: str, at: int) -> int:
    """Return where the bracket closes that stands before `at`."""
    depth, quote = 1, ""
    for place in range(at, len(css)):
        sign = css[place]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        else:
            depth += (sign == "(") - (sign == ")")
            if not depth:
                return place
    raise _UnsayableError


def _add(one: _Compound, name: str, argument: str | None) -> None:
    """Add a pseudo-class to what is said of an element. Raises _UnsayableError."""
    if argument is None:
        if name in _OF_TYPE and not one.place:
            one.place = f":{name}"
        elif name in _PLAIN:
            one.rest.append(f":{name}")
        else:
            raise _UnsayableError
    elif name in _COUNTING | _COUNTING_OF_TYPE:
        counted = "".join(argument.lower().split())
        if not _NTH.fullmatch(counted) or (name in _COUNTING_OF_TYPE and one.place):
            raise _UnsayableError
        if name in _COUNTING_OF_TYPE:
            one.place = f":{name}({counted})"
        else:
            one.rest.append(f":{name}({counted})")
    elif name in _CONTAINS:
        quoted = _QUOTED.fullmatch(argument)
        if quoted is None:
            raise _UnsayableError
        one.rest.append(f":contains({quoted[1]})")
    elif name == "not":
        one.rest += [f":not({said})" for said in map(_negated, _list(argument))]
    elif name == "has":
        within = _list(argument)
        if len(within) > 1:  # it would heed the first one alone
            raise _UnsayableError
        one.rest.append(f":has({_complex(within[0])})")
    else:
        raise _UnsayableError


def _negated(parts: list[_Compound | str]) -> str:
    """Return what stands in a `:not`: a name, or what else is said of one; of both it would heed the name alone."""
    [one] = parts if len(parts) == 1 else [None]
    if not isinstance(one, _Compound) or one.place or (one.tag and one.rest):
        raise _UnsayableError
    return _complex(parts)
