"""What the parts of the parser share while they read one post."""

from __future__ import annotations

import re

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post.kramdown.attributes import AttributeList
from postlint.post.kramdown.options import KramdownOptions
from postlint.post.kramdown.tree import Block

_SPACES = lazy("[ \\t\\n\\r\\f\\v]+")

MAXIMUM_DEPTH = 60
"""How deep blocks, and span elements, may nest; deeper is plain text. kramdown's own stack ends somewhere."""


class Definition:
    """`[label]: destination "title"`. `block` carries the attributes that a list behind it sets."""

    __slots__ = ("block", "destination", "destination_span", "title")

    def __init__(
        self, destination: str, destination_span: Span, title: str | None, block: Block | None
    ) -> None:
        self.destination = destination
        self.destination_span = destination_span
        self.title = title
        self.block = block


class Footnote:
    """`[^name]: …`; the children of `content` are the note, `marker` is the place of its definition."""

    __slots__ = ("content", "marker")

    def __init__(self, content: Block, marker: Block) -> None:
        self.content = content
        self.marker = marker


class SpanStarts:
    """Where spans may start, as a site's options have it."""

    def __init__(self, options: KramdownOptions) -> None:
        self.gfm = options.gfm
        self.hard_break = "\n" if options.hard_wrap else "\\\n"
        self.typographic = not (options.gfm and "no_auto_typographic" in options.gfm_quirks)
        self.line_breaks = not (options.gfm and options.hard_wrap)
        self.outside = re.compile("|".join(self._starts()))
        self.in_link = re.compile("|".join([*self._starts(), r"\]"]))

    def _starts(self) -> list[str]:
        """Characters that may begin a span element, or show that it began just before (see `run`).

        Each alternative begins with a plain character, so that a search may skip all others at once.
        """
        starts = [r"\*", "_", "`", "<", "&", r"\$", r"\\", r"\[", r"!\[", r"\{:", '"', "'"]
        if self.typographic:
            starts += ["--", r"\.\.\.", ">>"]
        if self.line_breaks:
            starts.append(r"\n(?<=  \n)")
        if self.gfm:
            starts.append("~~")
        return starts


class Context:
    """The options in force, which a post may change, and all that it defines for use elsewhere in it."""

    def __init__(self, options: KramdownOptions, starts: SpanStarts) -> None:
        self.options = options
        self.starts = starts
        self.auto_ids = options.auto_ids
        self.auto_id_prefix = options.auto_id_prefix
        self.auto_id_stripping = options.auto_id_stripping or options.gfm
        self.transliterated_header_ids = options.transliterated_header_ids
        self.parse_block_html = options.parse_block_html
        self.parse_span_html = options.parse_span_html
        self.header_offset = options.header_offset
        self.toc_levels = options.toc_levels
        self.named_lists: dict[str, AttributeList] = {}
        self.definitions: dict[str, Definition] = {}
        self.footnotes: dict[str, Footnote] = {}
        self.abbreviations: dict[str, tuple[str, Block]] = {}
        for label, (destination, title) in options.link_defs.items():
            self.definitions[normalized_label(label)] = Definition(destination, Span(0, 0), title, None)

    def set_option(self, name: str, value: str) -> None:
        """What `{::options name="value" /}` does; names that do not change the page are ignored."""
        if name in _BOOLEAN_OPTIONS:
            setattr(self, name, bool(value) and value.strip().lower() != "false")
        elif name == "auto_id_prefix":
            self.auto_id_prefix = value
        elif name == "header_offset":
            try:
                self.header_offset = int(value)
            except ValueError:
                return
        elif name == "toc_levels":
            self.toc_levels = _levels(value) or self.toc_levels


_BOOLEAN_OPTIONS = frozenset(
    {"auto_ids", "auto_id_stripping", "transliterated_header_ids", "parse_block_html", "parse_span_html"}
)


def _levels(value: str) -> frozenset[int]:
    first, dots, last = value.partition("..")
    if dots and first.isdecimal() and last.isdecimal() and len(first) == len(last) == 1:
        return frozenset(range(int(first), int(last) + 1))
    numbers = value.split(",")
    if all(len(number) == 1 and number.isdecimal() for number in numbers):
        return frozenset(map(int, numbers))
    return frozenset()


def lower(text: str) -> str:
    """Ruby's `String#downcase`, which knows no final sigma."""
    return text.lower() if text.isascii() else text.replace("\u03a3", "\u03c3").lower()


def normalized_label(label: str) -> str:
    """A link's label as definitions and references are compared (kramdown's `parser/kramdown/link.rb`)."""
    return lower(_SPACES.sub(" ", label))
