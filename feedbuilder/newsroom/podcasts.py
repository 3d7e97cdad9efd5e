"""The newsroom's podcast: a page of episodes with players, the episodes' own pages, and the sound itself."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedbuilder.newsroom.story import at

PODCAST_PATH = "/podcasts/harbour-talk"
_FRAME = bytes.fromhex("fffb1000") + bytes(100)
"""A frame of MPEG sound of 32 kbit/s in which nothing is heard."""


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode."""

    slug: str
    title: str
    notes: str
    published: datetime
    minutes: int

    @property
    def path(self) -> str:
        """Return the address of its page."""
        return f"{PODCAST_PATH}/{self.slug}"

    @property
    def sound(self) -> str:
        """Return the address of its sound."""
        return f"/upload/audio/harbour-talk-{self.slug}.mp3"

    def recording(self) -> bytes:
        """Return its sound, which is as long as its minutes count, though not in minutes."""
        return _FRAME * (10 * self.minutes)


def _episode(number: int, slug: str, title: str, notes: str, minutes: int) -> Episode:
    return Episode(slug, title, notes, at("2026-02-05 06:00") - timedelta(weeks=number), minutes)


EPISODES = (
    _episode(0, "who-owns-the-quay", "Who Owns the Quay?", "A deed of 1911, and three who say it is theirs.", 31),
    _episode(1, "the-last-pilot", "The Last Pilot Before the Automatic Ones", "Two hours on the bridge.", 44),
    _episode(2, "salt-in-the-wells", "Salt in the Wells of the Old Town", "What the sea does under the streets.", 27),
    _episode(3, "night-shift", "Night Shift at the Container Terminal", "Who works while the town sleeps.", 38),
    _episode(4, "a-map-is-found", "A Map Is Found Behind a Wardrobe", "And with it a harbour that is gone.", 22),
    _episode(5, "ferries", "Why the Ferries Cross Each Other's Way", "A timetable of 1987 explains it.", 35),
)


def podcast_page() -> str:
    """Return the page of all episodes, the newest first: some with a player, some with a link to the file."""
    cards = "".join(_card(number, episode) for number, episode in enumerate(EPISODES))
    return (
        '<!doctype html><html lang="en"><head><title>Harbour Talk: the podcast</title></head><body>'
        '<header><nav><a href="/">News</a> <a href="/all-news">All News</a></nav></header>'
        f'<main><h1>Harbour Talk</h1><div class="episodes">{cards}</div></main>'
        '<aside><h2>Live radio</h2><div class="modal"><audio src="/upload/audio/live.mp3"></audio></div></aside>'
        "</body></html>"
    )


def _card(number: int, episode: Episode) -> str:
    player = (
        f'<audio controls preload="none" src="{episode.sound}"></audio>',
        f'<audio controls preload="none"><source src="{episode.sound}" type="audio/mpeg"></audio>',
        f'<a class="download" href="{episode.sound}?from=list">Download ({episode.minutes} min)</a>',
    )[number % 3]
    return (
        f'<article class="episode"><h2><a href="{episode.path}">{html.escape(episode.title)}</a></h2>'
        f'<time datetime="{episode.published.isoformat()}">{episode.published:%d %b %Y}</time>'
        f'<p class="notes">{html.escape(episode.notes)}</p>{player}</article>'
    )


def episode_page(slug: str) -> str | None:
    """Return the page of an episode, whose data name the sound; None if there is none."""
    episode = next((one for one in EPISODES if one.slug == slug), None)
    if episode is None:
        return None
    data = {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": episode.title,
        "url": episode.path,
        "datePublished": episode.published.isoformat(),
        "associatedMedia": {"@type": "AudioObject", "contentUrl": episode.sound, "encodingFormat": "audio/mpeg"},
    }
    return (
        f'<!doctype html><html lang="en"><head><title>{html.escape(episode.title)}</title>'
        f'<script type="application/ld+json">{json.dumps(data)}</script></head>'
        f"<body><main><article><h1>{html.escape(episode.title)}</h1><p>{html.escape(episode.notes)}</p></article></main>"
        "</body></html>"
    )


def sound_of(name: str) -> bytes | None:
    """Return the sound in the file of this name; None if there is none."""
    return next((one.recording() for one in EPISODES if one.sound.endswith(f"/{name}")), None)
