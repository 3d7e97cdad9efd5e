"""Each mistake and its one message, word for word: file, line, table, key, what was found, what is allowed."""

# ruff: noqa: E501 - a message stands on the line of its mistake, whole

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SOURCE = '[[source]]\nid = "world"\nurl = "http://127.0.0.1:9/"\n{}\n[source.selectors]\nitem = "li"\n{}\n'
FEED = SOURCE.format("", "") + '[[feed]]\nslug = "news"\n{}\n'
DURATION = 'expected a duration with its unit, such as "90s", "30m", "6h" or "7d"'
ADDRESS = 'expected a web address, such as "https://example.org/news"'
LANGUAGE = 'expected a language tag (BCP 47), such as "en" or "pt-BR"'
ZONE = 'expected an IANA time zone, such as "Europe/Berlin", "Asia/Dubai" or "UTC"'

AT_THE_TOP = [
    (
        'titel = "x"',
        '1: unknown key "titel"; allowed: "source", "feed", "include", "engine", "site", "fetch", "reading", "browser", "store", "alerts", "tags", "logins", "defaults"',
    ),
    ("workers = 3", '1: the key "workers" belongs into a table, such as [fetch]'),
    ("[fetcher]", '1: unknown table "fetcher"; did you mean "fetch"?'),
    ('[[sources]]\nid = "a"', '1: unknown table "sources"; did you mean "source"?'),
    ('[source]\nid = "a"', "1: expected [[source]], with two brackets, for each source"),
    ("source = [1]", "1: expected [[source]], with two brackets, for each source"),
    ("[[site]]", "1: expected one table [site], with one bracket"),
    ("include = 3", '1: include = 3: expected a list, such as ["one", "two"]'),
    ('include = ["*.toml", 3]', "1: include: 3: expected text in quotes"),
    (
        'include = "a.toml"',
        '1: include = "a.toml": expected a file, named relative to this one; there is none of this name',
    ),
    (
        'include = [\n"sources",\n]',
        '2: include: "sources": expected a file, named relative to this one; there is none of this name',
    ),
]

IN_TABLES = [
    ("[site]\ntitle = 3", "2: [site]: title = 3: expected text in quotes"),
    ('[site]\nlangauge = "en"', '2: [site]: unknown key "langauge"; did you mean "language"?'),
    ('site.url = "feeds.example"', f'1: [site]: url = "feeds.example": {ADDRESS}'),
    ('[site]\nurl = "http://a.example/?x"', '2: [site]: url = "http://a.example/?x": expected the address of a folder, without ? and #'),
    ('[site]\nlanguage = "pt_BR"', f'2: [site]: language = "pt_BR": {LANGUAGE}; did you mean "pt-BR"?'),
    ('[site]\nlanguage = "english"', f'2: [site]: language = "english": {LANGUAGE}'),
    ("[site]\noutput = 1", "2: [site]: output = 1: expected a path in quotes"),
    ('[site]\noutput = "~/feeds"', '2: [site]: output = "~/feeds": expected a path without "~"; write "${HOME}" for your home folder'),
    ('[site]\noutput = "a\\u0000b"', '2: [site]: output = "a\ufffdb": expected a path that can be followed'),
    ("[fetch]\nworkers = 0", "2: [fetch]: workers = 0: expected 1 or more"),
    ("[fetch]\nworkers = 1000", "2: [fetch]: workers = 1000: expected 256 or less"),
    ("[fetch]\nworkers = 1.5", "2: [fetch]: workers = 1.5: expected a whole number"),
    ("[fetch]\nworkers = []", "2: [fetch]: workers = []: expected a whole number"),
    (f'[fetch]\nworkers = "{"9" * 5000}"', f'2: [fetch]: workers = "{"9" * 79}…": expected a smaller number'),
    ("[fetch]\nworkers = inf", "2: [fetch]: workers = inf: expected a whole number"),
    ('[fetch]\nrobots = "perhaps"', '2: [fetch]: robots = "perhaps": expected true or false'),
    ("[fetch]\nrobots = 2024-01-01", "2: [fetch]: robots = 2024-01-01: expected true or false"),
    ('[fetch]\nmax_bytes = "5 parsecs"', '2: [fetch]: max_bytes = "5 parsecs": expected a size, such as "5MB" or "512KiB"'),
    ("[fetch]\nmax_bytes = true", '2: [fetch]: max_bytes = true: expected a size from "1KB" to "1GB"'),
    ("[fetch]\ndeadline = 30", f"2: [fetch]: deadline = 30: {DURATION}"),
    ('[fetch]\ndeadline = "0s"', '2: [fetch]: deadline = "0s": expected a duration from "0.1s" to "1h"'),
    (f'[fetch]\nhost_gap = "{"9" * 30}d"', f'2: [fetch]: host_gap = "{"9" * 30}d": expected a duration of less than a million years'),
    ('[fetch]\nproxy = "ftp://p.example"', '2: [fetch]: proxy = "ftp://p.example": expected the address of a proxy, such as "http://proxy.example:3128" or "socks5://host:1080"'),
    ('[fetch]\nallow_hosts = ["http://127.0.0.1"]', '2: [fetch]: allow_hosts: "http://127.0.0.1": expected a host name or IP address alone, such as "intranet.example" or "127.0.0.1"'),
    ('[fetch]\nca_bundle = "no.pem"', '2: [fetch]: ca_bundle = "no.pem": expected a file with certificates; there is none of this name'),
    ('[store]\nkeep_age = "1h"', '2: [store]: keep_age = "1h": expected a duration from "1d" to "36500d"'),
    ('[store]\nkeep_age = "forever"', f'2: [store]: keep_age = "forever": {DURATION}'),
    ('[alerts]\napprise = "foo"', '2: [alerts]: apprise = "foo": expected an address with what stands before ://, and something behind it'),
    ('[site]\nhub = "https://me:pw@hub.example/"', '2: [site]: hub = "https://…@hub.example/": expected an address without a login: it stands in every feed'),
    ("[defaults]\ninterval = 30", f"2: [defaults]: interval = 30: {DURATION}"),
    ('[defaults]\nintervall = "1h"', '2: [defaults]: unknown key "intervall"; did you mean "interval"?'),
]  # fmt: skip

PLACE = (
    'expected "json-ld", "microdata", "rdfa", "microformats", a script such as "script#__NEXT_DATA__", a variable such as '
    '"window.__INITIAL_STATE__", or an attribute such as "#app@data-page"'
)

IN_SOURCES = [
    ('timezome = "UTC"', "", '4: [[source]] "world": unknown key "timezome"; did you mean "timezone"?'),
    ("day-first = true", "", '4: [[source]] "world": unknown key "day-first"; did you mean "day_first"?'),
    ('item = "li"', "", '4: [[source]] "world": the key "item" belongs into [source.selectors]'),
    ('timezone = "Asia/Duba"', "", f'4: [[source]] "world": timezone = "Asia/Duba": {ZONE}; did you mean "Asia/Dubai"?'),
    ('timezone = "dubai"', "", f'4: [[source]] "world": timezone = "dubai": {ZONE}; did you mean "Asia/Dubai"?'),
    ('timezone = "new york"', "", f'4: [[source]] "world": timezone = "new york": {ZONE}; did you mean "America/New_York"?'),
    ('timezone = "IST+5:30"', "", f'4: [[source]] "world": timezone = "IST+5:30": {ZONE}'),
    ("interval = 30", "", f'4: [[source]] "world": interval = 30: {DURATION}'),
    ('interval = "0s"', "", '4: [[source]] "world": interval = "0s": expected a duration from "1s" to "366d"'),
    ('min_interval = "10m"\nmax_interval = "1m"', "", '1: [[source]] "world": min_interval ("10m") is longer than max_interval ("1m")'),
    ('tags = "Town"', "", '4: [[source]] "world": tags = "Town": expected a list, such as ["one", "two"]'),
    ('tags = ["Town", "#"]', "", '4: [[source]] "world": tags: "#": expected a tag with more to it than spaces and #'),
    ("tags = [\n'a',\n3,\n]", "", '6: [[source]] "world": tags: 3: expected text in quotes'),
    ("allow_empty = 7", "", '4: [[source]] "world": allow_empty = 7: expected true or false'),
    ('headers = "X: 1"', "", '4: [[source]] "world": headers = "X: 1": expected a table'),
    ("headers = { X = 1 }", "", '4: [[source]] "world": headers.X = "…": expected text in quotes'),
    ('headers = { "X:" = "1" }', "", '4: [[source]] "world": headers.X: = "…": expected the name of a header to the left: letters, digits and hyphens'),
    ('headers = { X = "1\\r\\nY: 2" }', "", '4: [[source]] "world": headers.X = "…": expected one line of Latin-1 characters'),
    ("", 'titel = "h2"', '7: [[source]] "world": selectors: unknown key "titel"; did you mean "title"?'),
    ("", 'title = "h2 a["', '7: [[source]] "world": selectors.title = "h2 a[": not a CSS selector: Malformed attribute selector at position 4'),
    ("", 'title = ["h2",\n"a::before"]', '8: [[source]] "world": selectors.title: "a::before": not a CSS selector: Pseudo-element found at position 1'),
    ("", 'date = { join = [".day", ".ti me("] }', '7: [[source]] "world": selectors.date.join: ".ti me(": not a CSS selector: Invalid character \'(\' position 6'),
    ("", 'title = "h2@"', '7: [[source]] "world": selectors.title = "h2@": expected the name of an attribute after "@", such as "a@title"'),
    ("", 'title = ""', '7: [[source]] "world": selectors.title = "": expected a CSS selector, such as "h2 a" or "time@datetime"'),
    ("", "title = []", '7: [[source]] "world": selectors.title = []: expected at least one selector; leave the key out to read nothing'),
    ("", "title = 3", '7: [[source]] "world": selectors.title = 3: expected a selector, a table with select or join, or a list of those'),
    ("", "title = [3]", '7: [[source]] "world": selectors.title: 3: expected a table'),
    ("", "title = { match = 'x' }", '7: [[source]] "world": selectors.title = {…}: expected either select = "…", join = ["…", "…"] or text = "…"'),
    ("", "title = { select = 'a', macht = 'x' }", '7: [[source]] "world": selectors.title: unknown key "macht"; did you mean "match"?'),
    ("", "title = { select = 'a', match = '(' }", '7: [[source]] "world": selectors.title.match = "(": not a regular expression: missing ), unterminated subpattern at position 0'),
    ("", "title = { select = 'a', template = '/x' }", '7: [[source]] "world": selectors.title = {…}: expected a template with one {} in it, such as "/news/{}", or one for each part of join'),
    ("", 'from = "jsonld"', f'7: [[source]] "world": selectors.from = "jsonld": {PLACE}'),
    ("", 'from = "h-entry"', f'7: [[source]] "world": selectors.from = "h-entry": {PLACE}'),
    ("", 'from = "div#app"', f'7: [[source]] "world": selectors.from = "div#app": {PLACE}'),
    ("", 'from = "script["', '7: [[source]] "world": selectors.from = "script[": not a CSS selector: Malformed attribute selector at position 6'),
    ("", 'from = "json-ld"\nbetween = true', '5: [[source]] "world": selectors = {…}: between is for elements of a page, and from reads data; leave one of them out'),
    ('next = "a["', "", '4: [[source]] "world": next = "a[": not a CSS selector: Malformed attribute selector at position 1'),
    ('next = "a@"', "", '4: [[source]] "world": next = "a@": expected the name of an attribute after "@", such as "a@title"'),
    ("first_fill_pages = 0", "", '4: [[source]] "world": first_fill_pages = 0: expected 1 or more'),
    ("", "between = 'x'", '7: [[source]] "world": selectors.between = "x": expected true or false'),
]  # fmt: skip

IN_FEEDS = [
    ('tag = "x"', '10: [[feed]] "news": unknown key "tag"; did you mean "tags"?'),
    ("tags = 3", '10: [[feed]] "news": tags = 3: expected a name, a list of names, or a table with any, all or none'),
    ('sources = ["wrold"]', '10: [[feed]] "news": sources: unknown source "wrold"; did you mean "world"?'),
    ('sources = "b"', '10: [[feed]] "news": sources: unknown source "b"; the sources are "world"'),
    ('sources = { none = ["b"] }', '10: [[feed]] "news": sources.none: unknown source "b"; the sources are "world"'),
    ('sources = { an = ["world"] }', '10: [[feed]] "news": sources: unknown key "an"; did you mean "any"?'),
    ('include = { title = ["a", "("] }', '10: [[feed]] "news": include.title: "(": not a regular expression: missing ), unterminated subpattern at position 0'),
    ('exclude = { titel = "a" }', '10: [[feed]] "news": exclude: unknown key "titel"; did you mean "title"?'),
    ("entries = 0", '10: [[feed]] "news": entries = 0: expected 1 or more'),
    ('aliases = ["Old News"]', '10: [[feed]] "news": aliases: "Old News": expected a slug: small letters, digits and "-", with a letter or digit first and last, 80 at the most'),
    ('aliases = ["news"]', '10: [[feed]] "news": aliases: "news": expected a slug of its own; config/feedbuilder.toml:9 has this one already'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), AT_THE_TOP + IN_TABLES)
def test_a_mistake_in_a_table_gets_one_message(folder: Any, text: str, message: str) -> None:
    assert folder.problems(text) == [message]


@pytest.mark.parametrize(("keys", "selectors", "message"), IN_SOURCES)
def test_a_mistake_in_a_source_gets_one_message(folder: Any, keys: str, selectors: str, message: str) -> None:
    assert folder.problems(SOURCE.format(keys, selectors)) == [message]


@pytest.mark.parametrize(("keys", "message"), IN_FEEDS)
def test_a_mistake_in_a_feed_gets_one_message(folder: Any, keys: str, message: str) -> None:
    assert folder.problems(FEED.format(keys)) == [message]


def test_data_that_do_not_say_themselves_what_is_an_article_need_a_path(folder: Any) -> None:
    text = "[[source]]\nid = 'a'\nurl = 'https://a.example/'\n[source.selectors]\nfrom = 'script#state'\n"
    path = 'the path to the articles in script#state, such as "props.posts"'
    assert folder.problems(text) == [f'4: [[source]] "a": selectors: missing key "item": {path}']


def test_missing_keys_are_named_with_their_meaning_where_they_are_missed(folder: Any) -> None:
    assert folder.problems("[[feed]]\ntitle = 'x'\n[[source]]\n[source.selectors]\n") == [
        (
            '1: [[feed]]: missing key "slug": The name of its folder, and so its permanent address: '
            "small letters, digits and hyphens."
        ),
        '3: [[source]]: missing key "id": Its permanent name: small letters, digits, - and _. Items are remembered by it.',
        '3: [[source]]: missing key "url": The address of the section page.',
        '4: [[source]]: selectors: missing key "item": CSS selector of one article in the list (a card, a row, a heading).',
    ]


@pytest.mark.parametrize("name", ["World", "wörld", "-world", "", "w" * 64])
def test_an_id_is_small_letters_digits_and_marks(folder: Any, name: str) -> None:
    [problem] = folder.problems(SOURCE.format("", "").replace("world", name))
    assert problem == (
        f'2: [[source]] "{name}": id = "{name}": expected an id: small letters, digits, "-" and "_", '
        "with a letter or digit first, 63 at the most"
    )


def test_all_mistakes_of_all_files_are_told_at_once_in_file_order(folder: Any) -> None:
    folder.write("[site]\n[[source]]\nid = 'world'\nurl = 'x'\nselectors = {item = 'a['}\n", "sources/b.toml")
    folder.write("[[feed]]\nslug = 'a b'\nsources = 'gone'\n", "sources/a.toml")
    assert folder.problems(
        """
        include = ["sources/*.toml"]
        [site]
        title = 1
        url = "x"
        language = "?"
        [defaults]
        interval = 1
        [[source]]
        id = "world"
        url = "http://127.0.0.1:9/"
        timezone = "UTC+1"
        min_interval = "10m"
        max_interval = "1s"
        selectors = { item = "a[", date = 3 }
        """
    ) == [
        "3: [site]: title = 1: expected text in quotes",
        f'4: [site]: url = "x": {ADDRESS}',
        f'5: [site]: language = "?": {LANGUAGE}',
        f"7: [defaults]: interval = 1: {DURATION}",
        '8: [[source]] "world": min_interval ("10m") is longer than max_interval ("1s")',
        f'11: [[source]] "world": timezone = "UTC+1": {ZONE}; name a city in the zone of the site or, if it never changes its clocks, "Etc/GMT-1"',
        '14: [[source]] "world": selectors.date = 3: expected a selector, a table with select or join, or a list of those',
        '14: [[source]] "world": selectors.item = "a[": not a CSS selector: Malformed attribute selector at position 1',
        (
            'config/sources/a.toml:2: [[feed]] "a b": slug = "a b": expected a slug: small letters, digits and "-", '
            "with a letter or digit first and last, 80 at the most"
        ),
        'config/sources/a.toml:3: [[feed]] "a b": sources: unknown source "gone"; the sources are "world"',
        'config/sources/b.toml:1: "site" belongs into the main file; an included file holds [[source]] and [[feed]] only',
        (
            'config/sources/b.toml:3: [[source]] "world": id = "world": expected an id of its own; '
            "config/feedbuilder.toml:9 has this one already"
        ),
        f'config/sources/b.toml:4: [[source]] "world": url = "x": {ADDRESS}',
        (
            'config/sources/b.toml:5: [[source]] "world": selectors.item = "a[": not a CSS selector: '
            "Malformed attribute selector at position 1"
        ),
    ]


def test_a_contradiction_between_defaults_is_told_once_and_there(folder: Any) -> None:
    sources = "".join(SOURCE.format("", "").replace("world", name) for name in ("a", "b"))
    assert folder.problems(f'{sources}[defaults]\nmin_interval = "7h"\nmax_interval = "6h"\n') == [
        '15: [defaults]: min_interval ("7h") is longer than max_interval ("6h")'
    ]


def test_a_mistake_in_the_defaults_is_not_repeated_for_every_source(folder: Any) -> None:
    text = '[defaults]\nlanguage = "?"\nheaders = { X = "é\\u0100" }\n' + SOURCE.format('headers = { Y = "1" }', "")
    assert folder.problems(text) == [
        f'2: [defaults]: language = "?": {LANGUAGE}',
        '3: [defaults]: headers.X = "…": expected one line of Latin-1 characters',
    ]


def test_a_file_that_is_not_toml_is_told_with_line_and_column_beside_the_mistakes_of_others(folder: Any) -> None:
    folder.write("[[source]\nid = 1", "broken.toml")
    folder.write("a = 1\na = 'end", "endless.toml")
    (folder.path / "config" / "latin.toml").write_bytes(b"# fine\ntitle = 'caf\xe9'\n")
    problems = folder.problems(
        "include = '*.toml'\n[site]\ntitle = 3\n[[feed]]\nslug = 'x'\nsources = ['in-the-broken-one']"
    )
    told, broken, endless, latin = problems
    assert told == "3: [site]: title = 3: expected text in quotes"
    assert broken.startswith("config/broken.toml:1:9: not TOML: ")
    assert endless.startswith("config/endless.toml:2:9: not TOML: ")
    assert latin == "config/latin.toml:2: not UTF-8; save the file in that encoding"


def test_brackets_without_end_are_a_mistake_and_no_crash(folder: Any) -> None:
    assert folder.problems("a = " + "[" * 20_000) == [" brackets are nested too deeply"]


def test_a_folder_is_no_configuration(folder: Any) -> None:
    folder.main.mkdir(parents=True)
    assert folder.problems() == [" cannot be read: Is a directory"]


@pytest.mark.parametrize("output", [".", "..", "../..", "/", "../config/../config"])
def test_an_output_that_would_publish_the_configuration_is_refused(folder: Any, output: str) -> None:
    assert folder.problems(f'[site]\noutput = "{output}"\n') == [
        (
            f'2: [site]: output = "{output}": expected a folder for the feeds alone; this one holds the configuration, '
            "which would be published"
        )
    ]


def test_an_output_that_leads_to_the_configuration_through_a_link_is_refused(folder: Any) -> None:
    folder.write("")
    Path("public").symlink_to("config")
    [problem] = folder.problems('[site]\noutput = "../public"\n')
    assert "holds the configuration" in problem


def test_a_store_inside_the_output_is_refused_wherever_the_two_come_from(folder: Any) -> None:
    message = 'expected a place outside the output folder, where it would be published; such as "../var/feedbuilder.db"'
    assert folder.problems('[store]\npath = "../output/x/news.db"\n') == [
        f'2: [store]: path = "../output/x/news.db": {message}'
    ]
    assert folder.problems('[site]\noutput = "../var"\n') == [f"1: store.path: {message}"]
