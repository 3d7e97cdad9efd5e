"""A real browser without a window, and the loopback server whose pages it opens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.patience import PATIENCE

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
HTML = "text/html; charset=utf-8"

DRIVER = """
<script>
// What a person could do by accident: click, hover, focus. Links to elsewhere are not followed.
addEventListener("click", event => {
  const link = event.target.closest && event.target.closest("a[href]");
  if (link && !/^javascript:/i.test(link.protocol || link.getAttribute("href"))) event.preventDefault();
}, true);
addEventListener("load", () => setTimeout(() => {
  for (const element of document.querySelectorAll("body, body *")) {
    if (element.matches("script")) continue;
    try { element.focus && element.focus(); } catch {}
    for (const kind of ["mouseover", "pointerenter", "click"])
      try { element.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true})); } catch {}
  }
}, 50));
</script>
"""
"""Stands at the head of each page, so that scripts of the page under test find it at work."""


def find() -> str | None:
    """Return the path of a Chromium; the variable CHROMIUM names another one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


class Site:
    """Pages by path, and the beacons that were asked for."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.pages: dict[str, tuple[str, bytes]] = {}
        self.beacons: dict[str, set[int]] = defaultdict(set)
        """By group: what stands before "/beacon/" in the addresses that were asked for."""

    def all_in_frames(self, paths: list[str]) -> None:
        """Make `/` a page with all of `paths` in frames, which tells how many of them have loaded."""
        frames = "".join(f'<iframe src="{path}" onload="loaded()"></iframe>' for path in paths)
        script = "<script>let count = 0; function loaded() { document.title = `loaded ${++count}`; }</script>"
        self.pages["/"] = (HTML, f"<!doctype html><title>none</title>{script}{frames}".encode())


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a `Site` on the loopback interface while the block lasts."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            beacon = re.match(r"/([\w-]+)/beacon/(\d+)", self.path)
            if beacon:
                site.beacons[beacon[1]].add(int(beacon[2]))
            media_type, content = site.pages.get(self.path, (HTML, b""))
            self.send_response(200 if self.path in site.pages or beacon else 404)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - the name that the server calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the overridden method
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        site = Site(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join(PATIENCE)


def visit(browser: str, site: Site, profile: Path, pages: Mapping[str, tuple[str, bytes]]) -> None:
    """Open all `pages` in frames of one; return once all had the time to ask for their beacons."""
    site.pages = dict(pages)
    site.all_in_frames(sorted(pages))
    command = [
        *(
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--mute-audio",
        ),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"),
        # Nothing but the loopback interface can be reached, whatever a page asks for.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        *(f"--user-data-dir={profile}", "--virtual-time-budget=10000", "--dump-dom", site.base + "/"),
    ]
    done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    # A page that a trick sends elsewhere loads more than once.
    loaded = re.search(rb"<title>loaded (\d+)", done.stdout)
    assert loaded, (done.returncode, done.stderr[-2000:])
    assert int(loaded[1]) >= len(pages), (loaded[1], len(pages))
