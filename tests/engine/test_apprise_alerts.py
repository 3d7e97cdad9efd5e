"""Alerts by Apprise: a mail and a chat that take them, addresses that do not, and nothing secret in what is said."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from feedbuilder.config import load
from feedbuilder.engine import apprise_alerts
from feedbuilder.engine.alerts import Alerts
from feedbuilder.engine.apprise_alerts import send
from feedbuilder.health.alert import Alert
from feedbuilder.model import EventKind, FetchError, HealthEvent
from feedbuilder.store import open_store
from tests.receiving import receiving

ALERT = Alert("Town hall cannot be read", "The last 3 readings failed.", {})


class Sink(socketserver.ThreadingTCPServer):
    """An SMTP server that keeps what it is given (RFC 5321)."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[str] = []


class _Conversation(socketserver.StreamRequestHandler):
    server: Sink
    timeout = 5

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.mails.append(b"".join(lines).decode())
            if verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


@contextmanager
def sinking() -> Iterator[Sink]:
    with Sink() as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


def test_a_mail_arrives_once() -> None:
    with sinking() as sink:
        port = sink.server_address[1]
        send(f"mailto://127.0.0.1:{port}?from=news@example.org&to=me@example.org&mode=insecure", ALERT)
    [mail] = sink.mails
    assert "Subject: Town hall cannot be read" in mail
    assert "The last 3 readings failed." in mail


def test_a_chat_takes_it_once() -> None:
    with receiving() as receiver:
        receiver.status = 200
        send(f"json://127.0.0.1:{receiver.server_port}/hook", ALERT)
    [taken] = receiver.taken
    assert (taken["title"], taken["message"]) == (ALERT.title, ALERT.text)


@pytest.mark.parametrize("address", ["json://user:pass-word@127.0.0.1:{port}/hook", "gopher://pass-word/hook"])
def test_what_is_not_taken_is_an_error_without_the_address(
    address: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with receiving() as receiver:
        port = receiver.server_port
    with pytest.raises(FetchError, match="did not take the alert") as raised:
        send(address.format(port=port), ALERT)
    said = str(raised.value) + "".join(capfd.readouterr()) + caplog.text
    assert "pass-word" not in said


def test_an_incident_and_its_end_arrive_once_each_beside_an_address_that_is_dead(tmp_path: Path) -> None:
    """A webhook, a mailbox and a port at which nobody listens, by the real network."""
    with receiving() as gone:
        dead = gone.server_port
    with receiving() as receiver, sinking() as sink, open_store(tmp_path / "store.db") as store:
        mailbox = f"127.0.0.1:{sink.server_address[1]}?from=news@example.org&to=me@example.org&mode=insecure"
        path = tmp_path / "feedbuilder.toml"
        path.write_text(
            f'[alerts]\nwebhook = ["http://127.0.0.1:{dead}/hook", "{receiver.url}"]\n'
            f'apprise = ["json://127.0.0.1:{dead}/", "mailto://{mailbox}"]\n\n'
            '[[source]]\nid = "town"\nurl = "https://town.example/"\nselectors.item = "article"\n',
            "utf-8",
        )
        alerts = Alerts(load(path, {}), store)
        alerts.meet()
        for kind in (EventKind.FAILING, EventKind.RECOVERED):
            with store.transaction() as memory:
                memory.tell([HealthEvent.of("town", kind, datetime(2026, 2, 6, tzinfo=UTC), failures=3)])
            for _ in range(3):
                alerts.deliver()
    assert [taken["title"] for taken in receiver.taken] == ["town cannot be read", "town is read again"]
    subjects = [line for mail in sink.mails for line in mail.splitlines() if line.startswith("Subject:")]
    assert subjects == ["Subject: town cannot be read", "Subject: town is read again"]


def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apprise_alerts, "find_spec", lambda _: None)
    with pytest.raises(FetchError, match=r"feedbuilder\[alerts\]"):
        send("mailto://127.0.0.1", ALERT)
