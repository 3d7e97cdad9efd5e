"""The local server over the output folder, asked over a real connection."""

from __future__ import annotations

import http.client
import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import Response

from feedbuilder.web import Conditions
from feedbuilder.web.output_server import answer, locate, segments
from tests.patience import PATIENCE

NOTHING = Conditions()


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
