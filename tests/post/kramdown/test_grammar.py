"""What kramdown makes of each construct, drawn as a tree."""

from __future__ import annotations

import pytest

from postlint.post.kramdown import Kramdown, KramdownOptions
from postlint.post.mapped import Mapped
from tests.post.kramdown.cases import GROUPS, Case
from tests.post.kramdown.sketch import sketch

_ALL = [
    pytest.param(case, id=f"{group}: {case.name} ({number})")
    for group, cases in GROUPS.items()
    for number, case in enumerate(cases, 1)
]


@pytest.mark.parametrize("case", _ALL)
def test_construct(case: Case) -> None:
    document = Kramdown(KramdownOptions(gfm=case.gfm)).parse(Mapped.whole(case.written))
    assert sketch(document.children) == case.tree


def tree(written: str, **options: object) -> str:
    parser = Kramdown(KramdownOptions(**options))  # type: ignore[arg-type]
    return sketch(parser.parse(Mapped.whole(written)).children)


def test_hard_wrap_breaks_every_line() -> None:
    assert tree("a\nb  \nc\n", hard_wrap=True) == r"p['a' br '\nb  ' br '\nc']"


def test_without_the_quirk_gfm_needs_blank_lines_before_blocks() -> None:
    assert tree("a\n- b\n", gfm_quirks=frozenset()) == r"p['a\n- b']"


def test_signs_may_be_left_as_they_are() -> None:
    quirks = frozenset({"paragraph_end", "no_auto_typographic"})
    assert tree("a -- b...\n", gfm_quirks=quirks) == "p['a -- b...']"


def test_quotes_are_the_sites_own() -> None:
    assert tree("\"a\" 'b'\n", smart_quotes=("'", "'", '"', '"')) == "p['\"a\" \\'b\\'']"


def test_ids_may_have_a_prefix_or_be_absent() -> None:
    assert tree("# a\n", auto_id_prefix="x-") == "h1#x-a['a']"
    assert tree("# a\n", auto_ids=False) == "h1['a']"


def test_kramdown_makes_ids_of_the_text_with_its_marks_unless_told_otherwise() -> None:
    assert tree("# a [b](c)\n", gfm=False) == "h1#a-bc['a ' link(c)['b']]"
    assert tree("# a [b](c)\n", gfm=False, auto_id_stripping=True) == "h1#a-b['a ' link(c)['b']]"


def test_text_may_be_transliterated_for_ids() -> None:
    made = tree("# 가 a\n", gfm=False, transliterated_header_ids=True, transliterate=lambda text: "ga a")
    assert made == "h1#ga-a['가 a']"


def test_html_blocks_may_hold_markdown_by_default() -> None:
    assert tree("<div>\n*a*\n</div>\n", parse_block_html=True) == "<div>[p[em['a']]]"


def test_html_in_text_may_hold_none() -> None:
    assert tree("<b>*a*</b>\n", parse_span_html=False) == "p[<b raw>['*a*']]"


def test_levels_may_be_moved() -> None:
    assert tree("# a\n###### b\n", header_offset=1) == "h2#a['a'] h6#b['b']"


def test_a_site_may_define_links() -> None:
    assert tree("[a][X]\n", link_defs={"x": ("http://h", "t")}) == "p[link(reference http://h 't')['a']]"


def test_the_table_of_contents_has_the_headings_that_the_site_wants_in_it() -> None:
    written = "- x\n{:toc}\n\n# a\n\n## b\n\n# c\n{: .no_toc}\n"
    document = Kramdown(KramdownOptions(toc_levels=frozenset({1}))).parse(Mapped.whole(written))
    contents = document.children[0]
    assert [heading.id for heading in contents.entries] == ["a"]  # type: ignore[attr-defined]


def test_headings_in_the_lists_place_take_their_ids_with_them() -> None:
    assert tree("- # a\n{:toc}\n\n# a\n") == "contents h1#a-1['a']"


def test_text_read_twice_leaves_nothing_in_ids() -> None:
    """An opener that is not closed is read again: signs in what was read first are no part of the id."""
    assert tree('# *a "b" **c\n') == "h1#a-b-c['*a “b” **c']"


def test_a_form_feed_behind_an_indent_is_text() -> None:
    assert tree("\t\fa\n\nb\n") == r"'\t\x0ca\n' p['b']"
