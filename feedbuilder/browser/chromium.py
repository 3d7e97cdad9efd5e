"""Which Chromium is used, and how it is started: what it may do, and above all what it may not.

Pure but for looking where the program is. Chromium's own sandbox stays on, but for root, who cannot have it.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from feedbuilder.model import BrowserSettings

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
_ELSEWHERE = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
"""Where macOS has them, which are on no PATH."""
NOWHERE = "http://127.0.0.1:9"
"""The proxy of all that belongs to no page; nobody listens there."""
FLAGS = (
    # No name is resolved and no address is reached but through the proxy of each page (`guarded_proxy`). The rule is a
    # second lock: whatever went around the proxy would find no host.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--disable-quic",
    # WebRTC and what prefetches would send packets of their own. (Features are not named: Playwright names its own.)
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--dns-prefetch-disable",
    "--disable-gpu",
    "--mute-audio",
    "--no-pings",
    "--deny-permission-prompts",
)
DROPPED = ("--disable-popup-blocking",)
"""What Playwright sets and a page of strangers shall not have."""


def find_chromium(settings: BrowserSettings) -> str | None:
    """Return the program to start, None if there is none."""
    if settings.executable is not None:
        return str(settings.executable)
    there = next(filter(None, map(shutil.which, NAMES)), None)
    return there or next((str(path) for path in _ELSEWHERE if path.is_file()), None)


def has_extra() -> bool:
    """Return whether Playwright is installed."""
    return find_spec("playwright") is not None


def why_missing(settings: BrowserSettings) -> str | None:
    """Return what is missing and where to get it, None if all is there."""
    missing = list(_missing(settings))
    return " ".join(missing) or None


def _missing(settings: BrowserSettings) -> Iterator[str]:
    if not has_extra():
        yield "The extra browser is missing: pip install 'feedbuilder[browser]'."
    if find_chromium(settings) is None:
        yield (
            "No Chromium is installed here: install the package chromium of Debian or Fedora, or Google Chrome, "
            "or name another one by executable under [browser]."
        )


def keeps_sandbox() -> bool:
    """Return whether Chromium's sandbox is on: root cannot have it."""
    return sys.platform == "win32" or os.geteuid() != 0
