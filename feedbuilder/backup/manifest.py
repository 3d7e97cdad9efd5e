"""What a backup says of itself: who wrote it and when, what is in it with its digests, and what is not.

Pure. A backup is a ZIP file; this is its member `manifest.json`. It comes from a disk: nothing in it is trusted.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, ValidationError

from feedbuilder.model import BackupError
from feedbuilder.model.setting_types import Settings

NAME = "manifest.json"
FORMAT = "feedbuilder-backup"
VERSION = 1
"""Of the form of a backup: another one is what older programs would read wrongly, not what only adds to it."""
STORE = "store/feedbuilder.db"
CONFIG = "config/"
OUTPUT = "output/"


def is_member(path: str) -> bool:
    """Return whether `path` is one within a folder, with forward slashes, on every system."""
    pure = PurePosixPath(path)
    return not (pure.is_absolute() or ".." in pure.parts or any(sign in path for sign in "\\:\0") or str(pure) != path)


def _safe(path: str) -> str:
    if not is_member(path):
        raise ValueError("no path within a folder")
    return path


Member = Annotated[str, AfterValidator(_safe)]


class MemberFacts(Settings):
    """One file in a backup."""

    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(Settings):
    """What stands in `manifest.json`."""

    model_config = ConfigDict(extra="ignore")  # what a later program adds is no harm

    format: str = FORMAT
    version: int = VERSION
    feedbuilder: str
    """The version of the program that wrote it."""
    store: str
    """The version of the store in it."""
    created: AwareDatetime
    configuration: Member
    """Where the main file of the configuration stood, as it is named from the folder of the installation."""
    variables: tuple[str, ...] = ()
    """The environment variables that the configuration names; their values are in no backup."""
    left_out: tuple[str, ...] = ()
    """Files of the configuration that stand outside its folder, and so are not in it."""
    files: dict[Member, MemberFacts]

    @property
    def main(self) -> str:
        """Return the member that is the main file of the configuration."""
        return CONFIG + PurePosixPath(self.configuration).name

    def to_json(self) -> bytes:
        """Return it as bytes, to be read by people too."""
        return self.model_dump_json(indent=2).encode() + b"\n"

    @property
    def origin(self) -> str:
        """Return who wrote it and when, as part of a sentence."""
        return f"feedbuilder {self.feedbuilder}, {_day(self.created)}"


def read_manifest(content: bytes, name: str) -> Manifest:
    """Return the manifest of the backup `name`. Raises BackupError, which says so if a newer feedbuilder wrote it."""
    try:
        said: Any = json.loads(content)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BackupError(f"{name} is no backup of feedbuilder.")
    version = said.get("version")
    if isinstance(version, int) and version > VERSION:
        raise BackupError(
            f"{name} was written by a newer feedbuilder, {said.get('feedbuilder')}: update this one, and try again."
        )
    try:
        manifest = Manifest.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise BackupError(f"{name} is damaged: its {NAME} is wrong at {place} ({first['msg']}).") from error
    if missing := {manifest.main, STORE} - manifest.files.keys():
        raise BackupError(f"{name} is damaged: its {NAME} does not name {', '.join(sorted(missing))}.")
    return manifest


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
