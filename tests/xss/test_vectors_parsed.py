"""Of every vector only what is allowed is left, whichever parser looks at it."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Comment, Tag

from feedbuilder.content.clean_html import content_html
from feedbuilder.model.markup import ATTRIBUTES, TAGS, sanitise
from tests.xss.vectors import VECTORS, Vector, armed

PARSERS = ("html5lib", "lxml", "html.parser")
_AROUND = frozenset(("html", "head", "body"))
vectors = pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector.kind}-{vector.number}")


def forbidden(html: str, parser: str) -> list[str]:
    """What stands in `html` and is not in the table; none of it may be anything a browser acts on."""
    found = []
    soup = BeautifulSoup(html, parser)
    for node in soup.descendants:
        if isinstance(node, Comment):
            found.append(f"<!--{node}-->")
        elif isinstance(node, Tag) and node.name not in _AROUND:
            allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(node.name, {})
            found += [node.name] if node.name not in TAGS else []
            found += [f"{node.name} {name}" for name in node.attrs if name not in allowed]
            addresses = [str(node.get(name)) for name in ("href", "src") if node.has_attr(name)]
            found += [one for one in addresses if not re.match(r"(?:https?://|mailto:)\S+$", one)]
    return found


def test_there_are_enough_of_them() -> None:
    assert len(VECTORS) >= 120
    assert len({vector.html for vector in VECTORS}) == len(VECTORS)


@vectors
def test_nothing_forbidden_is_left(vector: Vector) -> None:
    markup = armed(vector, "https://evil.example")
    for html in (markup, f"<div><p>Talks go on.</p>{markup}<p>And on.</p></div>", f"<h2>{markup}</h2><ul><li>{markup}"):
        for result in (content_html(html, "https://paper.example/a"), sanitise(html)):
            for parser in PARSERS:
                assert not forbidden(result or "", parser), result


@vectors
def test_what_stands_around_it_is_still_there(vector: Vector) -> None:
    """A trick may take away what follows it, as it does in a browser; what stands before stays."""
    content = content_html(f"<p>Talks go on.</p>{armed(vector)}<p>And on.</p>", "https://paper.example/a")
    assert content is None or content.startswith("<p>Talks go on.</p>")


@pytest.mark.parametrize(
    "html",
    ["<script>x</script>", "<p onclick=x>", "<!-- x -->", "<a href='javascript:x'>", "<img src='data:image/png,x'>"],
)
def test_the_check_finds_what_is_forbidden(html: str) -> None:
    assert all(forbidden(html, parser) for parser in PARSERS)
