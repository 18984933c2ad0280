"""What a page defines for itself: `\\newcommand`, `\\def`, `\\let` … (MathJax 3's package newcommand)."""

from __future__ import annotations

import re

from postlint.patterns import lazy
from postlint.post.tex.commands import method
from postlint.post.tex.items import SYMBOL
from postlint.post.tex.macros import Environment, Macro, Pair
from postlint.post.tex.parser import Parser
from postlint.post.tex.reader import LONGEST_TEXT, ends_in_command

_NAME = lazy(r".|[A-Za-z]+")
_NUMBER = lazy(r"[0-9]+")
_PART = lazy(r"\\.?|#.?|[^\\#]+", re.DOTALL)
_LETTER = lazy(r"[A-Za-z]")
_ARROW_SPACE = lazy(r"\d+,\d+")
_ARROW_CHARACTER = lazy(r"\d+|0[xX][0-9A-Fa-f]+")
_ARROW_NAME = lazy(r"\\(?:[A-Za-z]+|.)")


def _join(parser: Parser, first: str, second: str) -> str:
    if _LETTER.match(second) and ends_in_command(first):
        first += " "
    if len(first) + len(second) > LONGEST_TEXT:
        raise parser.refusal("MaxBufferSize")
    return first + second


def fill(parser: Parser, arguments: list[str], body: str) -> str:
    """`body` with its parameters replaced. Raises RefusedError where one is not among `arguments`."""
    result = text = ""
    for match in _PART.finditer(body):
        part = match[0]
        if part[0] != "#":
            text += part
        elif part == "##":
            text += "#"
        elif part[1:] in "123456789" and part != "#" and int(part[1]) <= len(arguments):
            result = _join(parser, _join(parser, result, text), arguments[int(part[1]) - 1])
            text = ""
        else:
            raise parser.refusal("IllegalMacroParam")
    return _join(parser, result, text)


def _given(parser: Parser, count: int, default: str | None) -> list[str]:
    arguments: list[str] = []
    if default is not None:
        first = parser.raw_brackets()
        arguments.append(default if first is None else first)
    while len(arguments) < count:
        arguments.append(parser.raw_argument())
    return arguments


def begin(parser: Parser, environment: Environment, start: int) -> None:
    """Puts what an environment of the page begins with in place of its `\\begin`, written at `start`."""
    body = environment.begin
    if environment.arguments:
        arguments = _given(parser, environment.arguments, environment.default)
        body = fill(parser, arguments, body)
        fill(parser, [], environment.end)
    parser.replace(body, start)


@method("macro")
def use(parser: Parser) -> None:
    """A command that the page defines, or that MathJax itself replaces by others."""
    start = parser.command_start
    name = parser.command[1:]
    macro = parser.page.macros.commands.get(name) or parser.page.built_in[name]
    if isinstance(macro, Pair):
        _use_pair(parser, macro)
        return
    body = macro.body
    if macro.template is not None:
        if macro.arguments:
            body = fill(parser, _by_template(parser, macro.arguments, macro.template), body)
    elif macro.arguments:
        body = fill(parser, _given(parser, macro.arguments, macro.default), body)
    parser.replace(body, start)
    parser.count_macro()


def _by_template(parser: Parser, count: int, template: tuple[str, ...]) -> list[str]:
    parser.next()
    if template[0] and not _follows(parser, template[0]):
        raise parser.refusal("MismatchUseDef")
    ends = template[1 : count + 1] + ("",) * (count + 1 - len(template))
    return [_until(parser, end) if end else parser.raw_argument() for end in ends]


def _follows(parser: Parser, text: str) -> bool:
    """Reads `text` if it is next."""
    after = parser.at + len(text)
    if not parser.text.startswith(text, parser.at):
        return False
    if ends_in_command(text) and _LETTER.match(parser.text, after):
        return False
    parser.at = after
    return True


def _until(parser: Parser, end: str) -> str:
    start = parser.at
    stop = start
    in_braces = False
    while parser.at < len(parser.text):
        character = parser.text[parser.at]
        if character == "{":
            in_braces = parser.at == start
            parser.argument()
        elif _follows(parser, end):
            return parser.text[start + 1 : stop - 1] if in_braces else parser.text[start:stop]
        elif character == "\\":
            parser.control_sequence()
            in_braces = False
        else:
            parser.at += 1
            in_braces = False
        stop = parser.at
    raise parser.refusal("RunawayArgument")


def _use_pair(parser: Parser, pair: Pair) -> None:
    start = parser.command_start
    star = parser.star()
    size = None if star else parser.raw_brackets()
    before, middle, after = "", size or "", ""
    if star:
        before, middle, after = "\\left", "\\middle", "\\right"
    elif size:
        before, after = size + "l", size + "r"
    arguments = [parser.raw_argument() for _ in range(pair.arguments)]
    body = fill(parser, arguments, pair.body).replace("\\delimsize", middle)
    text = ""
    parts = (fill(parser, arguments, pair.before), before, pair.open, body, after, pair.close)
    for part in (*parts, fill(parser, arguments, pair.after)):
        text = _join(parser, text, part)
    parser.replace(text, start)
    parser.count_macro()


def _new_name(parser: Parser) -> str:
    name = parser.raw_argument().strip().removeprefix("\\")
    if not _NAME.fullmatch(name):
        raise parser.refusal("IllegalControlSequenceName")
    return name


def _next_name(parser: Parser) -> str:
    if parser.next() != "\\":
        raise parser.refusal("MissingCS")
    return parser.control_sequence()


def _argument_count(parser: Parser) -> int:
    text = (parser.raw_brackets() or "").strip()
    if text and not _NUMBER.fullmatch(text):
        raise parser.refusal("IllegalParamNumber")
    return int(text or 0)


def _define(parser: Parser, name: str, macro: Macro | Pair) -> None:
    macros = parser.page.macros
    macros.commands[name] = macro
    macros.aliases.pop(name, None)
    macros.delimiters.discard("\\" + name)


@method("NewCommand")
def new_command(parser: Parser) -> None:
    name = _new_name(parser)
    count = _argument_count(parser)
    default = parser.raw_brackets()
    _define(parser, name, Macro(parser.raw_argument(), count, default))


@method("NewEnvironment")
def new_environment(parser: Parser) -> None:
    name = parser.raw_argument().strip()
    count = _argument_count(parser)
    default = parser.raw_brackets()
    begin_text, end_text = parser.raw_argument(), parser.raw_argument()
    parser.page.macros.environments[name] = Environment(begin_text, end_text, count, default)


@method("MacroDef")
def define(parser: Parser) -> None:
    name = _next_name(parser)
    count, template = _template(parser, name)
    _define(parser, name, Macro(parser.raw_argument(), count, None, template))


def _template(parser: Parser, name: str) -> tuple[int, tuple[str, ...] | None]:
    """Reads the parameters of a `\\def`: how many, and the texts around them if there are any."""
    parser.next()
    texts: dict[int, str] = {}
    count, start = 0, parser.at
    while parser.at < len(parser.text):
        character = parser.next()
        if character in "#{" and character and start != parser.at:
            texts[count] = parser.text[start : parser.at]
        if character == "{":
            if not texts:
                return count, None
            return count, tuple(texts.get(index, "") for index in range(count + 1))
        if character == "#":
            parser.at += 1
            digit = parser.text[parser.at : parser.at + 1]
            if not digit or digit not in "123456789":
                raise parser.refusal("CantUseHash2", about="\\" + name)
            count += 1
            if int(digit) != count:
                raise parser.refusal("SequentialParam", about="\\" + name)
            start = parser.at + 1
        parser.at += 1
    raise parser.refusal("MissingReplacementString")


@method("Let")
def let(parser: Parser) -> None:
    name = _next_name(parser)
    if parser.next() == "=":
        parser.at += 1
    macros = parser.page.macros
    character = parser.next()
    if character != "\\":
        parser.at += 1
        if parser.is_delimiter(character):
            macros.delimiters.add("\\" + name)
        else:
            _define(parser, name, Macro(character))
        return
    other = parser.control_sequence()
    if parser.is_delimiter("\\" + other):
        macros.delimiters.add("\\" + name)
    elif (macro := macros.commands.get(other) or parser.page.built_in.get(other)) is not None:
        _define(parser, name, macro)
    elif (kind := parser.kind_of(other)) is not None:
        macros.commands.pop(name, None)
        macros.delimiters.discard("\\" + name)
        macros.aliases[name] = kind


@method("HandleDeclareOp")
def declare_operator(parser: Parser) -> None:
    star = "*" if parser.star() else ""
    name = parser.raw_argument().strip().removeprefix("\\")
    _define(parser, name, Macro(f"\\operatorname{star}{{{parser.raw_argument()}}}"))


@method("DeclarePairedDelimiter")
def declare_pair(parser: Parser) -> None:
    name = _new_name(parser)
    _define(parser, name, Pair(parser.raw_argument(), parser.raw_argument()))


@method("DeclarePairedDelimiterX")
def declare_pair_with_body(parser: Parser) -> None:
    name = _new_name(parser)
    count = _argument_count(parser)
    opening, closing, body = (parser.raw_argument() for _ in range(3))
    _define(parser, name, Pair(opening, closing, body, count or 1))


@method("DeclarePairedDelimiterXPP")
def declare_pair_with_all(parser: Parser) -> None:
    name = _new_name(parser)
    count = _argument_count(parser)
    before, opening, closing, after, body = (parser.raw_argument() for _ in range(5))
    _define(parser, name, Pair(opening, closing, body, count or 1, before, after))


@method("NewExtArrow")
def new_arrow(parser: Parser) -> None:
    name, space, character = (parser.raw_argument() for _ in range(3))
    if not _ARROW_NAME.fullmatch(name):
        raise parser.refusal("NewextarrowArg1")
    if not _ARROW_SPACE.fullmatch(space):
        raise parser.refusal("NewextarrowArg2")
    if not _ARROW_CHARACTER.fullmatch(character):
        raise parser.refusal("NewextarrowArg3")
    parser.page.macros.commands.pop(name[1:], None)
    parser.page.macros.aliases[name[1:]] = "im > symbol"


@method("MacroWithTemplate")
def adjust_limits(parser: Parser) -> None:
    """`\\adjustlimits`: two operators, each with a `_` and what stands below it."""
    for argument in _by_template(parser, 4, ("", "_", "", "_", "")):
        parser.parse_text(argument, parser.command_span)
    parser.push(SYMBOL)
