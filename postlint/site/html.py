"""A page that is HTML from the start: no engine stands between it and the reader."""

from __future__ import annotations

from html.parser import HTMLParser

from postlint.findings import Span
from postlint.post.mapped import Mapped
from postlint.post.nodes import Document, HtmlElement, Node, Text
from postlint.post.source import Source

_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"),
        *("track", "wbr"),
    }
)
"""Elements that have no end tag (HTML Standard, 13.1.2)."""


class HtmlPage:
    """The engine of such pages: elements and text, without any Markdown."""

    def parse(self, text: Mapped) -> Document:
        reader = _Reader(text)
        reader.feed(text.text)
        reader.close()
        return Document(text.span(0, len(text.text)), children=reader.top)


class _Reader(HTMLParser):
    """Keeps the elements that are open; what is never closed ends with what is around it."""

    def __init__(self, text: Mapped) -> None:
        super().__init__(convert_charrefs=True)
        self._text = text
        self._source = Source(text.text.replace("\r", " "))  # the parser ends lines at line feeds only
        self.top: list[Node] = []
        self._open: list[tuple[str, list[Node]]] = []

    def _add(self, node: Node) -> None:
        (self._open[-1][1] if self._open else self.top).append(node)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._source.line_span(line).start + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._offset()
        span: Span = self._text.span(start, start + len(self.get_starttag_text() or ""))
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, value or "")
        children: list[Node] = []
        node = HtmlElement(span, tag, span, block=True, raw=True, attributes=attributes, children=children)
        self._add(node)
        if tag not in _VOID:
            self._open.append((tag, children))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        start = self._offset()
        self._add(Text(self._text.span(start, min(len(self._text.text), start + len(data))), data))
