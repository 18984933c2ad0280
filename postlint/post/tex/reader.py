"""TeX as a string of arguments, brackets, delimiters and dimensions (MathJax 3's `TexParser.ts`)."""

from __future__ import annotations

import re

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post.tex.error import RefusedError, TexError

LONGEST_TEXT = 5 * 1024
"""Characters of a formula in which a macro was replaced: MathJax's `maxBuffer`."""
_NOWHERE = Span(0, 0)
_SPACES = lazy(r"\s*")
_COMMAND = lazy(r"\\(?:(?P<letters>[A-Za-z]+) ?|(?P<other>.)|)")
_BRACES = lazy(r"\\.?|[{}]", re.DOTALL)
_BRACKETS = lazy(r"\\.?|[{}\]]", re.DOTALL)
_UNIT = r"\s*([-+]?(?:[.,]\d+|\d+(?:[.,]\d*)?))\s*(?:pt|em|ex|mu|px|mm|cm|in|pc)"
_DIMENSION_NEXT = lazy(_UNIT + " ?")
_DIMENSION = lazy(_UNIT + r"\s*")
_LETTER_NEXT = lazy(r"[A-Za-z]")
_COMMAND_LAST = lazy(r"(?:^|[^\\])(?:\\\\)*\\[A-Za-z]+$")


class Reader:
    """A stretch of TeX, read from `at` on.

    Where a macro was replaced, its text stands before `written_from`; what follows is as written.
    """

    def __init__(self, text: str, offset: int, written_from: int = 0, call: Span = _NOWHERE) -> None:
        self.text = text
        self.at = 0
        self.command = ""
        """The control sequence that is being obeyed, with its backslash."""
        self.command_start = 0
        self._offset = offset
        self._written_from = written_from
        self._call = call

    def span(self, start: int, end: int) -> Span:
        """The place in the formula of a stretch of `text`; of the macro's call if that made it."""
        if start < self._written_from:
            return Span(
                self._call.start, max(self._call.end, self._offset + end if end > self._written_from else 0)
            )
        return Span(self._offset + start, self._offset + max(start, end))

    @property
    def command_span(self) -> Span:
        return self.span(self.command_start, self.command_start + len(self.command))

    def refusal(self, error: str, span: Span | None = None, about: str | None = None) -> RefusedError:
        """To be raised; it is about the command that is being obeyed if nothing else is said."""
        return RefusedError(
            TexError(
                error,
                self.command_span if span is None else span,
                self.command if about is None else about,
            )
        )

    def part(self, start: int, end: int) -> tuple[str, int, int, Span]:
        """What a reader of `text[start:end]` is made with."""
        return self.text[start:end], self._offset + start, max(0, self._written_from - start), self._call

    def replace(self, text: str, start: int) -> None:
        """Puts `text` in place of what was read from `start` on, to be read next."""
        rest = self.text[self.at :]
        if _LETTER_NEXT.match(rest) and _COMMAND_LAST.search(text):
            text += " "
        if len(text) + len(rest) > LONGEST_TEXT:
            raise self.refusal("MaxBufferSize")
        if start >= self._written_from:
            self._call = self.span(start, self.at)
        self._written_from = len(text) + max(0, self._written_from - self.at)
        self._offset += self.at - len(text)
        self.text = text + rest
        self.at = 0
        self.command_start = 0

    def skip_spaces(self) -> None:
        match = _SPACES.match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def next(self) -> str:
        """The next character that is no space, which is not read; empty at the end."""
        self.skip_spaces()
        return self.text[self.at : self.at + 1]

    def control_sequence(self) -> str:
        """Reads one, whose backslash is next; without the backslash, a space for one before a line's end."""
        match = _COMMAND.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        name = match["letters"] or match["other"]
        if name is None:
            self.at += 1
            return " "
        return name

    def argument(self) -> tuple[int, int]:
        """Reads one, in braces or a single character or command: where it stands, without braces."""
        found = self.optional_argument()
        if found is not None:
            return found
        if self.at < len(self.text):
            raise self.refusal("ExtraCloseMissingOpen")
        raise self.refusal("MissingArgFor")

    def optional_argument(self) -> tuple[int, int] | None:
        """The same, None at the end and before a closing brace."""
        character = self.next()
        start = self.at
        if character in ("", "}"):
            return None
        if character == "\\":
            name = self.control_sequence()
            return start, start + 1 + len(name)
        if character == "{":
            return start + 1, self._closing_brace(start)
        self.at += 1
        return start, self.at

    def _closing_brace(self, opening: int) -> int:
        depth = 0
        for match in _BRACES.finditer(self.text, opening):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth -= 1
                if not depth:
                    self.at = match.end()
                    return match.start()
        raise self.refusal("MissingCloseBrace", self.span(opening, opening + 1))

    def raw_argument(self) -> str:
        start, end = self.argument()
        return self.text[start:end]

    def brackets(self) -> tuple[int, int] | None:
        """Reads an optional argument in brackets: where it stands, without them; None if there is none."""
        if self.next() != "[":
            return None
        opening = self.at
        depth = 0
        for match in _BRACKETS.finditer(self.text, opening + 1):
            if match[0] == "{":
                depth += 1
            elif match[0] == "}":
                depth -= 1
                if depth < 0:
                    raise self.refusal("ExtraCloseLooking", self.span(*match.span()), "]")
            elif match[0] == "]" and not depth:
                self.at = match.end()
                return opening + 1, match.start()
        raise self.refusal("MissingCloseBracket", self.span(opening, opening + 1))

    def raw_brackets(self) -> str | None:
        found = self.brackets()
        return None if found is None else self.text[found[0] : found[1]]

    def up_to(self, token: str) -> tuple[int, int]:
        """Reads up to `token`, a character or a command, that stands in no braces; what stands before it."""
        self.skip_spaces()
        start = self.at
        depth = 0
        while self.at < len(self.text):
            before = self.at
            found = self.next()
            if found == "\\":
                found += self.control_sequence()
            else:
                self.at += 1
            if found == "{":
                depth += 1
            elif found == "}":
                if not depth:
                    raise self.refusal("ExtraCloseLooking", self.span(self.at - 1, self.at), token)
                depth -= 1
            if not depth and found == token:
                return start, before
        raise self.refusal("TokenNotFoundForCommand", about=f"{token} {self.command}")

    def dimension(self) -> str:
        """Reads a length with its unit."""
        if self.next() == "{":
            text = self.raw_argument()
            if _DIMENSION.fullmatch(text):
                return text
        else:
            match = _DIMENSION_NEXT.match(self.text, self.at)
            if match is not None:
                self.at = match.end()
                return match[0]
        raise self.refusal("MissingDimOrUnits")

    def star(self) -> bool:
        if self.next() != "*":
            return False
        self.at += 1
        return True


def is_dimension(text: str) -> bool:
    return _DIMENSION.fullmatch(text) is not None


def ends_in_command(text: str) -> bool:
    """Whether a letter put behind `text` would become part of a command's name."""
    return _COMMAND_LAST.search(text) is not None
