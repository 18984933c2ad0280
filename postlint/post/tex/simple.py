"""The formulas that need no reader: in blogs three quarters are letters, scripts, a few commands."""

from __future__ import annotations

from postlint.patterns import lazy

_CHARACTER = r"[!\"()*+,\-./0-9:;<=>?A-Z\[\]`a-z|]"
_COMMAND = (
    r"(?:\\(?:[aA]lpha|beta|[gG]amma|[dD]elta|(?:var)?epsilon|eta|[tT]heta|[lL]ambda|mu|pi|rho|[sS]igma|tau"
    r"|[pP]hi|[pP]si|[oO]mega|cdots?|ldots|times|leq?|geq?|neq?|in|to|rightarrow|infty|partial|nabla|sum|prod"
    r"|int|max|min|sim|approx|mid|vert|Vert|quad|lbrace|rbrace)(?![A-Za-z])|\\[{},;! ])"
)
_FUNCTION = r"\\(?:log|exp|sin|cos)(?![A-Za-z])"
"""They need braces to be a script."""
_GROUP = rf"\{{(?:{_CHARACTER}|[ ]|{_COMMAND}|{_FUNCTION})*+\}}"
_PART = rf"(?:{_CHARACTER}|{_COMMAND}|{_GROUP})"
_SCRIPTS = rf"(?:_{_PART}(?:\^{_PART})?+|\^{_PART}(?:_{_PART})?+)?+"
_ARGUMENT = rf"\s*+\{{(?:[ \n]|(?:{_PART}|{_FUNCTION}){_SCRIPTS})*+\}}"
_SIMPLE = lazy(
    rf"(?:[ \n]|(?:{_PART}|{_FUNCTION}|\\(?:math(?:bf|bb|cal|rm)|hat|bar|tilde|sqrt){_ARGUMENT}"
    rf"|\\[td]?frac{_ARGUMENT}{_ARGUMENT}|\\text\{{[A-Za-z가-힣 ,.=-]*+\}}){_SCRIPTS})*+"
)


def is_simple(tex: str) -> bool:
    """Whether there is nothing in `tex` that could be wrong, as long as no macro has another meaning."""
    return _SIMPLE.fullmatch(tex) is not None
