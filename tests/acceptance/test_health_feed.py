"""The health feed tells of incidents, recoveries and repairs, once each, beside the feeds and not among them."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import feedparser
import pytest

from feedbuilder.engine import runner
from feedbuilder.model import formats
from feedbuilder.newsroom.site import Response
from tests.acceptance.place import Place, Snapshot, quick_demo, with_sources
from tests.patience import PATIENCE
from tests.receiving import receiving


class Broken(Place):
    """A place with one source, whose page can be taken away."""

    gone: bool = False


@pytest.fixture
def watched(place: Place, monkeypatch: pytest.MonkeyPatch) -> Broken:
    respond = place.newsroom.respond
    broken = Broken(place.folder, place.newsroom, place.clock, place.url)

    def other(asked: str, headers: Mapping[str, str] | None = None, *more: Any) -> Response:
        is_list = broken.gone and not asked.startswith(("/robots", "/favicon", "/images"))
        return Response(410, {"Content-Type": "text/html"}, b"gone") if is_list else respond(asked, headers, *more)

    monkeypatch.setattr(place.newsroom, "respond", other)
    config = with_sources(quick_demo(), "world-news").partition("# ---- Feeds")[0].replace('"full"', '"off"')
    broken.write_config(f'{config}\n[[feed]]\nslug = "all"\ntitle = "All"\n')
    return broken


def read(place: Place, name: str = "rss.xml") -> feedparser.FeedParserDict:
    return place.feed(formats.HEALTH, name)


def health(place: Place) -> Snapshot:
    """Return the files of the health feed with their dates."""
    folder = place.output / formats.HEALTH
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_it_is_there_before_anything_happened_and_stays_as_it_is(watched: Broken) -> None:
    watched.build()
    assert read(watched).feed.title.startswith("Health of ")
    assert read(watched).entries == []
    before = health(watched)
    assert set(before) == {kind.file for kind in formats.feed_files()}
    for _ in range(2):
        watched.later()
        watched.build()
    assert health(watched) == before


def test_an_incident_and_its_end_are_an_entry_each_in_all_formats(watched: Broken) -> None:
    watched.build()
    watched.gone = True
    for _ in range(4):
        watched.later()
        watched.build()
    [failing] = read(watched).entries
    assert failing.title.endswith("cannot be read")
    assert "(status 410)" in failing.summary
    told = " ".join(watched.call("status").output.split())
    assert "cannot be read. It was" in told
    assert "An incident since " in told
    assert "An incident since " in (watched.output / "status.html").read_text("utf-8")
    watched.gone = False
    for _ in range(2):
        watched.later()
        watched.build()
    recovered, same = read(watched).entries
    assert recovered.title.endswith("is read again")
    assert (same.id, same.published) == (failing.id, failing.published)
    assert [entry.id for entry in read(watched, "atom.xml").entries] == [recovered.id, failing.id]
    page = (watched.output / "_health" / "events" / "index.html").read_text("utf-8")
    assert failing.title in page


def test_it_is_in_no_list_and_prune_leaves_it(watched: Broken) -> None:
    watched.build()
    for name in ("feeds.opml", "index.html", "status.json"):
        assert "_health" not in (watched.output / name).read_text("utf-8")
    with watched.open() as installation:
        installation.prepare()
        assert installation.publish().stale == ()
    watched.call("prune")
    assert (watched.output / "_health" / "events" / "rss.xml").exists()


def test_a_file_that_was_taken_away_is_made_again(watched: Broken) -> None:
    watched.build()
    (watched.output / "_health" / "events" / "atom.xml").unlink()
    watched.build()
    assert (watched.output / "_health" / "events" / "atom.xml").exists()


def test_who_wants_none_gets_none(watched: Broken) -> None:
    watched.write_config(watched.config_path.read_text("utf-8").replace("[site]", "[site]\nhealth = false"))
    watched.build()
    assert not (watched.output / "_health").exists()


def test_an_alert_of_a_build_arrives_once(watched: Broken) -> None:
    text = watched.config_path.read_text("utf-8")
    with receiving() as receiver:
        watched.write_config(f'{text}\n[alerts]\nwebhook = "{receiver.url}"\n')
        watched.build()
        assert receiver.taken == []
        watched.gone = True
        for _ in range(3):
            watched.later()
            watched.build()
    [alert] = receiver.taken
    assert alert["title"].endswith("cannot be read")
    assert alert["status"].endswith("/status.html")
    [event] = alert["events"]
    assert (event["source"], event["kind"]) == ("world-news", "failing")
    assert event["id"] == read(watched).entries[0].id


def test_an_address_that_is_dead_fails_no_build(watched: Broken) -> None:
    text = watched.config_path.read_text("utf-8")
    with receiving() as receiver:
        url = receiver.url
    watched.write_config(f'{text}\n[alerts]\nwebhook = "{url}"\n')
    watched.gone = True
    watched.build()
    assert len(read(watched).entries) == 1


def test_run_tells_it_once_and_a_dead_address_beside_keeps_nobody_waiting(
    watched: Broken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "ALERT_EVERY", timedelta(seconds=0.2))
    text = watched.config_path.read_text("utf-8")
    watched.gone = True
    with receiving() as dead:
        nobody = dead.url
    with receiving() as receiver:
        watched.write_config(f'{text}\n[alerts]\nwebhook = ["{nobody}", "{receiver.url}"]\n')
        with watched.open() as installation:
            running = runner.Runner(installation, watched.config)
            running.start()
            try:
                limit = time.monotonic() + PATIENCE
                while not receiver.taken and time.monotonic() < limit:
                    time.sleep(0.05)
            finally:
                assert running.stop()
    [alert] = receiver.taken
    assert [event["kind"] for event in alert["events"]] == ["failing"]


def test_figures_for_prometheus_are_written_where_they_are_asked_for(watched: Broken) -> None:
    text = watched.config_path.read_text("utf-8")
    watched.write_config(text.replace("[site]", '[site]\nmetrics = "../var/figures.prom"'))
    watched.build()
    figures = (watched.folder / "var" / "figures.prom").read_text("utf-8")
    assert 'feedbuilder_sources{state="well"} 1.0' in figures
    assert 'feedbuilder_feed_entries{feed="all"}' in figures
