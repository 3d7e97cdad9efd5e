"""The lines of a TOML text, against examples and against tomllib's own idea of what the text holds."""

from __future__ import annotations

import textwrap
import tomllib
from collections.abc import Iterator
from typing import Any

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from feedbuilder.config.places import Path, find_lines


def lines(text: str) -> dict[Path, int]:
    return dict(find_lines(textwrap.dedent(text).lstrip("\n")))


def paths(node: Any, here: Path = ()) -> Iterator[Path]:
    yield here
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from paths(child, (*here, key))


def test_keys_and_tables_stand_on_the_line_of_their_name() -> None:
    found = lines("""
        # a comment with [brackets] and key = value
        include = []

        [site]
        title = "x"  # more = here
        """)
    assert found == {(): 1, ("include",): 2, ("site",): 4, ("site", "title"): 5}


def test_repeated_tables_are_counted_and_their_subtables_belong_to_the_last() -> None:
    found = lines("""
        [[source]]
        id = "a"
        [source.selectors]
        item = "li"
        [[source]]
        id = "b"
        [source.selectors]
        item = "tr"
        """)
    assert found["source", 0] == 1
    assert found["source", 0, "selectors", "item"] == 4
    assert found["source", 1] == 5
    assert found["source", 1, "selectors"] == 7
    assert found["source", 1, "selectors", "item"] == 8


def test_strings_over_several_lines_hide_what_looks_like_keys() -> None:
    found = lines('''
        a = """
        [[source]]
        b = 1 \\""" still in it""\\
        """""
        c = \'\'\'
        d = "
        \'\'\'\'
        e = 1
        ''')
    assert found == {(): 1, ("a",): 1, ("c",): 5, ("e",): 8}


def test_elements_of_lists_and_inline_tables_have_their_own_lines() -> None:
    found = lines("""
        title = [
            "h2 a@title", # the whole one
            { select = "h2 a", match = '[^,]+' },
        ]
        date = { join = [".day", ".time"] }
        """)
    assert found["title", 0] == 2
    assert found["title", 1, "match"] == 3
    assert found["date",] == found["date", "join"] == found["date", "join", 1] == 5


def test_dotted_and_quoted_keys_are_the_keys_that_tomllib_sees() -> None:
    text = (
        'selectors.title = "h2"\nheaders . "X-\\u0041 = [" = "1"\n\'a.b\'.c = 2\n["d e".f]\ng = 1979-05-27 07:32:00\n'
    )
    found = find_lines(text)
    assert found["selectors", "title"] == 1
    assert found["headers", "X-A = ["] == 2
    assert found["a.b", "c"] == 3
    assert found["d e", "f", "g"] == 5


def test_windows_line_ends_count_once() -> None:
    assert find_lines("a = 1\r\n\r\n[b]\r\nc = '''\r\n'''\r\nd = 1\r\n")["b", "d"] == 6


def test_a_table_named_by_a_deeper_header_first_gets_its_own_header_line() -> None:
    assert find_lines("[a.b]\nx = 1\n[a]\ny = 1\n")["a",] == 3


SCALARS = (
    st.text(max_size=12).filter(lambda text: "\r" not in text)
    | st.integers(-(2**40), 2**40)
    | st.floats(allow_nan=False)
    | st.booleans()
    | st.datetimes()
    | st.dates()
)
KEYS = st.text(min_size=1, max_size=6).filter(lambda text: "\r" not in text) | st.sampled_from(
    ["id", "a-b", "1", "a.b"]
)
TABLES = st.recursive(
    st.dictionaries(KEYS, SCALARS, max_size=4),
    lambda inner: st.dictionaries(KEYS, SCALARS | inner | st.lists(SCALARS | inner, max_size=3), max_size=4),
    max_leaves=12,
)


@given(TABLES)
@settings(max_examples=150, deadline=None)
def test_every_path_that_tomllib_reads_has_a_line_and_no_other_has(table: dict[str, Any]) -> None:
    text = tomlkit.dumps(table)
    assert set(find_lines(text)) == set(paths(tomllib.loads(text)))
