"""What a backup says of itself is not trusted."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from feedbuilder.backup.manifest import STORE, VERSION, Manifest, MemberFacts, read_manifest
from feedbuilder.model import BackupError

FACTS = MemberFacts(size=3, sha256="0" * 64)
WHOLE = Manifest(
    feedbuilder="1.2.3",
    store="0009",
    created=datetime(2026, 11, 27, 10, tzinfo=UTC),
    configuration="config/feedbuilder.toml",
    files={"config/feedbuilder.toml": FACTS, STORE: FACTS},
)


def changed(**keys: object) -> bytes:
    return json.dumps({**json.loads(WHOLE.to_json()), **keys}).encode()


def test_it_is_read_as_it_was_written() -> None:
    assert read_manifest(WHOLE.to_json(), "b.zip") == WHOLE
    assert WHOLE.origin == "feedbuilder 1.2.3, 2026-11-27 10:00 UTC"


def test_what_a_later_program_adds_is_no_harm() -> None:
    assert read_manifest(changed(remarks="none"), "b.zip") == WHOLE


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"format": "other"}', b"[" * 100_000, b"\xff"])
def test_what_is_none_is_refused(content: bytes) -> None:
    with pytest.raises(BackupError, match=r"b\.zip is no backup of feedbuilder"):
        read_manifest(content, "b.zip")


def test_one_of_a_newer_program_is_said_plainly() -> None:
    with pytest.raises(BackupError, match=r"written by a newer feedbuilder, 9\.1: update this one"):
        read_manifest(changed(version=VERSION + 1, feedbuilder="9.1", created="in a form of its own"), "b.zip")


@pytest.mark.parametrize("name", ["../up", "/etc/passwd", "a/../../up", "C:\\up", "a\\b", "a\0b", "a//b", "./a"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    facts = FACTS.model_dump()
    with pytest.raises(BackupError, match="is damaged"):
        read_manifest(changed(files={"config/feedbuilder.toml": facts, STORE: facts, name: facts}), "b.zip")


@pytest.mark.parametrize(
    "keys",
    [
        {"files": {}},
        {"files": {STORE: {"size": 3, "sha256": "0" * 64}}},
        {"created": "yesterday"},
        {"files": {STORE: {"size": -1, "sha256": "0" * 64}}},
        {"files": {STORE: {"size": 1, "sha256": "short"}}},
        {"configuration": "/etc/feedbuilder.toml"},
        {"version": "one"},
    ],
    ids=str,
)
def test_a_damaged_one_is_refused(keys: dict[str, object]) -> None:
    with pytest.raises(BackupError, match="is damaged"):
        read_manifest(changed(**keys), "b.zip")
