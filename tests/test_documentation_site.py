"""The documentation as a site: every link in it leads somewhere, and nothing is loaded from elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.patience import PATIENCE

ROOT = Path(__file__).parents[1]
LOADED = re.compile(
    r"""<(?:script|img|iframe|source)\b[^>]*\bsrc="([^"]+)|<link\b[^>]*\brel="(?:stylesheet|icon|preconnect)"[^>]*\bhref="([^"]+)"""
    r"""|<link\b[^>]*\bhref="([^"]+)"[^>]*\brel="(?:stylesheet|icon|preconnect)"|url\(["']?([^"')]+)"""
)


@pytest.mark.skipif(find_spec("mkdocs") is None, reason="mkdocs is not installed")
def test_it_is_built_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert built.returncode == 0, built.stderr
    pages = [*(tmp_path / "site").rglob("*.html"), *(tmp_path / "site").rglob("*.css")]
    assert len(pages) > 50
    for page in pages:
        for match in LOADED.finditer(page.read_text("utf-8")):
            [address] = filter(None, match.groups())
            assert not re.match(r"(?:https?:)?//", address), (page.name, address)
