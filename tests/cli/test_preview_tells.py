"""What preview and items tell of a source: which filter took an article out, how a field comes about."""

from __future__ import annotations

import json

from tests.cli.conftest import Desk, Web

SOURCE = """
[[source]]
id = "town"
url = "{url}/news"
timezone = "Europe/Berlin"
tags = ["Town"]
articles = "off"
exclude = {{ title = "museum" }}
[source.selectors]
item = "article"

[[feed]]
slug = "ferries"
include = {{ title = "ferry" }}

[[feed]]
slug = "sea"
tags = ["Sea"]
exclude = {{ title = "bridge" }}
"""


def test_preview_says_what_a_source_leaves_out(desk: Desk, web: Web) -> None:
    desk.hurry(SOURCE.format(url=web.url))
    result = desk.call("preview", "town")
    told = " ".join(result.stderr.split())
    assert 'left out by exclude: title = "museum": "Museum Finds a Map That Was Lost for a Century"' in told
    assert len(json.loads(desk.call("preview", "town", "--json").stdout)["items"]) == 5


def test_items_explain_says_what_a_feed_leaves_out(desk: Desk, web: Web) -> None:
    desk.hurry(SOURCE.format(url=web.url))
    assert desk.call("build").exit_code == 0
    shown = desk.call("items", "--explain").stdout
    assert shown.count('left out of the feed ferries by include: title = "ferry"') == 4
    assert "feed sea" not in shown  # whose tags it does not carry
    by_title = {
        item["title"]: item["left_out"] for item in json.loads(desk.call("items", "--explain", "--json").stdout)
    }
    assert by_title["Ferry Line Merges With Its Rival"] == []
    assert by_title["The Last Lighthouse Keeper Retires"] == [{"feed": "ferries", "by": 'include: title = "ferry"'}]


def test_preview_traces_a_field_step_by_step(desk: Desk, web: Web) -> None:
    desk.hurry()
    asked = ("preview", f"{web.url}/news", "--item", "article", "--title", "h2 a", "--trace")
    shown = desk.call(*asked, "title").stdout
    assert shown.count("h2 a") == 5
    assert shown.count("Council Votes for Night Buses on Every Line") == 3  # whose it is, found, and read as
    traced = json.loads(desk.call(*asked, "title", "--json").stdout)
    assert [step["step"] for step in traced["items"][0]["steps"]] == ["h2 a", "read as"]
    refused = desk.call(*asked, "date")
    assert refused.exit_code != 0
    assert "There is no rule for date to trace" in " ".join(refused.stderr.split())
