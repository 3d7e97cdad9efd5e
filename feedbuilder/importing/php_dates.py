"""Formats of dates as PHP writes them (`DateTime::createFromFormat`) -> as strptime does."""

from __future__ import annotations

_SIGNS = {
    "d": "%d",
    "j": "%d",
    "m": "%m",
    "n": "%m",
    "Y": "%Y",
    "y": "%y",
    "H": "%H",
    "G": "%H",
    "h": "%I",
    "g": "%I",
    "i": "%M",
    "s": "%S",
    "A": "%p",
    "a": "%p",
    "D": "%a",
    "l": "%A",
    "M": "%b",
    "F": "%B",
    "P": "%z",
    "O": "%z",
    "e": "%Z",
    "T": "%Z",
    "u": "%f",
    "%": "%%",
}
_IGNORED = frozenset("!|+")


def strptime_format(php: str) -> str | None:
    """Return `php` in the signs of strptime; None where it has a sign that those have not."""
    made: list[str] = []
    signs = iter(php)
    for sign in signs:
        if sign == "\\":
            made.append(next(signs, ""))
        elif sign in _SIGNS:
            made.append(_SIGNS[sign])
        elif sign.isalpha() or sign in "?*":
            return None
        elif sign not in _IGNORED:
            made.append(sign)
    return "".join(made)


_PHP = {strptime: php for php, strptime in reversed(_SIGNS.items())}
"""Of several signs of PHP for one of strptime, the first above."""


def php_format(written: str) -> str | None:
    """Return a format of strptime in the signs of PHP; None where it has a sign that those have not."""
    made: list[str] = []
    signs = iter(written)
    for sign in signs:
        if sign == "%":
            both = "%" + next(signs, "")
            if both not in _PHP:
                return None
            made.append(_PHP[both])
        else:
            made.append(f"\\{sign}" if sign.isalpha() else sign)
    return "".join(made)
