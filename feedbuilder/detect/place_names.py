"""The words by which builders and editors call the places of a page: navigation, asides, adverts, lists of articles.

One table for everything in detection that asks about such names; adding a word is adding it here. They are hints and no
more: classes and ids are mostly English, headings are in any language.
"""

from __future__ import annotations

import re
from functools import lru_cache

_NAVIGATION = (
    r"nav(?:bar|igation)?|(?:main|sub|top|site|mega|drop-?down)?menus?|footer|foot|breadcrumbs?|pagination|pager|paging|languages?|lang"
    r"|login|search|toolbar|toc|links|copyright|cookie|banner|categories|tags|tag[-_]?cloud|tagcloud"
)
_OTHER_LISTS = (
    r"side[-_]?(?:bars?|col(?:umns?)?|panels?)|aside|related|recommend(?:ed|ation)?s?|popular|most[-_]?(?:read|viewed|popular)|trending|widgets?"
    r"|rank(?:ing)?s?|hot|blogroll|friend[-_]?links?|partners?|share|social|comments?|newsletter"
)
_ADVERTS = r"sponsor(?:ed)?|promo(?:ted|tion)?|advert\w*|ads?|paid|anzeigen?|werbung|publicit[eé]|publi|reklam[ae]?"
_LISTS = (
    r"main|content|articles?|posts?|entr(?:y|ies)|news|archives?|blog|stor(?:y|ies)|stream|latest|listing|results?"
    r"|hentry|hfeed|feed"
)
_MENUS = r"nav(?:bar|igation)?|(?:main|sub|top|site|mega|drop-?down)?menus?"
_LAYOUT = re.compile(
    r"(?:^|[-_])(?:has|no|with|without)[-_]"
    r"|^(?:is|js|category|cat|tag(?![-_]?(?:cloud|list))|topic|format|status|author|term)[-_]",
    re.IGNORECASE,
)
"""In names that say what an entry is about, or how a page is laid out: "tag-social", "no-sidebar"."""
_MENU = re.compile(rf"(?:^|[-_])(?:{_MENUS})(?:$|[-_\d])", re.IGNORECASE)
_ASIDE = re.compile(rf"^side$|(?:^|[-_])(?:{_NAVIGATION}|{_OTHER_LISTS}|{_ADVERTS})(?:$|[-_\d])", re.IGNORECASE)
_STRANGER = re.compile(rf"(?:^|[-_])(?:videos?|{_ADVERTS})(?:$|[-_])", re.IGNORECASE)
_LIST = re.compile(rf"(?:^|[-_])(?:{_LISTS})(?:$|[-_\d])", re.IGNORECASE)
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


@lru_cache(maxsize=8192)
def names_aside(name: str) -> bool:
    """Return whether a class or id says navigation, another list, or adverts: "main-nav", "most-read"."""
    return _ASIDE.search(name) is not None and _LAYOUT.search(name) is None


@lru_cache(maxsize=8192)
def names_menu(name: str) -> bool:
    """Return whether a class or id says a menu or an entry of one: "main_menu", "nav-item"."""
    return _MENU.search(name) is not None and _LAYOUT.search(name) is None


@lru_cache(maxsize=8192)
def names_list(name: str) -> bool:
    """Return whether a class or id says a list of articles: "latest-news"."""
    return _LIST.search(name) is not None


@lru_cache(maxsize=8192)
def names_stranger(name: str) -> bool:
    """Return whether a class says that a card among articles is none: "video-post", "advertorial"."""
    return _STRANGER.search(name) is not None


def heads_another_list(key: str) -> bool:
    """Return whether a heading says "Most read", "Related" or the like; `key` is its text as `text_key` makes it."""
    return _ASIDE_TITLES.fullmatch(key) is not None
