"""What a site may set in its `kramdown:` configuration that changes what is on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from postlint.named import NamedTuple


class KramdownOptions(NamedTuple):
    """kramdown's options (its `options.rb` and kramdown-parser-gfm's `gfm/options.rb`), as Jekyll sets them.

    `gfm` tells Jekyll's `input: GFM` from `input: kramdown`.
    """

    gfm: bool = True
    hard_wrap: bool = False
    """GFM only: every line end within a paragraph is a `<br>`."""
    gfm_quirks: frozenset[str] = frozenset({"paragraph_end"})
    """GFM only: `paragraph_end`, `no_auto_typographic`."""
    auto_ids: bool = True
    auto_id_prefix: str = ""
    auto_id_stripping: bool = False
    """Ids are made of a heading's text without markup; GFM always does so."""
    transliterated_header_ids: bool = False
    transliterate: Callable[[str], str] | None = None
    """How to write text in ASCII (kramdown asks the library Stringex); without it, text stays as it is."""
    parse_block_html: bool = False
    parse_span_html: bool = True
    header_offset: int = 0
    toc_levels: frozenset[int] = frozenset({1, 2, 3, 4, 5, 6})
    smart_quotes: tuple[str, str, str, str] = ("\u2018", "\u2019", "\u201c", "\u201d")
    """What `'` and `"` become: opening and closing single, opening and closing double."""
    link_defs: Mapping[str, tuple[str, str | None]] = {}
    """Link definitions for every post: a label's destination and title."""
