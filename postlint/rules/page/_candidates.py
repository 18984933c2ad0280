"""What the page's engine would make of a piece of text, asked only where a fault has been found."""

from __future__ import annotations

from postlint.post import nodes
from postlint.post.mapped import Mapped
from postlint.post.post import Post


def parsed(text: str, post: Post) -> nodes.Document:
    """The page that `text` alone would be; spans are offsets into `text`."""
    piece = Mapped.whole(text + "\n")
    if post.liquid_regions:
        templates = post.home.conventions.templates
        piece = templates.rendered(piece, templates.regions(piece.text))
    return post.home.engine(post.kind).parse(piece)
