"""Whether an address that readers see names the one that they get to."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from urllib.parse import unquote

from postlint import data
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.urls.address import is_local, split_url
from postlint.urls.hosts import is_at

_SHOWN = lazy(r"(?:https?://|www\.)[^\s<>]+", re.IGNORECASE)
_ALIASES = lazy(r"(?:www|m|mobile)\.(?=.*\.)")
"""Names under which a host serves the same pages, to telephones too."""
_SENTENCE_END = ".,;:!?)"
_INDEX = lazy(r"/(?:index\.\w{3,5})?\Z|\.html?\Z")
"""What servers add or leave out at the end of a path."""
_CUT_SHORT = lazy(r"(?:\.{2,}|…)\Z")
_SECOND_LEVEL = lazy(r"(?:ac|co|com|edu|go|gov|ne|net|or|org|pe|re)")


class _Place(NamedTuple):
    """An address without what may differ between two ways to write it."""

    host: str
    path: str
    query: Mapping[str, str]


def is_address(text: str) -> bool:
    """Whether `text` is an address of the web and nothing else."""
    return _SHOWN.fullmatch(text) is not None and "." in text


def names_another(shown: str, destination: str, short: Collection[str] | None = None) -> bool:
    """Whether `shown`, an address, certainly names another page than `destination`, one of the web.

    `short` are the hosts that stand for others, as in `short_hosts()`.

    It does not where either is shorter than the other, to be read more easily; where one of them only stands
    for others (`bit.ly`, `doi.org`) or contains the other (an archive, a redirector); or where a page of the
    same name moved to another host. What is left is a page that readers do not expect.
    """
    if "://" not in shown:
        shown = f"http://{shown}"
    cut = _CUT_SHORT.search(shown)
    left, right = _place(shown[: cut.start()] if cut else shown), _place(destination)
    if is_local(left.host) or is_local(right.host):
        return False
    if left.host != right.host:
        return _is_elsewhere(left, right, unquote(destination).casefold(), short)
    if cut:
        return not (right.path.startswith(left.path) or left.path.startswith(right.path))
    if left.path != right.path:
        shorter, longer = sorted((left.path, right.path), key=len)
        return not (_begins_with(longer, shorter) or _have_one_name(left, right))
    if not left.query or not right.query:
        return False
    common = left.query.keys() & right.query.keys()
    return not common or any(
        left.query[name] != right.query[name] for name in common & _identifying(left, right)
    )


def _is_elsewhere(shown: _Place, destination: _Place, whole: str, short: Collection[str] | None) -> bool:
    short = short_hosts() if short is None else short
    if any(is_at(place.host, short) for place in (shown, destination)):
        return False
    if f"{shown.host}{shown.path}" in whole:
        return False
    if _owner(shown.host) == _owner(destination.host):
        return False
    return not _have_one_name(shown, destination)


def _have_one_name(left: _Place, right: _Place) -> bool:
    """Whether it is one page in another folder, or in another language."""
    name = left.path.rpartition("/")[2]
    return bool(name) and name == right.path.rpartition("/")[2]


def _identifying(left: _Place, right: _Place) -> frozenset[str]:
    return frozenset(left.query.keys() | right.query.keys()) - _POSITIONS


_POSITIONS = frozenset(
    ("t", "index", "lang", "hl", "locale", "gl", "list", "pp", "si", "ab_channel", "start", "feature")
)
"""Parameters that say where to begin, among which others, or in which language."""


def _begins_with(path: str, beginning: str) -> bool:
    return path == beginning or path.startswith(f"{beginning}/")


def _place(address: str) -> _Place:
    url = split_url(address.replace("&amp;", "&"))
    host = _ALIASES.sub("", url.host.lower().rstrip("."), count=1)
    path = _INDEX.sub("", unquote(url.path).rstrip(_SENTENCE_END)).casefold()
    pairs = (pair.partition("=") for pair in url.query.split("&") if pair)
    return _Place(host, path, {name: unquote(value) for name, _, value in pairs})


def _owner(host: str) -> str:
    """The domain that someone registered: `example.co.kr` of `blog.example.co.kr`."""
    labels = host.split(".")
    wanted = 3 if len(labels) > 2 and _SECOND_LEVEL.fullmatch(labels[-2]) else 2
    return ".".join(labels[-wanted:])


@cache
def short_hosts() -> frozenset[str]:
    """Hosts whose addresses stand for those of others (data/short_hosts.yml)."""
    table = data.load("short_hosts")
    return frozenset(host for group in table.values() for host in group["hosts"])
