"""What the site remembers of a page."""

from __future__ import annotations

import pickle

from postlint.post.kramdown import Kramdown
from postlint.post.mapped import Mapped
from postlint.post.source import Source
from postlint.site.facts import BodyFacts, FormulaFact, HeadingFact, ImageFact, LinkFact, body_facts
from postlint.site.html import HtmlPage


def markdown(text: str) -> BodyFacts:
    return body_facts(Kramdown().parse(Mapped.whole(text)), Source(text))


def html(text: str) -> BodyFacts:
    return body_facts(HtmlPage().parse(Mapped.whole(text)), Source(text))


def test_headings_have_their_ids_and_lines() -> None:
    facts = markdown("# 하나\n\n<h2 id='two'>Two</h2>\n\n## `x` *y*\n\n# 하나\n")
    assert facts.headings == (
        HeadingFact(1, "하나", "하나", 1),
        HeadingFact(2, "two", "Two", 3),
        HeadingFact(2, "x-y", "x y", 5),
        HeadingFact(1, "하나-1", "하나", 7),
    )


def test_links_and_images_stand_in_the_order_of_the_page() -> None:
    facts = markdown(
        "[a](/a) ![b](b.png)\n\n<a href='/c?x&amp;y'><img src='d.png'></a> [e]\n\n[e]: /e 'title'\n"
    )
    assert facts.links == (LinkFact("/a", 1, 1), LinkFact("/c?x&y", 3, 1), LinkFact("/e", 3, 44))
    assert facts.images == (ImageFact("b.png", 1, 9), ImageFact("d.png", 3, 22))


def test_notes_and_contents_bring_links_and_anchors_of_their_own() -> None:
    facts = markdown("* x\n{:toc}\n\n# A ![i](i.png)\n\nb[^n] c[^n]\n\n[^n]: note [l](/l)\n")
    assert [link.href for link in facts.links] == ["#a-", "#fn:n", "#fn:n", "/l", "#fnref:n", "#fnref:n:1"]
    assert [image.src for image in facts.images] == ["i.png", "i.png"]
    assert facts.anchors == {"a-", "markdown-toc", "markdown-toc-a-", "fn:n", "fnref:n", "fnref:n:1"}


def test_anchors_are_ids_and_names() -> None:
    assert markdown("<a name='n'></a> <b id='b'>x</b>\n\ntext\n{: #p}\n").anchors == {"n", "b", "p"}


def test_formulas_are_those_that_the_engine_knows() -> None:
    facts = markdown("a $$x$$ b\n\n$$\ny\n$$\n")
    assert facts.formulas == (FormulaFact(False, "x", 1), FormulaFact(True, "y", 3))


def test_a_page_of_html_is_read_as_it_is() -> None:
    facts = html(
        "<h1>A <b>b</b></h1>\r\n# no heading [x](/y)\n<p><a href=/x>x<img src='i.png'></a>\n<h2 id=z>unclosed"
    )
    assert facts.headings == (HeadingFact(1, None, "A b", 1), HeadingFact(2, "z", "unclosed", 4))
    assert facts.links == (LinkFact("/x", 3, 4),)
    assert facts.images == (ImageFact("i.png", 3, 16),)


def test_facts_go_to_other_processes_and_back() -> None:
    facts = markdown("# A\n\n[a](/a)\n")
    assert pickle.loads(pickle.dumps(facts)) == facts
