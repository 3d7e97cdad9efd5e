"""What is allowed and seldom meant."""

from __future__ import annotations

from typing import Any

import pytest

PUBLIC = """
[site]
url = "https://feeds.example.org/"
contact = "news@example.org"
[[source]]
id = "world"
url = "https://news.example/world"
timezone = "UTC"
tags = ["World News"]
selectors.item = "li"
"""


def warnings(folder: Any, text: str) -> list[str]:
    return [warning.removeprefix("config/feedbuilder.toml:") for warning in folder.load(text).warnings]


def test_a_configuration_with_all_that_matters_gives_no_warning(folder: Any) -> None:
    assert warnings(folder, PUBLIC) == []


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        (
            'timezone = "UTC"\n',
            "",
            '4: [[source]] "world": times are taken as UTC; set timezone to the zone the site writes in',
        ),
        (
            '"https://feeds.example.org/"',
            '"http://localhost:8766/"',
            "2: [site]: url: feeds will name themselves by an address that only this machine reaches",
        ),
        (
            'contact = "news@example.org"\n',
            "",
            "1: [site]: set contact, a mail or web address, so that sites can reach you",
        ),
        (
            "selectors",
            'interval = "5m"\nmin_interval = "10m"\nselectors',
            '9: [[source]] "world": interval: min_interval ("10m") is longer, and wins; set it too',
        ),
        (
            'selectors.item = "li"',
            'kind = "changes"\narticles = "full"',
            '10: [[source]] "world": articles: has no effect with kind = "changes": there is no list, and no article',
        ),
    ],
)
def test_each_omission_has_its_warning(folder: Any, old: str, new: str, warning: str) -> None:
    text = PUBLIC.replace(old, new)
    assert text != PUBLIC
    assert warnings(folder, text) == [warning]


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]:80/", "http://a.localhost/", "http://0.0.0.0/"])
def test_loopback_has_many_names(folder: Any, url: str) -> None:
    assert len(warnings(folder, PUBLIC.replace("https://feeds.example.org/", url))) == 1


def test_defaults_of_the_site_are_warned_of_at_the_top_of_the_file(folder: Any) -> None:
    assert warnings(folder, PUBLIC[PUBLIC.index("[[source]]") :]) == [
        "1: site.url: feeds will name themselves by an address that only this machine reaches",
        "1: site: set contact, a mail or web address, so that sites can reach you",
    ]


def test_a_trial_on_loopback_is_not_bothered(folder: Any, minimal: str) -> None:
    assert warnings(folder, minimal) == []


def test_a_file_without_sources_and_a_pattern_without_files_are_told(folder: Any) -> None:
    assert warnings(folder, 'include = ["sources/*.toml"]') == [
        '1: include: "sources/*.toml" matches no file',
        "1: there is no [[source]] yet, so there is nothing to read",
    ]


def test_a_tag_that_no_source_carries_is_told_unless_pages_bring_their_own(folder: Any) -> None:
    feed = '[[feed]]\nslug = "x"\ntags = { any = ["#world news", "Wrold News"], none = ["Sports"] }\n'
    assert warnings(folder, PUBLIC + feed) == [
        '12: [[feed]] "x": tags.any: no source carries the tag "Wrold News"; did you mean "World News"?'
    ]
    assert warnings(folder, PUBLIC + 'selectors.tags = "a.tag"\n' + feed) == []
    assert warnings(folder, PUBLIC + 'articles = "meta"\n' + feed) == []
    assert len(warnings(folder, PUBLIC + 'articles = "off"\n' + feed)) == 1


def test_warnings_come_from_included_files_too(folder: Any, minimal: str) -> None:
    folder.write(minimal.replace("world", "more").replace('timezone = "UTC"\n', ""), "more.toml")
    [warning] = folder.load('include = "more.toml"\n' + minimal).warnings
    assert warning.startswith('config/more.toml:1: [[source]] "more": times are taken as UTC')
