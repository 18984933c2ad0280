"""What a site may ask of Goldmark."""

from __future__ import annotations

from postlint.named import NamedTuple


class GoldmarkOptions(NamedTuple):
    """Hugo's `markup.goldmark`, with its defaults (`markup/goldmark/goldmark_config/config.go`)."""

    table: bool = True
    strikethrough: bool = True
    linkify: bool = True
    linkify_protocol: str = "https"
    """The scheme that `www.…` gets."""
    task_list: bool = True
    definition_list: bool = True
    footnote: bool = True
    typographer: bool = True
    unsafe: bool = False
    """Whether raw HTML stands on the page; otherwise it is left out."""
    auto_heading_id: bool = True
    auto_heading_id_type: str = "github"
    """`github`, `github-ascii` or `blackfriday`."""
    title_attributes: bool = True
    """Whether a heading may end in `{#id}`."""
    block_attributes: bool = False
    """Whether a line `{#id}` below a block is its own."""
    hard_wraps: bool = False
    """Whether each line end in a paragraph is a `<br>`."""
    passthrough: tuple[tuple[str, str], ...] = ()
    """Opening and closing delimiters of what Markdown leaves as it is written: formulas."""
    strikes_with_one: bool = True
    """Whether one `~` strikes through as two do: from Goldmark 1.7.2 on, which Hugo has since 0.128."""
    is_old: bool = False
    """Whether it is the Goldmark 1.5 and 1.6 that Hugo had before 0.123."""
