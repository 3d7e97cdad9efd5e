"""Proposed names for a new source: an id from its address, a title and a tag from what the page calls itself. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from itertools import count
from urllib.parse import parse_qsl, unquote, urlsplit

from feedbuilder.feeds import slugify
from feedbuilder.model.wording import tag_key
from feedbuilder.parse.about import About

LONGEST_ID = 63
_WORDS = re.compile(r"[^\W\d_]{3,20}(?:[-_ ][^\W\d_]{2,20}){0,3}")
_COMMON_NAMES = """
    home, homepage, start, welcome, blog, the blog, our blog, news, the news, latest, latest news, all news,
    newest, recent, recent news, news & events, news and events, newsroom, press, press releases, media,
    updates, articles, all articles, posts, all posts, recent posts, latest posts, stories, archive, archives,
    journal, index, overview, category, tag, search results, page not found, untitled, untitled document,
    document, startseite, aktuelles, aktuell, nachrichten, neuigkeiten, meldungen, presse, pressemitteilungen,
    beiträge, artikel, archiv, accueil, actualités, actualité, actus, communiqués, inicio, noticias, actualidad,
    comunicados, entradas, início, notícias, novidades, home page, notizie, ultime notizie, comunicati,
    articoli, nieuws, laatste nieuws, nyheter, nyheder, siste nytt, uutiset, aktualności, wiadomości, aktuality,
    novinky, zprávy, hírek, știri, haberler, новости, новини, главная, ειδήσεις, νέα, الأخبار, أخبار, خبرها,
    اخبار, חדשות, समाचार, ニュース, お知らせ, 最新ニュース, 新闻, 最新消息, 消息, 新聞, 뉴스, 공지사항, tin tức,
    berita
"""
_COMMON = frozenset(name.strip() for name in _COMMON_NAMES.replace("\n", " ").split(","))
"""What pages of any site are called."""
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "go", "gouv", "net", "ne", "or", "org"})
"""Labels that stand between a name and its country: example.co.uk, example.com.br."""
_SAYS_NOTHING = re.compile(r"(?:index|default|home|all|list|page|p|tags?|category|categories|archives?|section|\d+)")


def suggest_id(url: str, taken: Collection[str]) -> str:
    """Return an id for the page at `url` that is not among `taken`: "example-world-news"."""
    path = _path(url)
    telling = [part for part in path if not _SAYS_NOTHING.fullmatch(part.lower())]
    host = urlsplit(url).hostname or ""
    name = slugify(" ".join(part for part in (_site(host), *(telling or path)[-1:]) if part))
    name = name[:LONGEST_ID].strip("-")
    number, free = 2, name
    while free in taken:
        free = f"{name[: LONGEST_ID - 4].rstrip('-')}-{number}"
        number += 1
    return free


def suggest_title(page_says: About, url: str, taken: Collection[str] = ()) -> str:
    """Return what people may call the page, which is its tag too: none of `taken`, for each tag is a feed of its own.

    That is what the page calls itself, if it is its own: sites have one title for all their sections, and pages of many
    sites are called "Blog". Else the section that its address names, else a common name with that of the site.
    """
    used = set(map(tag_key, taken))
    section = _section(url)
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    site = page_says.site or host
    names = [name for name in page_says.names or (page_says.title,) if name]
    own = [name for name in (*names, *section) if not _is_common(name) and tag_key(name) not in used]
    # Of a slogan and a heading, the one that the address knows is the section's.
    known = [name for name in own[: len(names)] if section and _words(name) & _words(section[0])]
    common = [f"{site}: {name}" for name in (*names, *section)]
    free = (name for name in (*known, *own, *common, site, host) if tag_key(name) not in used)
    return next(free, None) or _numbered(site, used)


def _numbered(name: str, used: Collection[str]) -> str:
    return next(f"{name} {number}" for number in count(2) if tag_key(f"{name} {number}") not in used)


def _path(url: str) -> list[str]:
    return [re.sub(r"\.[a-z]{2,5}$", "", unquote(part)) for part in urlsplit(url).path.split("/") if part]


def _section(url: str) -> list[str]:
    """Return what the address calls the section, as words, and the same with what stands around it."""
    values = [value for _, value in parse_qsl(urlsplit(url).query) if _WORDS.fullmatch(value)]
    telling = [part for part in (*_path(url), *values) if not _SAYS_NOTHING.fullmatch(part.lower())]
    named = [part for part in telling if re.search(r"[^\W\d_]{2}", part)]
    words = [" ".join(part.replace("-", " ").replace("_", " ").split()) for part in named]
    words = [part.title() if part.islower() else part for part in words]
    return [*words[-1:], *([" ".join(words[-2:])] if len(words) > 1 else [])]


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 2}


def _is_common(name: str) -> bool:
    """Return whether pages of many sites are called so."""
    return name.casefold().strip(" .:!") in _COMMON


def _site(host: str) -> str:
    """Return the part of a host by which people know it: "example" of www.news.example.co.uk; "" where it has none."""
    try:
        ip_address(host)
    except ValueError:
        *labels, _country = host.split(".")
        if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
            labels.pop()
        return labels[-1] if labels else ""
    return ""
