"""Where postlint does not ask, whoever wrote the address.

A pull request's text is not trusted: it may not make the machine that checks it call inside its own network,
by any spelling, by a name, or by a redirect.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

from postlint.web.hosts import IpAddress

# IANA's registries of special-purpose addresses (RFC 6890), and where clouds keep what must not be told.
_NETWORKS = [
    ("metadata", ["169.254.169.254/32", "169.254.170.2/32", "168.63.129.16/32", "100.100.100.200/32"]),
    ("metadata", ["192.0.0.192/32", "fd00:ec2::254/128", "fd20:ce::254/128"]),
    ("loopback", ["127.0.0.0/8", "::1/128"]),
    ("this-host", ["0.0.0.0/8", "::/128"]),
    ("private", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"]),
    ("link-local", ["169.254.0.0/16", "fe80::/10"]),
    ("shared", ["100.64.0.0/10"]),
    ("multicast", ["224.0.0.0/4", "ff00::/8"]),
    ("reserved", ["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24"]),
    ("reserved", ["203.0.113.0/24", "240.0.0.0/4", "64:ff9b:1::/48", "100::/64", "2001::/23"]),
    ("reserved", ["2001:db8::/32", "3fff::/20", "5f00::/16"]),
]
_RESERVED = [
    (reason, ipaddress.ip_network(network)) for reason, networks in _NETWORKS for network in networks
]

# Addresses that hold an IPv4 address: the network, and how far from the right that one stands, in bits.
_EMBEDDING = [
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),  # RFC 4291, v4-mapped
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),  # RFC 2765, v4-translated
    (ipaddress.IPv6Network("::/96"), 0),  # RFC 4291, v4-compatible
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # RFC 6052, NAT64
    (ipaddress.IPv6Network("2002::/16"), 80),  # RFC 3056, 6to4
]

# The Fetch Standard's "bad ports": browsers do not go there, and a mail or database server might obey.
_BAD_PORTS = frozenset(
    {
        *(
            0,
            1,
            7,
            9,
            11,
            13,
            15,
            17,
            19,
            20,
            21,
            22,
            23,
            25,
            37,
            42,
            43,
            53,
            69,
            77,
            79,
            87,
            95,
            101,
            102,
            103,
        ),
        *(104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513),
        *(
            514,
            515,
            526,
            530,
            531,
            532,
            540,
            548,
            554,
            556,
            563,
            587,
            601,
            636,
            989,
            990,
            993,
            995,
            1719,
            1720,
        ),
        *(
            1723,
            2049,
            3659,
            4045,
            4190,
            5060,
            5061,
            6000,
            6566,
            6665,
            6666,
            6667,
            6668,
            6669,
            6679,
            6697,
            10080,
        ),
    }
)


def refusal(address: IpAddress) -> str | None:
    """Why `address` is not asked, as a word: `loopback`, `private`, `metadata`…; None if it may be."""
    for reason, network in _RESERVED:
        if address.version == network.version and address in network:
            return reason
    if isinstance(address, ipaddress.IPv6Address):
        for network, shift in _EMBEDDING:
            if address in network:
                return refusal(ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF))
    return None


def is_bad_port(port: int) -> bool:
    """Whether no browser opens `port`."""
    return port in _BAD_PORTS


def permitted(addresses: Iterable[IpAddress]) -> tuple[list[IpAddress], str | None]:
    """Those of `addresses` that may be asked, and why another may not."""
    reasons = [(address, refusal(address)) for address in addresses]
    refused = next((reason for _, reason in reasons if reason), None)
    return [address for address, reason in reasons if reason is None], refused
