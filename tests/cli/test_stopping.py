"""A command that waits ends in order when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE

PROGRAM = """
import sys
from pathlib import Path
from feedbuilder.cli.signals import stop_event
from feedbuilder.model import Site
from feedbuilder.web import Background, output_app
stop = stop_event()
with Background(output_app(Site(output=Path(sys.argv[1]))), "127.0.0.1", 0) as server:
    print(server.url, flush=True)
    stop.wait()
print("finished", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_process_with_zero(tmp_path: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(number)
        out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, err) == (0, "finished\n", "")


LOADING = """
import os, signal, sys

class Impatient:
    def find_spec(self, name, path=None, target=None):
        if name == awaited:
            os.kill(os.getpid(), signal.SIGINT)

awaited = sys.argv[-1]
sys.meta_path.insert(0, Impatient())
from feedbuilder.__main__ import main
sys.argv = ["feedbuilder", "schema"]
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
@pytest.mark.parametrize("module", ["typer", "feedbuilder.cli.schema_command", "feedbuilder.config"])
def test_ctrl_c_while_the_program_or_a_command_is_loaded_ends_it_quietly(module: str) -> None:
    command = [sys.executable, "-c", LOADING, module]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_an_ignored_ctrl_c_stays_ignored() -> None:
    ignoring = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"
    command = [sys.executable, "-c", ignoring + LOADING, "typer"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
