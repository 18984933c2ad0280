"""Trees drawn on a line, for tests to be read: `p['a ' em['b']]`."""

from __future__ import annotations

from collections.abc import Sequence

from postlint.post import nodes as n

_NAMES: dict[type[n.Node], str] = {
    n.Paragraph: "p",
    n.Quote: "quote",
    n.Item: "item",
    n.ThematicBreak: "rule",
    n.Table: "table",
    n.TableRow: "row",
    n.TableCell: "cell",
    n.DefinitionList: "definitions",
    n.DefinitionTerm: "term",
    n.DefinitionDetails: "details",
    n.Emphasis: "em",
    n.Strong: "strong",
    n.Strikethrough: "del",
    n.LineBreak: "br",
    n.HtmlComment: "comment",
    n.TableOfContents: "contents",
}


def sketch(nodes: Sequence[n.Node]) -> str:
    """Each node as its name, what distinguishes it, its attributes in braces, its children in brackets."""
    return " ".join(map(_node, nodes))


def _node(node: n.Node) -> str:
    match node:
        case n.Text():
            return repr(node.value)
        case n.Heading():
            drawn = f"h{node.level}" + (f"#{node.id}" if node.id is not None else "")
        case n.List():
            drawn = "ol" if node.ordered else "ul"
        case n.CodeBlock():
            drawn = (
                f"{'fence' if node.fenced else 'code'}({node.info}{'|' if node.info else ''}{node.value!r})"
            )
        case n.CodeSpan():
            drawn = f"`{node.value}`"
        case n.Formula():
            drawn = f"{'display' if node.display else 'inline'}({node.value})"
        case n.Link() | n.Image():
            title = f" {node.title!r}" if node.title is not None else ""
            kind = "" if node.kind is n.LinkKind.INLINE else f"{node.kind.value} "
            if isinstance(node, n.Image):
                drawn = f"image({kind}{node.destination}{title})({node.alt!r})"
            else:
                drawn = f"link({kind}{node.destination}{title})"
        case n.LinkDefinition():
            title = f" {node.title!r}" if node.title is not None else ""
            drawn = f"definition({node.label}: {node.destination}{title})"
        case n.FootnoteReference():
            drawn = f"reference({node.name})"
        case n.FootnoteDefinition():
            drawn = f"note({node.name})"
        case n.HtmlElement():
            drawn = f"<{node.name}{' raw' if node.raw else ''}>"
        case n.RawOutput():
            drawn = f"output({node.value!r})"
        case n.Abbreviation():
            drawn = f"abbreviation({node.title})"
        case _:
            drawn = _NAMES[type(node)]
    if node.attributes:
        pairs = " ".join(f"{name}={value!r}" for name, value in node.attributes.items())
        drawn += "{" + pairs + "}"
    return f"{drawn}[{sketch(node.children)}]" if node.children else drawn
