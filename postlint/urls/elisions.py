"""Where an address was shortened for display and then copied.

Three dots stand in many addresses that are whole: in titles, in version ranges
(`compare/v1.0...v1.1`), in signatures (`#of-java.lang.String...-`), in formulas, and as the sign
by which an author says "any address". What tells a shortened one is where the dots stand: in
brackets, in the middle of an escaped character, in place of a directory, or right behind a word
at the very end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.urls.address import Url, is_example, split_url
from postlint.urls.escapes import broken_escapes, cut_escapes

_DOTS = r"(?:\.*…[….]*|\.{3,}|%E2%80%A6)"
_ELISION = lazy(rf"\[{_DOTS}\]|%5B{_DOTS}%5D|\.*…[….]*|\.{{3,}}", re.IGNORECASE)
_WORD_END = lazy(r"[\w-]\Z")
_EDGE = lazy(r"[/?#&=]")
# A page that is named by its title keeps the dots of the title.
_TITLED = lazy(r"/(?:wiki|w)/")
_RANGE = lazy(r"/compare/[^/]*\Z")
# What someone typed into a search box keeps its dots too: in the path, or under one of these names
# (`p` is Yahoo's, `k` Amazon's, `wq` JD's), or one that ends in `query`, as YouTube's `search_query`.
_SEARCH_PATH = lazy(r"/search/", re.IGNORECASE)
_SEARCH = frozenset(
    ("q", "p", "k", "wq", "search", "searchkeyword", "keyword", "keywords", "text", "title", "s", "wd")
)


@lru_cache(maxsize=512)
def elisions(url: str) -> tuple[Span, ...]:
    """What stands in `url` for a part that was left out: `[…]`, `…`, `...` and the like.

    Such an address leads nowhere. An address that consists of a host and dots, and one whose host
    is reserved for examples, is a placeholder and not shortened; `%E2%80%A6` is part of a title.
    Meant for a link's destination: in running text, dots may end the sentence.
    """
    if "..." not in url and "…" not in url and "%5B%E2%80%A6%5D" not in url.upper():
        return ()
    parts = split_url(url)
    if is_example(parts.host.strip(".…")):
        return ()
    edges = _edges_of_cuts(url)
    segments = [0, *(match.end() for match in _EDGE.finditer(url)), len(url) + 1]
    spans = (Span(*match.span()) for match in _ELISION.finditer(url))
    return tuple(span for span in spans if _is_elision(parts, span, edges, segments))


def _edges_of_cuts(url: str) -> set[int]:
    """Where escapes end or begin that lack a byte or a digit."""
    spans = [cut.span for cut in cut_escapes(url)] + [broken.span for broken in broken_escapes(url)]
    return {edge for span in spans for edge in span}


def _is_elision(parts: Url, span: Span, edges: set[int], segments: list[int]) -> bool:
    url = parts.text
    path = parts.path_span
    if span.start < path.start:
        # A host that was cut off, `https://blog.exam...`; there is no more of it to leave out.
        return span.end == len(url) and "." in parts.host.rstrip(".…")
    inside = url[span.start : span.end]
    if not inside.startswith((".", "…")):
        return path.end - path.start > span.end - span.start + 1 or path.end < len(url)
    if not edges.isdisjoint((span.start, span.end)):
        return True
    segment = bisect_right(segments, span.start)
    begins, ends = segments[segment - 1] == span.start, segments[segment] - 1 == span.end
    if begins and ends:
        # In place of a directory; at the end it may be anything, and is a placeholder.
        return span.end < path.end and url[span.end : path.end].strip("/") != ""
    return not begins and span.end == len(url) and _ends_cut_off(parts, span)


def _ends_cut_off(parts: Url, span: Span) -> bool:
    """Whether dots at the very end come from a program that had no room for more."""
    if parts.fragment_span is not None or not _WORD_END.search(parts.text, 0, span.start):
        return False
    if parts.query_span is not None:
        name = re.split(r"[&;]", parts.query)[-1].partition("=")[0].lower()
        return name not in _SEARCH and not name.endswith("query")
    path = parts.path[: span.start - parts.path_span.start]
    return not any(pattern.search(path) for pattern in (_TITLED, _RANGE, _SEARCH_PATH))
