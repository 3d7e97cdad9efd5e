"""Pages of other making: a wrong title, a wrong date and a missing article are put right, written as they were seen."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedbuilder.config import load
from feedbuilder.extract import extract
from feedbuilder.model import Page
from tests.cli.conftest import Web
from tests.studio.conftest import Visitor
from tests.studio.test_new_source import COMMENTED, begin, texts, titles

DAYS = [f"{day:02}.02.2026" for day in range(9, 1, -1)]
NAMES = (
    *("Harbour opens after the storm", "Talks go on in the old hall", "Rain is late again this spring"),
    *("A bridge is sold to the city", "Trams run again on Sundays", "Wheat is dear, says the mill"),
    *("The library lends tools now", "Nine owls move into the tower"),
)


@dataclass(frozen=True)
class Making:
    """A way to make a page, selectors that read it wrongly, and what a person clicks to put it right."""

    row: str
    kinds: tuple[str, str]
    """The class of rows, and that of the last one, which the wrong selectors leave out."""
    around: str
    wrong: str
    title: str
    date: str


MAKINGS = {
    "a table": Making(
        '<tr class="{kind}"><td class="d">{day}</td><td><a href="/t/{n}">{name}</a></td><td>Ref. {n}/26</td></tr>',
        ("row", "last"),
        "<table><tbody>{rows}</tbody></table>",
        'item = "tr:not(.last)"\ntitle = "td:nth-of-type(3)"\ndate = ".none"',
        "td a",
        "td.d",
    ),
    "cards with a link around": Making(
        '<a class="{kind}" href="/c/{n}"><span class="kicker">Town {n}</span><strong>{name}</strong><i>{day}</i></a>',
        ("card", "card wide"),
        '<div class="grid">{rows}</div>',
        'item = "a.card:not(.wide)"\ntitle = ".kicker"\ndate = ".none"',
        "strong",
        "i",
    ),
    "headings and paragraphs": Making(
        '<div class="{kind}"><h3><a href="/h/{n}">{name}</a></h3><p>Text number {n}.</p><p class="w">{day}</p></div>',
        ("x1", "x2"),
        '<div id="list">{rows}</div>',
        'item = ".x1"\ntitle = "p"\ndate = ".none"',
        "h3 a",
        "p.w",
    ),
}


def page_of(making: Making) -> str:
    rows = "".join(
        making.row.format(n=n, name=name, day=DAYS[n], kind=making.kinds[n == len(NAMES) - 1])
        for n, name in enumerate(NAMES)
    )
    body = f"<main><h1>Notices</h1>{making.around.format(rows=rows)}</main>"
    return f'<!doctype html><html lang="en"><title>Notices</title><body>{body}</body></html>'


@pytest.fixture(autouse=True)
def nothing_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the studio start no processes here: that what it writes is built, test_new_source shows."""
    monkeypatch.setattr("feedbuilder.studio.saving.build_now", lambda *_: None)


@pytest.mark.parametrize("kind", MAKINGS)
def test_what_is_put_right_is_what_is_written(visitor: Visitor, web: Web, place: Path, kind: str) -> None:
    making = MAKINGS[kind]
    place.write_text(COMMENTED, "utf-8")
    web.pages["/notices"] = page_of(making)
    path = begin(visitor, f"{web.url}/notices")
    visitor.post(f"{path}/selectors", {"selectors": making.wrong})
    assert not set(titles(visitor.see(path))) & set(NAMES)

    frame = visitor.see(f"{path}/frame")
    last = frame.select(making.title)[-1]
    for tool, element in (
        ("title", frame.select(making.title)[0]),
        ("date", frame.select(making.date)[0]),
        ("add", last),
    ):
        visitor.post(f"{path}/teach", {"tool": tool, "number": str(element["data-n"])})
        assert not texts(visitor.see(path), "#said .bad"), tool
    shown = visitor.see(path)
    assert sorted(titles(shown)) == sorted(NAMES)
    assert len(texts(shown, ".preview-meta time")) == len(NAMES)

    source_path = visitor.post(f"{path}/save", {"timezone": "Europe/Berlin"}).headers["location"]
    [source] = load(place, {}).sources
    assert source_path == f"/sources/{source.id}"
    assert tomllib.loads(place.read_text("utf-8"))["source"][0]["selectors"]["item"] != making.wrong
    page = Page(source.url, web.pages["/notices"].encode(), datetime.now(UTC))
    items = extract(page, source)
    assert [item.title for item in items] == list(NAMES)
    assert [f"{item.published.at.astimezone(source.timezone):%d.%m.%Y}" for item in items if item.published] == DAYS
