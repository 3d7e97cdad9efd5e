"""What polling a source costs that changed little or not at all, store included, against reading a page plainly.

Run it as `python benchmarks/bench_poll.py`. Source and store are real, the site is on loopback: a page of about 210 KB
with 40 cards, each with counters of six kinds that move at every poll. All works are done in turn, so that what else
the machine does falls on all of them; it prints medians of the processor time of the thread that polls (the site has a
thread of its own) and ratios to their floors, measured in the same run.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random

import requests
import structlog
from bench_extract import CARD, FIELDS, FILLER, SELECTORS
from bench_start import served
from selectolax.lexbor import LexborHTMLParser

from feedbuilder.extract import extract
from feedbuilder.fetch import HttpFetcher
from feedbuilder.model import FetchSettings, Outcome, Page, Source
from feedbuilder.pipeline.local_reader import LocalReader
from feedbuilder.pipeline.poll import poll
from feedbuilder.pipeline.ports import Tools
from feedbuilder.store import open_store

REPEATS = 25
WARMING = 4
"""Polls of each source before the first that counts: what moves has to be learnt."""
COUNTERS = (
    '<b data-id="{id}" data-count="{n}">{n}</b><a href="/news/story-{story}#comments">{n} comments</a>'
    '<i>Views: {n}</i><span>({n})</span><em>{n} minutes ago</em><form data-nonce="{nonce:010x}"></form></article>'
)
"""What moves in each card, of six kinds."""
FLOOR, FLOOR_304 = "floor: requests.get, lexbor parses and picks five fields", "floor: requests.get answered 304"
AT_MOST = {"2 new stories": 1.7, "nothing new": 1.3, "answered 304": 2.0, "all cards new, reading alone": 9.0}
"""Each work with the ratio to its floor that it is to keep."""


@dataclass
class Section:
    """A page of the site: which stories it lists, and how often it was given out."""

    name: str
    new_stories: int
    always_same: bool = False
    visits: int = 0

    def html(self) -> str:
        """Return the page as it is now."""
        newest = 40 + self.new_stories * self.visits
        random = Random(self.visits)  # noqa: S311 - for no secrets
        cards = "".join(self._card(story, random) for story in range(newest, newest - 40, -1))
        menu = "".join(FILLER.format(n=n) for n in range(1_900))
        return f"<!doctype html><title>News</title><ul>{menu}</ul><main>{cards}</main>"

    def _card(self, story: int, random: Random) -> str:
        card = CARD.format(n=story, views=1_000 + 7 * self.visits + story, summary="Talks go on in the capital. " * 20)
        count = 200 + 3 * self.visits + story
        moving = COUNTERS.format(id=10_000 + count, n=count, story=story, nonce=random.getrandbits(40))
        return card.replace("</article>", moving).replace("/news/", f"/{self.name}/")


@contextmanager
def site(sections: dict[str, Section]) -> Iterator[str]:
    """Serve the pages; give where they are."""

    class Answer(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            section = sections.get(self.path.strip("/"))
            same = section is not None and section.always_same and self.headers.get("If-None-Match") == '"1"'
            body = section.html().encode() if section is not None and not same else b""
            self.send_response(404 if section is None else 304 if same else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if section is not None and section.always_same:
                self.send_header("ETag", '"1"')
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with served(Answer) as url:
        yield url


def source(name: str, url: str) -> Source:
    """Return the source that reads a section."""
    own = {"id": name, "url": url, "timezone": "Asia/Dubai", "articles": "off", "first_fill_pages": 1}
    return Source.model_validate({**own, "selectors": SELECTORS})


def seconds(action: Callable[[], object]) -> float:
    """Return the processor time of this thread that `action` takes."""
    before = time.thread_time()
    action()
    return time.thread_time() - before


def pick(html: bytes) -> None:
    """Read five fields of each card, the shortest way."""
    for card in LexborHTMLParser(html).css("article.card"):
        for css in FIELDS:
            found = card.css_first(css)
            if found is not None:
                found.text(strip=True)


def main() -> None:
    """Measure and print."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    made = (Section("moving", 2), Section("still", 0), Section("same", 0, always_same=True))
    sections = {section.name: section for section in made}
    settings = FetchSettings.model_validate({"allow_hosts": ["127.0.0.1"], "host_gap": "0s", "icons": False})
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(site(sections))
        store = stack.enter_context(open_store(place / "bench.db"))
        session = stack.enter_context(requests.Session())
        moment = [datetime.now(UTC)]
        tools = Tools(HttpFetcher(settings), store, LocalReader(), lambda: moment[0], lambda: 0.5)
        sources = {name: source(name, f"{url}/{name}/") for name in sections}
        store.sync_sources(list(sources.values()), moment[0])

        def polled(name: str, *outcomes: Outcome) -> None:
            run = poll(sources[name], tools)
            if run.outcome not in outcomes:
                raise SystemExit(f"{name}: {run.outcome.value}, {run.error or run.note}")

        def floor() -> None:
            pick(session.get(f"{url}/moving/", timeout=10).content)

        bodies = {"moving": b""}

        def read() -> None:
            extract(Page(f"{url}/moving/", bodies["moving"], moment[0]), sources["moving"])

        steady = (Outcome.UNCHANGED, Outcome.NEW)
        works: dict[str, Callable[[], None]] = {
            FLOOR: floor,
            "2 new stories": lambda: polled("moving", Outcome.NEW),
            "nothing new": lambda: polled("still", *steady),
            "all cards new, reading alone": read,
            FLOOR_304: lambda: session.get(f"{url}/same/", headers={"If-None-Match": '"1"'}, timeout=10).close(),
            "answered 304": lambda: polled("same", Outcome.NOT_MODIFIED, *steady),
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        for repeat in range(WARMING + REPEATS):
            for section in sections.values():
                section.visits += 1
            bodies["moving"] = sections["moving"].html().encode()
            moment[0] += timedelta(minutes=15)
            for name, work in works.items():
                taken = seconds(work)
                if repeat >= WARMING:
                    times[name].append(taken)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    size = len(bodies["moving"]) / 1000
    lines = [f"page: {size:.0f} KB, 40 cards with counters of six kinds; processor time, medians of {REPEATS}"]
    for name, median in medians.items():
        ratio = median / medians[FLOOR_304 if "304" in name else FLOOR]
        wanted = f"   at most {AT_MOST[name]:.1f}" if name in AT_MOST else ""
        lines.append(f"{name:58} {median * 1000:8.2f} ms {ratio:7.2f} x{wanted}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
