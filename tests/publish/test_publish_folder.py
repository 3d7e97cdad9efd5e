"""The output folder: whole files only, untouched where nothing changed, and clear words where the disk refuses."""

from __future__ import annotations

import errno
import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from feedbuilder.model import FeedFile, PublishError
from feedbuilder.publish import Folder
from tests.patience import PATIENCE

OURS = json.dumps({"items": [], "_feedbuilder": {"format": 1}}).encode()


def file(path: str, content: bytes = b"new") -> FeedFile:
    return FeedFile(path, content, "text/plain")


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "site" / "output"


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_files_are_written_in_order_and_folders_are_made(output: Path) -> None:
    files = [file("news/rss.xml", b"<rss/>"), file("news/index.html"), file("index.html", b"all")]
    assert Folder(output).publish(files) == ["news/rss.xml", "news/index.html", "index.html"]
    assert tree(output) == {"news/rss.xml": b"<rss/>", "news/index.html": b"new", "index.html": b"all"}


def test_what_is_as_it_should_be_is_not_touched(output: Path) -> None:
    folder = Folder(output)
    folder.publish([file("news/rss.xml"), file("news/atom.xml", b"old")])
    kept = output / "news/rss.xml"
    os.utime(kept, ns=(10**18, 10**18))
    before = kept.stat()
    assert folder.publish([file("news/rss.xml"), file("news/atom.xml")]) == ["news/atom.xml"]
    assert (kept.stat().st_mtime_ns, kept.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert (output / "news/atom.xml").read_bytes() == b"new"


def test_a_reader_that_has_the_old_file_open_goes_on_reading_it(output: Path) -> None:
    folder = Folder(output)
    folder.publish([file("rss.xml", b"old")])
    with (output / "rss.xml").open("rb") as reader:
        folder.publish([file("rss.xml")])
        assert reader.read() == b"old"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_web_server_may_read_the_files_as_far_as_the_umask_allows(output: Path, umask: None) -> None:
    Folder(output).publish([file("rss.xml")])
    assert stat.S_IMODE((output / "rss.xml").stat().st_mode) == 0o640


def test_leftovers_of_a_killed_process_go_at_the_next_publish(output: Path) -> None:
    (output / "news").mkdir(parents=True)
    for left in (".feedbuilder-1.tmp", "news/.feedbuilder-2.tmp"):
        (output / left).write_bytes(b"torn")
    (output / "news/.htaccess").write_bytes(b"mine")
    assert Folder(output).publish([]) == []
    assert tree(output) == {"news/.htaccess": b"mine"}


@pytest.mark.parametrize(
    "path",
    ["../rss.xml", "news/../../rss.xml", "/etc/feedbuilder", "", ".", "a\\..\\..\\b", "C:/rss.xml", "news/\0rss.xml"],
)
def test_paths_that_lead_out_are_refused(output: Path, path: str) -> None:
    with pytest.raises(PublishError, match="refused"):
        Folder(output).publish([file(path)])
    assert not output.exists()


def test_the_output_may_be_a_link_but_a_folder_within_may_not_lead_out(tmp_path: Path) -> None:
    for name in ("real", "elsewhere"):
        (tmp_path / name).mkdir()
    output = tmp_path / "output"
    output.symlink_to("real")
    (output / "news").symlink_to(tmp_path / "elsewhere")
    assert Folder(output).publish([file("world/rss.xml")]) == ["world/rss.xml"]
    with pytest.raises(PublishError, match="news is a link out of the output folder"):
        Folder(output).publish([file("news/rss.xml")])
    assert tree(tmp_path / "elsewhere") == {}


def test_a_junction_of_windows_is_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says that it is a folder, and no symbolic link."""
    (tmp_path / "news").mkdir()
    folder, lstat = Folder(tmp_path), os.lstat

    def on_windows(path: Any, **options: Any) -> Any:
        state = lstat(path, **options)
        tag = 0xA0000003 if str(path).endswith("news") else 0
        return SimpleNamespace(st_mode=state.st_mode, st_reparse_tag=tag)

    monkeypatch.setattr(os, "lstat", on_windows)
    assert folder._has_link("news/archive")
    assert not folder._has_link("others")
    monkeypatch.setattr("feedbuilder.publish.folder._HAS_JUNCTIONS", True)
    (tmp_path / "world").mkdir()
    assert folder._names() == ["world"]


def test_a_linked_file_is_replaced_and_not_written_through(tmp_path: Path, output: Path) -> None:
    mine = tmp_path / "mine.xml"
    mine.write_bytes(b"mine")
    output.mkdir(parents=True)
    (output / "rss.xml").symlink_to(mine)
    Folder(output).publish([file("rss.xml")])
    assert (output / "rss.xml").read_bytes() == b"new"
    assert mine.read_bytes() == b"mine"


def test_a_file_in_the_place_of_a_folder(output: Path) -> None:
    output.mkdir(parents=True)
    (output / "news").write_bytes(b"mine")
    with pytest.raises(PublishError, match=r"rss\.xml: .*a file is in the way of a folder: move it"):
        Folder(output).publish([file("news/rss.xml")])
    assert tree(output) == {"news": b"mine"}


def test_a_file_in_the_place_of_the_output(output: Path) -> None:
    output.parent.mkdir()
    output.write_bytes(b"mine")
    with pytest.raises(PublishError, match=rf"{output.name}.*a file is in the way of a folder"):
        Folder(output).publish([file("rss.xml")])


def test_a_folder_in_the_place_of_a_file(output: Path) -> None:
    (output / "rss.xml").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"rss\.xml: .*a folder is in the way of the file: move it"):
        Folder(output).publish([file("rss.xml")])


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "the disk is full: make room"),
        (errno.EACCES, "give this user the right to read and write there"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EIO, "see to it and run again"),
    ],
)
@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_old_file(
    output: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, remedy: str
) -> None:
    folder = Folder(output)
    folder.publish([file("news/rss.xml", b"old")])

    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(PublishError) as caught:
        folder.publish([file("news/rss.xml")])
    assert str(output / "news/rss.xml") in str(caught.value)
    assert remedy in str(caught.value)
    assert isinstance(caught.value.__cause__, OSError)
    assert tree(output) == {"news/rss.xml": b"old"}


def test_a_disk_that_takes_little_at_a_time_gets_all_of_it(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:3]))
    Folder(output).publish([file("rss.xml", b"all that was said"), file("empty.xml", b"")])
    assert tree(output) == {"rss.xml": b"all that was said", "empty.xml": b""}


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(output: Path) -> None:
    output.mkdir(parents=True)
    output.chmod(0o555)
    try:
        with pytest.raises(PublishError, match="give this user the right to read and write there"):
            Folder(output).publish([file("rss.xml")])
    finally:
        output.chmod(0o755)


def test_what_was_written_before_a_failure_stays(output: Path) -> None:
    with pytest.raises(PublishError):
        Folder(output).publish([file("news/rss.xml"), file("../out")])
    assert tree(output) == {"news/rss.xml": b"new"}


def test_threads_publish_one_after_the_other(output: Path) -> None:
    folder = Folder(output)
    contents = [bytes([letter]) * 50_000 for letter in b"abcd"]
    threads = [
        threading.Thread(target=lambda content=content: folder.publish([file("rss.xml", content)] * 3))
        for content in contents
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert (output / "rss.xml").read_bytes() in contents
    assert list(output.iterdir()) == [output / "rss.xml"]


def test_feed_files_come_back_in_the_order_of_their_folders(output: Path) -> None:
    folder = Folder(output)
    assert folder.feed_files() == []
    folder.publish([file("b/feed.json", b"2"), file("a/feed.json", b"1"), file("c/rss.xml"), file("feed.json", b"top")])
    assert folder.feed_files() == [(output / "a/feed.json", b"1"), (output / "b/feed.json", b"2")]


def test_a_feed_that_cannot_be_read_is_not_passed_over(output: Path) -> None:
    (output / "news/feed.json").mkdir(parents=True)
    [(path, error)] = Folder(output).feed_files()
    assert path == output / "news/feed.json"
    assert isinstance(error, PublishError)
    assert "cannot read" in str(error)


def test_folders_that_cannot_be_feeds_are_not_looked_into(output: Path) -> None:
    """`lost+found` is closed to all but root; reading it would fail, and here it would find a feed of ours."""
    (output / "lost+found").mkdir(parents=True)
    (output / "lost+found/feed.json").write_bytes(OURS)
    assert Folder(output).feed_files() == []
    assert Folder(output).stale(()) == []


def test_only_our_own_feeds_that_are_no_longer_configured_are_stale(output: Path) -> None:
    folder = Folder(output)
    folder.publish(
        [
            file("kept/feed.json", OURS),
            file("old/feed.json", OURS),
            file("theirs/feed.json", b'{"items": []}'),
            file("broken/feed.json", b"{"),
            file("deep/feed.json", b"[" * 100_000),
            file("list/feed.json", b"[]"),
            file("photos/index.html"),
        ]
    )
    (output / "linked").symlink_to("old")
    assert folder.stale({"kept"}) == ["old"]
    assert Folder(output / "nowhere").stale(()) == []


def test_removing_a_feed_removes_what_we_made_and_nothing_else(output: Path) -> None:
    folder = Folder(output)
    ours = [file(f"{slug}/{name}", OURS) for slug in ("old", "gone") for name in ("rss.xml", "feed.json", "index.html")]
    folder.publish([*ours, file("old/notes.txt", b"mine"), file("theirs/feed.json", b"{}"), file("index.html")])
    assert folder.remove(["old", "gone", "theirs", "never-was", "..", "."]) == [
        *("gone/rss.xml", "gone/index.html", "gone/feed.json"),
        *("old/rss.xml", "old/index.html", "old/feed.json"),
    ]
    assert tree(output) == {"old/notes.txt": b"mine", "theirs/feed.json": b"{}", "index.html": b"new"}
    assert not (output / "gone").exists()


def test_the_history_of_a_feed_goes_with_it(tmp_path: Path, output: Path) -> None:
    folder, page = Folder(output), "old/archive/2026-02-06-0123456789ab"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "rss.xml").write_bytes(b"theirs")
    folder.publish([file(f"{page}/rss.xml"), file(f"{page}/atom.xml"), file("old/feed.json", OURS)])
    folder.publish([file("kept/archive/mine/rss.xml", b"mine"), file("kept/feed.json", OURS)])
    (output / "kept/archive/2026-02-07-0123456789ab").symlink_to(elsewhere)
    assert folder.remove(["old", "kept"]) == [
        "kept/feed.json",
        *(f"{page}/rss.xml", f"{page}/atom.xml", "old/feed.json"),
    ]
    assert not (output / "old").exists()
    assert (output / "kept/archive/mine/rss.xml").read_bytes() == b"mine"
    assert (elsewhere / "rss.xml").read_bytes() == b"theirs"


def test_a_removal_that_was_interrupted_is_found_again(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder(output)
    folder.publish([file("old/rss.xml", OURS), file("old/index.html", OURS), file("old/feed.json", OURS)])
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "index.html":
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        with pytest.raises(PublishError, match=r"cannot remove .*index\.html"):
            folder.remove(["old"])
    assert folder.stale(()) == ["old"]
    folder.remove(["old"])
    assert tree(output) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "own").mkdir()
    os.mkfifo(tmp_path / "news/rss.xml")
    os.mkfifo(tmp_path / "own/feed.json")
    folder = Folder(tmp_path)
    with pytest.raises(PublishError, match=r"rss\.xml: it is no file; something else is in the way"):
        folder.publish([FeedFile("news/rss.xml", b"<rss/>", "application/rss+xml")])
    assert [path.name for path, error in folder.feed_files() if "it is no file" in str(error)] == ["feed.json"]
    assert folder.stale(()) == []
