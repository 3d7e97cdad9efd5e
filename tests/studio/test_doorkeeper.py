"""Who is let into the studio, and what the browser is told to keep others out."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from feedbuilder.model import ConfigError
from feedbuilder.studio.own_addresses import OwnAddresses
from feedbuilder.studio.passwords import IN_ALL, PER_PLACE, WINDOW, Attempts, PasswordHash
from feedbuilder.studio.serve_studio import PASSWORD, ServedStudio, serve_studio
from feedbuilder.studio.sessions import LONGEST, MOST, Sessions
from tests.patience import PATIENCE
from tests.studio.conftest import Visitor

SECRET = "correct horse battery"
Serving = Callable[..., tuple[ServedStudio, Visitor]]


@pytest.fixture
def serving(place: Path) -> Iterator[Serving]:
    """Serve a studio with a password, as it is behind a reverse proxy at `public_url`."""
    with ExitStack() as stack:

        def serve(public_url: str) -> tuple[ServedStudio, Visitor]:
            environ = {**os.environ, PASSWORD: SECRET}
            served = serve_studio(place, environ, host="127.0.0.1", port=0, public_url=public_url)
            stack.enter_context(served.server)
            return served, Visitor(served.server.url)

        yield serve


# the token


def test_without_the_token_nothing_is_shown(stranger: Visitor) -> None:
    for path in ("/", "/sources/x", "/nothing", "/?token=", "/?token=wrong"):
        answer = stranger.get(path)
        assert (answer.status_code, "set-cookie" in answer.headers) == (401, False), path
        assert "Which page" not in answer.text
    assert stranger.post("/leave").status_code == 401


def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_gets(
    served: ServedStudio, stranger: Visitor
) -> None:
    answer = stranger.get(f"/?a=1&token={served.studio.access.token}&b=%22%3E")
    cookie = answer.headers["set-cookie"].lower()
    assert {"httponly", "samesite=strict", "path=/"} <= set(cookie.split("; "))
    assert str(served.studio.access.token) not in answer.text
    assert 'content="0;url=/?a=1&amp;b=%22%3E"' in answer.text
    assert stranger.get().status_code == 200


def test_the_token_leads_to_no_other_host(served: ServedStudio, stranger: Visitor) -> None:
    answer = stranger.get(f"//evil.example/?token={served.studio.access.token}")
    assert 'content="0;url=/evil.example/"' in answer.text


@pytest.mark.parametrize(
    ("path", "there"),
    [
        (r"/\evil.example/", "/%5Cevil.example/"),
        ("/%5c%5Cevil.example", "/%5C%5Cevil.example"),
        ("/%09/evil", "/%09/evil"),
    ],
)
def test_what_browsers_take_for_a_slash_leads_to_no_other_host(served: ServedStudio, path: str, there: str) -> None:
    token = str(served.studio.access.token)
    line = f"GET {path}?token={token} HTTP/1.1\r\nHost: 127.0.0.1:{served.server.port}\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.server.port), PATIENCE) as connection:
        connection.sendall(line.encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    assert f'content="0;url={there}"' in answer


def test_who_leaves_is_not_known_any_more(visitor: Visitor) -> None:
    assert visitor.get().status_code == 200
    assert visitor.post("/leave").status_code == 303
    assert visitor.get().status_code == 401


@pytest.mark.parametrize("cookie", ["x=1", "feedbuilder-studio-{port}=", "feedbuilder-studio-{port}=guess", "\x01;;="])
def test_a_wrong_cookie_lets_nobody_in(served: ServedStudio, stranger: Visitor, cookie: str) -> None:
    answer = stranger.get(Cookie=cookie.format(port=served.server.port))
    assert answer.status_code in {400, 401}


# other names and other sites


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1", "{port}"])
def test_a_name_that_was_rebound_to_this_machine_gets_nothing(
    served: ServedStudio, visitor: Visitor, host: str
) -> None:
    answer = visitor.get(Host=host.format(port=served.server.port))
    assert answer.status_code in {400, 421}
    assert "feeds" not in answer.text


@pytest.mark.parametrize("host", ["localhost:{port}", "LOCALHOST:{port}", "[::1]:{port}", "127.0.0.1:{port}"])
def test_all_names_of_loopback_are_ours(served: ServedStudio, stranger: Visitor, host: str) -> None:
    assert stranger.get(Host=host.format(port=served.server.port)).status_code == 401


@pytest.mark.parametrize(
    ("host", "port", "public_url", "named"),
    [
        ("127.0.0.1", 80, None, "localhost"),
        ("0.0.0.0", 80, None, "192.168.7.9"),
        ("0.0.0.0", 80, None, "[fd00::80]"),
        ("0.0.0.0", 8767, None, "192.168.7.9:8767"),
        ("127.0.0.1", 8767, "https://home.example:443/studio", "home.example"),
        ("127.0.0.1", 8767, "http://home.example:80", "home.example"),
    ],
)
def test_the_usual_port_may_be_left_out(host: str, port: int, public_url: str | None, named: str) -> None:
    addresses = OwnAddresses.of(host, port, public_url)
    assert addresses.is_host(named)
    scheme = "https" if public_url and public_url.startswith("https") else "http"
    assert addresses.is_origin(f"{scheme}://{named}", named)
    assert not OwnAddresses.of("0.0.0.0", 8767, None).is_host("192.168.7.9")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://localhost:1", "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
    ids=str,
)
def test_a_form_of_another_page_changes_nothing(visitor: Visitor, headers: dict[str, str]) -> None:
    answer = requests.post(
        f"{visitor.url}/leave", headers=headers, cookies=visitor.session.cookies, timeout=60, allow_redirects=False
    )
    assert answer.status_code == 403
    assert visitor.get().status_code == 200


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("dest", ["image", "script", "iframe", "empty"])
def test_another_page_cannot_ask_for_anything_of_ours(visitor: Visitor, site: str, dest: str) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": dest}
    assert visitor.get("/", **headers).status_code == 403
    assert visitor.get("/static/studio.css", **headers).status_code == 403


def test_a_link_on_another_page_may_lead_here(visitor: Visitor) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert visitor.get("/", **headers).status_code == 200


def test_every_answer_says_what_a_browser_may_do_with_it(visitor: Visitor, stranger: Visitor) -> None:
    answers = [visitor.get(), visitor.get("/nothing"), stranger.get(), visitor.get("/static/studio.css")]
    answers += [stranger.get(Host="evil.example"), visitor.post("/leave")]
    assert [answer.status_code for answer in answers] == [200, 404, 401, 200, 421, 303]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_huge_form_is_not_read(visitor: Visitor) -> None:
    assert visitor.post("/leave", {"a": "x" * 1_100_000}).status_code == 413


@pytest.mark.parametrize("name", ["", "..%2fapp.py", "app.py", "base.html", "%2e%2e/app.py", "studio.css/"])
def test_static_files_are_those_of_the_folder(visitor: Visitor, name: str) -> None:
    assert visitor.get(f"/static/{name}").status_code == 404


def test_a_browser_keeps_static_files(visitor: Visitor) -> None:
    first = visitor.get("/static/studio.css")
    again = visitor.get("/static/studio.css", **{"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


# other addresses


def test_others_need_a_password(place: Path) -> None:
    for host, public in (("0.0.0.0", None), ("127.0.0.1", "https://home.example/")):
        for environ in ({}, {PASSWORD: "short"}):
            with pytest.raises(ConfigError, match="asks for a password"):
                serve_studio(place, environ, host=host, port=0, public_url=public)


def test_with_a_password_there_is_no_token(serving: Serving) -> None:
    served, browser = serving("https://home.example/")
    assert served.studio.access.token is None
    assert served.address == "https://home.example/"
    answer = browser.get("/?token=")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert browser.post("/leave").status_code == 401


def test_the_password_lets_in(serving: Serving) -> None:
    _, browser = serving("http://home.example/")
    wrong = browser.post("/login", {"password": "wrong"})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (403, False)
    assert browser.get().status_code == 303
    assert browser.post("/login", {"password": SECRET}).status_code == 303
    assert browser.get().status_code == 200


def test_it_cannot_be_guessed_by_trying(serving: Serving) -> None:
    _, browser = serving("http://home.example/")
    answers = [browser.post("/login", {"password": f"wrong {number}"}) for number in range(PER_PLACE)]
    assert {answer.status_code for answer in answers} == {403}
    late = browser.post("/login", {"password": SECRET})
    assert (late.status_code, "set-cookie" in late.headers) == (429, False)


def test_by_https_the_cookie_goes_by_https_alone(serving: Serving) -> None:
    _, browser = serving("https://home.example/studio/")
    cookie = browser.post("/studio/login", {"password": SECRET}).headers["set-cookie"].lower()
    assert {"secure", "path=/studio", "samesite=strict", "httponly"} <= set(cookie.split("; "))


@pytest.mark.parametrize("prefix", ["", "/studio"], ids=["the proxy takes the path off", "the proxy leaves it"])
def test_a_proxy_may_show_it_under_a_path(serving: Serving, prefix: str) -> None:
    _, browser = serving("http://home.example/studio/")
    said = {"Host": "home.example", "Origin": "http://home.example"}
    answer = browser.post(f"{prefix}/login", {"password": SECRET}, **said)
    assert (answer.status_code, answer.headers["location"]) == (303, "/studio/")
    name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
    start = browser.get(f"{prefix}/", Host="home.example", Cookie=f"{name}={value}")
    assert start.status_code == 200
    assert 'href="/studio/static/studio.css"' in start.text
    assert browser.get(f"{prefix}/static/studio.css", Host="home.example").status_code == 200


def test_the_proxy_is_believed_no_other_name(serving: Serving) -> None:
    _, browser = serving("http://home.example/studio/")
    assert browser.get("/", Host="evil.example").status_code == 421
    answer = browser.post("/login", {"password": SECRET}, Host="home.example", Origin="http://evil.example")
    assert answer.status_code == 403
    # A proxy that names us by our own address, as nginx does when nobody tells it otherwise.
    assert browser.post("/login", {"password": SECRET}, Origin="http://home.example").status_code == 303


# the parts


def test_numeric_addresses_are_ours_only_where_others_may_come() -> None:
    here, there = OwnAddresses.of("127.0.0.1", 8767, None), OwnAddresses.of("0.0.0.0", 8767, None)
    assert not here.is_host("192.0.2.7:8767")
    assert there.is_host("192.0.2.7:8767")
    assert there.is_host("[2001:db8::7]:8767")
    assert not there.is_host("192.0.2.7:80")
    assert not there.is_host("192.0.2.7.evil.example:8767")
    assert (here.needs_password, there.needs_password) == (False, True)


def test_a_wrong_public_address_is_told() -> None:
    with pytest.raises(ConfigError, match="--public-url"):
        OwnAddresses.of("127.0.0.1", 8767, "home.example")


def test_a_password_is_kept_as_a_hash() -> None:
    kept = PasswordHash.of(SECRET)
    assert kept.matches(SECRET)
    assert not kept.matches(SECRET[:-1])
    assert PasswordHash.of(SECRET).digest != kept.digest
    assert SECRET not in repr(kept)
    assert kept.digest.hex() not in repr(kept)


def test_attempts_are_counted_by_place_and_in_all() -> None:
    now = 0.0
    attempts = Attempts(lambda: now)
    assert [attempts.begin("a") for _ in range(PER_PLACE)] == [0.0] * PER_PLACE
    assert attempts.begin("a") == WINDOW
    for number in range(IN_ALL - PER_PLACE):
        assert attempts.begin(f"other {number}") == 0.0
    assert attempts.begin("new") == WINDOW
    now = WINDOW + 1
    assert attempts.begin("a") == 0.0


def test_who_knew_it_may_mistype_again() -> None:
    attempts = Attempts(lambda: 0.0)
    for _ in range(3 * PER_PLACE):
        assert attempts.begin("a") == 0.0
        attempts.forgive("a")


def test_sessions_end() -> None:
    now = 0.0
    sessions = Sessions(lambda: now)
    first = sessions.begin()
    now = LONGEST - 1
    assert sessions.knows(first)
    now += LONGEST + 1
    assert not sessions.knows(first)
    assert not sessions.knows("")


def test_of_too_many_sessions_the_oldest_goes() -> None:
    now = 0.0
    sessions = Sessions(lambda: now)
    names = []
    for _ in range(MOST + 1):
        now += 1
        names.append(sessions.begin())
    assert [sessions.knows(name) for name in (names[0], names[1], names[-1])] == [False, True, True]
