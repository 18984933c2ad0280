"""Formulas that the page would display, were there blank lines around them."""

from collections.abc import Sequence

from postlint.findings import Edit, Fix, Safety, Span, Text
from postlint.post import nodes
from postlint.post.post import Post
from postlint.post.written_formulas import same_tex
from postlint.rule import fix
from postlint.rules._candidates import tried

_SET_APART = Text(en="put blank lines around the formula", ko="수식 앞뒤에 빈 줄 넣기")
_MOST_INDENTED = 3
"""Spaces before a block; with more it is code."""


def setting_apart(formula: Span, tex: str, post: Post, asked_by: str) -> Fix | None:
    """A repair by blank lines around the lines of `formula`, if these alone make the page display `tex`.

    `asked_by` is the code of the rule.
    """
    line = post.source.line_span(post.source.line_at(formula.start))
    if formula.start - line.start > _MOST_INDENTED:
        return None
    edits = _blank_lines_around(formula, post)
    if not edits or not _is_displayed(tex, edits, formula, post, asked_by):
        return None
    return fix(Safety.REPAIR, _SET_APART, *edits)


def _blank_lines_around(formula: Span, post: Post) -> list[Edit]:
    """A line end at the beginning of the first line of `formula`, and of the one below, where text is next.

    The repair of a formula on the line below inserts the same at the same place.
    """
    source = post.source
    first, last = source.line_at(formula.start), source.line_at(formula.end)
    line_end = "\r\n" if source.text.startswith("\r\n", source.line_span(last).end) else "\n"
    lines = [line for line, beside in ((first, first - 1), (last + 1, last + 1)) if _has_text(beside, post)]
    return [Edit(Span(start, start), line_end) for start, _ in map(source.line_span, lines)]


def _has_text(line: int, post: Post) -> bool:
    """Whether there is such a line below the front matter, and it is not blank."""
    source = post.source
    if not source.line_at(post.body_start) <= line <= source.line_count:
        return False
    return bool(source[source.line_span(line)].strip())


def _is_displayed(tex: str, edits: Sequence[Edit], formula: Span, post: Post, asked_by: str) -> bool:
    """Whether `edits` make of the blocks that they change `tex` displayed and text, and nothing else."""
    start = edits[0].span.start
    if post.source.text[max(0, start - 3) : start].rstrip("\r\n").endswith("\\"):
        return False  # what breaks the line would be text at its end
    trial = tried(edits, post, asked_by, formula)
    if trial is None or any(not isinstance(node, (nodes.Paragraph, nodes.Formula)) for node in trial.after):
        return False
    displayed = (node for node in trial.after if isinstance(node, nodes.Formula) and node.display)
    return any(same_tex(node.value, tex) for node in displayed)
