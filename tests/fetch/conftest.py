"""Fetchers and sites for the tests of this folder, which can reach nothing but loopback.

Names are resolved from a table, and connecting elsewhere fails.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest

from feedbuilder.fetch import HttpFetcher
from feedbuilder.fetch.guard import literal
from feedbuilder.model import FetchSettings
from tests.fetch.loopback import NOW, FakeTime, Site
from tests.patience import PATIENCE

CERTIFICATES = Path(__file__).parent / "certificates"


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The only name server there is. Connecting to anything but loopback is a failure of the test."""
    table = {"localhost": ["127.0.0.1"]}
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *args: Any, **options: Any) -> list[Any]:
        number = literal(host)
        addresses = table.get(host, []) if number is None else [str(number)]
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        options["flags"] = socket.AI_NUMERICHOST
        return [found for address in addresses for found in real(address, port, *args, **options)]

    connect = socket.socket.connect

    def connect_on_loopback(line: socket.socket, address: Any) -> None:
        assert ip_address(address[0].partition("%")[0]).is_loopback, f"a test reached for {address}"
        connect(line, address)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket.socket, "connect", connect_on_loopback)
    return table


@pytest.fixture
def make_site() -> Iterator[Callable[..., Site]]:
    sites: list[Site] = []

    def make(**options: Any) -> Site:
        sites.append(Site(**options))
        return sites[-1]

    yield make
    for site in sites:
        site.stop()


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()


@pytest.fixture
def tls_site(make_site: Callable[..., Site]) -> Site:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "server.pem")
    return make_site(tls=context)


@pytest.fixture
def make_fetcher() -> Iterator[Callable[..., HttpFetcher]]:
    """Make a fetcher that may reach loopback by two names, without robots.txt and pauses unless told otherwise."""
    fetchers: list[HttpFetcher] = []

    def make(*, tools: dict[str, Any] | None = None, **settings: Any) -> HttpFetcher:
        defaults = {
            "allow_hosts": ("127.0.0.1", "localhost"),
            "robots": False,
            "host_gap": timedelta(0),
            "connect_timeout": timedelta(seconds=PATIENCE),
            "deadline": timedelta(seconds=PATIENCE),
        }
        fetchers.append(
            HttpFetcher(FetchSettings(**{**defaults, **settings}), **{"clock": lambda: NOW, **(tools or {})})
        )
        return fetchers[-1]

    yield make
    for fetcher in fetchers:
        fetcher.close()


@pytest.fixture
def fetcher(make_fetcher: Callable[..., HttpFetcher]) -> HttpFetcher:
    return make_fetcher()


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()
