"""URL -> Page: requests, the address guard, deadlines and limits, robots.txt, politeness.

`Fetcher` is the whole of it; the order of its steps stands in `fetcher`.
"""

from feedbuilder.fetch.fetcher import Fetcher
from feedbuilder.fetch.headers import default_user_agent

__all__ = ["Fetcher", "default_user_agent"]
