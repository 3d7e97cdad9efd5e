"""Under which addresses the studio may be asked, and from which pages. Pure: names and numbers, no requests.

A page of another site can point a name of its own at this machine (DNS rebinding) and then ask us from its own origin.
Its requests carry that name, so every request has to name an address that is ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Self
from urllib.parse import urlsplit

from feedbuilder.model import ConfigError
from feedbuilder.model.setting_types import http_url
from feedbuilder.model.settings import is_loopback

_LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
_USUAL_PORTS = {"http": 80, "https": 443}
"""Those that browsers leave out of `Host` and `Origin`."""


@dataclass(frozen=True, slots=True)
class OwnAddresses:
    """The addresses of one studio."""

    port: int
    hosts: frozenset[str]
    """What may stand in `Host`, in small letters."""
    by_number: bool = False
    """Whether any numeric address will do, for it listens on others than loopback: only names can be rebound."""
    public: str | None = None
    """The origin under which a reverse proxy shows it: "https://home.example"; None without one."""
    path: str = ""
    """The path under which that shows it, without a slash at the end: "/studio"."""

    @classmethod
    def of(cls, host: str, port: int, public_url: str | None) -> Self:
        """Return the addresses of a studio that listens on `host` and `port`. Raises ConfigError for a wrong one."""
        names = {f"{name}:{port}" for name in _LOOPBACK_NAMES}
        names |= {f"{_bracketed(host)}:{port}".lower()}
        names |= {_without_usual_port(name, "http") for name in names}
        if public_url is None:
            return cls(port, frozenset(names), not is_loopback_host(host))
        try:
            parts = urlsplit(http_url(public_url))
        except ValueError as error:
            raise ConfigError(f'--public-url "{public_url}": {error}') from error
        name = _without_usual_port(parts.netloc.lower(), parts.scheme)
        hosts = frozenset(names | {parts.netloc.lower(), name})
        return cls(port, hosts, not is_loopback_host(host), f"{parts.scheme}://{name}", parts.path.rstrip("/"))

    @property
    def needs_password(self) -> bool:
        """Return whether others than the person at this machine may come."""
        return self.by_number or (self.public is not None and not is_loopback(self.public))

    @property
    def is_encrypted(self) -> bool:
        """Return whether browsers reach it by https alone."""
        return self.public is not None and self.public.startswith("https:")

    def is_host(self, host: str) -> bool:
        """Return whether `host`, as a request names it, is ours."""
        name = host.lower()
        if name in self.hosts:
            return True
        number = name.removesuffix(f":{self.port}")
        says_port = number != name or self.port == _USUAL_PORTS["http"]
        return self.by_number and says_port and _is_number(number)

    def is_origin(self, origin: str, host: str) -> bool:
        """Return whether a page of `origin` is ours, where the request names `host`, which is."""
        return origin.lower() in {f"http://{host.lower()}", f"https://{host.lower()}", self.public}


def is_loopback_host(host: str) -> bool:
    """Return whether a server on `host` is reached from this machine alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _without_usual_port(name: str, scheme: str) -> str:
    return name.removesuffix(f":{_USUAL_PORTS[scheme]}")


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
