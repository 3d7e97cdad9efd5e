"""`[tags]`, and feeds that tags make: what is read, and which mistakes are told."""

from __future__ import annotations

from typing import Any

import pytest

TAGS = """\
[tags]
aliases = { "World News" = ["Worldnews", "#Int'l"] }
drop = ["News", "Breaking"]
"""


def test_names_and_noise_are_read(folder: Any, minimal: str) -> None:
    rules = folder.load(TAGS + minimal).tags
    assert rules.aliases == {"World News": ("Worldnews", "#Int'l")}
    assert rules.drop == ("News", "Breaking")


def test_without_the_table_tags_are_what_they_are(folder: Any, minimal: str) -> None:
    rules = folder.load(minimal).tags
    assert (rules.aliases, rules.drop) == ({}, ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[tags]\naliases = { A = ["x"], B = ["#X"] }', '"A" has this one already'),
        ('[tags]\naliases = { A = ["x"], "#a" = ["y"] }', '"A" is this one in another spelling'),
        (
            '[tags]\naliases = { A = ["b"], B = ["c"] }',
            'expected a name that is not shown itself; add the aliases of "b"',
        ),
        ('[tags]\naliases = { A = ["x"] }\ndrop = ["a"]', "feedbuilder.toml:2 has this one under aliases"),
        ('[tags]\naliases = { A = ["x"] }\ndrop = ["#X"]', "feedbuilder.toml:2 has this one under aliases"),
        ('[tags]\naliases = { A = ["#"] }', "expected a tag with more to it than spaces and #"),
        ('[tags]\naliases = { "#" = ["a"] }', "expected the name of a tag to the left"),
        ('[tags]\ndrop = [""]', "expected a tag with more to it than spaces and #"),
        ("[tags]\ndrop = [7]", "expected text in quotes"),
        ('[tags]\naliases = ["a"]', "expected a table"),
        ('[tags]\nalias = { A = ["x"] }', 'unknown key "alias"; did you mean "aliases"?'),
        ('tags = ["a"]', "expected one table [tags]"),
        ('[tags]\ndrop = ["a"]\n[[feed]]\nslug = "x"\ntags = ["#A"]', "feedbuilder.toml:2 drops this one"),
        ('[tags]\ndrop = ["a"]\n[[feed]]\nslug = "x"\ntags = { none = ["A"] }', "feedbuilder.toml:2 drops this one"),
        ('[[feed]]\nauto = "sources"', 'expected "tags"'),
        ('[[feed]]\nauto = "sources"\nmin_items = 3\naliases = ["x"]', 'auto = "sources": expected "tags"'),
        ('[[feed]]\nauto = "tags"\nmin_items = 0', "expected 1 or more"),
        ('[[feed]]\nauto = "tags"\ntitle = "Topic"', "expected a title with {tag} in it"),
        ('[[feed]]\nauto = "tags"\naliases = ["x"]', "expected no aliases beside auto"),
        ('[[feed]]\nslug = "x"\nmin_items = 3', 'expected auto = "tags" beside it'),
        (
            '[[feed]]\nauto = "tags"\n[[feed]]\nauto = "tags"',
            "feedbuilder.toml:1 makes feeds of tags without one already",
        ),
        ('[[feed]]\nauto = "tags"\nslug = "x"\n[[feed]]\nslug = "x"', "expected a slug of its own"),
        ('[[feed]]\ntitle = "x"', 'missing key "slug"'),
    ],
)
def test_a_mistake_gets_one_message(folder: Any, minimal: str, text: str, problem: str) -> None:
    (told,) = folder.problems(text + minimal)
    assert problem in told


def test_all_mistakes_of_a_table_come_at_once(folder: Any, minimal: str) -> None:
    told = folder.problems('[[feed]]\nauto = "tags"\ntitle = "x"\naliases = ["x"]\nmin_items = "x"' + minimal)
    assert [problem.partition(":")[0] for problem in told] == ["3", "4", "5"]


def test_one_tag_may_be_written_in_many_ways_under_its_name(folder: Any, minimal: str) -> None:
    rules = folder.load('[tags]\naliases = { "World News" = ["#world news", "WN", "wn"] }' + minimal).tags
    assert list(rules.aliases) == ["World News"]


def test_a_table_of_tags_needs_no_slug(folder: Any, minimal: str) -> None:
    (feed,) = folder.load('[[feed]]\nauto = "tags"\ntitle = "On {tag}"\nentries = 20' + minimal).feeds
    assert (feed.auto, feed.slug, feed.min_items, feed.entries) == ("tags", "", 5, 20)


def test_a_feed_may_ask_for_a_tag_that_sources_carry_under_another_name(folder: Any, minimal: str) -> None:
    tagged = minimal.replace('timezone = "UTC"', 'timezone = "UTC"\ntags = ["Worldnews"]')
    feeds = '[[feed]]\nslug = "a"\ntags = ["World News"]\n[[feed]]\nslug = "b"\ntags = ["int\'l"]\n'
    assert folder.load(TAGS + feeds + tagged).warnings == ()
    warnings = folder.load(feeds + tagged).warnings
    assert sum("no source carries the tag" in warning for warning in warnings) == 2


def test_an_included_file_has_no_rules_for_tags(folder: Any, minimal: str) -> None:
    folder.write(TAGS, "more.toml")
    (told,) = folder.problems('include = "more.toml"' + minimal)
    assert '"tags" belongs into the main file' in told


def test_included_feeds_may_not_ask_for_what_is_dropped(folder: Any, minimal: str) -> None:
    folder.write('[[feed]]\nslug = "x"\ntags = ["Breaking"]\n', "more.toml")
    (told,) = folder.problems('include = "more.toml"\n' + TAGS + minimal)
    assert told.startswith("config/more.toml:3")
    assert "drops this one" in told
