"""Feeds as objects: put once and when they change, told when they cannot be."""

from __future__ import annotations

import json
import socket
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from feedbuilder.model import BucketSettings, FeedFile, FileStamp, PublishError
from feedbuilder.model.formats import OUR_MARK
from feedbuilder.publish import Bucket
from feedbuilder.publish.bucket import stamp_of, unlike
from tests.object_storage import ObjectStorage

RSS = FeedFile("world/rss.xml", b"<rss/>", "application/rss+xml; charset=utf-8")
OURS = FeedFile("world/feed.json", json.dumps({OUR_MARK: {}}).encode(), "application/feed+json; charset=utf-8")
OLD = FeedFile("world/archive/2026-02-06-0123456789ab/rss.xml", b"<rss>old</rss>", RSS.media_type)
FOREIGN = FeedFile("shop/feed.json", b"{}", "application/json")


@dataclass
class Memory:
    """What the store remembers of what was put."""

    stamps: dict[str, FileStamp] = field(default_factory=dict)

    def __call__(self) -> dict[str, FileStamp]:
        return self.stamps

    def keep(self, bucket: Bucket, *files: FeedFile) -> None:
        self.stamps |= {file.path: bucket.stamp(file.path) for file in files}


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


def test_what_another_process_put_since_is_known_and_is_not_altered(object_storage: ObjectStorage) -> None:
    memory = Memory()
    one, other = (Bucket(object_storage.settings, memory) for _ in range(2))
    news = FeedFile(RSS.path, b"<rss>news</rss>", RSS.media_type)
    for bucket, file in ((one, RSS), (other, news), (one, RSS), (other, news)):
        bucket.forget()
        assert bucket.altered(memory()) == set()
        assert bucket.publish([file]) == [file.path]
        assert bucket.publish([file]) == []
        memory.keep(bucket, file)
        assert object_storage.objects()[RSS.path][0] == file.content


def test_what_somebody_replaced_by_as_many_bytes_is_put_again(
    object_storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Memory()
    bucket = Bucket(object_storage.settings, memory)
    bucket.publish([RSS, OURS])
    memory.keep(bucket, RSS, OURS)
    assert bucket.altered(memory()) == set()
    Bucket(object_storage.settings, dict).publish([FeedFile(RSS.path, b"<sss/>", RSS.media_type)])
    assert bucket.altered(memory()) == set()  # a list is asked for now and then
    monkeypatch.setattr("feedbuilder.publish.bucket.LISTED_EVERY", 0.0)
    assert bucket.altered(memory()) == {RSS.path}
    assert bucket.publish([RSS, OURS]) == [RSS.path]
    memory.keep(bucket, RSS)
    assert bucket.altered(memory()) == set()
    assert object_storage.objects()[RSS.path][0] == RSS.content


def test_where_a_list_calls_nothing_as_it_was_called_sizes_count() -> None:
    put = {str(number): FileStamp(7, number, f"a{number}") for number in range(4)}
    assert unlike(put, put) == set()
    found = {path: replace(stamp, etag=f"b{stamp.etag}") for path, stamp in put.items()}
    assert unlike(put, found) == set()
    assert unlike(put, {**found, "0": replace(found["0"], size=8)}) == {"0"}
    assert unlike(put, {**found, "0": put["0"]}) == {"1", "2", "3"}
    assert unlike({"0": put["0"]}, found) == {"0"}
    assert unlike({"0": replace(put["0"], etag="")}, found) == set()
    assert unlike(put, {}) == put.keys()


def test_folders_of_others_are_looked_into_once(object_storage: ObjectStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    Bucket(object_storage.settings, dict).publish([OURS, FOREIGN])
    bucket, plain = Bucket(object_storage.settings, dict), Bucket.read
    read: list[str] = []

    def noted(self: Bucket, path: str) -> bytes | None:
        read.append(path)
        return plain(self, path)

    monkeypatch.setattr(Bucket, "read", noted)
    assert [bucket.stale(()) for _ in range(3)] == [["world"]] * 3
    assert sorted(read) == [FOREIGN.path, OURS.path]
    bucket.remove(["world"])
    assert bucket.stale(()) == []


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

        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Length", "0")
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


@contextmanager
def cut(endpoint: str, times: int) -> Iterator[str]:
    """Lead to the service at `endpoint`; cut so many connections off after `CUT_AFTER` bytes of the request."""
    host, port = endpoint.removeprefix("http://").split(":")
    left = [times]

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            most = None
            if left[0]:
                left[0] -= 1
                most = CUT_AFTER
            with socket.create_connection((host, int(port)), timeout=60) as service:
                back = Thread(target=pass_on, args=(service, self.request, None), daemon=True)
                if most is None:
                    back.start()
                pass_on(self.request, service, most)
                if most is None:
                    back.join(60)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


CUT_AFTER = 100_000


def pass_on(one: socket.socket, other: socket.socket, most: int | None) -> None:
    """Pass on what comes, `most` bytes of it."""
    with suppress(OSError):
        while (most is None or most > 0) and (some := one.recv(65536)):
            other.sendall(some[:most])
            most = None if most is None else most - len(some)
        if most is None:
            other.shutdown(socket.SHUT_WR)


@pytest.mark.parametrize("times", [2, 100])
def test_a_put_that_is_cut_off_leaves_the_old_object_until_it_comes_through(
    object_storage: ObjectStorage, times: int
) -> None:
    Bucket(object_storage.settings, dict).publish([RSS])
    large = FeedFile(RSS.path, b"<rss>" + b"news " * 100_000 + b"</rss>", RSS.media_type)
    with cut(object_storage.endpoint, times) as endpoint:
        options = object_storage.options | {"endpoint": endpoint}
        bucket = Bucket(BucketSettings(url=object_storage.settings.url, options=options), dict)
        if times == 2:
            assert bucket.publish([large]) == [RSS.path]
        else:
            with pytest.raises(PublishError, match="nothing is lost"):
                bucket.publish([large])
            assert object_storage.objects()[RSS.path][0] == RSS.content
    assert Bucket(object_storage.settings, dict).publish([large]) == [RSS.path]
    assert object_storage.objects()[RSS.path][0] == large.content


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


def test_who_may_not_list_or_read_is_told_what_he_needs() -> None:
    with answering(403, times=0) as (endpoint, _):
        told = "s3://feeds: it answered 403 Forbidden; .* may list, read, write and delete there"
        with pytest.raises(PublishError, match=f"cannot list {told}"):
            at(endpoint).altered({})
        with pytest.raises(PublishError, match=f"cannot list {told}"):
            at(endpoint).stale(())
        with pytest.raises(PublishError, match=f"cannot read world/feed.json from {told}"):
            at(endpoint).read(OURS.path)


def test_mistakes_and_a_service_that_is_away_are_told() -> None:
    with pytest.raises(PublishError, match="'endpoin' is not valid for store 'S3'; correct url and options"):
        Bucket(BucketSettings(url="s3://feeds", options={"endpoin": "http://x"}), dict).publish([RSS])
    with answering(200, 0) as (endpoint, _):
        pass
    with pytest.raises(PublishError, match=r"cannot put world/rss.xml into s3://feeds: .*nothing is lost"):
        at(endpoint).publish([RSS])
    with pytest.raises(PublishError, match="not a path within the output"):
        at(endpoint).publish([FeedFile("../rss.xml", b"", "text/xml")])
