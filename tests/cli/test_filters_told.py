"""Which filter took an article out is told: of a source by preview, of feeds by items --explain."""

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
