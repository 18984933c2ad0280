"""HTML that is no HTML to the page's engine: tags and comments which the page shows as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rules._candidates import parsed
from postlint.rules._html import ELEMENTS, VOID_ELEMENTS

_SPACE = r"[\s\u00a0]"
_BEGINS = lazy(rf"<(?:[ \t]?[A-Za-z][A-Za-z0-9]*{_SPACE}|!-)")
_TAG = lazy(
    rf"(?<!\\)<[ \t]?(?P<name>[A-Za-z][A-Za-z0-9]*)"
    rf"(?P<inside>{_SPACE}[^<>]{{0,4000}}?)(?P<end>/?\s*>|(?=<)|\Z)"
)
_COMMENT = lazy(r"(?<!\\)<!--?(?=[\s가-힣A-Za-z])[^\r\n]*")
_KNOWN = lazy(
    rf"{_SPACE}(?:src|href|style|class|id|width|height|align|alt|title|target|color|size|border|rel|name)"
    r"\s*=",
    re.IGNORECASE,
)
"""An attribute of HTML: nobody writes one between angle brackets but for a tag."""
_ATTRIBUTE = lazy(
    r"""(?P<before>[\s\u00a0,]*)(?P<name>[A-Za-z_:@][\w:.@-]*)(?:(?P<equals>[\s\u00a0]*=[\s\u00a0]*)(?:"""
    r"""(?P<quoted>"[^"]*"|'[^']*')|[“”](?P<double>[^“”"]*)[“”]|[‘’](?P<single>[^‘’']*)[‘’]|"""
    r"""(?P<bare>[^\s\u00a0"'<>=`“”‘’]+)))?"""
)


class ShownTag(NamedTuple):
    """An opening tag that stands on the page as text."""

    span: Span
    name: str
    mended: str | None
    """How to write it for the engine to know it; None where that is not certain."""
    is_misplaced: bool
    """It would be a tag as it stands, were it at the beginning of a line."""


def shown_tags(post: Post) -> Iterator[ShownTag]:
    """The opening tags of HTML that the page shows as text, in the order of the file."""
    if not post.has_in_text(_BEGINS):
        return
    text = post.source.text
    for node in post.nodes_of(nodes.Text):
        if "<" not in node.value:
            continue
        for match in _TAG.finditer(text, *node.span):
            if match["name"].lower() in ELEMENTS and _is_meant(match):
                mended = _mended(match)
                is_known = mended is not None and _is_tag(mended, match["name"], post)
                span = Span(*match.span())
                if not match["end"]:
                    span = Span(span.start, _end_of_line(text, span))
                is_misplaced = is_known and mended == match[0]
                yield ShownTag(
                    span, match["name"], mended if is_known and not is_misplaced else None, is_misplaced
                )


def shown_comments(post: Post) -> Iterator[Span]:
    """The beginnings of comments that nothing closes: each with the rest of its line."""
    if not post.has_in_text(_BEGINS):
        return
    for node in post.nodes_of(nodes.Text):
        if "<" in node.value:
            for match in _COMMENT.finditer(post.source.text, *node.span):
                yield Span(match.start(), match.start() + len(match[0].rstrip()))


def swallowing_comments(post: Post) -> Iterator[Span]:
    """The first lines of comments that go on to the end of what they stand in, and have text in them.

    So CommonMark has it where nothing closes one (0.31, section 4.6, kind 2); kramdown shows it as text.
    """
    for node in post.nodes_of(nodes.HtmlComment):
        written = post.source[node.span].rstrip()
        first, *others = written.splitlines() or [""]
        if first.startswith("<!--") and others and not written.endswith("-->"):
            yield Span(node.span.start, node.span.start + len(first.rstrip()))


def _is_meant(match: re.Match[str]) -> bool:
    inside = match["inside"]
    if not inside.strip():
        return "\u00a0" in inside and bool(match["end"])
    return _KNOWN.search(inside) is not None


def _end_of_line(text: str, span: Span) -> int:
    line = text[span.start : span.end].splitlines()[0]
    return span.start + len(line.rstrip())


def _mended(match: re.Match[str]) -> str | None:
    """The tag with its attributes in straight quotes and with a space before each."""
    if not match["end"]:
        return None
    inside, end = match["inside"], match["end"].strip()
    is_void = match["name"].lower() in VOID_ELEMENTS
    parts = [f"<{match['name']}"]
    done = 0
    while attribute := _ATTRIBUTE.match(inside, done):
        value = attribute["double"] or attribute["single"] or attribute["bare"]
        if attribute["bare"] and end == "/>" and not is_void and attribute.end() == len(inside):
            value, end = f"{value}/", ">"  # HTML takes it for a part of the value
        parts += " ", attribute["name"]
        if attribute["quoted"]:
            parts += "=", attribute["quoted"]
        elif attribute["equals"]:
            parts += "=", f'"{(value or "").strip()}"'
        done = attribute.end()
    if inside[done:].strip(" \t\r\n\u00a0,"):
        return None
    return "".join(parts) + (" />" if end.startswith("/") else ">")


def _is_tag(written: str, name: str, post: Post) -> bool:
    """Whether the engine takes `written` for a tag."""
    closing = "" if name.lower() in VOID_ELEMENTS else f"</{name}>"
    document = parsed(written + closing, post)
    return any(
        isinstance(node, nodes.HtmlElement) and node.opening_span == (0, len(written))
        for node in document.walk()
    )
