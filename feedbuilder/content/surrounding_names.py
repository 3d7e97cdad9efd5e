"""The names that sites give to what is no part of an article: one table for facts and text alike.

Owns the words in classes and ids. Whether a name decides, and what a wrong name may cost, others judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_ADVERTS = (
    "ad|ads|adv|advert|adverts|advertisement|advertisements|advertising|adsense|adsbygoogle|adbox|adslot|adunit|adwrap"
    "|ad-?(?:slot|unit|container|wrapper|banner|placeholder|label)|dfp|gpt|taboola|outbrain|teads|mgid|revcontent|sponsor"
    "|sponsored|sponsorship|affiliates?"
)
_OTHERS = (
    "related|relacionadas?|recirc|recirculation|recommended|recommendations?|recommends|recommender"
    "|more-(?:stories|news|from|articles|like|on)|read-?(?:more|next|also|too)|also-read|see-also|you-may(?:-also)?-like"
    "|most-?(?:read|popular|viewed)|popular(?:-(?:posts|news|stories))?|trending"
    "|latest(?:-(?:news|posts|stories))?|top-stories|further-reading|next-article|prev-next|post-navigation|jp-relatedposts"
    "|promos?|promo-?(?:box|block|teaser|links?)|teaser-?(?:list|box|block|group|grid)"
)
_BARS = (
    "shares?|sharing|share-?(?:bar|box|buttons?|icons?|links?|tools?)|sharedaddy|sd-sharing|addtoany|addthis|sharethis|a2a"
    "|social-(?:share|sharing|bar|links?|icons?|buttons?|media|follow|list|nav)|socials|follow-?us|newsletters?"
    "|subscribe|subscription|subscriber|signup|sign-up|mailchimp|comments?-?(?:section|list|form|area|box|count)|disqus"
    "|breadcrumbs?|pagination|paywall|regwall|cookie|consent|gdpr|tag-?(?:list|links|cloud)|post-tags|article-tags|entry-tags"
    "|author-?(?:box|bio|card|info)|noprint|no-print|print-hide|print-button|skip-link|toolbar|fontsize|font-size"
    "|text-to-speech|tts|audio-player|listen|app-download|whatsapp-channel"
    "|google-news|view-count|views|rating|reactions?|poll|quiz|donate|donation|feedback|widget-area|site-footer|site-header"
    "|(?:writer|author)-?profile|toc|table-?(?:of-)?contents?|modal|popup|overlay|message-?bar|notification-?bar|login|log-in|register|registration"
)
_ASIDES = (
    "sidebar|side-bar|teasers?|nav|navigation|menu|carousel|ticker|masthead|comments?|newsletter\\w*|promo\\w*"
    "|recommend\\w*"
)
_LEADS = (
    "lead|lede|leads|leadtext|leadin|lead-?(?:text|paragraph|in)|standfirst|stand-first|intro|intro-?text|introduction|summary"
    "|excerpt|sub-?titles?|sub-?head|sub-?headings?|sub-?headlines?|sub-?lines?|deck?|dek|abstract|chapo|chapeau|vorspann"
    "|ingress|teasers?|teaser-?text|description|entradilla|bajada|copete|sumario|sottotitolo|sommario|preamble|manchette?"
    "|underrubrik|perex|annotation|strapline|tagline|snippet|synopsis|linha-fina|ozet|spot|zusammenfassung|dropline"
)
_SMALL_PRINT = (
    "bylines?|authors?|autor(?:en|es)?|auteurs?|date|dates|dateline|datum|time|times|timestamp|posted|posted-on|published|pubdate|meta"
    "|post-meta|entry-meta|article-meta|post-info|reading-?time|read-?time|credits?|copyright|copyrights|source|sources|agency"
    "|kicker|overline|eyebrow|categor(?:y|ies)|dachzeile|rubrik"
)
_CAPTIONS = (
    "captions?|caption-?text|wp-caption-text|figcaption|legends?|image-?(?:caption|credit|source|description)"
    "|photo-?(?:caption|credit|source)|bildunterschrift|bu|bildtext|picture-?caption|media-?caption|credits?|copyrights?"
)
_BOXES = (
    "fact-?box(?:es)?|facts?-?panel|fakta-?(?:box|boks|ruta)|fakten-?(?:box|kasten)|info-?(?:box|kasten|kader)|kader"
    "|hintergrund-?kasten|wissens-?box|encadres?|despieces?|recuadros?|box-?out|glossar(?:y|io)?|explainer-?box"
)
_PLAYERS = (
    "video|videos|(?:video|audio|media|podcast|embed)-?(?:player|box|container|wrapper|embed|teaser)|podcasts?|player|gallery"
    "|galleries|slideshows?|slides?|sliders?|swiper|carousels?|image-?gallery|photo-?gallery|bildergalerie|bilderstrecke|fotostrecke|diaporama|galeria|galerie"
)
_CREDITS = "credits?|copyrights?|photographers?|fotograf\\w*|image-?source|photo-?source|bildquelle|quelle"
_UNSEEN = "screen-reader(?:-text)?|sr-only|visually-?hidden|accessibility\\w*|a11y|off-?screen|hidden-text|skip-link"
_BEFORE, _AFTER = r"(?<![a-z\d])(?<!no-)(?<!non-)(?<!not-)(?<!has-)(?<!with-)(?<!without-)", r"(?![a-z\d])"
_TABLES = {
    name: re.compile(f"{_BEFORE}(?:{words}){_AFTER}")
    for name, words in {
        "advert": _ADVERTS,
        "others": _OTHERS,
        "bar": _BARS,
        "aside": _ASIDES,
        "unseen": _UNSEEN,
        "lead": _LEADS,
        "small print": _SMALL_PRINT,
        "caption": _CAPTIONS,
        "box": _BOXES,
        "player": _PLAYERS,
        "credit": _CREDITS,
    }.items()
}
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_APART = re.compile(r"[^A-Za-z\d]+")


@lru_cache(maxsize=2048)  # a page gives the same names to many elements, and asks of many lines where they stand
def plain_names(names: str) -> str:
    """Return the names of an element in words: "ArticleShareBar post__tags" is "article-share-bar post-tags"."""
    return " ".join("-".join(_APART.split(_CAMEL.sub("-", name))).lower() for name in names.split())


def named(table: str, names: str) -> Iterator[str]:
    """Yield the words of `table` ("advert", "others", "bar", "aside", …) in `names`, which `plain_names` made."""
    for found in _TABLES[table].finditer(names):
        yield found[0]


def is_named(table: str, names: str) -> bool:
    """Return whether a word of `table` stands in `names`, which `plain_names` made."""
    return _TABLES[table].search(names) is not None
