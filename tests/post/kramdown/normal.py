"""A tree in the form that `tests/truth/kramdown_tree.rb` writes, to compare the two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from postlint.post import nodes as n
from postlint.post.kramdown.symbols import resolved

Tree = list[Any]

_PLAIN: dict[type[n.Node], str] = {
    n.Paragraph: "p",
    n.Quote: "quote",
    n.Item: "li",
    n.DefinitionList: "dl",
    n.DefinitionTerm: "dt",
    n.DefinitionDetails: "dd",
    n.ThematicBreak: "hr",
    n.Emphasis: "em",
    n.Strong: "strong",
    n.Table: "table",
    n.TableRow: "tr",
    n.TableCell: "td",
}


def ours(nodes: Sequence[n.Node]) -> list[Tree]:
    """Our tree in the common form."""
    result: list[Tree] = []
    for node in nodes:
        tree = _tree(node)
        if tree is not None:
            _add(result, tree)
    return result


def _add(result: list[Tree], tree: Tree) -> None:
    if tree[0] == "text":
        if not tree[1]["value"]:
            return
        if result and result[-1][0] == "text":
            result[-1][1]["value"] += tree[1]["value"]
            return
    elif tree[0] == "br" and result and result[-1][0] == "text":
        # Nobody sees spaces before a line break; here they belong to it.
        value = result[-1][1]["value"] = result[-1][1]["value"].rstrip(" ")
        if not value:
            result.pop()
    result.append(tree)


def _tree(node: n.Node) -> Tree | None:
    attributes = dict(node.attributes)
    children = ours(node.children)
    plain = _PLAIN.get(type(node))
    if plain is not None:
        return [plain, {"attr": attributes}, _rows(children) if plain in ("tr",) else children]
    match node:
        case n.Text():
            return ["text", {"value": node.value}, []]
        case n.Heading():
            return ["h", {"level": node.level, "id": node.id, "attr": attributes}, children]
        case n.List():
            return ["ol" if node.ordered else "ul", {"attr": attributes}, children]
        case n.CodeBlock():
            fields = {"value": node.value, "fenced": node.fenced, "attr": attributes}
            return ["codeblock", fields, []]
        case n.CodeSpan():
            return ["code", {"value": node.value, "attr": attributes}, []]
        case n.Formula():
            return ["math", {"value": node.value, "display": node.display, "attr": attributes}, []]
        case n.Link():
            fields = {"to": node.destination, "alt": None, "title": node.title, "attr": attributes}
            return ["a", fields, children]
        case n.Image():
            fields = {"to": node.destination, "alt": node.alt, "title": node.title, "attr": attributes}
            return ["img", fields, children]
        case n.LineBreak():
            return ["br", {"attr": attributes}, []]
        case n.Strikethrough():
            return ["del", {}, children]
        case n.HtmlElement():
            fields = {"name": node.name, "attr": attributes, "block": node.block, "raw": node.raw}
            return ["html", fields, children]
        case n.HtmlComment():
            return ["comment", {}, []]
        case n.RawOutput():
            return ["raw", {"value": node.value}, []]
        case n.Abbreviation():
            return ["abbr", {"value": node.text()}, []]
        case n.FootnoteReference():
            return ["footnote", {"name": node.name}, []]
        case n.FootnoteDefinition():
            return ["note", {"name": node.name}, children] if node.children else None
        case n.TableOfContents():
            return ["toc", {}, []]
        case n.LinkDefinition():
            return None
    raise AssertionError(type(node))


def _rows(cells: list[Tree]) -> list[Tree]:
    """A row without the empty cells at its end, with which kramdown fills short rows up."""
    while cells and not cells[-1][2] and not cells[-1][1]["attr"]:
        cells.pop()
    return cells


def theirs(trees: Iterable[Tree]) -> list[Tree]:
    """kramdown's tree, with the character references that it leaves to the browser resolved."""
    result: list[Tree] = []
    for kind, fields, children in trees:
        fields = dict(fields)
        if kind == "text" and fields.pop("raw", False):
            fields["value"] = resolved(fields["value"])
        for name in ("to", "alt", "title"):
            if fields.get(name):
                fields[name] = resolved(fields[name])
        if "attr" in fields:
            fields["attr"] = {name: resolved(value or "") for name, value in fields["attr"].items()}
        if kind == "h" and not (fields["id"] or "").strip():
            fields["id"] = None
        inner = theirs(children)
        if kind == "note" and not inner:
            continue
        _add(result, [kind, fields, _rows(inner) if kind == "tr" else inner])
    return result
