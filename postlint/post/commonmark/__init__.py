"""CommonMark and GitHub's dialect of it: what a Markdown file is that no site makes a page of.

The grammar is that of CommonMark 0.31.2 and, with `gfm`, that of GitHub Flavored Markdown 0.29:
tables, strikethrough, task lists, bare addresses and e-mail addresses, and GitHub's footnotes.
mistune is imported in this package and nowhere else.
"""

from __future__ import annotations

from postlint.patterns import lazy
from postlint.post.anchors import GithubIds
from postlint.post.commonmark.blocks import Blocks
from postlint.post.commonmark.inlines import Inlines, References
from postlint.post.mapped import Mapped, Piece
from postlint.post.nodes import Document, Heading

__all__ = ["CommonMark"]

_CARRIAGE_RETURN = lazy(r"\r(\n?)")
_GIVEN_ID = lazy(r"\{:?[ \t]*#([^\s{}#]+)[^{}]*\}\Z")
"""An id that a heading gives itself. GitHub shows it, but whoever wrote it knows an engine that heeds it."""


class CommonMark:
    """An engine that reads a body as CommonMark does, or, with `gfm`, as GitHub does.

    Everything parses; there are no errors to raise. Time and memory grow with the length of the text
    alone, however it nests: quotes and items nest 100 deep, as lists do on GitHub, and marks beyond
    that are text.
    """

    def __init__(self, *, gfm: bool = True) -> None:
        self._gfm = gfm
        self._blocks = Blocks(gfm=gfm)
        self._inlines = Inlines(gfm=gfm)

    def parse(self, text: Mapped) -> Document:
        """The page that `text` makes; spans are offsets into the file that it stands for.

        A span leaves out the indent before a block, and white space and the line end behind it. Of
        raw HTML, an element in a block goes to its closing tag or to the end of the block, one among
        text is its opening tag alone. With `gfm`, a heading has the id that GitHub gives it.
        """
        document = with_line_feeds(text)
        state = self._blocks.read(document)
        references = References(state.links, state.footnotes)
        ids = GithubIds()
        for node, pieces in state.inlines:
            node.children = tuple(self._inlines.nodes(document.derive(pieces), references))
            if self._gfm and isinstance(node, Heading):
                heading = node.text()
                node.id = ids.next(heading)
                if heading.endswith("}") and (given := _GIVEN_ID.search(heading)):
                    node.attributes = {"id": given[1]}
        return state.page


def with_line_feeds(text: Mapped) -> Mapped:
    """`text` with LF for each CR LF and CR (section 2.1)."""
    if "\r" not in text.text:
        return text
    pieces: list[Piece] = []
    start = 0
    for match in _CARRIAGE_RETURN.finditer(text.text):
        pieces.append(Piece(start, match.start()))
        start = match.start() + 1
        if not match[1]:
            pieces.append(Piece(match.start(), start, "\n"))
    return text.derive([*pieces, Piece(start, len(text.text))])
