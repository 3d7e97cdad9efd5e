"""Feeds as objects: put once and when they change, told when they cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from feedbuilder.model import BucketSettings, FeedFile, FileStamp, PublishError
from feedbuilder.model.formats import OUR_MARK
from feedbuilder.publish import Bucket
from feedbuilder.publish.bucket import stamp_of
from tests.object_storage import ObjectStorage

RSS = FeedFile("world/rss.xml", b"<rss/>", "application/rss+xml; charset=utf-8")
OURS = FeedFile("world/feed.json", json.dumps({OUR_MARK: {}}).encode(), "application/feed+json; charset=utf-8")
OLD = FeedFile("world/archive/2026-02-06-0123456789ab/rss.xml", b"<rss>old</rss>", RSS.media_type)
FOREIGN = FeedFile("shop/feed.json", b"{}", "application/json")


def known_as(*files: FeedFile) -> dict[str, FileStamp]:
    """Return what the store remembers of files that were put there by another process."""
    return {file.path: stamp_of(file.content) for file in files}


def test_what_is_put_says_what_it_is_and_is_put_once(object_storage: ObjectStorage) -> None:
    bucket = Bucket(object_storage.settings, dict)
    assert bucket.publish([RSS, OURS]) == [RSS.path, OURS.path]
    content, kind, cached = object_storage.objects()[RSS.path]
    assert (content, kind) == (RSS.content, RSS.media_type)
    assert "max-age=60" in cached
    assert bucket.publish([RSS, OURS]) == []
    changed = FeedFile(RSS.path, b"<rss>news</rss>", RSS.media_type)
    assert bucket.publish([changed, OURS]) == [RSS.path]
    assert object_storage.objects()[RSS.path][0] == changed.content
    assert bucket.read(RSS.path) == changed.content
    assert bucket.read("world/atom.xml") is None


def test_a_new_process_puts_nothing_that_stands_there_and_all_that_does_not(object_storage: ObjectStorage) -> None:
    Bucket(object_storage.settings, dict).publish([RSS, OURS])
    bucket = Bucket(object_storage.settings, lambda: known_as(RSS, OURS))
    assert bucket.altered(known_as(RSS, OURS)) == set()
    assert bucket.publish([RSS, OURS]) == []
    object_storage.remove(RSS.path)
    again = Bucket(object_storage.settings, lambda: known_as(RSS, OURS))
    assert again.altered(known_as(RSS, OURS)) == {RSS.path}
    assert again.publish([RSS, OURS]) == [RSS.path]
    assert again.altered(known_as(RSS, OURS)) == set()


def test_it_holds_what_was_put_and_still_stands_there(object_storage: ObjectStorage) -> None:
    bucket = Bucket(object_storage.settings, dict)
    assert not bucket.holds(RSS)
    bucket.publish([RSS, OURS])
    assert bucket.holds(OURS, beside=[RSS.path])
    assert not bucket.holds(OURS, beside=["world/atom.xml"])
    assert not bucket.holds(FeedFile(RSS.path, b"<rss>other</rss>", RSS.media_type))


def test_feeds_that_are_gone_are_found_and_removed_and_nothing_else(object_storage: ObjectStorage) -> None:
    Bucket(object_storage.settings, dict).publish([RSS, OLD, OURS, FOREIGN])
    bucket = Bucket(object_storage.settings, dict)
    assert bucket.stale({"world"}) == []
    assert bucket.stale(()) == ["world"]
    assert [str(path) for path, _ in bucket.feed_files()] == [FOREIGN.path, OURS.path]
    assert set(bucket.files_of(["world", "shop"])) == {RSS.path, OLD.path, OURS.path}
    assert set(bucket.remove(["world", "shop"])) == {RSS.path, OLD.path, OURS.path}
    assert object_storage.objects().keys() == {FOREIGN.path}
    assert bucket.stale(()) == []
    assert bucket.publish([RSS]) == [RSS.path]


@contextmanager
def answering(status: int, times: int) -> Iterator[tuple[str, list[str]]]:
    """Run a service that refuses so many requests with `status`, and takes all others; yield address and requests."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(self.path)
            if len(asked) <= times and not status:  # the connection breaks
                self.close_connection = True
                return
            self.send_response(status if len(asked) <= times else 200)
            self.send_header("Content-Length", "0")
            self.send_header("ETag", '"1"')
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def at(endpoint: str) -> Bucket:
    options = {"endpoint": endpoint, "region": "x", "access_key_id": "somebody", "secret_access_key": "hushhushhush"}
    return Bucket(BucketSettings(url="s3://feeds", options=options), dict)


@pytest.mark.parametrize("status", [503, 0])
def test_a_service_that_fails_for_a_moment_is_asked_again(status: int) -> None:
    with answering(status, times=2) as (endpoint, asked):
        assert at(endpoint).publish([RSS]) == [RSS.path]
    assert len(asked) == 3


@pytest.mark.parametrize(
    ("status", "told"),
    [(403, "it answered 403 Forbidden; check the credentials"), (503, "it answered 503 Service Unavailable; nothing")],
)
def test_a_refusal_is_told_and_the_next_time_it_is_put(status: int, told: str) -> None:
    with answering(status, times=4) as (endpoint, _):
        bucket = at(endpoint)
        with pytest.raises(PublishError, match=told) as refused:
            bucket.publish([OURS])
        assert "hushhushhush" not in str(refused.value)
        while True:  # a refusal that will not pass is not tried as often as one that may
            try:
                assert bucket.publish([OURS, RSS]) == [OURS.path, RSS.path]
            except PublishError:
                continue
            break


def test_mistakes_and_a_service_that_is_away_are_told() -> None:
    with pytest.raises(PublishError, match="'endpoin' is not valid for store 'S3'; correct url and options"):
        Bucket(BucketSettings(url="s3://feeds", options={"endpoin": "http://x"}), dict).publish([RSS])
    with answering(200, 0) as (endpoint, _):
        pass
    with pytest.raises(PublishError, match=r"cannot put world/rss.xml into s3://feeds: .*nothing is lost"):
        at(endpoint).publish([RSS])
    with pytest.raises(PublishError, match="not a path within the output"):
        at(endpoint).publish([FeedFile("../rss.xml", b"", "text/xml")])
