"""Which addresses may be reached: pure rules about names and numbers.

Owns the table of refused networks and the list of hosts that the configuration admits. Opens no connection and
resolves no name: `session` asks it about every address before and after it connects, so that a name which resolves
differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import idna

from feedbuilder.model import PrivateAddressError

# First match names the reason. Sources: the IANA special-purpose registries (RFC 6890 and its successors).
_REFUSED = tuple(
    (ip_network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "a private network"),
        ("100.64.0.0/10", "a provider's internal network"),  # RFC 6598
        ("127.0.0.0/8", "this machine"),
        ("169.254.0.0/16", "a link-local network"),  # cloud metadata services live here
        ("172.16.0.0/12", "a private network"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "reserved for documentation"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private network"),
        ("198.18.0.0/15", "reserved for benchmarks"),
        ("198.51.100.0/24", "reserved for documentation"),
        ("203.0.113.0/24", "reserved for documentation"),
        ("224.0.0.0/4", "a multicast group"),
        ("240.0.0.0/4", "reserved"),  # and the broadcast address
        ("::/128", "this machine"),
        ("::1/128", "this machine"),
        # The next five carry an IPv4 address that would have to be judged in turn. No public site needs them.
        ("::ffff:0:0/96", "an IPv4 address in disguise (IPv4-mapped)"),
        ("64:ff9b::/96", "an IPv4 address in disguise (NAT64)"),
        ("64:ff9b:1::/48", "an IPv4 address in disguise (NAT64)"),
        ("2001::/32", "an IPv4 address in disguise (Teredo)"),
        ("2002::/16", "an IPv4 address in disguise (6to4)"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "reserved for documentation"),
        ("3fff::/20", "reserved for documentation"),
        ("fc00::/7", "a private network"),
        ("fe80::/10", "a link-local network"),
        ("fec0::/10", "a private network"),
        ("ff00::/8", "a multicast group"),
        # Whatever is left outside 2000::/3 is not global unicast (RFC 4291 §2.4).
        ("::/3", "reserved"),
        ("4000::/2", "reserved"),
        ("8000::/1", "reserved"),
    )
)
_LOCAL_NAMES = ("localhost", "local", "internal", "home.arpa")
"""Names, with all below them, that never mean a public site (RFC 6761, RFC 6762, RFC 8375)."""


def refusal(address: str) -> str | None:
    """Return what the numeric `address` is if it must not be reached ("a private network"), None if it may be.

    A zone (`fe80::1%eth0`) is ignored. Raises ValueError if `address` is not an IPv4 or IPv6 address.
    """
    number = ip_address(address.partition("%")[0])
    return next((reason for network, reason in _REFUSED if number in network), None)


def name_refusal(host: str) -> str | None:
    """Return what `host`, a name or an address, is if its spelling alone shows that it must not be reached.

    This is all that can be judged behind a proxy, which resolves the names itself. None: nothing speaks against it.
    """
    if (number := literal(host)) is not None:
        return refusal(str(number))
    name = host.rstrip(".").lower()
    return "a name for internal use" if any(f".{name}".endswith(f".{local}") for local in _LOCAL_NAMES) else None


def is_this_machine(host: str) -> bool:
    """Return whether `host`, by its spelling, is the machine that we run on."""
    if (number := literal(host)) is not None:
        return number.is_loopback or number.is_unspecified
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address that `host` spells, None if it is a name.

    Also reads the old spellings that the C library accepts: "127.1", "0x7f000001", "2130706433".
    """
    try:
        return ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        pass
    try:
        return IPv4Address(socket.inet_aton(host.rstrip(".")))
    except (OSError, ValueError):  # ValueError: a name with a zero byte in it
        return None


def normal_host(host: str) -> str:
    """Return `host` as comparisons want it: small letters, IDNA, no brackets, no final dot."""
    bare = host.strip("[]").rstrip(".").lower()
    if bare.isascii():
        return bare
    try:
        return idna.encode(bare, uts46=True).decode("ascii")
    except idna.IDNAError:
        return bare


class Guard:
    """Refuses private addresses, except for the hosts that the configuration admits by name.

    `allow_hosts` holds "name" (any port) or "name:port"; a name may be an address, with brackets if it is IPv6 and a
    port follows. Only the name as a URL spells it counts: admitting "intranet" does not admit the address behind it.
    """

    def __init__(self, allow_hosts: Iterable[str]) -> None:
        self._admitted = frozenset(_host_and_port(entry) for entry in allow_hosts)

    def admits(self, host: str, port: int) -> bool:
        """Return whether the configuration lets `host` be reached whatever its address is."""
        name = normal_host(host)
        return (name, None) in self._admitted or (name, port) in self._admitted

    def check_address(self, host: str, port: int, address: str) -> None:
        """Raise FetchError unless `host` may be reached at the numeric `address`."""
        if not self.admits(host, port) and (reason := refusal(address)):
            what = f"is {reason}" if normal_host(host) == address else f"leads to {address}, which is {reason}"
            raise PrivateAddressError(_complaint(host, what), host)

    def check_name(self, host: str, port: int) -> None:
        """Raise FetchError if the spelling of `host` shows that it is internal. For use behind a proxy."""
        if not self.admits(host, port) and (reason := name_refusal(host)):
            raise PrivateAddressError(_complaint(host, f"is {reason}"), host)


def _complaint(host: str, what: str) -> str:
    return (
        f"{host} {what}; nothing was asked. If this is your own server, add {host!r} to allow_hosts under [fetch]; "
        f"add, detect and preview also take --allow-host {host}."
    )


def _host_and_port(entry: str) -> tuple[str, int | None]:
    name, colon, port = entry.strip().rpartition(":")
    # "::1" is an address whose last group looks like a port; with a port it would stand in brackets.
    if colon and port.isdecimal() and (":" not in name or name.endswith("]")):
        return normal_host(name), int(port)
    return normal_host(entry.strip()), None
