"""URL -> Page: requests, the address guard, deadlines and limits, robots.txt, politeness.

`HttpFetcher` is the whole of it; the order of its steps stands in `fetcher`.
"""

from feedbuilder.fetch.fetcher import HttpFetcher
from feedbuilder.fetch.headers import default_user_agent

__all__ = ["HttpFetcher", "default_user_agent"]
