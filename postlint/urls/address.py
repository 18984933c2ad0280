"""The parts of an address, and its characters that are not ASCII."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy

# RFC 3986, appendix B, with a scheme as in its section 3.1; it matches any string.
_ADDRESS = lazy(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):)?(?://(?P<authority>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
_AUTHORITY = lazy(r"(?:(?P<userinfo>.*)@)?(?P<host>\[[^\]]*\]|[^:]*|.*?)(?::(?P<port>[0-9]*))?", re.DOTALL)
_WEB_AUTHORITY = lazy(r"https?://([^/?#]*)", re.IGNORECASE)
_NON_ASCII = lazy(r"[^\x00-\x7f]+")

# RFC 6761 and RFC 2606: nobody can register these.
_EXAMPLE = lazy(r"(?:^|\.)(?:example\.(?:com|net|org)|example|invalid|test)\.?$", re.IGNORECASE)
# RFC 6761 (localhost), RFC 6762 (local), ICANN's resolution of 2024-07-29 (internal).
_LOCAL_NAME = lazy(r"(?:^|\.)(?:localhost|local|internal|localdomain|lan|home\.arpa)\.?$", re.IGNORECASE)
# RFC 1122 (this host, loopback), RFC 1918 (private), RFC 3927 (link-local).
_LOCAL_IPV4 = lazy(r"(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))(?:\.[0-9]{1,3})+")
# RFC 4291 (loopback, link-local), RFC 4193 (unique local).
_LOCAL_IPV6 = lazy(r"\[(?:::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*)\]", re.IGNORECASE)

LONGEST_HOST = 253
"""Characters of the longest name there can be (RFC 1035, section 2.3.4, less its two end marks)."""


class Url(NamedTuple):
    """An address, taken apart. A part that is not there has no span, and an empty text."""

    text: str
    path_span: Span
    scheme_span: Span | None = None
    userinfo_span: Span | None = None
    host_span: Span | None = None
    port_span: Span | None = None
    query_span: Span | None = None
    """Without its `?`."""
    fragment_span: Span | None = None
    """Without its `#`."""

    def part(self, span: Span | None) -> str:
        """The text at `span`, one of the spans of this address; empty for None."""
        return "" if span is None else self.text[span.start : span.end]

    @property
    def scheme(self) -> str:
        return self.part(self.scheme_span)

    @property
    def host(self) -> str:
        """As written: an IPv6 address has its brackets."""
        return self.part(self.host_span)

    @property
    def port(self) -> str:
        return self.part(self.port_span)

    @property
    def path(self) -> str:
        return self.part(self.path_span)

    @property
    def query(self) -> str:
        return self.part(self.query_span)

    @property
    def fragment(self) -> str:
        return self.part(self.fragment_span)


_CONTROLS = "".join(map(chr, (*range(0x20), 0x7F)))
_MEANING = str.maketrans({character: f"%{ord(character):02X}" for character in "()'\"<>|`\\^{} " + _CONTROLS})


@lru_cache(maxsize=512)
def split_url(url: str) -> Url:
    """The parts of `url`, absolute or relative, escaped or not."""
    match = _ADDRESS.fullmatch(url)
    assert match is not None, "every part is optional and takes what the ones before leave"

    def span(name: str) -> Span | None:
        return Span(*match.span(name)) if match.group(name) is not None else None

    userinfo = host = port = None
    authority = (
        _AUTHORITY.fullmatch(url, *match.span("authority")) if match["authority"] is not None else None
    )
    if authority is not None:
        host = Span(*authority.span("host"))
        userinfo = Span(*authority.span("userinfo")) if authority["userinfo"] is not None else None
        port = Span(*authority.span("port")) if authority["port"] is not None else None
    path = Span(*match.span("path"))
    return Url(url, path, span("scheme"), userinfo, host, port, span("query"), span("fragment"))


def authority(address: str) -> str:
    """The host of an address of the web, with all that stands beside it between `//` and the path."""
    match = _WEB_AUTHORITY.match(address)
    return match[1] if match else ""


def host_of(address: str) -> str:
    """The host of an address of the web, as `split_url` has it: for who wants no other part, and of many."""
    match = _AUTHORITY.fullmatch(authority(address))
    assert match is not None, "it matches any string"
    return match["host"]


def is_local(host: str) -> bool:
    """Whether `host` is in one's own machine or network, where no reader of the blog gets to."""
    if _LOCAL_NAME.search(host) or _LOCAL_IPV4.fullmatch(host) or _LOCAL_IPV6.fullmatch(host):
        return True
    return bool(host) and "." not in host and ":" not in host


def is_example(host: str) -> bool:
    """Whether `host` is reserved for examples: such an address is meant to lead nowhere."""
    return _EXAMPLE.search(host) is not None


def is_within(host: str, hosts: Collection[str]) -> bool:
    """Whether `host`, in lower case, is one of `hosts`, or below one."""
    if len(host) > LONGEST_HOST:
        return False
    labels = host.split(".")
    return any(".".join(labels[index:]) in hosts for index in range(len(labels)))


def raw_non_ascii(url: str) -> tuple[Span, ...]:
    """The runs of characters beyond ASCII in path, query and fragment.

    Those of the host are left out: they are a matter of IDNA, and no escape may stand there.
    """
    start = split_url(url).path_span.start
    return tuple(Span(*match.span()) for match in _NON_ASCII.finditer(url, start))


def percent_encode(url: str) -> str:
    """`url` with the characters beyond ASCII in path, query and fragment escaped as UTF-8.

    This is what a browser does on a page in UTF-8 (WHATWG URL, percent-encode sets; all contain
    every character beyond ASCII), so the address leads to where it led, and a fragment finds its
    anchor, since a browser also looks for the decoded one. Nothing else is touched: no
    normalisation either, for a server may know a name in its decomposed form only.
    """
    start = split_url(url).path_span.start
    return url[:start] + _NON_ASCII.sub(lambda match: _escaped(match[0]), url[start:])


def as_destination(url: str) -> str:
    """`url` as it can stand in a destination of Markdown, or in an attribute of HTML, in any of its forms.

    What ends one, or means something there, is escaped as `percent_encode` does; a path means the same.
    """
    return percent_encode(url).translate(_MEANING)


def _escaped(text: str) -> str:
    # A lone surrogate is no character; browsers take the replacement character in its place.
    readable = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(f"%{byte:02X}" for byte in readable.encode())
