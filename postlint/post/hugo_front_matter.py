"""Front matter as Hugo finds it: YAML, TOML or JSON (`parser/pageparser/pagelexer_intro.go`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.front_matter import FrontMatter, Syntax
from postlint.post.yaml_tree import Entry, Kind, Mapping, Problem, Scalar, Sequence, Tree, YamlError

_BEFORE = lazy(r"[ \t\r\n\ufeff]*")
_LINE_END = lazy(r"\r?\n?")
_NOT_LINE_END = lazy(r"[^\r\n]")
_JSON_SIGN = lazy(r'["{}]|\\.', 16)  # re.DOTALL
_DEEPEST = 50
_DELIMITERS = {"---": Syntax.YAML, "+++": Syntax.TOML}


class Place(NamedTuple):
    """Where a front matter stands. Spans are offsets into the file's text."""

    syntax: Syntax
    span: Span
    """With its delimiters, and with the line end behind."""
    content: Span
    closing: Span
    """Empty for JSON, which has no delimiters."""


def find(text: str) -> Place | None:
    """The front matter that `text` begins with; None if there is none, or if it is never closed."""
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    delimiter = text[start : start + 3]
    if delimiter in _DELIMITERS:
        return _delimited(text, start, delimiter)
    return _braced(text, start) if delimiter.startswith("{") else None


def begins(text: str) -> bool:
    """Whether Hugo takes the beginning of `text` for a front matter, closed or not."""
    before = _BEFORE.match(text)
    return text.startswith(("-", "+", "{"), before.end() if before else 0)


def _behind_line_end(text: str, offset: int) -> int:
    line_end = _LINE_END.match(text, offset)
    return line_end.end() if line_end else offset


def _delimited(text: str, start: int, delimiter: str) -> Place | None:
    content = _behind_line_end(text, start + len(delimiter))
    if content > start + len(delimiter) and text.startswith(delimiter, content):
        closing = content
    else:
        found = [text.find(line_end + delimiter, content) for line_end in "\r\n"]
        closing = min((offset + 1 for offset in found if offset >= 0), default=-1)
    if closing < 0:
        return None
    end = closing + len(delimiter)
    span = Span(start, _behind_line_end(text, end))
    return Place(_DELIMITERS[delimiter], span, Span(content, closing), Span(closing, end))


def _braced(text: str, start: int) -> Place | None:
    level, in_quotes = 0, False
    for match in _JSON_SIGN.finditer(text, start):
        sign = match[0]
        if sign == '"':
            in_quotes = not in_quotes
        elif not in_quotes and sign in "{}":
            level += 1 if sign == "{" else -1
            if not level:
                end = match.end()
                span = Span(start, _behind_line_end(text, end))
                return Place(Syntax.JSON, span, Span(start, end), Span(end, end))
    return None


def split(text: str) -> tuple[FrontMatter | None, int]:
    """The front matter of a file's text, and the offset at which its body begins.

    `text` has no byte order mark any more. What of TOML and JSON cannot be read has no keys. Raises nothing.
    """
    place = find(text)
    if place is None:
        return None, 0
    nothing = Mapping(Span(place.content.end, place.content.end), (), flow=False)
    if place.syntax is not Syntax.YAML:
        # Rules look for YAML between the delimiters.
        empty = Span(place.content.end, place.content.end)
        mapping = Mapping(place.content, tuple(_entries(text, place)), flow=False)
        return FrontMatter(place.span, empty, place.closing, mapping, None, place.syntax), place.span.end
    mapping, error = nothing, None
    if text[place.content.start : place.content.end].strip():
        from postlint.post.yaml_reader import (
            read,  # PyYAML takes longer to import than a front matter to read
        )

        blank = _NOT_LINE_END.sub(" ", text[: place.content.start])
        document = read(blank + text[place.content.start : place.content.end])
        error = document.error
        if isinstance(document.tree, Mapping):
            mapping = document.tree
        elif document.tree is not None and document.tree.value is not None:
            error = YamlError(document.tree.span, Problem.NOT_A_MAPPING)
    return FrontMatter(place.span, place.content, place.closing, mapping, error), place.span.end


def _entries(text: str, place: Place) -> Iterator[Entry]:
    """The keys of TOML or JSON, each where it is written first."""
    for key, value in _values(text[place.content.start : place.content.end], place.syntax).items():
        written = re.compile(rf"[\"']?\b{re.escape(key)}\b[\"']?[ \t]*[=:][ \t]*", re.MULTILINE)
        found = written.search(text, *place.content)
        start = found.start() if found else place.content.start
        behind = found.end() if found else start
        line_end = text.find("\n", behind, place.content.end)
        end = line_end if line_end >= 0 else place.content.end
        key_span = Span(start, min(start + len(key), behind))
        yield Entry(
            key, key_span, _tree(value, Span(behind, max(behind, end))), Span(start, max(behind, end))
        )


def _values(content: str, syntax: Syntax) -> dict[str, Any]:
    if syntax is Syntax.JSON:
        import json

        try:
            values = json.loads(content)
        except (ValueError, RecursionError):
            return {}
        return values if isinstance(values, dict) else {}
    from postlint.post import toml_reader

    read_values = toml_reader.read(content)
    return {} if isinstance(read_values, toml_reader.TomlError) else read_values


def _tree(value: Any, span: Span, depth: int = 0) -> Tree:
    """`value` as YAML has it, all of it at `span`."""
    if depth < _DEEPEST and isinstance(value, dict):
        entries = (Entry(key, span, _tree(inner, span, depth + 1), span) for key, inner in value.items())
        return Mapping(span, tuple(entries), flow=True)
    if depth < _DEEPEST and isinstance(value, list):
        return Sequence(span, tuple(_tree(item, span, depth + 1) for item in value), flow=True)
    match value:
        case None:
            return Scalar(span, "", Kind.NULL, None)
        case bool():
            return Scalar(span, str(value).lower(), Kind.BOOLEAN, value)
        case int():
            return Scalar(span, str(value), Kind.INTEGER, value)
        case float():
            return Scalar(span, str(value), Kind.FLOAT, value)
        case datetime():
            return Scalar(span, value.isoformat(), Kind.TIME, value.isoformat())
        case date():
            return Scalar(span, value.isoformat(), Kind.DATE, value.isoformat())
        case _:
            return Scalar(span, str(value), Kind.TEXT, str(value), '"')
