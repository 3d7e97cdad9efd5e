"""The local server over the output folder, asked over a real connection."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import Response

from feedbuilder.model import Site
from feedbuilder.web import Background, output_app
from feedbuilder.web.output_server import Asked, answer, locate, segments
from tests.patience import PATIENCE

NOTHING = Asked()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/status.json", "application/json; charset=utf-8"),
        ("/world-news/", "text/html; charset=utf-8"),
        ("/world-news/rss.xml", "application/rss+xml; charset=utf-8"),
        ("/world-news/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/world-news/feed.json", "application/feed+json; charset=utf-8"),
    ],
)
def test_every_file_has_the_type_that_readers_expect(
    address: str, client: requests.Session, path: str, kind: str
) -> None:
    got = client.get(address + path)
    assert (got.status_code, got.headers["Content-Type"]) == (200, kind)
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in got.headers["Content-Security-Policy"]


def test_the_bytes_are_those_of_the_file(address: str, client: requests.Session, output: Path) -> None:
    assert client.get(address + "/world-news/").content == (output / "world-news/index.html").read_bytes()


def test_head_says_what_get_would_say_without_the_body(address: str, client: requests.Session) -> None:
    path = address + "/world-news/rss.xml"
    got, head = client.get(path), client.head(path)
    assert head.content == b""
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length"):
        assert head.headers[name] == got.headers[name]


def test_an_unchanged_file_is_not_sent_again(address: str, client: requests.Session) -> None:
    path = address + "/world-news/rss.xml"
    first = client.get(path)
    assert first.headers["ETag"].startswith('"')  # strong
    for condition in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        again = client.get(path, headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]


def test_a_changed_file_is_sent_even_with_the_old_date(address: str, client: requests.Session, output: Path) -> None:
    path, file = address + "/world-news/rss.xml", output / "world-news/rss.xml"
    first, stat = client.get(path), file.stat()
    file.write_text("<RSS/>")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.text) == (200, "<RSS/>")


def test_a_rewritten_file_of_the_same_bytes_keeps_its_tag(address: str, client: requests.Session, output: Path) -> None:
    path, file = address + "/world-news/rss.xml", output / "world-news/rss.xml"
    first = client.get(path)
    os.utime(file, (0, 0))
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_folder_without_its_slash_redirects_to_it(address: str, client: requests.Session) -> None:
    got = client.get(address + "/world-news", allow_redirects=False)
    assert (got.status_code, got.headers["Location"]) == (308, "/world-news/")


def test_a_redirect_never_leads_to_another_host(address: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.request("GET", "//world-news")
    answered = connection.getresponse()
    answered.read()
    connection.close()
    assert (answered.status, answered.getheader("Location")) == (308, "/world-news/")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/world-news/rss.xml/",
        "/world-news/.rss.xml.part",
        "/world-news/rss.xml.tmp",
        "/.git/config",
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/world-news/..%2f..%2fsecret.txt",
        "/world-news/%2e%2e/%2e%2e/secret.txt",
        "/%00",
        "/..%5csecret.txt",
        "/" + "long" * 500,
    ],
)
def test_what_is_not_published_is_not_found(address: str, path: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.request("GET", path)  # http.client sends the path as it stands; requests would tidy it up
    answered = connection.getresponse()
    body = answered.read()
    connection.close()
    assert (answered.status, body) == (404, b"404: there is no such page here\n")
    assert answered.getheader("Content-Type") == "text/plain; charset=utf-8"


def test_a_link_that_leads_outside_is_not_followed(output: Path) -> None:
    (output / "outside.txt").symlink_to(output.parent / "secret.txt")
    assert answer(output, "/outside.txt", NOTHING).status_code == 404


def test_the_folder_itself_may_be_a_link(output: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(output)
    assert answer(tmp_path / "link", "/world-news/rss.xml", NOTHING).status_code == 200


def test_a_folder_that_does_not_exist_yet_is_empty(tmp_path: Path) -> None:
    assert answer(tmp_path / "later", "/", NOTHING).status_code == 404


def test_only_reading_is_allowed(address: str, client: requests.Session) -> None:
    got = client.post(address + "/")
    assert got.status_code == 405
    assert "GET" in got.headers["Allow"]


@given(st.text(alphabet=st.sampled_from("./\\a~%:é\0 -"), max_size=30))
def test_no_path_leads_outside(path: str) -> None:
    parts = segments(path)
    assert parts is None or all(part not in ("", ".", "..") and "/" not in part for part in parts)
    found = locate(Path(__file__).parent, path)
    assert found is None or found.is_relative_to(Path(__file__).parent.resolve())


@given(st.text(max_size=40))
def test_every_path_has_an_answer(path: str) -> None:
    assert isinstance(answer(Path(__file__).parent, path, NOTHING), Response)


def _ask(address: str, path: str, *lines: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Ask as a reader does whose library adds no headers of its own; the names of the answer's are in small letters."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.putrequest("GET", path, skip_host="Host" in dict(lines), skip_accept_encoding=True)
    for name, value in lines:
        connection.putheader(name, value)
    connection.endheaders()
    answered = connection.getresponse()
    body = answered.read()
    connection.close()
    return answered.status, {name.lower(): value for name, value in answered.getheaders()}, body


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip, deflate, br", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("", False),
        ("xgzip", False),
    ],
)
def test_texts_are_compressed_where_the_client_takes_it(
    address: str, output: Path, accepted: str, compressed: bool
) -> None:
    (output / "world-news/rss.xml").write_text("<rss>" + "news " * 1000 + "</rss>")
    status, headers, body = _ask(address, "/world-news/rss.xml", ("Accept-Encoding", accepted))
    assert (status, headers.get("content-encoding")) == (200, "gzip" if compressed else None)
    assert headers["vary"] == "Accept-Encoding"
    assert (gzip.decompress(body) if compressed else body) == (output / "world-news/rss.xml").read_bytes()
    again = [("Accept-Encoding", accepted), ("If-None-Match", headers["etag"])]
    assert _ask(address, "/world-news/rss.xml", *again)[0] == 304


def test_conditions_on_several_lines_are_one_list(address: str, client: requests.Session) -> None:
    etag = client.get(address + "/world-news/rss.xml").headers["ETag"]
    lines = [("If-None-Match", '"other"'), ("If-None-Match", etag)]
    assert _ask(address, "/world-news/rss.xml", *lines)[0] == 304


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(output: Path) -> None:
    os.mkfifo(output / "pipe.txt")
    assert answer(output, "/pipe.txt", NOTHING).status_code == 404


@pytest.mark.parametrize("asked", ["192.0.2.7:9000", "localhost:9000", "[::1]:9000", "feeds.lan"])
def test_files_name_the_address_that_was_asked(output: Path, asked: str) -> None:
    """The configured one is of this machine, so that it leads nowhere from another one, nor at another port."""
    (output / "world-news/rss.xml").write_text(
        "<link>http://127.0.0.1:8766/world-news/</link><b>http://127.0.0.1:87660/ http://127.0.0.1:8765/</b>"
    )
    with Background(output_app(Site(output=output)), "127.0.0.1", 0) as server:
        _, _, body = _ask(server.url, "/world-news/rss.xml", ("Host", asked))
    assert (
        body.decode() == f"<link>http://{asked}/world-news/</link><b>http://127.0.0.1:87660/ http://127.0.0.1:8765/</b>"
    )


def test_a_public_address_stays_as_it_is(output: Path) -> None:
    (output / "world-news/rss.xml").write_text("<link>https://feeds.example/world-news/</link>")
    site = Site(output=output, url="https://feeds.example/")
    with Background(output_app(site), "127.0.0.1", 0) as server:
        _, _, body = _ask(server.url, "/world-news/rss.xml")
    assert body == b"<link>https://feeds.example/world-news/</link>"


@pytest.mark.parametrize("host", ['x"><script>', "a b", "a/../b"])
def test_a_host_that_cannot_be_is_not_repeated(output: Path, host: str) -> None:
    (output / "world-news/rss.xml").write_text("<link>http://127.0.0.1:8766/world-news/</link>")
    with Background(output_app(Site(output=output)), "127.0.0.1", 0) as server:
        _, _, body = _ask(server.url, "/world-news/rss.xml", ("Host", host))
    assert host.encode() not in body


def test_idle_connections_do_not_keep_others_out(
    output: Path, client: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbuilder.web.limited_http.MOST_CONNECTIONS", 10)
    with Background(output_app(Site(output=output)), "127.0.0.1", 0) as server, contextlib.ExitStack() as idle:
        held = [idle.enter_context(socket.create_connection((server.host, server.port))) for _ in range(30)]
        assert client.get(server.url + "/").status_code == 200
        assert _is_closed(held[0])  # idle longest


def test_a_request_that_does_not_come_whole_is_not_waited_for(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedbuilder.web.limited_http.PATIENCE", 0.3)
    with (
        Background(output_app(Site(output=output)), "127.0.0.1", 0) as server,
        socket.create_connection((server.host, server.port)) as client,
    ):
        client.sendall(b"GET / HTTP/1.1\r\n")  # and never the rest
        assert _is_closed(client)


def _is_closed(connection: socket.socket) -> bool:
    connection.settimeout(PATIENCE)
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True
