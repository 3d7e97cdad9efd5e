"""What the W3C feed validator warns of, and refuses, does not stand in our feeds: golden ones and hostile ones.

Each rule bears the name of the validator's own message, and returns what breaks it. Of its warnings those are missing
that concern elements we never write (iTunes, KML, scripts in text input), and three that are as they should be:
`DuplicateUpdated` (stories of a list may share their day), `ImageUrlFormat` (a site's icon may be an ICO file), and
`SelfDoesntMatchLocation`, for which a validator has to know where it got the feed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree
from lxml.html import fragments_fromstring

from feedbuilder.feeds import compose, render
from feedbuilder.feeds.archive_documents import compose_page
from feedbuilder.feeds.feed_files import render_archive, render_site
from feedbuilder.model import ArchivePage, FeedFile, ImageDetails, Precision, Sight, Site
from tests.feeds.conftest import GOLDEN, NOON, make_feed, make_item, make_source

ATOM, CONTENT, DC, FH = (
    "{http://www.w3.org/2005/Atom}",
    "{http://purl.org/rss/1.0/modules/content/}",
    "{http://purl.org/dc/elements/1.1/}",
    "{http://purl.org/syndication/history/1.0}",
)
SITE = Site(title="The newsroom", url="https://feeds.example/")
RELATIONS = {"self", "alternate", "enclosure", "current", "prev-archive", "next-archive"}
PREFIXES = {None, "atom", "content", "dc", "fh", "media", "sy", "xml"}
RSS_DATE = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d"
    r" [+-]\d{4}"
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
DANGEROUS = ("script", "object", "embed", "iframe", "style", "form", "meta", "link", "base")


def _documents() -> Iterator[tuple[str, bytes]]:
    for path in sorted(GOLDEN.rglob("*")):
        if path.suffix in (".xml", ".opml"):
            yield str(path.relative_to(GOLDEN)), path.read_bytes()
    for file in _hard():
        if Path(file.path).suffix in (".xml", ".opml"):
            yield f"hard/{file.path}", file.content


def _hard() -> Iterator[FeedFile]:
    """Yield the files of feeds of entries that are as odd as sites are."""
    details = ImageDetails(1200, 800, "<b>The</b> bridge & more", "Ann <Lee>")
    entries = [
        make_item(1, title="<b>Bold</b> & <script>alert(1)</script>", image_details=details),
        make_item(2, title=None, summary=None, authors=(), tags=("", "A & B", "<i>x</i>")),
        make_item(3, content_html='<p>All of <a href="https://paper.example/a?b=1&amp;c=2">it</a>.</p>', summary=None),
        make_item(4, content_html="<p>All of it.</p>", image_details=details, sources=("markt",)),
        make_item(5, enclosures=("https://cdn.example/a b.mp3?x=1&y=2", "https://cdn.example/b.mp4"), image=None),
        make_item(6, published=datetime(1960, 5, 1, tzinfo=UTC), precision=Precision.DAY),
        make_item(7, link="https://www.paper.example/ü ber?q=ä&z=[1]", image="https://img.example/ä.jpg"),
        make_item(8, title="\x00\x0b lines\nand\ttabs \ud800", summary="  "),
    ]
    sources = [make_source(title="The <Paper>", language="en"), make_source("markt", language="de")]
    merged = compose(make_feed("hard", title="A & <b>"), entries, sources, SITE, NOON)
    alone = compose(make_feed("alone"), entries[:3], sources[:1], SITE, NOON, icons={"paper": "png"})
    pages = [
        ArchivePage(f"2026-02-06-{sign * 12}", Sight.of(entry))
        for sign, entry in zip("ab", entries[1::-1], strict=True)
    ]
    archive = compose_page(make_feed("news", archive=True), pages, 0, entries[1:2], sources, SITE, NOON)
    yield from (*render(merged), *render(alone), *render_archive(archive), *render_site(SITE, [merged, alone]))


def is_rss(root: Any) -> bool:
    return bool(root.tag == "rss")


def is_atom(root: Any) -> bool:
    return bool(root.tag == f"{ATOM}feed")


def entries_of(root: Any) -> list[Any]:
    return list(root.findall("channel/item") if is_rss(root) else root.findall(f"{ATOM}entry"))


def head_of(root: Any) -> Any:
    return root.find("channel") if is_rss(root) else root


def links(root: Any) -> list[Any]:
    return list(root.iter(f"{ATOM}link"))


def fragments(root: Any) -> Iterator[str]:
    """Yield all HTML that stands in the entries."""
    for one in root.iter("description", f"{CONTENT}encoded", f"{ATOM}summary", f"{ATOM}content"):
        yield one.text or ""


def web(address: str | None) -> bool:
    """Return whether `address` is a whole web address in ASCII, without what RFC 3986 forbids."""
    parts = urlsplit(address or "")
    return (
        parts.scheme in ("http", "https")
        and bool(parts.netloc)
        and not re.search(r'[^\x21-\x7e]|[<>"{}|\\^`]', address or "")
    )


def encoding(content: bytes, root: Any) -> Iterator[str]:
    """MissingEncoding, NotUTF8, ObscureEncoding, BadCharacters."""
    if not re.match(rb"""<\?xml version=['"]1\.0['"] encoding=['"]UTF-8['"]\?>""", content):
        yield "no declaration of UTF-8"
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", content.decode()):
        yield "a control character"


def prefixes(content: bytes, root: Any) -> Iterator[str]:
    """AvoidNamespacePrefix, ReservedPrefix, UnknownNamespace."""
    yield from (str(one.nsmap) for one in root.iter(etree.Element) if not set(one.nsmap) <= PREFIXES)


def self_link(content: bytes, root: Any) -> Iterator[str]:
    """MissingSelf, MissingAtomSelfLink, RelativeSelf, SelfNotAtom."""
    if is_rss(root) or is_atom(root):
        found = [link for link in head_of(root).findall(f"{ATOM}link") if link.get("rel") == "self"]
        kind = "application/rss+xml" if is_rss(root) else "application/atom+xml"
        if len(found) != 1 or not web(found[0].get("href")) or found[0].get("type") != kind:
            yield str([dict(one.attrib) for one in found])


def link_relations(content: bytes, root: Any) -> Iterator[str]:
    """UnregisteredAtomLinkRel, FeedHistoryRelInEntry, AtomLinkNotEmpty, DuplicateAtomLink."""
    yield from (str(link.get("rel")) for link in links(root) if link.get("rel") not in RELATIONS)
    yield from ("a link with a content" for link in links(root) if link.text or len(link))
    for entry in entries_of(root):
        relations = [link.get("rel") for link in entry.findall(f"{ATOM}link")]
        yield from (str(one) for one in relations if one not in ("alternate", "enclosure"))
        if is_atom(root) and relations.count("alternate") != 1:
            yield "not one link to the article"


def whole_addresses(content: bytes, root: Any) -> Iterator[str]:
    """ContainsRelRef, InvalidFullLink, NonCanonicalURI, SameDocumentReference, MissingXmlURL, InvalidURLAttribute."""
    for one in root.iter(etree.Element):
        for name in ("href", "src", "url", "xmlUrl", "htmlUrl"):
            if one.get(name) is not None and not web(one.get(name)):
                yield f"{one.tag} {one.get(name)}"
        if one.tag in ("link", "url", "docs", f"{ATOM}icon", f"{ATOM}logo") and not web(one.text):
            yield f"{one.tag} {one.text}"
    for fragment in fragments(root):
        yield from (
            address for address in re.findall(r'(?:href|src)="([^"]*)"', fragment) if not re.match("https?://", address)
        )


def ids(content: bytes, root: Any) -> Iterator[str]:
    """MissingGuid, MissingId, DuplicateEntries, DuplicateIds, InvalidPermalink, NotSufficientlyUnique."""
    guids = [entry.find("guid" if is_rss(root) else f"{ATOM}id") for entry in entries_of(root)]
    yield from ("no id" for guid in guids if guid is None or not re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", guid.text))
    if is_rss(root):
        yield from ("taken for an address" for guid in guids if guid.get("isPermaLink") != "false")
    if len({guid.text for guid in guids}) < len(guids):
        yield "an id twice"


def dates(content: bytes, root: Any) -> Iterator[str]:
    """ProblematicalRFC822Date, InvalidRFC2822Date, InvalidRFC3339Date, ImplausibleDate, MissingElement (updated)."""
    for one in root.iter("pubDate", "lastBuildDate"):
        if not RSS_DATE.fullmatch(one.text) or f"{parsedate_to_datetime(one.text):%a}" != one.text[:3]:
            yield one.text
    for one in root.iter(f"{ATOM}updated", f"{ATOM}published"):
        if not RFC_3339.fullmatch(one.text) or not 1900 <= datetime.fromisoformat(one.text).year < 2100:
            yield one.text
    if is_atom(root):
        yield from ("no date of change" for one in (root, *entries_of(root)) if len(one.findall(f"{ATOM}updated")) != 1)


def titles(content: bytes, root: Any) -> Iterator[str]:
    """ContainsHTML, ContainsUndeclaredHTML, NotBlank: a title is plain text, and is there."""
    for one in (head_of(root), *entries_of(root)) if is_rss(root) or is_atom(root) else ():
        title = one.find("title" if is_rss(root) else f"{ATOM}title")
        if title is None or not (title.text or "").strip() or title.get("type") not in (None, "text"):
            yield "no plain title"


def contents(content: bytes, root: Any) -> Iterator[str]:
    """NeedDescriptionBeforeContent, DuplicateDescriptionSemantics, DuplicateElement, MissingTextualContent."""
    for entry in entries_of(root):
        names = [child.tag for child in entry if isinstance(child.tag, str)]
        if f"{CONTENT}encoded" in names and "description" not in names[: names.index(f"{CONTENT}encoded")]:
            yield "a text without a description before it"
        single: tuple[str, ...] = (
            "title",
            "link",
            "description",
            "guid",
            "pubDate",
            "source",
            "enclosure",
            f"{CONTENT}encoded",
        )
        single += tuple(
            f"{ATOM}{name}" for name in ("id", "title", "summary", "content", "updated", "published", "source")
        )
        yield from (name for name in names if names.count(name) > 1 and name in single)


def markup(content: bytes, root: Any) -> Iterator[str]:
    """HtmlFragment, NotHtml, SecurityRisk, SecurityRiskAttr, DangerousStyleAttr."""
    for text in fragments(root):
        for part in fragments_fromstring(text) if text.strip() else ():
            for one in part.iter(etree.Element) if not isinstance(part, str) else ():
                if one.tag in (*DANGEROUS, "html", "body", "head"):
                    yield one.tag
                yield from (name for name in one.attrib if name.startswith("on") or name in ("style", "id", "class"))


def enclosures(content: bytes, root: Any) -> Iterator[str]:
    """MissingAttribute (length), InvalidIntegerAttribute, MissingTypeAttr, DuplicateEnclosure, NonSpecificMediaType."""
    for one in root.iter("enclosure"):
        if not (one.get("length") or "").isdecimal() or not re.fullmatch(
            r"(?:audio|video)/[\w.+-]+|application/vnd\.apple\.mpegurl", one.get("type") or ""
        ):
            yield str(dict(one.attrib))
    yield from ("two of them" for entry in root.iter("item") if len(entry.findall("enclosure")) > 1)


def channel(content: bytes, root: Any) -> Iterator[str]:
    """MissingDescription, ImageTitleDoesntMatch, ImageLinkDoesntMatch, CommentRSS, Deprecated, InvalidTTL."""
    for one in root.findall("channel"):
        yield from (name for name in ("title", "link", "description") if not (one.findtext(name) or "").strip())
        if one.find("image") is not None:
            yield from (name for name in ("title", "link") if one.findtext(f"image/{name}") != one.findtext(name))
        if not (one.findtext("ttl") or "1").isdecimal():
            yield "ttl"
        yield from (
            str(child.tag) for child in one.iter("author", "managingEditor", "webMaster", "comments", "textInput")
        )


def authors(content: bytes, root: Any) -> Iterator[str]:
    """MissingAuthor, MissingRealName, EmailFormat, ContainsEmail."""
    if is_atom(root):
        for entry in entries_of(root):
            names = [name.text for name in entry.findall(f"{ATOM}author/{ATOM}name")]
            yield from ("no name" for name in names or [None] if not (name or "").strip())
    yield from (one.text for one in root.iter(f"{DC}creator") if "@" in (one.text or "@"))


def sources(content: bytes, root: Any) -> Iterator[str]:
    """MissingSourceElement, UndefinedElement (atom:source), MissingUrlAttr."""
    for one in root.iter(f"{ATOM}source"):
        yield from (name for name in ("id", "title") if not one.findtext(f"{ATOM}{name}"))
    yield from ("no name" for one in root.iter("source") if not one.text or not web(one.get("url")))


def history(content: bytes, root: Any) -> Iterator[str]:
    """ArchiveIncomplete, MissingCurrentInArchive."""
    if root.find(f".//{FH}archive") is not None and "current" not in [link.get("rel") for link in links(root)]:
        yield "an archive that does not name the feed"


def outlines(content: bytes, root: Any) -> Iterator[str]:
    """MissingTitleAttr, MissingXmlURL, InvalidOutlineType, InvalidOutlineVersion."""
    for one in root.iter("outline"):
        yield from (name for name in ("text", "title", "xmlUrl") if not one.get(name))
        if one.get("type") != "rss":
            yield "type"


RULES: tuple[Callable[[bytes, Any], Iterator[str]], ...] = (
    encoding, prefixes, self_link, link_relations, whole_addresses, ids, dates, titles, contents, markup, enclosures,
    channel, authors, sources, history, outlines,
)  # fmt: skip
DOCUMENTS = list(_documents())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_document_breaks_a_rule_of_the_validator(rule: Callable[[bytes, Any], Iterator[str]]) -> None:
    assert len(DOCUMENTS) > 12
    broken = {name: list(rule(content, etree.fromstring(content))) for name, content in DOCUMENTS}
    assert not {name: found for name, found in broken.items() if found}


BROKEN: dict[Callable[[bytes, Any], Iterator[str]], bytes] = {
    encoding: b"<rss/>",
    prefixes: b'<rss xmlns:ns0="http://www.w3.org/2005/Atom"/>',
    self_link: b"<rss><channel/></rss>",
    link_relations: b'<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://a.example/"/></feed>',
    whole_addresses: b"<rss><channel><link>/a</link></channel></rss>",
    ids: b'<rss><channel><item><guid isPermaLink="true">urn:uuid:1</guid></item></channel></rss>',
    dates: b"<rss><channel><pubDate>Mon, 06 Feb 2026 10:00:00 +0000</pubDate></channel></rss>",
    titles: b"<rss><channel><title> </title></channel></rss>",
    contents: b'<rss xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><item><c:encoded/></item></channel></rss>',
    markup: b'<rss><channel><description>&lt;p onclick="x"&gt;a&lt;/p&gt;</description></channel></rss>',
    enclosures: b'<rss><channel><item><enclosure url="https://a.example/" type="audio/mpeg"/></item></channel></rss>',
    channel: b"<rss><channel><title>A</title><image><title>B</title></image></channel></rss>",
    authors: b'<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>',
    sources: b"<rss><channel><item><source>A</source></item></channel></rss>",
    history: b'<rss xmlns:fh="http://purl.org/syndication/history/1.0"><channel><fh:archive/></channel></rss>',
    outlines: b'<opml><outline text="A"/></opml>',
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_rule_finds_what_breaks_it(rule: Callable[[bytes, Any], Iterator[str]]) -> None:
    content = BROKEN[rule]
    assert list(rule(content, etree.fromstring(content)))
