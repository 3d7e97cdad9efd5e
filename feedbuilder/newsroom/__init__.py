"""The sample newsroom: a small news site without feeds, for the demonstration and for tests.

Its pages have the traits of the sites that feedbuilder is made for. Nothing in it knows feedbuilder's stages.
"""

from feedbuilder.newsroom.demo_clock import DEMO_START, HandClock
from feedbuilder.newsroom.serve_newsroom import serve
from feedbuilder.newsroom.site import NEWSROOM_PORT, Newsroom, Response
from feedbuilder.newsroom.story import DUBAI, Story, at

__all__ = [
    "DEMO_START",
    "DUBAI",
    "NEWSROOM_PORT",
    "HandClock",
    "Newsroom",
    "Response",
    "Story",
    "at",
    "serve",
]
