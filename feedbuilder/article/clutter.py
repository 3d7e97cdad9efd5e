"""What stands within an article and is no part of it: share bars, lists of other articles, adverts, forms.

Owns the table of names that sites give such parts. Works on the parsed body; texts are judged by `clutter_phrases`.
"""

from __future__ import annotations

import re

from bs4.element import Tag

from feedbuilder.article.absolute_links import Addresses, attribute
from feedbuilder.article.clutter_phrases import announces_others, invites, is_advert, leads_to_others, opens_with_others
from feedbuilder.article.fragment import holds, stands_in
from feedbuilder.model.markup import SILENT
from feedbuilder.parse.boilerplate import is_boilerplate

_ADVERTS = (
    "ad|ads|adv|advert|adverts|advertisement|advertisements|advertising|adsense|adsbygoogle|adbox|adslot|adunit|adwrap"
    "|ad-?(?:slot|unit|container|wrapper|banner|placeholder|label)|dfp|gpt|taboola|outbrain|teads|mgid|revcontent|sponsor"
    "|sponsored|sponsorship"
)
_OTHERS = (
    "related|relacionadas?|recirc|recirculation|recommended|recommendations?|recommends"
    "|more-(?:stories|news|from|articles|like)|read-?(?:more|next|also|too)|also-read|see-also|you-may(?:-also)?-like"
    "|most-(?:read|popular|viewed)|popular-(?:posts|news|stories)|trending"
    "|latest-(?:news|posts|stories)|top-stories|further-reading|next-article|prev-next|post-navigation|jp-relatedposts"
)
_BARS = (
    "shares?|sharing|share-?(?:bar|box|buttons?|icons?|links?|tools?)|sharedaddy|sd-sharing|addtoany|addthis|sharethis|a2a"
    "|social-(?:share|sharing|bar|links?|icons?|buttons?|media|follow|list|nav)|socials|follow-?us|newsletters?"
    "|subscribe|subscription|subscriber|signup|sign-up|mailchimp|comments?-?(?:section|list|form|area|box|count)|disqus"
    "|breadcrumbs?|pagination|paywall|regwall|cookie|consent|gdpr|tag-?(?:list|links|cloud)|post-tags|article-tags|entry-tags"
    "|author-(?:box|bio|card|info)|noprint|no-print|print-hide|print-button|skip-link|toolbar|fontsize|font-size"
    "|text-to-speech|tts|audio-player|listen|screen-reader-text|sr-only|visually-?hidden|app-download|whatsapp-channel"
    "|google-news|view-count|views|rating|reactions?|poll|quiz|donate|donation|feedback|widget-area|site-footer|site-header"
)
_NAMED_ADVERT, _NAMED_OTHERS, _NAMED_BAR = (
    re.compile(rf"(?<![a-z\d])(?:{names})(?![a-z\d])") for names in (_ADVERTS, _OTHERS, _BARS)
)
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_APART = re.compile(r"[^A-Za-z\d]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLOCKS = "p div section aside li ul ol blockquote table h2 h3 h4 h5 h6 center".split()  # noqa: SIM905 - reads better
_TITLES = frozenset(("h2", "h3", "h4", "h5", "h6", "p", "div"))
_LOOSE = frozenset(("p", "div", "li", "section", "center"))
_LISTS = frozenset(("p", "div", "section", "aside", "ul", "ol", "article", "a", "figure", "h2", "h3", "h4", "h5", "h6"))
_LONGEST_BAR = 600
"""Characters: what is longer is text, even in a block called "paywall", even if hidden."""
_SHORTEST_TITLE = 20
_CONTENT = frozenset(("img", "table", "pre", "blockquote", "figure"))
_WHOLES = frozenset(("figure", "blockquote", "table"))
_LINKS = frozenset(("a",))


def remove_clutter(root: Tag, addresses: Addresses) -> None:
    """Remove from `root` what is no part of the article. What holds most of its text is, whatever it is called."""
    whole = len(root.get_text())
    for form in root.find_all(["form", "fieldset", "label"]):
        if not form.decomposed and _is_bulk(form, whole):
            form.unwrap()
    for element in root.find_all(True):
        if not element.decomposed and _is_clutter(element) and not _is_bulk(element, whole):
            element.decompose()
    for element in root.find_all(SILENT):
        if not element.decomposed:
            element.decompose()
    for block in root.find_all(_BLOCKS):
        if not block.decomposed:
            _judge_by_text(block)
    for several in root.find_all(["ul", "ol"]):
        if not several.decomposed and _lists_others(several, addresses):
            several.decompose()


def _is_bulk(element: Tag, whole: int) -> bool:
    return len(element.get_text()) * 5 > whole * 2


def _is_clutter(element: Tag) -> bool:
    """Return whether `element` is clutter by its kind, its name, or because nobody is to see it."""
    if element.name in {"nav", "form", "dialog", "menu"}:
        return True
    if element.has_attr("hidden") or _HIDDEN.search(attribute(element, "style")):
        # Whole texts are hidden until a script shows them.
        return len(element.get_text()) <= _LONGEST_BAR
    if element.name in {"img", "a", "p", "em", "strong", "b", "i", "time", "source"}:
        # Names of single pictures and paragraphs say how they look; only adverts say so of them too.
        return element.name == "a" and bool(_NAMED_BAR.search(_names(element)))
    if element.name in {"aside", "footer"} and _is_links(element):
        return True
    names = _names(element)
    if not names:
        return False
    if _NAMED_ADVERT.search(names):
        return True
    if element.name in {"figure", "figcaption", "blockquote", "table", "pre"}:
        return False
    if _NAMED_OTHERS.search(names):
        return holds(element, _LINKS) or len(element.get_text(strip=True)) < 40
    if holds(element, _WHOLES) or len(element.get_text()) > _LONGEST_BAR:
        return False
    return bool(_NAMED_BAR.search(names))


def _names(element: Tag) -> str:
    """Return class and id of `element` in words: "ArticleShareBar" is "article-share-bar"."""
    classes = " ".join((attribute(element, "class"), attribute(element, "id"), attribute(element, "data-component")))
    return " ".join("-".join(_APART.split(_CAMEL.sub("-", name))).lower() for name in classes.split())


def _judge_by_text(block: Tag) -> None:
    """Remove `block` if its words say that it is no part of the text, and the lists of others that it announces."""
    text = " ".join(block.get_text(" ").split())
    if not text or (holds(block, _CONTENT) and not _is_links(block)):
        return
    if block.name in _TITLES and announces_others(text):
        _remove_announced(block)
    elif (
        is_advert(text)
        or (opens_with_others(text) and _is_links(block, but=60))
        or (leads_to_others(text) and _is_links(block, but=20))
        or (block.name in _LOOSE and is_boilerplate(text) and not any(character.isdigit() for character in text))
        or (block.name in _LOOSE and holds(block, _LINKS) and invites(text))
    ):
        block.decompose()


def _lists_others(several: Tag, addresses: Addresses) -> bool:
    """Return whether `several` is a list of other articles: of nothing but links within the site, as long as titles."""
    items = several.find_all("li", recursive=False)
    links = several.find_all("a")
    return (
        len(items) > 1
        and all(_is_links(item) for item in items)
        and all(addresses.is_ours(attribute(link, "href")) for link in links)
        and len(several.get_text()) > _SHORTEST_TITLE * len(items)
    )


def _remove_announced(title: Tag) -> None:
    """Remove `title` and the blocks after it, as long as they hold nothing but links."""
    following = title.find_next_sibling()
    while following is not None and following.name in _LISTS and _is_links(following):
        gone, following = following, following.find_next_sibling()
        gone.decompose()
    title.decompose()


def _is_links(element: Tag, but: int = 0) -> bool:
    """Return whether all text of `element` stands in links, `but` so many characters; without a link it does not."""
    links = [element] if element.name == "a" else element.find_all("a")
    linked = sum(len("".join(link.get_text().split())) for link in links if not stands_in(link, _LINKS))
    return linked > 0 and len("".join(element.get_text().split())) - linked <= but
