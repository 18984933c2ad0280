"""A host as written in an address, in the form in which its name is looked up.

The URL Standard's host parsing (sections 3.3 to 3.5): a domain in Korean goes through UTS 46, and whatever a
browser takes for an IPv4 address becomes one, so that `0x7f.1` and `2130706433` are seen for what they are.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from urllib.parse import unquote_to_bytes

from postlint.patterns import lazy

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

# Section 3.2, "forbidden domain code points"; a dot that parts labels is none of them.
_FORBIDDEN = lazy(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]")
_PLAIN = lazy(r"[a-z0-9_.-]+")
_NUMBER = lazy(r"0x[0-9a-f]*|[0-9]+", re.IGNORECASE)
_OCTAL = lazy(r"0[0-7]*")
_DECIMAL = lazy(r"[0-9]+")


class BadHostError(ValueError):
    """No browser takes it for a host."""


def ascii_host(host: str) -> str:
    """`host` in lower-case ASCII: a name, an IPv4 address in its usual form, or IPv6 in brackets.

    Raises BadHostError.
    """
    if host.startswith("["):
        return _ipv6(host)
    name = host.lower()
    if not _PLAIN.fullmatch(name) or "xn--" in name:
        name = _domain(name)
    if not name or _FORBIDDEN.search(name):
        raise BadHostError
    return _ipv4(name) if _ends_in_number(name) else name


def ip_of(host: str) -> IpAddress | None:
    """The IP address that `host`, a result of `ascii_host`, is written as; None for a name."""
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def _domain(name: str) -> str:
    decoded = unquote_to_bytes(name).decode("utf-8", "replace")
    return ".".join(map(_label, _mapped(decoded).split(".")))


def _mapped(name: str) -> str:
    import idna  # its tables are for the few names that are not plain

    try:
        return idna.uts46_remap(name, std3_rules=False, transitional=False)
    except (idna.IDNAError, UnicodeError) as error:
        raise BadHostError from error


def _label(label: str) -> str:
    if label.startswith("xn--"):
        try:
            decoded = label[4:].encode("ascii").decode("punycode")
        except UnicodeError as error:
            raise BadHostError from error
        # What its author would not have got by writing it out is not what it seems.
        if decoded.isascii() or _mapped(decoded) != decoded:
            raise BadHostError
        _demand_valid(decoded)
        return label
    if label.isascii():
        return label
    _demand_valid(label)
    return "xn--" + label.encode("punycode").decode("ascii")


def _demand_valid(label: str) -> None:
    """UTS 46, section 4.1: composed, and not begun by a combining mark."""
    if not unicodedata.is_normalized("NFC", label) or unicodedata.category(label[0]).startswith("M"):
        raise BadHostError


def _ends_in_number(name: str) -> bool:
    last = name.removesuffix(".").rpartition(".")[2]
    return _NUMBER.fullmatch(last) is not None


def _ipv4(name: str) -> str:
    parts = name.removesuffix(".").split(".")
    if len(parts) > 4:
        raise BadHostError
    numbers = [_number(part) for part in parts]
    whole = numbers.pop()
    if any(number > 255 for number in numbers) or whole >= 256 ** (4 - len(numbers)):
        raise BadHostError
    for place, number in enumerate(numbers):
        whole += number * 256 ** (3 - place)
    return str(ipaddress.IPv4Address(whole))


def _number(part: str) -> int:
    if len(part) > 64:
        raise BadHostError
    if part.startswith("0x") and _NUMBER.fullmatch(part):
        return int(part[2:] or "0", 16)
    if _OCTAL.fullmatch(part):
        return int(part, 8)
    if _DECIMAL.fullmatch(part) and not part.startswith("0"):
        return int(part)
    raise BadHostError


def _ipv6(host: str) -> str:
    if not host.endswith("]") or "%" in host:
        raise BadHostError
    try:
        return f"[{ipaddress.IPv6Address(host[1:-1]).compressed}]"
    except ValueError as error:
        raise BadHostError from error
