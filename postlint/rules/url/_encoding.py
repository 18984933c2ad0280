"""Fixes that encode an address or decode it, without changing what readers see."""

from postlint.findings import Edit, Fix, Safety, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Address, Destination, Post
from postlint.rule import fix
from postlint.rules._candidates import keeps_elements

_MARKUP = lazy(r"[\[\]_*`$~\\'\"&<>|{}!:]|--|\.\.\.")
"""What would be markup in the text of a link, and is none between `<` and `>`; but for `://`."""


def is_markup_in_text(address: str) -> bool:
    """Whether an address would show something else where it is the text of a link."""
    return _MARKUP.search(address.replace("://", "", 1)) is not None


def is_shown(address: Address) -> bool:
    """Whether the page shows the address itself, as it stands there."""
    return isinstance(address.owner, nodes.Link) and address.owner.kind is not nodes.LinkKind.INLINE


def encoding(address: Address, post: Post, encoded: str, title: Text, asked_by: str, *, is_same: bool) -> Fix:
    """The address becomes `encoded`; `is_same` says that a browser makes the same of what is written.

    `asked_by` is the code of the rule.

    `<https://…>` becomes a link that shows what it showed, where that can be.
    """
    if not is_shown(address):
        return fix(Safety.SAFE if is_same else Safety.UNSAFE, title, Edit(address.span, encoded))
    if (
        is_same
        and isinstance(address.owner, nodes.Link)
        and address.owner.kind is nodes.LinkKind.AUTOLINK
        and not is_markup_in_text(address.text)
        and not post.encloses(nodes.Link, address.owner.span)
    ):
        edit = Edit(address.owner.span, f"[{address.text}]({encoded})")
        if not _begins_line(edit, post) or keeps_elements([edit], post, asked_by):
            return fix(Safety.SAFE, title, edit)
    return fix(Safety.UNSAFE, title, Edit(address.span, encoded))


def _begins_line(edit: Edit, post: Post) -> bool:
    """Whether a `<` may keep its line from what stands above it, as from an item or a quote."""
    text = post.source.text
    line = text.rfind("\n", 0, edit.span.start) + 1
    return line > post.body_start and not text[line : edit.span.start].strip(" \t>")


def in_html(address: Destination, text: str) -> str:
    """`text` as it has to be written where the address stands."""
    return text.replace("&", "&amp;") if isinstance(address.owner, nodes.HtmlElement) else text
