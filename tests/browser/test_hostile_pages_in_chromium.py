"""Pages that mean harm, or do it: they cost one reading, and reach nothing that they must not."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from feedbuilder.browser.shared_browser import SharedBrowser
from feedbuilder.model import FetchError
from feedbuilder.model.units import Size
from feedbuilder.processes.family import members
from tests.browser.conftest import needs_chromium, opened, page
from tests.fetch.loopback import Line, Site, answer
from tests.patience import PATIENCE
from tests.process_table import is_there

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="processes are looked up in /proc"),
]

REACHING = """
<img src="{trap}/img"><iframe src="{trap}/iframe"></iframe><link rel=prefetch href="{trap}/prefetch">
<link rel=preconnect href="{trap}"><script src="{trap}/script"></script><object data="{trap}/object"></object>
<form action="{trap}/form" method=post target=inner></form><iframe name=inner></iframe>
<script>
fetch("{trap}/fetch", {{mode: "no-cors"}}).catch(() => 0);
fetch("/redirect", {{mode: "no-cors"}}).catch(() => 0);
navigator.sendBeacon("{trap}/beacon", "x");
document.forms[0].submit();
new EventSource("{trap}/events");
try {{ new WebSocket("{trap}/socket".replace("http", "ws")); }} catch {{}}
try {{ new WebTransport("{trap}/transport".replace("http:", "https:")).ready.catch(() => 0); }} catch {{}}
new Worker(URL.createObjectURL(new Blob([`fetch("{trap}/worker", {{mode: "no-cors"}})`])));
try {{ navigator.serviceWorker.register("/worker.js").catch(() => 0); }} catch {{}}
try {{
  const peer = new RTCPeerConnection({{iceServers: [
    {{urls: "stun:127.0.0.1:{udp}"}},
    {{urls: "turn:127.0.0.1:{udp}?transport=udp", username: "a", credential: "b"}},
    {{urls: "turn:127.0.0.1:{tcp}?transport=tcp", username: "a", credential: "b"}},
  ]}});
  peer.createDataChannel("x");
  peer.createOffer().then(offer => peer.setLocalDescription(offer));
}} catch {{}}
setTimeout(() => document.body.insertAdjacentHTML("beforeend", "<p id=done>"), 1500);
</script>
"""
WAYS = {"img", "iframe", "script", "object", "form", "fetch", "redirected", "beacon", "events", "socket", "worker"}


class Trap:
    """What stands on a private address: a site, and a socket for packets."""

    def __init__(self) -> None:
        self.site = Site()
        self.packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.packets.bind(("127.0.0.1", 0))
        self.packets.setblocking(False)

    def page(self) -> bytes:
        udp = self.packets.getsockname()[1]
        return page(REACHING.format(trap=self.site.url(""), udp=udp, tcp=self.site.port))

    def has_packet(self) -> bool:
        try:
            return bool(self.packets.recv(2000))
        except BlockingIOError:
            return False

    def stop(self) -> None:
        self.packets.close()
        self.site.stop()


@pytest.fixture
def trap() -> Iterator[Trap]:
    made = Trap()
    yield made
    made.stop()


def test_a_script_reaches_no_private_address_by_any_way(
    browser: SharedBrowser, make_browser: Callable[..., SharedBrowser], site: Site, trap: Trap
) -> None:
    site.pages = {
        "/": trap.page(),
        "/redirect": answer("", f"Location: {trap.site.url('/redirected')}", status="302 Found"),
        "/worker.js": answer(f'fetch("{trap.site.url("/service")}")', "Content-Type: text/javascript"),
    }

    def ways() -> set[str]:
        return {path.strip("/") for path in trap.site.paths}

    def all_came() -> bool:
        opened(browser, site.url(), block=[], wait_for="#done")
        return ways() >= WAYS

    # Where the address is admitted they all come there: otherwise this would prove nothing. On a busy machine a page
    # may be done before the last of them is.
    soon(all_came)
    assert "service" not in ways()
    assert not trap.has_packet()
    before = trap.site.connections
    guarded = make_browser(fetch={"allow_hosts": (f"127.0.0.1:{site.port}",)})
    got = opened(guarded, site.url(), block=[], wait_for="#done")
    assert got.missed == ()
    assert got.refused == ("127.0.0.1",)
    assert trap.site.connections == before
    assert not trap.has_packet()


WINDOWS = """
<h1>Still here</h1><a href="/paper" download id=paper>x</a><script>
alert("a"); confirm("b"); prompt("c");
for (let count = 0; count < 10; count++) open("/window" + count);
document.getElementById("paper").click();
addEventListener("beforeunload", event => { event.preventDefault(); event.returnValue = "stay"; });
try { print(); } catch {}
Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => 0);
history.pushState({}, "", "/elsewhere");
</script>
"""


def test_windows_dialogs_downloads_and_questions_hold_nothing_up(browser: SharedBrowser, site: Site) -> None:
    site.pages = {"/": page(WINDOWS), "/paper": answer("x", "Content-Disposition: attachment")}
    got = opened(browser, site.url())
    assert b"Still here" in got.html
    assert got.url == site.url("/elsewhere")


def never(line: Line) -> None:
    line.site.stopped.wait(PATIENCE)


STUCK = '<script>const asking = new XMLHttpRequest(); asking.open("GET", "/never", false); asking.send();</script>'


def renderers() -> list[int]:
    """Return the processes of ours that show pages."""
    found = []
    for process in members(os.getpid()):
        with suppress(OSError):
            if b"--type=renderer" in Path(f"/proc/{process}/cmdline").read_bytes():
                found.append(process)
    return found


GREEDY = """
<script>const kept = []; setInterval(() => kept.push(new Uint8Array(20_000_000).fill(1)), 20); fetch("/never")</script>
"""


def is_fine(browser: SharedBrowser, site: Site) -> bool:
    try:
        return b"fine" in opened(browser, site.url()).html
    except FetchError:
        return False


@pytest.mark.slow(20)
def test_pages_that_hang_crash_or_eat_memory_cost_one_reading_each(
    make_browser: Callable[..., SharedBrowser], site: Site
) -> None:
    """The one that hangs blocks its tab without taking processor time, in order that this test takes none."""
    browser = make_browser(memory=Size(900_000_000), pages=1)
    hasty = make_browser(deadline=timedelta(seconds=8), pages=1)
    before = set(members(os.getpid()))
    asked = threading.Event()

    def told(line: Line) -> None:
        asked.set()
        never(line)

    site.pages = {
        "/": page("fine"),
        "/never": never,
        "/told": told,
        "/stuck": page(STUCK),
        "/greedy": page(GREEDY),
        "/crash": page('<script>fetch("/told")</script>'),
    }

    def kill() -> None:
        asked.wait(PATIENCE)
        for process in renderers():
            os.kill(process, signal.SIGKILL)

    killing = threading.Thread(target=kill)
    killing.start()
    with pytest.raises(FetchError, match="crashed the tab"):
        opened(browser, site.url("/crash"))
    killing.join(PATIENCE)
    with pytest.raises(FetchError, match=r"more than 900\.0 MB of memory"):
        opened(browser, site.url("/greedy"))
    assert b"fine" in opened(browser, site.url()).html
    with pytest.raises(FetchError, match="was not there within 8s"):
        opened(hasty, site.url("/stuck"))
    soon(lambda: is_fine(hasty, site))  # where a busy machine lets it, within its deadline
    soon(lambda: set(members(os.getpid(), before)) == {os.getpid()})  # ended after its last page


def test_nothing_is_left_of_a_browser(make_browser: Callable[..., SharedBrowser], site: Site, tmp_path: Path) -> None:
    """Neither where nobody wants it for a while, nor where it is closed."""
    site.pages = {"/": page("fine")}
    browser = make_browser(idle=timedelta(seconds=8))  # so long that it is still there when it is looked at
    before = set(members(os.getpid()))
    opened(browser, site.url())
    started = set(members(os.getpid(), before)) - {os.getpid()}
    assert len(started) > 3
    soon(lambda: not any(is_there(process) for process in started))
    opened(browser, site.url())  # a fresh one is there at once
    browser.close()
    assert set(members(os.getpid(), before)) == {os.getpid()}
    with pytest.raises(FetchError, match="stopping"):
        opened(browser, site.url())


def soon(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
