"""nginx and Caddy over an output folder, by the configurations in `deploy/`: types, 304, and what is not served.

They listen on a socket in a folder of the test: no port is asked for.
"""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.patience import PATIENCE

DEPLOY = Path(__file__).parents[2] / "deploy"
PROGRAMS = "/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin:/bin"
ROOT = "/var/lib/feedbuilder/output"
FILES = {
    "index.html": "text/html",
    "status.json": "application/json",
    "feeds.opml": "text/x-opml",
    "icon.png": "image/png",
    "favicon.ico": "image/",
    "world/index.html": "text/html",
    "world/rss.xml": "application/rss+xml",
    "world/atom.xml": "application/atom+xml",
    "world/feed.json": "application/feed+json",
    "world/archive/2026-02-06-0123456789ab/rss.xml": "application/rss+xml",
    "_health/events/atom.xml": "application/atom+xml",
}
HIDDEN = (".feedbuilder-0123456789abcdef.tmp", "world/.feedbuilder-0123456789abcdef.tmp")
"""What is being written."""


class Connection(http.client.HTTPConnection):
    """HTTP over a socket of the file system."""

    def __init__(self, path: Path) -> None:
        super().__init__("feeds.example")
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(str(self._path))


def ask(path: Path, target: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = Connection(path)
    try:
        connection.request("GET", target, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def nginx(folder: Path) -> list[str]:
    site = (DEPLOY / "nginx.conf").read_text("utf-8").replace(ROOT, str(folder / "output"))
    (folder / "site.conf").write_text(site.replace("listen 80;", f"listen unix:{folder}/web;"), "utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "main.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr;"
        f"events {{}} http {{ access_log off; {temporary} include {folder}/site.conf; }}",
        "utf-8",
    )
    return ["nginx", "-p", str(folder), "-c", str(folder / "main.conf")]


def caddy(folder: Path) -> list[str]:
    site = (DEPLOY / "Caddyfile").read_text("utf-8").replace(ROOT, str(folder / "output"))
    head = f"{{\n\tadmin off\n}}\nhttp:// {{\n\tbind unix/{folder}/web\n"
    (folder / "Caddyfile").write_text(site.replace(":80 {\n", head), "utf-8")
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@contextmanager
def served(command: list[str], folder: Path) -> Iterator[Path]:
    """Run a web server within the block; it is ready when it begins."""
    path, environ = folder / "web", {"PATH": PROGRAMS, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log, env=environ) as server,
    ):
        try:
            limit = time.monotonic() + PATIENCE
            while True:
                try:
                    ask(path, "/")
                except OSError:
                    assert server.poll() is None, (folder / "log").read_text("utf-8")
                    assert time.monotonic() < limit, "it never answers"
                    time.sleep(0.05)
                else:
                    break
            yield path
        finally:
            server.terminate()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder with a short name: the path of a socket holds a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="feeds-", dir="/tmp") as made:
        Path(made).chmod(0o755)
        yield Path(made)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no sockets in its file system")
@pytest.mark.parametrize("arguments", [nginx, caddy])
def test_feeds_are_served_as_what_they_are(folder: Path, arguments: Callable[[Path], list[str]]) -> None:
    if not shutil.which(arguments.__name__, path=PROGRAMS):
        pytest.skip(f"{arguments.__name__} is not installed")
    for name in [*FILES, *HIDDEN]:
        file = folder / "output" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("<text/>" * 400, "utf-8")
    for inner in (folder / "output").rglob("*"):
        inner.chmod(0o755 if inner.is_dir() else 0o644)
    (folder / "output").chmod(0o755)
    with served(arguments(folder), folder) as path:
        for name, kind in FILES.items():
            status, headers, body = ask(path, f"/{name}", Accept_Encoding="identity")
            assert (status, len(body)) == (200, 2800), name
            assert headers["Content-Type"].startswith(kind), (name, headers["Content-Type"])
            again, _, nothing = ask(path, f"/{name}", If_None_Match=headers["ETag"], Accept_Encoding="identity")
            assert (again, nothing) == (304, b""), name
        for feed in ("world/rss.xml", "world/atom.xml"):
            status, headers, _ = ask(path, f"/{feed}", Accept_Encoding="gzip")
            assert headers["Content-Encoding"] == "gzip", feed
            assert "charset=utf-8" in headers["Content-Type"]
        assert ask(path, "/")[2].startswith(b"<text/>")
        assert ask(path, "/world")[0] in {301, 308}  # the folder, with a slash
        for absent in (*HIDDEN, "none/rss.xml"):
            assert ask(path, f"/{absent}")[0] == 404, absent
        assert ask(path, "/../site.conf")[0] in {400, 403, 404}
