"""What Prometheus gets when it asks the local server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from feedbuilder.config import Config, load
from feedbuilder.engine import metrics_file
from feedbuilder.engine.scraped_metrics import ScrapedMetrics
from feedbuilder.model import NotModified, Outcome, Page, ResponseTimes, Source, Validators
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.store import open_store
from feedbuilder.web import Background, output_app
from tests.heal.pages import NOW, before, stories
from tests.patience import PATIENCE

CONFIG = """\
[[source]]
id = "town"
url = "https://town.example/news"
timezone = "UTC"
articles = "off"
selectors = { item = ".news article", title = "h2", date = "time@datetime", summary = "p" }
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    path = tmp_path / "config" / "feedbuilder.toml"
    path.parent.mkdir()
    path.write_text(CONFIG, "utf-8")
    return load(path, {})


@dataclass
class SlowSite:
    """Takes two seconds to answer, by a clock of its own."""

    now: datetime = NOW

    def fetch(self, source: Source, validators: Validators) -> Page | NotModified:
        self.now += timedelta(seconds=2)
        return before(stories(1, 10))

    def further(self, source: Source, url: str) -> Page:
        raise AssertionError(f"{source.id}: {url} was asked for")


def read_once(config: Config) -> None:
    site = SlowSite()
    with open_store(config.store.path) as store:
        run = poll(config.sources[0], Tools(site, store, LocalReader(), lambda: site.now, lambda: 0.5))
        assert (run.outcome, run.response) == (Outcome.NEW, timedelta(seconds=2))
        assert store.runs("town", 1)[0].response == timedelta(seconds=2)
        two = timedelta(seconds=2)
        assert store.response_times(NOW - two) == {"town": ResponseTimes(two, two)}
        assert store.response_times(NOW + two) == {}


def names(text: str) -> set[str]:
    return {sample.name for family in text_string_to_metric_families(text) for sample in family.samples}


def test_the_local_server_answers_a_scrape(config: Config) -> None:
    scraped = ScrapedMetrics(lambda: config, lambda: NOW + timedelta(minutes=1))
    with Background(output_app(config.site, scraped), "127.0.0.1", 0) as server:
        address = f"{server.url}/metrics"
        early = requests.get(address, timeout=PATIENCE)
        assert early.status_code == 200
        assert "feedbuilder_source_response_mean_seconds" not in names(early.text)
        read_once(config)
        got = requests.get(address, timeout=PATIENCE)
        assert got.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert got.headers["Cache-Control"] == "no-store"
        assert 'feedbuilder_source_response_mean_seconds{source="town"} 2.0' in got.text
        assert 'feedbuilder_sources{state="well"} 1.0' in got.text
        assert requests.head(address, timeout=PATIENCE).status_code == 200
        assert requests.post(address, timeout=PATIENCE).status_code == 405


def test_without_the_extra_it_says_what_is_missing(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedbuilder.engine.scraped_metrics.installed", lambda: False)
    scraped = ScrapedMetrics(lambda: config, lambda: datetime.now(UTC))
    with Background(output_app(config.site, scraped), "127.0.0.1", 0) as server:
        got = requests.get(f"{server.url}/metrics", timeout=PATIENCE)
    assert (got.status_code, "the extra metrics" in got.text) == (404, True)


def test_a_store_that_cannot_be_read_is_no_bug(config: Config) -> None:
    config.store.path.parent.mkdir(parents=True)
    config.store.path.write_text("this is no database, and never was one", "utf-8")
    with Background(output_app(config.site, ScrapedMetrics(lambda: config, lambda: NOW)), "127.0.0.1", 0) as server:
        got = requests.get(f"{server.url}/metrics", timeout=PATIENCE)
    assert got.status_code == 503
    assert metrics_file.installed()


def test_without_figures_the_folder_is_served_alone(config: Config) -> None:
    with Background(output_app(config.site), "127.0.0.1", 0) as server:
        assert requests.get(f"{server.url}/metrics", timeout=PATIENCE).status_code == 404
