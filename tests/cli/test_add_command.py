"""`feedbuilder add`: from an address to a source in the configuration and its feed, and `why` about it after."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import feedparser
import pytest

from feedbuilder.config.edit import add_sources
from feedbuilder.model import ConfigError
from feedbuilder.tend.page_findings import meant_address
from tests.cli.conftest import STORIES, Desk, Web, list_page, rss

OK, FAILED, USAGE = 0, 1, 2


def sources(desk: Desk) -> list[dict[str, Any]]:
    return list(tomllib.loads(desk.config.read_text("utf-8")).get("source", []))


def entries(desk: Desk, slug: str) -> list[Any]:
    return list(feedparser.parse((desk.folder / "output" / slug / "atom.xml").read_bytes()).entries)


def test_an_address_becomes_a_source_and_a_feed(desk: Desk, web: Web) -> None:
    desk.hurry("# the end\n")
    result = desk.call("add", f"{web.url}/news", "--tag", "Town", "--tag", "News", "--yes")
    assert result.exit_code == OK, result.output
    [written] = sources(desk)
    assert {key: written[key] for key in ("id", "url", "title", "tags", "timezone", "language")} == {
        "id": "news",
        "url": f"{web.url}/news",
        "title": "Town News",
        "tags": ["Town", "News"],
        "timezone": "Etc/GMT-4",
        "language": "en",
    }
    assert desk.config.read_text("utf-8").startswith(
        '[fetch]\nallow_hosts = ["127.0.0.1"]\nhost_gap = "0s"\n# the end\n'
    )
    for slug in ("town", "news", "all"):
        assert [entry.title for entry in entries(desk, slug)] == [title for _, title, *_ in STORIES]
        assert f"output/{slug}" in result.stdout
    assert entries(desk, "town")[0].published == "2026-02-06T10:30:00+04:00"
    assert entries(desk, "town")[0].summary == STORIES[0][3]


def test_in_an_empty_folder_it_starts_a_configuration_and_admits_the_host_for_good(desk: Desk, web: Web) -> None:
    result = desk.call("add", f"{web.url}/news", "--allow-host", "127.0.0.1", "--timezone", "Asia/Dubai", "--yes")
    assert result.exit_code == OK, result.output
    assert (desk.folder / ".gitignore").exists()
    assert (desk.folder / "config" / "feedbuilder.schema.json").exists()
    text = desk.config.read_text("utf-8")
    assert 'allow_hosts = ["127.0.0.1"]' in text
    assert 'timezone = "Asia/Dubai"\n' in text
    assert len(entries(desk, "town-news")) == len(STORIES)
    assert desk.call("check").exit_code == OK


def test_what_is_previewed_detected_and_published_is_the_same(desk: Desk, web: Web) -> None:
    desk.hurry()
    found = json.loads(desk.call("detect", f"{web.url}/news", "--json").stdout)["items"]
    desk.call("add", f"{web.url}/news", "--yes")
    previewed = json.loads(desk.call("preview", "news", "--json").stdout)["items"]
    published = json.loads((desk.folder / "output/all/feed.json").read_text("utf-8"))["items"]
    parts = [(item["url"], item["title"], item["published"]) for item in found]
    assert sorted(parts) == sorted((item["url"], item["title"], item["published"]) for item in previewed)
    assert sorted(parts) == sorted((item["url"], item["title"], item["date_published"]) for item in published)


def test_everything_can_be_said_beforehand(desk: Desk, web: Web) -> None:
    desk.hurry()
    options = ("--id", "town", "--title", "The Town", "--tag", "T", "--timezone", "Asia/Tokyo", "--interval", "2h")
    assert desk.call("add", f"{web.url}/news", *options, "--yes").exit_code == OK
    [written] = sources(desk)
    said = {key: written[key] for key in ("id", "title", "tags", "timezone", "interval")}
    assert said == {"id": "town", "title": "The Town", "tags": ["T"], "timezone": "Asia/Tokyo", "interval": "2h"}


def test_a_key_that_the_site_wants_goes_along_and_stays_in_the_environment(
    desk: Desk, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hurry('[defaults]\nheaders = { "X-Client" = "reader" }\n')
    monkeypatch.setenv("SITE_TOKEN", "sesame-open")
    address = f"{web.url}/news"
    refused = desk.call("add", address, "--yes", "--header", "Authorization: Bearer sesame-open")
    assert refused.exit_code == USAGE
    result = desk.call("add", address, "--yes", "--header", "Authorization: Bearer ${SITE_TOKEN}")
    assert result.exit_code == OK, result.output
    assert {"Bearer sesame-open", "reader"} <= set(web.headers["/news"].values())
    assert sources(desk)[0]["headers"] == {"Authorization": "Bearer ${SITE_TOKEN}"}
    assert "sesame" not in desk.config.read_text("utf-8") + result.output


def test_what_the_defaults_say_is_not_repeated(desk: Desk, web: Web) -> None:
    desk.hurry('[defaults]\ntimezone = "Asia/Dubai"\nlanguage = "en"\nmin_interval = "20m"\n')
    assert desk.call("add", f"{web.url}/news", "--interval", "5m", "--yes").exit_code == OK
    [written] = sources(desk)
    assert not {"timezone", "language"} & written.keys()
    assert (written["interval"], written["min_interval"]) == ("5m", "5m")
    assert entries(desk, "all")[0].published == "2026-02-06T10:30:00+04:00"


def test_an_unknown_zone_is_told_and_can_be_set_later(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/news"] = list_page(time="T10:30:00")
    result = desk.call("add", f"{web.url}/news", "--yes")
    assert result.exit_code == OK
    assert "times are taken as UTC" in " ".join(result.stderr.split())
    assert '# timezone = "Europe/Berlin"' in desk.config.read_text("utf-8")
    assert "timezone" not in sources(desk)[0]
    assert "set timezone" in desk.call("check").output


def test_a_second_page_of_a_site_is_read_in_the_zone_of_the_first(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/news"] = web.pages["/sport"] = list_page(time="T23:30:00")
    assert desk.call("add", f"{web.url}/news", "--timezone", "Asia/Dubai", "--yes").exit_code == OK
    result = desk.call("add", f"{web.url}/sport", "--yes")
    assert result.exit_code == OK
    assert "warning" not in result.stderr
    assert [one["timezone"] for one in sources(desk)] == ["Asia/Dubai", "Asia/Dubai"]
    assert 'as for "news" of the same site' in " ".join(desk.call("why", "sport").stdout.split())


def test_another_list_of_the_page_can_be_taken_by_its_number_or_by_an_example(desk: Desk, web: Web) -> None:
    desk.hurry()
    older = "".join(
        f'<li class="old"><a href="/archive/{n}-a-story-of-old">A Story of Old, Number {n}, Told Again</a></li>'
        for n in range(1, 8)
    )
    web.pages["/news"] = list_page().replace("</main>", f'<ul class="olden">{older}</ul></main>')
    lists = json.loads(desk.call("detect", f"{web.url}/news", "--json").stdout)["candidates"]
    number = next(index for index, one in enumerate(lists, 1) if one["first"].startswith("A Story of Old"))
    assert number > 1
    assert desk.call("add", f"{web.url}/news", "--list", str(number), "--id", "old", "--yes").exit_code == OK
    example = ("--example", "A Story of Old, Number 3, Told Again")
    assert desk.call("add", f"{web.url}/news", *example, "--id", "again", "--yes").exit_code == OK
    first, second = sources(desk)
    assert first["selectors"] == second["selectors"]
    beyond = desk.call("add", f"{web.url}/news", "--list", "99", "--id", "x", "--yes")
    assert beyond.exit_code == USAGE
    assert f"the page has {len(lists)} lists" in beyond.stderr


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        ((), USAGE, "no terminal to ask on"),
        (("--yes", "--timezone", "Dubai"), USAGE, 'did you mean "Asia/Dubai"?'),
        (("--yes", "--interval", "30"), USAGE, '--interval "30": expected a duration'),
        (("--yes", "--id", "Not an id"), USAGE, "id:"),
        (("--yes", "--id", "taken"), USAGE, "has this id already"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(
    desk: Desk, web: Web, options: tuple[str, ...], code: int, told: str
) -> None:
    desk.hurry("[[source]]\nid = 'taken'\nurl = 'http://127.0.0.1:9/'\ntimezone = 'UTC'\nselectors.item = 'a'\n")
    before = desk.config.read_bytes()
    result = desk.call("add", f"{web.url}/news", *options)
    assert result.exit_code == code
    assert told in " ".join(result.stderr.split())
    assert desk.config.read_bytes() == before
    assert not (desk.folder / "var").exists()


@pytest.mark.parametrize(
    ("page", "told"),
    [(None, "does not exist"), ("<p>Nothing here</p>", "No list of articles was found"), (rss(3), "is a feed already")],
)
def test_a_page_without_a_list_leaves_an_empty_folder_empty(desk: Desk, web: Web, page: str | None, told: str) -> None:
    web.pages = {} if page is None else {"/news": page}
    result = desk.call("add", f"{web.url}/news", "--allow-host", "127.0.0.1", "--yes")
    assert result.exit_code == FAILED
    assert told in " ".join(result.stderr.split())
    assert list(desk.folder.iterdir()) == []


def test_a_page_that_leads_to_a_login_is_named_as_that_and_not_taken(desk: Desk, web: Web) -> None:
    web.pages = {"/news": '<meta http-equiv="refresh" content="0; url=/login">', "/login": list_page()}
    desk.hurry()
    result = desk.call("add", f"{web.url}/news", "--yes")
    assert result.exit_code == FAILED
    assert f"/news leads to {web.url}/login, which asks for a login" in " ".join(result.stderr.split())
    assert not (desk.folder / "var").exists()
    assert "[[source]]" not in desk.config.read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("news.example", "https://news.example"),
        ("news.example:8443/world?page=2", "https://news.example:8443/world?page=2"),
        ("http://news.example/", "http://news.example/"),
    ],
)
def test_a_host_without_a_scheme_is_asked_by_https(said: str, meant: str) -> None:
    assert meant_address(said) == meant


@pytest.mark.parametrize("said", ["news", "ftp://news.example/", "mailto:a@news.example", "/news", "news example.org"])
def test_what_names_no_host_is_no_address(said: str) -> None:
    with pytest.raises(ConfigError, match="no web address"):
        meant_address(said)


BARE = "<title>Town</title>{}<p>Welcome to our town.</p><p><a href=/about>About</a></p>"
POSTS = [
    {"title": {"rendered": title}, "link": f"/news/{slug}", "date": f"{day}T08:00:00", "excerpt": {"rendered": text}}
    for slug, title, day, text in STORIES
]


def test_a_page_without_a_list_names_what_its_system_and_its_site_have(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/home"] = BARE.format('<link rel="https://api.w.org/" href="/wp-json/">')
    web.pages["/robots.txt"] = (
        f"User-agent: *\nDisallow: /private\nSitemap: {web.url}/map.xml\nSitemap: https://x.example/m"
    )
    web.pages["/wp-json/wp/v2/posts"] = json.dumps(POSTS)
    urls = "".join(f"<url><loc>{web.url}/news/{slug}</loc></url>" for slug, *_ in STORIES)
    web.pages["/map.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
    told = desk.call("add", f"{web.url}/home", "--yes")
    assert told.exit_code == FAILED
    way = f"'{web.url}/wp-json/wp/v2/posts?per_page=50'"
    assert f"made by WordPress ({len(STORIES)} articles): feedbuilder add {way}" in told.stderr
    assert f"robots.txt names it ({len(STORIES)} pages): feedbuilder add {web.url}/map.xml" in told.stderr
    assert sources(desk) == []
    assert f"feedbuilder add {web.url}/map.xml" in desk.call("detect", f"{web.url}/home").stderr
    asked = set(web.asked)
    added = desk.call("add", way.strip("'"), "--timezone", "Asia/Dubai", "--tag", "Town", "--yes")
    assert added.exit_code == OK, added.output
    assert [entry.title for entry in entries(desk, "town")] == [title for _, title, *_ in STORIES]
    assert not any("sitemap" in path for path in asked), "nothing is guessed"


SHARED = """
[[source]]
id = "news"
url = "{url}/news"
title = "Town\\u001b[31m"
tags = ["Town"]
timezone = "Asia/Dubai"
headers = {{ Cookie = "x" }}
selectors.item = "article"
"""


def test_sources_of_others_are_shown_taken_in_and_read(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/shared.toml"] = SHARED.format(url=web.url)
    assert "say --yes" in desk.call("add", f"{web.url}/shared.toml").stderr
    result = desk.call("add", f"{web.url}/shared.toml", "--yes")
    assert result.exit_code == OK, result.output
    assert "headers is left out" in result.stdout
    assert "\x1b" not in result.stdout
    [written] = sources(desk)
    assert written["id"] == "news"
    assert "headers" not in written
    assert [entry.title for entry in entries(desk, "town")] == [title for _, title, *_ in STORIES]
    again = desk.call("add", f"{web.url}/shared.toml", "--yes")
    assert again.exit_code == FAILED
    assert 'your source "news" reads this page already' in again.stdout


def test_a_file_of_sources_with_a_mistake_changes_nothing(desk: Desk) -> None:
    desk.hurry()
    before = desk.config.read_bytes()
    (desk.folder / "theirs.toml").write_text('[[source]]\nid = "a"\nurl = "nowhere"\nselectors.item = "a"\n', "utf-8")
    result = desk.call("add", "theirs.toml", "--yes")
    assert result.exit_code == USAGE
    assert 'theirs.toml:3: [[source]] "a": url = "nowhere": expected a web address' in result.stderr
    assert desk.config.read_bytes() == before
    assert "no-such.toml: cannot be read" in desk.call("add", "no-such.toml", "--yes").stderr


def test_each_change_of_a_page_without_a_list_is_an_entry(desk: Desk, web: Web) -> None:
    desk.hurry()
    terms = "<title>Terms of the Pool</title><main><p>Swim from 9 to {}.</p><p>No dogs.</p></main><p>{}</p>"
    web.pages["/terms"] = terms.format(17, "1 visitor")
    refused = desk.call("add", f"{web.url}/terms", "--yes")
    assert f"feedbuilder add {web.url}/terms --kind changes" in refused.stderr
    result = desk.call("add", f"{web.url}/terms", "--kind", "changes", "--selector", "main", "--yes")
    assert result.exit_code == OK, result.output
    [written] = sources(desk)
    assert written["kind"] == "changes"
    assert written["changes"] == {"selector": "main"}
    assert "selectors" not in written
    assert "The first change will be the first entry" in result.stdout
    assert entries(desk, "all") == []
    web.pages["/terms"] = terms.format(18, "2 visitors")
    assert desk.call("build", "--force").exit_code == OK
    [entry] = entries(desk, "all")
    assert entry.title.startswith("Terms of the Pool: ")
    assert "<del>17</del><ins>18</ins>" in entry.content[0].value


def test_what_is_watched_must_be_there_and_be_a_page_of_changes(desk: Desk, web: Web) -> None:
    desk.hurry()
    nothing = desk.call("add", f"{web.url}/news", "--kind", "changes", "--selector", "#terms", "--yes")
    assert nothing.exit_code == FAILED
    assert 'The selector "#terms" finds no text on it' in nothing.stderr
    assert "say --kind changes too" in desk.call("add", f"{web.url}/news", "--selector", "main", "--yes").stderr
    assert sources(desk) == []


def test_a_page_that_is_read_already_is_refused_unless_it_gets_another_id(desk: Desk, web: Web) -> None:
    desk.hurry()
    assert desk.call("add", f"{web.url}/news", "--yes").exit_code == OK
    again = desk.call("add", f"{web.url}/news/?utm_source=mail", "--yes")
    assert again.exit_code == USAGE
    assert 'the source "news" reads this page already' in again.stderr
    assert desk.call("add", f"{web.url}/news", "--id", "second", "--yes").exit_code == OK
    assert [one["id"] for one in sources(desk)] == ["news", "second"]


def test_a_feed_that_is_there_already_is_named_and_yes_goes_on(desk: Desk, web: Web) -> None:
    desk.hurry()
    web.pages["/feed/"] = rss(6)
    result = desk.call("add", f"{web.url}/news", "--yes")
    assert result.exit_code == OK
    assert "This site has a feed already" in result.stdout
    assert len(sources(desk)) == 1


def test_a_configuration_whose_feeds_do_not_take_it_is_told(desk: Desk, web: Web) -> None:
    desk.hurry('[[feed]]\nslug = "sports"\ntags = ["Sports"]\n')
    result = desk.call("add", f"{web.url}/news", "--no-feed", "--yes")
    assert result.exit_code == OK
    assert 'add a [[feed]] with sources = ["news"]' in " ".join(result.stdout.split())


def test_a_reading_that_fails_is_told_and_the_source_stays(
    desk: Desk, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hurry()

    def written_and_gone(*arguments: Any, **options: Any) -> Any:
        web.pages.clear()
        return add_sources(*arguments, **options)

    monkeypatch.setattr("feedbuilder.tend.write_plan.add_sources", written_and_gone)
    result = desk.call("add", f"{web.url}/news", "--yes")
    assert result.exit_code == FAILED
    assert "1 failed" in result.stdout
    assert [one["id"] for one in sources(desk)] == ["news"]


def test_quiet_says_nothing(desk: Desk, web: Web) -> None:
    desk.hurry()
    result = desk.call("add", f"{web.url}/news", "--timezone", "UTC", "--yes", "--quiet")
    assert (result.exit_code, result.output.strip()) == (OK, "")


# why


def test_why_tells_the_rules_that_chose_the_list(desk: Desk, web: Web) -> None:
    desk.hurry()
    best = json.loads(desk.call("detect", f"{web.url}/news", "--json").stdout)["candidates"][0]
    desk.call("add", f"{web.url}/news", "--yes")
    told = desk.call("why", "news")
    assert told.exit_code == OK
    flat = " ".join(told.stdout.split())
    telling = [reason for reason in best["reasons"] if abs(reason["points"]) >= 0.05]
    assert len(telling) > 3
    for reason in telling:
        assert " ".join(reason["text"].split()) in flat
    assert "6 articles then" in flat
    assert "the page's dates say +04:00" in flat
    data = json.loads(desk.call("why", "news", "--json").stdout)
    assert data["origin"]["reasons"] == best["reasons"]
    assert data["origin"]["selectors"] == best["selectors"]


def test_why_says_when_the_selectors_were_changed_since(desk: Desk, web: Web) -> None:
    desk.hurry()
    desk.call("add", f"{web.url}/news", "--yes")
    assert "changed by hand" not in desk.call("why", "news").stdout
    desk.config.write_text(
        desk.config.read_text("utf-8").replace("[source.selectors]\n", "[source.selectors]\nimage = 'img.x'\n"), "utf-8"
    )
    assert "changed by hand" in desk.call("why", "news").stdout


def test_why_knows_nothing_of_what_was_written_by_hand(desk: Desk) -> None:
    desk.hurry("[[source]]\nid = 'mine'\nurl = 'http://127.0.0.1:9/'\ntimezone = 'UTC'\nselectors.item = 'a'\n")
    told = desk.call("why", "mine")
    assert told.exit_code == FAILED
    assert "written by hand" in " ".join(told.stdout.split())
    assert json.loads(desk.call("why", "mine", "--json").stdout)["origin"] is None
    assert desk.call("why", "mime").exit_code == USAGE


def test_where_feeds_are_listed_one_is_written_for_its_tag(desk: Desk, web: Web) -> None:
    """Beside [[feed]] tables, tags get no feeds; a source whose articles nobody finds is of no use."""
    feeds = '# Mine.\n[[feed]]\nslug = "town-news"\ntags = ["Sport"]\n# the end\n'
    desk.hurry(feeds)
    result = desk.call("add", f"{web.url}/news", "--yes")
    assert result.exit_code == OK, result.output
    assert "Added the feed town-news-2 too" in result.stdout
    written = tomllib.loads(desk.config.read_text("utf-8"))["feed"]
    assert written[1] == {"slug": "town-news-2", "title": "Town News", "tags": ["Town News"]}
    assert feeds in desk.config.read_text("utf-8")
    assert len(entries(desk, "town-news-2")) == len(STORIES)


@pytest.mark.parametrize(
    ("feeds", "options"),
    [
        ('[[feed]]\nslug = "all"\n', ("--no-feed",)),
        ('[[feed]]\nauto = "tags"\nmin_items = 1\n', ()),
        ('[[feed]]\nslug = "x"\ntags = ["#town news"]\n', ()),
    ],
)
def test_no_feed_is_written_where_one_is_there_or_none_is_wanted(
    desk: Desk, web: Web, feeds: str, options: tuple[str, ...]
) -> None:
    desk.hurry(feeds)
    assert desk.call("add", f"{web.url}/news", "--yes", *options).exit_code == OK
    assert len(tomllib.loads(desk.config.read_text("utf-8"))["feed"]) == 1
