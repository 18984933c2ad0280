"""Permalinks and what fills them (Jekyll's lib/jekyll/url.rb, drops/url_drop.rb and utils.rb)."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from postlint.named import NamedTuple

_STYLES = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
}
"""`STYLE_TO_PERMALINK` in lib/jekyll/configuration.rb."""

KNOWN = frozenset(
    {
        *("path", "output_ext", "collection", "name", "title", "slug", "categories", "slugified_categories"),
        *("year", "month", "day", "hour", "minute", "second", "i_day", "i_month"),
        *(
            "short_month",
            "long_month",
            "short_year",
            "w_year",
            "week",
            "w_day",
            "short_day",
            "long_day",
            "y_day",
        ),
    }
)
"""The placeholders that a post or a collection's document may have."""

PLACEHOLDER = re.compile(r":([a-z_]+)")
_PLAIN = re.compile(r"^[a-zA-Z0-9./-]+$", re.MULTILINE)
_SLASHES = re.compile("/+")


def template_of(style: str) -> str:
    """The template that a style stands for; any other text is one itself."""
    return _STYLES.get(style, style)


def with_suffix(template: str, style: str) -> str:
    """`template` with the end that a site's permalink style gives to pages (`add_permalink_suffix`)."""
    if style == "pretty":
        return template + "/"
    if style in ("date", "ordinal", "none"):
        return template + ":output_ext"
    template += "/" if style.endswith("/") else ""
    return template + (":output_ext" if style.endswith(":output_ext") else "")


class UnknownPlaceholderError(ValueError):
    """Raised for a permalink that asks for what Jekyll does not have; `name` says what."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def filled(template: str, values: Callable[[str], str]) -> str:
    """A post's address: `template` with each `:name` replaced by its value, which `values` gives, escaped."""
    pieces: list[str] = []
    for literal, name in _pieces(template):
        pieces.append(literal)
        if name:
            pieces.append(escape_path(values(name)))
    return sanitized("".join(pieces))


@lru_cache(maxsize=256)  # a site has few templates, and many posts
def _pieces(template: str) -> tuple[tuple[str, str], ...]:
    """What stands between the placeholders of a template, each with the name behind it; empty at the end."""
    pieces: list[tuple[str, str]] = []
    done = 0
    for match in PLACEHOLDER.finditer(template):
        name = match[1].removesuffix("_")
        pieces.append((template[done : match.start()], name))
        done = match.start(1) + len(name)
    return *pieces, (template[done:], "")


def filled_page(template: str, values: Mapping[str, str]) -> str:
    """A page's address; what is no placeholder of a page's stays as it is."""
    for name, value in values.items():
        template = template.replace(f":{name}", escape_path(value))
    return sanitized(template)


def sanitized(address: str) -> str:
    """One slash in front and between, and no way up (`sanitize_url`)."""
    return _SLASHES.sub("/", f"/{address}".replace("..", "/").replace("./", ""))


class _Parts(NamedTuple):
    """An address taken apart (RFC 3986, appendix B)."""

    scheme: str | None
    authority: str | None
    path: str
    query: str | None
    fragment: str | None

    def whole(self) -> str:
        return "".join(
            (
                f"{self.scheme}:" if self.scheme is not None else "",
                f"//{self.authority}" if self.authority is not None else "",
                self.path,
                f"?{self.query}" if self.query is not None else "",
                f"#{self.fragment}" if self.fragment is not None else "",
            )
        )


_ADDRESS = re.compile(r"^(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$", re.MULTILINE)

_UNRESERVED = r"a-zA-Z0-9\-._~"
_SEGMENT = _UNRESERVED + r"!$&'()*+,;=:@"
# What the library Addressable leaves in each part of an address (lib/addressable/uri.rb).
_NO_SCHEME = re.compile(rb"[^a-zA-Z0-9\-+.]")
_NO_AUTHORITY = re.compile(rb"[^%s\[\]]" % _SEGMENT.encode())
_NO_PATH = re.compile(rb"[^%s/]" % _SEGMENT.encode())
_NO_SEGMENT = re.compile(rb"[^%s]" % _SEGMENT.encode())
_NO_DELIMITER = re.compile(rb"[^%s/?#\[\]]" % _SEGMENT.encode())
_NO_QUERY = re.compile(rb"[^%s/?]" % _SEGMENT.encode())
_NO_QUERY_PAIR = re.compile(rb"[^a-zA-Z0-9\-._~!$'()*+,=:@/?%]|%(?!2B|2b)")


def _parts(address: str) -> _Parts:
    match = _ADDRESS.search(address)
    if match is None:
        return _Parts(None, None, address, None, None)
    scheme, authority, path, query, fragment = match.groups()
    return _Parts(scheme, authority.removesuffix(":") if authority else authority, path, query, fragment)


def _encoded(part: str | None, left_out: re.Pattern[bytes]) -> str | None:
    if part is None:
        return None
    raw = part.encode("utf-8", "surrogatepass")
    return left_out.sub(lambda match: b"%%%02X" % match[0][0], raw).decode("ascii")


def escape_path(path: str) -> str:
    """What a value of a placeholder looks like in an address (`URL.escape_path`)."""
    if not path or _PLAIN.search(path):
        return path
    parts = _parts(path)
    escaped = _Parts(
        _encoded(parts.scheme, _NO_SCHEME),
        _encoded(parts.authority, _NO_AUTHORITY),
        _encoded(parts.path, _NO_PATH) or "",
        _encoded(parts.query, _NO_QUERY),
        _encoded(parts.fragment, _NO_QUERY),
    )
    return escaped.whole().replace("#", "%23", 1)


def unescape(address: str) -> str:
    """The path that an address asks a server for; bytes that are no UTF-8 become lone surrogates."""
    try:
        written = address.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half of a pair, which YAML's escapes can write
        written = address.encode("utf-8", "surrogatepass")
    return unquote_to_bytes(written).decode("utf-8", "surrogateescape")


def served(url: str) -> str:
    """The path below a site's root that Jekyll writes for an address (`in_dest_dir`)."""
    return posixpath.normpath(f"/{unescape(url).lstrip('/')}")


def is_absolute(address: str) -> bool:
    """Whether an address names its scheme."""
    return _parts(address).scheme is not None


def normalized(address: str) -> str:
    """An address as the filters `relative_url` and `absolute_url` leave it (`Addressable::URI#normalize`).

    Everything is unescaped, brought into Unicode's composed form (NFKC), and escaped again.
    """
    parts = _parts(address)
    path = parts.path.strip()
    if parts.scheme is None and _COLON_FIRST.match(path):
        path = path.replace(":", "%2F", 1)
    path = _without_dots("/".join(_component(segment, _NO_SEGMENT) for segment in path.split("/")))
    scheme = parts.scheme.strip().lower() if parts.scheme is not None else None
    if not path and scheme in ("http", "https", "ftp", "tftp"):
        path = "/"
    query = None
    if parts.query is not None:
        query = "&".join(_component(pair, _NO_QUERY_PAIR, b"+") for pair in parts.query.split("&"))
    fragment = _component(parts.fragment, _NO_QUERY) if parts.fragment is not None else None
    authority = _normal_authority(parts.authority, scheme) if parts.authority is not None else None
    return _Parts(scheme, authority, path, query or None, fragment or None).whole()


_COLON_FIRST = re.compile(r"(?!/)[^/:]*:.*$")
_PORT = re.compile(r":([^:@\[\]]*)$")
_DEFAULT_PORTS = {"http": "80", "https": "443", "ftp": "21"}
_DOTS_FIRST = re.compile(r"\A(?:\.\.?/?)+")
_PERCENT = re.compile(rb"%([0-9a-fA-F]{2})")


def normalize_part(text: str) -> str:
    """Text as the filter `uri_escape` leaves it."""
    return _component(text, _NO_DELIMITER)


def _component(part: str, left_out: re.Pattern[bytes], kept: bytes = b"") -> str:
    """A part unescaped, but for the characters `kept`, composed, and escaped again."""
    raw = _PERCENT.sub(
        lambda match: match[0] if (byte := bytes([int(match[1], 16)])) in kept else byte,
        part.encode("utf-8", "surrogatepass"),
    )
    try:
        raw = unicodedata.normalize("NFKC", raw.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:
        left_out = _NO_DELIMITER
    return left_out.sub(lambda match: b"%%%02X" % match[0][0], raw).decode("ascii")


def _normal_authority(authority: str, scheme: str | None) -> str:
    user, at, host = authority.rpartition("@")
    port = _PORT.search(host)
    name = host[: port.start()] if port else host
    name = name.strip().lower()
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            name = _component(name, _NO_AUTHORITY)
    shown = ""
    if port and port[1] and port[1] != _DEFAULT_PORTS.get(scheme or ""):
        shown = f":{port[1]}"
    return f"{user}{at}{name.removesuffix('.')}{shown}"


def _without_dots(path: str) -> str:
    """A path without `.` and `..` (RFC 3986, 5.2.4, and what Addressable makes of dots in front)."""
    path = _DOTS_FIRST.sub("", path)
    if "./" not in path and not path.endswith(("/.", "/..")):
        return path
    kept: list[str] = []
    segments = path.split("/")
    for index, segment in enumerate(segments):
        last = index == len(segments) - 1
        if segment not in (".", ".."):
            kept.append(segment)
            continue
        if segment == ".." and len(kept) > 1:
            kept.pop()
        if last:
            kept.append("")
    return "/".join(kept)
