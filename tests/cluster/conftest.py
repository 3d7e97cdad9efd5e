"""A queue of a test's own."""

from __future__ import annotations

import pytest


@pytest.fixture
def url(fresh_postgres: str) -> str:
    """Return the address of an empty database."""
    pytest.importorskip("procrastinate", reason="the extra cluster is not installed")
    return fresh_postgres
