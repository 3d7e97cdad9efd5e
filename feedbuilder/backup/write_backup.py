"""An installation -> one file, while others may be working on it.

Owns what belongs into a backup. The store is copied by SQLite as it is at one moment; configuration files are those
that were loaded. Of the output only feeds are taken that the configuration no longer has: all else is made from the
store.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from feedbuilder import __version__
from feedbuilder.backup.disk_errors import disk_errors_told
from feedbuilder.backup.manifest import CONFIG, FORMAT, NAME, OUTPUT, STORE, Manifest, MemberFacts, is_member
from feedbuilder.config import Config
from feedbuilder.config.variables import variables_in
from feedbuilder.model import BackupError, StoreError
from feedbuilder.publish import Folder
from feedbuilder.publish.atomic import LEFTOVERS, flush_folder
from feedbuilder.store import is_there, shown
from feedbuilder.store.copy_over import copy_over
from feedbuilder.store.snapshot import bring_to_rest, copy_store, printed_folders, refuse_half_restored, version_of

_CHUNK = 1 << 20


def write_backup(config: Config, file: Path, now: datetime) -> Manifest:
    """Write the installation of `config` into `file`, whole or not at all; return what is in it.

    An older backup in its place is replaced; anything else is not. Only its owner may read it. Raises BackupError,
    StoreError, also where there is no store: what holds the configuration alone would be taken for a backup.
    """
    store = config.store.place
    if not is_there(store):
        raise StoreError(
            f"There is no store {shown(store)}: nothing was built yet, or it is lost. No backup was written."
        )
    if isinstance(store, Path):
        refuse_half_restored(store)
    _refuse_place(config, file)
    _refuse_names(config)
    with disk_errors_told(f"The backup {file} cannot be written"), _draft(file) as snapshot, _draft(file) as draft:
        if isinstance(store, Path):
            copy_store(store, snapshot)
        else:
            copy_over(store, snapshot)
            bring_to_rest(snapshot)
        with draft.open("r+b") as opened:
            with zipfile.ZipFile(opened, "w") as archive:
                manifest = Manifest(
                    feedbuilder=__version__,
                    store=version_of(snapshot),
                    created=now,
                    configuration=_place(config.path),
                    variables=_variables(config),
                    left_out=tuple(str(path) for path in config.files if _member(config, path) is None),
                    files=_filled(archive, config, snapshot, now),
                )
                archive.writestr(_entry(NAME, now), manifest.to_json())
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(file)
        flush_folder(file.parent)
    return manifest


def is_backup(file: Path) -> bool:
    """Return whether `file` is a backup of ours, of whatever version."""
    try:
        with zipfile.ZipFile(file) as archive:
            return FORMAT.encode() in archive.read(NAME)
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        return False


def _refuse_place(config: Config, file: Path) -> None:
    if file.resolve().is_relative_to(config.site.output):
        raise BackupError(f"{file} is in the output folder, and would be published: name a place elsewhere.")
    if file.exists() and not is_backup(file):
        raise BackupError(f"{file} is there already and is no backup: name another file.")
    if not file.parent.is_dir():
        raise BackupError(f"{file}: there is no folder {file.parent}; make it first.")


def _refuse_names(config: Config) -> None:
    for member, path in _configuration(config):
        if not is_member(member):
            raise BackupError(
                f'{path} has a sign in its name, ":" or "\\", that other systems do not know in names: a backup of it '
                "could not be restored everywhere. Give it another name."
            )


def _place(path: Path) -> str:
    """Return how the main file is named from the folder of its installation: both usual places keep their own."""
    folder = path.resolve().parent.name
    return f"config/{path.name}" if folder == "config" else path.name


def _member(config: Config, path: Path) -> str | None:
    """Return as what a file of the configuration stands in the backup; None for one outside the folder."""
    folder, resolved = config.path.parent.resolve(), path.parent.resolve() / path.name
    if not resolved.is_relative_to(folder):
        return None
    return CONFIG + resolved.relative_to(folder).as_posix()


def _configuration(config: Config) -> Iterator[tuple[str, Path]]:
    for path in config.files:
        if (member := _member(config, path)) is not None:
            yield member, path


def _variables(config: Config) -> tuple[str, ...]:
    """Return the names of the environment variables that the configuration is filled in from, sorted."""
    texts = (text for text in config.texts if "${" in text.written)
    return tuple(sorted({name for text in texts for _, name in variables_in(text.raw)}))


def _unmakeable(config: Config, snapshot: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of published feeds that the store does not make any more; their subscribers still read them."""
    if config.site.bucket is not None:
        return  # they stay where they are
    folder = Folder(config.site.output)
    for path in folder.files_of(folder.stale(printed_folders(snapshot))):
        yield OUTPUT + path, config.site.output / path


def _filled(archive: zipfile.ZipFile, config: Config, snapshot: Path, now: datetime) -> dict[str, MemberFacts]:
    """Copy all that belongs into a backup into the archive."""
    members = {**dict(_configuration(config)), STORE: snapshot, **dict(_unmakeable(config, snapshot))}
    return {name: _put(archive, _entry(name, now), path) for name, path in members.items()}


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, now.second))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16  # for whoever unpacks it by hand
    return entry


def _put(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> MemberFacts:
    """Copy a file into the archive; return what was copied, whatever becomes of the file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as member:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return MemberFacts(size=size, sha256=digest.hexdigest())


@contextmanager
def _draft(file: Path) -> Iterator[Path]:
    """Yield an empty file beside `file` that only its owner may read; it is gone afterwards, unless it was renamed."""
    draft = file.with_name(LEFTOVERS.replace("*", secrets.token_hex(8)))
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)
