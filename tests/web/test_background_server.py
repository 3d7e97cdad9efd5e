"""Servers in threads: they start, they stop, and they say what is wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import requests
from starlette.applications import Starlette

from feedbuilder.model import FeedbuilderError
from feedbuilder.web import Background, output_app, run_server

PROGRAM = """
import sys
from pathlib import Path
from feedbuilder.web import Background, output_app, wait_for_stop
with Background(output_app(Path(sys.argv[1])), "127.0.0.1", 0) as server:
    print(server.url, flush=True)
    wait_for_stop()
print("finished", flush=True)
"""


def test_a_port_that_is_taken_is_named(output: Path) -> None:
    with (
        Background(Starlette(), "127.0.0.1", 0) as server,
        pytest.raises(FeedbuilderError, match=rf"cannot listen on 127\.0\.0\.1 port {server.port}: .*another port"),
    ):
        Background(output_app(output), "127.0.0.1", server.port)


def test_a_port_that_cannot_be_is_no_crash() -> None:
    with pytest.raises(FeedbuilderError, match="port 99999"):
        Background(Starlette(), "127.0.0.1", 99_999)


def test_the_port_is_free_again_afterwards(output: Path, client: requests.Session) -> None:
    with Background(output_app(output), "127.0.0.1", 0) as server:
        assert client.get(server.url + "/").status_code == 200
    with Background(output_app(output), "127.0.0.1", server.port) as second:
        assert client.get(second.url + "/").status_code == 200


def test_stopping_twice_does_no_harm() -> None:
    with Background(Starlette(), "127.0.0.1", 0) as server:
        server.stop()


def test_an_ipv6_address_is_written_in_brackets() -> None:
    try:
        server = Background(Starlette(), "::1", 0)
    except FeedbuilderError:
        pytest.skip("this machine has no IPv6")
    server.stop()
    assert server.url == f"http://[::1]:{server.port}"


def test_a_server_is_stopped_by_an_event(output: Path) -> None:
    stop = threading.Event()
    stop.set()
    before = signal.getsignal(signal.SIGTERM)
    run_server(output_app(output), "127.0.0.1", 0, stop=stop)
    assert signal.getsignal(signal.SIGTERM) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_process_with_zero(output: Path, number: signal.Signals, client: requests.Session) -> None:
    command = [sys.executable, "-c", PROGRAM, str(output)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert client.get(process.stdout.readline().strip() + "/").status_code == 200
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (0, "finished\n", "")
