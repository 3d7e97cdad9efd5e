"""Pages that tests write: the frame that every site has around its list, and stories to put into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedbuilder.extract.detect import Detection, detect
from feedbuilder.model import Page

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
URL = "https://example.org/section/"

TITLES = (
    "Harbour reopens after the longest storm in forty years",
    "Ministers agree on a budget for the coming year",
    "Why the night trains are full again",
    "Two villages share one well, and a quarrel",
    "Researchers count birds from the air",
    "A bridge that nobody wanted is finished",
    "Old orchard saved from the motorway, for now",
    "Schools try a later start to the day",
    "The last lighthouse keeper writes his memoirs",
    "Heat records fall in seven cities at once",
    "Ferry strike enters its third week",
    "How a small museum found a lost painting",
)
SUMMARIES = (
    "Crews worked through the night to clear the entrance, and the first ships are expected by noon on Thursday.",
    "After nine hours of talks the coalition found a compromise that neither side calls a victory in public.",
    "Sleeper services were written off ten years ago. A visit to a company that cannot build carriages fast enough.",
)


@dataclass(frozen=True)
class Story:
    url: str
    title: str
    day: datetime
    summary: str

    @property
    def path(self) -> str:
        return self.url.removeprefix("https://example.org")

    @property
    def iso(self) -> str:
        return self.day.date().isoformat()


def stories(
    titles: Sequence[str] = TITLES, folder: str = "https://example.org/news/", days_apart: int = 3, slug: bool = True
) -> list[Story]:
    """Make a story of each title, the newest first, one every so many days."""
    made = []
    for index, title in enumerate(titles):
        name = "-".join(title.lower().replace(",", "").split()[:6]) if slug else str(4711 + index)
        day = NOW.replace(hour=9) - timedelta(days=2 + index * days_apart)
        made.append(Story(f"{folder}{name}", title, day, SUMMARIES[index % len(SUMMARIES)]))
    return made


def framed(inner: str, *, head: str = "", aside: str = "") -> str:
    """Put `inner` where a site's list stands: below a header with navigation, above a footer."""
    sections = ("Home", "World", "Business", "Science", "Sport", "Culture", "Travel", "Opinion")
    menu = "".join(f'<li class="menu-item"><a href="/{name.lower()}/">{name}</a></li>' for name in sections)
    legal = "".join(
        f'<li><a href="/about/{name.lower()}/">{name}</a></li>' for name in ("Imprint", "Privacy", "Contact", "Jobs")
    )
    return f"""<!doctype html><html><head><title>Section</title>{head}</head><body>
    <header class="site-header"><a href="/"><img src="/logo.png" alt="The Example"></a>
    <nav class="main-nav"><ul>{menu}</ul></nav></header>
    <div class="page"><main id="main">{inner}
    <nav class="pagination"><a href="?page=1">1</a> <a href="?page=2">2</a> <a href="?page=3">3</a> <a href="?page=2">Next</a>
    </nav></main>{aside}</div>
    <footer class="site-footer"><ul>{legal}</ul><p>Copyright 2026 The Example</p></footer></body></html>"""


@dataclass(frozen=True)
class Found:
    """What detection made of a page."""

    detection: Detection

    @property
    def item(self) -> str | None:
        return self.detection.candidates[0].selectors.item if self.detection.candidates else None

    @property
    def items(self) -> Sequence[tuple[str, str | None]]:
        """Address and title of each item of the best list, in page order."""
        best = self.detection.candidates[0].items if self.detection.candidates else ()
        return [(item.link, item.title) for item in best]

    @property
    def days(self) -> Sequence[str | None]:
        best = self.detection.candidates[0].items if self.detection.candidates else ()
        return [item.published.at.date().isoformat() if item.published else None for item in best]

    def field(self, name: str) -> Sequence[object]:
        return [getattr(item, name) for item in self.detection.candidates[0].items]


@pytest.fixture
def found() -> Callable[..., Found]:
    def run(html: str, *, url: str = URL, example: str | None = None, language: str | None = None) -> Found:
        page = Page(url, html.encode(), NOW, "text/html; charset=utf-8")
        return Found(detect(page, language=language, zone=ZoneInfo("UTC"), example=example))

    return run


def expected(made: Sequence[Story]) -> list[tuple[str, str]]:
    return [(story.url, story.title) for story in made]
