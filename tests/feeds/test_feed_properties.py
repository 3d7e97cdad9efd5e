"""Whatever a site writes: the feeds parse, hold every id, and remember the items exactly."""

from __future__ import annotations

import calendar
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import feedparser
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from feedbuilder.feeds import FeedDocument, WrittenEntries, compose, read_feed_json, render, render_site, summarise
from feedbuilder.feeds.xml_texts import clean
from feedbuilder.model import Feed, FeedFile, Outline, Placed, Precision, Site, StoredItem, formats
from feedbuilder.model.item_ids import item_id
from feedbuilder.model.markup import sanitise

NASTY = [
    *("\x00", "\x0b", "\x1b[31m", "\ud800", "\udfff", "\ufffe", "\uffff", "\x85", "\u2028", "\r\n", "\t"),
    *("]]>", "<![CDATA[", "<!--", "-->", "<b>", "</b>", "</script>", "<br/>", "&amp;", "&#0;", "&nbsp;", "&", "<", '"'),
    *(
        "🚀",
        "👩‍👩‍👧",
        "e\u0301",
        "\u202e",
        "\u200f",
        "عالم",
        "世界",
        "\u200b",
        "{{ 7 * 7 }}",
        "{% raw %}",
        "%00",
        "\\u0000",
        "'",
    ),
]
texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=6), max_size=6).map("".join)
links = st.sampled_from(["https://paper.example/", "http://größe.example/ß?", "javascript:", "https://[", ""]).flatmap(
    lambda start: texts.map(start.__add__)
)
zones = st.sampled_from(["Asia/Dubai", "America/St_Johns", "Asia/Kathmandu", "UTC", "Pacific/Apia"]).map(ZoneInfo)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis


def items(
    some_texts: st.SearchStrategy[str | None],
    some_links: st.SearchStrategy[str],
    some_contents: st.SearchStrategy[str | None],
) -> st.SearchStrategy[StoredItem]:
    return st.builds(
        StoredItem,
        id=st.integers(0, 10**6).map(lambda number: item_id(str(number))),
        canonical=st.integers().map("paper.example/{}".format),
        link=some_links,
        title=some_texts,
        summary=some_texts,
        authors=st.lists(some_texts.filter(bool), max_size=2).map(tuple),
        image=st.none() | some_links,
        tags=st.lists(some_texts.filter(bool), max_size=3).map(tuple),
        sources=st.sampled_from([("a",), ("a", "b")]),
        published=moments,
        precision=st.sampled_from(Precision),
        zone=zones,
        first_seen=moments,
        last_seen=moments,
        changed=moments,
        content_html=some_contents,
    )


nasty_items = st.lists(items(texts, links, texts), max_size=4, unique_by=lambda item: item.id)
clean_texts = texts.map(clean)
clean_links = st.text(max_size=8).map(lambda path: clean("https://paper.example/" + path) or "")
clean_items = st.lists(items(clean_texts, clean_links, texts.map(sanitise)), max_size=4, unique_by=lambda item: item.id)
site = Site(title="The <newsroom>", url="https://feeds.example/")
CREATED = datetime(2026, 2, 6, tzinfo=UTC)


def files_of(entries: list[StoredItem], feed: Feed | None = None) -> dict[str, FeedFile]:
    document = compose(feed or Feed(slug="news"), entries, [], site, CREATED)
    return {file.path.rpartition("/")[2]: file for file in render(document)}


@given(nasty_items, texts, texts)
@settings(max_examples=150, deadline=None)
def test_every_feed_parses_and_holds_every_id(entries: list[StoredItem], title: str, description: str) -> None:
    files = files_of(entries, Feed(slug="news", title=title, description=description, language=title))
    ids = [entry.id for entry in entries]
    for name in ("rss.xml", "atom.xml"):
        parsed = feedparser.parse(files[name].content)
        assert not parsed.bozo, parsed.bozo_exception
        assert [entry.id for entry in parsed.entries] == ids
        assert all(entry.link.startswith(("http://", "https://")) for entry in parsed.entries)
    assert [item["id"] for item in json.loads(files["feed.json"].content)["items"]] == ids


@given(nasty_items)
@settings(max_examples=100, deadline=None)
def test_texts_stay_what_they_were(entries: list[StoredItem]) -> None:
    """Escaped once where a format wants HTML, and nowhere else."""
    files = files_of(entries)
    atom = etree.fromstring(files["atom.xml"].content).findall("{*}entry")
    rss = etree.fromstring(files["rss.xml"].content).findall("channel/item")
    for item, in_atom, in_rss in zip(entries, atom, rss, strict=True):
        summary = clean(item.summary)
        if clean(item.title):
            assert in_atom.findtext("{*}title") == in_rss.findtext("title") == clean(item.title)
        atom_summary, description = in_atom.findtext("{*}summary"), in_rss.findtext("description")
        for written in (atom_summary,) if item.content_html else (atom_summary, description):
            text = html.fromstring(f"<div>{written}</div>").text_content().strip() if written else ""
            assert text == (summary or "")


@given(nasty_items, texts)
@settings(max_examples=100, deadline=None)
def test_pages_hold_no_markup_of_the_sites(entries: list[StoredItem], title: str) -> None:
    document = compose(Feed(slug="news", title=title, description=title), entries, [], site, CREATED)
    for file in (render(document)[-1], render_site(Site(title=title), [document])[-1]):
        page = html.document_fromstring(file.content)
        assert len(page.findall(".//script")) == ("/" in file.path)
        assert not page.findall(".//b") + page.findall(".//br")
        addresses = [element.get(name, "") for element in page.iter() for name in ("href", "src") if element.get(name)]
        assert not [address for address in addresses if address.lower().startswith("javascript:")]
        assert all(link.get("href") for link in page.findall(".//article//a"))


@given(clean_items)
@settings(max_examples=150, deadline=None)
def test_a_lost_store_is_rebuilt_exactly(entries: list[StoredItem]) -> None:
    recovered = read_feed_json(files_of(entries)["feed.json"].content).known
    assert [known.item for known in recovered] == [
        replace(item, last_seen=max(item.first_seen, item.changed)) for item in entries
    ]
    rebuilt = [known.item for known in recovered if known.item]
    assert files_of(rebuilt)["feed.json"] == files_of(entries)["feed.json"]


def made(entries: Sequence[Placed], title: str = "News", *, holds_full: bool = False) -> FeedDocument:
    feed = Feed(slug="news", title=title, description=title[::-1])
    return compose(feed, entries, [], site, CREATED, holds_full=holds_full)


def written_in(document: FeedDocument, changed: set[str]) -> WrittenEntries | None:
    """Return what stands in the files of `document`, but for the entries that have changed."""
    return WrittenEntries.of(dict(zip(KINDS, (file.content for file in render(document)), strict=True)), changed)


KINDS = [kind.key for kind in formats.feed_files()]
some_and_others = st.lists(items(texts, links, texts), max_size=5, unique_by=lambda item: item.id).flatmap(
    lambda found: st.tuples(st.just(found[:3]), st.permutations(found).flatmap(some_of))
)


def some_of(found: list[StoredItem]) -> st.SearchStrategy[list[StoredItem]]:
    """Return some of them, each perhaps with another title."""
    one = [st.sampled_from([[], [item], [item], [replace(item, title="edited")]]) for item in found]
    return st.tuples(*one).map(lambda chosen: [item for part in chosen for item in part])


@given(some_and_others, texts)
@settings(max_examples=60, deadline=None)
def test_entries_that_stand_written_make_the_file_that_all_anew_would_be(
    lists: tuple[list[StoredItem], list[StoredItem]], title: str
) -> None:
    """Entries come, go, change and change their places; the bytes are those of feedgen and of the template alone.

    Of those that stand written, and are not the first, nobody needs the texts.
    """
    before, after = lists
    known = {item.id: item for item in before}
    written = written_in(made(before, title), {item.id for item in after if known.get(item.id) != item})
    assert written is not None
    assert render(made(after, title), written) == render(made(after, title))
    lacking = {*written.lacking(item.id for item in after), *(item.id for item in after[:1])}
    lean = [item if item.id in lacking else Outline.of(item) for item in after]
    full = written.hold_full(item.id for item in after)
    outlined = made(lean, title, holds_full=full)
    assert render(outlined, written) == render(made(after, title))
    assert summarise(outlined) == summarise(made(after, title))


def test_what_stands_written_is_not_written_again() -> None:
    first = StoredItem(
        "urn:uuid:1", "a", "https://a.example/", "A", None, (), None, (), ("a",), CREATED, Precision.INSTANT,
        ZoneInfo("UTC"), CREATED, CREATED, CREATED,
    )  # fmt: skip
    second = replace(first, id="urn:uuid:2", title="B")
    written = written_in(made([first, second]), {first.id})
    edited = [replace(item, title="edited") for item in (first, second)]
    for file in render(made(edited), written):
        assert b"edited" in file.content
        assert b">B<" in file.content or b'"B"' in file.content


@given(nasty_items.filter(bool))
@settings(max_examples=15, deadline=None)
def test_files_that_do_not_hold_the_same_entries_are_not_taken(entries: list[StoredItem]) -> None:
    contents, fewer = (dict(zip(KINDS, render(made(some)), strict=True)) for some in (entries, entries[1:]))
    for kind in KINDS:
        mixed = {key: file.content for key, file in (contents | {kind: fewer[kind]}).items()}
        assert WrittenEntries.of(mixed, set()) is None


KEYS = st.sampled_from(["items", "_feedbuilder", "format", "id", "url", "said", "zone"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
)


@given(st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()))
@settings(max_examples=200, deadline=None)
def test_recovery_never_raises(content: bytes) -> None:
    assert read_feed_json(content).known == ()


JUNK: list[Any] = [
    *(None, 7, -1.5, True, [], {}, [[]], [{}], {"title": 3}),
    *("", "../../etc", "9" * 5000, "\ud800", "0001-01-01T00:00+09:00"),
]


@given(clean_items.filter(bool), st.data())
@settings(max_examples=150, deadline=None)
def test_recovery_survives_any_one_broken_value(entries: list[StoredItem], data: st.DataObject) -> None:
    feed = json.loads(files_of(entries)["feed.json"].content)
    broken = feed["items"][0]
    place = data.draw(st.sampled_from([broken, broken["_feedbuilder"]]))
    key = data.draw(st.sampled_from(sorted(place)))
    place[key] = data.draw(st.sampled_from(JUNK))
    recovered = read_feed_json(json.dumps(feed).encode())
    ids = [known.identity.id for known in recovered.known]
    others = [entry.id for entry in entries[1:]]
    assert ids in (others, [broken["id"], *others])
    assert (recovered.damage is None) == (len(ids) == len(entries))


@given(texts)
@settings(max_examples=100, deadline=None)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(moments, zones)
@settings(max_examples=100, deadline=None)
def test_dates_read_back_as_the_same_moment(moment: datetime, zone: ZoneInfo) -> None:
    first = StoredItem(
        "urn:uuid:1", "a", "https://a.example/", "A", None, (), None, (), ("a",), moment, Precision.INSTANT, zone,
        moment, moment, moment,
    )  # fmt: skip
    for name in ("rss.xml", "atom.xml"):
        (entry,) = feedparser.parse(files_of([first])[name].content).entries
        assert calendar.timegm(entry.published_parsed) == int(moment.timestamp())
