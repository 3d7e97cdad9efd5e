"""robots.txt: what it allows, what its absence means, and how long it is remembered."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.fetch import HttpFetcher
from feedbuilder.fetch.host_waits import FIRST_WAIT, LONGEST_WAIT, HostWaits
from feedbuilder.fetch.robots import GIVEN_UP, HOLDS, LONGEST_CRAWL_DELAY, Robots
from feedbuilder.fetch.urls import parse
from feedbuilder.model import FetchError, Page
from tests.fetch.loopback import NOW, FakeTime, Line, Reply, Site, answer, redirect

MakePolite = Callable[..., HttpFetcher]


@pytest.fixture
def make_polite(make_fetcher: Callable[..., HttpFetcher], fake_time: FakeTime) -> MakePolite:
    def make(**settings: object) -> HttpFetcher:
        tools = {"monotonic": fake_time.monotonic, "sleep": fake_time.sleep, "clock": fake_time.clock}
        return make_fetcher(robots=True, tools=tools, **settings)

    return make


@pytest.fixture
def polite(make_polite: MakePolite) -> HttpFetcher:
    return make_polite()


def robots(text: str) -> bytes:
    return answer(text, "Content-Type: text/plain")


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /news", False),
        ("User-agent: *\nDisallow: /new$", True),
        ("User-agent: *\nDisallow: /*/world", False),
        ("User-agent: *\nDisallow: /news\nAllow: /news/world", True),
        ("User-agent: FeedBuilder\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: feedbuilder\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: otherbot\nDisallow: /", True),
        ("\ufeffUser-agent: *\r\nDisallow: /news\r\n", False),
        ("<html><body>Not found, but politely</body></html>", True),
    ],
)
def test_the_rules_are_heeded(rules: str, allowed: bool, site: Site, polite: HttpFetcher) -> None:
    site.pages = {"/robots.txt": robots(rules), "/news/world": answer()}
    if allowed:
        assert isinstance(polite.get(site.url("/news/world")), Page)
    else:
        with pytest.raises(FetchError, match=r"/robots\.txt does not let feedbuilder read .*robots = false"):
            polite.get(site.url("/news/world"))
    assert ("/news/world" in site.paths) is allowed


def test_robots_can_be_switched_off(site: Site, make_polite: MakePolite, fetcher: HttpFetcher) -> None:
    site.pages = {"/robots.txt": robots("User-agent: *\nDisallow: /"), "/": answer()}
    assert isinstance(fetcher.get(site.url()), Page)
    assert site.paths == ["/"]


WORDS = [
    "User-agent",
    "Disallow",
    "Allow",
    "Crawl-delay",
    ":",
    " ",
    "*",
    "$",
    "%",
    "%E4",
    "/",
    "http://[",
    "\0",
    "ü",
    "9e9",
]


@given(
    st.lists(st.sampled_from([*WORDS, "\n"])).map("".join)
    | st.binary(max_size=100).map(lambda data: data.decode("latin-1"))
)
def test_no_robots_txt_breaks_anything(text: str) -> None:
    rules = Robots(lambda _: text.encode(), lambda: 0.0, HostWaits(lambda: NOW))
    with suppress(FetchError):
        assert 0 <= rules.crawl_delay(parse("http://example.org/a?b=%E4")) <= LONGEST_CRAWL_DELAY


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone", "304 What"])
def test_a_file_that_is_not_given_forbids_nothing(status: str, site: Site, polite: HttpFetcher) -> None:
    site.pages = {"/robots.txt": answer("no", status=status), "/": answer()}
    assert isinstance(polite.get(site.url()), Page)


@pytest.mark.parametrize("location", ["/robots.txt", "mailto:a@b.example"])
def test_a_file_behind_a_senseless_redirect_forbids_nothing(location: str, site: Site, polite: HttpFetcher) -> None:
    site.pages = {"/robots.txt": redirect(location), "/": answer()}
    assert isinstance(polite.get(site.url()), Page)


def cut_short(line: Line) -> None:
    line.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nUser-agent: *")


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (answer("oh", status="500 Oh"), 500),
        (answer("busy", "Retry-After: 60", status="503 Busy"), 503),
        (answer("often", "Retry-After: 60", status="429 Often"), 429),
        (cut_short, None),
    ],
)
def test_a_file_that_cannot_be_had_now_forbids_everything(
    reply: Reply, status: int | None, site: Site, polite: HttpFetcher
) -> None:
    site.pages = {"/robots.txt": reply, "/": answer()}
    with pytest.raises(FetchError, match=r"Nothing else of http://127\.0\.0\.1:\d+ is read.*robots = false") as caught:
        polite.get(site.url())
    assert caught.value.status == status
    assert caught.value.retry_after == FIRST_WAIT
    assert caught.value.is_about_us
    assert site.paths == ["/robots.txt"]


def test_a_host_that_is_down_is_reported_as_that(site: Site, polite: HttpFetcher) -> None:
    site.stop()
    with pytest.raises(FetchError, match="refuses connections") as caught:
        polite.get(site.url())
    assert "robots" not in str(caught.value)


def test_redirects_to_the_rules_are_followed(site: Site, make_site: Callable[[], Site], polite: HttpFetcher) -> None:
    other = make_site()
    other.pages["/rules"] = robots("User-agent: *\nDisallow: /")
    site.pages = {"/robots.txt": redirect(other.url("/rules")), "/": answer()}
    with pytest.raises(FetchError, match=rf"127\.0\.0\.1:{site.port}/robots\.txt does not let"):
        polite.get(site.url())


def test_a_redirected_page_is_asked_for_by_the_rules_of_where_it_lies(
    site: Site, make_site: Callable[[], Site], polite: HttpFetcher
) -> None:
    other = make_site()
    other.pages = {"/robots.txt": robots("User-agent: *\nDisallow: /"), "/there": answer()}
    site.pages["/"] = redirect(other.url("/there"))
    with pytest.raises(FetchError, match=rf"127\.0\.0\.1:{other.port}/robots\.txt does not let"):
        polite.get(site.url())
    assert other.paths == ["/robots.txt"]


def test_the_rules_are_fetched_without_the_secrets_of_the_source(site: Site, polite: HttpFetcher) -> None:
    site.pages["/"] = answer()
    polite.get(site.url(), headers={"Authorization": "hush"})
    assert "authorization" not in site.last("/robots.txt").headers
    assert site.last("/robots.txt").headers["user-agent"].startswith("feedbuilder/")


def test_what_lies_beyond_500_kib_is_not_read(site: Site, make_polite: MakePolite) -> None:
    padding = "# nothing to see here\n" * 23_200
    assert 500_000 < len(padding) < 500 * 1024 - 100
    late = padding + "User-agent: *\nDisallow: /early\n" + "# more\n" * 2000 + "Disallow: /late\n"
    site.pages = {"/robots.txt": robots(late), "/late": answer(), "/early": answer()}
    polite = make_polite(max_bytes=1000)
    assert isinstance(polite.get(site.url("/late")), Page)
    with pytest.raises(FetchError, match="does not let"):
        polite.get(site.url("/early"))


def test_the_rules_are_remembered_for_a_day(site: Site, polite: HttpFetcher, fake_time: FakeTime) -> None:
    site.pages = {"/robots.txt": robots(""), "/": answer()}
    for _ in range(3):
        polite.get(site.url())
    assert site.paths.count("/robots.txt") == 1
    fake_time.now += HOLDS
    site.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /")
    with pytest.raises(FetchError, match="does not let"):
        polite.get(site.url())


def test_old_rules_serve_while_new_ones_cannot_be_had(site: Site, polite: HttpFetcher, fake_time: FakeTime) -> None:
    site.pages = {"/robots.txt": robots("User-agent: *\nDisallow: /closed"), "/": answer()}
    polite.get(site.url())
    site.pages["/robots.txt"] = answer("oh", status="500 Oh")
    fake_time.now += HOLDS
    assert isinstance(polite.get(site.url()), Page)
    with pytest.raises(FetchError, match="does not let"):
        polite.get(site.url("/closed"))


def test_a_failure_is_remembered_for_a_while(site: Site, polite: HttpFetcher, fake_time: FakeTime) -> None:
    site.pages = {"/robots.txt": answer("oh", status="500 Oh"), "/": answer()}
    for _ in range(3):
        with pytest.raises(FetchError):
            polite.get(site.url())
    assert site.paths == ["/robots.txt"]
    site.pages["/robots.txt"] = robots("")
    fake_time.now += FIRST_WAIT.total_seconds()
    assert isinstance(polite.get(site.url()), Page)


def test_a_file_that_could_not_be_had_for_a_month_forbids_nothing(
    site: Site, polite: HttpFetcher, fake_time: FakeTime
) -> None:
    site.pages = {"/robots.txt": answer("oh", status="500 Oh"), "/": answer()}
    for _ in range(int(GIVEN_UP / LONGEST_WAIT)):
        with pytest.raises(FetchError, match="is read while its robots"):
            polite.get(site.url())
        fake_time.now += LONGEST_WAIT.total_seconds()
    assert isinstance(polite.get(site.url()), Page)


def test_many_threads_ask_for_the_rules_once(site: Site, polite: HttpFetcher) -> None:
    site.pages = {"/robots.txt": robots(""), "/": answer()}
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(polite.get, [site.url()] * 16))
    assert site.paths.count("/robots.txt") == 1


@pytest.mark.parametrize(
    ("delay", "pause"),
    [("10", 10.0), ("0.5", 1.0), ("86400", 60.0), ("soon", 1.0), ("-5", 1.0), ("nan", 1.0), ("inf", 1.0)],
)
def test_a_crawl_delay_widens_the_gap_up_to_a_minute(
    delay: str, pause: float, site: Site, make_polite: MakePolite, fake_time: FakeTime
) -> None:
    site.pages = {"/robots.txt": robots(f"User-agent: *\nCrawl-delay: {delay}"), "/": answer()}
    polite = make_polite(host_gap=timedelta(seconds=1))
    polite.get(site.url())
    polite.get(site.url())
    assert fake_time.slept == [1.0, pause]  # after robots.txt itself the plain gap is enough
