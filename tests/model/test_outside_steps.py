"""Steps that leave this program: what they are given, what becomes of failures, and that none is run unasked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from feedbuilder.config.toml import selectors_from
from feedbuilder.model import ConfigError, ExtractError, Reading, ReadingSettings
from feedbuilder.model import outside_steps as outside
from feedbuilder.pipeline.local_reader import LocalReader

SHOUT = [sys.executable, "-c", "import sys; print(sys.stdin.read().upper() + '!')"]


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    yield
    outside.admit(commands=False, plugins=False)


def made(step: dict[str, Any], text: str = "locks öffnen") -> list[str]:
    return list(Reading.model_validate({"select": "p", "steps": [step]}).kept(text))


def test_nothing_is_run_that_nobody_allowed() -> None:
    for step, name in (({"command": SHOUT}, "command"), ({"plugin": "shout"}, "plugin")):
        with pytest.raises(ExtractError, match=f"A {name} in steps is not run here") as raised:
            made(step)
        assert raised.value.is_lasting
    LocalReader(ReadingSettings(commands=True))
    assert made({"command": SHOUT}) == ["LOCKS ÖFFNEN!"]
    with pytest.raises(ExtractError, match="A plugin in steps is not run here"):
        made({"plugin": "shout"})


def test_a_command_sees_the_text_and_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    outside.admit(commands=True, plugins=False)
    monkeypatch.setenv("TOWN_TOKEN", "secret")
    told = made({"command": [sys.executable, "-c", "import os; print(sorted(os.environ))"]})[0]
    assert "TOWN_TOKEN" not in told
    assert "PATH" in told
    assert made({"command": [sys.executable, "-c", "import sys; print(sys.argv[1:])", "; echo $HOME"]}) == [
        "['; echo $HOME']"
    ]
    assert made({"command": [sys.executable, "-c", ""]}) == []


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["/nowhere/at-all"], r'The command "/nowhere/at-all" in steps cannot be run: No such file'),
        ([sys.executable, "-c", "import sys; sys.exit('no such letter')"], r"ended with 1: no such letter\."),
        ([sys.executable, "-c", "import sys; sys.exit(3)"], r"ended with 3: it said nothing\."),
    ],
)
def test_a_command_that_fails_fails_the_reading(command: list[str], reason: str) -> None:
    outside.admit(commands=True, plugins=False)
    with pytest.raises(ExtractError, match=reason):
        made({"command": command})


def test_a_command_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    outside.admit(commands=True, plugins=False)
    monkeypatch.setattr(outside, "DEADLINE", 0.2)
    with pytest.raises(ExtractError, match="took longer than 0 seconds, and was ended"):
        made({"command": [sys.executable, "-c", "import time; time.sleep(600)"]})


def shout(text: str) -> str:
    return text.upper()


def parts(text: str) -> list[str]:
    return text.split()


def broken(text: str) -> str:
    raise ValueError(f"cannot say {text}")


def numbers(_: str) -> list[int]:
    return [1]


def nothing(_: str) -> None:
    return None


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("shout", "parts", "broken", "numbers", "nothing")
    points = [EntryPoint(name, f"{__name__}:{name}", outside.GROUP) for name in names]
    monkeypatch.setattr(outside, "entry_points", lambda *, group: points if group == outside.GROUP else [])
    outside._function.cache_clear()
    outside.admit(commands=False, plugins=True)


@pytest.mark.usefixtures("installed")
def test_a_step_of_an_installed_package_is_called_by_its_name() -> None:
    assert made({"plugin": "shout"}) == ["LOCKS ÖFFNEN"]
    assert made({"plugin": "parts"}) == ["locks", "öffnen"]
    assert made({"plugin": "nothing"}) == []
    with pytest.raises(ExtractError, match=r'The step "broken" of a package failed: ValueError\(.cannot say locks'):
        made({"plugin": "broken"})
    with pytest.raises(ExtractError, match="gave something else than texts"):
        made({"plugin": "numbers"})
    with pytest.raises(ExtractError, match=r'has a step "whisper".*there are: broken, nothing, numbers, parts, shout'):
        made({"plugin": "whisper"})


def test_what_is_typed_into_a_form_runs_nothing() -> None:
    with pytest.raises(ConfigError, match="steps with command or plugin run programs: they are written by hand"):
        selectors_from('item = "p"\ntitle = { select = "a", steps = [{ command = ["id"] }] }')


def test_a_command_that_says_more_than_anybody_reads_is_ended() -> None:
    outside.admit(commands=True, plugins=False)
    with pytest.raises(ExtractError, match="said more than 100,000 bytes, and was ended"):
        made({"command": [sys.executable, "-c", "while True: print('y' * 1000)"]})


def test_a_command_may_leave_what_it_is_given_and_complain_at_length() -> None:
    outside.admit(commands=True, plugins=False)
    code = "import sys; sys.stderr.write('x' * 200_000); print('fine')"
    assert made({"command": [sys.executable, "-c", code]}, "text " * 100_000) == ["fine"]
