"""How the site words things: dates in Associated Press style, cut texts, counters. Pure."""

from __future__ import annotations

import re
from datetime import datetime

AP_MONTHS = (
    *("Jan.", "Feb.", "March", "April", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)

_TOKEN = re.compile(r"<[^<>]*>|&#?\w+;|.", re.DOTALL)


def ap_date(moment: datetime) -> str:
    """Return the day of `moment` in its own zone, as Django's `N j, Y` does: "Feb. 6, 2026"."""
    return f"{AP_MONTHS[moment.month - 1]} {moment.day}, {moment.year}"


def ap_time(moment: datetime) -> str:
    """Return the time of `moment` in its own zone, as Django's `P` does: "12:35 p.m.", "3 p.m.", "noon", "midnight"."""
    special = {(0, 0): "midnight", (12, 0): "noon"}.get((moment.hour, moment.minute))
    if special:
        return special
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes} {'a.m.' if moment.hour < 12 else 'p.m.'}"


def cut(text: str, length: int, ellipsis: str = "") -> str:
    """Return the first `length` characters of `text`, in mid-word if it comes so, and `ellipsis` if any are missing."""
    return text if len(text) <= length else text[:length] + ellipsis


def cut_markup(html: str, length: int, ellipsis: str = "") -> str:
    """Return the first `length` characters of the text in `html`. Tags that are open at the cut stay open.

    That is what the real sites do: they cut what an editor pasted, and leave the rest to the browser.
    """
    kept: list[str] = []
    count = 0
    for token in _TOKEN.findall(html):
        if not token.startswith("<") or len(token) == 1:
            if count == length:
                return "".join(kept) + ellipsis
            count += 1
        kept.append(token)
    return html


def views(path: str, requests: int) -> str:
    """Return the view counter of the page at `path` when the site has been asked `requests` times: "1,204"."""
    start = VIEWS.get(path, sum(path.encode()) * 7 % 2400)
    return f"{start + requests:,}"


VIEWS = {"/world/us-and-russia-restart-military-talks-as-ukraine-war-diplomacy-moves-forward": 128}
"""Counters that are known; all others begin with a number made of the address."""
