"""`feedbuilder export`: a document on one stream, what it could not say on the other."""

from __future__ import annotations

import yaml
from lxml import etree

from tests.cli.conftest import Desk, Web

OK, FAILED = 0, 1
TOWN = '[[source]]\nid = "town"\nurl = "https://town.example/news"\ntimezone = "UTC"\nselectors.item = "article"\n'
MAP = '[[source]]\nid = "map"\nurl = "https://town.example/sitemap.xml"\nkind = "sitemap"\ntimezone = "UTC"\n'


def test_sources_are_written_and_what_is_lost_is_told(desk: Desk) -> None:
    desk.hurry(TOWN + MAP)
    result = desk.call("export", "--format", "freshrss-opml")
    assert result.exit_code == FAILED
    [outline] = etree.fromstring(result.stdout.encode()).findall(".//outline[@xmlUrl]")
    assert outline.get("{https://freshrss.org/opml}xPathItem") == "//article"
    assert "map: not written" in result.stderr
    assert "1 of 2 sources written for FreshRSS" in result.stderr
    one = desk.call("export", "town", "--format", "html2rss")
    assert one.exit_code == OK
    assert yaml.safe_load(one.stdout)["feeds"]["town"]["selectors"]["items"] == {"selector": "article"}


def test_feeds_are_listed_for_readers(desk: Desk, web: Web) -> None:
    desk.hurry()
    assert desk.call("export").exit_code == FAILED
    assert desk.call("add", f"{web.url}/news", "--tag", "Town", "--yes").exit_code == OK
    result = desk.call("export")
    assert result.exit_code == OK
    assert result.stdout.encode() == (desk.folder / "output" / "feeds.opml").read_bytes()
    assert "leave the ids out" in desk.call("export", "news").stderr
