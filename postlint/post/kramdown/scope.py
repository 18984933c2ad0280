"""The inside of a span element while it is being read: its children, and text that grows."""

from __future__ import annotations

import re

from postlint.findings import Span
from postlint.post.kramdown.symbols import resolved
from postlint.post.kramdown.tree import Raw
from postlint.post.mapped import Mapped
from postlint.post.nodes import Abbreviation, LineBreak, Node, Text

EMPHASIS, STRONG, LINK = 1, 2, 4
"""What an element is in, itself included: these do not nest in themselves."""


class Place:
    """A text to read spans in, and the way to the file."""

    __slots__ = ("_raw", "_source", "abbreviations", "base", "hard_break", "plain", "text")

    def __init__(self, raw: Raw, hard_break: str, abbreviations: Abbreviations | None) -> None:
        source, pieces = raw.source, raw.pieces
        self._source: Mapped | None = None
        self._raw = raw
        self.base: int | None = None
        """What leads from the text to the file where all of it stands there in one piece."""
        if len(pieces) == 1 and pieces[0].replacement is None:
            start, end, _ = pieces[0]
            self.text = source.text[start:end]
            shift = source.shift(start, end)
            if shift is not None:
                self.base = shift + start
        else:
            self.text = self.source.text
        self.hard_break = hard_break
        """What breaks a line at its end beside kramdown's own: a backslash, or nothing at all."""
        self.abbreviations = abbreviations
        self.plain: dict[int, tuple[Text, str, str]] = {}
        """By a text node's `id`, where it is not the node's value, what goes into the id of a heading:
        GFM's and kramdown's own. The node is kept, so that no other can have its `id`."""

    @property
    def source(self) -> Mapped:
        if self._source is None:
            self._source = self._raw.source.derive(self._raw.pieces)
        return self._source

    def span(self, start: int, end: int) -> Span:
        base = self.base
        return self.source.span(start, end) if base is None else Span(base + start, base + end)


class Scope:
    """An element's children so far. Text is gathered and becomes a node when something else follows."""

    __slots__ = (
        "breaks",
        "children",
        "depth",
        "flags",
        "is_emphasis",
        "parts",
        "place",
        "raw",
        "run_end",
        "run_start",
        "symbol_last",
    )

    def __init__(self, place: Place, depth: int, flags: int = 0, *, breaks: bool = False) -> None:
        self.place = place
        self.depth = depth
        self.flags = flags
        self.is_emphasis = False
        self.raw = False
        """Whether the element's content is left as it stands."""
        self.breaks = breaks
        """Whether GFM's line breaks count here."""
        self.children: list[Node] = []
        self.parts: list[tuple[int, int, str | None, bool]] = []
        """Text so far: start, end, what stands in its place, whether that is a sign."""
        self.run_start = self.run_end = -1
        self.symbol_last = False

    @property
    def empty(self) -> bool:
        return not self.children and self.run_start < 0 and not self.parts

    @property
    def ends_in_node(self) -> bool:
        return self.run_start < 0 and not self.parts and bool(self.children)

    def add(self, start: int, end: int) -> None:
        """Text as it stands in `[start, end)`."""
        if start >= end:
            return
        if start == self.run_end:
            self.run_end = end
        else:
            self._end_run()
            self.run_start = start
            self.run_end = end
        self.symbol_last = False

    def add_value(self, start: int, end: int, value: str, *, sign: bool) -> None:
        """`value`, which `[start, end)` stands for."""
        self._end_run()
        self.parts.append((start, end, value, sign))
        self.symbol_last = sign

    def _end_run(self) -> None:
        if self.run_start >= 0:
            self.parts.append((self.run_start, self.run_end, None, False))
            self.run_start = self.run_end = -1

    def add_node(self, node: Node) -> None:
        if self.run_start >= 0 or self.parts:
            self.flush(last=False)
        self.children.append(node)

    def add_break(self, start: int, end: int) -> None:
        """A line break at `[start, end)`; spaces before it belong to it, as nobody sees them."""
        if self.run_end == start:
            text = self.place.text
            while start > self.run_start and text[start - 1] == " ":
                start -= 1
            self.run_end = start
            if start == self.run_start:
                self.run_start = self.run_end = -1
        self.add_node(LineBreak(self.place.span(start, end)))

    def flush(self, *, last: bool, block: bool = False) -> None:
        """Make a node of the text so far. `last` and `block` tell of the end of a block's text."""
        place = self.place
        text = place.text
        if not self.parts:
            start, end = self.run_start, self.run_end
            if start < 0:
                return
            self.run_start = self.run_end = -1
            value = text[start:end]
            if not (self.breaks and place.hard_break in value) and place.abbreviations is None:
                self._add_node_of_text(start, end, value, None)
                return
            self.parts = [(start, end, None, False)]
        self._end_run()
        parts = self.parts
        self.parts = []
        if self.breaks and any(
            part[2] is None and place.hard_break in text[part[0] : part[1]] for part in parts
        ):
            self._add_broken(parts, last=last and block)
        else:
            self._add_text(parts)

    def _add_broken(self, parts: list[tuple[int, int, str | None, bool]], *, last: bool) -> None:
        text, mark = self.place.text, self.place.hard_break
        gathered: list[tuple[int, int, str | None, bool]] = []
        for number, part in enumerate(parts):
            start, end, value, _ = part
            at = text.find(mark, start, end) if value is None else -1
            while at >= 0:
                if at > start:
                    gathered.append((start, at, None, False))
                self._add_text(gathered)
                gathered = []
                # What follows begins with the line end.
                start = at + len(mark) - 1
                # kramdown makes no line break of the very last line end of a block.
                if not (last and number + 1 == len(parts) and start + 1 == end):
                    self.children.append(LineBreak(self.place.span(at, start)))
                at = text.find(mark, start + 1, end)
            if value is not None:
                gathered.append(part)
            elif end > start:
                gathered.append((start, end, None, False))
        self._add_text(gathered)

    def _add_text(self, parts: list[tuple[int, int, str | None, bool]]) -> None:
        if not parts:
            return
        place = self.place
        text = place.text
        if place.abbreviations is not None and not self.raw:
            place.abbreviations.split(self, parts)
            return
        value = "".join(text[start:end] if value is None else value for start, end, value, _ in parts)
        without_signs = None
        if any(part[3] for part in parts):
            without_signs = "".join(text[s:e] if v is None else v for s, e, v, sign in parts if not sign)
        self._add_node_of_text(parts[0][0], parts[-1][1], value, without_signs)

    def _add_node_of_text(self, start: int, end: int, value: str, without_signs: str | None) -> None:
        shown = resolved(value) if self.raw else value
        node = Text(self.place.span(start, end), value=shown)
        self.children.append(node)
        if shown is not value or without_signs is not None:
            self.place.plain[id(node)] = (node, value, value if without_signs is None else without_signs)


class Abbreviations:
    """Finds a post's abbreviations in its text: kramdown's `parser/kramdown/abbreviation.rb`."""

    def __init__(self, definitions: dict[str, tuple[str, dict[str, str]]]) -> None:
        self.definitions = definitions
        names = "|".join(map(re.escape, sorted(definitions, key=len, reverse=True)))
        self.name = re.compile(names)
        # At the start of a line, as of the rest of the text behind a match, or behind a character that is no
        # ASCII word character, which is not part of the abbreviation.
        self.at_start = re.compile(rf"(?:{names})(?![A-Za-z0-9_])")
        self.inside = re.compile(rf"(?:^|[^A-Za-z0-9_])(?=(?:{names})(?![A-Za-z0-9_]))", re.MULTILINE)

    def split(self, scope: Scope, parts: list[tuple[int, int, str | None, bool]]) -> None:
        """Add the text of `parts` to `scope`, as text and abbreviations."""
        text, place = scope.place.text, scope.place
        value = "".join(text[start:end] if value is None else value for start, end, value, _ in parts)
        at = 0
        while at < len(value):
            start = -1
            if self.at_start.match(value, at):
                start = at
            else:
                found = self.inside.search(value, at)
                if found is not None:
                    start = found.start() if self.name.match(value, found.start()) else found.end()
            match = self.name.match(value, start) if start >= 0 else None
            if match is None:
                break
            self._add(scope, parts, value, at, start)
            at = match.end()
            title, attributes = self.definitions[match[0]]
            first, last = _locate(parts, start), _locate(parts, at - 1)
            span = place.span(first[0], last[1])
            scope.children.append(
                Abbreviation(
                    span,
                    children=(Text(span, value=match[0]),),
                    attributes={**attributes, "title": title} if title else attributes,
                    title=title,
                )
            )
        self._add(scope, parts, value, at, len(value))

    def _add(
        self, scope: Scope, parts: list[tuple[int, int, str | None, bool]], value: str, start: int, end: int
    ) -> None:
        if start < end:
            span = scope.place.span(_locate(parts, start)[0], _locate(parts, end - 1)[1])
            scope.children.append(Text(span, value=value[start:end]))


def _locate(parts: list[tuple[int, int, str | None, bool]], offset: int) -> tuple[int, int]:
    """Where the character at `offset` of the text of `parts` stands."""
    for start, end, value, _ in parts:
        length = end - start if value is None else len(value)
        if offset < length:
            return (start + offset, start + offset + 1) if value is None else (start, end)
        offset -= length
    return parts[-1][1], parts[-1][1]
