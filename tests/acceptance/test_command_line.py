"""Every command as a user calls it: what it prints, what it leaves alone, with which code it ends."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from feedbuilder import __version__
from feedbuilder.cli import app
from tests.acceptance.place import Place, quick_demo

OK, FAILED, USAGE = 0, 1, 2


def call(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def at(place: Place, command: str, *arguments: str) -> Result:
    return call(command, *arguments, "-c", str(place.config_path))


def test_the_version_is_told() -> None:
    assert call("--version").output.strip() == f"feedbuilder {__version__}"


@pytest.mark.parametrize(
    "command",
    [
        *("add", "detect", "why", "init", "check", "build", "run", "serve"),
        *("preview", "status", "items", "prune", "schema", "demo"),
    ],
)
def test_every_command_has_its_help(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == OK
    assert "--config" in result.output


def test_a_build_reports_and_fills_the_output(place: Place) -> None:
    result = at(place, "build", "-v")
    assert result.exit_code == OK
    assert "4 sources read" in result.output
    assert (place.output / "world-news" / "atom.xml").exists()


def test_a_build_from_cron_says_nothing_of_success(place: Place) -> None:
    result = at(place, "build")
    assert result.exit_code == OK
    assert not result.output
    assert (place.output / "world-news" / "atom.xml").exists()


def test_a_broken_source_makes_it_end_with_1_and_the_others_are_published(place: Place) -> None:
    place.newsroom.fail["/tags/world-news"] = 500
    result = at(place, "build")
    assert result.exit_code == FAILED
    assert "1 failed" in result.output
    assert place.feed("technology").entries
    assert not place.feed("world-news").bozo


def test_only_the_named_sources_are_read(place: Place) -> None:
    assert at(place, "build", "technology").exit_code == OK
    assert place.newsroom.requests["/tags/technology"] == 1
    assert place.newsroom.requests["/tags/world-news"] == 0


def test_an_unknown_source_is_told_with_the_nearest_name(place: Place) -> None:
    result = at(place, "build", "technolgy")
    assert result.exit_code == USAGE
    assert 'did you mean "technology"?' in result.output
    assert not place.output.exists()


def test_a_wrong_configuration_is_told_line_by_line_and_nothing_is_touched(place: Place) -> None:
    text = place.config_path.read_text("utf-8")
    place.config_path.write_text(text.replace('timezone = "Asia/Dubai"', 'timezome = "Asia/Dubai"'), "utf-8")
    result = at(place, "build")
    assert result.exit_code == USAGE
    assert "timezome" in result.output
    assert 'did you mean "timezone"?' in result.output
    assert not place.output.exists()
    assert not (place.folder / "var").exists()


def test_check_needs_no_network(place: Place) -> None:
    result = at(place, "check")
    assert result.exit_code == OK
    assert "4 sources, 5 feeds" in result.output
    assert not place.newsroom.requests


def test_check_online_tries_every_selector(place: Place) -> None:
    assert at(place, "check", "--online").exit_code == OK
    text = place.config_path.read_text("utf-8")
    place.write_config(text.replace('summary = ".post-text"', 'summary = ".no-such-thing"', 1))
    result = at(place, "check", "--online", "world-news")
    assert result.exit_code == FAILED
    assert "summary" in result.output


def test_check_online_finds_nothing_to_say_about_the_demo(place: Place) -> None:
    result = at(place, "check", "--online", "--json")
    assert result.exit_code == OK
    sources = json.loads(result.stdout)["sources"]
    assert [source["id"] for source in sources] == ["world-news", "global-news", "technology", "business"]
    assert all(source["items"] == source["found"]["title"] == source["found"]["date"] > 5 for source in sources)
    assert all(source["ok"] and not source["notes"] for source in sources)
    assert not (place.folder / "var").exists()


def test_check_online_says_what_to_put_right_at_80_columns(place: Place) -> None:
    text = place.config_path.read_text("utf-8")
    text = text.replace('summary = ".post-text"', 'summary = ".news-list .post-text"', 1)
    text = text.replace('title = [".post-title a@title",', 'title = [".headline", ".post-title a@title",', 1)
    place.write_config(text.replace("/tags/technology", "/tags/unknown"))
    place.newsroom.fail["/tags/global-news"] = 500
    result = at(place, "check", "--online")
    assert result.exit_code == FAILED
    assert all(len(line) <= 80 for line in result.output.splitlines()[1:])
    told, faults = " ".join(result.stdout.split()), " ".join(result.stderr.split())
    assert 'world-news, title: ".headline" never matched. It can go' in told
    assert 'world-news, summary: ".news-list .post-text" leans on' in faults
    assert 'Write ".post-text".' in faults
    assert "global-news: " in faults
    assert "status 500" in faults
    assert "technology: " in faults
    assert "business" not in told + faults


def test_notes_of_check_online_fail_nothing(place: Place) -> None:
    text = place.config_path.read_text("utf-8")
    place.write_config(text.replace('title = [".post-title a@title",', 'title = [".headline", ".post-title a@title",'))
    result = at(place, "check", "--online")
    assert result.exit_code == OK
    assert result.output.count(".headline") == 4


def test_check_online_tells_what_a_page_without_items_is(place: Place) -> None:
    text = place.config_path.read_text("utf-8")
    place.write_config(
        text.replace('item = ".news-list .large-post, .news-list .grid-post', 'item = ".news-list .gone')
    )
    result = at(place, "check", "--online", "business", "--json")
    assert result.exit_code == FAILED
    (source,) = json.loads(result.stdout)["sources"]
    fault, note = source["notes"]
    assert fault["fault"]
    assert 'title of the page: "Business - The Calder Courier"' in fault["text"]
    assert note["text"].startswith('its beginning ".news-list" matches 1 element')


def test_check_prints_json_of_pages_only(place: Place) -> None:
    result = at(place, "check", "--json")
    assert result.exit_code == USAGE
    assert "--online" in result.stderr


def test_preview_shows_and_changes_nothing(place: Place) -> None:
    result = at(place, "preview", "world-news", "--json")
    assert result.exit_code == OK
    items = json.loads(result.output)["items"]
    assert len(items) > 8
    assert {"id", "url", "title", "published", "summary"} <= items[0].keys()
    assert [item["published"] for item in items] == sorted((item["published"] for item in items), reverse=True)
    assert not place.output.exists()
    assert not (place.folder / "var").exists()


def test_preview_tries_selectors_on_an_address(place: Place) -> None:
    arguments = (f"{place.url}/tags/world-news", "--item", ".news-list .large-post", "--json")
    result = at(place, "preview", *arguments)
    assert result.exit_code == OK
    assert len(json.loads(result.output)["items"]) == 2
    assert at(place, "preview", f"{place.url}/tags/unknown").exit_code == USAGE
    nothing = at(place, "preview", f"{place.url}/tags/world-news", "--item", ".no-such-card")
    assert nothing.exit_code == FAILED
    assert '".no-such-card" matched nothing' in " ".join(nothing.output.split())


def test_status_tells_how_sources_do(place: Place) -> None:
    at(place, "build", "technology")
    assert "not read yet" in at(place, "status").output
    at(place, "build")
    assert at(place, "status").exit_code == OK
    place.newsroom.fail["/tags/world-news"] = 404
    at(place, "build")
    result = at(place, "status", "--json")
    assert result.exit_code == FAILED
    states = {source["id"]: source for source in json.loads(result.output)["sources"]}
    assert states["world-news"]["error"]
    assert not states["technology"]["error"]


def test_looking_before_anything_was_built_makes_nothing(place: Place) -> None:
    for command in ("status", "items"):
        result = at(place, command)
        assert result.exit_code == OK
        assert "Nothing was built yet" in result.stderr
        assert "feedbuilder build" in result.stderr
    assert json.loads(at(place, "items", "--json").stdout) == []
    states = json.loads(at(place, "status", "--json").stdout)["sources"]
    assert [state["state"] for state in states] == ["new"] * 4
    assert not (place.folder / "var").exists()
    assert not place.output.exists()


def test_a_store_that_was_lost_is_told_from_one_that_never_was(place: Place) -> None:
    at(place, "build")
    shutil.rmtree(place.folder / "var")
    result = at(place, "status")
    assert result.exit_code == OK
    assert "fills it again from the published feeds" in result.stderr
    assert not (place.folder / "var").exists()


def test_items_are_found_by_source_tag_and_text(place: Place) -> None:
    at(place, "build")
    found = json.loads(at(place, "items", "--search", "nuclear talks", "--json").output)
    assert [item["title"] for item in found] == [
        "Iran and US Return to Nuclear Talks in Oman as Tensions and Protests Shake Tehran"
    ]
    tagged = json.loads(at(place, "items", "--tag", "#technology", "--json").output)
    assert tagged
    assert all("Technology" in item["tags"] for item in tagged)
    assert at(place, "items", "--source", "nobody").exit_code == USAGE


def test_prune_removes_what_is_configured_no_longer_and_only_when_told(place: Place) -> None:
    at(place, "build")
    text = place.config_path.read_text("utf-8")
    start, end = text.index('[[feed]]\nslug = "technology"'), text.index('[[feed]]\nslug = "business"')
    place.write_config(text[:start] + text[end:])
    assert "technology" in at(place, "build", "-v").output
    CliRunner().invoke(app, ["prune", "-c", str(place.config_path)], input="n\n")
    assert (place.output / "technology" / "rss.xml").exists()
    assert at(place, "prune", "--yes").exit_code == OK
    assert not (place.output / "technology").exists()
    assert (place.output / "world-news" / "rss.xml").exists()


def test_init_writes_a_configuration_that_is_valid_and_overwrites_nothing(tmp_path: Path) -> None:
    assert call("init", str(tmp_path)).exit_code == OK
    config = tmp_path / "config" / "feedbuilder.toml"
    before = config.read_bytes()
    assert call("check", "-c", str(config)).exit_code == OK
    again = call("init", str(tmp_path))
    assert again.exit_code == USAGE
    assert "overwrites nothing" in " ".join(again.output.split())
    assert config.read_bytes() == before


def test_the_schema_is_one_and_accepts_the_demo() -> None:
    result = call("schema")
    schema = json.loads(result.output)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert call("schema", "--markdown").output.startswith("#")


@pytest.fixture
def demo_ports_are_free() -> None:
    for port in (8765, 8766):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                pytest.skip(f"port {port}, on which the demonstration stands, is in use")


@pytest.mark.usefixtures("demo_ports_are_free")
def test_the_demo_runs_in_an_empty_folder_and_finds_nothing_new_the_second_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "feedbuilder.toml").write_text(quick_demo(), "utf-8")
    monkeypatch.chdir(tmp_path)
    first = call("demo")
    assert first.exit_code == OK
    assert "World News" in first.output
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("output/*/*")}
    second = call("demo")
    assert second.exit_code == OK
    assert "0 new, 0 changed, every file stayed as it was" in " ".join(second.output.split())
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("output/*/*")} == before


@pytest.mark.usefixtures("demo_ports_are_free", "stopped_at_once")
def test_the_demo_serves_newsroom_and_feeds_until_it_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = call("demo", "--serve")
    assert told.exit_code == OK
    assert "http://127.0.0.1:8765/" in told.output
    assert "http://127.0.0.1:8766/" in told.output


def test_the_demo_leaves_somebodys_own_configuration_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "feedbuilder.toml").write_text(
        '[[source]]\nid = "mine"\nurl = "https://example.org/"\nselectors = { item = "li" }\n'
    )
    monkeypatch.chdir(tmp_path)
    result = call("demo", "-c", "feedbuilder.toml")
    assert result.exit_code == USAGE
    assert "empty folder" in " ".join(result.output.split())
