"""Embeds become links: players, posts and frames of other sites, as the page where a reader can see them.

Owns the tables of services and of frames that nobody wants to see. Nothing is loaded in a reader that its user did not
ask for.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from bs4.element import Tag

from feedbuilder.content.absolute_links import Addresses
from feedbuilder.parse.plain_text import attribute

_PAGES = tuple(
    (re.compile(pattern, re.IGNORECASE), page)
    for pattern, page in (
        (r"(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/(?!videoseries)([\w-]{6,20})", "https://www.youtube.com/watch?v={}"),
        (r"(?:www\.)?youtube(?:-nocookie)?\.com/embed/videoseries\?(?:.*&)?list=([\w-]+)", "https://www.youtube.com/playlist?list={}"),
        (r"player\.vimeo\.com/video/(\d+)", "https://vimeo.com/{}"),
        (r"(?:www\.)?dailymotion\.com/embed/video/(\w+)", "https://www.dailymotion.com/video/{}"),
        (r"geo\.dailymotion\.com/player.*[?&]video=(\w+)", "https://www.dailymotion.com/video/{}"),
        (r"platform\.(?:twitter|x)\.com/embed/.*[?&]id=(\d+)", "https://x.com/i/status/{}"),
        (r"(?:www\.)?instagram\.com/((?:p|reel|tv)/[\w-]+)/embed", "https://www.instagram.com/{}/"),
        (r"(?:www\.)?tiktok\.com/(?:embed|player)(?:/v\d)?/(\d+)", "https://www.tiktok.com/@/video/{}"),
        (r"open\.spotify\.com/embed(?:-podcast)?/(\w+/\w+)", "https://open.spotify.com/{}"),
        (r"embed\.podcasts\.apple\.com/([^?]+)", "https://podcasts.apple.com/{}"),
        (r"(?:www\.)?facebook\.com/plugins/(?:video|post)(?:\.php)?\?(?:.*&)?href=([^&]+)", "{}"),
        (r"w\.soundcloud\.com/player/?\?(?:.*&)?url=([^&]+)", "{}"),
        (r"t\.me/([\w+]+/\d+)\?embed", "https://t.me/{}"),
    )
)  # fmt: skip
"""What a frame's address looks like, and the page that shows the same to a reader."""

_POSTS = (
    ("blockquote.instagram-media[data-instgrm-permalink]", "data-instgrm-permalink", "{}"),
    ("blockquote.tiktok-embed[cite]", "cite", "{}"),
    (".fb-post[data-href], .fb-video[data-href], amp-facebook[data-href]", "data-href", "{}"),
    ("amp-twitter[data-tweetid]", "data-tweetid", "https://x.com/i/status/{}"),
    ("twitter-widget[data-tweet-id]", "data-tweet-id", "https://x.com/i/status/{}"),
    ("amp-youtube[data-videoid]", "data-videoid", "https://www.youtube.com/watch?v={}"),
    ("lite-youtube[videoid]", "videoid", "https://www.youtube.com/watch?v={}"),
    ("amp-instagram[data-shortcode]", "data-shortcode", "https://www.instagram.com/p/{}/"),
)
"""Elements that scripts turn into posts and players: a selector, the attribute that tells which, and its page."""

_SERVICES = (
    ("youtube.com", "YouTube"), ("youtu.be", "YouTube"), ("vimeo.com", "Vimeo"), ("dailymotion.com", "Dailymotion"),
    ("x.com", "X"), ("twitter.com", "X"), ("instagram.com", "Instagram"), ("tiktok.com", "TikTok"),
    ("spotify.com", "Spotify"), ("podcasts.apple.com", "Apple Podcasts"), ("facebook.com", "Facebook"),
    ("soundcloud.com", "SoundCloud"), ("t.me", "Telegram"), ("reddit.com", "Reddit"), ("bsky.app", "Bluesky"),
)  # fmt: skip
"""Hosts, and what readers call them."""

_UNWANTED = re.compile(
    r"""(?:^|[./])(?:doubleclick\.net|googlesyndication\.com|googletagmanager\.com|adservice|amazon-adsystem\.com
    |taboola\.com|outbrain\.com|criteo\.|teads\.tv|adnxs\.com|disqus\.com|addthis\.com|sharethis\.com|recaptcha
    |list-manage\.com|substack\.com/embed|facebook\.com/(?:plugins/(?:like|share|page|comments|follow)|tr\b)
    |platform\.(?:twitter|x)\.com/widgets|google\.com/recaptcha)|newsletter|/ads?/""",
    re.IGNORECASE | re.VERBOSE,
)
"""Frames with adverts, counters, buttons and forms."""
EMBED_LINK = "embed-link"
"""The class of paragraphs that stand for embeds, until the text is sanitised."""
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original", "data-url", "data")
_LONGEST_TEXT = 100


def link_embeds(root: Tag, addresses: Addresses) -> None:
    """Replace frames, players and posts in `root` by links; adverts, and what has no address, go."""
    given = {name for element in root.find_all(True) for name in element.attrs}
    for selector, name, page in _POSTS:
        for post in root.select(selector) if name in given else ():
            _replace(post, addresses.web(page.format(attribute(post, name))))
    for frame in root.find_all(["iframe", "embed", "object"]):
        if not frame.decomposed:
            _replace(frame, _page_of(frame, addresses))
    for player in root.find_all(["video", "audio"]):
        if not player.decomposed:
            _replace(player, _file_of(player, addresses), addresses.web(attribute(player, "poster")))


def _page_of(frame: Tag, addresses: Addresses) -> str | None:
    """Return the page that shows what `frame` does; None for adverts, pixels and frames without an address."""
    if frame.has_attr("hidden") or any(
        attribute(frame, name) in {"0", "1", "0px", "1px"} for name in ("width", "height")
    ):
        return None
    address = next((url for name in _SOURCES if (url := addresses.web(attribute(frame, name)))), None)
    if address is None or _UNWANTED.search(address):
        return None
    _, _, rest = address.partition("://")
    for pattern, page in _PAGES:
        if found := pattern.match(rest):
            return addresses.web(page.format(unquote(found[1])))
    return address


def _file_of(player: Tag, addresses: Addresses) -> str | None:
    elements = [player, *player.find_all("source")]
    found = (addresses.web(attribute(element, name)) for element in elements for name in ("src", "data-src"))
    return next((address for address in found if address), None)


def _replace(element: Tag, address: str | None, poster: str | None = None) -> None:
    """Put a link to `address` where `element` is, with its picture; nothing at all without an address."""
    if address is None:
        element.decompose()
        return
    words = " ".join((attribute(element, "title") or attribute(element, "aria-label")).split())
    link = Tag(name="a", attrs={"href": address})
    link.string = words[:_LONGEST_TEXT] or _called(element, address)
    paragraph = Tag(name="p", attrs={"class": EMBED_LINK})
    if poster:
        paragraph.append(Tag(name="img", attrs={"src": poster, "alt": ""}, can_be_empty_element=True))
        paragraph.append(Tag(name="br", can_be_empty_element=True))
    paragraph.append(link)
    element.replace_with(paragraph)


def _called(element: Tag, address: str) -> str:
    """Return what an embed without a title is called: its service or host, or what it plays. Never an address."""
    if element.name in {"video", "audio"}:
        return element.name.capitalize()
    host = urlsplit(address).netloc.removeprefix("www.")
    return next((name for end, name in _SERVICES if host == end or host.endswith(f".{end}")), host)
