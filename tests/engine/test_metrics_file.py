"""The file for Prometheus: its figures, read back by Prometheus's own parser, whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from feedbuilder.engine import metrics_file
from feedbuilder.engine.metrics_file import metrics, write_metrics
from feedbuilder.model import PublishError, ResponseTimes, Source, SourceState

NOW = datetime(2026, 2, 6, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOURCES = [
    Source.model_validate({"id": name, "url": f"https://{name}.example/", "selectors": {"item": "article"}})
    for name in ("town", "gazette", "new")
]
STATES = {
    "town": SourceState("town", last_run=NOW, last_success=NOW, last_change=NOW - HOUR, next_due=NOW + HOUR),
    "gazette": SourceState("gazette", last_run=NOW, failures=4, incident=NOW - HOUR, error="It is gone."),
}
RESPONSES = {"town": ResponseTimes(timedelta(milliseconds=250), timedelta(seconds=2))}


def figures(content: bytes) -> dict[tuple[str, str], float]:
    """Return each figure by its name and the values of its labels."""
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(content.decode())
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_store() -> None:
    found = figures(metrics(SOURCES, STATES, {"all": 7}, RESPONSES, NOW))
    assert found["feedbuilder_written_timestamp_seconds", ""] == NOW.timestamp()
    for state in ("well", "failing", "new"):
        assert found["feedbuilder_sources", state] == 1
    assert found["feedbuilder_incidents", ""] == 1
    assert found["feedbuilder_source_failures", "gazette"] == 4
    assert found["feedbuilder_source_last_change_timestamp_seconds", "town"] == (NOW - HOUR).timestamp()
    assert found["feedbuilder_source_next_due_timestamp_seconds", "town"] == (NOW + HOUR).timestamp()
    assert found["feedbuilder_feed_entries", "all"] == 7
    assert found["feedbuilder_source_response_mean_seconds", "town"] == 0.25
    assert found["feedbuilder_source_response_longest_seconds", "town"] == 2
    assert ("feedbuilder_source_response_mean_seconds", "gazette") not in found
    assert found["feedbuilder_schedule_lag_seconds", ""] == 0
    assert ("feedbuilder_source_last_success_timestamp_seconds", "gazette") not in found


def test_how_late_readings_are_is_a_figure() -> None:
    late = {"town": SourceState("town", last_run=NOW - 3 * HOUR, next_due=NOW - 2 * HOUR)}
    assert figures(metrics(SOURCES, late, {}, {}, NOW))["feedbuilder_schedule_lag_seconds", ""] == 7200


def test_names_follow_the_conventions_of_prometheus() -> None:
    """https://prometheus.io/docs/practices/naming/: one prefix, base units, no units that are none."""
    for family in text_string_to_metric_families(metrics(SOURCES, STATES, {"all": 7}, RESPONSES, NOW).decode()):
        assert family.name.startswith("feedbuilder_")
        assert family.documentation.endswith(".")
        assert not family.name.endswith(("_ms", "_minutes", "_hours", "_total"))


def test_the_file_is_made_with_its_folder_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "textfile" / "feedbuilder.prom"
    write_metrics(path, SOURCES, STATES, {}, {}, NOW)
    write_metrics(path, SOURCES, {}, {}, {}, NOW + HOUR)
    assert figures(path.read_bytes())["feedbuilder_sources", "new"] == 3
    assert list(path.parent.iterdir()) == [path]


def test_where_it_cannot_be_written_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PublishError, match=r"feedbuilder\.prom"):
        write_metrics(tmp_path / "file" / "feedbuilder.prom", SOURCES, STATES, {}, {}, NOW)


def test_without_the_extra_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metrics_file, "find_spec", lambda _: None)
    write_metrics(tmp_path / "feedbuilder.prom", SOURCES, STATES, {}, {}, NOW)
    assert not (tmp_path / "feedbuilder.prom").exists()
