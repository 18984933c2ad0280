from collections.abc import Iterator

from postlint.findings import Edit, Finding, Safety, Severity, Span, Text
from postlint.patterns import lazy
from postlint.post import nodes
from postlint.post.post import Post
from postlint.rule import Bad, Good, Rule, fix
from postlint.rules._fences import MeantCode
from postlint.rules.heading._paragraphs import beginning_with_hash

_HEADING = lazy(
    r"(?P<hashes>#{2,6})(?=[^\s#!/*=~|-]|\*\*[^\s*])(?P<text>[^\r\n]*)"
    r"|(?P<one>#)(?=\d{1,3}[.)] )(?P<numbered>[^\r\n]*)"
)
_TOUCHING = lazy(r"##[^\s#]")
_IN_PARAGRAPH = lazy(r"\n[ \t>]*(?P<line>#{2,6}[^\s#][^\r\n]*)")
_HASHTAG = lazy(r"(?<![\w#])#\w")

_ADD = Text(en="put a space behind the `#`", ko="`#` 뒤에 공백 넣기")


class MissingSpaceAfterHash(Rule):
    """A line that begins with `##` and text without a space between, and is no heading on the page.

    A single `#` is a hashtag or a comment more often than a heading, and left out but before a number
    (`#1. …`).

    ## Why
    Readers see the `##` as it stands, and the heading is missing from the page and its table of contents.

    ## Fix safety
    Unsafe: a space makes it a heading, which it was most likely meant to be.
    """

    code, name, severity = "HEAD004", "missing-space-after-hash", Severity.WARNING
    message = Text(
        en="this is no heading: there is no space behind `{hashes}`",
        ko="`{hashes}` 뒤에 공백이 없어 제목이 되지 않습니다",
    )
    doc_ko = """`##` 뒤에 공백 없이 글이 이어져 제목이 되지 않은 줄.

    `#` 하나는 해시태그나 주석일 때가 더 많아, 번호 앞(`#1. …`)이 아니면 제외합니다.

    ## 이유
    `##`이 글자 그대로 보이고, 제목은 페이지와 목차에 없습니다.

    ## 수정 안전성
    안전하지 않음: 공백을 넣으면 제목이 됩니다. 제목으로 쓴 줄일 가능성이 큽니다.
    """
    gives_way_to = ("PAGE002", "PAGE003", "PAGE010", "FM001", "FM002")
    examples = (
        Bad("글\n\n⟦##⟧해시 테이블의 장점\n\n글\n", fixed="글\n\n## 해시 테이블의 장점\n\n글\n"),
        Bad("⟦###⟧SE 블록\n", fixed="### SE 블록\n"),
        Bad("⟦#⟧1. 준비하기\n", fixed="# 1. 준비하기\n"),
        Bad("⟦##⟧제목\n", fixed="## 제목\n", path="README.md"),
        Bad("⟦##⟧**준비**\n", fixed="## **준비**\n"),
        Bad("글\n⟦##⟧해시 테이블의 장점\n글\n", fixed="글\n## 해시 테이블의 장점\n글\n"),
        Good("글\n##일상 ##여행\n글\n"),
        Good("## 제목\n\n##\n"),
        Good("#일상 #여행 #커피\n"),
        Good("#여기서 정책은 신경망이 아니다.\n"),
        Good("#include <stdio.h>\n\n#!/bin/sh\n\n#1 순위\n"),
        Good("##일상 ##여행\n"),
        Good("`##제목`\n\n```\n##제목\n```\n\n    ##제목\n"),
        Good("\\##제목\n"),
        Good("#####\n\n##--##\n"),
        Good("글 다음의 ##제목\n"),
    )

    def check(self, _: nodes.Document, post: Post) -> Iterator[Finding]:
        for paragraph in beginning_with_hash(post):
            yield from self._at(paragraph.span, post)
        text = post.source.text
        if _TOUCHING.search(text, post.body_start):  # in most posts nowhere
            for paragraph in post.nodes_of(nodes.Paragraph):
                for line in _IN_PARAGRAPH.finditer(text, *paragraph.span):
                    yield from self._at(Span(line.start("line"), paragraph.span.end), post)

    def _at(self, written: Span, post: Post) -> Iterator[Finding]:
        source = post.source
        start = written.start
        match = _HEADING.match(source.text, *written)
        if match is None:
            return
        line = source.line_span(source.line_at(start))
        hashes = match["hashes"] or match["one"]
        text = match["text"] or match["numbered"]
        if source.text[line.start : start].strip(" \t>") or _HASHTAG.search(text) or "##" in text.rstrip("#"):
            return
        behind = Span(start + len(hashes), start + len(hashes))
        mark = Span(start, behind.end)
        if not post.is_opaque(mark) and mark not in MeantCode(post):
            yield self.finding(
                mark,
                fix=fix(Safety.UNSAFE, _ADD, Edit(behind, " ")),
                hashes=hashes,
            )
