"""A secret in every part of an address, a header, a proxy and a password: its value is found nowhere."""

from __future__ import annotations

import base64
import stat
import threading
from collections.abc import Iterator, Mapping
from contextlib import chdir
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit

import pytest
import structlog
from typer.testing import CliRunner

from feedbuilder.cli import app

SECRETS = {
    "USERNAME": "nutzerin4711",
    "PASSWORD": "gehe!m:Wört+8",
    "SEGMENT": "q7mvx2kkp4",
    "QUERY": "hunter2&more=x",
    "OTHER": "zeta99omega",
    "FRAGMENT": "teilchen-31",
    "HOST": "tenant-8gk2",
    "UMLAUT": "schlüßel-77",
    "TOKEN": "tok_A9xYz0077",
    "COOKIE": "kekse-0815-krümel",
    "PLAIN": 'with "quotes" [b]',
    "PROXYUSER": "vermittler",
    "PROXYPASS": "durchl4ss",
    "WHOLE": "http://wholeuser:wholepass9@four.example/priv-4t7ru/list?k=whole-query7#part-9x",
    "STORE": "datenbank-passwort",
}
PARTS = {"wholeuser", "wholepass9", "priv-4t7ru", "whole-query7", "part-9x"}

CONFIG = """
[fetch]
proxy = "http://${PROXYUSER}:${PROXYPASS}@127.0.0.1:PORT"
host_gap = "0s"
[store]
path = "store.db"
[site]
output = "output"

[[source]]
id = "well"
url = "http://${USERNAME}:USERPASS@one.example/${SEGMENT}/list?key=QUERYPART&q=${OTHER}#${FRAGMENT}"
headers = { Authorization = "Bearer ${TOKEN}", Cookie = "sid=${COOKIE}", X-Thing = "${PLAIN}" }
articles = "meta"
selectors = { item = "article" }

[[source]]
id = "moved"
url = "http://two.example/moved/${SEGMENT}?k=${OTHER}"
selectors = { item = "article" }

[[source]]
id = "fails"
url = "http://three.example/fail/${UMLAUT}?s=${OTHER}"
headers = { Authorization = "${TOKEN}" }
selectors = { item = "article" }

[[source]]
id = "tenant"
url = "http://${HOST}.example/fail"
selectors = { item = "article" }

[[source]]
id = "nothing"
url = "${WHOLE}"
selectors = { item = "section.none", title = "h9" }
"""
# What an address cannot hold as it is, its user has to encode.
USERPASS, QUERYPART = quote(SECRETS["PASSWORD"], safe=""), quote(SECRETS["QUERY"], safe="")
ENVIRONMENT = {**SECRETS, "USERPASS": USERPASS, "QUERYPART": QUERYPART}


@pytest.fixture
def proxy() -> Iterator[int]:
    """Serve pages for any host: a list, a redirect that spells its address otherwise, failures."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path.startswith("/moved/"):
                there = (
                    f"http://TWO.example/fail/../fail/{SECRETS['SEGMENT'].upper()}?{parts.query}&u={SECRETS['OTHER']}"
                )
                self._answer(302, b"", Location=there)
            elif parts.path.startswith("/fail"):
                self._answer(500, b"broken")
            elif parts.path in {"/robots.txt", "/favicon.ico"}:
                self._answer(404, b"")
            else:
                cards = "".join(
                    f"<article><h2><a href='/story-{n}'>A story of the harbour, number {n}</a></h2>"
                    f"<time datetime='2026-02-0{n}T10:00Z'></time></article>"
                    for n in range(1, 6)
                )
                self._answer(200, f"<html lang=en><title>News</title><main>{cards}</main></html>".encode())

        def _answer(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response_only(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def folder(tmp_path: Path, proxy: int, monkeypatch: pytest.MonkeyPatch, stopped_at_once: None) -> Path:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COLUMNS", "60")  # tables break their lines within values
    text = CONFIG.replace("PORT", str(proxy)).replace("USERPASS@", "${USERPASS}@").replace("QUERYPART", "${QUERYPART}")
    (tmp_path / "feedbuilder.toml").write_text(text, "utf-8")
    return tmp_path


def call(folder: Path, *arguments: str) -> str:
    """Return all that a command prints."""
    with chdir(folder):
        result = CliRunner().invoke(app, [*arguments, "-c", "feedbuilder.toml"])
    structlog.reset_defaults()
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.stdout + result.stderr


def leaks(text: str) -> set[str]:
    """Return the names of the secrets whose values stand in `text`, in any spelling and any case."""
    folded = "".join(text.casefold().split())
    found = set()
    for name, value in {**ENVIRONMENT, **{part: part for part in PARTS}}.items():
        spelled = {value, quote(value), quote(value, safe=""), quote_plus(value), value.encode().decode("latin-1")}
        spelled |= {base64.b64encode(f"{user}:{value}".encode()).decode() for user in ("", SECRETS["USERNAME"])}
        if any("".join(one.casefold().split()) in folded for one in spelled):
            found.add(name)
    for user, word in product(("USERNAME", "PROXYUSER"), ("PASSWORD", "PROXYPASS")):
        coded = base64.b64encode(f"{SECRETS[user]}:{SECRETS[word]}".encode()).decode()
        if coded.casefold() in folded:
            found.add(f"{user}:{word}")
    return found


def files(folder: Path) -> Mapping[Path, str]:
    return {
        path: path.read_bytes().decode("utf-8", "replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "feedbuilder.toml"
    }


COMMANDS = [
    ("check",),
    ("check", "--online"),
    ("check", "--online", "--json"),
    ("build", "-v"),
    ("build", "--force"),
    ("build",),
    ("status",),
    ("status", "--json"),
    ("items",),
    ("items", "--json"),
    ("items", "--explain"),
    ("why", "well"),
    ("preview", "well"),
    ("preview", "well", "--json"),
    ("preview", "fails"),
    ("preview", "moved"),
    ("preview", "tenant"),
    ("preview", "nothing"),
    ("detect", SECRETS["WHOLE"]),
    ("remove", "fails"),
    ("run",),
    ("serve", "--port", "0"),
]


def test_the_value_of_a_secret_is_in_no_line_file_table_or_error(folder: Path) -> None:
    for command in COMMANDS:
        assert leaks(call(folder, *command)) == set(), command
    added = call(
        folder, "add", "http://five.example/list?token=${OTHER}".replace("${OTHER}", SECRETS["OTHER"]), "--yes"
    )
    assert leaks(added) == set()
    for path, text in files(folder).items():
        if path.name != "feedbuilder.schema.json":
            assert leaks(text) == set(), path
    assert "well" in (folder / "output/status.json").read_text()


def test_the_store_is_its_owners_and_the_output_everybodys(folder: Path) -> None:
    call(folder, "build")
    store = folder / "store.db"
    assert stat.S_IMODE(store.stat().st_mode) & 0o077 == 0
    store.chmod(0o644)
    call(folder, "status")
    call(folder, "build")
    assert stat.S_IMODE(store.stat().st_mode) & 0o077 == 0
    for path in (folder / "output").rglob("*"):
        assert path.stat().st_mode & stat.S_IROTH, path


def test_a_value_that_is_too_short_is_told_by_check_and_masks_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTHER", "de")
    checked = call(folder, "check")
    assert "the value of ${OTHER} is shorter than 6 characters" in checked
    assert checked.count("${OTHER} is shorter") == 1
    assert "A story of the harbour" in call(folder, "preview", "well", "--json")
