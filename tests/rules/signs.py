"""What rules find where they are asked whatever the text: their signs may keep nothing from them."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from postlint.findings import Finding
from postlint.post.post import Post
from postlint.rule import Rule
from postlint.run.checking import examine


def without_signs(rule: Rule) -> Rule:
    """The same rule, asked of every text."""
    asked_always = copy(rule)
    vars(asked_always)["signs"] = ()
    return asked_always


def in_order(post: Post, rules: Sequence[Rule]) -> list[Finding]:
    """What `rules` find in `post`, sorted."""
    return sorted(examine(post, rules).findings, key=lambda finding: finding.sort_key)
