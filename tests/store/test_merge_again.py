"""What becomes of an item that is known, when a list shows it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feedbuilder.model import ArticleStatement, Change, Item, Known, Precision
from feedbuilder.store import merge, survivor
from tests.store.makers import DAY, MINUTE, NOW, instant, known_after, make_item, make_source, whole_day

SOURCE = make_source()
LATER = NOW + DAY
WHOLE = "Iran and US return to nuclear talks in Oman as tensions shake Tehran"
CUT = "Iran and US return to nuclear talks in O…"


def after(first: Item, then: Item, *, announced: bool = True) -> Change:
    """Return what `then` changes a day after `first`, both listed by one source."""
    known = known_after(merge([first], {}, SOURCE, NOW), announced=announced)
    (change,) = merge([then], known, SOURCE, LATER).changes
    assert not change.is_new
    return change


@pytest.mark.parametrize("field", ["title", "summary"])
def test_a_clock_or_a_counter_in_a_text_is_no_news_but_what_is_counted_is_followed(field: str) -> None:
    known: dict[str, Known] = {}
    news = []
    for hours in range(1, 8):
        item = make_item(**{field: f"Storm over the coast: the harbour is closed, {hours} hours ago"})
        changes = merge([item], known, SOURCE, NOW + hours * MINUTE)
        news.append([change.is_changed for change in changes.changes])
        known = known_after(changes, announced=True)
    assert news == [[False], [True], [True], [False], [False], [False], [False]]
    (entry,) = (one.item for one in known.values())
    assert entry is not None
    assert str(getattr(entry, field)).endswith("7 hours ago")
    assert entry.changed == NOW + 3 * MINUTE
    other = merge([make_item(**{field: "Storm over the coast: the harbour is open"})], known, SOURCE, LATER)
    assert [change.is_changed for change in other.changes] == [True]


def test_the_same_page_again_changes_nothing() -> None:
    item = make_item(summary="Three people", image="https://site.example/a.jpg")
    change = after(item, item)
    assert not change.is_changed
    assert (change.item.changed, change.item.first_seen) == (NOW, NOW)
    assert (change.item.last_seen, change.statement.last_seen) == (LATER, LATER)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        pytest.param({"title": WHOLE}, {"title": CUT}, id="cut with an ellipsis"),
        pytest.param({"title": WHOLE}, {"title": WHOLE[:20]}, id="cut in mid-word"),
        pytest.param({"title": WHOLE}, {"title": None}, id="left out"),
        pytest.param({"title": WHOLE}, {"title": WHOLE.replace(" and ", "  and\N{NO-BREAK SPACE}")}, id="white space"),
        pytest.param({"summary": WHOLE}, {"summary": CUT}, id="a summary cut"),
        pytest.param({"summary": WHOLE}, {"summary": None}, id="a summary left out"),
        pytest.param({"image": "https://site.example/a.jpg"}, {"image": None}, id="no picture this time"),
        pytest.param(
            {"image": "https://cdn1.example/2026/fire-1024x768.jpg?token=1"},
            {"image": "https://cdn2.example/2026/fire-300x200.jpg?token=2"},
            id="the same picture, smaller",
        ),
        pytest.param({"authors": ("Ann",)}, {"authors": ()}, id="no author this time"),
        pytest.param({"tags": ("Iran",)}, {"tags": ()}, id="no tags this time"),
        pytest.param(
            {"link": "https://site.example/talks"}, {"link": "http://www.site.example/talks/"}, id="worse link"
        ),
    ],
)
def test_what_a_list_leaves_out_or_cuts_it_has_still_said(first: dict[str, str], then: dict[str, str]) -> None:
    change = after(make_item(**first), make_item(**then))
    assert not change.is_changed
    ((name, value),) = first.items()
    assert getattr(change.item, name) == getattr(change.statement, name) == value
    assert change.statement.revised is None


@pytest.mark.parametrize(
    ("first", "then"),
    [
        pytest.param({"title": "Talks begin"}, {"title": "Talks fail"}, id="another title"),
        pytest.param({"summary": "Three hurt"}, {"summary": "Four hurt"}, id="another summary"),
    ],
)
def test_a_rewording_is_a_change_and_leaves_id_and_date(first: dict[str, str], then: dict[str, str]) -> None:
    change = after(make_item(**first), make_item(**then))
    assert change.is_changed
    assert change.statement.revised == change.item.changed == change.item.updated == LATER
    assert change.item.published == change.item.first_seen == NOW


def test_a_title_that_was_cut_and_is_whole_now_is_a_change_but_no_revision() -> None:
    change = after(make_item(title=CUT), make_item(title=WHOLE))
    assert (change.item.title, change.statement.revised) == (WHOLE, None)
    assert change.is_changed
    assert change.item.changed == LATER


def test_a_cut_title_that_is_completed_before_anybody_read_it_is_no_change() -> None:
    change = after(make_item(title=CUT), make_item(title=WHOLE), announced=False)
    assert change.item.title == WHOLE
    assert not change.is_changed
    assert change.item.changed == NOW


def test_a_rewording_is_a_change_even_before_anybody_read_it() -> None:
    change = after(make_item(title="Talks begin"), make_item(title="Talks fail"), announced=False)
    assert change.is_changed


def test_another_picture_is_a_change() -> None:
    change = after(make_item(image="https://s.example/a.jpg"), make_item(image="https://s.example/b.jpg"))
    assert change.item.image == "https://s.example/b.jpg"
    assert change.is_changed


def test_a_list_that_alternates_between_two_pictures_comes_to_rest() -> None:
    hero, card = make_item(image="https://s.example/hero.jpg"), make_item(image="https://s.example/card.jpg")
    known = known_after(merge([hero], {}, SOURCE, NOW))
    changed = []
    for day in range(1, 7):
        changes = merge([card if day % 2 else hero], known, SOURCE, NOW + day * DAY)
        known = known_after(changes, known)
        changed.append(bool(changes.changed))
    assert changed == [True, False, False, False, False, False]


def test_a_picture_that_is_another_at_every_reading_is_given_up_on() -> None:
    known = known_after(merge([make_item(image="https://s.example/0.jpg")], {}, SOURCE, NOW))
    changed = []
    for day in range(1, 12):
        changes = merge([make_item(image=f"https://s.example/{day}.jpg")], known, SOURCE, NOW + day * DAY)
        known = known_after(changes, known)
        changed.append(bool(changes.changed))
    assert changed == [True] * 8 + [False] * 3


@pytest.mark.parametrize("field", ["title", "summary"])
def test_a_list_that_alternates_between_two_wordings_comes_to_rest(field: str) -> None:
    said = [make_item(**{field: text}) for text in ("Talks resume in Oman today", "Envoys are back at the table")]
    known = known_after(merge([said[0]], {}, SOURCE, NOW))
    changed = []
    for day in range(1, 9):
        changes = merge([said[day % 2]], known, SOURCE, NOW + day * DAY)
        known = known_after(changes, known)
        changed.append(bool(changes.changed))
    assert changed == [True, True, True, False, False, False, False, False]


@pytest.mark.parametrize("field", ["title", "summary"])
def test_an_edit_that_is_taken_back_is_followed(field: str) -> None:
    known = known_after(merge([make_item(**{field: "Three hurt"})], {}, SOURCE, NOW))
    for day, text in enumerate(("Four hurt", "Three hurt", "Five hurt"), start=1):
        changes = merge([make_item(**{field: text})], known, SOURCE, NOW + day * DAY)
        known = known_after(changes, known)
        (change,) = changes.changed
        assert getattr(change.item, field) == text


def test_authors_and_tags_are_as_said_now_and_other_ones_are_a_change() -> None:
    change = after(make_item(authors=("Ann",), tags=("a",)), make_item(authors=("Ann",), tags=("b", "B", "#c")))
    assert (change.item.tags, change.is_changed) == (("B", "#c"), True)
    change = after(make_item(authors=("Ann",), tags=("a",)), make_item(authors=("Bob",), tags=("a",)))
    assert (change.item.authors, change.is_changed) == (("Bob",), True)


def test_another_spelling_of_a_tag_is_no_change() -> None:
    assert not after(make_item(tags=("world news",)), make_item(tags=("#World News",))).is_changed


@pytest.mark.parametrize(
    ("first", "then", "date", "precision"),
    [
        pytest.param(None, "2026-02-05T09:00Z", "2026-02-05T09:00Z", Precision.INSTANT, id="none, then an instant"),
        pytest.param(
            "2026-02-06T09:00Z", "2026-02-01T09:00Z", "2026-02-06T09:00Z", Precision.INSTANT, id="two instants"
        ),
        pytest.param(None, "2026-03-01T09:00Z", "2026-02-06T10:00Z", Precision.SEEN, id="none, then the future"),
    ],
)
def test_an_exact_date_replaces_a_guess_that_nobody_has_read(
    first: str | None, then: str, date: str, precision: Precision
) -> None:
    items = (make_item(published=instant(first) if first else None), make_item(published=instant(then)))
    change = after(*items, announced=False)
    assert (change.item.published, change.item.precision) == (datetime.fromisoformat(date), precision)
    assert change.item.published == change.identity.published
    announced = after(*items, announced=True)
    assert announced.item.published == (instant(first).at if first else NOW)


def test_a_day_replaces_the_date_of_first_sight_and_is_read_at_that_moment() -> None:
    change = after(make_item(), make_item(published=whole_day("2026-02-06T00:00+04:00")), announced=False)
    assert (change.item.published, change.item.precision) == (NOW, Precision.DAY)


def test_a_story_that_retention_dropped_returns_with_its_id_and_dates_and_is_not_new() -> None:
    first = merge([make_item(published=instant("2026-02-01T09:00Z"))], {}, SOURCE, NOW).changes[0]
    forgotten = {first.identity.canonical: Known(first.identity, None, (), announced=True)}
    changes = merge([make_item(published=instant("2026-02-05T09:00Z"))], forgotten, SOURCE, LATER)
    assert not changes.new
    assert not changes.changed
    (change,) = changes.changes
    assert change.identity == first.identity
    assert change.item == replace(first.item, last_seen=LATER)
    assert change.item.updated == datetime(2026, 2, 1, 9, tzinfo=UTC)


def test_what_was_taken_from_a_published_feed_is_corrected_without_a_revision() -> None:
    first = merge([make_item(title="The wording of another source")], {}, SOURCE, NOW).changes[0]
    assumed = replace(first.statement, assumed=True, tags=("Iran",))
    known = {first.identity.canonical: Known(first.identity, first.item, (assumed,), announced=True)}
    tagged = make_source(tags=["World News"])
    (change,) = merge([make_item(title="Our own wording")], known, tagged, LATER).changes
    assert (change.statement.title, change.statement.revised) == ("Our own wording", None)
    assert not change.statement.assumed
    assert change.statement.tags == ("Iran",)
    assert change.item.tags == ("Iran", "World News")


def test_a_second_source_adds_its_name_and_its_tags() -> None:
    first = merge([make_item(tags=("Iran",))], {}, make_source("a", tags=["World"]), NOW)
    changes = merge([make_item(tags=("Oman",))], known_after(first), make_source("b", tags=["Global"]), NOW + MINUTE)
    assert changes.changed  # it carries a tag more than readers know
    assert changes.changes[0].item.sources == ("a", "b")
    assert changes.changes[0].item.tags == ("Global", "Iran", "Oman")


def test_the_files_of_an_episode_stay_where_only_their_signature_differs_and_follow_where_they_are_others() -> None:
    first = make_item(enclosures=("https://cdn.example/1.mp3?sig=1",))
    assert after(first, make_item(enclosures=("https://cdn.example/1.mp3?sig=2",))).item.enclosures == first.enclosures
    assert after(first, make_item()).item.enclosures == first.enclosures
    other = ("https://cdn.example/1-mended.mp3",)
    assert after(first, make_item(enclosures=other)).item.enclosures == other


@pytest.mark.parametrize(
    ("own", "theirs", "is_one"),
    [
        ("The weather for Tuesday in the whole valley", "The weather for Monday in the whole valley", False),
        ("The weather for Tuesday in the whole valley", "The weather for Tuesday in the whole valley", True),
        ("The weather for Tuesday in the whole valley", None, True),
        (None, "The weather for Monday in the whole valley", True),
    ],
)
def test_pages_that_call_themselves_otherwise_are_not_of_one_article(
    own: str | None, theirs: str | None, is_one: bool
) -> None:
    pages = [make_item(slug, title=f"The weather for {slug} in the whole valley") for slug in ("Tuesday", "Monday")]
    one, other = known_after(merge(pages, {}, SOURCE, NOW), announced=False).values()
    origins = {"title": "h1" if theirs else "list"}
    other = replace(other, article=ArticleStatement(theirs or "The weather for Monday in the valley", origins=origins))
    found = survivor(one, other, own or "The weather for Tuesday in the whole valley", own=own)
    assert (found is not None) is is_one
