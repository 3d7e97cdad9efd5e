"""A made-up site whose addresses do not stay: what it lists at each reading, and which story each link really is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from feedbuilder.model import Item, Precision, SaidDate
from feedbuilder.parse.identity import canonical_url

START = datetime(2026, 2, 6, 8, tzinfo=UTC)
SECTIONS = ("world", "politics", "culture", "business")
SUBJECTS = ("Harbour bridge", "Library roof", "Ferry timetable", "Sports week", "Old mill", "Market hall", "Night bus")
EVENTS = ("reopens after repairs", "is closed for a month", "gets a neighbour", "wins a prize", "waits for the vote")
COLUMNS = ("Weather for the weekend", "The week in pictures", "Letters to the editor")
SCHEMES = ("slug", "number-slug", "number", "query", "dated", "folder")
"""How a site makes its addresses."""
NOISES = ("ref", "unknown", "pos", "session", "host", "amp", "matrix", "key")
"""What it adds to them."""


@dataclass(frozen=True)
class Story:
    number: int
    title: str
    published: datetime
    section: str
    edition: int = 0
    """How often its headline was edited."""

    @property
    def headline(self) -> str:
        return self.title + (f" – update {self.edition}" if self.edition else "")


@dataclass
class NewsSite:
    """A site that writes addresses by one scheme, and changes at every reading what `random` says."""

    random: Random
    scheme: str
    noises: tuple[str, ...]
    precision: Precision
    domain: str = "news.example"
    stories: list[Story] = field(default_factory=list)
    listed: list[Story] = field(default_factory=list)

    def publish(self, count: int, *, column: bool = False) -> None:
        """Publish `count` stories; a `column` has the title of an earlier one, on a later day."""
        for _ in range(count):
            made = len(self.stories)
            subject = f"{self.random.choice(SUBJECTS)} {made}"
            title = self.random.choice(COLUMNS) if column else f"{subject} {self.random.choice(EVENTS)}"
            when = START + timedelta(days=made, minutes=self.random.randrange(300))
            self.stories.append(Story(41_000 + 7 * made, title, when, self.random.choice(SECTIONS)))

    def page(self, length: int) -> list[tuple[Story, Item]]:
        """Return what the page lists: the newest stories, and now and then an old one that comes back."""
        self.listed = self.stories[::-1][:length]
        if len(self.stories) > length and self.random.random() < 0.3:
            self.listed = [*self.listed, self.random.choice(self.stories[:-length])]
        token = f"{self.random.randrange(16**10):010x}"
        on = {noise for noise in self.noises if self.random.random() < 0.7}
        return [(story, self._item(story, place, token, on)) for place, story in enumerate(self.listed)]

    def change(self, story: Story, **parts: object) -> None:
        index = next(place for place, one in enumerate(self.stories) if one.number == story.number)
        self.stories[index] = replace(self.stories[index], **parts)  # type: ignore[arg-type]  # the tests name fields

    def _item(self, story: Story, place: int, token: str, on: set[str]) -> Item:
        url = self._address(story, place, token, on)
        date = None
        if self.precision is Precision.INSTANT:
            date = SaidDate(story.published)
        elif self.precision is Precision.DAY:
            midnight = story.published.replace(hour=0, minute=0, second=0, microsecond=0)
            date = SaidDate(midnight, Precision.DAY)
        return Item(canonical_url(url), url, story.headline, published=date, position=place)

    def _address(self, story: Story, place: int, token: str, on: set[str]) -> str:
        slug = "-".join(story.headline.lower().replace("–", "").split())
        letters = "".join(chr(ord("a") + int(digit)) for digit in str(story.number))
        day = f"{story.published:%Y/%m/%d}"
        path, query = {
            "slug": (f"/{story.section}/{slug}-{letters}", []),
            "number-slug": (f"/{story.section}/{story.number}-{slug}", []),
            "number": (f"/{story.section}/{story.number}.html", []),
            "folder": (f"/{story.section}/{story.number}/{slug}", []),
            "query": ("/show.php", [f"id={story.number}"]),
            "dated": (f"/{day}/{slug}", []),
        }[self.scheme]
        host = self.random.choice(("m.",) if "host" in on else ("", "www.")) + self.domain
        scheme = self.random.choice(("http", "https"))
        if "session" in on:
            path = f"/(S({token}))" + path
        if "matrix" in on:
            path += f";jsessionid={token.upper()}"
        if "amp" in on and not path.endswith(".php"):
            path += "/amp"
        query += [f"ref={self.random.choice(('home', 'nav', 'list'))}-{place}"] if "ref" in on else []
        query += [f"zz={token}"] if "unknown" in on else []
        query += [f"k7={token[::-1]}{place}"] if "key" in on else []
        query += [f"pos={place + 1}"] if "pos" in on else []
        return f"{scheme}://{host}{path}" + ("?" + "&".join(query) if query else "")
