"""Which tags Liquid and Jekyll refuse for what stands in them.

Liquid reads a tag strictly and then, where that fails, by the expressions in its sources (`lax_parse` in
`lib/liquid/tags/*.rb`): Jekyll's `error_mode` is `warn`. Jekyll's own tags are in `lib/jekyll/tags/`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from postlint.patterns import lazy

_FRAGMENT = r"""(?:"[^"]*"|'[^']*'|(?:[^\s,|'"]|"[^"]*"|'[^']*')+)"""
"""`QuotedFragment` in `lib/liquid.rb`."""
_ANY_FRAGMENT = lazy(_FRAGMENT)
_COMPARISON = lazy(rf"({_FRAGMENT})\s*([=!<>a-z_]+)?\s*({_FRAGMENT})?", re.ASCII)
_CONDITIONS = lazy(
    rf"(?:\b(?:\s?and\s?|\s?or\s?)\b|(?:\s*(?!\b(?:\s?and\s?|\s?or\s?)\b)(?:{_FRAGMENT}|\S+)\s*)+)", re.ASCII
)
_OPERATORS = frozenset({"==", "!=", "<>", "<", ">", ">=", "<=", "contains"})
"""`Condition.operators` in `lib/liquid/condition.rb`; any other stops the build where it is asked."""
_ASSIGNMENT = lazy(r"\(?[\w\-.\[\]]\)?\s*=", re.ASCII)
_NAME = lazy(r"[\w\-.\[\]]", re.ASCII)
_FOR = lazy(rf"\s*[\w\-]+\s+in(?:\s+|(?=\()){_FRAGMENT}", re.ASCII)
_TABLE_ROW = lazy(rf"\w+\s+in\s+{_FRAGMENT}", re.ASCII)
_HIGHLIGHT = lazy(r"""[a-zA-Z0-9.+#_-]+(?:\s+\w+(?:=(?:\w+|"(?:[0-9]+\s)*[0-9]+"))?)*""", re.ASCII)
_OUTPUT = lazy(r"\{\{\s*[\w\-.]+\s*(?:\|[^{}]*)?\}\}[^\s{}]*", re.ASCII)
_PARAMETERS = lazy(
    r"""\s*(?:[\w-]+\s*=\s*(?:"[^"\\]*(?:\\.[^"\\]*)*"|'[^'\\]*(?:\\.[^'\\]*)*'|[\w.-]+)(?=\s|\Z)\s*)*+""",
    re.ASCII | re.DOTALL,
)
_FILE = lazy(r"[\w/.\-()+~#@]+", re.ASCII)
_UPWARDS = lazy(r"[./]{2,}")
_LONGEST = 2_000
"""Characters of a tag that anybody would write: Liquid's own expressions take long for more."""


def is_refused(name: str, markup: str) -> bool:
    """Whether the build stops at the tag `name` with `markup` behind its name."""
    refuses = _REFUSING.get(name)
    return refuses is not None and len(markup) <= _LONGEST and refuses(markup)


def _refuses_condition(markup: str) -> bool:
    conditions = _CONDITIONS.findall(markup)
    # From the last on, each other one is `and` or `or`.
    comparisons, junctions = conditions[::-2], conditions[-2::-2]
    if len(comparisons) == len(junctions) or any(one.strip() not in ("and", "or") for one in junctions):
        return True
    read = [_COMPARISON.search(one) for one in comparisons]
    # Whether those behind the first are asked, their values decide.
    first = read[-1]
    return first is None or None in read or (first[2] is not None and first[2] not in _OPERATORS)


def _refuses_include(markup: str) -> bool:
    outputs = list(_OUTPUT.finditer(markup))
    if outputs:
        file, parameters = markup[: outputs[-1].end()], markup[outputs[-1].end() :]
        # What an output becomes is not known; what stands around it is a part of the file's name.
        written = _OUTPUT.sub("a", file).strip()
    else:
        written, *rest = markup.split(None, 1) or [""]
        parameters = rest[0] if rest else ""
    if "{{" in parameters:
        return False
    if _PARAMETERS.fullmatch(parameters) is None:
        return True
    return _FILE.fullmatch(written) is None or _UPWARDS.search(written) is not None


_REFUSING: dict[str, Callable[[str], bool]] = {
    "if": _refuses_condition,
    "unless": _refuses_condition,
    "elsif": _refuses_condition,
    "assign": lambda markup: _ASSIGNMENT.search(markup) is None,
    "capture": lambda markup: _NAME.search(markup) is None,
    "case": lambda markup: _ANY_FRAGMENT.search(markup) is None,
    "when": lambda markup: _ANY_FRAGMENT.search(markup) is None,
    "cycle": lambda markup: _ANY_FRAGMENT.match(markup.strip()) is None,
    "for": lambda markup: _FOR.match(markup) is None,
    "tablerow": lambda markup: _TABLE_ROW.search(markup) is None,
    "highlight": lambda markup: _HIGHLIGHT.fullmatch(markup.strip()) is None,
    "include": _refuses_include,
    "include_relative": _refuses_include,
}
