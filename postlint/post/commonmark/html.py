"""Raw HTML: the tags in it, and the places of their attributes."""

from __future__ import annotations

import re
from collections import Counter

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.post.mapped import Mapped
from postlint.post.nodes import HtmlComment, HtmlElement, Node

TAG = (
    r"<[A-Za-z][A-Za-z0-9-]*+"
    r"""(?:[ \t-\r]++[A-Za-z_:][A-Za-z0-9_.:-]*+"""
    r"""(?:[ \t-\r]*+=[ \t-\r]*+(?:[^ \t-\r"'=<>`]++|'[^']*+'|"[^"]*+"))?+)*+"""
    r"[ \t-\r]*+/?>|</[A-Za-z][A-Za-z0-9-]*+[ \t-\r]*+>"
)
"""An opening or closing tag (CommonMark 0.31.2, section 6.6)."""

_TAG_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:-]*")
_ATTRIBUTE = re.compile(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*+=\s*+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?"""
)
_MARKUP = re.compile(
    r"(?P<comment><!--(?:>|->|[\s\S]*?(?:-->|\Z)))"
    r"|(?P<instruction><\?[\s\S]*?(?:\?>|\Z)|<!\[CDATA\[[\s\S]*?(?:\]\]>|\Z)|<![A-Za-z][^>]*+(?:>|\Z))"
    r"|</(?P<closed>[A-Za-z][A-Za-z0-9:-]*+)(?=[\s/>])[^<>]*+>"
    r"""|<(?P<opened>[A-Za-z][A-Za-z0-9:-]*+)(?=[\s/>])(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>"""
)
_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"),
        *("track", "wbr"),
    )
)
"""Elements that have no closing tag (HTML Living Standard, 13.1.2)."""
_RAW_TEXT = ("script", "style", "textarea", "title")
"""Elements in whose text `<` opens no tag (HTML Living Standard, 13.1.2)."""


class _Parent(NamedTuple):
    """An element whose closing tag has not come yet."""

    element: HtmlElement
    start: int
    children: list[Node]


def element_at(leaf: Mapped, start: int, end: int, *, block: bool) -> HtmlElement:
    """The element that the opening tag at `[start, end)` of `leaf` begins."""
    text = leaf.text
    name = _TAG_NAME.match(text, start + 1)
    behind = name.end() if name else start + 1
    attributes: dict[str, str] = {}
    spans: dict[str, Span] = {}
    for match in _ATTRIBUTE.finditer(text, behind, end - 1):
        key = match["name"].lower()
        if key in attributes:
            continue
        group = match.lastgroup or "name"
        attributes[key] = "" if group == "name" else match[group]
        if group != "name":
            spans[key] = leaf.span(*match.span(group))
    span = leaf.span(start, end)
    element = HtmlElement(span, text[start + 1 : behind].lower(), span, block, False, spans)
    if attributes:
        element.attributes = attributes
    return element


def block_nodes(leaf: Mapped) -> list[Node]:
    """The elements and comments of an HTML block.

    An element goes to its closing tag, or, where that is not in this block, to the block's end:
    so far its text is left as it stands.
    """
    text = leaf.text
    page: list[Node] = []
    parents: list[_Parent] = []
    open_names: Counter[str] = Counter()

    def close(end: int) -> None:
        parent = parents.pop()
        open_names[parent.element.name] -= 1
        parent.element.span = leaf.span(parent.start, end)
        if parent.children:
            parent.element.children = parent.children

    position = 0
    end = len(text.rstrip(" \t\n"))
    while match := _MARKUP.search(text, position, end):
        position = match.end()
        siblings = parents[-1].children if parents else page
        if match["opened"]:
            element = element_at(leaf, *match.span(), block=True)
            element.raw = True
            siblings.append(element)
            if element.name in _VOID:
                continue
            parents.append(_Parent(element, match.start(), []))
            open_names[element.name] += 1
            if element.name in _RAW_TEXT:
                closing = re.compile(rf"</{element.name}\b", re.IGNORECASE).search(text, position, end)
                position = closing.start() if closing else end
        elif match["closed"]:
            name = match["closed"].lower()
            if open_names[name]:
                while parents[-1].element.name != name:
                    close(match.start())
                close(match.end())
        else:
            siblings.append(HtmlComment(leaf.span(*match.span())))
    while parents:
        close(end)
    return page
