"""kramdown's grammar: what Jekyll's default engine makes of a post's body.

An implementation of our own of what kramdown 2.4 and kramdown-parser-gfm 1.1 do, exactly: their
sources are the specification, and the tests hold every tree against theirs.
"""

from __future__ import annotations

from postlint.patterns import lazy
from postlint.post.kramdown.blocks import BlockParser
from postlint.post.kramdown.build import Builder
from postlint.post.kramdown.context import Context, SpanStarts
from postlint.post.kramdown.options import KramdownOptions
from postlint.post.kramdown.tree import Block
from postlint.post.mapped import Mapped, Piece
from postlint.post.nodes import Document

__all__ = ["Kramdown", "KramdownOptions"]

_CARRIAGE_RETURN = lazy("\r\n?")


class Kramdown:
    """Parses bodies with one site's options."""

    def __init__(self, options: KramdownOptions | None = None) -> None:
        self.options = options or KramdownOptions()
        self._starts = SpanStarts(self.options)

    def parse(self, text: Mapped) -> Document:
        """The tree of a body: as kramdown receives it, without front matter, its Liquid replaced."""
        span = text.span(0, len(text.text))
        source = _adapted(text)
        context = Context(self.options, self._starts)
        root = Block("root", span)
        BlockParser(source, context, root).parse()
        return Builder(context).document(root, span)


def _adapted(text: Mapped) -> Mapped:
    """The text with line feeds only, and one at its end (`adapt_source` in kramdown's `parser/base.rb`)."""
    body = text.text
    if "\r" not in body and body.endswith("\n"):
        return text
    pieces = []
    at = 0
    for match in _CARRIAGE_RETURN.finditer(body):
        pieces.append(Piece(at, match.start()))
        if match.end() - match.start() == 2:
            at = match.end() - 1
        else:
            pieces.append(Piece(match.start(), match.end(), "\n"))
            at = match.end()
    pieces.append(Piece(at, len(body)))
    if not body.endswith(("\n", "\r")):
        pieces.append(Piece(len(body), len(body), "\n"))
    return text.derive(pieces)
