"""A source that names data instead of elements: the same items, with the same cleaning, dates, identity and errors."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from feedbuilder.model import ExtractError, Item, Precision

Reader = Callable[..., tuple[Item, ...]]


def linked(*values: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)


def article(slug: str, **said: object) -> dict[str, object]:
    return {"@type": "NewsArticle", "url": f"/news/{slug}", "headline": f"About {slug}", **said}


def listed(*elements: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": list(elements)}


HARBOUR = article(
    "harbour",
    datePublished="2026-11-20T18:30:00+04:00",
    dateModified="2026-11-22T10:00:00+04:00",
    author=[{"@type": "Person", "name": "Jane Roe"}, {"@type": "Person", "name": "Ali Bey", "url": "/people/ali"}],
    image={"@type": "ImageObject", "url": "/pictures/harbour.jpg", "width": 1200},
    description="The harbour &amp; the town",
    keywords="Harbour, Trade",
    articleSection="Economy",
)


class TestJsonLd:
    def test_an_article_gives_all_its_fields(self, read: Reader) -> None:
        (item,) = read(linked(HARBOUR), "json-ld", tags=["articleSection"])
        assert item.link == "https://town.example/news/harbour"
        assert item.title == "About harbour"
        assert item.summary == "The harbour & the town"
        assert item.published is not None
        assert item.published.at == datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
        assert item.authors == ("Jane Roe", "Ali Bey")
        assert item.image == "https://town.example/pictures/harbour.jpg"
        assert item.tags == ("Economy",)

    @pytest.mark.parametrize(
        "value",
        [
            [HARBOUR, article("bridge")],
            {"@graph": [{"@type": "WebSite", "url": "/"}, HARBOUR, article("bridge")]},
            listed({"@type": "ListItem", "item": HARBOUR}, {"@type": "ListItem", "item": article("bridge")}),
            {"@type": "CollectionPage", "mainEntity": listed(HARBOUR, article("bridge"))},
            {"@type": "Blog", "blogPost": [HARBOUR, article("bridge")]},
            {"@type": "WebPage", "hasPart": [HARBOUR, {**article("bridge"), "@type": ["Article", "BlogPosting"]}]},
            listed({"@type": "ListItem", "position": 2, "item": article("bridge")}, {"position": "1", "item": HARBOUR}),
            {"@graph": [listed({"item": {"@id": "#1"}}, {"item": {"@id": "#2"}}), {**HARBOUR, "@id": "#1"},
                        {**article("bridge"), "@id": "#2"}]},
        ],
    )  # fmt: skip
    def test_all_ways_to_list_articles(self, read: Reader, value: object) -> None:
        assert [item.title for item in read(linked(value), "json-ld")] == ["About harbour", "About bridge"]

    def test_several_scripts_are_one_list(self, read: Reader) -> None:
        html = linked(HARBOUR) + '<script type="application/ld+json">{broken</script>' + linked(article("bridge"))
        assert [item.title for item in read(html, "json-ld")] == ["About harbour", "About bridge"]

    def test_a_list_of_addresses_takes_titles_from_the_links_of_the_page(self, read: Reader) -> None:
        elements = [{"@type": "ListItem", "position": at, "url": f"/news/{at}"} for at in (1, 2, 3)]
        html = linked(listed(*elements)) + (
            '<nav><a href="/news/9">Elsewhere</a></nav>'
            '<a href="/news/1"><img alt=""></a><a href="/news/1">Bridge opens</a>'
            '<a href="/news/1#more">Read more</a>'
            '<a href="/news/2"><h3>Two words</h3><p>And a teaser of some length</p></a>'
            '<a href="/news/3" title="The whole of a long title">The whole of…</a>'
        )
        assert [item.title for item in read(html, "json-ld")] == [
            "Bridge opens", "Two words", "The whole of a long title",
        ]  # fmt: skip

    def test_an_address_listed_and_an_article_elsewhere_are_one(self, read: Reader) -> None:
        html = linked(
            listed({"url": "/news/bridge"}, {"url": "/news/harbour"}), {"@graph": [HARBOUR]}, article("bridge")
        )
        assert [item.title for item in read(html, "json-ld")] == ["About bridge", "About harbour"]

    def test_breadcrumbs_publishers_and_the_page_itself_are_no_articles(self, read: Reader) -> None:
        crumbs = {
            "@type": "BreadcrumbList",
            "itemListElement": [{"@type": "ListItem", "name": "Home", "item": "/home"}],
        }
        own = {"@type": "Article", "url": "/news/", "headline": "News", "datePublished": "2020-01-01"}
        about = {**HARBOUR, "isPartOf": article("whole"), "mentions": [article("mentioned")]}
        assert [item.title for item in read(linked(crumbs, own, about), "json-ld")] == ["About harbour"]

    def test_item_names_another_type(self, read: Reader) -> None:
        concert = {"@type": "MusicEvent", "url": "/e/1", "name": "Concert"}
        html = linked(listed(concert, {"@type": "Product", "url": "/p/1", "name": "Mug"}), HARBOUR)
        assert [item.title for item in read(html, "json-ld", item="MusicEvent, Event")] == ["Concert"]

    def test_a_rule_is_a_path_into_the_entry(self, read: Reader) -> None:
        (item,) = read(linked(HARBOUR), "json-ld", title="author.name", date="dateModified", image="@type")
        assert item.title == "Jane Roe"
        assert item.published is not None
        assert item.published.at == datetime(2026, 11, 22, 6, tzinfo=UTC)
        assert item.image is None

    @pytest.mark.parametrize("written", ["2026-11-20T00:00:00Z", "2026-11-20T00:00:00.000+00:00", "2026-11-20 00:00"])
    def test_midnight_to_the_second_is_a_day(self, read: Reader, written: str) -> None:
        (item,) = read(linked({**HARBOUR, "datePublished": written}), "json-ld", zone="America/New_York")
        assert item.published is not None
        assert item.published.precision is Precision.DAY
        assert item.published.at == datetime(2026, 11, 20, 5, tzinfo=UTC)

    @pytest.mark.parametrize("written", ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "", None, {}, "soon"])
    def test_an_empty_date_is_none(self, read: Reader, written: object) -> None:
        (item,) = read(linked({**HARBOUR, "datePublished": written}), "json-ld")
        assert item.published is None


class TestMarkup:
    def test_microdata(self, read: Reader) -> None:
        html = """
        <div itemscope itemtype="https://schema.org/Blog">
          <article itemprop="blogPost" itemscope itemtype="http://schema.org/BlogPosting">
            <h2 itemprop="headline"><a itemprop="url" href="one">One bridge</a></h2>
            <meta itemprop="datePublished" content="2026-11-03T08:00:00+01:00">
            <meta itemprop="dateModified" content="2026-11-09">
            <p itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Jane Roe</b></p>
            <img itemprop="image" src="/one.jpg"><p itemprop="description">About <i>one</i><br>bridge.</p></article>
          <article itemprop="blogPost" itemscope itemtype="http://schema.org/BlogPosting">
            <a itemprop="mainEntityOfPage" href="two"></a><a itemprop="name" href="two">Two bridges</a>
            <time itemprop="datePublished" datetime="2026-11-02">yesterday</time></article>
        </div>"""
        one, two = read(html, "microdata")
        assert (one.title, one.summary, one.authors) == ("One bridge", "About one bridge.", ("Jane Roe",))
        assert (one.link, one.image) == ("https://town.example/news/one", "https://town.example/one.jpg")
        assert one.published is not None
        assert one.published.at == datetime(2026, 11, 3, 7, tzinfo=UTC)
        assert (two.title, two.link) == ("Two bridges", "https://town.example/news/two")
        assert two.published is not None
        assert two.published.precision is Precision.DAY

    def test_rdfa_lite(self, read: Reader) -> None:
        html = """<div vocab="https://schema.org/"><div typeof="NewsArticle">
        <a property="url" href="/n/1"><b property="headline">One</b></a>
        <span property="schema:datePublished" content="2026-11-03">3 Nov</span></div></div>"""
        (item,) = read(html, "rdfa")
        assert (item.title, item.link) == ("One", "https://town.example/n/1")
        assert item.published is not None

    def test_h_entry(self, read: Reader) -> None:
        html = """<div class="h-feed"><article class="h-entry"><a class="p-name u-url" href="/1">One</a>
        <time class="dt-published" datetime="2026-11-03T10:00:00Z">3</time>
        <time class="dt-updated" datetime="2026-11-09">9</time>
        <a class="p-author h-card" href="/jane">Jane</a><p class="p-summary">Short</p>
        <img class="u-photo" src="1.jpg"></article>
        </div>"""
        (item,) = read(html, "microformats")
        assert (item.title, item.summary, item.link) == ("One", "Short", "https://town.example/1")
        assert item.image == "https://town.example/news/1.jpg"
        assert item.published is not None
        assert item.published.at.day == 3

    def test_hatom_as_themes_write_it(self, read: Reader) -> None:
        html = """<article class="post-7 hentry"><img src="/7.jpg">
        <h2 class="entry-title"><a href="/7" rel="bookmark">Seven</a></h2>
        <time class="updated" datetime="2026-11-05T10:00:00Z">5</time>
        <time class="entry-date published" datetime="2026-11-03T10:00:00Z">3</time>
        <span class="author vcard"><a class="url fn n" href="/a/jo">Jo</a></span>
        <div class="entry-summary"><p>Teaser.</p></div>
        </article><article class="hentry"><h3><a href="/8">Eight</a></h3></article>"""
        seven, eight = read(html, "microformats")
        assert (seven.title, seven.summary, seven.image) == ("Seven", "Teaser.", "https://town.example/7.jpg")
        assert seven.published is not None
        assert seven.published.at.day == 3
        assert (eight.title, eight.link) == ("Eight", "https://town.example/8")


POSTS = [
    {"title": {"rendered": "Bridge &#8211; open"}, "slug": "bridge", "date": 1795000000, "excerpt": "<p>At last.</p>"},
    {"title": {"rendered": "Harbour"}, "slug": "harbour", "date": 1794000000000, "excerpt": {"rendered": ""}},
]  # fmt: skip
STATE = {"menu": [{"title": "Home", "url": "/"}], "props": {"pageProps": {"posts": POSTS}}}


class TestStates:
    RULES = {"item": "props.pageProps.posts", "link": {"select": "slug", "template": "/news/{}"}}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("place", "html"),
        [
            (
                "script#__NEXT_DATA__",
                f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(STATE)}</script>',
            ),
            ("window.__STATE__", f"<script>var a=1;window.__STATE__ = {json.dumps(STATE)};go()</script>"),
            ("window.app.state", f"<script>window.app.state={json.dumps(STATE)}</script>"),
            ("window.__STATE__", f'<script>window["__STATE__"]=JSON.parse({json.dumps(json.dumps(STATE))})</script>'),
            ("window.__NUXT__", f"<script>window.__NUXT__=(function(a){{return {json.dumps(STATE)}}}(1))</script>"),
            ("#app@data-page", f"<div id=app data-page='{json.dumps(STATE)}'></div>"),
        ],
    )
    def test_the_places_of_state(self, read: Reader, place: str, html: str) -> None:
        bridge, harbour = read(html, place, **self.RULES)
        assert (bridge.title, bridge.summary) == ("Bridge – open", "At last.")
        assert bridge.link == "https://town.example/news/bridge"
        assert bridge.published is not None
        assert bridge.published.at == datetime.fromtimestamp(1795000000, UTC)
        assert harbour.summary is None
        assert harbour.published is not None
        assert harbour.published.at == datetime.fromtimestamp(1794000000, UTC)

    def test_the_rows_that_next_pushes(self, read: Reader) -> None:
        post = {"title": "Bridge", "href": "/b", "publishedAt": "$D2026-11-03T10:00:00.000Z", "summary": "$a"}
        row = json.dumps(["$", "div", None, {"children": [{"posts": [post]}]}])
        rows = f'1:I["x",[],""]\n5:{row}\na:T9,Tää lösib:null\n'
        pushes = (f"<script>self.__next_f.push({json.dumps([1, part])})</script>" for part in (rows[:40], rows[40:]))
        html = "<script>(self.__next_f=self.__next_f||[]).push([0])</script>" + "".join(pushes)
        (item,) = read(html, "self.__next_f", item="**.posts")
        assert (item.title, item.summary) == ("Bridge", "Tää lö")
        assert item.published is not None
        assert item.published.at == datetime(2026, 11, 3, 10, tzinfo=UTC)

    def test_the_payload_of_nuxt_names_values_by_their_place(self, read: Reader) -> None:
        payload = [
            ["ShallowReactive", 1], {"data": 2, "self": 1}, ["Reactive", 3], {"posts": 4}, [5],
            {"title": 6, "path": 7, "at": 8}, "Bridge", "/b", ["Date", "2026-11-03T10:00:00.000Z"],
        ]  # fmt: skip
        html = f'<script id="__NUXT_DATA__" type="application/json">{json.dumps(payload)}</script>'
        (item,) = read(html, "script#__NUXT_DATA__", item="data.posts", date="at")
        assert (item.title, item.link) == ("Bridge", "https://town.example/b")
        assert item.published is not None

    @pytest.mark.parametrize(
        ("path", "titles"),
        [
            ("a.posts", ["One"]),
            ("*.posts", ["One", "Two", "Three"]),
            ("**.posts", ["One", "Two", "Three"]),
            ("c.0.posts", ["Three"]),
        ],
    )
    def test_paths(self, read: Reader, path: str, titles: list[str]) -> None:
        def posts(title: str) -> dict[str, object]:
            return {"posts": [{"title": title, "url": f"/{title}"}]}

        state = json.dumps({"a": posts("One"), "b": posts("Two"), "c": [posts("Three")]})
        html = f'<script type="application/json" class="s">{state}</script>'
        assert [item.title for item in read(html, "script.s", item=path)] == titles


class TestErrors:
    @pytest.mark.parametrize(
        ("html", "place", "rules", "words"),
        [
            ("<title>Log in</title>", "json-ld", {}, r'no data as from = "json-ld" .* \(title of the page: "Log in"\)'),
            ("<p>", "script#x", {"item": "posts"}, 'no data as from = "script#x"'),
            ("<script>window.a={}</script>", "window.b", {"item": "posts"}, 'no data as from = "window.b"'),
            ("<script id=x>{}</script>", "script#x", {"item": "a.b"}, r'the path item = "a.b" leads to no article'),
            (linked({"@type": "WebSite"}), "json-ld", {}, "there is no article"),
            (linked(HARBOUR), "json-ld", {"item": "Event"}, 'nothing of the type "Event"'),
            (linked(HARBOUR), "json-ld", {"link": "slug"}, 'there are 1 entry .* but "slug" holds'),
            ("", "json-ld", {}, "is an empty page"),
        ],
    )
    def test_each_says_what_was_looked_for(
        self, read: Reader, html: str, place: str, rules: dict[str, str], words: str
    ) -> None:
        with pytest.raises(ExtractError, match=words):
            read(html, place, **rules)

    @pytest.mark.parametrize(
        "state",
        [
            '{"posts":' * 5_000,
            "[" * 200_000,
            json.dumps({"posts": [{"title": ["x"] * 9, "url": {"url": {"url": None}}, "date": 1e400}]}),
            json.dumps({"posts": [{"title": "\ud800\x00", "url": "http://[", "date": "9" * 500}]}),
        ],
    )
    def test_hostile_data_end_in_words(self, read: Reader, state: str) -> None:
        with pytest.raises(ExtractError):
            read(f"<script id=x>{state}</script>", "script#x", item="**.posts")
