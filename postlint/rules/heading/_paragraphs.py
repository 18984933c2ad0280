"""Paragraphs that may have been meant for headings."""

from functools import lru_cache

from postlint.post import nodes
from postlint.post.post import Post


@lru_cache(maxsize=1)  # several rules ask for the same post
def beginning_with_hash(post: Post) -> tuple[nodes.Paragraph, ...]:
    """The paragraphs that begin with `#`, in the order of the page."""
    text = post.source.text
    return tuple([node for node in post.nodes_of(nodes.Paragraph) if text.startswith("#", node.span.start)])
