"""The cookies of one chain of redirects: some servers lead on only who brings back what they gave.

What RFC 6265 (section 5) needs for that: names, values, domains, paths, `Secure`, and deletion. They live no
longer than the chain, so no times are kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.web.address import Target
from postlint.web.headers import Headers

_CONTROL = lazy(r"[\x00-\x08\x0a-\x1f\x7f]")
_AGE = lazy(r"-?[0-9]+")
_MOST = 180
"""Cookies that are kept; Chromium keeps as many for a site."""


class _Place(NamedTuple):
    name: str
    """With its `=`, if it has one."""
    domain: str
    path: str
    is_host_only: bool
    is_secure: bool


class Cookies:
    """Those of one chain, which begins at the Unix time `now`."""

    def __init__(self, now: float) -> None:
        self._now = now
        self._kept: dict[_Place, str] = {}

    def take(self, headers: Headers, target: Target) -> None:
        """Keeps what the answer of `target` sets for its own host or the domain above it."""
        for field in headers.all("set-cookie"):
            pair, _, rest = _in_utf_8(field).partition(";")
            # One without a mark is all value (RFC 6265bis, 5.6).
            name, mark, value = pair.partition("=") if "=" in pair else ("", "", pair)
            attributes = {
                key.strip().lower(): text.strip()
                for key, _, text in (attribute.partition("=") for attribute in rest.split(";"))
            }
            domain = attributes.get("domain", "").lower().lstrip(".")
            # Control characters may not be sent back (RFC 6265bis, 5.7).
            if not pair.strip() or _CONTROL.search(pair) or (domain and not _is_at(target.host, domain)):
                continue
            path = attributes.get("path", "")
            place = _Place(
                name.strip() + mark,
                domain or target.host,
                path if path.startswith("/") else target.directory,
                not domain,
                "secure" in attributes,
            )
            self._forget(place)
            if not self._is_over(attributes) and len(self._kept) < _MOST:
                self._kept[place] = value.strip()

    def _is_over(self, attributes: Mapping[str, str]) -> bool:
        """Whether a cookie with these is none any more, which deletes it (RFC 6265, 5.3)."""
        age = attributes.get("max-age", "")
        if _AGE.fullmatch(age):
            return age.lstrip("0")[:1] in ("", "-")
        try:
            return parsedate_to_datetime(attributes.get("expires", "")).timestamp() <= self._now
        except (ValueError, OverflowError):
            return False

    def _forget(self, place: _Place) -> None:
        same = (place.name, place.domain, place.path)
        self._kept = {kept: value for kept, value in self._kept.items() if kept[:3] != same}

    def header(self, target: Target) -> str:
        """The value of `Cookie` for `target`; empty if there is none."""
        if not self._kept:
            return ""
        path = target.path.partition("?")[0]
        return "; ".join(
            f"{place.name}{value}"
            for place, value in self._kept.items()
            if (target.host == place.domain if place.is_host_only else _is_at(target.host, place.domain))
            and (path + "/").startswith(place.path.rstrip("/") + "/")
            and (target.scheme == "https" or not place.is_secure)
        )


def _in_utf_8(field: str) -> str:
    # What goes out is UTF-8: only so do the bytes come back as they were.
    try:
        return field.encode("latin-1").decode()
    except UnicodeDecodeError:
        return field


def _is_at(host: str, domain: str) -> bool:
    # A top-level domain alone is nobody's to set a cookie for.
    return host == domain or ("." in domain and host.endswith(f".{domain}"))
