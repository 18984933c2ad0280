"""YAML as Jekyll reads it.

Jekyll hands its YAML to libyaml, and so does PyYAML where it is built with it: what the one
refuses the other refuses, at the same place. Only the events are taken from there; PyYAML's
composer refuses more than Ruby does, and fills the stack where the text tells it to.

Importing this module imports PyYAML.
"""

from __future__ import annotations

from functools import lru_cache

import yaml

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.yaml_errors import Complaint, Progress, explain
from postlint.post.yaml_scalars import resolve
from postlint.post.yaml_tree import (
    Entry,
    Kind,
    Mapping,
    Problem,
    Scalar,
    Sequence,
    Tree,
    YamlDocument,
    YamlError,
)

MAX_NODES = 100_000
"""How many nodes a document may have, aliases written out: far more than any front matter, and
few enough that aliases of aliases of aliases cannot fill the memory."""

MAX_DEPTH = 100
"""How deep collections may nest. Far beyond it, libyaml takes quadratic time and Ruby gives up."""

# What libyaml's reader.c does not take; PyYAML's reader.py takes the same.
_NOT_YAML = lazy(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_BREAKS = "\n\r\x85\u2028\u2029"
_REST_OF_LINE = lazy(rf"[ \t]*(?:#[^{_BREAKS}]*)?(?:\r\n|[{_BREAKS}]|\Z)")


@lru_cache(maxsize=1024)  # the site asks for the front matter of its posts, too
def read(text: str) -> YamlDocument:
    """The first document in `text`. Raises nothing: what cannot be read is an error in the result."""
    reader = _Reader(text)
    try:
        return YamlDocument(reader.read())
    except _RefusedError as refused:
        return YamlDocument(None, refused.error)
    except yaml.MarkedYAMLError as error:
        return YamlDocument(None, explain(text, _complaint(error), reader.progress))


def _complaint(error: yaml.MarkedYAMLError) -> Complaint:
    message = " ".join(part for part in (error.context, error.problem) if part)
    context = error.context_mark.index if error.context_mark else None
    return Complaint(message, error.problem_mark.index if error.problem_mark else 0, context)


class _RefusedError(Exception):
    """Raised for what the parser takes, but Ruby or postlint does not."""

    def __init__(self, span: Span, problem: Problem) -> None:
        super().__init__(problem.value)
        self.error = YamlError(span, problem)


class _Open:
    """A collection whose end has not been read yet; `depth` is that of its deepest child."""

    def __init__(self, start: int, event: yaml.CollectionStartEvent, nodes_before: int) -> None:
        self.start = start
        self.event = event
        self.nodes_before = nodes_before
        self.children: list[Tree] = []
        self.depth = 0


class _Anchored(NamedTuple):
    tree: Tree
    nodes: int
    depth: int


class _Reader:
    """Builds the tree without recursion: how deep it goes is for the text to choose."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[_Open] = []
        self._root: Tree | None = None
        self._anchors: dict[str, _Anchored | None] = {}
        """None for a collection that is not closed yet."""
        self._nodes = 0
        self._last = Span(0, 0)
        self._last_style = ""

    @property
    def progress(self) -> Progress:
        brackets = [frame.start for frame in self._open if frame.event.flow_style]
        return Progress(self._last, self._last_style, brackets)

    def read(self) -> Tree:
        unreadable = _NOT_YAML.search(self._text)
        if unreadable:
            # libyaml would say so too, but counts bytes when it says where.
            raise _RefusedError(Span(*unreadable.span()), Problem.CONTROL_CHARACTER)
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(self._text)
        try:
            while not isinstance(event := loader.get_event(), (yaml.DocumentEndEvent, yaml.StreamEndEvent)):
                self._take(event, event.start_mark.index, event.end_mark.index)
        finally:
            loader.dispose()
        return self._root or Scalar(Span(len(self._text), len(self._text)), "", Kind.NULL, None)

    def _take(self, event: yaml.Event, start: int, end: int) -> None:
        if isinstance(event, yaml.ScalarEvent):
            scalar = self._scalar(event, start, end)
            self._add(scalar, event.anchor, nodes_before=self._nodes)
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor or "", Span(start, end))
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self._open) == MAX_DEPTH:
                raise _RefusedError(Span(start, max(end, start + 1)), Problem.TOO_COMPLEX)
            if event.anchor is not None:
                self._anchors[event.anchor] = None
            self._open.append(_Open(start, event, self._nodes))
        elif isinstance(event, yaml.CollectionEndEvent):
            frame = self._open.pop()
            tree = self._collection(frame, end)
            self._add(tree, frame.event.anchor, nodes_before=frame.nodes_before, depth=frame.depth + 1)

    def _add(
        self, tree: Tree, anchor: str | None, *, nodes_before: int, nodes: int = 1, depth: int = 0
    ) -> None:
        """Put a finished node where it belongs."""
        self._nodes += nodes
        if self._nodes > MAX_NODES or len(self._open) + depth > MAX_DEPTH:
            raise _RefusedError(tree.span, Problem.TOO_COMPLEX)
        if anchor is not None:
            self._anchors[anchor] = _Anchored(tree, self._nodes - nodes_before, depth)
        if self._open:
            self._open[-1].children.append(tree)
            self._open[-1].depth = max(self._open[-1].depth, depth)
        else:
            self._root = tree

    def _scalar(self, event: yaml.ScalarEvent, start: int, end: int) -> Scalar:
        style = event.style or ""
        if style in ("|", ">"):
            # The parser ends a block scalar where the next thing begins.
            end = start + len(self._text[start:end].rstrip())
        self._last, self._last_style = Span(start, end), style
        # The second says whether a quoted scalar needs no tag, so that a quoted `12` is text, but
        # `!!int "12"` is a number.
        quoted = event.implicit[1]
        kind, value = (Kind.TEXT, event.value) if quoted else resolve(event.value)
        return Scalar(Span(start, end), event.value, kind, value, style, event.tag, event.anchor)

    def _alias(self, name: str, span: Span) -> None:
        self._last, self._last_style = span, "*"
        if name not in self._anchors:
            raise _RefusedError(span, Problem.UNKNOWN_ALIAS)
        anchored = self._anchors[name]
        if anchored is None:
            raise _RefusedError(span, Problem.TOO_COMPLEX)
        tree = anchored.tree
        placed: Tree
        if isinstance(tree, Scalar):
            placed = Scalar(span, tree.text, tree.kind, tree.value, tree.style, tree.tag)
        elif isinstance(tree, Sequence):
            placed = Sequence(span, tree.items, tree.flow, tree.tag)
        else:
            placed = Mapping(span, tree.entries, tree.flow, tree.tag)
        self._add(placed, None, nodes_before=self._nodes, nodes=anchored.nodes, depth=anchored.depth)

    def _collection(self, frame: _Open, end: int) -> Tree:
        event, children = frame.event, frame.children
        flow = bool(event.flow_style)
        if not flow:
            # Here too the parser's end is where the next thing begins.
            end = max((child.span.end for child in children[-2:]), default=frame.start)
        span = Span(frame.start, end)
        self._last, self._last_style = span, "]" if flow else ""
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(span, tuple(children), flow, event.tag, event.anchor)
        pairs = zip(children[::2], children[1::2], strict=True)
        entries = tuple(self._entry(key, tree) for key, tree in pairs)
        return Mapping(span, entries, flow, event.tag, event.anchor)

    def _entry(self, key: Tree, tree: Tree) -> Entry:
        start, end = key.span.start, max(key.span.end, tree.span.end)
        span = Span(start, end)
        line_start = 0
        for line_break in _BREAKS:  # the first is the most common: the others need not look far
            line_start = max(line_start, self._text.rfind(line_break, line_start, start) + 1)
        rest = _REST_OF_LINE.match(self._text, end)
        if rest and not self._text[line_start:start].strip(" "):
            span = Span(line_start, rest.end())
        if isinstance(key, Scalar):
            return Entry(key.text, key.span, tree, span, text_key=key.kind is Kind.TEXT)
        return Entry(self._text[key.span.start : key.span.end], key.span, tree, span, text_key=False)
