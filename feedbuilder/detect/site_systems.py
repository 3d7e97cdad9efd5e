"""Which system made a page, by what the page says of it, and where that system puts its feeds and lists. Pure.

Owns the table. Each row is a sentence: "a page with this mark was made by that system, which has its feed there". No
row knows a host; where a page says nothing, nothing is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from feedbuilder.parse.links import absolute


@dataclass(frozen=True, slots=True)
class SiteSystem:
    """A system that makes pages."""

    name: str
    generator: str | None = None
    """A regular expression for what `<meta name="generator">` says."""
    mark: str | None = None
    """CSS of what its pages have besides."""
    feeds: tuple[str, ...] = ()
    """Where its feeds are: in the section and at the top of the site; behind a "+", the page's own address goes on."""
    lists: tuple[str, ...] = ()
    """Where it has lists of articles in JSON, at the address that `mark` links to, if it links, else at the top."""


SYSTEMS: tuple[SiteSystem, ...] = (
    SiteSystem(
        "WordPress",
        r"wordpress",
        'link[rel~="https://api.w.org/" i][href]',
        ("feed/", "?feed=rss2"),
        ("wp/v2/posts?per_page=50",),
    ),
    SiteSystem("Ghost", r"ghost", None, ("rss/",)),
    SiteSystem("Drupal", r"drupal", 'script[data-drupal-selector="drupal-settings-json"]', ("rss.xml", "feed")),
    SiteSystem("Joomla", r"joomla", None, ("?format=feed&type=rss",)),
    SiteSystem("Blogger", r"blogger", None, ("feeds/posts/default",)),
    SiteSystem("Hugo", r"hugo", None, ("index.xml", "rss.xml")),
    SiteSystem("Jekyll", r"jekyll|octopress", None, ("feed.xml", "atom.xml", "rss.xml")),
    SiteSystem(
        "Hexo, Pelican, Zola or Nikola",
        r"hexo|pelican|zola|nikola",
        None,
        ("atom.xml", "feeds/all.atom.xml", "rss.xml", "feed.xml"),
    ),
    SiteSystem(
        "Astro, Gatsby, Eleventy or Next",
        r"astro|gatsby|eleventy|next",
        None,
        ("rss.xml", "feed.xml", "feed.json"),
    ),
    SiteSystem("Wix", r"wix\.com", None, ("blog-feed.xml",)),
    SiteSystem("Webflow", r"webflow", "html[data-wf-site]", ("rss.xml",)),
    SiteSystem("Squarespace", None, "link[href*='squarespace-cdn' i], body[id^=collection-]", ("+?format=rss",)),
    SiteSystem("Substack", None, "meta[property='og:image'][content*='substackcdn' i], a.pencraft", ("feed",)),
    SiteSystem("Medium", None, "meta[property='al:ios:app_name' i][content=Medium i]", ("feed",)),
    SiteSystem("Discourse", r"discourse", "#data-discourse-setup", ("latest.rss", "+.rss"), ("latest.json",)),
    SiteSystem("phpBB", r"phpbb", "body#phpbb", ("feed.php", "app.php/feed")),
    SiteSystem("Flarum", None, "#flarum-content, script#flarum-json-payload", ("atom",)),
    SiteSystem("MyBB", None, "script[src*='jscripts/general.js']", ("syndication.php",)),
    SiteSystem("Mastodon", None, "#mastodon, script#initial-state", ("+.rss",)),
    SiteSystem("YouTube", None, "link[itemprop=url][href*='/channel/'], meta[itemprop=channelId][content]"),
    SiteSystem(
        "MediaWiki", r"mediawiki", None, ("api.php?action=feedrecentchanges", "w/api.php?action=feedrecentchanges")
    ),
    SiteSystem("GitHub", None, "meta[name='octolytics-url' i], meta[name=hovercard-subject-tag]", ("+.atom",)),
    SiteSystem("GitLab", None, "meta[property='og:site_name' i][content=GitLab i]", ("+?format=atom",)),
    SiteSystem(
        "Gitea or Forgejo",
        None,
        "meta[name=keywords i][content*=gitea i], meta[name=keywords i][content*=forgejo i]",
        ("+.rss",),
    ),
)
_CHANNEL = re.compile(r"UC[\w-]{22}")


@dataclass(frozen=True, slots=True)
class SystemPlace:
    """An address at which the system that made a page has its feed, or its list in JSON."""

    url: str
    system: str
    is_json: bool = False


def system_places(tree: LexborHTMLParser, url: str) -> Iterator[SystemPlace]:
    """Yield where the systems that made the page at `url` put its feeds, then its lists; the section's own first."""
    meta = tree.css_first("meta[name=generator i]")
    generator = ((meta.attributes.get("content") or "") if meta else "")[:500]
    made_by = [one for one in SYSTEMS if _made(one, tree, generator)]
    for system in made_by:
        yield from (SystemPlace(place, system.name) for place in _feeds(system, tree, url))
    for system in made_by:
        root = root_of(url)
        mark = tree.css_first(system.mark) if system.mark else None
        href = (mark.attributes.get("href") or "") if mark else ""
        base = (absolute(url, href) if href else None) or root
        for place in system.lists:
            # An index that goes by a parameter takes no path: /?rest_route=/wp/v2/posts
            address = f"{base}{place.replace('?', '&')}" if "?" in base else f"{base.rstrip('/')}/{place}"
            yield SystemPlace(address, system.name, is_json=True)


def _made(system: SiteSystem, tree: LexborHTMLParser, generator: str) -> bool:
    if system.generator and re.search(system.generator, generator, re.IGNORECASE):
        return True
    return system.mark is not None and tree.css_first(system.mark) is not None


def _feeds(system: SiteSystem, tree: LexborHTMLParser, url: str) -> Iterator[str]:
    page = url.partition("#")[0].partition("?")[0].rstrip("/")
    has_path = len(page) > len(root_of(url).rstrip("/"))
    for place in system.feeds:
        if place.startswith("+"):
            if has_path:
                yield page + place[1:]
        else:
            yield from dict.fromkeys((folder_of(url) + place, root_of(url) + place))
    if system.name == "YouTube":
        for node in tree.css(system.mark or ""):
            found = _CHANNEL.search(node.attributes.get("href") or node.attributes.get("content") or "")
            if found:
                yield f"{root_of(url)}feeds/videos.xml?channel_id={found[0]}"
                return


def root_of(url: str) -> str:
    """Return the address of the site of `url`, with a slash at its end."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def folder_of(url: str) -> str:
    """Return the address of the section that the page at `url` is: with a slash at its end, without a file name."""
    path = urlsplit(url).path or "/"
    last = path.rpartition("/")[2]
    path = path.removesuffix(last) if "." in last else path if path.endswith("/") else f"{path}/"
    return root_of(url).rstrip("/") + path
