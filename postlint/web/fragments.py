"""Whether a page has what a fragment names (HTML Standard, 7.4.6.3, "find a potential indicated element")."""

from __future__ import annotations

from urllib.parse import unquote

from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.site.likeness import Names
from postlint.web.pages import WORDY, Page

# A place in a program that runs on the page (`#/posts/1`, `#!list`), a time, a page of a PDF (`#t=30`); a
# line of a file (`#L10-L20` at GitHub, `#lines-10` at Bitbucket), a comment or another part of a long thread,
# which scripts find or bring.
_FOR_PROGRAMS = lazy(
    r"[/!?]|.*=|L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?\Z|lines-\d|[a-z]*comment[-_]?\d|discussion_r\d"
    r"|pullrequestreview-\d|diff-[0-9a-f]{32}"
)
# GitHub writes `user-content-` before the ids of what its users wrote, and finds them by a script.
_PREFIX = "user-content-"
_SCRIPT = lazy(r"(?i)<script\b")
_TEXT_DIRECTIVE = ":~:"
_LONGEST = 300
"""Characters of an id that anybody could have meant: some pages keep a megabyte in one."""


class Missing(NamedTuple):
    """A fragment that the page does not have."""

    nearest: str | None
    """The id that is most like it, if any is."""


def missing(fragment: str, page: Page | None) -> Missing | None:
    """None if `page` has it, or if that cannot be known."""
    name = fragment.partition(_TEXT_DIRECTIVE)[0]
    decoded = unquote(name)
    if not name or decoded.lower() == "top" or _FOR_PROGRAMS.match(decoded):
        return None
    if page is None or not page.is_whole:
        return None
    # Without any id, or with hardly a word, it is a script that makes the page, or that leads on.
    if len(page.text) < WORDY and _SCRIPT.search(page.source):
        return None
    if page.has_scripts and not any(len(one) > 1 for one in page.ids - {"root", "app", "__next", "main"}):
        return None
    if not page.ids.isdisjoint((name, decoded, _PREFIX + name, _PREFIX + decoded)):
        return None
    if len(decoded) > _LONGEST:
        return Missing(None)
    names = (one.removeprefix(_PREFIX) for one in page.ids if len(one) <= _LONGEST)
    return Missing(Names(names).nearest(decoded))
