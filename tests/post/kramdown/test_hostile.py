"""Input made to break a parser takes no more than time in proportion to its length, and little memory."""

from __future__ import annotations

import time
import tracemalloc

import pytest

from postlint.post import nodes as n
from postlint.post.kramdown import Kramdown
from postlint.post.mapped import Mapped

_DEPTH = 10_000
_LENGTH = 500_000


def parse(written: str) -> n.Document:
    return Kramdown().parse(Mapped.whole(written))


def depth(document: n.Document) -> int:
    deepest = 0
    stack: list[tuple[n.Node, int]] = [(document, 0)]
    while stack:
        node, level = stack.pop()
        deepest = max(deepest, level)
        stack.extend((child, level + 1) for child in node.children)
    return deepest


@pytest.mark.parametrize(
    "mark",
    ["> ", ">", "+ ", "1. ", "[", "*", "![", "<div>", "<div>\n", "<b>", '<div markdown="1">\n', "[^a]: "],
)
def test_what_nests_without_end_is_text_beyond_some_depth(mark: str) -> None:
    assert depth(parse(mark * _DEPTH + "a")) < 200


@pytest.mark.parametrize(
    "unit",
    [
        *'a[*`$<|"&\\!_~-#=\t',
        "*a ",
        "**a ",
        "_a ",
        "` ",
        "$$",
        "![",
        "[a](",
        '[a](b "',
        "[x] ",
        "~~a ",
        "<a ",
        "<!--",
        '<a b="',
        "{:",
        "{: a\n",
        "{::comment} ",
        "*a [b `c <d ",
        "```x\n",
        "````x\n```\n",
        "$$\n",
        "|a\n",
        "'a",
        ">\n",
        "- a\n",
        "<p>a</p>\n",
        "a\n: b\n\n",
        "[a]: b\n",
    ],
)
def test_time_grows_as_length_does(unit: str) -> None:
    """Quadratic time would be fifty times that of a tenth: the limit leaves room for a busy machine."""
    short, long = unit * (_LENGTH // 10 // len(unit)), unit * (_LENGTH // len(unit))
    started = time.process_time()
    parse(short)
    between = time.process_time()
    parse(long)
    ended = time.process_time()
    assert ended - between < 30 * (between - started) + 0.5


def test_brackets_in_brackets_take_no_quadratic_time() -> None:
    started = time.process_time()
    parse("[" * 20_000 + "]" * 20_000)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "references",
    [
        pytest.param("a{next}", id="a chain"),
        pytest.param("a{next} a{next}", id="twice as many with every level"),
        pytest.param("a{next} a{this} a0", id="a loop"),
    ],
)
def test_lists_of_attributes_may_refer_to_others_without_end(references: str) -> None:
    """kramdown itself gives up, or goes on forever."""
    levels = 5_000
    lists = (f"{{:a{i}: {references.format(this=i, next=i + 1)}}}\n" for i in range(levels))
    document = parse("".join(lists) + f"{{:a{levels}: #봄 #end}}\n\n## 봄\n{{: a0}}\n")
    (heading,) = (node for node in document.children if isinstance(node, n.Heading))
    assert heading.id == "end"


def test_prose_takes_memory_in_proportion() -> None:
    written = (
        "이것은 긴 문장이고 and this is English prose, with (parentheses) and 12 numbers.\n" * 4 + "\n"
    ) * 5000
    tracemalloc.start()
    document = parse(written)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(document.children) == 5000
    assert peak < 12 * len(written.encode())
