"""What engines make of front matter and of file names, where they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from postlint.named import NamedTuple
from postlint.post import liquid
from postlint.post.front_matter import FrontMatter, split
from postlint.post.mapped import Mapped
from postlint.post.yaml_tree import Entry


class Templates(Protocol):
    """What is replaced in a body before the engine reads it: Liquid, or Hugo's shortcodes."""

    def regions(self, text: str) -> list[liquid.LiquidRegion]:
        """Where it stands, in order, none within another."""

    def rendered(
        self, body: Mapped, found: Sequence[liquid.LiquidRegion], context: liquid.Context | None = None
    ) -> Mapped:
        """What Markdown gets to see of `body`, whose regions are `found`."""


class Conventions(NamedTuple):
    """The ways of one engine. The defaults are those of an engine of which nothing is known."""

    declared: bool = False
    """Whether a configuration says which engine it is; a lone post is merely taken for Jekyll's."""
    needs_opening_line: bool = False
    """Front matter is read only where the first line is `---`, with nothing before it."""
    dated_names: bool = False
    """Only a file that is named after its date and title is published; its address follows its date."""
    titles_from_names: bool = False
    """A post without a title is called by its file's name, in lower case but for first letters."""
    stops_at_dates: bool = False
    """A date that cannot be read ends the whole build."""
    refused_dates: Callable[[FrontMatter, str], Iterator[Entry]] | None = None
    """Finds the dates, in the front matter of the file at a path, that end the build of an engine other than
    Jekyll."""
    splits_tags: bool = False
    """`tags: a b` is two tags and `tag: a, b` is one; the same goes for categories."""
    needs_layout: bool = False
    """A page has no layout unless `layout` names one."""
    keeps_empty_tags: bool = False
    """An empty text in a list of tags or categories is a tag without a name."""
    knows_ids: bool = False
    """The ids that headings have on the page are those of the tree."""
    has_extensions: bool = False
    """What else than Markdown means something is not known: formulas may be taken out before Markdown sees
    them, references be defined elsewhere, and links without a text get that of what they lead to."""
    reads_alone: bool = False
    """What the engine does not take out of a text itself, nothing takes out before it: formulas neither."""
    split: Callable[[str], tuple[FrontMatter | None, int]] = split
    """Finds the front matter of a file's text, and the offset at which its body begins."""
    templates: Templates = liquid
    """What is replaced in a body, where the site says that anything is."""


JEKYLL = Conventions(
    declared=True,
    needs_opening_line=True,
    dated_names=True,
    titles_from_names=True,
    stops_at_dates=True,
    splits_tags=True,
    needs_layout=True,
    keeps_empty_tags=True,
    knows_ids=True,
)
"""Jekyll's lib/jekyll/document.rb and utils.rb."""
