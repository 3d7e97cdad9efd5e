"""status.json is another with each reading: it is written now and then, and what it puts off it tells."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from feedbuilder.config import load
from feedbuilder.engine.installation import STATUS_EVERY, Installation, status_every
from feedbuilder.engine.once import PUBLISH_WAIT

NOW = datetime(2026, 2, 6, 11, tzinfo=UTC)
CONFIG = """
[[source]]
id = "paper"
url = "https://paper.example/"
selectors.item = "article"
"""


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


def test_it_is_put_off_when_it_was_written_just_before(tmp_path: Path) -> None:
    path = tmp_path / "config" / "feedbuilder.toml"
    path.parent.mkdir()
    path.write_text(CONFIG, "utf-8")
    clock, status, overview = Clock(), tmp_path / "output" / "status.json", tmp_path / "output" / "index.html"
    with Installation.open(load(path, {}), clock) as installation:
        installation.prepare()
        assert installation.publish(put_off=True).status_due is None
        first = status.read_bytes()
        clock.now += STATUS_EVERY / 2
        overview.unlink()
        assert installation.publish(put_off=True).status_due == NOW + STATUS_EVERY
        assert status.read_bytes() == first
        assert not overview.exists()
        clock.now = NOW + STATUS_EVERY
        assert installation.publish(put_off=True).status_due is None
        assert overview.exists()
        second = status.read_bytes()
        assert second != first
        clock.now += timedelta(seconds=0.1)
        assert installation.publish().status_due is None  # at a stop, and in a build, nothing is put off
        assert status.read_bytes() != second
        clock.now -= timedelta(hours=1)  # a clock that was set back puts off nothing
        assert installation.publish(put_off=True).status_due is None


def test_the_more_sources_the_seldomer_but_whoever_waits_for_it_sees_it() -> None:
    waits = [status_every(sources) for sources in (1, 1_000, 5_000, 10_000, 1_000_000)]
    assert waits[:3] == [STATUS_EVERY, STATUS_EVERY, timedelta(seconds=5)]
    assert waits == sorted(waits)
    assert waits[-1].total_seconds() < PUBLISH_WAIT
