"""What takes its address from the definition of a link."""

from postlint.post import nodes
from postlint.post.post import Post


def users_of(definition: nodes.LinkDefinition, post: Post) -> list[nodes.Link | nodes.Image]:
    """The links and images of the page that refer to `definition`, in its order."""
    return [
        node
        for node in post.nodes_of(nodes.Link, nodes.Image)
        if node.destination_span == definition.destination_span
    ]
