"""What the tests of the pipeline share: an empty store to be copied, for to make one takes longer than most tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedbuilder.store import open_store


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "news.db"
    open_store(path).close()
    return path
