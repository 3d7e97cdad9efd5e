"""Servers in threads: they start, they stop, and they say what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from starlette.applications import Starlette

from feedbuilder.model import FeedbuilderError, Site
from feedbuilder.web import Background, output_app


def test_a_port_that_is_taken_is_named(output: Path) -> None:
    with (
        Background(Starlette(), "127.0.0.1", 0) as server,
        pytest.raises(FeedbuilderError, match=rf"cannot listen on 127\.0\.0\.1 port {server.port}: .*another port"),
    ):
        Background(output_app(Site(output=output)), "127.0.0.1", server.port)


def test_a_port_that_cannot_be_is_no_crash() -> None:
    with pytest.raises(FeedbuilderError, match="port 99999"):
        Background(Starlette(), "127.0.0.1", 99_999)


def test_the_port_is_free_again_afterwards(output: Path, client: requests.Session) -> None:
    with Background(output_app(Site(output=output)), "127.0.0.1", 0) as server:
        assert client.get(server.url + "/").status_code == 200
    with Background(output_app(Site(output=output)), "127.0.0.1", server.port) as second:
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
