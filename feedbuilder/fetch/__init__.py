"""URL -> Page: requests, the address guard, deadlines and limits, robots.txt, politeness.

`HttpFetcher` is the whole of it; the order of its steps stands in `fetcher`.
"""

from feedbuilder.fetch.fetcher import HttpFetcher
from feedbuilder.fetch.guard import is_this_machine
from feedbuilder.fetch.headers import default_user_agent
from feedbuilder.fetch.host_waits import HostWaits
from feedbuilder.fetch.politeness import SharedTurns
from feedbuilder.fetch.urls import THE_BROWSER, places_of, refusing

__all__ = [
    "THE_BROWSER",
    "HostWaits",
    "HttpFetcher",
    "SharedTurns",
    "default_user_agent",
    "is_this_machine",
    "places_of",
    "refusing",
]
