"""Every node knows where it stands in the file, and its parts where they are written."""

from __future__ import annotations

from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Span
from postlint.post import nodes as n
from postlint.post.kramdown import Kramdown, KramdownOptions
from postlint.post.mapped import Mapped, Piece
from tests.post.kramdown.marks import MARKS

_Kind = TypeVar("_Kind", bound=n.Node)


def parse(written: str) -> n.Document:
    return Kramdown().parse(Mapped.whole(written))


def first(document: n.Document, kind: type[_Kind]) -> _Kind:
    return next(node for node in document.walk() if isinstance(node, kind))


def at(written: str, span: Span) -> str:
    return written[span.start : span.end]


@pytest.mark.parametrize(
    ("written", "destination"),
    [
        ("[a](http://h/c d)", "http://h/c d"),
        ("[a]( <x y> )", "<x y>"),
        ("[a](<x y>)", "x y"),
        ('[a](x "title")', "x"),
        ("[a](\n  x\n'title')", "x"),
        ("[a]()", ""),
        ("[a](x_(y)_z)", "x_(y)_z"),
        ("[a][b]\n\n[b]:   <http://h>  'c'\n", "http://h"),
        ("[b]\n\n [b]: x\n", "x"),
        ("> - [가](나)\n>   다\n", "나"),
        ("1. 😀 **[a](b)**\n", "b"),
        ("|a|[b](c\\|d)|\n", "c\\|d"),
        ("<http://h/가>", "http://h/가"),
        ("<a@b.c>", "a@b.c"),
        ("a\r\n[b](c)\r\n", "c"),
        ("- a\n\tb [c](d)\n", "d"),
        ("[^1]\n\n[^1]: a\n    [b](c)\n", "c"),
    ],
)
def test_a_destination_is_where_it_is_written(written: str, destination: str) -> None:
    assert at(written, first(parse(written), n.Link).destination_span) == destination


def test_a_links_text_is_what_stands_between_its_brackets() -> None:
    written = "> [a *b*\n> c](d)\n"
    assert at(written, first(parse(written), n.Link).text_span) == "a *b*\n> c"


def test_an_images_text_is_as_written_and_as_read() -> None:
    written = "![a \\[b\\]](c)\n"
    image = first(parse(written), n.Image)
    assert (at(written, image.text_span), image.alt) == ("a \\[b\\]", "a [b]")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("##  제목 *a*  ##  \n", "제목 *a*"),
        ("제목 {#x}\n---\n", "제목"),
        ("> # 제목\n", "제목"),
    ],
)
def test_a_headings_text_is_without_its_marks(written: str, text: str) -> None:
    heading = first(parse(written), n.Heading)
    assert at(written, heading.text_span) == text
    assert at(written, heading.span) == written.strip("> \n")


def test_a_code_blocks_content_is_without_its_fences() -> None:
    written = "a\n\n``` python\nb\n\nc\n```\n"
    code = first(parse(written), n.CodeBlock)
    assert at(written, code.content_span) == code.value == "b\n\nc\n"
    assert at(written, code.span) == "``` python\nb\n\nc\n```"


@pytest.mark.parametrize("written", ["$$ a_1 $$", "b $$ a_1\n$$", "> $$\n> a_1\n> $$"])
def test_a_formulas_tex_is_without_its_delimiters(written: str) -> None:
    assert at(written, first(parse(written), n.Formula).tex_span) == "a_1"


@pytest.mark.parametrize(("written", "mark"), [("a   \nb", "   "), ("a\\\nb", "\\"), ("a\\\\\nb", "\\\\")])
def test_a_line_break_is_all_that_makes_it(written: str, mark: str) -> None:
    document = parse(written)
    assert at(written, first(document, n.LineBreak).span) == mark
    assert first(document, n.Text).value == "a"


def test_an_html_elements_tags_and_values_are_where_they_are_written() -> None:
    written = "<div class='a'>\n<IMG src=\"b.png\" alt=c>\n</div>\n"
    document = parse(written)
    element, image = first(document, n.HtmlElement), document.children[0].children[1]
    assert isinstance(image, n.HtmlElement)
    assert at(written, element.opening_span) == "<div class='a'>"
    assert at(written, element.span) == written.rstrip()
    assert {name: at(written, span) for name, span in image.attribute_spans.items()} == {
        "src": "b.png",
        "alt": "c",
    }


def test_a_table_cell_is_what_stands_between_pipes() -> None:
    written = "> | a | `b|c` |\n"
    cells = [at(written, cell.span) for cell in parse(written).walk() if isinstance(cell, n.TableCell)]
    assert cells == ["a", "`b|c`"]


def test_an_items_text_is_without_marks_and_indents() -> None:
    written = "- a\n  b\n\t- c\n"
    texts = [
        (at(written, node.span), node.value) for node in parse(written).walk() if isinstance(node, n.Text)
    ]
    assert texts == [("a\n  b", "a\nb\n"), ("c", "c")]


def test_a_body_that_begins_behind_front_matter_is_placed_in_the_file() -> None:
    written = "---\ntitle: a\n---\n[b](c)\n"
    body = Mapped.whole(written).slice(17, len(written))
    link = first(Kramdown().parse(body), n.Link)
    assert at(written, link.span) == "[b](c)"


def test_what_liquid_wrote_stands_where_its_tag_does() -> None:
    written = "[a]({{ site.url }}/b)\n"
    text = Mapped.whole(written)
    body = text.derive([Piece(0, 4), Piece(4, 18, "https://h"), Piece(18, len(written))])
    link = first(Kramdown().parse(body), n.Link)
    assert link.destination == "https://h/b"
    assert at(written, link.destination_span) == "{{ site.url }}/b"


_MARKS = st.sampled_from(MARKS)
_SPACES = st.sampled_from(["\n", "\n\n", "  \n", " ", "    ", "\t", "\r\n", "\r", "\u00a0", "\f", "\0"])
_TEXTS = st.lists(_MARKS | _SPACES | st.text(max_size=3), max_size=40).map("".join)


@given(_TEXTS, st.booleans())
def test_any_text_has_a_tree_whose_nodes_stand_within_each_other(written: str, gfm: bool) -> None:
    document = Kramdown(KramdownOptions(gfm=gfm)).parse(Mapped.whole(written))
    stack: list[n.Node] = [document]
    while stack:
        node = stack.pop()
        assert 0 <= node.span.start <= node.span.end <= len(written)
        for child in node.children:
            stack.append(child)
            # Notes stand at the end of the page, or in the list that takes them, wherever they are written.
            if not isinstance(child, n.FootnoteDefinition):
                assert node.span.start <= child.span.start
                assert child.span.end <= node.span.end
