"""From libyaml's complaint to what the author wrote wrong, and where.

libyaml says where it gave up and what it had hoped for; the slip is often an earlier one. The
wording matched here is that of its scanner.c and parser.c, which PyYAML's pure scanner and parser
share but for a few words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.yaml_tree import Problem, YamlError

_LINE_BREAK = lazy(r"\r\n|[\n\r\x85\u2028\u2029]")
_PAIR = lazy(r"\s*(?:- +)*[^\s#][^\n]*?:[ \t]+(?=[^\s#])")
_KEY = lazy(r"\s*(?:- +)*[^\s#][^\n]*:(?=\s|\Z)")
_OPENERS = ("an alias", "an anchor", "a block scalar", "a tag", "tag handle")
_INDENT = lazy(r"[ \t]*")


class Progress(NamedTuple):
    """How far the parser had come when it gave up."""

    span: Span
    """Of the last complete node."""
    style: str
    """How that was written: `"` or `'`, `]` for anything in brackets or braces, `*` for an alias."""
    brackets: Sequence[int]
    """Where the brackets and braces stand that were open, outermost first."""


class Complaint(NamedTuple):
    """What the parser says. `context` is where the construct it was in begins, if it names one."""

    message: str
    at: int
    context: int | None


def explain(text: str, complaint: Complaint, progress: Progress) -> YamlError:
    """Why `text` cannot be read."""
    return _Explanation(text, complaint, progress).error()


class _Explanation:
    def __init__(self, text: str, complaint: Complaint, progress: Progress) -> None:
        self._text = text
        self._message = complaint.message
        self._at = min(complaint.at, len(text))
        self._context = self._at if complaint.context is None else complaint.context
        self._progress = progress

    def error(self) -> YamlError:
        message = self._message
        if "start any token" in message:
            tab = self._text.startswith("\t", self._at)
            return self._character(Problem.TAB) if tab else self._reserved(self._at)
        if "scanning a quoted scalar" in message:
            return self._value(Problem.UNCLOSED_QUOTE, self._context)
        if "parsing a quoted scalar" in message or "double-quoted scalar" in message:
            backslash = self._text.rfind("\\", self._context, self._at + 1)
            return self._report(Problem.ESCAPE, max(backslash, self._context), self._at + 1)
        if "a flow" in message:
            return self._flow()
        if "mapping values are not allowed" in message:
            return self._colon()
        if "expected ':'" in message:
            return self._line(Problem.MISSING_COLON, self._context)
        if "are not allowed" in message or "expected node content" in message:
            return self._reserved(self._at)
        if any(part in message for part in _OPENERS):
            return self._reserved(self._context)
        if "expected key" in message or "expected '-'" in message or "<block end>" in message:
            return self._after_value()
        return self._line(Problem.OTHER, self._at)

    def _report(self, problem: Problem, start: int, end: int, value: Span | None = None) -> YamlError:
        return YamlError(Span(start, min(end, len(self._text))), problem, self._message, value)

    def _character(self, problem: Problem) -> YamlError:
        return self._report(problem, self._at, self._at + 1)

    def _line(self, problem: Problem, offset: int) -> YamlError:
        """The text of the line, without its indent, is at fault."""
        start, end = self._line_bounds(offset)
        indent = _INDENT.match(self._text, start, end)
        return self._report(problem, indent.end() if indent else start, end)

    def _value(self, problem: Problem, start: int) -> YamlError:
        """The character at `start` is at fault, and what begins there was meant as text."""
        end = self._line_bounds(start)[1]
        return self._report(problem, start, start + 1, Span(start, end) if start < end else None)

    def _reserved(self, start: int) -> YamlError:
        return self._value(Problem.RESERVED_CHARACTER, start)

    def _line_bounds(self, offset: int) -> tuple[int, int]:
        """The line at `offset`, without the white space at its end."""
        start = 0
        for line_break in _LINE_BREAK.finditer(self._text):
            if line_break.start() >= offset:
                return start, start + len(self._text[start : line_break.start()].rstrip())
            start = line_break.end()
        return start, start + len(self._text[start:].rstrip())

    def _flow(self) -> YamlError:
        brackets = self._progress.brackets
        opening = brackets[-1] if brackets else self._context
        end = self._line_bounds(opening)[1]
        if opening <= self._at < end and re.search(r"[\]}]", self._text[self._at : end]):
            return self._character(Problem.INSIDE_BRACKETS)
        return self._report(Problem.UNCLOSED_BRACKET, opening, opening + 1)

    def _colon(self) -> YamlError:
        start, end = self._line_bounds(self._at)
        pair = _PAIR.match(self._text, start, max(end, self._at))
        if pair and pair.end() <= self._at:
            return self._report(Problem.UNQUOTED_COLON, self._at, self._at + 1, Span(pair.end(), end))
        before = len(self._text[:start].rstrip())
        if _KEY.match(self._text, *self._line_bounds(before)):
            return self._line(Problem.INDENTATION, self._at)
        return self._line(Problem.MISSING_COLON, before)

    def _after_value(self) -> YamlError:
        """A value had ended, and neither a new key nor a new item began."""
        span, style = self._progress.span, self._progress.style
        gap = self._text[span.end : self._at]
        if not _LINE_BREAK.search(gap) and self._at < len(self._text):
            value = Span(span.start, self._line_bounds(self._at)[1])
            if style in ('"', "'"):
                if _LINE_BREAK.search(self._text, span.start, span.end):
                    return self._value(Problem.UNCLOSED_QUOTE, span.start)
                return self._report(Problem.TEXT_AFTER_QUOTE, self._at, value.end, value)
            if style == "]":
                return self._report(Problem.TEXT_AFTER_BRACKET, self._at, value.end, value)
            if style == "*":
                return self._value(Problem.RESERVED_CHARACTER, span.start)
        if self._text.startswith("%", self._at):
            return self._reserved(self._at)
        return self._line(Problem.INDENTATION, self._at)
