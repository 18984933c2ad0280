"""What MathJax's commands do, as far as something may be wrong with it.

Most do no more than read arguments and make a symbol: their kind says so, as `om > symbol`. The letters are
the arguments in their order, the word is what they make:

    m  an argument that is math       o  one in brackets, not looked at     d  a length
    a  one that is not looked at      i  one in brackets that is math       l  a delimiter
    t  one that is text                                                     b  a delimiter, in braces too

The others have a function here, by MathJax's own name of the method (`BaseMethods.ts`, `AmsMethods.ts`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from postlint.patterns import lazy
from postlint.post.tex import text
from postlint.post.tex.items import (
    SUBSCRIPT,
    SUPERSCRIPT,
    SYMBOL,
    Array,
    Cell,
    Dots,
    Equations,
    Function,
    Item,
    Left,
    Middle,
    Node,
    Nonscript,
    Not,
    Over,
    Position,
    Right,
    Style,
    group,
)
from postlint.post.tex.line_break import LineBreak
from postlint.post.tex.parser import Method, Parser
from postlint.post.tex.reader import is_dimension

METHODS: dict[str, Method] = {}

_ROW_ENDS = lazy(r"\\cr[^A-Za-z]|\\\\")
_TEXT_NEXT = lazy(r"\s*\\text[^A-Za-z]")
_TOKEN_ELEMENTS = frozenset(("mi", "mn", "mo", "ms", "mspace", "mtext"))
_ATTRIBUTE = lazy(r"([A-Za-z]+)\s*=\s*('[^']*'|\"[^\"]*\"|[^ ,]*)\s*,?\s*")
_INTEGER = lazy(r"-?[0-9]+")


def method(name: str) -> Callable[[Method], Method]:
    """Registers what obeys the commands of a kind."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        return function

    return register


class Methods(dict[str, Method]):
    """The methods by the kind of command; one that is a signature is made when it is asked for."""

    def __missing__(self, kind: str) -> Method:
        arguments, _, result = kind.partition(">")
        made = self[kind] = _following(arguments.strip(), result.strip())
        return made


def _following(arguments: str, result: str) -> Method:
    def follow(parser: Parser) -> None:
        last: list[Node] = []
        for letter in arguments:
            found = _READ[letter](parser)
            if letter == "m":
                last = found or []
        _MAKE[result](parser, last)

    return follow


def _math_in_brackets(parser: Parser) -> None:
    found = parser.brackets()
    if found is not None and found[0] < found[1]:
        parser.parse(*found)


def _any_argument(parser: Parser) -> None:
    parser.argument()


def _any_brackets(parser: Parser) -> None:
    parser.brackets()


def _dimension(parser: Parser) -> None:
    parser.dimension()


def _braced_delimiter(parser: Parser) -> None:
    parser.delimiter(braces=True)


def _text_argument(parser: Parser) -> None:
    text.check(parser, *parser.argument())


_READ: dict[str, Callable[[Parser], list[Node] | None]] = {
    "m": Parser.math_argument,
    "a": _any_argument,
    "o": _any_brackets,
    "i": _math_in_brackets,
    "t": _text_argument,
    "d": _dimension,
    "l": Parser.delimiter,
    "b": _braced_delimiter,
}


def _moving(nodes: list[Node]) -> Node:
    return Node(moves=True, is_operator=True, is_embellished=group(nodes).core_is_operator)


_MAKE: dict[str, Callable[[Parser, list[Node]], None]] = {
    "symbol": lambda parser, _: parser.push(SYMBOL),
    "atom": lambda parser, nodes: parser.push(group(nodes)),
    "itself": lambda parser, nodes: parser.push(*nodes),
    "moving": lambda parser, _: parser.push(Node(moves=True, is_operator=True, is_embellished=True)),
    "moving-atom": lambda parser, nodes: parser.push(_moving(nodes)),
    "mathop": lambda parser, nodes: parser.push(Function(parser.command_span, _moving(nodes))),
    "operator": lambda parser, _: parser.push(Node(is_operator=True, is_embellished=True)),
    "function": lambda parser, _: parser.push(Function(parser.command_span, Node(is_operator=True))),
    "style": lambda parser, _: parser.push(Style(parser.command_span)),
    "nothing": lambda parser, _: None,
}


# Plain TeX


@method("LeftRight")
def left_right(parser: Parser) -> None:
    start = parser.command_start
    parser.delimiter()
    item = {"\\left": Left, "\\middle": Middle, "\\right": Right}[parser.command]
    parser.push(item(parser.span(start, start + len(parser.command)), parser.command))


@method("Over")
def over(parser: Parser) -> None:
    if parser.command.endswith("withdelims"):
        parser.delimiter()
        parser.delimiter()
    if parser.command.startswith("\\above"):
        parser.dimension()
    parser.push(Over(parser.command_span, parser.command))


@method("Sqrt")
def sqrt(parser: Parser) -> None:
    root = parser.brackets()
    start, end = parser.argument()
    if parser.text[start:end] == "\\frac":
        parser.argument()
        parser.argument()
        end = parser.at
    parser.parse(start, end)
    if root is not None and root[0] < root[1]:
        parser.parse(*root, in_root=True)
    parser.push(SYMBOL)


@method("Root")
def root(parser: Parser) -> None:
    index = parser.up_to("\\of")
    parser.math_argument()
    parser.parse(*index, in_root=True)
    parser.push(SYMBOL)


@method("MoveRoot")
def move_root(parser: Parser) -> None:
    if not parser.in_root:
        raise parser.refusal("MisplacedMoveRoot")
    if parser.command in parser.moved_roots:
        raise parser.refusal("MultipleMoveRoot")
    if not _INTEGER.search(parser.raw_argument()):
        raise parser.refusal("IntegerArg")
    parser.moved_roots.add(parser.command)


@method("Limits on")
def limits(parser: Parser) -> None:
    _set_limits(parser, above=True)


@method("Limits off")
def no_limits(parser: Parser) -> None:
    _set_limits(parser, above=False)


def _set_limits(parser: Parser, *, above: bool) -> None:
    nodes = parser.top.nodes
    operator = nodes[-1] if nodes else SYMBOL
    if not operator.is_operator and operator.moves is None:
        raise parser.refusal("MisplacedLimits")
    if operator.script in ("msubsup", "munderover"):
        operator.script = "munderover" if above else "msubsup"
    operator.moves = above


@method("Overset")
def overset(parser: Parser) -> None:
    parser.math_argument()
    parser.push(group(parser.math_argument()))


@method("Underset")
def underset(parser: Parser) -> None:
    parser.math_argument()
    base = group(parser.math_argument())
    parser.push(_underover(base, SUBSCRIPT))


@method("Overunderset")
def overunderset(parser: Parser) -> None:
    parser.math_argument()
    parser.math_argument()
    base = group(parser.math_argument())
    parser.push(_underover(base, SUBSCRIPT | SUPERSCRIPT))


def _underover(base: Node, scripts: int) -> Node:
    core = base.core_is_operator
    return Node(script="munderover", scripts=scripts, is_operator=core, is_embellished=core)


@method("MmlToken")
def mathml_token(parser: Parser) -> None:
    element = parser.raw_argument()
    attributes = (parser.raw_brackets() or "").lstrip()
    parser.argument()
    if element not in _TOKEN_ELEMENTS:
        raise parser.refusal("NotMathMLToken", about=element)
    while attributes:
        match = _ATTRIBUTE.match(attributes)
        if match is None:
            raise parser.refusal("InvalidMathMLAttr", about=attributes)
        attributes = attributes[match.end() :]
    parser.push(SYMBOL)


@method("RaiseLower")
@method("MoveLeftRight")
def move_box(parser: Parser) -> None:
    parser.dimension()
    parser.push(Position(parser.command_span, parser.command))


@method("Nonscript")
def nonscript(parser: Parser) -> None:
    parser.push(Nonscript(parser.command_span))


@method("BuildRel")
def build_relation(parser: Parser) -> None:
    parser.parse(*parser.up_to("\\over"))
    parser.math_argument()
    parser.push(SYMBOL)


@method("Not")
def negation(parser: Parser) -> None:
    parser.push(Not(parser.command_span))


@method("Dots")
def dots(parser: Parser) -> None:
    parser.push(Dots(parser.command_span))


@method("Matrix")
def matrix(parser: Parser) -> None:
    _matrix(parser, text_until=None)


@method("Matrix cases")
def cases(parser: Parser) -> None:
    _matrix(parser, text_until="")


def _matrix(parser: Parser, *, text_until: str | None) -> None:
    character = parser.next()
    start = parser.at
    if not character:
        raise parser.refusal("MissingArgFor")
    parser.at += 1
    span = parser.span(start, parser.at)
    if character != "{":
        parser.replace(character + "}", start)
    parser.push(Array(span, needs_brace=True, text_until=text_until))


@method("text column")
def text_column(parser: Parser) -> None:
    """The second column of `\\cases` is text up to the row's end, unless it is all in `\\text`."""
    top = parser.top
    assert isinstance(top, Array) and top.text_until is not None
    end = re.compile(r"\\end\s*\{" + re.escape(top.text_until) + r"\}") if top.text_until else None
    content = parser.text
    depth, at, brace_closes = 0, parser.at, -1
    while at < len(content):
        character = content[at]
        if character == "{":
            depth += 1
        elif character == "}":
            if not depth:
                break
            depth -= 1
            if not depth and brace_closes < 0:
                brace_closes = at
        elif character == "&" and not depth:
            raise parser.refusal("ExtraAlignTab", parser.span(at, at + 1), "&")
        elif character == "\\":
            if _ROW_ENDS.match(content, at) or (end is not None and end.match(content, at)):
                break
            at += 1
        at += 1
    at = min(at, len(content))
    cell = content[parser.at : at]
    if _TEXT_NEXT.match(cell) and brace_closes == parser.at + len(cell.rstrip()) - 1:
        return
    begin = parser.at + len(cell) - len(cell.lstrip())
    text.check(parser, begin, parser.at + len(cell.rstrip()))
    parser.push(SYMBOL)
    parser.at = at


@method("Cr")
def carriage_return(parser: Parser) -> None:
    parser.push(Cell(parser.command_span, parser.command, ends_row=True))


@method("NewLine")
def new_line(parser: Parser) -> None:
    _end_row(parser)


@method("CrLaTeX")
def end_row(parser: Parser) -> None:
    if parser.text.startswith("*", parser.at):
        parser.at += 1
    if parser.text.startswith("[", parser.at):
        space = parser.raw_brackets()
        if space and not is_dimension(space):
            raise parser.refusal("BracketMustBeDimension", parser.span(parser.command_start, parser.at))
    _end_row(parser)


def _end_row(parser: Parser) -> None:
    parser.push(Cell(parser.command_span, parser.command, ends_row=True, is_line_break=True))
    if not isinstance(parser.top, Array):
        is_outermost = not parser.depth and len(parser.stack) == 1
        parser.page.line_breaks.append(LineBreak(parser.command_span, is_outermost))
        parser.push(SYMBOL)


@method("HLine")
def horizontal_line(parser: Parser) -> None:
    if not isinstance(parser.top, Array) or parser.top.nodes:
        raise parser.refusal("Misplaced")


@method("HFill")
def fill(parser: Parser) -> None:
    if not isinstance(parser.top, Array):
        raise parser.refusal("UnsupportedHFill")


@method("HandleLabel")
def label(parser: Parser) -> None:
    name = parser.raw_argument()
    tags, labels = parser.page.tags, parser.page.macros.labels
    if not name:
        return
    if tags.label:
        raise parser.refusal("MultipleCommand")
    if name in labels:
        raise parser.refusal("MultipleLabel", about=name)
    tags.label = name
    labels.add(name)


@method("HandleNoTag")
def no_tag(parser: Parser) -> None:
    parser.page.tags.tag = ""


@method("HandleTag")
def tag(parser: Parser) -> None:
    tags = parser.page.tags
    if tags.environment and not tags.taggable:
        raise parser.refusal("CommandNotAllowedInEnv", about=f"\\tag {tags.environment}")
    if tags.tag:
        raise parser.refusal("MultipleCommand")
    parser.star()
    start, end = parser.argument()
    text.check(parser, start, end)
    tags.tag = parser.text[start:end].strip() or " "


# AMS


@method("HandleOperatorName")
def operator_name(parser: Parser) -> None:
    star = parser.star()
    parser.math_argument()
    node = Node(moves=star, is_operator=True)
    if not star and parser.next() == "\\":
        before = parser.at
        if parser.control_sequence() != "limits":
            parser.at = before
    parser.push(node)


@method("MultiIntegral")
def multiple_integral(parser: Parser) -> None:
    parser.push(Node(is_operator=True, is_embellished=True))


@method("HandleShove")
def shove(parser: Parser) -> None:
    if parser.top.kind not in ("multline", "multlined"):
        raise parser.refusal("CommandInMultlined")
    if parser.top.nodes:
        raise parser.refusal("CommandAtTheBeginingOfLine")
    parser.brackets()
    parser.push(*parser.math_argument())


@method("CFrac")
def continued_fraction(parser: Parser) -> None:
    align = (parser.raw_brackets() or "").strip()
    parser.math_argument()
    parser.math_argument()
    if align not in ("", "l", "r"):
        raise parser.refusal("IllegalAlign")
    parser.push(SYMBOL)


@method("Genfrac")
def general_fraction(parser: Parser) -> None:
    for _ in range(2):
        delimiter = parser.raw_argument().strip()
        if delimiter and not parser.is_delimiter(delimiter):
            raise parser.refusal("MissingOrUnrecognizedDelim")
    parser.argument()
    style = parser.raw_argument().strip()
    parser.math_argument()
    parser.math_argument()
    if style and style[0] not in "0123":
        raise parser.refusal("BadMathStyleFor")
    parser.push(SYMBOL)


def equations_at_top(parser: Parser) -> Equations:
    """The `align` or its like that is being read. Raises RefusedError if there is none."""
    top: Item = parser.top
    if isinstance(top, Equations) and top.kind == "eqnarray":
        return top
    raise parser.refusal("NotInAlignment")
