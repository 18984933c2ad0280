"""From an address as an author wrote it to what a browser asks the server for.

The grammar is that of the WHATWG's URL Standard for `http` and `https` (the sections "URL parsing" and
"host parsing"). Only what a browser escapes is escaped: characters beyond ASCII, as UTF-8 and as they stand,
and the few that may not be in a request. `%2F`, `%7E`, `//` and small hexadecimal digits reach the server as
written.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.web.hosts import BadHostError, ascii_host

PORTS = {"http": 80, "https": 443}

_SCHEME = lazy(r"([A-Za-z][A-Za-z0-9+.-]*):")
_EDGE = "".join(map(chr, range(0x21)))
_IGNORED = lazy(r"[\t\n\r]")
# The URL Standard's percent-encode sets, section 1.3: all hold controls and what is beyond ASCII.
_PATH_ESCAPED = lazy(r'[\x00-\x20"#<>?^`{}\x7f-\U0010ffff]')
_QUERY_ESCAPED = lazy(r"""[\x00-\x20"#<>'\x7f-\U0010ffff]""")
_FRAGMENT_ESCAPED = lazy(r'[\x00-\x20"<>`\x7f-\U0010ffff]')
_CHANGED = lazy(r"(?i)[^/0-9A-Z._~!$&'()*+,;=:@%-]|(?:\A|/)(?:\.|%2e)")
"""What a path must have at least that is not asked for as it stands: most have no such thing."""
_SLASHES = lazy(r"[/\\]*")
_AUTHORITY = lazy(r"[^/\\?#]*")
_SINGLE_DOT = lazy(r"\.|%2e", re.IGNORECASE)
_DOUBLE_DOT = lazy(r"(?:\.|%2e){2}", re.IGNORECASE)


class BadAddressError(ValueError):
    """No browser takes it for an address; the message is why, as a word."""


class OtherSchemeError(ValueError):
    """An address that is neither `http` nor `https`; the message is its scheme, in lower case."""


class Target(NamedTuple):
    """What is asked for, and where. All of it is ASCII."""

    scheme: str
    """`http` or `https`."""
    host: str
    """In lower case; an IPv6 address has its brackets."""
    port: int
    path: str
    """The path and, if there is one, the query: what stands in the request's first line."""
    fragment: str | None = None
    """As written but for what a browser escapes; it never leaves this machine."""
    userinfo: str = ""
    """`user:password` as escaped in the address."""

    @property
    def origin(self) -> tuple[str, str, int]:
        return self.scheme, self.host, self.port

    @property
    def authority(self) -> str:
        """The host, and the port if it is not the scheme's own: the `Host` header's value."""
        return self.host if self.port == PORTS[self.scheme] else f"{self.host}:{self.port}"

    @property
    def text(self) -> str:
        """The address without its fragment and without credentials."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def whole(self) -> str:
        """The same with its fragment."""
        return self.text if self.fragment is None else f"{self.text}#{self.fragment}"

    @property
    def directory(self) -> str:
        """The path up to its last `/`, without the query."""
        return self.path.partition("?")[0].rpartition("/")[0] + "/"

    @property
    def authorization(self) -> str | None:
        """The value of the header that the credentials in the address make (RFC 7617)."""
        if not self.userinfo:
            return None
        user, _, password = self.userinfo.partition(":")
        raw = _unescaped(user) + b":" + _unescaped(password)
        return "Basic " + base64.b64encode(raw).decode("ascii")


def parse(text: str, base: Target | None = None) -> Target:
    """The target that `text` names, alone or (a redirect's) as seen from `base`.

    Raises BadAddressError and OtherSchemeError.
    """
    text = _IGNORED.sub("", text.strip(_EDGE))
    if not text.isascii():
        # A lone surrogate is no character; browsers take the replacement character in its place.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    match = _SCHEME.match(text)
    if match is None:
        if base is None:
            raise BadAddressError("no-scheme")
        return _relative(text, base)
    scheme = match[1].lower()
    if scheme not in PORTS:
        raise OtherSchemeError(scheme)
    rest = text[match.end() :]
    if base is not None and base.scheme == scheme and not rest.startswith(("//", "/\\", "\\/", "\\\\")):
        return _relative(rest, base)
    return _absolute(scheme, rest)


def location(raw: bytes, base: Target) -> Target:
    """Where a `Location` header leads. Bytes beyond ASCII are escaped as they are, whatever their encoding,
    as browsers do; servers that write EUC-KR there expect EUC-KR back.

    Raises BadAddressError and OtherSchemeError.
    """
    text = "".join(f"%{byte:02X}" if byte >= 0x80 else chr(byte) for byte in raw)
    target = parse(text, base)
    return target._replace(fragment=base.fragment) if target.fragment is None else target


def _relative(text: str, base: Target) -> Target:
    slashes = _SLASHES.match(text)
    leading = len(slashes[0]) if slashes else 0
    if leading >= 2:
        return _absolute(base.scheme, text)
    rest, fragment = _without_fragment(text)
    path, mark, query = rest.partition("?")
    kept_path = base.path.partition("?")[0]
    if leading == 1:
        whole = _path(path)
    elif path:
        whole = _path(kept_path.rpartition("/")[0] + "/" + path)
    else:
        whole = kept_path
        if not mark and "?" in base.path:
            return base._replace(fragment=fragment)
    return base._replace(path=whole + (f"?{_query(query)}" if mark else ""), fragment=fragment)


def _absolute(scheme: str, rest: str) -> Target:
    slashes = _SLASHES.match(rest)
    rest = rest[len(slashes[0]) if slashes else 0 :]
    match = _AUTHORITY.match(rest)
    authority = match[0] if match else ""
    userinfo, _, place = authority.rpartition("@")
    host, port = _host_and_port(place, PORTS[scheme])
    rest, fragment = _without_fragment(rest[len(authority) :])
    path, mark, query = rest.partition("?")
    whole = _path(path) + (f"?{_query(query)}" if mark else "")
    return Target(scheme, host, port, whole, fragment, _escape(userinfo, _PATH_ESCAPED))


@lru_cache(maxsize=512)
def _host_and_port(place: str, default: int) -> tuple[str, int]:
    if place.startswith("["):
        host, bracket, port = place.partition("]")
        host += bracket
        if port and not port.startswith(":"):
            raise BadAddressError("host")
        port = port[1:]
    else:
        host, _, port = place.partition(":")
    if port and not (port.isascii() and port.isdigit()):
        raise BadAddressError("port")
    digits = port.lstrip("0")
    if len(digits) > 5 or int(digits or 0) > 0xFFFF:
        raise BadAddressError("port")
    number = int(port) if port else default
    try:
        return ascii_host(host), number
    except BadHostError as error:
        raise BadAddressError("host") from error


def _without_fragment(text: str) -> tuple[str, str | None]:
    rest, mark, fragment = text.partition("#")
    return rest, _escape(fragment, _FRAGMENT_ESCAPED) if mark else None


def _path(path: str) -> str:
    """The path that is asked for: `\\` is `/`, and `.` and `..` are walked."""
    if not _CHANGED.search(path):
        return path if path.startswith("/") else f"/{path}"
    segments = path.replace("\\", "/").removeprefix("/").split("/")
    walked: list[str] = []
    for number, segment in enumerate(segments):
        is_last = number == len(segments) - 1
        if _DOUBLE_DOT.fullmatch(segment):
            del walked[-1:]
            if is_last:
                walked.append("")
        elif _SINGLE_DOT.fullmatch(segment):
            if is_last:
                walked.append("")
        else:
            walked.append(_escape(segment, _PATH_ESCAPED))
    return "/" + "/".join(walked)


def _query(query: str) -> str:
    return _escape(query, _QUERY_ESCAPED)


def _escape(text: str, escaped: re.Pattern[str]) -> str:
    return escaped.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), text)


def _unescaped(text: str) -> bytes:
    from urllib.parse import unquote_to_bytes  # only credentials pay for it

    return unquote_to_bytes(text)
