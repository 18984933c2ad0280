"""Pages that say "not found" with the status 200.

Three signs, none of which an article about error pages has: what a platform is known to show for nothing
else; that a deep address ends at a front page; and that a nonsense address in the same folder is answered
alike. Pages that a program makes in the browser are alike for every address, so likeness alone tells nothing:
the page has to say so too, or to have much text that no program made.
"""

from __future__ import annotations

import difflib
import enum
import re
from collections import Counter
from functools import cache, lru_cache
from urllib.parse import quote

from postlint import data
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.urls.address import is_within, split_url
from postlint.urls.hosts import by_host, rows_at
from postlint.web.address import Target
from postlint.web.chain import Chain
from postlint.web.pages import WORDY, Page

_LANGUAGES = "ar|cn|cs|da|de|el|en|es|fi|fr|he|hi|hu|id|it|ja|jp|ko|kr|nb|nl|pl|pt|ro|ru|sv|th|tr|uk|us|vi|zh"
_FRONT = lazy(
    r"/(?:(?:index|default|main|home)(?:\.\w+)?|m|(?:" + _LANGUAGES + r")(?:[-_][a-zA-Z]{2,4})?)?/?(?:\?.*)?"
)
_LIST = lazy(r"/(?:blog|weblog|posts|articles|news|archives?)/?(?:\?.*)?", re.IGNORECASE)
"""Where a blog lists its posts, which many have moved to the front page of their site."""
_NAMES_PAGE = lazy(
    r"(?i)[?&](?:act|action|article(?:_?id|_?no)?|attachment_id|bo_table|board(?:_?id)?|cat|document_srl"
    r"|file|id|idx|menu_?id|mid|mode|module|no|p|page(?:_?id)?|path|post(?:_?id)?|seq|tag|title|view|wr_id)"
    r"=(?!404|err|not)[^&]"
)
"""A query by which a program of one file, such as `/index.php`, knows which of its pages is asked for."""
_OF_A_FRONT_PAGE = 2
"""Segments of a path from which on another site's front page cannot be what it meant."""
_OF_A_NAME = 4
"""Characters from which on a name is not found in a host's by chance."""
_ALERT = lazy(r"\balert\(\s*[\"']([^\"'\n]{1,200})[\"']\s*\)")
_NUMBER = lazy(r"[0-9]+")
_LIKENESS = 0.9
_FEW_WORDS = 200
"""Up to which the longest parts that two texts share are looked for; of more, groups of three are counted."""
_FEW_CHARACTERS = 1_000
_COMPARED = 4_000
"""Characters of text that are compared, and kept."""


class Platform(NamedTuple):
    """A platform whose pages for what is not there are known."""

    name: str
    hosts: tuple[str, ...]
    marks: tuple[str, ...]


class Sibling(NamedTuple):
    """How a host answers for an address in a folder that cannot be."""

    is_honest: bool
    """Whether it says 404 or 410, or at least nothing that passes for a page."""
    final: str = ""
    """Where it was led to, if not."""
    title: str = ""
    text: str = ""


@lru_cache(maxsize=4096)
def platform_at(host: str) -> Platform | None:
    """The platform that `host` belongs to, if its pages have to be read."""
    return next(rows_at(_platforms(), host), None)


def says_not_found(host: str, page: Page) -> bool:
    """Whether a known platform shows `page` for nothing else than a page that is not there."""
    platform = platform_at(host)
    return platform is not None and any(mark in page.source for mark in platform.marks)


def ends_at_front(first: Target, last: Target) -> bool:
    """Whether a redirect led from a page of its own to a front page."""
    if not _is_front(last) or _is_front(first):
        return False
    if _site(first.host) == _site(last.host):
        return _LIST.fullmatch(first.path) is None
    segments = first.path.partition("?")[0].strip("/").split("/")
    if len(segments) < _OF_A_FRONT_PAGE or is_within(first.host, _shorteners()):
        return False
    # What had a folder may have got a host of its own, as `/projects/haneul/` that leads to `haneul.org`.
    name = segments[-1].lower()
    return len(name) < _OF_A_NAME or name not in last.host


def _is_front(target: Target) -> bool:
    return _FRONT.fullmatch(target.path) is not None and _NAMES_PAGE.search(target.path) is None


def may_be_missing(chain: Chain) -> bool:
    """Whether what was answered could be a page about a missing one: an image or a PDF could not, unless
    all that is missing leads to it."""
    return bool(chain.hops) or chain.answer is None or chain.answer.headers.may_be_of_page


def folder_of(target: Target) -> Target | None:
    """The folder that the page at `target` is in, which for `/a/b/` is `/a/` as it is for `/a/b`; None for a
    front page, which cannot be missing."""
    path = target.path.partition("?")[0]
    if _FRONT.fullmatch(path):
        return None
    return target._replace(path=path.rstrip("/").rpartition("/")[0] + "/", fragment=None)


def sibling_of(target: Target, folder: Target, token: str) -> Target:
    """An address in the `folder` of `target` that cannot be, of the form that those there have."""
    path = target.path.partition("?")[0]
    name = path.rstrip("/").rpartition("/")[2]
    _, dot, ending = name.rpartition(".")
    suffix = f".{ending}" if dot and ending.isalnum() and len(ending) <= 5 else ""
    slash = "/" if path.endswith("/") else ""
    return folder._replace(path=f"{folder.path}{token}{suffix}{slash}")


def sibling(chain: Chain, page: Page | None) -> Sibling | None:
    """What the answer for a nonsense address tells; None if it tells nothing."""
    if chain.answer is None:
        return None
    if chain.answer.is_success:
        return Sibling(False, _end(chain), page.title if page else "", page.text[:_COMPARED] if page else "")
    return Sibling(True) if chain.answer.status in (404, 410) else None


def is_like(chain: Chain, page: Page | None, other: Sibling) -> bool:
    """Whether an answer is the one that a nonsense address in its folder gets."""
    if other.final and chain.hops:
        return _end(chain) == other.final
    if page is None or other.final or chain.hops or page.title != other.title:
        return False
    if not _alike(page.text[:_COMPARED], other.text):
        return False
    return (len(page.text) >= WORDY and not page.has_scripts) or said(page) is not None


class Said(enum.Enum):
    """What a page says that is shown for every address of a folder."""

    MISSING = "missing"
    """That there is no such page."""
    CLOSED = "closed"
    """That the site is closed for a while."""
    REFUSED = "refused"
    """That who asked is not let in."""


def said(page: Page) -> Said | None:
    """The first of these that `page` says; None if it says none of them."""
    # A page may be nothing but a script that says it, and goes back.
    alerts = () if page.has_scripts or len(page.text) >= WORDY else _ALERT.findall(page.source)
    words = " ".join((page.title, page.text, *alerts)).lower().replace("’", "'")
    if any(phrase in words for phrase in _phrases("missing") if not phrase.isdigit()):
        return Said.MISSING
    # A number is none within another.
    if not _phrases("missing").isdisjoint(_NUMBER.findall(words)):
        return Said.MISSING
    # In many words, one of these may be of something else, such as a form.
    few = words[:_FEW_CHARACTERS]
    others = (Said.CLOSED, Said.REFUSED)
    return next((one for one in others if any(phrase in few for phrase in _phrases(one.value))), None)


def _end(chain: Chain) -> str:
    """Where redirects have led, without the path that they began at, which some repeat; empty without any."""
    if not chain.hops:
        return ""
    place, mark, query = chain.last.text.partition("?")
    path = split_url(chain.hops[0].address).path
    for own in (quote(path, safe=""), path) if len(path) > 1 else ():
        query = re.sub(re.escape(own), "", query, flags=re.IGNORECASE)
    return f"{place}{mark}{query}"


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    # A page that says which address it has not differs in that only.
    first, second = one.split(), other.split()
    if max(len(first), len(second)) <= _FEW_WORDS:
        return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= _LIKENESS
    # Where few words come again and again, that would take a minute, in which no other host is heard.
    threes, others = (Counter(zip(words, words[1:], words[2:], strict=False)) for words in (first, second))
    return 2 * (threes & others).total() >= _LIKENESS * (threes.total() + others.total())


def _site(host: str) -> str:
    return host.removeprefix("www.").removeprefix("m.")


@cache
def _platforms() -> dict[str, tuple[Platform, ...]]:
    return by_host(
        Platform(row["name"], tuple(row["hosts"]), tuple(row["marks"]))
        for row in data.load("soft_404")["platform"]
    )


@cache
def _phrases(kind: str) -> frozenset[str]:
    return frozenset(data.load("soft_404")[kind]["texts"])


@cache
def _shorteners() -> frozenset[str]:
    return frozenset(host for group in data.load("short_hosts").values() for host in group["hosts"])
