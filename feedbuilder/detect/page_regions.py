"""Where on the page a list stands: in navigation, in an aside, in what the page itself calls its main part.

Owns the tables of words that page builders call such places by. They are hints, no more: words are in one language.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from feedbuilder.detect.outline import Element
from feedbuilder.parse.boilerplate import text_key

_T = TypeVar("_T")
_NAVIGATION = frozenset(("nav", "header", "footer", "menu", "form"))
_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "menu", "menubar"))
_ASIDE_WORDS = re.compile(
    r"""(?:^|[-_\s])(?:nav(?:bar|igation)?|(?:main|sub|top|site)?menus?|footer|foot|sidebars?|side|aside|breadcrumbs?
    |related|recommend(?:ed|ation)?s?|popular|most[-_]?(?:read|viewed|popular)|trending|tag[-_]?cloud|tagcloud|tags
    |categories|pagination|pager|paging|share|social|comments?|widgets?|sponsor(?:ed)?|promo(?:ted)?|advert\w*|ads?
    |partners?|languages?|lang|cookie|newsletter|login|search|toolbar|toc|rank(?:ing)?s?|hot|blogroll|links
    |friend[-_]?links?|copyright|banner|ticker)(?:$|[-_\s\d])""",
    re.IGNORECASE | re.VERBOSE,
)
_ASIDE_TITLES = re.compile(
    r"""(?:the\s)?(?:most|more|top)\s(?:read|viewed|popular|shared|commented|watched|trending)(?:\s\w+)?
    |(?:popular|trending|related|recommended|sponsored|promoted|similar|suggested)(?:\s[\w\s]{1,16})?
    |editor'?s?'?\s(?:picks?|choice)|you\s(?:may|might)\s(?:also\s)?like.*|from\s(?:our|the)\s(?:partners?|web)|partner\scontent
    |advertisements?|meistgelesen\w*|am\smeisten\sgelesen|beliebt\w*(?:\s\w+)?|empfehlungen|anzeigen?|auch\sinteressant
    |(?:les\s)?(?:articles\s)?(?:les\s)?plus\s(?:lus?|populaires|vus?)|à\slire\saussi|lo\smás\s(?:leído|visto)|más\sleíd[oa]s
    |(?:as\s)?mais\slid[ao]s|(?:i\s)?più\slett[ie]|leggi\sanche|meest\sgelezen|mest\slä?e?st[ea]?|najczęściej\sczytane
    |popularne|популярн\w+|самое\sчитаемое|читайте\sтакже|الأكثر\sقراءة|热门(?:文章|新闻|阅读|排行)?|\w{0,4}排行榜?|推荐(?:阅读|文章|新闻)|相关(?:阅读|文章|新闻)|人気\w*|ランキング|おすすめ\w*
    |많이\s본\s\w+|인기\w*""",
    re.IGNORECASE | re.VERBOSE,
)
"""What headings over other lists say, from end to end."""
_LONGEST_TITLE = 40
_TITLE_OVER = "title over"
_LIST_WORDS = re.compile(
    r"(?:^|[-_\s])(?:main|content|articles?|posts?|entr(?:y|ies)|news|archives?|blog|stor(?:y|ies)|stream|latest"
    r"|listing|results?|hentry|hfeed|feed)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_WHOLE = 0.85
"""What holds so much of the page's words is no part of it: a name that it bears says nothing."""
_HIGHEST = 60
"""Ancestors that are asked; hostile pages are thousands deep."""


@lru_cache(maxsize=8192)
def _is_aside_word(name: str) -> bool:
    return _ASIDE_WORDS.search(name) is not None


@lru_cache(maxsize=8192)
def _is_list_word(name: str) -> bool:
    return _LIST_WORDS.search(name) is not None


def _above(start: Element) -> tuple[Element, ...]:
    """Return `start` and the ancestors that are parts of the page rather than all of it."""
    found: list[Element] = []
    for up in start.up():
        if up.tag in ("body", "html") or len(found) == _HIGHEST or up.share > _WHOLE:
            break
        found.append(up)
    return tuple(found)


def _remembered(ask: Callable[[Element], _T]) -> Callable[[Element], _T]:
    """Return `ask`, which asks each element once: one element begins records of many groups of links."""

    @wraps(ask)
    def answer(start: Element) -> _T:
        if ask.__name__ not in start.notes:
            start.notes[ask.__name__] = ask(start)
        found: _T = start.notes[ask.__name__]
        return found

    return answer


@_remembered
def in_navigation(start: Element) -> bool:
    """Return whether the page marks the place as navigation, header or footer, by element or by role.

    Not a header within an article, nor the form that some systems put around everything.
    """
    for up in _above(start):
        if up.tag in ("article", "main"):
            return False
        if up.tag in _NAVIGATION or (up.attributes.get("role") or "").lower() in _ROLES:
            return True
    return False


@_remembered
def in_aside(start: Element) -> bool:
    """Return whether the place is an `<aside>` or has that role."""
    return any(up.tag == "aside" or up.attributes.get("role") == "complementary" for up in _above(start))


@_remembered
def in_main(start: Element) -> bool:
    """Return whether the place is the page's `<main>`, or an `<article>`."""
    return in_main_part(start) or any(up.tag == "article" for up in start.up())


@_remembered
def in_main_part(start: Element) -> bool:
    """Return whether the place is the page's `<main>`."""
    return any(up.tag == "main" or up.attributes.get("role") == "main" for up in start.up())


@_remembered
def aside_name(start: Element) -> str | None:
    """Return what says of a place around "not the list": a class or id such as "sidebar", a heading; None without."""
    above = _above(start)
    name = next((name for up in above for name in _names(up) if _is_aside_word(name)), None)
    return name or next((title for up in above if (title := _title_over(up))), None)


def _title_over(element: Element) -> str | None:
    """Return the heading that stands over `element` and its siblings if it says "Most read" or the like."""
    passed: list[Element] = []
    found: str | None = None
    at: Element | None = element
    while at is not None:
        if _TITLE_OVER in at.notes:
            found = at.notes[_TITLE_OVER]
            break
        passed.append(at)
        at = at.before
        if at is not None and _is_heading(at):
            found = at.text if _ASIDE_TITLES.fullmatch(text_key(at.text)) else None
            break
    for one in passed:
        one.notes[_TITLE_OVER] = found
    return found


def _is_heading(element: Element) -> bool:
    """Return whether `element` is a heading and nothing else; one with a link may be an item's."""
    if not element.headed or len(element.text) > _LONGEST_TITLE:
        return False
    return all(one.tag != "a" for one in element.down())


@_remembered
def list_name(start: Element) -> str | None:
    """Return the name of a place around that says "the list": a class or id such as "latest-news"; None without."""
    return next((name for up in _above(start) for name in _names(up) if _is_list_word(name)), None)


def _names(element: Element) -> tuple[str, ...]:
    name = element.attributes.get("id")
    return (*element.classes, name) if name else element.classes
