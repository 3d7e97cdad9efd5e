"""One request at a time per host, with a pause. Time is made of numbers here."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from feedbuilder.fetch import HttpFetcher
from feedbuilder.fetch.politeness import Politeness
from feedbuilder.model import FetchError
from tests.fetch.loopback import FakeTime, Line, Site, answer, redirect, soon
from tests.patience import PATIENCE

MakeFetcher = Callable[..., HttpFetcher]


@pytest.fixture
def polite(fake_time: FakeTime) -> Politeness:
    return Politeness(fake_time.monotonic, fake_time.sleep)


def test_the_first_request_does_not_wait(polite: Politeness, fake_time: FakeTime) -> None:
    with polite.turn("a.example", 1.0):
        assert fake_time.slept == []


def test_the_pause_is_counted_from_the_end_of_the_last_request(polite: Politeness, fake_time: FakeTime) -> None:
    with polite.turn("a.example", 1.0):
        fake_time.now += 20
    fake_time.now += 0.25
    with polite.turn("a.example", 1.0):
        assert fake_time.slept == [0.75]


def test_a_pause_that_has_passed_is_not_waited_for(polite: Politeness, fake_time: FakeTime) -> None:
    with polite.turn("a.example", 1.0):
        pass
    fake_time.now += 5
    with polite.turn("a.example", 1.0):
        assert fake_time.slept == []


def test_hosts_do_not_wait_for_each_other(polite: Politeness, fake_time: FakeTime) -> None:
    with polite.turn("a.example", 1.0), polite.turn("b.example", 1.0):
        assert fake_time.slept == []


def test_the_pause_holds_after_a_failure_too(polite: Politeness, fake_time: FakeTime) -> None:
    with pytest.raises(ZeroDivisionError), polite.turn("a.example", 1.0):
        raise ZeroDivisionError
    with polite.turn("a.example", 1.0):
        assert fake_time.slept == [1.0]


def test_a_queue_that_does_not_move_is_left(
    monkeypatch: pytest.MonkeyPatch, polite: Politeness, fake_time: FakeTime
) -> None:
    monkeypatch.setattr("feedbuilder.fetch.politeness.LONGEST_QUEUE", 0.05)
    with (
        polite.turn("a.example", 1.0),
        pytest.raises(FetchError, match=r"waiting for a\.example"),
        polite.turn("a.example", 1.0),
    ):
        pass
    with polite.turn("a.example", 1.0):
        assert fake_time.slept == [1.0]


def test_closing_ends_the_waiting() -> None:
    polite = Politeness(lambda: 0.0)
    with polite.turn("a.example", 3600.0):
        pass
    entered = threading.Event()

    def wait() -> None:
        entered.set()
        with polite.turn("a.example", 1.0):
            pass

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(wait)
        assert entered.wait(PATIENCE)
        polite.close()
        with pytest.raises(FetchError, match=r"a\.example was not asked: feedbuilder is stopping"):
            waiting.result(PATIENCE)


def test_hosts_that_nobody_needs_are_forgotten(polite: Politeness, fake_time: FakeTime) -> None:
    for number in range(5000):
        with polite.turn(f"{number}.example", 1.0):
            fake_time.now += 10
    assert len(polite._hosts) < 1100


# In the fetcher


def test_redirects_count_as_requests(site: Site, make_fetcher: MakeFetcher, fake_time: FakeTime) -> None:
    site.pages = {
        "/": redirect("/new"),
        "/new": redirect(site.url("/there", host="localhost")),
        "/there": answer(),
    }
    fetcher = make_fetcher(
        host_gap=timedelta(seconds=2), tools={"monotonic": fake_time.monotonic, "sleep": fake_time.sleep}
    )
    fetcher.get(site.url())
    assert fake_time.slept == [2.0]  # the third request went to another host


def test_waiting_for_ones_turn_does_not_use_up_the_deadline(
    site: Site, make_fetcher: MakeFetcher, fake_time: FakeTime
) -> None:
    site.pages["/"] = answer()

    def sleep_for_real(seconds: float) -> None:
        site.stopped.wait(3.2)
        fake_time.sleep(seconds)

    fetcher = make_fetcher(
        host_gap=timedelta(seconds=1),
        deadline=timedelta(seconds=3),
        tools={"monotonic": fake_time.monotonic, "sleep": sleep_for_real},
    )
    fetcher.get(site.url())
    fetcher.get(site.url())
    assert fake_time.slept == [1.0]


def test_threads_stand_in_line_before_one_host(site: Site, fetcher: HttpFetcher) -> None:
    lock, inside, most = threading.Lock(), 0, 0

    def page(line: Line) -> None:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        line.site.stopped.wait(0.01)
        with lock:
            inside -= 1
        line.send(answer())

    site.pages["/"] = page
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(fetcher.get, [site.url()] * 24))
    assert (most, len(site.asked)) == (1, 24)


def test_different_hosts_are_asked_at_the_same_time(site: Site, fetcher: HttpFetcher) -> None:
    both = threading.Barrier(2, timeout=PATIENCE)

    def page(line: Line) -> None:
        both.wait()
        line.send(answer())

    site.pages["/"] = page
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(fetcher.get, [site.url(), site.url(host="localhost")]))
    assert not both.broken


def test_closing_the_fetcher_frees_who_waits(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages["/"] = answer()
    fetcher = make_fetcher(host_gap=timedelta(hours=1))
    fetcher.get(site.url())
    with ThreadPoolExecutor(1) as pool:
        waiting: Any = pool.submit(fetcher.get, site.url())
        assert soon(waiting.running)
        fetcher.close()
        with pytest.raises(FetchError, match="feedbuilder is stopping"):
            waiting.result(PATIENCE)
    assert len(site.asked) == 1


def test_a_fetcher_closes_behind_a_with_block(site: Site, make_fetcher: MakeFetcher) -> None:
    site.pages["/"] = answer()
    with make_fetcher() as fetcher:
        fetcher.get(site.url())
    with pytest.raises(FetchError, match="stopping"):
        fetcher.get(site.url())
