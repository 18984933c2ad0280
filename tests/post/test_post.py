"""What rules may ask of a post. The page is made by a stand-in engine, whose tree each test gives."""

from __future__ import annotations

import pytest

from postlint.findings import Span
from postlint.post import nodes
from postlint.post.liquid import UNKNOWN
from postlint.post.mapped import Mapped
from postlint.post.post import Engine, Kind, Post
from postlint.post.source import Source
from postlint.site.jekyll.home import JekyllSite

FRONT_MATTER = "---\ntitle: 봄\n---\n"


class Stub:
    """An engine that gives the nodes it was made with, and keeps the text it was asked to read."""

    def __init__(self, children: list[nodes.Node]) -> None:
        self._children = children
        self.read = ""

    def parse(self, text: Mapped) -> nodes.Document:
        self.read = text.text
        return nodes.Document(Span(0, len(text.text)), children=self._children)


class StubHome(JekyllSite):
    """No site at all, with an engine that makes what a test wants."""

    def __init__(self, engine: Engine, liquid: bool) -> None:
        super().__init__(None)
        self._stub, self._liquid = engine, liquid

    def engine(self, kind: Kind) -> Engine:
        return self._stub

    def has_liquid(self, kind: Kind) -> bool:
        return self._liquid


def post(text: str, *children: nodes.Node, has_liquid: bool = True) -> Post:
    engine = Stub(list(children))
    return Post("_posts/a.md", Kind.POST, Source(text), StubHome(engine, has_liquid))


def marked(text: str) -> tuple[str, list[Span]]:
    """The text without its ⟦⟧, and the spans that they marked."""
    spans: list[Span] = []
    plain = ""
    for character in text:
        if character == "⟦":
            spans.append(Span(len(plain), len(plain)))
        elif character == "⟧":
            spans[-1] = Span(spans[-1].start, len(plain))
        else:
            plain += character
    return plain, spans


def link(span: Span, destination: str, kind: nodes.LinkKind = nodes.LinkKind.INLINE) -> nodes.Link:
    return nodes.Link(span, kind=kind, destination=destination, destination_span=span, text_span=span)


# What the engine reads


def what_is_read(text: str, *, has_liquid: bool = True) -> str:
    engine = Stub([])
    read = Post("a.md", Kind.POST, Source(text), StubHome(engine, has_liquid))
    assert read.document.children == []
    return engine.read


def test_the_engine_reads_the_body_without_front_matter_and_liquid() -> None:
    text = FRONT_MATTER + "가{% comment %}나{% endcomment %}다{{ site.title }}\n"
    assert what_is_read(text) == f"가다{UNKNOWN}\n"


def test_liquid_is_text_where_no_site_renders_it() -> None:
    assert what_is_read("가{{ site.title }}\n", has_liquid=False) == "가{{ site.title }}\n"


@pytest.mark.parametrize(
    ("value", "read"), [("false", "{{ 'a' }}\n"), ("no", "{{ 'a' }}\n"), ("true", "a\n"), ("", "a\n")]
)
def test_a_post_may_refuse_liquid_as_in_jekyll(value: str, read: str) -> None:
    assert what_is_read(f"---\nrender_with_liquid: {value}\n---\n{{{{ 'a' }}}}\n") == read


# Lines


# Addresses


def test_addresses_are_those_of_links_images_definitions_and_raw_html() -> None:
    text, spans = marked(
        "[가](⟦https://a.kr⟧) ![나](⟦http://b.kr⟧) <⟦https://c.kr⟧>\n"
        '<iframe src="⟦https://d.kr⟧"></iframe>\n\n[라]: ⟦https://e.kr⟧\n'
    )
    a, b, c, d, e = spans
    found = post(
        text,
        link(a, "https://a.kr"),
        nodes.Image(
            b,
            kind=nodes.LinkKind.INLINE,
            destination="http://b.kr",
            destination_span=b,
            text_span=b,
            alt="나",
        ),
        link(c, "https://c.kr", nodes.LinkKind.AUTOLINK),
        nodes.HtmlElement(
            d,
            name="iframe",
            opening_span=d,
            block=True,
            raw=True,
            attributes={"src": "https://d.kr"},
            attribute_spans={"src": d},
        ),
        nodes.LinkDefinition(e, label="라", destination="https://e.kr", destination_span=e),
    )
    addresses = list(found.addresses)
    assert [address.span for address in addresses] == spans
    assert [address.text for address in addresses] == [text[slice(*span)] for span in spans]


def test_the_address_of_a_definition_is_one_however_many_links_use_it() -> None:
    definition = nodes.LinkDefinition(
        Span(6, 20), label="가", destination="https://a.kr", destination_span=Span(8, 20)
    )
    uses = [link(Span(start, start + 3), "https://a.kr", nodes.LinkKind.REFERENCE) for start in (0, 3)]
    found = post("[가][가]\n[가]: https://a.kr", *uses, definition)
    assert [address.owner for address in found.addresses] == [definition]


@pytest.mark.parametrize("destination", ["/about", "../a.png", "#top", "mailto:a@b.kr", f"{UNKNOWN}/a.png"])
def test_what_is_not_of_the_web_is_no_address(destination: str) -> None:
    assert list(post("[가](…)", link(Span(4, 5), destination)).addresses) == []


def test_a_destination_is_there_whatever_its_scheme_and_an_address_is_one_of_them() -> None:
    text, spans = marked("[가](⟦/about⟧) [나](⟦mailto:a@b.kr⟧) [다](⟦https://c.kr⟧)")
    found = post(text, *(link(span, text[slice(*span)]) for span in spans))
    assert [one.text for one in found.destinations] == ["/about", "mailto:a@b.kr", "https://c.kr"]
    assert list(found.addresses) == [found.destinations[2]]


def test_a_part_of_an_address_has_its_place_where_nothing_was_replaced() -> None:
    text, (span,) = marked("[가](⟦https://a.kr/?x=1⟧)")
    (address,) = post(text, link(span, "https://a.kr/?x=1")).addresses
    assert address.is_verbatim
    part = Span(address.text.index("?"), len(address.text))
    assert text[slice(*address.span_of(part))] == "?x=1"


def test_a_part_of_an_address_with_liquid_in_it_stands_for_all_of_it() -> None:
    text, (span,) = marked("[가](⟦https://a.kr/{{ x }}⟧)")
    (address,) = post(text, link(span, f"https://a.kr/{UNKNOWN}")).addresses
    assert not address.is_verbatim
    assert address.span_of(Span(0, 5)) == span


# Where no fix may edit


def html(span: Span, opening: Span, *, raw: bool, src: Span | None = None) -> nodes.HtmlElement:
    return nodes.HtmlElement(
        span,
        name="div",
        opening_span=opening,
        block=True,
        raw=raw,
        attribute_spans={} if src is None else {"src": src},
    )


def test_code_formulas_comments_and_liquid_are_opaque() -> None:
    text, spans = marked(
        "⟦`a`⟧ ⟦$$b$$⟧ ⟦<!-- c -->⟧ ⟦{{ d }}⟧ ⟦{% comment %}e{% endcomment %}⟧ f\n\n⟦    g\n⟧"
    )
    code, formula, comment, _, _, block = spans
    found = post(
        text,
        nodes.CodeSpan(code, value="a"),
        nodes.Formula(formula, value="b", tex_span=formula, display=False),
        nodes.HtmlComment(comment),
        nodes.CodeBlock(block, value="g", content_span=block, fenced=False),
    )
    assert list(found.opaque_spans) == spans


def test_inside_raw_only_the_tags_are_opaque() -> None:
    text, spans = marked(FRONT_MATTER + "가 ⟦{% raw %}⟧[나](/){{ x }}⟦{% endraw %}⟧ 다\n")
    assert list(post(text).opaque_spans) == spans


def test_raw_html_is_opaque_but_for_its_addresses() -> None:
    text, (before, source, after) = marked('⟦<div src="⟧⟦https://a.kr⟧⟦">가</div>⟧ 나')
    whole = Span(before.start, after.end)
    assert list(post(text, html(whole, whole, raw=True, src=source)).opaque_spans) == [before, after]


def test_of_html_with_markdown_inside_only_the_opening_tag_is_opaque() -> None:
    text, (opening,) = marked("⟦<div>⟧\n\n**가**\n\n</div>")
    found = post(text, html(Span(0, len(text)), opening, raw=False))
    assert list(found.opaque_spans) == [opening]


def test_an_address_in_html_within_html_stays_open() -> None:
    text, (source,) = marked('<div><img src="⟦https://a.kr⟧"></div>')
    outer, inner = Span(0, len(text)), Span(5, len(text) - 6)
    found = post(text, html(outer, Span(0, 5), raw=True), html(inner, inner, raw=True, src=source))
    assert list(found.opaque_spans) == [Span(0, source.start), Span(source.end, len(text))]


OPAQUE = [
    # "가 `나` 다": the code spans from 2 to 5
    (Span(0, 2), False),
    (Span(0, 3), True),
    (Span(3, 4), True),
    (Span(2, 5), True),
    (Span(4, 8), True),
    (Span(5, 8), False),
    (Span(0, 8), True),
    # insertions before, within and behind it
    (Span(2, 2), False),
    (Span(3, 3), True),
    (Span(5, 5), False),
]


@pytest.mark.parametrize(("span", "opaque"), OPAQUE)
def test_an_edit_that_touches_code_is_seen(span: Span, opaque: bool) -> None:
    assert post("가 `나` 다\n", nodes.CodeSpan(Span(2, 5), value="나")).is_opaque(span) is opaque


def test_a_node_encloses_what_begins_within_it_and_not_itself() -> None:
    outer, inner, next_ = Span(0, 9), Span(0, 4), Span(9, 12)
    strong = [nodes.Strong(span) for span in (outer, inner, next_)]
    one = post("0123456789ab", *strong)
    assert one.encloses(nodes.Strong, Span(5, 8))
    assert one.encloses(nodes.Strong, inner)
    assert not one.encloses(nodes.Strong, next_)
    assert not one.encloses(nodes.Link, Span(5, 8))
