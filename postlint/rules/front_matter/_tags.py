"""Tags and categories: what Jekyll makes of how they are written."""

from collections.abc import Iterator, Sequence

from postlint.findings import Edit, applied
from postlint.post.front_matter import FrontMatter, split
from postlint.post.post import Kind, Post
from postlint.post.yaml_tree import Entry, Mapping, Scalar, Tree
from postlint.post.yaml_tree import Sequence as List
from postlint.rules.front_matter._quoting import double_quoted

PLURAL = frozenset({"tags", "categories"})
"""Keys of which Jekyll splits a text at spaces (`value_from_plural_key` in lib/jekyll/utils.rb)."""
SINGULAR = frozenset({"tag", "category"})
"""Keys of which it takes a text as it is (`value_from_singular_key`)."""

_NAMES = PLURAL | SINGULAR
_NO_TEXT = frozenset({"yes", "no", "on", "off", "true", "false", "null", "y", "n"})


def tag_entries(front_matter: FrontMatter, post: Post) -> Sequence[Entry]:
    """What gives a post its tags and categories. A page's are what a template makes of them."""
    if post.kind not in (Kind.POST, Kind.DRAFT):
        return ()
    return [entry for entry in front_matter.entries if entry.key in _NAMES]


def leaves(tree: Tree) -> Iterator[Scalar]:
    """The values of a list and of the lists in it, without recursion."""
    pending: list[Tree] = [tree]
    while pending:
        one = pending.pop()
        if isinstance(one, List):
            pending.extend(reversed(one.items))
        elif isinstance(one, Scalar):
            yield one


def holds_mapping(tree: Tree) -> bool:
    """Whether there is a `key: value` among the values, which is no tag."""
    pending: list[Tree] = [tree]
    while pending:
        one = pending.pop()
        if isinstance(one, Mapping):
            return True
        if isinstance(one, List):
            pending.extend(one.items)
    return False


def has_comment(tree: Tree, post: Post) -> bool:
    """Whether a list in brackets may hold a comment: it goes over several lines then."""
    written = post.source[tree.span]
    return "\n" in written and "#" in written


def flow_list(names: Sequence[str]) -> str:
    """`[a, b]`, each quoted where YAML would read something else."""
    return f"[{', '.join(map(_quoted, names))}]"


def _quoted(name: str) -> str:
    plain = name[:1].isalpha() and all(one.isalnum() or one in " ._+-" for one in name)
    if plain and name.lower() not in _NO_TEXT and name == name.strip():
        return name
    return double_quoted(name)


def becomes(post: Post, entry: Entry, edits: Sequence[Edit], wanted: Sequence[str]) -> bool:
    """Whether the key has just these values, none within another, once the edits are made."""
    front_matter, _ = split(applied(post.source.text, sorted(edits)))
    if front_matter is None or front_matter.error is not None:
        return False
    changed = front_matter.get(entry.key)
    if changed is None:
        return False
    tree = changed.tree
    if not isinstance(tree, List):
        return not wanted and changed.value is None
    return [item.text if isinstance(item, Scalar) else None for item in tree.items] == list(wanted)
