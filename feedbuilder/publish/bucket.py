"""The output as objects of a storage service: S3 and what speaks it, Google's, Azure's.

Owns what is put there and what it is called by: content type, how long it may be cached. Like `Folder`, it knows no
items. What stands there is known from what was put: only at a start, and now and then, is the service asked for a list.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from threading import Lock
from typing import Any

from feedbuilder.loading import loading
from feedbuilder.model import BucketSettings, FeedFile, FileStamp, PublishError
from feedbuilder.model.formats import JSON_FEED, names_to_prune
from feedbuilder.publish.folder import PAGE, SLUG, is_feed_of_ours, within

LISTED_EVERY = 3600.0
"""Seconds after which the service is asked anew what stands there: somebody may have removed objects."""
CACHE_CONTROL = "public, max-age=60, must-revalidate"
"""Feeds change when they change; a minute spares the service most requests of many readers."""
FEW = 3
"""Of fewer objects, all may have been replaced by others of the same size."""
_CLIENT = {"connect_timeout": "10s", "timeout": "60s"}
# Whoever publishes tries again by itself; nobody is to wait for minutes.
_RETRIES = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}


class Bucket:
    """A place in object storage. Safe to use from several threads; from several processes, if `forget` is called.

    `known` returns the stamps under which files were put there before, by path. All methods raise PublishError, with
    what the service said. An object is replaced as a whole or not at all.
    """

    def __init__(self, settings: BucketSettings, known: Callable[[], Mapping[str, FileStamp]]) -> None:
        self._settings = settings
        self._known = known
        self._lock = Lock()
        self._opened: Any = None
        self._stamps: dict[str, FileStamp] | None = None
        self._names: set[str] = set()
        """The paths of what stands there."""
        self._altered: set[str] = set()
        """The paths at which, when the service was asked for a list, something else stood than was put, or nothing."""
        self._ours: dict[str, bool] = {}
        """Of folders, whether they hold a feed of ours."""
        self._listed: float | None = None

    def forget(self) -> None:
        """Have what was put last looked up again: another process may have published."""
        with self._lock:
            self._stamps = None

    def publish(self, files: Iterable[FeedFile]) -> Sequence[str]:
        """Put, in the order given, each file whose bytes differ from those that were put last; return their paths."""
        written = []
        with self._lock:
            stamps = self._put_before()
            for file in files:
                before, stamp = stamps.get(file.path), stamp_of(file.content)
                if before is None or replace(before, etag="") != stamp:
                    stamps.pop(file.path, None)  # what stands there while it is put, nobody knows
                    stamps[file.path] = replace(stamp, etag=self._put(file))
                    self._names.add(file.path)
                    self._altered.discard(file.path)
                    written.append(file.path)
        return written

    def stamp(self, path: str) -> FileStamp:
        """Return the stamp of a file that `publish` was given before, as it was then."""
        return self._put_before()[path]

    def read(self, path: str) -> bytes | None:
        """Return the content of the object at `path`, None where there is none."""
        with self._told(f"read {path} from"):
            try:
                return bytes(_obstore().get(self._store(), self._within(path)).bytes())
            except FileNotFoundError:
                return None

    def holds(self, file: FeedFile, beside: Collection[str] = ()) -> bool:
        """Return whether `file` was put there with these bytes, and something stands at each of the paths `beside`."""
        with self._lock:
            names, before = self._there(), self._put_before().get(file.path)
            is_this = before is not None and replace(before, etag="") == stamp_of(file.content)
            return is_this and all(path in names for path in (file.path, *beside))

    def altered(self, files: Mapping[str, FileStamp]) -> set[str]:
        """Return those paths at which something else stands than was put, or nothing. Reads none."""
        with self._lock:
            self._there()
            altered = self._altered & files.keys()
            for path in altered:
                self._put_before().pop(path, None)
        return altered

    def unaltered(self, _files: Mapping[str, FileStamp]) -> None:
        """Return None: to make a feed anew costs less than to fetch it."""

    def feed_files(self) -> list[tuple[PurePosixPath, bytes | PublishError]]:
        """Return every */feed.json, sorted by folder, with its content, or why it cannot be read."""
        found: list[tuple[PurePosixPath, bytes | PublishError]] = []
        for slug in self._slugs():
            path = f"{slug}/{JSON_FEED.file}"
            try:
                content = self.read(path)
            except PublishError as error:
                found.append((PurePosixPath(path), error))
            else:
                if content is not None:
                    found.append((PurePosixPath(path), content))
        return found

    def stale(self, current: Collection[str]) -> list[str]:
        """Return the folders, sorted, that hold a feed of ours but are none of `current` (slugs and aliases)."""
        return [slug for slug in self._slugs() if slug not in current and self._was_ours(slug)]

    def files_of(self, slugs: Iterable[str]) -> list[str]:
        """Return the paths of our files in these folders that hold a feed of ours."""
        return [path for slug in sorted(set(slugs)) if self._is_ours(slug) for path in self._made_in(slug)]

    def remove(self, slugs: Iterable[str]) -> list[str]:
        """Remove our files from these folders; return their paths. What we do not make is left alone."""
        removed = self.files_of(slugs)
        with self._lock, self._told("remove objects from"):
            for path in removed:
                _obstore().delete(self._store(), path)
                self._names.discard(path)
                self._put_before().pop(path, None)
            self._ours.clear()
        return removed

    def _put(self, file: FeedFile) -> str:
        """Put a file; return its ETag."""
        attributes = {"Content-Type": file.media_type, "Cache-Control": CACHE_CONTROL}
        with self._told(f"put {file.path} into"):
            answer = _obstore().put(self._store(), self._within(file.path), file.content, attributes=attributes)
        return _etag(answer)

    def _within(self, path: str) -> str:
        return str(within(path, f"the output {self._settings.url}"))

    def _put_before(self) -> dict[str, FileStamp]:
        if self._stamps is None:
            self._stamps = dict(self._known())
        return self._stamps

    def _there(self) -> set[str]:
        """Return the paths of what stands there."""
        now = time.monotonic()
        if self._listed is None or now > self._listed + LISTED_EVERY:
            with self._told("list"):
                batches = _obstore().list(self._store(), chunk_size=1000)
                found = {
                    str(one["path"]): FileStamp(int(one["size"]), 0, _etag(one)) for batch in batches for one in batch
                }
            # Compared at once: what other processes put from now on, this list does not know.
            self._altered, self._names = unlike(self._known(), found), set(found)
            self._ours.clear()
            self._listed = now
        return self._names

    def _slugs(self) -> list[str]:
        with self._lock:
            folders = {path.partition("/")[0] for path in self._there() if "/" in path}
        return sorted(name for name in folders if SLUG.fullmatch(name))

    def _made_in(self, slug: str) -> list[str]:
        """Return the paths of files that we make in a feed's folder and its history, the feed itself last."""
        names = "|".join(map(re.escape, names_to_prune()))
        ours = re.compile(rf"{re.escape(slug)}/(archive/{PAGE.pattern}/)?({names})")
        with self._lock:
            found = [path for path in self._there() if ours.fullmatch(path)]
        return sorted(found, key=lambda path: ("/archive/" not in path, path))

    def _was_ours(self, slug: str) -> bool:
        """Return whether a folder held a feed of ours when the service was asked for a list."""
        if slug not in self._ours:
            self._ours[slug] = self._is_ours(slug)
        return self._ours[slug]

    def _is_ours(self, slug: str) -> bool:
        content = self.read(f"{slug}/{JSON_FEED.file}")
        return content is not None and is_feed_of_ours(content)

    def _store(self) -> Any:
        if self._opened is None:
            options = dict(self._settings.options)
            client = _CLIENT | ({"allow_http": "true"} if options.get("endpoint", "").startswith("http://") else {})
            from_url = _obstore().store.from_url
            self._opened = from_url(self._settings.url, config=options, client_options=client, retry_config=_RETRIES)
        return self._opened

    @contextmanager
    def _told(self, action: str) -> Iterator[None]:
        """Turn what the service refuses into PublishError."""
        failures = _obstore().exceptions.BaseError
        try:
            yield
        except (failures, OSError, ValueError) as error:
            said, remedy = _said(str(error))
            raise PublishError(f"cannot {action} {self._settings.url}: {said}; {remedy}") from error


_ANSWER = re.compile(r"status code: ((\d{3})[ \w]{0,60})")
_REMEDIES = {
    "401": "check the credentials: options under [site.bucket], or the environment",
    "403": "check the credentials, and that they may list, read, write and delete there",
    "404": "make the bucket first, or correct url under [site.bucket]",
}
_MISCONFIGURED = ("not valid for store", "URL did not match", "Missing")


def _said(text: str) -> tuple[str, str]:
    """Return what went wrong, without how the library saw it, and what helps."""
    if answer := _ANSWER.search(text):
        return f"it answered {answer[1].strip()}", _REMEDIES.get(answer[2], "nothing is lost, it is tried again")
    first = next(iter(text.splitlines()), "")[:300].rstrip(".:; ")
    if any(words in text for words in _MISCONFIGURED):
        return first, "correct url and options under [site.bucket]"
    return first, "check that it can be reached; nothing is lost, it is tried again"


def unlike(put: Mapping[str, FileStamp], found: Mapping[str, FileStamp]) -> set[str]:
    """Return the paths at which something else was `found` than was `put`, or nothing."""
    same_size = {path for path, stamp in put.items() if path in found and found[path].size == stamp.size}
    named = {path for path in same_size if put[path].etag and found[path].etag}
    others = {path for path in named if put[path].etag != found[path].etag}
    # Where not one is called as it was when it was put, the service has other names in its lists: they tell nothing.
    tells = len(others) < max(len(named), FEW)
    return (put.keys() - same_size) | (others if tells else set())


def _etag(answer: Mapping[str, Any]) -> str:
    return (answer.get("e_tag") or "").strip('"')


def stamp_of(content: bytes) -> FileStamp:
    """Return the stamp of an object with this content: a digest in place of a time."""
    digest = hashlib.sha256(content).digest()
    return FileStamp(len(content), int.from_bytes(digest[:8], "big") >> 1)


def _obstore() -> Any:
    with loading():
        try:
            import obstore  # noqa: PLC0415 - most outputs are folders
            import obstore.store  # noqa: PLC0415 - likewise
        except ModuleNotFoundError as error:
            raise PublishError(
                "a bucket needs what is not installed here: pip install 'feedbuilder[object-storage]'"
            ) from error
    return obstore
