"""Logins: how a site comes to know us, what happens when it no longer does, and where nothing private ever goes."""

from __future__ import annotations

import hashlib
import re
import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from feedbuilder.fetch import HttpFetcher
from feedbuilder.fetch.logged_in import FRESH, HELD, Logins
from feedbuilder.model import FetchError, Login, NotAskedError, NotModified, Page, Source, Validators
from feedbuilder.parse.login_pages import HtmlLoginPages
from tests.fetch.loopback import FakeTime, Line, Site, answer, redirect

USER, PASSWORD, SESSION = "ada.l", "open-sesame-1843", "s3ssion-of-ada"
FORM = """<h1>Welcome</h1><form method=post action=/session><input type=hidden name=token value={token}>
<input name=user><input type=password name=pw>{said}</form>"""


@dataclass
class Club:
    """A site that shows its list to those who logged in, by a form with a token."""

    site: Site
    password: str = PASSWORD
    sessions: set[str] = field(default_factory=set)
    logins: int = 0
    """How often the form was sent."""
    gate: str = "form"
    """What stands in place of the list: its "form", a "redirect" to it, a status."""

    def __post_init__(self) -> None:
        self.site.pages |= {
            "/login": answer(FORM.format(token="t-1", said="")),
            "/login?next=/list": answer(FORM.format(token="t-2", said="")),
            "/login?next=/board": answer("gone", status="404 Not Found"),
            "/session": self._log_in,
            "/list": self._list,
            "/list?page=2": self._list,
            "/home": answer("<h1>Hello Ada</h1>"),
        }

    def _log_in(self, line: Line) -> None:
        asked = self.site.asked[-1]
        self.logins += 1
        sent = dict(parse_qsl(asked.body.decode()))
        if asked.method != "POST" or sent.get("token") != "t-1" or sent.get("pw") != self.password:
            line.send(answer(FORM.format(token="t-1", said="<p class=error>Wrong password</p>")))
            return
        session = f"{SESSION}-{self.logins}"
        self.sessions.add(session)
        line.send(answer("", f"Set-Cookie: sid={session}; Path=/; HttpOnly", "Location: /home", status="302 Found"))

    def _list(self, line: Line) -> None:
        cookies = dict(part.split("=", 1) for part in self.site.asked[-1].headers.get("cookie", "").split("; ") if part)
        if cookies.get("sid") in self.sessions:
            line.send(answer("<h1>For members</h1>", 'ETag: "1"'))
        elif self.gate == "form":
            line.send(answer(FORM.format(token="t-1", said="")))
        elif self.gate == "redirect":
            line.send(redirect("/login?next=/list"))
        else:
            line.send(answer("no", status=self.gate))


@pytest.fixture
def club(site: Site) -> Club:
    return Club(site)


MakeFetcher = Callable[..., HttpFetcher]


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def knowing(make_fetcher: MakeFetcher, time: FakeTime) -> Callable[..., HttpFetcher]:
    """Make a fetcher with one login, "club"."""

    def make(keys: Mapping[str, Any], **settings: Any) -> HttpFetcher:
        logins = Logins({"club": Login.model_validate(keys)}, HtmlLoginPages(), time.clock)
        return make_fetcher(tools={"logins": logins, "clock": time.clock}, **settings)

    return make


def form(site: Site, **keys: Any) -> dict[str, Any]:
    return {"url": site.url("/login"), "fields": {"user": USER, "pw": PASSWORD}, **keys}


def source(url: str, **keys: Any) -> Source:
    return Source.model_validate({"id": "s", "url": url, "login": "club", "selectors": {"item": "li"}, **keys})


def read(fetcher: HttpFetcher, url: str, **keys: Any) -> str:
    page = fetcher.fetch(source(url, **keys), Validators())
    assert isinstance(page, Page)
    return page.body.decode()


def test_a_form_is_sent_once_and_its_session_is_shared(
    club: Club, site: Site, knowing: Callable[..., HttpFetcher]
) -> None:
    fetcher = knowing(form(site))
    for path in ("/list", "/list?page=2", "/list"):
        assert "For members" in read(fetcher, site.url(path))
    assert (club.logins, site.paths.count("/login")) == (1, 1)
    posted = site.last("/session")
    assert dict(parse_qsl(posted.body.decode())) == {"token": "t-1", "user": USER, "pw": PASSWORD}
    assert posted.headers["referer"] == site.url("/login")
    assert posted.headers["origin"] == site.url("").rstrip("/")


def test_articles_and_further_pages_are_read_by_the_same_session(
    club: Club, site: Site, knowing: Callable[..., HttpFetcher]
) -> None:
    fetcher = knowing(form(site))
    assert b"For members" in fetcher.further(source(site.url("/list")), site.url("/list?page=2")).body
    assert club.logins == 1


def test_many_at_once_log_in_once(club: Club, site: Site, knowing: Callable[..., HttpFetcher]) -> None:
    fetcher = knowing(form(site))
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda _: read(fetcher, site.url("/list")), range(12)))
    assert all("For members" in one for one in found)
    assert club.logins == 1


@pytest.mark.parametrize("gate", ["form", "redirect", "401 Unauthorized", "403 Forbidden"])
def test_a_session_that_expired_is_renewed_once(
    gate: str, club: Club, site: Site, knowing: Callable[..., HttpFetcher], time: FakeTime
) -> None:
    fetcher, club.gate = knowing(form(site)), gate
    read(fetcher, site.url("/list"))
    club.sessions.clear()
    time.now += 3600
    assert "For members" in read(fetcher, site.url("/list"))
    assert club.logins == 2


def test_an_unchanged_page_stays_one_with_a_login(club: Club, site: Site, knowing: Callable[..., HttpFetcher]) -> None:
    site.pages["/list"] = answer("", status="304 Not Modified")
    found = knowing(form(site)).fetch(source(site.url("/list")), Validators('"1"'))
    assert isinstance(found, NotModified)
    assert "if-none-match" not in site.last("/login").headers


@pytest.mark.parametrize("gate", ["form", "redirect", "403 Forbidden"])
def test_a_page_that_stays_closed_is_told_and_the_login_is_not_renewed_again_and_again(
    gate: str, club: Club, site: Site, knowing: Callable[..., HttpFetcher], time: FakeTime
) -> None:
    fetcher = knowing(form(site))
    read(fetcher, site.url("/list"))
    closed = {"form": answer(FORM.format(token="t-1", said="")), "redirect": redirect("/login?next=/board")}
    site.pages["/board"] = closed.get(gate, answer("", status=gate))
    time.now += 3600
    for _ in range(5):
        with pytest.raises(FetchError, match='although with the login "club"'):
            read(fetcher, site.url("/board"))
    assert club.logins == 2  # within a few minutes once
    time.now += FRESH.total_seconds() + 1
    with pytest.raises(FetchError, match="may this account read it"):
        read(fetcher, site.url("/board"))
    assert club.logins == 3
    assert "For members" in read(fetcher, site.url("/list"))


def test_a_wrong_password_is_sent_once_in_hours(
    club: Club, site: Site, knowing: Callable[..., HttpFetcher], time: FakeTime
) -> None:
    club.password = "another"
    fetcher = knowing(form(site))
    with pytest.raises(FetchError) as refused:
        read(fetcher, site.url("/list"))
    assert 'it says "Wrong password"' in str(refused.value)
    assert "[logins.club]" in str(refused.value)
    assert refused.value.is_lasting
    assert refused.value.retry_after == HELD
    for _ in range(3):
        time.now += 600
        with pytest.raises(NotAskedError, match='the login "club"'):
            read(fetcher, site.url("/list?page=2"))
    assert (club.logins, site.paths.count("/list")) == (1, 0)
    club.password = PASSWORD
    time.now += HELD.total_seconds()
    assert "For members" in read(fetcher, site.url("/list"))


def test_success_decides_where_it_is_given(club: Club, site: Site, knowing: Callable[..., HttpFetcher]) -> None:
    with pytest.raises(FetchError, match=r'success = "a.out" finds nothing on .*/home'):
        read(knowing(form(site, success="a.out")), site.url("/list"))
    # A site that shows its form to everybody, in a box.
    site.pages["/home"] = answer("<a class=out>Bye</a>" + FORM.format(token="t-1", said=""))
    assert "For members" in read(knowing(form(site, success="a.out")), site.url("/list"))


def test_a_site_that_sets_no_cookie_is_told(club: Club, site: Site, knowing: Callable[..., HttpFetcher]) -> None:
    site.pages["/session"] = answer("<h1>Hello</h1>")
    with pytest.raises(FetchError, match="set no cookie"):
        read(knowing(form(site)), site.url("/list"))


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("<title>Just a moment...</title><div id=challenge-stage></div>", "a check for robots"),
        ("<form method=post action=https://other.example/x><input name=user><input name=pw type=password></form>",
         'action = "https://other.example/"'),
    ],
)  # fmt: skip
def test_what_keeps_a_form_from_being_sent_is_told_and_nothing_is_sent(
    page: str, why: str, club: Club, site: Site, knowing: Callable[..., HttpFetcher]
) -> None:
    site.pages["/login"] = answer(page)
    with pytest.raises(FetchError, match=re.escape(why)):
        read(knowing(form(site)), site.url("/list"))
    assert all(asked.method == "GET" for asked in site.asked)


def test_a_broken_login_page_holds_nothing(club: Club, site: Site, knowing: Callable[..., HttpFetcher]) -> None:
    shown = site.pages["/login"]
    site.pages["/login"] = answer("", status="500 Oops")
    fetcher = knowing(form(site))
    with pytest.raises(FetchError, match="status 500"):
        read(fetcher, site.url("/list"))
    site.pages["/login"] = shown
    assert "For members" in read(fetcher, site.url("/list"))


def test_a_form_is_never_sent_on_to_another_site(
    club: Club, site: Site, make_site: Callable[..., Site], knowing: Callable[..., HttpFetcher]
) -> None:
    other = make_site()
    site.pages["/session"] = redirect(other.url("/catch"), "307 Temporary Redirect")
    with pytest.raises(FetchError, match="sent to another site"):
        read(knowing(form(site)), site.url("/list"))
    assert not other.asked


def test_robots_do_not_speak_for_a_person_who_logs_in(
    club: Club, site: Site, knowing: Callable[..., HttpFetcher]
) -> None:
    site.pages["/robots.txt"] = answer("User-agent: *\nDisallow: /login\nDisallow: /session")
    assert "For members" in read(knowing(form(site), robots=True), site.url("/list"))


# Users, tokens, cookies


def demanding(site: Site, header: str, *values: str) -> None:
    """Let in whoever sends one of `values`, and tell others what is asked for."""

    def page(line: Line) -> None:
        fine = line.site.asked[-1].headers.get(header) in values
        line.send(answer("<h1>For members</h1>") if fine else answer("", status="401 Unauthorized"))

    site.pages["/list"] = page


BASIC = "Basic YWRhLmw6b3Blbi1zZXNhbWUtMTg0Mw=="
KINDS = {
    "basic": ({"kind": "basic", "user": USER, "password": PASSWORD}, "authorization", BASIC),
    "bearer": ({"kind": "bearer", "token": "t0ken-77"}, "authorization", "Bearer t0ken-77"),
    "cookies": ({"kind": "cookies", "cookies": {"sid": "1", "lang": "de"}}, "cookie", "sid=1; lang=de"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_tells_who_we_are_goes_to_the_sources_site_only(
    kind: str, site: Site, make_site: Callable[..., Site], knowing: Callable[..., HttpFetcher]
) -> None:
    keys, header, value = KINDS[kind]
    demanding(site, header, value)
    fetcher, other = knowing(keys), make_site()
    assert "For members" in read(fetcher, site.url("/list"))
    site.pages["/away"], other.pages["/there"] = redirect(other.url("/there", "localhost")), answer()
    read(fetcher, site.url("/away"))
    fetcher.further(source(site.url("/list")), other.url("/there"))
    assert all(header not in asked.headers for asked in other.asked)


@pytest.mark.parametrize("kind", ["basic", "bearer"])
def test_a_story_on_another_site_says_nothing_of_the_login(
    kind: str, site: Site, make_site: Callable[..., Site], knowing: Callable[..., HttpFetcher]
) -> None:
    keys, header, value = KINDS[kind]
    demanding(site, header, value)
    fetcher, other = knowing(keys), make_site()
    other.pages["/story"] = answer("", status="401 Unauthorized")
    with pytest.raises(FetchError) as refused:
        fetcher.further(source(site.url("/list")), other.url("/story", "localhost"))
    assert "club" not in str(refused.value)
    assert "For members" in read(fetcher, site.url("/list"))


def test_a_story_on_another_site_has_no_login_renewed(
    club: Club, site: Site, make_site: Callable[..., Site], knowing: Callable[..., HttpFetcher], time: FakeTime
) -> None:
    fetcher, other = knowing(form(site)), make_site()
    read(fetcher, site.url("/list"))
    other.pages["/story"] = answer("no robots", status="403 Forbidden")
    for _ in range(2):
        time.now += FRESH.total_seconds() + 1
        with pytest.raises(FetchError, match="403"):
            fetcher.further(source(site.url("/list")), other.url("/story", "localhost"))
    assert (club.logins, other.paths.count("/story")) == (1, 2)


def test_cookies_of_other_sites_do_not_crowd_out_the_session(
    club: Club, site: Site, make_site: Callable[..., Site], knowing: Callable[..., HttpFetcher], time: FakeTime
) -> None:
    fetcher, other = knowing(form(site)), make_site()
    read(fetcher, site.url("/list"))
    for number in range(10):
        crowd = [f"Set-Cookie: c{number}-{one}=1; Path=/" for one in range(50)]
        other.pages[f"/{number}"] = answer("<p>Hello", *crowd)
        fetcher.further(source(site.url("/list")), other.url(f"/{number}", "localhost"))
    time.now += FRESH.total_seconds() + 1
    assert "For members" in read(fetcher, site.url("/list"))
    assert club.logins == 1
    assert all("cookie" not in asked.headers for asked in other.asked)


@pytest.mark.parametrize("kind", ["basic", "bearer"])
def test_what_was_never_taken_is_left_alone(
    kind: str, site: Site, knowing: Callable[..., HttpFetcher], time: FakeTime
) -> None:
    keys, header, value = KINDS[kind]
    demanding(site, header, "something else")
    fetcher = knowing(keys)
    with pytest.raises(FetchError, match=re.escape("[logins.club]")) as refused:
        read(fetcher, site.url("/list"))
    assert refused.value.is_lasting
    with pytest.raises(NotAskedError):
        read(fetcher, site.url("/list"))
    assert len(site.asked) == 1
    # What was taken before may be refused by one page.
    demanding(site, header, value)
    time.now += HELD.total_seconds()
    read(fetcher, site.url("/list"))
    demanding(site, header, "something else")
    for _ in range(2):
        with pytest.raises(FetchError, match="401") as refused:
            read(fetcher, site.url("/list"))
        assert not isinstance(refused.value, NotAskedError)


def test_cookies_that_expired_are_told(site: Site, knowing: Callable[..., HttpFetcher]) -> None:
    site.pages["/list"] = answer("<title>Sign in</title><form><input type=password name=p></form>")
    with pytest.raises(FetchError, match="take new ones from a browser"):
        read(knowing(KINDS["cookies"][0]), site.url("/list"))


def test_a_cookie_that_the_site_sets_anew_takes_the_place_of_the_old_one(
    site: Site, knowing: Callable[..., HttpFetcher]
) -> None:
    site.pages["/list"] = answer("<h1>For members</h1>", "Set-Cookie: sid=2; Path=/")
    fetcher = knowing(KINDS["cookies"][0])
    for _ in range(2):
        read(fetcher, site.url("/list"))
    assert [asked.headers["cookie"] for asked in site.asked] == ["sid=1; lang=de", "lang=de; sid=2"]


# Digest


def digest_site(site: Site, password: str = PASSWORD) -> None:
    """Let in whoever proves the password for the nonce of now (RFC 7616, MD5 and qop=auth)."""
    nonces = iter(f"n{number}" for number in range(100))
    now = [next(nonces)]

    def of(text: str) -> str:
        return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

    def page(line: Line) -> None:
        said = dict(re.findall(r'(\w+)="?([^",]*)"?', line.site.asked[-1].headers.get("authorization", "")))
        proof = of(f"{USER}:area:{password}"), said.get("nonce"), said.get("nc"), said.get("cnonce"), "auth"
        wanted = of(":".join([*map(str, proof), of(f"{line.site.asked[-1].method}:{said.get('uri')}")]))
        if said.get("nonce") == now[0] and said.get("response") == wanted:
            line.send(answer("<h1>For members</h1>"))
            return
        challenge = f'WWW-Authenticate: Digest realm="area", nonce="{now[0]}", qop="auth"'
        line.send(answer("", challenge, status="401 Unauthorized"))

    def turn(line: Line) -> None:
        now[0] = next(nonces)
        line.send(answer())

    site.pages |= {"/list": page, "/turn": turn}


DIGEST = {"kind": "digest", "user": USER, "password": PASSWORD}


def test_a_digest_is_answered_and_a_new_challenge_too(site: Site, knowing: Callable[..., HttpFetcher]) -> None:
    digest_site(site)
    fetcher = knowing(DIGEST)
    for _ in range(2):
        assert "For members" in read(fetcher, site.url("/list"))
    assert site.paths.count("/list") == 3  # asked, answered, and once more with what is known
    read(fetcher, site.url("/turn"))
    assert "For members" in read(fetcher, site.url("/list"))
    assert all(PASSWORD not in str(asked) for asked in site.asked)


def test_a_digest_is_answered_where_only_the_headers_are_asked_for(
    site: Site, knowing: Callable[..., HttpFetcher]
) -> None:
    digest_site(site)
    fetcher = knowing(DIGEST)
    read(fetcher, site.url("/list"))
    fetcher.measure(source(site.url("/list")), site.url("/list"))
    assert site.asked[-1].method == "HEAD"


def test_a_server_of_files_puts_no_cookie_into_the_session(
    club: Club, site: Site, knowing: Callable[..., HttpFetcher]
) -> None:
    fetcher = knowing(form(site))
    assert "For members" in read(fetcher, site.url("/list"))
    elsewhere = site.url("/1.mp3").replace("127.0.0.1", "localhost")
    site.pages["/1.mp3"] = answer("", "Content-Type: audio/mpeg", "Set-Cookie: other=1; Path=/")
    for _ in range(2):
        fetcher.measure(source(site.url("/list")), elsewhere)
        assert "cookie" not in site.asked[-1].headers
    assert "For members" in read(fetcher, site.url("/list"))
    assert club.logins == 1


def test_a_digest_with_a_wrong_password_is_left_alone(site: Site, knowing: Callable[..., HttpFetcher]) -> None:
    digest_site(site, "another")
    fetcher = knowing(DIGEST)
    with pytest.raises(FetchError) as refused:
        read(fetcher, site.url("/list"))
    assert refused.value.retry_after == HELD
    with pytest.raises(NotAskedError):
        read(fetcher, site.url("/list"))
    assert site.paths.count("/list") == 2


def test_a_login_that_nobody_configured_is_told(site: Site, make_fetcher: MakeFetcher) -> None:
    with pytest.raises(FetchError, match=re.escape("[logins.club]")):
        read(make_fetcher(), site.url("/list"))


def test_held_is_longer_than_fresh() -> None:
    assert FRESH < timedelta(hours=1) < HELD


# Certificates

CERTIFICATES = Path(__file__).parent / "certificates"


@pytest.fixture
def strict_site(make_site: Callable[..., Site]) -> Site:
    """Make a site that talks to nobody without a certificate of the authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "server.pem")
    context.load_verify_locations(CERTIFICATES / "members.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return make_site(tls=context)


def certified(**keys: Any) -> dict[str, Any]:
    return {"kind": "certificate", "certificate": CERTIFICATES / "member.pem", **keys}


def test_a_certificate_is_shown_to_the_sources_site(strict_site: Site, knowing: Callable[..., HttpFetcher]) -> None:
    strict_site.pages["/list"] = answer("<h1>For members</h1>")
    fetcher = knowing(certified(), ca_bundle=CERTIFICATES / "authority.pem")
    assert "For members" in read(fetcher, strict_site.url("/list"))
    with pytest.raises(FetchError):  # of another source, that has none
        fetcher.get(strict_site.url("/list"))
    with pytest.raises(FetchError):  # what a source leads to is another site
        fetcher.further(source("https://other.example/"), strict_site.url("/list"))


def test_robots_txt_is_asked_for_with_the_certificate_too(
    strict_site: Site, knowing: Callable[..., HttpFetcher]
) -> None:
    strict_site.pages |= {"/list": answer("<h1>For members</h1>"), "/board": answer()}
    strict_site.pages["/robots.txt"] = answer("User-agent: *\nDisallow: /board")
    fetcher = knowing(certified(), ca_bundle=CERTIFICATES / "authority.pem", robots=True)
    with pytest.raises(FetchError):  # what has none is refused, and holds up nobody else
        fetcher.picture(strict_site.url("/list"), 100)
    assert "For members" in read(fetcher, strict_site.url("/list"))
    with pytest.raises(FetchError, match="does not let"):
        read(fetcher, strict_site.url("/board"))


def test_a_certificate_that_cannot_be_read_is_told(
    site: Site, knowing: Callable[..., HttpFetcher], tmp_path: Path
) -> None:
    broken = tmp_path / "club.pem"
    broken.write_text("nothing")
    with pytest.raises(FetchError, match=r"The certificate .*club\.pem cannot be used"):
        read(knowing(certified(certificate=broken)), site.url("/list"))


def test_many_whose_session_ended_renew_it_once_although_no_time_passes(
    club: Club, site: Site, knowing: Callable[..., HttpFetcher], time: FakeTime
) -> None:
    fetcher = knowing(form(site))
    read(fetcher, site.url("/list"))
    club.sessions.clear()
    time.now += 3600
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda _: read(fetcher, site.url("/list")), range(12)))
    assert all("For members" in one for one in found)
    assert club.logins == 2
