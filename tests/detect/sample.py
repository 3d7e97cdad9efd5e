"""What pages of tests are made of: stories, the frame that every site has around its list, and what detection finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from feedbuilder.detect import Candidate, Detection, detect
from feedbuilder.model import Page

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SITE = "https://example.org"
URL = f"{SITE}/section/"

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
OTHER_TITLES = (
    "Ten questions about the new tram line",
    "What the census says about small islands",
    "Readers choose the finest bakery in town",
    "A walk along the old city wall",
    "The price of firewood doubles in a year",
    "Night buses return after a long pause",
    "Why the clock on the square runs late",
    "Children design a playground of their own",
    "The river is clean enough to swim in",
    "A baker, a banker and a broken oven",
    "Museum shows the maps of a vanished coast",
    "The choir that sings in four languages",
)
SUMMARIES = (
    "Crews worked through the night to clear the entrance, and the first ships are expected by noon on Thursday.",
    "After nine hours of talks the coalition found a compromise that neither side calls a victory in public.",
    "Sleeper services were written off ten years ago. A visit to a company that cannot build carriages fast enough.",
)


@dataclass(frozen=True)
class Story:
    """An article as its site knows it."""

    url: str
    title: str
    day: date
    summary: str
    number: int

    @property
    def words(self) -> dict[str, object]:
        """What templates may say of it."""
        return {
            "url": self.url,
            "path": self.url.removeprefix(SITE),
            "title": self.title,
            "summary": self.summary,
            "n": self.number,
            "iso": self.day.isoformat(),
            "year": self.day.year,
            "long": f"{self.day:%B} {self.day.day}, {self.day.year}",
            "month": f"{self.day:%b}",
            "day": self.day.day,
            "rfc": f"{self.day:%d %b %Y}",
        }


def stories(
    titles: Sequence[str] = TITLES, folder: str = f"{SITE}/news/", days_apart: int = 3, *, numbered: bool = False
) -> list[Story]:
    """Make a story of each title, the newest first, one every so many days."""
    made = []
    for index, title in enumerate(titles):
        slug = "-".join("".join(c for c in title.lower() if c.isalnum() or c == " ").split()[:7])
        day = (NOW - timedelta(days=2 + index * days_apart)).date()
        summary = f"{SUMMARIES[index % len(SUMMARIES)]} Report {index + 1} of this week."
        made.append(Story(folder + (str(48_211 - index) if numbered else slug), title, day, summary, index))
    return made


def each(made: Sequence[Story], template: str) -> str:
    """Fill `template` in for each story."""
    return "\n".join(template.format_map(one.words) for one in made)


def framed(inner: str, *, head: str = "", aside: str = "") -> str:
    """Put `inner` where a site's list stands: below a header with navigation, above a footer."""
    sections = ("Home", "World", "Business", "Science", "Sport", "Culture", "Travel", "Opinion")
    menu = "".join(f'<li class="menu-item"><a href="/{name.lower()}/">{name}</a></li>' for name in sections)
    names = ("Imprint", "Privacy", "Contact", "Jobs")
    legal = "".join(f'<li><a href="/about/{name.lower()}/">{name}</a></li>' for name in names)
    return f"""<!doctype html><html><head><title>Section</title>{head}</head><body>
    <header class="site-header"><a href="/"><img src="/logo.png" alt="The Example"></a>
    <nav class="main-nav"><ul>{menu}</ul></nav></header>
    <div class="page"><main id="main">{inner}
    <nav class="pagination"><a href="?page=1">1</a> <a href="?page=2">2</a> <a href="?page=3">3</a>
    <a href="?page=2">Next</a></nav></main>{aside}</div>
    <footer class="site-footer"><ul>{legal}</ul><p>Copyright 2026 The Example</p></footer></body></html>"""


@dataclass(frozen=True)
class Found:
    """What detection made of a page."""

    page: Page
    detection: Detection

    @property
    def best(self) -> Candidate:
        assert self.detection.candidates, self.detection.reason
        return self.detection.candidates[0]

    @property
    def items(self) -> list[tuple[str, str | None]]:
        """Address and title of each item of the best list, in page order."""
        return [(item.link, item.title) for item in self.best.items]

    @property
    def titles(self) -> list[str | None]:
        return [item.title for item in self.best.items]

    @property
    def days(self) -> list[str | None]:
        return [item.published.at.date().isoformat() if item.published else None for item in self.best.items]


def find(html: str | bytes, *, url: str = URL, example: str | None = None, language: str | None = None) -> Found:
    page = Page(url, html.encode() if isinstance(html, str) else html, NOW, "text/html; charset=utf-8")
    return Found(page, detect(page, language=language, zone=ZoneInfo("UTC"), example=example))


def items_of(made: Sequence[Story]) -> list[tuple[str, str | None]]:
    return [(story.url, story.title) for story in made]


def days_of(made: Sequence[Story]) -> list[str | None]:
    return [story.day.isoformat() for story in made]
