"""The output folder: writes feeds into it, finds folders of removed feeds, and reads our own feeds for recovery.

Touches only files that feedbuilder makes. Knows no items: a feed is ours if its feed.json carries our mark.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from threading import Lock

from feedbuilder.model import FeedFile, FileStamp, PublishError
from feedbuilder.model.feed import SLUG_PATTERN
from feedbuilder.model.formats import HEALTH, JSON_FEED, OUR_MARK, names_to_prune
from feedbuilder.publish.atomic import LEFTOVERS, flush_folder, read, read_stamped, refused, replace, stamp_if, telling

PAGE = re.compile(r"\d{4}-\d\d-\d\d-[0-9a-f]{12}")
"""What the folders are called that we make in a feed's folder `archive`: one for each document of its history."""

_NAME = re.compile(r"[a-z][a-z.]*")
"""What files are called that can be nowhere but in their folder."""

_JUNCTION = 0xA0000003
"""IO_REPARSE_TAG_MOUNT_POINT, by which Windows marks a junction."""
_HAS_JUNCTIONS = os.name == "nt"

SLUG = re.compile(SLUG_PATTERN)
"""What the folders of feeds are called."""


class Folder:
    """A folder of the file system that a web server serves. Safe to use from several threads, not from two processes.

    `path` may be a symbolic link; it is made, with its parents, when something is first published. All methods raise
    PublishError, with the path and what helps, where the file system refuses.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._swept = False
        self._stamps: dict[str, FileStamp] = {}

    def publish(self, files: Iterable[FeedFile]) -> Sequence[str]:
        """Write, in the order given, each file whose bytes differ; return the paths of those written.

        A file that is as it should be is not touched and keeps its modification time. Raises PublishError, also for a
        path that leads out of the folder; what was written before stays, and the file concerned is as it was.
        """
        with self._lock:
            if not self._swept:
                self._sweep()
                self._swept = True
            written = []
            touched: dict[Path, None] = {}
            seen: set[str] = set()
            try:
                for file in files:
                    target = self._target(file.path, seen)
                    if (stamp := stamp_if(target, file.content)) is not None:
                        self._stamps[file.path] = stamp
                        continue
                    if target.parent not in touched:
                        self._make(target.parent)
                    self._stamps[file.path] = replace(target, file.content)
                    touched[target.parent] = None
                    written.append(file.path)
            finally:
                for folder in touched:
                    flush_folder(folder)
            return written

    def forget(self) -> None:
        """Do nothing: what stands there is read whenever something is published."""

    def stamp(self, path: str) -> FileStamp:
        """Return the stamp of a file that `publish` was given before, as it was then."""
        return self._stamps[path]

    def read(self, path: str) -> bytes | None:
        """Return the content of the file at `path`, None where there is none."""
        return read(self._path / path)

    def holds(self, file: FeedFile, beside: Collection[str] = ()) -> bool:
        """Return whether `file` stands there with these bytes, and some file at each of the paths `beside`."""
        return (
            self._target(file.path).is_file()
            and all((self._path / path).is_file() for path in beside)
            and read(self._target(file.path)) == file.content
        )

    def altered(self, files: Mapping[str, FileStamp]) -> set[str]:
        """Return those paths at which no file with that stamp stands. Reads none."""
        return {path for path, stamp in files.items() if not self._stands(f"{self._path}/{path}", stamp)}

    def _stands(self, place: str, stamp: FileStamp) -> bool:
        try:
            state = os.lstat(place)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            raise refused(Path(place), "read", error) from error
        return stat.S_ISREG(state.st_mode) and (state.st_size, state.st_mtime_ns) == (stamp.size, stamp.modified)

    def unaltered(self, files: Mapping[str, FileStamp]) -> dict[str, bytes] | None:
        """Return the content of each of `files`; None where one does not stand there with that stamp."""
        contents = {}
        for path, stamp in files.items():
            found = read_stamped(self._path / path)
            if found is None or found[1] != stamp:
                return None
            contents[path] = found[0]
        return contents

    def feed_files(self) -> list[tuple[Path, bytes | PublishError]]:
        """Return every */feed.json, sorted by folder, with its content, or why it cannot be read.

        Whether it is ours is for the reader to see.
        """
        paths = [folder / JSON_FEED.file for folder in self._folders()]
        return [(path, content) for path in paths if (content := _content(path)) is not None]

    def stale(self, current: Collection[str]) -> list[str]:
        """Return the folders, sorted, that hold a feed of ours but are none of `current` (slugs and aliases)."""
        return [name for name in self._names() if name not in current and _is_ours(self._path / name)]

    def files_of(self, slugs: Iterable[str]) -> list[str]:
        """Return the paths, relative to the output folder, of our files in these folders that hold a feed of ours."""
        folders = [folder for folder in self._folders(frozenset(slugs)) if _is_ours(folder)]
        return [path.relative_to(self._path).as_posix() for folder in folders for path in _files(folder)]

    def remove(self, slugs: Iterable[str]) -> list[str]:
        """Remove our files from these folders; return their paths. A folder goes too, if it is empty then.

        Folders that hold no feed of ours are left alone, and so is every file that we do not make.
        """
        removed = []
        with self._lock:
            for folder in self._folders(frozenset(slugs)):
                if not _is_ours(folder):
                    continue
                pages = _pages(folder)
                for path in _files(folder):
                    with telling(path, "remove"):
                        path.unlink()
                    removed.append(path.relative_to(self._path).as_posix())
                for place in (*pages, *([folder / "archive"] if pages else []), folder):
                    with telling(place, "remove"):
                        if not any(place.iterdir()):
                            place.rmdir()
        return removed

    def _folders(self, only: Collection[str] | None = None) -> list[Path]:
        """Return the folders of the output that may be a feed's, sorted; none before the output exists.

        Links are somebody's own. Names that are no slug are never looked into: they may be closed to us, as
        `lost+found` is where the output is a disk of its own.
        """
        return [self._path / name for name in self._names() if only is None or name in only]

    def _names(self) -> list[str]:
        with telling(self._path, "read"):
            try:
                with os.scandir(self._path) as inside:
                    return sorted(one.name for one in inside if SLUG.fullmatch(one.name) and _is_folder(one))
            except FileNotFoundError:
                return []

    def _sweep(self) -> None:
        """Remove what a killed process left behind, once: ours is the only one that writes here."""
        health = self._path / HEALTH
        feeds = [*self._folders(), *([health] if health.is_dir() and not is_link(health) else [])]
        for folder in (self._path, *feeds, *(page for feed in feeds for page in _pages(feed))):
            with telling(folder, "tidy up"):
                for leftover in folder.glob(LEFTOVERS):
                    leftover.unlink(missing_ok=True)

    def _target(self, path: str, seen: set[str] | None = None) -> Path:
        """Return where `path` stands. Folders in `seen` were found to lie in the output; the one it is in is added."""
        folder, _, name = path.rpartition("/")
        if seen is not None and folder in seen and _NAME.fullmatch(name):
            return self._path / path
        target = self._path.joinpath(within(path, f"the output folder {self._path}"))
        if seen is not None and folder in seen:
            return target
        with telling(target, "write"):
            inside = not self._has_link(folder) or target.parent.resolve().is_relative_to(self._path.resolve())
        if not inside:
            raise PublishError(
                f"refused to write {target}: {target.parent} is a link out of the output folder; replace it by a folder"
            )
        if seen is not None:
            seen.add(folder)
        return target

    def _has_link(self, folder: str) -> bool:
        """Return whether the way from the output to its `folder` goes over a link; without one it stays inside."""
        parts = folder.split("/")
        ways = (f"{self._path}/{'/'.join(parts[:count])}" for count in range(1, len(parts) + 1))
        return any(map(is_link, ways))

    def _make(self, folder: Path) -> None:
        with telling(folder, "make the folder"):
            folder.mkdir(parents=True, exist_ok=True)


def is_link(path: Path | str) -> bool:
    """Return whether `path` leads elsewhere: a symbolic link, or a junction of Windows, which needs no rights to make.

    `os.path.isjunction` is Python's from 3.12 on.
    """
    try:
        state = os.lstat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISLNK(state.st_mode) or getattr(state, "st_reparse_tag", 0) == _JUNCTION


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether `entry` is a folder and no link; a junction says that it is one. Costs nothing elsewhere."""
    return entry.is_dir(follow_symlinks=False) and not (_HAS_JUNCTIONS and is_link(entry.path))


def within(path: str, output: str) -> PurePosixPath:
    """Return `path`, which is relative to `output`. Raises PublishError, which names that, if it leads elsewhere."""
    pure = PurePosixPath(path)
    # Backslashes and colons lead elsewhere on Windows; NUL is no part of any name.
    if not pure.parts or pure.is_absolute() or ".." in pure.parts or any(sign in path for sign in "\\:\0"):
        raise PublishError(f"refused to write {path!r}: not a path within {output}")
    return pure


def _pages(folder: Path) -> list[Path]:
    """Return the folders of the history of the feed in `folder`, sorted; links are somebody's own."""
    archive = folder / "archive"
    with telling(archive, "read"):
        if is_link(archive) or not archive.is_dir():
            return []
        inside = sorted(archive.iterdir())
        return [path for path in inside if PAGE.fullmatch(path.name) and not is_link(path) and path.is_dir()]


def _files(folder: Path) -> list[Path]:
    """Return the files that we make in a feed's folder and its history, in the order of their removal."""
    paths = [place / name for place in (*_pages(folder), folder) for name in names_to_prune()]
    return [path for path in paths if path.is_file()]


def _content(path: Path) -> bytes | PublishError | None:
    try:
        return read(path)
    except PublishError as error:
        return error


def _read_file(path: Path) -> bytes | None:
    """Return the content of a file; None for what is none: somebody's own folders may hold anything."""
    with telling(path, "read"):
        if path.exists() and not path.is_file():
            return None
    return read(path)


def _is_ours(folder: Path) -> bool:
    content = _read_file(folder / JSON_FEED.file)
    return content is not None and is_feed_of_ours(content)


def is_feed_of_ours(content: bytes) -> bool:
    """Return whether a feed.json with this content was made by us: it carries our mark."""
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(feed, dict) and isinstance(feed.get(OUR_MARK), dict)
