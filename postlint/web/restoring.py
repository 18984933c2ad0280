"""What an address was before a part of it was left out or lost.

It has to begin and end as what is left of it does, so a list of whole addresses of the same host tells: of
the blog's own posts, of the host's sitemap and feeds, of an archive. If exactly one fits, and answers, it is
what the author meant.
"""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote_to_bytes

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.urls import cut_escapes, elisions, split_url
from postlint.web.address import BadAddressError, OtherSchemeError, Target, parse
from postlint.web.archive import MOST_CAPTURES, Archive
from postlint.web.asking import Asker
from postlint.web.bodies import Decoded
from postlint.web.deadline import Deadline
from postlint.web.failures import Failure
from postlint.web.headers import Headers
from postlint.web.memory import Memory
from postlint.web.pages import decoded
from postlint.web.session import Session
from postlint.web.verdicts import Restoration

_LISTS = (
    "/sitemap.xml",
    "/rss",
    "/feed.xml",
    "/feed",
    "/atom.xml",
    "/rss.xml",
    "/index.xml",
    "/sitemap_index.xml",
    "/robots.txt",
)
"""Where hosts keep lists of their pages: sitemaps.org's place, those of the usual feeds, and the file that
names sitemaps elsewhere."""
_GZIP = b"\x1f\x8b"
_MAYBE_LATER = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Statuses that say nothing of what there is."""
_MOST_SITEMAPS = 20
"""Sitemaps that are read, beside those in the usual places."""
_DEPTH = 2
"""An index that robots.txt names has sitemaps, and these have no more of them (sitemaps.org)."""
_WRITTEN = lazy(r"(?P<half>%[0-9A-Fa-f]?\Z)|(?:%[0-9A-Fa-f]{2}|[^%])+|%")
_HALF = lazy(r"%?[0-9A-Fa-f]{0,2}")
_REST = lazy(r"[0-9A-Fa-f]{1,2}")
_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:?#@!$&'()*+,;=[]")
_ADDRESS = lazy(r"https?://[^\s<>\"'\]]+")
_ESCAPED = lazy(r"https?://[^\s<>\"]+")
_NAMED = lazy(r"^[ \t]*sitemap[ \t]*:[ \t]*([^\s#]+)", re.IGNORECASE | re.MULTILINE)
"""Source: sitemaps.org, "Specifying the Sitemap location in your robots.txt file"."""
_SITEMAP = lazy(r"<(?:\w+:)?sitemap\b")
_PLACE = lazy(r"<(?:\w+:)?loc\s*>\s*(?:<!\[CDATA\[\s*)?([^<\]\s]+)")
_MOST_KEPT = 32 * 2**20
"""Bytes of all addresses of all hosts that are kept."""
_OVERHEAD = 64
"""Bytes that each of them takes beside its characters."""


class Pieces(NamedTuple):
    """What is left of an address without its scheme, written as `_plain` does."""

    begin: str
    middle: tuple[str, ...]
    end: str

    @classmethod
    def of(cls, address: str) -> Pieces | None:
        """What `address` has around its gaps; None if it has none, or has them before its path."""
        gaps = _gaps(address)
        start = split_url(address).path_span.start
        if not gaps or gaps[0].start < start or not split_url(address).host:
            return None
        edges = [_beginning(address), *(edge for gap in gaps for edge in gap), len(address)]
        texts = [address[begin:end] for begin, end in zip(edges[::2], edges[1::2], strict=True)]
        parts = [_plain(text) for text in texts]
        return cls(parts[0], tuple(parts[1:-1]), parts[-1])

    def fit(self, candidate: str) -> bool:
        """Whether `candidate` may be the whole of it."""
        whole = _plain(candidate[_beginning(candidate) :])
        if not whole.startswith(self.begin):
            return False
        return any(whole.endswith(end) and self._holds(whole, len(end)) for end in _as_halves(self.end))

    def _holds(self, whole: str, ending: int) -> bool:
        """Whether the pieces in the middle stand, each behind something, between the others."""
        position, last = len(self.begin), len(whole) - ending
        for part in self.middle:
            places = [
                (found, half)
                for half in _as_halves(part)
                if (found := whole.find(half, position + 1, last)) >= 0
            ]
            if not places:
                return False
            found, half = min(places)
            position = found + len(half)
        return position < last


def _gaps(address: str) -> list[Span]:
    """Where something is missing. What is left of an escape beside an elision is no gap of its own."""
    elided = elisions(address)
    cuts = (cut.span for cut in cut_escapes(address))
    return sorted([*elided, *(cut for cut in cuts if not any(_touch(address, cut, gap) for gap in elided))])


def _touch(address: str, cut: Span, gap: Span) -> bool:
    between = address[cut.end : gap.start] if cut.end <= gap.start else address[gap.end : cut.start]
    return _HALF.fullmatch(between) is not None


def _as_halves(piece: str) -> tuple[str, ...]:
    """`piece`, and what it is if it begins with the rest of an escape, of which the case says nothing."""
    rest = _REST.match(piece)
    ends = range(1, rest.end() + 1) if rest is not None else ()
    return tuple(dict.fromkeys((piece, *(piece[:end].upper() + piece[end:] for end in ends))))


def _beginning(address: str) -> int:
    """Where the host begins: whether by `http` or `https` makes no other page."""
    span = split_url(address).host_span
    return 0 if span is None else span.start


def _plain(text: str) -> str:
    """`text` written in one way, by which the ways to write an address can be compared: each byte as the
    character that needs no escape, or escaped. What is left of an escape at either end stays as it is."""
    return _WRITTEN.sub(_rewritten, text)


def _rewritten(match: re.Match[str]) -> str:
    if match["half"] is not None:
        return match[0].upper()
    content = unquote_to_bytes(match[0])
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in content)


def fitting(address: str, whole: Iterable[str]) -> tuple[str, ...]:
    """Those of `whole` that `address` may have been, each page once."""
    pieces = Pieces.of(address)
    if pieces is None:
        return ()
    found: dict[str, str] = {}
    for candidate in whole:
        # What is no character there has lost what it was, and a password is nobody's to pass on.
        if "\ufffd" in candidate or split_url(candidate).userinfo_span is not None:
            continue
        if pieces.fit(candidate) and Pieces.of(candidate) is None:
            found.setdefault(_plain(candidate[_beginning(candidate) :]).rstrip("/"), candidate)
    return tuple(found.values())


class _Listed(NamedTuple):
    """Whole addresses that a source has."""

    addresses: tuple[str, ...]
    is_all: bool
    """Whether it could be read."""
    is_cut: bool = False
    """Whether it has more of them than were read."""


class _Text(NamedTuple):
    """What was read of a list."""

    content: str
    is_cut: bool


class Restorer:
    """Looks for whole addresses, from the nearest source to the farthest, until one has some that fit."""

    def __init__(
        self, session: Session, asker: Asker, memory: Memory, archive: Archive | None = None
    ) -> None:
        self._session = session
        self._asker = asker
        self._memory = memory
        self._archive = archive
        self._listed: dict[str, _Listed] = {}
        self._kept = 0

    async def restore(self, address: str, known: Iterable[str] = ()) -> Restoration:
        """What `address` may have been, of `known` (the blog's posts and their history) and of the web."""
        restoration = Restoration(fitting(address, known))
        if not restoration.candidates:
            restoration = await self._elsewhere(address)
        if len(restoration.candidates) != 1 or not restoration.is_all:
            return restoration
        [only] = restoration.candidates
        return restoration._replace(certain=only if await self._answers(only) else None)

    async def _answers(self, address: str) -> bool:
        target = parse(address)
        known = self._memory.recall(target.whole)
        if known is not None and self._memory.is_fresh(known):
            return known.evidence.verdict.is_success
        evidence = (await self._asker.ask(target, ())).evidence
        # Whether a failure means anything is for others to find out, if a post has the address.
        if evidence.verdict.is_success and target.fragment is None:
            self._memory.keep(target.whole, evidence)
        return evidence.verdict.is_success

    async def _elsewhere(self, address: str) -> Restoration:
        """The same of what the web knows."""
        if not self._session.settings.recheck:
            remembered = self._memory.recall_candidates(address)
            if remembered is not None:
                return Restoration(remembered)
        listed = await self._of_host(address)
        candidates, is_all = fitting(address, listed.addresses), listed.is_all
        if not candidates and self._archive is not None:
            listed = await self._captured(self._archive, address)
            candidates, is_all = fitting(address, listed.addresses), is_all and listed.is_all
        if len(candidates) == 1 and listed.is_cut:
            return Restoration(candidates, is_all=False)
        if candidates or is_all:
            self._memory.keep_candidates(address, candidates)
        return Restoration(candidates)

    async def _captured(self, archive: Archive, address: str) -> _Listed:
        gap = min([*elisions(address), *(cut.span for cut in cut_escapes(address))], default=None)
        if gap is None:
            return _Listed((), True)
        # Up to a directory: what is left of a name may end within a character.
        prefix = address[: gap.start].rpartition("/")[0] + "/"
        try:
            captured = await archive.captured(prefix)
            return _Listed(tuple(captured), True, is_cut=len(captured) >= MOST_CAPTURES)
        except (Failure, BadAddressError, OtherSchemeError):
            return _Listed((), False)

    async def _of_host(self, address: str) -> _Listed:
        """The addresses in the sitemap and the feeds of the host of `address`."""
        try:
            root = parse(address[: split_url(address).path_span.start] + "/")
        except (BadAddressError, OtherSchemeError):
            return _Listed((), True)
        if root.text not in self._listed:
            self._listed[root.text] = await self._lists(root)
        return self._listed[root.text]

    async def _lists(self, root: Target) -> _Listed:
        places = [root._replace(path=path) for path in _LISTS]
        begun = await self._text(places[0])
        if begun is None:
            return _Listed((), False)  # nor will a host that does not answer now answer for the others
        last = [begun, *await self._texts(places[1:])]
        texts, seen = last, dict.fromkeys(places)
        most = len(places) + _MOST_SITEMAPS
        for _ in range(_DEPTH):
            named = (_at(root, one) for text in last for one in _sitemaps(text.content if text else ""))
            new = list(dict.fromkeys(target for target in named if target is not None and target not in seen))
            last = await self._texts(new[: max(most - len(seen), 0)])
            texts = [*texts, *last]
            seen.update(dict.fromkeys(new))
        is_cut = len(seen) > most or any(text is not None and text.is_cut for text in texts)
        found: dict[str, None] = {}
        for address in (one for text in texts if text is not None for one in _addresses(text.content)):
            if address in found:
                continue
            self._kept += len(address) + _OVERHEAD
            if self._kept > _MOST_KEPT:
                is_cut = True
                break
            found[address] = None
        return _Listed(tuple(found), None not in texts, is_cut)

    async def _texts(self, targets: Iterable[Target]) -> list[_Text | None]:
        return await asyncio.gather(*map(self._text, targets))

    async def _text(self, target: Target) -> _Text | None:
        """What `target` answers; empty where there is nothing, None where it cannot be told."""
        settings = self._session.settings
        limit = settings.fragment_page_bytes

        def wanted(status: int, headers: Headers) -> int:
            return limit if status == 200 else 0

        chain = await self._session.walker.walk("GET", target, wanted, Deadline(settings.deadline))
        if chain.answer is None or chain.answer.status in _MAYBE_LATER:
            return None
        body = chain.answer.body
        if body is None:
            return _Text("", False)
        if body.content.startswith(_GZIP):
            # `sitemap.xml.gz` is a file that is packed, whatever the headers say.
            packed = Decoded("gzip", limit)
            packed.feed(body.content)
            body = packed.body(is_ended=body.is_whole)
        return _Text(decoded(body.content, chain.answer.headers.get("content-type")), not body.is_whole)


def _sitemaps(text: str) -> Iterator[str]:
    """The sitemaps that an index of them, or a robots.txt, has."""
    yield from (match[1] for match in _NAMED.finditer(text))
    for entry in _SITEMAP.split(text)[1:]:
        place = _PLACE.search(entry)
        if place:
            yield html.unescape(place[1])


def _at(root: Target, address: str) -> Target | None:
    """The target of `address` if it is at the host of `root`."""
    try:
        target = parse(address, root)
    except (BadAddressError, OtherSchemeError):
        return None
    return target if target.host == root.host else None


def _addresses(text: str) -> Iterator[str]:
    for match in _ADDRESS.finditer(text):
        address = html.unescape(match[0])
        inner = _ESCAPED.match(address)
        if inner is not None and inner.end() < len(address):
            # It is in the page that a feed has, whose marks are escaped, and what is escaped is so twice.
            address = html.unescape(inner[0])
        yield address
