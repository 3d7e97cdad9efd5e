"""Whether a page calls itself otherwise than the page of a source used to: another section in the same dress.

A site may answer at the address of a section with another one, without a redirect; no selector sees that. Asked only of
pages on which no known story stands. Names change with each story on some sites, and with the day on others: what was
another one when it was asked before says nothing, nor do numbers, months and weekdays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from feedbuilder.model import KnownNames, PageNames, SourceKind
from feedbuilder.parse.dates.folding import fold
from feedbuilder.parse.dates.words import Role, shape_of

ASK_EVERY = timedelta(hours=20)
"""How often a page is asked for its names: often enough to see what changes by the day, and hardly ever for a poll."""
_NAMES = ("heading", "trail", "title")
"""The likeliest to be the page's own first: a title may be that of the whole site."""
_OWN = frozenset({"heading", "trail"})
_PLACES = ("canonical", "shared")
_ALIKE = 0.5
"""Of the words of two names: so many are shared by those of one page. "World news" and "Sports news" share a third."""
_SAME = 1.0
"""The same of two feeds: the feed of a section is called "Town: Sports", and that of the whole site "Town"."""
_CALENDAR = frozenset({Role.MONTH, Role.JALALI_MONTH, Role.WEEKDAY})
_SHORTEST_WORD = 3
_NO_LETTERS = 0x2E80
"""From here on scripts have characters that are words by themselves."""


def how_alike(kind: SourceKind) -> float:
    """Return which share of their words two names of one page, or of one feed, have in common at least."""
    return _SAME if kind is SourceKind.FEED else _ALIKE


def another_page(before: KnownNames | None, now: PageNames, least: float = _ALIKE) -> tuple[str, str] | None:
    """Return how a page used to call itself and how it does now, if that tells that it is another page.

    None where it may well be the same one: a name of its own stays, or nothing can be compared. Names of one page share
    `least` of their words.
    """
    if before is None:
        return None
    steady = _steady(before)
    same = {
        name: alike
        for name in _NAMES
        if (alike := _alike(getattr(steady, name), getattr(now, name), least)) is not None
    }
    places = list(_places(steady, now))
    others = [name for name, alike in same.items() if not alike]
    moved = next((place for place in places if place[0] != place[1]), None)
    if any(same[name] for name in _OWN & same.keys()):
        return None
    if any(same.values()):  # the title, which may be that of all pages
        return _pair(steady, now, others[0]) if others and moved else None
    if others:
        return _pair(steady, now, others[0])
    return moved


def _steady(before: KnownNames) -> PageNames:
    """Return the names of a page without those that change."""
    return replace(before.names, **dict.fromkeys(before.unsteady))


def keeps_its_name(before: KnownNames | None, now: PageNames) -> bool:
    """Return whether a page says that it is the one it was: a steady name of its own stayed, and none is another."""
    if before is None or another_page(before, now) is not None:
        return False
    steady = _steady(before)
    alike = [_alike(getattr(steady, name), getattr(now, name), _ALIKE) for name in _NAMES]
    return True in alike and False not in alike


def keeps_a_name_of_its_own(before: KnownNames | None, now: PageNames, address: str) -> bool:
    """Return whether the page at `address` keeps a name that is not that of its whole site.

    That is its heading, the end of its breadcrumbs, its place, and a title that names the folder in which it stands.
    """
    if before is None or another_page(before, now) is not None:
        return False
    steady = _steady(before)
    if any(_alike(getattr(steady, name), getattr(now, name), _ALIKE) for name in _OWN):
        return True
    if any(was == is_now != "/" for was, is_now in _places(steady, now)):
        return True
    folders = _words(unquote(urlsplit(address).path).replace("/", " ").replace("-", " "))
    return bool(_alike(steady.title, now.title, _ALIKE)) and not folders.isdisjoint(_words(steady.title or ""))


def asked_again(before: KnownNames | None, now: PageNames, moment: datetime, least: float = _ALIKE) -> KnownNames:
    """Return what is known after the page was asked once more; `least` as for `another_page`."""
    if before is None:
        return KnownNames(now, moment)
    unsteady = [name for name in _NAMES if _alike(getattr(before.names, name), getattr(now, name), least) is False]
    unsteady += [name for name in _PLACES if getattr(before.names, name) != getattr(now, name)]
    return KnownNames(now, moment, tuple(unsteady))


def _pair(before: PageNames, now: PageNames, name: str) -> tuple[str, str]:
    return getattr(before, name), getattr(now, name)


def _places(before: PageNames, now: PageNames) -> Iterator[tuple[str, str]]:
    for name in _PLACES:
        was, is_now = getattr(before, name), getattr(now, name)
        if was is not None and is_now is not None:
            yield was, is_now


def _alike(one: str | None, other: str | None, least: float) -> bool | None:
    """Return whether two names may be those of one page; None where one of them says nothing."""
    if one is None or other is None:
        return None
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return None
    return len(mine & theirs) >= least * len(mine | theirs)


def _words(name: str) -> set[str]:
    return {
        token.text
        for token in shape_of(fold(name)).tokens
        if not _CALENDAR & token.roles.keys()
        and any(sign.isalpha() for sign in token.text)
        and (len(token.text) >= _SHORTEST_WORD or ord(token.text[0]) >= _NO_LETTERS)
    }
