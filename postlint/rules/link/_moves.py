"""What the new address of a page has to do with the old one."""

import enum
from urllib.parse import unquote

from postlint.patterns import lazy
from postlint.urls import Url, expiry, is_at, split_url
from postlint.urls.naming import short_hosts

_SESSION = lazy(
    r"(?i)[;?&](?:(?:jsessionid|phpsessid|aspsessionid\w*)=|(?:sid|session_?id|session|token)=[^&]{12})"
    r"|/\(S\(\w+\)\)/"
)
_LANGUAGE = lazy(r"(?i)(?:ko|kr|en)(?:[-_][a-z]{2,4})?")
"""Languages that postlint asks for, as a folder or the first label of a host."""
_NO_ESCAPE = lazy(r"%(?![0-9A-Fa-f]{2})")
_LANGUAGE_KEYS = frozenset({"hl", "lang", "language", "locale", "lc"})
_DEVICES = frozenset({"m", "mobile"})
_NOT_MEANT = lazy(
    r"(?i)(?:^|[/._-])(?:404|captcha|closed|err(?:or)?s?(?:[_-]?(?:404|page))?|expired|no[_-]?page"
    r"|not[_-]?found|parking|sorry|suspended|unavailable|verify|(?:age|human)[_-]?(?:check|verif\w+))"
    r"(?:[/._-]|$)"
)
"""Words in the path of a page that says why another is not shown."""


class Likeness(enum.Enum):
    SAME = "same"
    """It is the old one that stands for the page; the new one is how a server answers, or whom."""
    SECURE = "secure"
    """Only `http` became `https`."""
    OTHER = "other"
    DOUBTFUL = "doubtful"
    """It may be less than the old one, or another for each visitor."""


def as_written(old: str, new: str) -> str:
    """`new`, to which `old` leads on, with what no request tells: the fragment of `old`, unless `new` has its
    own (RFC 9110, section 10.2.2), and the name of a host that is the same as people read it."""
    before, after = split_url(old), split_url(new)
    if before.fragment_span is not None and after.fragment_span is None:
        new = f"{new}#{before.fragment}"
    place = after.host_span
    if place is None or before.host.isascii() or _ascii(before.host) != after.host:
        return new
    return new[: place.start] + before.host + new[place.end :]


def likeness(old: str, new: str) -> Likeness:
    """How `new`, to which a server leads on for good, stands to `old`, as somebody wrote it."""
    before, after = split_url(old), split_url(new)
    if is_at(before.host, short_hosts()) or _is_passing(before, after):
        return Likeness.SAME
    is_same_page = _place(before) == _place(after)
    if before.scheme.lower() == after.scheme.lower():
        if is_same_page:
            return Likeness.SAME
    elif after.scheme == "https":
        if is_same_page:
            return Likeness.SECURE
    else:
        return Likeness.DOUBTFUL
    if (bare := _for_everybody(before, after)) != _place(after):
        return Likeness.SAME if bare == _place(before) else Likeness.DOUBTFUL
    if _NO_ESCAPE.search(new) and not _NO_ESCAPE.search(old):
        return Likeness.DOUBTFUL
    if _is_further_up(before, after) or (
        _NOT_MEANT.search(after.path) and not _NOT_MEANT.search(before.path)
    ):
        return Likeness.DOUBTFUL
    return Likeness.OTHER


_Place = tuple[str, tuple[str, ...], tuple[str, ...]]
"""A host, the segments of a path, and the parts of a query, without what may differ between two ways to write
them."""


def _place(url: Url) -> _Place:
    port = "" if url.port in ("", "80", "443") else f":{url.port}"
    path = unquote(url.path).rstrip("/").split("/")
    return f"{_ascii(url.host)}{port}", tuple(path), tuple(unquote(url.query).split("&"))


def _ascii(host: str) -> str:
    if host.isascii():
        return host.lower()
    from postlint.web.hosts import BadHostError, ascii_host  # IDNA's tables are not small

    try:
        return ascii_host(host)
    except BadHostError:
        return host


def _is_passing(old: Url, new: Url) -> bool:
    """Whether the new address is good for a visit only."""
    if _SESSION.search(new.text) and not _SESSION.search(old.text):
        return True
    return "=" in new.query and expiry(new) is not None and expiry(old) is None


def _for_everybody(old: Url, new: Url) -> _Place:
    """The place of `new` without what a server may have chosen for who asked: a language, a telephone."""
    was, (host, path, query) = _place(old), _place(new)
    label, _, rest = host.partition(".")
    if rest and (label in _DEVICES or _LANGUAGE.fullmatch(label)) and not was[0].startswith(f"{label}."):
        host = rest if was[0] != f"www.{rest}" else was[0]
    path = tuple(one for one in path if one in was[1] or not _LANGUAGE.fullmatch(one))
    kept = tuple(one for one in query if one in was[2] or one.partition("=")[0].lower() not in _LANGUAGE_KEYS)
    return host, path, kept or ("",)


def _is_further_up(old: Url, new: Url) -> bool:
    """Whether `new` is a folder that `old` was in."""
    was, now = _place(old), _place(new)
    hosts = (place[0].removeprefix("www.") for place in (was, now))
    return len(set(hosts)) == 1 and len(now[1]) < len(was[1]) and was[1][: len(now[1])] == now[1]
