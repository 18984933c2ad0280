"""What a post defines for use elsewhere, and `{::…}` extensions.

Settled by `footnote.rb`, `link.rb`, `abbreviation.rb`, `extensions.rb` of kramdown's `parser/kramdown/`.

`footnote`, `link` and `abbreviation` take theirs where one begins at the parser's `position`, an offset into
its `text`: they note what is defined, move the position on and return True. Elsewhere they return False.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postlint.patterns import lazy
from postlint.post.kramdown.attributes import IDENTIFIER, AttributeList
from postlint.post.kramdown.characters import IN_LINE, STRIPPED
from postlint.post.kramdown.context import Definition, Footnote, normalized_label
from postlint.post.kramdown.lines import CODE_INDENT
from postlint.post.kramdown.tree import Block, without

if TYPE_CHECKING:
    from postlint.post.kramdown.blocks import BlockParser

_FOOTNOTE = lazy(rf" {{0,3}}\[\^({IDENTIFIER})\]:")
_LINK = lazy(
    r""" {0,3}\[([^\n\]]+)\]:[ \t]*(?:<([^\n]*?)>|([^\n]*?[^ \t\n\r\f\v][^\n]*?))"""
    r"""(?:(?:[ \t]*?\n|[ \t]+?)[ \t]*?(["'])([^\n]+?)\4)?[ \t]*?\n"""
)
_SPACE_AND_QUOTE = lazy(r"""[ \t]+["']""")
_ABBREVIATION = lazy(r" {0,3}\*\[([^\n]+?)\]:([^\n]*)\n")

_LONGEST_LINK_LINE = 20_000
"""A longer line is no definition: kramdown's expression would take hours to say so."""


def footnote(parser: BlockParser) -> bool:
    match = _FOOTNOTE.match(parser.text, parser.position)
    if match is None:
        return False
    text, start = parser.text, parser.position
    end = parser.code_end(text.index("\n", match.end()) + 1)
    parser.position = end
    content = Block("footnote_def", parser.span(start, end))
    parser.nested(without(CODE_INDENT, text, match.end(), end), content)
    marker = parser.mark("footnote_def", start, end)
    # A later definition of the same name wins, at the place of the first.
    parser.context.footnotes[match[1]] = Footnote(content, marker)
    return True


def link(parser: BlockParser) -> bool:
    text, start = parser.text, parser.position
    if text.index("\n", start) - start > _LONGEST_LINK_LINE:
        return False
    match = _LINK.match(text, start)
    if match is None or (match[3] is not None and _SPACE_AND_QUOTE.search(match[3])):
        return False
    group = 2 if match[2] is not None else 3
    parser.position = match.end()
    marker = parser.mark("link_def", start, match.end())
    definition = Definition(match[group], parser.source.span(*match.span(group)), match[5], marker)
    label = normalized_label(match[1])
    parser.context.definitions[label] = definition
    marker.definition = label, definition
    return True


def abbreviation(parser: BlockParser) -> bool:
    match = _ABBREVIATION.match(parser.text, parser.position)
    if match is None:
        return False
    parser.position = match.end()
    marker = parser.mark("abbrev_def", match.start(), match.end())
    parser.context.abbreviations[match[1]] = match[2].strip(STRIPPED), marker
    return True


def extension_parts(match: re.Match[str]) -> tuple[str, AttributeList, bool]:
    """The name and attributes of the extension that `match` opens, and whether a slash closes it at once."""
    written = match[2] or ""
    closed = match[3] is not None or written.endswith("/")
    attributes = AttributeList()
    attributes.add(written.removesuffix("/"))
    return match[1], attributes, closed


def extension_body(text: str, match: re.Match[str], *, block: bool) -> tuple[int, int] | None:
    """The content of the extension that `match` opens and where its closing tag ends; None if there is none.

    Returns the offset where the content ends and the one behind the closing tag.
    """
    name = re.escape(match[1])
    pattern = rf"^ {{0,3}}\{{:/(?:{name})?\}}[{IN_LINE}]*\n" if block else rf"\{{:/(?:{name})?\}}"
    stop = re.compile(pattern, re.MULTILINE).search(text, match.end())
    return None if stop is None else stop.span()


def block_extension(parser: BlockParser, match: re.Match[str]) -> bool:
    """The extension that `match` opens, or nothing at all if it is a stray closing tag."""
    if match[1] is None:
        return False
    name, attributes, closed = extension_parts(match)
    if name not in ("comment", "nomarkdown", "options"):
        return False
    start, end = match.span()
    body_end = None
    if not closed:
        if parser.nowhere("{:/", end):
            return False
        found = extension_body(parser.text, match, block=True)
        if found is None:
            return False
        body_end, end = found
    parser.position = end
    if name == "options":
        for key, value in attributes.attributes.items():
            parser.context.set_option(key, value)
        parser.mark("extension", start, end)
    elif body_end is not None:
        block = Block("comment" if name == "comment" else "raw", parser.span(start, end))
        block.value = parser.text[match.end() : body_end].removesuffix("\n")
        block.attributes = dict(attributes.attributes)
        parser.tree.children.append(block)
    return True
