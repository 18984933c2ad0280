"""What a reader gets in place of the page: a login, a question that comes first, a notice of an authority, an
advertisement for the domain. Who shows the last two is data."""

from __future__ import annotations

from functools import cache
from urllib.parse import parse_qsl, unquote

from postlint import data
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.urls.address import is_within
from postlint.web.address import Target
from postlint.web.pages import Page

_LOGIN = lazy(
    r"(?i)/(?:(?:admin|customers?|members?|my|nid|service|site|users?|wp)[-_]?)?"
    r"(?:log[-_]?[io]n|sign[-_]?in)(?:[-_]?(?:check|form|page|required|user|view))?(?:[/.?;]|\Z)"
    r"|/(?:adfs/ls|authwall|oauth2?|openid-connect/auth|sso)(?:[/.?]|\Z)"
    r"|[?&](?:act|action|cmd|mid|mode|page|task|title|view)=[^&]*(?:log[-_]?in|sign[-_]?in)(?:[-_]?form)?"
    r"(?:&|\Z)"
    r"|[?&](?:samlrequest|response_type)="
)
_LOGIN_HOST = lazy(r"(?:log-?in|sign-?in|sso|accounts?)\.")
"""The names of hosts that have nothing but a login, as `accounts.google.com`."""
_CONSENT = lazy(r"(?i)/(?:cookies?[-_]?)?consent(?:[/.?]|\Z)")
_CONSENT_HOST = lazy(r"(?:consent|guce)\.")
"""The names of hosts that only ask for consent to cookies, as `consent.youtube.com`."""
_WAY_BACK = lazy(
    r"(?i)(?:back|camefrom|continue|dest|destination|dst|goto|next|orig|original|redir|redirect|ret|return"
    r"|target|user)(?:path|to|uri|url)?"
)
"""The names of parameters, without `_` and `-`, that say where to go on afterwards."""
_ADDRESS = frozenset(("url", "u"))
"""Those that do so if they have a whole address; a part of one may be how a program names its pages."""
_LITTLE_TEXT = 1_000
"""Characters up to which a page may be nothing but a stand-in."""


class _Row(NamedTuple):
    hosts: frozenset[str]
    paths: tuple[str, ...]
    marks: tuple[str, ...]


def is_login(first: Target, last: Target) -> bool:
    """Whether a redirect led from a page to a login."""
    return (_LOGIN.search(last.path) is not None and _LOGIN.search(first.path) is None) or (
        _LOGIN_HOST.match(last.host) is not None and _LOGIN_HOST.match(first.host) is None
    )


def is_consent(first: Target, last: Target) -> bool:
    """Whether a redirect led to what only asks for consent to cookies."""
    return (_CONSENT.search(last.path) is not None and _CONSENT.search(first.path) is None) or (
        _CONSENT_HOST.match(last.host) is not None and _CONSENT_HOST.match(first.host) is None
    )


def is_gate(first: Target, last: Target) -> bool:
    """Whether a redirect led to a page that says in its query that it leads back: it wants something first,
    such as one's age, or to be paid for the network."""
    query = last.path.partition("?")[2]
    if not query or first.path == last.path:
        return False
    # Where the address is not escaped, it ends for others at its first `&`.
    wholes = {unquote(one) for one in (first.text, first.whole, first.text.partition("&")[0])}
    paths = (first.path, first.path.partition("&")[0], first.path.partition("?")[0])
    parts = {unquote(one) for one in paths} - {"/"}
    for key, value in parse_qsl(query, errors="replace"):
        back = unquote(value)
        if back in wholes and key.lower() in _ADDRESS:
            return True
        if back in wholes | parts and _WAY_BACK.fullmatch(key.replace("_", "").replace("-", "")):
            return True
    return False


def is_forbidden(first: Target, last: Target, page: Page | None) -> bool:
    """Whether an authority does not let the page be shown here."""
    return _stands_in("law", first, last, page)


def is_parked(first: Target, last: Target, page: Page | None) -> bool:
    """Whether the domain shows nothing but advertisements, that it is for sale, or not paid for."""
    return _stands_in("parked", first, last, page)


def _stands_in(kind: str, first: Target, last: Target, page: Page | None) -> bool:
    source = "" if page is None or len(page.text) >= _LITTLE_TEXT else page.source
    is_elsewhere = last.text != first.text
    if not is_elsewhere and not source:
        return False
    for row in _rows()[kind]:
        if is_elsewhere and is_within(last.host, row.hosts) and not is_within(first.host, row.hosts):
            return True
        if is_elsewhere and last.path.startswith(row.paths) and not first.path.startswith(row.paths):
            return True
        if any(mark in source for mark in row.marks):
            return True
    return False


@cache
def _rows() -> dict[str, list[_Row]]:
    return {
        kind: [_Row(frozenset(row["hosts"]), tuple(row["paths"]), tuple(row["marks"])) for row in rows]
        for kind, rows in data.load("stand_ins").items()
    }
