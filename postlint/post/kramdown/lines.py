"""Lines that several block parsers look for: where a block ends, what stands between blocks.

Settled by kramdown's `parser/kramdown/` (blank_line, eob, horizontal_rule, extensions, paragraph, list,
block_boundary) and, for GFM, by `gfm.rb` of kramdown-parser-gfm. In Ruby's expressions `\\s*?\\n` may not
go beyond the first line end, and `^` is always true where a scan begins; neither is written here.
"""

from __future__ import annotations

import re

from postlint.patterns import lazy
from postlint.post.kramdown.attributes import ANY, IDENTIFIER
from postlint.post.kramdown.characters import IN_LINE, SPACE
from postlint.post.kramdown.tags import LAZY_END

BLANK = lazy(rf"[{SPACE}]*\n")
END_OF_BLOCK = lazy(rf"\^[{IN_LINE}]*\n")
HORIZONTAL_RULE = lazy(r" {0,3}(?:\*[ \t]*\*[ \t]*\*[* \t]*|-[ \t]*-[ \t]*-[- \t]*|_[ \t]*_[ \t]*_[_ \t]*)\n")
ATTRIBUTE_LIST = lazy(rf" {{0,3}}\{{:(?![:/])({ANY}+)\}}[{IN_LINE}]*\n")
CODE_INDENT = lazy(r"^(?:\t| {4})", re.MULTILINE)

_LAZY = rf"(?=[{IN_LINE}]*\n)|\Z|\^[{IN_LINE}]*\n| {{0,3}}(?:{LAZY_END}|(?P<ial>\{{:(?![:/])))"
QUOTE_END = lazy(rf"\n(?:{_LAZY})")
CODE_END = lazy(rf"\n(?:{_LAZY}|(?=[ \t]*[\r\f\v]))")
PARAGRAPH_END = lazy(rf"\n(?:{_LAZY}| {{0,3}}:[\t| ])")
PARAGRAPH_END_GFM = lazy(rf"\n(?:{_LAZY}|#{{1,6}}[\t ]| {{0,3}}(?:[-+*:][\t| ]|[0-9]+\.[\t| ]|>|[~`]{{3}}))")
LIST_MARK = lazy(r" {0,3}(?:[-+*]|[0-9]+\.)[\t| ]")
UNORDERED = lazy(r"( {0,3}[-+*])[\t| ]")
ORDERED = lazy(r"( {0,3}[0-9]+\.)[\t| ]")
DEFINITION_MARK = lazy(r"( {0,3}:)[\t| ]")
ITEM_ATTRIBUTES = lazy(rf"[{SPACE}]*\{{:(?!(?:{IDENTIFIER})?:|/)({ANY}+)\}}[{SPACE}]*")
