"""The address rules, as rules."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedbuilder.fetch.guard import Guard, name_refusal, refusal
from feedbuilder.model import FetchError


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::10.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::a00:1",
        "64:ff9b:1::a00:1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2002:a00:1::",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "4000::1",
    ],
)
def test_addresses_that_lead_inside_are_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "198.17.255.255",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:810::200e",
    ],
)
def test_public_addresses_are_not_refused(address: str) -> None:
    assert refusal(address) is None


@given(st.ip_addresses())
def test_nothing_that_python_knows_to_be_private_gets_through(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global or address.is_multicast:
        assert refusal(str(address))


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_gets_through_in_an_ipv6_disguise(address: IPv4Address) -> None:
    number = int(address)
    for disguise in (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert refusal(str(IPv6Address(disguise)))


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST.",
        "printer.local",
        "db.internal",
        "127.1",
        "0x7f000001",
        "2130706433",
        "[::1]",
        "10.1.2.3",
    ],
)
def test_names_that_say_that_they_are_internal(host: str) -> None:
    assert name_refusal(host)


@pytest.mark.parametrize("host", ["example.org", "localhost.example.org", "notlocal", "8.8.8.8", "1.2.3.4.example"])
def test_names_that_may_be_public(host: str) -> None:
    assert name_refusal(host) is None


@pytest.mark.parametrize(
    ("entry", "host", "port", "admitted"),
    [
        ("intranet", "intranet", 80, True),
        ("Intranet.", "INTRANET", 8080, True),
        ("intranet:8080", "intranet", 8080, True),
        ("intranet:8080", "intranet", 80, False),
        ("intranet", "www.intranet", 80, False),
        ("10.0.0.1", "10.0.0.1", 80, True),
        ("::1", "::1", 80, True),
        ("[::1]", "::1", 80, True),
        ("[::1]:8080", "::1", 8080, True),
        ("[::1]:8080", "::1", 80, False),
        ("bücher.example", "xn--bcher-kva.example", 80, True),
        (" intranet ", "intranet", 80, True),
    ],
)
def test_hosts_are_admitted_by_name_or_by_name_and_port(entry: str, host: str, port: int, admitted: bool) -> None:
    assert Guard([entry]).admits(host, port) is admitted


def test_admitting_a_name_does_not_admit_its_address() -> None:
    guard = Guard(["intranet"])
    guard.check_address("intranet", 80, "10.0.0.1")
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 is a private network"):
        guard.check_address("10.0.0.1", 80, "10.0.0.1")


def test_the_message_says_how_to_admit_the_host() -> None:
    with pytest.raises(FetchError, match=r"news\.example leads to 192\.168\.0\.9.*add 'news\.example' to allow_hosts"):
        Guard([]).check_address("news.example", 80, "192.168.0.9")
