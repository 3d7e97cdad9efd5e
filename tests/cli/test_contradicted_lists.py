"""A list whose titles stand at the links of their neighbours: what its articles say for themselves is told."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.cli.conftest import STORIES, Desk, Web

SOURCE = """
[[source]]
id = "town"
url = "{url}/flat"
title = "Town"
articles = "meta"
[source.selectors]
item = "{item}"
between = true
title = "h3"
link = "a"
"""


def article(title: str, day: str) -> str:
    return (
        f"<!doctype html><title>{title}</title><article><h1>{title}</h1>"
        f'<time datetime="{day}T10:00:00+00:00">{day}</time><p>{"Some words on it. " * 20}</p></article>'
    )


@pytest.mark.parametrize(("item", "is_wrong"), [(".more", True), ("h3", False)])
def test_it_is_said_where_the_articles_contradict_their_list(desk: Desk, web: Web, item: str, is_wrong: bool) -> None:
    flat = "".join(f'<h3>{title}</h3><a class="more" href="/n/{slug}">Details</a>' for slug, title, *_ in STORIES)
    web.pages |= {"/flat": f"<!doctype html><main>{flat}</main>"}
    web.pages |= {f"/n/{slug}": article(title, day) for slug, title, day, _ in STORIES}
    desk.hurry(SOURCE.format(url=web.url, item=item))
    built, status = desk.call("build"), desk.call("status")
    assert (built.exit_code, status.exit_code) == (0, 0), built.output
    for said in (_plain(built.output), _plain(status.output)):
        assert ("have another title on their own pages" in said) is is_wrong
        neighbours = (f'"{mine[1]}" is called "{above[1]}" there' for above, mine in pairwise(STORIES))
        assert any(words in said for words in neighbours) is is_wrong


def _plain(output: str) -> str:
    """Return `output` on one line, quotation marks as they were before the log escaped them."""
    return " ".join(output.split()).replace("\\", "")
