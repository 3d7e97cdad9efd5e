"""The newsroom's members area and its interface for programs, from `add` to the feed; and what is written of it all."""

from __future__ import annotations

import json

import pytest

from feedbuilder.engine import BuildReport
from feedbuilder.model import Outcome
from feedbuilder.newsroom.members_area import LIST_PATH, LOGIN_PATH, MEMBER, PASSWORD
from feedbuilder.newsroom.story_api import API_PATH
from tests.acceptance.place import Place, feedbuilder

CONFIG = """
[site]
output = "output"
[store]
path = "store.db"
[fetch]
allow_hosts = ["127.0.0.1"]
host_gap = "0s"
[logins.press]
url = "http://127.0.0.1:8765/members/login"
fields = {{ username = "${{PRESS_USER}}", password = "${{PRESS_PASSWORD}}" }}
{}
"""
SOURCE = """
[[source]]
id = "{id}"
url = "http://127.0.0.1:8765{path}"
timezone = "Asia/Dubai"
articles = "off"
{keys}
"""
SELECTORS = """[source.selectors]
item = "data.stories"
"""


@pytest.fixture(autouse=True)
def known_member(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_USER", MEMBER)
    monkeypatch.setenv("PRESS_PASSWORD", PASSWORD)


def configure(place: Place, *sources: str) -> None:
    place.write_config(CONFIG.format("".join(sources)).replace('"output"', '"../output"'))


def api(name: str, keys: str) -> str:
    return SOURCE.format(id=name, path=API_PATH, keys=f'kind = "json"\n{keys}') + SELECTORS


def titles(place: Place) -> set[str]:
    feed = json.loads((place.output / "all" / "feed.json").read_bytes())
    return {item["title"] for item in feed["items"]}


def members(place: Place, name: str = "members") -> str:
    item = ".news-list :is(.hero-post, .large-post, .compact-post, .grid-post):not(.video-post)"
    keys = f'login = "press"\n[source.selectors]\nitem = "{item}"'
    return SOURCE.format(id=name, path=f"{LIST_PATH}?{name}", keys=keys)


def test_add_reads_what_members_see_and_says_what_to_do_without_a_login(place: Place) -> None:
    configure(place)
    url = f"{place.url}{LIST_PATH}"
    closed = place.call("add", url, "--yes")
    assert closed.exit_code == 1
    assert "--login NAME" in " ".join(closed.output.split())
    opened = place.call("add", url, "--login", "press", "--yes")
    assert opened.exit_code == 0, opened.output
    assert 'login = "press"' in place.config_path.read_text("utf-8")
    listed = {story.title for story in place.newsroom.stories()}
    found = titles(place)
    assert found
    assert found <= listed
    assert place.newsroom.members.logins == 2  # to look, and to build
    assert place.newsroom.members.refused == 0
    assert "there is no such login. Write a table [logins.club]" in " ".join(
        place.call("add", f"{url}?page=2", "--login", "club", "--yes").output.split()
    )


def test_a_session_that_ended_is_renewed_in_the_same_reading(place: Place) -> None:
    configure(place, members(place, "one"), members(place, "two"))
    area = place.newsroom.members
    with place.open() as installation:
        sources = installation.config.sources
        assert [installation.poll(source).outcome for source in sources] == [Outcome.NEW, Outcome.UNCHANGED]
        assert area.logins == 1
        place.later(60)
        area.forget()
        assert all(installation.poll(source).error is None for source in sources)
    assert area.logins == 2


def test_a_wrong_password_is_sent_once_for_all_sources_and_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRESS_PASSWORD", "yesterdays-paper")
    configure(place, *(members(place, name) for name in ("one", "two", "three")))
    report: BuildReport = place.build()
    errors = [run.error or "" for run in report.runs]
    assert len(report.failed) == 3
    assert place.newsroom.members.refused == 1
    assert all("Name or password is wrong." in error and "[logins.press]" in error for error in errors)
    assert any(run.is_lasting for run in report.runs)
    status = place.call("status").output
    assert "yesterdays-paper" not in status + (place.output / "status.json").read_text("utf-8")
    # Later, too, and by another process, as long as it waits; another password is tried at once.
    place.later(60)
    assert place.build(force=False).failed
    assert place.newsroom.members.refused == 1
    monkeypatch.setenv("PRESS_PASSWORD", PASSWORD)
    assert not place.build(force=False).failed


@pytest.mark.parametrize(
    "keys",
    [
        'next = "?after={cursor}"\ncursor = "data.page.cursor"\npages = 20',
        'cursor = "data.page.cursor"\npages = 20\nrequest = { json = { after = "{cursor}" } }',
    ],
    ids=["GET", "POST"],
)
def test_an_interface_with_cursors_is_read_to_its_end_and_then_for_its_news(place: Place, keys: str) -> None:
    configure(place, api("stories", keys) + 'title = "title"\n', '[[feed]]\nslug = "all"\nentries = 500\n')
    assert not place.build().failed
    stories = place.newsroom.stories()
    assert titles(place) == {story.title for story in stories}
    asked = place.newsroom.requests[API_PATH]
    place.later(60 * 24)
    report = place.build()
    assert titles(place) == {story.title for story in place.newsroom.stories()}
    assert report.runs[0].note is None
    assert place.newsroom.requests[API_PATH] - asked <= 1 + len(place.newsroom.stories()) - len(stories)


def test_an_error_of_an_interface_is_told(place: Place) -> None:
    configure(place, api("stories", 'request = { json = { section = "horoscopes" } }'))
    [run] = place.build().failed
    assert "There is no section 'horoscopes'." in (run.error or "")


COMMANDS = [
    ("check", "--online"),
    ("build", "-v"),
    ("status", "--json"),
    ("items", "--json"),
    ("preview", "members"),
    ("diagnose", "members"),
    ("why", "members"),
    ("check", "--online", "--json"),
]


def test_nothing_of_a_login_is_written_or_said(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither user nor password nor the cookies of its sessions; nor a wrong password, in what is told of it."""
    configure(place, members(place))
    said = "".join(place.call(*command).output for command in COMMANDS)
    assert '"press" let us in by the form on' in " ".join(said.split())
    place.newsroom.members.password = "tomorrows-paper"
    place.later(600)
    said += place.call("build", "--force").output + place.call("status").output
    assert place.newsroom.members.refused > 0
    saved = place.folder / "saved.backup"
    said += place.call("backup", str(saved)).output
    secrets = {MEMBER, PASSWORD, *place.newsroom.members.sessions}
    written = {
        path.name: path.read_bytes() for path in place.folder.rglob("*") if path.is_file() and path != place.config_path
    }
    assert "status.json" in written
    for secret in secrets:
        assert secret not in said
        assert [name for name, content in written.items() if secret.encode() in content] == []


def test_the_form_itself_is_no_page_to_be_added(place: Place) -> None:
    configure(place)
    told = " ".join(feedbuilder(place.folder, "add", f"{place.url}{LOGIN_PATH}", "--yes", "--allow-host", "127.0.0.1")
                    .output.split())  # fmt: skip
    assert "asks for a login" in told
