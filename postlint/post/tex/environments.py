"""`\\begin` and `\\end`: what each environment of MathJax is made of (`BaseMethods.ts` …)."""

from __future__ import annotations

from collections.abc import Callable

from postlint.findings import Span
from postlint.patterns import lazy
from postlint.post.tex import definitions
from postlint.post.tex.commands import method
from postlint.post.tex.items import (
    SYMBOL,
    Array,
    Begin,
    End,
    Equation,
    Equations,
    FullWidth,
    Multline,
    Multlined,
    ProofTree,
)
from postlint.post.tex.parser import Parser

_Beginner = Callable[[Parser, Begin], None]

_NOT_DIGIT = lazy(r"[^0-9]")
_EMPHEQ = lazy(r"(?:equation|align|gather|flalign|alignat|multline)\*?")


@method("BeginEnd")
def begin_end(parser: Parser) -> None:
    start = parser.command_start
    name = parser.raw_argument()
    span = parser.span(start, parser.at)
    if "\\" in name:
        raise parser.refusal("InvalidEnv", span, name)
    defined = parser.page.macros.environments.get(name)
    kind = parser.page.environment_of(name)
    if defined is None and kind is None:
        raise parser.refusal("UnknownEnv", span, name)
    ends = parser.command == "\\end"
    if ends and defined is None and kind not in _CLOSERS:
        parser.push(End(span, name))
        return
    parser.count_macro("MaxMacroSub2")
    if defined is not None:
        if ends:
            parser.run_apart(defined.end, start)
            parser.push(End(span, name))
        else:
            definitions.begin(parser, defined, start)
            parser.push(Begin(span, name))
        return
    assert kind is not None
    begun = Begin(span, name, is_own=kind in _CLOSERS)
    (_CLOSERS if ends else _BEGINNERS)[kind](parser, begun)


def _array_with_columns(parser: Parser, begun: Begin) -> None:
    """The columns are an argument; `array` may have its alignment before."""
    if begun.name == "array":
        parser.brackets()
    parser.argument()
    _array(parser, begun)


def _array(parser: Parser, begun: Begin) -> None:
    parser.push(begun)
    parser.push(Array(begun.span))


def _array_with_option(parser: Parser, begun: Begin) -> None:
    parser.brackets()
    _array(parser, begun)


def _text_cases(parser: Parser, begun: Begin) -> None:
    parser.push(begun)
    parser.push(Array(begun.span, text_until=begun.name))


def _commutative_diagram(parser: Parser, begun: Begin) -> None:
    parser.push(begun)
    parser.push(Array(begun.span, is_cd=True))


def _equation(parser: Parser, begun: Begin) -> None:
    parser.push(begun)
    _begin_equations(parser, begun.span)
    parser.push(Equation(begun.span, parser.page.tags, begun.name))


def _begin_equations(parser: Parser, span: Span) -> None:
    if parser.in_equations:
        raise parser.refusal("ErroneousNestingEq", span)
    parser.in_equations = True


def _equations(parser: Parser, begun: Begin) -> None:
    parser.push(begun)
    taggable = begun.name != "split"
    if taggable:
        _begin_equations(parser, begun.span)
    parser.push(Equations(begun.span, parser.page.tags, begun.name, taggable=taggable))


def _inner_equations(parser: Parser, begun: Begin) -> None:
    """`aligned`, `gathered` …: with a vertical position, in an equation of their own or another's."""
    parser.brackets()
    parser.push(begun)
    parser.push(Equations(begun.span, parser.page.tags, begun.name, taggable=False))


def _count(parser: Parser, begun: Begin) -> int:
    text = parser.raw_argument()
    if _NOT_DIGIT.search(text):
        raise parser.refusal("PositiveIntegerArg", begun.span, begun.name)
    return int(text or 0)


def _align_at(parser: Parser, begun: Begin) -> None:
    taggable = begun.name != "alignedat"
    if not taggable:
        parser.brackets()
    _count(parser, begun)
    parser.push(begun)
    if taggable:
        _begin_equations(parser, begun.span)
    parser.push(Equations(begun.span, parser.page.tags, begun.name, taggable=taggable))


def _multline(parser: Parser, begun: Begin) -> None:
    parser.push(begun)
    _begin_equations(parser, begun.span)
    parser.push(Multline(begun.span, parser.page.tags, "multline", taggable=True))


def _multlined(parser: Parser, begun: Begin) -> None:
    if parser.brackets() is not None:
        parser.brackets()
    parser.push(begun)
    parser.push(Multlined(begun.span, parser.page.tags, "multline", taggable=True))


def _full_width(parser: Parser, begun: Begin) -> None:
    _full_width_with(parser, begun, 0)


def _full_width_at(parser: Parser, begun: Begin) -> None:
    _full_width_with(parser, begun, 2 * _count(parser, begun))


def _full_width_with(parser: Parser, begun: Begin, columns: int) -> None:
    parser.push(begun)
    _begin_equations(parser, begun.span)
    taggable = begun.name in ("flalign", "xalignat")
    parser.push(FullWidth(begun.span, parser.page.tags, begun.name, taggable=taggable, columns=columns))


def _numbered_cases(parser: Parser, begun: Begin) -> None:
    parser.argument()
    parser.push(begun)
    _begin_equations(parser, begun.span)
    parser.push(Equations(begun.span, parser.page.tags, begun.name, taggable=True, text_until=begun.name))


def _proof_tree(parser: Parser, begun: Begin) -> None:
    parser.push(begun)
    parser.push(ProofTree(begun.span))


def _spread_lines(parser: Parser, begun: Begin) -> None:
    parser.dimension()
    parser.push(begun)


def _end_spread_lines(parser: Parser, begun: Begin) -> None:
    if not isinstance(parser.top, Begin):
        raise parser.refusal("MissingBeginExtraEnd", begun.span, begun.name)
    parser.stack.pop()
    parser.push(SYMBOL)


def _empheq(parser: Parser, begun: Begin) -> None:
    if parser.in_equations:
        raise parser.refusal("ErroneousNestingEq", begun.span)
    parser.brackets()
    name, _, count = parser.raw_argument().partition("=")
    if not _EMPHEQ.fullmatch(name):
        raise parser.refusal("UnknownEnv", begun.span, name)
    parser.empheq = name
    parser.replace(f"\\begin{{{name}}}" + (f"{{{count}}}" if count else ""), parser.command_start)
    parser.push(begun)


def _end_empheq(parser: Parser, begun: Begin) -> None:
    parser.push(End(begun.span, parser.empheq))
    parser.empheq = ""
    if isinstance(parser.top, Begin):
        parser.top.is_own = False
    parser.push(End(begun.span, begun.name))


_BEGINNERS: dict[str, _Beginner] = {
    "AlignedArray": _array_with_columns,
    "Array": _array,
    "ArrayColumns": _array_with_columns,
    "MtMatrix": _array_with_option,
    "Cases": _text_cases,
    "CD": _commutative_diagram,
    "Equation": _equation,
    "EqnArray": _equations,
    "AmsEqnArray": _inner_equations,
    "AlignAt": _align_at,
    "Multline": _multline,
    "MtMultlined": _multlined,
    "FlalignArray": _full_width,
    "XalignAt": _full_width_at,
    "NumCases": _numbered_cases,
    "Prooftree": _proof_tree,
    "SpreadLines": _spread_lines,
    "Empheq": _empheq,
}
_CLOSERS: dict[str, _Beginner] = {"SpreadLines": _end_spread_lines, "Empheq": _end_empheq}
"""Environments that say themselves what their `\\end` does."""
