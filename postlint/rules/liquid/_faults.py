"""What of a text Liquid cannot read, and stops at."""

from __future__ import annotations

import enum
from collections.abc import Iterator

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy

_OPENING = lazy(r"\{[{%]")
_NAME = lazy(r"-?\s*(\w+|#)")
_END_OF_RAW = lazy(r"\{%-?\s*endraw\b")
_BLOCKS = frozenset(
    ("if", "unless", "case", "for", "tablerow", "capture", "comment", "ifchanged", "highlight", "raw")
)
"""Liquid's tags that have an end (`lib/liquid/tags/`), and Jekyll's own (`lib/jekyll/tags/highlight.rb`)."""
_BRANCHES = frozenset(("else", "elsif", "when"))


class Kind(enum.Enum):
    NOT_TERMINATED = "not terminated"
    NO_NAME = "no name"
    NOT_CLOSED = "not closed"
    STRAY = "stray"


class Fault(NamedTuple):
    """`span` is that of the braces that are not closed, or of the whole tag, whose name is `tag`."""

    kind: Kind
    span: Span
    tag: str = ""


def faults(text: str, start: int) -> Iterator[Fault]:
    """What Liquid cannot read, in the order of the text.

    Liquid takes its text apart at `{% … %}` and at `{{` to the first `}` (`TemplateParser` in
    `lib/liquid.rb`), and then asks whether each part is whole (`lib/liquid/block_body.rb`).
    """
    found: list[Fault] = []
    open_tags: list[Fault] = []
    missing: set[str] = set()  # what closes nothing any more: a text of open braces costs one pass
    position = start
    while opening := _OPENING.search(text, position):
        at = opening.start()
        closing = "}" if opening[0] == "{{" else "%}"
        end = -1 if closing in missing else text.find(closing, at + 2)
        if end < 0:
            missing.add(closing)
            found.append(Fault(Kind.NOT_TERMINATED, Span(at, at + 2)))
            position = at + 2
        elif closing == "}":
            position = end + 2 if text.startswith("}", end + 1) else end + 1
            if not text.startswith("}}", end):
                found.append(Fault(Kind.NOT_TERMINATED, Span(at, at + 2)))
        else:
            position = end + 2
            name = _NAME.match(text, at + 2, end)
            if name is None:
                found.append(Fault(Kind.NO_NAME, Span(at, position)))
                continue
            tag = Fault(Kind.NOT_CLOSED, Span(at, position), name[1])
            if tag.tag == "raw":
                closed = _END_OF_RAW.search(text, position)
                last = text.find("%}", closed.end()) if closed else -1
                if last < 0:
                    found.append(tag)
                    break  # everything behind is in it
                position = last + 2
                continue
            found += _closed_by(tag, open_tags)
    yield from sorted(found + open_tags, key=lambda fault: fault.span)


def _closed_by(tag: Fault, open_tags: list[Fault]) -> list[Fault]:
    """The faults that `tag` brings to light; those that it closes are taken off `open_tags`."""
    name = tag.tag
    if name in _BLOCKS:
        open_tags.append(tag)
        return []
    in_comment = bool(open_tags) and open_tags[-1].tag == "comment"
    if name in _BRANCHES:
        return [] if open_tags else [tag._replace(kind=Kind.STRAY)]
    ended = name.removeprefix("end")
    if ended == name or ended not in _BLOCKS:
        return []
    found: list[Fault] = []
    names = [one.tag for one in open_tags]
    if ended not in names:
        return [] if in_comment else [tag._replace(kind=Kind.STRAY)]
    while open_tags[-1].tag != ended:
        found.append(open_tags.pop())
    open_tags.pop()
    return found
