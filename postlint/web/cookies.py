"""The cookies of one chain of redirects: some servers lead on only who brings back what they gave.

What RFC 6265 (section 5) needs for that: names, values, domains, paths, `Secure`, and deletion. They live no
longer than the chain, so no times are kept.
"""

from __future__ import annotations

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.web.address import Target
from postlint.web.headers import Headers

_CONTROL = lazy(r"[\x00-\x08\x0a-\x1f\x7f]")
_MOST = 50
"""Cookies that are kept; browsers keep as many for a site at least (RFC 6265, 6.1)."""


class _Place(NamedTuple):
    name: str
    domain: str
    path: str
    is_host_only: bool
    is_secure: bool


class Cookies:
    """Those of one chain."""

    def __init__(self) -> None:
        self._kept: dict[_Place, str] = {}

    def take(self, headers: Headers, target: Target) -> None:
        """Keeps what the answer of `target` sets for its own host or the domain above it."""
        for field in headers.all("set-cookie"):
            pair, _, rest = field.partition(";")
            name, mark, value = pair.partition("=")
            attributes = {
                key.strip().lower(): text.strip()
                for key, _, text in (attribute.partition("=") for attribute in rest.split(";"))
            }
            domain = attributes.get("domain", "").lower().lstrip(".")
            # Control characters may not be sent back (RFC 6265bis, 5.7).
            if not mark or _CONTROL.search(pair) or (domain and not _is_at(target.host, domain)):
                continue
            path = attributes.get("path", "")
            place = _Place(
                name.strip(),
                domain or target.host,
                path if path.startswith("/") else target.directory,
                not domain,
                "secure" in attributes,
            )
            self._forget(place)
            if attributes.get("max-age", "1").lstrip("0")[:1] not in ("", "-") and len(self._kept) < _MOST:
                self._kept[place] = value.strip()

    def _forget(self, place: _Place) -> None:
        same = (place.name, place.domain, place.path)
        self._kept = {kept: value for kept, value in self._kept.items() if kept[:3] != same}

    def header(self, target: Target) -> str:
        """The value of `Cookie` for `target`; empty if there is none."""
        if not self._kept:
            return ""
        path = target.path.partition("?")[0]
        return "; ".join(
            f"{place.name}={value}"
            for place, value in self._kept.items()
            if (target.host == place.domain if place.is_host_only else _is_at(target.host, place.domain))
            and (path + "/").startswith(place.path.rstrip("/") + "/")
            and (target.scheme == "https" or not place.is_secure)
        )


def _is_at(host: str, domain: str) -> bool:
    # A top-level domain alone is nobody's to set a cookie for.
    return host == domain or ("." in domain and host.endswith(f".{domain}"))
