"""Two readings of one page: which links of the second are stories of the first, and which are new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedbuilder.model import ArticleStatement, Item, Known, Precision, SaidDate
from feedbuilder.parse.identity import canonical_url
from feedbuilder.pipeline.match_stories import matches_of
from feedbuilder.store import SqlStore, merge, open_store
from tests.pipeline.test_address_histories import SOURCE, read

NOW = datetime(2026, 2, 6, 12, tzinfo=UTC)
TITLES = (
    "Harbour bridge reopens after repairs",
    "Council votes on new library roof",
    "Ferry timetable changes in December",
    "Schools plan winter sports week",
    "Old mill to become a museum",
    "Market hall gets solar panels",
)
Address = Callable[[int, str], str]
"""The number and the slug of a story -> its address."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    with open_store(tmp_path_factory.mktemp("recognition") / "news.db") as opened:
        yield opened


def listing(
    address: Address, *, dated: bool = True, titles: Sequence[str] = TITLES, first: int = 100, day: int = 0
) -> list[Item]:
    """Return a page of stories, the newest first, a day apart."""
    items = []
    for place, title in enumerate(titles):
        path = address(first + place, "-".join(title.lower().split()))
        url = "https:" + path if path.startswith("//") else "https://news.example" + path
        midnight = datetime(2026, 2, 5, tzinfo=UTC) - timedelta(days=place - day)
        date = SaidDate(midnight, Precision.DAY) if dated else None
        items.append(Item(canonical_url(url), url, title, published=date, position=place))
    return items


def new(store: SqlStore, name: str, *pages: Sequence[Item]) -> int:
    """Return how many stories the last of some readings brought."""
    source = SOURCE.model_copy(update={"id": name})
    own = name.replace(" ", "-").replace("[", "-").replace("]", "").lower()[-50:]
    for hour, page in enumerate(pages):
        moved = [
            Item(
                one.canonical.replace("news.example", f"{own}.example"),
                one.link,
                one.title,
                published=one.published,
                position=one.position,
            )
            for one in page
        ]
        changes = read(store, source, moved, NOW + timedelta(hours=hour))
    assert len(changes.changes) == len(page)
    return len(changes.new)


def test_stories_whose_own_pages_were_read_are_recognised_too() -> None:
    before = listing(lambda _, slug: f"/s/1f3a9c1/{slug}")
    after = listing(lambda _, slug: f"/s/2f3a9c1/{slug}")
    known = [
        Known(
            one.identity, one.item, (one.statement,), article=ArticleStatement(one.item.title, origins={"title": "h1"})
        )
        for one in merge(before, {}, SOURCE, NOW).changes
    ]
    found = matches_of(after, known, after, ())
    assert [found[item.canonical].known.identity.canonical for item in after] == [item.canonical for item in before]


SLUG = listing(lambda _, slug: f"/news/{slug}")
MOVES: list[tuple[str, Address, Address]] = [
    ("a parameter is added", lambda n, s: f"/n/{n}-{s}", lambda n, s: f"/n/{n}-{s}?ref=nav"),
    ("an unknown one is", lambda n, s: f"/n/{s}", lambda n, s: f"/n/{s}?qq=a1b2c3{n}"),
    ("and another value", lambda n, s: f"/n/{s}?qq=zz{n}", lambda n, s: f"/n/{s}?qq=a1b2c3{n}"),
    ("positions", lambda n, s: f"/n/{n}?place={n - 99}", lambda n, s: f"/n/{n}?place={n - 98}"),
    ("a session in the path", lambda n, s: f"/(S(a{n}b))/{n}.aspx", lambda n, s: f"/(S(zz))/{n}.aspx"),
    ("a token before the path", lambda n, s: "/s9f8e7d6c/n/" + s, lambda n, s: "/sa1b2c3d4/n/" + s),
    ("a token that is added", lambda n, s: f"/n/{s}", lambda n, s: f"/t9f8e7d6c/n/{s}"),
    ("the section", lambda n, s: f"/world/{s}", lambda n, s: f"/politics/{s}"),
    ("a deeper section", lambda n, s: f"/world/{s}", lambda n, s: f"/world/asia/{s}"),
    ("the day", lambda n, s: f"/2026/01/31/{s}", lambda n, s: f"/2026/02/01/{s}"),
    ("the day as one part", lambda n, s: f"/20260131/{s}", lambda n, s: f"/20260201/{s}"),
    ("mobile", lambda n, s: f"/n/{s}", lambda n, s: f"/n/{s}?outputType=amp"),
    ("amp", lambda n, s: f"/n/{s}.html", lambda n, s: f"/n/{s}.amp.html"),
    ("amp in front", lambda n, s: f"/n/{n}/{s}", lambda n, s: f"/amp/n/{n}/{s}"),
    ("the slug before a number", lambda n, s: f"/n/{s}-{n}000", lambda n, s: f"/n/{s}-new-{n}000"),
    ("the slug behind one", lambda n, s: f"/n/{n}000/{s}", lambda n, s: f"/n/{n}000/{s}-new"),
    ("the ending", lambda n, s: f"/n/{s}", lambda n, s: f"/N/{s}.html"),
    ("section and depth", lambda n, s: f"/world/asia/{s}", lambda n, s: f"/politics/{s}"),
    ("the host", lambda n, s: f"/n/{s}", lambda n, s: f"//m.news.example/n/{s}"),
    ("the slug beside an id", lambda n, s: f"/n/c{n}x7q2w9/{s}", lambda n, s: f"/n/c{n}x7q2w9/{s}-new"),
]
ANEW: list[tuple[str, Address, Address]] = [
    ("a number", lambda n, s: f"/n/{n}000", lambda n, s: f"/n/{n + 500}000"),
    ("an id", lambda n, s: f"/show.php?id={n}", lambda n, s: f"/show.php?id={n + 500}"),
    ("a number with a slug", lambda n, s: f"/n/{n}000-{s}", lambda n, s: f"/n/{n + 500}000-{s}"),
    ("a day in the path", lambda n, s: f"/2026/01/31/{s}", lambda n, s: f"/2026/02/07/{s}"),
    ("a day as one part", lambda n, s: f"/20260131/{s}", lambda n, s: f"/20260207/{s}"),
    ("an issue", lambda n, s: f"/weekly?issue={n}", lambda n, s: f"/weekly?issue={n + 7}"),
]
"""Addresses in which the part that tells the stories apart is another one."""


@pytest.mark.parametrize(("before", "after"), [pytest.param(a, b, id=name) for name, a, b in MOVES])
@pytest.mark.parametrize("dated", [True, False])
def test_stories_that_stand_under_other_addresses_are_the_same(
    store: SqlStore, request: pytest.FixtureRequest, before: Address, after: Address, dated: bool
) -> None:
    name = request.node.name.partition("[")[2]
    assert new(store, name, listing(before, dated=dated), listing(after, dated=dated)) == 0


@pytest.mark.parametrize(("before", "after"), [pytest.param(a, b, id=name) for name, a, b in MOVES])
def test_they_are_when_they_come_back_too(
    store: SqlStore, request: pytest.FixtureRequest, before: Address, after: Address
) -> None:
    pages = [listing(before), listing(after), listing(before), listing(after)]
    assert new(store, "back-" + request.node.name.partition("[")[2], *pages) == 0


@pytest.mark.parametrize(("before", "after"), [pytest.param(a, b, id=name) for name, a, b in ANEW])
@pytest.mark.parametrize("dated", [True, False])
def test_columns_of_one_title_are_new_every_week(
    store: SqlStore, request: pytest.FixtureRequest, before: Address, after: Address, dated: bool
) -> None:
    pages = listing(before, dated=dated), listing(after, dated=dated, day=7)
    assert new(store, "week-" + request.node.name.partition("[")[2], *pages) == len(TITLES)


def test_a_story_that_replaces_one_of_its_title_on_another_day_is_new(store: SqlStore) -> None:
    page = listing(lambda n, s: f"/news/{n}000-{s}")
    other = listing(lambda n, s: f"/news/{n + 50}000-{s}", titles=TITLES[-1:], day=1)
    assert new(store, "replaced", page, [*other, *page[:-1]]) == 1


@pytest.mark.parametrize("address", [lambda n, s: f"/n/{n}000-{s}", lambda n, s: f"/n/{s}.{n}000.html"])
@pytest.mark.parametrize("dated", [True, False])
def test_a_story_that_is_renamed_altogether_is_known_by_its_number(
    store: SqlStore, request: pytest.FixtureRequest, address: Address, dated: bool
) -> None:
    page = listing(address, dated=dated)
    renamed = ["Nothing as it was before", *TITLES[1:]]
    name = "renamed-" + request.node.name.partition("[")[2]
    assert new(store, name, page, listing(address, dated=dated, titles=renamed)) == 0


def test_the_number_of_a_section_is_no_story(store: SqlStore) -> None:
    page = listing(lambda n, s: f"/topic/{n}000/{s}", dated=False)
    other = listing(lambda n, s: f"/topic/{n}000/{s}", dated=False, titles=["Storm warning for the coast"])
    assert new(store, "section", page, [*other, *page[1:]]) == 1


def test_a_column_of_a_section_with_a_number_is_new_on_another_day(store: SqlStore) -> None:
    page = listing(lambda n, s: f"/column/{n}000/{s}")
    later = listing(lambda n, s: f"/column/{n}000/no-2-{s}", titles=TITLES[:1], day=7)
    assert new(store, "column", page, [*later, *page[1:]]) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (lambda _, s: f"/2026/02/05/{s}", lambda _, s: f"/2026/02/06/{s}"),
        (lambda _, s: f"/20260205/{s}", lambda _, s: f"/20260206/{s}"),
        (lambda _, s: f"/n/{s}?date=2026-02-05", lambda _, s: f"/n/{s}?date=2026-02-06"),
    ],
    ids=["in the path", "as one part", "as a parameter"],
)
def test_a_daily_column_without_a_date_is_new_where_it_replaces_that_of_yesterday(
    store: SqlStore, request: pytest.FixtureRequest, before: Address, after: Address
) -> None:
    page = listing(before, dated=False)
    today = listing(after, dated=False, titles=TITLES[:1])
    name = "daily-" + request.node.name.partition("[")[2]
    assert new(store, name, page, [*today, *page[1:]]) == 1


def test_what_was_learnt_does_not_swallow_the_next_issue_of_a_column(store: SqlStore) -> None:
    page = listing(lambda n, s: f"/world/{s}")
    moved = listing(lambda n, s: f"/politics/{s}")
    column = listing(lambda n, s: f"/life/{s}", titles=TITLES[:1], day=7)
    assert new(store, "swallow", page, moved) == 0
    assert [rule.name for rule in store.address_rules()["swallow"]] == ["0/2"]
    assert new(store, "swallow", [*column, *moved[1:]]) == 1


def test_rounded_dates_are_no_other_dates(store: SqlStore) -> None:
    def page(token: str, minutes: int) -> list[Item]:
        listed = listing(lambda n, s: f"/abstract?v={token}{n}", dated=False)
        when = [datetime(2026, 2, 6, 9, minutes, tzinfo=UTC) - timedelta(hours=one.position) for one in listed]
        return [replace(one, published=SaidDate(moment)) for one, moment in zip(listed, when, strict=True)]

    assert new(store, "rounded", page("a1b2c3d4e5", 0), page("f6e5d4c3b2", 50)) == 0


def test_two_stories_of_one_title_stay_two_while_the_first_moves(store: SqlStore) -> None:
    page = listing(lambda n, s: f"/world/{n}000-{s}")
    moved = listing(lambda n, s: f"/politics/{n}000-{s}")
    twin = listing(lambda n, s: f"/world/{n + 50}000-{s}", titles=TITLES[:1])
    assert new(store, "twins", page, [*twin, *moved]) == 1


@pytest.mark.parametrize("name", ["ref", "source", "from", "pos", "ts"])
def test_a_parameter_of_the_table_counts_where_it_tells_stories_apart(store: SqlStore, name: str) -> None:
    page = listing(lambda n, s: f"/show?{name}={n}")
    more = listing(lambda n, s: f"/show?{name}={n}", titles=["Storm warning for the coast"], first=200, day=1)
    assert new(store, f"apart-{name}", page, page, [*more, *page]) == 1


def test_a_token_that_is_all_of_the_address_gives_way_to_title_and_date(store: SqlStore) -> None:
    pages = [listing(lambda n, s, turn=turn: f"/abstract?v={n * turn * 7919:032x}&f=PT") for turn in range(1, 6)]  # type: ignore[misc]
    assert new(store, "token", *pages) == 0


def test_what_was_learnt_serves_stories_that_come_later(store: SqlStore) -> None:
    def page(token: str, titles: Sequence[str], first: int) -> list[Item]:
        return listing(lambda n, s: f"/n/{s}?zz={token}{n}", titles=titles, first=first, dated=False)

    late = ["Storm warning for the coast", *TITLES]
    pages = page("aa", TITLES, 100), page("bb", TITLES, 300), page("cc", late, 500), page("dd", late[::-1], 700)
    assert new(store, "later", *pages[:3]) == 1
    assert new(store, "later", pages[3]) == 0
    [rule] = store.address_rules()["later"]
    assert (rule.place, rule.name, rule.tells_apart) == ("parameter", "zz", False)
    assert store.forget_address_rules("later") == 1
    assert new(store, "later", page("ee", late, 900)) == 0


def test_a_parameter_that_is_ignored_is_remembered_once_not_at_every_reading(store: SqlStore) -> None:
    def aliases() -> int:
        with store._database.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM aliases").scalar_one())

    pages = [listing(lambda n, s, turn=turn: f"/n/{s}?zz={turn:08x}{n}") for turn in range(8)]  # type: ignore[misc]
    assert new(store, "once", *pages[:3]) == 0
    before = aliases()
    assert new(store, "once", *pages[3:]) == 0
    assert aliases() == before
