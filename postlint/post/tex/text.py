"""Text in a formula (`\\text`, `\\mbox`): MathJax 3's `ParseUtil.internalMath` and its package textmacros."""

from __future__ import annotations

import re

from postlint.patterns import lazy
from postlint.post.tex.parser import Parser
from postlint.post.tex.reader import Reader

_MARK = lazy(r"\\(?:(?:eq)?ref\s*\{|.)|[${}]", re.DOTALL)
_SPECIAL = lazy(r"\\|[${}%^_&#]")
_QUOTED = "$_%{} &#\\,:>;!"
_ACCENTS = frozenset(("'", "’", "`", "‘", "^", '"', "~", "=", ".", "u", "v"))
_ONE_ARGUMENT = frozenset(
    ("emph", "Bbb", "textnormal", "textup", "textrm", "textit", "textbf", "textsf", "texttt")
)
_TEXT_COMMANDS = frozenset(
    [
        "rm",
        "mit",
        "oldstyle",
        "cal",
        "it",
        "bf",
        "bbFont",
        "scr",
        "frak",
        "sf",
        "tt",
        "tiny",
        "Tiny",
        "scriptsize",
        "small",
        "normalsize",
        "large",
        "Large",
        "LARGE",
        "huge",
        "Huge",
        "dagger",
        "ddagger",
        "S",
        "enspace",
        "quad",
        "qquad",
        "thinspace",
        "negthinspace",
    ]
)
_LENGTHS = {"hskip": 1, "hspace": 1, "kern": 1, "mskip": 1, "mspace": 1, "mkern": 1, "Rule": 3, "Space": 3}
_AS_IN_MATH = frozenset(("color", "textcolor", "colorbox", "fcolorbox", "href", "style", "class", "cssId"))


def check(parser: Parser, start: int, end: int) -> None:
    """Looks through the text at `[start, end)` of `parser`. Raises RefusedError at an error."""
    if parser.page.every_package:
        _check_text_macros(parser, start, end)
    elif _MARK.search(parser.text, start, end):
        _check_plain(parser, start, end)


def _check_plain(parser: Parser, start: int, end: int) -> None:
    """Text is text but for `$…$`, `\\(…\\)` and references."""
    content = parser.text
    opened, begin, depth = "", start, 0
    for match in _MARK.finditer(content, start, end):
        mark = match[0]
        if mark == "$" and opened == "$" and not depth:
            parser.parse(begin, match.start())
            opened = ""
        elif mark == "$" and not opened:
            opened, begin = "$", match.end()
        elif mark == "{" and opened:
            depth += 1
        elif mark == "}" and opened == "}" and not depth:
            parser.parse(begin, match.end())
            opened = ""
        elif mark == "}" and depth:
            depth -= 1
        elif mark == "\\(" and not opened:
            opened, begin = ")", match.end()
        elif mark == "\\)" and opened == ")" and not depth:
            parser.parse(begin, match.start())
            opened = ""
        elif len(mark) > 2:
            if not opened:
                opened, begin = "}", match.start()
            else:
                depth += 1
    if opened:
        opening = max(start, begin - (2 if opened == ")" else 1))
        raise parser.refusal("MathNotTerminated", parser.span(opening, end))


def _check_text_macros(parser: Parser, start: int, end: int) -> None:
    """The same where the page has the package textmacros, in which text has commands of its own."""
    reader = Reader(*parser.part(start, end))
    depth = 0
    while reader.at < len(reader.text):
        match = _SPECIAL.search(reader.text, reader.at)
        if match is None:
            break
        reader.at = match.start()
        here = reader.span(*match.span())
        mark = match[0]
        if mark == "\\":
            _text_command(parser, reader, start)
            continue
        reader.at += 1
        if mark == "$":
            _formula(parser, reader, start, "$")
        elif mark == "{":
            depth += 1
        elif mark == "}":
            if not depth:
                raise parser.refusal("ExtraCloseMissingOpen", here)
            depth -= 1
        elif mark == "%":
            line_end = reader.text.find("\n", reader.at)
            reader.at = len(reader.text) if line_end < 0 else line_end + 1
        elif mark in "^_":
            raise parser.refusal("MathModeOnly", here, mark)
        else:
            raise parser.refusal("Misplaced", here, mark)


def _formula(parser: Parser, reader: Reader, offset: int, opening: str) -> None:
    begin, depth = reader.at, 0
    while character := reader.next():
        before = reader.at
        found = character
        if character == "\\":
            found = "\\(" if reader.control_sequence() == ")" else ""
        else:
            reader.at += 1
        if found == opening and not depth:
            parser.parse(offset + begin, offset + before)
            return
        if found == "{":
            depth += 1
        elif found == "}":
            if not depth:
                raise parser.refusal("ExtraCloseMissingOpen", reader.span(before, before + 1))
            depth -= 1
    raise parser.refusal("MathNotTerminated", reader.span(begin - 1, len(reader.text)))


def _text_command(parser: Parser, reader: Reader, offset: int) -> None:
    start = reader.at
    name = reader.control_sequence()
    reader.command, reader.command_start = "\\" + name, start
    if name == "(":
        _formula(parser, reader, offset, "\\(")
    elif name in _QUOTED or name in _TEXT_COMMANDS or name in ("rule", "unicode"):
        return
    elif name in _ACCENTS or name in _ONE_ARGUMENT:
        begin, end = reader.argument()
        _check_text_macros(parser, offset + begin, offset + end)
    elif name in _LENGTHS:
        for _ in range(_LENGTHS[name]):
            reader.dimension()
    elif name in ("ref", "eqref"):
        reader.argument()
    elif name in _AS_IN_MATH or name.startswith("text") or name in parser.page.macros.commands:
        return
    elif parser.kind_of(name) is None:
        raise reader.refusal("UndefinedControlSequence")
    else:
        raise reader.refusal("MathMacro")
