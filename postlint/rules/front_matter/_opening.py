"""Front matter that its engine does not see, and what would make it visible."""

from postlint.findings import Edit, applied
from postlint.patterns import lazy
from postlint.post.front_matter import split

COMMON_KEYS = frozenset(
    {
        *("author", "categories", "category", "comments", "date", "description", "draft", "excerpt"),
        *("image", "last_modified_at", "layout", "math", "mathjax", "permalink", "published"),
        *("redirect_from", "slug", "subtitle", "summary", "tag", "tags", "title", "toc", "use_math"),
    }
)
"""Keys of Jekyll (lib/jekyll/document.rb, page.rb), of its common plugins and of themes: where one of
them is, lines of `key: value` are front matter, and not a paragraph with a colon in it."""

KEY_LINE = lazy(r"[A-Za-z_][\w-]*[ \t]*:(?:[ \t].*)?$")
"""A line that gives a value to a key, or to one of the lines below it."""


def begins_with_key(text: str, start: int) -> bool:
    """Whether the first line behind `start` that is not blank is `key: value`, with a common key."""
    for line in text[start : start + _REACH].splitlines()[:_LINES]:
        if line.strip():
            match = KEY_LINE.match(line)
            return match is not None and line.partition(":")[0].rstrip() in COMMON_KEYS
    return False


_REACH, _LINES = 2000, 8
"""How far keys are looked for: front matter begins at once."""


def makes_front_matter(text: str, edits: tuple[Edit, ...]) -> bool:
    """Whether `text` has front matter with a common key once these edits, in order, are made."""
    front_matter, _ = split(applied(text, edits))
    if front_matter is None or front_matter.error is not None:
        return False
    return any(entry.key in COMMON_KEYS for entry in front_matter.entries)
