"""CommonMark and GitHub's dialect: what a text is made of, and where in the file each part stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.findings import Span
from postlint.post.commonmark import CommonMark
from postlint.post.mapped import Mapped, Piece
from postlint.post.nodes import (
    CodeBlock,
    CodeSpan,
    Document,
    Emphasis,
    FootnoteDefinition,
    FootnoteReference,
    Heading,
    HtmlComment,
    HtmlElement,
    Image,
    Item,
    LineBreak,
    Link,
    LinkDefinition,
    LinkKind,
    List,
    Node,
    Paragraph,
    Quote,
    Strikethrough,
    Strong,
    Table,
    TableCell,
    TableRow,
    Text,
    ThematicBreak,
)

N = TypeVar("N", bound=Node)

ABBREVIATIONS: dict[type[Node], str] = {
    Paragraph: "p",
    Quote: "quote",
    Item: "item",
    ThematicBreak: "hr",
    Table: "table",
    TableRow: "row",
    TableCell: "cell",
    LineBreak: "br",
    Emphasis: "em",
    Strong: "strong",
    Strikethrough: "del",
    HtmlComment: "comment",
    FootnoteReference: "note",
    FootnoteDefinition: "footnote",
}


def github(text: str) -> Document:
    return CommonMark().parse(Mapped.whole(text))


def plain(text: str) -> Document:
    return CommonMark(gfm=False).parse(Mapped.whole(text))


def every(kind: type[N], page: Node) -> list[N]:
    return [node for node in page.walk() if isinstance(node, kind)]


def outline(nodes: Sequence[Node]) -> str:
    """A tree on one line: `p(a em(b))`."""
    return " ".join(_outlined(node) for node in nodes)


def _outlined(node: Node) -> str:
    if isinstance(node, Text):
        return node.value.replace("\n", "⏎")
    if isinstance(node, CodeSpan):
        return f"`{node.value}`"
    name = ABBREVIATIONS.get(type(node), "")
    if isinstance(node, Heading):
        name = f"h{node.level}"
    elif isinstance(node, List):
        name = "ol" if node.ordered else "ul"
    elif isinstance(node, CodeBlock):
        return f"code({node.value!r})"
    elif isinstance(node, Link):
        name = f"a[{node.destination}]"
    elif isinstance(node, Image):
        return f"img[{node.destination}]({node.alt})"
    elif isinstance(node, LinkDefinition):
        return f"def[{node.label}]({node.destination})"
    elif isinstance(node, HtmlElement):
        name = f"<{node.name}>"
    return name + (f"({outline(node.children)})" if node.children else "")


# Blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # headings
        ("# 봄", "h1(봄)"),
        ("###### six ######", "h6(six)"),
        ("####### seven", "p(####### seven)"),
        ("#제목", "p(#제목)"),
        ("   ## indented", "h2(indented)"),
        ("    # code", "code('# code\\n')"),
        ("# C#", "h1(C#)"),
        (r"# a \#", "h1(a #)"),
        ("#", "h1"),
        ("Title\n=", "h1(Title)"),
        ("two\nlines\n---", "h2(two⏎lines)"),
        ("no\n=-=-", "p(no⏎=-=-)"),
        ("> quoted\n---", "quote(p(quoted)) hr"),
        ("a\n\n---", "p(a) hr"),
        # paragraphs and breaks between them
        ("a\nb\n\nc", "p(a⏎b) p(c)"),
        ("a\n      \nb", "p(a) p(b)"),
        ("a\n\u3000b", "p(a⏎\u3000b)"),
        ("a\n    still a", "p(a⏎still a)"),
        ("* * *\n___", "hr hr"),
        # code
        ("```py\nx = 1\n```\nafter", "code('x = 1\\n') p(after)"),
        ("~~~\n```\n~~~", "code('```\\n')"),
        ("```\nnever closed", "code('never closed\\n')"),
        ("``` a`b\nc", "p(``` a`b⏎c)"),
        ("    a\n\n      b\n\nc", "code('a\\n\\n  b\\n') p(c)"),
        ("\ta\n\tb", "code('a\\nb\\n')"),
        ("  ```\n  a\n b\n   c\n  ```", "code('a\\nb\\n c\\n')"),
        # quotes
        ("> a\nlazy", "quote(p(a⏎lazy))"),
        ("> # a\nnot lazy", "quote(h1(a)) p(not lazy)"),
        ("> ```\n> a\nb", "quote(code('a\\n')) p(b)"),
        ("> a\n===", "quote(p(a⏎===))"),
        (">a\n>\n>b", "quote(p(a) p(b))"),
        ("> a\n\n> b", "quote(p(a)) quote(p(b))"),
        (">\t\tcode", "quote(code('  code\\n'))"),
        # lists
        ("- a\n- b", "ul(item(p(a)) item(p(b)))"),
        ("- a\n* b", "ul(item(p(a))) ul(item(p(b)))"),
        ("1. a\n2. b\n3) c", "ol(item(p(a)) item(p(b))) ol(item(p(c)))"),
        ("- a\n\n  b", "ul(item(p(a) p(b)))"),
        ("- a\n\n b", "ul(item(p(a))) p(b)"),
        ("- a\n  - b\n    - c", "ul(item(p(a) ul(item(p(b) ul(item(p(c)))))))"),
        ("-\n  a", "ul(item(p(a)))"),
        ("-\n\n  a", "ul(item) p(a)"),
        ("-      code", "ul(item(code(' code\\n')))"),
        ("text\n- a", "p(text) ul(item(p(a)))"),
        ("text\n2. a", "p(text⏎2. a)"),
        ("- a\n  ```\n  b\n  ```\n- c", "ul(item(p(a) code('b\\n')) item(p(c)))"),
        ("- a\n\n\tb", "ul(item(p(a) p(b)))"),
        ("1. > a\n   > b", "ol(item(quote(p(a⏎b))))"),
        # raw HTML
        ("<div>\n*a*\n</div>\n\n*b*", "<div> p(em(b))"),
        ("<PRE>\n*a*\n\n</pre>\n*b*", "<pre> p(em(b))"),
        ("a\n<div>", "p(a) <div>"),
        ("a\n<x-y>", "p(a⏎ <x-y>)"),
        ("<!-- a\n\nb -->\nc", "comment p(c)"),
        ("<!-->\nc", "comment p(c)"),
        ("<script>\nif (a < b) { '<div>' }\n</script>", "<script>"),
    ],
)
def test_blocks_are_those_of_the_specification(text: str, expected: str) -> None:
    assert outline(plain(text).children) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "table(row(cell(a) cell(b)) row(cell(1) cell(2)))"),
        ("a | b\n--|--\n1 | 2\n\nend", "table(row(cell(a) cell(b)) row(cell(1) cell(2))) p(end)"),
        ("before\na | b\n--|--", "p(before) table(row(cell(a) cell(b)))"),
        ("a | b\n--|--|--", "p(a | b⏎--|--|--)"),
        ("|a|\n|-|\n|1|2|3|", "table(row(cell(a)) row(cell(1)))"),
        ("|a|b|\n|-|-|\n|1|", "table(row(cell(a) cell(b)) row(cell(1)))"),
        ("|a|\n|-|\n|`x\\|y`|", "table(row(cell(a)) row(cell(`x|y`)))"),
        ("|a|\n|-|\n> b", "table(row(cell(a))) quote(p(b))"),
        ("- |a|\n  |-|\n  |b|", "ul(item(table(row(cell(a)) row(cell(b)))))"),
        ("- [ ] todo\n- [x] *done*\n- [y] text", "ul(item(p(todo)) item(p(em(done))) item(p([y] text)))"),
        ("[x] no item", "p([x] no item)"),
        ("a[^1].\n\n[^1]: note\n\n    more", "p(a note .) footnote(p(note) p(more))"),
        ("[^unknown]", "p([^unknown])"),
    ],
)
def test_github_adds_tables_task_lists_and_footnotes(text: str, expected: str) -> None:
    assert outline(github(text).children) == expected


def test_without_github_a_table_is_text() -> None:
    assert outline(plain("|a|\n|-|").children) == "p(|a|⏎|-|)"


# Inline


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # emphasis
        ("*a* **b** ***c***", "em(a)   strong(b)   em(strong(c))"),
        ("_a_ snake_case __b__", "em(a)  snake_case  strong(b)"),
        ("**강조(text)**은", "**강조(text)**은"),
        ("**강조**은", "strong(강조) 은"),
        ("*a **b* c**", "em(a  em(em(b)  c))"),
        ("**a*", "* em(a)"),
        ("*a\nb*", "em(a⏎b)"),
        (r"\*a*", "*a*"),
        ("****a*b", "*** em(a) b"),
        # code spans
        ("`a *b*`", "`a *b*`"),
        ("`` a`b ``", "`a`b`"),
        ("`a\nb`", "`a b`"),
        ("`a", "`a"),
        ("*a `*`", "*a  `*`"),
        # escapes and entities
        (r"\# \a &amp; &#48; &#xAC00; &copy; &nope;", r"# \a & 0 가 © &nope;"),
        ("&#0; &copy", "\ufffd &copy"),
        # breaks
        ("a  \nb", "a br b"),
        ("a\\\nb", "a br b"),
        ("a \nb", "a⏎b"),
        ("a  ", "a"),
        # raw HTML
        ('a <br> <a href="x">b</a>', "a  <br>   <a> b"),
        ("a <!-- b --> c", "a  comment  c"),
        ("a <b c=d!e> f", "a  <b>  f"),
        ("a < b <1>", "a < b <1>"),
    ],
)
def test_text_is_read_as_the_specification_says(text: str, expected: str) -> None:
    (paragraph,) = plain(text).children
    assert outline(paragraph.children) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a](b)", "a[b](a)"),
        ("[a]()", "a[](a)"),
        ("[a](<b c>)", "a[b c](a)"),
        ("[a](b c)", "[a](b c)"),
        ("[a](http://x/(y)_z)", "a[http://x/(y)_z](a)"),
        ("[a](한글?b=1&amp;c=2)", "a[한글?b=1&c=2](a)"),
        (r"[a](b\)c\d)", r"a[b)c\d](a)"),
        ("[a](%20)", "a[%20](a)"),
        ("[a](\n b\n 'c' )", "a[b](a)"),
        ("[*a* `]`](b)", "a[b](em(a)   `]`)"),
        ("[a [b](c)](d)", "[a  a[c](b) ](d)"),
        ("[![a](b)](c)", "a[c](img[b](a))"),
        ("![*a* [b](c)](d)", "img[d](a b)"),
        (r"\[a](b)", "[a](b)"),
        (r"\![a](b)", "! a[b](a)"),
        ('<a name="top"> [a](b)', "<a>   a[b](a)"),
        ("*[a*](b)", "* a[b](a*)"),
        ("<https://x.y/?a=1&amp;b>", "a[https://x.y/?a=1&b](https://x.y/?a=1&b)"),
        ("<me@x.y>", "a[mailto:me@x.y](me@x.y)"),
        ("https://x.y", "https://x.y"),
    ],
)
def test_links_lead_where_they_are_written_to_lead(text: str, expected: str) -> None:
    (paragraph,) = plain(text).children
    assert outline(paragraph.children) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a][r]\n\n[r]: /u", "p(a[/u](a)) def[r](/u)"),
        ("[R][] ![r]\n\n[r]: <u v>\n 'title'", "p(a[u v](R)   img[u v](r)) def[r](u v)"),
        ("[ㄱ\n ㄴ]\n\n[ㄱ ㄴ]: u", "p(a[u](ㄱ⏎ㄴ)) def[ㄱ ㄴ](u)"),
        ("[a]: 1\n[a]: 2\n\n[a]", "def[a](1) def[a](2) p(a[1](a))"),
        ("[a]: u\ntext", "def[a](u) p(text)"),
        ("[a]: u 'no\n\ntitle'", "p([a]: u 'no) p(title')"),
        ("text\n[a]: u", "p(text⏎[a]: u)"),
        ("> [a]: u\n\n[a]", "quote(def[a](u)) p(a[u](a))"),
        ("[a]: u\n===\n[a]", "def[a](u) p(===⏎ a[u](a))"),
        ("[a]: <>\n\n[a][b] [a]", "def[a]() p([a][b]  a[](a))"),
    ],
)
def test_references_lead_where_their_definition_says(text: str, expected: str) -> None:
    assert outline(plain(text).children) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://x.y/a_b_c.", "a[https://x.y/a_b_c](https://x.y/a_b_c) ."),
        ("(https://x.y/a_(b))", "( a[https://x.y/a_(b)](https://x.y/a_(b)) )"),
        ("https://x.y/?a&copy; b", "a[https://x.y/?a](https://x.y/?a) © b"),
        ("www.x.y ftp://x.y", "a[http://www.x.y](www.x.y)   a[ftp://x.y](ftp://x.y)"),
        ("주소:https://한글.kr는 끝", "주소: a[https://한글.kr는](https://한글.kr는)  끝"),
        ("https://a_b.c_d http:// xhttp://a.b", "https://a_b.c_d http:// xhttp://a.b"),
        ("**https://x.y**", "strong(a[https://x.y](https://x.y))"),
        ("mime@1.54.0", "mime@1.54.0"),
        ("me@x.y, a.b+c@d-e.f.", "a[mailto:me@x.y](me@x.y) ,  a[mailto:a.b+c@d-e.f](a.b+c@d-e.f) ."),
        ("[https://x.y](z)", "a[z](https://x.y)"),
        ("[https://x.y]", "[ a[https://x.y](https://x.y) ]"),
        ("`https://x.y`", "`https://x.y`"),
        ("~~a~~ ~b~ ~~~c~~~", "del(a)   del(b)  ~~~c~~~"),
        ("**굵게😀**는", "strong(굵게😀) 는"),
    ],
)
def test_github_adds_bare_addresses_and_strikethrough(text: str, expected: str) -> None:
    (paragraph,) = github(text).children
    assert outline(paragraph.children) == expected


# Places


def test_a_link_knows_where_each_of_its_parts_is_written() -> None:
    text = "봄 [*이*](<길 1> '제목') 끝"
    (link,) = every(Link, github(text))
    assert (link.kind, link.destination, link.title) == (LinkKind.INLINE, "길 1", "제목")
    assert text[slice(*link.span)] == "[*이*](<길 1> '제목')"
    assert text[slice(*link.text_span)] == "*이*"
    assert text[slice(*link.destination_span)] == "길 1"


def test_the_destination_of_a_reference_stands_in_its_definition() -> None:
    text = "![그림][1]\n\n  [1]: 봄.png"
    (image,) = every(Image, github(text))
    (definition,) = every(LinkDefinition, github(text))
    assert (image.kind, image.alt) == (LinkKind.REFERENCE, "그림")
    assert text[slice(*image.span)] == "![그림][1]"
    assert image.destination_span == definition.destination_span
    assert text[slice(*definition.destination_span)] == "봄.png"
    assert text[slice(*definition.span)] == "[1]: 봄.png"


@pytest.mark.parametrize(
    ("text", "kind", "written"),
    [
        ("a <https://x.y>", LinkKind.AUTOLINK, "https://x.y"),
        ("a https://x.y.", LinkKind.BARE, "https://x.y"),
        ("a www.x.y!", LinkKind.BARE, "www.x.y"),
        ("a me@x.y", LinkKind.BARE, "me@x.y"),
    ],
)
def test_the_text_of_an_autolink_is_its_destination(text: str, kind: LinkKind, written: str) -> None:
    (link,) = every(Link, github(text))
    assert link.kind is kind
    assert link.text_span == link.destination_span
    assert text[slice(*link.destination_span)] == written


@pytest.mark.parametrize(
    ("text", "written", "heading"),
    [
        ("a\n\n ## 봄 *꽃* ## \n", "봄 *꽃*", "## 봄 *꽃* ##"),
        ("봄\n  꽃 \n---  \n", "봄\n  꽃", "봄\n  꽃 \n---"),
        ("> - # a\n", "a", "# a"),
        ("##\n", "", "##"),
    ],
)
def test_a_heading_knows_its_text_and_its_marks(text: str, written: str, heading: str) -> None:
    (node,) = every(Heading, github(text))
    assert text[slice(*node.text_span)] == written
    assert text[slice(*node.span)] == heading


@pytest.mark.parametrize(
    ("text", "content", "info", "fenced"),
    [
        ("```py title='a'\nx\ny\n```\n", "x\ny\n", "py title='a'", True),
        ("~~~\nx", "x", "", True),
        ("- a\n\n      x\n", "x\n", "", False),
        ("> ```\n> x\n> y\n> ```\n", "x\n> y\n", "", True),
        ("\tx\n\n\ny\n", "x\n", "", False),
    ],
)
def test_a_code_block_knows_its_content(text: str, content: str, info: str, fenced: bool) -> None:
    (code,) = every(CodeBlock, github(text))
    assert text[slice(*code.content_span)] == content
    assert (code.info, code.fenced) == (info, fenced)


def test_an_empty_fence_has_an_empty_content_behind_its_first_line() -> None:
    (code,) = every(CodeBlock, github("```\n```\n"))
    assert (code.value, code.content_span, code.span) == ("", Span(4, 4), Span(0, 7))


def test_containers_go_from_their_first_mark_to_their_last_character() -> None:
    text = "- a\n  - b\n\n    c\n\n> d\n> 1) e\n>\n\nf\n"
    page = github(text)
    assert [text[slice(*node.span)] for node in every(List, page)] == [
        "- a\n  - b\n\n    c",
        "- b\n\n    c",
        "1) e",
    ]
    assert [text[slice(*node.span)] for node in every(Item, page)] == [
        "- a\n  - b\n\n    c",
        "- b\n\n    c",
        "1) e",
    ]
    assert [text[slice(*node.span)] for node in every(Quote, page)] == ["> d\n> 1) e\n>"]


def test_a_table_knows_its_rows_and_cells() -> None:
    text = "> | 봄 | `a\\|b` |\n> |:--|--:|\n> | [c](d) ||\n"
    page = github(text)
    assert [text[slice(*node.span)] for node in every(TableRow, page)] == ["| 봄 | `a\\|b` |", "| [c](d) ||"]
    assert [text[slice(*node.span)] for node in every(TableCell, page)] == ["봄", "`a\\|b`", "[c](d)", ""]
    assert [text[slice(*node.destination_span)] for node in every(Link, page)] == ["d"]
    assert [text[slice(*node.span)] for node in every(CodeSpan, page)] == ["`a\\|b`"]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_places_lead_back_through_line_ends_quotes_items_tabs_and_astral_characters(line_end: str) -> None:
    text = line_end.join(["😀", "", "> 1.\t😀 *a", ">   b* [c](d)", ">", "> \t\t~~e~~ `f", "g`"])
    page = github(text)
    assert [text[slice(*node.span)] for node in every(Emphasis, page)] == [f"*a{line_end}>   b*"]
    assert [text[slice(*node.span)] for node in every(Link, page)] == ["[c](d)"]
    assert [text[slice(*node.span)] for node in every(Strikethrough, page)] == ["~~e~~"]
    assert [text[slice(*node.span)] for node in every(CodeSpan, page)] == [f"`f{line_end}g`"]


def test_a_break_is_its_marks_and_the_line_end() -> None:
    text = "- a  \n  b\\\n  c"
    assert [text[slice(*node.span)] for node in every(LineBreak, github(text))] == ["  \n", "\\\n"]


def test_places_lead_back_through_what_liquid_replaced() -> None:
    text = "[a]({{ site.url }}/b) **c**"
    rendered = Mapped.whole(text).derive([Piece(0, 4), Piece(4, 18, "https://x.y"), Piece(18, len(text))])
    page = CommonMark().parse(rendered)
    (link,) = every(Link, page)
    assert link.destination == "https://x.y/b"
    assert text[slice(*link.destination_span)] == "{{ site.url }}/b"
    assert [text[slice(*node.span)] for node in every(Strong, page)] == ["**c**"]


def test_an_element_in_text_is_its_opening_tag() -> None:
    text = '*a <IMG src="봄.png" alt=x disabled/>*'
    (element,) = every(HtmlElement, github(text))
    assert (element.name, element.block, element.raw) == ("img", False, False)
    assert element.attributes == {"src": "봄.png", "alt": "x", "disabled": ""}
    assert {name: text[slice(*span)] for name, span in element.attribute_spans.items()} == {
        "src": "봄.png",
        "alt": "x",
    }
    assert text[slice(*element.span)] == text[slice(*element.opening_span)]


def test_an_element_in_a_block_goes_to_its_closing_tag_or_to_the_end_of_the_block() -> None:
    text = '<div>\n<a href="b">c</a>\n<p>d\n\n*e*\n\n</div>\n'
    page = github(text)
    elements = {node.name: node for node in every(HtmlElement, page)}
    assert {name: text[slice(*node.span)] for name, node in elements.items()} == {
        "div": '<div>\n<a href="b">c</a>\n<p>d',
        "a": '<a href="b">c</a>',
        "p": "<p>d",
    }
    assert all(node.block and node.raw for node in elements.values())
    assert text[slice(*elements["a"].attribute_spans["href"])] == "b"
    assert outline(page.children) == "<div>(<a> <p>) p(em(e))"


def test_a_comment_that_is_never_closed_goes_to_the_end_of_its_block() -> None:
    text = "> <!-- a\n> b\n\nc"
    assert [text[slice(*node.span)] for node in every(HtmlComment, github(text))] == ["<!-- a\n> b"]


def test_headings_have_the_ids_that_github_gives_them() -> None:
    page = github("# 봄 [꽃](x)\n\n## `a_b`!\n\n> 봄 꽃\n> ---\n")
    assert [heading.id for heading in every(Heading, page)] == ["봄-꽃", "a_b", "봄-꽃-1"]


def test_headings_have_no_id_where_nothing_gives_them_one() -> None:
    assert [heading.id for heading in every(Heading, plain("# a"))] == [None]


# Any text


def places(node: Node) -> list[Span]:
    """Every span that a node has."""
    names = [name for kind in type(node).__mro__ for name in getattr(kind, "__slots__", ())]
    return [value for name in names if isinstance(value := getattr(node, name), Span)]


@pytest.mark.parametrize(
    "text",
    [
        "> " * 10_000 + "a",
        "- " * 10_000 + "a",
        "[" * 10_000 + "a" + "](b)" * 10_000,
        "![" * 10_000 + "a" + "](b)" * 10_000,
        "*a " * 10_000 + "b* " * 10_000,
        "*" * 10_000 + "a" + "*" * 10_000,
        "<div>" * 10_000,
        "[a](" * 10_000,
        "`" * 10_000 + "a",
        "<!-- " * 10_000,
    ],
    ids=lambda text: text[:5],
)
def test_nesting_has_no_depth_at_which_reading_fails(text: str) -> None:
    assert github(text).span == Span(0, len(text))


BLANKS = ["\n", "\n\n", "\r\n", "\r", "\t", " ", "    ", "  \n"]
LETTERS = ["a", "봄 ", "😀", "\u3000", "&amp;", "\\", "\\|"]
BLOCK_MARKS = ["# ", "> ", "- ", "1. ", "- [ ] ", "---", "===", "```", "|", "|-|-|", ":-", "<div>", "</div>"]
INLINE_MARKS = ["`", "~", "~~", "*", "**", "_", "<", ">", "<b c='d'>", "</b>", "<!--", "-->"]
LINKS = ["[", "]", "![", "](u)", "](<u> 't')", "[a]", "\n[a]: /u\n", "[^1]", "\n[^1]: n\n"]
ADDRESSES = ["<x:y>", "https://x.y", "www.a.b", "m@x.y"]
MARKS = st.sampled_from([*BLANKS, *LETTERS, *BLOCK_MARKS, *INLINE_MARKS, *LINKS, *ADDRESSES])
TEXTS = st.lists(MARKS, max_size=30).map("".join) | st.text(max_size=60)


@given(TEXTS, st.booleans())
def test_every_part_of_any_text_lies_in_its_whole(text: str, gfm: bool) -> None:
    page = CommonMark(gfm=gfm).parse(Mapped.whole(text))
    for node in page.walk():
        for place in places(node):
            assert 0 <= place.start <= place.end <= len(text)
        for child in node.children:
            assert node.span.start <= child.span.start <= child.span.end <= node.span.end


@given(TEXTS)
def test_the_parts_of_any_text_follow_each_other(text: str) -> None:
    for node in github(text).walk():
        for i, child in enumerate(node.children[1:]):
            assert node.children[i].span.end <= child.span.start


@given(TEXTS)
def test_text_without_escapes_and_line_ends_is_what_is_written(text: str) -> None:
    for node in every(Text, github(text)):
        written = text[slice(*node.span)]
        if not set(written) & set("\\&\r\n"):
            assert node.value == written


@given(TEXTS)
def test_the_kind_of_line_end_changes_no_page(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert outline(github(lines.replace("\n", "\r\n")).children) == outline(github(lines).children)
