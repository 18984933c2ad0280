"""The inside of a paragraph, heading or cell as Goldmark reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postlint.post.commonmark.delimiters import COMMONMARK, GITHUB, Run
from postlint.post.commonmark.inlines import (
    Bare,
    Bracket,
    Candidate,
    Inlines,
    InlinesState,
)
from postlint.post.goldmark import linkify, typography
from postlint.post.goldmark.options import GoldmarkOptions
from postlint.post.goldmark.typography import Quotes
from postlint.post.nodes import FootnoteReference, HtmlComment, LineBreak, Text

_FOOTNOTE = re.compile(r"!?\[\^((?:[^\\\[\]\n]|\\[!-/:-@\[-`{-~]|\\)+)\]")

_COMMENT = re.compile(r"<!---->|<!--(?!-?>)(?:-?[^-])*+-->")
"""Without `--` in it (CommonMark 0.30, section 6.6)."""


class GoldmarkInlines(Inlines):
    def __init__(self, options: GoldmarkOptions) -> None:
        super().__init__(gfm=False)
        self._options = options
        self.classes = GITHUB if options.is_old else COMMONMARK
        marks = r"[\\`*_!\[\]<"
        if options.strikethrough:
            self.register("tildes", r"~+", GoldmarkInlines.parse_tildes)
            marks += "~"
        marks += "]"
        if options.typographer:
            self.register("typography", typography.MARKS, GoldmarkInlines.parse_typography)
            marks += rf"|{typography.MARKS}"
        if options.passthrough:
            openings = sorted({opening for opening, _ in options.passthrough}, key=len, reverse=True)
            grammar = "|".join(rf"\\\\{re.escape(one)}|{re.escape(one)}" for one in openings)
            self.register("passthrough", grammar, GoldmarkInlines.parse_passthrough, before="escaped")
            marks += f"|{grammar}"
        self.look_for(f"(?:{marks})")
        if options.hard_wraps:
            self._next_mark = self._next_mark_or_line_end

    # Bare addresses

    def address_candidates(self, text: str) -> Iterator[Candidate]:
        if self._options.linkify and (":" in text or "www." in text or "@" in text):
            return linkify.candidates(text)
        return iter(())

    def bare_address(self, candidate: Candidate, state: InlinesState) -> int:
        start, behind = candidate
        if state.open_brackets or state.has_unclosed or not _may_begin(state, start):
            return start + 1
        text = state.src
        is_old = self._options.is_old
        if behind > start:
            end = linkify.web_end(text, start, is_old=is_old)
        else:
            end = linkify.email_end(text, start, is_old=is_old)
        if end is None:
            return start + 1
        scheme = ""
        if behind == start:
            scheme = "mailto:"
        elif text.startswith("www.", start):
            scheme = f"{self._options.linkify_protocol}://"
        state.add(Bare(start, end, scheme), start, end)
        return end

    def address_text(self, written: str) -> str:
        return written

    # Rules

    def parse_bracket(self, match: re.Match[str], state: InlinesState) -> int:
        if self._options.footnote and (reference := _FOOTNOTE.match(state.src, match.start())):
            name = state.references.footnotes.get(reference[1])
            if name is not None:
                start = match.end() - 1
                span = state.leaf.span(start, reference.end())
                state.add(FootnoteReference(span, name), start, reference.end())
                return reference.end()
        return super().parse_bracket(match, state)

    def footnote(self, state: InlinesState, bracket: Bracket, close: int) -> int | None:
        return None

    def parse_passthrough(self, match: re.Match[str], state: InlinesState) -> int | None:
        start, end = match.span()
        text = state.src
        pairs = [pair for pair in self._options.passthrough if text.startswith(pair[0], start)]
        if not pairs:
            return end  # two backslashes stand before it
        closing = pairs[0][1]
        found = text.find(closing, end)
        if found < 0:
            state.flush(end)
            return end
        if found == end:
            return None
        end = found + len(closing)
        state.add(Text(state.leaf.span(start, end), text[start:end]), start, end)
        return end

    def parse_line_end(self, match: re.Match[str], state: InlinesState) -> int:
        start, end = match.span()
        text = state.src
        if end - start == 2 and start and text[start - 1] == "\\":
            return end  # a backslash that stands behind another breaks no line
        if self._options.hard_wraps and end - start == 1:
            state.add(LineBreak(state.leaf.span(start, end)), start, end)
            return end
        return super().parse_line_end(match, state)

    def parse_code(self, match: re.Match[str], state: InlinesState) -> int:
        end = super().parse_code(match, state)
        if state.token["type"] != "codespan":
            state.flush(end)  # an address may begin behind
        return end

    def parse_tag(self, match: re.Match[str], state: InlinesState) -> int:
        if self._options.unsafe:
            return super().parse_tag(match, state)
        # The page has a comment in its place.
        start, end = match.span()
        state.add(HtmlComment(state.leaf.span(start, end)), start, end)
        return end

    def parse_comment(self, match: re.Match[str], state: InlinesState) -> int | None:
        start = match.start()
        if state.src.startswith("<?", start):
            # The question mark that opens it may also close it: `<?>`.
            end = state.src.find("?>", start + 1) + 2
            if end < 2:
                return None
            state.add(HtmlComment(state.leaf.span(start, end)), start, end)
            return end
        is_comment = self._options.is_old and state.src.startswith("<!--", start)
        if is_comment and not _COMMENT.match(state.src, start):
            return None
        return super().parse_comment(match, state)

    def parse_tildes(self, match: re.Match[str], state: InlinesState) -> int:
        start, end = match.span()
        if self._options.is_old or not self._options.strikes_with_one:
            return self.parse_delimiters(match, state) if end - start == 2 else end
        run = Run(state.src, start, end, len(state.runs), self.classes)
        if end - start <= 2 and (run.can_open or run.can_close):
            run.is_whole = False
            state.add(run, start, end)
            state.runs.append(run)
        return end

    def parse_typography(self, match: re.Match[str], state: InlinesState) -> int | None:
        start, end = match.span()
        shown = self._quotes(state).shown(state.src, start, end)
        if shown is None:
            return end
        state.add(Text(state.leaf.span(start, end), shown), start, end)
        return end

    def _quotes(self, state: InlinesState) -> Quotes:
        quotes = state.env.get("quotes")
        if not isinstance(quotes, Quotes):
            quotes = state.env["quotes"] = Quotes(self.classes)
        return quotes


def _may_begin(state: InlinesState, start: int) -> bool:
    """Whether an address may begin at `start`: at a line's beginning, behind what is more than text, or
    behind one of a few signs that no backslash stands before."""
    text = state.src
    if start == 0 or text[start - 1] == "\n" or state.plain_from == start:
        return True
    before = text[start - 1]
    if before == " ":
        return True
    if before not in linkify.BEFORE:
        return False
    slash = start - 1
    while slash and text[slash - 1] == "\\":
        slash -= 1
    return (start - 1 - slash) % 2 == 0
