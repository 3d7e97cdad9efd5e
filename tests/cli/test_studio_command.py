"""`feedbuilder studio` as a person starts it: it says where it is, lets in who has the token, and ends in order."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys

import requests

from tests.cli.conftest import Desk
from tests.patience import PATIENCE


def test_it_prints_an_address_that_lets_in(desk: Desk) -> None:
    command = [sys.executable, "-m", "feedbuilder", "studio", "--no-browser", "--port", "0"]
    with subprocess.Popen(command, cwd=desk.folder, stdout=subprocess.PIPE, env={**os.environ}, text=True) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", process.stdout.readline())
        assert found
        answer = requests.get(found[0], timeout=PATIENCE)
        assert answer.status_code == 200
        assert requests.get(found[0].partition("?")[0], timeout=PATIENCE).status_code == 401
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0


def test_elsewhere_it_wants_a_password(desk: Desk) -> None:
    for options in (("--host", "0.0.0.0"), ("--public-url", "https://home.example/studio/")):
        told = desk.call("studio", "--port", "0", *options)
        assert told.exit_code == 2
        assert "FEEDBUILDER_STUDIO_PASSWORD" in told.output
    told = desk.call("studio", "--port", "0", "--public-url", "nonsense")
    assert told.exit_code == 2
    assert "expected a web address" in told.output
