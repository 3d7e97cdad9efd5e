"""One file -> an installation, whole or not at all.

Owns the order: everything is unpacked beside its place and checked before anything is touched; then a mark is set by
which every command refuses the store; then files take their places; then the mark goes. A process that is killed before
has changed nothing, one that is killed after is told to finish, and what it left is swept by the next.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from feedbuilder.backup.disk_errors import disk_errors_told
from feedbuilder.backup.manifest import CONFIG, NAME, OUTPUT, STORE, Manifest, MemberFacts, read_manifest
from feedbuilder.config.named_places import named_places
from feedbuilder.model import BackupError
from feedbuilder.publish.atomic import LEFTOVERS, flush_folder
from feedbuilder.store import Place, hold
from feedbuilder.store.copy_over import copy_over
from feedbuilder.store.snapshot import being_restored, bring_to_rest, is_newer, is_older, version_of

_CHUNK = 1 << 20
MOST_MANIFEST = 100_000_000
"""Bytes; a configuration of ten thousand files has a manifest of two million."""
_DRAFTS = LEFTOVERS.replace("*", "restore-*")
_OPEN, _OURS = 0o644, 0o600
"""A web server has to read the output; what is in a configuration and a store is its owner's."""
_OF_FEEDS = (".xml", ".json", ".html", ".opml", ".png", ".ico", ".gif", ".jpg", ".svg", ".webp")
"""How the names of files end that stand in an output."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where."""

    manifest: Manifest
    config: Path
    """The main file of the configuration."""
    store: Place
    is_older: bool
    """Whether an older version wrote the store, which is brought up to date when it is next opened."""


def restore_backup(
    file: Path, config: Path | None, environ: Mapping[str, str], *, overwrite: bool = False, root: Path = Path()
) -> Restored:
    """Put the installation in `file` back: its configuration at `config`, all else where that says.

    Without `config` the configuration goes where it stood within its installation, which is `root` here. Raises
    BackupError for what is no whole backup, for one of a newer feedbuilder, and for files in the way if not told to
    `overwrite`; ConfigError where the configuration does not say where its store is; AlreadyRunningError, StoreError.
    Then nothing was changed, or the store is marked as half restored.
    """
    with _opened(file) as archive:
        manifest = read_manifest(_read(archive, NAME, MOST_MANIFEST, file), str(file))
        if is_newer(manifest.store):
            raise BackupError(
                f"{file} was written by a newer feedbuilder, {manifest.feedbuilder}, whose store this one does not "
                "know: update this one, and try again."
            )
        main = config or root / manifest.configuration
        text = _read(archive, manifest.main, manifest.files[manifest.main].size, file)
        store, output = named_places(main, text, environ)
        unpacked = store if isinstance(store, Path) else main.with_name(_DRAFTS.replace("*", secrets.token_hex(8)))
        places = {name: _place(name, manifest, main, unpacked, output) for name in manifest.files}
        _refuse_what_is_in_the_way(places.values(), overwrite=overwrite)
        with disk_errors_told(f"{file} cannot be restored"), hold(store):
            if isinstance(store, Path):
                _put_back(archive, manifest, places, store, file)
            else:
                _put_on_server(archive, manifest, places, store, file, overwrite=overwrite)
    return Restored(manifest, main, store, is_older(manifest.store))


def _put_back(
    archive: zipfile.ZipFile, manifest: Manifest, places: Mapping[str, Path], store: Path, file: Path
) -> None:
    """Unpack all members beside their places, and then put them there."""
    with _unpacked(archive, manifest, places, file) as drafts:
        bring_to_rest(store)
        with being_restored(store):
            _put_in_place(drafts)


def _put_on_server(
    archive: zipfile.ZipFile,
    manifest: Manifest,
    places: Mapping[str, Path],
    store: str,
    file: Path,
    *,
    overwrite: bool,
) -> None:
    """Unpack all members, copy the store to its server, in one transaction, and then put the other files in place."""
    with _unpacked(archive, manifest, places, file) as drafts:
        snapshot = drafts.pop(places[STORE])
        try:
            copy_over(snapshot, store, overwrite=overwrite)
        finally:
            bring_to_rest(snapshot)
            snapshot.unlink(missing_ok=True)
        _put_in_place(drafts)


@contextmanager
def _unpacked(
    archive: zipfile.ZipFile, manifest: Manifest, places: Mapping[str, Path], file: Path
) -> Iterator[dict[Path, Path]]:
    """Yield where each member was unpacked, by its place, beside it; what stands there after the block is removed."""
    drafts: dict[Path, Path] = {}
    try:
        for name, place in places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            for leftover in place.parent.glob(_DRAFTS):  # of a process that was killed; we hold the store
                if leftover not in drafts.values():
                    leftover.unlink()
            drafts[place] = place.with_name(_DRAFTS.replace("*", secrets.token_hex(8)))
            _unpack(archive, name, manifest.files[name], drafts[place], file)
        if version_of(drafts[places[STORE]]) != manifest.store:
            raise BackupError(f"{file} is damaged: its store is not the one that it says.")
        yield drafts
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _put_in_place(drafts: Mapping[Path, Path]) -> None:
    for place, draft in drafts.items():
        with suppress(FileNotFoundError):  # who may read what is there already was somebody's wish
            draft.chmod(place.stat().st_mode & 0o777)
        draft.replace(place)
    for folder in {place.parent for place in drafts}:
        flush_folder(folder)


def _place(name: str, manifest: Manifest, main: Path, store: Path, output: Path) -> Path:
    """Return where the member `name` belongs. Raises BackupError for one that we do not write."""
    if name == manifest.main:
        return main
    if name == STORE:
        return store
    for folder, place in ((CONFIG, main.parent), (OUTPUT, output)):
        if name.startswith(folder):
            if folder == OUTPUT and not _is_of_feeds(name.removeprefix(folder)):
                break  # where the output is, somebody else may have said: nothing but feeds is written there
            return place / name.removeprefix(folder)
    raise BackupError(f"The backup holds {name}, for which there is no place here. Update feedbuilder, and try again.")


def _is_of_feeds(path: str) -> bool:
    parts = path.split("/")
    return parts[-1].endswith(_OF_FEEDS) and not any(part.startswith(".") for part in parts)


def _refuse_what_is_in_the_way(places: Collection[Path], *, overwrite: bool) -> None:
    if len({place.resolve() for place in places}) < len(places):
        raise BackupError("Two files of the backup would have one place: name the configuration as it was named (-c).")
    there = [place for place in places if place.exists() and (place.is_dir() or not overwrite)]
    if folder := next((place for place in there if place.is_dir()), None):
        raise BackupError(f"A folder is in the way of the file {folder}: move it.")
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise BackupError(
            f"{there[0]}{more} would be overwritten. Nothing was changed. Restore into another folder (-c), or say "
            "--overwrite: what is in their place now is gone then."
        )


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise BackupError(f"{file} is no backup, or its end is missing: take another copy of it.") from error
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror or error}.") from error


def _read(archive: zipfile.ZipFile, name: str, most: int, file: Path) -> bytes:
    """Return a member of at most so many bytes."""
    with _unharmed(file, name), archive.open(name) as member:
        content = member.read(most + 1)
    if len(content) > most:
        raise BackupError(f"{file} is damaged: {name} is longer than it says.")
    return content


def _unpack(archive: zipfile.ZipFile, name: str, facts: MemberFacts, draft: Path, file: Path) -> None:
    """Write a member to `draft`, and flush it. Raises BackupError if it is not what the manifest says."""
    digest, left = hashlib.sha256(), facts.size
    mode = _OPEN if name.startswith(OUTPUT) else _OURS
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with open(descriptor, "wb") as target, _unharmed(file, name), archive.open(name) as member:  # noqa: PTH123 - for its mode
        while left >= 0 and (chunk := member.read(_CHUNK)):
            digest.update(chunk)
            left -= len(chunk)
            target.write(chunk)
        target.flush()
        os.fsync(descriptor)
    if left != 0 or digest.hexdigest() != facts.sha256:
        raise BackupError(f"{file} is damaged: {name} is not what was written into it. Take another copy of it.")


@contextmanager
def _unharmed(file: Path, name: str) -> Iterator[None]:
    try:
        yield
    except KeyError as error:
        raise BackupError(f"{file} is no backup of feedbuilder: it holds no {name}.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BackupError(f"{file} is damaged: {name} cannot be unpacked. Take another copy of it.") from error
