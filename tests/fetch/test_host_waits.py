"""A host that says "not now" is left alone with all its pages, for as long as it asks; also by the next process."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.fetch import HostWaits, HttpFetcher
from feedbuilder.fetch.host_waits import FIRST_WAIT, LONGEST_WAIT, after_refusal, is_refusal
from feedbuilder.model import LONGEST_RETRY_AFTER, FetchError, HostWait, NotAskedError, Page
from feedbuilder.store import open_store
from tests.fetch.loopback import NOW, FakeTime, Line, Site, answer, redirect
from tests.patience import PATIENCE

MakeFetcher = Callable[..., HttpFetcher]
OFTEN = answer("often", "Retry-After: 1800", status="429 Often")


def refuse(fetcher: HttpFetcher, url: str) -> NotAskedError | FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher.get(url)
    return caught.value


@pytest.mark.parametrize(
    "reply", [OFTEN, answer("busy", status="503 Busy"), answer("", "Retry-After: 9", status="500 x")]
)
def test_forty_pages_of_a_host_that_refuses_are_one_request(reply: bytes, site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {f"/{number}": reply for number in range(40)}
    with ThreadPoolExecutor(8) as pool:
        errors = list(pool.map(lambda number: refuse(fetcher, site.url(f"/{number}")), range(40)))
    assert len(site.asked) == 1
    assert sum(isinstance(error, NotAskedError) for error in errors) == 39


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "500 Oh", "502 Bad Gateway"])
def test_an_answer_about_one_page_says_nothing_of_the_others(status: str, site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/": answer("no", status=status), "/other": answer()}
    refuse(fetcher, site.url("/"))
    assert isinstance(fetcher.get(site.url("/other")), Page)


def test_robots_txt_speaks_for_its_host(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages = {"/robots.txt": OFTEN}
    fetcher = make_fetcher(robots=True)
    refuse(fetcher, site.url("/a"))
    refuse(fetcher, site.url("/b"))
    assert site.paths == ["/robots.txt"]


def test_other_hosts_and_other_services_of_the_machine_are_asked(
    site: Site, make_site: Callable[[], Site], fetcher: HttpFetcher
) -> None:
    other = make_site()
    site.pages = other.pages = {"/": answer(), "/often": OFTEN}
    refuse(fetcher, site.url("/often"))
    assert isinstance(fetcher.get(other.url()), Page)
    assert isinstance(fetcher.get(site.url(host="localhost")), Page)


def test_no_redirect_leads_to_a_host_that_waits(
    site: Site, make_site: Callable[[], Site], fetcher: HttpFetcher
) -> None:
    other = make_site()
    other.pages = {"/": OFTEN}
    site.pages = {"/": redirect(other.url())}
    refuse(fetcher, other.url())
    assert isinstance(refuse(fetcher, site.url()), NotAskedError)
    assert (len(site.asked), len(other.asked)) == (1, 1)


def hang(line: Line) -> None:
    line.site.stopped.wait(PATIENCE)


def test_a_host_that_does_not_answer_twice_in_a_row_is_left_alone(site: Site, make_fetcher: MakeFetcher) -> None:
    fetcher = make_fetcher(deadline=timedelta(seconds=0.5))
    site.pages = {f"/{number}": hang for number in range(5)}
    errors = [refuse(fetcher, site.url(f"/{number}")) for number in range(5)]
    assert [isinstance(error, NotAskedError) for error in errors] == [False, False, True, True, True]
    assert "did not answer in time" in str(errors[-1])
    assert set(site.paths) <= {"/0", "/1"}


def test_one_slow_page_among_others_is_no_silence_of_its_host(site: Site, make_fetcher: MakeFetcher) -> None:
    tools = {"waits": HostWaits(lambda: NOW)}
    hasty, patient = make_fetcher(deadline=timedelta(seconds=0.5), tools=tools), make_fetcher(tools=tools)
    site.pages = {"/slow": hang, "/": answer()}
    for _ in range(3):
        assert not isinstance(refuse(hasty, site.url("/slow")), NotAskedError)
        patient.get(site.url())


def test_a_page_that_breaks_off_is_no_silence(site: Site, fetcher: HttpFetcher) -> None:
    site.pages = {"/": lambda line: line.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbroken")}
    for _ in range(3):
        assert not isinstance(refuse(fetcher, site.url()), NotAskedError)


def test_after_the_wait_it_is_asked_once_more_and_a_good_answer_ends_it(
    site: Site, make_fetcher: MakeFetcher, fake_time: FakeTime
) -> None:
    fetcher = make_fetcher(tools={"clock": fake_time.clock})
    site.pages = {"/": OFTEN, "/other": OFTEN}
    refuse(fetcher, site.url())
    fake_time.now += 1799
    assert refuse(fetcher, site.url("/other")).retry_after == timedelta(seconds=1)
    fake_time.now += 1
    assert refuse(fetcher, site.url("/other")).status == 429
    assert site.paths == ["/", "/other"]
    fake_time.now += 1800
    site.pages["/"] = answer()
    assert isinstance(fetcher.get(site.url()), Page)


def test_the_next_process_waits_too_until_the_host_answers_well(
    tmp_path: Path, site: Site, make_fetcher: MakeFetcher, fake_time: FakeTime
) -> None:
    site.pages = {"/": OFTEN}
    with open_store(tmp_path / "feedbuilder.db") as store:
        for _ in range(3):  # as from cron: nothing but the store is left
            refuse(
                make_fetcher(tools={"clock": fake_time.clock, "waits": HostWaits(fake_time.clock, store)}), site.url()
            )
        assert len(site.asked) == 1
        assert [(wait.refusals, wait.status) for wait in store.host_waits()] == [(1, 429)]
        fake_time.now += 1800
        site.pages["/"] = answer()
        make_fetcher(tools={"clock": fake_time.clock, "waits": HostWaits(fake_time.clock, store)}).get(site.url())
        assert store.host_waits() == []


def test_what_is_remembered_of_a_host_holds_no_secret_of_a_page(
    tmp_path: Path, site: Site, make_fetcher: MakeFetcher
) -> None:
    site.pages = {"/?key=hunter2": OFTEN, "/other": OFTEN}
    with open_store(tmp_path / "feedbuilder.db") as store:
        fetcher = make_fetcher(tools={"waits": HostWaits(lambda: NOW, store)})
        refuse(fetcher, f"http://user:hunter2@127.0.0.1:{site.port}/?key=hunter2")
        (wait,) = store.host_waits()
        told = refuse(fetcher, site.url("/other"))
    assert "127.0.0.1" in wait.reason
    assert "hunter2" not in f"{wait} {told}"


def test_who_insists_may_ask_and_hears_it_once_more(site: Site, make_fetcher: MakeFetcher) -> None:
    waits = HostWaits(lambda: NOW)
    fetcher = make_fetcher(tools={"waits": waits})
    site.pages = {"/": OFTEN}
    refuse(fetcher, site.url())
    waits.forget([f"127.0.0.1:{site.port}"])
    refuse(fetcher, site.url())
    refuse(fetcher, site.url())
    assert len(site.asked) == 2


@given(st.integers(1, 100), st.none() | st.timedeltas(timedelta(), timedelta(days=10_000)))
def test_waits_grow_to_a_ceiling_and_are_as_long_as_asked_for(refusals: int, asked: timedelta | None) -> None:
    error = FetchError("not now", status=503, retry_after=asked)
    former = HostWait("a.example", NOW, NOW - timedelta(days=1), refusals, "not now")
    wait = after_refusal(former, "a.example", error, NOW)
    assert FIRST_WAIT < wait.until - NOW <= max(LONGEST_WAIT, min(asked or timedelta(), LONGEST_RETRY_AFTER))
    assert wait.until - NOW >= min(asked or timedelta(), LONGEST_RETRY_AFTER)
    assert (wait.refusals, wait.since) == (refusals + 1, former.since)


def test_a_wait_that_a_wrong_clock_noted_holds_nobody() -> None:
    now = NOW + timedelta(days=365)
    waits = HostWaits(lambda: now)
    waits.refused("a.example", FetchError("often", status=429))
    assert waits.holding("a.example") is not None
    now = NOW
    assert waits.holding("a.example") is None


def test_waits_that_are_long_over_are_forgotten(tmp_path: Path) -> None:
    with open_store(tmp_path / "feedbuilder.db") as store:
        for place, days in (("old.example", 31), ("recent.example", 29)):
            over = NOW - timedelta(days=days)
            store.remember_wait(HostWait(place, over, over, 3, "often"))
        waits = HostWaits(lambda: NOW, store)
        assert (waits.of("old.example"), waits.holding("recent.example")) == (None, None)
        assert [wait.place for wait in store.host_waits()] == ["recent.example"]


def test_no_answer_at_all_refuses_nothing() -> None:
    assert not is_refusal(FetchError("broken off"))
