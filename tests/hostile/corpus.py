"""Texts of any length for each entrance of foreign text: what is in such texts, over and over."""

from __future__ import annotations

from tests.hostile.pumping import Pumped

_STATE = '{"title":"A story of it","url":"/s/1","date":"2026-02-06"},'
_CLOSED = (
    '<article><h2><a href="/s/1">A story of the day</a></h2><time>6 Feb 2026</time></article>',
    '<li><a href="/news/story-of-the-day">A story of the day here</a></li>',
    '<a href="?page=7">7</a> ',
    "<br>",
    "<p>",
    "<img src=/x.jpg>",
    "<p>word word word.</p>",
    "<dl><dt>x<dd>6 Feb 2026</dl>",
    "text ",
    "<",
    "&",
    "&amp;",
    "<!--",
    "<script>",
    "<script </b ",
    '"',
    "<select><option>",
    '<time datetime=" ',
    '<link rel=alternate type=application/rss+xml href="/f">',
    '<link rel=next href="/n?page=2">',
    '<meta property="og:title" content="x">',
    '<meta name=keywords content="a, b">',
    '<script>self.__next_f.push([1,"a"])</script>',
    '<div itemscope itemtype="https://schema.org/NewsArticle"><a itemprop=url href=/x>Hello</a></div>',
    '<div class="h-entry"><a class="u-url p-name" href=/x>Hello</a></div>',
    '<div typeof="schema:NewsArticle"><a property=url href=/x>Hello</a></div>',
)
_OPEN = ("<div>", "<ul><li>", "<blockquote>", "<b>", "<table><tr><td>", "<svg><path>", "<h2>", "<section><h2>Head</h2>")
_WITHIN = (
    ('<article class="', "a ", '">x</article>'),
    ('<article><h2><a href="', "/a", '">x</a></h2></article>'),
    ('<article><h2><a href="/x">', "word ", "</a></h2></article>"),
    ('<article><h2><a href="/x">x</a></h2><time>', "6 Feb 2026 ", "</time></article>"),
    ("<article><a href=/x>x</a>", " <i>5</i> ", "</article>"),
    ('<article><h2><a href="/x">x</a></h2>', "<p>More words here.</p>", "</article>"),
    ('<article><h2><a href=/x title="', "q ", '">x</a></h2></article>'),
    ('<article style="background:url(', " ", ')">x'),
    ("<div ", "a=b ", ">"),
    ('<img srcset="', "/a.jpg 1x, ", '">'),
    ("<title>", "x - ", "</title>"),
    ("<style>", ".a{background:url(", "</style>"),
    ('<meta http-equiv=refresh content="0;url=', "/x", '">'),
    ('<script type="application/ld+json">', "[", "</script>"),
    ('<script type="application/ld+json">', '{"a":', "</script>"),
    ('<script type="application/ld+json">', '{"@graph":[{"@type":"NewsArticle"', "</script>"),
    ('<script type="application/ld+json">[', '{"@type":"NewsArticle","headline":"A","url":"/s"},', "{}]</script>"),
    ('<script id="__NEXT_DATA__" type="application/json">{"props":', "[" + _STATE, "0</script>"),
    ('<script id="__NEXT_DATA__" type="application/json">{"props":[', _STATE, "0]}</script>"),
    ('<script>self.__next_f.push([1,"', '\\"a', '"])</script>'),
    ("<script>window.__X__ = ", "{a:", "</script>"),
    ("<article><h1>Story</h1>", "<p>Text of the story, which goes on and on for a while.</p>", "</article>"),
    ("<article><h1>Story</h1>", "<p>By Ann Name</p><time>6 Feb 2026</time>", "</article>"),
    ("<article><h1>Story</h1>", "<figure><img src=/a.jpg><figcaption>Photo: A. Name</figcaption></figure>", ""),
    ("<article><h1>Story</h1><p class=byline>By ", "Ann Name, ", "</p></article>"),
)
PAGES = (*(Pumped("", text, "") for text in _CLOSED), *(Pumped(*text) for text in _WITHIN))
NESTED = tuple(Pumped("", text, "") for text in _OPEN)
"""Pages whose elements stand in each other. How deep a page may be is limited, and below that the parsers take time by
the square of the depth, in C."""

_ITEM = "<item><title>x</title><link>https://paper.example/a</link></item>"
_SOURCE = '[[source]]\nid = "s"\nurl = "https://paper.example/"\n'
_ELSEWHERE = {
    "feed": (
        ("<rss><channel>", _ITEM, "</channel></rss>"),
        ("<rss>", "<channel>", ""),
        ('<feed xmlns="http://www.w3.org/2005/Atom">', '<entry><title>x</title><link href="/a"/></entry>', "</feed>"),
        ('<!DOCTYPE r [<!ENTITY a "', "a", '">]><rss>&a;</rss>'),
        ("<!DOCTYPE r [", '<!ENTITY a "&a;&a;">', "]><rss>&a;</rss>"),
        ('{"version":"https://jsonfeed.org/version/1.1","items":[', '{"id":"1","url":"/a"},', "{}]}"),
        ("", "[", ""),
        ('<?xml version="1.0"?>', " ", ""),
        ("<rss ", 'xmlns:a="b" ', ">"),
        ("<rss><channel><item><link>", "a", "</link>"),
    ),
    "robots.txt": (
        ("User-agent: *\n", "Disallow: /a\n", ""),
        ("User-agent: *\nDisallow: /", "*a", ""),
        ("User-agent: *\nDisallow: /", "a*", "$"),
        ("User-agent: *\nDisallow: /", "%", ""),
        ("User-agent: feedbuilder\nCrawl-delay: ", "9", ""),
        *(("", text, "") for text in ("User-agent: *\n", "User-agent: a\nDisallow: /x\n", "\n", "a: ", "\0")),
    ),
    "headers": tuple(
        ("", text, "")
        for text in (
            *(" ", "9", ",", ";", "a=b; ", "charset=", "<a>; rel=next, ", '"', "0;url=", "Mon, ", "06 Feb 2026 ", "<"),
            *("(", "\\", "é", "expires=Mon, ", "text/html;", "=?utf-8?q?"),
        )
    ),
    "redirect": tuple(
        ("", text, "") for text in ("/", "..//", "a", "%", "?", "#", "@", "é", "//", "https://", ":", ".", "xn--", "[")
    ),
    "address": tuple(
        ("", text, "")
        for text in (
            *("/", "../", "a", "%", "%25", "?", "&a=b", "#", "@", "é", ".", ":", "xn--", "[", "a.", "9", "-", "amp/"),
            *("utm_source=a&", "2026/02/06/"),
        )
    ),
    "configuration": (
        *(("", text, "") for text in ("[", "[[source]]\n", "a=1\n", '"', "[a]\n", "#", "\n", " ", "a=[", "{")),
        ('a = "', "x", '"'),
        ('a = "', "${A}", '"'),
        ("include = [", '"*",', "]"),
        (_SOURCE + 'selectors = { item = "', "a ", '" }\n'),
        (_SOURCE + 'selectors = { item = "', "a,", 'a" }\n'),
        (_SOURCE + 'selectors = { item = "', ":not(a", '" }\n'),
    ),
    "watched page": (
        *(("", text, "") for text in ("<p>a</p>", "<p>a<p>b", "<br>", "a ", "<li>", "<header>", "<nav>a</nav>", "1 ")),
        ("<table><tr>", "<td>a", "</table>"),
        ("<table>", "<tr><td>a<p>b", "</table>"),
        ("<table><tr><td>", "<div>x</div>", "</table>"),
        ("", "<table><tr><td>", ""),
        ("<p style='", "display:", "none'>x"),
    ),
    "file of others": (
        *(
            ("", text, "")
            for text in ("[", "[[source]]\n", "- a\n", "a: &a\n", '{"url": "https://a.example/"},', "<a>")
        ),
        ("", _SOURCE + 'selectors.item = "a"\n', ""),
        ('{"watching": [', '{"url": "https://a.example/", "ignore_text": ["/(a/", "b"]},', "{}]}"),
        ("", "url: https://a.example/\nfilter: css:a,grep\n---\n", ""),
    ),
    "feed.json": (
        *(("", text, "") for text in ("[", '{"a":', '"', "9", "-")),
        ('{"_feedbuilder":{"format":1},"items":[', '{"id":1},', "{}]}"),
        ('{"_feedbuilder":{"format":1},"items":[', '{"id":"urn:uuid:1","url":"https://a.example/"},', "{}]}"),
    ),
}
OF_PAGES = ("list", "survey", "data", "detection", "teaching", "article", "small looks", "frame")
"""The entrances that take whole pages."""
CORPUS = dict.fromkeys(OF_PAGES, PAGES) | {
    name: tuple(Pumped(*text) for text in texts) for name, texts in _ELSEWHERE.items()
}
CORPUS["teaching"] = PAGES[::4]
"""It reads each page several times, by what "list" and "detection" are tried with."""
