"""A post's front matter: the YAML between two lines of three hyphens."""

from __future__ import annotations

import enum

from postlint.findings import Span
from postlint.named import NamedTuple
from postlint.patterns import lazy
from postlint.post.yaml_tree import Entry, Mapping, Problem, YamlDocument, YamlError

# Document::YAML_FRONT_MATTER_REGEXP in Jekyll's lib/jekyll/document.rb, taken apart so that a text
# that never closes costs one pass. Ruby's `\s` is these six characters, and only a line feed ends a
# line for its `^` and `$`: with bare carriage returns there is no front matter.
_OPENING = lazy(r"---[ \t\r\f\v]*\n")
_CLOSING = lazy(r"\n(?=---|\.\.\.)(?:---|\.\.\.)[ \t\r\f\v]*(?:(?=\n)|\Z)")
_BLANK = lazy(r"[ \t\r\n\f\v]*")


class Syntax(enum.Enum):
    """What a front matter is written in; Jekyll knows YAML only."""

    YAML = "yaml"
    TOML = "toml"
    JSON = "json"


class FrontMatter(NamedTuple):
    """What stands before a post's body. All spans are offsets, in characters, into the file's text.

    Jekyll publishes a post whose front matter it refuses as if it had an empty one: `entries` is
    empty then, and `error` says why.
    """

    span: Span
    """With both lines of hyphens, and with the blank lines behind, which Jekyll cuts off too."""
    content_span: Span
    """The lines between the two lines of hyphens."""
    closing_span: Span
    """The closing `---` or `...`, without what follows it."""
    mapping: Mapping
    error: YamlError | None = None
    syntax: Syntax = Syntax.YAML
    """Of any other than YAML, rules learn what a key has, but are shown no entry and no line: what they
    have to say of these, they say of YAML."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The keys at the top level in their order, duplicates kept."""
        return self.mapping.entries if self.syntax is Syntax.YAML else ()

    def get(self, key: str) -> Entry | None:
        """The entry that the engine has for `key`: the last of several."""
        return self.mapping.get(key)


def opening_span(text: str) -> Span | None:
    """The line of hyphens that begins a front matter, line end included, closed or not.

    A page that has one is rendered, one without is copied as it is (Utils.has_yaml_header? in
    Jekyll's lib/jekyll/utils.rb).
    """
    opening = _OPENING.match(text)
    return Span(*opening.span()) if opening else None


def split(text: str) -> tuple[FrontMatter | None, int]:
    """The front matter of a file's text, and the offset at which its body begins.

    `text` has no byte order mark any more. Without a front matter, or with one that is never
    closed, the body is the entire text. Raises nothing.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None, 0
    closing = _CLOSING.search(text, opening.end() - 1)
    if closing is None:
        return None, 0
    content = Span(opening.end(), closing.start() + 1)
    body_start = _body_start(text, closing.end())
    document = _read(text[: content.end], content)
    mapping, error = document.tree, document.error
    if not isinstance(mapping, Mapping):
        # To Jekyll, nothing and `false` are both as good as no keys; anything else it cannot merge.
        if mapping is not None and mapping.value not in (None, False):
            error = YamlError(mapping.span, Problem.NOT_A_MAPPING)
        mapping = Mapping(Span(content.start, content.start), (), flow=False)
    closing_span = Span(closing.start() + 1, closing.start() + 4)
    return FrontMatter(Span(0, body_start), content, closing_span, mapping, error), body_start


def _body_start(text: str, closed: int) -> int:
    """The blank lines behind the closing line go with it: `\\s*$\\n?` takes all it can get."""
    blank = _BLANK.match(text, closed)
    end = blank.end() if blank else closed
    return end if end == len(text) else text.rindex("\n", closed, end) + 1


def _read(text: str, content: Span) -> YamlDocument:
    if not text[len("---") : content.end].strip(" \r\n"):
        return YamlDocument(Mapping(Span(content.start, content.start), (), flow=False))
    # PyYAML takes longer to import than a blog's front matter to read: a file without any need not pay.
    from postlint.post.yaml_reader import read

    return read(text)
