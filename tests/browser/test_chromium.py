"""Which browser is taken, what is told where there is none, and what it gets to know of this machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from feedbuilder.browser import why_missing
from feedbuilder.browser.chromium import FLAGS, find_chromium, keeps_sandbox
from feedbuilder.browser.shared_browser import SharedBrowser, browser_environment
from feedbuilder.model import BrowserSettings, FetchError
from tests.browser.conftest import opened


def test_the_configured_program_is_taken_before_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "chromium-browser"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium(BrowserSettings()) == str(program)
    other = tmp_path / "other"
    assert find_chromium(BrowserSettings(executable=other)) == str(other)


def test_without_the_extra_or_a_chromium_nothing_is_started_and_the_remedy_is_told(
    make_browser: Callable[..., SharedBrowser], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedbuilder.browser.chromium.find_spec", lambda _: None)
    monkeypatch.setattr("feedbuilder.browser.chromium.find_chromium", lambda _: None)
    with pytest.raises(FetchError, match=r"needs a browser\. .*pip install 'feedbuilder\[browser\]'.*package chromium"):
        opened(make_browser(), "http://127.0.0.1/")
    assert why_missing(BrowserSettings()) is not None


def test_the_browser_gets_none_of_our_secrets_and_writes_into_its_own_folder(tmp_path: Path) -> None:
    ours = {"PATH": "/bin", "LANG": "C", "TOWN_TOKEN": "s3cret", "HTTPS_PROXY": "http://proxy", "HOME": "/home/me"}
    theirs = browser_environment(ours, tmp_path)
    assert (theirs["PATH"], theirs["LANG"]) == ("/bin", "C")
    assert {theirs[name] for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")} == {str(tmp_path)}
    assert not {"TOWN_TOKEN", "HTTPS_PROXY"} & theirs.keys()
    assert "s3cret" not in str(theirs)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no root")
def test_only_root_goes_without_the_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    for user, keeps in ((0, False), (1000, True)):
        monkeypatch.setattr("os.geteuid", lambda user=user: user)
        assert keeps_sandbox() is keeps
    assert not any("no-sandbox" in flag for flag in FLAGS)
