"""Selectors learnt again from words: found on the page, shown as a difference, written with everything else kept."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from feedbuilder.cli import app
from tests.cli.conftest import STORIES, list_page

CONFIG = """\
# What we watch.
[[source]]
id = "town"  # the town hall
url = "https://town.example/news"
timezone = "UTC"

[source.selectors]
item = ".teaser"
title = ".intro"  # wrong
"""
TITLES = [title for _, title, *_ in STORIES]
HERO = '<div class="hero"><h2><a href="/news/mayor">The Mayor Steps Down After Twenty Years</a></h2></div>'
ADVERT = '<article class="teaser paid"><h2><a href="/offer/1">Tyres at Half the Price</a></h2></article>'


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "200")
    path = tmp_path / "config" / "feedbuilder.toml"
    path.parent.mkdir()
    path.write_text(CONFIG, "utf-8")
    return path


def call(config: Path, *arguments: str, page: str | None = None) -> Result:
    saved = config.parent / "page.html"
    saved.write_text(page or list_page(), "utf-8")
    return CliRunner().invoke(app, ["teach", "town", *arguments, "--html", str(saved), "-c", str(config)])


def written(config: Path) -> dict[str, object]:
    selectors: dict[str, object] = tomllib.loads(config.read_text("utf-8"))["source"][0]["selectors"]
    return selectors


def flat(result: Result) -> str:
    return " ".join(result.output.split())


def test_a_field_is_learnt_and_shown_and_nothing_is_written(config: Path) -> None:
    shown = call(config, f"title={TITLES[1]}")
    assert shown.exit_code == 0, shown.output
    assert '-title = ".intro"' in shown.stdout
    assert TITLES[0] in shown.stdout
    assert "Nothing was written" in shown.stdout
    assert config.read_text("utf-8") == CONFIG


def test_what_was_learnt_is_written_and_comments_stay(config: Path) -> None:
    assert "Wrote the selectors of town" in flat(call(config, f"title={TITLES[1]}", "--write"))
    assert config.read_text("utf-8").startswith('# What we watch.\n[[source]]\nid = "town"  # the town hall\n')
    assert written(config) == {"item": ".teaser"}
    assert "reads it so already" in flat(call(config, f"title={TITLES[1]}"))


def test_a_list_is_corrected_in_both_ways(config: Path) -> None:
    page = list_page().replace('<div class="stories">', f'{HERO}<div class="stories">{ADVERT}')
    result = call(config, "--missing", "The Mayor Steps Down", "--not", "/offer/1", "--write", page=page)
    assert "Came: https://town.example/news/mayor" in flat(result)
    assert "Went: https://town.example/offer/1" in flat(result)
    again = call(config, f"title={TITLES[0]}", "--write", page=page)
    assert "7 articles are read." in again.stdout, again.output


def test_an_address_stands_for_an_article(config: Path) -> None:
    page = list_page().replace('<div class="stories">', f'{HERO}<div class="stories">')
    result = call(config, "--missing", "https://town.example/news/mayor", page=page)
    assert "Came: https://town.example/news/mayor" in flat(result)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "say what is wrong"),
        (("headline=x",), 'write FIELD="its text'),
        (("title",), 'write FIELD="its text'),
        (("title=Nobody wrote this",), "does not stand in the articles"),
        (("title=Town News",), "stands on the page, but not in the articles"),
        (("title@9=The Last Lighthouse Keeper Retires",), "There is no article 9: the list has 6"),
        (("date=Ferries will go on for a year, the ministry says.",), "cannot be read as a date"),
        (("--missing", "Nobody wrote this"), "does not stand in the page"),
        (("--missing", "/no/such"), "No link on the page leads to /no/such"),
        (("--not", TITLES[0], "--missing", TITLES[0]), "as an article and as none"),
    ],
)
def test_what_cannot_be_learnt_says_why(config: Path, arguments: tuple[str, ...], told: str) -> None:
    result = call(config, *arguments)
    assert result.exit_code in (1, 2)
    assert told in flat(result)
    assert config.read_text("utf-8") == CONFIG


def test_a_text_in_several_articles_is_asked_about(config: Path) -> None:
    page = list_page().replace("</h2>", "</h2><b>Ann Miller</b>", 1)
    page = page.replace("Nine lines will run", '<span class="who">Ann Miller</span>')
    result = call(config, "author=Ann Miller", page=page)
    assert result.exit_code == 1
    assert "Say in which article: author@1=" in flat(result)
    assert call(config, "author@2=Ann Miller", page=page).exit_code == 0
