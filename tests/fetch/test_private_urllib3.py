"""What the guard takes from urllib3 that is undocumented: a version without it fails here, not in use."""

from __future__ import annotations

import socket

import pytest
from urllib3.connection import HTTPConnection, HTTPSConnection


class _ReachedError(Exception):
    """Raised where a guarded connection would check its address."""


class _Plain(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        raise _ReachedError


class _Encrypted(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        raise _ReachedError


@pytest.mark.parametrize("kind", [_Plain, _Encrypted])
def test_a_connection_gets_its_socket_from_the_method_that_the_guard_replaces(kind: type[HTTPConnection]) -> None:
    with pytest.raises(_ReachedError):
        kind("news.example", 80).connect()


def test_a_connection_knows_its_host_with_the_final_dot() -> None:
    assert HTTPConnection("news.example.")._dns_host == "news.example."
