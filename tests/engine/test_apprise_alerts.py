"""Alerts by Apprise: a mail and a chat that take them, addresses that do not, and nothing secret in what is said."""

from __future__ import annotations

import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest

from feedbuilder.engine import apprise_alerts
from feedbuilder.engine.apprise_alerts import send
from feedbuilder.health.alert import Alert
from feedbuilder.model import FetchError
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


def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apprise_alerts, "find_spec", lambda _: None)
    with pytest.raises(FetchError, match=r"feedbuilder\[alerts\]"):
        send("mailto://127.0.0.1", ALERT)
