"""Markdown as Hugo's Goldmark reads it: what stands on the page, and where it stands in the file.

What it makes of whole pages is held against Hugo itself in test_goldmark_truth.py.
"""

from __future__ import annotations

import time
from typing import TypeVar

import pytest

from postlint.post import nodes
from postlint.post.goldmark import Goldmark, GoldmarkOptions
from postlint.post.liquid import UNKNOWN
from postlint.post.mapped import Mapped
from postlint.post.nodes import Node

NodeType = TypeVar("NodeType", bound=Node)


def read(text: str, options: GoldmarkOptions | None = None) -> nodes.Document:
    return Goldmark(options).parse(Mapped.whole(text))


def found(text: str, kind: type[NodeType], options: GoldmarkOptions | None = None) -> list[NodeType]:
    return [node for node in read(text, options).walk() if isinstance(node, kind)]


def ids(text: str, options: GoldmarkOptions | None = None) -> list[str | None]:
    return [heading.id for heading in found(text, nodes.Heading, options)]


def links(text: str, options: GoldmarkOptions | None = None) -> list[str]:
    return [link.destination for link in found(text, nodes.Link, options)]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("## 주간 정리 내용", "주간-정리-내용"),
        ("## Foo_bar - Baz (1)!", "foo_bar---baz-1"),
        ("## [글](https://example.org/)", "글"),
        ("## **굵은 _글_** https://example.org/a 끝", "굵은---끝"),
        ("## **a_b 글** it's -- \\\\* `x`", "a_-its---x"),
        ("## `code` **굵게**", "code-굵게"),
        ("## 😀", "heading"),
        ("##", None),
        ("## https://example.org/", None),
        ("여러 줄의\n제목\n===", "제목"),
        ("## 제목 {#my-id .c}", "my-id"),
        ("## 제목 ## {#closed}", "closed"),
        ("## 제목 {bad}", "제목-bad"),
        ("## 제목 \\{#x}", "제목-x"),
        ('## 제목 {data-a="1" id="q"}', "q"),
    ],
)
def test_an_id_is_made_of_what_the_page_shows_of_the_heading(heading: str, anchor: str | None) -> None:
    assert ids(f"{heading}\n") == [anchor]


def test_no_two_headings_have_the_same_id_unless_the_author_says_so() -> None:
    assert ids("# a\n# a\n# a-1\n# b {#a}\n# a\n") == ["a", "a-1", "a-1-1", "a", "a-2"]


@pytest.mark.parametrize(
    ("kind", "anchor"),
    [
        ("github", "été-2-글"),
        ("github-ascii", "ete-2-"),
        ("blackfriday", "été-2-글"),
        ("unknown", "été-2-글"),
    ],
)
def test_ids_are_made_in_one_of_three_ways(kind: str, anchor: str) -> None:
    assert ids("# Été, 2 글\n", GoldmarkOptions(auto_heading_id_type=kind)) == [anchor]


def test_a_site_may_want_no_ids() -> None:
    assert ids("# a\n# b {#c}\n", GoldmarkOptions(auto_heading_id=False)) == [None, "c"]


def test_without_attributes_a_list_of_them_is_text() -> None:
    assert ids("# a {#b}\n", GoldmarkOptions(title_attributes=False)) == ["a-b"]


def test_a_shortcode_leaves_hugos_word_for_it_in_an_id() -> None:
    anchors = ids(f"{UNKNOWN}\n\n# {UNKNOWN} 글\n")
    assert anchors == ["hahahugoshortcodes1hbhb-글"]


def test_the_text_of_a_heading_is_without_its_attributes() -> None:
    (heading,) = found("## 제목 {#x}\n", nodes.Heading)
    assert heading.text() == "제목"
    assert heading.text_span == (3, 5)


def test_a_list_of_attributes_below_a_block_is_its_own_where_the_site_has_them() -> None:
    (paragraph,) = found("글\n{#here}\n", nodes.Paragraph, GoldmarkOptions(block_attributes=True))
    assert paragraph.attributes == {"id": "here"}
    assert len(found("글\n\n{#here}\n", nodes.Paragraph, GoldmarkOptions(block_attributes=True))) == 1


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("https://example.org/a", ["https://example.org/a"]),
        ("보라:https://example.org/a", []),
        ("(https://example.org/(a))", ["https://example.org/(a)"]),
        ("https://example.org/한글", ["https://example.org/"]),
        ("https://example.org.", ["https://example.org"]),
        ("http://127.0.0.1/ http://localhost/", []),
        ("www.example.org", ["https://www.example.org"]),
        ("a@example.org", ["mailto:a@example.org"]),
        ('"https://example.org/"', ['https://example.org/"']),
        ("`a`https://example.org", ["https://example.org"]),
        ("[https://example.org] 글", []),
        ("https://example.org/?a=1&amp;b", ["https://example.org/?a=1&amp;b"]),
        (f"https://example.org/{UNKNOWN}/a", [f"https://example.org/{UNKNOWN}/a"]),
    ],
)
def test_some_bare_addresses_are_links(text: str, addresses: list[str]) -> None:
    assert links(f"{text}\n") == addresses


def test_no_bare_address_is_a_link_where_the_site_does_not_want_it() -> None:
    assert links("https://example.org\n", GoldmarkOptions(linkify=False)) == []


def test_emphasis_beside_hangul_is_commonmarks() -> None:
    assert found("**강조(text)**은\n", nodes.Strong) == []
    assert len(found("**강조**은\n", nodes.Strong)) == 1


def test_raw_html_is_left_out_of_the_page_unless_the_site_wants_it() -> None:
    text = '<a href="/x">글</a>\n\n<h2 id="a">글</h2>\n'
    assert found(text, nodes.HtmlElement) == []
    assert [text[one.span.start : one.span.end] for one in found(text, nodes.HtmlComment)] == [
        '<a href="/x">',
        "</a>",
        '<h2 id="a">글</h2>',
    ]
    names = [one.name for one in found(text, nodes.HtmlElement, GoldmarkOptions(unsafe=True))]
    assert names == ["a", "h2"]


def test_a_table_ends_where_its_paragraph_does() -> None:
    (table,) = found("앞\na | b\n-|-\n1 | 2\n<b>x\n\n끝\n", nodes.Table)
    assert len(table.children) == 3
    assert len(found("a | b\n-|-\n", nodes.Table, GoldmarkOptions(table=False))) == 0


def test_each_line_above_details_is_a_term() -> None:
    text = "하나\n둘\n: 설명 [글](a)\n  계속\n\n: 더\n\n셋\n: 넷\n"
    (definitions,) = found(text, nodes.DefinitionList)
    kinds = ["dt" if isinstance(one, nodes.DefinitionTerm) else "dd" for one in definitions.children]
    assert kinds == ["dt", "dt", "dd", "dd", "dt", "dd"]
    assert text[definitions.span.start : definitions.span.end] == text.rstrip("\n")
    assert links(text) == ["a"]


def test_footnotes_are_numbered_as_they_are_met_and_stand_at_the_end() -> None:
    page = read("[^b] [^a] [^b]\n\n[^a]: 하나\n[^b]: 둘\n[^c]: 셋\n\n끝\n")
    references = [one for one in page.walk() if isinstance(one, nodes.FootnoteReference)]
    assert [(one.name, one.attributes["id"]) for one in references] == [
        ("1", "fnref:1"),
        ("2", "fnref:2"),
        ("1", "fnref1:1"),
    ]
    notes = [one for one in page.children if isinstance(one, nodes.FootnoteDefinition)]
    assert [(note.name, note.text()) for note in notes] == [("1", "둘"), ("2", "하나")]
    assert page.children[-2:] == notes


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\"글\" --- 'a' -- b...", "“글” — ‘a’ – b…"),
        ("Don't, the '90s, 'tis", "Don’t, the ’90s, ’tis"),
        ("<< a >>", "« a »"),
    ],
)
def test_quotation_marks_and_dashes_are_set(text: str, shown: str) -> None:
    assert read(f"{text}\n").text() == shown
    assert read(f"{text}\n", GoldmarkOptions(typographer=False)).text() == text


def test_a_box_in_an_item_is_no_link() -> None:
    assert links("- [x](task)\n") == []
    assert links("- [x](task)\n", GoldmarkOptions(task_list=False)) == ["task"]


@pytest.mark.parametrize(
    "text",
    [
        "{" * 5000,
        "# " + "{a={" * 3000,
        "[^" * 5000,
        "a@" * 5000,
        "'\"" * 5000,
        "www." * 5000,
        ": a\n" * 2000,
        "가\n: " * 1000,
        "a|b\n-|-\n" * 1500,
        "<!--" * 4000,
        "https://" + "a" * 20000,
        "*_~'`" * 3000,
    ],
    ids=lambda text: text[:8],
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.perf_counter()
    read(text, GoldmarkOptions(block_attributes=True))
    assert time.perf_counter() - begun < 5


OLD = GoldmarkOptions(is_old=True)


def test_an_old_goldmark_makes_an_id_of_the_heading_as_it_is_written() -> None:
    assert ids("## [글](https://example.org/)\n\n##\n\n## **a** `b`\n", OLD) == [
        "글httpsexampleorg",
        "heading",
        "a-b",
    ]


def test_one_tilde_strikes_through_as_two_do_but_for_an_old_goldmark() -> None:
    text = "3~4일, 5~6일 ~~가~나~~ ~~~다~~~ ~라~~ \\~마~\n"
    struck = [node.text() for node in found(text, nodes.Strikethrough)]
    assert struck == ["4일, 5", "가~나", "라"]
    assert [node.text() for node in found(text, nodes.Strikethrough, OLD)] == ["가~나"]


def test_a_symbol_is_punctuation_to_emphasis_but_for_an_old_goldmark() -> None:
    text = "가**€3**나 **가😀**나\n"
    assert found(text, nodes.Strong) == []
    assert len(found(text, nodes.Strong, OLD)) == 2


@pytest.mark.parametrize(
    ("text", "now", "old"),
    [
        ("(https://a.example/b.)", "https://a.example/b.", "https://a.example/b"),
        ("(https://a.example/b).", "https://a.example/b", "https://a.example/b)"),
        ("https://a.example/b*.", "https://a.example/b", "https://a.example/b"),
    ],
)
def test_a_bare_address_ends_before_what_belongs_to_the_sentence(text: str, now: str, old: str) -> None:
    assert (links(text), links(text, OLD)) == ([now], [old])


def test_a_table_may_have_more_columns_than_its_header_but_not_fewer() -> None:
    assert len(found("|a|\n|---|---|\n|1|2|\n", nodes.TableCell)) == 3
    assert found("|a|b|\n|---|\n|1|2|\n", nodes.Table) == []


def test_a_question_mark_between_angles_is_a_processing_instruction() -> None:
    assert [node.text() for node in found("List<?> a, List<?> b\n", nodes.Paragraph)] == ["List a, List b"]


def test_three_backslashes_at_the_end_of_a_line_break_none() -> None:
    assert found("a\\\\\\\nb\n", nodes.LineBreak) == []
    assert len(found("a\\\nb\n", nodes.LineBreak)) == 1


def test_with_hard_wraps_each_line_end_is_a_break() -> None:
    assert len(found("a\nb  \nc\\\nd\n", nodes.LineBreak, GoldmarkOptions(hard_wraps=True))) == 3


def test_nothing_is_read_between_the_delimiters_of_a_passthrough() -> None:
    options = GoldmarkOptions(passthrough=(("$$", "$$"), ("\\(", "\\)"), ("\\[", "\\]")))
    text = "\\(a_1 *b* c_2*\\) *글* $$x \\\\\n& [y](/z)$$ \\[ [끝](/a) $$\n"
    page = read(text, options)
    assert [node.text() for node in page.walk() if isinstance(node, nodes.Emphasis)] == ["글"]
    assert [node.destination for node in page.walk() if isinstance(node, nodes.Link)] == ["/a"]
    shown = page.text()
    assert "\\(a_1 *b* c_2*\\)" in shown
    assert "$$x \\\\\n& [y](/z)$$" in shown


def test_a_space_that_does_not_break_is_none_in_a_tag() -> None:
    options = GoldmarkOptions(unsafe=True)
    tags = found('글 <img\u00a0src="/a.png"> <img\tsrc="/b.png">\n', nodes.HtmlElement, options)
    assert [tag.attributes["src"] for tag in tags] == ["/b.png"]
