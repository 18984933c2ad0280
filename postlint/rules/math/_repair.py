"""Repairs of formulas, tried on the engine before they are proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from postlint.findings import Span, Text
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.formulas import PageFormula, page_formulas
from postlint.post.mapped import Mapped
from postlint.post.post import Post
from postlint.post.source import Source
from postlint.post.written_formulas import WrittenFormula, reads_formulas, same_tex

_DISPLAYED = frozenset({"\\[", "\\\\[", ""})
_LONGEST = 20_000
"""Characters of a block in which a repair is tried."""
_SPECIAL = lazy(r"\\(?=[\\.*_+`<>()\[\]{}#!:|\"'$=~-])|[_*|]")
_BAR = lazy(r"(\\begin\s*\{(?:array|tabular)\}\s*\{[^}]*\})|(\\+)\||\|(?=([A-Za-z]?))")
_LESS = lazy(r"<(?=([A-Za-z]?))")


_ESCAPED = Text(en="escape the signs that Markdown reads", ko="마크다운이 읽는 기호 앞에 역슬래시 쓰기")
_CLOSING = {"\\(": "\\)", "\\[": "\\]"}


def title_of(new: str, post: Post, doubled: Text, escaped: Text = _ESCAPED) -> Text:
    """What a repair by `new` is called: the engine's own formula is `doubled`."""
    is_own = new.startswith("$$") and not reads_formulas(post)
    return doubled if is_own else _ESCAPED if reads_formulas(post) else escaped


def knows_formulas(post: Post) -> bool:
    """Whether the engine takes `$$…$$` out of the text itself, and so leaves what is in it alone.

    Where it does not, an extension that postlint does not know may do so for `$…$` too, but on a Hugo site.
    """
    return (
        reads_formulas(post)
        or bool(post.nodes_of(nodes.Formula))
        or any(
            isinstance(node, nodes.Formula)
            for node in post.home.engine(post.kind).parse(Mapped.whole("a $$b$$ c\n")).walk()
        )
    )


def _ends_paragraph(formula: WrittenFormula, post: Post) -> bool:
    """Whether it is the whole last line of a paragraph, where `$$…$$` is meant to be displayed."""
    source, (start, end) = post.source.text, formula.span
    line = source.rfind("\n", 0, start) + 1
    block = formula.block.span
    return (
        block.start < line
        and "\n" not in formula.tex
        and not source[line:start].strip(" \t>")
        and not source[end : block.end].strip().strip(_PUNCTUATION)
    )


_PUNCTUATION = ".,;:"


class Wish(NamedTuple):
    """A formula to be repaired: what may be written for it, each with the TeX that MathJax must get then."""

    formula: WrittenFormula
    candidates: tuple[tuple[str, str], ...]


def as_engine_formula(formula: WrittenFormula, post: Post) -> Wish:
    """The wish that what was meant arrives: as the engine's own formula, or with its backslashes doubled."""
    if reads_formulas(post):
        return Wish(formula, tuple((candidate, formula.meant) for candidate in _as_text(formula)))
    candidates = [f"$${formula.meant}$$"]
    is_last = formula.opening in ("$", "\\(") and _ends_paragraph(formula, post)
    if is_last:
        candidates.clear()
    if is_last and formula.opening == "\\(":
        candidates.append(f"\\\\({escaped(formula.meant)}\\\\)")
    if formula.opening == "$":
        if formula.lost:
            candidates.append(f"${_doubled(formula)}$")
        candidates.append(f"${escaped(formula.meant)}$")
    return Wish(formula, tuple((candidate, formula.meant) for candidate in candidates))


def _as_text(formula: WrittenFormula) -> Iterator[str]:
    """The formula with what Markdown would read in it escaped; the first escapes the least."""
    opening = formula.opening
    if opening in ("$", "$$"):
        if formula.lost:
            yield f"{opening}{_doubled(formula)}{opening}"
        yield f"{opening}{escaped(formula.meant)}{opening}"
    elif opening in _CLOSING:
        yield f"\\{opening}{escaped(formula.meant)}\\{_CLOSING[opening]}"


def repairs(post: Post, wishes: Sequence[Wish]) -> list[str | None]:
    """For each of `wishes` its first candidate that the engine makes right; None where there is none.

    Those of one block are tried together: to parse the block once for each would take time squared.
    """
    blocks: dict[int, list[int]] = {}
    for index, wish in enumerate(wishes):
        blocks.setdefault(id(wish.formula.block), []).append(index)
    found: list[str | None] = [None] * len(wishes)
    for indices in blocks.values():
        block = wishes[indices[0]].formula.block.span
        if block.end - block.start > _LONGEST:
            continue
        indices = [index for index in indices if wishes[index].candidates]
        for attempt in range(max((len(wishes[index].candidates) for index in indices), default=0)):
            open_ones = [index for index in indices if found[index] is None]
            if not open_ones:
                break
            _try(post, wishes, indices, attempt, found)
    return found


def _try(
    post: Post, wishes: Sequence[Wish], indices: list[int], attempt: int, found: list[str | None]
) -> None:
    source, block = post.source.text, wishes[indices[0]].formula.block.span
    parts: list[str] = []
    places: dict[Span, tuple[int, str, str]] = {}
    length, done = 0, block.start
    for index in sorted(indices, key=lambda one: wishes[one].formula.span):
        formula, candidates = wishes[index]
        before = source[done : formula.span.start]
        written = found[index]
        if written is None:
            written, tex = candidates[min(attempt, len(candidates) - 1)]
            place = Span(length + len(before), length + len(before) + len(written))
            places[place] = (index, written, tex)
        parts += before, written
        length += len(before) + len(written)
        done = formula.span.end
    text = "".join(parts) + source[done : block.end] + "\n"
    document = post.home.engine(post.kind).parse(Mapped.whole(text))
    for arrived in page_formulas(document, text):
        if arrived.span in places:
            index, written, tex = places[arrived.span]
            if _is_right(wishes[index].formula, arrived, tex):
                found[index] = written


def _is_right(formula: WrittenFormula, arrived: PageFormula, tex: str) -> bool:
    """Whether MathJax gets `tex`, displayed or in its line as before."""
    is_displayed = formula.opening in _DISPLAYED
    return same_tex(arrived.tex, tex) and (formula.opening == "$$" or arrived.display == is_displayed)


def _doubled(formula: WrittenFormula) -> str:
    """The TeX with those backslashes doubled that do not arrive."""
    parts: list[str] = []
    done = 0
    for (start, end), written, _ in formula.lost:
        following = written.lstrip("\\")
        backslashes = written[: len(written) - len(following)]
        parts += (
            formula.tex[done:start],
            backslashes * 2,
            "\\" if following in ("\n", "\r\n") else "",
            following,
        )
        done = end
    return "".join(parts) + formula.tex[done:]


def rewritten(formula: WrittenFormula, tex: str, source: Source) -> str:
    """`tex` between the delimiters of `formula`, as these are written."""
    opening = source[Span(formula.span.start, formula.tex_span.start)]
    return opening + tex + source[Span(formula.tex_span.end, formula.span.end)]


def escaped(tex: str) -> str:
    """`tex` for a place where Markdown takes one backslash of two."""
    return _SPECIAL.sub(lambda sign: "\\" + sign[0], tex)


def without_bars(tex: str) -> str:
    """`tex` with a command for each `|`, but for those that draw a line between columns."""
    return _BAR.sub(_as_command, tex)


def _as_command(match: re.Match[str]) -> str:
    if match[1]:
        return match[0]
    if match[2]:  # `\|` is a command of its own, and `\\` is none of this bar
        return match[0] if len(match[2]) % 2 else match[2] + "\\vert"
    return "\\vert " if match[3] else "\\vert"


def without_less(tex: str) -> str:
    """`tex` with a command for each `<`."""
    return _LESS.sub(lambda match: "\\lt " if match[1] else "\\lt", tex)
