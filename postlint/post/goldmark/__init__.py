"""Goldmark as Hugo has it: what a Hugo site's Markdown becomes.

The grammar is CommonMark's with Hugo's extensions, as in Goldmark 1.8.6 and Hugo 0.168 or, for a site that
says that it has an old Hugo, as in Goldmark 1.5.4 and Hugo 0.111. It is read by the engine for CommonMark, of
which this package says where Goldmark differs.
"""

from __future__ import annotations

from postlint.post.commonmark import with_line_feeds
from postlint.post.commonmark.inlines import References
from postlint.post.goldmark.blocks import GoldmarkBlocks
from postlint.post.goldmark.footnotes import place_footnotes
from postlint.post.goldmark.inlines import GoldmarkInlines
from postlint.post.goldmark.options import GoldmarkOptions
from postlint.post.mapped import Mapped
from postlint.post.nodes import Document, Heading

__all__ = ["Goldmark", "GoldmarkOptions"]


class Goldmark:
    """An engine that reads a body as Goldmark does. Everything parses; there are no errors to raise.

    Raw HTML that `unsafe` does not let through is a comment in the tree: the page has one in its place.
    """

    def __init__(self, options: GoldmarkOptions | None = None) -> None:
        options = options or GoldmarkOptions()
        self._options = options
        self._blocks = GoldmarkBlocks(options)
        self._inlines = GoldmarkInlines(options)

    def parse(self, text: Mapped) -> Document:
        """The page that `text` makes; spans are offsets into the file that it stands for.

        UNKNOWN stands for a shortcode each. An address that is no text of the file, as that of
        `www.example.org`, is the destination as the page has it, but not escaped.
        """
        document = with_line_feeds(text)
        state = self._blocks.read(document)
        references = References(state.links, state.footnotes)
        for node, pieces in state.inlines:
            node.children = tuple(self._inlines.nodes(document.derive(pieces), references))
            if isinstance(node, Heading) and not self._options.is_old:
                state.identify(node, pieces)
        place_footnotes(state)
        return state.page
