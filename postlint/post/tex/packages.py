"""Commands of MathJax's smaller packages that do more than read arguments."""

from __future__ import annotations

from postlint.patterns import lazy
from postlint.post.tex import text
from postlint.post.tex.commands import equations_at_top, method
from postlint.post.tex.items import SYMBOL, Array, Braket, Cell, ProofTree, Style, group
from postlint.post.tex.parser import Parser

_DECIMAL = lazy(r"\d+(?:\.\d*)?|\.\d+")
_BOX_PADDING = lazy(r"(?:\.\d+|\d+(?:\.\d*)?)(?:pt|em|ex|mu|px|in|cm|mm)")
_BOX_COLOR = lazy(r"[A-Za-z0-9]+|#[0-9A-Fa-f]{6}|#[0-9A-Fa-f]{3}")
_BOX_STYLE = lazy(r"[-A-Za-z]+:")
_CODE_POINT = lazy(r"0?x[0-9A-Fa-f]+|[0-9]+")
_NUMBER = lazy(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)")


# color, colortbl


def _check_color(parser: Parser, model: str, definition: str) -> None:
    if not model or model == "named":
        return
    if model not in ("rgb", "RGB", "gray"):
        raise parser.refusal("UndefinedColorModel", about=model)
    parts = [part.strip() for part in definition.split(",")]
    if model != "gray" and len(parts) != 3:
        raise parser.refusal("ModelArg1", about=model)
    for part in parts:
        if model == "RGB" and not part.isdigit():
            raise parser.refusal("InvalidNumber", about=part)
        if model != "RGB" and not _DECIMAL.fullmatch(part):
            raise parser.refusal("InvalidDecimalNumber", about=part)
        if float(part) > (255 if model == "RGB" else 1):
            raise parser.refusal("ModelArg2", about=model)


def _color(parser: Parser) -> None:
    model = parser.raw_brackets() or ""
    _check_color(parser, model, parser.raw_argument())


@method("Color")
def color(parser: Parser) -> None:
    _color(parser)
    parser.push(Style(parser.command_span))


@method("TextColor")
def colored(parser: Parser) -> None:
    _color(parser)
    parser.math_argument()
    parser.push(SYMBOL)


@method("DefineColor")
def define_color(parser: Parser) -> None:
    parser.argument()
    model = parser.raw_argument()
    _check_color(parser, model or "?", parser.raw_argument())


@method("ColorBox")
def color_box(parser: Parser) -> None:
    parser.argument()
    text.check(parser, *parser.argument())
    parser.push(SYMBOL)


@method("FColorBox")
def framed_color_box(parser: Parser) -> None:
    parser.argument()
    color_box(parser)


@method("TableColor")
def table_color(parser: Parser) -> None:
    _color(parser)
    top = parser.top
    if not isinstance(top, Array):
        raise parser.refusal("UnsupportedTableColor")
    if parser.command == "\\columncolor":
        if top.rows:
            raise parser.refusal("ColumnColorNotTop")
        if parser.raw_brackets():
            parser.brackets()
    elif parser.command == "\\rowcolor" and (top.nodes or top.cells):
        raise parser.refusal("RowColorNotFirst")


# bbox, unicode, verb, action


@method("BBox")
def bounding_box(parser: Parser) -> None:
    parts = (parser.raw_brackets() or "").split(",")
    content = parser.math_argument()
    seen: set[str] = set()
    for part in (part.strip() for part in parts):
        if not part:
            continue
        kinds = {"padding": _BOX_PADDING.fullmatch, "color": _BOX_COLOR.fullmatch, "style": _BOX_STYLE.match}
        kind = next((name for name, fits in kinds.items() if fits(part)), None)
        if kind is None:
            raise parser.refusal("InvalidBBoxProperty", about=part)
        if kind in seen:
            raise parser.refusal("MultipleBBoxProperty")
        seen.add(kind)
    parser.push(group(content))


@method("Unicode")
def unicode(parser: Parser) -> None:
    if parser.raw_brackets():
        parser.brackets()
    if not _CODE_POINT.fullmatch(parser.raw_argument().strip()):
        raise parser.refusal("BadUnicode")
    parser.push(SYMBOL)


@method("Verb")
def verbatim(parser: Parser) -> None:
    delimiter = parser.next()
    if not delimiter:
        raise parser.refusal("MissingArgFor")
    end = parser.text.find(delimiter, parser.at + 1)
    if end < 0:
        raise parser.refusal("NoClosingDelim")
    parser.at = end + 1
    parser.push(SYMBOL)


@method("Toggle")
def toggle(parser: Parser) -> None:
    while True:
        start, end = parser.argument()
        if parser.text[start:end] == "\\endtoggle":
            break
        parser.parse(start, end)
    parser.push(SYMBOL)


# braket


@method("Braket")
def braket(parser: Parser) -> None:
    character = parser.next()
    if not character:
        raise parser.refusal("MissingArgFor")
    parser.at += character == "{"
    parser.push(Braket(parser.command_span, is_single=character != "{"))


# amscd


@method("arrow")
def arrow(parser: Parser) -> None:
    """`@>>>`, `@VVV` … in a commutative diagram."""
    start = parser.at
    parser.at += 1
    kind = parser.text[parser.at : parser.at + 1]
    if not kind or kind not in "><VA.|=":
        parser.push(SYMBOL)
        return
    parser.at += 1
    parser.command, parser.command_start = "@" + kind, start
    if not isinstance(parser.top, Array) or parser.top.nodes:
        _end_diagram_cell(parser)
    top = parser.top
    if isinstance(top, Array) and (top.cells + (0 if top.rows % 2 else 1)) % 2:
        _end_diagram_cell(parser)
    if kind in "><VA":
        first, second = parser.up_to(kind), parser.up_to(kind)
        parser.parse(*first)
        parser.parse(*second)
    if kind != ".":
        parser.push(SYMBOL)
    _end_diagram_cell(parser)


def _end_diagram_cell(parser: Parser) -> None:
    parser.push(Cell(parser.command_span, "@", ends_row=False))


# bussproofs


def _proof(parser: Parser) -> ProofTree:
    top = parser.top
    if isinstance(top, ProofTree):
        return top
    raise parser.refusal("IllegalProofCommand")


@method("Axiom")
def axiom(parser: Parser) -> None:
    tree = _proof(parser)
    text.check(parser, *parser.argument())
    tree.nodes.append(SYMBOL)


@method("AxiomF")
def sequent_axiom(parser: Parser) -> None:
    tree = _proof(parser)
    _sequent(parser)
    tree.nodes.append(SYMBOL)


def _sequent(parser: Parser) -> None:
    if parser.next() != "$":
        raise parser.refusal("IllegalUseOfCommand")
    parser.at += 1
    start, end = parser.up_to("$")
    premise, center, conclusion = parser.text[start:end].partition("\\fCenter")
    if not center:
        raise parser.refusal("IllegalUseOfCommand")
    parser.parse(start, start + len(premise))
    parser.parse(end - len(conclusion), end)


@method("Label")
def proof_label(parser: Parser) -> None:
    _proof(parser)
    text.check(parser, *parser.argument())


@method("SetLine")
def proof_setting(parser: Parser) -> None:
    _proof(parser)


def _inference(parser: Parser, premises: int) -> None:
    tree = _proof(parser)
    if len(tree.nodes) < premises:
        raise parser.refusal("BadProofTree")
    del tree.nodes[-premises:]
    tree.nodes.append(SYMBOL)


def _register_inferences() -> None:
    for premises in range(1, 6):

        def infer(parser: Parser, premises: int = premises) -> None:
            _inference(parser, premises)
            text.check(parser, *parser.argument())

        def infer_sequent(parser: Parser, premises: int = premises) -> None:
            _inference(parser, premises)
            _sequent(parser)

        method(f"Inference {premises}")(infer)
        method(f"InferenceF {premises}")(infer_sequent)


_register_inferences()


# mathtools


@method("Aboxed")
def boxed_equation(parser: Parser) -> None:
    start = parser.command_start
    top = equations_at_top(parser)
    if top.cells % 2:
        top.cells += 1
    left, right = _halves(parser)
    parser.replace(
        f"\\rlap{{\\boxed{{{left}{{}}{right}}}}}\\phantom{{{left}}}&\\phantom{{{{}}{right}}}", start
    )


def _halves(parser: Parser) -> tuple[str, str]:
    argument = parser.raw_argument()
    depth = 0
    for index, character in enumerate(argument):
        depth += (character == "{") - (character == "}")
        if character == "&" and not depth and argument[index - 1 : index] != "\\":
            return argument[:index], argument[index + 1 :].partition("&")[0]
    return argument, ""


@method("ArrowBetweenLines")
def arrow_between_lines(parser: Parser) -> None:
    top = equations_at_top(parser)
    if top.nodes or top.cells:
        raise parser.refusal("BetweenLines")
    parser.star()
    found = parser.brackets()
    if found is not None:
        parser.parse(*found)
    top.end_cell()
    top.end_row()


@method("ShortVDotsWithin")
def short_dots_within(parser: Parser) -> None:
    parser.star()
    top = equations_at_top(parser)
    top.end_cell()
    parser.math_argument()
    top.end_row()


@method("FlushSpaceAbove")
def flush_above(parser: Parser) -> None:
    equations_at_top(parser)


@method("FlushSpaceBelow")
def flush_below(parser: Parser) -> None:
    top = equations_at_top(parser)
    if top.nodes:
        top.end_cell()
    top.end_row()


@method("VDotsWithin")
def dots_within(parser: Parser) -> None:
    if not isinstance(parser.top, Array):
        raise parser.refusal("NotInAlignment")
    parser.math_argument()
    parser.push(SYMBOL)


@method("XMathStrut")
def math_strut(parser: Parser) -> None:
    depth = parser.raw_brackets()
    for number in (parser.raw_argument(), depth or "0"):
        if not _NUMBER.fullmatch(number.strip()):
            raise parser.refusal("NotANumber")
    parser.push(SYMBOL)


@method("Prescript")
def prescript(parser: Parser) -> None:
    upper, lower = parser.argument(), parser.argument()
    parser.parse(*upper)
    parser.parse(*lower)
    base = parser.math_argument()
    if upper[0] == upper[1] and lower[0] == lower[1]:
        parser.push(*base)
    else:
        parser.push(SYMBOL)


@method("NewTagForm")
def new_tag_form(parser: Parser) -> None:
    if not parser.raw_argument().strip():
        raise parser.refusal("InvalidTagFormID")
    parser.brackets()
    parser.argument()
    parser.argument()


@method("UseTagForm")
@method("SetOptions")
def setting(parser: Parser) -> None:
    parser.argument()
